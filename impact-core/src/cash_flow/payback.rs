//! Payback: how long until what was paid has come back for good.
//!
//! One rule: a balance that is recovered and lost again is not paid back.

use super::error::CashFlowError;
use super::periodic::PeriodicFlows;
use crate::discount::Schedule;
use crate::number::Exact;
use crate::units::Label;
use rust_decimal::Decimal;

/// What happens within the period in which the balance turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaybackRule {
    /// Paid back at the end of the period.
    WholePeriods,
    /// The period's discounted flow comes evenly through the period that ends with it: part of a period is counted.
    EvenWithinPeriod,
}

/// The answer to "when is it paid back".
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Payback {
    /// After so many periods from the first flow.
    After(Decimal),
    /// Not within the flows: the balance at their end.
    Never {
        /// The discounted balance after the last flow, below zero.
        standing: Decimal,
    },
    /// The balance is never below zero.
    NothingToPayBack,
}

impl Payback {
    /// The periods, where it is paid back.
    pub fn periods(&self) -> Option<Decimal> {
        match self {
            Self::After(periods) => Some(*periods),
            Self::Never { .. } | Self::NothingToPayBack => None,
        }
    }

    /// Why there are none.
    pub fn reason(&self) -> Option<Label> {
        match self {
            Self::After(_) => None,
            Self::Never { standing } => Some(Label::both(
                format!("it is not paid back: after the last flow the balance stands at {}", standing.round_dp(2)),
                format!("det er ikke tjent inn: etter siste beløp er saldoen {}", standing.round_dp(2)),
            )),
            Self::NothingToPayBack => Some(Label::both(
                "there is nothing to pay back: the balance is never below zero",
                "det er ingenting å tjene inn: saldoen er aldri under null",
            )),
        }
    }
}

impl PeriodicFlows {
    /// The discounted payback period, counted from the first flow; with a schedule of zero the plain one.
    ///
    /// # Formula
    /// With balances `Bₖ = Σⱼ≤ₖ PV(Cⱼ)` and *p* the last period with `Bₚ < 0`: `p + 1` in whole periods, or
    /// `p + (−Bₚ) / PV(Cₚ₊₁)` where flows come evenly. Present values are rounded to 12 decimals.
    ///
    /// # Errors
    /// A balance that 28 digits do not hold.
    ///
    /// # Examples
    /// ```
    /// use impact_core::cash_flow::{Payback, PaybackRule, PeriodicFlows};
    /// use impact_core::discount::Schedule;
    /// use impact_core::units::DiscountRate;
    /// let flows = PeriodicFlows::new([-100, 50, 125].map(Into::into));
    /// let quarter = Schedule::flat(DiscountRate::new("0.25".parse()?)?);
    /// // Balances −100, −60, +20: three quarters of the second period.
    /// assert_eq!(flows.payback(&quarter, PaybackRule::EvenWithinPeriod)?, Payback::After("1.75".parse()?));
    /// assert_eq!(flows.payback(&quarter, PaybackRule::WholePeriods)?, Payback::After(2.into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn payback(&self, schedule: &Schedule, rule: PaybackRule) -> Result<Payback, CashFlowError> {
        let balances = self.balances(schedule)?;
        let Some(last) = balances.iter().rposition(|balance| *balance < Decimal::ZERO) else {
            return Ok(Payback::NothingToPayBack);
        };
        let below = balances.get(last).copied().unwrap_or_default();
        let Some(recovered) = balances.get(last.saturating_add(1)) else {
            return Ok(Payback::Never { standing: below.normalize() });
        };
        let periods = Exact::from(Decimal::from(last));
        let part = match rule {
            PaybackRule::WholePeriods => Exact::ONE,
            PaybackRule::EvenWithinPeriod => Exact::from(below.abs()) / (Exact::from(*recovered) - Exact::from(below)),
        };
        (periods + part).value().map(|periods| Payback::After(periods.normalize())).map_err(too_large)
    }

    fn balances(&self, schedule: &Schedule) -> Result<Vec<Decimal>, CashFlowError> {
        let running = self.present_values(schedule).scan(Exact::ZERO, |balance, flow| {
            *balance = *balance + flow;
            Some(*balance)
        });
        running.map(|balance| balance.value().map_err(too_large)).collect()
    }
}

fn too_large(fault: crate::number::Fault) -> CashFlowError {
    CashFlowError::TooLarge { measure: "payback", fault }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::DiscountRate;

    fn payback(flows: &[i32], rate: &str, rule: PaybackRule) -> Payback {
        let schedule = Schedule::flat(DiscountRate::new(rate.parse().unwrap()).unwrap());
        PeriodicFlows::new(flows.iter().map(|flow| Decimal::from(*flow))).payback(&schedule, rule).unwrap()
    }

    #[test]
    fn a_balance_of_exactly_zero_is_paid_back() {
        for rule in [PaybackRule::WholePeriods, PaybackRule::EvenWithinPeriod] {
            assert_eq!(payback(&[-100, 0, 121], "0.1", rule), Payback::After(2.into()));
        }
    }

    #[test]
    fn a_balance_that_is_lost_again_is_not_paid_back() {
        let lost = payback(&[-10, 20, -30, 5], "0", PaybackRule::EvenWithinPeriod);
        assert_eq!(lost, Payback::Never { standing: (-15).into() });
        let regained = payback(&[-10, 20, -30, 40], "0", PaybackRule::EvenWithinPeriod);
        assert_eq!(regained, Payback::After("2.5".parse().unwrap()));
    }

    #[test]
    fn nothing_paid_is_nothing_to_pay_back() {
        assert_eq!(payback(&[0, 5], "0.04", PaybackRule::WholePeriods), Payback::NothingToPayBack);
        assert_eq!(payback(&[], "0.04", PaybackRule::WholePeriods), Payback::NothingToPayBack);
    }
}
