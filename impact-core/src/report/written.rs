//! Numbers as people read them: digits in groups of three, a comma or a point by language.
//!
//! One rule: this is the only place that rounds, and what it gives is text.

use crate::units::Language;
use rust_decimal::{Decimal, RoundingStrategy};

/// Significant digits of a number in a sentence, where it is below a thousand.
const DIGITS: u32 = 6;
/// Decimals of a number in a sentence, where it is a thousand or more.
const DECIMALS: u32 = 2;

/// All digits of a number.
///
/// # Examples
/// ```
/// use impact_core::report::exact;
/// use impact_core::units::Language;
/// let number = "-1234567.50".parse()?;
/// assert_eq!(exact(number, Language::English), "-1,234,567.5");
/// assert_eq!(exact(number, Language::Bokmal), "-1\u{a0}234\u{a0}567,5");
/// # Ok::<(), rust_decimal::Error>(())
/// ```
pub fn exact(value: Decimal, language: Language) -> String {
    let text = value.abs().normalize().to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let (group, point) = match language {
        Language::English => (',', '.'),
        Language::Bokmal => ('\u{a0}', ','),
    };
    let mut written = String::new();
    if value.is_sign_negative() && !value.is_zero() {
        written.push('-');
    }
    for (position, digit) in whole.chars().enumerate() {
        let left = whole.len().saturating_sub(position);
        if position > 0 && left % 3 == 0 {
            written.push(group);
        }
        written.push(digit);
    }
    if !decimals.is_empty() {
        written.push(point);
        written.push_str(decimals);
    }
    written
}

/// A number in a sentence: six significant digits, or two decimals from a thousand on.
pub fn readable(value: Decimal, language: Language) -> String {
    if value.abs() >= Decimal::ONE_THOUSAND {
        return rounded(value, DECIMALS, language);
    }
    let strategy = RoundingStrategy::MidpointAwayFromZero;
    exact(value.round_sf_with_strategy(DIGITS, strategy).unwrap_or(value), language)
}

/// A number with at most this many decimals.
pub fn rounded(value: Decimal, decimals: u32, language: Language) -> String {
    exact(value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero), language)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readable_in_english(text: &str) -> String {
        readable(text.parse().unwrap(), Language::English)
    }

    #[test]
    fn a_number_in_a_sentence_is_short() {
        assert_eq!(readable_in_english("17.9204893992"), "17.9205");
        assert_eq!(readable_in_english("999999.996"), "1,000,000");
        assert_eq!(readable_in_english("0.000012345678"), "0.0000123457");
        assert_eq!(readable_in_english("-0"), "0");
        assert_eq!(readable_in_english("-1234.565"), "-1,234.57");
    }

    #[test]
    fn no_group_stands_before_the_first_digit() {
        assert_eq!(readable_in_english("123456"), "123,456");
        assert_eq!(readable_in_english("-100"), "-100");
    }
}
