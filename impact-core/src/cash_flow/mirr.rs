//! The modified internal rate of return: one rate always, at the price of two more assumptions.

use super::error::CashFlowError;
use super::periodic::{PeriodicFlows, force, periods};
use std::iter::zip;

const MEASURE: &str = "mirr";

impl PeriodicFlows {
    /// The modified internal rate of return per period: what is paid is financed at one rate, what is received is
    /// reinvested at another until the last period.
    ///
    /// # Formula
    /// `(Σ received (1 + reinvestment)^(n − k) / Σ paid (1 + finance)^(−k))^(1/n) − 1`, with *n* the last period.
    ///
    /// # Errors
    /// A rate of −1 or less, infinite or not a number; nothing paid or nothing received.
    ///
    /// # Examples
    /// ```
    /// use impact_core::cash_flow::PeriodicFlows;
    /// let flows = PeriodicFlows::new([-100, 0, 121].map(Into::into));
    /// assert!((flows.mirr(0.08, 0.05)? - 0.1).abs() < 1e-15);
    /// # Ok::<(), impact_core::cash_flow::CashFlowError>(())
    /// ```
    pub fn mirr(&self, finance: f64, reinvestment: f64) -> Result<f64, CashFlowError> {
        let paid = self.ln_present(-1.0, force("finance rate", finance)?, "paid")?;
        let growth = force("reinvestment rate", reinvestment)?;
        let received = self.ln_present(1.0, growth, "received")?;
        // Where something is paid and something received there are two periods at least.
        let last = periods().take(self.flows().len()).last().unwrap_or(1.0).max(1.0);
        Ok(libm::expm1((received - paid) / last + growth))
    }

    /// The logarithm of the present value of the flows of one sign.
    fn ln_present(&self, sign: f64, force: f64, missing: &'static str) -> Result<f64, CashFlowError> {
        let flows = zip(periods(), self.floats()).filter(|(_, flow)| flow * sign > 0.0);
        let exponents: Vec<f64> = flows.map(|(time, flow)| libm::log(flow.abs()) - time * force).collect();
        // The largest term is taken out, so that no term overflows.
        let largest = exponents.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if exponents.is_empty() {
            return Err(CashFlowError::Missing { measure: MEASURE, missing });
        }
        let rest: f64 = exponents.iter().map(|exponent| libm::exp(exponent - largest)).sum();
        Ok(largest + libm::log(rest))
    }
}
