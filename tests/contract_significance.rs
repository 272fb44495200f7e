//! Effects that may be chance: what a contract pays that asks for a test, and other programs' answers to the same test.

use impact_core::Contract;
use impact_core::contract::{FigureFault, IntervalOf, Observations, Row, Statement, Tested, Withheld};
use impact_core::report::StatementReport;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::fs;
use std::path::Path;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// So many of so many, of the treated and of the comparison.
type Groups = [(i64, i64); 2];

fn rows(metric: &str, cohort: &str, groups: Groups, with: &str) -> Vec<Row> {
    let row = |(count, of): (i64, i64), group: Option<&str>| Row {
        metric: metric.to_owned(),
        date: "2025-06-30".parse().ok(),
        cohort: Some(cohort.to_owned()),
        group: group.map(str::to_owned),
        count: Some(count.into()),
        of: Some(of.into()),
        ..Row::default()
    };
    vec![row(groups[0], None), row(groups[1], Some(with))]
}

fn settled(contract: &Contract, rows: Vec<Row>) -> Statement {
    contract.settle(&Observations::of(contract, rows).unwrap_or_else(|error| panic!("{error}"))).unwrap()
}

/// A contract whose one payment asks for one test.
fn asks(kind: &str, direction: &str, condition: &str) -> Contract {
    Contract::from_toml(&format!(
        r#"
impact = 1
name = "Fewer"
currency = "NOK"
holders = [{{ id = "state", kind = "public", level = "state" }}, {{ id = "provider", kind = "enterprise" }}]
[contract]
payee = "provider"
payers = [{{ holder = "state" }}]
metrics = [{{ id = "returns", kind = "{kind}", direction = "{direction}" }}]
estimates = [{{ id = "effect", metric = "returns", effect = "absolute", against = {{ group = "others" }} }}]
payments = [{{ id = "pay", of = "effect", schedule = {{ fixed = 1000 }}, requires = [{{ significant = "effect", {condition} }}] }}]
"#
    ))
    .unwrap_or_else(|error| panic!("{error}"))
}

fn tested(contract: &Contract, groups: Groups) -> Tested {
    settled(contract, rows("returns", "", groups, "others")).lines()[0].tested[0].clone()
}

/// The other programs' answers stop at 15 digits, and their own errors are of the size of a few units of 1e-12.
const TOLERANCE: f64 = 2e-11;
/// Ends of intervals are told with six digits.
const OF_SIX_DIGITS: f64 = 5.1e-6;

fn near(found: Decimal, expected: &str, tolerance: f64) -> bool {
    let (found, expected) = (found.to_f64().unwrap(), expected.parse::<f64>().unwrap());
    (found - expected).abs() <= tolerance * expected.abs().max(if tolerance < 1e-9 { 1.0 } else { 1e-3 })
}

#[test]
fn scipy_and_statsmodels_answer_the_same() {
    let cases: serde_json::Value = serde_json::from_str(&read("fixtures/oracles/significance.json")).unwrap();
    let cases = cases.as_array().unwrap();
    assert!(cases.len() >= 25, "{}", cases.len());
    for case in cases {
        let text = |key: &str| case[key].as_str();
        let group = |key: &str| (case[key][0].as_i64().unwrap(), case[key][1].as_i64().unwrap());
        let test = text("test").unwrap();
        let kind = if matches!(test, "two-proportions" | "fisher") { "share" } else { "rate" };
        let dispersion = case["dispersion"].as_f64().map(|k| format!(", dispersion = {k}")).unwrap_or_default();
        let condition = |side: &str| format!("test = '{test}', side = '{side}', level = 0.95{dispersion}");
        let groups = [group("treated"), group("compared")];
        let one = |direction: &str| tested(&asks(kind, direction, &condition("one")), groups);
        let (fewer, more) = (one("decrease"), one("increase"));
        assert!(near(fewer.p_value, text("lower").unwrap(), TOLERANCE), "{case}: {}", fewer.p_value);
        assert!(near(more.p_value, text("upper").unwrap(), TOLERANCE), "{case}: {}", more.p_value);
        if let Some(z) = text("z") {
            assert!(near(more.statistic, z, TOLERANCE), "{case}: {}", more.statistic);
            assert_eq!(fewer.statistic, -more.statistic, "{case}");
        }
        let two = tested(&asks(kind, "decrease", &condition("two")), groups);
        let twice = (fewer.p_value.min(more.p_value) * Decimal::TWO).min(Decimal::ONE);
        assert!(near(two.p_value, &twice.to_string(), TOLERANCE), "{case}: {}", two.p_value);
        for (found, expected) in [(two.interval.from, text("from")), (two.interval.to, text("to"))] {
            assert_eq!(found.is_some(), expected.is_some(), "{case}: {:?}", two.interval);
            assert!(
                found.zip(expected).is_none_or(|(found, end)| near(found, end, OF_SIX_DIGITS)),
                "{case}: {found:?}"
            );
        }
    }
}

#[test]
fn tests_come_out_as_by_hand() {
    let of = |kind, test: &str, groups| {
        tested(&asks(kind, "decrease", &format!("test = '{test}', side = 'one', level = 0.95")), groups)
    };
    // Fisher: 0 of 2 against 2 of 2; of C(4, 2) = 6 ways to have two results, one gives the treated none.
    assert_eq!(of("share", "fisher", [(0, 2), (2, 2)]).p_value.to_string(), "0.166666666667");
    // Poisson: 1 and 4 events among 10 and 10: (1 + 5) / 2⁵.
    let poisson = of("rate", "poisson", [(1, 10), (4, 10)]);
    assert_eq!((poisson.p_value.to_string(), poisson.statistic.to_string()), ("0.1875".to_owned(), "1".to_owned()));
    // No event of the treated, five of as many others: 1 / 2⁵ = 0.03125, and the ratio ends where 1 / (1 + r)⁵ = 0.05.
    let none = of("rate", "poisson", [(0, 10), (5, 10)]);
    assert_eq!(none.p_value.to_string(), "0.03125");
    assert!((none.interval.to.unwrap().to_f64().unwrap() - (libm::pow(0.05, -0.2) - 1.0)).abs() < 1e-6, "{none:?}");
    assert_eq!((none.interval.from, none.interval.of), (None, IntervalOf::RateRatio));
    // Two proportions: 40 of 100 against 60 of 100; z = 0.2 / √(0.25 · 0.02) = 2√2.
    let z = of("share", "two-proportions", [(40, 100), (60, 100)]).statistic;
    assert_eq!(z.round_dp(10).to_string(), "2.8284271247");
    // Negative binomial, k = 1: ln(0.5) / √(1/50 + 1/100 + 2/100) = −0.693147 / 0.2236068.
    let condition = "test = 'negative-binomial', dispersion = 1, side = 'one', level = 0.95";
    let z = tested(&asks("rate", "decrease", condition), [(50, 100), (100, 100)]).statistic;
    assert_eq!(z.round_dp(5).to_string(), "3.09985");
}

#[test]
fn a_p_value_at_the_boundary_itself_passes() {
    // 1 / 2⁵ = 0.03125 exactly.
    let paid = |level: &str| {
        let contract = asks("rate", "decrease", &format!("test = 'poisson', side = 'one', level = {level}"));
        settled(&contract, rows("returns", "", [(0, 10), (5, 10)], "others")).total().normalize().to_string()
    };
    assert_eq!(paid("0.96875"), "1000");
    assert_eq!(paid("0.9687500001"), "0");
}

#[test]
fn an_effect_the_wrong_way_is_never_paid_for() {
    let contract = asks("share", "decrease", "test = 'two-proportions', side = 'two', level = 0.95");
    let found = tested(&contract, [(80, 100), (20, 100)]);
    assert!(found.p_value < Decimal::new(1, 9) && !found.met, "{found:?}");
    let more =
        tested(&asks("share", "increase", "test = 'fisher', side = 'two', level = 0.95"), [(80, 100), (20, 100)]);
    assert!(more.met);
}

#[test]
fn what_cannot_be_tested_is_not_paid_and_says_why() {
    let why = |kind, test: &str, groups| {
        let contract = asks(kind, "decrease", &format!("test = '{test}', side = 'one', level = 0.95"));
        let statement = settled(&contract, rows("returns", "", groups, "others"));
        assert_eq!(statement.total(), Decimal::ZERO);
        statement.lines()[0].withheld.clone().unwrap()
    };
    let nothing = Withheld::Untested(FigureFault::NothingDiffers);
    for test in ["two-proportions", "fisher"] {
        assert_eq!(why("share", test, [(0, 10), (0, 12)]), nothing);
        assert_eq!(why("share", test, [(10, 10), (12, 12)]), nothing);
    }
    assert_eq!(why("rate", "poisson", [(0, 10), (0, 12)]), Withheld::Untested(FigureFault::NoEvents));
    let many = [(1, 2_000_000), (1, 2_000_000)];
    assert_eq!(why("share", "fisher", many), Withheld::Untested(FigureFault::TooManyToCount));
    let contract = asks("rate", "decrease", "test = 'negative-binomial', dispersion = 0.6, side = 'one', level = 0.95");
    let statement = settled(&contract, rows("returns", "", [(0, 10), (4, 12)], "others"));
    assert_eq!(statement.lines()[0].withheld, Some(Withheld::Untested(FigureFault::NoRatio)));
    let told = StatementReport::of(&statement, false).unwrap().lines[0].withheld.clone().unwrap();
    assert_eq!(
        told.en,
        "not tested: a group has no events: the ratio of the rates has no logarithm, and this test needs one"
    );
}

#[test]
fn events_in_parts_are_not_tested() {
    let contract = asks("rate", "decrease", "test = 'poisson', side = 'one', level = 0.95");
    let mut rows = rows("returns", "", [(0, 10), (4, 12)], "others");
    rows[0].count = Some("2.5".parse().unwrap());
    let fault = FigureFault::NotWhole { events: "2.5".parse().unwrap() };
    assert_eq!(settled(&contract, rows).lines()[0].withheld, Some(Withheld::Untested(fault)));
}

#[test]
fn a_course_is_paid_where_enough_people_show_more_than_chance() {
    let contract = Contract::from_toml(&read("fixtures/contracts/trial-of-a-course.toml")).unwrap();
    let mut observed = rows("returned", "first", [(20, 100), (35, 100)], "drawn-for-later");
    observed.extend(rows("returned", "second", [(28, 100), (35, 100)], "drawn-for-later"));
    observed.extend(rows("returned", "third", [(0, 99), (35, 100)], "drawn-for-later"));
    observed.extend(rows("pilot-returned", "pilot", [(3, 12), (9, 14)], "drawn-for-later"));
    let statement = settled(&contract, observed);
    let report = StatementReport::of(&statement, false).unwrap();
    let told: Vec<(String, String, String)> = (report.lines.iter())
        .map(|line| {
            let why = line.withheld.as_ref().map(|why| why.en.clone()).unwrap_or_default();
            let tested = line.tested.first().map(|tested| tested.told.en.clone()).unwrap_or_default();
            (format!("{} {}", line.cohort, line.amount.normalize()), why, tested)
        })
        .collect();
    let row = |one: &str, two: &str, three: &str| (one.to_owned(), two.to_owned(), three.to_owned());
    assert_eq!(
        told,
        [
            // 35 − 20 people fewer at 300,000.
            row(
                "first 4500000",
                "",
                "p = 0.0088, at most 0.05 (two-proportions, one-sided); difference -0.0466 or less"
            ),
            row(
                "second 0",
                "the effect may be chance",
                "p = 0.1433, at most 0.05 (two-proportions, one-sided); difference 0.0381 or less"
            ),
            row("third 0", "fewer than 100 people in a group", ""),
            row("pilot 0", "the effect may be chance", "p above 0.1 (fisher, two-sided), of fewer than five people"),
        ]
    );
    // Three people of the pilot are few: what tells their number is told only to those who keep the books.
    let pilot = &report.lines[3].tested[0];
    assert_eq!((pilot.statistic, pilot.p_value, pilot.interval_to), (None, None, None));
    let every_line = StatementReport::of(&statement, true).unwrap();
    let pilot = &every_line.lines[3].tested[0];
    assert_eq!(pilot.statistic, Some(3.into()));
    assert_eq!(pilot.told.en, "p = 0.1058, at most 0.1 (fisher, two-sided); odds ratio 0.0317 to 1.0211");
}

#[test]
fn clusters_make_a_rate_less_certain_than_a_poisson_count() {
    let contract = Contract::from_toml(&read("fixtures/contracts/matched-rates.toml")).unwrap();
    let of = |groups| settled(&contract, rows("reconvictions", "released", groups, "matched"));
    // 1 − (260/400) / (320/400) = 18.75 % fewer: certain of Poisson counts, not of clustered ones.
    let statement = of([(260, 400), (320, 400)]);
    let paid: Vec<String> = statement.lines().iter().map(|line| line.amount.normalize().to_string()).collect();
    assert_eq!(paid, ["0", "500000"]);
    // ln 0.8125 / √(1/260 + 1/320 + (2/400)/0.6) = −0.207639 / 0.123712.
    assert_eq!(statement.lines()[0].tested[0].statistic.round_dp(3).to_string(), "1.678");
    // ln 0.75 / √(1/240 + 1/320 + (2/400)/0.6) = −0.287682 / 0.125 = −2.301: p = 0.021 on two sides.
    let surer = of([(240, 400), (320, 400)]);
    let paid: Vec<String> = surer.lines().iter().map(|line| line.amount.normalize().to_string()).collect();
    assert_eq!(paid, ["2000000", "0"]);
}

fn refused(metric: &str, against: &str, condition: &str) -> Vec<String> {
    let text = format!(
        r#"
impact = 1
name = "Fewer"
currency = "NOK"
holders = [{{ id = "state", kind = "public", level = "state" }}, {{ id = "provider", kind = "enterprise" }}]
[contract]
payee = "provider"
payers = [{{ holder = "state" }}]
metrics = [{{ id = "days", kind = "count" }}, {{ id = "returns", {metric}, direction = "decrease" }}]
estimates = [{{ id = "effect", metric = "returns", effect = "absolute", against = {{ {against} }} }}]
payments = [{{ id = "pay", of = "effect", schedule = {{ fixed = 1000 }}, requires = [{{ {condition} }}] }}]
"#
    );
    let message = Contract::from_toml(&text).unwrap_err().to_string();
    let short = |line: &str| match (line.find(" (line"), line.find("): ")) {
        (Some(from), Some(to)) => format!("{}{}", &line[..from], &line[to + 1..]),
        _ => line.to_owned(),
    };
    message.lines().map(short).collect()
}

#[test]
fn a_test_that_cannot_be_meant_is_refused_with_its_place() {
    let at = "contract.payments.pay.requires.0";
    let (share, group) = ("kind = 'share'", "group = 'others'");
    let asked = |test: &str| format!("significant = 'effect', test = '{test}', level = 0.95, side = 'one'");
    assert_eq!(
        refused(share, "fixed = 0.4", &asked("fisher")),
        [format!(
            "{at}.significant: the estimate is not compared with a group: only an estimate with a `group` under `against` is tested"
        )]
    );
    assert_eq!(
        refused(share, group, &asked("poisson")),
        [format!("{at}.test: `poisson` tests a `rate`, and `returns` is none")]
    );
    assert_eq!(
        refused(share, group, "significant = 'effect', test = 'fisher', level = 1, side = 'one'"),
        [format!("{at}.level: a level of confidence lies above 0.5 and below 1: `1`")]
    );
    assert_eq!(
        refused("kind = 'rate'", group, &asked("negative-binomial")),
        [format!("{at}: `dispersion` is missing")]
    );
    assert_eq!(
        refused(share, group, "people = 'days', at_least = 5"),
        [format!(
            "{at}.people: `days` has no people to count: name a `share`, a `rate`, or an estimate that compares one"
        )]
    );
}
