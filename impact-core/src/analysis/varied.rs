//! Varied: the number a break-even question varies, and which values the document lets it take.
//!
//! One rule: what the document refuses is not tried: a share of destinations by itself, a year of thirteen months, half a
//! year of horizon.

use super::break_even::BreakEvenError;
use super::range::DIGITS;
use crate::address::Address;
use crate::document::Node;
use crate::model::{Accepts, LONGEST_HORIZON, Model, Slot};
use crate::number::to_significant;
use rust_decimal::Decimal;

/// The number that is varied.
pub(super) struct VariedNumber {
    /// Its own slot; none for a setting or for one use of a shared number.
    pub own: Option<Slot>,
    /// Whether the document must be read again at each value, because more than the slot depends on it.
    pub by_document: bool,
    pub takes: Takes,
    pub unit: String,
    pub current: Decimal,
}

/// The values a number takes.
#[derive(Clone, Copy)]
pub(super) struct Takes {
    pub accepts: Accepts,
    /// The last value, where the document sets one.
    pub most: Option<Decimal>,
    /// Whole numbers only: between which bounds, and between which where no range is asked for.
    pub whole: Option<Whole>,
    /// The values in words.
    pub words: &'static str,
}

/// Bounds of whole numbers.
#[derive(Clone, Copy)]
pub(super) struct Whole {
    pub bounds: (i32, i32),
    pub usual: (i32, i32),
}

impl Takes {
    fn any(accepts: Accepts) -> Self {
        Self { accepts, most: None, whole: None, words: accepts.words() }
    }

    fn at_most(self, most: u32, words: &'static str) -> Self {
        let most = Decimal::from(most);
        match self.most {
            Some(other) if other <= most => self,
            _ => Self { most: Some(most), words, ..self },
        }
    }

    fn whole(bounds: (i32, i32), usual: (i32, i32), words: &'static str) -> Self {
        Self { accepts: Accepts::Any, most: None, whole: Some(Whole { bounds, usual }), words }
    }

    /// Whether a value is within them.
    pub fn takes(&self, value: Decimal) -> bool {
        let bounds = self.whole.map(|whole| (Decimal::from(whole.bounds.0), Decimal::from(whole.bounds.1)));
        let inside = bounds.is_none_or(|(low, high)| (low..=high).contains(&value));
        inside && self.accepts.accepts(value) && self.most.is_none_or(|most| value <= most)
    }
}

impl VariedNumber {
    pub fn of(model: &Model, address: &Address) -> Result<Self, BreakEvenError> {
        let found = match model.number_at(address.as_str()) {
            Ok(slot) => Self::number(model, address, slot)?,
            Err(unknown) => Self::setting(model, address).ok_or(unknown)?,
        };
        // An address that no value can be put at has no break-even: what is said of the value it has now is why.
        model.with(address.as_str(), to_significant(found.current, DIGITS))?;
        Ok(found)
    }

    fn number(model: &Model, address: &Address, slot: Slot) -> Result<Self, BreakEvenError> {
        let unknown = || BreakEvenError::NoValue { address: address.clone() };
        let number = model.assumption(slot).ok_or_else(unknown)?;
        let own = (number.address == *address).then_some(slot);
        let uses = if own.is_some() { number.used_at.as_slice() } else { std::slice::from_ref(address) };
        if let Some(parts) = joint_shares(model, uses) {
            return Err(BreakEvenError::PartOfWhole { address: address.clone(), whole: parts });
        }
        let mut takes = Takes::any(number.accepts);
        let mut by_document = own.is_none();
        for outcome in model.outcomes() {
            let destinations = outcome.address.child("destinations");
            if uses.iter().any(|at| at.is_within(&destinations)) {
                return Err(BreakEvenError::PartOfWhole { address: address.clone(), whole: destinations });
            }
            if uses.iter().any(|at| at.is_within(&outcome.address.child("duration"))) {
                takes = takes.at_most(LONGEST_HORIZON, "above 0 and at most 300");
                // A horizon that was left out ends with the last effect.
                by_document |= model.document().at(&Address::root().child("horizon")).is_none();
            }
        }
        if uses.iter().any(|at| at.segments().any(|segment| segment == "months_per_recipient")) {
            takes = takes.at_most(12, "above 0 and at most 12");
        }
        Ok(Self { own, by_document, takes, unit: number.unit.clone(), current: number.point })
    }

    /// A number of the document that is no assumption, given or left out.
    fn setting(model: &Model, address: &Address) -> Option<Self> {
        let given = model.node_at(address).and_then(Node::as_number).map(|number| number.value());
        let left_out = || model.defaults().iter().find(|default| default.address == *address)?.taken.parse().ok();
        let current = given.or_else(left_out)?;
        let takes = whole_setting(model, address).unwrap_or_else(|| Takes::any(Accepts::Any));
        let unit = "as the document writes it".to_owned();
        Some(Self { own: None, by_document: true, takes, unit, current })
    }
}

/// The shares of the joint holder among which an address stands, where one does.
fn joint_shares(model: &Model, uses: &[Address]) -> Option<Address> {
    let holders = Address::root().child("holders");
    let joint = model.holders().iter().filter(|holder| !holder.members.is_empty());
    let mut shares = joint.map(|holder| holders.child(&holder.id).child("shares"));
    shares.find(|shares| uses.iter().any(|at| at.is_within(shares)))
}

/// Years beyond those appraised that are tried.
const NEAR: i32 = 50;
/// Years beyond those appraised that a range may reach.
const FAR: i32 = 300;

/// The values of a setting that is a whole number.
fn whole_setting(model: &Model, address: &Address) -> Option<Takes> {
    let longest = i32::try_from(LONGEST_HORIZON).unwrap_or(i32::MAX);
    let segments: Vec<&str> = address.segments().collect();
    match segments.as_slice() {
        ["horizon"] => Some(Takes::whole((1, longest), (1, longest), "a whole number of years from 1 to 300")),
        [.., "lag"] => Some(Takes::whole((0, longest), (0, longest), "a whole number of years from 0 to 300")),
        [.., "start" | "present_value_year" | "discount_origin" | "price_year" | "actuals_to" | "year"]
        | [.., "years" | "intakes", _] => {
            let last = model.years().last().copied().unwrap_or(model.start());
            let within = |around: i32| (model.start().plus(-around).number(), last.plus(around).number());
            let words = "a year, at most 300 years away from those appraised";
            Some(Takes::whole(within(FAR), within(NEAR), words))
        }
        _ => None,
    }
}
