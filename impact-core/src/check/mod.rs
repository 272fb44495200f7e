//! Checks: what a careful reader would ask about a model that is not wrong.
//!
//! One rule: a finding names its rule, its place and its source; it warns, it never changes a figure. What is wrong is refused
//! when the document is read, with its place: shares outside 0 to 1, attribution without its sign, an amount without its unit.
//!
//! A rule is one constant in the file of its family: id, gravity, texts, source, an example that it finds something in, and
//! the search. Its id also stands in [`CHECK_IDS`](crate::model::CHECK_IDS), where the reader refuses a slip in `silenced`.
//! A family says what it looks at: a document (most), the draws of a simulation, or models side by side. A rule
//! that looks at something else than a document finds nothing there; its search stands beside it in its family's file, and
//! what it finds is silenced like all else.

mod beside;
mod blanks;
mod compared;
mod conventions;
mod corrections;
mod counted_twice;
mod draws;
mod drift;
mod effect_size;
mod effects;
mod evidence;
mod finding;
mod growth;
mod idle_limits;
mod marks;
mod optimism;
mod practice;
mod prices;
mod purses;
mod reoffending;
mod reported;
mod rule;
mod scope;
mod seen;
mod silence;
mod terms;
mod work;

pub(crate) use compared::not_comparable;
pub use finding::Finding;
pub use rule::{Rule, Severity, Text};

use crate::evaluation::Appraisal;
use crate::model::{Contract, Silence};

/// Rules that look at the same thing.
#[derive(Debug, Clone, Copy)]
pub struct Family {
    /// What they look at, in words.
    pub title: Text,
    /// What they are found in.
    pub subject: Subject,
    /// The rules.
    pub rules: &'static [Rule],
}

/// What rules are found in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// A document and its appraisal at the point values.
    Document,
    /// The draws of a simulation.
    Simulation,
    /// Models side by side.
    Comparison,
}

static FAMILIES: &[Family] = &[
    blanks::FAMILY,
    marks::FAMILY,
    evidence::FAMILY,
    purses::FAMILY,
    counted_twice::FAMILY,
    prices::FAMILY,
    scope::FAMILY,
    conventions::FAMILY,
    practice::FAMILY,
    reported::FAMILY,
    effects::FAMILY,
    optimism::FAMILY,
    corrections::FAMILY,
    reoffending::FAMILY,
    beside::FAMILY,
    terms::FAMILY,
    draws::FAMILY,
    compared::FAMILY,
    silence::FAMILY,
];

/// All rules, by what they look at.
pub fn families() -> &'static [Family] {
    FAMILIES
}

/// All rules, in their order.
///
/// # Examples
/// ```
/// let rule = impact_core::check::rules().find(|rule| rule.id() == "no-drop-off").unwrap();
/// assert!(rule.source().contains("383"));
/// ```
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().flat_map(|family| family.rules)
}

/// The rule of an id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.id() == id)
}

impl Appraisal {
    /// Everything the checks find: the gravest first, else in the order of the rules, and last what the document silences.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Model;
    /// let text = r#"
    ///     impact = 1
    ///     name = "Gardening group"
    ///     country = "NO"
    ///     currency = "NOK"
    ///     price_year = 2024
    ///     start = 2024
    ///     holders = [ { id = "neighbours", kind = "people", size = 20 } ]
    ///     outcomes = [ { id = "less-lonely", holder = "neighbours", quantity = 25 } ]
    /// "#;
    /// let findings = Model::from_toml(text)?.appraise()?.findings();
    /// let found = findings.iter().find(|finding| finding.rule.id() == "quantity-above-group").unwrap();
    /// assert_eq!(found.address.as_str(), "outcomes.less-lonely");
    /// # Ok::<(), impact_core::error::ModelError>(())
    /// ```
    pub fn findings(&self) -> Vec<Finding> {
        let found = |rule: &'static Rule| rule.find(self).into_iter().map(move |found| found.by(rule));
        let mut findings: Vec<Finding> = rules().flat_map(found).collect();
        findings.extend(silence::in_vain(self.model().silenced(), &findings));
        told(self.model().silenced(), findings)
    }
}

/// A search in a contract.
type InTerms = fn(&Contract) -> Vec<finding::Found>;

/// What looks at terms alone, by the id of its rule: all of a contract's own, and those of documents that need no more.
const OF_TERMS: [(&str, InTerms); 8] = [
    ("uplift-unlike-a-factor", terms::uplifts),
    ("idle-limit", idle_limits::idle_limits),
    ("overlapping-cohorts", terms::overlaps),
    ("effect-above-the-whole", effect_size::effects),
    ("steep-drift", drift::drifts),
    ("illustrative", marks::invented_terms),
    ("unverified", marks::unread_terms),
    ("optimistic-truth", |contract| reoffending::believed(contract, &[])),
];

impl Contract {
    /// What the checks find in the terms and the truth alone: the gravest first, and last what the document silences. Of a model
    /// [`Appraisal::findings`] holds these too, beside what only the model shows.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Contract;
    /// let contract = Contract::from_toml(r#"
    ///     impact = 1
    ///     name = "A year's cap above that of all years"
    ///     currency = "NOK"
    ///     holders = [ { id = "state", kind = "public", level = "state" }, { id = "provider", kind = "enterprise" } ]
    ///     [contract]
    ///     payee = "provider"
    ///     payers = [ { holder = "state" } ]
    ///     at_most = { year = 2_000_000, total = 1_000_000 }
    ///     metrics = [ { id = "started", kind = "count" } ]
    ///     payments = [ { id = "start", of = "started", schedule = { per_unit = 10_000 } } ]
    /// "#)?;
    /// let found = contract.findings();
    /// assert_eq!((found[0].rule.id(), found[0].address.as_str()), ("idle-limit", "contract.at_most.year"));
    /// # Ok::<(), impact_core::error::ModelError>(())
    /// ```
    pub fn findings(&self) -> Vec<Finding> {
        let searches = OF_TERMS.iter().filter_map(|(id, search)| Some((rule(id)?, *search)));
        let found = searches.flat_map(|(rule, search)| search(self).into_iter().map(move |found| found.by(rule)));
        let mut findings: Vec<Finding> = found.collect();
        findings.extend(silence::in_vain(self.silenced(), &findings));
        told(self.silenced(), findings)
    }
}

/// Findings as they are told: marked where the document silences them, the gravest first and what is silenced last.
pub(crate) fn told(silences: &[Silence], mut findings: Vec<Finding>) -> Vec<Finding> {
    silence::silence(silences, &mut findings);
    findings.sort_by_key(|finding| (finding.silenced.is_some(), finding.rule.severity()));
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CHECK_IDS;

    #[test]
    fn the_reader_knows_every_rule_in_their_order() {
        assert_eq!(rules().map(Rule::id).collect::<Vec<_>>(), CHECK_IDS);
    }

    #[test]
    fn every_search_of_terms_is_that_of_a_rule_and_every_rule_of_terms_has_one() {
        let searched: Vec<_> = OF_TERMS.iter().map(|(id, _)| *id).collect();
        assert!(searched.iter().all(|id| rule(id).is_some()), "{searched:?}");
        assert!(terms::FAMILY.rules.iter().all(|rule| searched.contains(&rule.id())), "{searched:?}");
    }

    #[test]
    fn every_rule_says_what_why_and_who_in_both_languages() {
        for rule in rules() {
            for text in [rule.looks_for(), rule.why()] {
                assert!(!text.en.is_empty() && !text.nb.is_empty() && text.en != text.nb, "{}", rule.id());
                assert!(!text.en.ends_with('.') && !text.nb.ends_with('.'), "{}", rule.id());
            }
            assert!(rule.source().len() > 20, "{}", rule.id());
            assert!(crate::address::is_id(rule.id()), "{}", rule.id());
        }
    }
}
