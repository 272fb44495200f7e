//! Tax-financing cost: what raising public money costs society, and of which outlay it is reckoned.

use crate::reference::words::words;
use crate::units::UnitError;
use rust_decimal::Decimal;

words! {
    /// Which public outlay the tax-financing cost is a share of.
    FinancingBase {
        /// What public budgets pay less what they gain, year by year.
        NetPublicOutlay = "net-public-outlay",
        /// What public budgets pay; what they gain is not set off.
        GrossPublicOutlay = "gross-public-outlay",
    }
}

/// What raising public money costs society.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct TaxFinancing {
    /// The cost per unit of the outlay.
    pub cost: TaxFinancingCost,
    /// The outlay.
    pub base: FinancingBase,
}

impl TaxFinancing {
    /// The cost per unit of the outlay.
    pub fn value(self) -> Decimal {
        self.cost.value()
    }
}

/// What raising one unit of tax costs society beyond the unit itself: 0.2 is 20 øre per krone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(transparent)]
pub struct TaxFinancingCost(Decimal);

impl TaxFinancingCost {
    /// The cost per unit of public outlay.
    ///
    /// # Errors
    /// A number below 0 or above 1.
    pub fn new(cost: Decimal) -> Result<Self, UnitError> {
        if (Decimal::ZERO..=Decimal::ONE).contains(&cost) {
            Ok(Self(cost))
        } else {
            Err(UnitError::OutOfRange {
                quantity: "tax-financing cost",
                value: cost.to_string(),
                expected: "between 0 and 1 (20 øre per krone is 0.2)",
            })
        }
    }

    /// The cost per unit of public outlay.
    pub fn value(self) -> Decimal {
        self.0
    }
}
