//! What can be wrong when a reference figure is asked for or read.

/// A fault of a reference figure, or of a question for one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReferenceError {
    /// No convention has this id.
    #[error("`{id}` is no convention: known are {}", quoted(known))]
    UnknownConvention {
        /// The id as given.
        id: String,
        /// The ids there are.
        known: Vec<String>,
    },
    /// No unit cost has this id.
    #[error("`{id}` is not in the catalogue{}", near(nearest))]
    UnknownEntry {
        /// The id as given.
        id: String,
        /// The ids nearest to it.
        nearest: Vec<String>,
    },
    /// A text that is no country code.
    #[error(
        "`{text}` is not a country: write its code of two capital letters, such as `NO`, or a part, such as `GB-SCT`"
    )]
    NotACountry {
        /// The text as given.
        text: String,
    },
    /// A country without figures.
    #[error("no figures of `{code}`: known countries are {}", quoted(known))]
    UnknownCountry {
        /// The code as given.
        code: String,
        /// The codes there are.
        known: Vec<String>,
    },
    /// A range that does not contain its own figure.
    #[error("unit cost `{value}` lies outside its own range, `{low}` to `{high}`")]
    OutsideRange {
        /// The figure.
        value: String,
        /// The low end.
        low: String,
        /// The high end.
        high: String,
    },
    /// A mark at an address that the convention does not have.
    #[error("`{address}` is marked unverified, but the convention has nothing there")]
    MarkedNothing {
        /// The address as written.
        address: String,
    },
    /// A text that must say something and is empty.
    #[error("{what} is empty")]
    Nothing {
        /// What is empty.
        what: &'static str,
    },
    /// An id that no address could have.
    #[error("`{id}` is not an id: write a-z, 0-9 and `-`")]
    NotAnId {
        /// The id as given.
        id: String,
    },
    /// An id that stands for two figures.
    #[error("id `{id}` is used twice")]
    UsedTwice {
        /// The id.
        id: String,
    },
    /// An exchange rate into another currency than the others.
    #[error("`{series}` is not in {pivot}: all exchange rates are")]
    OtherPivot {
        /// The series.
        series: String,
        /// The currency all exchange rates are in.
        pivot: String,
    },
}

/// The words in quotes, parted by commas.
pub(super) fn quoted(words: &[String]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

fn near(nearest: &[String]) -> String {
    if nearest.is_empty() { String::new() } else { format!(": near to it are {}", quoted(nearest)) }
}
