//! Templates: model documents of a domain, to begin one's own from.
//!
//! One rule: a template invents nothing silently. What the catalogue and the register of effects have is taken from there; a
//! number that nobody has published is marked `illustrative`, and its source says what is missing and where to look for it.
//! Sources: `data/templates/`, each number with its own.

use super::nearest::nearest;
use super::provenance::read_label;
use super::{Country, Edition, ReferenceError, embedded};
use crate::document::{Fields, Form, Node};
use crate::error::Problems;
use crate::units::Label;

/// A model document to begin one's own from, as its author wrote it.
///
/// # Examples
/// ```
/// use impact_core::Model;
/// use impact_core::reference::Template;
/// let template = Template::embedded("reentry")?;
/// assert_eq!((template.name.en.as_str(), template.country.code()), ("Reentry after prison", "NO"));
/// let model = Model::from_toml(template.text)?;
/// let gaps = model.assumptions().iter().filter(|number| number.marks.illustrative);
/// assert!(gaps.count() > 10, "what nobody has published");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Template {
    /// The id: the domain it is of.
    pub id: &'static str,
    /// What it is called.
    pub name: Label,
    /// What is done, and what is not counted.
    pub description: Label,
    /// Whose figures it is written with.
    pub country: Country,
    /// The edition of the templates.
    pub edition: Edition,
    /// The document, in TOML, with its author's comments.
    pub text: &'static str,
}

impl Template {
    /// Every template there is.
    ///
    /// # Examples
    /// ```
    /// use impact_core::reference::Template;
    /// assert!(Template::all().iter().any(|template| template.id == "homelessness"));
    /// ```
    pub fn all() -> &'static [Self] {
        embedded::templates()
    }

    /// A template by its id.
    ///
    /// # Errors
    /// No template has this id: the error names those nearest to it, or all there are.
    ///
    /// # Examples
    /// ```
    /// use impact_core::reference::Template;
    /// let error = Template::embedded("re-entry").unwrap_err();
    /// assert_eq!(error.to_string(), "`re-entry` is no template: near to it are `reentry`");
    /// ```
    pub fn embedded(id: &str) -> Result<&'static Self, ReferenceError> {
        let ids = || Self::all().iter().map(|template| template.id);
        Self::all().iter().find(|template| template.id == id).ok_or_else(|| {
            let near = nearest(id, ids()).into_iter().map(str::to_owned).collect();
            ReferenceError::UnknownTemplate {
                id: id.to_owned(),
                nearest: near,
                known: ids().map(str::to_owned).collect(),
            }
        })
    }

    /// Reads what a template says of itself; the rest of the document is the model's to read.
    pub(super) fn read(
        id: &'static str,
        text: &'static str,
        edition: &Edition,
        problems: &mut Problems,
    ) -> Option<Self> {
        let node = Node::read(text, Form::Toml, problems)?;
        let mut fields = Fields::of(&node, problems)?;
        let (name, description) = (read_label(&mut fields, "name"), read_label(&mut fields, "description"));
        let country = fields.required_parsed("country");
        Some(Self { id, name: name?, description: description?, country: country?, edition: edition.clone(), text })
    }
}
