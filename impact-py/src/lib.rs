//! The extension module `socialimpact._core`: impact-core seen from Python.
//!
//! One rule: a binding converts, calls without the interpreter's lock and maps the error; it computes nothing.

mod address;
mod appraisal;
mod break_even;
mod budget;
mod checks;
mod document;
mod error;
mod explanation;
mod figure;
mod label;
mod model;
mod page;
mod reference;
mod results;
mod rows;
mod table;

use pyo3::prelude::*;

/// The part of socialimpact that is written in Rust.
#[pymodule]
mod _core {
    #[pymodule_export]
    use super::address::address_parts;
    #[pymodule_export]
    use super::appraisal::Appraisal;
    #[pymodule_export]
    use super::break_even::BreakEven;
    #[pymodule_export]
    use super::budget::Budget;
    #[pymodule_export]
    use super::checks::checks;
    #[pymodule_export]
    use super::explanation::Explanation;
    #[pymodule_export]
    use super::figure::Figure;
    #[pymodule_export]
    use super::model::Model;
    #[pymodule_export]
    use super::reference::{catalogue, conventions, indices};
    #[pymodule_export]
    use super::table::Table;

    /// The version of the package.
    #[pymodule_export]
    #[allow(non_upper_case_globals, reason = "the name Python expects")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
