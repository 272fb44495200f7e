//! Reading quantities: a number, a chain, an effect on a population, or a path of units.
//!
//! One rule: how an effect compares with its baseline is always said by the key: `odds_ratio` is never read as `risk_ratio`.

use super::Reader;
use super::common::Around;
use super::numbers::Meant;
use crate::document::{Fields, Node, Table, nearest};
use crate::model::{
    Accepts, Change, ContrastChange, ModelFault, Nature, PopulationEffect, Quantity, QuantityFault, Slot,
};
use crate::number::Exact;
use crate::reference::{Contrast, ContrastError};
use crate::units::Unit;
use rust_decimal::Decimal;

/// The quantities that are no plain number.
const FORMS: [&str; 3] = ["chain", "effect", "path"];

/// The keys of contrasts, and what they stand for.
pub(super) const CONTRASTS: [(&str, Contrast); 5] = [
    ("risk_difference", Contrast::RiskDifference),
    ("risk_ratio", Contrast::RiskRatio),
    ("odds_ratio", Contrast::OddsRatio),
    ("rate_ratio", Contrast::RateRatio),
    ("relative_change", Contrast::RelativeChange),
];

/// What the number of a contrast may be.
pub(super) fn size_accepted(contrast: Contrast) -> Accepts {
    match contrast {
        Contrast::RiskDifference => Accepts::Difference,
        Contrast::RelativeChange => Accepts::Growth,
        Contrast::RiskRatio | Contrast::OddsRatio | Contrast::RateRatio => Accepts::Positive,
    }
}

/// The unit of the number of a contrast.
pub(super) fn size_unit(contrast: Contrast) -> &'static str {
    match contrast {
        Contrast::RiskDifference | Contrast::RelativeChange => "share",
        Contrast::RiskRatio | Contrast::OddsRatio | Contrast::RateRatio => "ratio",
    }
}

/// What the quantity of an outcome says beside how much, as far as its keys show: it is looked at before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Shape {
    /// Whether it is an effect, which is net.
    pub effect: bool,
    /// The key that says how long it lasts: `path` or `hazard`.
    pub course: Option<&'static str>,
}

impl Shape {
    /// The shape of the quantity of the outcome here.
    pub fn of(outcome: &Node) -> Self {
        let table = |node: &Node, key: &str| node.as_table().and_then(|table| table.get(key)).cloned();
        let Some(quantity) = table(outcome, "quantity") else { return Self::default() };
        let effect = table(&quantity, "effect");
        let course = |node: &Node, key| node.as_table().is_some_and(|table| written(table, key));
        let course = if course(&quantity, "path") {
            Some("path")
        } else {
            effect.as_ref().and_then(|effect| ["path", "hazard"].into_iter().find(|key| course(effect, key)))
        };
        Self { effect: effect.is_some(), course }
    }

    /// Why a key that says how long an outcome lasts has no meaning, where the quantity itself says it.
    pub fn lasts(self) -> Option<&'static str> {
        match self.course? {
            "path" => Some("the path says how long it lasts, and how much of it there is"),
            _ => Some("the hazard says how long it lasts, and how much of it is lost"),
        }
    }
}

fn written(table: &Table, key: &str) -> bool {
    table.get(key).is_some() || table.is_unread(key)
}

/// What is known of the outcome that a quantity is of.
#[derive(Clone, Copy)]
pub(super) struct Counted<'a> {
    pub unit: Option<&'a Unit>,
    pub nature: Option<Nature>,
    pub around: &'a Around,
}

impl Reader {
    pub(super) fn quantity(&mut self, fields: &mut Fields<'_, '_>, counted: Counted<'_>) -> Option<Quantity> {
        let node = fields.required("quantity")?;
        let unit = counted.unit.map(Unit::to_string).unwrap_or_default();
        let table = node.as_table();
        let given: Vec<&str> =
            FORMS.into_iter().filter(|form| table.is_some_and(|table| written(table, form))).collect();
        let form = match given.as_slice() {
            [] if table.is_none_or(|table| !misspells(table)) => {
                let meant = Meant::new("quantity", Accepts::NotNegative, unit, counted.around);
                return self.numbers.number(node, &meant, fields.problems()).map(Quantity::Number);
            }
            [] => None,
            [form] => Some(*form),
            several => {
                let forms = several.iter().map(|form| (*form).to_owned()).collect();
                return node.refuse(QuantityFault::SeveralQuantities { forms }, fields.problems());
            }
        };
        let mut fields = Fields::of(node, fields.problems())?;
        fields.known(form.map_or(FORMS.as_slice(), |_| &[]));
        let quantity = match form {
            Some("chain") => self.chain(&mut fields, counted.around).map(Quantity::Chain),
            Some("effect") => {
                let effect = fields.fields("effect").and_then(|fields| self.effect(fields, counted));
                effect.map(Quantity::Effect)
            }
            Some(_) => {
                let meant = Meant::new("units", Accepts::NotNegative, unit, counted.around);
                self.path(&mut fields, "units", &meant, counted.nature).map(Quantity::Path)
            }
            None => None,
        };
        fields.finish();
        quantity
    }

    fn chain(&mut self, fields: &mut Fields<'_, '_>, around: &Around) -> Option<Vec<Slot>> {
        let mut fields = fields.fields("chain")?;
        let links = fields.rest();
        if links.is_empty() {
            fields.refuse_here(ModelFault::EmptyChain);
        }
        let mut slots = Vec::with_capacity(links.len());
        for link in &links {
            let meant = Meant::new(&link.key, Accepts::NotNegative, "factor of a chain", around);
            slots.extend(self.numbers.number(&link.node, &meant, fields.problems()));
        }
        fields.finish();
        (!links.is_empty() && slots.len() == links.len()).then_some(slots)
    }

    fn effect(&mut self, mut fields: Fields<'_, '_>, counted: Counted<'_>) -> Option<PopulationEffect> {
        let around = counted.around;
        let meant = Meant::new("population", Accepts::NotNegative, "person", around);
        let population = self.numbers.required(&mut fields, "population", &meant);
        let change = if fields.has("path") {
            for key in CONTRASTS.map(|(key, _)| key).into_iter().chain(["register", "baseline", "hazard"]) {
                fields.known(&[key]);
                if fields.has(key) {
                    let because = "the path gives the difference itself";
                    fields.refuse(key, ModelFault::Meaningless { key, because });
                }
            }
            let meant = Meant::new("difference", Accepts::Difference, "share", around);
            self.path(&mut fields, "difference", &meant, counted.nature).map(Change::Path)
        } else {
            fields.known(&["path"]);
            self.contrast_change(&mut fields, counted).map(Change::Contrast)
        };
        fields.finish();
        Some(PopulationEffect { population: population?, change: change? })
    }

    fn contrast_change(&mut self, fields: &mut Fields<'_, '_>, counted: Counted<'_>) -> Option<ContrastChange> {
        let sized = self.size(fields, counted.around);
        let contrast = sized.map(|(_, contrast, _)| contrast);
        let baseline = self.baseline(fields, contrast, counted);
        let hazard = self.hazard(fields, counted.nature, counted.around);
        let ((key, contrast, size), baseline) = (sized?, baseline?);
        if contrast == Contrast::RateRatio && counts_people(counted) {
            fields.refuse(key, QuantityFault::RateOfPeople);
            return None;
        }
        let points = (baseline.and_then(|slot| self.numbers.point(slot)), self.numbers.point(size));
        if let (Some(baseline), Some(size)) = points
            && let Err(fault) = applies(contrast, baseline, size, counts_people(counted))
        {
            fields.refuse_here(fault);
            return None;
        }
        Some(ContrastChange { contrast, size, baseline, hazard: hazard? })
    }

    /// How the treated compare with the baseline, and by how much; under which key.
    fn size(&mut self, fields: &mut Fields<'_, '_>, around: &Around) -> Option<(&'static str, Contrast, Slot)> {
        let keys: Vec<&'static str> = CONTRASTS.iter().map(|(key, _)| *key).chain(["register"]).collect();
        fields.known(&keys);
        let given: Vec<&'static str> = keys.into_iter().filter(|key| fields.has(key)).collect();
        let key = match given.as_slice() {
            [key] => *key,
            [] => {
                // A mistyped key is said by itself.
                let others = ["population", "baseline", "hazard"];
                let entries = fields.here().as_table().map(|table| table.entries()).unwrap_or_default();
                if entries.iter().all(|entry| others.contains(&entry.key.as_str())) {
                    fields.refuse_here(QuantityFault::NoContrast);
                }
                return None;
            }
            several => {
                let forms = several.iter().map(|form| (*form).to_owned()).collect();
                fields.refuse_here(QuantityFault::SeveralContrasts { forms });
                return None;
            }
        };
        let Some((_, contrast)) = CONTRASTS.iter().find(|(name, _)| *name == key) else {
            let node = fields.node("register")?;
            let (contrast, slot) = self.numbers.register_effect(node, fields.problems())?;
            return Some((key, contrast, slot));
        };
        let words = contrast.in_words();
        let meant = Meant::new(&words, size_accepted(*contrast), size_unit(*contrast), around);
        Some((key, *contrast, self.numbers.optional(fields, key, &meant)?))
    }

    /// None inside where a risk difference goes without.
    fn baseline(
        &mut self,
        fields: &mut Fields<'_, '_>,
        contrast: Option<Contrast>,
        counted: Counted<'_>,
    ) -> Option<Option<Slot>> {
        let Some(node) = fields.node("baseline") else {
            return match contrast? {
                _ if fields.has("baseline") => None,
                Contrast::RiskDifference => Some(None),
                contrast => {
                    fields.refuse_here(QuantityFault::BaselineMissing { contrast: contrast.in_words() });
                    None
                }
            };
        };
        if let Some(entry) = node.as_table().and_then(|table| table.get("register")) {
            let mut fields = Fields::of(node, fields.problems())?;
            fields.known(&["register"]);
            let slot = self.numbers.register_baseline(entry, node.address(), fields.problems());
            fields.finish();
            return slot.map(Some);
        }
        let share = contrast.is_none_or(|contrast| match contrast {
            Contrast::RateRatio => false,
            Contrast::RelativeChange => counts_people(counted),
            Contrast::RiskDifference | Contrast::RiskRatio | Contrast::OddsRatio => true,
        });
        let (accepts, unit) =
            if share { (Accepts::Share, "share") } else { (Accepts::NotNegative, "events per person") };
        let meant = Meant::new("baseline", accepts, unit, counted.around);
        self.numbers.number(node, &meant, fields.problems()).map(Some)
    }
}

/// Whether a table that is no number has a key that is nearly a form of quantity.
fn misspells(table: &Table) -> bool {
    let number = ["use", "value"].into_iter().chain(super::uncertain::forms()).any(|key| written(table, key));
    !number && table.entries().iter().any(|entry| nearest(&entry.key, FORMS).is_some())
}

/// Whether people in a state are counted, rather than how often something happens.
fn counts_people(counted: Counted<'_>) -> bool {
    counted.nature == Some(Nature::State) || counted.unit.is_some_and(|unit| unit.thing() == "person")
}

/// Whether the effect can be meant of the baseline; of people, that no more than all of them are left with it.
fn applies(contrast: Contrast, baseline: Decimal, size: Decimal, people: bool) -> Result<(), ContrastError> {
    let change = contrast.exact_change(baseline, size)?;
    let result = (Exact::from(baseline) + Exact::from(change)).value()?;
    if people && result > Decimal::ONE {
        let result = result.normalize();
        return Err(ContrastError::Result { contrast: contrast.in_words(), size, baseline, result });
    }
    Ok(())
}
