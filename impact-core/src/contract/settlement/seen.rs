//! What was seen: figures of metrics and estimates, by cohort, with the day of the last observation they rest on.

use crate::contract::Observations;
use crate::contract::figure::{Counted, FigureFault, effect, weighted};
use crate::contract::observation::Outcome;
use crate::contract::ratio::Ratio;
use crate::contract::values::at;
use crate::model::terms::{Against, Effect, Figure, Made, Weighted};
use crate::model::{Contract, Direction, Slot};
use crate::number::{Exact, Number};
use chrono::NaiveDate;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A figure and the day of the last observation it rests on.
pub(super) type Dated = (Ratio<Exact>, NaiveDate);

/// A figure, of a cohort or of all of them.
type Asked = (Figure, Option<u32>);

/// The figure, or why there is none.
type Found = Result<Dated, FigureFault>;

/// Observations of a contract, asked for figures.
pub(super) struct Seen<'a> {
    pub contract: &'a Contract,
    pub observations: &'a Observations,
    pub values: &'a [Exact],
    /// The rows of each metric and cohort.
    rows: BTreeMap<(usize, u32), Vec<&'a Outcome>>,
    /// Groups that are compared with.
    compared: BTreeSet<u32>,
    /// The last day of each cohort with anything seen or claimed of those treated.
    last_days: BTreeMap<u32, NaiveDate>,
    /// Figures that were asked for before: each is made once.
    made: RefCell<HashMap<Asked, Found>>,
}

impl<'a> Seen<'a> {
    pub fn new(contract: &'a Contract, observations: &'a Observations, values: &'a [Exact]) -> Self {
        let against = contract.terms().estimates.iter().filter_map(|estimate| match &estimate.made {
            Made::Compared { against, .. } => Some(against),
            _ => None,
        });
        let groups = against.flat_map(Against::groups).filter_map(|group| observations.position(group));
        let mut rows: BTreeMap<(usize, u32), Vec<&Outcome>> = BTreeMap::new();
        for row in observations.results() {
            rows.entry((row.metric, row.cohort)).or_default().push(row);
        }
        let compared: BTreeSet<u32> = groups.collect();
        let treated = observations.results().iter().filter(|row| !compared.contains(&row.group));
        let days = treated.map(|row| (row.cohort, row.date));
        let mut last_days = BTreeMap::new();
        for (cohort, date) in days.chain(observations.claims().iter().map(|claim| (claim.cohort, claim.date))) {
            let day = last_days.entry(cohort).or_insert(date);
            *day = date.max(*day);
        }
        Self { contract, observations, values, rows, compared, last_days, made: RefCell::default() }
    }

    /// The last day of each cohort with anything seen or claimed of those treated.
    pub fn last_days(&self) -> &BTreeMap<u32, NaiveDate> {
        &self.last_days
    }

    /// The last day of all of them.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.last_days.values().max().copied()
    }

    /// The last day on which anything was seen that a figure rests on.
    pub fn last_day_of(&self, figure: Figure, cohort: Option<u32>) -> Option<NaiveDate> {
        let metrics = self.metrics_of(figure);
        metrics.into_iter().flat_map(|metric| self.treated(metric, cohort)).map(|row| row.date).max()
    }

    /// Results of a metric in a cohort, or in all of them.
    pub fn rows(&self, metric: usize, cohort: Option<u32>) -> impl Iterator<Item = &'a Outcome> + '_ {
        let (first, last) = cohort.map_or((0, u32::MAX), |cohort| (cohort, cohort));
        self.rows.range((metric, first)..=(metric, last)).flat_map(|(_, rows)| rows.iter().copied())
    }

    /// The same among the people treated.
    pub fn treated(&self, metric: usize, cohort: Option<u32>) -> impl Iterator<Item = &'a Outcome> + '_ {
        self.rows(metric, cohort).filter(|row| !self.compared.contains(&row.group))
    }

    /// The cohorts in which something of a figure was seen, by name.
    pub fn cohorts(&self, figure: Figure) -> Vec<u32> {
        let mut cohorts = BTreeSet::new();
        for metric in self.metrics_of(figure) {
            cohorts.extend(self.treated(metric, None).map(|row| row.cohort));
        }
        cohorts.into_iter().collect()
    }

    /// The metrics that a figure rests on.
    fn metrics_of(&self, figure: Figure) -> BTreeSet<usize> {
        match figure {
            Figure::Metric(metric) => BTreeSet::from([metric]),
            Figure::Nothing => BTreeSet::new(),
            Figure::Estimate(position) => match self.way(position) {
                Some(Made::Compared { metric, .. }) => BTreeSet::from([*metric]),
                Some(Made::Pooled { of, .. }) => self.metrics_of(*of),
                Some(Made::Mixed { of }) => of.iter().flat_map(|one| self.metrics_of(one.what)).collect(),
                None => BTreeSet::new(),
            },
        }
    }

    /// How an estimate is made.
    pub fn way(&self, estimate: usize) -> Option<&'a Made> {
        self.contract.terms().estimates.get(estimate).map(|estimate| &estimate.made)
    }

    /// Whether an estimate speaks of all cohorts together.
    pub fn is_pooled(&self, figure: Figure) -> bool {
        match figure {
            Figure::Estimate(position) => match self.way(position) {
                Some(Made::Pooled { .. }) => true,
                Some(Made::Mixed { of }) => of.iter().any(|one| self.is_pooled(one.what)),
                _ => false,
            },
            _ => false,
        }
    }

    /// A figure of a cohort, or of all cohorts together.
    pub fn figure(&self, figure: Figure, cohort: Option<u32>) -> Found {
        if let Some(before) = self.made.borrow().get(&(figure, cohort)) {
            return before.clone();
        }
        let made = self.make(figure, cohort);
        self.made.borrow_mut().insert((figure, cohort), made.clone());
        made
    }

    fn make(&self, figure: Figure, cohort: Option<u32>) -> Found {
        match figure {
            Figure::Metric(metric) => {
                let sum = added(self.treated(metric, cohort))?;
                Ok((Ratio::of(sum.count, sum.people), sum.last))
            }
            Figure::Estimate(position) => self.estimate(position, cohort),
            Figure::Nothing => Err(FigureFault::Unobserved),
        }
    }

    fn estimate(&self, position: usize, cohort: Option<u32>) -> Found {
        match self.way(position).ok_or(FigureFault::Unobserved)? {
            Made::Compared { metric, effect, direction, against } => {
                self.compared(*metric, (*effect, *direction), against, cohort)
            }
            Made::Pooled { of, weights } => {
                let mut figures = Vec::with_capacity(weights.len());
                for weight in weights {
                    let missing = || FigureFault::CohortMissing { cohort: weight.what.clone() };
                    let cohort = self.observations.position(&weight.what).ok_or_else(missing)?;
                    let found = self.figure(*of, Some(cohort)).map_err(|fault| match fault {
                        FigureFault::Unobserved => missing(),
                        fault => fault,
                    })?;
                    figures.push((found, self.value(weight.weight)));
                }
                mean(&figures)
            }
            Made::Mixed { of } => {
                let one = |one: &Weighted<Figure>| Ok((self.figure(one.what, cohort)?, self.value(one.weight)));
                mean(&of.iter().map(one).collect::<Result<Vec<_>, FigureFault>>()?)
            }
        }
    }

    fn compared(
        &self,
        metric: usize,
        (kind, direction): (Effect, Direction),
        against: &Against,
        cohort: Option<u32>,
    ) -> Found {
        let Pair { treated, compared, last } = self.pair(metric, against, cohort)?;
        if kind == Effect::Relative && !compared.count.any_above_zero() {
            return Err(FigureFault::NothingToReduce);
        }
        Ok((effect(kind, direction, treated, compared), last))
    }

    /// The treated of a cohort, and what they are compared with.
    pub fn pair(&self, metric: usize, against: &Against, cohort: Option<u32>) -> Result<Pair, FigureFault> {
        let treated = added(self.treated(metric, cohort))?;
        let (compared, last) = match against {
            Against::Fixed(slot) => (Counted { count: self.value(*slot), people: Exact::ONE }, treated.last),
            Against::Group(_) | Against::Groups(_) => {
                let group = self.one_group(metric, against, cohort)?;
                let position = self.observations.position(group);
                let found = added(self.rows(metric, cohort).filter(|row| Some(row.group) == position));
                let nothing = |_| FigureFault::NoComparison {
                    group: group.to_owned(),
                    cohort: cohort.map_or("", |cohort| self.observations.name(cohort)).to_owned(),
                };
                let found = found.map_err(nothing)?;
                (found.counted(), found.last.max(treated.last))
            }
        };
        Ok(Pair { treated: treated.counted(), compared, last })
    }

    /// The one group that what was seen of the treated is compared with.
    pub fn one_group<'g>(
        &self,
        metric: usize,
        against: &'g Against,
        cohort: Option<u32>,
    ) -> Result<&'g str, FigureFault> {
        let mut groups = self.treated(metric, cohort).filter_map(|row| against.group_on(row.date));
        let first = groups.next().ok_or(FigureFault::Unobserved)?;
        match groups.all(|group| group == first) {
            true => Ok(first),
            false => Err(FigureFault::SeveralComparisons),
        }
    }

    /// The two sides of an estimate that compares, and which way is wanted.
    pub fn sides(&self, estimate: usize, cohort: Option<u32>) -> Result<(Pair, Direction), FigureFault> {
        match self.way(estimate) {
            Some(Made::Compared { metric, direction, against, .. }) => {
                Ok((self.pair(*metric, against, cohort)?, *direction))
            }
            _ => Err(FigureFault::Unobserved),
        }
    }

    /// How many people were seen: those treated, and where an estimate compares with a group, those of the smaller.
    pub fn fewest_people(&self, figure: Figure, cohort: Option<u32>) -> Result<Exact, FigureFault> {
        match figure {
            Figure::Metric(metric) => added(self.treated(metric, cohort)).map(|sum| sum.counted().people),
            Figure::Estimate(estimate) => match self.way(estimate) {
                Some(Made::Compared { metric, against: Against::Fixed(_), .. }) => {
                    self.fewest_people(Figure::Metric(*metric), cohort)
                }
                _ => self.sides(estimate, cohort).map(|(pair, _)| pair.treated.people.min(pair.compared.people)),
            },
            Figure::Nothing => Err(FigureFault::Unobserved),
        }
    }

    pub fn value(&self, slot: Slot) -> Exact {
        at(self.values, slot)
    }
}

/// The treated, and what they are compared with.
pub(super) struct Pair {
    pub treated: Counted<Exact>,
    pub compared: Counted<Exact>,
    /// The last day of both.
    pub last: NaiveDate,
}

/// Results added up.
struct Added {
    count: Exact,
    people: Option<Exact>,
    last: NaiveDate,
}

impl Added {
    fn counted(&self) -> Counted<Exact> {
        Counted { count: self.count, people: self.people.unwrap_or(Exact::ONE) }
    }
}

fn added<'r>(rows: impl Iterator<Item = &'r Outcome>) -> Result<Added, FigureFault> {
    let mut sum: Option<Added> = None;
    for row in rows {
        let (count, people) = (Exact::from(row.count), row.of.map(Exact::from));
        sum = Some(match sum {
            None => Added { count, people, last: row.date },
            Some(sum) => Added {
                count: sum.count + count,
                people: sum.people.zip(people).map(|(one, other)| one + other),
                last: sum.last.max(row.date),
            },
        });
    }
    sum.ok_or(FigureFault::Unobserved)
}

fn mean(figures: &[(Dated, Exact)]) -> Found {
    let last = figures.iter().map(|((_, last), _)| *last).max().ok_or(FigureFault::Unobserved)?;
    let weighed: Vec<(Ratio<Exact>, Exact)> = figures.iter().map(|((figure, _), weight)| (*figure, *weight)).collect();
    Ok((weighted(&weighed)?, last))
}
