//! The equivalent annual value: a net present value as the same amount every year.
//!
//! One rule: projects of different length are compared by the year, under the same schedule and timing.

use super::error::CashFlowError;
use super::periodic::{PeriodicFlows, factors};
use crate::discount::{Schedule, Timing};
use crate::number::{Exact, to_significant};
use rust_decimal::Decimal;
use std::iter::zip;

const MEASURE: &str = "equivalent annual value";

impl PeriodicFlows {
    /// The constant amount over a number of years that has the net present value of these yearly flows.
    ///
    /// # Formula
    /// `EAV = NPV / Σ DF(k)` over the years `k = 1 … n`, where the amount of year *k* falls at its start, middle or end:
    /// `DF(k − 1)`, `DF(k − 1) / √(1 + rₖ)` or `DF(k)`. Under a flat rate at the end of the years `NPV · r / (1 − (1 + r)⁻ⁿ)`.
    ///
    /// # Errors
    /// No years; a value that 28 digits do not hold.
    ///
    /// # Examples
    /// ```
    /// use impact_core::cash_flow::PeriodicFlows;
    /// use impact_core::discount::{Schedule, Timing};
    /// use impact_core::units::DiscountRate;
    /// let building = PeriodicFlows::new([(-144).into()]);
    /// let quarter = Schedule::flat(DiscountRate::new("0.25".parse()?)?);
    /// // 144 today is 100 at the end of each of two years: 80 + 64.
    /// assert_eq!(building.equivalent_annual_value(&quarter, 2, Timing::End)?.to_string(), "-100");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn equivalent_annual_value(
        &self,
        schedule: &Schedule,
        years: u32,
        timing: Timing,
    ) -> Result<Decimal, CashFlowError> {
        if years == 0 {
            return Err(CashFlowError::NoYears);
        }
        let npv = Exact::from(self.npv(schedule)?);
        let value = (npv / annuity(schedule, years, timing)).value();
        let value = value.map(|value| to_significant(value, 24).normalize());
        value.map_err(|fault| CashFlowError::TooLarge { measure: MEASURE, fault })
    }
}

/// The present value of one krone in each year.
fn annuity(schedule: &Schedule, years: u32, timing: Timing) -> Exact {
    let starts = factors(schedule);
    let ends = factors(schedule).skip(1);
    let years = usize::try_from(years).unwrap_or(usize::MAX);
    let of_year = |(start, end): (Exact, Exact)| match timing {
        Timing::Start => start,
        // DF(k) = DF(k − 1) / (1 + r), so the middle is where the two meet by proportion.
        Timing::Middle => start / (start / end).square_root(),
        Timing::End => end,
    };
    zip(starts, ends).take(years).map(of_year).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discount::Band;
    use crate::units::DiscountRate;

    fn rate(text: &str) -> DiscountRate {
        DiscountRate::new(text.parse().unwrap()).unwrap()
    }

    #[test]
    fn years_that_start_with_their_amount_need_less() {
        let flows = PeriodicFlows::new([Decimal::from(180)]);
        let value = |timing| flows.equivalent_annual_value(&Schedule::flat(rate("0.25")), 2, timing).unwrap();
        assert_eq!(value(Timing::Start), Decimal::from(100)); // 1 + 0.8
        assert_eq!(value(Timing::End), Decimal::from(125)); // 0.8 + 0.64
        let middle = value(Timing::Middle);
        // √(100 · 125), as the middle is half a step of the same rate from both.
        assert!((middle * middle - Decimal::from(12_500)).abs() < Decimal::new(1, 15), "{middle}");
    }

    #[test]
    fn a_schedule_that_steps_down_is_followed() {
        let bands = vec![Band { from_step: 1, rate: rate("0.25") }, Band { from_step: 2, rate: rate("0") }];
        let flows = PeriodicFlows::new([Decimal::from(240)]);
        let value = flows.equivalent_annual_value(&Schedule::new(bands).unwrap(), 3, Timing::End);
        assert_eq!(value, Ok(Decimal::from(100))); // 0.8 + 0.8 + 0.8
    }

    #[test]
    fn no_years_spread_nothing() {
        let flows = PeriodicFlows::new([Decimal::ONE]);
        let nothing = flows.equivalent_annual_value(&Schedule::flat(rate("0.04")), 0, Timing::End);
        assert_eq!(nothing.unwrap_err().to_string(), "equivalent annual value needs at least one year");
    }
}
