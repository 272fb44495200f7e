//! Effects and paths against arithmetic done by hand.

mod common;
mod one_effect;

use common::model;
use impact_core::Model;
use impact_core::analysis::BreakEvenQuestion;
use impact_core::document::Node;
use impact_core::model::{Accepts, Measure, Measured, Origin, Perspective, Point, Question};
use impact_core::report::assumption_rows;
use impact_core::units::Language;
use one_effect::{FEWER, LESS, at, by_year, decimal, read, started, text, units};
use rust_decimal::Decimal;

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
    assert_eq!((ratio.point, ratio.accepts, ratio.unit.as_str()), (decimal("1.63"), Accepts::Positive, "ratio"));
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

#[test]
fn an_effect_in_json_is_the_same_effect() {
    let model = read(LESS, "{ effect = { population = 100, baseline = 0.20, odds_ratio = 0.57 } }");
    let node = Node::from_json(&model.to_json()).unwrap();
    assert_eq!(Model::from_node(node).unwrap().hash(), model.hash());
}

#[test]
fn a_path_of_very_many_units_has_a_largest_one() {
    let model = read("", "{ path = [{ at = 0, units = 4e14 }, { at = 2, units = 5e14 }] }");
    assert_eq!(units(&model).started, decimal("500000000000000"));
}

#[test]
fn a_total_beyond_28_digits_is_said_of_its_outcome() {
    let model = read("", "{ chain = { population = 7e27, engaged = 7e27 } }");
    let said = model.appraise().unwrap_err().to_string();
    assert_eq!(said, "outcomes.change: the result is larger than 28 digits can hold");
}
