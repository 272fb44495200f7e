//! Filters: what deadweight, displacement, leakage, substitution and attribution leave of one unit.
//!
//! One rule: whatever is displaced and borne by somebody is counted twice, for its own holder and against the bearer; what
//! leaks or only substitutes is nobody's.
//!
//! # Formula
//! ```text
//! multiplicative: net = (1 − deadweight) · (1 − displacement) · (1 − leakage) · (1 − substitution) · multiplier
//! additive:       net = (1 − deadweight − displacement − leakage − substitution) · multiplier
//! ```

use super::formula::at;
use super::plan::{CreditShare, OutcomePlan};
use crate::number::Number;
use crate::reference::Filters;

/// What the filters leave of one unit.
pub(super) struct Filter<N> {
    /// What is there for the outcome's own holder.
    pub caused: N,
    /// The part of it that was pushed out elsewhere.
    pub displaced: N,
    /// The intervention's own share of what is left.
    pub own_share: N,
}

#[inline(always)]
pub(super) fn filter<N: Number>(filters: Filters, outcome: &OutcomePlan, inputs: &[N]) -> Filter<N> {
    let kept = |share: Option<_>| share.map_or(N::one(), |slot| N::one() - at(inputs, slot));
    let further = &outcome.additionality;
    let displacement = at(inputs, outcome.displacement);
    let own_share = match outcome.credit.share {
        CreditShare::Whole => N::one(),
        CreditShare::Others(slot) => N::one() - at(inputs, slot),
        CreditShare::Own(slot) => at(inputs, slot),
    };
    let filter = match filters {
        Filters::Multiplicative => {
            let caused = kept(outcome.deadweight) * kept(further.leakage) * kept(further.substitution);
            Filter { caused, displaced: caused * displacement, own_share }
        }
        Filters::Additive => {
            let less = |part, share: Option<_>| share.map_or(part, |slot| part - at(inputs, slot));
            let caused = less(less(kept(outcome.deadweight), further.leakage), further.substitution);
            let net = caused - displacement;
            let claimed = net - (N::one() - own_share);
            // Where nothing is left there is nothing to take a share of; below zero the share keeps the sum.
            let own_share = N::select(N::zero(), net * net, claimed / net, N::zero());
            Filter { caused, displaced: displacement, own_share }
        }
    };
    match further.multiplier.map(|slot| at(inputs, slot)) {
        Some(factor) => Filter { caused: filter.caused * factor, displaced: filter.displaced * factor, ..filter },
        None => filter,
    }
}
