//! Explanations: the numbers they show are those of the appraisal, and they reach the sources.

mod common;

use common::model;
use impact_core::evaluation::{Appraisal, Explanation};
use impact_core::model::{Measure, Perspective, Question};
use rust_decimal::Decimal;

fn sandefjord() -> Appraisal {
    model("sandefjord").appraise().unwrap()
}

fn find<'e>(explanation: &'e Explanation, title: &str) -> &'e Explanation {
    fn search<'e>(explanation: &'e Explanation, title: &str) -> Option<&'e Explanation> {
        let here = explanation.title.en.starts_with(title).then_some(explanation);
        here.or_else(|| explanation.parts.iter().find_map(|part| search(part, title)))
    }
    search(explanation, title).unwrap_or_else(|| panic!("nothing is called {title}"))
}

#[test]
fn the_price_shown_is_the_product_of_its_parts() {
    let explanation = sandefjord().explain("outcomes.off-assistance.values.social-assistance").unwrap();
    let value = |title| find(&explanation, title).value.unwrap();
    let recomputed = value("unit value") * Decimal::from(12) / value("months a recipient");
    assert_eq!(value("price per unit").round_dp(6), recomputed.round_dp(6));
    let carried = sandefjord().explain("outcomes.off-assistance.values.aap").unwrap();
    let value = |title| find(&carried, title).value.unwrap();
    assert_eq!(value("price per unit").round_dp(6), (value("unit value") * value("price index")).round_dp(6));
}

#[test]
fn a_unit_cost_is_followed_to_its_source() {
    let explanation = sandefjord().explain("outcomes.off-assistance.values.social-assistance").unwrap();
    let source = find(&explanation, "unit value").source.as_ref().unwrap();
    assert!(source.url.as_ref().unwrap().starts_with("https://www.ssb.no/"), "{source}");
    let index = sandefjord().explain("outcomes.off-assistance.values.aap").unwrap();
    assert!(find(&index, "price index").source.is_some());
}

#[test]
fn a_measure_is_the_sum_of_what_its_lines_contribute() {
    let appraisal = sandefjord();
    for perspective in ["society", "public", "municipality", "state", "participants"] {
        let question = Question::new(Measure::Npv).seen_by(Perspective::named(perspective));
        let explanation = appraisal.explain_measure(&question).unwrap();
        let sum: Decimal = explanation.parts.iter().filter_map(|part| part.value).sum();
        assert_eq!(explanation.value.unwrap(), sum.normalize(), "{perspective}");
    }
}

#[test]
fn what_rests_on_an_invented_number_is_marked_all_the_way_up() {
    let appraisal = sandefjord();
    assert!(appraisal.explain("outcomes.off-assistance").unwrap().marks.illustrative);
    assert!(!appraisal.explain("costs.cooperation").unwrap().marks.illustrative);
}

#[test]
fn every_number_of_the_model_can_be_explained_where_it_is_used() {
    let appraisal = sandefjord();
    for assumption in appraisal.model().assumptions() {
        for address in std::iter::once(&assumption.address).chain(&assumption.used_at) {
            let explanation = appraisal.explain(address.as_str()).unwrap();
            assert!(explanation.value.is_some(), "{address}");
        }
    }
}

#[test]
fn a_slip_in_what_is_explained_is_told_with_what_it_was_meant_to_be() {
    let told = |asked: &str| sandefjord().explain(asked).unwrap_err().to_string();
    assert!(told("npw").contains("did you mean `npv`?"), "{}", told("npw"));
    assert!(told("costs.coperation").contains("did you mean `costs.cooperation`?"), "{}", told("costs.coperation"));
}

#[test]
fn an_address_with_nothing_to_explain_is_answered_with_some_that_have() {
    assert_eq!(
        sandefjord().explain("outcomes").unwrap_err().to_string(),
        "nothing to explain at `outcomes`: ask for a measure, a cost, a transfer, an outcome, a value or a number, such as \
         `costs.cooperation`, `outcomes.off-assistance`, `outcomes.off-assistance.values.social-assistance`, \
         `outcomes.off-assistance.values.aap`, `outcomes.off-assistance.values.wages`"
    );
}
