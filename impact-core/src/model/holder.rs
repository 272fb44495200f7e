//! Holders: the parties to whom amounts are posted.
//!
//! One rule: every amount has a holder who gains or pays; society is the sum over holders, not one of them.

use super::Slot;
use crate::units::{Label, Language};
use rust_decimal::Decimal;

/// The position of a holder in its model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct HolderIndex(pub(crate) usize);

impl HolderIndex {
    /// The position.
    pub fn position(self) -> usize {
        self.0
    }
}

/// A party that pays or gains.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Holder {
    /// The id in the document.
    pub id: String,
    /// The name in reports.
    pub name: Label,
    /// What kind of party it is.
    pub kind: HolderKind,
    /// For a public budget, the level of government.
    pub level: Option<PublicLevel>,
    /// How many people it is, where it is people.
    pub size: Option<Decimal>,
    /// Whether society counts what it gains and loses.
    pub standing: bool,
    /// For a joint holder, who it is and in which shares.
    pub members: Vec<Member>,
}

impl Holder {
    /// What this holder's share in a joint holder is called.
    pub(crate) fn share_in(&self, joint: &Self) -> Label {
        let named = |language| (self.name.text(language), joint.name.text(language));
        let ((en, whole), (nb, hele)) = (named(Language::English), named(Language::Bokmal));
        Label::both(format!("share of {en} in {whole}"), format!("andel for {nb} i {hele}"))
    }
}

/// A holder's share in a joint holder.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Member {
    /// The holder.
    pub holder: HolderIndex,
    /// Its share of what the joint holder pays, gains or loses.
    #[serde(skip)]
    pub share: Slot,
}

/// What kind of party a holder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HolderKind {
    /// A public budget.
    Public,
    /// People: participants, families, victims, neighbours.
    People,
    /// An enterprise, social or other.
    Enterprise,
    /// An investor.
    Investor,
    /// Nobody in particular: whoever bears what was displaced.
    Unassigned,
    /// Several holders in fixed shares: what it pays, gains or loses is posted to them.
    Joint,
}

/// The level of government of a public budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublicLevel {
    /// A municipality.
    Municipality,
    /// A county.
    County,
    /// The state.
    State,
    /// A health trust or region.
    HealthTrust,
    /// A public insurance scheme.
    Insurance,
}

impl PublicLevel {
    /// All levels, in the order reports show them.
    pub const ALL: [Self; 5] = [Self::Municipality, Self::County, Self::State, Self::HealthTrust, Self::Insurance];
}
