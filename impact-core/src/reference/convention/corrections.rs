//! Corrections: what benefits lose and costs gain because the evidence behind them is weak.
//!
//! One rule: a correction belongs to a grade, and the grade to what it grades; what has no grade is not corrected, and that is
//! listed.

use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::reference::ReferenceError;
use crate::reference::words::words;
use crate::units::UnitError;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

words! {
    /// By which grades benefits and costs are corrected.
    CorrectionScheme {
        /// By none: nothing is corrected.
        None = "none",
        /// By confidence grades, 1 (the best) to 6.
        ConfidenceGrade = "confidence-grade",
        /// By evidence grades, A (the best) to D.
        EvidenceGrade = "evidence-grade",
    }
}

/// A grade of confidence or of evidence: `1` to `6`, or `A` to `D`; the first is the best.
///
/// # Examples
/// ```
/// use impact_core::reference::ConfidenceGrade;
/// assert_eq!("3".parse::<ConfidenceGrade>()?.to_string(), "3");
/// assert!("7".parse::<ConfidenceGrade>().is_err());
/// # Ok::<(), impact_core::reference::ReferenceError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConfidenceGrade(char);

impl ConfidenceGrade {
    /// Whether grades of this kind decide corrections.
    pub fn is_of(self, scheme: CorrectionScheme) -> bool {
        match scheme {
            CorrectionScheme::None => false,
            CorrectionScheme::ConfidenceGrade => self.0.is_ascii_digit(),
            CorrectionScheme::EvidenceGrade => self.0.is_ascii_uppercase(),
        }
    }
}

impl FromStr for ConfidenceGrade {
    type Err = ReferenceError;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let mut letters = word.chars();
        match (letters.next(), letters.next()) {
            (Some(letter @ ('1'..='6' | 'A'..='D')), None) => Ok(Self(letter)),
            _ => Err(ReferenceError::NotAGrade { word: word.to_owned() }),
        }
    }
}

impl fmt::Display for ConfidenceGrade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl serde::Serialize for ConfidenceGrade {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What benefits lose and costs gain, by grade.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Corrections {
    /// Which grades decide.
    pub by: CorrectionScheme,
    /// The share taken off benefits, by grade.
    pub benefits: BTreeMap<ConfidenceGrade, Decimal>,
    /// The share laid on top of costs, by grade.
    pub costs: BTreeMap<ConfidenceGrade, Decimal>,
}

impl Corrections {
    /// Nothing is corrected.
    pub const NONE: Self = Self { by: CorrectionScheme::None, benefits: BTreeMap::new(), costs: BTreeMap::new() };

    /// Whether nothing is ever corrected.
    pub fn are_none(&self) -> bool {
        self.by == CorrectionScheme::None
    }
}

/// Reads `[corrections]`; nothing is corrected where there is none.
pub(super) fn read(fields: &mut Fields<'_, '_>) -> Option<Corrections> {
    fields.known(&["corrections"]);
    if !fields.has("corrections") {
        return Some(Corrections::NONE);
    }
    let mut fields = fields.fields("corrections")?;
    let by = fields.required_one_of("by", CorrectionScheme::WORDS);
    let benefits = by_grade(&mut fields, "benefits", Some(Decimal::ONE));
    let costs = by_grade(&mut fields, "costs", None);
    fields.finish();
    Some(Corrections { by: by?, benefits: benefits?, costs: costs? })
}

/// The corrections of a table by grade, each a share up to the most there may be.
fn by_grade(
    fields: &mut Fields<'_, '_>,
    key: &str,
    most: Option<Decimal>,
) -> Option<BTreeMap<ConfidenceGrade, Decimal>> {
    let Some(node) = fields.node(key) else { return (!fields.has(key)).then(BTreeMap::new) };
    let mut fields = Fields::of(node, fields.problems())?;
    let entries = fields.rest();
    let mut found = BTreeMap::new();
    for entry in &entries {
        let grade = entry.key.parse::<ConfidenceGrade>();
        let share = read_share(&entry.node, most, fields.problems());
        match grade {
            Ok(grade) => found.extend(share.map(|share| (grade, share))),
            Err(fault) => fields.problems().add(&entry.node.place, fault),
        }
    }
    fields.finish();
    (found.len() == entries.len()).then_some(found)
}

fn read_share(node: &Node, most: Option<Decimal>, problems: &mut Problems) -> Option<Decimal> {
    let share = node.read_number(problems)?;
    let sound = share >= Decimal::ZERO && most.is_none_or(|most| share <= most);
    let expected = if most.is_some() { "between 0 and 1" } else { "zero or more" };
    if sound {
        return Some(share);
    }
    node.refuse(UnitError::OutOfRange { quantity: "correction", value: share.to_string(), expected }, problems)
}
