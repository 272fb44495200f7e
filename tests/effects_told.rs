//! What explanations and checks say of effects and paths.

mod one_effect;

use impact_core::evaluation::Explanation;
use impact_core::units::Language;
use one_effect::{LESS, decimal, read};

fn find<'e>(explanation: &'e Explanation, title: &str) -> &'e Explanation {
    let found = explanation.parts.iter().find(|part| part.title.en.starts_with(title));
    found.unwrap_or_else(|| panic!("nothing is called {title}: {explanation:#?}"))
}

#[test]
fn an_effect_is_explained_in_words_and_numbers() {
    let effect = "{ effect = { population = 100, baseline = 0.20, odds_ratio = 0.57 } }";
    let explained = read(LESS, effect).appraise().unwrap().explain("outcomes.change").unwrap();
    let quantity = find(&explained, "quantity of each intake");
    assert_eq!((quantity.value, quantity.unit.as_str()), (Some(decimal("7.527352297593")), "person"));
    let formula = quantity.formula.as_ref().unwrap();
    assert_eq!(formula.en, "population × (rate without − rate with)");
    assert_eq!(formula.text(Language::Bokmal), "målgruppe × (andel uten − andel med)");
    assert_eq!(quantity.notes[0].en, "100 × (0.2 − 0.124726477024)");
    assert_eq!(quantity.notes[0].text(Language::Bokmal), "100 × (0,2 − 0,124726477024)");
    let titles: Vec<&str> = quantity.parts.iter().map(|part| part.title.en.as_str()).collect();
    assert_eq!(
        titles,
        ["population of each intake", "rate without the intervention", "odds ratio", "rate with the intervention"]
    );
    let treated = find(quantity, "rate with the intervention");
    assert_eq!(treated.value, Some(decimal("0.124726477024")));
    assert!(treated.formula.as_ref().unwrap().en.contains("odds ratio × rate without / (1 − rate without)"));
}

#[test]
fn paths_and_hazards_are_explained_point_by_point() {
    let path = "{ effect = { population = 100, path = [{ at = 0, difference = 0 }, { at = 1.5, difference = 0.1 }, { at = 3, difference = 0 }] } }";
    let explained = read("direction = \"decrease\"", path).appraise().unwrap().explain("outcomes.change").unwrap();
    let formula = explained.formula.as_ref().unwrap();
    assert_eq!(
        formula.en,
        "the sum over intakes and years of population × (1 − deadweight) × (1 − displacement) × (− the average of the path in the year)"
    );
    assert!(formula.text(Language::Bokmal).ends_with("(− gjennomsnittet av forløpet i året)"));
    let point = find(&explained, "difference after 1.5 years");
    assert_eq!((point.value, point.title.text(Language::Bokmal)), (Some(decimal("0.1")), "forskjell etter 1,5 år"));
    let hazard = read("", "{ effect = { population = 100, risk_difference = 0.1, hazard = [0.3, 0.2] } }");
    let explained = hazard.appraise().unwrap().explain("outcomes.change").unwrap();
    assert!(explained.formula.as_ref().unwrap().en.ends_with("the product of (1 − hazard) of the years before"));
    assert_eq!(find(&explained, "share lost at the start of year 3").value, Some(decimal("0.2")));
    let units = read("", "{ path = [{ at = 0, units = 3 }, { at = 1, units = 3 }] }");
    let explained = units.appraise().unwrap().explain("outcomes.change").unwrap();
    assert_eq!(find(&explained, "units after 1 year").value, Some(decimal("3")));
    assert_eq!(
        explained.formula.as_ref().unwrap().en,
        "the sum over intakes and years of the average of the path in the year × (1 − deadweight) × (1 − displacement)"
    );
}

fn rules(lines: &str, quantity: &str) -> Vec<(String, String)> {
    let findings = read(lines, quantity).appraise().unwrap().findings();
    findings.iter().map(|finding| (finding.rule.id().to_owned(), finding.message.en.clone())).collect()
}

fn found(lines: &str, quantity: &str, rule: &str) -> Option<String> {
    rules(lines, quantity).into_iter().find(|(id, _)| id == rule).map(|(_, message)| message)
}

#[test]
fn checks_know_effects_and_paths() {
    let treated = "{ effect = { population = 200, risk_difference = 0.1 } }";
    assert_eq!(
        found("", treated, "quantity-above-group").as_deref(),
        Some("200 people of people are treated in one intake, but the group `people` has 150: correct one of them")
    );
    let path = "{ path = [{ at = 0, units = 10 }, { at = 1, units = 160 }, { at = 2, units = 10 }] }";
    assert_eq!(
        found("", path, "quantity-above-group").as_deref(),
        Some("160 people of people change in one intake, but the group `people` has 150: correct one of them")
    );
    let effect = "{ effect = { population = 100, risk_difference = 0.1 } }";
    let decaying = found("duration = 3\ndrop_off = 0.2", effect, "effect-with-drop-off").unwrap();
    assert!(decaying.starts_with("the effect was measured once and is taken to last 3 years"), "{decaying}");
    let hazard = "{ effect = { population = 100, risk_difference = 0.1, hazard = [0.2, 0.2] } }";
    for (lines, quantity) in
        [("duration = 3", effect), ("drop_off = 0.2", effect), ("", hazard), ("duration = 3\ndrop_off = 0.2", "10")]
    {
        assert_eq!(found(lines, quantity, "effect-with-drop-off"), None, "{lines} {quantity}");
    }
    assert!(found("duration = 3", effect, "no-drop-off").is_some() && found("", hazard, "no-drop-off").is_none());
}
