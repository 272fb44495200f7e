//! Effects without a price in results: what each comes to on the plus-minus scale, and which way they pull beside the account.
//!
//! One rule: consequences are listed, never added: people weigh them against one another and against the account.

use super::appraisal::Appraisal;
use crate::address::Address;
use crate::model::{EffectSign, Marks, Measure, NonPricedEffect, Perspective};
use crate::reference::{Consequence, EffectSize, Grade, Importance, PlusMinus, Source};
use crate::units::{Label, Year};
use rust_decimal::Decimal;

/// All effects without a price, beside the net present value of society.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct NonPriced<'a> {
    /// The scale they are judged on.
    pub scale: &'a PlusMinus,
    /// The effects, in the order of the document.
    pub effects: Vec<NonPricedRow<'a>>,
    /// Which way they pull.
    pub pull: Pull,
    /// What that means beside the net present value.
    pub bearing: Bearing,
    /// The net present value of society that they stand beside; none where it has none.
    pub npv: Option<Decimal>,
    /// Whether any effect is invented, or the scale was not read at its source.
    pub marks: Marks,
}

/// An effect without a price.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct NonPricedRow<'a> {
    /// The id.
    pub id: &'a str,
    /// `non_priced.<id>`.
    pub address: &'a Address,
    /// What it is called.
    pub name: &'a Label,
    /// The effect in words.
    pub change: &'a Label,
    /// Whom it reaches.
    pub holder: &'a str,
    /// The part of them it reaches.
    pub group: Option<&'a str>,
    /// The outcome it follows from.
    pub outcome: Option<&'a str>,
    /// How important what is affected is.
    pub importance: Importance,
    /// How much of it changes.
    pub size: EffectSize,
    /// For the better or for the worse.
    pub direction: EffectSign,
    /// What that comes to.
    pub consequence: Consequence,
    /// The first year in which it is felt.
    pub from: Option<Year>,
    /// The last year in which it is felt.
    pub to: Option<Year>,
    /// Grade of the evidence.
    pub grade: Option<Grade>,
    /// The design of the study, in words.
    pub design: Option<&'a str>,
    /// Where it comes from: the source of the evidence, else of the effect.
    pub source: Option<&'a Source>,
    /// What to beware of.
    pub note: Option<&'a str>,
    /// Whether it is invented, or its consequence comes from a scale that was not read at its source.
    #[serde(flatten)]
    pub marks: Marks,
}

/// Which way effects without a price pull.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pull {
    /// All that count are for the better.
    Up,
    /// All that count are for the worse.
    Down,
    /// Some are for the better and some for the worse.
    BothWays,
    /// None of them is of any consequence.
    Nowhere,
}

/// What the pull means beside a net present value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bearing {
    /// They pull the way the account already points.
    Strengthens,
    /// They pull against the account: whether they outweigh it is for people to say.
    Opposes,
    /// They pull both ways: which weighs more is for people to say.
    Divided,
    /// The account is zero or has no value: they alone point somewhere.
    Alone,
    /// They are of no consequence.
    Silent,
}

impl Appraisal {
    /// What has no price, beside the account; none where the document has no such effect.
    pub fn non_priced(&self) -> Option<NonPriced<'_>> {
        let model = self.model();
        if model.non_priced().is_empty() {
            return None;
        }
        let scale = model.plus_minus();
        let effects: Vec<NonPricedRow<'_>> =
            model.non_priced().iter().map(|effect| self.non_priced_row(effect, scale)).collect();
        let npv = self.measure(Measure::Npv, Perspective::Society).ok().and_then(|figure| figure.value.ok());
        let pull = pull(&effects);
        let marks = effects.iter().fold(Marks::default(), |marks, row| marks.or(row.marks));
        Some(NonPriced { scale, pull, bearing: bearing(pull, npv), npv, marks, effects })
    }

    fn non_priced_row<'a>(&'a self, effect: &'a NonPricedEffect, scale: &PlusMinus) -> NonPricedRow<'a> {
        let model = self.model();
        let positive = effect.sign == EffectSign::Positive;
        let (from, to) = effect.years.unzip();
        NonPricedRow {
            id: &effect.id,
            address: &effect.address,
            name: &effect.name,
            change: &effect.change,
            holder: model.holders().get(effect.holder.position()).map_or("", |holder| &holder.id),
            group: effect.group.and_then(|at| model.groups().get(at)).map(|group| group.id.as_str()),
            outcome: effect.outcome.and_then(|at| model.outcomes().get(at)).map(|outcome| outcome.id.as_str()),
            importance: effect.importance,
            size: effect.size,
            direction: effect.sign,
            consequence: scale.consequence(effect.importance, effect.size, positive),
            from,
            to,
            grade: effect.evidence.grade,
            design: effect.evidence.design.as_deref(),
            source: effect.evidence.source.as_ref().or(effect.source.as_ref()),
            note: effect.note.as_deref(),
            marks: effect.marks.or(Marks { illustrative: false, unverified: scale.unverified }),
        }
    }
}

fn pull(effects: &[NonPricedRow<'_>]) -> Pull {
    let some = |better: bool| {
        effects.iter().any(|row| if better { row.consequence.steps() > 0 } else { row.consequence.steps() < 0 })
    };
    match (some(true), some(false)) {
        (true, true) => Pull::BothWays,
        (true, false) => Pull::Up,
        (false, true) => Pull::Down,
        (false, false) => Pull::Nowhere,
    }
}

fn bearing(pull: Pull, npv: Option<Decimal>) -> Bearing {
    let points = npv.map_or(std::cmp::Ordering::Equal, |npv| npv.cmp(&Decimal::ZERO));
    match (pull, points) {
        (Pull::Nowhere, _) => Bearing::Silent,
        (Pull::BothWays, _) => Bearing::Divided,
        (_, std::cmp::Ordering::Equal) => Bearing::Alone,
        (Pull::Up, std::cmp::Ordering::Greater) | (Pull::Down, std::cmp::Ordering::Less) => Bearing::Strengthens,
        (Pull::Up, std::cmp::Ordering::Less) | (Pull::Down, std::cmp::Ordering::Greater) => Bearing::Opposes,
    }
}
