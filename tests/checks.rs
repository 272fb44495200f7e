//! The checks: each rule finds something in its example and nothing in a near twin, and may be silenced with a reason.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its document has failed")]

mod common;

use common::published::{Case, cases};
use common::{fixtures, model};
use impact_core::Model;
use impact_core::address::Address;
use impact_core::analysis::comparison::ComparisonQuestion;
use impact_core::check::{Finding, Rule, Subject, families, rule, rules};
use impact_core::report::{ComparisonReport, UnlikeRow, check_index, check_page, finding_rows};
use impact_core::simulation::{Seed, Simulation};
use std::fs;
use std::ops::ControlFlow;

/// For each rule: what to write in its example, and in place of what, so that it has nothing to find.
const TWINS: &[(&str, &str, &str)] = &[
    ("blank-deadweight", "measured = \"gross\"", "measured = \"gross\"\ndeadweight = 0"),
    ("blank-attribution", "deadweight = 0.2", "attribution = { others = 0 }"),
    ("no-drop-off", "duration = 3", "duration = 3\ndrop_off = 0"),
    ("no-displacement", "quantity = 10", "quantity = 10\ndisplacement = 0"),
    ("no-harm", "displacement = 0", "displacement = 0.1"),
    ("quantity-above-group", "quantity = 120", "quantity = 100"),
    ("holder-without-part", "{ id = \"neighbours\", kind = \"people\" }, ", ""),
    ("cut-off", "horizon = 2", "horizon = 4"),
    ("illustrative", "illustrative = true", "illustrative = false"),
    ("unverified", "unverified = true", "unverified = false"),
    ("unverified-convention", "", ""),
    ("weak-evidence", "grade = \"C\"", "grade = \"B\""),
    ("outcome-without-evidence", "quantity = 10", "quantity = 10\nevidence = { design = \"before-after\" }"),
    ("share-without-source", "improved = 0.83", "improved = { value = 0.83, source = \"33 of 40 who answered\" }"),
    ("stretched-from-answers", "supported = 100", "supported = 40"),
    ("no-source", "deadweight = 0.2", "deadweight = { value = 0.2, source = \"register\" }"),
    ("no-uncertainty", "quantity = 10", "quantity = { pert = [5, 10, 15] }"),
    ("tied-without-varying", "deadweight = 0.2", "deadweight = { uniform = [0.1, 0.3] }"),
    ("wrong-pocket", "to = \"state\"", "to = \"municipality\""),
    ("mixed-kinds", "kind = \"social\"", "to = \"state\", kind = \"fiscal\""),
    ("transfers-counted", "sroi-practice", "norway-r109-2021"),
    ("one-sided-benefit", "to = \"municipality\",", "to = \"municipality\", from = \"participants\","),
    ("counted-twice", "basis = \"qaly\"", "basis = \"qaly\", to = \"state\""),
    ("counted-twice-across-outcomes", "id = \"more-content\"", "id = \"more-content\"\nlag = 1"),
    ("earnings-with-tax", "to = \"state\",", "to = \"state\", from = \"participants\","),
    ("wellbeing-twice", "id = \"more-content\"", "id = \"more-content\"\nlag = 1"),
    ("full-year-wellbeing", "per_unit = 1 ", "per_unit = 0.1 "),
    ("work-counted-twice", "id = \"self-supported\"", "id = \"self-supported\"\nlag = 1"),
    ("value-without-source", "kind = \"economic\"", "kind = \"economic\", source = \"pay slips\""),
    ("price-year-left-out", "value = 300_000", "value = 300_000, price_year = 2023"),
    ("price-year-of-another", "price_year = 2024, unit", "price_year = 2019, unit"),
    ("across-reform", "no-egenandel-inst-2017", "no-egenandel-inst-2022"),
    ("price-of-another-country", "gb-ed-nonadmitted-2013", "no-tsb-stay-2012"),
    ("statistical-life-indexed", "price_year = 2012", "price_year = 2024"),
    ("average-for-marginal", "basis = \"resource\"", "basis = \"resource\", avoidable = 0.3"),
    ("recipient-year-as-person-year", "months_per_recipient = 12", "months_per_recipient = 5.5"),
    ("intakes-without-cost", "intakes = [2024, 2025]", "intakes = [2024]"),
    ("costs-without-intakes", "quantity = 10", "quantity = 10\nintakes = \"yearly\""),
    (
        "costs-without-outcomes",
        "quantity = 10",
        "quantity = 10\nvalues = [ { id = \"wages\", value = 1, unit = \"person-year\", kind = \"economic\" } ]",
    ),
    ("organisation-costs", "total expenditure, annual accounts 2024", "budget of the team"),
    ("drop-off-without-effect", "quantity = 10", "quantity = 10\nduration = 2"),
    ("volunteer-time", "Volunteers", "Employees"),
    ("drop-off-once", "\"once\"", "\"geometric\""),
    ("additive-filters", "\"additive\"", "\"multiplicative\""),
    (
        "attribution-in-every-measure",
        "\"sroi-practice\"",
        "{ base = \"sroi-practice\", combination = { attribution = \"sroi-claims\" } }",
    ),
    ("costs-not-discounted", "costs_discounted = false", "costs_discounted = true"),
    ("own-discount-rate", "rate = 0.06", "rate = 0.035"),
    ("unusual-discount-rate", "rate = 0.35", "rate = 0.035"),
    ("unusual-growth", "inflation = 2.5", "inflation = 0.025"),
    ("one-payers-inputs", "payer = \"state\"", "payer = \"municipality\""),
    ("long-duration", "duration = 8", "duration = 6"),
    ("outside-practice", "deadweight = 0.02", "deadweight = 0.2"),
    ("ratio-above-practice", "quantity = 100", "quantity = 20"),
    ("reported-figure-differs", "value = 4.2,", "value = 7.5,"),
    ("ratio-of-another-kind", "value = 6.5,", "value = 7.5,"),
    ("effect-with-drop-off", "drop_off = 0.2", "drop_off = 0"),
    ("optimistic-deadweight", "deadweight = 0.1", "deadweight = 0.2"),
    ("judgement-without-range", "value = 8,", "pert = [4, 8, 10],"),
    ("correction-on-a-range", "optimism_bias = 0.4", "optimism_bias = \"included\""),
    ("prudence-in-the-chain", "prudence = 0.8", "stayed = 0.8"),
    ("reoffending-undefined", "quantity = 2", "quantity = 2\ndefinition = \"a new charge\"\nwindow = \"5 years\""),
    ("optimistic-reoffending", "quantity = 30", "quantity = 6"),
    ("optimistic-truth", "effect = 0.5", "effect = 0.1"),
    ("priced-and-not", "outcome = \"into-work\"\n", ""),
    ("goal-unserved", "goals = [\"work\"]", "goals = [\"work\", \"lonely\"]"),
    ("outcome-without-goal", "quantity = 5", "quantity = 5\ngoals = [\"work\"]"),
    ("out-of-cash", "opening_cash = 100_000", "opening_cash = 200_000"),
    ("typed-twice", "amount = 500_000, year = 2024 }", "amount = 400_000, year = 2024 }"),
    ("uplift-unlike-a-factor", "women = 125", "women = 1.25"),
    ("idle-limit", "year = 2_000_000", "year = 500_000"),
    ("overlapping-cohorts", "starts = 2026-06-01", "starts = 2026-07-01"),
    ("effect-above-the-whole", "effect = 12", "effect = 0.12"),
    ("steep-drift", "drift = 2", "drift = 0.02"),
    ("ratio-over-nothing", "[0, 1]", "[50_000, 1]"),
    ("point-outside-interval", "best = 40", "best = 20"),
    ("mean-beside-point", "best = 30", "best = 17"),
    ("few-draws", "pert = [0, 12, 40]", "pert = [30, 35, 40]"),
    ("ratios-not-comparable", "\"norway-r109-2021\"", "\"sroi-practice\""),
    ("silenced-in-vain", "duration = 1", "duration = 2"),
];

fn read(text: &str) -> Model {
    Model::from_toml(text).unwrap_or_else(|error| panic!("{error}\nin\n{text}"))
}

fn findings(model: &Model) -> Vec<Finding> {
    model.appraise().unwrap().findings()
}

/// What is found in a thousand draws of the usual measures.
fn drawn(model: &Model) -> Vec<Finding> {
    model.simulate(&Simulation::new(1_000, Seed(1)), &mut |_| ControlFlow::Continue(())).unwrap().findings()
}

/// What is said of the ratios of a model beside those under the practice of SROI, where it is not silenced.
fn beside_practice(model: &Model) -> Vec<Finding> {
    let compared = model.compare_conventions(["sroi-practice"], &ComparisonQuestion::default()).unwrap();
    let unlike = ComparisonReport::of(&compared).unlike.into_iter().filter(|row| row.silenced.is_none());
    let finding = |row: UnlikeRow| Finding {
        rule: rule(row.rule).unwrap(),
        address: Address::root(),
        message: row.message,
        silenced: None,
    };
    unlike.map(finding).collect()
}

/// What a rule finds in lines below the head of the examples.
fn found(rule: &Rule, lines: &str) -> Vec<Finding> {
    let model = read(&Rule::below_head(lines));
    let family = families().iter().find(|family| family.rules.contains(rule)).unwrap();
    let all = match family.subject {
        Subject::Document => findings(&model),
        Subject::Simulation => drawn(&model),
        Subject::Comparison => return beside_practice(&model),
    };
    all.into_iter().filter(|finding| finding.rule == rule).collect()
}

/// The rules that find something unsilenced.
fn ids(model: &Model) -> Vec<&'static str> {
    let mut ids: Vec<&str> =
        findings(model).iter().filter(|finding| finding.silenced.is_none()).map(|finding| finding.rule.id()).collect();
    ids.dedup();
    ids
}

#[test]
fn every_rule_has_a_twin_in_the_order_of_the_rules() {
    let twins: Vec<&str> = TWINS.iter().map(|(id, _, _)| *id).collect();
    assert_eq!(twins, rules().map(Rule::id).collect::<Vec<_>>());
}

#[test]
fn every_rule_finds_something_in_its_example() {
    for rule in rules() {
        let found = found(rule, rule.example());
        assert!(!found.is_empty(), "{} finds nothing in its example", rule.id());
        for finding in found {
            let nb = finding.message.nb.as_deref().unwrap();
            assert!(nb != finding.message.en && !nb.ends_with('.') && !finding.message.en.ends_with('.'), "{finding}");
        }
    }
}

#[test]
fn no_rule_finds_anything_in_the_twin_of_its_example() {
    for (id, from, to) in TWINS {
        let rule = rule(id).unwrap();
        // Every convention there is has something that was not read; overriding all of it leaves none to be marked.
        if *id == "unverified-convention" {
            continue;
        }
        assert!(rule.example().contains(from), "{id}: {from}");
        let found = found(rule, &rule.example().replacen(from, to, 1));
        assert!(found.is_empty(), "{id} finds in its twin: {}", found[0]);
    }
}

#[test]
fn what_a_document_sets_itself_is_no_unverified_convention() {
    let rule = rule("unverified-convention").unwrap();
    let marks = |lines: &str| {
        let found = found(rule, lines);
        found.iter().map(|finding| finding.address.as_str().to_owned()).collect::<Vec<_>>()
    };
    assert!(marks(rule.example()).contains(&"conventions.financing.cost".to_owned()));
    let own = "conventions = { base = \"norway-r109-2021\", financing = { cost = 0.2 } }\n";
    assert!(!marks(own).contains(&"conventions.financing.cost".to_owned()));
}

#[test]
fn a_silenced_finding_stays_with_its_reason_and_comes_last() {
    let rule = rule("no-drop-off").unwrap();
    let everywhere = "silenced = [ { rule = \"no-drop-off\", reason = \"measured each year\" } ]\n";
    let elsewhere =
        "silenced = [ { rule = \"no-drop-off\", at = \"outcomes.other\", reason = \"measured each year\" } ]\n";
    let here =
        "silenced = [ { rule = \"no-drop-off\", at = \"outcomes.into-work\", reason = \"measured each year\" } ]\n";
    for silence in [everywhere, here] {
        let all = findings(&read(&Rule::below_head(&format!("{silence}{}", rule.example()))));
        let last = all.last().unwrap();
        assert_eq!((last.rule, last.silenced.as_deref()), (rule, Some("measured each year")));
        assert_eq!(all.iter().filter(|finding| finding.silenced.is_some()).count(), 1);
        assert!(finding_rows(all).last().unwrap().silenced.is_some());
    }
    let all = findings(&read(&Rule::below_head(&format!("{elsewhere}{}", rule.example()))));
    assert!(all.iter().any(|finding| finding.rule == rule && finding.silenced.is_none()));
    let vain = all.iter().find(|finding| finding.rule.id() == "silenced-in-vain").unwrap();
    assert_eq!(
        vain.to_string(),
        "silenced.0: `no-drop-off` finds nothing at outcomes.other: take the silence out, or correct its address \
         [silenced-in-vain]"
    );
}

#[test]
fn a_silence_needs_a_known_rule_and_a_reason() {
    let refused = |silence: &str| {
        let text = Rule::below_head(&format!("silenced = [ {silence} ]\n"));
        Model::from_toml(&text).unwrap_err().to_string()
    };
    let said = refused("{ rule = \"no-dropoff\", reason = \"x\" }");
    assert!(said.contains("silenced.0.rule"), "{said}");
    assert!(said.contains("no check has the id `no-dropoff`: did you mean `no-drop-off`?"), "{said}");
    for always in ["illustrative", "unverified", "unverified-convention", "silenced-in-vain"] {
        let said = refused(&format!("{{ rule = \"{always}\", reason = \"x\" }}"));
        assert!(said.contains(&format!("`{always}` cannot be silenced: readers are always told of it")), "{said}");
    }
    let said = refused("{ rule = \"no-harm\", reason = \" \" }");
    assert!(said.contains("the reason is empty: say why this may stand"), "{said}");
    assert!(refused("{ rule = \"no-harm\" }").contains("`reason` is missing"));
    assert!(refused("{ rule = \"no-harm\", at = \"No Address\", reason = \"x\" }").contains("silenced.0.at"));
}

#[test]
fn a_reported_figure_is_held_to_the_digits_it_is_printed_with() {
    let lines = |claim: &str| {
        let example = rule("reported-figure-differs").unwrap().example();
        example.replace("{ measure = \"sroi_ratio\", value = 4.2, source = \"annual report\" }", claim)
    };
    let differs = |claim: &str| !found(rule("reported-figure-differs").unwrap(), &lines(claim)).is_empty();
    // 10 × 300 000 / 400 000 = 7.5
    assert!(!differs("{ measure = \"sroi_ratio\", value = 7.5, source = \"x\" }"));
    assert!(!differs("{ measure = \"sroi_ratio\", value = 8, source = \"x\" }"));
    assert!(differs("{ measure = \"sroi_ratio\", value = 7.6, source = \"x\" }"));
    assert!(!differs("{ measure = \"sroi_ratio\", value = 7.6, within = 0.1, source = \"x\" }"));
    assert!(differs("{ measure = \"sroi_ratio\", value = 7.49, source = \"x\" }"));
    // 3 000 000 − 400 000 − 80 000 of tax-financing cost = 2 520 000, which is 2.5 million and not 2.6.
    assert!(!differs("{ measure = \"npv\", value = 2.5e6, source = \"x\" }"));
    assert!(differs("{ measure = \"npv\", value = 2.6e6, source = \"x\" }"));
    // A measure that has no value is no figure either.
    assert!(differs("{ measure = \"sroi_ratio\", perspective = \"state\", value = 1.0, source = \"x\" }"));
    let refused = |claim: &str| Model::from_toml(&Rule::below_head(&lines(claim))).unwrap_err().to_string();
    assert!(refused("{ measure = \"sroi_ratio\", value = 7.5 }").contains("`source` is missing"));
    assert!(refused("{ measure = \"sroi\", value = 7.5, source = \"x\" }").contains("`sroi` is not a measure"));
    assert!(
        refused("{ measure = \"npv\", value = 7.5, within = -1, source = \"x\" }")
            .contains("within `-1` is not zero or more")
    );
    assert!(refused("{ measure = \"npv\", perspective = \"nobody\", value = 7.5, source = \"x\" }").contains("nobody"));
}

#[test]
fn published_cases_that_contradict_themselves_are_found() {
    let contradicting = |case: &Case| ids(&case.model).contains(&"reported-figure-differs");
    let cases = cases("sroi");
    assert!(cases.iter().filter(|case| !case.model.reported().is_empty()).count() >= 8);
    let found: Vec<&str> =
        cases.iter().filter(|case| contradicting(case)).map(|case| case.name.rsplit('/').next().unwrap()).collect();
    assert_eq!(found, ["familystability-revised.toml", "youthlift.toml"]);
}

#[test]
fn what_is_about_something_else_is_not_reoffending() {
    let about = |name: &str| {
        let lines = format!(
            "[[outcomes]]\nid = \"o\"\nname = {{ en = \"x\", nb = \"{name}\" }}\nholder = \"participants\"\nnature = \"event\"\nquantity = 1\n"
        );
        !found(rule("reoffending-undefined").unwrap(), &lines).is_empty()
    };
    for name in ["Færre tilbakefall", "Tilbakefall til rus og kriminalitet", "Ingen nye lovbrudd", "Lower recidivism"]
    {
        assert!(about(name), "{name}");
    }
    for name in ["Færre tilbakefall til rus", "Less lonely", "I arbeid", "Relapse of depression"] {
        assert!(!about(name), "{name}");
    }
}

#[test]
fn an_effect_on_reoffending_is_held_to_those_who_were_helped() {
    let optimistic = |quantity: &str| {
        let lines = format!(
            "holders = [ {{ id = \"released\", kind = \"people\" }} ]\ncosts = []\n\n[[outcomes]]\nid = \"fewer-reconvictions\"\n\
             holder = \"released\"\nnature = \"event\"\ndirection = \"decrease\"\nquantity = {quantity}\n"
        );
        found(rule("optimistic-reoffending").unwrap(), &lines)
    };
    // The largest difference of an odds ratio of 0.77 is 6.5 of 100, at a baseline of 0.53.
    let found = optimistic("{ chain = { population = 100, better = 0.07 } }");
    assert_eq!(found[0].address.as_str(), "outcomes.fewer-reconvictions.quantity");
    assert!(found[0].message.en.starts_with("7 of 100 people stop reoffending"), "{}", found[0]);
    assert!(found[0].message.en.contains("(reentry-rct-reconviction: odds ratio 0.94, 0.77 to 1.12) give at most 6.5"));
    assert!(optimistic("{ chain = { population = 100, better = 0.06 } }").is_empty());
    // Nobody says how many were helped.
    assert!(optimistic("30").is_empty());
    // An effect is held to its own population, whether it is written or of the register: half the odds, and the trials' own.
    let effect = |what: &str| optimistic(&format!("{{ effect = {{ population = 100, baseline = 0.5, {what} }} }}"));
    assert_eq!(effect("odds_ratio = 0.5").len(), 1);
    assert!(effect("odds_ratio = 0.8").is_empty());
    assert!(effect("register = \"reentry-rct-reconviction\"").is_empty());
}

#[test]
fn what_a_joint_holder_keeps_is_what_its_members_keep() {
    let lines = |members: &str| {
        format!(
            "holders = [ {{ id = \"participants\", kind = \"people\" }}, {{ id = \"firm\", kind = \"enterprise\" }}, {{ id = \"a\", kind = \"public\", \
             level = \"municipality\" }}, {{ id = \"b\", kind = \"public\", level = \"municipality\" }}, {{ id = \"buyers\", kind = \"joint\", \
             shares = {{ {members} }} }} ]\ncosts = []\n\n[[outcomes]]\nid = \"into-work\"\nholder = \"participants\"\nquantity = 10\nvalues = \
             [ {{ id = \"assistance\", value = 1, unit = \"person-year\", to = \"buyers\", kind = \"fiscal\", basis = \"income\" }} ]\n"
        )
    };
    let one_sided = rule("one-sided-benefit").unwrap();
    assert_eq!(found(one_sided, &lines("a = 0.5, b = 0.5")).len(), 1);
    assert!(found(one_sided, &lines("a = 0.5, firm = 0.5")).is_empty(), "an enterprise has no benefits to pay");
}

#[test]
fn an_effect_of_the_register_says_what_an_outcome_is_about() {
    let about = |register: &str| {
        let lines = format!(
            "[[outcomes]]\nid = \"o\"\nholder = \"participants\"\nnature = \"event\"\ndirection = \"decrease\"\nquantity = {{ effect = {{ \
             population = 10, baseline = 0.2, register = \"{register}\" }} }}\n"
        );
        !found(rule("reoffending-undefined").unwrap(), &lines).is_empty()
    };
    assert!(about("reentry-rct-reconviction"));
    assert!(!about("prison-employ-anywork") && !about("rand-ced-employ"));
}

#[test]
fn the_manual_has_a_page_for_every_check_as_its_rule_is() {
    const WRITTEN: &str = "<!-- written from the rules: cargo run -p impact-core --example check_manual -->\n";
    let folder = fixtures().join("../docs/checks");
    for rule in rules() {
        let page = fs::read_to_string(folder.join(format!("{}.md", rule.id()))).unwrap_or_default();
        let said = check_page(rule.id()).unwrap();
        assert!(page == said, "docs/checks/{}.md is not as its rule is: write it again", rule.id());
    }
    let index = fs::read_to_string(folder.join("README.md")).unwrap();
    let (_, tables) = index.split_once(WRITTEN).unwrap();
    assert!(tables.trim() == check_index().trim(), "docs/checks/README.md is not as the rules are: write it again");
    assert_eq!(fs::read_dir(folder).unwrap().count(), rules().count() + 1, "a page of a check that is not there");
    assert!(check_page("no-such-check").is_none());
}

/// Writes the pages: run it by name where a rule was added or changed.
#[test]
#[ignore = "it writes what another test compares with"]
fn write_the_pages() {
    const WRITTEN: &str = "<!-- written from the rules: cargo run -p impact-core --example check_manual -->\n";
    let folder = fixtures().join("../docs/checks");
    for rule in rules() {
        fs::write(folder.join(format!("{}.md", rule.id())), check_page(rule.id()).unwrap()).unwrap();
    }
    let index = fs::read_to_string(folder.join("README.md")).unwrap();
    let (by_hand, _) = index.split_once(WRITTEN).unwrap();
    fs::write(folder.join("README.md"), format!("{by_hand}{WRITTEN}\n{}", check_index())).unwrap();
}

#[test]
fn every_check_that_a_page_names_is_there() {
    let index = fs::read_to_string(fixtures().join("../docs/checks/README.md")).unwrap();
    for link in index.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        let id = link.strip_suffix(".md").filter(|id| !id.contains('/'));
        assert!(id.is_none_or(|id| rule(id).is_some()), "{link}");
    }
}

#[test]
fn what_is_found_in_draws_is_silenced_like_all_else_and_never_in_vain() {
    let few = rule("few-draws").unwrap();
    let silenced = "silenced = [ { rule = \"few-draws\", at = \"measures.npv\", reason = \"a first look\" } ]\n";
    let model = read(&Rule::below_head(&format!("{silenced}{}", few.example())));
    let of_rule: Vec<Finding> = drawn(&model).into_iter().filter(|finding| finding.rule == few).collect();
    let (npv, others): (Vec<_>, Vec<_>) =
        of_rule.iter().partition(|finding| finding.address.as_str().starts_with("measures.npv."));
    assert!(npv.iter().all(|finding| finding.silenced.as_deref() == Some("a first look")) && !npv.is_empty());
    assert!(others.iter().all(|finding| finding.silenced.is_none()) && !others.is_empty());
    assert!(!ids(&model).contains(&"silenced-in-vain"), "an appraisal cannot say what draws would show");
}

#[test]
fn the_models_of_this_repository_raise_what_is_known_of_them_and_no_more() {
    let always = ["unverified-convention"];
    let raised = |model: &Model| ids(model).into_iter().filter(|id| !always.contains(id)).collect::<Vec<_>>();
    assert_eq!(
        raised(&model("sandefjord")),
        ["blank-attribution", "illustrative", "weak-evidence", "mixed-kinds", "price-year-left-out"]
    );
    assert_eq!(
        raised(&model("larvik")),
        ["illustrative", "weak-evidence", "wrong-pocket", "mixed-kinds", "price-year-left-out"],
        "definition and window of relapse are not published, which the document says where it silences the check"
    );
    assert_eq!(
        raised(&model("beginner")),
        [
            "blank-deadweight",
            "blank-attribution",
            "no-harm",
            "outcome-without-evidence",
            "wrong-pocket",
            "no-displacement",
            "no-uncertainty",
            "price-year-left-out"
        ]
    );
}
