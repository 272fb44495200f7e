//! Sensitivity: what the spread of a simulated model comes from, and what it is worth to know more before deciding.
//!
//! One rule: the methods stand on `Simulated`; here they are asked of the core and become tables that can be drawn.

mod asked;
mod decision;
mod influence;
mod numbers;
mod plot_table;
mod study;

pub use asked::unless_kept;
pub use decision::{Evpi, acceptability, evpi, evppi};
pub use influence::sobol;
pub use plot_table::PlotTable;
pub use study::{StudyWorth, evsi};
