//! What can be wrong with a document before anybody asks what it means.
//!
//! One rule: a message says what to write instead and never repeats the place, which the problem carries.

use super::kind::DocumentKind;
use super::words::{hint, list};

/// A fault of a document, or of a value in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DocumentError {
    /// Nothing is written in it.
    #[error("the document is empty")]
    Empty,
    /// More bytes than are read.
    #[error("the document has {bytes} bytes: at most {most} (16 MiB) are read", most = super::LARGEST_DOCUMENT)]
    TooLarge {
        /// How many it has.
        bytes: usize,
    },
    /// More words and signs, or more values, than any model has.
    #[error("the document has more than {most} {what}: no model is that large")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How many are read.
        most: usize,
    },
    /// Lists and tables inside each other, too many of them.
    #[error("nested more than {most} levels deep", most = super::DEEPEST)]
    TooDeep,
    /// A byte that is no part of UTF-8.
    #[error("byte {position} of the document (`0x{byte:02x}`) is not UTF-8: save it as UTF-8")]
    NotUtf8 {
        /// Its position in the document, from 0.
        position: usize,
        /// The byte.
        byte: u8,
    },
    /// A workbook or another archive, not a text.
    #[error("this is a workbook or a zip file, no text: a document is a text in TOML or JSON, a table one in CSV")]
    Archive,
    /// A file of a program for tables or texts from before 2007, not a text.
    #[error(
        "this is a file of an older office program (.xls, .doc), no text: open it there and save a workbook as .xlsx, a table as CSV UTF-8"
    )]
    OldOffice,
    /// A file made for paper, not a text.
    #[error("this is a PDF file, no text: a document is a text in TOML or JSON, a table one in CSV")]
    Pdf,
    /// Bytes that no text has.
    #[error(
        "this is no text (byte {position} of it is zero): a document is a text in TOML or JSON, a table one in CSV, saved as UTF-8"
    )]
    NoText {
        /// The first of them, counted from 0.
        position: usize,
    },
    /// A document of another kind than is meant.
    #[error(
        "{} {}, where {} {} expected: {} {}",
        if found.is_several() { "these are" } else { "this is" },
        found.words(),
        expected.meant(),
        if expected.is_several() { "are" } else { "is" },
        if expected.is_several() { "they have" } else { "it has" },
        expected.known_by()
    )]
    AnotherKind {
        /// What it is.
        found: DocumentKind,
        /// What is meant.
        expected: DocumentKind,
    },
    /// The document starts with the mark of UTF-16.
    #[error("the document is UTF-16: save it as UTF-8")]
    Utf16,
    /// It breaks the rules of TOML or JSON.
    #[error("{message}")]
    Syntax {
        /// What the parser says.
        message: String,
    },
    /// A key is written twice in one table.
    #[error("`{key}` is written twice")]
    DuplicateKey {
        /// The key.
        key: String,
    },
    /// Two elements of a list have the same id.
    #[error("id `{id}` is used twice in `{list}`")]
    DuplicateId {
        /// The id.
        id: String,
        /// The list, by its address.
        list: String,
    },
    /// JSON's null.
    #[error("null is not a value: leave the key out")]
    Null,
    /// A time of day where dates are meant.
    #[error("`{text}` has a time of day: write the date only, such as 2024-01-31")]
    TimeOfDay {
        /// The text as written.
        text: String,
    },
    /// A text or a number that is no calendar date.
    #[error("`{text}` is not a date: write year-month-day, such as 2024-01-31")]
    NotADate {
        /// The text as written.
        text: String,
    },
    /// A text that is no number.
    #[error("`{text}` is not a number")]
    NotANumber {
        /// The text as written.
        text: String,
    },
    /// TOML's `nan` and `inf`.
    #[error("`{text}` is not a number an assumption can have")]
    NotFinite {
        /// The text as written.
        text: String,
    },
    /// A hexadecimal, octal or binary integer.
    #[error("`{text}` is not written in decimal digits")]
    NotDecimal {
        /// The text as written.
        text: String,
    },
    /// More digits than a number keeps.
    #[error("`{text}` has {digits} significant digits: a number keeps 28")]
    TooManyDigits {
        /// The text as written.
        text: String,
        /// How many it has.
        digits: usize,
    },
    /// A number that is too large to be exact.
    #[error("`{text}` is larger than 7.9e27, the largest number kept exactly")]
    NumberTooLarge {
        /// The text as written.
        text: String,
    },
    /// A number that is too small to be exact.
    #[error("`{text}` has more than 28 decimals: a number keeps 28")]
    NumberTooSmall {
        /// The text as written.
        text: String,
    },
    /// A number with a fraction where a count is meant.
    #[error("`{text}` is not a whole number")]
    NotWhole {
        /// The text as written.
        text: String,
    },
    /// A number written the continental way.
    #[error("`{text}` is written with a decimal comma: write {point}")]
    DecimalComma {
        /// The text as written.
        text: String,
        /// The same with a point.
        point: String,
    },
    /// A comma that may be a decimal comma or part thousands.
    #[error("`{text}` is written with a comma: write {point} if it is a decimal comma, {whole} if it parts thousands")]
    AmbiguousComma {
        /// The text as written.
        text: String,
        /// The number with a decimal point.
        point: String,
        /// The number without a mark.
        whole: String,
    },
    /// A number with marks or spaces between its thousands.
    #[error("`{text}` is written with parted thousands: write {plain}")]
    PartedThousands {
        /// The text as written.
        text: String,
        /// The same without them.
        plain: String,
    },
    /// A point in a text that may be a decimal point or part thousands.
    #[error(
        "`{text}` is written as a text: write the number {point} if it is a decimal point, {whole} if it parts thousands"
    )]
    AmbiguousPoint {
        /// The text as written.
        text: String,
        /// The number with a decimal point.
        point: String,
        /// The number without a mark.
        whole: String,
    },
    /// A day before its month and year.
    #[error("`{text}` is written with the day first: write {date}")]
    DayFirst {
        /// The text as written.
        text: String,
        /// The same with the year first.
        date: String,
    },
    /// A number with something behind it.
    #[error("`{text}` is no number: write its digits alone, with a decimal point, such as 1234.5")]
    MoreThanANumber {
        /// The text as written.
        text: String,
    },
    /// A number of hundredths.
    #[error("`{text}` is written as a percentage: write {share}")]
    Percentage {
        /// The text as written.
        text: String,
        /// The share it is.
        share: String,
    },
    /// A value of another kind than is meant.
    #[error("expected {expected}, found {found}")]
    WrongKind {
        /// What is meant: `a number`.
        expected: &'static str,
        /// What stands there.
        found: &'static str,
    },
    /// A key that must be there is not.
    #[error("`{key}` is missing")]
    Missing {
        /// The key.
        key: String,
    },
    /// A key that nobody knows.
    #[error("unknown key `{key}`: {}", hint(nearest.as_deref(), "the keys here are", known))]
    UnknownKey {
        /// The key as written.
        key: String,
        /// The nearest known key, where one is near.
        nearest: Option<String>,
        /// The known keys.
        known: Vec<String>,
    },
    /// A word that is none of those accepted.
    #[error("unknown word `{word}`: {}{}", match nearest { Some(near) => format!("did you mean `{near}`? "), None => String::new() }, list("accepted are", accepted))]
    UnknownWord {
        /// The word as written.
        word: String,
        /// The nearest accepted word, where one is near.
        nearest: Option<String>,
        /// The accepted words.
        accepted: Vec<String>,
    },
    /// An address that leads nowhere.
    #[error("nothing stands here: the nearest known address is {}", shown(nearest))]
    UnknownAddress {
        /// The longest part of the address that exists.
        nearest: String,
    },
    /// An address that leads through something without parts.
    #[error("{} is {found}: it has no part `{part}`", shown(through))]
    NoParts {
        /// The address of what has no such parts.
        through: String,
        /// What stands there.
        found: &'static str,
        /// The part that is asked for.
        part: String,
    },
}

/// An address in a message; the root has no text of its own.
fn shown(address: &str) -> String {
    if address.is_empty() { "the document itself".to_owned() } else { format!("`{address}`") }
}
