//! Terms and observations, settled in every way, and what must hold of each answer.
//!
//! One rule: as in `verbs`: an input is refused in words, or everything asked of it is answered. Nothing is half settled: what
//! is settled twice is the same, and nothing is new since itself.

use impact_core::Contract;
use impact_core::contract::{Observations, Row, Statement};
use impact_core::document::{Form, Node};
use impact_core::error::ModelError;
use impact_core::model::terms::MetricKind;
use impact_core::report::{CashFlowReport, StatementReport};

/// Contracts that observations are tried on; the first byte of the input chooses.
const BASES: [&str; 4] = [
    include_str!("../../fixtures/contracts/peterborough.toml"),
    include_str!("../../fixtures/contracts/care-leavers-i-aspire.toml"),
    include_str!("../../fixtures/contracts/rikers.toml"),
    include_str!("../../fixtures/models/paid-by-results.toml"),
];

type Reader = fn(&Contract, &str) -> Result<Observations, ModelError>;

/// Forms of rows; the second byte chooses.
const FORMS: [Reader; 3] = [Observations::from_csv, Observations::from_toml, Observations::from_json];

/// Terms, whatever their bytes: settled with nothing, and with a row for each metric.
pub fn terms(bytes: &[u8]) {
    let read = Node::from_bytes(bytes, Form::Toml).and_then(Contract::from_node);
    let Some(contract) = told(read) else { return };
    let again = Contract::from_json(&contract.document().to_json());
    assert!(again.as_ref() == Ok(&contract), "JSON written and read again: {:?}", again.err());
    settled(&contract, &Observations::default());
    let rows = contract.terms().metrics.iter().flat_map(|metric| {
        let claims = metric.kind == MetricKind::Claims;
        let row = |person: u32| Row {
            metric: metric.id.clone(),
            date: "2024-06-30".parse().ok(),
            count: (!claims).then_some(3.into()),
            of: metric.kind.has_people().then_some(5.into()),
            person: claims.then(|| format!("p{person}")),
            ..Row::default()
        };
        (0..if claims { 6 } else { 1 }).map(row).collect::<Vec<_>>()
    });
    if let Some(observed) = told(Observations::of(&contract, rows)) {
        settled(&contract, &observed);
    }
}

/// Observations of a known contract, in one of the forms.
pub fn observations(bytes: &[u8]) {
    let [base, form, rows @ ..] = bytes else { return };
    let Ok(rows) = std::str::from_utf8(rows) else { return };
    let contract = Contract::from_toml(BASES[usize::from(*base) % BASES.len()]).expect("the fixtures are sound");
    let read = FORMS[usize::from(*form) % FORMS.len()](&contract, rows);
    if let Some(observed) = told(read) {
        settled(&contract, &observed);
    }
}

/// Everything that can be asked of what was observed.
fn settled(contract: &Contract, observed: &Observations) {
    let Some(statement) = told(contract.settle(observed)) else { return };
    assert!(contract.settle(observed).as_ref() == Ok(&statement), "settled again");
    assert_eq!(statement.since(&statement), Ok(vec![]), "new since itself");
    let again = Statement::of_kept(contract, statement.kept());
    assert!(again.as_ref() == Ok(&statement), "kept and read again: {:?}", again.err());
    for every_line in [false, true] {
        if let Err(refusal) = StatementReport::of(&statement, every_line) {
            assert!(!refusal.to_string().is_empty());
        }
    }
    let Some(flows) = told(contract.cash_flows(&statement)) else { return };
    for every_line in [false, true] {
        if let Err(refusal) = CashFlowReport::of(&flows, &statement, every_line) {
            assert!(!refusal.to_string().is_empty());
        }
    }
}

/// A refusal says something, and says it of every problem.
fn told<T>(read: Result<T, ModelError>) -> Option<T> {
    read.map_err(|error| {
        assert!(error.total() >= 1);
        assert!(error.problems().iter().all(|problem| !problem.to_string().trim().is_empty()));
    })
    .ok()
}
