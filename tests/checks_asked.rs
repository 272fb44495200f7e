//! Checks at their edges: what each of the harder rules finds, and the nearest thing that it lets pass.

use impact_core::Model;
use impact_core::check::{Finding, Rule};
use impact_core::simulation::{Seed, Simulation};
use std::ops::ControlFlow;

fn read(lines: &str) -> Model {
    let text = Rule::below_head(lines);
    Model::from_toml(&text).unwrap_or_else(|error| panic!("{error}\nin\n{text}"))
}

/// What a rule says of lines below the head of the examples, each at its address.
fn said(id: &str, lines: &str) -> Vec<String> {
    let found = read(lines).appraise().unwrap().findings();
    found.into_iter().filter(|finding| finding.rule.id() == id).map(|finding| finding.to_string()).collect()
}

fn placement(start: u32, proxy: &str, duration: u32) -> String {
    format!(
        "start = {start}\ncosts = []\n\n[[outcomes]]\nid = \"out\"\nholder = \"participants\"\nquantity = 1\nduration = {duration}\n\
         values = [ {{ id = \"share\", proxy = \"{proxy}\", to = \"municipality\", from = \"state\", kind = \"fiscal\" }} ]\n"
    )
}

#[test]
fn a_price_may_not_be_used_on_the_other_side_of_a_reform_in_either_direction() {
    let years = |start, proxy: &str, duration| said("across-reform", &placement(start, proxy, duration));
    assert!(years(2018, "no-egenandel-inst-2017", 3).is_empty(), "2018 to 2020 are all before 2022");
    assert!(
        years(2020, "no-egenandel-inst-2017", 4)[0]
            .contains("is used in 2022, 2023, on the other side of the Norwegian")
    );
    assert!(years(2020, "no-egenandel-inst-2022", 4)[0].contains("is used in 2020, 2021, on the other side"));
    assert!(years(2022, "no-egenandel-inst-2022", 4).is_empty());
}

#[test]
fn earnings_and_tax_of_the_same_people_meet_across_outcomes() {
    let two = |lag: u32, holder: &str| {
        said(
            "earnings-with-tax",
            &format!(
                "holders = [ {{ id = \"participants\", kind = \"people\" }}, {{ id = \"partners\", kind = \"people\" }}, {{ id = \"state\", kind = \
                 \"public\", level = \"state\" }} ]\ncosts = []\n\n[[outcomes]]\nid = \"into-work\"\nholder = \"participants\"\nquantity = 10\nvalues = [ {{ id = \
                 \"wages\", value = 320_000, unit = \"person-year\", kind = \"economic\", basis = \"income\" }} ]\n\n[[outcomes]]\nid = \"pays-tax\"\nholder = \
                 \"{holder}\"\nquantity = 10\nlag = {lag}\nvalues = [ {{ id = \"tax\", value = 60_000, unit = \"person-year\", to = \"state\", kind = \
                 \"fiscal\", basis = \"income\" }} ]\n"
            ),
        )
    };
    assert!(two(0, "participants")[0].starts_with("outcomes.pays-tax.values.tax: this is paid out of earnings"));
    assert!(two(2, "participants").is_empty(), "the wages of one year are not those that later tax is paid of");
    assert!(two(0, "partners").is_empty(), "others pay their own tax");
}

#[test]
fn a_ratio_over_the_inputs_of_one_payer_is_named_with_its_payer() {
    // 10 × 300 000 = 3 000 000 over 400 000 + 200 000 is 5; over the 200 000 of the state alone it is 15.
    let reported = |value: &str| {
        said(
            "ratio-of-another-kind",
            &format!(
                "reported = [ {{ measure = \"sroi_ratio\", value = {value}, source = \"x\" }} ]\ncosts = [\n    {{ id = \"team\", payer = \
                 \"municipality\", amount = 400_000, year = 2024 }},\n    {{ id = \"grant\", payer = \"state\", amount = 200_000, year = 2024 }},\n]\n\n\
                 [[outcomes]]\nid = \"into-work\"\nholder = \"participants\"\nquantity = 10\nvalues = [ {{ id = \"wages\", value = 300_000, unit = \
                 \"person-year\", kind = \"economic\" }} ]\n"
            ),
        )
    };
    assert!(reported("15")[0].contains("gives only over the inputs of `state`"), "{:?}", reported("15"));
    assert!(reported("7.5")[0].contains("gives only over the inputs of `municipality`"));
    assert!(reported("4.0")[0].contains("which the document gives as a net ratio"));
    assert!(
        reported("5.0").is_empty() && reported("9.9").is_empty(),
        "what fits needs no other kind, and what fits nothing has none"
    );
}

#[test]
fn answers_are_held_to_those_whom_the_quantity_starts_from() {
    let of = |quantity: &str| {
        said(
            "stretched-from-answers",
            &format!(
                "[[outcomes]]\nid = \"less-lonely\"\nholder = \"participants\"\nquantity = {quantity}\nevidence = {{ answered = 40, source = \
                 \"survey\" }}\n"
            ),
        )
    };
    assert!(
        of("{ chain = { supported = 41, improved = 0.5 } }")[0]
            .contains("found among 40 who answered, and is used for 41")
    );
    assert!(of("{ chain = { supported = 40, improved = 0.5 } }").is_empty());
    assert!(of("30").is_empty(), "thirty of those who answered");
    assert_eq!(of("60").len(), 1);
}

#[test]
fn what_is_said_of_answers_must_be_meant() {
    let refused = |evidence: &str| {
        let lines = format!(
            "[[outcomes]]\nid = \"o\"\nholder = \"participants\"\nquantity = 10\nevidence = {{ {evidence} }}\n"
        );
        Model::from_toml(&Rule::below_head(&lines)).unwrap_err().to_string()
    };
    let more = refused("asked = 10, answered = 12");
    assert!(more.starts_with("outcomes.o.evidence.answered (line "), "{more}");
    assert!(more.contains("12 answered, and 10 were asked: correct one of them"), "{more}");
    assert!(
        refused("asked = 10").contains("`asked` says how many were asked, and not how many answered: give `answered`")
    );
    assert!(refused("answered = 0").contains("answered `0` is not a whole number above zero"));
    assert!(refused("answered = 2.5").contains("evidence.answered"));
}

#[test]
fn as_many_draws_as_are_asked_for_are_enough() {
    let lines = "outcomes = [ { id = \"into-work\", holder = \"participants\", quantity = { uniform = [0, 32] }, values = [ { id = \"wages\", \
                 value = 30_000, unit = \"person-year\", kind = \"economic\" } ] } ]\n";
    let found = |draws: u64| -> Vec<Finding> {
        let simulated =
            read(lines).simulate(&Simulation::new(draws, Seed(3)), &mut |_| ControlFlow::Continue(())).unwrap();
        simulated.findings().into_iter().filter(|finding| finding.rule.id() == "few-draws").collect()
    };
    let said = found(200)[0].message.en.clone();
    let needed: u64 = said.rsplit(' ').next().unwrap().replace(',', "").parse().unwrap();
    // A chance of a half needs 0.25 / 0.01² = 2 500 draws, and no chance needs more.
    assert!((2_000..=2_500).contains(&needed), "{said}");
    assert!(found(2_501).is_empty());
}

#[test]
fn tax_beside_a_net_wage_is_the_other_part_of_one_wage() {
    let beside = |wage: &str, public: &str| {
        let lines = format!(
            "costs = []\n\n[[outcomes]]\nid = \"into-work\"\nholder = \"participants\"\nquantity = 10\nvalues = [\n    {{ id = \"{wage}\", value = 200_000, \
             unit = \"person-year\", kind = \"economic\", basis = \"income\" }},\n    {{ id = \"{public}\", value = 60_000, unit = \"person-year\", to = \
             \"state\", kind = \"fiscal\", basis = \"income\" }},\n]\n"
        );
        (said("earnings-with-tax", &lines).len(), said("one-sided-benefit", &lines).len())
    };
    assert_eq!(beside("wages", "income-tax"), (1, 0));
    assert_eq!(beside("net-wage", "income-tax"), (0, 0));
    assert_eq!(beside("net-wage", "assistance"), (0, 1), "a benefit kept is somebody's loss, whatever they earn");
}
