//! The register of effects: what studies found that interventions change, the baselines they change, and benchmarks.
//!
//! One rule: an effect is never a saving and never travels alone: it holds for a population, a definition and a follow-up.
//! Sources: `data/effects/`, each effect with its own.

mod contrast;
mod effect;
mod measure;
mod read;

pub use contrast::{Contrast, ContrastError};
pub use effect::{Design, Effect, EffectDomain, EffectError, Interval, SizedContrast};
pub use measure::{EffectUnit, Measure};

pub(super) use read::read_effects;

use super::nearest::nearest;
use super::sought::Sought;
use super::{Edition, ReferenceError};
use crate::units::Label;
use std::cmp::Reverse;
use std::collections::HashMap;

/// The effects of one edition, found by id.
///
/// # Examples
/// ```
/// use impact_core::reference::Effects;
/// let effects = Effects::embedded();
/// let reentry = effects.get("reentry-rct-reconviction")?;
/// assert_eq!((reentry.measure.word(), reentry.value.to_string().as_str()), ("odds-ratio", "0.94"));
/// assert_eq!(reentry.may_be_none(), Some(true)); // 0.77 to 1.12
/// assert!(effects.search("jobbstøtte livskvalitet").iter().any(|effect| effect.id == "ips-meta-qol"));
/// # Ok::<(), impact_core::reference::ReferenceError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Effects {
    edition: Edition,
    title: Label,
    entries: Vec<Effect>,
    by_id: HashMap<String, usize>,
}

/// What a word is worth in the intervention and the outcome, the id, the other qualities and the source of an effect.
const NAME: u32 = 4;
const ID: u32 = 3;
const QUALITY: u32 = 2;
const SOURCE: u32 = 1;

impl Effects {
    pub(super) fn new(edition: Edition, title: Label, entries: Vec<Effect>) -> Self {
        let by_id = entries.iter().enumerate().map(|(position, entry)| (entry.id.clone(), position)).collect();
        Self { edition, title, entries, by_id }
    }

    /// The embedded register, read when first asked for.
    pub fn embedded() -> &'static Self {
        super::embedded::effects()
    }

    /// The edition, which every result names.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// What the register is called.
    pub fn title(&self) -> &Label {
        &self.title
    }

    /// All effects in the order of the files.
    pub fn entries(&self) -> &[Effect] {
        &self.entries
    }

    /// An effect by its id.
    ///
    /// # Errors
    /// No such effect: the error names the ids nearest to it.
    pub fn get(&self, id: &str) -> Result<&Effect, ReferenceError> {
        self.by_id.get(id).and_then(|position| self.entries.get(*position)).ok_or_else(|| {
            let nearest = self.nearest(id).into_iter().map(str::to_owned).collect();
            ReferenceError::UnknownEffect { id: id.to_owned(), nearest }
        })
    }

    /// The ids that share most with `id`, at most three, the nearest first.
    pub fn nearest(&self, id: &str) -> Vec<&str> {
        nearest(id, self.entries.iter().map(|effect| effect.id.as_str()))
    }

    /// Effects in which every word is found, in English or Norwegian: in intervention, outcome, population, id, domain,
    /// country, measure, design or the title of the source. Capitals and accents are free; the best match comes first, then
    /// the better grade. No words find all, in the order of the files.
    pub fn search(&self, words: &str) -> Vec<&Effect> {
        let sought = Sought::new(words);
        let mut found: Vec<(u32, &Effect)> =
            self.entries.iter().filter_map(|effect| Some((sought.score(&texts(effect))?, effect))).collect();
        if sought != Sought::default() {
            found.sort_by_key(|(score, effect)| (Reverse(*score), effect.grade));
        }
        found.into_iter().map(|(_, effect)| effect).collect()
    }
}

/// The texts of an effect that words are sought in, each with its weight.
fn texts(effect: &Effect) -> Vec<(u32, String)> {
    let labels =
        [(NAME, effect.intervention.as_ref()), (NAME, Some(&effect.outcome)), (QUALITY, Some(&effect.population))];
    let countries = [(QUALITY, effect.countries.as_ref())];
    let mut texts = Vec::new();
    for (weight, label) in labels.into_iter().chain(countries) {
        let Some(label) = label else { continue };
        texts.push((weight, label.en.clone()));
        texts.extend(label.nb.clone().map(|nb| (weight, nb)));
    }
    texts.push((ID, effect.id.clone()));
    texts.extend(effect.country.as_ref().map(|country| (QUALITY, country.to_string())));
    texts.extend(
        [effect.domain.word(), effect.measure.word(), effect.design.word()].map(|word| (QUALITY, word.to_owned())),
    );
    texts.push((SOURCE, effect.source.title.clone()));
    texts
}
