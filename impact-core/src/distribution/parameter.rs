//! Parameters: from the author's digits to floats, checked on the way.

use super::DistributionError;
use crate::number::{Exact, Fault, to_significant};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

/// Significant digits of a mean that is no fraction of the parameters.
const DIGITS: u32 = 12;

/// Which shape parameters stay accurate in floats, in the words of a message.
pub(super) const SHAPE: &str = "between 0.001 and 1000000000";

/// The float nearest to a decimal.
pub(super) fn float(value: Decimal) -> f64 {
    // Through the digits, which Rust reads to the nearest float; a decimal's digits always read as a number.
    value.to_string().parse().unwrap_or(0.0)
}

/// A float as a decimal of twelve significant digits.
pub(super) fn rounded(form: &'static str, value: f64) -> Result<Decimal, DistributionError> {
    Decimal::from_f64(value)
        .map(|decimal| to_significant(decimal, DIGITS))
        .ok_or(DistributionError::Mean { form, fault: Fault::Overflow })
}

/// The decimal an exact calculation of a mean ends in.
pub(super) fn exact_mean(form: &'static str, mean: Exact) -> Result<Decimal, DistributionError> {
    mean.value().map(|value| value.normalize()).map_err(|fault| DistributionError::Mean { form, fault })
}

/// A parameter with its form and name, for the checks below.
#[derive(Clone, Copy)]
pub(super) struct Parameter {
    pub(super) form: &'static str,
    pub(super) name: &'static str,
    pub(super) value: Decimal,
}

impl Parameter {
    pub(super) fn new(form: &'static str, name: &'static str, value: Decimal) -> Self {
        Self { form, name, value }
    }

    /// The parameter as a float where the condition holds.
    pub(super) fn when(self, holds: bool, expected: &'static str) -> Result<f64, DistributionError> {
        if holds {
            return Ok(float(self.value));
        }
        let Self { form, name, value } = self;
        Err(DistributionError::Parameter { form, parameter: name, value: value.to_string(), expected })
    }

    pub(super) fn above_zero(self) -> Result<f64, DistributionError> {
        self.when(self.value > Decimal::ZERO, "above 0")
    }

    pub(super) fn not_below_zero(self) -> Result<f64, DistributionError> {
        self.when(self.value >= Decimal::ZERO, "0 or above")
    }

    /// Strictly between 0 and 1.
    pub(super) fn inner_share(self) -> Result<f64, DistributionError> {
        self.when(self.value > Decimal::ZERO && self.value < Decimal::ONE, "between 0 and 1, both excluded")
    }

    /// A shape parameter within what stays accurate.
    pub(super) fn shape(self) -> Result<f64, DistributionError> {
        self.when(is_shape(float(self.value)), SHAPE)
    }

    /// A mean count.
    pub(super) fn mean_count(self) -> Result<f64, DistributionError> {
        let fits = self.value > Decimal::ZERO && self.value <= Decimal::from(1_000_000_000);
        self.when(fits, "above 0 and at most 1000000000")
    }
}

/// Whether a shape parameter stays accurate in floats.
pub(super) fn is_shape(shape: f64) -> bool {
    (0.001..=1e9).contains(&shape)
}

/// Shape parameters worked out from mean and sd as decimals, where the differences in them keep their digits.
pub(super) fn shapes<const N: usize>(
    form: &'static str,
    shapes: [Exact; N],
    expected: &'static str,
    got: &[Decimal],
) -> Result<[f64; N], DistributionError> {
    // What no decimal holds is no shape either.
    let shapes = shapes.map(|shape| shape.value().map_or(0.0, float));
    together(shapes.iter().copied().all(is_shape), form, expected, got)?;
    Ok(shapes)
}

/// Refuses parameters that do not go together.
pub(super) fn together(
    holds: bool,
    form: &'static str,
    expected: &'static str,
    got: &[Decimal],
) -> Result<(), DistributionError> {
    if holds { Ok(()) } else { Err(not_together(form, expected, got)) }
}

/// The fault of parameters that do not go together.
pub(super) fn not_together(form: &'static str, expected: &'static str, got: &[Decimal]) -> DistributionError {
    let got = got.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ");
    DistributionError::Together { form, expected, got }
}

/// Refuses bounds that are not one below the other, as decimals and as floats.
pub(super) fn ordered(
    form: &'static str,
    expected: &'static str,
    low: Decimal,
    high: Decimal,
) -> Result<(f64, f64), DistributionError> {
    let (from, to) = (float(low), float(high));
    together(low < high && from < to, form, expected, &[low, high])?;
    Ok((from, to))
}

/// Two quantiles, which fix a family with two parameters: the chance at or below each value, and the value.
pub(super) struct TwoQuantiles {
    pub(super) first: (f64, f64),
    pub(super) second: (f64, f64),
}

impl TwoQuantiles {
    /// Checks that both chances are inside (0, 1) and that chances and values rise together.
    pub(super) fn new(
        form: &'static str,
        first: (Decimal, Decimal),
        second: (Decimal, Decimal),
    ) -> Result<Self, DistributionError> {
        let chance = |value| Parameter::new(form, "the chance of a quantile", value).inner_share();
        let (low_chance, high_chance) = (chance(first.0)?, chance(second.0)?);
        let (low, high) = (float(first.1), float(second.1));
        let rise = low_chance < high_chance && low < high;
        let expected = "quantiles whose chances and values both rise";
        together(rise, form, expected, &[first.0, first.1, second.0, second.1])?;
        Ok(Self { first: (low_chance, low), second: (high_chance, high) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::Distribution;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_mean_too_small_for_a_decimal_is_refused() {
        let tiny = Distribution::lognormal(decimal("-63.5"), decimal("0.5"));
        let message =
            "lognormal: the mean `2.996e-28` is too small for a decimal, which keeps 28 decimals: choose a larger unit";
        assert_eq!(tiny.unwrap_err().to_string(), message);
        let (smallest, small) = (Decimal::new(1, 28), Decimal::new(9, 28));
        assert!(Distribution::lognormal_range90(smallest, small).is_err());
        assert!(Distribution::uniform(Decimal::ZERO, smallest).is_err(), "its mean would be nothing");
        let normal = Distribution::normal(Decimal::ZERO, Decimal::new(5, 28)).unwrap();
        assert!(Distribution::truncated(normal, Some(Decimal::ZERO), None).is_err());
    }

    #[test]
    fn a_small_mean_that_a_decimal_keeps_is_a_valid_decimal() {
        for mu in ["-20", "-30", "-40"] {
            let small = Distribution::lognormal(decimal(mu), decimal("0.5")).map(|small| small.mean_exact());
            let Ok(mean) = small else { continue };
            assert!(mean.scale() <= 28);
            assert_eq!(mean.to_string().parse(), Ok(mean));
        }
        assert!(Distribution::lognormal(decimal("-30"), decimal("0.5")).is_ok());
    }

    #[test]
    fn a_mean_of_nothing_beside_a_wide_spread_is_kept() {
        let normal = Distribution::normal(Decimal::ZERO, Decimal::ONE).unwrap();
        let cut = Distribution::truncated(normal, Some(decimal("-1.7")), Some(decimal("1.7"))).unwrap();
        assert!(cut.mean_exact().abs() < decimal("0.000000000000001"));
    }
}
