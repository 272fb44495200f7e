//! Effects and paths against arithmetic done by hand, and what is said of those that cannot be meant.

mod common;

use common::model;
use impact_core::Model;
use impact_core::analysis::BreakEvenQuestion;
use impact_core::document::Node;
use impact_core::evaluation::{Explanation, OutcomeUnits};
use impact_core::model::{Accepts, Assumption, Measure, Measured, Origin, Perspective, Point, Question};
use impact_core::report::assumption_rows;
use impact_core::units::Language;
use rust_decimal::Decimal;

/// A model of one outcome, whose quantity and further lines are put in.
const ONE: &str = r#"
impact = 1
name = "one effect"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2024
conventions = { base = "sroi-practice", discount = { bands = [{ from_step = 1, rate = 0 }] } }
holders = [{ id = "people", kind = "people", size = 150 }, { id = "state", kind = "public", level = "state" }]
costs = [{ id = "work", payer = "state", amount = 1_000_000, year = 2024, source = "by hand" }]
[[outcomes]]
id = "change"
holder = "people"
LINES
quantity = QUANTITY
values = [{ id = "worth", value = 50_000, unit = "UNIT", kind = "social", source = "by hand" }]
"#;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn text(lines: &str, quantity: &str) -> String {
    let event = lines.contains("event");
    let thing = if lines.contains("incident") { "incident" } else { "person" };
    let unit = if event { thing.to_owned() } else { format!("{thing}-year") };
    ONE.replace("LINES", lines).replace("QUANTITY", quantity).replace("UNIT", &unit)
}

fn read(lines: &str, quantity: &str) -> Model {
    let document = text(lines, quantity);
    Model::from_toml(&document).unwrap_or_else(|error| panic!("{error}\n{document}"))
}

fn refused(lines: &str, quantity: &str) -> String {
    let error = Model::from_toml(&text(lines, quantity)).unwrap_err();
    let said = error.problems().iter().map(|problem| format!("{}: {}", problem.place.address, problem.fault));
    said.collect::<Vec<_>>().join("\n")
}

fn units(model: &Model) -> OutcomeUnits {
    model.appraise().unwrap().outcome_units()[0].clone()
}

fn started(lines: &str, quantity: &str) -> Decimal {
    units(&read(lines, quantity)).started
}

fn by_year(model: &Model) -> Vec<String> {
    units(model).by_year.iter().map(|(_, units)| units.to_string()).collect()
}

fn at<'m>(model: &'m Model, address: &str) -> &'m Assumption {
    model.assumption(model.number_at(address).unwrap()).unwrap()
}

const LESS: &str = "direction = \"decrease\"\nnature = \"event\"";
const FEWER: &str = "direction = \"decrease\"\nnature = \"event\"\nunit = \"incident\"";

#[test]
fn every_contrast_is_what_its_name_says() {
    // 100 × (0.2 − 0.114 / 0.914) = 100 × 0.0688 / 0.914
    let odds = "{ effect = { population = 100, baseline = 0.20, odds_ratio = 0.57 } }";
    assert_eq!(started(LESS, odds), decimal("7.527352297593"));
    // the same with the direction left out: what falls is a harm of what is wanted
    assert_eq!(started("nature = \"event\"", odds), decimal("-7.527352297593"));
    // 100 × 0.27 × 0.63
    assert_eq!(started("", "{ effect = { population = 100, baseline = 0.27, risk_ratio = 1.63 } }"), decimal("17.01"));
    // 100 × 0.10, whatever the baseline
    assert_eq!(started("", "{ effect = { population = 100, risk_difference = 0.10 } }"), decimal("10"));
    let difference = "{ effect = { population = 100, baseline = 0.27, risk_difference = 0.10 } }";
    assert_eq!(started("", difference), decimal("10"));
    // 100 × 1.55 × 0.084 incidents
    let rate = "{ effect = { population = 100, baseline = 1.55, rate_ratio = 0.916 } }";
    assert_eq!(started(FEWER, rate), decimal("13.02"));
    // 100 × 0.2 × 0.15
    let relative = "{ effect = { population = 100, baseline = 0.20, relative_change = -0.15 } }";
    assert_eq!(started(LESS, relative), decimal("3"));
}

#[test]
fn one_odds_ratio_is_two_differences_at_two_baselines() {
    let at = |baseline: &str| {
        let effect = "{ effect = { population = 100, baseline = BASE, register = \"reentry-rct-reconviction\" } }";
        read(LESS, &effect.replace("BASE", baseline))
    };
    // 0.94: 100 × (0.15 − 0.141 / 0.991) = 0.765 / 0.991, and 100 × (0.54 − 0.5076 / 0.9676) = 1.4904 / 0.9676
    assert_eq!(units(&at("0.15")).started, decimal("0.771947527750"));
    assert_eq!(units(&at("0.54")).started, decimal("1.540305911534"));
    // At the high end of its interval, 1.12, it is a harm: 100 × (0.15 − 0.168 / 1.018) = −1.53 / 1.018
    let harm = at("0.15").with("effects.reentry-rct-reconviction", decimal("1.12")).unwrap();
    assert_eq!(units(&harm).started, decimal("-1.502946954813"));
    let npv = |model: &Model| {
        let figure = model.appraise().unwrap().measure(Measure::Npv, Perspective::named("people")).unwrap();
        figure.value.unwrap()
    };
    assert_eq!(npv(&harm), decimal("-75147.347740667976"), "−1.53 / 1.018 × 50 000");
    assert!(npv(&at("0.15")) > Decimal::ZERO);
    let cost = harm.appraise().unwrap().answer(&Question::new(Measure::CostPerOutcome)).unwrap();
    assert!(cost.value.is_err(), "no cost per outcome where there is less than none");
}

#[test]
fn figures_of_the_register_are_used_as_what_they_measure() {
    // −29 percentage points, −15 percent of 0.2, and 1.63 times 0.27
    let judges = "{ effect = { population = 100, register = \"bhuller-reoffend-5y\" } }";
    assert_eq!(started(LESS, judges), decimal("29"));
    let monitored =
        "{ effect = { population = 100, baseline = { register = \"base-no-2015\" }, register = \"em-no-published\" } }";
    assert_eq!(started(LESS, monitored), decimal("3"));
    let ips = "{ effect = { population = 100, baseline = { register = \"ips-no-18m-control\" }, register = \"ips-meta-anyjob\" } }";
    assert_eq!(started("", ips), decimal("17.01"));
    // 27.44 per thousand is a share: 1000 × 0.02744 × 0.5
    let young = "{ effect = { population = 1000, baseline = { register = \"base-no-charged-15-17-2011\" }, risk_ratio = 1.5 } }";
    assert_eq!(started("", young), decimal("13.72"));
}

#[test]
fn a_figure_of_the_register_has_one_slot_with_all_that_is_known_of_it() {
    let effect = "{ effect = { population = 100, baseline = { register = \"ips-no-18m-control\" }, register = \"ips-meta-anyjob\" } }";
    let two = text("", effect) + "[[outcomes]]\nid = \"other\"\nholder = \"people\"\nquantity = " + effect;
    let model = Model::from_toml(&two).unwrap();
    let ratio = at(&model, "effects.ips-meta-anyjob");
    assert_eq!((ratio.point, ratio.accepts, ratio.unit.as_str()), (decimal("1.63"), Accepts::Positive, "risk ratio"));
    assert_eq!((ratio.origin.clone(), ratio.point_is), (Origin::Register("ips-meta-anyjob".to_owned()), Point::Best));
    let uses: Vec<&str> = ratio.used_at.iter().map(|at| at.as_str()).collect();
    assert_eq!(uses, ["outcomes.change.quantity.effect.register", "outcomes.other.quantity.effect.register"]);
    let spread = ratio.distribution.as_ref().unwrap();
    assert!(
        (spread.quantile(0.025).unwrap() - 1.46).abs() < 1e-9 && (spread.quantile(0.975).unwrap() - 1.82).abs() < 1e-9
    );
    assert!(ratio.note.as_ref().unwrap().contains("interval 1.46 to 1.82"), "{:?}", ratio.note);
    let told = model.defaults().iter().find(|default| default.address.as_str() == "effects.ips-meta-anyjob").unwrap();
    assert_eq!(told.taken, "lognormal, 1.46 to 1.82 as its 95 % interval");
    let control = at(&model, "outcomes.change.quantity.effect.baseline");
    assert_eq!((control.address.as_str(), control.point), ("effects.ips-no-18m-control", decimal("0.27")));
    assert!(control.source.is_some() && control.grade.is_some() && control.distribution.is_none());
    let both = model.with("effects.ips-meta-anyjob", 2).unwrap();
    let each: Vec<Decimal> = both.appraise().unwrap().outcome_units().iter().map(|units| units.started).collect();
    assert_eq!(each, [decimal("27"), decimal("27")], "100 × 0.27 × (2 − 1), in both");
    assert_eq!(at(&both, "effects.ips-meta-anyjob").origin, Origin::RegisterOverridden("ips-meta-anyjob".to_owned()));
    let one = model.with("outcomes.change.quantity.effect.baseline", decimal("0.5")).unwrap();
    let each: Vec<Decimal> = one.appraise().unwrap().outcome_units().iter().map(|units| units.started).collect();
    assert_eq!(each, [decimal("31.5"), decimal("17.01")], "in one place");
}

#[test]
fn the_documents_own_value_takes_the_place_of_the_registers() {
    let model = model("effects");
    let own = at(&model, "effects.em-no-published");
    assert_eq!((own.point, own.accepts), (decimal("-0.10"), Accepts::Growth));
    assert_eq!(own.source.as_ref().unwrap().to_string(), "a cautious reading of the same study");
    assert_eq!(own.name.as_ref().unwrap().text(Language::Bokmal).split(':').count(), 2);
    assert_eq!(model.appraise().unwrap().outcome_units()[2].started, decimal("2"), "100 × 0.2 × 0.1");
    let rows = assumption_rows(&model);
    let row = rows.iter().find(|row| row.address.as_str() == "effects.em-no-published").unwrap();
    assert_eq!(
        (row.origin, row.register_entry, row.catalogue_entry),
        ("register-overridden", Some("em-no-published"), None)
    );
    assert!(model.appraise().unwrap().provenance().effects_edition.is_some());
    assert_eq!(crate::model("beginner").appraise().unwrap().provenance().effects_edition, None);
}

#[test]
fn a_path_is_integrated_year_by_year() {
    let effect = "{ effect = { population = 100, path = [{ at = 0, difference = 0 }, { at = 1.5, difference = 0.10 }, { at = 3.5, difference = 0 }] } }";
    let model = read("", effect);
    // Year 0: from 0 to 0.0667. Year 1: half a year from 0.0667 to 0.1 and half from 0.1 to 0.075: 0.041667 + 0.04375.
    // Year 2: from 0.075 to 0.025. Year 3: half a year from 0.025 to 0. In all ½ × 3.5 × 0.1 = 0.175 person-years each.
    assert_eq!(by_year(&model), ["3.333333333333", "8.541666666667", "5", "0.625"]);
    assert_eq!((units(&model).accrued, units(&model).started), (decimal("17.5"), decimal("10")));
    assert_eq!(model.horizon(), 4, "until the path ends");
    let turned = read("direction = \"decrease\"", effect);
    assert_eq!(by_year(&turned), ["-3.333333333333", "-8.541666666667", "-5", "-0.625"]);
    assert_eq!(units(&turned).started, decimal("-10"));
}

#[test]
fn a_path_begins_and_ends_with_its_points() {
    let late = read("", "{ path = [{ at = 1, units = 6 }, { at = 1.5, units = 6 }, { at = 2.25, units = 2 }] }");
    // Year 1: 6 × 0.5, and half a year from 6 to 10 / 3: 7 / 3. Year 2: a quarter from 10 / 3 to 2: 2 / 3.
    assert_eq!(by_year(&late), ["0", "5.333333333333", "0.666666666667"]);
    assert_eq!(late.outcomes()[0].measured, Measured::Gross, "units are no effect");
    let cut = late.with("horizon", 2).unwrap();
    assert_eq!(units(&cut).cut_off, decimal("0.666666666667"));
    let lagged = late.with("lag", 1);
    assert!(lagged.is_err(), "a lag is the outcome's");
    let lagged = late.with("outcomes.change.lag", 2).unwrap();
    assert_eq!(by_year(&lagged), ["0", "0", "0", "5.333333333333", "0.666666666667"]);
}

#[test]
fn a_constant_path_is_a_plain_quantity_with_its_duration() {
    let path = read("deadweight = 0.2", "{ path = [{ at = 0, units = 7 }, { at = 2.7, units = 7 }] }");
    let plain = read("deadweight = 0.2\nduration = 2.7", "7");
    assert_eq!(units(&path), units(&plain));
    let npv = |model: &Model| model.appraise().unwrap().measure(Measure::Npv, Perspective::Society).unwrap().value;
    assert_eq!(npv(&path), npv(&plain));
}

#[test]
fn a_hazard_takes_its_share_of_those_still_affected() {
    let model = read("", "{ effect = { population = 100, risk_difference = 0.10, hazard = [0.3, 0.2, 0.1] } }");
    assert_eq!(by_year(&model), ["10", "7", "5.6", "5.04"]); // 10, × 0.7, × 0.8, × 0.9
    assert_eq!((model.horizon(), units(&model).started), (4, decimal("10")));
    let none = model.with("outcomes.change.quantity.effect.hazard.0", 1).unwrap();
    assert_eq!(by_year(&none), ["10", "0", "0", "0"]);
    assert_eq!(at(&model, "outcomes.change.quantity.effect.hazard.2").accepts, Accepts::Share);
}

#[test]
fn an_effect_is_net_and_says_so() {
    let model = read("", "{ effect = { population = 100, risk_difference = 0.10 } }");
    assert_eq!(model.outcomes()[0].measured, Measured::Net);
    let told = model.defaults().iter().find(|default| default.address.as_str() == "outcomes.change.measured").unwrap();
    assert_eq!(
        (told.taken.as_str(), told.because.en.as_str()),
        ("net", "an effect is measured against those without the intervention")
    );
    let findings = model.appraise().unwrap().findings();
    assert!(findings.iter().all(|finding| finding.rule.id() != "blank-deadweight"));
}

#[test]
fn the_use_of_a_shared_number_and_distributions_reach_every_leaf() {
    let model = model("effects");
    for (address, own) in [
        ("outcomes.education.quantity.effect.population", "assumptions.released"),
        ("outcomes.education.quantity.effect.baseline", "effects.base-no-2015"),
        ("outcomes.education.quantity.effect.register", "effects.rand-ced-recid"),
        ("outcomes.education.quantity.effect.hazard.1", "outcomes.education.quantity.effect.hazard.1"),
        ("outcomes.work.quantity.effect.risk_ratio", "outcomes.work.quantity.effect.risk_ratio"),
        (
            "outcomes.supported-work.quantity.effect.path.1.difference",
            "outcomes.supported-work.quantity.effect.path.1.difference",
        ),
        ("outcomes.garden.quantity.path.0.units", "outcomes.garden.quantity.path.0.units"),
    ] {
        assert_eq!(at(&model, address).address.as_str(), own);
    }
    assert_eq!(at(&model, "outcomes.work.quantity.effect.baseline").point, decimal("0.3"));
    // 40 × 0.3 × 0.5
    assert_eq!(model.appraise().unwrap().outcome_units()[3].started, decimal("6"));
    let wider = model.with("outcomes.supported-work.quantity.effect.path.1.difference", decimal("0.2")).unwrap();
    assert_eq!(wider.appraise().unwrap().outcome_units()[5].started, decimal("20"));
    let again = Model::from_json(&model.to_json()).unwrap();
    assert_eq!((&again, Model::from_toml(&model.to_toml()).as_ref()), (&model, Ok(&model)));
}

#[test]
fn invented_numbers_mark_what_rests_on_them() {
    let invented = |lines: &str, quantity: &str| {
        let figure = read(lines, quantity).appraise().unwrap().measure(Measure::Npv, Perspective::Society).unwrap();
        figure.marks.illustrative
    };
    assert!(!invented(LESS, "{ effect = { population = 100, register = \"bhuller-reoffend-5y\" } }"));
    for leaf in [
        "{ effect = { population = { value = 9, illustrative = true }, risk_difference = 0.1 } }",
        "{ effect = { population = 9, baseline = { value = 0.2, illustrative = true }, risk_difference = 0.1 } }",
        "{ effect = { population = 9, risk_difference = { value = 0.1, illustrative = true } } }",
        "{ effect = { population = 9, risk_difference = 0.1, hazard = [{ value = 0.1, illustrative = true }] } }",
        "{ effect = { population = 9, path = [{ at = 0, difference = 0.1 }, { at = 1, difference = { value = 0, illustrative = true } }] } }",
        "{ path = [{ at = 0, units = 1 }, { at = 1, units = { value = 0, illustrative = true } }] }",
    ] {
        assert!(invented("", leaf), "{leaf}");
    }
}

#[test]
fn a_number_shared_between_uses_takes_what_all_of_them_take() {
    let effect = "{ effect = { population = { use = \"both\" }, risk_difference = { use = \"both\" } } }";
    let shared = text("", effect).replace("holders =", "assumptions = { both = 0.5 }\nholders =");
    assert_eq!(at(&Model::from_toml(&shared).unwrap(), "assumptions.both").accepts, Accepts::Share);
    let said = Model::from_toml(&shared.replace("0.5", "-0.5")).unwrap_err().to_string();
    assert!(
        said.contains("`assumptions.both` is used here as population, which is zero or more: its value is `-0.5`"),
        "{said}"
    );
}

fn answer(model: &Model, address: &str) -> Decimal {
    let question = Question::new(Measure::Npv).seen_by(Perspective::Society);
    let answer = model.break_even(&BreakEvenQuestion::new(address.parse().unwrap(), question)).unwrap();
    assert_eq!(answer.crossings.len(), 1, "{address}");
    answer.crossings[0].value
}

#[test]
fn every_number_of_an_effect_has_a_break_even() {
    // A cost of 1 000 000 at 50 000 a person-year is repaid by 20 person-years.
    let ratio = read("duration = 2", "{ effect = { population = 100, baseline = 0.25, risk_ratio = 1.2 } }");
    assert_eq!(answer(&ratio, "outcomes.change.quantity.effect.population"), decimal("200")); // 0.05 each, 2 years
    assert_eq!(answer(&ratio, "outcomes.change.quantity.effect.risk_ratio"), decimal("1.4")); // 10 people, 2 years
    assert_eq!(answer(&ratio, "outcomes.change.quantity.effect.baseline"), decimal("0.5"));
    let odds = read("nature = \"event\"", "{ effect = { population = 100, baseline = 0.2, odds_ratio = 2 } }");
    // 20 more of 100: 0.4 / 0.6 over 0.2 / 0.8
    let needed = answer(&odds, "outcomes.change.quantity.effect.odds_ratio");
    assert_eq!(needed.round_dp(9), decimal("2.666666667"));
    let register = "{ effect = { population = 100, baseline = 0.2, register = \"ips-meta-anyjob\" } }";
    assert_eq!(answer(&read("", register), "effects.ips-meta-anyjob"), decimal("2"));
    let lost = read("", "{ effect = { population = 100, risk_difference = 0.15, hazard = [0.3, 0.5] } }");
    // 15 × (1 + s + s / 2) = 20: s = 2 / 9 is left after the first year
    assert_eq!(answer(&lost, "outcomes.change.quantity.effect.hazard.0").round_dp(9), decimal("0.777777778"));
    let path = "{ effect = { population = 100, path = [{ at = 0, difference = 0 }, { at = 1, difference = 0.1 }, { at = 2, difference = 0 }] } }";
    assert_eq!(answer(&read("", path), "outcomes.change.quantity.effect.path.1.difference"), decimal("0.2"));
    assert_eq!(answer(&read("", path), "outcomes.change.quantity.effect.path.2.at"), decimal("4")); // ½ × 4 × 0.1 × 100
}

#[test]
fn the_cost_of_an_outcome_counts_the_years_of_its_path() {
    let path = "{ effect = { population = 100, path = [{ at = 0, difference = 0 }, { at = 1, difference = 0.1 }, { at = 2, difference = 0 }] } }";
    let appraisal = read("", path).appraise().unwrap();
    let cost = appraisal.answer(&Question::new(Measure::CostPerOutcome)).unwrap();
    assert_eq!(cost.value.unwrap(), decimal("100000"), "1 000 000 over 10 person-years");
}

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
    assert_eq!(find(&explained, "units after 1 years").value, Some(decimal("3")));
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
        Some("200 people of people are treated in one intake, but the group `people` has 150")
    );
    let path = "{ path = [{ at = 0, units = 10 }, { at = 1, units = 160 }, { at = 2, units = 10 }] }";
    assert_eq!(
        found("", path, "quantity-above-group").as_deref(),
        Some("160 people of people change in one intake, but the group `people` has 150")
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

#[test]
fn a_figure_of_the_register_that_is_no_effect_is_refused_with_what_to_write() {
    let put = |id: &str| {
        let said = refused("", &format!("{{ effect = {{ population = 10, baseline = 0.2, register = \"{id}\" }} }}"));
        said.strip_prefix("outcomes.change.quantity.effect.register: ").unwrap_or(&said).to_owned()
    };
    assert_eq!(
        put("ips-no-18m-treat"),
        "`ips-no-18m-treat` of the register is a treated rate, not an effect on a share or a rate: give the \
         `risk_difference` between it and the control rate of the same study, with both as the source"
    );
    assert_eq!(
        put("ips-no-18m-control"),
        "`ips-no-18m-control` of the register is a control rate, not an effect on a share or a rate: it can stand as \
         `baseline = { register = … }`, and the effect beside it as a number"
    );
    assert_eq!(
        put("ips-no-43m"),
        "`ips-no-43m` of the register is a mean difference, not an effect on a share or a rate: what each participant gains \
         in days, months, incidents or money is counted by a plain `quantity` in that unit, or by a `path`"
    );
    assert_eq!(
        put("ips-meta-tenure"),
        "`ips-meta-tenure` of the register is a standardised mean difference, not an effect on a share or a rate: standard \
         deviations are no share of people: give a `risk_difference` or an `odds_ratio` of the same study"
    );
    assert_eq!(
        put("bcr-ips"),
        "`bcr-ips` of the register is a benefit cost ratio, not an effect on a share or a rate: a ratio of money is a \
         result, not an input: give the effect it was calculated from"
    );
    assert_eq!(
        put("trend-sosialhjelp-spending-2024"),
        "`trend-sosialhjelp-spending-2024` of the register is a change over time without an intervention, not an effect on a \
         share or a rate: it says nothing of those treated against those who are not: give one of the contrasts as a number"
    );
    let unknown = put("rand-ced-recidivism");
    assert!(
        unknown.starts_with("`rand-ced-recidivism` is not in the register of effects: near to it are `rand-ced-recid`")
    );
    let base = |id: &str| {
        let baseline = format!("baseline = {{ register = \"{id}\" }}");
        let said = refused("", &format!("{{ effect = {{ population = 10, {baseline}, risk_ratio = 0.9 }} }}"));
        said.strip_prefix("outcomes.change.quantity.effect.baseline.register: ").unwrap_or(&said).to_owned()
    };
    assert_eq!(
        base("ips-no-18m-treat"),
        "`ips-no-18m-treat` of the register is a treated rate, not a share without the intervention: take the rate of those \
         without the intervention, or give the `baseline` as a number"
    );
    assert_eq!(
        base("base-sosialhjelp-months-2019"),
        "`base-sosialhjelp-months-2019` of the register is a mean, not a share without the intervention: give the `baseline` \
         as a number, or take a baseline rate or a control rate of the register"
    );
    let text = text("", "3").replace("holders =", "effects = { bcr-ips = 2, nothing = 1 }\nholders =");
    let said = Model::from_toml(&text).unwrap_err().to_string();
    assert!(
        said.contains("effects.bcr-ips (line 9, column 23): `bcr-ips` of the register is a benefit cost ratio"),
        "{said}"
    );
    assert!(
        said.contains("effects.nothing (line 9, column 36): `nothing` is not in the register of effects"),
        "{said}"
    );
}

/// An outcome's lines and quantity, and what is said of them.
const REFUSED: &[(&str, &str, &str)] = &[
    (
        "",
        "{ effect = { population = 100, baseline = 0.2 } }",
        "outcomes.change.quantity.effect: how much changes is missing: give one of `risk_difference`, `risk_ratio`, \
         `odds_ratio`, `rate_ratio`, `relative_change`, `register` (an id of the register of effects), or a `path`",
    ),
    (
        "",
        "{ effect = { population = 100, baseline = 0.2, risk_ratio = 2, odds_ratio = 2 } }",
        "outcomes.change.quantity.effect: `risk_ratio` and `odds_ratio` are given: an effect has one of them",
    ),
    ("", "{ effect = { baseline = 0.2, risk_ratio = 2 } }", "outcomes.change.quantity.effect: `population` is missing"),
    (
        "",
        "{ effect = { population = 100, odds_ratio = 0.57 } }",
        "outcomes.change.quantity.effect: `baseline` is missing: the odds ratio acts on what happens without the intervention",
    ),
    (
        "",
        "{ effect = { population = 100, baseline = 20, odds_ratio = 0.57 } }",
        "outcomes.change.quantity.effect.baseline: baseline `20` is not between 0 and 1",
    ),
    (
        "",
        "{ effect = { population = 100, baseline = 0.5, risk_ratio = 2.5 } }",
        "outcomes.change.quantity.effect: risk ratio `2.5` on baseline `0.5` gives `1.25`, which is not between 0 and 1",
    ),
    (
        "",
        "{ effect = { population = 100, baseline = 0.27, risk_difference = -0.3 } }",
        "outcomes.change.quantity.effect: risk difference `-0.3` on baseline `0.27` gives `-0.03`, which is not between 0 and 1",
    ),
    (
        "",
        "{ effect = { population = 100, risk_difference = 10 } }",
        "outcomes.change.quantity.effect.risk_difference: risk difference `10` is not between -1 and 1",
    ),
    (
        "",
        "{ effect = { population = 100, baseline = 0.2, odds_ratio = 0 } }",
        "outcomes.change.quantity.effect.odds_ratio: odds ratio `0` is not above zero",
    ),
    (
        "",
        "{ effect = { population = 100, baseline = 0.2, risk_difference = { normal = { mean = 0.1, sd = 0.02 } } } }",
        "outcomes.change.quantity.effect.risk_difference: risk difference must be between -1 and 1, and this distribution \
         reaches without end both ways: use another form, or `truncated`",
    ),
    (
        "",
        "{ effect = { population = 100, baseline = 1.55, rate_ratio = 0.9 } }",
        "outcomes.change.quantity.effect.rate_ratio: a rate ratio changes how often something happens, not how many people \
         it happens to: write `nature = \"event\"` and what happens as `unit`, such as `incident`; for people there is \
         `risk_ratio`",
    ),
    (
        "deadweight = 0.2",
        "{ effect = { population = 100, risk_difference = 0.1 } }",
        "outcomes.change.deadweight: the quantity is `net`, so what would have happened anyway is deducted already: leave \
         deadweight out",
    ),
    (
        "measured = \"gross\"",
        "{ effect = { population = 100, risk_difference = 0.1 } }",
        "outcomes.change.measured: an effect is measured against those without the intervention, so it is `net`: leave \
         `measured` out",
    ),
    (
        "duration = 3\ndrop_off = 0.1",
        "{ effect = { population = 100, path = [{ at = 0, difference = 0.1 }, { at = 1, difference = 0 }] } }",
        "outcomes.change.duration: `duration` has no meaning here: the path says how long it lasts, and how much of it there \
         is\noutcomes.change.drop_off: `drop_off` has no meaning here: the path says how long it lasts, and how much of it \
         there is",
    ),
    (
        "duration = 3",
        "{ effect = { population = 100, risk_difference = 0.1, hazard = [0.3] } }",
        "outcomes.change.duration: `duration` has no meaning here: the hazard says how long it lasts, and how much of it is \
         lost",
    ),
    (
        "nature = \"event\"",
        "{ path = [{ at = 0, units = 5 }, { at = 1, units = 5 }] }",
        "outcomes.change.quantity.path: `path` has no meaning here: an event happens once; what lasts is a `state`",
    ),
    (
        "nature = \"event\"",
        "{ effect = { population = 100, risk_difference = 0.1, hazard = [0.3] } }",
        "outcomes.change.quantity.effect.hazard: `hazard` has no meaning here: an event happens once; what lasts is a `state`",
    ),
    (
        "",
        "{ effect = { population = 100, risk_difference = 0.1, hazard = [] } }",
        "outcomes.change.quantity.effect.hazard: the hazard is empty: give the share lost at the start of year 2, of year 3 \
         and so on, such as `[0.3, 0.2]`",
    ),
    (
        "",
        "{ effect = { population = 100, risk_difference = 0.1, hazard = [0.3, 1.3] } }",
        "outcomes.change.quantity.effect.hazard.1: hazard `1.3` is not between 0 and 1",
    ),
    (
        "",
        "{ effect = { population = 100, baseline = 0.2, path = [{ at = 0, difference = 0.1 }, { at = 1, difference = 0 }] } }",
        "outcomes.change.quantity.effect.baseline: `baseline` has no meaning here: the path gives the difference itself",
    ),
    (
        "",
        "{ path = [{ at = 0, units = 5 }] }",
        "outcomes.change.quantity.path: a path has at least two points, the one it begins at and the one it ends at",
    ),
    (
        "",
        "{ path = [{ at = 1.5, units = 5 }, { at = 1, units = 5 }] }",
        "outcomes.change.quantity.path: the point at `1` follows the one at `1.5`: give the points in order of time, each \
         time once",
    ),
    (
        "",
        "{ path = [{ at = -1, units = 5 }, { at = 301, units = -5 }] }",
        "outcomes.change.quantity.path.0.at: at `-1` is not zero or more\n\
         outcomes.change.quantity.path.1.units: units `-5` is not zero or more",
    ),
    (
        "",
        "{ path = [{ at = 0, units = 5 }, { at = 301, units = 5 }] }",
        "outcomes.change.quantity.path: at `301` is not at most 300 years",
    ),
    (
        "",
        "{ effect = { population = 100, path = [{ at = 0, units = 5 }, { at = 1, difference = 0 }] } }",
        "outcomes.change.quantity.effect.path.0: `difference` is missing\noutcomes.change.quantity.effect.path.0: unknown key \
         `units`: the keys here are `at`, `difference`",
    ),
    (
        "",
        "{ chain = { population = 5 }, effect = { population = 5 } }",
        "outcomes.change.quantity: `chain` and `effect` are given: a quantity is one of them",
    ),
    ("", "{ efect = { population = 5 } }", "outcomes.change.quantity: unknown key `efect`: did you mean `effect`?"),
    (
        "",
        "{ effect = { population = 5, risk_diference = 0.1 } }",
        "outcomes.change.quantity.effect: unknown key `risk_diference`: did you mean `risk_difference`?",
    ),
];

#[test]
fn what_cannot_be_meant_is_said_where_it_stands() {
    for (lines, quantity, expected) in REFUSED {
        assert_eq!(&refused(lines, quantity), expected, "{quantity}");
    }
}

#[test]
fn any_number_put_anywhere_in_an_effect_is_read_or_refused() {
    let model = model("effects");
    let mut addresses: Vec<String> = model.assumptions().iter().map(|number| number.address.to_string()).collect();
    addresses.extend([1, 2].map(|point| format!("outcomes.supported-work.quantity.effect.path.{point}.at")));
    let mut valued = 0;
    for address in &addresses {
        for value in
            ["-7900000000000000000000000000", "-1", "0", "0.999999999999", "1", "300", "7900000000000000000000000000"]
        {
            let Ok(changed) = model.with(address, decimal(value)) else { continue };
            valued += usize::from(changed.appraise().is_ok());
            changed.fast_totals::<f64>().unwrap();
        }
    }
    assert!(valued > addresses.len(), "{valued} of {}", addresses.len());
}

#[test]
fn an_effect_in_json_is_the_same_effect() {
    let model = read(LESS, "{ effect = { population = 100, baseline = 0.20, odds_ratio = 0.57 } }");
    let node = Node::from_json(&model.to_json()).unwrap();
    assert_eq!(Model::from_node(node).unwrap().hash(), model.hash());
}
