//! The equivalent annual value: the net present value as the same real amount in every year appraised.
//!
//! # Formula
//! `EAV = NPV / Σ DF(t)` over the years *t* appraised, with the schedule, the clocks and the timing that the conventions give
//! outcomes. At a flat rate *r* over *n* years that end with their amount it is `NPV · r / (1 − (1 + r)^(−n))`, as the factors
//! are then a geometric series; where the first year is not discounted it is that over `1 + r`.

use crate::evaluation::figure::Absence;
use crate::number::{Exact, Number};
use rust_decimal::Decimal;

/// A net present value over the discount factors of the years appraised.
pub(in crate::evaluation) fn equivalent_annual_value(npv: Exact, factors: &[Exact]) -> Result<Decimal, Absence> {
    let years: Exact = factors.iter().copied().sum();
    Ok((npv / years).quantised().value()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discount::{Clock, Schedule, Timing};
    use crate::units::{DiscountRate, Year};

    #[test]
    fn a_constant_amount_is_its_own_equivalent() {
        // 1 + 0.8 + 0.64 = 2.44 for each krone a year.
        let year = Year::new(2020).unwrap();
        let schedule = Schedule::flat(DiscountRate::new("0.25".parse().unwrap()).unwrap());
        let clock = Clock { schedule, origin: year, present_value_year: year };
        let factors = clock.factors(year, 3, Timing::Start);
        assert_eq!(equivalent_annual_value(Exact::from(244), &factors), Ok(Decimal::from(100)));
        let at_ends = clock.factors(year, 3, Timing::End);
        // 244 · 0.25 / (1 − 1.25⁻³) = 61 / 0.488
        assert_eq!(equivalent_annual_value(Exact::from(244), &at_ends), Ok(Decimal::from(125)));
    }
}
