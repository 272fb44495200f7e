//! Significant digits: a decimal cut to so many of them.
//!
//! One rule: what comes out is a valid decimal. rust_decimal's own `round_sf` can leave more decimals than a decimal has, and
//! the next use of such a number panics: clippy.toml forbids it.

use rust_decimal::Decimal;

/// The value to so many significant digits (at least one), half to even; with fewer digits it stays as it is.
///
/// Where rounding up leads beyond the largest decimal, it is rounded down.
///
/// # Examples
/// ```
/// use impact_core::number::to_significant;
/// use rust_decimal::Decimal;
/// assert_eq!(to_significant(Decimal::new(314_159, 5), 3).to_string(), "3.14");
/// assert_eq!(to_significant(Decimal::from(1_250), 2).to_string(), "1200");
/// assert_eq!(to_significant(Decimal::new(1, 28), 12), Decimal::new(1, 28));
/// ```
pub fn to_significant(value: Decimal, digits: u32) -> Decimal {
    let mantissa = value.mantissa();
    let dropped = count(mantissa).saturating_sub(digits.max(1));
    let power = ten_to(dropped);
    let (kept, rest) = (mantissa / power, (mantissa % power).abs());
    let up = rest * 2 > power || (rest * 2 == power && kept % 2 != 0);
    let rounded = if up { kept + mantissa.signum() } else { kept };
    let decimal = |mantissa: i128| {
        let whole = mantissa * ten_to(dropped.saturating_sub(value.scale()));
        Decimal::try_from_i128_with_scale(whole, value.scale().saturating_sub(dropped)).ok()
    };
    // Only rounding up can lead beyond the largest decimal.
    decimal(rounded).or_else(|| decimal(kept)).unwrap_or(value)
}

/// Digits of a whole number.
fn count(number: i128) -> u32 {
    number.unsigned_abs().checked_ilog10().map_or(1, |power| power.saturating_add(1))
}

/// A power of ten; a decimal has at most 29 digits, which an i128 holds.
fn ten_to(power: u32) -> i128 {
    10_i128.checked_pow(power).unwrap_or(i128::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::prelude::ToPrimitive;

    #[test]
    fn every_size_of_number_stays_a_valid_decimal() {
        for mantissa in [1_i128, 7, 10, 15, 999_999_999_999_999, 1_234_567_890_123_456_789_012_345_678] {
            for scale in 0..=28 {
                for digits in [1, 12, 26, 28, 40] {
                    for sign in [1, -1] {
                        let value = Decimal::from_i128_with_scale(sign * mantissa, scale);
                        let short = to_significant(value, digits);
                        assert!(short.scale() <= 28, "{value} to {digits}");
                        assert_eq!(short.to_string().parse(), Ok(short));
                        let shown = short.normalize().mantissa().to_string();
                        let shown = shown.trim_start_matches('-').trim_end_matches('0').len();
                        assert!(u32::try_from(shown).unwrap() <= digits, "{value} to {digits}: {short}");
                        let (from, to) = (value.to_f64().unwrap(), short.to_f64().unwrap());
                        assert!(
                            (from - to).abs()
                                <= 5.0 * libm::pow(10.0, -f64::from(digits)) * from.abs() + 1e-12 * from.abs()
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn the_smallest_and_the_largest_numbers_stay_what_they_are() {
        let smallest = Decimal::new(1, 28);
        assert_eq!(to_significant(smallest, 12), smallest);
        let large: Decimal = "7000000000000000000000000000".parse().unwrap();
        assert_eq!(to_significant(large, 12), large);
        assert_eq!(to_significant(Decimal::MAX, 12).to_string(), "79228162514200000000000000000");
        assert_eq!(to_significant(Decimal::ZERO, 12), Decimal::ZERO);
    }

    #[test]
    fn halves_go_to_the_even_digit() {
        let short = |text: &str| to_significant(text.parse().unwrap(), 2).to_string();
        assert_eq!(
            [short("1.25"), short("1.35"), short("-1.25"), short("125"), short("1.2501")],
            ["1.2", "1.4", "-1.2", "120", "1.3"]
        );
        assert_eq!(short("99.9"), "100");
    }
}
