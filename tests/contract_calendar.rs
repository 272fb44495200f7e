//! The calendar of a contract: days, cohorts and windows, and rows outside them, each refused with its row.

use impact_core::Contract;
use impact_core::contract::{Observations, Row};

/// Terms with a calendar: two cohorts, a share followed for 12 months and 3 more, work kept within a year of the first claim.
const TERMS: &str = r#"
impact = 1
name = "A calendar"
currency = "NOK"
holders = [{ id = "state", kind = "public", level = "state" }, { id = "provider", kind = "enterprise" }]
[contract]
payee = "provider"
payers = [{ holder = "state" }]
starts = 2024-01-01
ends = 2026-12-31
cohorts = [
    { id = "spring", starts = 2024-01-01, ends = 2024-06-30 }, { id = "autumn", starts = 2024-07-01, ends = 2024-12-31 },
]
metrics = [
    { id = "started", kind = "claims" },
    { id = "kept", kind = "claims", window = "12 months", counted_from = "started" },
    { id = "returned", kind = "share", direction = "decrease", window = "12 months", lag = "3 months" },
    { id = "days", kind = "count", starts = 2024-03-01, ends = 2025-02-28 },
]
estimates = [{ id = "fewer", metric = "returned", effect = "absolute", against = { group = "earlier" } }]
payments = [{ id = "kept", of = "kept", schedule = { per_unit = 100 } }]
"#;

fn refused(rows: &[Row]) -> Vec<String> {
    let contract = Contract::from_toml(TERMS).unwrap_or_else(|error| panic!("{error}"));
    match Observations::of(&contract, rows.iter().cloned()) {
        Ok(_) => Vec::new(),
        Err(error) => error.to_string().lines().map(str::to_owned).collect(),
    }
}

fn days(day: &str) -> Row {
    Row { metric: "days".to_owned(), date: day.parse().ok(), count: Some(1.into()), ..Row::default() }
}

fn returned(cohort: &str, group: &str, day: &str) -> Row {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let counted = Row { count: Some(20.into()), of: Some(100.into()), ..days(day) };
    Row { metric: "returned".to_owned(), cohort: some(cohort), group: some(group), ..counted }
}

fn claim(metric: &str, person: &str, day: &str) -> Row {
    Row { metric: metric.to_owned(), person: Some(person.to_owned()), date: day.parse().ok(), ..Row::default() }
}

#[test]
fn what_is_observed_outside_the_contract_or_its_metric_is_refused_with_its_row() {
    assert_eq!(refused(&[days("2024-03-01"), days("2025-02-28")]), [""; 0]);
    assert_eq!(
        refused(&[days("2023-12-31"), days("2024-02-29"), days("2025-03-01"), days("2027-01-01")]),
        [
            "observations.1.date: 2023-12-31 lies before the first day of the contract, 2024-01-01",
            "observations.1.date: 2023-12-31 lies before the first day of the metric, 2024-03-01",
            "observations.2.date: 2024-02-29 lies before the first day of the metric, 2024-03-01",
            "observations.3.date: 2025-03-01 lies after the last day of the metric, 2025-02-28",
            "observations.4.date: 2027-01-01 lies after the last day of the contract, 2026-12-31",
            "observations.4.date: 2027-01-01 lies after the last day of the metric, 2025-02-28",
        ]
    );
}

#[test]
fn a_result_is_observed_until_the_window_of_its_cohort_has_passed() {
    // The last of spring came on 30 June 2024: 12 months and 3 more end on 30 September 2025.
    assert_eq!(refused(&[returned("spring", "", "2025-09-30"), returned("autumn", "", "2026-03-31")]), [""; 0]);
    assert_eq!(
        refused(&[
            returned("spring", "", "2025-10-01"),
            returned("autumn", "", "2024-06-30"),
            returned("", "", "2025-01-01"),
            returned("summer", "", "2025-01-01"),
        ]),
        [
            "observations.1.date: 2025-10-01 lies after the window, which ends on 2025-09-30: 1 year and 3 months after the last day of the cohort",
            "observations.2.date: 2024-06-30 lies before the first day of the cohort, 2024-07-01",
            "observations.3.cohort: `cohort` is missing: the window is counted from its last day",
            "observations.4.cohort: the contract lists no such cohort: it has `spring`, `autumn`",
        ]
    );
}

#[test]
fn those_compared_with_may_have_been_observed_before_the_contract_and_not_after_it() {
    assert_eq!(refused(&[returned("spring", "earlier", "2019-12-31")]), [""; 0]);
    assert_eq!(refused(&[returned("spring", "earlier", "2025-10-01")]).len(), 1);
}

#[test]
fn a_claim_lies_within_the_window_of_its_person() {
    let began = [claim("started", "a", "2024-02-29"), claim("started", "a", "2024-05-31")];
    let with = |row: Row| refused(&[began.as_slice(), &[row]].concat());
    assert_eq!(with(claim("kept", "a", "2025-02-28")), [""; 0]);
    let outside = "the claim is not within 1 year of the person's first claim of `started`";
    assert_eq!(with(claim("kept", "a", "2025-03-01")), [format!("observations.3.date: {outside}")]);
    assert_eq!(with(claim("kept", "a", "2024-02-28")), [format!("observations.3.date: {outside}")]);
    assert_eq!(
        with(claim("kept", "kari-nordmann", "2024-06-30")),
        ["observations.3.person: the person has no claim of `started`, from which the window is counted"]
    );
    // Whichever comes first in the file, the window is counted from the first day.
    assert_eq!(refused(&[claim("kept", "a", "2024-03-01"), claim("started", "a", "2024-02-29")]), [""; 0]);
}

#[test]
fn a_row_of_a_document_outside_the_calendar_is_refused_at_its_line() {
    let contract = Contract::from_toml(TERMS).unwrap();
    let text = "[[observations]]\nmetric = 'kept'\nperson = 'a'\ndate = 2024-06-30\n";
    assert_eq!(
        Observations::from_toml(&contract, text).unwrap_err().to_string(),
        "observations.1.person (line 3, column 10): the person has no claim of `started`, from which the window is counted"
    );
}

fn terms_refused(from: &str, to: &str) -> Vec<String> {
    let text = TERMS.replacen(from, to, 1);
    assert_ne!(text, TERMS, "{from}");
    let message = Contract::from_toml(&text).unwrap_err().to_string();
    let short = |line: &str| match (line.find(" (line"), line.find("): ")) {
        (Some(from), Some(to)) => format!("{}{}", &line[..from], &line[to + 1..]),
        _ => line.to_owned(),
    };
    message.lines().map(short).collect()
}

#[test]
fn a_calendar_that_would_do_nothing_is_refused() {
    let cohorts = &TERMS[TERMS.find("cohorts = [").unwrap()..TERMS.find("metrics = [").unwrap()];
    assert_eq!(
        terms_refused(cohorts, ""),
        [
            "contract.metrics.returned.window: `window` is counted from nothing: list the `cohorts` of the contract with their days"
        ]
    );
    assert_eq!(
        terms_refused(
            "window = \"12 months\", counted_from = \"started\"",
            "counted_from = \"started\", lag = \"1 month\""
        ),
        [
            "contract.metrics.kept.counted_from: `counted_from` has no meaning here: there is no `window`",
            "contract.metrics.kept.lag: `lag` has no meaning here: there is no `window`",
        ]
    );
    assert_eq!(
        terms_refused("lag = \"3 months\"", "counted_from = \"started\""),
        [
            "contract.metrics.returned.counted_from: `counted_from` has no meaning here: a person is followed from a claim to a claim"
        ]
    );
    assert_eq!(
        terms_refused("ends = 2026-12-31", "ends = 2023-12-31"),
        ["contract.ends: the last day `2023-12-31` comes before the first, `2024-01-01`"]
    );
    assert_eq!(
        terms_refused("id = \"autumn\"", "id = \"spring\""),
        ["contract.cohorts.spring: id `spring` is used twice in `contract.cohorts`"]
    );
    let pool = "estimates = [{ id = \"pool\", pool = \"returned\", weights = { spring = 1, autum = 1 } }, ";
    assert_eq!(
        terms_refused("estimates = [", pool),
        ["contract.estimates.pool.weights.autum: the contract lists no cohort `autum`: did you mean `autumn`?"]
    );
}

#[test]
fn published_windows_are_held_to() {
    let refused = |name: &str, row: Row| {
        let path = format!("{}/fixtures/contracts/{name}.toml", env!("CARGO_MANIFEST_DIR"));
        let contract = Contract::from_toml(&std::fs::read_to_string(path).unwrap()).unwrap();
        Observations::of(&contract, [row]).map_or_else(|error| error.to_string(), |_| String::new())
    };
    let of = |metric: &str, cohort: &str, day: &str| Row {
        metric: metric.to_owned(),
        cohort: Some(cohort.to_owned()),
        ..days(day)
    };
    // Offences within 12 months of release, convicted within 18: the last of the first cohort was released on 30 June 2012.
    assert_eq!(refused("peterborough", of("reduction", "cohort-1", "2013-12-30")), "");
    assert_eq!(
        refused("peterborough", of("reduction", "cohort-1", "2013-12-31")),
        "observations.1.date: 2013-12-31 lies after the window, which ends on 2013-12-30: 1 year and 6 months after the last day of the cohort"
    );
    // 30 months from referral.
    assert_eq!(refused("essex", of("care-days", "third-quarter", "2018-03-30")), "");
    assert_eq!(
        refused("essex", of("care-days", "third-quarter", "2018-03-31")),
        "observations.1.date: 2018-03-31 lies after the window, which ends on 2018-03-30: 30 months after the last day of the cohort"
    );
}
