//! Constants: a number known before the formula runs, prepared in both forms.

use super::Exact;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// A constant of the plan, prepared as decimal and as float.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Constant {
    exact: Exact,
    float: f64,
}

impl Constant {
    /// The constant for an exact number.
    pub fn new(exact: Exact) -> Self {
        // A decimal always has a nearest float; a fault has none and must not pass for a number.
        let float = exact.value().ok().and_then(|value| value.to_f64()).unwrap_or(f64::NAN);
        Self { exact, float }
    }

    /// The decimal form.
    pub fn exact(&self) -> Exact {
        self.exact
    }

    /// The float nearest to the decimal.
    pub fn float(&self) -> f64 {
        self.float
    }
}

impl From<Decimal> for Constant {
    fn from(value: Decimal) -> Self {
        Self::new(Exact::from(value))
    }
}
