//! Prices as they can be written into a contract: in hundredths of the currency, øre of a krone.
//!
//! One rule: the price told is one that was tried and at which what was asked holds: the payer saves at least what it pays, the
//! investor reaches at least its rate. So the nearest hundredth is taken on the side that holds, however little it is farther away.

use super::error::Gap;
use super::fault::SearchError;
use crate::analysis::crossing::Crossing;
use crate::model::{Contract, Slot};
use rust_decimal::{Decimal, RoundingStrategy};

/// The smallest amount that a price is told in.
const HUNDREDTH: Decimal = Decimal::from_parts(1, 0, 0, false, 2);
const DECIMALS: u32 = 2;

/// A hundredth must be no more than this part of the range: else it is too coarse for the price.
const FINE: Decimal = Decimal::from_parts(1, 0, 0, false, 4);

/// What sums of binary fractions may leave of a gap, as a part of what it moves over the range: so near to zero it holds.
const NOISE: f64 = 1e-12;

/// The range that was searched, and how much what is sought moves over it.
#[derive(Clone, Copy)]
pub(super) struct Searched {
    pub range: (Decimal, Decimal),
    pub moved: f64,
}

/// Whether a number is a price, and hundredths are fine enough for the range in which it is searched.
pub(super) fn is_told_in_hundredths(contract: &Contract, slot: Slot, (low, high): (Decimal, Decimal)) -> bool {
    let unit = contract.assumption(slot).map_or("", |number| number.unit.as_str());
    let fine = high.checked_sub(low).and_then(|range| range.checked_mul(FINE));
    unit.starts_with(&contract.currency().to_string()) && fine.is_some_and(|fine| HUNDREDTH <= fine)
}

/// A crossing in hundredths: the nearest at which what was asked holds, of a range the first and the last in it; as it was found where
/// there is none beside it.
pub(super) fn in_hundredths(found: Crossing, searched: Searched, gap: Gap<'_>) -> Result<Crossing, SearchError> {
    let up = found.value.round_dp_with_strategy(DECIMALS, RoundingStrategy::ToPositiveInfinity);
    let last = found.to.map(|to| to.round_dp_with_strategy(DECIMALS, RoundingStrategy::ToNegativeInfinity));
    if let Some(last) = last.filter(|last| up < *last) {
        return Ok(Crossing { value: up.normalize(), to: Some(last.normalize()), ..found });
    }
    let down = found.value.round_dp_with_strategy(DECIMALS, RoundingStrategy::ToNegativeInfinity);
    let nearest = [down, up];
    let beside = [down.checked_sub(HUNDREDTH), up.checked_add(HUNDREDTH)].map(|value| value.unwrap_or(found.value));
    for tried in [nearest, beside] {
        if let Some(value) = nearest_that_holds(tried, found.value, searched, gap)? {
            return Ok(Crossing { value: value.normalize(), to: None, ..found });
        }
    }
    Ok(found)
}

/// Of some values the one at which what was asked holds, and by the least.
fn nearest_that_holds(
    tried: [Decimal; 2],
    found: Decimal,
    Searched { range: (low, high), moved }: Searched,
    gap: Gap<'_>,
) -> Result<Option<Decimal>, SearchError> {
    let mut best: Option<(f64, Decimal, Decimal)> = None;
    for value in tried.into_iter().filter(|value| low <= *value && *value <= high) {
        let Some(left) = gap(value)?.filter(|left| *left >= -NOISE * moved) else { continue };
        let candidate = (left.max(0.0), (value - found).abs(), value);
        if best.is_none_or(|(least, away, _)| (candidate.0, candidate.1) < (least, away)) {
            best = Some(candidate);
        }
    }
    Ok(best.map(|(.., value)| value))
}
