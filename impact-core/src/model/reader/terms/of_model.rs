//! Reading the contract of a model: its parties and shared numbers are those of the model.
//!
//! One rule: the contract's own document is the part of the model's that it rests on, so that a change elsewhere in the model
//! leaves it the same contract.

use super::TermsReader;
use crate::document::{Fields, Node, Table};
use crate::model::Contract;
use crate::model::reader::Reader;
use crate::model::reader::questions::Known;
use crate::model::terms::{TermsFault, Written};
use std::sync::Arc;

/// What of a document a contract rests on.
const PARTS: [&str; 9] =
    ["impact", "name", "description", "currency", "holders", "assumptions", "indices", "contract", "truth"];

/// Whether a document is a model: a contract alone has no price year, a model always.
pub(super) fn is_model(document: &Node) -> bool {
    document.as_table().is_some_and(|table| table.get("price_year").is_some())
}

impl Reader {
    /// The contract of the model, where it has one.
    pub(in crate::model::reader) fn contract(
        &self,
        fields: &mut Fields<'_, '_>,
        document: &Node,
        outcomes: &Known<'_>,
    ) -> Option<Contract> {
        let truth = fields.node("truth");
        let Some(node) = fields.node("contract") else {
            if truth.is_some() {
                fields.refuse("truth", TermsFault::NoContract);
            }
            return None;
        };
        let (head, holders) = (&self.head, &self.holders);
        let mut numbers = self.numbers.shared_alone();
        let reader = TermsReader {
            numbers: &mut numbers,
            holders,
            indices: &self.price_series,
            currency: head.currency,
            payee: None,
            ended: None,
            outcomes: Some(outcomes),
        };
        let (terms, truth) = reader.read(node, truth, fields.problems())?;
        let document = own_part(document)?;
        Some(Contract(Arc::new(Written {
            hash: document.hash(),
            document,
            name: head.name.clone()?,
            description: head.description.clone(),
            currency: head.currency?,
            holders: holders.kept.clone(),
            silenced: Vec::new(), // they are the model's
            terms,
            truth,
            assumptions: numbers.kept,
            slots: numbers.slots,
            defaults: numbers.defaults,
        })))
    }
}

/// The part of a model's document that its contract rests on.
fn own_part(document: &Node) -> Option<Node> {
    let entries = document.as_table()?.entries().iter().filter(|entry| PARTS.contains(&entry.key.as_str()));
    let kept = Table::of(entries.map(|entry| (entry.key.clone(), entry.node.value.clone())), []).ok()?;
    Some(Node::new(document.address().clone(), kept))
}
