//! The net-price factor: what a krone at factor prices is at the prices consumers pay, indirect taxes included.

use crate::units::UnitError;
use rust_decimal::Decimal;

/// What a krone at factor prices is at market prices: 1.28 where consumers pay 28 per cent of indirect taxes on top.
///
/// # Examples
/// ```
/// use impact_core::reference::Convention;
/// let factor = Convention::embedded("denmark-2023")?.prices.market_factor;
/// assert_eq!(factor.map(|factor| factor.value().to_string()).as_deref(), Some("1.28"));
/// assert_eq!(Convention::embedded("norway-r109-2021")?.prices.market_factor, None);
/// # Ok::<(), impact_core::reference::ReferenceError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(transparent)]
pub struct MarketFactor(Decimal);

impl MarketFactor {
    /// The factor.
    ///
    /// # Errors
    /// A number below 1 or above 2.
    pub fn new(factor: Decimal) -> Result<Self, UnitError> {
        if (Decimal::ONE..=Decimal::TWO).contains(&factor) {
            Ok(Self(factor))
        } else {
            Err(UnitError::OutOfRange {
                quantity: "factor to market prices",
                value: factor.to_string(),
                expected: "between 1 and 2 (28 per cent of indirect taxes are 1.28)",
            })
        }
    }

    /// The factor.
    pub fn value(self) -> Decimal {
        self.0
    }
}
