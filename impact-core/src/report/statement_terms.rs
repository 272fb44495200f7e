//! What a settlement follows: each payment's schedule in words, the numbers of the terms, and what they left out.
//!
//! One rule: what only the truth or the finance says decides no line, and is not told of a statement.

use super::assumptions::{AssumptionRow, contract_assumption_rows};
use super::risk::marks_of;
use super::risk_settings::{self, SettingRow};
use super::schedule_words;
use super::statement::figure;
use crate::address::Address;
use crate::document::{Node, Value};
use crate::model::terms::Payment;
use crate::model::{Contract, Default, Marks};
use crate::units::Label;
use crate::units::written::Numeral;

/// What a document says of its parts that decides nothing.
const ASIDE: [&str; 9] =
    ["id", "name", "note", "source", "illustrative", "unverified", "grade", "indicators", "outcome"];

/// What a payment follows.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct PaymentTermsRow {
    /// The id of the payment.
    pub payment: String,
    /// What it is called.
    pub name: Label,
    /// The id of the metric or estimate it pays for; empty of a fee.
    pub of: String,
    /// What that is called.
    pub of_name: Label,
    /// From the figure to the amount, in words.
    pub schedule: Label,
    /// What must hold, what multiplies the amount and what bounds it, in words; empty where nothing does.
    pub conditions: Label,
    /// Where it stands in the terms.
    pub address: Address,
}

/// What each payment follows, in the order of the terms.
pub(super) fn payments(contract: &Contract) -> Vec<PaymentTermsRow> {
    let row = |payment: &Payment| {
        let (_, of, of_name) = figure(contract, payment.of);
        PaymentTermsRow {
            payment: payment.id.clone(),
            name: payment.name.clone(),
            of: of.to_owned(),
            of_name,
            schedule: schedule_words::schedule(contract, &payment.schedule),
            conditions: schedule_words::conditions(contract, payment),
            address: payment.address.clone(),
        }
    };
    contract.terms().payments.iter().map(row).collect()
}

/// The numbers of the terms that lines follow, in the order of the document.
pub(super) fn assumptions(contract: &Contract) -> Vec<AssumptionRow<'_>> {
    let mut rows = contract_assumption_rows(contract);
    rows.retain(|row| decides(row.address, row.used_at));
    rows
}

/// What else of the terms lines follow, as it is written: rules, days, windows and definitions, who pays; not what is called what
/// or where it was read.
pub(super) fn settings(contract: &Contract) -> Vec<SettingRow> {
    let mut rows = Vec::new();
    let terms = contract.document().as_table().and_then(|table| table.get("contract"));
    terms.into_iter().for_each(|node| written(contract, node, &mut rows));
    rows.retain(|row| decides(&row.address, &[]));
    rows
}

/// Every text, day, flag and number below a node that is not among the assumptions; documents are at most as deep as the reader lets
/// them be.
fn written(contract: &Contract, node: &Node, rows: &mut Vec<SettingRow>) {
    if contract.slot(node.address()).is_some() {
        return;
    }
    if let Some(day) = risk_settings::day(node) {
        rows.push(day);
        return;
    }
    let row = |value| SettingRow { address: node.address().clone(), value, taken: false };
    match &node.value {
        Value::Table(table) => {
            let told = table.entries().iter().filter(|entry| !ASIDE.contains(&entry.key.as_str()));
            told.for_each(|entry| written(contract, &entry.node, rows));
        }
        Value::List(elements) => elements.iter().for_each(|element| written(contract, element, rows)),
        Value::Number(number) => {
            let number = Numeral(number.value());
            rows.push(row(Label::both(number.to_string(), format!("{number:#}"))));
        }
        Value::Flag(flag) => rows.push(row(Label::plain(flag.to_string()))),
        Value::Date(day) => rows.push(row(Label::plain(day.to_string()))),
        Value::Text(text) => rows.push(row(Label::plain(text))),
    }
}

/// What the terms left out that decides lines.
pub(super) fn defaults(contract: &Contract) -> Vec<Default> {
    contract.defaults().iter().filter(|default| decides(&default.address, &[])).cloned().collect()
}

/// The marks of every number that lines follow, and of the indices that carry prices.
pub(super) fn marks(contract: &Contract) -> Marks {
    marks_of(contract, |number| decides(&number.address, &number.used_at))
}

/// Whether a settlement reads what stands there, or what uses it.
fn decides(address: &Address, used_at: &[Address]) -> bool {
    let terms = Address::root().child("contract");
    let finance = terms.child("finance");
    let within = |at: &Address| at.is_within(&terms) && !at.is_within(&finance);
    within(address) || used_at.iter().any(within)
}
