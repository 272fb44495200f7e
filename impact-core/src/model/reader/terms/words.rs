//! Words of the terms: which word stands for which choice.

use crate::model::terms::{
    Boundary, Effect, EffectIn, IndexYear, MetricKind, Outside, Per, RoundingRule, Scatter, Side,
};

pub(super) const METRIC_KINDS: &[(&str, MetricKind)] = &[
    ("count", MetricKind::Count),
    ("share", MetricKind::Share),
    ("rate", MetricKind::Rate),
    ("money", MetricKind::Money),
    ("reported", MetricKind::Reported),
    ("claims", MetricKind::Claims),
];

pub(super) const EFFECTS: &[(&str, Effect)] =
    &[("relative", Effect::Relative), ("absolute", Effect::Absolute), ("avoided", Effect::Avoided)];

pub(super) const BOUNDARIES: &[(&str, Boundary)] = &[("closed", Boundary::Closed), ("open", Boundary::Open)];

pub(super) const INDEX_YEARS: &[(&str, IndexYear)] =
    &[("observation", IndexYear::Observation), ("due", IndexYear::Due), ("cohort", IndexYear::Cohort)];

pub(super) const SIDES: &[(&str, Side)] = &[("one", Side::One), ("two", Side::Two)];

pub(super) const OUTSIDE: &[(&str, Outside)] =
    &[("nothing", Outside::Nothing), ("flat", Outside::Flat), ("straight", Outside::Straight)];

pub(super) const PER: &[(&str, Per)] = &[
    ("observation", Per::Observation),
    ("cohort", Per::Cohort),
    ("contract", Per::Contract),
    ("termination", Per::Termination),
];

pub(super) const ROUNDING_RULES: &[(&str, RoundingRule)] = &[
    ("half-up", RoundingRule::HalfUp),
    ("half-even", RoundingRule::HalfEven),
    ("down", RoundingRule::Down),
    ("up", RoundingRule::Up),
];

pub(super) const EFFECTS_IN: &[(&str, EffectIn)] =
    &[("relative", EffectIn::Relative), ("absolute", EffectIn::Absolute)];

pub(super) const PLAIN_SCATTERS: &[(&str, Scatter)] =
    &[("exactly", Scatter::Exactly), ("binomial", Scatter::Binomial), ("poisson", Scatter::Poisson)];
