//! Simulations: a model at many draws of its uncertain numbers.
//!
//! One rule: a result travels as its model and its request, and is drawn again where it arrives: the same bits on one build
//! target.

mod asked;
mod draws;
mod figure;
mod part;
mod request;
mod rows;
mod run;
mod simulated;
mod verb;

pub use asked::{probability, threshold};
pub use draws::{own_address, uncertain};
pub use figure::SimulatedFigure;
pub use part::PartSimulated;
pub use request::{Asked, asking, request, request_of, whole};
pub use rows::{measure_columns, shown};
pub use run::{listened, run};
pub use simulated::Simulated;
