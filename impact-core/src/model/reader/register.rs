//! Numbers of the register of effects, and the document's own values in their place.
//!
//! One rule: a figure of the register is used as what it measures: an effect as an effect, a level as a baseline; nothing is
//! turned from one into the other.

use super::common::Around;
use super::numbers::{Meant, Numbers};
use super::quantity::{size_accepted, size_unit};
use crate::address::Address;
use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::model::{Accepts, Assumption, Marks, Origin, Point, QuantityFault, Slot};
use crate::reference::{Contrast, Effect, EffectDomain, Effects, Measure, SizedContrast};
use crate::units::Label;
use rust_decimal::Decimal;

/// What an entry of the register is good for.
enum Figure {
    /// An effect on a baseline.
    Size(SizedContrast),
    /// A level without the intervention, as a share.
    Level(Decimal),
}

impl Numbers {
    /// Reads `[effects]`: the document's own values in place of the register's.
    pub fn read_effects(&mut self, node: Option<&Node>, problems: &mut Problems) {
        let Some(mut fields) = node.and_then(|node| Fields::of(node, problems)) else { return };
        let mut entries = fields.rest();
        entries.sort_by(|left, right| left.key.cmp(&right.key));
        for own in entries {
            let slot = match Effects::embedded().get(&own.key) {
                Ok(entry) => self.read_own_effect(entry, &own.node, fields.problems()),
                Err(fault) => own.node.refuse(fault, fields.problems()),
            };
            self.effects.insert(own.key.clone(), slot);
        }
        fields.finish();
    }

    fn read_own_effect(&mut self, entry: &Effect, node: &Node, problems: &mut Problems) -> Option<Slot> {
        let around = Around::default();
        let figure = match figure(entry) {
            Ok(figure) => figure,
            Err(fault) => return node.refuse(fault, problems),
        };
        let quantity = figure.quantity();
        let meant = Meant::new(&quantity, figure.accepts(), figure.unit(), &around);
        let slot = self.number(node, &meant, problems)?;
        if let Some(assumption) = self.kept.get_mut(slot.0).filter(|assumption| assumption.address == *node.address()) {
            assumption.origin = Origin::RegisterOverridden(entry.id.clone());
            assumption.name.get_or_insert_with(|| name(entry));
            assumption.used_at.clear();
        }
        Some(slot)
    }

    /// The contrast and the slot of an effect of the register, used here.
    pub fn register_effect(&mut self, node: &Node, problems: &mut Problems) -> Option<(Contrast, Slot)> {
        let entry = entry(node, problems)?;
        match figure(entry) {
            Ok(Figure::Size(sized)) => {
                let slot = self.register_use(entry, Figure::Size(sized), node.address())?;
                Some((sized.contrast, slot))
            }
            Ok(Figure::Level(_)) => node.refuse(not_an_effect(entry), problems),
            Err(fault) => node.refuse(fault, problems),
        }
    }

    /// The slot of a level of the register whose id stands here, used as a baseline at an address.
    pub fn register_baseline(&mut self, node: &Node, at: &Address, problems: &mut Problems) -> Option<Slot> {
        let entry = entry(node, problems)?;
        match figure(entry) {
            Ok(Figure::Level(level)) => self.register_use(entry, Figure::Level(level), at),
            _ => node.refuse(not_a_baseline(entry), problems),
        }
    }

    /// One slot for all uses of an entry; none where the document's own value of it could not be read.
    fn register_use(&mut self, entry: &Effect, figure: Figure, at: &Address) -> Option<Slot> {
        let slot = match self.effects.get(&entry.id) {
            Some(known) => (*known)?,
            None => {
                let slot = self.keep(register_number(entry, &figure));
                self.note_interval(entry, &figure);
                self.effects.insert(entry.id.clone(), Some(slot));
                slot
            }
        };
        self.used(slot, at);
        Some(slot)
    }

    /// Lists that the interval of a study is taken as its 95 % interval.
    fn note_interval(&mut self, entry: &Effect, figure: &Figure) {
        let Figure::Size(sized) = figure else { return };
        let (Some(interval), Some(distribution)) = (sized.interval, sized.distribution()) else { return };
        let taken = format!("{}, {} to {} as its 95 % interval", distribution.name(), interval.low, interval.high);
        let because = Label::both(
            "the register does not record the level of the study's interval",
            "registeret oppgir ikke nivået på studiens intervall",
        );
        self.defaulted(&address(entry), taken, because);
    }
}

impl Figure {
    fn accepts(&self) -> Accepts {
        match self {
            Figure::Size(sized) => size_accepted(sized.contrast),
            Figure::Level(_) => Accepts::Share,
        }
    }

    fn unit(&self) -> &'static str {
        match self {
            Figure::Size(sized) => size_unit(sized.contrast),
            Figure::Level(_) => "share",
        }
    }

    /// What it is in the analyst's words.
    fn quantity(&self) -> String {
        match self {
            Figure::Size(sized) => sized.contrast.in_words(),
            Figure::Level(_) => "baseline".to_owned(),
        }
    }
}

/// The entry whose id stands here.
fn entry(node: &Node, problems: &mut Problems) -> Option<&'static Effect> {
    let id = node.read_text(problems)?;
    match Effects::embedded().get(id) {
        Ok(entry) => Some(entry),
        Err(fault) => node.refuse(fault, problems),
    }
}

fn address(entry: &Effect) -> Address {
    Address::root().child("effects").child(&entry.id)
}

/// What an entry is good for; a problem where it is neither an effect on a share or a rate nor the level of one.
fn figure(entry: &Effect) -> Result<Figure, QuantityFault> {
    let level = matches!(entry.measure, Measure::BaselineRate | Measure::ControlRate);
    match entry.rate() {
        Some(rate) if level => return Ok(Figure::Level(rate)),
        _ => {}
    }
    match entry.contrast() {
        Ok(sized) if !matches!(entry.domain, EffectDomain::Baseline | EffectDomain::Benchmark) => {
            Ok(Figure::Size(sized))
        }
        _ => Err(not_an_effect(entry)),
    }
}

fn not_an_effect(entry: &Effect) -> QuantityFault {
    let (id, measures) = (entry.id.clone(), measures(entry));
    QuantityFault::NotAnEffect { instead: instead_of_effect(entry), id, measures }
}

fn not_a_baseline(entry: &Effect) -> QuantityFault {
    let (id, measures) = (entry.id.clone(), measures(entry));
    let instead = match entry.measure {
        Measure::TreatedRate => "take the rate of those without the intervention, or give the `baseline` as a number",
        _ => "give the `baseline` as a number, or take a baseline rate or a control rate of the register",
    };
    QuantityFault::NotABaseline { id, measures, instead }
}

/// What an entry measures, in words.
fn measures(entry: &Effect) -> String {
    match (entry.domain, entry.measure) {
        (EffectDomain::Baseline, Measure::RelativeChange) => "change over time without an intervention".to_owned(),
        (_, measure) => measure.in_words(),
    }
}

/// What can be written in place of an entry that is no effect on a share or a rate.
fn instead_of_effect(entry: &Effect) -> &'static str {
    match entry.measure {
        Measure::BaselineRate | Measure::ControlRate => {
            "it can stand as `baseline = { register = … }`, and the effect beside it as a number"
        }
        Measure::TreatedRate => {
            "give the `risk_difference` between it and the control rate of the same study, with both as the source"
        }
        Measure::MeanDifference => {
            "what each participant gains in days, months, incidents or money is counted by a plain `quantity` in that unit, \
             or by a `path`"
        }
        Measure::StandardisedMeanDifference => {
            "standard deviations are no share of people: give a `risk_difference` or an `odds_ratio` of the same study"
        }
        Measure::BenefitCostRatio => {
            "a ratio of money is a result, not an input: give the effect it was calculated from"
        }
        Measure::RelativeChange | Measure::Mean | Measure::Share => {
            "it says nothing of those treated against those who are not: give one of the contrasts as a number"
        }
        Measure::RiskDifference | Measure::RiskRatio | Measure::OddsRatio | Measure::RateRatio => {
            "give the contrast as a number"
        }
    }
}

/// What was done and what it changed.
fn name(entry: &Effect) -> Label {
    let Some(intervention) = &entry.intervention else { return entry.outcome.clone() };
    let nb = |label: &Label| label.nb.as_ref().unwrap_or(&label.en).clone();
    Label::both(
        format!("{}: {}", intervention.en, entry.outcome.en),
        format!("{}: {}", nb(intervention), nb(&entry.outcome)),
    )
}

/// A number of the register as it was read there, differences and shares as fractions. Where the study gives an interval, it
/// may vary within it; the point stays the study's own estimate.
fn register_number(entry: &Effect, figure: &Figure) -> Assumption {
    let (point, distribution) = match figure {
        Figure::Size(sized) => (sized.size, sized.distribution()),
        Figure::Level(level) => (*level, None),
    };
    Assumption {
        address: address(entry),
        name: Some(name(entry)),
        point,
        point_is: if distribution.is_some() { Point::Best } else { Point::Given },
        distribution,
        accepts: figure.accepts(),
        unit: figure.unit().to_owned(),
        source: Some(entry.source.clone()),
        grade: Some(entry.grade),
        marks: Marks::default(),
        origin: Origin::Register(entry.id.clone()),
        used_at: Vec::new(),
        note: Some(note(entry, figure)),
    }
}

/// Whom the figure holds for, how long they were followed, its interval, and what to beware of.
fn note(entry: &Effect, figure: &Figure) -> String {
    let place = entry.country.as_ref().map(|country| country.code().to_owned());
    let place = place.or_else(|| entry.countries.as_ref().map(|countries| countries.en.clone())).unwrap_or_default();
    let mut parts = vec![format!("{} of {}, {place}", entry.measure.in_words(), entry.population.en)];
    parts.extend(entry.follow_up.as_ref().map(|length| format!("followed for {length}")));
    if let Figure::Size(SizedContrast { interval: Some(interval), .. }) = figure {
        parts.push(format!("interval {} to {}", interval.low, interval.high));
    }
    parts.extend(entry.note.clone());
    parts.join("; ")
}
