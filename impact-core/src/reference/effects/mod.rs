//! The register of effects: what studies found that interventions change, the baselines they change, and benchmarks.
//!
//! One rule: an effect is never a saving and never travels alone: it holds for a population, a definition and a follow-up.
//! Sources: `data/effects/`, each effect with its own.

mod contrast;
mod effect;
mod measure;
mod read;
mod search;

pub use contrast::{Contrast, ContrastError};
pub use effect::{Design, Effect, EffectDomain, EffectError, Interval, SizedContrast};
pub use measure::{EffectUnit, Measure};
pub use search::EffectSearch;

pub(super) use read::read_effects;

use super::nearest::nearest;
use super::{Edition, ReferenceError};
use crate::units::Label;
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
        self.find(&EffectSearch::new().words(words))
    }

    /// The effects a search finds: the best match of its words first, then the better grade.
    pub fn find(&self, search: &EffectSearch) -> Vec<&Effect> {
        search.find(&self.entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::is_id;
    use crate::reference::Grade;
    use rust_decimal::Decimal;
    use std::collections::BTreeMap;

    fn effect(id: &str) -> &'static Effect {
        Effects::embedded().get(id).unwrap()
    }

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn counts<K: Ord>(key: impl Fn(&Effect) -> K) -> Vec<(K, usize)> {
        let mut counts = BTreeMap::new();
        for effect in Effects::embedded().entries() {
            *counts.entry(key(effect)).or_insert(0) += 1;
        }
        counts.into_iter().collect()
    }

    #[test]
    fn every_row_that_was_gathered_to_be_shipped_is_there() {
        // 90 of 106 rows gathered; the others have no size, no window, no confirmed source or were superseded.
        let domains = counts(|effect| effect.domain).into_iter().map(|(_, count)| count).collect::<Vec<_>>();
        assert_eq!(domains, [13, 17, 4, 2, 1, 46, 7]);
        assert_eq!(counts(|effect| effect.grade), [(Grade::A, 57), (Grade::B, 31), (Grade::C, 2)]);
        let measures = counts(|effect| effect.measure.word());
        assert_eq!(
            measures,
            [
                ("baseline-rate", 28), // 23 fractions and 5 per thousand
                ("benefit-cost-ratio", 7),
                ("control-rate", 1),
                ("mean", 16),
                ("mean-difference", 6),
                ("odds-ratio", 5),
                ("relative-change", 6),
                ("risk-difference", 3),
                ("risk-ratio", 8),
                ("share", 1),
                ("standardised-mean-difference", 8),
                ("treated-rate", 1),
            ]
        );
        let intervals = Effects::embedded().entries().iter().filter(|effect| effect.interval().is_some()).count();
        assert_eq!(intervals, 19);
    }

    #[test]
    fn every_effect_shows_source_edition_and_two_languages() {
        assert_eq!(Effects::embedded().edition().as_str(), "2026-11");
        for effect in Effects::embedded().entries() {
            let id = &effect.id;
            assert!(is_id(id), "{id}");
            assert_eq!(&effect.edition, Effects::embedded().edition(), "{id}");
            assert!(effect.source.url.as_deref().is_some_and(|url| url.starts_with("http")), "{id}");
            let labels = [effect.intervention.as_ref(), Some(&effect.outcome), Some(&effect.population)];
            assert!(labels.into_iter().flatten().all(|label| label.nb.is_some()), "{id}");
            assert_eq!(effect.country.is_some(), effect.countries.is_none(), "{id}");
            assert!(effect.intervention.is_some() || effect.domain == EffectDomain::Baseline, "{id}");
            let population = effect.population.en.to_lowercase();
            assert!(population != "same" && !population.is_empty(), "{id}");
        }
    }

    #[test]
    fn known_effects_stand_as_they_were_read() {
        let reentry = effect("reentry-rct-rearrest");
        assert_eq!((reentry.value, reentry.design), (decimal("0.89"), Design::MetaAnalysisOfTrials));
        assert_eq!(reentry.interval(), Some(Interval { low: decimal("0.74"), high: decimal("1.07") }));
        let odense = effect("dk-odense-hf-municipal");
        assert_eq!((odense.value, odense.unit), (decimal("-58000"), EffectUnit::Amount));
        assert_eq!(odense.currency.map(|currency| currency.to_string()).as_deref(), Some("DKK"));
        let ips = effect("ips-no-43m");
        assert_eq!(
            (ips.value, ips.unit, ips.n, ips.follow_up_months),
            (2.into(), EffectUnit::Months, Some(327), Some(43))
        );
        assert_eq!(effect("em-no-freq").population, effect("em-no-published").population);
    }

    #[test]
    fn what_a_value_is_in_is_always_said() {
        assert_eq!(
            (effect("bhuller-reoffend-5y").value, effect("bhuller-reoffend-5y").unit.word()),
            ((-29).into(), "percentage-points")
        );
        assert_eq!(effect("bhuller-reoffend-5y").contrast().unwrap().size, decimal("-0.29"));
        assert_eq!(effect("em-no-published").contrast().unwrap().size, decimal("-0.15"));
        assert_eq!(effect("base-no-charged-18-20-2011").rate(), Some(decimal("0.05076")));
        assert_eq!(effect("base-no-2015").rate(), Some(decimal("0.2")));
        assert_eq!(effect("base-sosialhjelp-months-2019").rate(), None);
    }

    #[test]
    fn an_effect_applies_to_a_baseline_and_a_level_does_not() {
        let change = |id: &str, baseline: &str| {
            let SizedContrast { contrast, size, .. } = effect(id).contrast().unwrap();
            contrast.exact_change(decimal(baseline), size).unwrap().round_dp(4)
        };
        // the two figures of one study agree at a baseline of 0.44: 0.44 · 0.56 · -0.43 / (0.56 + 0.57 · 0.44) = -0.1307
        assert_eq!(change("rand-ced-recid", "0.44"), decimal("-0.1307"));
        assert_eq!(change("rand-ced-recid-pp", "0.44"), decimal("-0.13"));
        assert_eq!(change("ips-meta-anyjob", "0.27"), decimal("0.1701")); // 0.27 · 0.63
        let level = effect("ips-no-18m-treat").contrast().unwrap_err().to_string();
        assert_eq!(level, "`ips-no-18m-treat` is a treated rate, which says nothing of how a baseline changes");
        assert!(effect("ips-meta-tenure").contrast().is_err() && effect("bcr-ips").contrast().is_err());
    }

    #[test]
    fn an_interval_that_holds_no_effect_says_so() {
        assert_eq!(effect("reentry-rct-reconviction").may_be_none(), Some(true)); // 0.77 to 1.12
        assert_eq!(effect("ips-meta-anyjob").may_be_none(), Some(false)); // 1.46 to 1.82
        assert_eq!(effect("ips-meta-qol").may_be_none(), Some(true)); // -0.07 to 0.67
        assert_eq!(effect("rand-ced-recid").may_be_none(), None);
    }

    #[test]
    fn an_interval_is_a_spread_of_the_kind_its_contrast_has() {
        let spread = |contrast, low: &str, high: &str| {
            let interval = Some(Interval { low: decimal(low), high: decimal(high) });
            SizedContrast { contrast, size: decimal(low), interval }.distribution()
        };
        let ratio = spread(Contrast::OddsRatio, "0.5", "2").unwrap();
        assert!((ratio.quantile(0.5).unwrap() - 1.0).abs() < 1e-9, "the middle of a ratio is that of its logarithm");
        let difference = spread(Contrast::RiskDifference, "-0.1", "0.3").unwrap();
        assert!((difference.quantile(0.5).unwrap() - 0.1).abs() < 1e-9);
        assert_eq!(difference.support(), (-1.0, 1.0));
        assert!(spread(Contrast::RelativeChange, "-0.1", "0.1").is_none());
        let all = Effects::embedded().entries().iter().filter_map(|effect| effect.contrast().ok());
        for sized in all.filter(|sized| sized.interval.is_some()) {
            let (low, high) = sized.distribution().unwrap().support();
            let size: f64 = sized.size.try_into().unwrap();
            assert!(low <= size && size <= high);
        }
    }

    #[test]
    fn an_effect_that_is_not_shipped_is_unknown() {
        // superseded, a direction without size, no window, an unconfirmed address, an assumption, a mirror's address
        for id in [
            "em-no-tot",
            "se-nav-3y",
            "base-no-prolific-ferd",
            "base-kvp-active-2010",
            "dk-guldborgsund-success",
            "iom-leeds",
            "bcr-paidwork-2016",
            "menon-foster-return",
            "ips-ch-5y",
        ] {
            assert!(matches!(Effects::embedded().get(id), Err(ReferenceError::UnknownEffect { .. })), "{id}");
        }
        let mistyped = Effects::embedded().get("rand-ced-recidivism").unwrap_err().to_string();
        let expected = "`rand-ced-recidivism` is not in the register of effects: near to it are `rand-ced-recid`";
        assert!(mistyped.starts_with(expected), "{mistyped}");
    }

    #[test]
    fn search_finds_both_languages_best_first() {
        let ids =
            |words: &str| Effects::embedded().search(words).iter().map(|effect| effect.id.as_str()).collect::<Vec<_>>();
        assert_eq!(ids("em-no-published").first(), Some(&"em-no-published"));
        assert_eq!(ids("elektronisk kontroll lovbrudd"), ["em-no-freq"]);
        assert_eq!(ids("housing first").len(), 5);
        assert_eq!(ids("oppfolgingstiden"), ids("oppfølgingstiden"));
        assert!(!ids("oppfolgingstiden").is_empty() && ids("tilbakefall reddit").is_empty());
        assert_eq!(ids("").len(), 90);
    }

    #[test]
    fn an_effect_is_a_row_of_a_table() {
        let row = serde_json::to_value(effect("base-no-charged-15-17-2011")).unwrap();
        assert_eq!(
            (&row["value"], &row["unit"], &row["measure"]),
            (&"27.44".into(), &"per-thousand".into(), &"baseline-rate".into())
        );
        assert_eq!(
            (&row["country"], &row["edition"], &row["design"]),
            (&"NO".into(), &"2026-11".into(), &"register-count".into())
        );
    }
}
