//! Roots found in lanes, where it is proved that there are no others.
//!
//! One rule: what is not proved goes the sure way, one series at a time.

use super::lanes::{Discounting, LANES, Settled, Side, discounted, one_way, solve};
use super::rows::at;
use crate::cash_flow::internal_rate::{Crossing, InternalRate, Root, SEARCHED};
use crate::cash_flow::roots::{curve, internal_rate};
use crate::cash_flow::variations::bounds;
use std::iter::zip;

/// Changes of sign in each lane, and the first flow.
struct Signs {
    changes: [u32; LANES],
    first: [f64; LANES],
}

impl Signs {
    fn of(block: &[Side]) -> Self {
        let (mut changes, mut first, mut last) = ([0_u32; LANES], [0.0; LANES], [0.0; LANES]);
        for side in block {
            let lanes = zip(zip(&mut changes, &mut first), zip(&mut last, side.0));
            for ((changes, first), (last, amount)) in lanes {
                // A sign is 1 or −1, so that no product of small amounts is lost.
                *changes = changes.wrapping_add(u32::from(*last * amount < 0.0));
                *first = if *first == 0.0 { amount } else { *first };
                *last = if amount > 0.0 { 1.0 } else { *last };
                *last = if amount < 0.0 { -1.0 } else { *last };
            }
        }
        Self { changes, first }
    }
}

/// What is proved of a lane.
#[derive(Clone, Copy)]
enum Proof {
    /// Nothing.
    Open,
    /// This root and no other.
    One(Root),
    /// These two, the lower first, and no other.
    Two(Root, Root),
}

/// How far below a root balances are tried, times the years from flow to flow: just below it, as far as the balance after the
/// last flow is clear of rounding, and where later flows weigh more.
const BELOW: [f64; 3] = [1e-4, 0.3, 0.8];

/// The roots of lanes where they are proved to be the only ones.
pub(super) struct Proved([Proof; LANES]);

impl Proved {
    /// Solves a block of series; `span` is the time from the first flow to the last.
    pub fn of(block: &[Side], discounting: &mut impl Discounting, span: Side) -> Self {
        let signs = Signs::of(block);
        let wanted = signs.changes.map(|changes| changes > 0);
        let solved = solve(block, discounting, span, Side::all(0.0), wanted);
        let balances = signs.changes.iter().any(|changes| *changes > 1);
        let one_way = if balances { one_way(block, signs.first, discounting, solved.x) } else { [false; LANES] };
        let mut proofs = [Proof::Open; LANES];
        let lanes = zip(zip(&mut proofs, solved.x.0), zip(solved.settled, one_way));
        for (((proof, x), (settled, one_way)), (changes, first)) in zip(lanes, zip(signs.changes, signs.first)) {
            if settled && (changes == 1 || one_way) && searched(x) {
                *proof = Proof::One(Root::new(x, outermost(first)));
            }
        }
        let mut proved = Self(proofs);
        let gap = span / Side::all(block.len().saturating_sub(1).max(1) as f64);
        for below in BELOW {
            if zip(&proved.0, solved.settled).all(|(proof, settled)| !settled || !matches!(proof, Proof::Open)) {
                break;
            }
            let point = solved.x - Side::all(below) / gap;
            proved.by_balances_at(point, block, signs.first, discounting, span, &solved);
        }
        proved
    }

    /// Proves more lanes by the balances at a point below their root: it is the only one above that point, and there is none
    /// below, or one that is found too.
    fn by_balances_at(
        &mut self,
        point: Side,
        block: &[Side],
        first: [f64; LANES],
        discounting: &mut impl Discounting,
        span: Side,
        solved: &Settled,
    ) {
        let present = discounted(block, discounting, point);
        let (mut two, mut guess) = ([false; LANES], Side::all(0.0));
        let mut balances: Vec<f64> = Vec::with_capacity(block.len());
        let lanes = zip(
            zip(&mut self.0, zip(&mut two, &mut guess.0)),
            zip(zip(solved.x.0, solved.settled), zip(first, span.0)),
        );
        for (lane, ((proof, (two, guess)), ((x, settled), (first, span)))) in lanes.enumerate() {
            if !settled || !matches!(proof, Proof::Open) || !searched(x) {
                continue;
            }
            balances.clear();
            balances.extend(flows(&present, lane).filter(|amount| *amount != 0.0));
            match bounds(&balances) {
                Some((1, 0)) => *proof = Proof::One(Root::new(x, outermost(first))),
                Some((1, 1)) => {
                    balances.clear();
                    balances.extend(flows(block, lane).filter(|amount| *amount != 0.0));
                    (*two, *guess) = (true, backwards(&balances, span));
                }
                _ => {}
            }
        }
        if two.contains(&true) {
            let other = solve(block, discounting, span, guess, two);
            let lanes = zip(zip(&mut self.0, zip(solved.x.0, point.0)), zip(zip(other.x.0, other.settled), first));
            for ((proof, (x, point)), ((low, settled), first)) in lanes {
                if settled && low < point && searched(low) {
                    *proof = Proof::Two(Root::new(low, outermost(-first)), Root::new(x, outermost(first)));
                }
            }
        }
    }

    /// What is said of a lane: its proved roots, else what the sure way finds.
    pub fn status(&self, block: &[Side], lane: usize, time: impl Fn(usize) -> f64) -> InternalRate {
        match self.0.get(lane) {
            Some(Proof::One(root)) => return InternalRate::Unique(*root),
            Some(Proof::Two(low, high)) => return InternalRate::Several(vec![*low, *high]),
            Some(Proof::Open) | None => {}
        }
        let times: Vec<f64> = (0..block.len()).map(time).collect();
        let amounts: Vec<f64> = flows(block, lane).collect();
        internal_rate(&curve(&times, &amounts))
    }
}

fn searched(x: f64) -> bool {
    x > SEARCHED.0 && x < SEARCHED.1
}

/// The flows of a lane.
fn flows(block: &[Side], lane: usize) -> impl Iterator<Item = f64> {
    (0..block.len()).map(move |slot| at(block, slot, lane))
}

/// How the curve passes its highest root: beyond it, it has the sign of the first flow.
fn outermost(first: f64) -> Crossing {
    if first < 0.0 { Crossing::Falls } else { Crossing::Rises }
}

/// Where to look for a root far below: seen backwards, the last flow is a stake that the average flow of the other sign repays
/// for ever. Only the number of steps depends on it.
fn backwards(amounts: &[f64], span: f64) -> f64 {
    let last = amounts.last().copied().unwrap_or(1.0);
    let repaid = amounts.iter().filter(|amount| **amount * last.signum() < 0.0);
    let (sum, count) = repaid.fold((0.0, 0.0), |(sum, count), amount| (sum + amount.abs(), count + 1.0));
    let gaps = amounts.len().saturating_sub(1).max(1) as f64;
    -libm::log1p(sum / (f64::max(count, 1.0) * last.abs())) * gaps / span
}
