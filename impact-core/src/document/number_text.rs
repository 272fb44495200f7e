//! Numbers as written: the author's digits, read exactly.
//!
//! One rule: a number that cannot be kept exactly is refused, never rounded.

use super::DocumentError;
use super::number_style::style_fault;
use super::words::shortened;
use rust_decimal::Decimal;

/// Significant digits, and decimals, a number keeps.
const DIGITS: usize = 28;

/// The largest number that leaves room to be added to: 7.9e27.
const LARGEST: i128 = 7_900_000_000_000_000_000_000_000_000;

/// A number of the document: its exact value, and the text it was written as.
///
/// # Examples
/// ```
/// use impact_core::document::NumberText;
/// let million: NumberText = "1_000_000.00".parse()?;
/// assert_eq!(million.text(), "1_000_000.00");
/// assert_eq!(million.canonical(), "1000000");
/// assert_eq!("1e6".parse::<NumberText>()?.value(), million.value());
/// assert_eq!("0,5".parse::<NumberText>().unwrap_err().to_string(), "`0,5` is written with a decimal comma: write 0.5");
/// # Ok::<(), impact_core::document::DocumentError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberText {
    text: String,
    value: Decimal,
}

impl NumberText {
    /// The exact value.
    pub fn value(&self) -> Decimal {
        self.value
    }

    /// The text as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The value as the shortest plain decimal: no exponent, no closing zeros, `0` for `-0`.
    pub fn canonical(&self) -> String {
        if self.value.is_zero() { "0".to_owned() } else { self.value.normalize().to_string() }
    }
}

impl From<Decimal> for NumberText {
    fn from(value: Decimal) -> Self {
        Self { text: value.to_string(), value }
    }
}

impl std::str::FromStr for NumberText {
    type Err = DocumentError;

    /// Reads a decimal number: an optional sign, digits that `_` may part, an optional fraction, an optional exponent.
    ///
    /// # Errors
    /// A text that is no number, more than 28 significant digits or decimals, a value beyond 7.9e27.
    fn from_str(text: &str) -> Result<Self, DocumentError> {
        let parts = Parts::of(text).ok_or_else(|| not_a_number(text))?;
        Ok(Self { text: text.to_owned(), value: parts.value(text)? })
    }
}

/// A number taken apart: `digits` times ten to the `exponent`.
struct Parts {
    negative: bool,
    digits: Vec<u8>,
    exponent: i64,
}

impl Parts {
    /// The parts of a well-formed number, without leading and closing zeros.
    fn of(text: &str) -> Option<Self> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, mut exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, power(exponent)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
        let mut digits = digits_of(whole)?;
        let decimals = digits_of(fraction)?;
        exponent = exponent.saturating_sub(i64::try_from(decimals.len()).ok()?);
        digits.extend(decimals);
        while digits.last() == Some(&0) {
            digits.pop();
            exponent = exponent.saturating_add(1);
        }
        let zeros = digits.iter().take_while(|digit| **digit == 0).count();
        digits.drain(..zeros);
        Some(Self { negative, digits, exponent })
    }

    fn value(&self, text: &str) -> Result<Decimal, DocumentError> {
        if self.digits.is_empty() {
            return Ok(Decimal::ZERO);
        }
        if self.digits.len() > DIGITS {
            return Err(DocumentError::TooManyDigits { text: shortened(text), digits: self.digits.len() });
        }
        let too_large = || DocumentError::NumberTooLarge { text: shortened(text) };
        let too_small = || DocumentError::NumberTooSmall { text: shortened(text) };
        let mut mantissa = self.digits.iter().fold(0_i128, |sum, digit| sum * 10 + i128::from(*digit));
        let mut scale = 0_u32;
        if self.exponent >= 0 {
            let power = u32::try_from(self.exponent).ok().and_then(|power| 10_i128.checked_pow(power));
            mantissa = power.and_then(|power| mantissa.checked_mul(power)).ok_or_else(too_large)?;
        } else {
            scale = u32::try_from(self.exponent.unsigned_abs()).map_err(|_| too_small())?;
            if scale > DIGITS as u32 {
                return Err(too_small());
            }
        }
        let unit = 10_i128.checked_pow(scale).ok_or_else(too_small)?;
        if LARGEST.checked_mul(unit).is_some_and(|largest| mantissa > largest) {
            return Err(too_large());
        }
        let signed = if self.negative { -mantissa } else { mantissa };
        Decimal::try_from_i128_with_scale(signed, scale).map_err(|_| too_large())
    }
}

/// The exponent; one beyond all bounds stays beyond all bounds.
fn power(text: &str) -> Option<i64> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let digits = digits_of(unsigned)?;
    let size = digits.iter().fold(0_i64, |sum, digit| sum.saturating_mul(10).saturating_add(i64::from(*digit)));
    Some(sign * size)
}

/// The digits of a run such as `1_000`: `_` stands only between digits.
fn digits_of(text: &str) -> Option<Vec<u8>> {
    if text.is_empty() || text.starts_with('_') || text.ends_with('_') || text.contains("__") {
        return None;
    }
    text.bytes().filter(|byte| *byte != b'_').map(|byte| byte.is_ascii_digit().then(|| byte - b'0')).collect()
}

fn not_a_number(text: &str) -> DocumentError {
    style_fault(text).unwrap_or_else(|| DocumentError::NotANumber { text: shortened(text) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(text: &str) -> Result<String, String> {
        text.parse::<NumberText>().map(|number| number.canonical()).map_err(|error| error.to_string())
    }

    #[test]
    fn one_number_has_one_canonical_text() {
        for text in ["1e6", "1_000_000.0", "1000000", "1000000.00", "+1000000", "0.1e7", "10000000e-1", "1E+6"] {
            assert_eq!(canonical(text).as_deref(), Ok("1000000"), "{text}");
        }
        for text in ["0", "-0", "-0.00", "0e999999999999999999999"] {
            assert_eq!(canonical(text).as_deref(), Ok("0"), "{text}");
        }
        assert_eq!(canonical("-0.0500").as_deref(), Ok("-0.05"));
    }

    #[test]
    fn twenty_eight_digits_are_kept_and_twenty_nine_refused() {
        let digits = "1234567890123456789012345678";
        let small = format!("0.{digits}");
        assert_eq!(canonical(&small), Ok(small.clone()));
        assert_eq!(canonical("1234567890.123456789012345678").as_deref(), Ok("1234567890.123456789012345678"));
        assert_eq!(
            canonical(&format!("0.{digits}1")),
            Err(format!("`0.{digits}1` has 29 significant digits: a number keeps 28"))
        );
        assert_eq!(canonical("1.0000000000000000000000000000000000000000").as_deref(), Ok("1"));
    }

    #[test]
    fn numbers_beyond_the_bounds_are_refused() {
        assert_eq!(canonical("7.9e27").as_deref(), Ok("7900000000000000000000000000"));
        assert_eq!(canonical("-7.9e27").as_deref(), Ok("-7900000000000000000000000000"));
        let large = |text: &str| Err(format!("`{text}` is larger than 7.9e27, the largest number kept exactly"));
        for text in ["7.900000000000000000000000001e27", "8e27", "1e30", "-1e30", "1e999999999999999999999"] {
            assert_eq!(canonical(text), large(text));
        }
        assert_eq!(canonical("1e-28").as_deref(), Ok("0.0000000000000000000000000001"));
        for text in ["1e-29", "1e-40", "0.12345678901234567890123456789e-1", "1e-999999999999999999999"] {
            assert!(canonical(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "-", ".", "1.", ".5", "1__0", "_1", "1_", "1e", "e5", "0x10", "nan", "1 00", "１", "1,2,3"] {
            assert_eq!(canonical(text), Err(format!("`{text}` is not a number")));
        }
        assert_eq!(canonical("-1000,25").unwrap_err(), "`-1000,25` is written with a decimal comma: write -1000.25");
    }
}
