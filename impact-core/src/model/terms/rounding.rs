//! Rounding: how an amount becomes money.

use crate::number::Fault;
use rust_decimal::{Decimal, RoundingStrategy};

/// To which amount, and by which rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounding {
    /// The smallest amount that is paid: 0.01 for øre, 1 for whole kroner.
    pub to: Decimal,
    /// What happens between two.
    pub rule: RoundingRule,
}

/// What happens to an amount between two that can be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoundingRule {
    /// To the nearest; halves away from zero.
    HalfUp,
    /// To the nearest; halves to the even one.
    HalfEven,
    /// Towards zero.
    Down,
    /// Away from zero.
    Up,
}

impl Rounding {
    /// The amount that is paid.
    ///
    /// # Errors
    /// [`Fault::Overflow`] where the amount has more digits than 28 in units that small.
    ///
    /// # Examples
    /// ```
    /// use impact_core::model::terms::{Rounding, RoundingRule};
    /// let krone = Rounding { to: 1.into(), rule: RoundingRule::HalfUp };
    /// assert_eq!(krone.of("2.5".parse()?), Ok(3.into()));
    /// assert_eq!(Rounding { rule: RoundingRule::HalfEven, ..krone }.of("2.5".parse()?), Ok(2.into()));
    /// # Ok::<(), rust_decimal::Error>(())
    /// ```
    pub fn of(&self, amount: Decimal) -> Result<Decimal, Fault> {
        let strategy = match self.rule {
            RoundingRule::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            RoundingRule::HalfEven => RoundingStrategy::MidpointNearestEven,
            RoundingRule::Down => RoundingStrategy::ToZero,
            RoundingRule::Up => RoundingStrategy::AwayFromZero,
        };
        // A unit that is no power of ten is divided out; one that is not above zero is refused when it is read.
        let units = amount.checked_div(self.to).map(|units| units.round_dp_with_strategy(0, strategy));
        units.and_then(|units| units.checked_mul(self.to)).ok_or(Fault::Overflow)
    }
}
