//! Laws of the checks: whatever the model, they answer in words, never contradict each other, and a silence hides nothing.

mod random_model;

use impact_core::Model;
use impact_core::check::{Finding, Severity, rule, rules};
use impact_core::simulation::{Seed, Simulation};
use proptest::prelude::*;
use random_model::{ModelText, model_text};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// Rules of which one denies what the other says, so that no address has both.
const CONTRARIES: &[(&str, &str)] = &[
    ("blank-deadweight", "optimistic-deadweight"),
    ("no-drop-off", "drop-off-without-effect"),
    ("no-drop-off", "effect-with-drop-off"),
    ("drop-off-without-effect", "effect-with-drop-off"),
    ("intakes-without-cost", "costs-without-intakes"),
    ("costs-without-outcomes", "mixed-kinds"),
    ("costs-without-outcomes", "no-harm"),
    ("one-sided-benefit", "earnings-with-tax"),
    ("one-sided-benefit", "average-for-marginal"),
    ("one-sided-benefit", "transfers-counted"),
    ("value-without-source", "no-source"),
    ("share-without-source", "no-source"),
    ("outcome-without-evidence", "judgement-without-range"),
];

fn read(text: &ModelText) -> Model {
    let document = text.to_string();
    Model::from_toml(&document).unwrap_or_else(|error| panic!("{error}\n{document}"))
}

fn findings(model: &Model) -> Vec<Finding> {
    model.appraise().unwrap().findings()
}

/// The addresses at which a rule finds something, or the outcome above them.
fn places(findings: &[Finding], id: &str) -> BTreeSet<String> {
    let of_rule = findings.iter().filter(|finding| finding.rule.id() == id);
    of_rule.map(|finding| finding.address.as_str().to_owned()).collect()
}

fn told(findings: &[Finding]) -> Vec<String> {
    let mut told: Vec<String> = findings.iter().map(ToString::to_string).collect();
    told.sort();
    told
}

#[test]
fn the_contraries_are_rules_that_there_are() {
    for (one, other) in CONTRARIES {
        assert!(rule(one).is_some() && rule(other).is_some(), "{one} {other}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn checks_answer_in_words_of_both_languages_and_never_contradict_each_other(text in model_text()) {
        let model = read(&text);
        let found = findings(&model);
        for finding in &found {
            let nb = finding.message.nb.as_deref().unwrap();
            prop_assert!(!finding.message.en.is_empty() && !nb.is_empty() && nb != finding.message.en);
        }
        for (one, other) in CONTRARIES {
            let (one, other) = (places(&found, one), places(&found, other));
            prop_assert!(one.is_disjoint(&other), "{one:?} {other:?}");
        }
        let mut seen = BTreeSet::new();
        for finding in &found {
            prop_assert!(seen.insert(finding.to_string()), "said twice: {finding}");
        }
        prop_assert_eq!(told(&findings(&model)), told(&found), "the same document, the same findings");
    }

    #[test]
    fn warnings_come_before_notes_and_silences_last_and_a_silence_hides_nothing(text in model_text()) {
        let model = read(&text);
        let found = findings(&model);
        let quiet = rules().filter(|rule| rule.can_be_silenced());
        let entries: Vec<String> =
            quiet.map(|rule| format!("{{ rule = \"{}\", reason = \"tried\" }}", rule.id())).collect();
        let silenced = Model::from_toml(&format!("silenced = [ {} ]\n{text}", entries.join(", "))).unwrap();
        let after = findings(&silenced);
        let without_vain: Vec<Finding> =
            after.iter().filter(|finding| finding.rule.id() != "silenced-in-vain").cloned().collect();
        prop_assert_eq!(told(&without_vain), told(&found));
        for finding in &without_vain {
            prop_assert_eq!(finding.silenced.is_some(), finding.rule.can_be_silenced());
        }
        for all in [found, after] {
            let order = |finding: &Finding| (finding.silenced.is_some(), finding.rule.severity() == Severity::Note);
            prop_assert!(all.is_sorted_by_key(order));
        }
    }

    #[test]
    fn draws_of_any_model_are_checked_without_a_panic(text in model_text(), draws in 1_u64..40) {
        let model = read(&text);
        let simulated = model.simulate(&Simulation::new(draws, Seed(draws)), &mut |_| ControlFlow::Continue(())).unwrap();
        for finding in simulated.findings() {
            prop_assert!(finding.address.as_str().starts_with("measures."), "{finding}");
        }
    }
}
