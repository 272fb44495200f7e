//! Early ends and restarts, reporting and payment days, milestones, and guarantees that are called before the end.

#[path = "common/cash_flows.rs"]
mod cash_flows;

use cash_flows::{contract, flows, holder, read, row, text, tranche, without};
use impact_core::contract::{CashFlows, FlowKind, Observations, Row, Statement};

fn settle(document: &str, rows: &[Row]) -> Statement {
    let contract = contract(document);
    let observed = Observations::of(&contract, rows.iter().cloned()).unwrap_or_else(|error| panic!("{error}"));
    contract.settle(&observed).unwrap_or_else(|error| panic!("{error}"))
}

/// Payment, day of the observation, day it is due, amount.
fn told(statement: &Statement) -> Vec<[String; 4]> {
    let payments = &statement.contract().terms().payments;
    let lines = statement.lines().iter();
    lines
        .map(|line| {
            let payment = payments[line.payment].id.clone();
            [payment, line.date.to_string(), line.due.to_string(), text(line.amount)]
        })
        .collect()
}

fn refused(document: &str, rows: &[Row]) -> Vec<String> {
    match Observations::of(&contract(document), rows.iter().cloned()) {
        Ok(_) => Vec::new(),
        Err(error) => error.to_string().lines().map(str::to_owned).collect(),
    }
}

fn passed() -> Vec<Row> {
    [("2023-05-15", "10"), ("2024-03-31", "6"), ("2024-10-01", "4")]
        .map(|(day, count)| row("passed", day, count))
        .into()
}

fn months(cohort: &str, day: &str, count: &str) -> Row {
    Row { cohort: Some(cohort.to_owned()), ..row("months", day, count) }
}

fn homes() -> Vec<Row> {
    vec![
        months("first", "2022-03-31", "300"),
        months("first", "2022-12-31", "400"),
        months("second", "2024-03-31", "500"),
    ]
}

#[test]
fn what_is_seen_is_reported_then_due_then_paid_on_a_day_of_payments() {
    // 10 · 12,000 seen on 15 May is reported on 30 June, due 30 days later on 30 July, and paid at the end of September.
    // Ending early: 250,000, 60 days after 31 March, whatever is reported. The fee: the last of all is seen on 1 October and
    // reported on 31 December, the day of the first milestone.
    assert_eq!(
        told(&settle(&read("interrupted-course"), &passed())),
        [
            ["passed", "2023-05-15", "2023-09-30", "120000"],
            ["passed", "2024-03-31", "2024-09-30", "72000"],
            ["ending-early", "2024-03-31", "2024-05-30", "250000"],
            ["passed", "2024-10-01", "2025-03-31", "48000"],
            ["start-up", "2024-10-01", "2024-12-31", "400000"],
        ]
    );
    assert_eq!(
        told(&settle(&read("paused-homes"), &homes())),
        [
            ["months", "2022-03-31", "2022-07-31", "150000"],
            ["pause", "2022-06-30", "2022-07-31", "60000"],
            ["months", "2022-12-31", "2023-01-31", "200000"],
            ["months", "2024-03-31", "2024-07-31", "250000"],
            ["handover", "2024-03-31", "2024-12-31", "30000"],
        ]
    );
}

#[test]
fn an_early_end_is_paid_for_once_and_only_where_there_was_one() {
    let course = read("interrupted-course");
    assert_eq!(told(&settle(&course, &[])), [["ending-early", "2024-03-31", "2024-05-30", "250000"]]);
    let runs_on = without(&course, "terminated");
    assert_eq!(told(&settle(&runs_on, &[])), [[""; 4]; 0]);
    assert_eq!(text(settle(&runs_on, &passed()).total()), "640000");
}

#[test]
fn what_is_seen_between_the_end_and_the_restart_is_no_observation() {
    let course = read("interrupted-course");
    let between =
        [row("passed", "2024-04-01", "1"), row("passed", "2024-09-30", "1"), row("passed", "2024-10-01", "1")];
    assert_eq!(
        refused(&course, &between),
        [
            "observations.1.date: 2024-04-01 comes after the contract ended early, on 2024-03-31, and before it runs again from 2024-10-01",
            "observations.2.date: 2024-09-30 comes after the contract ended early, on 2024-03-31, and before it runs again from 2024-10-01",
        ]
    );
    let for_good = course.replace(", restarts = 2024-10-01", "");
    assert_eq!(
        refused(&for_good, &between[2..]),
        ["observations.1.date: 2024-10-01 comes after the contract ended early, on 2024-03-31"]
    );
}

#[test]
fn cohorts_that_had_begun_are_followed_on_where_the_contract_says_so() {
    let homes = read("paused-homes");
    let after = [months("first", "2022-12-31", "1")];
    assert_eq!(refused(&homes, &after), [""; 0]);
    assert_eq!(
        refused(&homes.replace(", followed = true", ""), &after),
        [
            "observations.1.date: 2022-12-31 comes after the contract ended early, on 2022-06-30, and before it runs again from 2023-01-01"
        ]
    );
    // Published: the pilot at Peterborough was stopped after its second cohort, which was followed to its end.
    let reduction = Row { cohort: Some("cohort-2".to_owned()), ..row("reduction", "2015-12-30", "0.09") };
    assert_eq!(refused(&read("peterborough"), &[reduction]), [""; 0]);
}

#[test]
fn an_end_for_good_stops_the_finance_with_it() {
    let rikers = contract(&read("rikers"));
    let stopped = rikers.terms().finance.as_ref().unwrap().stopped;
    assert_eq!(stopped, rikers.terms().terminated.map(|ended| ended.on));
    let restarted = contract(&read("interrupted-course"));
    assert_eq!(restarted.terms().finance.as_ref().unwrap().stopped, None);
}

#[test]
fn a_day_past_the_last_report_or_payment_day_is_a_fault_with_its_place() {
    let fault = |from: &str, to: &str| {
        let document = read("paused-homes").replace(from, to);
        let contract = contract(&document);
        let observed = Observations::of(&contract, homes()).unwrap();
        contract.settle(&observed).unwrap_err().to_string()
    };
    assert_eq!(
        fault(", 2023-12-31, 2024-06-30]", "]"),
        "contract.payments.months: 2024-03-31 comes after the last reporting day, 2022-12-31: write a later one"
    );
    assert_eq!(
        fault(", 2024-01-31, 2024-07-31]", "]"),
        "contract.payments.months: 2024-07-30 comes after the last payment day, 2023-01-31: write a later one"
    );
}

#[test]
fn terms_of_an_early_end_that_cannot_be_meant_are_refused() {
    let course = read("interrupted-course");
    let refused = |from: &str, to: &str| {
        let changed = course.replacen(from, to, 1);
        assert_ne!(changed, course, "{from}");
        let message = impact_core::Contract::from_toml(&changed).unwrap_err().to_string();
        let short = |line: &str| {
            let (place, rest) = line.split_once(" (line").unwrap();
            format!("{place}:{}", rest.split_once("):").unwrap().1)
        };
        message.lines().map(short).collect::<Vec<_>>()
    };
    assert_eq!(
        refused("restarts = 2024-10-01", "restarts = 2024-03-31"),
        [
            "contract.terminated.restarts: the contract ended on 2024-03-31 and cannot run again from 2024-03-31: write a later day"
        ]
    );
    assert_eq!(
        refused("on = 2024-03-31, restarts = 2024-10-01", "on = 2026-12-31"),
        [
            "contract.terminated.on: 2026-12-31 is no early end: it lies between the first day of the contract and the day before its last"
        ]
    );
    assert_eq!(
        refused("restarts = 2024-10-01", "followed = true"),
        [
            "contract.terminated.followed: `followed` has no meaning here: no `cohorts` are listed, and who had begun by then is not known"
        ]
    );
    assert_eq!(
        refused("of = \"passed\"", "of = \"passed\"\nper = \"termination\""),
        [
            "contract.payments.passed.per: `per = \"termination\"` is of a fee, which is paid for the early end itself: leave `of` out"
        ]
    );
    assert_eq!(
        refused("[\"mid-term\", \"last\"]", "[\"midterm\"]"),
        [
            "contract.payments.start-up.due.milestones.0: no milestone above has the id `midterm`: did you mean `mid-term`?"
        ]
    );
    assert_eq!(
        refused("called = [2023-12-31]\nrecovers = false", "recovers = true"),
        [
            "contract.finance.guarantees.first-half.recovers: `recovers` has no meaning here: it is called at the end, and nothing comes later"
        ]
    );
    let stopped = "[contract.finance]\nstopped = 2024-04-30\n";
    let for_good = course.replace(", restarts = 2024-10-01", "").replace("[contract.finance]\n", stopped);
    let message = impact_core::Contract::from_toml(&for_good).unwrap_err().to_string();
    assert!(
        message.ends_with("the contract ended on 2024-03-31: leave `stopped` out, or write the same day"),
        "{message}"
    );
}

fn of_kind(flows: &CashFlows, kind: FlowKind) -> Vec<(String, String)> {
    let mine = flows.flows().iter().filter(|flow| flow.kind == kind);
    mine.map(|flow| (flow.date.to_string(), text(flow.amount))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(day, amount)| ((*day).to_owned(), (*amount).to_owned())).collect()
}

#[test]
fn a_guarantee_called_on_a_day_pays_what_is_due_and_is_spent_where_nothing_is_recovered() {
    // Due on 31 December 2023: 0.5 · 500,000 = 250,000, of which 120,000 came in. The guarantee of 0.3 · 500,000 = 150,000 pays the
    // 130,000 that lack. 250,000 more is kept for the second half, and the rest of what comes is the provider's.
    let flows = flows(&read("interrupted-course"), &passed());
    assert_eq!(of_kind(&flows, FlowKind::Guarantee), pairs(&[("2023-12-31", "130000")]));
    assert_eq!(of_kind(&flows, FlowKind::Recovery), []);
    assert_eq!(of_kind(&flows, FlowKind::Principal), pairs(&[("2023-12-31", "120000"), ("2025-12-31", "250000")]));
    assert_eq!(
        of_kind(&flows, FlowKind::Surplus),
        pairs(&[("2024-09-30", "72000"), ("2024-12-31", "400000"), ("2025-03-31", "48000")])
    );
    assert_eq!(text(tranche(&flows, "loan").loss), "0");
    assert_eq!(
        ["state", "municipality", "fund", "provider"].map(|id| text(holder(&flows, id).total)),
        ["-890000", "-130000", "0", "1020000"]
    );
}

#[test]
fn a_guarantor_who_recovers_stands_behind_the_lender_and_before_the_rest() {
    // Due on 31 July 2022: 300,000, of which 210,000 came in; the foundation pays 90,000 of its 240,000. The 200,000 of January 2023
    // are kept for the second half; in July 2024 the bank has its 300,000 and the foundation its 90,000 out of 450,000. The
    // 60,000 left and the fee of 30,000 are the provider's.
    let homes_ = flows(&read("paused-homes"), &homes());
    assert_eq!(of_kind(&homes_, FlowKind::Guarantee), pairs(&[("2022-07-31", "90000")]));
    assert_eq!(of_kind(&homes_, FlowKind::Recovery), pairs(&[("2024-07-31", "90000")]));
    assert_eq!(of_kind(&homes_, FlowKind::Principal), pairs(&[("2022-07-31", "210000"), ("2024-07-31", "300000")]));
    assert_eq!(of_kind(&homes_, FlowKind::Remainder), pairs(&[("2024-12-31", "90000")]));
    assert_eq!(
        ["town", "foundation", "bank", "provider"].map(|id| text(holder(&homes_, id).total)),
        ["-690000", "0", "0", "690000"]
    );
    // Where it does not recover, the provider has what it would have got back.
    let spent = flows(&read("paused-homes").replace("recovers = true", "recovers = false"), &homes());
    assert_eq!(["foundation", "provider"].map(|id| text(holder(&spent, id).total)), ["-90000", "780000"]);
}

#[test]
fn what_a_guarantee_has_paid_counts_in_its_limit_at_the_end() {
    // 90,000 on 31 July 2022; nothing comes after, and of the 300,000 of 2024 and the limit of 240,000 there are 150,000 left.
    let flows = flows(&read("paused-homes"), &homes()[..1]);
    let paid = of_kind(&flows, FlowKind::Guarantee);
    // The fee of 30,000 at the handover is the only money of the last day.
    assert_eq!(paid, pairs(&[("2022-07-31", "90000"), ("2024-12-31", "150000")]));
    let loan = tranche(&flows, "loan");
    assert_eq!([loan.repaid, loan.guaranteed, loan.loss].map(text), ["240000", "240000", "120000"]);
}

#[test]
fn a_guarantor_recovers_as_money_comes_that_the_lender_is_not_owed() {
    // Half of 60,000 is due on 31 May 2021, when 1,000 has come: the fund pays its 20,000, and 9,000 still lack. In June 24,000 come: the
    // bank has its 9,000, and the other 15,000 are kept for its second half. In December there are 45,000, 30,000 of them kept; the
    // fund has 15,000 back, and its last 5,000 a year later.
    let claims = |metric: &'static str, people: usize, day: &'static str| {
        let claim = move |person| Row {
            person: Some(format!("p{person}")),
            cohort: Some("first".into()),
            ..Row { count: None, ..row(metric, day, "0") }
        };
        (0..people).map(claim).collect::<Vec<_>>()
    };
    let hours = |cohort: &str, day, count| Row { cohort: Some(cohort.to_owned()), ..row("hours", day, count) };
    let mut rows = [claims("began", 10, "2021-03-15"), claims("kept", 8, "2021-06-14")].concat();
    rows.extend([hours("first", "2021-12-31", "300"), hours("second", "2022-12-31", "500")]);
    let flows = flows(&read("sheltered-work"), &rows);
    assert_eq!(of_kind(&flows, FlowKind::Guarantee), pairs(&[("2021-05-31", "20000")]));
    assert_eq!(
        of_kind(&flows, FlowKind::Principal),
        pairs(&[("2021-05-31", "1000"), ("2021-06-14", "9000"), ("2023-06-30", "30000")])
    );
    assert_eq!(of_kind(&flows, FlowKind::Recovery), pairs(&[("2021-12-31", "15000"), ("2022-12-31", "5000")]));
    assert_eq!(text(holder(&flows, "bank").total), "0");
}
