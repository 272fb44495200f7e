//! The plan of a payout: made once of a contract and its truth, run at any counts and any values of its numbers.

use super::PayoutFault;
use super::figures::{Baseline, Making, Planned};
use super::items::{Amount, Item, Sight};
use super::planner::Planner;
use crate::model::terms::{Figure, MetricKind, Payer, Payment, Per, Rounding, RoundingRule, Truth};
use crate::model::{Contract, HolderIndex, Slot};
use crate::number::Constant;
use rust_decimal::Decimal;

/// Of whom something is observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Arm {
    /// The people whom the programme reaches.
    Treated,
    /// Those they are compared with.
    Compared,
}

/// Something observed: a metric of the people of an arm of a cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Foreseen {
    /// As its position among the metrics of the truth.
    pub metric: usize,
    /// As its position among the cohorts of the truth: of those compared, the one whose own they are.
    pub cohort: usize,
    pub arm: Arm,
}

/// What a contract may pay, in the order in which limits bind.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(super) contract: Contract,
    /// What is observed: what a run is given, in this order.
    pub cells: Vec<Foreseen>,
    pub(super) figures: Vec<Planned>,
    pub(super) items: Vec<Item>,
    pub(super) years: usize,
    /// How amounts are rounded, where it is to more than one of the currency: less does not matter to a risk.
    pub(super) rounding: Option<(Constant, RoundingRule)>,
    /// Whether anything is limited by the year.
    pub(super) limited_by_year: bool,
    /// Which payments are for results, and no fees.
    pub(super) results: Vec<bool>,
    /// Everybody who pays, in the order of the holders.
    pub payers: Vec<HolderIndex>,
    /// The years in which something may be due, rising.
    pub due_years: Vec<i32>,
}

impl Plan {
    /// Plans what a contract may pay for the cohorts of its truth.
    pub fn new(contract: &Contract, truth: &Truth) -> Result<Self, PayoutFault> {
        let mut planner = Planner::new(contract, truth);
        planner.check_ended()?;
        for (position, payment) in contract.terms().payments.iter().enumerate() {
            planner.payment(position, payment)?;
        }
        let (years, due_years) = planner.in_order();
        let Planner { cells, figures, mut items, .. } = planner;
        let payers = contract.terms().paying();
        let per = |payment: usize| contract.terms().payments.get(payment).map(|payment| payment.per);
        for item in &mut items {
            if let Amount::Fee(sights) = &mut item.amount
                && per(item.payment) != Some(Per::Termination)
            {
                *sights = sights_of((contract, truth), &cells, item.cohort);
            }
            let payment = contract.terms().payments.get(item.payment);
            let own = payment.and_then(|payment| payment.payers.as_ref()).unwrap_or(&contract.terms().payers);
            item.payers = own.iter().filter_map(|payer| payers.binary_search(&payer.holder).ok()).collect();
        }
        let terms = contract.terms();
        let Rounding { to, rule } = terms.rounding;
        let limits = terms.payments.iter().map(|payment| payment.limits).chain([terms.limits]);
        Ok(Self {
            contract: contract.clone(),
            cells,
            figures,
            items,
            years: years.len(),
            rounding: (to > Decimal::ONE).then(|| (Constant::from(to), rule)),
            limited_by_year: limits.into_iter().any(|limits| limits.most_year.is_some()),
            results: terms.payments.iter().map(|payment| payment.of != Figure::Nothing).collect(),
            payers,
            due_years,
        })
    }

    /// The fixed baselines that what is paid for compares a metric of the truth with, by its position, each once.
    pub fn baselines(&self, metric: usize) -> Vec<Slot> {
        let is_of = |cell: &usize| self.cells.get(*cell).is_some_and(|cell| cell.metric == metric);
        let mut found = Vec::new();
        for figure in &self.figures {
            if let Making::Compared { treated, against: Baseline::Fixed(slot), .. } = &figure.making
                && treated.first().is_some_and(is_of)
                && !found.contains(slot)
            {
                found.push(*slot);
            }
        }
        found
    }

    /// Whether anything that is paid for compares the treated with others or with a baseline.
    pub fn compares(&self) -> bool {
        self.figures.iter().any(|figure| matches!(figure.making, Making::Compared { .. }))
    }

    /// Whether a number decides a figure, and not only what is paid for it.
    pub fn in_figures(&self, slot: Slot) -> bool {
        self.figures.iter().any(|figure| figure.making.rests_on(slot))
    }

    /// The payments of the terms.
    pub fn payments(&self) -> impl Iterator<Item = &Payment> {
        self.contract.terms().payments.iter()
    }

    /// Who pays a payment.
    pub(super) fn payers_of<'a>(&'a self, payment: &'a Payment) -> &'a [Payer] {
        payment.payers.as_ref().unwrap_or(&self.contract.terms().payers)
    }
}

/// Where something may be seen of a cohort, or of any; nowhere where something is seen in any case.
fn sights_of((contract, truth): (&Contract, &Truth), cells: &[Foreseen], cohort: Option<usize>) -> Vec<Sight> {
    let is_of = |cell: &Foreseen| match (cohort, cell.arm) {
        (None, _) => true,
        (Some(cohort), Arm::Treated) => cell.cohort == cohort,
        (Some(cohort), Arm::Compared) => truth.compared_of(cohort) == Some(cell.cohort),
    };
    let mut sights = Vec::new();
    for (position, cell) in cells.iter().enumerate().filter(|(_, cell)| is_of(cell)) {
        let metric = truth.metrics.get(cell.metric).and_then(|metric| contract.terms().metrics.get(metric.metric));
        match metric.map(|metric| metric.kind) {
            Some(MetricKind::Claims) => sights.push(Sight::Claims(position)),
            Some(kind) if kind.has_people() => sights.push(Sight::People(position)),
            _ => return Vec::new(),
        }
    }
    sights
}
