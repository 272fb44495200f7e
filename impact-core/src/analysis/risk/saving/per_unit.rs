//! What one unit of an outcome saves each holder in each year, by the model.
//!
//! One rule: what was counted as changed in truth is net of what would have happened anyway; what pushed out others still counts
//! off.

use super::fault::SavingError;
use super::found::SavedOutcome;
use super::taken_apart::{TakenApart, taken_apart};
use crate::analysis::risk::columns::float;
use crate::evaluation::Saved;
use crate::model::terms::{MetricKind, Truth};
use crate::model::{Contract, Measured, Model, Outcome};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What a unit of an outcome saves, and by which metric of the truth its units are counted.
#[derive(Debug)]
pub(super) struct PerUnit {
    pub told: SavedOutcome,
    /// As its position among the metrics of the truth.
    pub of_truth: usize,
    /// By holder and year: what is avoided, and the part of it that releases money.
    pub saved: Vec<(Saved, f64, f64)>,
    /// Whether what releases money rises in steps, so that it does not follow the units.
    pub in_steps: bool,
}

/// Of every outcome that a metric of the truth names.
pub(super) fn per_unit(model: &Model, contract: &Contract, truth: &Truth) -> Result<Vec<PerUnit>, SavingError> {
    let mut found: BTreeMap<usize, PerUnit> = BTreeMap::new();
    for (of_truth, metric) in truth.metrics.iter().map(|metric| metric.metric).enumerate() {
        let Some(terms) = contract.terms().metrics.get(metric) else { continue };
        let named = terms.outcome.as_ref();
        let position = named.and_then(|named| model.outcomes().iter().position(|outcome| outcome.id == *named));
        let Some((position, outcome)) = position.and_then(|at| Some((at, model.outcomes().get(at)?))) else { continue };
        if let Some(known) = found.get_mut(&position) {
            known.told.beside.push(metric);
            continue;
        }
        let (id, named) = (terms.id.clone(), outcome.id.clone());
        match terms.kind {
            MetricKind::Reported => return Err(SavingError::Reported { metric: id, outcome: named }),
            MetricKind::Money if outcome.unit.thing() != contract.currency().to_string() => {
                return Err(SavingError::Money { metric: id, outcome: named });
            }
            _ => {}
        }
        let (saved, (values, savings)) = of_outcome(model, position, outcome)?;
        let told = SavedOutcome { outcome: outcome.id.clone(), metric, beside: Vec::new(), values, savings };
        let in_steps = model.capacities().iter().flat_map(|capacity| &capacity.values);
        let in_steps = in_steps.into_iter().any(|value| value.is_within(&outcome.address));
        found.insert(position, PerUnit { told, of_truth, saved, in_steps });
    }
    match found.is_empty() {
        true => Err(SavingError::NoOutcome),
        false => Ok(found.into_values().collect()),
    }
}

/// What a unit saves, and that taken apart.
type OfOutcome = (Vec<(Saved, f64, f64)>, TakenApart);

fn of_outcome(model: &Model, position: usize, outcome: &Outcome) -> Result<OfOutcome, SavingError> {
    let at = |key: &str| outcome.address.child(key).to_string();
    let deadweight = (outcome.measured == Measured::Gross && outcome.deadweight.is_some()).then(|| at("deadweight"));
    let net = model.with_all(deadweight.map(|address| (address, Decimal::ZERO)))?;
    let more = &outcome.additionality;
    let filters = [
        Some((at("displacement"), Decimal::ZERO)),
        more.leakage.map(|_| (at("leakage"), Decimal::ZERO)),
        more.substitution.map(|_| (at("substitution"), Decimal::ZERO)),
        more.multiplier.map(|_| (at("multiplier"), Decimal::ONE)),
    ];
    let whole = net.with_all(filters.into_iter().flatten())?.appraise()?;
    let units = whole.outcome_units().get(position).map(|units| units.started).filter(|units| !units.is_zero());
    let started = units.ok_or_else(|| SavingError::NoUnits { outcome: outcome.id.clone() })?;
    let (units, appraisal) = (float(started), net.appraise()?);
    let per_unit = |saved: Saved| (saved, float(saved.gains) / units, float(saved.cashable) / units);
    let saved = appraisal.saved(position)?.into_iter().map(per_unit).collect();
    Ok((saved, taken_apart(&appraisal, position, started)?))
}
