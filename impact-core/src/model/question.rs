//! Questions: which measure, seen by whom.
//!
//! One rule: measures have one set of names in the library, the document, Python and the command line.

use std::fmt;
use std::str::FromStr;

/// A figure that can be asked of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Measure {
    /// Present value of gains less losses.
    Npv,
    /// Present value of the outcomes, harms deducted.
    PresentValueOutcomes,
    /// Present value of the resources put in.
    PresentValueInputs,
    /// Present value of the SROI claims over the inputs.
    SroiRatio,
    /// The SROI ratio less one: (PV − I) / I.
    SroiNetRatio,
    /// Present value of gains over present value of inputs, after tax-financing cost.
    Bcr,
    /// Present value of what releases money in budgets.
    CashableSaving,
    /// Years until the cumulative net gain, undiscounted, is back at zero and stays there.
    Payback,
    /// Years until the cumulative net gain, discounted, is back at zero and stays there.
    DiscountedPayback,
    /// The rate at which the net present value of the yearly net gains is zero.
    Irr,
    /// The net present value as the same amount in every year appraised.
    EquivalentAnnualValue,
    /// Inputs over the units of an outcome, neither discounted.
    CostPerOutcome,
    /// Present value of an outcome over the units of it that start.
    GainPerUnit,
    /// What people would pay over the net cost to all public budgets: the marginal value of public funds.
    Mvpf,
    /// Present value of what people would pay.
    WillingnessToPay,
    /// Present value of what public budgets pay less what they save.
    NetPublicCost,
    /// One and what people would pay less the net cost to public budgets, over what those pay out for the programme.
    CbaRatio,
    /// Society's net present value over the net cost to public budgets.
    NetBenefitPerBudgetKrone,
    /// Years until a public budget's cumulative net saving, undiscounted, is back at zero and stays there.
    FiscalPayback,
    /// The same, discounted.
    DiscountedFiscalPayback,
    /// The rate at which the net present value of a public budget's yearly net savings is zero.
    FiscalReturn,
    /// Present value of gains less losses, each weighted by the income of whom it falls on.
    WeightedNpv,
}

/// Names of the measures, in the order reports show them.
const MEASURES: [(Measure, &str); 22] = [
    (Measure::Npv, "npv"),
    (Measure::PresentValueOutcomes, "present_value_outcomes"),
    (Measure::PresentValueInputs, "present_value_inputs"),
    (Measure::SroiRatio, "sroi_ratio"),
    (Measure::SroiNetRatio, "sroi_net_ratio"),
    (Measure::Bcr, "bcr"),
    (Measure::CashableSaving, "cashable_saving"),
    (Measure::Payback, "payback"),
    (Measure::DiscountedPayback, "discounted_payback"),
    (Measure::Irr, "irr"),
    (Measure::EquivalentAnnualValue, "equivalent_annual_value"),
    (Measure::CostPerOutcome, "cost_per_outcome"),
    (Measure::GainPerUnit, "gain_per_unit"),
    (Measure::Mvpf, "mvpf"),
    (Measure::WillingnessToPay, "willingness_to_pay"),
    (Measure::NetPublicCost, "net_public_cost"),
    (Measure::CbaRatio, "cba_ratio"),
    (Measure::NetBenefitPerBudgetKrone, "net_benefit_per_budget_krone"),
    (Measure::FiscalPayback, "fiscal_payback"),
    (Measure::DiscountedFiscalPayback, "discounted_fiscal_payback"),
    (Measure::FiscalReturn, "fiscal_return"),
    (Measure::WeightedNpv, "weighted_npv"),
];

/// What is wrong with a question.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QuestionError {
    /// No measure has this name.
    #[error("`{name}` is not a measure: ask for one of {}", known_measures())]
    UnknownMeasure {
        /// The name as given.
        name: String,
    },
    /// No holder of the model has this id.
    #[error("`{id}` is no holder of this model: choose among society, public, {known}")]
    UnknownHolder {
        /// The id as given.
        id: String,
        /// The holders of the model.
        known: String,
    },
    /// No outcome of the model has this id.
    #[error("`{id}` is no outcome of this model: choose among {known}")]
    UnknownOutcome {
        /// The id as given.
        id: String,
        /// The outcomes of the model.
        known: String,
    },
}

fn known_measures() -> String {
    Measure::all().map(|measure| measure.name()).collect::<Vec<_>>().join(", ")
}

impl Measure {
    /// Whether it is asked of one outcome.
    pub fn is_of_an_outcome(self) -> bool {
        matches!(self, Self::CostPerOutcome | Self::GainPerUnit)
    }

    /// The value above which it says that the intervention pays: zero for a net gain and its rate, one for a ratio of gains to
    /// inputs. None for a measure that counts one side only, or years.
    pub fn threshold(self) -> Option<f64> {
        match self {
            Self::Npv
            | Self::SroiNetRatio
            | Self::CashableSaving
            | Self::Irr
            | Self::EquivalentAnnualValue
            | Self::GainPerUnit
            | Self::WillingnessToPay
            | Self::NetBenefitPerBudgetKrone
            | Self::FiscalReturn
            | Self::WeightedNpv => Some(0.0),
            Self::SroiRatio | Self::Bcr | Self::Mvpf | Self::CbaRatio => Some(1.0),
            Self::PresentValueOutcomes
            | Self::PresentValueInputs
            | Self::Payback
            | Self::DiscountedPayback
            | Self::CostPerOutcome
            | Self::NetPublicCost
            | Self::FiscalPayback
            | Self::DiscountedFiscalPayback => None,
        }
    }

    /// Whether it is of what the perspective gains and loses in each year, budgets or all.
    pub(crate) fn is_of_years(self) -> bool {
        let all = matches!(self, Self::Payback | Self::DiscountedPayback | Self::Irr);
        all || self.is_of_budget_years()
    }

    /// Whether it is one sum over another that may come near to zero.
    pub(crate) fn is_a_ratio(self) -> bool {
        let of_inputs = matches!(self, Self::SroiRatio | Self::SroiNetRatio | Self::Bcr);
        of_inputs || matches!(self, Self::Mvpf | Self::CbaRatio | Self::NetBenefitPerBudgetKrone)
    }

    /// Whether it is of what public budgets pay and save in each year.
    pub(crate) fn is_of_budget_years(self) -> bool {
        matches!(self, Self::FiscalPayback | Self::DiscountedFiscalPayback | Self::FiscalReturn)
    }

    /// All measures in the order reports show them.
    pub fn all() -> impl Iterator<Item = Measure> {
        MEASURES.iter().map(|(measure, _)| *measure)
    }

    /// The name, the same everywhere.
    pub fn name(self) -> &'static str {
        MEASURES.iter().find(|(measure, _)| *measure == self).map_or("", |(_, name)| name)
    }
}

impl FromStr for Measure {
    type Err = QuestionError;

    fn from_str(name: &str) -> Result<Self, QuestionError> {
        let found = MEASURES.iter().find(|(_, known)| *known == name);
        found.map(|(measure, _)| *measure).ok_or_else(|| QuestionError::UnknownMeasure { name: name.to_owned() })
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl serde::Serialize for Measure {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Whose gains and losses are counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Perspective {
    /// Everybody who has standing: transfers cancel, tax-financing cost counts.
    #[default]
    Society,
    /// The same with those who have no standing.
    Everybody,
    /// All public budgets together.
    Public,
    /// One holder, by its id.
    Holder(String),
}

impl Perspective {
    /// The perspective by its name: `society`, `public`, `everybody`, or the id of a holder.
    pub fn named(name: &str) -> Self {
        match name {
            "society" => Self::Society,
            "public" => Self::Public,
            "everybody" => Self::Everybody,
            id => Self::Holder(id.to_owned()),
        }
    }
}

impl fmt::Display for Perspective {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Perspective::Society => "society",
            Perspective::Public => "public",
            Perspective::Everybody => "everybody",
            Perspective::Holder(id) => id,
        })
    }
}

impl serde::Serialize for Perspective {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A measure from a perspective; for cost per outcome, of one outcome.
///
/// # Examples
/// ```
/// use impact_core::model::{Measure, Perspective, Question};
/// let question = Question::new(Measure::Npv).seen_by(Perspective::Public);
/// assert_eq!(question.to_string(), "npv for public");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize)]
pub struct Question {
    /// The figure.
    pub measure: Measure,
    /// Whose.
    pub perspective: Perspective,
    /// The outcome, for a measure that [is of one](Measure::is_of_an_outcome); may be left out where the model has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
}

impl Question {
    /// A measure for society.
    pub fn new(measure: Measure) -> Self {
        Self { measure, perspective: Perspective::Society, outcome: None }
    }

    /// The same measure from another perspective.
    pub fn seen_by(self, perspective: Perspective) -> Self {
        Self { perspective, ..self }
    }

    /// The same measure of one outcome.
    pub fn of_outcome(self, id: impl Into<String>) -> Self {
        Self { outcome: Some(id.into()), ..self }
    }
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} for {}", self.measure, self.perspective)?;
        match &self.outcome {
            Some(outcome) => write!(f, " of {outcome}"),
            None => Ok(()),
        }
    }
}
