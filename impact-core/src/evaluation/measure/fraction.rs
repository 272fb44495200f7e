//! Fractions: every measure that sums decide, as one sum or as one over another.
//!
//! One rule: what stands above and below the line is said once, in any number type; only who needs the quotient divides.
//!
//! # Formula
//! `measure = above / below`, or `above` where nothing stands below. Both are linear in the sums, up to a constant.

use super::mvpf::Mvpf;
use super::{bcr, cashable_saving, mvpf, net_benefit_per_budget_krone, npv, present_value, sroi_ratio};
use crate::evaluation::figure::Absence;
use crate::evaluation::sums::Sums;
use crate::model::Measure;
use crate::number::{Exact, Number};
use crate::reference::NothingForNothing;
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
    /// What those the perspective counts would pay, public budgets left out.
    pub willingness: N,
    /// What all public budgets pay less what they save.
    pub public_cost: N,
    /// The same of the budgets that are asked about.
    pub budget_cost: N,
    /// What all public budgets pay out, nothing set off.
    pub programme: N,
    /// The net present value of society.
    pub society: N,
    /// Gains less losses, each weighted.
    pub weighted: N,
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
            Measure::Mvpf => over(beside.willingness, beside.public_cost),
            Measure::WillingnessToPay => sum(beside.willingness),
            Measure::NetPublicCost => sum(beside.budget_cost),
            Measure::CbaRatio => {
                let above = mvpf::over_programme(beside.willingness, beside.public_cost, beside.programme);
                over(above, beside.programme)
            }
            Measure::NetBenefitPerBudgetKrone => over(beside.society, beside.budget_cost),
            Measure::WeightedNpv => sum(beside.weighted),
            Measure::Payback
            | Measure::DiscountedPayback
            | Measure::Irr
            | Measure::FiscalPayback
            | Measure::DiscountedFiscalPayback
            | Measure::FiscalReturn
            | Measure::CostPerOutcome
            | Measure::GainPerUnit => None,
        }
    }
}

impl Fraction<Exact> {
    /// The exact value of a measure, where what stands below is above zero.
    pub fn value(self, measure: Measure, nothing: NothingForNothing) -> Result<Decimal, Absence> {
        let Some(below) = self.below else { return Ok(self.above.quantised().value()?) };
        let put_in = below.value()?;
        if measure == Measure::Mvpf {
            let found = Mvpf::of((self.above, below, Exact::ONE), nothing)?;
            if let Some(absence) = found.absence() {
                return Err(absence);
            }
        } else if put_in <= Decimal::ZERO {
            return Err(match measure {
                Measure::NetBenefitPerBudgetKrone => net_benefit_per_budget_krone::earned(put_in),
                _ => Absence::NoInputs { inputs: put_in.normalize() },
            });
        }
        Ok((self.above / below).quantised().value()?)
    }
}
