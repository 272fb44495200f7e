//! The rules of the checks as rows, and as pages of the manual.
//!
//! One rule: the manual is written from the rules themselves; `docs/checks/` holds it, and a test compares the two.

use super::comparison::ComparisonReport;
use crate::analysis::comparison::ComparisonQuestion;
use crate::check::{Family, Finding, Rule, Severity, Subject, families, not_comparable};
use crate::model::Model;
use crate::simulation::{Seed, Simulation};
use crate::units::{Label, Language};
use std::fmt::Write as _;
use std::ops::ControlFlow;

/// What an example of a rule about draws is simulated with.
const EXAMPLE_SEED: Seed = Seed(1);
const EXAMPLE_DRAWS: u64 = 1_000;
/// What an example of a rule about comparisons is set beside.
const EXAMPLE_CONVENTIONS: &str = "sroi-practice";

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct RuleRow {
    /// The rule.
    pub rule: &'static Rule,
    /// How grave its findings are.
    pub severity: Severity,
    /// What the rules around it look at.
    pub family: Label,
    /// What it is found in: a document, the draws of a simulation, or models side by side.
    pub subject: Subject,
    /// What it looks for.
    pub looks_for: Label,
    /// Why that matters.
    pub why: Label,
    /// Where the rule comes from.
    pub source: &'static str,
    /// Whether a document may silence it.
    pub can_be_silenced: bool,
    /// Lines of a document in which it finds something.
    pub example: &'static str,
    /// Its page in the manual.
    pub page: String,
}

/// All rules, in their order.
pub fn rule_rows() -> Vec<RuleRow> {
    let rows = |family: &'static Family| {
        family.rules.iter().map(|rule| RuleRow {
            rule,
            severity: rule.severity(),
            family: family.title.label(),
            subject: family.subject,
            looks_for: rule.looks_for().label(),
            why: rule.why().label(),
            source: rule.source(),
            can_be_silenced: rule.can_be_silenced(),
            example: rule.example(),
            page: format!("docs/checks/{}.md", rule.id()),
        })
    };
    families().iter().flat_map(rows).collect()
}

/// The page of one rule, in Markdown; none where no rule has the id.
///
/// # Examples
/// ```
/// let page = impact_core::report::check_page("no-drop-off").unwrap();
/// assert!(page.contains("the outcome lasts 3 years and nothing is lost on the way"));
/// ```
pub fn check_page(id: &str) -> Option<String> {
    let (family, rule) =
        families().iter().find_map(|family| Some((family, family.rules.iter().find(|rule| rule.id() == id)?)))?;
    let (looks_for, why) = (rule.looks_for(), rule.why());
    let mut page = format!("# `{id}`\n\n{} looks for {}.\n\n", opening(family, rule), looks_for.en);
    // Writing to a text cannot fail.
    let _ = write!(
        page,
        "- why: {}\n- source: {}\n- on the command line: `socialimpact check --explain {id}`\n",
        why.en,
        rule.source()
    );
    let _ = writeln!(page, "- på norsk: ser etter {}; {}", looks_for.nb, why.nb);
    let _ = write!(
        page,
        "\n## An example\n\nBelow [the lines that every example shares](README.md#the-examples):\n\n```toml\n{}```\n",
        rule.example()
    );
    page.push_str(&said(family.subject, rule));
    page.push_str(&silencing(rule));
    Some(page)
}

fn opening(family: &Family, rule: &Rule) -> String {
    let weight = match rule.severity() {
        Severity::Warning => "A warning",
        Severity::Note => "A note",
    };
    let title = family.title.en;
    format!("{weight} of the family [{title}](README.md#{})", anchor(title))
}

/// What the rule says of its example, in both languages.
fn said(subject: Subject, rule: &Rule) -> String {
    let mut told = String::from("\n## What it says\n");
    for finding in of_example(subject, rule).unwrap_or_default().iter().filter(|finding| finding.rule == rule) {
        let nb = finding.message.text(Language::Bokmal);
        let _ = write!(told, "\n`{}`: {}\n\n*På norsk:* {nb}\n", finding.address, finding.message.en);
    }
    told
}

/// Everything found in the example, or in its draws; none where it cannot be read, which a test refuses.
fn of_example(subject: Subject, rule: &Rule) -> Option<Vec<Finding>> {
    let model = Model::from_toml(&rule.example_document()).ok()?;
    match subject {
        Subject::Document => Some(model.appraise().ok()?.findings()),
        Subject::Simulation => {
            let asked = Simulation::new(EXAMPLE_DRAWS, EXAMPLE_SEED);
            Some(model.simulate(&asked, &mut |_| ControlFlow::Continue(())).ok()?.findings())
        }
        Subject::Comparison => {
            let compared = model.compare_conventions([EXAMPLE_CONVENTIONS], &ComparisonQuestion::default()).ok()?;
            let compared = ComparisonReport::of(&compared);
            Some(compared.unlike.into_iter().flat_map(|row| not_comparable(&row.message, [&model, &model])).collect())
        }
    }
}

fn silencing(rule: &Rule) -> String {
    if !rule.can_be_silenced() {
        return "\n## Silencing\n\nIt cannot be silenced: readers are always told of it.\n".to_owned();
    }
    let id = rule.id();
    format!(
        "\n## Silencing\n\n```toml\nsilenced = [ {{ rule = \"{id}\", reason = \"…\" }} ]    # with `at = \"…\"`: at and below an address\n```\n"
    )
}

/// The rules by what they look at, in Markdown, and the lines that their examples share.
pub fn check_index() -> String {
    let mut text = String::new();
    for family in families() {
        let _ = write!(text, "### {}\n\n| check | weight | looks for |\n|---|---|---|\n", family.title.en);
        for rule in family.rules {
            let weight = if rule.severity() == Severity::Warning { "warning" } else { "note" };
            let _ = writeln!(text, "| [`{0}`]({0}.md) | {weight} | {1} |", rule.id(), rule.looks_for().en);
        }
        text.push('\n');
    }
    let _ = write!(
        text,
        "### The examples\n\nEvery example stands below these lines; a key that it gives itself replaces theirs.\n\n```toml\n{}```\n",
        Rule::example_head()
    );
    text
}

/// The part of a link that leads to a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase();
    kept.chars()
        .filter(|letter| letter.is_alphanumeric() || *letter == ' ')
        .map(|letter| if letter == ' ' { '-' } else { letter })
        .collect()
}
