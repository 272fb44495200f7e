//! Quantities: how many units an intake brings, and how long they are there where the quantity itself says so.
//!
//! One rule: an effect is measured against those without the intervention, so what it gives is net; its sign follows from
//! what is wanted, and a harm is below zero.
//! Method: Higgins et al. (eds.), Cochrane Handbook for Systematic Reviews of Interventions, chapters 6 and 15.

use super::Slot;
use crate::reference::Contrast;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// How many units start in each intake.
///
/// In a document: `quantity = 25`; a distribution; `{ chain = { population = 200, engaged = 0.6 } }`; an
/// [effect](PopulationEffect); or `{ path = [ { at = 0, units = 5 }, … ] }`, units over time.
///
/// # Examples
/// ```
/// use impact_core::Model;
/// let model = Model::from_toml(r#"
///     impact = 1
///     name = "Education in prison"
///     country = "NO"
///     currency = "NOK"
///     price_year = 2024
///     start = 2024
///     holders = [ { id = "released", kind = "people" } ]
///
///     [[outcomes]]
///     id = "fewer-who-reoffend"
///     holder = "released"
///     direction = "decrease"
///     nature = "event"
///     quantity = { effect = { population = 100, baseline = 0.20, odds_ratio = 0.57 } }
/// "#)?;
/// // Odds go through the baseline: 100 × (0.2 − 0.114 / 0.914), not 100 × (0.2 − 0.57 × 0.2).
/// assert_eq!(model.appraise()?.outcome_units()[0].started.to_string(), "7.527352297593");
/// // Where the register of effects has the figure, its id stands for it, with source, grade and interval.
/// let register = model.document().with(
///     &"outcomes.fewer-who-reoffend.quantity".parse()?,
///     impact_core::document::Node::from_toml(
///         "effect = { population = 100, baseline = 0.20, register = 'rand-ced-recid' }",
///     )?.value,
/// )?;
/// let register = Model::from_node(register)?;
/// assert_eq!(register.appraise()?.outcome_units()[0].started.to_string(), "7.527352297593");
/// assert!(register.number_at("effects.rand-ced-recid").is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quantity {
    /// One number.
    Number(Slot),
    /// A chain of numbers multiplied: population, engaged, retained, success.
    Chain(Vec<Slot>),
    /// What an intervention changes for a population, against those without it.
    Effect(PopulationEffect),
    /// Units over time.
    Path(Path),
}

/// How much an intervention changes for the people of an intake.
///
/// # Formula
/// `units = population × (treated rate − baseline)` where more is wanted, `population × (baseline − treated rate)` where less
/// is: a wanted change is above zero, a harm below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PopulationEffect {
    /// People in each intake.
    pub population: Slot,
    /// What changes for each of them.
    pub change: Change,
}

/// What changes for each person treated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A contrast with those without the intervention, measured once.
    Contrast(ContrastChange),
    /// The difference over time, above zero where the treated have more.
    Path(Path),
}

/// A contrast with those without the intervention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContrastChange {
    /// How the treated compare with the baseline.
    pub contrast: Contrast,
    /// By how much.
    pub size: Slot,
    /// The share, or of a rate ratio the events per person, without the intervention. A risk difference may go without.
    pub baseline: Option<Slot>,
    /// Shares of those still affected that lose it at the start of year 2, 3 and so on; empty where `duration` and
    /// `drop_off` say how it lasts. The state lasts one year more than there are shares.
    pub hazard: Vec<Slot>,
}

/// A level over time: straight between its points, nothing before the first and after the last.
///
/// # Formula
/// `level of year k after the intake = ∫ path(t) dt over k ≤ t ≤ k + 1`, that is `Σ w(k, i) · level(i)` with weights that
/// follow from the times alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// At least two, in order of time.
    pub points: Vec<PathPoint>,
}

/// A point of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathPoint {
    /// Years since the first effect of the intake, zero or more.
    pub at: Decimal,
    /// The level there.
    pub level: Slot,
}

impl Quantity {
    /// Every number it is made of, in the order of the formula.
    pub fn slots(&self) -> Vec<Slot> {
        match self {
            Quantity::Number(slot) => vec![*slot],
            Quantity::Chain(links) => links.clone(),
            Quantity::Path(path) => path.slots().collect(),
            Quantity::Effect(PopulationEffect { population, change }) => {
                let mut slots = vec![*population];
                match change {
                    Change::Path(path) => slots.extend(path.slots()),
                    Change::Contrast(ContrastChange { size, baseline, hazard, .. }) => {
                        slots.extend(baseline);
                        slots.push(*size);
                        slots.extend(hazard);
                    }
                }
                slots
            }
        }
    }

    /// How many years, the last of them begun, it runs after the first effect, where the quantity itself says so.
    pub fn years(&self) -> Option<u32> {
        match self {
            Quantity::Path(path) | Quantity::Effect(PopulationEffect { change: Change::Path(path), .. }) => {
                Some(path.years())
            }
            Quantity::Effect(PopulationEffect { change: Change::Contrast(contrast), .. }) => {
                let lost = u32::try_from(contrast.hazard.len()).ok().filter(|lost| *lost > 0)?;
                Some(lost.saturating_add(1))
            }
            Quantity::Number(_) | Quantity::Chain(_) => None,
        }
    }
}

impl Path {
    /// The levels of its points, in order of time.
    pub fn slots(&self) -> impl Iterator<Item = Slot> + '_ {
        self.points.iter().map(|point| point.level)
    }

    /// How many years it runs, the last of them begun.
    pub fn years(&self) -> u32 {
        self.points.last().and_then(|last| last.at.ceil().to_u32()).unwrap_or(0)
    }
}
