//! Reading the questions a document asks of itself.

use super::Reader;
use super::common::read_id;
use crate::address::Address;
use crate::document::{Fields, Node, nearest};
use crate::error::Problems;
use crate::model::lookup::{slot_at, unknown_address};
use crate::model::{Measure, ModelFault, NamedQuestion, Outcome, Perspective, Question};
use rust_decimal::Decimal;

impl Reader {
    pub(super) fn question(
        &self,
        node: &Node,
        document: &Node,
        outcomes: &Known<'_>,
        problems: &mut Problems,
    ) -> Option<NamedQuestion> {
        let sound = problems.is_empty();
        let mut fields = Fields::of(node, problems)?;
        let id = read_id(&mut fields);
        let break_even = fields.required_parsed::<Address>("break_even");
        if let Some(address) = break_even.as_ref().filter(|address| !self.is_number(address, document, sound)) {
            fields.refuse("break_even", unknown_address(&self.numbers.slots, address.as_str()));
        }
        let measure = fields.required_parsed::<Measure>("measure");
        let perspective = self.perspective(&mut fields);
        let target = fields.number("target").unwrap_or(Decimal::ZERO);
        let outcome = read_outcome(&mut fields, measure, outcomes);
        fields.finish();
        let question = Question { measure: measure?, perspective, outcome };
        Some(NamedQuestion { id: id?, break_even: break_even?, question, target })
    }

    pub(super) fn perspective(&self, fields: &mut Fields<'_, '_>) -> Perspective {
        let perspective = Perspective::named(fields.text("perspective").unwrap_or("society"));
        if let Perspective::Holder(id) = &perspective
            && !self.holders.has(id)
        {
            fields.refuse("perspective", self.holders.unknown(id));
        }
        perspective
    }

    /// Whether the address is a number of the model, as far as can be said: a number lost to another problem is no second.
    pub(super) fn is_number(&self, address: &Address, document: &Node, sound: bool) -> bool {
        if slot_at(&self.numbers.slots, address).is_some() {
            return true;
        }
        let mut segments = address.segments();
        let top = segments.by_ref().take(2).fold(Address::root(), |address, segment| address.child(segment));
        !sound && document.at(&top).is_some()
    }
}

/// The outcomes of the model by their ids, those that could not be read included.
pub(super) struct Known<'a> {
    pub ids: Vec<&'a str>,
    /// Whether every one of them could be read.
    pub whole: bool,
}

impl<'a> Known<'a> {
    pub fn new(list: Option<&'a Node>, outcomes: &[Outcome]) -> Self {
        let nodes = list.and_then(Node::as_list).unwrap_or_default();
        Self { ids: nodes.iter().filter_map(Node::id).collect(), whole: nodes.len() == outcomes.len() }
    }
}

/// The position of the outcome under `outcome`; none inside where none is named.
pub(super) fn outcome_named(fields: &mut Fields<'_, '_>, outcomes: &Known<'_>) -> Option<Option<usize>> {
    fields.known(&["outcome"]);
    if !fields.has("outcome") {
        return Some(None);
    }
    let id = fields.text("outcome")?;
    let position = outcomes.ids.iter().position(|known| *known == id);
    if position.is_none() && outcomes.whole {
        let known = outcomes.ids.iter().map(|id| (*id).to_owned()).collect();
        let nearest = nearest(id, outcomes.ids.iter().copied()).map(str::to_owned);
        fields.refuse("outcome", ModelFault::UnknownOutcome { id: id.to_owned(), nearest, known });
    }
    position.map(Some)
}

pub(super) fn read_outcome(
    fields: &mut Fields<'_, '_>,
    measure: Option<Measure>,
    outcomes: &Known<'_>,
) -> Option<String> {
    let known = || outcomes.ids.iter().map(|id| (*id).to_owned()).collect::<Vec<String>>();
    let id = fields.text("outcome");
    match id {
        Some(id) if !outcomes.ids.contains(&id) && outcomes.whole => {
            let nearest = nearest(id, outcomes.ids.iter().copied()).map(str::to_owned);
            fields.refuse("outcome", ModelFault::UnknownOutcome { id: id.to_owned(), nearest, known: known() });
        }
        Some(_) if measure.is_some_and(|measure| !measure.is_of_an_outcome()) => {
            let because = "only `cost_per_outcome` and `gain_per_unit` are of one outcome";
            fields.refuse("outcome", ModelFault::Meaningless { key: "outcome", because });
        }
        None if measure.is_some_and(Measure::is_of_an_outcome) && outcomes.ids.len() > 1 && !fields.has("outcome") => {
            fields.refuse_here(ModelFault::OutcomeMissing { known: known() });
        }
        _ => {}
    }
    id.map(str::to_owned)
}
