//! The equivalent annual value: the net present value as the same real amount in every year appraised.
//!
//! # Formula
//! `EAV = NPV / Σ DF(t)` over the years *t* appraised, with the schedule, the clocks and the timing that the conventions give
//! outcomes. At a flat rate *r* over *n* years that end with their amount it is `NPV · r / (1 − (1 + r)^(−n))`, as the factors
//! are then a geometric series; where the first year is not discounted it is that over `1 + r`.

#[cfg(test)]
mod tests {
    use crate::discount::{Clock, Schedule, Timing};
    use crate::evaluation::measure::Fraction;
    use crate::model::Measure;
    use crate::number::Exact;
    use crate::reference::NothingForNothing;
    use crate::units::{DiscountRate, Year};
    use rust_decimal::Decimal;

    #[test]
    fn a_constant_amount_is_its_own_equivalent() {
        // 1 + 0.8 + 0.64 = 2.44 for each krone a year.
        let year = Year::new(2020).unwrap();
        let schedule = Schedule::flat(DiscountRate::new("0.25".parse().unwrap()).unwrap());
        let clock = Clock { schedule, origin: year, present_value_year: year };
        let value = |timing| {
            let years = clock.factors(year, 3, timing).into_iter().sum();
            let fraction = Fraction { above: Exact::from(244), below: Some(years) };
            fraction.value(Measure::EquivalentAnnualValue, NothingForNothing::Undefined)
        };
        assert_eq!(value(Timing::Start), Ok(Decimal::from(100)));
        // 244 · 0.25 / (1 − 1.25⁻³) = 61 / 0.488
        assert_eq!(value(Timing::End), Ok(Decimal::from(125)));
    }
}
