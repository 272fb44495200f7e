//! Costs and outcomes adjusted: additionality, optimism bias and amounts year by year. What they give, how they are addressed
//! and explained, and what is said of what cannot be meant.

mod common;

use common::adjusted::{amounts, break_even, decimal, find, marks, model, nb, question, said, value};
use impact_core::Model;
use impact_core::evaluation::PriceLevel;
use impact_core::model::{FlowAmount, Measure, Perspective};
use rust_decimal::Decimal;

const OUTCOME: &str = r#"
[[outcomes]]
id = "work"
holder = "people"
unit = "job"
nature = "event"
quantity = 100
deadweight = 0.2
displacement = 0.25
leakage = 0.1
substitution = 0.05
[[outcomes.values]]
id = "worth"
kind = "social"
value = 1000
unit = "job"
"#;

// ---- additionality

#[test]
fn what_leaks_and_what_only_substitutes_is_taken_off_one_after_the_other() {
    // 100,000 · 0.8 · 0.75 · 0.9 · 0.95
    assert_eq!(value(&model(OUTCOME), Measure::PresentValueOutcomes), decimal("51300"));
    let multiplied = model(&OUTCOME.replace("leakage", "multiplier = 1.5\nleakage"));
    assert_eq!(value(&multiplied, Measure::PresentValueOutcomes), decimal("76950"));
}

#[test]
fn filters_that_are_added_subtract_them_like_the_others() {
    let additive = model(OUTCOME).with("conventions.combination.filters", "additive").unwrap();
    // 100,000 · (1 − 0.2 − 0.25 − 0.1 − 0.05)
    assert_eq!(value(&additive, Measure::PresentValueOutcomes), decimal("40000"));
    let multiplied = additive.with("outcomes.work.multiplier", 2).unwrap();
    assert_eq!(value(&multiplied, Measure::PresentValueOutcomes), decimal("80000"));
    let float = multiplied.fast_totals::<f64>().unwrap().sums(&Perspective::Society).unwrap();
    assert!((float.outcomes - 80_000.0).abs() < 1e-6, "{}", float.outcomes);
}

#[test]
fn whoever_bears_displaced_units_bears_none_of_what_leaked() {
    let borne = OUTCOME.replace("displacement = 0.25", "displacement = { share = 0.25, borne_by = \"neighbours\" }");
    let appraisal = model(&borne).appraise().unwrap();
    let net = |holder: &str| {
        let question = question(Measure::Npv).seen_by(Perspective::named(holder));
        appraisal.answer(&question).unwrap().value.unwrap()
    };
    // 100,000 · 0.8 · 0.9 · 0.95 for the people, a quarter of it against the neighbours
    assert_eq!([net("people"), net("neighbours")], [decimal("68400"), decimal("-17100")]);
    assert_eq!(net("society"), decimal("51300"));
}

#[test]
fn additionality_left_out_is_no_default_and_can_be_put_in() {
    let without = OUTCOME.replace("leakage = 0.1\nsubstitution = 0.05\n", "");
    let plain = model(&without);
    let listed = |model: &Model| model.defaults().iter().any(|left_out| left_out.address.as_str().contains("leakage"));
    assert!(!listed(&plain));
    let leaking = plain.with("outcomes.work.leakage", decimal("0.1")).unwrap();
    assert_eq!(value(&leaking, Measure::PresentValueOutcomes), decimal("54000"));
    assert_eq!(break_even(&leaking, "outcomes.work.leakage", Measure::PresentValueOutcomes, "30000"), decimal("0.5"));
}

#[test]
fn the_explanation_names_every_filter_that_is_used() {
    let explained = model(OUTCOME).appraise().unwrap().explain("outcomes.work").unwrap();
    assert_eq!(
        explained.formula.as_ref().unwrap().en,
        "the sum over intakes and years of quantity × (1 − deadweight) × (1 − displacement) × (1 − leakage) × \
         (1 − substitution) × (1 − drop-off)^k"
    );
    assert!(nb(&explained).contains("(1 − lekkasje) × (1 − substitusjon)"), "{}", nb(&explained));
    assert_eq!(find(&explained, "leakage").value, Some(decimal("0.1")));
    let marked = model(&OUTCOME.replace("leakage = 0.1", "leakage = { value = 0.1, illustrative = true }"));
    assert!(marks(&marked, Measure::PresentValueOutcomes).illustrative);
}

#[test]
fn a_share_or_a_factor_outside_its_range_is_refused() {
    let wrong = OUTCOME.replace("leakage = 0.1", "multiplier = 0\nleakage = 1.1").replace("0.05", "-0.05");
    assert_eq!(
        said(&wrong),
        "outcomes.work.multiplier (line 25, column 14): multiplier `0` is not above zero\n\
         outcomes.work.leakage (line 26, column 11): leakage `1.1` is not between 0 and 1\n\
         outcomes.work.substitution (line 27, column 16): substitution `-0.05` is not between 0 and 1"
    );
}

// ---- optimism bias

const BUILDING: &str = r#"
actuals_to = 2024
[[costs]]
id = "building"
payer = "town"
per_year = 100
years = [2024, 2026]
optimism_bias = { upper_bound = 0.51, mitigation = 0.92 }
"#;

#[test]
fn optimism_bias_is_laid_on_the_years_that_are_not_spent() {
    let building = model(BUILDING);
    let with_bias = decimal("104.08");
    assert_eq!(amounts(&building, "costs.building"), [(2024, 100.into()), (2025, with_bias), (2026, with_bias)]);
    let nothing_spent = model(&BUILDING.replace("actuals_to = 2024\n", ""));
    assert_eq!(amounts(&nothing_spent, "costs.building")[0], (2024, with_bias));
    let all_spent = building.with("actuals_to", 2030).unwrap();
    assert_eq!(value(&all_spent, Measure::PresentValueInputs), decimal("300"));
}

#[test]
fn a_bias_without_mitigation_lists_that_nothing_mitigates_it() {
    let plain = model(&BUILDING.replace(", mitigation = 0.92", ""));
    let left_out: Vec<(&str, &str)> =
        plain.defaults().iter().map(|left_out| (left_out.address.as_str(), left_out.taken.as_str())).collect();
    assert!(left_out.contains(&("costs.building.optimism_bias.mitigation", "0")), "{left_out:?}");
    let same = model(&BUILDING.replace("{ upper_bound = 0.51, mitigation = 0.92 }", "0.51"));
    let inputs = |model: &Model| value(model, Measure::PresentValueInputs);
    assert_eq!([inputs(&plain), inputs(&same)], [decimal("402"), decimal("402")]);
    let doubled = model(&BUILDING.replace("{ upper_bound = 0.51, mitigation = 0.92 }", "2"));
    assert_eq!(inputs(&doubled), decimal("700"), "upper bounds of 200 % are in use");
}

#[test]
fn nominal_money_with_a_bias_is_nominal_in_the_budget() {
    let nominal = model(&BUILDING.replace("per_year = 100", "per_year = 100\nprice_basis = \"nominal\""));
    let nominal = nominal.with("inflation", decimal("0.1")).unwrap();
    let appraisal = nominal.appraise().unwrap();
    let town = Perspective::Holder("town".to_owned());
    let budget = appraisal.budget(&town, PriceLevel::Nominal).unwrap().unwrap();
    let paid: Vec<Decimal> = budget.rows.iter().map(|row| row.net.normalize()).collect();
    assert_eq!(paid, [decimal("-100"), decimal("-104.08"), decimal("-104.08")]);
    // In 2024 prices: 104.08 / 1.1 and / 1.21
    let real = amounts(&nominal, "costs.building");
    assert_eq!(real[1].1, (decimal("104.08") / decimal("1.1")).round_dp(12).normalize());
}

#[test]
fn the_explanation_shows_the_bias_and_what_is_spent() {
    let explained = model(BUILDING).appraise().unwrap().explain("costs.building").unwrap();
    assert_eq!(
        explained.formula.as_ref().unwrap().en,
        "the sum over the years of amount × (1 + optimism bias) × discount factor"
    );
    assert_eq!(nb(&explained), "summen over årene av beløp × (1 + optimismeskjevhet) × diskonteringsfaktor");
    let bias = find(&explained, "optimism bias");
    assert_eq!((bias.value, nb(bias)), (Some(decimal("0.0408")), "øvre grense × (1 − andel som er håndtert)"));
    assert_eq!(find(&explained, "share managed away").value, Some(decimal("0.92")));
    let notes: Vec<&str> = explained.notes.iter().map(|note| note.en.as_str()).collect();
    assert!(notes.contains(&"years up to 2024 are spent already and carry no optimism bias"), "{notes:?}");
    let question = question(Measure::PresentValueInputs);
    let appraisal = model(BUILDING).appraise().unwrap();
    assert_eq!(appraisal.answer(&question).unwrap().value, Ok(decimal("308.16")));
    let address = "costs.building.optimism_bias.upper_bound";
    assert_eq!(break_even(&model(BUILDING), address, Measure::PresentValueInputs, "316"), decimal("1"));
}

#[test]
fn what_a_bias_cannot_mean_is_refused() {
    let wrong = BUILDING.replace("{ upper_bound = 0.51, mitigation = 0.92 }", "{ mitigation = 1.2, upper = 0.51 }");
    assert_eq!(
        said(&wrong),
        "costs.building.optimism_bias (line 23, column 17): `upper_bound` is missing\n\
         costs.building.optimism_bias.mitigation (line 23, column 32): mitigation `1.2` is not between 0 and 1\n\
         costs.building.optimism_bias (line 23, column 37): unknown key `upper`: the keys here are `upper_bound`, `mitigation`"
    );
    let negative = BUILDING.replace("{ upper_bound = 0.51, mitigation = 0.92 }", "-0.1");
    assert_eq!(
        said(&negative),
        "costs.building.optimism_bias (line 23, column 17): optimism bias `-0.1` is not zero or more"
    );
    let of_a_transfer =
        BUILDING.replace("[[costs]]", "[[transfers]]").replace("payer = \"town\"", "from = \"state\"\nto = \"town\"");
    assert!(said(&of_a_transfer).contains("unknown key `optimism_bias`"), "{}", said(&of_a_transfer));
}

// ---- amounts year by year

const YEARLY: &str = r#"
[[costs]]
id = "team"
payer = "town"
per_year = [100, { triangular = [100, 120, 140] }, 90]
years = [2024, 2026]
"#;

#[test]
fn every_year_of_a_list_has_its_own_amount_and_address() {
    let yearly = model(YEARLY);
    let expected = [(2024, decimal("100")), (2025, decimal("120")), (2026, decimal("90"))];
    assert_eq!(amounts(&yearly, "costs.team"), expected);
    let FlowAmount::Yearly(slots) = &yearly.costs()[0].flow.amount else { panic!("a list") };
    let addresses: Vec<&str> = slots.iter().map(|slot| yearly.assumption(*slot).unwrap().address.as_str()).collect();
    assert_eq!(addresses, ["costs.team.per_year.2024", "costs.team.per_year.2025", "costs.team.per_year.2026"]);
    assert_eq!(yearly.assumption(slots[1]).unwrap().unit, "NOK (2024 prices)");
    let dearer = yearly.with("costs.team.per_year.2025", 200).unwrap();
    assert_eq!(amounts(&dearer, "costs.team")[1], (2025, 200.into()));
    let edited = model(&YEARLY.replace("{ triangular = [100, 120, 140] }", "{ value = 200 }"));
    assert_eq!(dearer.hash(), edited.hash(), "a number put on a number's table becomes its value");
    assert_eq!(break_even(&yearly, "costs.team.per_year.2026", Measure::PresentValueInputs, "500"), 280.into());
    assert_eq!(yearly.number_at("costs.team.per_year.2026").unwrap(), slots[2]);
    let explained = yearly.appraise().unwrap().explain("costs.team").unwrap();
    assert_eq!(find(&explained, "amount in 2025").value, Some(120.into()));
    let unknown = yearly.with("costs.team.per_year.2027", 1).unwrap_err().to_string();
    assert!(unknown.contains("`costs.team.per_year.2027` is no address of this model"), "{unknown}");
}

#[test]
fn years_before_the_first_one_appraised_keep_their_own_amounts() {
    let earlier = model(&YEARLY.replace("[2024, 2026]", "[2023, 2025]"));
    assert_eq!(amounts(&earlier, "costs.team"), [(2024, decimal("120")), (2025, decimal("90"))]);
    let shorter = model(YEARLY).with("horizon", 2).unwrap();
    assert_eq!(amounts(&shorter, "costs.team").len(), 2);
}

#[test]
fn nominal_amounts_of_a_list_are_paid_as_written() {
    let nominal = model(&format!("inflation = 0.1{YEARLY}price_basis = \"nominal\"\n"));
    let appraisal = nominal.appraise().unwrap();
    let town = Perspective::Holder("town".to_owned());
    let budget = appraisal.budget(&town, PriceLevel::Nominal).unwrap().unwrap();
    let paid: Vec<Decimal> = budget.rows.iter().map(|row| row.net.normalize()).collect();
    assert_eq!(paid, [decimal("-100"), decimal("-120"), decimal("-90")]);
}

#[test]
fn a_transfer_is_written_year_by_year_too() {
    let transfer =
        YEARLY.replace("[[costs]]", "[[transfers]]").replace("payer = \"town\"", "from = \"state\"\nto = \"town\"");
    assert_eq!(amounts(&model(&transfer), "transfers.team").len(), 3);
    let unequal = transfer.replace("[2024, 2026]", "[2024, 2025]");
    assert!(said(&unequal).contains("`per_year` lists 3 amounts for the 2 years 2024 to 2025"));
}

#[test]
fn a_list_that_is_not_one_amount_for_each_year_is_refused() {
    assert_eq!(
        said(&YEARLY.replace("[2024, 2026]", "[2024, 2024]")),
        "costs.team.per_year (line 20, column 12): `per_year` lists 3 amounts for the year 2024: write one for each year, or \
         one number for all of them"
    );
    assert_eq!(
        said(&YEARLY.replace("[100, { triangular = [100, 120, 140] }, 90]", "[100, -5]")),
        "costs.team.per_year (line 20, column 12): `per_year` lists 2 amounts for the 3 years 2024 to 2026: write one for \
         each year, or one number for all of them\n\
         costs.team.per_year.2025 (line 20, column 18): amount `-5` is not zero or more"
    );
    let without = said(&YEARLY.replace("years = [2024, 2026]\n", ""));
    assert_eq!(without, "costs.team (line 17, column 1): `years` is missing");
}
