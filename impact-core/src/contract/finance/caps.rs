//! Caps: the most that investors earn.
//!
//! One rule: a cap on the rate of return is put to each payment: with what was paid before, it may bring the net present value
//! at that rate to zero and no further. The equation is linear in the payment, so its solution needs no search.
//!
//! # Formula
//! ```text
//! most on day t = −Σ Cᵢ (1 + r)^years(tᵢ, t)
//! ```

use super::run::Run;
use crate::contract::values::at;
use crate::model::terms::{Cap, CapKind};
use crate::number::{Constant, Exact, Fault, Number};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// What a float may be off by, in units that are paid: a payment that solves the equation exactly is not cut by a unit.
const ROUNDING: f64 = 1e-6;

/// Units beyond which no contract has money.
const BINDS_NOTHING: f64 = 1e24;

impl Run<'_> {
    /// What caps leave of amounts that are due to tranches together.
    pub fn within_caps(&self, date: NaiveDate, tranches: &[usize], dues: Vec<Exact>) -> Result<Vec<Exact>, Fault> {
        let finance = self.finance;
        let mut rooms = Vec::with_capacity(finance.caps.len());
        for cap in &finance.caps {
            rooms.push(self.room(cap, date)?);
        }
        let mut within = Vec::with_capacity(dues.len());
        for (position, due) in tranches.iter().zip(dues) {
            let bounds = || finance.caps.iter().enumerate().filter(|(_, cap)| cap.tranches.contains(position));
            let mut least = due;
            for (at, _) in bounds() {
                least = rooms.get(at).map_or(least, |room| least.min(*room));
            }
            for (at, _) in bounds() {
                if let Some(room) = rooms.get_mut(at) {
                    *room = *room - least;
                }
            }
            within.push(least);
        }
        Ok(within)
    }

    /// What a cap leaves for its tranches on a day.
    fn room(&self, cap: &Cap, date: NaiveDate) -> Result<Exact, Fault> {
        let books = || cap.tranches.iter().filter_map(|position| self.books.get(*position));
        let drawn: Exact = books().map(|book| book.drawn).sum();
        let received: Exact = books().map(|book| book.received()).sum();
        let most = match &cap.kind {
            CapKind::Multiple(slot) => self.rounded_down(at(self.values, *slot) * drawn)? - received,
            CapKind::Gain(slot) => drawn + self.amount(*slot)? - received,
            CapKind::Rate(rate) => self.solved(self.rate(rate, date), books().flat_map(|book| &book.flows), date)?,
        };
        Ok(most.max(Exact::ZERO))
    }

    /// The payment on a day that brings the net present value of flows to zero at a rate per year, in whole units.
    fn solved<'f>(
        &self,
        rate: Exact,
        flows: impl Iterator<Item = &'f (NaiveDate, Exact)>,
        date: NaiveDate,
    ) -> Result<Exact, Fault> {
        let float = |number: Exact| number.value().map(|value| Constant::from(value).float());
        let growth = 1.0 + float(rate)?;
        let mut owed = 0.0;
        for (day, amount) in flows {
            let years = self.finance.day_count.years(*day, date);
            owed -= float(*amount)? * libm::pow(growth, years);
        }
        let unit = self.rounding().to;
        let units = libm::floor(owed / float(Exact::from(unit))? + ROUNDING);
        // A rate so high that no number holds what it allows binds nothing.
        match Decimal::from_f64_retain(units).filter(|_| units.abs() < BINDS_NOTHING) {
            Some(units) => Ok(Exact::from(units) * Exact::from(unit)),
            None if units < 0.0 => Ok(Exact::ZERO),
            None => Ok(Exact::from(Decimal::MAX)),
        }
    }
}
