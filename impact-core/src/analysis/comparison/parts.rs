//! Parts: where two documents differ, and the document half-way between them.
//!
//! One rule: a part is what an author would exchange as one: a number with what is told of it, a price with its currency and
//! year, a whole cost or outcome that only one document has.

use super::difference::Changed;
use crate::address::Address;
use crate::document::{Node, Table, Value};
use crate::model::is_number_table;
use std::collections::BTreeSet;

/// Keys that name and explain; they move no figure.
const WORDS: [&str; 6] = ["name", "description", "source", "note", "change", "silenced"];

/// Keys that say one price together.
const PRICE: [&str; 7] = ["value", "proxy", "currency", "price_year", "unit", "index", "country"];

/// What is exchanged as one.
pub(super) struct Part {
    pub addresses: BTreeSet<Address>,
    pub changed: Changed,
}

/// The parts in which `other` differs from `base`, in the order of the base's document; words last.
pub(super) fn differing(base: &Node, other: &Node) -> Vec<Part> {
    let mut found = Found::default();
    found.look(Some(base), Some(other), base.address());
    let words = found.words;
    let mut parts = found.parts;
    if !words.is_empty() {
        let changed = Changed::Words { count: words.len() };
        parts.push(Part { addresses: words, changed });
    }
    parts
}

#[derive(Default)]
struct Found {
    parts: Vec<Part>,
    words: BTreeSet<Address>,
}

impl Found {
    fn look(&mut self, base: Option<&Node>, other: Option<&Node>, address: &Address) {
        let top_conventions = address.as_str() == "conventions";
        if top_conventions || base.map(Node::canonical) == other.map(Node::canonical) {
            return;
        }
        if let Some(pairs) = pairs(base, other) {
            let before = self.parts.len();
            pairs.into_iter().for_each(|(child, base, other)| self.look(base, other, &child));
            if base.is_some_and(is_element) {
                self.join_prices(before, address);
            }
            return;
        }
        if address.segments().last().is_some_and(|key| WORDS.contains(&key)) {
            self.words.insert(address.clone());
            return;
        }
        let (from, to) = (base.map(text), other.map(text));
        let changed = Changed::Part { address: address.clone(), from, to };
        self.parts.push(Part { addresses: BTreeSet::from([address.clone()]), changed });
    }

    /// Makes one part of those that say the price of `element` together, among what was found since `before`; it stands
    /// where the first of them stood.
    fn join_prices(&mut self, before: usize, element: &Address) {
        let says_price =
            |part: &Part| part.addresses.iter().all(|address| PRICE.iter().any(|key| *address == element.child(key)));
        let mut joined: Vec<Part> = Vec::new();
        let mut price = None;
        for part in self.parts.split_off(before) {
            match price.and_then(|first: usize| joined.get_mut(first)).filter(|_| says_price(&part)) {
                Some(first) => first.addresses.extend(part.addresses),
                None => {
                    if says_price(&part) {
                        price = Some(joined.len());
                    }
                    joined.push(part);
                }
            }
        }
        self.parts.extend(joined);
    }
}

/// Whether a node is an element of a list with an id of its own.
fn is_element(node: &Node) -> bool {
    node.as_table().is_some_and(|table| table.get("id").is_some())
}

/// The parts of two nodes side by side, where both have parts that can be told apart.
#[allow(clippy::type_complexity, reason = "a pair of what may be missing, three times")]
fn pairs<'n>(
    base: Option<&'n Node>,
    other: Option<&'n Node>,
) -> Option<Vec<(Address, Option<&'n Node>, Option<&'n Node>)>> {
    let (base, other) = base.zip(other)?;
    match (&base.value, &other.value) {
        (Value::Table(left), Value::Table(right)) => {
            let number = !is_element(base) && (is_number_table(left) || is_number_table(right));
            let at = |key: &str| base.address().child(key);
            let own = left.entries().iter().map(|entry| (at(&entry.key), Some(&entry.node), right.get(&entry.key)));
            let added = right.entries().iter().filter(|entry| left.get(&entry.key).is_none());
            let added = added.map(|entry| (at(&entry.key), None, Some(&entry.node)));
            (!number).then(|| own.chain(added).collect())
        }
        (Value::List(left), Value::List(right)) => {
            let with_ids = left.iter().chain(right).all(is_element);
            let find = |list: &'n [Node], address: &Address| list.iter().find(|node| node.address() == address);
            let own = left.iter().map(|node| (node.address().clone(), Some(node), find(right, node.address())));
            let added = right.iter().filter(|node| find(left, node.address()).is_none());
            let added = added.map(|node| (node.address().clone(), None, Some(node)));
            with_ids.then(|| own.chain(added).collect())
        }
        _ => None,
    }
}

/// The base's document with the parts at some addresses exchanged for the other's.
pub(super) fn mixed(base: &Node, other: &Node, exchanged: &BTreeSet<Address>) -> Node {
    mix(Some(base), Some(other), base.address(), exchanged).unwrap_or_else(|| base.clone())
}

fn mix(base: Option<&Node>, other: Option<&Node>, address: &Address, exchanged: &BTreeSet<Address>) -> Option<Node> {
    if exchanged.contains(address) {
        return other.cloned();
    }
    let Some(pairs) = pairs(base, other) else { return base.cloned() };
    let node = base?;
    let children =
        pairs.into_iter().filter_map(|(at, base, other)| Some((at.clone(), mix(base, other, &at, exchanged)?)));
    let value = match &node.value {
        Value::List(_) => Value::List(children.map(|(_, node)| node).collect()),
        _ => {
            let mut table = Table::default();
            for (at, child) in children {
                // A key comes from a table that had it once: it cannot be there twice.
                let _once = table.insert(at.segments().last().unwrap_or_default(), child.value);
            }
            Value::Table(table)
        }
    };
    Some(Node::new(node.address().clone(), value))
}

/// What stands at a place, as text: short as written, a table by its canonical form.
fn text(node: &Node) -> String {
    let number = node.as_table().filter(|_| !is_element(node)).and_then(|table| table.get("value"));
    match &number.unwrap_or(node).value {
        Value::Number(number) => number.text().to_owned(),
        Value::Text(text) => text.clone(),
        _ => number.unwrap_or(node).canonical(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(text: &str) -> Node {
        Node::from_toml(text).unwrap()
    }

    const BASE: &str = "costs = [ { id = 'team', amount = 10, year = 2024, source = 'a' }, { id = 'rent', amount = 2 } ]\n\
                        outcomes = [ { id = 'work', deadweight = { value = 0.2, source = 'x' }, values = [ { id = 'wage', value = 1, currency = 'NOK' } ] } ]";
    const OTHER: &str = "costs = [ { id = 'team', amount = 12.0, year = 2024, source = 'b' }, { id = 'van', amount = 3 } ]\n\
                         outcomes = [ { id = 'work', deadweight = 0.3, values = [ { id = 'wage', value = 2, currency = 'SEK' } ] } ]";

    fn addresses(parts: &[Part]) -> Vec<Vec<&str>> {
        parts.iter().map(|part| part.addresses.iter().map(Address::as_str).collect()).collect()
    }

    #[test]
    fn parts_are_what_an_author_would_exchange_as_one() {
        let parts = differing(&node(BASE), &node(OTHER));
        let expected = [
            vec!["costs.team.amount"],
            vec!["costs.rent"],
            vec!["costs.van"],
            vec!["outcomes.work.deadweight"],
            vec!["outcomes.work.values.wage.currency", "outcomes.work.values.wage.value"],
            vec!["costs.team.source"],
        ];
        assert_eq!(addresses(&parts), expected);
        assert!(differing(&node(BASE), &node(BASE)).is_empty());
    }

    #[test]
    fn prices_of_two_values_are_two_parts() {
        let of = |one: i32, other: i32| {
            node(&format!(
                "outcomes = [ {{ id = 'work', values = [ {{ id = 'wage', value = {one}, unit = 'year' }}, {{ id = 'tax', value = {other} }} ] }} ]"
            ))
        };
        let expected = [vec!["outcomes.work.values.wage.value"], vec!["outcomes.work.values.tax.value"]];
        assert_eq!(addresses(&differing(&of(1, 2), &of(3, 4))), expected);
    }

    #[test]
    fn with_every_part_exchanged_the_document_is_the_other() {
        let (base, other) = (node(BASE), node(OTHER));
        let all = differing(&base, &other).into_iter().flat_map(|part| part.addresses).collect();
        assert_eq!(mixed(&base, &other, &all).canonical(), other.canonical());
        assert_eq!(mixed(&base, &other, &BTreeSet::new()).canonical(), base.canonical());
    }
}
