//! Documents between Python's own values and the tree of the core.
//!
//! One rule: a number keeps its digits both ways; a float enters by its shortest text.

mod changes;
mod from_python;
mod kind_of;
mod number_style;
mod to_python;

pub use changes::changed;
pub use from_python::{decimal, decimal_at, document, kind, number_text, value};
pub use kind_of::document_kind;
pub use number_style::is_point_ambiguous;
pub use to_python::python;
