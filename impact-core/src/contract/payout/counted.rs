//! Counted cells as observations, so that what was drawn can be settled like anything else that was observed.
//!
//! One rule: settling them pays what the payout of the same counts pays, but for what rounding moves between payers.

use super::plan::{Arm, Foreseen, Plan};
use crate::contract::Observations;
use crate::contract::figure::Counted;
use crate::contract::observation::{Claim, Outcome};
use crate::model::Contract;
use crate::model::terms::{Against, Made, MetricKind, Truth};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
use std::collections::BTreeSet;

/// Rows on their way to being observations.
struct Rows<'p> {
    contract: &'p Contract,
    truth: &'p Truth,
    names: Vec<String>,
    results: Vec<Outcome>,
    claims: Vec<Claim>,
    people: u32,
}

impl Plan {
    /// The observations of counted cells, in the order of [`Plan::cells`]. A cell of nobody is not observed; people who claim are
    /// whole, and the same ones claim everything that the fewest of a cohort do.
    pub fn observations(&self, truth: &Truth, counted: &[Counted<f64>]) -> Observations {
        let mut rows = Rows::new(&self.contract, truth);
        for (position, cohort) in truth.cohorts.iter().enumerate() {
            let first = rows.people;
            let mut most = 0;
            for (cell, counted) in self.cells.iter().zip(counted) {
                let group_of = match cell.arm {
                    Arm::Treated => (cell.cohort == position).then(|| vec![String::new()]),
                    Arm::Compared => {
                        (truth.compared_of(position) == Some(cell.cohort)).then(|| rows.groups(*cell, cohort.date))
                    }
                };
                for group in group_of.unwrap_or_default() {
                    most = rows.cell(*cell, (&cohort.id, &group, cohort.date), *counted, first).max(most);
                }
            }
            rows.people = first.saturating_add(most);
        }
        let Rows { names, results, claims, people, .. } = rows;
        Observations::of_parts(results, claims, names, people)
    }
}

fn decimal(number: f64) -> Decimal {
    // What no decimal holds is settled as the largest one, and refused there.
    Decimal::from_f64(number).unwrap_or(Decimal::MAX)
}

impl<'p> Rows<'p> {
    fn new(contract: &'p Contract, truth: &'p Truth) -> Self {
        let cohorts = truth.cohorts.iter().map(|cohort| cohort.id.clone());
        let groups = against(contract).flat_map(|(_, against)| against.groups()).map(str::to_owned);
        let names: BTreeSet<String> = cohorts.chain(groups).chain([String::new()]).collect();
        let names = names.into_iter().collect();
        Self { contract, truth, names, results: Vec::new(), claims: Vec::new(), people: 0 }
    }

    /// The groups that the metric of a cell is compared with on a day.
    fn groups(&self, cell: Foreseen, day: NaiveDate) -> Vec<String> {
        let metric = self.truth.metrics.get(cell.metric).map(|metric| metric.metric);
        let of_metric = against(self.contract).filter(|(of, _)| Some(*of) == metric);
        let groups: BTreeSet<&str> = of_metric.filter_map(|(_, against)| against.group_on(day)).collect();
        groups.into_iter().map(str::to_owned).collect()
    }

    fn name(&self, name: &str) -> u32 {
        let found = self.names.binary_search_by(|known| known.as_str().cmp(name)).unwrap_or(0);
        u32::try_from(found).unwrap_or(u32::MAX)
    }

    /// Adds a cell of a cohort and group, observed on a day; how many people claim.
    fn cell(
        &mut self,
        cell: Foreseen,
        (cohort, group, date): (&str, &str, NaiveDate),
        Counted { count, people }: Counted<f64>,
        first: u32,
    ) -> u32 {
        let Some(metric) = self.truth.metrics.get(cell.metric).map(|metric| metric.metric) else { return 0 };
        let kind = self.contract.terms().metrics.get(metric).map(|metric| metric.kind);
        let (cohort, group) = (self.name(cohort), self.name(group));
        match kind {
            Some(MetricKind::Claims) => {
                let claiming = (count + 0.5).to_u32().unwrap_or(0);
                let metric = u32::try_from(metric).unwrap_or(u32::MAX);
                let claim = |number| Claim { metric, person: first.saturating_add(number), date, cohort, group };
                self.claims.extend((0..claiming).map(claim));
                claiming
            }
            Some(kind) if kind.has_people() && people <= 0.0 => 0,
            kind => {
                let of = kind.is_some_and(MetricKind::has_people).then(|| decimal(people));
                self.results.push(Outcome { metric, cohort, group, date, count: decimal(count), of });
                0
            }
        }
    }
}

/// What the estimates of a contract compare with, each with its metric.
fn against(contract: &Contract) -> impl Iterator<Item = (usize, &Against)> {
    contract.terms().estimates.iter().filter_map(|estimate| match &estimate.made {
        Made::Compared { metric, against, .. } => Some((*metric, against)),
        _ => None,
    })
}
