//! The sink of draws: what a line adds to the sums that were asked for.

use super::WIDTH;
use super::reading::{Counted, Entry, Readings, Years};
use crate::evaluation::formula::{Amounts, Calendar, OutcomeUnits, Sink};
use crate::evaluation::plan::{Plan, Sign};
use crate::evaluation::units::Units;
use crate::number::{Lanes, Number};

type Drawn = Lanes<WIDTH>;

/// Adds up what the readings ask for.
pub(super) struct ReadingSink<'a> {
    pub plan: &'a Plan,
    pub readings: &'a Readings,
    pub sums: &'a mut [Drawn],
    /// One after the other, each as long as the years appraised.
    pub years: &'a mut [Drawn],
}

impl Sink<Drawn> for ReadingSink<'_> {
    const BY_YEAR: bool = false;

    #[inline(always)]
    fn asks_years(&self, outcome: usize) -> bool {
        self.readings.by_year || self.readings.outcomes.get(outcome).is_some_and(|counts| !counts.is_empty())
    }

    #[inline(always)]
    fn line(
        &mut self,
        line: usize,
        amounts: &Amounts<Drawn>,
        units: &Units<'_, Drawn>,
        calendar: &Calendar<'_, Drawn>,
    ) {
        let (Some(shared), Some(terms)) = (self.plan.lines.get(line), self.readings.lines.get(line)) else { return };
        let factors = self.plan.factors(shared);
        let unit = amounts.price * amounts.avoidable;
        if !terms.is_empty() {
            let present = unit * units.present(factors);
            for term in terms {
                let value = match term.entry {
                    Entry::Present => present,
                    Entry::Claim => present * amounts.own_share,
                    Entry::Cashable => match calendar.released {
                        Some(released) => unit * units.present_of(released, factors) * amounts.cashable,
                        None => present * amounts.cashable,
                    },
                    Entry::Amount => unit * units.total(),
                };
                if let Some(sum) = self.sums.get_mut(term.sum) {
                    *sum = *sum + value * Drawn::all(term.weight);
                }
            }
        }
        let horizon = self.plan.years.len();
        for (asked, row) in self.readings.years.iter().zip(self.years.chunks_exact_mut(horizon.max(1))) {
            let Some(sign) = asked.signs.get(line).copied().filter(|sign| *sign != Sign::None) else { continue };
            add_years(asked, sign, row, units, unit, |year| factors.get(year).map(Drawn::constant));
        }
    }

    #[inline(always)]
    fn outcome(&mut self, outcome: usize, units: &OutcomeUnits<'_, Drawn>) {
        let Some(counts) = self.readings.outcomes.get(outcome) else { return };
        for (sum, counted) in counts {
            let value = match counted {
                Counted::Started => units.started,
                Counted::Accrued => units.by_year.total(),
            };
            if let Some(sum) = self.sums.get_mut(*sum) {
                *sum = *sum + value;
            }
        }
    }
}

#[inline(always)]
fn add_years(
    asked: &Years,
    sign: Sign,
    row: &mut [Drawn],
    units: &Units<'_, Drawn>,
    unit: Drawn,
    factor: impl Fn(usize) -> Option<Drawn>,
) {
    for ((year, place), units) in row.iter_mut().enumerate().zip(units.by_year()) {
        let amount = unit * units;
        let amount = match factor(year).filter(|_| asked.discounted) {
            Some(factor) => amount * factor,
            None => amount,
        };
        *place = if sign == Sign::Plus { *place + amount } else { *place - amount };
    }
}
