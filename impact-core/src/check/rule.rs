//! Rules: what a check looks for, why, and who says so.
//!
//! One rule: everything about a rule stands in one place, its search included; documentation, messages and lists are read
//! from there.

use super::finding::Found;
use crate::evaluation::Appraisal;
use crate::model::ALWAYS_SAID;
use crate::units::Label;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// A reader would be misled unless told.
    Warning,
    /// Worth knowing.
    Note,
}

/// A fixed text in both languages of the reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    /// The English text.
    pub en: &'static str,
    /// The Norwegian text.
    pub nb: &'static str,
}

impl Text {
    /// The text as a label.
    pub fn label(self) -> Label {
        Label::both(self.en, self.nb)
    }
}

/// What a check looks for.
#[derive(Clone, Copy)]
pub struct Rule {
    pub(super) id: &'static str,
    pub(super) severity: Severity,
    pub(super) looks_for: Text,
    pub(super) why: Text,
    pub(super) source: &'static str,
    pub(super) example: &'static str,
    pub(super) find: fn(&Appraisal) -> Vec<Found>,
}

/// The head of the examples' documents; a key that an example gives itself replaces it.
const HEAD: &str = r#"impact = 1
name = "Example"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2024
holders = [ { id = "participants", kind = "people", size = 100 }, { id = "municipality", kind = "public", level = "municipality" }, { id = "state", kind = "public", level = "state" } ]
costs = [ { id = "team", payer = "municipality", amount = 400_000, year = 2024, source = "budget" } ]
"#;

impl Rule {
    /// The id, by which documents, manuals and messages name it.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// How grave its findings are.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// What it looks for.
    pub fn looks_for(&self) -> Text {
        self.looks_for
    }

    /// Why that matters.
    pub fn why(&self) -> Text {
        self.why
    }

    /// Where the rule comes from.
    pub fn source(&self) -> &'static str {
        self.source
    }

    /// Whether a document may silence it.
    pub fn can_be_silenced(&self) -> bool {
        !ALWAYS_SAID.contains(&self.id)
    }

    /// Lines of a document in which it finds something, below [`Rule::example_head`].
    pub fn example(&self) -> &'static str {
        self.example
    }

    /// The head that all examples stand below.
    pub fn example_head() -> &'static str {
        HEAD
    }

    /// The example as a whole document.
    pub fn example_document(&self) -> String {
        Self::below_head(self.example)
    }

    /// Lines of an example as a whole document: a key that they give themselves replaces that of the head.
    pub fn below_head(lines: &str) -> String {
        let given = |key: &str| {
            lines.lines().take_while(|line| !line.starts_with("[[")).any(|line| line.split(" =").next() == Some(key))
        };
        let kept = HEAD.lines().filter(|line| !line.split(" =").next().is_some_and(given));
        let head: Vec<&str> = kept.collect();
        format!("{}\n{lines}", head.join("\n"))
    }

    /// Everything it finds, silenced or not.
    pub(super) fn find(&'static self, appraisal: &Appraisal) -> Vec<Found> {
        (self.find)(appraisal)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rule({})", self.id)
    }
}

impl serde::Serialize for Rule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id)
    }
}
