//! What a model is at other values of one number or two: tornado, break-even curve, two-way grid.

mod asked;
mod curve;
mod tornado;
mod two_way;

pub use curve::BreakEvenCurve;
pub use tornado::Tornado;
pub use two_way::TwoWay;
