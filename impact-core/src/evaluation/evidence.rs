//! Evidence: how many numbers stand on which footing, and how much of the value rests on the weakest of them.
//!
//! One rule: a value is only as well founded as the weakest number it is made of.

use super::appraisal::Appraisal;
use super::basis::line_basis;
use super::figure::Absence;
use super::line::Class;
use crate::model::{Assumption, Measure, Model, Origin};
use crate::number::{Exact, Number};
use crate::reference::Grade;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// What a number stands on, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Footing {
    /// Grade A.
    A,
    /// Grade B.
    B,
    /// Grade C.
    C,
    /// Grade D.
    D,
    /// A source that carries no grade.
    Ungraded,
    /// No source.
    NoSource,
    /// Left out by the document and filled in by the library.
    FilledIn,
    /// Invented to show the working.
    Illustrative,
}

/// The numbers on one footing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct EvidenceRow {
    /// The footing.
    pub footing: Footing,
    /// How many numbers of the model stand on it; a price series that is invented counts as one.
    pub numbers: usize,
    /// The present value of the outcomes, harms counted as much as gains, whose weakest number stands on it.
    pub present_value: Decimal,
    /// That as a share of all; none where the outcomes are worth nothing.
    pub share: Option<Decimal>,
}

impl Footing {
    /// All footings, the best first.
    pub const ALL: [Footing; 8] = [
        Footing::A,
        Footing::B,
        Footing::C,
        Footing::D,
        Footing::Ungraded,
        Footing::NoSource,
        Footing::FilledIn,
        Footing::Illustrative,
    ];

    /// What a number of a model stands on; nothing for a default that the document had no reason to give.
    pub fn of(model: &Model, number: &Assumption) -> Option<Self> {
        let footing = match (number.marks.illustrative, &number.origin, number.grade) {
            (true, ..) => Footing::Illustrative,
            (_, Origin::Default, _) => {
                let listed = model.defaults().iter().any(|default| default.address == number.address);
                return listed.then_some(Footing::FilledIn);
            }
            (.., Some(grade)) => Footing::graded(grade),
            (.., None) if number.source.is_some() => Footing::Ungraded,
            (.., None) => Footing::NoSource,
        };
        Some(footing)
    }

    fn graded(grade: Grade) -> Self {
        match grade {
            Grade::A => Footing::A,
            Grade::B => Footing::B,
            Grade::C => Footing::C,
            Grade::D => Footing::D,
        }
    }
}

impl Appraisal {
    /// What the numbers of the model stand on, the best footing first; footings without numbers are left out.
    ///
    /// # Errors
    /// A sum larger than 28 digits.
    pub fn evidence(&self) -> Result<Vec<EvidenceRow>, Absence> {
        let model = self.model();
        let footings: Vec<Option<Footing>> =
            model.assumptions().iter().map(|number| Footing::of(model, number)).collect();
        let mut values = Footing::ALL.map(|footing| (footing, Exact::ZERO));
        for (line, total) in self.ledger().lines().iter().zip(self.totals()) {
            if !matches!(line.class, Class::Outcome | Class::Displaced) {
                continue;
            }
            let (slots, series) = line_basis(model, line, Measure::PresentValueOutcomes);
            let invented = series.illustrative.then_some(Footing::Illustrative);
            let numbers = slots.iter().filter_map(|slot| footings.get(slot.position()).copied().flatten());
            let weakest = numbers.chain(invented).max();
            let value = Exact::from(total.present_value.value()?.abs());
            for (footing, sum) in &mut values {
                if weakest == Some(*footing) {
                    *sum = *sum + value;
                }
            }
        }
        let all: Exact = values.iter().map(|(_, value)| *value).sum();
        let invented = model.price_series().iter().filter(|series| series.marks.illustrative);
        let footings: Vec<Footing> =
            footings.into_iter().flatten().chain(invented.map(|_| Footing::Illustrative)).collect();
        let used: BTreeSet<Footing> = footings.iter().copied().collect();
        let row = |(footing, value): (Footing, Exact)| {
            let present_value = value.value()?;
            let share = if all == Exact::ZERO { None } else { Some((value / all).quantised().value()?.normalize()) };
            let numbers = footings.iter().filter(|other| **other == footing).count();
            Ok(EvidenceRow { footing, numbers, present_value: present_value.normalize(), share })
        };
        values.into_iter().filter(|(footing, _)| used.contains(footing)).map(row).collect()
    }
}
