//! What a settlement follows: each payment's schedule in words, the numbers of the terms, and what they left out.
//!
//! One rule: what only the truth or the finance says decides no line, and is not told of a statement.

use super::assumptions::{AssumptionRow, contract_assumption_rows};
use super::schedule_words;
use super::statement::figure;
use crate::address::Address;
use crate::model::terms::Payment;
use crate::model::{Assumption, Contract, Default, Marks};
use crate::units::Label;

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

/// What the terms left out that decides lines.
pub(super) fn defaults(contract: &Contract) -> Vec<Default> {
    contract.defaults().iter().filter(|default| decides(&default.address, &[])).cloned().collect()
}

/// The marks of every number that lines follow, and of the indices that carry prices.
pub(super) fn marks(contract: &Contract) -> Marks {
    let follows = |number: &&Assumption| decides(&number.address, &number.used_at);
    let numbers = contract.assumptions().iter().filter(follows).map(|number| number.marks);
    let carried = contract.terms().payments.iter().filter_map(|payment| Some(payment.indexed.as_ref()?.marks));
    numbers.chain(carried).fold(Marks::default(), Marks::or)
}

/// Whether a settlement reads what stands there, or what uses it.
fn decides(address: &Address, used_at: &[Address]) -> bool {
    let terms = Address::root().child("contract");
    let finance = terms.child("finance");
    let within = |at: &Address| at.is_within(&terms) && !at.is_within(&finance);
    within(address) || used_at.iter().any(within)
}
