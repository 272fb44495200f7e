//! Lines: the difference of two models by the lines of their ledgers, where their documents cannot be exchanged part by part.
//!
//! One rule: what stands above and below the line of a measure is a sum over lines, so lines can be exchanged one at a time, each
//! in the common money of its own model.

use super::columns::{Compare, Seen};
use super::difference::Changed;
use crate::address::Address;
use crate::evaluation::{Appraisal, Fraction, Sides};
use crate::model::{Measure, Question};
use crate::number::Exact;
use rust_decimal::Decimal;

pub(super) struct Lines<'a> {
    base: Seen<'a>,
    other: Seen<'a>,
    /// The causes of both ledgers, the base's first.
    causes: Vec<Address>,
}

impl<'a> Lines<'a> {
    /// The lines from `base`, the base's model under the other's conventions.
    pub fn of(base: &'a Appraisal, compare: &Compare<'a>) -> Self {
        let mut causes: Vec<Address> = Vec::new();
        for line in base.ledger().lines().iter().chain(compare.other.appraisal.ledger().lines()) {
            if !causes.contains(&line.cause) {
                causes.push(line.cause.clone());
            }
        }
        Self { base: Seen { appraisal: base, ..compare.base }, other: compare.other, causes }
    }

    /// What is exchanged line by line, and the figure after each.
    pub fn stages(&self, question: &Question) -> (Vec<Changed>, Vec<Option<Decimal>>) {
        self.by_line(question).unwrap_or_else(|| (vec![Changed::Documents], vec![None]))
    }

    /// Whether lines of both may be added: in one currency, at one price level, of one present-value year.
    fn in_one_money(&self) -> bool {
        let money = |seen: Seen<'_>| {
            let year = seen.appraisal.model().present_value_year();
            (seen.carried.currency, seen.carried.price_year, year)
        };
        money(self.base) == money(self.other)
    }

    fn by_line(&self, question: &Question) -> Option<(Vec<Changed>, Vec<Option<Decimal>>)> {
        // The divisor of an equivalent annual value is the years, which no line has.
        if question.measure == Measure::EquivalentAnnualValue || !self.in_one_money() {
            return None;
        }
        let parts = |seen: Seen<'_>| {
            let of_cause =
                |cause| Some(scaled(part_of(seen.appraisal, question, cause)?, Exact::from(seen.carried.factor)));
            self.causes.iter().map(of_cause).collect::<Option<Vec<Fraction<Exact>>>>()
        };
        let (base, other) = (parts(self.base)?, parts(self.other)?);
        let nothing = self.other.appraisal.model().convention().ratios.nothing_for_nothing;
        let after = (1..=self.causes.len()).map(|done| {
            let mixed = other.iter().take(done).chain(base.iter().skip(done));
            let sum = mixed.copied().reduce(added)?;
            sum.value(question.measure, nothing).ok().map(|value| value.normalize())
        });
        let changed = self.causes.iter().map(|address| Changed::Line { address: address.clone() });
        Some((changed.collect(), after.collect()))
    }
}

/// What the lines of one cause add to a measure; none for a measure that is no sum over lines.
fn part_of(appraisal: &Appraisal, question: &Question, cause: &Address) -> Option<Fraction<Exact>> {
    let of_cause = appraisal.ledger().lines().iter().zip(appraisal.totals()).filter(|(line, _)| line.cause == *cause);
    let (lines, totals): (Vec<_>, Vec<_>) = of_cause.map(|(line, total)| (line.clone(), *total)).unzip();
    Sides::of(appraisal.model(), question).ok()?.fraction(&lines, &totals, Exact::ZERO)
}

fn scaled(fraction: Fraction<Exact>, factor: Exact) -> Fraction<Exact> {
    Fraction { above: fraction.above * factor, below: fraction.below.map(|below| below * factor) }
}

fn added(one: Fraction<Exact>, other: Fraction<Exact>) -> Fraction<Exact> {
    let below = one.below.zip(other.below).map(|(one, other)| one + other);
    Fraction { above: one.above + other.above, below }
}
