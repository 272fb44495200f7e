//! Results as rows and sentences: what a reader is told, in both languages, and the one JSON document of an appraisal.

mod common;

use common::{model, text};
use impact_core::Model;
use impact_core::analysis::BreakEvenQuestion;
use impact_core::model::{Measure, Perspective, Question};
use impact_core::number::to_significant;
use impact_core::report::{AnswerReport, AnswerStatus, AppraisalReport, explanation_text, ledger_rows, measure_rows};
use impact_core::units::Language;
use rust_decimal::Decimal;

fn answer(model: &Model, address: &str, question: Question) -> AnswerReport {
    let asked = BreakEvenQuestion::new(address.parse().unwrap(), question);
    AnswerReport::of(model, None, model.break_even(&asked).unwrap())
}

#[test]
fn a_break_even_is_said_with_person_years_and_recipient_years_apart() {
    let answer = model("sandefjord").answer("municipality-alone").unwrap();
    let units = answer.outcome_units.first().unwrap();
    let numbers = [answer.values[0], answer.current, units.accrued, units.in_price_units[0].units]
        .map(|number| to_significant(number, 6));
    let [people, now, person_years, recipient_years] = numbers.map(|number| number.normalize().to_string());
    assert!(recipient_years.parse::<f64>().unwrap() > 2.0 * person_years.parse::<f64>().unwrap());
    let en = format!(
        "net present value for Sandefjord municipality is 0 where quantity of Off social assistance is {people} people; \
         the model has {now}. That is {person_years} person-years of “Off social assistance” in all, which the price of \
         “Social assistance not paid” counts as {recipient_years} recipient-years"
    );
    assert_eq!(answer.sentence.en, en);
    let nb = format!(
        "netto nåverdi for Sandefjord kommune er 0 der antall for Ute av sosialhjelp er {people} personer; modellen har \
         {now}. Det er {person_years} personår av «Ute av sosialhjelp» i alt, som prisen på «Sosialhjelp som ikke \
         utbetales» teller som {recipient_years} mottakerår"
    );
    let decimals =
        |text: &str| text.chars().zip(text.chars().skip(1)).filter(|(dot, next)| *dot == ',' && *next != ' ').count();
    let said = answer.sentence.nb.unwrap();
    assert_eq!(decimals(&said), 4, "{said}");
    assert_eq!(said.replace(", som", "; som").replace(',', ".").replace("; som", ", som"), nb);
}

#[test]
fn an_unknown_question_names_those_there_are() {
    let told = model("sandefjord").answer("nobody").unwrap_err().to_string();
    assert_eq!(told, "the model asks no question `nobody`: choose among municipality-alone, all-public-budgets");
    let told = model("beginner").answer("nobody").unwrap_err().to_string();
    assert_eq!(told, "the model asks no question `nobody`: it asks none");
}

#[test]
fn no_value_in_the_range_says_what_the_measure_is_at_its_ends() {
    let asked = BreakEvenQuestion::new(
        "outcomes.less-lonely.quantity".parse().unwrap(),
        Question::new(Measure::Npv).seen_by(Perspective::named("municipality")),
    );
    let model = model("beginner");
    let answer = AnswerReport::of(&model, None, model.break_even(&asked.within(1.into(), 50.into())).unwrap());
    assert_eq!(answer.status, AnswerStatus::None);
    assert_eq!(answer.values, []);
    assert_eq!(
        answer.sentence.en,
        "net present value for municipality is not 0 for any quantity of less-lonely from 1 to 50 people: at these ends \
         it is −400,000 and −400,000"
    );
}

#[test]
fn what_a_measure_does_not_depend_on_is_said_so() {
    let model = model("beginner");
    let question = Question::new(Measure::Npv).seen_by(Perspective::named("municipality"));
    let asked = BreakEvenQuestion::new("outcomes.less-lonely.quantity".parse().unwrap(), question);
    let answer = model.break_even(&asked.with_target(Decimal::from(-400_000)).within(1.into(), 50.into())).unwrap();
    let answer = AnswerReport::of(&model, None, answer);
    assert_eq!(answer.status, AnswerStatus::Everywhere);
    assert_eq!(
        answer.sentence.en,
        "net present value for municipality is −400,000 whatever the quantity of less-lonely: it does not depend on it"
    );
}

#[test]
fn a_loss_stands_in_the_ledger_with_its_ends_turned() {
    let text = text("models/beginner.toml").replace("value = 20_000", "value = -20_000");
    let appraisal = Model::from_toml(&text).unwrap().appraise().unwrap();
    let rows = ledger_rows(&appraisal);
    let loss = rows.iter().find(|row| row.outcome.is_some()).unwrap();
    assert_eq!((loss.from, loss.to), (Some("neighbours"), None));
    assert_eq!(loss.amount, Decimal::from(500_000));
}

#[test]
fn every_amount_of_a_ledger_is_a_size() {
    for name in ["sandefjord", "beginner", "map-12x10"] {
        let appraisal = model(name).appraise().unwrap();
        for row in ledger_rows(&appraisal) {
            assert!(row.gross >= Decimal::ZERO && row.present_value >= Decimal::ZERO, "{name}: {}", row.cause);
        }
    }
}

#[test]
fn cost_per_outcome_stands_once_for_each_outcome() {
    let appraisal = model("map-12x10").appraise().unwrap();
    let rows = measure_rows(&appraisal, &Perspective::Society).unwrap();
    let costs = rows.iter().filter(|row| row.measure == Measure::CostPerOutcome);
    let outcomes: Vec<_> = costs.map(|row| row.outcome.clone().unwrap()).collect();
    let expected: Vec<_> = appraisal.model().outcomes().iter().map(|outcome| outcome.id.clone()).collect();
    assert_eq!(outcomes, expected);
}

#[test]
fn a_figure_is_shown_rounded_and_marked() {
    let appraisal = model("sandefjord").appraise().unwrap();
    let rows = measure_rows(&appraisal, &Perspective::named("municipality")).unwrap();
    let npv = rows.iter().find(|row| row.measure == Measure::Npv).unwrap();
    let kroner = npv.value.unwrap().round().to_string();
    let shown = |group: &str| {
        npv.shown.text(if group == "," { Language::English } else { Language::Bokmal }).replace(group, "")
    };
    assert_eq!(shown(","), format!("{kroner} NOK"));
    assert_eq!(shown("\u{a0}"), format!("{kroner} NOK"));
    assert!(npv.marks.illustrative);
    assert!(npv.value.unwrap().scale() > 0, "the value itself is not rounded");
}

#[test]
fn an_explanation_is_a_tree_in_both_languages() {
    let appraisal = model("beginner").appraise().unwrap();
    let explanation = appraisal.explain("costs.team").unwrap();
    let (en, nb) =
        (explanation_text(&explanation, Language::English), explanation_text(&explanation, Language::Bokmal));
    assert!(en.contains("\n    source: budget"), "{en}");
    assert!(nb.contains("\n    kilde: budget"), "{nb}");
}

#[test]
fn a_line_break_in_a_name_does_not_break_the_tree() {
    let text = text("models/beginner.toml").replace("\"own estimate\"", "\"own\\nestimate\"");
    let appraisal = Model::from_toml(&text).unwrap().appraise().unwrap();
    let explanation = appraisal.explain("outcomes.less-lonely.values.company").unwrap();
    assert!(explanation_text(&explanation, Language::English).contains("source: own estimate"));
}

#[test]
fn the_document_of_an_appraisal_carries_numbers_as_text() {
    let appraisal = model("sandefjord").appraise().unwrap();
    let report = serde_json::to_value(AppraisalReport::of(&appraisal).unwrap()).unwrap();
    let at = |pointer: &str| report.pointer(pointer).unwrap_or_else(|| panic!("{pointer}"));
    assert_eq!(at("/measures/0/measure"), "npv");
    let npv = appraisal.measure(Measure::Npv, Perspective::Society).unwrap().value.unwrap();
    assert_eq!(at("/measures/0/value"), &npv.to_string());
    assert_eq!(at("/answers/0/id"), "municipality-alone");
    assert_eq!(at("/ledger").as_array().unwrap().len(), appraisal.ledger().postings().len());
    assert_eq!(at("/budgets").as_array().unwrap().len(), 6, "public, municipality, state; real and nominal");
    assert_eq!(at("/provenance/model_hash"), appraisal.model().hash().as_str());
    assert!(floats(&report).is_empty(), "{:?}", floats(&report));
}

/// The numbers of a document that are no whole numbers.
fn floats(value: &serde_json::Value) -> Vec<String> {
    match value {
        serde_json::Value::Number(number) if !number.is_i64() && !number.is_u64() => vec![number.to_string()],
        serde_json::Value::Array(elements) => elements.iter().flat_map(floats).collect(),
        serde_json::Value::Object(entries) => entries.values().flat_map(floats).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn a_shared_number_is_called_by_its_name() {
    let said = answer(
        &model("sandefjord"),
        "assumptions.months-per-recipient",
        Question::new(Measure::Npv).seen_by(Perspective::named("municipality")),
    );
    assert!(
        said.sentence.en.contains("where Months on social assistance per recipient and year is"),
        "{}",
        said.sentence.en
    );
}
