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
    /// No effect has this id.
    #[error("`{id}` is not in the register of effects{}", near(nearest))]
    UnknownEffect {
        /// The id as given.
        id: String,
        /// The ids nearest to it.
        nearest: Vec<String>,
    },
    /// No template has this id.
    #[error("`{id}` is no template{}", near_or_known(nearest, known))]
    UnknownTemplate {
        /// The id as given.
        id: String,
        /// The ids nearest to it.
        nearest: Vec<String>,
        /// The ids there are.
        known: Vec<String>,
    },
    /// A word that is none of the words accepted.
    #[error("unknown word `{word}`: accepted are {}", quoted(known))]
    UnknownWord {
        /// The word as given.
        word: String,
        /// The words there are.
        known: Vec<String>,
    },
    /// A multiple of something that is not G.
    #[error(
        "this is no multiple of G: `times` and `over` are above zero, `series` is `grunnbelop` or `grunnbelop-from-may`"
    )]
    NotOfG,
    /// A measure of effect in a unit it is never in.
    #[error("{measure} is not in `{unit}`: accepted are {}", quoted(known))]
    UnitOfMeasure {
        /// The measure, in words.
        measure: String,
        /// The unit as given.
        unit: String,
        /// The units the measure may be in.
        known: Vec<String>,
    },
    /// A figure that its measure does not allow.
    #[error("{measure} `{value}` is not {expected}")]
    NotOfMeasure {
        /// The measure, in words.
        measure: String,
        /// The figure.
        value: String,
        /// What is accepted.
        expected: &'static str,
    },
    /// An interval with one end.
    #[error("an interval has two ends, `low` and `high`: one is missing")]
    OneEnd,
    /// Both of two keys, or neither, where one is needed.
    #[error("write one of `{first}` and `{second}`")]
    NotOneOf {
        /// The first key.
        first: &'static str,
        /// The second key.
        second: &'static str,
    },
    /// A text that is no grade of confidence.
    #[error("`{word}` is not a grade: write 1 to 6 for confidence, or `A` to `D` for evidence")]
    NotAGrade {
        /// The grade as given.
        word: String,
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
    #[error("{what} `{value}` lies outside its own range, `{low}` to `{high}`")]
    OutsideRange {
        /// What the figure is.
        what: &'static str,
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
    /// An id that the embedded catalogue uses.
    #[error("`{id}` is an entry of the embedded catalogue: give yours another id")]
    Embedded {
        /// The id.
        id: String,
    },
    /// A catalogue written in a form that this version does not know.
    #[error("`catalogue = {version}` is not known: this version reads `catalogue = 1`")]
    CatalogueVersion {
        /// The version as written.
        version: i64,
    },
    /// An exchange rate into another currency than the others.
    #[error("`{series}` is not in {pivot}: all exchange rates are")]
    OtherPivot {
        /// The series.
        series: String,
        /// The currency all exchange rates are in.
        pivot: String,
    },
    /// Steps of the plus-minus scale that it does not have.
    #[error("a consequence has 0 to 4 steps, not {steps}")]
    StepsOutside {
        /// The steps as written.
        steps: i64,
    },
    /// A plus-minus scale on which more comes to less.
    #[error("the consequence falls with importance or size: more of either must come to at least as many steps")]
    ScaleFalls,
}

/// The words in quotes, parted by commas.
pub(super) fn quoted(words: &[String]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// Ids near to one that was not found, as the end of a sentence.
pub(super) fn near(nearest: &[String]) -> String {
    if nearest.is_empty() { String::new() } else { format!(": near to it are {}", quoted(nearest)) }
}

/// Ids near to one that was not found, or all there are, as the end of a sentence.
fn near_or_known(nearest: &[String], known: &[String]) -> String {
    if nearest.is_empty() { format!(": known are {}", quoted(known)) } else { near(nearest) }
}
