//! Terms of an impact contract: what is measured, what it is compared with, what it pays, and who pays it.
//!
//! One rule: a contract is data. Every published mechanism is a metric, an estimate, a schedule, gates and limits, and a
//! split over payers, in this order; nothing of a single contract sits in code.

mod calendar;
mod estimate;
mod fault;
mod finance;
mod indexation;
mod limits;
mod metric;
mod payer;
mod payment;
mod possible;
mod rounding;
mod schedule;
mod significance;
mod truth;

pub use calendar::{Cohort, FollowUp, FollowedFrom, Milestone, Period, Termination};
pub use estimate::{Against, Control, Effect, Estimate, Figure, Made, Weighted};
pub use fault::TermsFault;
pub use finance::{
    Cap, CapKind, Coupon, Covers, Dated, Deferral, Delivery, Distribution, FeeBase, Finance, FinanceFault, Guarantee,
    GuaranteeBase, Instalment, Measured, PaidFrom, RateBy, Recipient, Repaid, ServiceCost, Step, SuccessFee,
    SurplusShare, Takeover, Tranche,
};
pub use indexation::{IndexYear, Indexation};
pub use limits::Limits;
pub use metric::{Metric, MetricKind, Range};
pub use payer::Payer;
pub use payment::{Gate, Payment, Per, Refunds, Repeats};
pub use possible::NotPossible;
pub use rounding::{Rounding, RoundingRule};
pub use schedule::{Band, Boundary, Corner, Outside, Points, Schedule};
pub use significance::{Side, Significance, Test};
pub use truth::{Compared, EffectIn, Scatter, TrueCohort, TrueMetric, Truth};

use super::{Assumption, Holder, HolderIndex, Silence, Slot};
use crate::address::Address;
use crate::document::{DocumentHash, Node};
use crate::units::{Currency, Label};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::sync::Arc;

/// The terms under which results are paid for.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    /// What to beware of.
    pub note: Option<Label>,
    /// Who is paid.
    pub payee: HolderIndex,
    /// Who pays, in which shares and up to what.
    pub payers: Vec<Payer>,
    /// The days on which anything observed counts.
    pub period: Period,
    /// Who belongs to which cohort; empty: the contract lists none, and rows name them as they like.
    pub cohorts: Vec<Cohort>,
    /// The days on which results are reported, rising: a payment is due so many days after the first on or after its observation.
    /// Empty: after the observation itself.
    pub reports: Vec<NaiveDate>,
    /// Days that payments may fall due on.
    pub milestones: Vec<Milestone>,
    /// An early end; none: it runs as written.
    pub terminated: Option<Termination>,
    /// What is observed.
    pub metrics: Vec<Metric>,
    /// What is made of it: effects against a comparison, pooled or mixed.
    pub estimates: Vec<Estimate>,
    /// What is paid for which figure.
    pub payments: Vec<Payment>,
    /// Limits of the contract as a whole.
    pub limits: Limits,
    /// How an amount becomes money.
    pub rounding: Rounding,
    /// Who puts money in first, and how it comes back.
    pub finance: Option<Finance>,
}

impl Terms {
    /// The cohort of an id, where the contract lists it.
    pub fn cohort(&self, id: &str) -> Option<&Cohort> {
        self.cohorts.iter().find(|cohort| cohort.id == id)
    }

    /// Everybody who pays anything, each once, in the order of the holders.
    pub fn paying(&self) -> Vec<HolderIndex> {
        let own = self.payments.iter().filter_map(|payment| payment.payers.as_ref()).flatten();
        let mut paying: Vec<HolderIndex> = self.payers.iter().chain(own).map(|payer| payer.holder).collect();
        paying.sort_unstable();
        paying.dedup();
        paying
    }
}

/// A contract that can be settled: its terms with the parties and numbers they name. Cheap to clone, immutable.
///
/// # Examples
/// A payment of 15.12 dollars a day, at most 5,290,000 in all:
/// ```
/// use impact_core::Contract;
/// let contract = Contract::from_toml(r#"
///     impact = 1
///     name = "Denver: supportive housing"
///     currency = "USD"
///     holders = [ { id = "city", kind = "public", level = "municipality" }, { id = "lenders", kind = "investor" } ]
///
///     [contract]
///     payee = "lenders"
///     payers = [ { holder = "city" } ]
///     metrics = [ { id = "housing-days", kind = "count", unit = "day" } ]
///     payments = [ { id = "housing", of = "housing-days", schedule = { per_unit = 15.12 }, at_most = 5_290_000 } ]
/// "#)?;
/// assert_eq!(contract.terms().payments[0].id, "housing");
/// assert!(contract.slot(&"contract.payments.housing.schedule.per_unit".parse()?).is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Contract(pub(crate) Arc<Written>);

/// Everything a contract says, typed.
#[derive(Debug)]
pub(crate) struct Written {
    pub document: Node,
    pub hash: DocumentHash,
    pub name: Label,
    pub description: Option<Label>,
    pub currency: Currency,
    pub holders: Vec<Holder>,
    pub silenced: Vec<Silence>,
    pub terms: Terms,
    pub truth: Option<Truth>,
    pub assumptions: Vec<Assumption>,
    pub slots: HashMap<Address, Slot>,
    pub defaults: Vec<super::Default>,
}

/// Contracts are equal where their documents say the same.
impl PartialEq for Contract {
    fn eq(&self, other: &Self) -> bool {
        self.hash() == other.hash()
    }
}

impl Eq for Contract {}

impl Contract {
    /// What it is called.
    pub fn name(&self) -> &Label {
        &self.0.name
    }

    /// What it is, in the author's words.
    pub fn description(&self) -> Option<&Label> {
        self.0.description.as_ref()
    }

    /// The currency of every amount.
    pub fn currency(&self) -> Currency {
        self.0.currency
    }

    /// The parties.
    pub fn holders(&self) -> &[Holder] {
        &self.0.holders
    }

    /// The cohort of an id, where the contract lists it.
    pub fn cohort(&self, id: &str) -> Option<&Cohort> {
        self.terms().cohorts.iter().find(|cohort| cohort.id == id)
    }

    /// What pays for what.
    pub fn terms(&self) -> &Terms {
        &self.0.terms
    }

    /// What is supposed to be the case, where the document says it.
    pub fn truth(&self) -> Option<&Truth> {
        self.0.truth.as_ref()
    }

    /// Every number of the terms and of the truth.
    pub fn assumptions(&self) -> &[Assumption] {
        &self.0.assumptions
    }

    /// What the document left out and the library filled in.
    pub fn defaults(&self) -> &[super::Default] {
        &self.0.defaults
    }

    /// The checks that the document lets stand, with the reasons; of a model's contract, the model's document does.
    pub fn silenced(&self) -> &[Silence] {
        &self.0.silenced
    }

    /// The document as written.
    pub fn document(&self) -> &Node {
        &self.0.document
    }

    /// SHA-256 of the document as written, with nothing filled in.
    pub fn hash(&self) -> &DocumentHash {
        &self.0.hash
    }

    /// The number at a slot.
    pub fn assumption(&self, slot: Slot) -> Option<&Assumption> {
        self.0.assumptions.get(slot.0)
    }

    /// Where the number at a slot stands.
    pub(crate) fn address(&self, slot: Slot) -> Option<Address> {
        self.assumption(slot).map(|number| number.address.clone())
    }

    /// The slot of a number by its own address, or by an address that uses it.
    pub fn slot(&self, address: &Address) -> Option<Slot> {
        self.0.slots.get(address).copied()
    }
}
