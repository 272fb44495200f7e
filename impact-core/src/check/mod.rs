//! Checks: what a careful reader would ask about a model that is not wrong.
//!
//! One rule: a finding names its rule, its place and its source; it warns, it never changes a figure.

mod blanks;
mod effects;
mod evidence;
mod finding;
mod purses;

pub use finding::{Finding, Rule, Severity};

use crate::evaluation::Appraisal;

impl Appraisal {
    /// Everything the checks find, the gravest first, else in the order of the rules.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        blanks::check(self, &mut findings);
        effects::check(self, &mut findings);
        evidence::check(self, &mut findings);
        purses::check(self, &mut findings);
        findings.sort_by_key(|finding| finding.rule.severity());
        findings
    }
}
