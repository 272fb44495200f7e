//! A catalogue of the caller's own: unit costs that models may name beside the embedded ones.
//!
//! One rule: it has the form of the embedded files, says less where the caller knows less, and is known by its hash.

use super::read::{Whose, read_entry};
use super::{Catalogue, Entry};
use crate::document::{DocumentHash, DocumentKind, Fields, Form, Node};
use crate::error::{ModelError, Problems};
use crate::reference::provenance::{read_edition, read_name};
use crate::reference::{Edition, ReferenceError};
use std::collections::HashSet;

impl Catalogue {
    /// Reads a catalogue written in TOML: `catalogue = 1`, `edition`, `title`, perhaps `licence`, and `[[entries]]`.
    ///
    /// An entry has `id`, `country`, `name`, `unit`, `value`, `currency`, `price_year` and `source`. It may have `domain`,
    /// `payers` (without them a model says who gains), `source_payer`, `cashable`, `grade`, `low`, `high`, `source_unit`,
    /// `evidence`, `note`, `derived`, `in_g`, `carried`, `provisional` and `illustrative`.
    ///
    /// # Errors
    /// Everything that is wrong with it, each problem with its address, line and column; an id of the embedded catalogue.
    ///
    /// # Examples
    /// ```
    /// use impact_core::reference::Catalogue;
    /// let own = Catalogue::from_toml(r#"
    ///     catalogue = 1
    ///     edition = "2025"
    ///     title = "What our municipality pays"
    ///     [[entries]]
    ///     id = "our-day-centre"
    ///     country = "NO"
    ///     name = { en = "Day centre", nb = "Dagsenter" }
    ///     unit = "person-day"
    ///     value = 840
    ///     currency = "NOK"
    ///     price_year = 2025
    ///     payers = ["municipality"]
    ///     source = "accounts 2025, function 254"
    /// "#)?;
    /// assert_eq!(own.get("our-day-centre")?.money().to_string(), "840 NOK (2025 prices)");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_toml(text: &str) -> Result<Self, ModelError> {
        Self::from_text(text, Form::Toml)
    }

    /// Reads a catalogue written in JSON: the same keys, the same meaning.
    ///
    /// # Errors
    /// As [`Catalogue::from_toml`].
    pub fn from_json(text: &str) -> Result<Self, ModelError> {
        Self::from_text(text, Form::Json)
    }

    /// Reads a catalogue as it lies in a file: UTF-8, JSON where it opens with `{`, else TOML.
    ///
    /// # Errors
    /// As [`Catalogue::from_toml`]; bytes that are not UTF-8.
    ///
    /// # Examples
    /// ```
    /// use impact_core::reference::Catalogue;
    /// let slips = Catalogue::from_bytes(b"{\"catalogue\": 1, \"editions\": \"2025\"}").unwrap_err().to_string();
    /// assert!(slips.contains("unknown key `editions`: did you mean `edition`?"), "{slips}");
    /// ```
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let text = Node::decoded(bytes)?;
        Self::from_text(text, Form::of(text))
    }

    /// Reads a catalogue from a document tree.
    ///
    /// # Errors
    /// As [`Catalogue::from_toml`].
    pub fn from_node(document: Node) -> Result<Self, ModelError> {
        let mut problems = Problems::new();
        let read = read(&document, &mut problems);
        finished(document, read, problems)
    }

    fn from_text(text: &str, form: Form) -> Result<Self, ModelError> {
        let mut problems = Problems::new();
        let Some(document) = Node::read(text, form, &mut problems) else {
            problems.into_result()?;
            return Self::from_node(Node::from_bytes(text.as_bytes(), form)?);
        };
        let read = read(&document, &mut problems);
        finished(document, read, problems)
    }

    /// SHA-256 of the caller's own catalogue as written; the embedded one is known by its edition.
    pub fn hash(&self) -> Option<&DocumentHash> {
        self.document.as_ref().map(|(_, hash)| hash)
    }

    /// The document of the caller's own catalogue; the embedded one has several.
    pub fn document(&self) -> Option<&Node> {
        self.document.as_ref().map(|(document, _)| document)
    }
}

fn finished(document: Node, read: Option<Catalogue>, problems: Problems) -> Result<Catalogue, ModelError> {
    problems.into_result()?;
    let Some(mut catalogue) = read else {
        let fault = ReferenceError::Nothing { what: "the catalogue" };
        return Err(ModelError::one(crate::address::Place::document(), fault));
    };
    let hash = document.hash();
    catalogue.document = Some((document, hash));
    Ok(catalogue)
}

fn read(document: &Node, problems: &mut Problems) -> Option<Catalogue> {
    if !DocumentKind::Catalogue.admits(document, problems) {
        return None;
    }
    let mut fields = Fields::of(document, problems)?;
    if let Some(version) = fields.required_integer("catalogue").filter(|version| *version != 1) {
        fields.refuse("catalogue", ReferenceError::CatalogueVersion { version });
    }
    let edition = read_edition(&mut fields);
    let title = read_name(&mut fields, "title");
    let licence = fields.text("licence").map(str::to_owned);
    let nodes = fields.required_list("entries").unwrap_or_default();
    fields.finish();
    let mut seen = HashSet::new();
    let mut entries: Vec<Entry> = Vec::new();
    let stamped = edition.clone().unwrap_or_else(|| Edition::new("unknown"));
    for node in nodes {
        if let Some(fault) = node.id().and_then(|id| taken(id, &mut seen)) {
            node.refuse::<()>(fault, problems);
        }
        entries.extend(read_entry(node, &stamped, Whose::Own, problems));
    }
    Some(Catalogue { licence, ..Catalogue::new(edition?, title?, entries) })
}

/// Why an id cannot be used: the embedded catalogue has it, or an entry before.
fn taken(id: &str, seen: &mut HashSet<String>) -> Option<ReferenceError> {
    if Catalogue::embedded().find(id).is_some() {
        return Some(ReferenceError::Embedded { id: id.to_owned() });
    }
    (!seen.insert(id.to_owned())).then(|| ReferenceError::UsedTwice { id: id.to_owned() })
}
