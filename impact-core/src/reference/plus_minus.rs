//! The plus-minus scale: what importance and size make of an effect that has no price.
//!
//! One rule: the scale orders effects in words and is never a number to be added up: people weigh them, not the library.
//! Source: `data/plus_minus.toml` names it; the official table was not read there, and results that use it say so.

use super::provenance::{read_edition, read_name};
use super::words::words;
use super::{Edition, ReferenceError, Source};
use crate::document::{Fields, Form, Node};
use crate::error::Problems;
use crate::units::Label;
use std::fmt;
use std::sync::OnceLock;

const TEXT: &str = include_str!("../../data/plus_minus.toml");

/// The most steps a consequence has.
const MOST_STEPS: i64 = 4;

words! {
    /// How important what is affected is, to those it matters to.
    Importance {
        /// Of little importance.
        Low = "low",
        /// Of some importance.
        Medium = "medium",
        /// Of great importance.
        High = "high",
    }
}

words! {
    /// How much of it changes.
    EffectSize {
        /// Nothing changes.
        None = "none",
        /// Little changes.
        Small = "small",
        /// Some of it changes.
        Medium = "medium",
        /// Much of it changes.
        Large = "large",
    }
}

/// The consequence of an effect without a price, from four minus signs to four plus signs.
///
/// # Examples
/// ```
/// use impact_core::reference::{EffectSize, Importance, PlusMinus};
/// let scale = PlusMinus::embedded();
/// assert_eq!(scale.consequence(Importance::High, EffectSize::Medium, true).to_string(), "+++");
/// assert_eq!(scale.consequence(Importance::Low, EffectSize::Large, false).to_string(), "--");
/// assert_eq!(scale.consequence(Importance::High, EffectSize::None, true).to_string(), "0");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Consequence(i8);

impl Consequence {
    /// The steps: above zero for the better, below for the worse.
    pub fn steps(self) -> i8 {
        self.0
    }
}

impl fmt::Display for Consequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "+" };
        match self.0 {
            0 => f.write_str("0"),
            steps => f.write_str(&sign.repeat(usize::from(steps.unsigned_abs()))),
        }
    }
}

impl serde::Serialize for Consequence {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A table of consequences by importance and size.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct PlusMinus {
    /// What it is called.
    pub title: Label,
    /// Its edition.
    pub edition: Edition,
    /// Where it comes from.
    pub source: Source,
    /// Whether it was not read at that source.
    pub unverified: bool,
    /// Steps by importance, each for a small, a medium and a large effect.
    steps: [[i8; 3]; 3],
}

impl PlusMinus {
    /// The table embedded in the crate.
    pub fn embedded() -> &'static Self {
        static READ: OnceLock<PlusMinus> = OnceLock::new();
        READ.get_or_init(|| embedded(&mut Problems::new()).unwrap_or_else(Self::nothing))
    }

    /// What importance and size come to; for the better or for the worse.
    pub fn consequence(&self, importance: Importance, size: EffectSize, positive: bool) -> Consequence {
        let row = match importance {
            Importance::Low => self.steps[0],
            Importance::Medium => self.steps[1],
            Importance::High => self.steps[2],
        };
        let steps = match size {
            EffectSize::None => 0,
            EffectSize::Small => row[0],
            EffectSize::Medium => row[1],
            EffectSize::Large => row[2],
        };
        Consequence(if positive { steps } else { steps.saturating_neg() })
    }

    /// Reads a table: steps by importance and size, neither of which may make a consequence smaller.
    pub(crate) fn read(node: &Node, problems: &mut Problems) -> Option<Self> {
        let mut fields = Fields::of(node, problems)?;
        let title = read_name(&mut fields, "title");
        let edition = read_edition(&mut fields);
        let source = fields.required("source").and_then(|node| Source::read(node, fields.problems()));
        let unverified = fields.flag("unverified").unwrap_or(false);
        let rows = Importance::WORDS.iter().map(|(word, _)| {
            let node = fields.required(word)?;
            read_row(node, fields.problems())
        });
        let rows: Vec<Option<[i8; 3]>> = rows.collect();
        let &[low, medium, high] = rows.as_slice() else { return None };
        let steps = low.zip(medium).zip(high).map(|((low, medium), high)| [low, medium, high]);
        if steps.is_some_and(|steps| !grows(&steps)) {
            fields.refuse_here(ReferenceError::ScaleFalls);
        }
        fields.finish();
        Some(Self { title: title?, edition: edition?, source: source?, unverified, steps: steps? })
    }

    /// A scale that says nothing: the file is proven by a test, so this never reaches a user.
    fn nothing() -> Self {
        Self {
            title: Label::plain("unknown"),
            edition: Edition::new("unknown"),
            source: Source::titled("unknown"),
            unverified: true,
            steps: [[0; 3]; 3],
        }
    }
}

fn embedded(problems: &mut Problems) -> Option<PlusMinus> {
    let node = Node::read(TEXT, Form::Toml, problems)?;
    PlusMinus::read(&node, problems)
}

fn read_row(node: &Node, problems: &mut Problems) -> Option<[i8; 3]> {
    let mut fields = Fields::of(node, problems)?;
    let row = ["small", "medium", "large"].map(|size| steps(&mut fields, size));
    fields.finish();
    let [small, medium, large] = row;
    Some([small?, medium?, large?])
}

fn steps(fields: &mut Fields<'_, '_>, size: &str) -> Option<i8> {
    let number = fields.required_integer(size)?;
    let steps = i8::try_from(number).ok().filter(|_| (0..=MOST_STEPS).contains(&number));
    if steps.is_none() {
        fields.refuse(size, ReferenceError::StepsOutside { steps: number });
    }
    steps
}

/// Whether more importance or a larger effect never comes to less.
fn grows(steps: &[[i8; 3]; 3]) -> bool {
    let [low, medium, high] = steps;
    let by_size = steps.iter().all(|[small, medium, large]| small <= medium && medium <= large);
    let rises = |less: &[i8; 3], more: &[i8; 3]| less.iter().zip(more).all(|(less, more)| less <= more);
    by_size && rises(low, medium) && rises(medium, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_reads_without_a_problem_and_says_it_was_not_read() {
        let mut problems = Problems::new();
        let table = embedded(&mut problems);
        problems.into_result().unwrap();
        let table = table.unwrap();
        assert!(table.unverified);
        assert_eq!(PlusMinus::embedded(), &table);
    }

    #[test]
    fn a_loss_mirrors_a_gain() {
        let table = PlusMinus::embedded();
        for importance in Importance::ALL {
            for size in EffectSize::ALL {
                let [gain, loss] = [true, false].map(|good| table.consequence(*importance, *size, good).steps());
                assert_eq!(gain, -loss);
            }
        }
    }

    #[test]
    fn the_plain_rule_is_the_steps_of_both_less_two() {
        let table = PlusMinus::embedded();
        for (a, importance) in (1..).zip(Importance::ALL) {
            for (b, size) in (0..).zip(EffectSize::ALL) {
                let expected = if b == 0 { 0 } else { a + b - 2 };
                assert_eq!(table.consequence(*importance, *size, true).steps(), expected, "{importance} {size}");
            }
        }
    }
}
