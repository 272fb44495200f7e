//! Checks: what a careful reader would ask about a model that is not wrong.
//!
//! One rule: a finding names its rule, its place and its source; it warns, it never changes a figure. What is wrong is refused
//! when the document is read, with its place: shares outside 0 to 1, attribution without its sign, an amount without its unit.
//!
//! A rule is one constant in the file of its family: id, gravity, texts, source, an example that it finds something in, and
//! the search. Its id also stands in [`CHECK_IDS`](crate::model::CHECK_IDS), where the reader refuses a slip in `silenced`.
//! What a document alone cannot show lives elsewhere: deadweight without a comparison group where an outcome triggers payment
//! belongs to contracts, the reach of a sensitivity analysis to the analysis itself, and ratios of different conventions to
//! their comparison side by side.

mod blanks;
mod conventions;
mod counted_twice;
mod effects;
mod evidence;
mod finding;
mod marks;
mod practice;
mod prices;
mod purses;
mod reoffending;
mod reported;
mod rule;
mod scope;
mod seen;
mod silence;

pub use finding::Finding;
pub use rule::{Rule, Severity, Text};

use crate::evaluation::Appraisal;

/// Rules that look at the same thing.
#[derive(Debug, Clone, Copy)]
pub struct Family {
    /// What they look at.
    pub title: Text,
    /// The rules.
    pub rules: &'static [Rule],
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
    reoffending::FAMILY,
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
        let found = |rule: &'static Rule| {
            let found = rule.find(self).into_iter();
            found.map(move |one| Finding { rule, address: one.address, message: one.message, silenced: None })
        };
        let mut findings: Vec<Finding> = rules().flat_map(found).collect();
        silence::silence(self.model(), &mut findings);
        findings.sort_by_key(|finding| (finding.silenced.is_some(), finding.rule.severity()));
        findings
    }
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
