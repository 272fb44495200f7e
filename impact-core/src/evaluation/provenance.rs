//! Provenance: what made a result, so that it can be made again.

use crate::document::DocumentHash;
use crate::model::{Model, Origin};
use crate::reference::{Catalogue, Effects};

/// Whether a model uses the embedded catalogue, and the caller's own where it uses that.
fn catalogues(model: &Model) -> (bool, Option<&Catalogue>) {
    let used = model.assumptions().iter().filter_map(|assumption| match &assumption.origin {
        Origin::Catalogue(id) | Origin::CatalogueOverridden(id) => Some(id.as_str()),
        _ => None,
    });
    let own = model.own_catalogue().map(AsRef::as_ref);
    let (of_own, embedded): (Vec<&str>, Vec<&str>) = used.partition(|id| own.is_some_and(|own| own.find(id).is_some()));
    (!embedded.is_empty(), own.filter(|_| !of_own.is_empty()))
}

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
    /// The edition of the caller's own catalogue, where the model uses it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_catalogue_edition: Option<String>,
    /// SHA-256 of the caller's own catalogue as written, where the model uses it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_catalogue_hash: Option<DocumentHash>,
    /// The edition of the register of effects, where the model uses it.
    pub effects_edition: Option<String>,
    /// The version of this crate.
    pub version: &'static str,
}

impl Provenance {
    pub(crate) fn of(model: &Model) -> Self {
        let (from_catalogue, own) = catalogues(model);
        let from_register = |origin: &Origin| matches!(origin, Origin::Register(_) | Origin::RegisterOverridden(_));
        let uses_register = model.assumptions().iter().any(|assumption| from_register(&assumption.origin));
        let convention = model.convention();
        Self {
            model_hash: model.hash().clone(),
            conventions: convention.id.clone(),
            conventions_edition: convention.edition.to_string(),
            overridden_switches: model.overridden_switches().iter().map(ToString::to_string).collect(),
            catalogue_edition: from_catalogue.then(|| Catalogue::embedded().edition().to_string()),
            own_catalogue_edition: own.map(|own| own.edition().to_string()),
            own_catalogue_hash: own.and_then(|own| own.hash().cloned()),
            effects_edition: uses_register.then(|| Effects::embedded().edition().to_string()),
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}
