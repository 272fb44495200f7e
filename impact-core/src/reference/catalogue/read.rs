//! Reading entries of the catalogue from their documents.

use super::{Cashable, Domain, Entry, InG, Payer};
use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::reference::provenance::{
    read_edition as edition, read_label, read_name, read_source, required_id, required_year,
};
use crate::reference::{Edition, Grade, IndexKind, ReferenceError, Source};
use crate::units::{Label, PriceYear};
use rust_decimal::Decimal;

/// Whose catalogue is read. The embedded one says everything, in both languages; a caller's own says what it can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    Embedded,
    Own,
}

/// Reads the edition and title of the catalogue.
pub(in crate::reference) fn read_edition(node: &Node, problems: &mut Problems) -> Option<(Edition, Label)> {
    let mut fields = Fields::of(node, problems)?;
    let edition = edition(&mut fields);
    let title = read_label(&mut fields, "title");
    fields.finish();
    Some((edition?, title?))
}

/// Reads the entries of one file of an edition.
pub(in crate::reference) fn read_entries(node: &Node, edition: &Edition, problems: &mut Problems) -> Vec<Entry> {
    let Some(mut fields) = Fields::of(node, problems) else { return Vec::new() };
    let nodes = fields.required_list("entries").unwrap_or_default();
    fields.finish();
    nodes.iter().filter_map(|node| read_entry(node, edition, Whose::Embedded, problems)).collect()
}

/// Reads one entry.
pub(super) fn read_entry(node: &Node, edition: &Edition, whose: Whose, problems: &mut Problems) -> Option<Entry> {
    let mut fields = Fields::of(node, problems)?;
    let id = required_id(&mut fields);
    let country = fields.required_parsed("country");
    let domain =
        whose.or(&mut fields, "domain", Domain::Other, |fields| fields.required_one_of("domain", Domain::WORDS));
    let name = match whose {
        Whose::Embedded => read_label(&mut fields, "name"),
        Whose::Own => read_name(&mut fields, "name"),
    };
    let unit = fields.required_parsed("unit");
    let figure = read_figure(&mut fields);
    let currency = fields.required_parsed("currency");
    let price_year = required_year(&mut fields, "price_year").map(PriceYear);
    let payers = whose.or(&mut fields, "payers", Vec::new(), read_payers);
    let cashable = whose
        .or(&mut fields, "cashable", Cashable::Unknown, |fields| fields.required_one_of("cashable", Cashable::WORDS));
    let grade = whose.or(&mut fields, "grade", None, |fields| fields.required_one_of("grade", Grade::WORDS).map(Some));
    let source = match whose {
        Whose::Embedded => read_source(&mut fields, "source"),
        Whose::Own => fields.required("source").and_then(|node| Source::read(node, fields.problems())),
    };
    let [source_unit, source_payer, evidence, note] =
        ["source_unit", "source_payer", "evidence", "note"].map(|key| fields.text(key).map(str::to_owned));
    let derived = fields.flag("derived").unwrap_or(false);
    let in_g = fields.node("in_g").map(|node| read_in_g(node, fields.problems()));
    let carried = fields.flag("carried").unwrap_or(true);
    let provisional = fields.flag("provisional").unwrap_or(false);
    let illustrative = fields.flag("illustrative").unwrap_or(false);
    fields.finish();
    let (value, low, high) = figure?;
    Some(Entry {
        id: id?,
        country: country?,
        domain: domain?,
        name: name?,
        unit: unit?,
        source_unit,
        value,
        low,
        high,
        currency: currency?,
        price_year: price_year?,
        payers: payers?,
        source_payer,
        cashable: cashable?,
        grade: grade?,
        source: source?,
        evidence,
        note,
        derived,
        in_g: in_g.flatten(),
        edition: edition.clone(),
        carried,
        provisional,
        illustrative,
    })
}

impl Whose {
    /// What `read` finds under a key; in a caller's own catalogue a key may be left out.
    fn or<T>(
        self,
        fields: &mut Fields<'_, '_>,
        key: &str,
        left_out: T,
        read: impl FnOnce(&mut Fields<'_, '_>) -> Option<T>,
    ) -> Option<T> {
        if self == Whose::Own && !fields.has(key) {
            fields.known(&[key]);
            return Some(left_out);
        }
        read(fields)
    }
}

/// Reads a multiple of G: `times` over `over`, of the G of `series`.
fn read_in_g(node: &Node, problems: &mut Problems) -> Option<InG> {
    let mut fields = Fields::of(node, problems)?;
    let times = fields.required_integer("times");
    let over = if fields.has("over") { fields.integer("over") } else { Some(1) };
    let series = fields.required_one_of("series", IndexKind::WORDS);
    let count = |number: i64| u32::try_from(number).unwrap_or_default();
    let in_g = InG::new(count(times?), count(over?), series?);
    if in_g.is_none() {
        fields.refuse_here(ReferenceError::NotOfG);
    }
    fields.known(&["over"]);
    fields.finish();
    in_g
}

/// Reads the figure and its range, which must contain it.
fn read_figure(fields: &mut Fields<'_, '_>) -> Option<(Decimal, Option<Decimal>, Option<Decimal>)> {
    let value = fields.required_number("value");
    let (low, high) = (fields.number("low"), fields.number("high"));
    let value = value?;
    if low.is_some_and(|low| low > value) || high.is_some_and(|high| high < value) {
        let end = |end: Option<Decimal>| end.unwrap_or(value).to_string();
        let fault = ReferenceError::OutsideRange {
            what: "unit cost",
            value: value.to_string(),
            low: end(low),
            high: end(high),
        };
        fields.refuse("value", fault);
        return None;
    }
    Some((value, low, high))
}

fn read_payers(fields: &mut Fields<'_, '_>) -> Option<Vec<Payer>> {
    let nodes = fields.required_list("payers")?;
    if nodes.is_empty() {
        fields.refuse("payers", ReferenceError::Nothing { what: "the list of payers" });
    }
    nodes.iter().map(|node| node.read_one_of(Payer::WORDS, fields.problems())).collect()
}
