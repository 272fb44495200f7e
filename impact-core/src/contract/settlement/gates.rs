//! Conditions of a payment, asked in the order in which they are written.
//!
//! One rule: the first that is not met withholds; what comes after it is not asked, and the tests made so far are told.

use super::line::Withheld;
use super::seen::Seen;
use crate::address::Address;
use crate::contract::schedule::reached;
use crate::contract::significance::{Tested, tested};
use crate::model::Slot;
use crate::model::terms::{Boundary, Figure, Gate, Significance};
use crate::number::{Exact, Number};

/// What the conditions of a payment say.
#[derive(Debug, Default)]
pub(super) struct Gated {
    /// The first that is not met.
    pub withheld: Option<Withheld>,
    /// The payments that make this one void once they pay.
    pub unless_paid: Vec<usize>,
    pub tested: Vec<Tested>,
}

impl Gated {
    /// Asks the conditions of a payment for a cohort, or for all of them.
    pub fn of(seen: &Seen<'_>, gates: &[Gate], cohort: Option<u32>) -> Self {
        let mut gated = Self::default();
        let asked = Asked { seen, cohort };
        for gate in gates {
            if let Gate::UnlessPaid(payment) = gate {
                gated.unless_paid.push(*payment);
            } else if gated.withheld.is_none() {
                gated.withheld = asked.gate(gate, &mut gated.tested);
            }
        }
        gated
    }
}

/// For whom conditions are asked.
struct Asked<'a> {
    seen: &'a Seen<'a>,
    cohort: Option<u32>,
}

impl Asked<'_> {
    /// Why one of them withholds.
    fn gate(&self, gate: &Gate, made: &mut Vec<Tested>) -> Option<Withheld> {
        match gate {
            // Of single people and of other payments: asked where those are known.
            Gate::Before { .. } | Gate::UnlessPaid(_) => None,
            Gate::Reaches { figure, at, boundary } => self.reaches(*figure, *at, *boundary),
            Gate::People { figure, at_least } => match self.seen.fewest_people(*figure, self.cohort) {
                Err(fault) => Some(Withheld::Awaits(fault)),
                Ok(people) => (self.seen.value(*at_least) - people)
                    .any_above_zero()
                    .then(|| self.address(*at_least))
                    .flatten()
                    .map(Withheld::TooFew),
            },
            Gate::Significant(condition) => self.significant(condition, made),
        }
    }

    fn reaches(&self, figure: Figure, at: Slot, boundary: Boundary) -> Option<Withheld> {
        let cohort = self.cohort.filter(|_| !self.seen.is_pooled(figure));
        match self.seen.figure(figure, cohort) {
            Err(fault) => Some(Withheld::Awaits(fault)),
            Ok((found, _)) => {
                let met = reached(found, boundary, self.seen.value(at), Exact::ONE, Exact::ZERO);
                if met.any_above_zero() { None } else { self.address(at).map(Withheld::NotReached) }
            }
        }
    }

    fn significant(&self, condition: &Significance, made: &mut Vec<Tested>) -> Option<Withheld> {
        let (pair, direction) = match self.seen.sides(condition.estimate, self.cohort) {
            Err(fault) => return Some(Withheld::Awaits(fault)),
            Ok(sides) => sides,
        };
        match tested(condition, self.seen.values, direction, (pair.treated, pair.compared)) {
            Err(fault) => Some(Withheld::Untested(fault)),
            Ok(found) => {
                let met = found.met;
                made.push(found);
                if met { None } else { self.address(condition.level).map(Withheld::NotSignificant) }
            }
        }
    }

    fn address(&self, slot: Slot) -> Option<Address> {
        self.seen.contract.address(slot)
    }
}
