//! Provenance: where a figure was read, in which edition, and how far it can be trusted.

use super::ReferenceError;
use super::words::words;
use crate::address::is_id;
use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::units::{Label, Year};
use std::fmt;

/// Where a figure comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Source {
    /// The document, page or table, with its publisher.
    pub title: String,
    /// Its address on the web.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The part of it that was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
}

impl Source {
    /// A source known by its title only.
    pub fn titled(title: impl Into<String>) -> Self {
        Self { title: title.into(), url: None, section: None }
    }

    /// Reads a source: a text, or a table of `title`, `url` and `section`.
    pub fn read(node: &Node, problems: &mut Problems) -> Option<Self> {
        if let Some(title) = node.as_text().filter(|title| !title.trim().is_empty()) {
            return Some(Self::titled(title));
        }
        if node.as_text().is_some() {
            return node.refuse(ReferenceError::Nothing { what: "the source" }, problems);
        }
        if node.as_table().is_none() {
            return node.wrong_kind("a text, or a table with `title`", problems);
        }
        let mut fields = Fields::of(node, problems)?;
        let title = said(&mut fields, "title", "the title");
        let url = fields.has("url").then(|| said(&mut fields, "url", "the web address"));
        let section = fields.has("section").then(|| said(&mut fields, "section", "the section"));
        fields.known(&["url", "section"]);
        fields.finish();
        Some(Self { title: title?, url: url.flatten(), section: section.flatten() })
    }
}

impl fmt::Display for Source {
    /// `Title, section (url)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)?;
        if let Some(section) = &self.section {
            write!(f, ", {section}")?;
        }
        match &self.url {
            Some(url) => write!(f, " ({url})"),
            None => Ok(()),
        }
    }
}

words! {
    /// How far a figure can be trusted.
    Grade {
        /// An official figure on an official page.
        A = "A",
        /// An official figure through a reputable second hand, or a peer-reviewed or commissioned study.
        B = "B",
        /// Press, a single example, or a loose unit.
        C = "C",
        /// Contested or superseded.
        D = "D",
    }
}

/// The edition of a source, a convention or a catalogue: `R-109/2021`, `2026-11`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct Edition(String);

impl Edition {
    /// An edition by its name.
    pub(crate) fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// The name of the edition.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Reads an id that an address can have.
pub(super) fn required_id(fields: &mut Fields<'_, '_>) -> Option<String> {
    let id = fields.required_text("id")?;
    if is_id(id) {
        return Some(id.to_owned());
    }
    fields.refuse("id", ReferenceError::NotAnId { id: id.to_owned() });
    None
}

/// Reads a label in both languages, neither empty.
pub(super) fn read_label(fields: &mut Fields<'_, '_>, key: &str) -> Option<Label> {
    let node = fields.required(key)?;
    let mut fields = Fields::of(node, fields.problems())?;
    let en = said(&mut fields, "en", "the English text");
    let nb = said(&mut fields, "nb", "the Norwegian text");
    fields.finish();
    Some(Label::both(en?, nb?))
}

/// Reads a name: a text that reads the same in every language, or a table of which the Norwegian text may be left out.
pub(super) fn read_name(fields: &mut Fields<'_, '_>, key: &str) -> Option<Label> {
    let node = fields.required(key)?;
    if node.as_table().is_none() {
        return said(fields, key, "the name").map(Label::plain);
    }
    let mut fields = Fields::of(node, fields.problems())?;
    let en = said(&mut fields, "en", "the English text");
    let nb = fields.has("nb").then(|| said(&mut fields, "nb", "the Norwegian text"));
    fields.known(&["nb"]);
    fields.finish();
    Some(Label { en: en?, nb: nb.flatten() })
}

/// Reads a source that has its address on the web.
pub(super) fn read_source(fields: &mut Fields<'_, '_>, key: &str) -> Option<Source> {
    let node = fields.required(key)?;
    let source = Source::read(node, fields.problems())?;
    if source.url.is_none() {
        fields.refuse(key, ReferenceError::Nothing { what: "the web address, `url`," });
    }
    Some(source)
}

/// Reads the edition of a table.
pub(super) fn read_edition(fields: &mut Fields<'_, '_>) -> Option<Edition> {
    said(fields, "edition", "the edition").map(Edition::new)
}

/// Reads a year.
pub(super) fn required_year(fields: &mut Fields<'_, '_>, key: &str) -> Option<Year> {
    let year = Year::new(fields.required_integer(key)?);
    year.map_err(|fault| fields.refuse(key, fault)).ok()
}

fn said(fields: &mut Fields<'_, '_>, key: &str, what: &'static str) -> Option<String> {
    let text = fields.required_text(key)?;
    if text.trim().is_empty() {
        fields.refuse(key, ReferenceError::Nothing { what });
        return None;
    }
    Some(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<Source>, String) {
        let node = Node::from_toml(text).unwrap();
        let mut problems = Problems::new();
        let source = Source::read(node.as_table().unwrap().get("source").unwrap(), &mut problems);
        (source, problems.into_result().map_or_else(|error| error.to_string(), |()| String::new()))
    }

    #[test]
    fn a_source_is_a_text_or_a_table() {
        assert_eq!(read("source = 'budget'"), (Some(Source::titled("budget")), String::new()));
        let (source, _) = read("source = { title = 'Budget', section = '3', url = 'https://example.org' }");
        assert_eq!(source.unwrap().to_string(), "Budget, 3 (https://example.org)");
    }

    #[test]
    fn a_source_that_says_nothing_is_refused() {
        assert_eq!(read("source = ' '").1, "source (line 1, column 10): the source is empty");
        assert_eq!(read("source = { title = '' }").1, "source.title (line 1, column 20): the title is empty");
        assert!(read("source = { titel = 'Budget' }").1.contains("did you mean `title`?"));
    }
}
