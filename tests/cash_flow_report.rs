//! Cash flows as they are told: ids, names in both languages, and a reason where there is no figure.

#[path = "common/cash_flows.rs"]
mod cash_flows;

use cash_flows::{flows, read, row, without};
use impact_core::report::CashFlowReport;

fn told(document: &str, reduction: &str) -> serde_json::Value {
    let flows = flows(document, &[row("reduction", "2016-12-31", reduction)]);
    serde_json::to_value(CashFlowReport::of(&flows).unwrap()).unwrap()
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
    let loan = &report["tranches"][0];
    assert_eq!([&loan["tranche"], &loan["holder"], &loan["loss"]], ["loan", "lender", "2400000.00"]);
    assert_eq!(loan["planned_loss"], loan["loss"]);
}

#[test]
fn a_loss_that_cannot_be_planned_says_what_lacks() {
    let first = row("accommodation", "2013-10-31", "50");
    let flows = flows(&read("london-rough-sleepers"), &[first]);
    let report = CashFlowReport::of(&flows).unwrap();
    let why = report.tranches[0].why_no_planned_loss.clone().unwrap();
    assert_eq!(why.en, "the service cannot be carried out as planned without results: 200,000 would be lacking");
}
