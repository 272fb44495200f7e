//! Drifts of a truth that change much within a year, or take a share past all that it can be by the last cohort.
//!
//! One rule: what drifts is looked at as a simulation draws it: of the treated with their selection, of those compared with, and of
//! the baseline that is right where nothing works.

use super::finding::Found;
use super::seen::percent;
use super::terms::{point, truths};
use crate::model::Contract;
use crate::model::terms::{Against, Made, MetricKind, TrueMetric, Truth};
use crate::number::Constant;
use crate::units::written::Numeral;
use rust_decimal::Decimal;

/// A change within one year that is worth a second look: half of what would happen anyway.
const STEEP: Decimal = Decimal::from_parts(5, 0, 0, false, 1);
/// Days of a year, as the simulation counts them.
const YEAR: f64 = 365.25;

/// Where a share has drifted to by the last cohort that cannot be.
struct Past {
    /// Whether it is the baseline of the contract, and not what would happen anyway, that drifts there.
    baseline: bool,
    /// None where it is no decimal.
    ends: Option<Decimal>,
}

pub(super) fn drifts(contract: &Contract) -> Vec<Found> {
    truths(contract).filter_map(|(truth, metric)| steep(contract, truth, metric)).collect()
}

fn steep(contract: &Contract, truth: &Truth, metric: &TrueMetric) -> Option<Found> {
    let number = contract.assumption(metric.drift?)?;
    let past = past(contract, truth, metric, number.point);
    if number.point.abs() < STEEP && past.is_none() {
        return None;
    }
    let share = percent(number.point);
    let (mut en, mut nb) = (
        format!("what would happen anyway changes by {share} % a year"),
        format!("det som ville skjedd uansett, endrer seg med {share:#} % i året"),
    );
    if let Some(Past { baseline, ends }) = past {
        let (of_en, of_nb) = if baseline { ("and the fixed baseline ", "og den faste basislinjen ") } else { ("", "") };
        let (to_en, to_nb) = match ends.map(|ends| Numeral(ends.round_dp(2).normalize())) {
            Some(ends) => (format!("to {ends}"), format!("til {ends:#}")),
            None => ("past all that a share can be".to_owned(), "ut over det en andel kan være".to_owned()),
        };
        en.push_str(&format!(", {of_en}{to_en} at the last cohort, which is held at 1"));
        nb.push_str(&format!(", {of_nb}{to_nb} for siste kull, som holdes på 1"));
    }
    Some(Found::at(&number.address, format!("{en}: two in a hundred is 0.02"), format!("{nb}: to av hundre er 0.02")))
}

/// The first of what drifts past 1 by the last cohort; none of other figures than shares of people.
fn past(contract: &Contract, truth: &Truth, metric: &TrueMetric, drift: Decimal) -> Option<Past> {
    let kind = contract.terms().metrics.get(metric.metric)?.kind;
    matches!(kind, MetricKind::Share | MetricKind::Claims).then_some(())?;
    let dates = || truth.cohorts.iter().map(|cohort| cohort.date);
    let years = (dates().max()? - dates().min()?).num_days() as f64 / YEAR;
    let growth = Decimal::try_from(libm::pow(1.0 + Constant::from(drift).float(), years)).ok();
    let anyway = point(contract, metric.counterfactual)?;
    let selection = metric.selection.and_then(|slot| point(contract, slot)).unwrap_or(Decimal::ONE);
    let compared = truth.cohorts.iter().any(|cohort| cohort.compared.is_some()).then_some(anyway);
    let drifting = [(false, anyway.checked_mul(selection)), (false, compared), (true, fixed(contract, metric))];
    drifting.into_iter().find_map(|(baseline, starts)| {
        let starts = starts.filter(|starts| !starts.is_zero())?;
        let ends = growth.and_then(|growth| starts.checked_mul(growth));
        ends.is_none_or(|ends| ends > Decimal::ONE).then_some(Past { baseline, ends })
    })
}

/// The fixed baseline that a metric is compared with, where all are one.
fn fixed(contract: &Contract, metric: &TrueMetric) -> Option<Decimal> {
    let mut points = contract.terms().estimates.iter().filter_map(|estimate| match estimate.made {
        Made::Compared { metric: of, against: Against::Fixed(slot), .. } if of == metric.metric => {
            point(contract, slot)
        }
        _ => None,
    });
    let first = points.next()?;
    points.all(|point| point == first).then_some(first)
}
