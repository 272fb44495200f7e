//! Assumptions: the numbers a model rests on, each at its address, with its source.
//!
//! One rule: a shared number is one assumption however often it is used, so that two uses never vary apart.

use crate::address::Address;
use crate::distribution::Distribution;
use crate::reference::{Grade, Source};
use crate::units::Label;
use rust_decimal::Decimal;

/// The position of an assumption among those of its model: where plans keep its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Slot(pub(crate) usize);

impl Slot {
    /// The position.
    pub fn position(self) -> usize {
        self.0
    }
}

/// A number that a result rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumption {
    /// Where it stands: `outcomes.into-work.deadweight`, `assumptions.months-per-recipient`, `catalogue.<id>`,
    /// `effects.<id>`.
    pub address: Address,
    /// What it is called, where it has a name of its own (shared and catalogue numbers).
    pub name: Option<Label>,
    /// The value a point appraisal uses.
    pub point: Decimal,
    /// What that value is.
    pub point_is: Point,
    /// How it may vary, where it is uncertain.
    pub distribution: Option<Distribution>,
    /// What values it may take.
    pub accepts: Accepts,
    /// Its unit in words: `share`, `person`, `NOK per recipient-year (2022 prices)`.
    pub unit: String,
    /// Where it comes from, nearest first: its own source, else that of the table it stands in.
    pub source: Option<Source>,
    /// Grade of the evidence, where the source carries one.
    pub grade: Option<Grade>,
    /// Marks that every report shows.
    pub marks: Marks,
    /// Who says it.
    pub origin: Origin,
    /// Every address that uses it, in the order of the document; itself, for a number used in place.
    pub used_at: Vec<Address>,
    /// What to beware of.
    pub note: Option<String>,
}

/// What the point value of an assumption is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Point {
    /// A plain number, as written.
    Given,
    /// The mean of its distribution.
    Mean,
    /// The author's own best value beside the distribution.
    Best,
}

/// Which values an assumption may take, the stricter ones last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Accepts {
    /// Any number.
    Any,
    /// Above −1: growth that leaves prices above zero.
    Growth,
    /// Between −1 and 1, both included: a difference of two shares.
    Difference,
    /// Zero or more.
    NotNegative,
    /// A whole number, zero or more: people. A distribution stands for draws that are rounded.
    People,
    /// More than zero.
    Positive,
    /// A whole number above zero: people without whom there is nothing to compare with.
    SomePeople,
    /// Between 0 and 1, both included.
    Share,
}

impl Accepts {
    /// Whether a value is accepted.
    pub fn accepts(self, value: Decimal) -> bool {
        match self {
            Accepts::Any => true,
            Accepts::Growth => value > Decimal::NEGATIVE_ONE,
            Accepts::Difference => value.abs() <= Decimal::ONE,
            Accepts::NotNegative => value >= Decimal::ZERO,
            Accepts::People => value >= Decimal::ZERO && value.fract().is_zero(),
            Accepts::Positive => value > Decimal::ZERO,
            Accepts::SomePeople => value > Decimal::ZERO && value.fract().is_zero(),
            Accepts::Share => (Decimal::ZERO..=Decimal::ONE).contains(&value),
        }
    }

    /// The stricter of two, for a number that is used as both.
    pub fn narrower(self, other: Self) -> Self {
        match (self.min(other), self.max(other)) {
            // A difference of shares that is not below zero.
            (Accepts::Difference, Accepts::NotNegative | Accepts::People | Accepts::Positive | Accepts::SomePeople) => {
                Accepts::Share
            }
            (Accepts::People, Accepts::Positive) => Accepts::SomePeople,
            (_, stricter) => stricter,
        }
    }

    /// The accepted values in words.
    pub fn words(self) -> &'static str {
        match self {
            Accepts::Any => "a number",
            Accepts::Growth => "above -1",
            Accepts::Difference => "between -1 and 1",
            Accepts::NotNegative => "zero or more",
            Accepts::People => "a whole number, zero or more",
            Accepts::Positive => "above zero",
            Accepts::SomePeople => "a whole number above zero",
            Accepts::Share => "between 0 and 1",
        }
    }
}

/// Marks of an assumption that every report shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Marks {
    /// Invented to show the working; nobody has published it.
    pub illustrative: bool,
    /// Not read at its own source.
    pub unverified: bool,
}

impl Marks {
    /// Both marks together.
    pub fn or(self, other: Self) -> Self {
        Self { illustrative: self.illustrative || other.illustrative, unverified: self.unverified || other.unverified }
    }
}

/// Who says a number.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The document.
    Document,
    /// The embedded catalogue: the id of the entry.
    Catalogue(String),
    /// The document, in place of the catalogue's own value: the id of the entry.
    CatalogueOverridden(String),
    /// The embedded register of effects: the id of the entry.
    Register(String),
    /// The document, in place of the register's own value: the id of the entry.
    RegisterOverridden(String),
    /// Left out by the document and filled in by the library.
    Default,
}
