//! Prices carried to the model's price year: by the index observed, then by the growth assumed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot read its document has failed"
)]

use impact_core::Model;
use impact_core::error::ModelError;
use impact_core::evaluation::Explanation;
use impact_core::model::{Measure, Price, Question};
use impact_core::reference::{IndexKind, Indices};
use impact_core::units::Year;
use rust_decimal::Decimal;

/// A model whose only value is written as given.
fn model(price_year: i64, inflation: &str, value: &str) -> Result<Model, ModelError> {
    Model::from_toml(&format!(
        r#"
impact = 1
name = "Carried"
country = "NO"
currency = "NOK"
price_year = {price_year}
start = 2020
{inflation}
conventions = "norway-r109-2021"
holders = [
    {{ id = "people", kind = "people" }},
    {{ id = "state", kind = "public", level = "state" }},
]
[[outcomes]]
id = "work"
holder = "people"
unit = "person"
quantity = 1
deadweight = 0
[[outcomes.values]]
id = "worth"
kind = "fiscal"
to = "state"
{value}
"#
    ))
}

fn price(model: &Model) -> &Price {
    &model.outcomes()[0].values[0].price
}

fn own(price_year: i64) -> String {
    format!("value = 1000\nunit = \"person-year\"\nprice_year = {price_year}")
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// Observed growth of a series.
fn growth(kind: IndexKind, from: i64, to: i64) -> Decimal {
    let year = |number| Year::new(number).unwrap();
    Indices::embedded().find(kind, "NO").unwrap().ratio(year(from), year(to)).unwrap().value().unwrap()
}

fn present_value(model: &Model) -> Decimal {
    let question = Question::new(Measure::PresentValueOutcomes);
    model.appraise().unwrap().answer(&question).unwrap().value.unwrap()
}

const INFLATION: &str = "inflation = { value = 0.02, source = \"target\", illustrative = true }";

fn consumer_prices(from: i64, to: i64) -> Decimal {
    growth(IndexKind::ConsumerPrices, from, to)
}

fn find<'e>(explanation: &'e Explanation, title: &str) -> &'e Explanation {
    fn search<'e>(explanation: &'e Explanation, title: &str) -> Option<&'e Explanation> {
        let here = explanation.title.en.starts_with(title).then_some(explanation);
        here.or_else(|| explanation.parts.iter().find_map(|part| search(part, title)))
    }
    search(explanation, title).unwrap_or_else(|| panic!("nothing is called {title}"))
}

#[test]
fn a_price_is_carried_beyond_the_index_by_the_growth_assumed() {
    let later = model(2026, INFLATION, &own(2022)).unwrap();
    assert_eq!(price(&later).assumed_years, 2, "consumer prices were observed until 2024");
    assert_eq!(price(&later).index.exact().value(), Ok(consumer_prices(2022, 2024)));
    let expected = decimal("1000") * consumer_prices(2022, 2024) * decimal("1.0404");
    assert_eq!(present_value(&later).round_dp(9), expected.round_dp(9));
    let moved = model(2022, INFLATION, &own(2022)).unwrap().with("price_year", 2026).unwrap();
    assert_eq!(present_value(&moved), present_value(&later));
}

#[test]
fn a_price_of_a_year_beyond_the_index_is_carried_backwards() {
    let earlier = model(2022, INFLATION, &own(2026)).unwrap();
    assert_eq!(price(&earlier).assumed_years, -2);
    let expected = decimal("1000") / decimal("1.0404") * consumer_prices(2024, 2022);
    assert_eq!(present_value(&earlier).round_dp(9), expected.round_dp(9));
    let between = model(2026, INFLATION, &own(2027)).unwrap();
    assert_eq!(price(&between).assumed_years, -1);
    assert_eq!(present_value(&between).round_dp(9), (decimal("1000") / decimal("1.02")).round_dp(9));
}

#[test]
fn without_an_assumption_a_year_beyond_the_index_is_a_problem() {
    assert!(model(2026, "", &own(2022)).unwrap_err().to_string().contains("series `cpi-no` has no value for 2026"));
}

#[test]
fn foreign_prices_are_not_carried_by_growth_assumed_at_home() {
    let value = "value = 1000\nunit = \"person-year\"\nprice_year = 2022\ncurrency = \"EUR\"\ncountry = \"FI\"";
    let error = model(2025, INFLATION, value).unwrap_err().to_string();
    assert!(error.contains("series `cpi-fi` has no value for 2025"), "{error}");
}

#[test]
fn growth_assumed_is_shown_and_its_marks_are_carried() {
    let later = model(2026, INFLATION, &own(2022)).unwrap();
    let appraisal = later.appraise().unwrap();
    let explained = appraisal.explain("outcomes.work.values.worth").unwrap();
    let value = |title| find(&explained, title).value.unwrap();
    assert_eq!(value("price growth assumed for 2 years"), decimal("1.0404"));
    let product = value("unit value") * value("price index") * value("price growth assumed");
    assert_eq!(value("price per unit").round_dp(9), product.round_dp(9));
    let question = Question::new(Measure::PresentValueOutcomes);
    assert!(appraisal.answer(&question).unwrap().marks.illustrative, "the growth is invented");
    let observed = model(2024, INFLATION, &own(2022)).unwrap().appraise().unwrap();
    assert!(!observed.answer(&question).unwrap().marks.illustrative);
}

#[test]
fn a_value_follows_the_index_it_names() {
    let allowance = "proxy = \"der-no-aap-minimum-2025\"";
    let by_g = model(2022, INFLATION, &format!("{allowance}\nindex = \"grunnbelop\"")).unwrap();
    // G of 2022, the average, over that of May 2025, in which the allowance is given.
    let index = decimal("109784") / decimal("130160");
    assert_eq!(price(&by_g).index.exact().value().unwrap().round_dp(20), index.round_dp(20));
    assert_eq!(price(&by_g).assumed_years, 0, "G was observed in both years");
    let of_produce = model(2022, "", &format!("{}\nindex = \"gdp-deflator\"", own(2020))).unwrap();
    assert_eq!(price(&of_produce).index.exact().value(), Ok(growth(IndexKind::GdpDeflator, 2020, 2022)));
}

#[test]
fn growth_of_prices_does_not_carry_g() {
    let error = model(2030, INFLATION, &format!("{}\nindex = \"grunnbelop\"", own(2022))).unwrap_err().to_string();
    assert!(error.contains("has no value for 2030: it covers 2000 to 2026"), "{error}");
    let abroad = "value = 1\nunit = \"person-year\"\nprice_year = 2020\ncountry = \"SE\"\nindex = \"grunnbelop\"";
    let error = model(2022, INFLATION, abroad).unwrap_err().to_string();
    assert!(error.starts_with("outcomes.work.values.worth.index") && error.contains("for `SE`"), "{error}");
}

#[test]
fn the_value_of_a_statistical_life_is_of_its_own_year() {
    let life = "proxy = \"no-vsl-2012\"\nconversion = { per_unit = 0.01 }";
    let said = |price_year| model(price_year, INFLATION, life).unwrap_err().to_string();
    assert_eq!(
        said(2022),
        "outcomes.work.values.worth.proxy (line 24, column 9): `no-vsl-2012` is in 2012 prices, and no price index \
         carries it to 2022: use `no-vsl-2022`"
    );
    assert!(
        said(2018).ends_with(
            "its series has 2012, 2019, 2020, 2021, 2022, 2023, so give the `value` of 2018 with its source"
        ),
        "{}",
        said(2018)
    );
    let own_year = model(2022, "", &life.replace("2012", "2022")).unwrap();
    assert_eq!(price(&own_year).index_series, None);
    assert_eq!(present_value(&own_year), decimal("526700"));
}
