//! Sides: everything a measure that sums decide looks at: what the perspective sees, and what stands beside it.
//!
//! One rule: the exact appraisal, the fast totals and the kernel all ask here, so that a measure has one meaning.

use super::figure::Absence;
use super::line::{Class, Line};
use super::measure::{Beside, Fraction};
use super::plan::Sign;
use super::sums::{LineTotal, Sums};
use super::view::View;
use super::weights::Weights;
use crate::model::{HolderKind, Measure, Model, Perspective, Question, QuestionError};
use crate::number::Number;
use crate::reference::Denominator;

/// The views behind one question.
pub(crate) struct Sides {
    pub seen: View,
    /// Whose resources stand below the line of an SROI ratio.
    sroi: View,
    /// Whose net present value stands over a budget krone.
    society: View,
    /// All public budgets, and those the question is about.
    public: View,
    budgets: View,
    weights: Option<Weights>,
    years_sum_of: Measure,
}

impl Sides {
    pub fn of(model: &Model, question: &Question) -> Result<Self, QuestionError> {
        let perspective = &question.perspective;
        let seen = View::new(model, perspective)?;
        let everybody = View::of_all_inputs(model, perspective)?;
        let public = View::new(model, &Perspective::Public)?;
        let of_all = matches!(perspective, Perspective::Society | Perspective::Everybody);
        let society = if of_all { perspective } else { &Perspective::Society };
        Ok(Self {
            sroi: match model.convention().ratios.denominator {
                Denominator::AllInputs => everybody,
                Denominator::Payer => seen.clone(),
            },
            society: View::new(model, society)?,
            budgets: if of_all { public.clone() } else { seen.clone() },
            public,
            seen,
            weights: Weights::of(model),
            years_sum_of: question.measure,
        })
    }

    /// The measure of these lines, where sums decide it; none for one that needs the years or an outcome.
    pub fn fraction<N: Number>(&self, lines: &[Line], totals: &[LineTotal<N>], years: N) -> Option<Fraction<N>> {
        use Measure::{CbaRatio, Mvpf, NetBenefitPerBudgetKrone, NetPublicCost, SroiNetRatio, SroiRatio, WeightedNpv};
        let measure = self.years_sum_of;
        let zero = N::zero;
        let seen = Sums::of(lines, totals, &self.seen);
        let mut beside = Beside {
            sroi_inputs: zero(),
            years,
            willingness: zero(),
            public_cost: zero(),
            budget_cost: zero(),
            programme: zero(),
            society: zero(),
            weighted: zero(),
        };
        match measure {
            SroiRatio | SroiNetRatio => beside.sroi_inputs = Sums::of(lines, totals, &self.sroi).inputs,
            Mvpf | CbaRatio | Measure::WillingnessToPay => {
                beside.willingness = added(lines, totals, |line| self.seen.willing_sign(line));
                beside.public_cost = zero() - added(lines, totals, |line| self.public.money_sign(line));
                beside.programme = added(lines, totals, |line| paid_out(line, &self.public));
            }
            NetPublicCost | NetBenefitPerBudgetKrone => {
                beside.budget_cost = zero() - added(lines, totals, |line| self.budgets.money_sign(line));
                beside.society = Sums::of(lines, totals, &self.society).net();
            }
            WeightedNpv => {
                if let Some(weights) = &self.weights {
                    beside.weighted = lines.iter().zip(totals).fold(zero(), |sum, (line, total)| {
                        sum + (total.present_value * weights.seen_by(&self.seen, line)).quantised()
                    });
                }
            }
            _ => {}
        }
        Fraction::of(measure, &seen, &beside)
    }
}

/// What some lines come to, each with its sign.
fn added<N: Number>(lines: &[Line], totals: &[LineTotal<N>], sign: impl Fn(&Line) -> Sign) -> N {
    lines.iter().zip(totals).fold(N::zero(), |sum, (line, total)| match sign(line) {
        Sign::Plus => sum + total.present_value,
        Sign::Minus => sum - total.present_value,
        Sign::None => sum,
    })
}

/// Plus where public budgets pay for resources or to somebody else.
pub(super) fn paid_out(line: &Line, public: &View) -> Sign {
    match (line.summed_as(), public.money_sign(line)) {
        (Class::Cost | Class::Transfer, Sign::Minus) => Sign::Plus,
        _ => Sign::None,
    }
}

/// Why a question has no answer whatever the numbers: who is asked about, or what the document leaves out.
pub(crate) fn never(model: &Model, question: &Question, view: &View) -> Option<Absence> {
    let perspective = &question.perspective;
    let of_all = matches!(perspective, Perspective::Society | Perspective::Everybody);
    match question.measure {
        Measure::CashableSaving if !view.has_budget() => Some(Absence::no_budget("cashable saving", perspective)),
        Measure::Mvpf | Measure::WillingnessToPay | Measure::CbaRatio if !view.has_others() => {
            Some(Absence::NoWillingness { perspective: perspective.to_string() })
        }
        Measure::Mvpf | Measure::CbaRatio | Measure::NetPublicCost | Measure::NetBenefitPerBudgetKrone
            if of_all && !has_public(model) =>
        {
            Some(Absence::no_budget("net cost", perspective))
        }
        Measure::NetPublicCost | Measure::NetBenefitPerBudgetKrone if !view.has_budget() => {
            Some(Absence::no_budget("net cost", perspective))
        }
        measure if measure.is_of_budget_years() && (of_all || !view.has_budget()) => {
            Some(Absence::no_budget("budget", perspective))
        }
        Measure::WeightedNpv if model.weighting().is_none() => Some(Absence::NoWeights),
        _ => None,
    }
}

impl Model {
    /// Why a question has no answer whatever the numbers.
    pub(crate) fn never(&self, question: &Question) -> Option<Absence> {
        never(self, question, &View::new(self, &question.perspective).ok()?)
    }
}

fn has_public(model: &Model) -> bool {
    model.holders().iter().any(|holder| holder.kind == HolderKind::Public)
}
