//! Settling a posted contract over posted observations.
//!
//! The body is JSON with `contract`, the terms as a text in TOML or as an object, and `observations`, rows as a text of
//! comma-separated values or as a list. Lines and columns of problems count within each.

use crate::{Refusal, answer};
use impact_core::Contract;
use impact_core::address::{Place, Span};
use impact_core::contract::Observations;
use impact_core::error::{ModelError, Problem, Problems};
use impact_core::report::StatementReport;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// What stands before a list of rows to make it a document.
const BEFORE_ROWS: &str = "{\"observations\":";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Posted<'a> {
    #[serde(borrow)]
    contract: &'a RawValue,
    #[serde(borrow)]
    observations: &'a RawValue,
}

/// A part of the body: a text within JSON, or JSON itself.
enum Part<'a> {
    Text(Cow<'a, str>),
    Json(&'a str),
}

/// The statement of a contract over its observations; lines of fewer than five people are told together.
pub(crate) fn settled(body: &[u8]) -> Result<Vec<u8>, Refusal> {
    let posted: Posted<'_> = serde_json::from_slice(body).map_err(|error| not_posted(&error))?;
    let contract = match part(posted.contract)? {
        Part::Text(text) => Contract::from_toml(&text),
        Part::Json(json) => Contract::from_json(json),
    };
    let contract = contract.map_err(|error| Refusal::Document { document: "contract", error })?;
    let observed = match part(posted.observations)? {
        Part::Text(text) => Observations::from_csv(&contract, &text),
        Part::Json(rows) => Observations::from_json(&contract, &format!("{BEFORE_ROWS}{rows}}}")).map_err(moved),
    };
    let observed = observed.map_err(|error| Refusal::Document { document: "observations", error })?;
    let statement = contract.settle(&observed).map_err(|error| Refusal::Document { document: "contract", error })?;
    let report = StatementReport::of(&statement, false).map_err(|fault| Refusal::of_whole("contract", fault))?;
    answer::json(&report).map_err(|_| Refusal::Broken)
}

fn part(raw: &RawValue) -> Result<Part<'_>, Refusal> {
    let json = raw.get();
    if !json.starts_with('"') {
        return Ok(Part::Json(json));
    }
    serde_json::from_str(json).map(Part::Text).map_err(|error| not_posted(&error))
}

/// The body is not what was asked for. What stands in it is not repeated.
fn not_posted(error: &serde_json::Error) -> Refusal {
    let place = format!("line {}, column {}", error.line(), error.column());
    let message = format!("is no JSON with `contract` and `observations`, and nothing else ({place})");
    Refusal::Request { place: "body", message }
}

/// The same problems in the list alone, without what was put before it.
fn moved(error: ModelError) -> ModelError {
    let mut problems = Problems::new();
    let before = u32::try_from(BEFORE_ROWS.len()).unwrap_or_default();
    for Problem { place, fault } in error.problems() {
        let span = place.span.map(|span| match span.line {
            1 => Span { line: 1, column: span.column.saturating_sub(before).max(1) },
            _ => span,
        });
        problems.push(Problem { place: Place { address: place.address.clone(), span }, fault: fault.clone() });
    }
    problems.into_result().err().unwrap_or(error)
}
