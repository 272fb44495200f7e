//! Assumptions as rows: every number a model or a contract rests on, with its source and its marks.

use crate::address::Address;
use crate::document::{Node, Value};
use crate::model::{Accepts, Assumption, Contract, Marks, Model, Origin, Point};
use crate::reference::{Grade, Source};
use crate::units::Label;
use rust_decimal::Decimal;

/// One number that a model or a contract rests on.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct AssumptionRow<'a> {
    /// Where it stands.
    pub address: &'a Address,
    /// What it is called, where it has a name of its own.
    pub name: Option<&'a Label>,
    /// The value a point appraisal uses.
    pub value: Decimal,
    /// Its unit in words.
    pub unit: &'a str,
    /// What the value is: given, the mean, the author's best.
    pub point_is: Point,
    /// How it may vary, as the document writes it: `pert(4, 8, 16)`.
    pub distribution: Option<String>,
    /// Which values it may take.
    pub accepts: Accepts,
    /// Illustrative, unverified.
    #[serde(flatten)]
    pub marks: Marks,
    /// Grade of the evidence.
    pub grade: Option<Grade>,
    /// Where it comes from.
    pub source: Option<&'a Source>,
    /// Who says it: `document`, `catalogue`, `catalogue-overridden`, `register`, `register-overridden` or `default`.
    pub origin: &'static str,
    /// The entry of the catalogue, where it comes from there.
    pub catalogue_entry: Option<&'a str>,
    /// The entry of the register of effects, where it comes from there.
    pub register_entry: Option<&'a str>,
    /// Every address that uses it.
    pub used_at: &'a [Address],
    /// What to beware of.
    pub note: Option<&'a str>,
}

/// The assumptions of a model, in the order of the document.
pub fn assumption_rows(model: &Model) -> Vec<AssumptionRow<'_>> {
    let row = |assumption| row(assumption, model.node_at(&assumption.address));
    model.assumptions().iter().map(row).collect()
}

/// The numbers of the terms of a contract and of its truth, in the order of the document.
///
/// # Examples
/// ```
/// # let text = include_str!("../../../fixtures/contracts/larvik-for-nothing.toml");
/// use impact_core::report::contract_assumption_rows;
/// let contract = impact_core::Contract::from_toml(text)?;
/// let rows = contract_assumption_rows(&contract);
/// let effect = rows.iter().find(|row| row.address.as_str() == "truth.metrics.relapse.effect").unwrap();
/// assert_eq!(effect.distribution.as_deref(), Some("normal(mean 0.1, sd 0.1)"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn contract_assumption_rows(contract: &Contract) -> Vec<AssumptionRow<'_>> {
    let rows = contract.assumptions().iter().map(|assumption| {
        let written = contract.document().at(&assumption.address);
        let told = row(assumption, written);
        AssumptionRow { source: told.source.filter(|_| !is_invented_here(written)), ..told }
    });
    rows.collect()
}

/// Whether a number says itself that it is invented, without a source of its own: that of the terms around it is not its source.
fn is_invented_here(written: Option<&Node>) -> bool {
    let says = |key: &str| written.and_then(|node| node.as_table()?.get(key)).map(|node| &node.value);
    says("illustrative") == Some(&Value::Flag(true)) && says("source").is_none()
}

/// A number as it is told; `written` is what the document says there.
fn row<'a>(assumption: &'a Assumption, written: Option<&Node>) -> AssumptionRow<'a> {
    let (origin, catalogue_entry, register_entry) = match &assumption.origin {
        Origin::Document => ("document", None, None),
        Origin::Catalogue(id) => ("catalogue", Some(id.as_str()), None),
        Origin::CatalogueOverridden(id) => ("catalogue-overridden", Some(id.as_str()), None),
        Origin::Register(id) => ("register", None, Some(id.as_str())),
        Origin::RegisterOverridden(id) => ("register-overridden", None, Some(id.as_str())),
        Origin::Default => ("default", None, None),
    };
    AssumptionRow {
        address: &assumption.address,
        name: assumption.name.as_ref(),
        value: assumption.point,
        unit: &assumption.unit,
        point_is: assumption.point_is,
        distribution: distribution(assumption, written),
        accepts: assumption.accepts,
        marks: assumption.marks,
        grade: assumption.grade,
        source: assumption.source.as_ref(),
        origin,
        catalogue_entry,
        register_entry,
        used_at: &assumption.used_at,
        note: assumption.note.as_deref(),
    }
}

/// The distribution with its parameters as written; its form alone, where it stands elsewhere.
fn distribution(assumption: &Assumption, written: Option<&Node>) -> Option<String> {
    let form = assumption.distribution.as_ref()?.name();
    let parameters = written.and_then(|node| node.as_table()?.get(form));
    Some(parameters.map_or_else(|| form.to_owned(), |parameters| format!("{form}({})", parts(parameters))))
}

/// A list or table without its outer brackets.
fn parts(node: &Node) -> String {
    match &node.value {
        Value::List(elements) => elements.iter().map(part).collect::<Vec<_>>().join(", "),
        Value::Table(table) => {
            let entries = table.entries().iter().map(|entry| format!("{} {}", entry.key, part(&entry.node)));
            entries.collect::<Vec<_>>().join(", ")
        }
        _ => part(node),
    }
}

fn part(node: &Node) -> String {
    match &node.value {
        Value::Number(number) => number.canonical(),
        Value::Text(text) => text.clone(),
        Value::Flag(flag) => flag.to_string(),
        Value::Date(date) => date.to_string(),
        Value::List(_) | Value::Table(_) => format!("({})", parts(node)),
    }
}
