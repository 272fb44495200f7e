//! What a contract's comparisons can tell from chance, as rows.

use crate::analysis::risk::Measurable;
use crate::contract::PayoutFault;
use crate::model::Contract;
use crate::units::Label;

/// What one comparison can tell from chance, at a confidence of 95 % and a power of 80 %.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct MeasurableRow {
    /// The id of the estimate.
    pub estimate: String,
    /// What it is called.
    pub name: Label,
    /// The id of the cohort; none of all together.
    pub cohort: Option<String>,
    /// People treated of whom something is known.
    pub people: f64,
    /// People compared; none of a fixed baseline.
    pub compared: Option<f64>,
    /// What one person of the comparison has.
    pub rate: f64,
    /// The expected effect, as a share of that.
    pub expected: f64,
    /// The smallest relative effect that is told from chance.
    pub detectable: f64,
    /// The probability that the expected effect is told from chance.
    pub power: f64,
    /// The people that it would take; none where no effect is expected.
    pub people_needed: Option<f64>,
}

/// A row for each comparison and cohort.
///
/// # Errors
/// A document without `truth`.
pub fn measurable_rows(contract: &Contract) -> Result<Vec<MeasurableRow>, PayoutFault> {
    Ok(contract.measurable()?.iter().filter_map(|found| row(contract, found)).collect())
}

fn row(contract: &Contract, found: &Measurable) -> Option<MeasurableRow> {
    let estimate = contract.terms().estimates.get(found.estimate)?;
    let cohort = found.cohort.and_then(|at| contract.truth()?.cohorts.get(at));
    Some(MeasurableRow {
        estimate: estimate.id.clone(),
        name: estimate.name.clone(),
        cohort: cohort.map(|cohort| cohort.id.clone()),
        people: found.people,
        compared: found.compared,
        rate: found.rate,
        expected: found.expected,
        detectable: found.detectable,
        power: found.power,
        people_needed: found.people_needed,
    })
}
