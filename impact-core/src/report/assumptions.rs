//! Assumptions as rows: every number a model rests on, with its source and its marks.

use crate::address::Address;
use crate::document::{Node, Value};
use crate::model::{Accepts, Assumption, Marks, Model, Origin, Point};
use crate::reference::{Grade, Source};
use crate::units::Label;
use rust_decimal::Decimal;

/// One number a model rests on.
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
    model.assumptions().iter().map(|assumption| row(model, assumption)).collect()
}

fn row<'a>(model: &Model, assumption: &'a Assumption) -> AssumptionRow<'a> {
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
        distribution: distribution(model, assumption),
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
fn distribution(model: &Model, assumption: &Assumption) -> Option<String> {
    let form = assumption.distribution.as_ref()?.name();
    let parameters = model.node_at(&assumption.address).and_then(|node| node.as_table()?.get(form));
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
