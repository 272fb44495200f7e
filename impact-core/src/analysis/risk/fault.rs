//! Why the risk of a contract cannot be told.

use super::Situation;
use crate::address::Address;
use crate::analysis::variation::AxisFault;
use crate::contract::PayoutFault;
use crate::document::nearest;
use crate::error::ModelError;
use crate::model::Contract;
use crate::model::terms::NotPossible;
use crate::simulation::{Cancelled, PartsFault, PointsError};

/// Why the risk of a contract cannot be told.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RiskError {
    /// What it pays cannot be foreseen.
    #[error(transparent)]
    Payout(#[from] PayoutFault),
    /// The points do not have so many draws.
    #[error(transparent)]
    Points(#[from] PointsError),
    /// The caller ended it.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// Parts that do not make one risk.
    #[error(transparent)]
    Parts(#[from] PartsFault),
    /// A contract that nobody finances.
    #[error("the contract has no `finance`: say who puts money in and what it is spent on, and returns can be told")]
    NoFinance,
    /// A draw that cannot be settled, or whose money cannot be shared out.
    #[error(transparent)]
    Draw(#[from] ModelError),
    /// A situation of which the contract gives nothing to tell.
    #[error("`{}` has nothing to tell of this contract: it is told where {}", situation.name(), needs(*situation))]
    NotTold {
        /// As asked for.
        situation: Situation,
    },
    /// More draws than are held.
    #[error("number of draws `{draws}` is not a whole number from 1 to {most}")]
    TooManyDraws {
        /// As asked for.
        draws: u64,
        /// The most.
        most: u64,
    },
    /// Nothing to take values of.
    #[error("a grid has at least one axis: name an address and its values")]
    NoAxes,
    /// An address that is no number of the contract.
    #[error(
        "`{address}` is no number of this contract{}",
        nearest.as_ref().map(|near| format!(": did you mean `{near}`?")).unwrap_or_default()
    )]
    NoSuchNumber {
        /// As asked for.
        address: Address,
        /// The nearest, where one is near.
        nearest: Option<String>,
    },
    /// The values of an axis, or two axes of one number.
    #[error(transparent)]
    Axis(#[from] AxisFault),
    /// More scenarios than a grid holds.
    #[error("the axes have more than {most} combinations: take fewer values, or one grid after the other")]
    TooManyScenarios {
        /// The most.
        most: usize,
    },
    /// Values at which a schedule would not rise any more.
    #[error("the schedule of `{payment}` rises, and at some of these values `{low}` would stand before `{high}`")]
    NoLongerRising {
        /// The payment.
        payment: String,
        /// The highest value of the lower one.
        low: f64,
        /// The lowest value of the higher one.
        high: f64,
    },
    /// A truth that cannot be, at some of these values.
    #[error("{why}")]
    NotPossible {
        /// Where it stands.
        address: Address,
        /// Why it cannot be.
        why: NotPossible,
    },
    /// A chance outside 0 to 1.
    #[error("probability `{value}` is not between 0 and 1")]
    Probability {
        /// As asked for.
        value: f64,
    },
}

impl RiskError {
    /// An address that is no number of a contract, with the nearest that is one.
    pub(super) fn unknown(contract: &Contract, address: &Address) -> Self {
        let known = contract.assumptions().iter().flat_map(|number| &number.used_at).map(Address::as_str);
        Self::NoSuchNumber { address: address.clone(), nearest: nearest(address.as_str(), known).map(str::to_owned) }
    }

    /// Where the document has it, or would have it; none of what is wrong with a question.
    ///
    /// # Examples
    /// ```
    /// use impact_core::analysis::risk::RiskError;
    /// assert_eq!(RiskError::NoFinance.address().map(|at| at.to_string()).as_deref(), Some("contract.finance"));
    /// assert_eq!(RiskError::NoAxes.address(), None);
    /// ```
    pub fn address(&self) -> Option<Address> {
        let contract = || Address::root().child("contract");
        match self {
            Self::Payout(fault) => Some(fault.address()),
            Self::NoFinance => Some(contract().child("finance")),
            Self::NotPossible { address, .. } => Some(address.clone()),
            Self::NoLongerRising { payment, .. } => Some(contract().child("payments").child(payment).child("schedule")),
            Self::NotTold { .. }
            | Self::Points(_)
            | Self::Parts(_)
            | Self::Cancelled(_)
            | Self::Draw(_)
            | Self::TooManyDraws { .. }
            | Self::NoAxes
            | Self::NoSuchNumber { .. }
            | Self::Axis(_)
            | Self::TooManyScenarios { .. }
            | Self::Probability { .. } => None,
        }
    }
}

/// What a situation needs to be told.
fn needs(situation: Situation) -> &'static str {
    match situation {
        Situation::NothingWorksDrifting => {
            "what it pays for is compared, each metric with one fixed baseline only, and a metric of the truth has a `drift`"
        }
        _ => "what it pays for is compared, and each metric with one fixed baseline only",
    }
}
