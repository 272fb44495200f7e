//! Marks of postings: which amounts of the ledger rest on what is invented, or was not read at its source.
//!
//! One rule: a posting rests on what decides its line in its year: on the number of that year where each has its own, and on
//! assumed growth of prices only where that carries the amount.

use super::appraisal::Appraisal;
use super::basis::line_basis;
use super::ledger::Posting;
use super::line::{Class, Line};
use super::plan::Sign;
use super::prepare::levels;
use super::view::View;
use crate::model::{FlowAmount, Marks, Measure, Model, Perspective, Slot};
use crate::units::Year;
use std::collections::BTreeMap;

/// The marks of one posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PostingMarks {
    /// Of the amount, in the model's prices.
    pub amount: Marks,
    /// Of the part that releases money in a budget.
    pub cashable: Marks,
    /// Of the amount in money of the year.
    pub nominal: Marks,
    /// Of the part that releases money, in money of the year.
    pub nominal_cashable: Marks,
}

impl Appraisal {
    /// The marks of each posting, in the order of the ledger. Those of the conventions are not among them: every posting has them.
    pub fn posting_marks(&self) -> Vec<PostingMarks> {
        let (model, ledger) = (self.model(), self.ledger());
        let lines: Vec<LineMarks> = ledger.lines().iter().map(|line| LineMarks::of(model, line)).collect();
        let years = model.years();
        let assumed = years
            .iter()
            .zip(levels(model, &years))
            .filter(|(_, level)| level.is_some_and(|level| level.assumed_years != 0));
        let growth = Growth { marks: marks(model, model.inflation()), years: assumed.map(|(year, _)| *year).collect() };
        let of = |posting: &Posting| {
            lines.get(posting.line).map(|line| line.of_year(posting.year, &growth)).unwrap_or_default()
        };
        let mut found: Vec<PostingMarks> = ledger.postings().iter().map(of).collect();
        self.mark_financing(&mut found);
        found
    }

    /// Tax-financing cost is a share of what public budgets pay and save in its year, and rests on all that decides that.
    fn mark_financing(&self, found: &mut [PostingMarks]) {
        let (model, ledger) = (self.model(), self.ledger());
        let Ok(public) = View::new(model, &Perspective::Public) else { return };
        let mut by_year: BTreeMap<Year, PostingMarks> = BTreeMap::new();
        for ((line, posting), marks) in ledger.entries().zip(found.iter()) {
            if public.money_sign(line) != Sign::None {
                let of_year = by_year.entry(posting.year).or_default();
                *of_year = of_year.or(*marks);
            }
        }
        for ((line, posting), marks) in ledger.entries().zip(found.iter_mut()) {
            if line.class == Class::Financing {
                *marks = by_year.get(&posting.year).copied().unwrap_or_default();
            }
        }
    }
}

impl PostingMarks {
    fn or(self, other: Self) -> Self {
        Self {
            amount: self.amount.or(other.amount),
            cashable: self.cashable.or(other.cashable),
            nominal: self.nominal.or(other.nominal),
            nominal_cashable: self.nominal_cashable.or(other.nominal_cashable),
        }
    }
}

/// Growth of prices that is assumed: its marks, and the years whose price level rests on it.
struct Growth {
    marks: Marks,
    years: Vec<Year>,
}

/// The marks of what decides a line, but for growth of prices.
struct LineMarks {
    amount: Marks,
    cashable: Marks,
    /// Of the number of each year, where each has its own.
    by_year: BTreeMap<Year, Marks>,
    /// Whether assumed growth carries its price to the model's price year.
    carried: bool,
    /// Whether it is written in money of each year.
    nominal: bool,
}

impl LineMarks {
    fn of(model: &Model, line: &Line) -> Self {
        let own: BTreeMap<Year, Slot> = own_years(model, line).into_iter().collect();
        let inflation = model.inflation();
        let always = |(slots, series): &(Vec<Slot>, Marks)| {
            let always = slots.iter().filter(|slot| Some(**slot) != inflation && !own.values().any(|own| own == *slot));
            always.fold(*series, |found, slot| found.or(marks(model, Some(*slot))))
        };
        let amount = line_basis(model, line, Measure::Npv);
        let by_growth = inflation.is_some_and(|growth| amount.0.contains(&growth));
        Self {
            amount: always(&amount),
            cashable: always(&line_basis(model, line, Measure::CashableSaving)),
            by_year: own.into_iter().map(|(year, slot)| (year, marks(model, Some(slot)))).collect(),
            carried: by_growth && !line.nominal,
            nominal: line.nominal,
        }
    }

    fn of_year(&self, year: Year, growth: &Growth) -> PostingMarks {
        let own = self.by_year.get(&year).copied().unwrap_or_default();
        let crosses = growth.years.contains(&year);
        let grown = |is_grown: bool| if is_grown { growth.marks } else { Marks::default() };
        let (real, nominal) =
            (grown(self.carried || self.nominal && crosses), grown(self.carried || !self.nominal && crosses));
        PostingMarks {
            amount: self.amount.or(own).or(real),
            cashable: self.cashable.or(own).or(real),
            nominal: self.amount.or(own).or(nominal),
            nominal_cashable: self.cashable.or(own).or(nominal),
        }
    }
}

/// The number of each year, where a cost or transfer has one for each.
fn own_years(model: &Model, line: &Line) -> Vec<(Year, Slot)> {
    let written = line.of.as_ref().unwrap_or(&line.cause);
    let cost = model.costs().iter().find(|cost| cost.address == *written).map(|cost| &cost.flow);
    let flow = cost.or_else(|| model.transfers().iter().find(|one| one.address == *written).map(|one| &one.flow));
    match flow.map(|flow| (&flow.amount, flow.first)) {
        Some((FlowAmount::Yearly(slots), first)) => {
            slots.iter().zip(0..).map(|(slot, after)| (first.plus(after), *slot)).collect()
        }
        _ => Vec::new(),
    }
}

fn marks(model: &Model, slot: Option<Slot>) -> Marks {
    slot.and_then(|slot| model.assumption(slot)).map(|number| number.marks).unwrap_or_default()
}
