//! Shares of payers that leave none of them worse off.
//!
//! # Formula
//! With the expected payment *P* in all and the expected saving *S(h)* of each payer, a payer is no worse off where
//! ```text
//! share(h) · P ≤ S(h),      least(h) = max(0, 1 − Σ min(1, S(k) / P) over the other payers k),      most(h) = min(1, S(h) / P)
//! ```
//! Limits of single payers are set aside: they move what is paid, not who could pay it.

use crate::analysis::risk::SituationSaving;
use crate::model::HolderIndex;

/// How payers may share what is expected to be paid.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum FairShares {
    /// Nothing is expected to be paid.
    NothingPaid,
    /// Together they save at least what they pay: each may have a share from its least to its most.
    Shares(Vec<FairShare>),
    /// Together they save less than they pay, by so much: whatever the shares, somebody is worse off.
    Lacking(f64),
    /// These lose by what changes before they pay anything: whatever the shares, they are worse off.
    Losing(Vec<HolderIndex>),
}

/// The shares of one payer that leave neither it nor, with the right shares of the others, anybody else worse off.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct FairShare {
    /// Who.
    pub holder: HolderIndex,
    /// What the others cannot take.
    pub least: f64,
    /// What it saves, as a share of the payment.
    pub most: f64,
}

impl SituationSaving {
    /// How those who pay may share what is expected to be paid so that none of them pays more than it is expected to save.
    ///
    /// # Examples
    /// Five million are paid for fifty people; thirty of them save the town 162,000 each, and the state 108,000:
    /// ```
    /// use impact_core::Model;
    /// use impact_core::analysis::risk::{FairShares, Situation};
    /// use impact_core::simulation::{Seed, Simulation};
    /// use std::ops::ControlFlow;
    /// # let text = include_str!("../../../../../fixtures/models/paid-work.toml");
    /// let model = Model::from_toml(text)?;
    /// let risk = model.saving_risk(&Simulation::new(10, Seed(7)), &mut |_| ControlFlow::Continue(()))?;
    /// let believed = risk.situation(Situation::AsBelieved).ok_or("told")?;
    /// let FairShares::Shares(shares) = believed.fair_shares() else { return Err("there are shares".into()) };
    /// // The town: 1 − 3.24 / 5 at least, 4.86 / 5 at most.
    /// assert!((shares[0].least - 0.352).abs() < 1e-9 && (shares[0].most - 0.972).abs() < 1e-9);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn fair_shares(&self) -> FairShares {
        let payers: Vec<_> = self.holders.iter().filter(|holder| holder.covers.is_some()).collect();
        let paid: f64 = payers.iter().map(|holder| holder.paid.mean).sum();
        if paid <= 0.0 {
            return FairShares::NothingPaid;
        }
        let losing: Vec<HolderIndex> =
            payers.iter().filter(|holder| holder.saved.mean < 0.0).map(|holder| holder.holder).collect();
        if !losing.is_empty() {
            return FairShares::Losing(losing);
        }
        let most: Vec<f64> = payers.iter().map(|holder| (holder.saved.mean / paid).min(1.0)).collect();
        let all: f64 = most.iter().sum();
        if all < 1.0 {
            return FairShares::Lacking((1.0 - all) * paid);
        }
        let share =
            |(holder, most): (HolderIndex, f64)| FairShare { holder, least: (1.0 - (all - most)).max(0.0), most };
        FairShares::Shares(payers.iter().map(|payer| payer.holder).zip(most).map(share).collect())
    }
}
