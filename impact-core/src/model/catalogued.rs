//! Models that name unit costs of a catalogue of the caller's own.
//!
//! One rule: the catalogue stays beside the document; whatever is made of the model is made with both, and names both.

use super::Model;
use crate::document::{Form, Node};
use crate::error::ModelError;
use crate::reference::{Catalogue, Entry, Shelf};
use std::sync::Arc;

impl Model {
    /// Reads a model written in TOML whose `proxy` may name entries of a catalogue of the caller's own.
    ///
    /// Results name the catalogue's edition and hash. A model that is written out is its document alone: whoever reads it
    /// again brings the catalogue.
    ///
    /// # Errors
    /// As [`Model::from_toml`].
    ///
    /// # Examples
    /// ```
    /// use impact_core::Model;
    /// use impact_core::reference::Catalogue;
    /// let own = Catalogue::from_toml(r#"
    ///     catalogue = 1
    ///     edition = "2024"
    ///     title = "What our municipality pays"
    ///     entries = [ { id = "our-day-centre", country = "NO", name = "Day centre", unit = "person-year", value = 84_000,
    ///         currency = "NOK", price_year = 2024, payers = ["municipality"], source = "accounts 2024" } ]
    /// "#)?;
    /// let model = Model::from_toml_with(r#"
    ///     impact = 1
    ///     name = "Gardening group"
    ///     country = "NO"
    ///     currency = "NOK"
    ///     price_year = 2024
    ///     start = 2024
    ///     holders = [ { id = "neighbours", kind = "people" }, { id = "town", kind = "public", level = "municipality" } ]
    ///     [[outcomes]]
    ///     id = "out-of-day-centre"
    ///     holder = "neighbours"
    ///     quantity = 2
    ///     values = [ { id = "place", proxy = "our-day-centre", kind = "fiscal" } ]
    /// "#, own)?;
    /// let provenance = model.appraise()?.provenance();
    /// assert_eq!(provenance.own_catalogue_edition.as_deref(), Some("2024"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_toml_with(text: &str, catalogue: impl Into<Arc<Catalogue>>) -> Result<Self, ModelError> {
        Self::from_text(text, Form::Toml, Shelf::with(catalogue.into()))
    }

    /// Reads a model written in JSON with a catalogue of the caller's own.
    ///
    /// # Errors
    /// As [`Model::from_toml`].
    pub fn from_json_with(text: &str, catalogue: impl Into<Arc<Catalogue>>) -> Result<Self, ModelError> {
        Self::from_text(text, Form::Json, Shelf::with(catalogue.into()))
    }

    /// Reads a model as it lies in a file, with a catalogue of the caller's own.
    ///
    /// # Errors
    /// As [`Model::from_bytes`].
    pub fn from_bytes_with(bytes: &[u8], catalogue: impl Into<Arc<Catalogue>>) -> Result<Self, ModelError> {
        Self::from_read_bytes(bytes, Shelf::with(catalogue.into()))
    }

    /// Reads a model from a document tree with a catalogue of the caller's own.
    ///
    /// # Errors
    /// As [`Model::from_node`].
    pub fn from_node_with(document: Node, catalogue: impl Into<Arc<Catalogue>>) -> Result<Self, ModelError> {
        Self::on(document, Shelf::with(catalogue.into()))
    }

    /// The catalogue of the caller's own that the model was read with.
    pub fn own_catalogue(&self) -> Option<&Arc<Catalogue>> {
        self.0.shelf.own()
    }

    /// A unit cost by its id, from the embedded catalogue or the caller's own.
    pub fn unit_cost(&self, id: &str) -> Option<&Entry> {
        self.0.shelf.get(id).ok()
    }
}
