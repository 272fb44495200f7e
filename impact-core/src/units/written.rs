//! Numbers as people read them: digits in groups of three, a comma or a point by language.
//!
//! One rule: this is the only place that rounds, and what it gives is text.

use super::Language;
use crate::number::to_significant;
use rust_decimal::{Decimal, RoundingStrategy};
use std::fmt;

/// Significant digits of a number in a sentence, where it is below a thousand.
const DIGITS: u32 = 6;
/// Decimals of a number in a sentence, where it is a thousand or more.
const DECIMALS: u32 = 2;

/// All digits of a number.
///
/// # Examples
/// ```
/// use impact_core::units::written::exact;
/// use impact_core::units::Language;
/// let number = "-1234567.50".parse()?;
/// assert_eq!(exact(number, Language::English), "−1,234,567.5");
/// assert_eq!(exact(number, Language::Bokmal), "−1\u{a0}234\u{a0}567,5");
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
        written.push('\u{2212}');
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
    exact(to_significant(value, DIGITS), language)
}

/// A number with at most this many decimals.
pub fn rounded(value: Decimal, decimals: u32, language: Language) -> String {
    exact(value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero), language)
}

/// An amount of money in a message of both languages: whole, or with two decimals; `{}` in English, `{:#}` in Norwegian.
///
/// # Examples
/// ```
/// use impact_core::units::written::Amount;
/// let amount = Amount("-1234.5".parse()?);
/// assert_eq!(format!("{amount}"), "−1,234.50");
/// assert_eq!(format!("{amount:#}"), "−1\u{a0}234,50");
/// assert_eq!(Amount(1_000.into()).to_string(), "1,000");
/// # Ok::<(), rust_decimal::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount(pub Decimal);

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let language = if f.alternate() { Language::Bokmal } else { Language::English };
        let text = rounded(self.0, DECIMALS, language);
        let decimals = text.rsplit_once([',', '.']).map(|(_, after)| after.len());
        let one = decimals == Some(1);
        write!(f, "{text}{}", if one { "0" } else { "" })
    }
}

/// A number in a message of both languages: `{}` writes it in English, `{:#}` in Norwegian.
///
/// # Examples
/// ```
/// use impact_core::units::written::Numeral;
/// let number = Numeral("-1234.5".parse()?);
/// assert_eq!(format!("{number}"), "−1,234.5");
/// assert_eq!(format!("{number:#}"), "−1\u{a0}234,5");
/// # Ok::<(), rust_decimal::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numeral(pub Decimal);

impl fmt::Display for Numeral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&exact(self.0, if f.alternate() { Language::Bokmal } else { Language::English }))
    }
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
        assert_eq!(readable_in_english("0.0000000000000000000000000001"), "0.0000000000000000000000000001");
        assert_eq!(readable_in_english("-0"), "0");
        assert_eq!(readable_in_english("-1234.565"), "−1,234.57");
    }

    #[test]
    fn no_group_stands_before_the_first_digit() {
        assert_eq!(readable_in_english("123456"), "123,456");
        assert_eq!(readable_in_english("-100"), "−100");
    }
}
