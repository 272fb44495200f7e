//! Adjustments of published figures: additionality, optimism bias, real growth, own price series, amounts year by year, and
//! prices set in G. What they give, how they are addressed and explained, and what is said of what cannot be meant.

mod common;

use common::model as fixture;
use impact_core::Model;
use impact_core::analysis::BreakEvenQuestion;
use impact_core::evaluation::{Explanation, PriceLevel};
use impact_core::model::{FlowAmount, Marks, Measure, Perspective, Question};
use impact_core::number::Lanes;
use rust_decimal::Decimal;

const HEAD: &str = r#"
impact = 1
name = "Adjusted"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2024
horizon = 3
conventions = { base = "norway-r109-2021", discount = { bands = [ { from_step = 1, rate = 0 } ] } }
holders = [
    { id = "people", kind = "people" },
    { id = "neighbours", kind = "people" },
    { id = "town", kind = "public", level = "municipality" },
    { id = "state", kind = "public", level = "state" },
]
"#;

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

fn text(more: &str) -> String {
    format!("{HEAD}{more}")
}

fn model(more: &str) -> Model {
    Model::from_toml(&text(more)).unwrap_or_else(|error| panic!("{error}"))
}

fn said(more: &str) -> String {
    Model::from_toml(&text(more)).unwrap_err().to_string()
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn question(measure: Measure) -> Question {
    Question::new(measure)
}

fn value(model: &Model, measure: Measure) -> Decimal {
    model.appraise().unwrap().answer(&question(measure)).unwrap().value.unwrap()
}

/// The amounts of a cause by year.
fn amounts(model: &Model, cause: &str) -> Vec<(i32, Decimal)> {
    let appraisal = model.appraise().unwrap();
    let postings = appraisal.ledger().entries().filter(|(line, _)| line.cause.as_str() == cause);
    postings.map(|(_, posting)| (posting.year.number(), posting.amount.normalize())).collect()
}

fn find<'e>(explanation: &'e Explanation, title: &str) -> &'e Explanation {
    fn search<'e>(explanation: &'e Explanation, title: &str) -> Option<&'e Explanation> {
        let here = explanation.title.en.starts_with(title).then_some(explanation);
        here.or_else(|| explanation.parts.iter().find_map(|part| search(part, title)))
    }
    search(explanation, title).unwrap_or_else(|| panic!("nothing is called {title}"))
}

fn nb(explanation: &Explanation) -> &str {
    explanation.formula.as_ref().and_then(|formula| formula.nb.as_deref()).unwrap()
}

fn marks(model: &Model, measure: Measure) -> Marks {
    model.appraise().unwrap().answer(&question(measure)).unwrap().marks
}

fn break_even(model: &Model, address: &str, measure: Measure, target: &str) -> Decimal {
    let asked = BreakEvenQuestion::new(address.parse().unwrap(), question(measure)).with_target(decimal(target));
    let crossings = model.break_even(&asked).unwrap().crossings;
    assert_eq!(crossings.len(), 1, "{address}");
    crossings[0].value
}

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

// ---- real growth

const GROWING: &str = r#"
[growth.wages]
name = { en = "Real wages", nb = "Reallønn" }
points = { 2024 = 0, 2025 = 0.1, 2027 = 0.3 }
source = "a path"
[[outcomes]]
id = "work"
holder = "people"
unit = "person"
quantity = 10
duration = 3
drop_off = 0
[[outcomes.values]]
id = "wage"
kind = "economic"
value = 100
unit = "person-year"
growth = "wages"
"#;

#[test]
fn a_price_grows_from_the_price_year_along_its_path() {
    let growing = model(GROWING);
    // 1.1 in 2025; the rate of 2026 is halfway between 0.1 and 0.3
    let expected = [(2024, decimal("1000")), (2025, decimal("1100")), (2026, decimal("1320"))];
    assert_eq!(amounts(&growing, "outcomes.work.values.wage"), expected);
    let steeper = growing.with("growth.wages.points.2027", decimal("0.5")).unwrap();
    assert_eq!(amounts(&steeper, "outcomes.work.values.wage")[2].1, decimal("1430"));
}

#[test]
fn years_before_the_price_year_are_divided_by_the_growth_since() {
    let later =
        model(GROWING).with("price_year", 2026).unwrap().with("outcomes.work.values.wage.price_year", 2026).unwrap();
    let paid = amounts(&later, "outcomes.work.values.wage");
    let expected = |growth: &str| (decimal("1000") / decimal(growth)).round_dp(12).normalize();
    assert_eq!(paid, [(2024, expected("1.32")), (2025, expected("1.2")), (2026, decimal("1000"))]);
}

#[test]
fn there_is_no_growth_before_the_first_point_and_the_last_rate_goes_on() {
    let short = model(&GROWING.replace("{ 2024 = 0, 2025 = 0.1, 2027 = 0.3 }", "{ 2025 = 0.1 }"));
    let paid: Vec<Decimal> = amounts(&short, "outcomes.work.values.wage").into_iter().map(|(_, paid)| paid).collect();
    assert_eq!(paid, [decimal("1000"), decimal("1100"), decimal("1210")]);
    let late = model(&GROWING.replace("{ 2024 = 0, 2025 = 0.1, 2027 = 0.3 }", "{ 2026 = 0.1 }"));
    let paid: Vec<Decimal> = amounts(&late, "outcomes.work.values.wage").into_iter().map(|(_, paid)| paid).collect();
    assert_eq!(paid, [decimal("1000"), decimal("1000"), decimal("1100")]);
}

#[test]
fn growth_is_in_the_tax_financed_outlay_and_the_same_in_every_number_type() {
    let fiscal = GROWING.replace("kind = \"economic\"", "kind = \"fiscal\"\nto = \"town\"");
    let model = model(&fiscal);
    let appraisal = model.appraise().unwrap();
    let society = appraisal.sums(&Perspective::Society).unwrap();
    let saved = society.outcomes.value().unwrap();
    assert_eq!(saved, decimal("3420"));
    assert_eq!(society.financing.value().unwrap(), saved * decimal("-0.2"));
    let float = model.fast_totals::<f64>().unwrap().sums(&Perspective::Society).unwrap();
    assert!((float.outcomes - 3420.0).abs() < 1e-9 && (float.financing + 684.0).abs() < 1e-9);
    let lanes = model.fast_totals::<Lanes<4>>().unwrap().sums(&Perspective::Society).unwrap();
    assert!(lanes.financing.0.iter().all(|lane| *lane == float.financing));
}

#[test]
fn growth_is_explained_down_to_its_rates_and_carries_their_marks() {
    let appraisal = model(GROWING).appraise().unwrap();
    let explained = appraisal.explain("outcomes.work.values.wage").unwrap();
    assert_eq!(
        nb(&explained),
        "summen over årene av enheter × pris × realvekst i prisen × unngåelig andel × diskonteringsfaktor"
    );
    let growth = find(&explained, "real growth of the price, Real wages: 2024 to 2026");
    assert_eq!(growth.value, Some(decimal("1.32")));
    assert_eq!(growth.title.nb.as_deref(), Some("realvekst i prisen, Reallønn: 2024 til 2026"));
    assert_eq!(find(growth, "growth in 2027").value, Some(decimal("0.3")));
    assert_eq!(appraisal.explain("growth.wages").unwrap(), *growth);
    let marked = model(&GROWING.replace("0.3 }", "{ value = 0.3, illustrative = true } }"));
    assert!(marks(&marked, Measure::PresentValueOutcomes).illustrative);
    assert!(!marks(&model(GROWING), Measure::PresentValueOutcomes).illustrative);
}

#[test]
fn the_growth_that_is_needed_can_be_asked_for() {
    let found = break_even(&model(GROWING), "growth.wages.points.2025", Measure::PresentValueOutcomes, "3000");
    let put = model(GROWING).with("growth.wages.points.2025", found).unwrap();
    assert!((value(&put, Measure::PresentValueOutcomes) - decimal("3000")).abs() < decimal("0.000001"));
}

#[test]
fn a_path_that_cannot_be_followed_is_refused() {
    let wrong = GROWING
        .replace("{ 2024 = 0, 2025 = 0.1, 2027 = 0.3 }", "{ 24 = 0, 2025 = -1 }")
        .replace("growth = \"wages\"", "growth = \"wagse\"");
    assert_eq!(
        said(&wrong),
        "growth.wages.points.24 (line 19, column 17): year `24` is not a year between 1900 and 2999\n\
         growth.wages.points.2025 (line 19, column 27): growth `-1` is not above -1\n\
         outcomes.work.values.wage.growth (line 33, column 10): no path `wagse` stands in `[growth]`: did you mean `wages`?"
    );
    let empty = GROWING.replace("{ 2024 = 0, 2025 = 0.1, 2027 = 0.3 }", "{}");
    assert_eq!(
        said(&empty),
        "growth.wages.points (line 19, column 10): the path has no points: write the growth of some years, such as \
         `{ 2025 = 0.009, 2060 = 0.009, 2100 = 0 }`"
    );
    let added = model(GROWING).with("growth.wages.points.2030", 0).unwrap_err().to_string();
    assert!(added.starts_with("document: `growth.wages.points.2030` is no address of this model"), "{added}");
}

// ---- price series of the document's own

const REPRICED: &str = r#"
[indices.building]
name = "Building costs"
kind = "building"
levels = { 2019 = 80, 2024 = 100 }
source = "the town's contracts"
unverified = true
[[costs]]
id = "house"
payer = "town"
amount = 1000
year = 2024
price_year = 2019
index = "building"
"#;

#[test]
fn a_cost_of_another_year_is_carried_by_the_series_it_names() {
    let repriced = model(REPRICED);
    assert_eq!(amounts(&repriced, "costs.house"), [(2024, decimal("1250"))]);
    assert!(!marks(&repriced, Measure::PresentValueInputs).illustrative);
    let invented = model(&REPRICED.replace("unverified = true", "illustrative = true"));
    assert!(marks(&invented, Measure::PresentValueInputs).illustrative, "the series is invented");
    let explained = repriced.appraise().unwrap().explain("costs.house").unwrap();
    assert_eq!(nb(&explained), "summen over årene av beløp × indeks × diskonteringsfaktor");
    let index = find(&explained, "price index building, 2019 to 2024");
    assert_eq!((index.value, index.source.is_some()), (Some(decimal("1.25")), true));
    assert!(explained.marks.unverified, "the series is provisional");
    let raised = repriced.with("indices.building.levels.2024", 120).unwrap();
    assert_eq!(amounts(&raised, "costs.house"), [(2024, decimal("1500"))]);
}

#[test]
fn without_a_series_the_conventions_index_carries_a_cost() {
    let usual = model(&REPRICED.replace("index = \"building\"\n", ""));
    let series = usual.costs()[0].flow.carried.as_ref().and_then(|carried| carried.index_series.as_deref());
    assert_eq!(series, Some("cpi-no"));
    let same_year = model(&REPRICED.replace("price_year = 2019", "price_year = 2024"));
    assert_eq!(amounts(&same_year, "costs.house"), [(2024, decimal("1000"))]);
    let listed = usual.defaults().iter().any(|left_out| left_out.address.as_str() == "costs.house.price_basis");
    assert!(!listed, "a price year says that the amounts are real");
}

#[test]
fn what_a_series_cannot_carry_is_refused() {
    assert_eq!(
        said(&REPRICED.replace("price_year = 2019", "price_year = 2018")),
        "costs.house.price_year (line 28, column 14): series `building` has no value for 2018: it covers 2019 to 2024"
    );
    assert_eq!(
        said(&REPRICED.replace("index = \"building\"", "index = \"bilding\"")),
        "costs.house.index (line 29, column 9): unknown word `bilding`: did you mean `building`? accepted are \
         `consumer-prices`, `gdp-deflator`, `grunnbelop`, `grunnbelop-from-may`, `building`"
    );
    assert_eq!(
        said(&REPRICED.replace("price_year = 2019\n", "")),
        "costs.house.index (line 28, column 9): `index` has no meaning here: it carries amounts of another `price_year` to \
         the model's"
    );
    assert_eq!(
        said(&REPRICED.replace("price_year = 2019", "price_year = 2019\nprice_basis = \"nominal\"")),
        "costs.house.price_year (line 28, column 14): `price_year` has no meaning here: nominal amounts are in money of \
         each year"
    );
    assert_eq!(
        said(&REPRICED.replace("price_year = 2019", "price_basis = \"nominal\"")),
        "costs.house.index (line 29, column 9): `index` has no meaning here: nominal amounts are carried by the price level \
         of each year"
    );
    assert_eq!(
        said(&REPRICED.replace("2019 = 80", "2019 = 0")),
        "indices.building.levels.2019 (line 20, column 19): price level `0` of 2019 is not above zero"
    );
    assert_eq!(
        said(&REPRICED.replace("{ 2019 = 80, 2024 = 100 }", "{}")),
        "indices.building.levels (line 20, column 10): the series has no price levels"
    );
    assert_eq!(
        said(&REPRICED.replace("building]", "cpi-no]").replace("\"building\"", "\"cpi-no\"")),
        "indices.cpi-no (line 17, column 1): id `cpi-no` is taken: it is the name of an index of the library"
    );
}

#[test]
fn a_series_of_the_documents_own_is_not_carried_on_by_inflation() {
    let beyond = format!("inflation = 0.02\n{REPRICED}").replace("2024 = 100 }", "2023 = 100 }");
    assert_eq!(
        said(&beyond),
        "costs.house.price_year (line 29, column 14): series `building` has no value for 2024: it covers 2019 to 2023"
    );
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

// ---- prices set in G, marks of the catalogue, values of a life

fn allowance(price_year: i32, more: &str) -> Result<Model, String> {
    let text = text(&format!(
        "[[outcomes]]\nid = \"off\"\nholder = \"people\"\nquantity = 1\n[[outcomes.values]]\nid = \"price\"\n\
         kind = \"fiscal\"\nto = \"state\"\n{more}\n"
    ));
    let text = text.replace("price_year = 2024", &format!("price_year = {price_year}"));
    Model::from_toml(&text).map_err(|error| error.to_string())
}

#[test]
fn a_price_set_in_g_goes_with_g_and_the_defaults_say_so() {
    let model = allowance(2022, "proxy = \"der-no-aap-minimum-2025\"").unwrap();
    // 2 G from May 2022, 111,477
    assert_eq!(amounts(&model, "outcomes.off.values.price"), [(2024, decimal("222954"))]);
    let price = &model.outcomes()[0].values[0].price;
    assert_eq!(price.index_series.as_deref(), Some("g-no-from-may"));
    let address = "outcomes.off.values.price.index";
    let left_out = model.defaults().iter().find(|left_out| left_out.address.as_str() == address).unwrap();
    assert_eq!(
        (left_out.taken.as_str(), left_out.because.en.as_str()),
        ("grunnbelop-from-may", "the price is set in G, and goes with G")
    );
    let said = model.with(address, "grunnbelop-from-may").unwrap();
    assert_eq!(amounts(&said, "outcomes.off.values.price"), amounts(&model, "outcomes.off.values.price"));
    let in_its_year = allowance(2025, "proxy = \"der-no-aap-minimum-2025\"").unwrap();
    assert!(in_its_year.defaults().iter().all(|left_out| left_out.address.as_str() != address));
}

#[test]
fn an_index_that_is_named_carries_a_price_set_in_g_too() {
    let carried = |index: &str| {
        let more = format!("proxy = \"der-no-aap-minimum-2025\"\nindex = \"{index}\"");
        let model = allowance(2022, &more).unwrap();
        amounts(&model, "outcomes.off.values.price")[0].1.round_dp(2)
    };
    // 260,320 · 109,784 / 128,116: the average of the year
    assert_eq!(carried("grunnbelop"), decimal("223071.05"));
    assert_eq!(carried("grunnbelop-from-may"), decimal("222954"));
    let beyond = allowance(2030, "proxy = \"der-no-aap-minimum-2025\"").unwrap_err();
    assert!(beyond.contains("series `g-no-from-may` has no value for 2030: it covers 2000 to 2026"), "{beyond}");
}

#[test]
fn a_provisional_figure_of_the_catalogue_is_marked_and_the_documents_own_is_not() {
    let provisional = "proxy = \"no-isf-somatic-2024\"\nconversion = { per_unit = 1 }";
    let model = allowance(2024, provisional).unwrap();
    let unverified = |model: &Model| {
        let number = model.assumption(model.number_at("catalogue.no-isf-somatic-2024").unwrap()).unwrap();
        (
            number.marks.unverified,
            model.appraise().unwrap().explain("outcomes.off.values.price").unwrap().marks.unverified,
        )
    };
    assert_eq!(unverified(&model), (true, true));
    let own = model.with("catalogue.no-isf-somatic-2024", 50_000).unwrap();
    assert_eq!(unverified(&own), (false, false));
}

#[test]
fn the_value_of_a_life_is_carried_by_no_series_not_even_the_documents_own() {
    let life = "proxy = \"no-vsl-2012\"\nconversion = { per_unit = 0.01 }\nindex = \"own\"\n[indices.own]\nlevels = { 2012 = 1, 2024 = 2 }";
    let error = allowance(2024, life).unwrap_err();
    assert!(error.contains("`no-vsl-2012` is in 2012 prices, and no price index carries it to 2024"), "{error}");
}

#[test]
fn a_price_per_wellby_needs_to_be_told_how_many_go_with_a_person_year() {
    let error = allowance(2024, "value = 13000\nunit = \"WELLBY\"").unwrap_err();
    assert!(
        error.ends_with(
            "a price per WELLBY does not apply to person-years: say how many WELLBYs go with one person-year with \
             `conversion = { per_unit = … }`"
        ),
        "{error}"
    );
}

#[test]
fn sandefjord_keeps_its_figures() {
    let npv = question(Measure::Npv).seen_by(Perspective::named("municipality"));
    let figure = fixture("sandefjord").appraise().unwrap().answer(&npv).unwrap();
    assert_eq!(figure.value.unwrap().round_dp(2), decimal("158286.36"));
}
