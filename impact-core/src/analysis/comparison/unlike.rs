//! Unlike: what the base and another model do not have in common, so that their ratios are not of the same thing.
//!
//! One rule: ratios of unlike conventions or scopes are shown, and what is unlike is said.
//!
//! # References
//! NIAA (niaa.gov.au), chac 07, on the SROI ratio; Cooney and Lynch-Cerullo (2014), abstract: ratios of maps whose conventions
//! or scopes differ are not comparable.

use super::columns::Compare;
use crate::model::{Measure, Model};
use crate::reference::Switch;
use std::collections::BTreeSet;

/// What is unlike between the base and another model.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Unlike {
    /// The other's position among the models, from 0; the base is 0.
    pub other: usize,
    /// The ratios asked for that this concerns.
    pub measures: Vec<Measure>,
    /// In what they are unlike.
    pub in_what: Vec<Unlikeness>,
}

/// One thing that two models do not have in common.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "kind", content = "of", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Unlikeness {
    /// Switches of the conventions.
    Conventions(Vec<Switch>),
    /// Holders that only one of them counts.
    Holders(Vec<String>),
    /// Outcomes that only one of them counts.
    Outcomes(Vec<String>),
    /// The years appraised: how many, in the base and in the other.
    Years(u32, u32),
}

/// What is unlike, where a ratio is asked for and something is.
pub(super) fn unlike(other: usize, compare: &Compare<'_>) -> Option<Unlike> {
    let mut measures: Vec<Measure> = compare.questions.iter().map(|question| question.measure).collect();
    measures.retain(|measure| measure.is_a_ratio());
    measures.dedup();
    let in_what = in_what(compare.base.appraisal.model(), compare.other.appraisal.model());
    (!measures.is_empty() && !in_what.is_empty()).then_some(Unlike { other, measures, in_what })
}

fn in_what(base: &Model, other: &Model) -> Vec<Unlikeness> {
    let switches = base.convention().differing(other.convention());
    let holders = |model: &Model| model.holders().iter().map(|holder| holder.id.clone()).collect();
    let outcomes = |model: &Model| model.outcomes().iter().map(|outcome| outcome.id.clone()).collect();
    let holders = in_one_only(holders(base), holders(other));
    let outcomes = in_one_only(outcomes(base), outcomes(other));
    let years = (base.horizon(), other.horizon());
    let found = [
        (!switches.is_empty()).then_some(Unlikeness::Conventions(switches)),
        (!holders.is_empty()).then_some(Unlikeness::Holders(holders)),
        (!outcomes.is_empty()).then_some(Unlikeness::Outcomes(outcomes)),
        (years.0 != years.1).then_some(Unlikeness::Years(years.0, years.1)),
    ];
    found.into_iter().flatten().collect()
}

fn in_one_only(base: BTreeSet<String>, other: BTreeSet<String>) -> Vec<String> {
    base.symmetric_difference(&other).cloned().collect()
}
