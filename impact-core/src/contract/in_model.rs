//! A statement in its model: what was settled becomes transfers of the model's document.
//!
//! One rule: an outcome payment is a transfer from payer to payee, never a cost; delivery is the cost. So society's total
//! moves only by what raising the money costs, and payment stands beside each payer's own saving in every table by year.

use super::settlement::{SettlementFault, Statement};
use crate::address::{Address, Place};
use crate::document::{Node, Table, Value};
use crate::error::ModelError;
use crate::model::terms::Payment;
use crate::model::{Assumption, Contract, HolderIndex, Marks, Model};
use crate::number::Exact;
use crate::units::Year;
use chrono::Datelike;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

impl Model {
    /// The model with what a statement pays: a nominal transfer for each payment, payer and year in which something is due,
    /// carried to the model's prices by the price level of that year. Money that goes back stands with its ends turned.
    ///
    /// The statement may be of the model's own `[contract]`, or of one that stands alone and names the same holders.
    ///
    /// # Errors
    /// A statement of other terms than the model's, or in another currency; something due outside the years appraised; a
    /// year without a price level; a holder that the model does not have.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Model;
    /// use impact_core::contract::{Observations, Row};
    /// use impact_core::evaluation::CountedIn;
    /// let model = Model::from_toml(r#"
    ///     impact = 1
    ///     name = "Fewer nights in shelters"
    ///     country = "NO"
    ///     currency = "NOK"
    ///     price_year = 2024
    ///     start = 2024
    ///     holders = [
    ///         { id = "town", kind = "public", level = "municipality" }, { id = "provider", kind = "enterprise" },
    ///     ]
    ///     costs = [ { id = "team", payer = "provider", amount = 200_000, year = 2024 } ]
    ///     [[outcomes]]
    ///     id = "fewer-nights"
    ///     holder = "town"
    ///     quantity = 400
    ///     unit = "night"
    ///     nature = "event"
    ///     values = [ { id = "bed", value = 900, unit = "night", kind = "fiscal", to = "town" } ]
    ///     [contract]
    ///     payee = "provider"
    ///     payers = [ { holder = "town" } ]
    ///     metrics = [ { id = "nights", kind = "count", outcome = "fewer-nights" } ]
    ///     payments = [ { id = "nights", of = "nights", schedule = { per_unit = 600 } } ]
    /// "#)?;
    /// let contract = model.contract().ok_or("no contract")?;
    /// let nights = Row { metric: "nights".into(), date: "2024-12-31".parse().ok(), count: Some(400.into()), ..Row::default() };
    /// let statement = contract.settle(&Observations::of(contract, [nights])?)?;
    /// let years = model.settled(&statement)?.appraise()?.wrong_pocket_years(CountedIn::Nominal)?;
    /// let town = &years.rows[0];
    /// // It saves 400 nights at 900 and pays 600 for each.
    /// assert_eq!((town.gains, town.pays, town.net), (360_000.into(), 240_000.into(), 120_000.into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn settled(&self, statement: &Statement) -> Result<Self, ModelError> {
        self.fits(statement)?;
        let paid = paid(statement)?;
        let mut document = self.document().clone();
        let mut transfers: Vec<Value> = match document.as_table().and_then(|table| table.get("transfers")) {
            Some(listed) => listed.as_list().unwrap_or_default().iter().map(|node| node.value.clone()).collect(),
            None => Vec::new(),
        };
        for (key, amount) in paid.iter().filter(|(_, amount)| !amount.is_zero()) {
            let Some(payment) = statement.contract().terms().payments.get(key.payment) else { continue };
            let year = self.appraised(key.year, payment, &document)?;
            let transfer = transfer(statement.contract(), payment, (key.payer, year), *amount);
            transfers.push(Value::Table(transfer.map_err(|fault| ModelError::one(Place::document(), fault))?));
        }
        if !transfers.is_empty() {
            document = document.with(&Address::root().child("transfers"), Value::list(transfers))?;
        }
        Self::from_changed(self, document)
    }

    /// That a statement can stand in this model.
    fn fits(&self, statement: &Statement) -> Result<(), ModelError> {
        let refused = |fault| Err(ModelError::one(Place::at(Address::root().child("contract")), fault));
        let theirs = statement.contract();
        if let Some(ours) = self.contract().filter(|ours| *ours != theirs) {
            let (theirs, ours) = (theirs.hash().clone(), ours.hash().clone());
            return refused(SettlementFault::OtherContract { theirs, ours });
        }
        let (theirs, ours) = (theirs.currency(), self.currency());
        if theirs != ours {
            return refused(SettlementFault::OtherCurrency { theirs, ours });
        }
        Ok(())
    }

    /// A year in which something is due, where the model has it; one after the last lengthens a model without `horizon`.
    fn appraised(&self, year: i32, payment: &Payment, document: &Node) -> Result<Year, ModelError> {
        let refused = |fault: SettlementFault| ModelError::one(Place::at(payment.address.clone()), fault);
        let first = self.start();
        let last = self.years().last().copied().unwrap_or(first);
        let found =
            Year::new(i64::from(year)).map_err(|fault| ModelError::one(Place::at(payment.address.clone()), fault))?;
        let open = document.as_table().is_some_and(|table| table.get("horizon").is_none());
        if found < first || (found > last && !open) {
            return Err(refused(SettlementFault::NotAppraised { year: found, first, last }));
        }
        Ok(found)
    }
}

/// What a transfer differs in from every other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    payment: usize,
    payer: HolderIndex,
    year: i32,
}

/// What each payer pays for each payment in each year in which something is due; below zero where it gets money back.
fn paid(statement: &Statement) -> Result<BTreeMap<Key, Decimal>, ModelError> {
    let mut sums: BTreeMap<Key, Exact> = BTreeMap::new();
    for line in statement.lines() {
        for share in &line.shares {
            let key = Key { payment: line.payment, payer: share.holder, year: line.due.year() };
            let sum = sums.entry(key).or_insert(Exact::ZERO);
            *sum = *sum + Exact::from(share.amount);
        }
    }
    let value = |(key, sum): (Key, Exact)| Ok((key, sum.value()?));
    let paid: Result<_, crate::number::Fault> = sums.into_iter().map(value).collect();
    paid.map_err(|fault| ModelError::one(Place::at(Address::root().child("contract")), fault))
}

/// The transfer of a payer for a payment in a year.
fn transfer(
    contract: &Contract,
    payment: &Payment,
    (payer, year): (HolderIndex, Year),
    amount: Decimal,
) -> Result<Table, crate::document::DocumentError> {
    let id = |holder: HolderIndex| contract.holders().get(holder.position()).map_or("", |holder| &holder.id);
    let (payer, payee) = (id(payer), id(contract.terms().payee));
    let (from, to) = if amount < Decimal::ZERO { (payee, payer) } else { (payer, payee) };
    let marks = marks(contract, payment);
    let mut table = Table::default();
    table.insert("id", format!("paid-{}-{payer}-{year}", payment.id))?;
    let mut name = Table::default();
    name.insert("en", payment.name.en.clone())?;
    if let Some(nb) = &payment.name.nb {
        name.insert("nb", nb.clone())?;
    }
    table.insert("name", name)?;
    table.insert("from", from)?;
    table.insert("to", to)?;
    let mut number = Table::default();
    number.insert("value", amount.abs())?;
    if marks.illustrative {
        number.insert("illustrative", true)?;
    }
    if marks.unverified {
        number.insert("unverified", true)?;
    }
    table.insert("amount", number)?;
    table.insert("year", year.number())?;
    table.insert("price_basis", "nominal")?;
    table.insert("source", format!("settled by {}, {}", payment.address, contract.hash()))?;
    Ok(table)
}

/// The marks of all numbers that decide a payment: its own, and those of no other payment.
fn marks(contract: &Contract, payment: &Payment) -> Marks {
    let payments = Address::root().child("contract").child("payments");
    let decides = |number: &&Assumption| {
        let at = number.used_at.iter().chain([&number.address]);
        at.clone().any(|at| at.is_within(&payment.address) || !at.is_within(&payments))
    };
    contract.assumptions().iter().filter(decides).fold(Marks::default(), |marks, number| marks.or(number.marks))
}
