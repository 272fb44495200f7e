//! The rules of the checks as rows, and as the part of the manual that lists them.
//!
//! One rule: the manual is written from the rules themselves; `docs/checks.md` holds it, and a test compares the two.

use crate::check::{Family, Rule, Severity, families};
use crate::units::Label;
use std::fmt::Write as _;

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct RuleRow {
    /// The rule.
    pub rule: &'static Rule,
    /// How grave its findings are.
    pub severity: Severity,
    /// What the rules around it look at.
    pub family: Label,
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
}

/// All rules, in their order.
pub fn rule_rows() -> Vec<RuleRow> {
    let rows = |family: &'static Family| {
        family.rules.iter().map(|rule| RuleRow {
            rule,
            severity: rule.severity(),
            family: family.title.label(),
            looks_for: rule.looks_for().label(),
            why: rule.why().label(),
            source: rule.source(),
            can_be_silenced: rule.can_be_silenced(),
            example: rule.example(),
        })
    };
    families().iter().flat_map(rows).collect()
}

/// The rules as Markdown in English: one section a rule.
pub fn rule_manual() -> String {
    let mut text = format!(
        "Every example stands below these lines; a key that it gives itself replaces theirs.\n\n```toml\n{}```\n",
        Rule::example_head()
    );
    for family in families() {
        // Writing to a text cannot fail.
        let _ = write!(text, "\n## {}\n", family.title.en);
        for rule in family.rules {
            let _ = write!(text, "\n### `{}`\n\n{}", rule.id(), section(rule));
        }
    }
    text
}

fn section(rule: &Rule) -> String {
    let weight = match rule.severity() {
        Severity::Warning => "Warning",
        Severity::Note => "Note",
    };
    let always = if rule.can_be_silenced() { "" } else { ", cannot be silenced" };
    let (looks_for, why, source, example) = (rule.looks_for().en, rule.why().en, rule.source(), rule.example());
    format!(
        "{weight}{always}. Looks for {looks_for}.\n\n*Why:* {why}.\n\n*Source:* {source}.\n\n```toml\n{example}```\n"
    )
}
