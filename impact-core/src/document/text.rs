//! From a text to the tree, strictly or as far as it goes.

use super::source::{accepted, decoded};
use super::{DocumentError, Node, json, toml};
use crate::address::Place;
use crate::error::{ModelError, Problems};

/// The two forms of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// For people.
    Toml,
    /// For services.
    Json,
}

impl Form {
    /// The form of a text as it opens: JSON with `{`, after white space and the UTF-8 mark, else TOML.
    ///
    /// # Examples
    /// ```
    /// use impact_core::document::Form;
    /// assert_eq!(Form::of("\u{feff}\n {\"impact\": 1}"), Form::Json);
    /// assert_eq!(Form::of("impact = 1"), Form::Toml);
    /// ```
    pub fn of(text: &str) -> Self {
        let opens = text.strip_prefix('\u{feff}').unwrap_or(text).trim_start();
        if opens.starts_with('{') { Self::Json } else { Self::Toml }
    }
}

impl Node {
    /// Reads a TOML document.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its line and column.
    ///
    /// # Examples
    /// ```
    /// use impact_core::document::Node;
    /// let node = Node::from_toml("name = 'Garden'\nquantity = { pert = [6, 12, 20] }")?;
    /// assert_eq!(node.as_table().and_then(|table| table.get("name")?.as_text()), Some("Garden"));
    /// let broken = Node::from_toml("share = 0,5\nyears = [2018, nan]").unwrap_err();
    /// assert_eq!(
    ///     broken.to_string(),
    ///     "document (line 1, column 10): `0,5` is written with a decimal comma: write 0.5\n\
    ///      years.1 (line 2, column 16): `nan` is not a number an assumption can have"
    /// );
    /// # Ok::<(), impact_core::error::ModelError>(())
    /// ```
    pub fn from_toml(text: &str) -> Result<Node, ModelError> {
        strict(|problems| Self::read(text, Form::Toml, problems))
    }

    /// Reads a JSON document.
    ///
    /// # Errors
    /// The first mistake in its syntax, or everything else that is wrong with it, each with its line and column.
    ///
    /// # Examples
    /// ```
    /// use impact_core::document::Node;
    /// let json = Node::from_json(r#"{"start": "2024-01-31", "amount": 1.50}"#)?;
    /// let toml = Node::from_toml("amount = 1.5\nstart = 2024-01-31")?;
    /// assert_eq!(json.hash(), toml.hash());
    /// # Ok::<(), impact_core::error::ModelError>(())
    /// ```
    pub fn from_json(text: &str) -> Result<Node, ModelError> {
        strict(|problems| Self::read(text, Form::Json, problems))
    }

    /// Reads a document as it lies in a file: UTF-8, with or without the UTF-8 mark at the start.
    ///
    /// # Errors
    /// As [`Node::from_toml`] and [`Node::from_json`]; bytes that are not UTF-8.
    pub fn from_bytes(bytes: &[u8], form: Form) -> Result<Node, ModelError> {
        let text = Self::decoded(bytes)?;
        strict(|problems| Self::read(text, form, problems))
    }

    /// The text of a document as it lies in a file, without the UTF-8 mark at the start.
    ///
    /// # Errors
    /// More than 16 MiB; bytes that are not UTF-8; a workbook, an older office file, a PDF file or anything else that is no text.
    ///
    /// # Examples
    /// ```
    /// use impact_core::document::Node;
    /// assert_eq!(Node::decoded(b"\xEF\xBB\xBFname = 'x'")?, "name = 'x'");
    /// let paper = Node::decoded(b"%PDF-1.7").unwrap_err().to_string();
    /// assert!(paper.contains("this is a PDF file, no text"), "{paper}");
    /// # Ok::<(), impact_core::error::ModelError>(())
    /// ```
    pub fn decoded(bytes: &[u8]) -> Result<&str, ModelError> {
        let text = decoded(bytes).map_err(|(place, fault)| ModelError::one(place, fault))?;
        Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// Reads a document as far as it goes, so that problems of form and of meaning come together: what is wrong is added
    /// to the problems, and what could not be read is left out of the tree (see [`super::Table::is_unread`]). `None`
    /// where nothing could be read.
    pub fn read(text: &str, form: Form, problems: &mut Problems) -> Option<Node> {
        let source = match accepted(text, form) {
            Ok(source) => source,
            Err((place, fault)) => {
                problems.add(&place, fault);
                return None;
            }
        };
        let before = problems.total();
        let node = match form {
            Form::Toml => toml::read(&source, problems),
            Form::Json => json::read(&source, problems),
        }?;
        let says_nothing = node.as_table().is_some_and(|table| table.entries().is_empty());
        if says_nothing && problems.total() == before {
            problems.add(&node.place, DocumentError::Empty);
            return None;
        }
        Some(node)
    }
}

/// The tree, where nothing is wrong.
fn strict(read: impl FnOnce(&mut Problems) -> Option<Node>) -> Result<Node, ModelError> {
    let mut problems = Problems::new();
    let node = read(&mut problems);
    problems.into_result()?;
    node.ok_or_else(|| ModelError::one(Place::document(), DocumentError::Empty))
}
