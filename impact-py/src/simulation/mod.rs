//! Simulations: a model at many draws of its uncertain numbers.
//!
//! One rule: a result travels as its model and its request, and is drawn again where it arrives: the same bits on one build
//! target.

mod asked;
mod draws;
mod figure;
mod request;
mod rows;
mod run;
mod simulated;
mod verb;

pub use asked::{probability, threshold};
pub use draws::{own_address, uncertain};
pub use figure::SimulatedFigure;
pub use request::{Asked, request, request_of, whole};
pub use rows::shown;
pub use run::{listened, run};
pub use simulated::Simulated;
