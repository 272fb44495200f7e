//! Reading index series from their documents.

use super::{IndexKind, IndexSeries, Scope};
use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::price::Series;
use crate::reference::Grade;
use crate::reference::provenance::{read_edition, read_label, read_source, required_id};
use crate::units::{UnitError, Year};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Reads the series of one file.
pub(in crate::reference) fn read_series(node: &Node, problems: &mut Problems) -> Vec<IndexSeries> {
    let Some(mut fields) = Fields::of(node, problems) else { return Vec::new() };
    let nodes = fields.required_list("series").unwrap_or_default();
    fields.finish();
    nodes.iter().filter_map(|node| read_one(node, problems)).collect()
}

fn read_one(node: &Node, problems: &mut Problems) -> Option<IndexSeries> {
    let mut fields = Fields::of(node, problems)?;
    let id = required_id(&mut fields);
    let title = read_label(&mut fields, "title");
    let kind = fields.required_one_of("kind", IndexKind::WORDS);
    let scope = kind.and_then(|kind| read_scope(kind, &mut fields));
    let base = fields.required_text("base").map(str::to_owned);
    let edition = read_edition(&mut fields);
    let grade = fields.required_one_of("grade", Grade::WORDS);
    let source = read_source(&mut fields, "source");
    let [derived, note] = ["derived", "note"].map(|key| fields.text(key).map(str::to_owned));
    let changes = fields.node("changes").map(|node| read_years(node, fields.problems())).unwrap_or_default();
    let values = fields.required("values").map(|node| read_years(node, fields.problems()));
    let values = values.and_then(|values| Series::new(values).map_err(|fault| fields.refuse("values", fault)).ok());
    fields.finish();
    Some(IndexSeries {
        id: id?,
        title: title?,
        kind: kind?,
        scope: scope?,
        base: base?,
        edition: edition?,
        grade: grade?,
        source: source?,
        derived,
        note,
        changes,
        values: values?,
    })
}

fn read_scope(kind: IndexKind, fields: &mut Fields<'_, '_>) -> Option<Scope> {
    if kind != IndexKind::Exchange {
        return fields.required_parsed("country").map(Scope::Country);
    }
    let currency = fields.required_parsed("currency");
    let per = fields.required_parsed("per");
    Some(Scope::Pair { currency: currency?, per: per? })
}

/// Reads a table of years.
fn read_years(node: &Node, problems: &mut Problems) -> BTreeMap<Year, Decimal> {
    let Some(mut fields) = Fields::of(node, problems) else { return BTreeMap::new() };
    let mut years = BTreeMap::new();
    for entry in fields.rest() {
        let year = entry.key.parse::<i64>().ok().and_then(|number| Year::new(number).ok());
        let Some(year) = year else {
            let expected = "a year between 1900 and 2999";
            let fault = UnitError::OutOfRange { quantity: "year", value: entry.key.clone(), expected };
            fields.problems().add(&entry.node.place, fault);
            continue;
        };
        if let Some(value) = entry.node.read_number(fields.problems()) {
            years.insert(year, value);
        }
    }
    fields.finish();
    years
}
