//! A year in work taken apart by who gets it, against arithmetic done by hand, and what must hold for every one.

mod common;

use common::{model, text};
use impact_core::Model;
use impact_core::analysis::BreakEvenQuestion;
use impact_core::evaluation::Explanation;
use impact_core::model::{Measure, Perspective, WorkPart};
use impact_core::number::{Exact, Number};
use impact_core::report::{assumption_rows, number_name};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn measured(model: &Model, measure: Measure, perspective: &str) -> Decimal {
    let figure = model.appraise().unwrap().measure(measure, Perspective::named(perspective)).unwrap();
    figure.value.unwrap().normalize()
}

/// The document of the fixture with one part of it written another way.
fn written(from: &str, to: &str) -> String {
    let text = text("models/work.toml");
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

fn said(text: &str) -> String {
    Model::from_toml(text).unwrap_err().to_string()
}

#[test]
fn each_party_gets_what_the_comment_of_the_fixture_says() {
    let model = model("work");
    let gains = [
        ("participants", "1140955.2"), // 105 644 × 10.8
        ("municipality", "162993.6"),  // 15 092 × 10.8
        ("county", "29635.2"),         // 2 744 × 10.8
        ("state", "3398371.2"),        // 314 664 × 10.8
        ("public", "3591000"),         // 332 500 × 10.8
        ("society", "4731955.2"),      // 438 144 × 10.8
    ];
    for (who, expected) in gains {
        assert_eq!(measured(&model, Measure::PresentValueOutcomes, who), decimal(expected), "{who}");
    }
    // 3 398 371.2 − 3 000 000, and 4 731 955.2 − 3 000 000 + 0.2 × (3 591 000 − 3 000 000)
    assert_eq!(measured(&model, Measure::Npv, "state"), decimal("398371.2"));
    assert_eq!(measured(&model, Measure::Npv, "society"), decimal("1850155.2"));
    assert_eq!(measured(&model, Measure::CashableSaving, "public"), decimal("3591000"));
}

#[test]
fn parts_add_up_to_what_is_produced_and_benefits_cancel() {
    let model = model("work");
    let appraisal = model.appraise().unwrap();
    let values = &model.outcomes()[0].values;
    let total = |which: &dyn Fn(WorkPart) -> bool| -> Exact {
        let counted = |cause: &impact_core::address::Address| {
            values.iter().any(|value| value.address == *cause && which(value.portion.as_ref().unwrap().part))
        };
        let entries = appraisal.ledger().entries().filter(|(line, _)| counted(&line.cause));
        entries.map(|(_, posting)| Exact::from(posting.present_value)).sum()
    };
    assert_eq!(total(&WorkPart::is_production), Exact::from(decimal("4731955.2")));
    let beside = |part: WorkPart| !part.is_production();
    let moved = appraisal.ledger().entries().filter(|(line, _)| line.from.is_some() && line.to.is_some());
    assert_eq!(moved.map(|(_, posting)| Exact::from(posting.present_value)).sum::<Exact>(), total(&beside));
}

#[test]
fn every_rate_can_be_overridden_drawn_and_solved_for() {
    let model = model("work");
    // Two points of tax more for the state: 384 000 × 0.02 × 10.8 = 82 944 from the participants.
    let taxed = model.with("outcomes.in-work.employment.income_tax.state", "0.12".parse::<Decimal>().unwrap()).unwrap();
    assert_eq!(measured(&taxed, Measure::Npv, "state"), decimal("481315.2"));
    assert_eq!(measured(&taxed, Measure::PresentValueOutcomes, "society"), decimal("4731955.2"));
    // (3 000 000 / 10.8 − 222 120) / (0.241 × 480 000)
    let question = &model.questions()[0];
    let asked = BreakEvenQuestion::new(question.break_even.clone(), question.question.clone());
    let answer = model.break_even(&asked).unwrap();
    assert_eq!(answer.crossings[0].value.round_dp(9), decimal("0.481135700"));
    let drawn = Model::from_toml(&written("state = 0.10 }", "state = { pert = [0.05, 0.10, 0.15] } }")).unwrap();
    assert!(drawn.uncertain("outcomes.in-work.employment.income_tax.state").unwrap().is_some());
}

#[test]
fn a_tax_that_the_document_does_not_have_is_not_added_by_an_override() {
    let fault = model("work").with("outcomes.in-work.employment.income_tax.participants", 0).unwrap_err().to_string();
    assert!(fault.contains("is no address of this model"), "{fault}");
}

#[test]
fn what_is_left_out_is_listed() {
    let model = Model::from_toml(&written("employer_contribution = { state = 0.141 }\n", "")).unwrap();
    let listed = |key: &str| {
        let address = format!("outcomes.in-work.employment.{key}");
        model.defaults().iter().find(|default| default.address.as_str() == address).map(|one| one.because.en.clone())
    };
    assert_eq!(listed("employer_contribution").as_deref(), Some("not given: no employer's contribution is counted"));
    assert!(listed("cashable").is_some() && listed("income_tax").is_none());
    // 384 000 × 10.8
    assert_eq!(measured(&model, Measure::PresentValueOutcomes, "society"), decimal("4147200"));
}

#[test]
fn a_second_wage_on_the_same_person_years_is_refused_where_it_stands() {
    let wage = "[[outcomes.values]]\nid = \"pay\"\nvalue = 1\nunit = \"person-year\"\nkind = \"economic\"\n\n[outcomes.employment]";
    let said = said(&written("[outcomes.employment]", wage));
    assert_eq!(
        said,
        "outcomes.in-work.values.pay (line 78, column 1): `employment` counts what is produced already, and this counts it a \
         second time: leave it out, limit the two to different destinations, or say by `basis` what else it measures"
    );
    let apart = wage.replace("kind =", "destination = \"other\"\nkind =") + "\ndestination = \"work\"";
    let text = written("[outcomes.employment]", &apart);
    let text = text.replacen("intakes = \"one\"", "intakes = \"one\"\ndestinations = { work = 0.7, other = 0.3 }", 1);
    assert!(Model::from_toml(&text).is_ok(), "another destination is another year");
    let wellbeing = wage.replace("\"economic\"", "\"social\"\nbasis = \"wellby\"");
    assert!(Model::from_toml(&written("[outcomes.employment]", &wellbeing)).is_ok());
}

#[test]
fn problems_come_together_each_with_its_place() {
    let text = written(
        "income_tax = { municipality = 0.11, county = 0.02, state = 0.10 }\nemployer_contribution = { state = 0.141 }",
        "income_tax = { municipality = 0.6, county = { uniform = [0.3, 0.5] }, participants = 0.01 }\nemployer_contribution = { stat = 0.141 }\nfulltime_share = 1",
    );
    assert_eq!(
        said(&text),
        "outcomes.in-work.employment.income_tax (line 85, column 14): the rates of income tax add up to 1.1: more than all of what is taxed\n\
         outcomes.in-work.employment.income_tax.participants (line 85, column 86): income tax goes to a public budget, and `participants` is none\n\
         outcomes.in-work.employment.employer_contribution.stat (line 86, column 34): no holder has the id `stat`: did you mean `state`?\n\
         outcomes.in-work.employment (line 87, column 1): unknown key `fulltime_share`: did you mean `full_time_share`?"
    );
    let negative = written("wage = { value = 480_000", "wage = { value = -1");
    assert!(said(&negative).contains("employment.wage.value (line 79, column 18): wage `-1` is not zero or more"));
}

/// An explanation as one line each, down to some depth.
fn told(explanation: &Explanation, depth: usize, lines: &mut Vec<String>) {
    let value = explanation.value.map_or(String::new(), |value| format!(" = {value}"));
    lines.push(format!("{}{}{value}", "  ".repeat(depth), explanation.title.en));
    if depth < 2 {
        explanation.parts.iter().for_each(|part| told(part, depth + 1, lines));
    }
}

#[test]
fn the_explanation_says_who_gets_what_and_by_which_rate() {
    let appraisal = model("work").appraise().unwrap();
    let work = appraisal.explain("outcomes.in-work.employment").unwrap();
    let mut lines = Vec::new();
    told(&work, 0, &mut lines);
    insta::assert_snapshot!(lines.join("\n"));
    let tax = appraisal.explain("outcomes.in-work.employment.income-tax-county").unwrap();
    assert_eq!(
        tax.formula.unwrap().nb.unwrap(),
        "summen over årene av enheter × pris × stillingsandel × sats × unngåelig andel × diskonteringsfaktor"
    );
    assert!(tax.marks.illustrative);
    let rate = number_name(appraisal.model(), &"outcomes.in-work.employment.income_tax.county".parse().unwrap());
    assert_eq!(
        (rate.en.as_str(), rate.nb.as_deref()),
        ("rate of income tax to The county", Some("sats for inntektsskatt til Fylkeskommunen"))
    );
}

#[test]
fn every_invented_number_is_marked_and_the_published_one_is_not() {
    let model = model("work");
    let rows = assumption_rows(&model);
    let unmarked: Vec<&str> = rows
        .iter()
        .filter(|row| !row.marks.illustrative && row.origin != "default")
        .map(|row| row.address.as_str())
        .collect();
    assert_eq!(unmarked, ["catalogue.der-no-aap-fullyear-2018"]);
}

#[test]
fn who_chooses_to_work_need_not_be_better_off_by_the_wage() {
    // By the envelope theorem a choice at the margin is worth nothing to whoever makes it: `wtp = "no"` leaves only the budgets.
    let counted = measured(&model("work"), Measure::WillingnessToPay, "society");
    assert_eq!(counted, decimal("1140955.2"), "the participants' net gain, 105 644 × 10.8");
    let chosen = Model::from_toml(&written("full_time_share =", "wtp = \"no\"\nfull_time_share =")).unwrap();
    assert_eq!(measured(&chosen, Measure::WillingnessToPay, "society"), Decimal::ZERO);
    assert_eq!(measured(&chosen, Measure::NetPublicCost, "society"), decimal("-591000"), "3 000 000 − 3 591 000");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Amounts of few decimals, so that no posting is rounded: then the parts are the whole to the last digit, whatever the
    /// conventions count of transfers.
    #[test]
    fn society_counts_production_once_to_the_last_digit(
        (wage, hours) in (0u32..2_000_000, 0u32..=100),
        rates in (0u32..=333, 0u32..=333, 0u32..=333, 0u32..1500),
        (quantity, benefit) in (1u32..500, 0u32..400_000),
        convention in prop::sample::select(vec!["norway-r109-2021", "sroi-practice", "denmark-2023", "mvpf"]),
    ) {
        let (municipality, county, state, employer) = rates;
        let thousandth = |share: u32| Decimal::new(i64::from(share), 3);
        let text = text("models/work.toml")
            .replace("norway-r109-2021", convention)
            .replace("wage = { value = 480_000", &format!("wage = {{ value = {wage}"))
            .replace("full_time_share = { value = 0.8", &format!("full_time_share = {{ value = {}", Decimal::new(i64::from(hours), 2)))
            .replace("quantity = { value = 20", &format!("quantity = {{ value = {quantity}"))
            .replace("proxy = \"der-no-aap-fullyear-2018\"", &format!("value = {benefit}\nunit = \"person-year\"\nsource = \"random\""))
            .replace(
                "income_tax = { municipality = 0.11, county = 0.02, state = 0.10 }\nemployer_contribution = { state = 0.141 }",
                &format!(
                    "income_tax = {{ municipality = {}, county = {}, state = {} }}\nemployer_contribution = {{ state = {} }}",
                    thousandth(municipality), thousandth(county), thousandth(state), thousandth(employer)
                ),
            );
        let model = Model::from_toml(&text).unwrap();
        let appraisal = model.appraise().unwrap();
        let produced = Exact::whole(i32::try_from(wage).unwrap())
            * Exact::from(Decimal::new(i64::from(hours), 2))
            * Exact::from(Decimal::ONE + thousandth(employer))
            * Exact::whole(i32::try_from(quantity).unwrap())
            * Exact::from(decimal("0.54"));
        let parts = model.outcomes()[0].values.iter().filter(|value| value.from.is_none());
        let sum: Exact = parts
            .map(|part| {
                let posted = appraisal.ledger().entries().filter(|(line, _)| line.cause == part.address);
                posted.filter(|(line, _)| !line.is_markup()).map(|(_, posting)| Exact::from(posting.present_value)).sum::<Exact>()
            })
            .sum();
        prop_assert_eq!(sum, produced);
        if convention != "sroi-practice" && convention != "denmark-2023" {
            let society = appraisal.sums(&Perspective::Society).unwrap().outcomes;
            prop_assert_eq!(society, produced, "benefits cancel");
        }
    }
}
