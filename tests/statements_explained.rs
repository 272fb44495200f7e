//! Statements explain themselves: what a figure was made of, what was not reached, and what decides nothing.

use impact_core::Contract;
use impact_core::contract::{Observations, Row, Statement, WhyUnused};
use impact_core::report::{StatementReport, StatementRow};
use impact_core::units::Language;

const TERMS: &str = r#"
impact = 1
name = "Fewer return"
currency = "NOK"
holders = [{ id = "state", kind = "public", level = "state" }, { id = "provider", kind = "enterprise" }]
[contract]
payee = "provider"
payers = [{ holder = "state" }]
metrics = [
    { id = "returned", kind = "share", direction = "decrease" }, { id = "stayed", kind = "share", direction = "increase" },
    { id = "days", kind = "count" },
]
estimates = [
    { id = "fewer", metric = "returned", effect = "relative", against = { group = "matched" } },
    { id = "both", pool = "fewer", weights = { spring = 1, autumn = 3 } },
    { id = "more", metric = "stayed", effect = "absolute", against = { fixed = 0.5 } },
]
[[contract.payments]]
id = "fewer"
of = "fewer"
schedule = { steps = [{ at = 0.25, amount = 1_000 }, { at = 0.5, amount = 2_000 }] }
[[contract.payments]]
id = "both"
of = "both"
schedule = { per_point = { price = 10, point = 0.01 } }
[[contract.payments]]
id = "more"
of = "more"
schedule = { per_point = { price = 10, point = 0.01 } }
[[contract.payments]]
id = "days"
of = "days"
per = "contract"
schedule = { steps = [{ at = 100, amount = 500 }] }
"#;

fn seen(metric: &str, cohort: &str, group: &str, (count, of): (i64, i64)) -> Row {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Row {
        metric: metric.to_owned(),
        date: "2024-12-31".parse().ok(),
        cohort: some(cohort),
        group: some(group),
        count: Some(count.into()),
        of: Some(of.into()).filter(|_| of > 0),
        ..Row::default()
    }
}

fn settled(rows: &[Row]) -> Statement {
    let contract = Contract::from_toml(TERMS).unwrap_or_else(|error| panic!("{error}"));
    let observed = Observations::of(&contract, rows.iter().cloned()).unwrap_or_else(|error| panic!("{error}"));
    contract.settle(&observed).unwrap()
}

fn told(rows: &[Row]) -> Vec<StatementRow> {
    StatementReport::of(&settled(rows), false).unwrap().lines
}

/// Payment and cohort, amount, what the figure was made of, and why nothing is paid.
fn line(row: &StatementRow, language: Language) -> [String; 4] {
    let text = |label: &Option<impact_core::units::Label>| {
        label.as_ref().map_or_else(String::new, |label| label.text(language).to_owned())
    };
    let name = format!("{} {}", row.payment, row.cohort);
    [name, row.amount.normalize().to_string(), text(&row.basis.told), text(&row.withheld)]
}

#[test]
fn a_line_tells_numerator_denominator_comparison_and_what_was_not_reached() {
    let rows = [
        seen("returned", "spring", "", (20, 100)),
        seen("returned", "spring", "matched", (35, 140)),
        seen("returned", "autumn", "", (15, 100)),
        seen("returned", "autumn", "matched", (30, 100)),
        seen("stayed", "spring", "", (1200, 2000)),
    ];
    let lines = told(&rows);
    // 20/100 against 35/140, a fifth less: below the first step. 15 against 30 of 100: half. Pooled (0.2 + 3 · 0.5) / 4 = 0.425.
    let english: Vec<[String; 4]> = lines.iter().map(|row| line(row, Language::English)).collect();
    let spring = "relative effect: 20 of 100 against 35 of 140 (matched)";
    let autumn = "relative effect: 15 of 100 against 30 of 100 (matched)";
    let both = "weighted mean: 0.2 (spring, weight 1); 0.5 (autumn, weight 3)";
    let more = "absolute effect: 1,200 of 2,000 against 0.5 per person (fixed)";
    assert_eq!(
        english,
        [
            ["fewer autumn", "2000", autumn, ""],
            ["fewer spring", "0", spring, "payment begins at 0.25, which is not reached"],
            ["both ", "425", both, ""],
            ["more spring", "100", more, ""],
        ]
    );
    let norwegian = line(&lines[1], Language::Bokmal);
    assert_eq!(norwegian[2], "relativ effekt: 20 av 100 mot 35 av 140 (matched)");
    assert_eq!(norwegian[3], "betalingen begynner ved 0,25, som ikke er nådd");
    assert_eq!(
        line(&lines[3], Language::Bokmal)[2],
        "absolutt effekt: 1\u{a0}200 av 2\u{a0}000 mot 0,5 per person (fast)"
    );
    let spring = &lines[1];
    let counts = [spring.count, spring.basis.of, spring.basis.compared_count, spring.basis.compared_of];
    assert_eq!(counts.map(|count| count.unwrap().to_string()), ["20", "100", "35", "140"]);
    assert_eq!(
        (spring.basis.compared_with.as_deref(), spring.figure.unwrap().to_string()),
        (Some("matched"), "0.2".into())
    );
}

#[test]
fn what_is_made_of_few_people_is_not_told_and_cannot_be_worked_out() {
    let rows = [seen("returned", "spring", "", (3, 12)), seen("returned", "spring", "matched", (9, 14))];
    let statement = settled(&rows);
    let row = &StatementReport::of(&statement, false).unwrap().lines[0];
    assert_eq!((row.count, row.figure, row.by_schedule, row.basis.compared_count), (None, None, None, Some(9.into())));
    assert_eq!(line(row, Language::English)[2], "relative effect: fewer than 5 of 12 against 9 of 14 (matched)");
    let every = &StatementReport::of(&statement, true).unwrap().lines[0];
    assert_eq!(line(every, Language::English)[2], "relative effect: 3 of 12 against 9 of 14 (matched)");
    // In a pool, the part is not told either.
    let pooled = [seen("returned", "autumn", "", (15, 100)), seen("returned", "autumn", "matched", (30, 100))];
    let lines = told(&[rows.as_slice(), &pooled].concat());
    let both = lines.iter().find(|row| row.payment == "both").unwrap();
    assert_eq!(both.figure, None);
    assert_eq!(line(both, Language::English)[2], "weighted mean: not told (spring, weight 1); 0.5 (autumn, weight 3)");
}

#[test]
fn few_people_without_the_result_are_told_no_more_than_few_with_it() {
    // 2 of 50 did not stay; 48 tell them as well as 2 would.
    let stayed = |rows: &[Row]| {
        let lines = told(rows);
        let row = lines.iter().find(|row| row.payment == "more").unwrap().clone();
        let text = line(&row, Language::Bokmal)[2].clone();
        ((row.count, row.figure, row.by_schedule, row.basis.of.map(|of| of.to_string())), text)
    };
    assert_eq!(
        stayed(&[seen("stayed", "", "", (48, 50))]),
        (
            (None, None, None, Some("50".to_owned())),
            "absolutt effekt: alle unntatt færre enn 5 av 50 mot 0,5 per person (fast)".to_owned()
        )
    );
    let (counts, text) = stayed(&[seen("stayed", "", "", (45, 50))]);
    assert_eq!((counts.0, text.contains("45 av 50")), (Some(45.into()), true));
    // Four people in all tell neither how many nor of how many.
    let ((count, figure, _, of), text) = stayed(&[seen("stayed", "", "", (3, 4))]);
    assert_eq!((count, figure, of), (None, None, None));
    assert_eq!(text, "absolutt effekt: noen av færre enn 5 mot 0,5 per person (fast)");
}

#[test]
fn few_people_of_a_comparison_are_not_told_either() {
    let told = |compared| {
        let lines = told(&[seen("returned", "spring", "", (20, 100)), seen("returned", "spring", "matched", compared)]);
        let row = lines.iter().find(|row| row.payment == "fewer").unwrap().clone();
        let numbers = [row.figure, row.basis.compared_count, row.basis.compared_of];
        (numbers.map(|number| number.is_some()), line(&row, Language::English)[2].clone())
    };
    let effect = |text: &str| format!("relative effect: {text} (matched)");
    assert_eq!(told((35, 140)), ([true; 3], effect("20 of 100 against 35 of 140")));
    assert_eq!(told((4, 140)), ([false, false, true], effect("20 of 100 against fewer than 5 of 140")));
    assert_eq!(told((136, 140)), ([false, false, true], effect("20 of 100 against all but fewer than 5 of 140")));
    assert_eq!(told((2, 4)), ([false; 3], effect("20 of 100 against some of fewer than 5")));
}

#[test]
fn nothing_more_than_before_is_not_a_threshold_that_was_missed() {
    let days = |day: &str, count| Row { date: day.parse().ok(), ..seen("days", "", "", (count, 0)) };
    let lines = told(&[days("2024-03-31", 60), days("2024-06-30", 60), days("2024-09-30", 10)]);
    let why: Vec<String> = lines.iter().map(|row| line(row, Language::English)[3].clone()).collect();
    assert_eq!(
        why,
        [
            "payment begins at 100, which is not reached",
            "",
            "the schedule gives nothing, or nothing more, for this figure"
        ]
    );
}

#[test]
fn one_group_without_the_other_and_a_cohort_without_weight_are_said() {
    let rows = [
        seen("returned", "spring", "", (20, 100)),
        seen("returned", "autumn", "matched", (30, 100)),
        seen("returned", "winter", "", (10, 100)),
        seen("returned", "winter", "matched", (20, 100)),
    ];
    let statement = settled(&rows);
    let found: Vec<(&str, WhyUnused)> = statement.unused().iter().map(|one| (one.cohort.as_str(), one.why)).collect();
    assert_eq!(
        found,
        [("autumn", WhyUnused::OnlyCompared), ("spring", WhyUnused::OnlyTreated), ("winter", WhyUnused::NoWeight)]
    );
    let report = StatementReport::of(&statement, false).unwrap();
    let reasons: Vec<(&str, &str)> =
        report.unused.iter().map(|row| (row.estimate.as_str(), row.reason.text(Language::English))).collect();
    assert_eq!(
        reasons,
        [
            ("fewer", "only the group that is compared with was observed, and nobody treated"),
            ("fewer", "only those treated were observed, and not the group they are compared with"),
            ("both", "the pool has no weight for the cohort"),
        ]
    );
    assert!(report.unused.iter().all(|row| row.reason.nb.is_some()));
    let whole = [seen("returned", "spring", "", (20, 100)), seen("returned", "spring", "matched", (30, 100))];
    assert!(settled(&whole).unused().is_empty());
}

#[test]
fn a_pool_that_waits_tells_only_cohorts_that_were_seen() {
    let rows = [seen("returned", "spring", "", (20, 100)), seen("returned", "spring", "matched", (35, 140))];
    let lines = told(&rows);
    let both = lines.iter().find(|row| row.payment == "both").unwrap();
    assert_eq!(line(both, Language::English)[2], "weighted mean: 0.2 (spring, weight 1)");
    assert!(line(both, Language::English)[3].starts_with("waits: "), "{:?}", line(both, Language::English));
}
