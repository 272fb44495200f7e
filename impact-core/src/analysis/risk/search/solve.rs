//! Solving: a scan of the range, then closing in on every change of sign.

use super::fault::SearchError;
use super::hundredths::{Searched, in_hundredths};
use super::price::PriceQuestion;
use crate::analysis::crossing::{Crossing, crossings};
use crate::analysis::risk::RiskError;
use crate::analysis::risk::columns::is_of_truth;
use crate::model::{Contract, Slot};
use crate::number::{Exact, Number, to_significant};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

/// Equal steps of the scan.
const STEPS: i32 = 16;

/// Digits of the values tried.
const DIGITS: u32 = 15;

/// What rounding of single payments may leave of a gap, as a part of what the gap moves over the whole range: nearer than this the
/// target is met.
const MET: f64 = 1e-4;

/// Where something meets its target, and how far it is from it at the ends of the range.
pub(super) struct Solved {
    pub crossings: Vec<Crossing>,
    pub everywhere: bool,
    pub at_ends: (Option<f64>, Option<f64>),
}

/// The number that is varied; a range that it accepts.
pub(super) fn number(contract: &Contract, asked: &PriceQuestion) -> Result<Slot, SearchError> {
    let slot = contract.slot(&asked.address).ok_or_else(|| RiskError::unknown(contract, &asked.address))?;
    let number = contract.assumption(slot);
    if is_of_truth(contract, slot) {
        return Err(SearchError::OfTruth { address: asked.address.clone() });
    }
    let (low, high) = asked.range;
    let accepts = number.map(|number| number.accepts);
    let taken = |value| accepts.is_none_or(|accepts| accepts.accepts(value));
    if low < high && taken(low) && taken(high) {
        return Ok(slot);
    }
    let expected = accepts.map_or("a number", |accepts| accepts.words());
    Err(SearchError::Range { address: asked.address.clone(), low, high, expected })
}

/// Where a gap is zero in a range; of a price the hundredths beside it at which the gap is not below zero. The first error ends the
/// search.
pub(super) fn solve(
    (low, high): (Decimal, Decimal),
    hundredths: bool,
    gap: &mut dyn FnMut(Decimal) -> Result<Option<f64>, SearchError>,
) -> Result<Solved, SearchError> {
    let mut error = None;
    let mut tried = |value: Decimal| -> Option<f64> {
        if error.is_some() {
            return None;
        }
        gap(value).unwrap_or_else(|found| {
            error = Some(found);
            None
        })
    };
    let between = |step: i32| {
        let point =
            Exact::from(low) + (Exact::from(high) - Exact::from(low)) * Exact::whole(step) / Exact::whole(STEPS);
        point.value().map(|point| to_significant(point, DIGITS)).ok()
    };
    let inside = (1..STEPS).filter_map(between).filter(|point| low < *point && *point < high);
    let mut points: Vec<Decimal> = [low].into_iter().chain(inside).chain([high]).collect();
    points.dedup();
    let gaps: Vec<(Decimal, Option<f64>)> = points.into_iter().map(|point| (point, tried(point))).collect();
    let end = |at: Option<&(Decimal, Option<f64>)>| at.and_then(|(_, gap)| *gap);
    let at_ends = (end(gaps.first()), end(gaps.last()));
    let scanned = gaps.iter().map(|(point, gap)| (*point, gap.and_then(Decimal::from_f64))).collect();
    let (mut crossings, everywhere) = crossings(scanned, &mut |value| tried(value).and_then(Decimal::from_f64));
    let moved = at_ends.0.zip(at_ends.1).map_or(0.0, |(first, last)| (last - first).abs());
    for crossing in crossings.iter_mut().filter(|crossing| crossing.jump) {
        crossing.jump = tried(crossing.value).is_none_or(|gap| gap.abs() > MET * moved);
    }
    if let Some(error) = error {
        return Err(error);
    }
    if hundredths {
        let searched = Searched { range: (low, high), moved };
        let told = crossings.into_iter().map(|crossing| in_hundredths(crossing, searched, gap));
        crossings = told.collect::<Result<_, _>>()?;
    }
    Ok(Solved { crossings, everywhere, at_ends })
}
