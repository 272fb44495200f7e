//! Windows: how long people are followed before an outcome such as reoffending is counted.
//!
//! One rule: a rate of events without its window says nothing: Norwegian rates of reoffending go from 10 to 55 per cent with
//! the definition and the years.
//! Source: Statistics Norway, Samfunnsspeilet 3/2013.

use rust_decimal::Decimal;
use std::fmt;
use std::str::FromStr;

/// A length of follow-up in whole months: `2 years`, `18 months`, `2 år`, `18 måneder`.
///
/// # Examples
/// ```
/// use impact_core::model::Window;
/// assert_eq!("2 years".parse::<Window>()?.months(), 24);
/// assert_eq!("1.5 år".parse::<Window>()?.to_string(), "18 months");
/// assert!("a while".parse::<Window>().is_err());
/// # Ok::<(), impact_core::model::WindowFault>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window {
    months: u32,
}

/// A text that is no window.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("window `{text}` is not a number of years or months, such as `2 years` or `18 months`")]
pub struct WindowFault {
    /// The text as written.
    pub text: String,
}

const YEARS: &[&str] = &["year", "years", "år"];
const MONTHS: &[&str] = &["month", "months", "måned", "måneder"];

/// The longest window, in months: a lifetime.
const LONGEST: u32 = 1200;

impl Window {
    /// The length in months.
    pub fn months(self) -> u32 {
        self.months
    }
}

impl FromStr for Window {
    type Err = WindowFault;

    fn from_str(text: &str) -> Result<Self, WindowFault> {
        let fault = || WindowFault { text: text.chars().take(60).collect() };
        let (number, period) = text.trim().split_once(char::is_whitespace).ok_or_else(fault)?;
        let period = period.trim().to_lowercase();
        let each = match period.as_str() {
            word if YEARS.contains(&word) => Decimal::from(12),
            word if MONTHS.contains(&word) => Decimal::ONE,
            _ => return Err(fault()),
        };
        let number: Decimal = number.parse().map_err(|_| fault())?;
        let months = number.checked_mul(each).map(|months| months.normalize()).ok_or_else(fault)?;
        let whole = (months.scale() == 0).then(|| u32::try_from(months).ok()).flatten();
        whole.filter(|months| (1..=LONGEST).contains(months)).map(|months| Self { months }).ok_or_else(fault)
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.months / 12, self.months % 12) {
            (1, 0) => f.write_str("1 year"),
            (years, 0) => write!(f, "{years} years"),
            (0, 1) => f.write_str("1 month"),
            _ => write!(f, "{} months", self.months),
        }
    }
}

impl serde::Serialize for Window {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_whole_months_written_in_either_language() {
        let months = |text: &str| text.parse::<Window>().map(Window::months);
        assert_eq!(months("2 years"), Ok(24));
        assert_eq!(months("24 måneder"), Ok(24));
        assert_eq!(months("0.5 år"), Ok(6));
        for text in ["two years", "2", "2years", "0 years", "-1 years", "0.3 months", "2 weeks", "9999 years", ""] {
            assert_eq!(months(text), Err(WindowFault { text: text.to_owned() }));
        }
    }
}
