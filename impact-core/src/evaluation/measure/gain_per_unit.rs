//! Gain per unit of an outcome.
//!
//! # Formula
//! `present value of the outcome to the perspective / causal units that start`: what one person more is worth, to whom. Units
//! that start are counted over all intakes, net of deadweight and displacement; a gain after the last year appraised is not
//! in it. Set beside the price of a result it says whose saving pays. Of a path, which has no start, the units are those of its
//! level farthest from zero. A cost per outcome counts the units that accrue instead, so of a state the two stand in
//! different units.

use crate::evaluation::figure::Absence;
use crate::number::{Exact, Number};
use rust_decimal::Decimal;

/// Gain over units, where units start.
pub(in crate::evaluation) fn gain_per_unit(gain: Exact, started: Exact, outcome: &str) -> Result<Decimal, Absence> {
    if started.value()? <= Decimal::ZERO {
        return Err(Absence::NoUnits { outcome: outcome.to_owned() });
    }
    Ok((gain / started).quantised().value()?)
}
