//! Searching the register of effects: by words in either language, and by what an effect is of.
//!
//! One rule: what is asked of one quality widens (this measure or that one), what is asked of several narrows.

use super::{Effect, EffectDomain, Measure};
use crate::reference::sought::{ID, NAME, QUALITY, SOURCE, Sought, any};
use crate::reference::{Country, Grade};

/// What is sought in the register. Empty, it finds every effect.
///
/// # Examples
/// ```
/// use impact_core::reference::{EffectDomain, Effects, EffectSearch, Grade};
/// let search = EffectSearch::new().words("livskvalitet").domain(EffectDomain::Wellbeing).at_least(Grade::B);
/// assert!(Effects::embedded().find(&search).iter().any(|effect| effect.id == "ips-meta-qol"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EffectSearch {
    words: Sought,
    domains: Vec<EffectDomain>,
    countries: Vec<Country>,
    measures: Vec<Measure>,
    grade: Option<Grade>,
}

impl EffectSearch {
    /// A search that finds every effect.
    pub fn new() -> Self {
        Self::default()
    }

    /// Words that must all be found, in English or Norwegian: in intervention, outcome, population, id, domain, country,
    /// measure, design or the title of the source. Capitals, accents and signs between words are free.
    #[must_use]
    pub fn words(self, words: &str) -> Self {
        Self { words: Sought::new(words), ..self }
    }

    /// Effects of this domain.
    #[must_use]
    pub fn domain(mut self, domain: EffectDomain) -> Self {
        self.domains.push(domain);
        self
    }

    /// Effects studied in this country with its parts, or in this part alone. A study of several countries is of none.
    #[must_use]
    pub fn country(mut self, country: Country) -> Self {
        self.countries.push(country);
        self
    }

    /// Effects in this measure.
    #[must_use]
    pub fn measure(mut self, measure: Measure) -> Self {
        self.measures.push(measure);
        self
    }

    /// Effects of this grade or a better one; A is the best.
    #[must_use]
    pub fn at_least(self, grade: Grade) -> Self {
        Self { grade: Some(grade), ..self }
    }

    /// The effects found: the best match of the words first, then the better grade; without words in the order of the files.
    pub(super) fn find<'a>(&self, effects: &'a [Effect]) -> Vec<&'a Effect> {
        let admitted = effects.iter().filter(|effect| self.admits(effect));
        self.words.ranked(admitted, texts, |effect| effect.grade)
    }

    fn admits(&self, effect: &Effect) -> bool {
        let studied_in = |asked: &Country| effect.country.as_ref().is_some_and(|country| asked.covers(country));
        any(&self.domains, |asked| *asked == effect.domain)
            && any(&self.measures, |asked| *asked == effect.measure)
            && any(&self.countries, studied_in)
            && self.grade.is_none_or(|least| effect.grade <= least)
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
