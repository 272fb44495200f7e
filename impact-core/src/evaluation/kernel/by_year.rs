//! Measures of the years, draw by draw.
//!
//! One rule: the definitions are those of the exact measures; a balance within rounding of zero counts as zero.

use crate::cash_flow::{Crossing, InternalRate, irr_of_columns};
use crate::evaluation::measure::{discounted_payback, payback};
use crate::model::Measure;

/// Answers from the net gains and from what is paid, a column of draws for each year.
pub(super) fn read(measure: Measure, net: &[&[f64]], paid: &[&[f64]], out: &mut [f64]) {
    if matches!(measure, Measure::Irr | Measure::FiscalReturn) {
        return rates(net, out);
    }
    let mut standings = vec![0.0; net.len()];
    for (draw, out) in out.iter_mut().enumerate() {
        let at = |column: &&[f64]| column.get(draw).copied().unwrap_or(f64::NAN);
        let (mut standing, mut turnover) = (0.0, 0.0);
        for (place, column) in standings.iter_mut().zip(net) {
            let gain = at(column);
            standing += gain;
            turnover += gain.abs();
            *place = if standing.abs() <= ROUNDING * turnover { 0.0 } else { standing };
        }
        let first_paid = paid.iter().position(|column| at(column) > 0.0);
        *out = match measure {
            Measure::Payback | Measure::FiscalPayback => payback::in_floats(&standings, first_paid),
            _ => discounted_payback::in_floats(&standings, first_paid),
        }
        .filter(|_| standing.is_finite())
        .unwrap_or(f64::NAN);
    }
}

/// The part of all gains and losses that is lost in adding them up.
pub(super) const ROUNDING: f64 = 1e-13;

/// The one rate of each draw that is a return; a year beyond what floats hold leaves none.
fn rates(net: &[&[f64]], out: &mut [f64]) {
    let found = irr_of_columns(net, out.len());
    for (out, rate) in out.iter_mut().zip(found) {
        *out = match rate {
            Some(InternalRate::Unique(root)) if root.crossing() != Crossing::Rises => root.rate(),
            _ => f64::NAN,
        };
    }
}
