//! Findings: one thing worth a second look, with the rule that found it.

use super::rule::Rule;
use crate::address::Address;
use crate::units::Label;

/// One thing worth a second look.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// Where in the document.
    pub address: Address,
    /// What was found and what to do, in a sentence.
    pub message: Label,
    /// Why the document lets it stand, where it does.
    pub silenced: Option<String>,
}

/// What a rule finds, before silences are looked at.
#[derive(Debug)]
pub(super) struct Found {
    pub address: Address,
    pub message: Label,
}

impl Found {
    pub fn at(address: &Address, en: impl Into<String>, nb: impl Into<String>) -> Self {
        Self { address: address.clone(), message: Label::both(en, nb) }
    }

    /// The finding of a rule, not silenced.
    pub fn by(self, rule: &'static Rule) -> Finding {
        Finding { rule, address: self.address, message: self.message, silenced: None }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} [{}]", self.address, self.message, self.rule.id())
    }
}
