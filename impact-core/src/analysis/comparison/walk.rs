//! The walk from the base to another model, one thing exchanged at a time.
//!
//! One rule: switches of the conventions first, then parts of the document; every stage is valued as a model of its own.

use super::columns::{Compare, Seen};
use super::difference::{Changed, Stages};
use super::lines;
use super::parts::{self, Part};
use crate::evaluation::Appraisal;
use crate::model::{Model, Question};
use crate::reference::Switch;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// The most parts that are exchanged one at a time: beyond them the lines of the ledger tell more.
const MOST_PARTS: usize = 200;

/// What a figure is at each stage, for each question.
pub(super) fn stages(compare: &Compare<'_>) -> Vec<Stages> {
    let (base, other) = (compare.base.appraisal.model(), compare.other.appraisal.model());
    let walk = Walk { base, other, switches: base.convention().differing(other.convention()), parts: Vec::new() };
    let parts = parts::differing(base.document(), other.document());
    let exchangeable = parts.len() <= MOST_PARTS && (parts.is_empty() || has_one_shape(base, other));
    let carried_alike = compare.base.carried.factor == compare.other.carried.factor;
    if exchangeable && carried_alike && is_in_one_money(base, other) {
        let walk = Walk { parts, ..walk };
        walk.by_parts(compare)
    } else {
        walk.by_lines(compare)
    }
}

struct Walk<'m> {
    base: &'m Model,
    other: &'m Model,
    switches: Vec<Switch>,
    parts: Vec<Part>,
}

/// Which things are exchanged.
enum Exchanged {
    /// The first so many.
    First(usize),
    /// Only this one.
    Only(usize),
}

impl Exchanged {
    fn holds(&self, at: usize) -> bool {
        match self {
            Self::First(count) => at < *count,
            Self::Only(only) => at == *only,
        }
    }
}

impl Walk<'_> {
    fn by_parts(self, compare: &Compare<'_>) -> Vec<Stages> {
        let count = self.switches.len().saturating_add(self.parts.len());
        let after: Vec<_> = (1..count).map(|first| self.appraised(&Exchanged::First(first))).collect();
        // Where there is only one thing it is the whole difference, and alone too.
        let single = (count == 1).then(|| compare.other.appraisal.clone());
        let alone: Vec<_> = match single {
            Some(other) => vec![Some(other)],
            None => (0..count).map(|only| self.appraised(&Exchanged::Only(only))).collect(),
        };
        let changed = self.changed();
        let told = |question: &Question| Stages {
            changed: changed.clone(),
            after: after.iter().map(|at| value(at.as_ref(), compare.base, question)).collect(),
            alone: alone.iter().map(|at| value(at.as_ref(), compare.base, question)).collect(),
        };
        compare.questions.iter().map(told).collect()
    }

    fn by_lines(self, compare: &Compare<'_>) -> Vec<Stages> {
        let count = self.switches.len();
        let after: Vec<_> = (1..=count).map(|first| self.appraised(&Exchanged::First(first))).collect();
        let alone: Vec<_> = (0..count).map(|only| self.appraised(&Exchanged::Only(only))).collect();
        let base = after.last().and_then(Option::as_ref).unwrap_or(compare.base.appraisal);
        let lines = lines::Lines::of(base, compare);
        let told = |question: &Question| {
            let (named, figures) = lines.stages(question);
            let mut stages = Stages {
                changed: self.changed(),
                after: after.iter().map(|at| value(at.as_ref(), compare.base, question)).collect(),
                alone: alone.iter().map(|at| value(at.as_ref(), compare.base, question)).collect(),
            };
            stages.changed.extend(named);
            stages.after.extend(figures);
            stages
        };
        compare.questions.iter().map(told).collect()
    }

    /// What is exchanged, in its order.
    fn changed(&self) -> Vec<Changed> {
        let (base, other) = (self.base.convention(), self.other.convention());
        let switch = |switch: &Switch| Changed::Switch {
            switch: *switch,
            from: base.setting(*switch),
            to: other.setting(*switch),
        };
        let parts = self.parts.iter().map(|part| part.changed.clone());
        self.switches.iter().map(switch).chain(parts).collect()
    }

    /// The model half-way, valued; none where it does not hold together.
    fn appraised(&self, exchanged: &Exchanged) -> Option<Appraisal> {
        let held = |at: &(usize, &Switch)| exchanged.holds(at.0);
        let switches: Vec<Switch> = self.switches.iter().enumerate().filter(held).map(|(_, switch)| *switch).collect();
        let convention = self.base.convention().exchanging(self.other.convention(), &switches);
        let parts = self.parts.iter().enumerate();
        let parts = parts.filter(|(at, _)| exchanged.holds(at.saturating_add(self.switches.len())));
        let addresses: BTreeSet<_> = parts.flat_map(|(_, part)| part.addresses.iter().cloned()).collect();
        let document = parts::mixed(self.base.document(), self.other.document(), &addresses);
        self.base.half_way(document, convention).ok()?.appraise().ok()
    }
}

/// A figure half-way, in the base's money carried as the base's is.
fn value(at: Option<&Appraisal>, base: Seen<'_>, question: &Question) -> Option<Decimal> {
    Seen { appraisal: at?, ..base }.on_one_line(base, question).ok()
}

fn is_in_one_money(base: &Model, other: &Model) -> bool {
    let same_catalogue = match (base.own_catalogue(), other.own_catalogue()) {
        (None, None) => true,
        (Some(one), Some(other)) => one.hash() == other.hash(),
        _ => false,
    };
    same_catalogue && base.currency() == other.currency() && base.price_year() == other.price_year()
}

/// Whether at least half of all costs, transfers and outcomes stand in both.
fn has_one_shape(base: &Model, other: &Model) -> bool {
    let (base, other) = (addresses(base), addresses(other));
    let (both, all) = (base.intersection(&other).count(), base.union(&other).count());
    both.saturating_mul(2) >= all
}

fn addresses(model: &Model) -> BTreeSet<&str> {
    let costs = model.costs().iter().map(|cost| cost.address.as_str());
    let transfers = model.transfers().iter().map(|transfer| transfer.address.as_str());
    let outcomes = model.outcomes().iter().map(|outcome| outcome.address.as_str());
    costs.chain(transfers).chain(outcomes).collect()
}
