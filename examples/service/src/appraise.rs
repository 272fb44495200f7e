//! Appraising a posted model: every figure of it, as the command line writes them in JSON.

use crate::{Refusal, answer};
use impact_core::Model;
use impact_core::analysis::BreakEvenError;
use impact_core::error::ModelError;
use impact_core::report::{AppraisalReport, ReportError};

/// The appraisal of a model in TOML or JSON.
pub(crate) fn appraised(model: &[u8]) -> Result<Vec<u8>, Refusal> {
    let model = Model::from_bytes(model).map_err(of_model)?;
    let appraisal = model.appraise().map_err(of_model)?;
    let report = AppraisalReport::of(&appraisal).map_err(|error| match error {
        ReportError::Answer(BreakEvenError::Model(error)) => of_model(error),
        other => Refusal::of_whole("model", other),
    })?;
    answer::json(&report).map_err(|_| Refusal::Broken)
}

/// What is wrong with the model.
pub(crate) fn of_model(error: ModelError) -> Refusal {
    Refusal::Document { document: "model", error }
}
