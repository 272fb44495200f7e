//! What figures were made of: counts of those treated and of those compared with, or the figures that were pooled or mixed.
//!
//! One rule: who reads a line can work its figure out again.

use super::seen::{Pair, Seen};
use crate::contract::figure::Counted;
use crate::model::terms::{Against, Figure, Made};
use crate::number::Exact;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What a figure was made of; empty where it is what was observed itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Basis {
    /// Those treated: numerator and denominator.
    pub treated: Option<SoMany>,
    /// What they are compared with.
    pub compared: Option<Compared>,
    /// The figures that were pooled or mixed.
    pub parts: Vec<Part>,
}

/// So many of so many people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoMany {
    /// People with the result, or events.
    pub count: Decimal,
    /// Of how many people.
    pub of: Decimal,
}

/// What the treated are compared with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Compared {
    /// A baseline that the contract fixes, per person.
    Fixed(Decimal),
    /// What was observed of a group.
    Group {
        /// Its name.
        group: String,
        /// What was observed.
        seen: SoMany,
    },
}

/// A figure in a pool or a mix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The cohort, or the id of the figure.
    pub what: String,
    /// The figure.
    pub figure: Decimal,
    /// Its weight.
    pub weight: Decimal,
    /// What it was made of itself.
    pub basis: Basis,
}

impl Basis {
    /// So many of so many; empty where there are no people.
    pub(super) fn of(count: Exact, people: Option<Exact>) -> Self {
        let treated = people.and_then(|people| so_many(&Counted { count, people }));
        Self { treated, ..Self::default() }
    }
}

fn so_many(counted: &Counted<Exact>) -> Option<SoMany> {
    Some(SoMany { count: counted.count.value().ok()?, of: counted.people.value().ok()? })
}

impl Seen<'_> {
    /// What a figure of a cohort was made of, or of all cohorts together.
    pub fn basis(&self, figure: Figure, cohort: Option<u32>) -> Basis {
        match figure {
            Figure::Metric(metric) => {
                let count = self.treated(metric, cohort).map(|row| Exact::from(row.count)).sum();
                let people: Option<Vec<Decimal>> = self.treated(metric, cohort).map(|row| row.of).collect();
                let people = people.filter(|people| !people.is_empty());
                Basis::of(count, people.map(|people| people.into_iter().map(Exact::from).sum()))
            }
            Figure::Estimate(estimate) => match self.way(estimate) {
                Some(Made::Compared { metric, against, .. }) => self.of_pair(*metric, against, cohort),
                Some(Made::Pooled { of, weights }) => {
                    // A cohort of which no row speaks has no part yet; without a cohort all of them would be asked.
                    let seen = weights.iter().filter_map(|one| Some((one, self.observations.position(&one.what)?)));
                    self.of_parts(seen.map(|(one, cohort)| (one.what.clone(), (*of, Some(cohort)), one.weight)))
                }
                Some(Made::Mixed { of }) => {
                    self.of_parts(of.iter().map(|one| (self.id(one.what), (one.what, cohort), one.weight)))
                }
                None => Basis::default(),
            },
            Figure::Nothing => Basis::default(),
        }
    }

    fn of_pair(&self, metric: usize, against: &Against, cohort: Option<u32>) -> Basis {
        let Ok(Pair { treated, compared, .. }) = self.pair(metric, against, cohort) else {
            return self.basis(Figure::Metric(metric), cohort);
        };
        let compared = match against {
            Against::Fixed(_) => compared.count.value().ok().map(Compared::Fixed),
            Against::Group(_) | Against::Groups(_) => {
                let group = self.one_group(metric, against, cohort).unwrap_or_default().to_owned();
                so_many(&compared).map(|seen| Compared::Group { group, seen })
            }
        };
        Basis { treated: so_many(&treated), compared, parts: Vec::new() }
    }

    /// The figures of a pool or a mix, as far as they are there.
    fn of_parts(&self, parts: impl Iterator<Item = (String, (Figure, Option<u32>), crate::model::Slot)>) -> Basis {
        let one = |(what, (figure, cohort), weight): (String, (Figure, Option<u32>), _)| {
            let (found, _) = self.figure(figure, cohort).ok()?;
            let number = found.quotient().value().ok()?.normalize();
            let weight = self.value(weight).value().ok()?;
            Some(Part { what, figure: number, weight, basis: self.basis(figure, cohort) })
        };
        Basis { parts: parts.filter_map(one).collect(), ..Basis::default() }
    }

    fn id(&self, figure: Figure) -> String {
        let terms = self.contract.terms();
        let id = match figure {
            Figure::Metric(at) => terms.metrics.get(at).map(|metric| &metric.id),
            Figure::Estimate(at) => terms.estimates.get(at).map(|estimate| &estimate.id),
            Figure::Nothing => None,
        };
        id.cloned().unwrap_or_default()
    }
}
