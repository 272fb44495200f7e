//! Flows a year (or any other equal period) apart, the first one today.

use super::error::CashFlowError;
use super::internal_rate::InternalRate;
use super::roots::{curve, internal_rate};
use crate::discount::{Schedule, Timing};
use crate::number::{Exact, Number};
use rust_decimal::Decimal;
use std::iter::zip;

/// Flows at equal periods: the first today, the next one period from today. Received is positive, paid negative.
///
/// # Examples
/// ```
/// use impact_core::cash_flow::PeriodicFlows;
/// let investment = PeriodicFlows::new([-100, 60, 60].map(Into::into));
/// let rate = investment.irr().unique().ok_or("one rate")?;
/// assert!((rate - 0.13066238629180753).abs() < 1e-15); // (3 + √69) / 10 − 1
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodicFlows {
    flows: Vec<Decimal>,
}

impl PeriodicFlows {
    /// The flows in order, zeros included.
    pub fn new(flows: impl IntoIterator<Item = Decimal>) -> Self {
        Self { flows: flows.into_iter().collect() }
    }

    /// The flows in order.
    pub fn flows(&self) -> &[Decimal] {
        &self.flows
    }

    /// The net present value today, exact to 12 decimals.
    ///
    /// # Formula
    /// `Σ Cₖ / Π₁..ₖ (1 + rⱼ)`, each term rounded to 12 decimals. The flow of period *k* is discounted by *k* steps of the
    /// schedule; today's is not discounted.
    ///
    /// # Errors
    /// A term or sum that 28 digits do not hold.
    ///
    /// # Examples
    /// ```
    /// use impact_core::cash_flow::PeriodicFlows;
    /// use impact_core::discount::Schedule;
    /// use impact_core::units::DiscountRate;
    /// let flows = PeriodicFlows::new([-100, 60, 60].map(Into::into));
    /// let quarter = Schedule::flat(DiscountRate::new("0.25".parse()?)?);
    /// assert_eq!(flows.npv(&quarter)?.to_string(), "-13.6"); // 48 + 38.4 − 100
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn npv(&self, schedule: &Schedule) -> Result<Decimal, CashFlowError> {
        let total: Exact = self.present_values(schedule).sum();
        total.value().map(|value| value.normalize()).map_err(|fault| CashFlowError::TooLarge { measure: "npv", fault })
    }

    /// The net present value at one rate for all periods, of flows that fall at the start, in the middle or at the end of their
    /// period, exact to 12 decimals. With [`Timing::Start`] the first flow is today's, as [`PeriodicFlows::irr`] counts; with
    /// [`Timing::End`] it comes a period from today, as spreadsheet programs count in their NPV.
    ///
    /// # Formula
    /// `Σ Cₖ (1 + r)^(−k − d)` over *k = 0, 1, …* with *d* 0, ½ or 1; each term rounded to 12 decimals.
    ///
    /// # Errors
    /// A rate of −1 or less; a term or sum that 28 digits do not hold.
    ///
    /// # Examples
    /// ```
    /// use impact_core::cash_flow::PeriodicFlows;
    /// use impact_core::discount::Timing;
    /// let flows = PeriodicFlows::new([-100, 60, 60].map(Into::into));
    /// let quarter = "0.25".parse()?;
    /// assert_eq!(flows.npv_at_one_rate(quarter, Timing::Start)?.to_string(), "-13.6");
    /// assert_eq!(flows.npv_at_one_rate(quarter, Timing::End)?.to_string(), "-10.88"); // −13.6 / 1.25
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn npv_at_one_rate(&self, rate: Decimal, timing: Timing) -> Result<Decimal, CashFlowError> {
        if rate <= Decimal::NEGATIVE_ONE {
            return Err(CashFlowError::Rate { quantity: "rate", value: rate.to_string() });
        }
        let growth = Exact::ONE + Exact::from(rate);
        let first = match timing {
            Timing::Start => Exact::ONE,
            Timing::Middle => Exact::ONE / growth.square_root(),
            Timing::End => Exact::ONE / growth,
        };
        let mut factor = first;
        let present = self.flows.iter().map(|flow| {
            let term = (Exact::from(*flow) * factor).quantised();
            factor = factor / growth;
            term
        });
        let total: Exact = present.sum();
        total.value().map(|value| value.normalize()).map_err(|fault| CashFlowError::TooLarge { measure: "npv", fault })
    }

    /// Each flow discounted to today and rounded to 12 decimals.
    pub(super) fn present_values(&self, schedule: &Schedule) -> impl Iterator<Item = Exact> {
        zip(&self.flows, factors(schedule)).map(|(flow, factor)| (Exact::from(*flow) * factor).quantised())
    }

    /// The net present value today at any rate above −100 %, as a float.
    ///
    /// # Formula
    /// `Σ Cₖ (1 + r)^(−k)`
    ///
    /// # Errors
    /// A rate of −1 or less, infinite or not a number; a value that no float holds.
    pub fn npv_at(&self, rate: f64) -> Result<f64, CashFlowError> {
        present_value(zip(periods(), self.floats()), "rate", rate, "npv")
    }

    /// The internal rate of return per period: every rate at which the net present value is zero.
    ///
    /// # Formula
    /// `Σ Cₖ (1 + r)^(−k) = 0`, solved for `r` from [`LOWEST_GROWTH`](super::LOWEST_GROWTH)` − 1` to
    /// [`HIGHEST_GROWTH`](super::HIGHEST_GROWTH)` − 1`. Two roots that rounding of the net present value cannot tell apart
    /// are given as one that touches. The time taken grows with flows × changes of sign.
    ///
    /// # Examples
    /// ```
    /// use impact_core::cash_flow::{InternalRate, NoRate, PeriodicFlows};
    /// let flows = |amounts: [i32; 3]| PeriodicFlows::new(amounts.map(Into::into));
    /// assert_eq!(flows([-100, 0, 121]).irr().unique().map(|rate| (rate * 1e12).round()), Some(1e11));
    /// assert_eq!(flows([-100, 60, -10]).irr(), InternalRate::None(NoRate::NeverZero));
    /// assert_eq!(flows([10, 0, 20]).irr(), InternalRate::None(NoRate::OnlyReceived));
    /// ```
    pub fn irr(&self) -> InternalRate {
        let times: Vec<f64> = periods().take(self.flows.len()).collect();
        let amounts: Vec<f64> = self.floats().collect();
        settled(internal_rate(&curve(&times, &amounts)), &self.flows)
    }

    pub(super) fn floats(&self) -> impl Iterator<Item = f64> {
        self.flows.iter().map(|flow| float(*flow))
    }
}

/// 0, 1, 2, … as floats.
pub(super) fn periods() -> impl Iterator<Item = f64> {
    (0_u32..).map(f64::from)
}

/// Discount factors of the end of period 0, 1, 2, …
pub(super) fn factors(schedule: &Schedule) -> impl Iterator<Item = Exact> {
    let growth = (1_i32..).map(|step| Exact::ONE + Exact::from(schedule.rate(step).value()));
    let accumulated = growth.scan(Exact::ONE, |product, growth| {
        *product = *product * growth;
        Some(Exact::ONE / *product)
    });
    std::iter::once(Exact::ONE).chain(accumulated)
}

/// The float nearest to a decimal.
pub(super) fn float(amount: Decimal) -> f64 {
    // A decimal's own text is the one way that is rounded once.
    amount.to_string().parse().unwrap_or_default()
}

/// The status with a root at zero where the flows add up to exactly nothing.
pub(super) fn settled(status: InternalRate, flows: &[Decimal]) -> InternalRate {
    let total: Exact = flows.iter().copied().map(Exact::from).sum();
    if total.value() == Ok(Decimal::ZERO) { status.with_zero() } else { status }
}

/// The present value of flows at times, as a float.
pub(super) fn present_value(
    flows: impl Iterator<Item = (f64, f64)>,
    quantity: &'static str,
    rate: f64,
    measure: &'static str,
) -> Result<f64, CashFlowError> {
    let force = force(quantity, rate)?;
    let value: f64 = flows.map(|(time, amount)| amount * libm::exp(-time * force)).sum();
    let fault = crate::number::Fault::Overflow;
    if value.is_finite() { Ok(value) } else { Err(CashFlowError::TooLarge { measure, fault }) }
}

/// `ln(1 + rate)` of a rate above −100 %.
pub(super) fn force(quantity: &'static str, rate: f64) -> Result<f64, CashFlowError> {
    if rate > -1.0 && rate.is_finite() {
        Ok(libm::log1p(rate))
    } else {
        Err(CashFlowError::Rate { quantity, value: rate.to_string() })
    }
}
