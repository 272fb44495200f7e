//! Grids: a measure over shared draws at every combination of values of some addresses.
//!
//! One rule: all scenarios see the same draws of whatever they leave uncertain, so that what differs between two of them is the
//! values they were given. What a scenario gives is what simulating the model with these values gives, but for the last
//! digits of floats: what no value changes is worked out once and added.

mod layer;
mod part;
mod spread;
mod walk;

use super::break_even::BreakEvenError;
use super::variation::AxisFault;
use super::varied::VariedNumber;
use crate::address::Address;
use crate::error::ModelError;
use crate::evaluation::Figure;
use crate::model::{Model, Question, QuestionError};
use crate::number::Constant;
use crate::simulation::{Cancelled, Counted, Heard, Held, PartsFault, PointsError, Progress, Simulation};
use rust_decimal::Decimal;
use std::ops::{ControlFlow, Range};
use walk::Walk;

pub use part::PartGrid;

/// Draws that a scenario has at most: all of them are held while scenarios are tried.
pub const MOST_GRID_DRAWS: u64 = 65_536;
/// Scenarios that a grid has at most.
pub const MOST_SCENARIOS: usize = 10_000_000;

/// Values that an address takes in a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// The number: an assumption, or a setting that is a number.
    pub address: Address,
    /// Its values, which rise.
    pub values: Vec<Decimal>,
}

/// What a grid is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct GridQuestion {
    /// The axes; scenarios are in the order of the first axis, within it of the second, and so on.
    pub axes: Vec<Axis>,
    /// The measure and perspective.
    pub question: Question,
    /// What the measure is to be above.
    pub threshold: f64,
    /// Chances whose quantiles are wanted.
    pub chances: Vec<f64>,
    /// Draws, seed, points and threads; what it asks is not looked at.
    pub simulation: Simulation,
}

/// A measure over the scenarios of a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// What was asked.
    pub asked: GridQuestion,
    /// The exact figure of the model as it is, with unit and marks.
    pub point: Figure,
    /// The scenarios, the last axis fastest.
    pub scenarios: Vec<Scenario>,
}

/// A measure over the draws of one scenario. Of draws at which it does not exist only the number is told.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Scenario {
    /// The mean and its standard error; none where no draw has the measure, and one draw has no standard error.
    pub mean: Option<(f64, Option<f64>)>,
    /// The standard deviation.
    pub sd: Option<f64>,
    /// The share of the draws above the threshold.
    pub above: Option<f64>,
    /// The quantiles asked for, in their order; empty where no draw has the measure.
    pub quantiles: Vec<f64>,
    /// Draws at which the measure does not exist.
    pub undefined: u64,
}

/// Why there is no grid.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum GridError {
    /// A measure that cannot be asked of the model.
    #[error(transparent)]
    Question(#[from] QuestionError),
    /// The model cannot be valued, as it is or with values of an axis.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// An address that cannot be varied.
    #[error(transparent)]
    Address(#[from] BreakEvenError),
    /// The points do not have so many draws.
    #[error(transparent)]
    Points(#[from] PointsError),
    /// The caller ended it.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// Parts that do not make one grid.
    #[error(transparent)]
    Parts(#[from] PartsFault),
    /// Nothing to take values of.
    #[error("a grid has at least one axis: name an address and its values")]
    NoAxes,
    /// The values of an axis, or two axes of one number.
    #[error(transparent)]
    Axis(#[from] AxisFault),
    /// More scenarios or draws than a grid holds.
    #[error("{what} `{asked}` is more than the {most} of a grid: {instead}")]
    TooMany {
        /// What there are too many of.
        what: &'static str,
        /// As asked for.
        asked: String,
        /// The most there are.
        most: u64,
        /// What to do.
        instead: &'static str,
    },
    /// A chance outside 0 to 1.
    #[error("probability `{value}` is not between 0 and 1")]
    Probability {
        /// As asked for.
        value: String,
    },
    /// A threshold that is no number.
    #[error("threshold `{value}` is not a number")]
    Threshold {
        /// As asked for.
        value: String,
    },
}

impl Model {
    /// A measure at every combination of values of some addresses, over draws that all scenarios share.
    ///
    /// An address that is uncertain in the document has the value of its scenario in every draw. `progress` is told how many scenarios are
    /// done, on the calling thread; when it breaks, nothing is kept.
    ///
    /// # Errors
    /// No axes, two axes of one address, unknown addresses, values that do not rise or that the document would refuse, more draws or scenarios than a grid holds, what
    /// [`Model::simulate`] refuses, and a caller who ended it.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Model;
    /// use impact_core::analysis::{Axis, GridQuestion};
    /// use impact_core::model::{Measure, Question};
    /// use impact_core::simulation::{Seed, Simulation};
    /// use std::ops::ControlFlow;
    /// let model = Model::from_toml(r#"
    /// impact = 1
    /// name = "Work (illustrative)"
    /// country = "NO"
    /// currency = "NOK"
    /// price_year = 2024
    /// start = 2024
    /// horizon = 1
    /// conventions = "sroi-practice"
    /// holders = [{ id = "town", kind = "public", level = "municipality" }, { id = "people", kind = "people" }]
    /// costs = [{ id = "team", payer = "town", amount = 100, year = 2024, source = "illustrative" }]
    /// [[outcomes]]
    /// id = "work"
    /// holder = "people"
    /// nature = "event"
    /// quantity = { uniform = [0, 10] }
    /// values = [{ id = "wage", value = 30, unit = "person", to = "people", kind = "social", source = "illustrative" }]
    /// "#)?;
    /// let cost = Axis { address: "costs.team.amount".parse()?, values: vec![100.into(), 150.into(), 301.into()] };
    /// let asked = GridQuestion {
    ///     axes: vec![cost],
    ///     question: Question::new(Measure::Npv),
    ///     threshold: 0.0,
    ///     chances: Vec::new(),
    ///     simulation: Simulation::new(1_000, Seed(7)),
    /// };
    /// let grid = model.grid(&asked, &mut |_| ControlFlow::Continue(()))?;
    /// let above: Vec<f64> = grid.scenarios.iter().filter_map(|scenario| scenario.above).collect();
    /// assert!(above[0] > above[1]);
    /// assert_eq!(above[2], 0.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn grid(
        &self,
        asked: &GridQuestion,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Grid, GridError> {
        let count = checked(asked)?;
        self.grid_part(asked, 0..count as u64, progress)?.finish()
    }

    /// Some scenarios of a grid, by their numbers in the order of the grid: the others may be found elsewhere and merged.
    ///
    /// # Errors
    /// As for [`Model::grid`]; scenarios that the grid does not have.
    pub fn grid_part(
        &self,
        asked: &GridQuestion,
        scenarios: Range<u64>,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<PartGrid, GridError> {
        let count = checked(asked)?;
        let point = self.appraise()?.answer(&asked.question)?;
        let axes = asked.axes.iter().map(|axis| resolved(self, axis)).collect::<Result<Vec<_>, _>>()?;
        let held = Held::one(&scenarios, Counted::Scenarios, count as u64)?;
        let radix: Vec<usize> = asked.axes.iter().map(|axis| axis.values.len()).collect();
        let (in_document, in_slots): (Vec<usize>, Vec<usize>) =
            (0..axes.len()).partition(|axis| axes.get(*axis).is_none_or(|number| number.by_document));
        let wanted = scenarios.start as usize..scenarios.end as usize;
        let mut found: Vec<Option<Scenario>> = vec![None; wanted.len()];
        let mut heard = Heard::new(Counted::Scenarios, wanted.len() as u64, progress);
        for rewritten in combinations(&pick(&radix, &in_document)) {
            let place = |varied: Vec<usize>| place_of(&radix, [(&in_document, &rewritten), (&in_slots, &varied)]);
            let varied = pick(&radix, &in_slots);
            let places = combinations(&varied).map(place).enumerate();
            let (numbers, places): (Vec<usize>, Vec<usize>) =
                places.filter(|(_, place)| wanted.contains(place)).unzip();
            if numbers.is_empty() {
                continue;
            }
            let model = self.rewritten(asked, &in_document, &rewritten)?;
            let slot_axes: Vec<&Axis> = in_slots.iter().filter_map(|axis| asked.axes.get(*axis)).collect();
            let walk = Walk::new(&model, asked, &slot_axes)?;
            let walked = walk.run(&numbers, asked.simulation.threads(), &mut heard)?;
            for (place, scenario) in places.into_iter().zip(walked) {
                if let Some(room) = place.checked_sub(wanted.start).and_then(|place| found.get_mut(place)) {
                    *room = Some(scenario);
                }
            }
        }
        Ok(PartGrid::new(self, asked, held, (scenarios.start, found.into_iter().flatten().collect()), point))
    }

    /// The model with the values of a combination written into its document.
    fn rewritten(&self, asked: &GridQuestion, axes: &[usize], indices: &[usize]) -> Result<Self, ModelError> {
        let chosen = axes.iter().zip(indices).filter_map(|(axis, index)| {
            let axis = asked.axes.get(*axis)?;
            Some((axis.address.as_str(), *axis.values.get(*index)?))
        });
        chosen.into_iter().try_fold(self.clone(), |model, (address, value)| model.with(address, value))
    }
}

/// How many scenarios there are, where everything but the axes is in order.
fn checked(asked: &GridQuestion) -> Result<usize, GridError> {
    let draws = asked.simulation.draws();
    if draws > MOST_GRID_DRAWS {
        let instead = "simulate single scenarios with more";
        return Err(GridError::TooMany {
            what: "number of draws",
            asked: draws.to_string(),
            most: MOST_GRID_DRAWS,
            instead,
        });
    }
    if let Some(wrong) = asked.chances.iter().find(|chance| !(0.0..=1.0).contains(*chance)) {
        return Err(GridError::Probability { value: wrong.to_string() });
    }
    if asked.threshold.is_nan() {
        return Err(GridError::Threshold { value: asked.threshold.to_string() });
    }
    if asked.axes.is_empty() {
        return Err(GridError::NoAxes);
    }
    Axis::check_apart(asked.axes.iter().map(|axis| &axis.address))?;
    let count = asked.axes.iter().try_fold(1_usize, |count, axis| count.checked_mul(axis.values.len()));
    count.filter(|count| *count <= MOST_SCENARIOS).ok_or_else(|| GridError::TooMany {
        what: "number of scenarios",
        asked: count.map_or_else(|| "beyond counting".to_owned(), |count| count.to_string()),
        most: MOST_SCENARIOS as u64,
        instead: "take fewer values, or one grid after the other",
    })
}

/// The number of an axis, where it takes all its values.
fn resolved(model: &Model, axis: &Axis) -> Result<VariedNumber, GridError> {
    let number = VariedNumber::of(model, &axis.address)?;
    axis.check(&number)?;
    Ok(VariedNumber { by_document: number.by_document || number.own.is_none(), ..number })
}

/// The number of a scenario, the last axis fastest, from the positions on its axes in two groups.
fn place_of(radix: &[usize], groups: [(&[usize], &[usize]); 2]) -> usize {
    let on = |axis: usize| {
        let of = |(axes, indices): &(&[usize], &[usize])| {
            axes.iter().position(|known| *known == axis).and_then(|at| indices.get(at)).copied()
        };
        groups.iter().find_map(of).unwrap_or(0)
    };
    radix.iter().enumerate().fold(0, |place, (axis, size)| place * size + on(axis))
}

fn pick(radix: &[usize], axes: &[usize]) -> Vec<usize> {
    axes.iter().filter_map(|axis| radix.get(*axis)).copied().collect()
}

/// All combinations of positions below these sizes, the last fastest; of no sizes the one of nothing.
fn combinations(sizes: &[usize]) -> impl Iterator<Item = Vec<usize>> {
    let sizes = sizes.to_vec();
    let count: usize = sizes.iter().product();
    (0..count).map(move |number| indices_of(number, &sizes))
}

/// The combination of this number, the last position fastest.
fn indices_of(number: usize, sizes: &[usize]) -> Vec<usize> {
    let mut left = number;
    let mut indices = vec![0; sizes.len()];
    for (index, size) in indices.iter_mut().zip(sizes).rev() {
        (*index, left) = (left % size, left / size);
    }
    indices
}

/// The values of an axis as floats.
fn floats(axis: &Axis) -> Vec<f64> {
    axis.values.iter().map(|value| Constant::from(*value).float()).collect()
}
