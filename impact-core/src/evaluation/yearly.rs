//! Years: what a perspective gains less what it loses in each year appraised.
//!
//! One rule: every posting the perspective sees is among it, transfers and tax-financing cost too.

use super::budget::enters_budgets;
use super::figure::Absence;
use super::ledger::{Ledger, Posting};
use super::line::{Class, Line};
use super::plan::Sign;
use super::view::View;
use crate::number::Exact;
use crate::units::Year;
use rust_decimal::Decimal;

/// What one perspective sees of a ledger, year by year.
pub(super) struct Yearly<'a> {
    pub ledger: &'a Ledger,
    pub view: &'a View,
    /// The years appraised.
    pub years: Vec<Year>,
    /// Whether only the money of public budgets is seen.
    pub budgets: bool,
}

impl Yearly<'_> {
    /// The net gain of each year: real and undiscounted, or in present value, as `takes` takes it from a posting.
    pub fn nets(&self, takes: fn(&Posting) -> Decimal) -> Result<Vec<(Year, Decimal)>, Absence> {
        let mut nets = vec![Exact::ZERO; self.years.len()];
        for (line, posting) in self.ledger.entries().filter(|(line, _)| !self.budgets || enters_budgets(line)) {
            let position = self.years.first().map(|first| posting.year.since(*first));
            let position = position.and_then(|position| usize::try_from(position).ok());
            if let Some(net) = position.and_then(|position| nets.get_mut(position)) {
                *net = *net + self.view.signed(line, posting, takes(posting));
            }
        }
        self.years.iter().zip(nets).map(|(year, net)| Ok((*year, net.value()?))).collect()
    }

    /// The cumulative net gain at the end of each year, real and undiscounted.
    pub fn cumulative(&self) -> Result<Vec<(Year, Decimal)>, Absence> {
        let mut cumulative = Exact::ZERO;
        let nets = self.nets(|posting| posting.amount)?.into_iter();
        let standings = nets.map(|(year, net)| {
            cumulative = cumulative + Exact::from(net);
            Ok((year, cumulative.value()?))
        });
        standings.collect()
    }

    /// The first year in which the perspective pays a cost or a transfer.
    pub fn first_paid(&self) -> Option<Year> {
        let outlay = |line: &Line| matches!(line.summed_as(), Class::Cost | Class::Transfer);
        let paid = self.ledger.entries().filter(|(line, _)| outlay(line) && self.view.sign(line) == Sign::Minus);
        paid.map(|(_, posting)| posting.year).min()
    }
}
