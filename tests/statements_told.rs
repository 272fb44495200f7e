//! Rows of a file, and statements as they are told: what stands by itself, what is told together, and why nothing is paid.

use impact_core::Contract;
use impact_core::contract::{Observations, Row, Statement};
use impact_core::report::StatementReport;
use impact_core::units::Language;

const TERMS: &str = r#"
impact = 1
name = "Work kept"
currency = "NOK"
holders = [
    { id = "state", kind = "public", level = "state" }, { id = "town", kind = "public", level = "municipality" },
    { id = "provider", kind = "enterprise" },
]
[contract]
payee = "provider"
payers = [{ holder = "state", share = 0.5 }, { holder = "town", share = 0.5 }]
metrics = [{ id = "kept", kind = "claims" }, { id = "score", kind = "reported", range = [0, 10] }]
[[contract.payments]]
id = "kept"
name = { en = "Work kept", nb = "Beholdt jobben" }
of = "kept"
schedule = { per_unit = 100 }
uplift = { young = 2 }
[[contract.payments]]
id = "score"
of = "score"
schedule = { fixed = 50 }
requires = [{ figure = "score", at = 7 }]
"#;

fn contract() -> Contract {
    Contract::from_toml(TERMS).unwrap()
}

fn claim(person: u32, group: &str, day: &str) -> Row {
    let group = Some(group.to_owned()).filter(|group| !group.is_empty());
    Row { metric: "kept".into(), person: Some(format!("p{person}")), date: day.parse().ok(), group, ..Row::default() }
}

fn settled(rows: Vec<Row>) -> Statement {
    let contract = contract();
    contract.settle(&Observations::of(&contract, rows).unwrap()).unwrap()
}

/// Seven people of one group, two of another, and one on another day.
fn people() -> Vec<Row> {
    let many = (0..7).map(|person| claim(person, "", "2024-03-31"));
    let few = [claim(7, "young", "2024-03-31"), claim(8, "young", "2024-03-31"), claim(9, "", "2024-06-30")];
    many.chain(few).collect()
}

fn told(report: &StatementReport<'_>) -> Vec<(String, Option<String>, String)> {
    let row = |row: &impact_core::report::StatementRow| {
        (row.group.clone(), row.count.map(|count| count.to_string()), row.amount.normalize().to_string())
    };
    report.lines.iter().map(row).collect()
}

#[test]
fn lines_of_few_people_are_told_together_without_their_group_and_number() {
    let statement = settled(people());
    let report = StatementReport::of(&statement, false).unwrap();
    // 7 · 100; of the others 2 · 200 + 100, three people in all: fewer than five, so their number is not told.
    assert_eq!(told(&report), [("".into(), Some("7".into()), "700".into()), ("".into(), None, "500".into())]);
    assert!(report.lines[1].together && report.lines[1].figure.is_none());
    let text = serde_json::to_string(&report).unwrap();
    assert!(!text.contains("\"young\""), "{text}");
    assert_eq!(report.total, statement.total());
    assert_eq!(StatementReport::of(&statement, true).unwrap().lines.len(), 3);
}

#[test]
fn one_small_line_alone_tells_no_day_and_nothing_of_how_many() {
    let statement = settled(vec![claim(1, "young", "2024-06-17")]);
    let report = StatementReport::of(&statement, false).unwrap();
    let row = &report.lines[0];
    assert_eq!((row.date, row.due, row.year, row.by_schedule), (None, None, 2024, None));
    let text = serde_json::to_string(&report).unwrap();
    assert!(!text.contains("2024-06-17") && !text.contains("\"young\""), "{text}");
    assert!(
        StatementReport::of(&settled(vec![claim(1, "young", "2024-06-17")]), true).unwrap().lines[0].date.is_some()
    );
}

#[test]
fn what_is_taken_back_of_few_people_is_told_with_what_is_new_of_them() {
    // Of two young ones of March one moves to April, where another comes: 3 · 200 less 2 · 200.
    let young = |days: &[&str]| {
        let claims = days.iter().zip(0..).map(|(day, person)| claim(person, "young", day));
        settled(claims.collect())
    };
    let (first, corrected) = (young(&["2024-03-31", "2024-03-31"]), young(&["2024-03-31", "2024-04-02", "2024-04-02"]));
    let report = StatementReport::since(&corrected, &first, false).unwrap();
    assert_eq!(told(&report), [("".into(), None, "200".into())]);
    let row = &report.lines[0];
    assert_eq!((row.reversal, row.together, row.date, row.by_schedule), (false, true, None, None));
    // Those who keep the books see the reversal and both new lines.
    assert_eq!(StatementReport::since(&corrected, &first, true).unwrap().lines.len(), 3);
    // Many small lines are no key to what was hidden either: how many are new and taken back stays untold together.
    let months: Vec<String> = (1..=9).map(|month| format!("2024-0{month}-28")).collect();
    let many = young(&months.iter().map(String::as_str).collect::<Vec<_>>());
    let report = StatementReport::since(&many, &first, false).unwrap();
    assert_eq!(told(&report), [("".into(), None, "1400".into())]);
}

#[test]
fn totals_add_up_however_lines_are_told() {
    let statement = settled(people());
    for every_line in [false, true] {
        let report = StatementReport::of(&statement, every_line).unwrap();
        for totals in [&report.by_payer, &report.by_payment, &report.by_metric, &report.by_year] {
            assert_eq!(totals.iter().map(|total| total.amount).sum::<rust_decimal::Decimal>(), statement.total());
        }
        let shares = report.lines.iter().flat_map(|line| &line.shares).map(|share| share.amount);
        assert_eq!(shares.sum::<rust_decimal::Decimal>(), statement.total());
    }
}

#[test]
fn claims_that_nothing_is_paid_for_are_counted_where_they_are_many() {
    let again =
        |people: u32| (0..people).flat_map(|person| [claim(person, "", "2024-03-31"), claim(person, "", "2024-05-31")]);
    let claims = |people| StatementReport::of(&settled(again(people).collect()), false).unwrap().unpaid[0].claims;
    assert_eq!((claims(4), claims(5)), (None, Some(5)));
}

#[test]
fn why_nothing_is_paid_is_said_in_both_languages() {
    let score =
        Row { metric: "score".into(), date: "2024-06-30".parse().ok(), count: Some(6.into()), ..Row::default() };
    let statement = settled(vec![score]);
    let report = StatementReport::of(&statement, false).unwrap();
    let why = report.lines[0].withheld.clone().unwrap();
    assert_eq!(why.text(Language::English), "7 is required and not reached");
    assert_eq!(why.text(Language::Bokmal), "krever 7, som ikke er nådd");
}

#[test]
fn what_is_new_is_told_as_changes() {
    let (first, all) = (settled(people()[..7].to_vec()), settled(people()));
    let report = StatementReport::since(&all, &first, false).unwrap();
    assert!(report.changes);
    assert_eq!(report.total, all.total() - first.total());
}

#[test]
fn a_file_of_a_spreadsheet_is_read_as_the_rows_it_holds() {
    let contract = contract();
    let file =
        "\u{feff}person;metric;date;group\r\n\"p 1\";kept;2024-03-31;\r\n\r\n\"p\"\"2\";kept;2024-03-31;young\r\n";
    let observed = Observations::from_csv(&contract, file).unwrap();
    let rows = [
        Row { person: Some("p 1".into()), ..claim(0, "", "2024-03-31") },
        Row { person: Some("p\"2".into()), ..claim(0, "young", "2024-03-31") },
    ];
    assert_eq!(observed, Observations::of(&contract, rows).unwrap());
}

#[test]
fn a_file_that_cannot_be_read_says_where_and_never_what_stands_there() {
    let contract = contract();
    let refused = |text: &str| Observations::from_csv(&contract, text).unwrap_err().to_string();
    let secret = "kari-nordmann";
    let file = format!("metric,date,count,person\nscore,2024-06-30,{secret},\nkept,{secret},,p\nkept,2024-03-31\n");
    assert_eq!(
        refused(&file),
        "observations.1.count (line 2, column 3): `count` is no number: write it as 1234.5\n\
         observations.2.date (line 3, column 2): `date` is no date: write it as 2024-03-31\n\
         observations.3 (line 4, column 1): the line has 2 cells, and there are 4 columns"
    );
    assert_eq!(
        refused("metric,dat,metric,people\n"),
        "observations (line 1, column 2): column 2 is none that rows have: did you mean `date`?\n\
         observations (line 1, column 3): the column `metric` stands twice\n\
         observations (line 1, column 4): column 4 is none that rows have: they have `metric`, `date`, `cohort`, `group`, `count`, `of` and `person`"
    );
    assert_eq!(refused(""), "observations: the file is empty: its first line names the columns");
    assert_eq!(
        refused("metric,date\n\"score,2024-06-30\n"),
        "observations.1 (line 2, column 1): a quotation mark opens here and is not closed on the line"
    );
}
