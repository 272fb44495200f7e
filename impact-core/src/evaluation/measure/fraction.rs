//! Fractions: every measure that sums decide, as one sum or as one over another.
//!
//! One rule: what stands above and below the line is said once, in any number type; only who needs the quotient divides.
//!
//! # Formula
//! `measure = above / below`, or `above` where nothing stands below. Both are linear in the sums, up to a constant.

use super::{bcr, cashable_saving, npv, present_value, sroi_ratio};
use crate::evaluation::figure::Absence;
use crate::evaluation::sums::Sums;
use crate::model::Measure;
use crate::number::{Exact, Number};
use rust_decimal::Decimal;

/// A sum, or one sum over another that must be above zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fraction<N> {
    pub above: N,
    pub below: Option<N>,
}

/// What some measures divide by, beside the sums of the perspective.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Beside<N> {
    /// The inputs that stand below the line of an SROI ratio.
    pub sroi_inputs: N,
    /// The discount factors of the years appraised, added up.
    pub years: N,
}

impl<N: Number> Fraction<N> {
    /// A measure of these sums; none for one that needs the years or an outcome.
    pub fn of(measure: Measure, seen: &Sums<N>, beside: &Beside<N>) -> Option<Self> {
        let sum = |above| Some(Self { above, below: None });
        let over = |above, below| Some(Self { above, below: Some(below) });
        match measure {
            Measure::Npv => sum(npv::npv(seen)),
            Measure::PresentValueOutcomes => sum(present_value::outcomes(seen)),
            Measure::PresentValueInputs => sum(present_value::inputs(seen)),
            Measure::CashableSaving => sum(cashable_saving::cashable_saving(seen)),
            Measure::SroiRatio => over(sroi_ratio::gross(seen), beside.sroi_inputs),
            Measure::SroiNetRatio => over(sroi_ratio::net(seen, beside.sroi_inputs), beside.sroi_inputs),
            Measure::Bcr => over(bcr::gains(seen), seen.inputs),
            Measure::EquivalentAnnualValue => over(npv::npv(seen), beside.years),
            Measure::Payback
            | Measure::DiscountedPayback
            | Measure::Irr
            | Measure::CostPerOutcome
            | Measure::GainPerUnit => None,
        }
    }
}

impl Fraction<Exact> {
    /// The exact value, where what stands below is above zero.
    pub fn value(self) -> Result<Decimal, Absence> {
        let Some(below) = self.below else { return Ok(self.above.quantised().value()?) };
        let put_in = below.value()?;
        if put_in <= Decimal::ZERO {
            return Err(Absence::NoInputs { inputs: put_in.normalize() });
        }
        Ok((self.above / below).quantised().value()?)
    }
}
