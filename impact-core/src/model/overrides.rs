//! Overrides: the same model, or contract, with other values at some addresses.
//!
//! One rule: an override edits the document and reads it again, so that overriding equals editing the text.

use super::lookup::{place_in, unknown_place};
use super::{Contract, Model, Slot};
use crate::address::{Address, Place};
use crate::distribution::Form;
use crate::document::{DocumentError, Node, Table, Value};
use crate::error::ModelError;
use std::collections::HashMap;

/// Tables whose keys are the author's own: an override changes what is there and adds nothing.
const OWN_KEYS: [&str; 10] = [
    "assumptions",
    "chain",
    "destinations",
    "employer_contribution",
    "income_tax",
    "phase_in",
    "shares",
    "together",
    "uplift",
    "weights",
];

impl Model {
    /// The model with another value at an address: a number, a word, a list or a whole table.
    ///
    /// - A plain number put in place of a number's table keeps the table: its name, source and marks stay, `value` takes the
    ///   place of the old value or distribution. A number put on a displacement with `borne_by` becomes its `share`.
    /// - A number put where a shared number is used (`{ use = "…" }`) replaces the use at that place only; at
    ///   `assumptions.<id>` it changes every use.
    /// - A number put at `catalogue.<id>` or `effects.<id>` is the document's own value of that figure, in place of the
    ///   catalogue's or the register's.
    /// - What was left out, and taken by default, can be put at the address the defaults list.
    ///
    /// # Errors
    /// An address this model does not have, with the nearest it has; and all that is wrong with the changed document.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Model;
    /// let model = Model::from_toml(r#"
    ///     impact = 1
    ///     name = "Gardening group"
    ///     country = "NO"
    ///     currency = "NOK"
    ///     price_year = 2024
    ///     start = 2024
    ///     holders = [ { id = "municipality", kind = "public", level = "municipality" } ]
    ///     costs = [ { id = "team", payer = "municipality", amount = { pert = [3e5, 4e5, 6e5] }, year = 2024 } ]
    /// "#)?;
    /// let dearer = model.with("costs.team.amount", 500_000)?;
    /// let slot = dearer.number_at("costs.team.amount")?;
    /// assert_eq!(dearer.assumption(slot).map(|number| number.point), Some(500_000.into()));
    /// assert_eq!(
    ///     model.with("costs.teem.amount", 0).unwrap_err().to_string(),
    ///     "document: `costs.teem.amount` is no address of this model: did you mean `costs.team.amount`?"
    /// );
    /// # Ok::<(), impact_core::error::ModelError>(())
    /// ```
    pub fn with(&self, address: &str, value: impl Into<Value>) -> Result<Self, ModelError> {
        self.with_all([(address, value)])
    }

    /// The model with other values at several addresses, put one after the other and read once.
    ///
    /// # Errors
    /// As [`Model::with`]; what is wrong with the changed document is said of all changes together.
    pub fn with_all<A: AsRef<str>, V: Into<Value>>(
        &self,
        changes: impl IntoIterator<Item = (A, V)>,
    ) -> Result<Self, ModelError> {
        let known = Known { of: "model", document: self.document(), slots: &self.0.slots, defaults: &self.0.defaults };
        known.changed(changes, |document| Self::on(document, self.0.shelf.clone()))
    }

    /// The model of a changed document, read with the same unit costs.
    pub(crate) fn from_changed(model: &Self, document: Node) -> Result<Self, ModelError> {
        Self::on(document, model.0.shelf.clone())
    }
}

impl Contract {
    /// The contract with another value at an address: a number, a word, a list or a whole table, as [`Model::with`] puts it.
    ///
    /// # Errors
    /// An address this contract does not have, with the nearest it has; and all that is wrong with the changed document.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Contract;
    /// let contract = Contract::from_toml(r#"
    ///     impact = 1
    ///     name = "Denver: supportive housing"
    ///     currency = "USD"
    ///     holders = [ { id = "city", kind = "public", level = "municipality" }, { id = "lenders", kind = "investor" } ]
    ///     [contract]
    ///     payee = "lenders"
    ///     payers = [ { holder = "city" } ]
    ///     metrics = [ { id = "days", kind = "count" } ]
    ///     payments = [ { id = "housing", of = "days", schedule = { per_unit = 15.12 } } ]
    /// "#)?;
    /// let dearer = contract.with("contract.payments.housing.schedule.per_unit", 16)?;
    /// let slot = dearer.slot(&"contract.payments.housing.schedule.per_unit".parse()?).ok_or("a price")?;
    /// assert_eq!(dearer.assumption(slot).map(|number| number.point), Some(16.into()));
    /// assert_eq!(
    ///     contract.with("contract.payments.houses.schedule.per_unit", 16).unwrap_err().to_string(),
    ///     "document: `contract.payments.houses.schedule.per_unit` is no address of this contract: did you mean \
    ///      `contract.payments.housing.schedule.per_unit`?"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with(&self, address: &str, value: impl Into<Value>) -> Result<Self, ModelError> {
        self.with_all([(address, value)])
    }

    /// The contract with other values at several addresses, put one after the other and read once.
    ///
    /// # Errors
    /// As [`Contract::with`]; what is wrong with the changed document is said of all changes together.
    pub fn with_all<A: AsRef<str>, V: Into<Value>>(
        &self,
        changes: impl IntoIterator<Item = (A, V)>,
    ) -> Result<Self, ModelError> {
        let known =
            Known { of: "contract", document: self.document(), slots: &self.0.slots, defaults: &self.0.defaults };
        known.changed(changes, Self::from_node)
    }
}

/// A document that is changed, and what is known of it.
struct Known<'k> {
    of: &'static str,
    document: &'k Node,
    slots: &'k HashMap<Address, Slot>,
    defaults: &'k [super::Default],
}

impl Known<'_> {
    /// Puts values and reads the document again.
    fn changed<T, A: AsRef<str>, V: Into<Value>>(
        &self,
        changes: impl IntoIterator<Item = (A, V)>,
        read: impl FnOnce(Node) -> Result<T, ModelError>,
    ) -> Result<T, ModelError> {
        let mut document = self.document.clone();
        let mut added = Vec::new();
        for (address, value) in changes {
            let text = address.as_ref();
            let address = text.parse::<Address>().map_err(|fault| ModelError::one(Place::document(), fault))?;
            let address = place_in(&document, &address);
            let stands = document.at(&address).is_some();
            if !stands && adds_own_key(&document, &address) {
                return Err(self.no_such(text));
            }
            document = put(&document, &address, value.into()).map_err(|error| self.explained(error, text))?;
            if !stands {
                added.push(address);
            }
        }
        read(document).map_err(|error| match added.iter().find(|address| is_unknown_key(&error, address)) {
            Some(address) => self.no_such(address.as_str()),
            None => error,
        })
    }

    fn no_such(&self, address: &str) -> ModelError {
        let fault = unknown_place((self.of, self.document), self.slots, self.defaults, address);
        ModelError::one(Place::document(), fault)
    }

    /// An address that leads nowhere is said with the nearest that there is.
    fn explained(&self, error: ModelError, address: &str) -> ModelError {
        let lost = error.problems().iter().any(|problem| {
            let fault = problem.fault.downcast_ref::<DocumentError>();
            matches!(fault, Some(DocumentError::UnknownAddress { .. } | DocumentError::NoParts { .. }))
        });
        if lost { self.no_such(address) } else { error }
    }
}

/// The document with a value at an address; a number's table stays around a new plain number.
fn put(document: &Node, address: &Address, value: Value) -> Result<Node, ModelError> {
    let table = document.at(address).and_then(Node::as_table);
    match (table, &value) {
        (Some(table), Value::Number(_)) if is_number_table(table) => document.with(address, revalued(table, value)?),
        (Some(table), Value::Number(_)) if table.get("share").is_some() => {
            put(document, &address.child("share"), value)
        }
        _ => document.with(address, value),
    }
}

/// Whether a table is a number with what is told of it.
pub(crate) fn is_number_table(table: &Table) -> bool {
    table.entries().iter().any(|entry| is_level(&entry.key))
}

/// Whether the key says what a number is, or how it varies.
fn is_level(key: &str) -> bool {
    key == "value" || Form::named(key).is_some()
}

/// The table of a number with another value and no distribution.
fn revalued(table: &Table, value: Value) -> Result<Table, ModelError> {
    let mut changed = Table::default();
    let kept =
        table.entries().iter().filter(|entry| !is_level(&entry.key) && entry.key != "best" && entry.key != "shape");
    let kept = kept.map(|entry| (entry.key.as_str(), entry.node.value.clone()));
    for (key, value) in std::iter::once(("value", value)).chain(kept) {
        changed.insert(key, value).map_err(|fault| ModelError::one(Place::document(), fault))?;
    }
    Ok(changed)
}

/// Whether putting something here would add a key to a table whose keys are the author's own.
fn adds_own_key(document: &Node, address: &Address) -> bool {
    let mut reached = Address::root();
    for segment in address.segments() {
        let next = reached.child(segment);
        if document.at(&next).is_none() {
            let first = if reached.is_root() { Some(segment) } else { reached.segments().last() };
            return is_by_year(&reached, segment) || first.is_some_and(|table| OWN_KEYS.contains(&table));
        }
        reached = next;
    }
    false
}

/// Whether a key here is an id of `[growth]` or `[indices]`, or a year of one of them.
fn is_by_year(table: &Address, key: &str) -> bool {
    let of_author = ["growth", "indices"];
    match table.segments().collect::<Vec<_>>().as_slice() {
        [] => of_author.contains(&key),
        [first] => of_author.contains(first),
        ["growth", _, "points"] | ["indices", _, "levels"] => true,
        _ => false,
    }
}

/// Whether a problem says that a key on the way to the address is not known.
fn is_unknown_key(error: &ModelError, address: &Address) -> bool {
    error.problems().iter().any(|problem| match problem.fault.downcast_ref::<DocumentError>() {
        Some(DocumentError::UnknownKey { key, .. }) => address.is_within(&problem.place.address.child(key)),
        _ => false,
    })
}
