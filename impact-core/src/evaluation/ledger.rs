//! The ledger: every amount, exact, with who pays, who gains, when and why.
//!
//! One rule: a posting is quantised once, half to even, to 12 decimals, and all sums run over postings; so parts add up to
//! the last digit in any order.

use super::formula::{Amounts, Calendar, OutcomeUnits, Sink};
use super::line::Line;
use super::plan::Plan;
use super::units::Units;
use crate::address::{Address, Place};
use crate::error::ModelError;
use crate::number::{Exact, Fault, Number};
use crate::units::Year;
use rust_decimal::Decimal;

/// One amount in one year. Amounts are in the model's currency and never negative: a loss stands with its ends turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// The line it belongs to, as its position in [`Ledger::lines`].
    pub line: usize,
    /// The calendar year.
    pub year: Year,
    /// Whether payer and gainer of the line change places: the amount turned out negative.
    pub turned: bool,
    /// The gross amount, in the model's prices.
    pub gross: Decimal,
    /// The part that really is avoided, in the model's prices: what measures count.
    pub amount: Decimal,
    /// The part that releases money in a budget, in the model's prices.
    pub cashable: Decimal,
    /// The part the intervention claims in an SROI, in the model's prices.
    pub claim: Decimal,
    /// The amount in money of the year; none where the price level of the year is not known.
    pub nominal: Option<Decimal>,
    /// `cashable` in money of the year, under the same condition.
    pub nominal_cashable: Option<Decimal>,
    /// What a krone of the year is worth in the present-value year.
    pub discount_factor: Decimal,
    /// `amount` in the present-value year.
    pub present_value: Decimal,
    /// `cashable` in the present-value year.
    pub present_cashable: Decimal,
    /// `claim` in the present-value year.
    pub present_claim: Decimal,
}

/// All postings of an appraisal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    lines: Vec<Line>,
    postings: Vec<Posting>,
    outcomes: Vec<OutcomeRecord>,
    capacities: Vec<Vec<(Exact, Exact)>>,
}

/// The causal units of one outcome, exact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OutcomeRecord {
    pub started: Decimal,
    pub by_year: Vec<Decimal>,
    pub cut_off: Decimal,
}

impl Ledger {
    /// What the postings of each cause share.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The postings, in the order of the lines and of the years.
    pub fn postings(&self) -> &[Posting] {
        &self.postings
    }

    /// The postings with their lines.
    pub fn entries(&self) -> impl Iterator<Item = (&Line, &Posting)> {
        self.postings.iter().filter_map(|posting| self.lines.get(posting.line).map(|line| (line, posting)))
    }

    /// By capacity, the places freed in each year and the share of them that releases money.
    pub(crate) fn capacities(&self) -> &[Vec<(Exact, Exact)>] {
        &self.capacities
    }

    pub(crate) fn outcomes(&self) -> &[OutcomeRecord] {
        &self.outcomes
    }
}

/// The sink that writes a ledger.
pub(crate) struct LedgerSink<'p> {
    plan: &'p Plan,
    postings: Vec<Posting>,
    outcomes: Vec<OutcomeRecord>,
    capacities: Vec<Vec<(Exact, Exact)>>,
    fault: Option<(Address, Fault)>,
}

impl<'p> LedgerSink<'p> {
    pub fn new(plan: &'p Plan) -> Self {
        let room = plan.lines.len().saturating_mul(plan.years.len()).min(4096);
        Self { plan, postings: Vec::with_capacity(room), outcomes: Vec::new(), capacities: Vec::new(), fault: None }
    }

    /// The ledger, or the first line whose amount has no value.
    pub fn finish(self) -> Result<Ledger, ModelError> {
        match self.fault {
            Some((address, fault)) => Err(ModelError::one(Place::at(address), fault)),
            None => Ok(Ledger {
                lines: self.plan.lines.clone(),
                postings: self.postings,
                outcomes: self.outcomes,
                capacities: self.capacities,
            }),
        }
    }
}

/// What a year brings to its postings.
struct YearTerms {
    year: Year,
    level: Option<Exact>,
    /// Of a nominal line, the units in money of the year.
    written: Option<Exact>,
    /// The share of the cashable part that releases money, where not all of it does.
    released: Option<Exact>,
    factor: Exact,
}

fn posting(
    (line, shared): (usize, &Line),
    terms: &YearTerms,
    amounts: &Amounts<Exact>,
    units: Exact,
) -> Result<Posting, Fault> {
    let (gross, amount) = (amounts.gross(units), amounts.amount(units));
    let part = |share: Exact| if share == Exact::ONE { amount } else { (amount * share).quantised() };
    let cashable = part(terms.released.map_or(amounts.cashable, |released| amounts.cashable * released));
    let claim = part(amounts.own_share);
    let present = |part: Exact| (part * terms.factor).quantised();
    let present_value = present(amount);
    let present_part = |part: Exact| if part == amount { present_value } else { present(part) };
    let in_its_year = |part: Exact| terms.level.map(|level| (part * level).quantised());
    let written = terms.written.filter(|_| shared.nominal);
    let nominal = written.map_or_else(|| in_its_year(amount), |units| Some((amounts.price * units).quantised()));
    let nominal_cashable = if cashable == amount { nominal } else { in_its_year(cashable) };
    let turned = gross.value()? < Decimal::ZERO;
    let size = |number: Exact| number.value().map(|value| if turned && !value.is_zero() { -value } else { value });
    Ok(Posting {
        line,
        year: terms.year,
        turned,
        gross: size(gross)?,
        amount: size(amount)?,
        cashable: size(cashable)?,
        claim: size(claim)?,
        nominal: nominal.map(size).transpose()?,
        nominal_cashable: nominal_cashable.map(size).transpose()?,
        discount_factor: terms.factor.value()?,
        present_value: size(present_value)?,
        present_cashable: size(present_part(cashable))?,
        present_claim: size(present_part(claim))?,
    })
}

impl Sink<Exact> for LedgerSink<'_> {
    const BY_YEAR: bool = true;

    fn line(
        &mut self,
        line: usize,
        amounts: &Amounts<Exact>,
        units: &Units<'_, Exact>,
        calendar: &Calendar<'_, Exact>,
    ) {
        let Some(shared) = self.plan.lines.get(line) else { return };
        let known =
            self.plan.levels.iter().zip(calendar.levels).map(|(known, level)| known.is_some().then_some(*level));
        let years = self.plan.years.iter().zip(known).zip(self.plan.factors(shared));
        for (position, (((year, level), factor), units)) in years.zip(units.by_year()).enumerate() {
            if units == Exact::ZERO {
                continue;
            }
            let written = calendar.written.get(position).copied();
            let released = calendar.released.and_then(|released| released.get(position)).copied();
            let terms = YearTerms { year: *year, level, written, released, factor: factor.exact() };
            match posting((line, shared), &terms, amounts, units) {
                Ok(posting) => self.postings.push(posting),
                Err(fault) => {
                    self.fault.get_or_insert((shared.cause.clone(), fault));
                    return;
                }
            }
        }
    }

    fn capacity(&mut self, _: usize, freed: &[Exact], released: &[Exact]) {
        self.capacities.push(freed.iter().copied().zip(released.iter().copied()).collect());
    }

    fn outcome(&mut self, outcome: usize, units: &OutcomeUnits<'_, Exact>) {
        let record = || {
            let quantised = |number: &Exact| number.quantised().value();
            Ok(OutcomeRecord {
                started: quantised(&units.started)?,
                by_year: units.by_year.by_year().map(|units| quantised(&units)).collect::<Result<_, Fault>>()?,
                cut_off: quantised(&units.cut_off)?,
            })
        };
        match record() {
            Ok(record) => self.outcomes.push(record),
            Err(fault) => {
                let outcome = self.plan.outcomes.get(outcome);
                let address = outcome.map_or_else(Address::root, |outcome| outcome.address.clone());
                self.fault.get_or_insert((address, fault));
            }
        }
    }
}
