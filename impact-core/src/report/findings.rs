//! Findings as rows: each with its rule, how grave it is, and where the rule comes from.

use crate::address::Address;
use crate::check::{Finding, Rule, Severity};
use crate::units::Label;

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FindingRow {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How grave it is.
    pub severity: Severity,
    /// Where in the document.
    pub address: Address,
    /// What was found.
    pub message: Label,
    /// Where the rule comes from.
    pub source: &'static str,
    /// Why the document lets it stand, where it does.
    pub silenced: Option<String>,
}

/// The findings as rows, in their order.
pub fn finding_rows(findings: Vec<Finding>) -> Vec<FindingRow> {
    let row = |finding: Finding| FindingRow {
        rule: finding.rule,
        severity: finding.rule.severity(),
        address: finding.address,
        message: finding.message,
        source: finding.rule.source(),
        silenced: finding.silenced,
    };
    findings.into_iter().map(row).collect()
}
