//! Units: the small checked types that every figure carries.
//!
//! One rule: after construction a value is always valid; what it cannot be is refused with the quantity named.

mod conversion;
mod currency;
mod label;
mod name;
mod rate;
mod unit;
pub mod written;
mod year;

pub use conversion::{UnitConversion, known_conversions};
pub use currency::Currency;
pub use label::{Label, Language};
pub use name::unit_name;
pub use rate::{DiscountRate, Share};
pub use unit::{Period, Unit};
pub use year::{PriceYear, Year};

/// What can be wrong with a single quantity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnitError {
    /// A number outside the range its quantity allows.
    #[error("{quantity} `{value}` is not {expected}")]
    OutOfRange {
        /// The quantity in the analyst's words.
        quantity: &'static str,
        /// The value as given.
        value: String,
        /// What is accepted.
        expected: &'static str,
    },
    /// A text that is not one of the known words.
    #[error("unit `{text}` is not known: write a thing, or a thing and a period, such as `person` or `person-year`")]
    UnknownUnit {
        /// The text as given.
        text: String,
    },
}
