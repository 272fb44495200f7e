//! Claims in the order in which they are settled, and those that stand twice.
//!
//! One rule: what stands twice stands side by side once claims are in order; the later row is refused and names the earlier.

use super::{Here, Reading};
use crate::address::{Address, Span};
use crate::contract::observation::cell::Column;
use crate::contract::observation::csv::list;
use crate::contract::observation::{Claim, ObservationFault};
use chrono::NaiveDate;

/// Claims as they are read, each with where it stands.
#[derive(Default)]
pub(super) struct Claims {
    /// Each with its position among the places, which is that of its row among those of claims.
    claims: Vec<(Claim, u32)>,
    /// The number of the row, and where its metric is written.
    places: Vec<(u32, Option<Span>)>,
}

impl Claims {
    /// Keeps a claim.
    pub fn keep(&mut self, here: &Here, claim: Claim) {
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        self.claims.push((claim, number(self.places.len())));
        self.places.push((number(here.number), here.span_of(Column::Metric)));
    }

    /// The claims so far.
    pub fn iter(&self) -> impl Iterator<Item = &Claim> {
        self.claims.iter().map(|(claim, _)| claim)
    }
}

impl Reading<'_> {
    /// The claims in the order of metrics, people and days, with names by their `positions` in the alphabet; of those that
    /// stand twice the later ones are refused.
    pub(super) fn in_order(&mut self, positions: &[u32]) -> Vec<Claim> {
        let Claims { mut claims, places } = std::mem::take(&mut self.claims);
        for (claim, _) in &mut claims {
            super::placed(positions, &mut claim.cohort);
            super::placed(positions, &mut claim.group);
        }
        claims.sort_unstable();
        let place = |at: u32| usize::try_from(at).ok().and_then(|at| places.get(at)).copied().unwrap_or_default();
        let mut twice: Vec<(u32, u32, NaiveDate)> = Vec::new();
        let mut first = claims.first().copied();
        for (claim, at) in claims.iter().skip(1) {
            match first {
                Some((earlier, first_at)) if earlier == *claim => twice.push((*at, first_at, claim.date)),
                _ => first = Some((*claim, *at)),
            }
        }
        twice.sort_unstable();
        let found = !twice.is_empty();
        for (at, first_at, date) in twice {
            let ((number, span), (earlier, _)) = (place(at), place(first_at));
            let here = Here::row(usize::try_from(number).unwrap_or(usize::MAX), span);
            self.refuse(&here, Column::Metric, stands_twice(earlier, date, true));
        }
        if found {
            // What was found last is told at its row all the same.
            self.problems.sort_by_key(|problem| row_of(&problem.place.address));
        }
        claims.into_iter().map(|(claim, _)| claim).collect()
    }
}

/// The number of the row at an address; none of all rows.
fn row_of(address: &Address) -> Option<usize> {
    address.as_str().split('.').nth(1).and_then(|number| number.parse().ok())
}

/// That the row of this number says the same.
pub(super) fn stands_twice(earlier: u32, date: NaiveDate, claim: bool) -> ObservationFault {
    ObservationFault::Twice { earlier: list().child(&earlier.to_string()), date, claim }
}
