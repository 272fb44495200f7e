//! Kinds of documents: what a document is by its keys, so that one given in another's place is told in one line.
//!
//! One rule: a document is something else only where nothing in it is what is expected.

use super::{DocumentError, Node};
use crate::error::Problems;

/// What a document may be.
///
/// # Examples
/// ```
/// use impact_core::document::{DocumentKind, Node};
/// let kind = |text| Node::from_toml(text).map(|document| DocumentKind::of(&document));
/// assert_eq!(kind("impact = 1\nprice_year = 2024\n[contract]")?, Some(DocumentKind::Model));
/// assert_eq!(kind("impact = 1\n[contract]")?, Some(DocumentKind::Contract));
/// assert_eq!(kind("impact = 1")?, None);
/// # Ok::<(), impact_core::error::ModelError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentKind {
    /// An intervention with its outcomes; it may hold a contract.
    Model,
    /// The terms of a contract by itself.
    Contract,
    /// What was observed under a contract.
    Observations,
    /// Unit costs of the user's own.
    Catalogue,
}

/// Keys that only a model has.
const OF_MODELS: &[&str] =
    &["country", "price_year", "start", "outcomes", "costs", "transfers", "conventions", "horizon"];

impl DocumentKind {
    /// What a document is by its keys; none where it could be anything.
    pub fn of(document: &Node) -> Option<Self> {
        let table = document.as_table()?;
        let has = |key: &str| table.get(key).is_some() || table.is_unread(key);
        if OF_MODELS.iter().any(|key| has(key)) {
            return Some(Self::Model);
        }
        let marked =
            [("contract", Self::Contract), ("observations", Self::Observations), ("catalogue", Self::Catalogue)];
        marked.into_iter().find_map(|(key, kind)| has(key).then_some(kind))
    }

    /// In one word: `model`, `contract`, `observations`, `catalogue`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Contract => "contract",
            Self::Observations => "observations",
            Self::Catalogue => "catalogue",
        }
    }

    /// With its article, for messages.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Model => "a model",
            Self::Contract => "a contract by itself",
            Self::Observations => "observations",
            Self::Catalogue => "a catalogue of unit costs",
        }
    }

    /// The same where it is meant: a contract may stand in a model as well.
    pub(super) fn meant(self) -> &'static str {
        if self == Self::Contract { "a contract" } else { self.words() }
    }

    /// Whether it is told of as several things.
    pub(super) fn is_several(self) -> bool {
        self == Self::Observations
    }

    /// The keys by which it is known.
    pub(super) fn known_by(self) -> &'static str {
        match self {
            Self::Model => "`country`, `price_year`, `start` and `outcomes`",
            Self::Contract => "`contract`, with the `holders` that are its parties",
            Self::Observations => "`observations`, a list of rows",
            Self::Catalogue => "`catalogue`, `edition` and `entries`",
        }
    }

    /// Whether a document may be of this kind; notes one problem, at the document, where it is plainly something else.
    pub(crate) fn admits(self, document: &Node, problems: &mut Problems) -> bool {
        let Some(found) = Self::of(document).filter(|found| *found != self) else { return true };
        problems.add(&document.place, DocumentError::AnotherKind { found, expected: self });
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_known_by_its_keys() {
        let kind = |text: &str| DocumentKind::of(&Node::from_toml(text).unwrap());
        assert_eq!(kind("start = 2024\n[contract]"), Some(DocumentKind::Model));
        assert_eq!(kind("impact = 1\n[contract]"), Some(DocumentKind::Contract));
        assert_eq!(kind("[[observations]]"), Some(DocumentKind::Observations));
        assert_eq!(kind("catalogue = 1"), Some(DocumentKind::Catalogue));
        assert_eq!(kind("impact = 1\nname = 'x'"), None);
        assert_eq!(kind("observation = []"), None);
    }

    #[test]
    fn what_is_something_else_is_told_in_one_line() {
        let said = |kind: DocumentKind, text: &str| {
            let mut problems = Problems::new();
            let admits = kind.admits(&Node::from_toml(text).unwrap(), &mut problems);
            problems.into_result().map(|()| assert!(admits)).map_err(|error| error.to_string())
        };
        assert_eq!(
            said(DocumentKind::Observations, "start = 2024"),
            Err("document (line 1, column 1): this is a model, where observations are expected: they have \
                 `observations`, a list of rows"
                .to_owned())
        );
        assert_eq!(
            said(DocumentKind::Model, "impact = 1\n[contract]"),
            Err("document (line 1, column 1): this is a contract by itself, where a model is expected: it has \
                 `country`, `price_year`, `start` and `outcomes`"
                .to_owned())
        );
        assert_eq!(said(DocumentKind::Model, "start = 2024\n[contract]"), Ok(()));
        assert_eq!(said(DocumentKind::Contract, "name = 'x'"), Ok(()));
    }
}
