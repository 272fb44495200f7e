//! Changed copies of a document: one value replaced, or one table laid over another.
//!
//! One rule: the tree itself never changes; an edit gives a new one, checked for what every document must hold.

use super::{DEEPEST, DocumentError, Node, NumberText, Table, Value};
use crate::address::{Address, Place};
use crate::error::{ModelError, Problem, Problems};
use std::collections::HashSet;

impl Node {
    /// What stands at an address; an element of a list by its id or by its position.
    pub fn at(&self, address: &Address) -> Option<&Node> {
        let mut node = self;
        let mut rest = below(address, self.address())?;
        while !rest.is_empty() {
            (node, rest) = node.step(rest)?;
        }
        Some(node)
    }

    /// A copy with another value at an address. A key that is missing in a table is added, and so are the tables on the
    /// way to it; what is added has no line and column.
    ///
    /// # Errors
    /// An address that leads through something without parts or to a missing element of a list; a value that no document
    /// may hold: a number beyond 7.9e27, an id used twice in a list, more than 32 levels.
    ///
    /// # Examples
    /// ```
    /// use impact_core::document::Node;
    /// let node = Node::from_toml("costs = [ { id = 'team', amount = 400_000 } ]")?;
    /// let cheaper = node.with(&"costs.team.amount".parse()?, 350_000)?;
    /// assert_eq!(cheaper.canonical(), r#"{"costs":[{"amount":350000,"id":"team"}]}"#);
    /// assert_eq!(
    ///     node.with(&"costs.teem.amount".parse()?, 0).unwrap_err().to_string(),
    ///     "costs.teem.amount: nothing stands here: the nearest known address is `costs`"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with(&self, address: &Address, value: impl Into<Value>) -> Result<Node, ModelError> {
        let fault = |fault| ModelError::one(Place::at(address.clone()), fault);
        let root = self.address();
        let rest =
            below(address, root).ok_or_else(|| fault(DocumentError::UnknownAddress { nearest: root.to_string() }))?;
        if rest.split('.').count() > DEEPEST {
            return Err(fault(DocumentError::TooDeep));
        }
        let mut copy = self.clone();
        copy.put(rest, value.into()).map_err(fault)?;
        copy.readdress(root.clone());
        let mut problems = Problems::new();
        copy.check(0, &mut problems);
        problems.into_result()?;
        Ok(copy)
    }

    /// This with `over` laid over it: tables are merged key by key, everything else is replaced. What comes from `over`
    /// keeps its place, so that a problem with it is shown where its author wrote it.
    pub fn merged(&self, over: &Node) -> Node {
        let (Value::Table(base), Value::Table(upper)) = (&self.value, &over.value) else {
            return over.clone();
        };
        let mut table = Table { entries: Vec::new(), unread: base.unread.clone() };
        for entry in &base.entries {
            let mut entry = entry.clone();
            if let Some(upper) = upper.entries.iter().find(|upper| upper.key == entry.key) {
                entry.node = entry.node.merged(&upper.node);
                entry.span = upper.span;
            }
            table.entries.push(entry);
        }
        table.entries.extend(upper.entries.iter().filter(|upper| base.get(&upper.key).is_none()).cloned());
        table.unread.extend(upper.unread.iter().cloned());
        Node { place: self.place.clone(), value: Value::Table(table) }
    }

    /// The part that the first segment of `rest` names, and what is left.
    fn step<'r>(&self, rest: &'r str) -> Option<(&Node, &'r str)> {
        let (position, rest) = self.part(rest)?;
        let part = match &self.value {
            Value::Table(table) => &table.entries.get(position)?.node,
            Value::List(list) => list.get(position)?,
            _ => return None,
        };
        Some((part, rest))
    }

    /// The position of the part that the first segment of `rest` names, and what is left.
    fn part<'r>(&self, rest: &'r str) -> Option<(usize, &'r str)> {
        match &self.value {
            Value::Table(table) => table.entries.iter().enumerate().find_map(|(position, entry)| {
                Some((position, after(rest, Address::root().child(&entry.key).as_str())?))
            }),
            Value::List(list) => {
                let by_id = list.iter().enumerate().find_map(|(position, element)| {
                    Some((position, after(rest, Address::root().child(element.id()?).as_str())?))
                });
                by_id.or_else(|| {
                    let (first, rest) = rest.split_once('.').unwrap_or((rest, ""));
                    let position = first.parse().ok().filter(|position| *position < list.len())?;
                    Some((position, rest))
                })
            }
            _ => None,
        }
    }

    fn put(&mut self, rest: &str, value: Value) -> Result<(), DocumentError> {
        if rest.is_empty() {
            *self = Node::new(self.place.address.clone(), value);
            return Ok(());
        }
        let (found, part) = (self.kind(), self.part(rest));
        match (&mut self.value, part) {
            (Value::Table(table), Some((position, rest))) => match table.entries.get_mut(position) {
                Some(entry) => entry.node.put(rest, value),
                None => Ok(()),
            },
            (Value::List(list), Some((position, rest))) => match list.get_mut(position) {
                Some(element) => element.put(rest, value),
                None => Ok(()),
            },
            (Value::Table(table), None) if !rest.contains('"') => add(table, rest, value),
            (Value::Table(_) | Value::List(_), None) => {
                Err(DocumentError::UnknownAddress { nearest: self.address().to_string() })
            }
            _ => {
                let part = rest.split('.').next().unwrap_or_default().to_owned();
                Err(DocumentError::NoParts { through: self.address().to_string(), found, part })
            }
        }
    }

    /// What every document must hold and code could break.
    pub(crate) fn check(&self, depth: usize, problems: &mut Problems) {
        if depth > DEEPEST {
            self.refuse::<()>(DocumentError::TooDeep, problems);
            return;
        }
        match &self.value {
            Value::Number(number) => {
                if let Err(fault) = number.text().parse::<NumberText>() {
                    self.refuse::<()>(fault, problems);
                }
            }
            Value::List(list) => {
                let mut addresses = HashSet::new();
                for element in list {
                    if !addresses.insert(element.address()) {
                        let id = element.address().segments().last().unwrap_or_default().to_owned();
                        let fault = DocumentError::DuplicateId { id, list: self.address().to_string() };
                        problems.push(Problem::new(element.place.clone(), fault));
                    }
                    element.check(depth + 1, problems);
                }
            }
            Value::Table(table) => table.entries.iter().for_each(|entry| entry.node.check(depth + 1, problems)),
            _ => {}
        }
    }
}

/// Adds a value below a table, with the tables on the way to it.
fn add(table: &mut Table, rest: &str, value: Value) -> Result<(), DocumentError> {
    let (key, rest) = rest.split_once('.').unwrap_or((rest, ""));
    if rest.is_empty() {
        return table.insert(key, value);
    }
    let mut inner = Table::default();
    add(&mut inner, rest, value)?;
    table.insert(key, inner)
}

/// What is left of an address below another one.
fn below<'a>(address: &'a Address, root: &Address) -> Option<&'a str> {
    if root.is_root() { Some(address.as_str()) } else { after(address.as_str(), root.as_str()) }
}

/// What is left of a dotted text after its first segments.
fn after<'r>(rest: &'r str, segments: &str) -> Option<&'r str> {
    match rest.strip_prefix(segments)? {
        "" => Some(""),
        rest => rest.strip_prefix('.'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(text: &str) -> Node {
        Node::from_toml(text).unwrap()
    }

    fn changed(text: &str, address: &str, value: impl Into<Value>) -> String {
        match node(text).with(&address.parse().unwrap(), value) {
            Ok(node) => node.canonical(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn elements_are_found_by_id_and_by_position() {
        let text = "list = [ { id = 'a', x = 1 }, { x = 2 }, { id = '7', x = 3 } ]";
        assert_eq!(changed(text, "list.a.x", 9), r#"{"list":[{"id":"a","x":9},{"x":2},{"id":"7","x":3}]}"#);
        assert_eq!(changed(text, "list.1.x", 9), r#"{"list":[{"id":"a","x":1},{"x":9},{"id":"7","x":3}]}"#);
        assert_eq!(changed(text, "list.7.x", 9), r#"{"list":[{"id":"a","x":1},{"x":2},{"id":"7","x":9}]}"#);
        assert_eq!(changed(text, "list.3.x", 9), "list.3.x: nothing stands here: the nearest known address is `list`");
    }

    #[test]
    fn missing_keys_and_tables_are_added() {
        assert_eq!(changed("a = 1", "b.c.d", true), r#"{"a":1,"b":{"c":{"d":true}}}"#);
        assert_eq!(changed("a = { x = 1 }", "a.y", "text"), r#"{"a":{"x":1,"y":"text"}}"#);
    }

    #[test]
    fn an_address_through_a_number_is_refused() {
        assert_eq!(changed("a = { b = 1 }", "a.b.c", 2), "a.b.c: `a.b` is a number: it has no part `c`");
    }

    #[test]
    fn what_no_document_may_hold_is_refused() {
        assert_eq!(
            changed("l = [ { id = 'a' }, { id = 'b' } ]", "l.b.id", "a"),
            "l.a (line 1, column 21): id `a` is used twice in `l`"
        );
        let huge = rust_decimal::Decimal::MAX;
        assert!(
            changed("a = 1", "a", huge).starts_with("a: `79228162514264337593543950335` has 29 significant digits")
        );
        let deep = vec!["a"; DEEPEST].join(".");
        assert!(changed("b = 1", &deep, 1).starts_with("{\"a\":{"));
        assert!(changed("b = 1", &deep, Value::list([1])).ends_with("nested more than 32 levels deep"));
        assert!(changed("b = 1", &vec!["a"; 100_000].join("."), 1).ends_with("nested more than 32 levels deep"));
    }

    #[test]
    fn odd_keys_are_reached_by_their_quoted_address() {
        let node = node("\"a.b\" = { c = 1 }");
        let address = Address::root().child("a.b").child("c");
        assert_eq!(node.with(&address, 2).unwrap().canonical(), r#"{"a.b":{"c":2}}"#);
    }

    #[test]
    fn a_part_of_a_tree_is_edited_by_full_addresses() {
        let whole = node("a = { b = { c = 1 } }");
        let part = whole.at(&"a.b".parse().unwrap()).unwrap();
        assert_eq!(part.with(&"a.b.c".parse().unwrap(), 2).unwrap().canonical(), r#"{"c":2}"#);
        assert!(part.at(&"a.c".parse().unwrap()).is_none());
        assert!(part.with(&"x".parse().unwrap(), 2).is_err());
    }

    #[test]
    fn merging_keeps_what_is_not_overridden_and_the_places_of_what_is() {
        let base = node("rate = 0.04\nfilters = { a = 1, b = [1, 2] }");
        let over = node("\n\nfilters = { b = [3], c = true }");
        let merged = base.merged(&over);
        assert_eq!(merged.canonical(), r#"{"filters":{"a":1,"b":[3],"c":true},"rate":0.04}"#);
        let b = merged.at(&"filters.b".parse().unwrap()).unwrap();
        assert_eq!(b.place.to_string(), "filters.b (line 3, column 17)");
    }
}
