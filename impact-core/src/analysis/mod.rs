//! Analysis: what follows from evaluating a model many times.

mod break_even;
pub mod comparison;
mod cost_effectiveness;
mod crossing;
pub mod decisions;
mod draws;
mod grid;
pub mod influence;
pub mod information;
mod range;
pub mod risk;
pub mod sensitivity;
mod sensitivity_error;
mod trial;
mod variation;
mod varied;
mod whole;

pub use break_even::{BreakEven, BreakEvenError, BreakEvenQuestion};
pub use comparison::{Comparison, ComparisonError, ComparisonQuestion, compare};
pub use cost_effectiveness::{
    Against, CostCounted, CostEffectiveness, EffectivenessError, EffectivenessQuestion, OptionRow, Place,
    cost_effectiveness, places,
};
pub use crossing::Crossing;
pub use draws::DrawsError;
pub use grid::{Axis, Grid, GridError, GridQuestion, MOST_GRID_DRAWS, MOST_SCENARIOS, PartGrid, Scenario};
pub use sensitivity_error::SensitivityError;
pub use variation::{
    AxisFault, BreakEvenCurve, CurvePoint, MOST_CELLS, MOST_SOLVED, NoFigure, Reach, Tornado, TornadoQuestion,
    TornadoRow, TwoWay, TwoWayQuestion, VariationError, Walked,
};
