//! Labels: a name or a sentence in the languages of the reports.

use std::fmt;

/// A language of the reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Norwegian bokmål.
    Bokmal,
}

/// A text in English and, where there is one, in Norwegian bokmål.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Label {
    /// The English text.
    pub en: String,
    /// The Norwegian text; where there is none the English stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nb: Option<String>,
}

impl Label {
    /// A text that reads the same in every language, such as a name.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { en: text.into(), nb: None }
    }

    /// A text in both languages.
    pub fn both(en: impl Into<String>, nb: impl Into<String>) -> Self {
        Self { en: en.into(), nb: Some(nb.into()) }
    }

    /// The text in a language.
    pub fn text(&self, language: Language) -> &str {
        match (language, &self.nb) {
            (Language::Bokmal, Some(nb)) => nb,
            _ => &self.en,
        }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}
