//! Cash flows as they are told: ids, names in both languages, and a reason where there is no figure.

#[path = "common/cash_flows.rs"]
mod cash_flows;

use cash_flows::{balanced, contract, read, row, without};
use impact_core::contract::{CashFlows, Observations, Row};
use impact_core::report::CashFlowReport;

/// Cash flows as they are told.
fn report(document: &str, rows: &[Row], every_line: bool) -> (CashFlows, CashFlowReport) {
    let contract = contract(document);
    let statement = contract.settle(&Observations::of(&contract, rows.iter().cloned()).unwrap()).unwrap();
    let flows = contract.cash_flows(&statement).unwrap();
    let report = CashFlowReport::of(&flows, &statement, every_line).unwrap();
    (flows, report)
}

fn told(document: &str, reduction: &str) -> serde_json::Value {
    let rows = [row("reduction", "2016-12-31", reduction)];
    serde_json::to_value(report(document, &rows, false).1).unwrap()
}

#[test]
fn a_flow_says_who_pays_whom_and_why() {
    let report = told(&without(&read("rikers"), "terminated"), "0.2");
    let flows = report["flows"].as_array().unwrap();
    let first = &flows[0];
    assert_eq!([&first["date"], &first["from"], &first["to"]], ["2012-08-31", "lender", "contract.account"]);
    assert_eq!([&first["kind"], &first["tranche"], &first["name"]["nb"]], ["drawdown", "loan", "Innbetalt kapital"]);
    let last = flows.last().unwrap();
    assert_eq!([&last["amount"], &last["kind"]], ["2112000.00", "surplus"]);
    assert_eq!(last["cause"], "contract.finance.tranches.loan");
    assert_eq!((&report["illustrative"], &report["day_count"]), (&true.into(), &"act/365".into()));
}

#[test]
fn a_party_has_its_figures_or_the_reason() {
    let report = told(&without(&read("rikers"), "terminated"), "0");
    let party = |id: &str| report["parties"].as_array().unwrap().iter().find(|row| row["party"] == id).unwrap().clone();
    let lender = party("lender");
    // 7,200,000 of 9,600,000 on the last day: a rate below zero, and never paid back.
    assert_eq!([&lender["paid"], &lender["total"], &lender["moic"]], ["9600000.00", "-2400000.00", "0.75"]);
    assert!(lender["xirr"].as_f64().unwrap() < 0.0);
    assert_eq!(lender["why_not_paid_back"]["en"], "after the last flow the balance stands at −2,400,000");
    let foundation = party("foundation");
    assert!(foundation["xirr"].is_null());
    assert_eq!(foundation["why_no_xirr"]["en"], "all flows are paid: nothing is received");
    // It guarantees, and has nothing to be had back.
    assert!(foundation["moic"].is_null());
    let why = &foundation["why_no_moic"];
    assert_eq!(why["en"], "it only pays and puts in nothing to be had back: there is nothing to take a multiple of");
    assert!(why["nb"].as_str().unwrap().starts_with("den bare betaler"));
    let loan = &report["tranches"][0];
    assert_eq!([&loan["tranche"], &loan["holder"], &loan["loss"]], ["loan", "lender", "2400000.00"]);
    assert_eq!(loan["planned_loss"], loan["loss"]);
}

#[test]
fn a_loss_that_cannot_be_planned_says_what_lacks() {
    let first = row("accommodation", "2013-10-31", "50");
    let (_, report) = report(&read("london-rough-sleepers"), &[first], false);
    let why = report.tranches[0].why_no_planned_loss.clone().unwrap();
    assert_eq!(why.en, "the service cannot be carried out as planned without results: 200,000 would be lacking");
}

/// A bank lends 1,000 and is repaid as results come: 100 for each person who keeps work.
const WORK: &str = r#"
impact = 1
name = "Work kept"
currency = "NOK"
holders = [
    { id = "state", kind = "public", level = "state" }, { id = "bank", kind = "investor" }, { id = "provider", kind = "enterprise" },
]
[contract]
payee = "provider"
payers = [{ holder = "state" }]
metrics = [{ id = "kept", kind = "claims" }]
payments = [{ id = "kept", of = "kept", schedule = { per_unit = 100 }, due_after = 30 }]
[contract.finance]
tranches = [{ id = "loan", holder = "bank", commitment = 1_000 }]
costs = [{ id = "course", to = "provider", paid = [{ date = 2024-01-01, amount = 1_000 }] }]
"#;

/// So many people who keep work, by the day they are seen.
fn kept(days: &[(&str, usize)]) -> Vec<Row> {
    let people = days.iter().flat_map(|(day, people)| (0..*people).map(move |_| *day));
    let claim = |(person, day): (usize, &str)| Row {
        metric: "kept".into(),
        person: Some(format!("p{person}")),
        date: day.parse().ok(),
        ..Row::default()
    };
    people.enumerate().map(claim).collect()
}

#[test]
fn a_day_on_which_few_people_are_paid_for_is_told_by_no_flow() {
    // Due 30 days later: 6 people on 30 April; 2 on 30 May and 1 on 29 July, whose 200 and 100 go on to the bank the same day.
    let rows = kept(&[("2024-03-31", 6), ("2024-04-30", 2), ("2024-06-29", 1)]);
    let (flows, report) = report(WORK, &rows, false);
    let text = serde_json::to_string(&report).unwrap();
    assert!(text.contains("2024-04-30") && !text.contains("2024-05-30") && !text.contains("2024-07-29"), "{text}");
    let together = report.flows.iter().filter(|row| row.together);
    let together: Vec<(String, i32, String)> =
        together.map(|row| (row.kind.name().to_owned(), row.year, row.amount.normalize().to_string())).collect();
    assert_eq!(
        together,
        [("outcome-payment".to_owned(), 2024, "300".to_owned()), ("principal".to_owned(), 2024, "300".to_owned())]
    );
    let bank: Vec<(Option<String>, String)> = report
        .by_date
        .iter()
        .filter(|row| row.party == "bank")
        .map(|row| (row.date.map(|date| date.to_string()), row.amount.normalize().to_string()))
        .collect();
    assert_eq!(
        bank,
        [
            (Some("2024-01-01".to_owned()), "-1000".to_owned()),
            (Some("2024-04-30".to_owned()), "600".to_owned()),
            (None, "300".to_owned())
        ]
    );
    balanced(&flows);
}

#[test]
fn totals_and_multiples_are_the_same_however_flows_are_told() {
    let rows = kept(&[("2024-03-31", 6), ("2024-04-30", 2), ("2024-06-29", 3)]);
    let ((_, short), (flows, every)) = (report(WORK, &rows, false), report(WORK, &rows, true));
    assert_eq!(every.flows.len(), flows.flows().len());
    assert!(short.flows.len() < every.flows.len());
    let sum = |report: &CashFlowReport| report.flows.iter().map(|row| row.amount).sum::<rust_decimal::Decimal>();
    assert_eq!(sum(&short), sum(&every));
    for (one, other) in short.parties.iter().zip(&every.parties) {
        let figures = |row: &impact_core::report::PartyRow| (row.returns.paid, row.returns.total, row.returns.moic);
        assert_eq!(figures(one), figures(other));
    }
    // The bank has its money back on a day of three people: the day is told to those who keep the books.
    let bank = |report: &CashFlowReport| {
        let bank = report.parties.iter().find(|row| row.party == "bank").unwrap();
        (bank.returns.paid_back.map(|day| day.to_string()), bank.returns.why_not_paid_back.is_some())
    };
    assert_eq!((bank(&short), bank(&every)), ((None, true), (Some("2024-07-29".to_owned()), false)));
}

/// The day on which 300 come back, where 1,000 were lent on 1 January and 600 came back on 30 April, solved for from the rate.
fn solved_day(rate: f64) -> f64 {
    let years = |days: f64| days / 365.0;
    let left = 1_000.0 - 600.0 * libm::pow(1.0 + rate, -years(120.0));
    -libm::log(left / 300.0) / libm::log1p(rate) * 365.0
}

#[test]
fn no_rate_tells_the_day_on_which_few_people_were_paid_for() {
    // Six people on 30 April, three on 29 July: 210 days after 1 January.
    let rows = kept(&[("2024-03-31", 6), ("2024-06-29", 3)]);
    let ((_, short), (_, every)) = (report(WORK, &rows, false), report(WORK, &rows, true));
    let bank = |report: &CashFlowReport| {
        let party = report.parties.iter().find(|row| row.party == "bank").unwrap().returns.clone();
        (party, report.tranches[0].returns.clone())
    };
    let told = bank(&every).0.xirr.unwrap();
    assert!((solved_day(told) - 210.0).abs() < 1e-3, "whoever knows the rate knows the day: {}", solved_day(told));
    for returns in [bank(&short).0, bank(&short).1] {
        assert_eq!((returns.xirr, returns.xirr_roots.len(), returns.moic), (None, 0, Some("0.9".parse().unwrap())));
        let why = returns.why_no_xirr.unwrap();
        assert!(why.en.contains("few people") && why.nb.unwrap().contains("få personer"));
        assert_eq!(returns.why_not_paid_back.unwrap().en, "after the last flow the balance stands at −100");
    }
    // Who only pays, or only receives, has its own reason.
    let state = short.parties.iter().find(|row| row.party == "state").unwrap();
    assert_eq!(state.returns.why_no_xirr.as_ref().unwrap().en, "all flows are paid: nothing is received");
}

#[test]
fn many_people_leave_every_rate_told() {
    let rows = kept(&[("2024-03-31", 6), ("2024-06-29", 5)]);
    let (_, report) = report(WORK, &rows, false);
    let bank = report.parties.iter().find(|row| row.party == "bank").unwrap();
    assert!(bank.returns.xirr.is_some() && bank.returns.paid_back.is_some());
}
