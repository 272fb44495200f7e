//! What comes back in all, and for every krone paid: total and multiple on invested capital.
//!
//! One rule: neither knows time; a multiple without the years it took says little.

use super::dated::DatedFlows;
use super::error::CashFlowError;
use super::periodic::PeriodicFlows;
use crate::number::Exact;
use rust_decimal::Decimal;

impl PeriodicFlows {
    /// The sum of all flows.
    ///
    /// # Errors
    /// A sum that 28 digits do not hold.
    pub fn total(&self) -> Result<Decimal, CashFlowError> {
        total(self.flows().iter().copied())
    }

    /// The multiple on invested capital: all that is received over all that is paid.
    ///
    /// # Formula
    /// `MOIC = Σ max(C, 0) / Σ max(−C, 0)`
    ///
    /// # Errors
    /// Nothing paid; sums that 28 digits do not hold.
    ///
    /// # Examples
    /// ```
    /// use impact_core::cash_flow::PeriodicFlows;
    /// let flows = PeriodicFlows::new([-100, -100, 50, 200].map(Into::into));
    /// assert_eq!(flows.moic()?.to_string(), "1.25");
    /// assert_eq!(flows.total()?.to_string(), "50");
    /// # Ok::<(), impact_core::cash_flow::CashFlowError>(())
    /// ```
    pub fn moic(&self) -> Result<Decimal, CashFlowError> {
        multiple(self.flows().iter().copied())
    }
}

impl DatedFlows {
    /// The sum of all flows.
    ///
    /// # Errors
    /// A sum that 28 digits do not hold.
    pub fn total(&self) -> Result<Decimal, CashFlowError> {
        total(self.flows().iter().map(|(_, amount)| *amount))
    }

    /// The multiple on invested capital, as [`PeriodicFlows::moic`].
    ///
    /// # Errors
    /// Nothing paid; sums that 28 digits do not hold.
    pub fn moic(&self) -> Result<Decimal, CashFlowError> {
        multiple(self.flows().iter().map(|(_, amount)| *amount))
    }
}

fn total(flows: impl Iterator<Item = Decimal>) -> Result<Decimal, CashFlowError> {
    let total: Exact = flows.map(Exact::from).sum();
    total.value().map_err(|fault| CashFlowError::TooLarge { measure: "total", fault })
}

fn multiple(flows: impl Iterator<Item = Decimal>) -> Result<Decimal, CashFlowError> {
    const MEASURE: &str = "moic";
    let (mut received, mut paid) = (Exact::ZERO, Exact::ZERO);
    for flow in flows {
        if flow > Decimal::ZERO {
            received = received + Exact::from(flow);
        } else {
            paid = paid + Exact::from(flow.abs());
        }
    }
    if paid == Exact::ZERO {
        return Err(CashFlowError::Missing { measure: MEASURE, missing: "paid" });
    }
    let multiple = (received / paid).value().map(|value| value.normalize());
    multiple.map_err(|fault| CashFlowError::TooLarge { measure: MEASURE, fault })
}
