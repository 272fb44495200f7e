//! Words of the document: which word stands for which choice.

use crate::model::{
    Basis, Direction, HolderKind, Measured, Nature, PriceBasis, PricedAt, PublicLevel, ValueKind, Willingness,
};

pub(super) const HOLDER_KINDS: &[(&str, HolderKind)] = &[
    ("public", HolderKind::Public),
    ("people", HolderKind::People),
    ("enterprise", HolderKind::Enterprise),
    ("investor", HolderKind::Investor),
    ("unassigned", HolderKind::Unassigned),
    ("joint", HolderKind::Joint),
];

pub(super) const LEVELS: &[(&str, PublicLevel)] = &[
    ("municipality", PublicLevel::Municipality),
    ("county", PublicLevel::County),
    ("state", PublicLevel::State),
    ("health-trust", PublicLevel::HealthTrust),
    ("insurance", PublicLevel::Insurance),
];

pub(super) const PRICE_BASES: &[(&str, PriceBasis)] = &[("nominal", PriceBasis::Nominal), ("real", PriceBasis::Real)];

pub(super) const DIRECTIONS: &[(&str, Direction)] =
    &[("increase", Direction::Increase), ("decrease", Direction::Decrease)];

pub(super) const NATURES: &[(&str, Nature)] = &[("state", Nature::State), ("event", Nature::Event)];

pub(super) const MEASURED: &[(&str, Measured)] = &[("gross", Measured::Gross), ("net", Measured::Net)];

pub(super) const VALUE_KINDS: &[(&str, ValueKind)] =
    &[("fiscal", ValueKind::Fiscal), ("economic", ValueKind::Economic), ("social", ValueKind::Social)];

pub(super) const BASES: &[(&str, Basis)] = &[
    ("resource", Basis::Resource),
    ("income", Basis::Income),
    ("wtp", Basis::Wtp),
    ("wellby", Basis::Wellby),
    ("qaly", Basis::Qaly),
    ("vsl", Basis::Vsl),
];

pub(super) const WILLINGNESS: &[(&str, Willingness)] =
    &[("yes", Willingness::Yes), ("no", Willingness::No), ("convention", Willingness::Convention)];

pub(super) const PRICED_AT: &[(&str, PricedAt)] = &[("factor", PricedAt::Factor), ("market", PricedAt::Market)];
