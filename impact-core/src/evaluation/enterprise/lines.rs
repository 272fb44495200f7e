//! The lines of an enterprise's account: what the model posts to it, and what is only its own.

use super::super::appraisal::Appraisal;
use super::super::basis::{flow_basis, line_basis};
use super::super::budget::{PriceLevel, enters_budgets};
use super::super::figure::Absence;
use super::super::flow::{FlowPlan, flow_amounts};
use super::super::formula::{Workspace, price_levels};
use super::super::line::{Class, Line, Party};
use super::super::plan::Plan;
use crate::address::Address;
use crate::model::{
    Enterprise, FlowAmount, Marks, Measure, Model, MoneyKind, OwnAmount, OwnLine, PriceBasis, Slot, Volume,
};
use crate::number::{Exact, Number};
use crate::units::{Label, Year};
use rust_decimal::Decimal;

/// Money that comes to or leaves the enterprise from one cause, year by year.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct MoneyLine {
    /// The cost, transfer or value of the model, or the line of the account.
    pub cause: Address,
    /// What it is called; none for a value of an outcome.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Label>,
    /// Whether it comes or leaves.
    pub side: MoneySide,
    /// What kind of money it is.
    pub kind: MoneyKind,
    /// Whether the model posts it, or it is only the enterprise's own.
    pub origin: LineOrigin,
    /// Whether it varies with volume.
    pub per_unit: bool,
    /// The amount of each year appraised; below zero where it goes the other way.
    pub amounts: Vec<Decimal>,
}

/// Whether money comes or leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MoneySide {
    /// It comes.
    Income,
    /// It leaves.
    Cost,
}

/// Who says a line of the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineOrigin {
    /// The ledger of the model, which counts it for society too.
    Ledger,
    /// The enterprise alone.
    Own,
}

/// Everything the account is made of, at one price level.
pub(super) struct Gathered {
    pub years: Vec<Year>,
    pub opening: Exact,
    pub lines: Vec<MoneyLine>,
    /// Units sold in each year; empty without a volume.
    pub volume: Vec<Exact>,
    /// For each own line a unit, its side and what a unit comes to in each year.
    pub a_unit: Vec<(MoneySide, Vec<Exact>)>,
    pub marks: Marks,
}

impl Gathered {
    pub fn of(appraisal: &Appraisal, enterprise: &Enterprise, price_level: PriceLevel) -> Result<Self, Absence> {
        let model = appraisal.model();
        let mut account = Own::new(appraisal, price_level)?;
        let opening = account.opening(enterprise.opening_cash)?;
        let mut lines = linked(appraisal, enterprise, price_level)?;
        let volume = enterprise.volume.as_ref().map(|volume| account.volume(volume)).unwrap_or_default();
        let mut a_unit = Vec::new();
        let sides = [(MoneySide::Income, &enterprise.income), (MoneySide::Cost, &enterprise.costs)];
        for (side, own) in sides.iter().flat_map(|(side, own)| own.iter().map(move |line| (*side, line))) {
            let amounts = match &own.amount {
                OwnAmount::Fixed(flow) => account.fixed(&FlowPlan::apart(flow, &account.plan.years))?,
                OwnAmount::PerUnit { price, basis } => {
                    let each = account.a_unit(*price, *basis, &volume)?;
                    let amounts = volume.iter().zip(&each).map(|(units, each)| (*units * *each).quantised()).collect();
                    // Loans do not decide whether income covers costs.
                    if own.kind != MoneyKind::Financing {
                        a_unit.push((side, each));
                    }
                    amounts
                }
            };
            lines.push(own_line(side, own, &amounts)?);
        }
        let marks = marks(appraisal, enterprise, price_level);
        Ok(Self { years: model.years(), opening, lines, volume, a_unit, marks })
    }

    /// What some lines come to in a year.
    pub fn sum(&self, at: usize, of: impl Fn(&MoneyLine) -> bool) -> Exact {
        let lines = self.lines.iter().filter(|line| of(line));
        lines.filter_map(|line| line.amounts.get(at)).map(|amount| Exact::from(*amount)).sum()
    }
}

fn own_line(side: MoneySide, own: &OwnLine, amounts: &[Exact]) -> Result<MoneyLine, Absence> {
    Ok(MoneyLine {
        cause: own.address.clone(),
        name: Some(own.name.clone()),
        side,
        kind: own.kind,
        origin: LineOrigin::Own,
        per_unit: matches!(own.amount, OwnAmount::PerUnit { .. }),
        amounts: amounts.iter().map(|amount| super::plain(*amount)).collect::<Result<_, _>>()?,
    })
}

/// What the model posts to the enterprise as money.
fn linked(appraisal: &Appraisal, enterprise: &Enterprise, level: PriceLevel) -> Result<Vec<MoneyLine>, Absence> {
    let model = appraisal.model();
    let holder = Some(Party::Holder(enterprise.holder));
    let start = model.start();
    let years = model.years().len();
    let mut found: Vec<(usize, MoneyLine)> = Vec::new();
    for posting in appraisal.ledger().postings() {
        let Some(line) = appraisal.ledger().lines().get(posting.line) else { continue };
        if !enters_budgets(line) || (line.to != holder && line.from != holder) {
            continue;
        }
        let amount = match level {
            PriceLevel::Real => posting.amount,
            PriceLevel::Nominal => posting.nominal.ok_or(Absence::NoPriceLevel { year: posting.year })?,
        };
        if found.last().is_none_or(|(at, _)| *at != posting.line) {
            found.push((posting.line, linked_line(model, enterprise, line, years)));
        }
        let at = usize::try_from(posting.year.since(start)).ok();
        let cell = found.last_mut().zip(at).and_then(|((_, line), at)| line.amounts.get_mut(at));
        if let Some(cell) = cell {
            *cell = if posting.turned { -amount } else { amount };
        }
    }
    Ok(found.into_iter().map(|(_, line)| line).collect())
}

fn linked_line(model: &Model, enterprise: &Enterprise, line: &Line, years: usize) -> MoneyLine {
    let comes = line.to == Some(Party::Holder(enterprise.holder));
    let transfer = model.transfers().iter().position(|transfer| transfer.address == line.cause);
    let said = enterprise.transfers.iter().find(|(at, _)| Some(*at) == transfer).map(|(_, kind)| *kind);
    let kind = match (comes, line.class) {
        (true, Class::Transfer) => said.unwrap_or(MoneyKind::Grant),
        (true, _) => MoneyKind::Other,
        (false, _) => said.unwrap_or(MoneyKind::Running),
    };
    let cost = model.costs().iter().find(|cost| cost.address == line.cause).map(|cost| &cost.name);
    let name = cost.or_else(|| transfer.and_then(|at| model.transfers().get(at)).map(|transfer| &transfer.name));
    MoneyLine {
        cause: line.cause.clone(),
        name: name.cloned(),
        side: if comes { MoneySide::Income } else { MoneySide::Cost },
        kind,
        origin: LineOrigin::Ledger,
        per_unit: false,
        amounts: vec![Decimal::ZERO; years],
    }
}

/// What is only the enterprise's own, worked out as the formula does it for the model.
struct Own {
    plan: Plan,
    inputs: Vec<Exact>,
    work: Workspace<Exact>,
    price_level: PriceLevel,
}

impl Own {
    fn new(appraisal: &Appraisal, price_level: PriceLevel) -> Result<Self, Absence> {
        let plan = appraisal.model().plan().map_err(|fault| Absence::NotLaidOut { reason: fault.to_string() })?;
        let inputs: Vec<Exact> = appraisal.points().iter().map(|point| point.exact()).collect();
        let mut work = Workspace::empty();
        price_levels(&plan, &inputs, &mut work.levels);
        Ok(Self { plan, inputs, work, price_level })
    }

    /// An amount written in its own krone, at the price level of the account.
    fn carried(&self, at: usize, written: Exact, nominal: bool) -> Result<Exact, Absence> {
        let as_written = nominal == (self.price_level == PriceLevel::Nominal);
        if as_written || written == Exact::ZERO {
            return Ok(written.quantised());
        }
        let known = self.plan.levels.get(at).is_some_and(Option::is_some);
        let Some(level) = self.work.levels.get(at).filter(|_| known) else {
            return Err(self
                .plan
                .years
                .get(at)
                .map_or(Absence::NoOutcomes, |year| Absence::NoPriceLevel { year: *year }));
        };
        Ok(if nominal { written / *level } else { written * *level }.quantised())
    }

    fn opening(&self, slot: Slot) -> Result<Exact, Absence> {
        self.carried(0, super::super::formula::at(&self.inputs, slot), true)
    }

    fn fixed(&mut self, flow: &FlowPlan) -> Result<Vec<Exact>, Absence> {
        let amounts = flow_amounts(&self.plan, flow, &self.inputs, &mut self.work);
        let each = if flow.nominal { &self.work.written } else { &self.work.units };
        each.iter().enumerate().map(|(at, units)| self.carried(at, amounts.price * *units, flow.nominal)).collect()
    }

    fn volume(&self, volume: &Volume) -> Vec<Exact> {
        let value = |slot: &Slot| super::super::formula::at(&self.inputs, *slot);
        let of = |year: &Year| {
            if *year < volume.first || *year > volume.last {
                return Exact::ZERO;
            }
            match &volume.amount {
                FlowAmount::Same(slot) => value(slot),
                FlowAmount::Yearly(slots) => {
                    let at = usize::try_from(year.since(volume.first)).ok();
                    at.and_then(|at| slots.get(at)).map_or(Exact::ZERO, value)
                }
            }
        };
        self.plan.years.iter().map(of).collect()
    }

    /// What one unit comes to in each year that sells any.
    fn a_unit(&self, price: Slot, basis: PriceBasis, volume: &[Exact]) -> Result<Vec<Exact>, Absence> {
        let written = super::super::formula::at(&self.inputs, price);
        let each = volume.iter().enumerate().map(|(at, units)| {
            let written = if *units == Exact::ZERO { Exact::ZERO } else { written };
            self.carried(at, written, basis == PriceBasis::Nominal)
        });
        each.collect()
    }
}

/// The marks of everything the account rests on.
fn marks(appraisal: &Appraisal, enterprise: &Enterprise, level: PriceLevel) -> Marks {
    let model = appraisal.model();
    let holder = Some(Party::Holder(enterprise.holder));
    let posted = appraisal.ledger().lines().iter().filter(|line| line.to == holder || line.from == holder);
    let posted = posted.filter(|line| enters_budgets(line)).map(|line| line_basis(model, line, Measure::Npv));
    let own = enterprise.income.iter().chain(&enterprise.costs).map(|line| match &line.amount {
        OwnAmount::Fixed(flow) => flow_basis(model, flow),
        OwnAmount::PerUnit { price, .. } => (vec![*price], Marks::default()),
    });
    let volume = enterprise.volume.iter().flat_map(|volume| volume.amount.slots());
    let inflation = model.inflation().filter(|_| level == PriceLevel::Nominal);
    let mut slots: Vec<Slot> = volume.copied().chain(inflation).chain([enterprise.opening_cash]).collect();
    let mut marks = Marks::default();
    for (of_line, series) in posted.chain(own) {
        slots.extend(of_line);
        marks = marks.or(series);
    }
    let numbers = slots.into_iter().filter_map(|slot| model.assumption(slot));
    numbers.fold(marks, |marks, number| marks.or(number.marks))
}
