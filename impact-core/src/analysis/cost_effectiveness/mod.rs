//! Cost-effectiveness: several options against a comparator, and which of them are worth choosing between.
//!
//! One rule: an option is judged against every other, not only against the comparator: what another gives more of for no more
//! money is dominated, and so is what a mix of two others gives for less.
//!
//! # Formula
//! ```text
//! cost                = present value of the inputs, or of the net cost to public budgets
//! units               = Σ causal units of the outcome in each year (· DF of the year, where units are discounted)
//! against comparator  = (cost − cost of comparator) / (units − units of comparator)
//! strictly dominated  : another option costs no more and gives no less, and differs
//! extendedly dominated: of the others, in the order of their units, a step to it costs more a unit than the step after it
//! frontier            : what is left; each costs more a unit than the one before, counted from that one
//! ```
//!
//! # References
//! The usual rules of incremental cost-effectiveness analysis in health economics.

mod frontier;

pub use frontier::{Place, places};

use crate::evaluation::{Absence, Appraisal};
use crate::model::{Measure, Perspective, Question, QuestionError};
use crate::number::{Exact, Fault, Number};
use crate::units::{Currency, Label, PriceYear, Unit, Year};
use rust_decimal::Decimal;

/// What is asked of several options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EffectivenessQuestion {
    /// The outcome whose units are counted, by its id in every model; may be left out where each has one.
    pub outcome: Option<String>,
    /// Whose cost.
    pub perspective: Perspective,
    /// What of it is counted.
    pub cost: CostCounted,
    /// Whether units of later years count for less, as money does.
    pub discount_units: bool,
}

/// Which cost stands over the units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CostCounted {
    /// Resources paid for by the perspective.
    #[default]
    Inputs,
    /// What public budgets pay less what they save: those of the perspective, for society all of them.
    NetPublicCost,
}

/// Several options side by side.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct CostEffectiveness {
    /// What is counted; none where no option has an outcome.
    pub unit: Option<Unit>,
    /// The currency of all amounts.
    pub currency: Currency,
    /// Their price level.
    pub price_year: PriceYear,
    /// The year they are present values of.
    pub present_value_year: Year,
    /// Whose cost.
    pub perspective: Perspective,
    /// What of it is counted.
    pub cost: CostCounted,
    /// The position of the comparator.
    pub comparator: usize,
    /// Whether the options follow different conventions, so that part of a difference may be theirs.
    pub unlike_conventions: bool,
    /// The options, in the order they were given.
    pub options: Vec<OptionRow>,
}

/// An option.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct OptionRow {
    /// What the model is called.
    pub name: Label,
    /// The conventions it follows.
    pub conventions: String,
    /// The cost.
    pub cost: Decimal,
    /// The units.
    pub units: Decimal,
    /// What it costs more than the comparator.
    pub more_cost: Decimal,
    /// What it gives more than the comparator.
    pub more_units: Decimal,
    /// What that makes of it.
    pub against: Against,
    /// Cost of a unit more (or saving for a unit less) than the comparator, where it is one.
    pub per_unit: Option<Decimal>,
    /// Where it stands among all options.
    #[serde(flatten)]
    pub place: Place,
}

/// An option against the comparator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Against {
    /// It is the comparator, or the same in cost and units.
    Same,
    /// More units at a higher cost: so much a unit.
    CostsAndGives,
    /// Fewer units at a lower cost: so much saved for each unit given up.
    SavesAndLoses,
    /// No fewer units at no higher cost.
    Dominates,
    /// No more units at no lower cost.
    IsDominated,
}

/// Why options cannot be set side by side.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum EffectivenessError {
    /// Fewer than two, or a comparator that is none of them.
    #[error("the comparator is option {comparator} of {options}: give at least two options, and name one of them")]
    Comparator {
        /// Its position.
        comparator: usize,
        /// How many there are.
        options: usize,
    },
    /// An option in other money, or counted in something else.
    #[error(
        "option {option} is counted in {found}, and the comparator in {expected}: options share currency, price year, present-value year and unit"
    )]
    Unlike {
        /// Its position.
        option: usize,
        /// What it is counted in.
        found: String,
        /// What the comparator is counted in.
        expected: String,
    },
    /// A question that cannot be asked of an option.
    #[error("option {option}: {source}")]
    Question {
        /// Its position.
        option: usize,
        /// Why.
        source: QuestionError,
    },
    /// An option without a cost, or with several outcomes and none named.
    #[error("option {option}: {source}")]
    Absent {
        /// Its position.
        option: usize,
        /// Why.
        source: Absence,
    },
    /// Numbers that no decimal holds.
    #[error(transparent)]
    Arithmetic(#[from] Fault),
}

/// Sets several appraisals side by side, against one of them.
///
/// # Errors
/// Fewer than two options, a comparator that is none of them, options in different money or units, an outcome or a holder that
/// one does not have. A model without outcomes is doing nothing: it has no units.
///
/// # Examples
/// ```
/// use impact_core::Model;
/// use impact_core::analysis::{Against, CostCounted, EffectivenessQuestion, cost_effectiveness};
/// use impact_core::model::Perspective;
/// let option = |cost: u32, people: u32| Model::from_toml(&format!(r#"
///     impact = 1
///     name = "{people} people"
///     country = "NO"
///     currency = "NOK"
///     price_year = 2024
///     start = 2024
///     conventions = "sroi-practice"
///     holders = [ {{ id = "town", kind = "public", level = "municipality" }}, {{ id = "people", kind = "people" }} ]
///     costs = [ {{ id = "team", payer = "town", amount = {cost}, year = 2024, source = "illustrative" }} ]
///     outcomes = [ {{ id = "work", holder = "people", nature = "event", quantity = {people} }} ]
/// "#)).and_then(|model| model.appraise());
/// let (small, large, poor) = (option(100, 2)?, option(250, 5)?, option(260, 4)?);
/// let asked = EffectivenessQuestion {
///     outcome: Some("work".to_owned()),
///     perspective: Perspective::Society,
///     cost: CostCounted::Inputs,
///     discount_units: true,
/// };
/// let found = cost_effectiveness(&[&small, &large, &poor], 0, &asked)?;
/// assert_eq!(found.options[1].per_unit, Some(50.into()));
/// assert_eq!(found.options[2].against, Against::CostsAndGives);
/// assert_eq!(found.options[2].place.dominated_by, Some(1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn cost_effectiveness(
    options: &[&Appraisal],
    comparator: usize,
    asked: &EffectivenessQuestion,
) -> Result<CostEffectiveness, EffectivenessError> {
    let unknown = || EffectivenessError::Comparator { comparator, options: options.len() };
    if options.len() < 2 {
        return Err(unknown());
    }
    let base = options.get(comparator).ok_or_else(unknown)?;
    let both = options.iter().enumerate().map(|(at, option)| cost_and_units(at, option, asked));
    let both: Vec<(Decimal, Decimal, Option<Unit>)> = both.collect::<Result<_, _>>()?;
    let unit = both.iter().find_map(|(_, _, unit)| unit.clone());
    let (base_cost, base_units) = both.get(comparator).map(|(cost, units, _)| (*cost, *units)).ok_or_else(unknown)?;
    for (option, (appraisal, (_, _, own))) in options.iter().zip(&both).enumerate() {
        let (found, expected) =
            (counted(appraisal, own.as_ref()), counted(base, unit.as_ref().filter(|_| own.is_some())));
        if found != expected {
            return Err(EffectivenessError::Unlike { option, found, expected });
        }
    }
    let pairs: Vec<(Decimal, Decimal)> = both.iter().map(|(cost, units, _)| (*cost, *units)).collect();
    let rows = options.iter().zip(&pairs).zip(places(&pairs)?).map(|((option, (cost, units)), place)| {
        let more_cost = (Exact::from(*cost) - Exact::from(base_cost)).value()?.normalize();
        let more_units = (Exact::from(*units) - Exact::from(base_units)).value()?.normalize();
        let against = against(more_cost, more_units);
        let ratio = || (Exact::from(more_cost) / Exact::from(more_units)).quantised().value();
        let has_ratio = matches!(against, Against::CostsAndGives | Against::SavesAndLoses);
        Ok(OptionRow {
            name: option.model().name().clone(),
            conventions: option.model().convention().id.clone(),
            cost: *cost,
            units: *units,
            more_cost,
            more_units,
            against,
            per_unit: has_ratio.then(ratio).transpose()?.map(|ratio| ratio.normalize()),
            place,
        })
    });
    let rows = rows.collect::<Result<Vec<_>, Fault>>()?;
    let model = base.model();
    Ok(CostEffectiveness {
        unit,
        currency: model.currency(),
        price_year: model.price_year(),
        present_value_year: model.present_value_year(),
        perspective: asked.perspective.clone(),
        cost: asked.cost,
        comparator,
        unlike_conventions: rows.iter().any(|row| row.conventions != model.convention().id),
        options: rows,
    })
}

fn against(more_cost: Decimal, more_units: Decimal) -> Against {
    let zero = Decimal::ZERO;
    if more_cost.is_zero() && more_units.is_zero() {
        Against::Same
    } else if more_cost <= zero && more_units >= zero {
        Against::Dominates
    } else if more_cost >= zero && more_units <= zero {
        Against::IsDominated
    } else if more_cost > zero {
        Against::CostsAndGives
    } else {
        Against::SavesAndLoses
    }
}

/// What an option is counted in, in words.
fn counted(option: &Appraisal, unit: Option<&Unit>) -> String {
    let model = option.model();
    let money = format!("{} of {}, present value {}", model.currency(), model.price_year(), model.present_value_year());
    unit.map_or_else(|| money.clone(), |unit| format!("{money}, per {unit}"))
}

/// The cost and the units of an option; no unit where it has no outcomes.
fn cost_and_units(
    option: usize,
    appraisal: &Appraisal,
    asked: &EffectivenessQuestion,
) -> Result<(Decimal, Decimal, Option<Unit>), EffectivenessError> {
    let measure = match asked.cost {
        CostCounted::Inputs => Measure::PresentValueInputs,
        CostCounted::NetPublicCost => Measure::NetPublicCost,
    };
    let question = Question::new(measure).seen_by(asked.perspective.clone());
    let figure = appraisal.answer(&question).map_err(|source| EffectivenessError::Question { option, source })?;
    let cost = figure.value.map_err(|source| EffectivenessError::Absent { option, source })?;
    let units = appraisal.outcome_units();
    if units.is_empty() {
        return Ok((cost, Decimal::ZERO, None));
    }
    let known = || units.iter().map(|one| one.outcome.as_str()).collect::<Vec<_>>().join(", ");
    let counted = match (&asked.outcome, units) {
        (Some(id), units) => units.iter().find(|one| one.outcome == *id).ok_or_else(|| {
            let source = QuestionError::UnknownOutcome { id: id.clone(), known: known() };
            EffectivenessError::Question { option, source }
        })?,
        (None, [only]) => only,
        (None, _) => {
            let source = Absence::OutcomeNotNamed { known: known() };
            return Err(EffectivenessError::Absent { option, source });
        }
    };
    let factors = appraisal.yearly_factors();
    let by_year = counted.by_year.iter().zip(factors).map(|((_, units), factor)| {
        let factor = if asked.discount_units { factor } else { Exact::ONE };
        (Exact::from(*units) * factor).quantised()
    });
    Ok((cost, by_year.sum::<Exact>().value()?.normalize(), Some(counted.accrued_unit.clone())))
}
