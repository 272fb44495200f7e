//! Reading which conventions apply, and the document's own switches laid over them.
//!
//! One rule: a document changes switches, never what a convention is called, its edition or its source.

use super::numbers::Numbers;
use crate::address::Address;
use crate::document::{Fields, Node, Table, Value};
use crate::reference::{Convention, Countries, Country};
use crate::units::Label;

/// The conventions of a country that has none of its own.
const COMMON: &str = "sroi-practice";

/// The parts of a convention that a document may change.
const SECTIONS: [&str; 8] =
    ["discount", "combination", "ratios", "financing", "growth", "corrections", "prices", "rounding"];

/// The conventions in force, and the addresses of what the document changes in them; those `given` from outside go before
/// the document's own, which are then not looked at.
pub(super) fn read(
    fields: &mut Fields<'_, '_>,
    numbers: &mut Numbers,
    country: Option<&Country>,
    given: Option<Convention>,
) -> Option<(Convention, Vec<Address>)> {
    if let Some(given) = given {
        fields.known(&["conventions"]);
        fields.node("conventions");
        return Some((given, Vec::new()));
    }
    if !fields.has("conventions") {
        fields.known(&["conventions"]);
        let own = Countries::embedded().get(country?.code()).ok().and_then(|profile| profile.conventions.as_deref());
        let (id, because) = match own {
            Some(id) => (id, Label::both("the rules of the model's country", "reglene i modellens land")),
            None => (
                COMMON,
                Label::both(
                    "common practice: the model's country has no rules of its own here",
                    "vanlig praksis: modellens land har ingen egne regler her",
                ),
            ),
        };
        numbers.defaulted(&fields.place_of("conventions").address, id, because);
        return Convention::embedded(id).ok().map(|convention| (convention.clone().in_use(), Vec::new()));
    }
    let node = fields.node("conventions")?;
    match &node.value {
        Value::Text(id) => match Convention::embedded(id) {
            Ok(convention) => Some((convention.clone().in_use(), Vec::new())),
            Err(fault) => node.refuse(fault, fields.problems()),
        },
        Value::Table(_) => read_table(Fields::of(node, fields.problems())?),
        _ => node.wrong_kind("the id of conventions, or a table with `base` and single switches", fields.problems()),
    }
}

fn read_table(mut fields: Fields<'_, '_>) -> Option<(Convention, Vec<Address>)> {
    let here = fields.here();
    let base = fields.required_text("base").map(Convention::document);
    let mut own = Table::default();
    let mut changed = Vec::new();
    for section in SECTIONS {
        let Some(node) = fields.node(section) else { continue };
        if node.read_table(fields.problems()).is_some() && own.insert(section, node.value.clone()).is_ok() {
            leaves(node, &mut changed);
        }
    }
    let base = match base {
        Some(Ok(base)) => Some(base),
        Some(Err(fault)) => {
            fields.refuse("base", fault);
            None
        }
        None => None,
    };
    let set: Vec<Address> = changed.iter().filter_map(|address| within(address, here.address())).collect();
    let convention = base.and_then(|base| {
        let merged = base.merged(&Node::new(Address::root(), own));
        Convention::read_changed(&Node::new(here.address().clone(), merged.value), &set, fields.problems())
    });
    fields.finish();
    Some((convention?.in_use(), changed))
}

/// The addresses of all that is not a table.
fn leaves(node: &Node, found: &mut Vec<Address>) {
    match node.as_table() {
        Some(table) => table.entries().iter().for_each(|entry| leaves(&entry.node, found)),
        None => found.push(node.address().clone()),
    }
}

/// The rest of an address below another.
fn within(address: &Address, above: &Address) -> Option<Address> {
    address.as_str().strip_prefix(above.as_str())?.strip_prefix('.')?.parse().ok()
}
