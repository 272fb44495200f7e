//! Prices adjusted: real growth, price series of the document's own, prices set in G. What they give, how they are addressed
//! and explained, and what is said of what cannot be meant.

mod common;

use common::adjusted::{amounts, break_even, decimal, find, marks, model, nb, question, said, text, value};
use common::model as fixture;
use impact_core::Model;
use impact_core::evaluation::{Footing, Step};
use impact_core::model::{Measure, Perspective};
use impact_core::number::Lanes;
use rust_decimal::Decimal;

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
fn an_invented_series_marks_whatever_it_carries() {
    let carried = |marks: &str| {
        model(&format!(
            r#"
[indices.building]
levels = {{ 2019 = 80, 2024 = 100 }}
{marks}
[[outcomes]]
id = "home"
holder = "people"
nature = "event"
quantity = {{ value = 1, source = "a register" }}
displacement = {{ value = 0, source = "looked for" }}
values = [ {{ id = "worth", kind = "social", value = 80, price_year = 2019, index = "building", unit = "person", source = "a price list" }} ]
"#
        ))
    };
    let (told, invented) = (carried(""), carried("illustrative = true"));
    let steps = |model: &Model| model.appraise().unwrap().waterfall(&Perspective::Society).unwrap().steps;
    let of_outcomes = steps(&invented).into_iter().take_while(|step| step.step != Step::Inputs).collect::<Vec<_>>();
    assert!(of_outcomes.len() > 2 && of_outcomes.iter().all(|step| step.marks.illustrative));
    assert!(!steps(&told).iter().any(|step| step.marks.illustrative));
    let share = |model: &Model| {
        let rows = model.appraise().unwrap().evidence().unwrap();
        rows.iter().find(|row| row.footing == Footing::Illustrative).map(|row| (row.numbers, row.share))
    };
    assert_eq!((share(&invented), share(&told)), (Some((1, Some(Decimal::ONE))), None));
    let said = |model: &Model| {
        let findings = model.appraise().unwrap().findings();
        findings
            .iter()
            .filter(|found| found.rule.id() == "illustrative")
            .map(|found| found.message.en.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(said(&invented), ["the price series is invented for illustration"]);
    assert!(said(&told).is_empty());
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
    // 2 · 109,784: two G as they are paid over a calendar year, not the rate of May 2025 moved by two averages.
    assert_eq!(carried("grunnbelop"), decimal("219568"));
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
