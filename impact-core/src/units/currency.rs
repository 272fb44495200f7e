//! Currencies by their ISO 4217 code.

use super::UnitError;
use std::fmt;

/// A currency: three capital letters of ISO 4217.
///
/// # Examples
/// ```
/// use impact_core::units::Currency;
/// let krone: Currency = "NOK".parse()?;
/// assert_eq!(krone.to_string(), "NOK");
/// assert!("kroner".parse::<Currency>().is_err());
/// # Ok::<(), impact_core::units::UnitError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl std::str::FromStr for Currency {
    type Err = UnitError;

    fn from_str(text: &str) -> Result<Self, UnitError> {
        match text.as_bytes() {
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_uppercase) => Ok(Self([a, b, c])),
            _ => Err(UnitError::OutOfRange {
                quantity: "currency",
                value: text.to_owned(),
                expected: "a code of three capital letters such as `NOK`",
            }),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl serde::Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}
