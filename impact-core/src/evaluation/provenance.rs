//! Provenance: what made a result, so that it can be made again.

use crate::document::DocumentHash;
use crate::model::{Model, Origin};
use crate::reference::{Catalogue, Effects};

/// What made a result: the same provenance gives the same digits.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Provenance {
    /// SHA-256 of the document as written.
    pub model_hash: DocumentHash,
    /// The id of the conventions.
    pub conventions: String,
    /// Their edition.
    pub conventions_edition: String,
    /// Switches of the conventions that the document overrides.
    pub overridden_switches: Vec<String>,
    /// The edition of the catalogue of unit costs, where the model uses it.
    pub catalogue_edition: Option<String>,
    /// The edition of the register of effects, where the model uses it.
    pub effects_edition: Option<String>,
    /// The version of this crate.
    pub version: &'static str,
}

impl Provenance {
    pub(crate) fn of(model: &Model) -> Self {
        let from_catalogue = |origin: &Origin| matches!(origin, Origin::Catalogue(_) | Origin::CatalogueOverridden(_));
        let from_register = |origin: &Origin| matches!(origin, Origin::Register(_) | Origin::RegisterOverridden(_));
        let uses_catalogue = model.assumptions().iter().any(|assumption| from_catalogue(&assumption.origin));
        let uses_register = model.assumptions().iter().any(|assumption| from_register(&assumption.origin));
        let convention = model.convention();
        Self {
            model_hash: model.hash().clone(),
            conventions: convention.id.clone(),
            conventions_edition: convention.edition.to_string(),
            overridden_switches: model.overridden_switches().iter().map(ToString::to_string).collect(),
            catalogue_edition: uses_catalogue.then(|| Catalogue::embedded().edition().to_string()),
            effects_edition: uses_register.then(|| Effects::embedded().edition().to_string()),
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}
