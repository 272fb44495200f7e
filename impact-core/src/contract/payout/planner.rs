//! The planner: what is known of a payout before anything is counted.

use super::figures::{Planned, Whose};
use super::items::Item;
use super::{Arm, Foreseen, PayoutFault};
use crate::model::Contract;
use crate::model::terms::Truth;
use chrono::NaiveDate;

/// A contract with its truth, and what was planned of it so far.
#[derive(Debug)]
pub(super) struct Planner<'c> {
    pub contract: &'c Contract,
    pub truth: &'c Truth,
    pub cells: Vec<Foreseen>,
    pub figures: Vec<Planned>,
    pub items: Vec<Item>,
}

impl<'c> Planner<'c> {
    pub fn new(contract: &'c Contract, truth: &'c Truth) -> Self {
        Self { contract, truth, cells: Vec::new(), figures: Vec::new(), items: Vec::new() }
    }

    /// That every cohort is observed while the contract runs.
    pub fn check_ended(&self) -> Result<(), PayoutFault> {
        let Some(ended) = self.contract.terms().terminated else { return Ok(()) };
        let began = |id: &str| self.contract.cohort(id).map(|cohort| cohort.starts);
        let late = self.truth.cohorts.iter().find(|cohort| !ended.observes(cohort.date, began(&cohort.id)));
        match late {
            Some(cohort) => Err(PayoutFault::Ended { cohort: cohort.id.clone(), date: cohort.date, on: ended.on }),
            None => Ok(()),
        }
    }

    /// The cells of a metric in a cohort, or in all of them, with the last day they are observed; `of` is what rests on them.
    pub fn cells_of(
        &mut self,
        (metric, whose): (usize, Whose),
        arm: Arm,
        of: &str,
    ) -> Result<(Vec<usize>, NaiveDate), PayoutFault> {
        let known = self.truth.metrics.iter().position(|known| known.metric == metric);
        let metric = known.ok_or_else(|| {
            let id = self.contract.terms().metrics.get(metric).map(|metric| metric.id.clone());
            PayoutFault::NothingSaid { metric: id.unwrap_or_default(), of: of.to_owned() }
        })?;
        let (mut cells, mut last) = (Vec::new(), NaiveDate::MIN);
        for position in 0..self.truth.cohorts.len() {
            if !whose.has(position, self.date(position)) {
                continue;
            }
            let owner = match arm {
                Arm::Treated => Some(position),
                Arm::Compared => self.truth.compared_of(position),
            };
            let owner = owner.ok_or_else(|| {
                let cohort = self.truth.cohorts.get(position).map(|cohort| cohort.id.clone());
                PayoutFault::NobodyCompared { estimate: of.to_owned(), cohort: cohort.unwrap_or_default() }
            })?;
            cells.push(self.cell(Foreseen { metric, cohort: owner, arm }));
            last = self.date(position).max(last);
        }
        Ok((cells, last))
    }

    fn cell(&mut self, cell: Foreseen) -> usize {
        self.cells.iter().position(|known| *known == cell).unwrap_or_else(|| {
            self.cells.push(cell);
            self.cells.len() - 1
        })
    }

    /// The day on which a cohort is observed.
    pub fn date(&self, cohort: usize) -> NaiveDate {
        self.truth.cohorts.get(cohort).map_or(NaiveDate::MIN, |cohort| cohort.date)
    }
}
