//! Outcomes: what changes, for whom, for how long, and how much of it is due to the intervention.

use super::{
    AllowedFor, Answers, Employment, GradeCorrection, HolderIndex, Indicator, OutcomeValue, Quantity, Slot, Window,
};
use crate::address::Address;
use crate::reference::{ConfidenceGrade, Grade, Source};
use crate::units::{Label, Unit, Year};

/// A change for a holder.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The id in the document.
    pub id: String,
    /// `outcomes.<id>`.
    pub address: Address,
    /// The name in reports.
    pub name: Label,
    /// The change in words.
    pub change: Option<Label>,
    /// What counts as one, in words: a new charge, a new sentence.
    pub definition: Option<Label>,
    /// How long people are followed for it.
    pub window: Option<Window>,
    /// For whom.
    pub holder: HolderIndex,
    /// Whether more or less of it is wanted.
    pub direction: Direction,
    /// What one unit is.
    pub unit: Unit,
    /// State or event.
    pub nature: Nature,
    /// How many units in each intake.
    pub quantity: Quantity,
    /// Whether the quantity is before or after the counterfactual.
    pub measured: Measured,
    /// The years in which people start.
    pub intakes: Vec<Year>,
    /// Years from an intake to the first effect.
    pub lag: u32,
    /// Years a state lasts; the last may be part of a year. An event has none, nor has a quantity that says itself how long
    /// it lasts: a path, an effect with a hazard.
    pub duration: Option<Slot>,
    /// Share that would have happened anyway; none on a net quantity.
    pub deadweight: Option<Slot>,
    /// The intervention's own share of the credit, 1 where none is said; enters SROI claims.
    pub own_share: OwnShare,
    /// Share that pushed out the same outcome for somebody else.
    pub displacement: Displacement,
    /// What else of it counts for less, or more.
    pub additionality: Additionality,
    /// Share lost per year after the first.
    pub drop_off: Slot,
    /// Where those who change go, as shares of the units.
    pub destinations: Vec<Destination>,
    /// What the quantity rests on.
    pub evidence: Evidence,
    /// What a unit is worth, to whom; the parts of a year in work come last.
    pub values: Vec<OutcomeValue>,
    /// A year in work, where the document values it as such.
    pub employment: Option<Employment>,
    /// The goals it serves, as positions among those of the model.
    pub goals: Vec<usize>,
    /// What catalogues of indicators call it.
    pub indicators: Vec<Indicator>,
    /// Where the outcome as a whole is described.
    pub source: Option<Source>,
    /// What to beware of.
    pub note: Option<String>,
}

impl Outcome {
    /// What accrues: unit-years of a state, the unit itself of an event.
    pub fn accrued_unit(&self) -> Unit {
        match self.nature {
            Nature::State => self.unit.per_year(),
            Nature::Event => self.unit.clone(),
        }
    }
}

/// Credit for an outcome that others helped to reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnShare {
    /// Nothing is said: all of it.
    Whole,
    /// The document gives the share of others.
    Others(Slot),
    /// The document gives the intervention's own share.
    Own(Slot),
}

/// Whether more or less of an outcome is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// More is wanted.
    Increase,
    /// Less is wanted; the quantity counts what is avoided, and an effect counts where the treated have less.
    Decrease,
}

/// Whether an outcome lasts or happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nature {
    /// Lasts: accrues unit-years over its duration.
    State,
    /// Happens once.
    Event,
}

/// Whether a quantity was measured against a counterfactual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measured {
    /// Before the counterfactual: deadweight applies.
    Gross,
    /// Against a counterfactual already.
    Net,
}

/// The share of an outcome that pushed out the same for somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Displacement {
    /// The share.
    pub share: Slot,
    /// Who bears it; where nobody is named the units are only left out.
    pub borne_by: Option<HolderIndex>,
}

/// What else of an outcome is not additional; nothing where the document says nothing.
///
/// # Formula
/// net = (1 − deadweight) · (1 − displacement) · (1 − leakage) · (1 − substitution) · multiplier; conventions that add their
/// filters subtract leakage and substitution like the others.
///
/// # References
/// econstack-data, parameters/uk/additionality.json, which states the rule with default shares of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Additionality {
    /// Share that reaches others than those it is meant for.
    pub leakage: Option<Slot>,
    /// Share that only takes the place of something the same people or firms would have done.
    pub substitution: Option<Slot>,
    /// What the rest is multiplied by for what follows from it.
    pub multiplier: Option<Slot>,
}

impl Additionality {
    /// The numbers it is made of.
    pub fn slots(&self) -> impl Iterator<Item = Slot> {
        [self.leakage, self.substitution, self.multiplier].into_iter().flatten()
    }
}

/// Where some of those who change go.
#[derive(Debug, Clone, PartialEq)]
pub struct Destination {
    /// The name in the document: `work`, `aap`.
    pub id: String,
    /// The share of the units.
    pub share: Slot,
}

/// What a quantity rests on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Evidence {
    /// The grade.
    pub grade: Option<Grade>,
    /// The design of the study, in words.
    pub design: Option<String>,
    /// The source.
    pub source: Option<Source>,
    /// How many it was found among.
    pub answers: Option<Answers>,
    /// How sure the author is, where conventions correct by it.
    pub confidence: Option<ConfidenceGrade>,
    /// What allows for weak evidence already.
    pub includes: Option<AllowedFor>,
    /// What the conventions take off the values for it.
    pub correction: Option<GradeCorrection>,
}
