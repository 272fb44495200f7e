//! What a search asks, from Python: one word or several, each refused with its place where it is unknown.

use crate::error::at_argument;
use impact_core::units::{Label, Language, Year};
use pyo3::prelude::*;
use std::fmt::Display;
use std::str::FromStr;

/// One word, or several of which one must hold.
#[derive(FromPyObject)]
pub enum Words {
    /// One.
    One(String),
    /// Several.
    Several(Vec<String>),
}

impl Words {
    /// Each word as what it stands for.
    pub fn read<T>(asked: Option<Self>, py: Python<'_>, name: &str) -> PyResult<Vec<T>>
    where
        T: FromStr<Err: Display>,
    {
        let words = match asked {
            None => Vec::new(),
            Some(Self::One(word)) => vec![word],
            Some(Self::Several(words)) => words,
        };
        words.iter().map(|word| read(py, name, word)).collect()
    }
}

/// A word as what it stands for.
pub fn read<T>(py: Python<'_>, name: &str, word: &str) -> PyResult<T>
where
    T: FromStr<Err: Display>,
{
    word.parse().map_err(|fault: T::Err| at_argument(py, name, &fault.to_string()))
}

/// A year, or the first and the last of several.
#[derive(FromPyObject, Clone, Copy)]
pub enum Years {
    /// One.
    One(i64),
    /// From one to another, both included.
    Range(i64, i64),
}

impl Years {
    /// The first and the last year.
    pub fn ends(self, py: Python<'_>, name: &str) -> PyResult<(Year, Year)> {
        let year = |number| Year::new(number).map_err(|fault| at_argument(py, name, &fault.to_string()));
        match self {
            Self::One(only) => Ok((year(only)?, year(only)?)),
            Self::Range(first, last) => Ok((year(first)?, year(last)?)),
        }
    }
}

/// Labels in both languages, or in the one asked for.
pub fn named<'a>(
    table: crate::table::Columns,
    name: &str,
    labels: impl Iterator<Item = Option<&'a Label>> + Clone,
    language: Option<Language>,
) -> crate::table::Columns {
    match language {
        None => crate::rows::labels(table, name, labels),
        Some(language) => table.text(name, labels.map(move |label| label.map(|label| label.text(language)))),
    }
}

/// The language asked for.
pub fn language(py: Python<'_>, asked: Option<&str>) -> PyResult<Option<Language>> {
    asked.map(|code| crate::label::language(py, code)).transpose()
}
