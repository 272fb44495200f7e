//! The extension module `socialimpact._core`: impact-core seen from Python.
//!
//! One rule: a binding converts, calls without the interpreter's lock and maps the error; it computes nothing.

mod address;
mod appraisal;
mod arrow;
mod batch;
mod beside;
mod break_even;
mod budget;
mod budget_plan;
mod checks;
mod comparison;
mod contract;
mod distribution;
mod document;
mod error;
mod explanation;
mod figure;
mod grid;
mod grid_part;
mod label;
mod model;
mod named;
mod page;
mod parts;
mod reference;
mod results;
mod returns;
mod rows;
mod sensitivity;
mod simulation;
mod table;
mod variation;
mod waterfall;
mod who_pays;
mod worth;

use pyo3::prelude::*;

/// The part of socialimpact that is written in Rust.
#[pymodule]
mod _core {
    #[pymodule_export]
    use super::address::address_parts;
    #[pymodule_export]
    use super::appraisal::Appraisal;
    #[pymodule_export]
    use super::batch::{merge_parts, simulate_batch, simulate_parts};
    #[pymodule_export]
    use super::break_even::BreakEven;
    #[pymodule_export]
    use super::budget::Budget;
    #[pymodule_export]
    use super::budget_plan::BudgetPlan;
    #[pymodule_export]
    use super::checks::checks;
    #[pymodule_export]
    use super::comparison::{Comparison, compare};
    #[pymodule_export]
    use super::contract::{
        BaselineTable, CashFlows, Contract, ContractRisk, Frontier, PartRisk, PriceFound, Ranking, ReturnRisk,
        RiskGrid, SavingRisk, Statement,
    };
    #[pymodule_export]
    use super::distribution::Distribution;
    #[pymodule_export]
    use super::document::{document_kind, is_point_ambiguous};
    #[pymodule_export]
    use super::explanation::Explanation;
    #[pymodule_export]
    use super::figure::Figure;
    #[pymodule_export]
    use super::grid::Grid;
    #[pymodule_export]
    use super::grid_part::PartGrid;
    #[pymodule_export]
    use super::model::{Model, model_schema};
    #[pymodule_export]
    use super::reference::Catalogue;
    #[pymodule_export]
    use super::reference::{
        catalogue, convention_marks, conventions, effect_table, effects, index, indices, template_table, templates,
        unit_cost_table, units,
    };
    #[pymodule_export]
    use super::returns::{Payback, Return};
    #[pymodule_export]
    use super::returns::{
        discounted_payback, equivalent_annual_value, irr, irr_batch, mirr, moic, npv, payback, xirr, xirr_batch, xnpv,
    };
    #[pymodule_export]
    use super::sensitivity::{Evpi, PlotTable, StudyWorth, unless_kept};
    #[pymodule_export]
    use super::simulation::{PartSimulated, Simulated, SimulatedFigure};
    #[pymodule_export]
    use super::table::Table;
    #[pymodule_export]
    use super::variation::{BreakEvenCurve, Tornado, TwoWay};
    #[pymodule_export]
    use super::waterfall::Waterfall;
    #[pymodule_export]
    use super::worth::{cost_effectiveness, distributional_weight, mvpf, mvpf_draws};

    /// The version of the package.
    #[pymodule_export]
    #[allow(non_upper_case_globals, reason = "the name Python expects")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
