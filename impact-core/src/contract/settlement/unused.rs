//! What was observed and decides nothing: said, since silence would look like a result.

use super::seen::Seen;
use crate::model::terms::Made;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Observations of a cohort that an estimate makes nothing of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unused {
    /// The estimate, as its position in the terms.
    pub estimate: usize,
    /// The cohort; empty where it has no name.
    pub cohort: String,
    /// Why.
    pub why: WhyUnused,
}

/// Why observations decide nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyUnused {
    /// Only the group that is compared with was observed, and nobody treated.
    OnlyCompared,
    /// Only those treated were observed, and not the group that they are compared with.
    OnlyTreated,
    /// The pool has no weight for the cohort.
    NoWeight,
}

impl Seen<'_> {
    /// What was observed and decides nothing, by estimate and cohort.
    pub fn unused(&self) -> Vec<Unused> {
        let mut unused = Vec::new();
        for (estimate, written) in self.contract.terms().estimates.iter().enumerate() {
            let mut found: Vec<(u32, WhyUnused)> = match &written.made {
                Made::Compared { metric, against, .. } if against.groups().next().is_some() => {
                    let treated: BTreeSet<u32> = self.treated(*metric, None).map(|row| row.cohort).collect();
                    let positions: Vec<u32> =
                        against.groups().filter_map(|group| self.observations.position(group)).collect();
                    let compared = self.rows(*metric, None).filter(|row| positions.contains(&row.group));
                    let compared: BTreeSet<u32> = compared.map(|row| row.cohort).collect();
                    let only = |one: &BTreeSet<u32>, other: &BTreeSet<u32>, why| -> Vec<(u32, WhyUnused)> {
                        one.difference(other).map(|cohort| (*cohort, why)).collect()
                    };
                    let mut found = only(&compared, &treated, WhyUnused::OnlyCompared);
                    found.extend(only(&treated, &compared, WhyUnused::OnlyTreated));
                    found
                }
                Made::Pooled { of, weights } => {
                    let weighed: Vec<u32> =
                        weights.iter().filter_map(|weight| self.observations.position(&weight.what)).collect();
                    let cohorts = self.cohorts(*of).into_iter().filter(|cohort| !weighed.contains(cohort));
                    cohorts.map(|cohort| (cohort, WhyUnused::NoWeight)).collect()
                }
                _ => Vec::new(),
            };
            found.sort_unstable();
            let name = |cohort| self.observations.name(cohort).to_owned();
            unused.extend(found.into_iter().map(|(cohort, why)| Unused { estimate, cohort: name(cohort), why }));
        }
        unused
    }
}
