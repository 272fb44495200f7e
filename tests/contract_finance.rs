//! Cash flows of published contracts, to the cent.

use impact_core::Contract;
use impact_core::cash_flow::{InternalRate, NoRate, PaidBack};
use impact_core::contract::{CashFlows, FlowKind, Observations, Party, PlannedLoss, Returns, Row, TrancheFlows};
use rust_decimal::Decimal;
use std::fs;
use std::path::Path;

fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/contracts").join(format!("{name}.toml"));
    fs::read_to_string(path).unwrap()
}

fn contract(text: &str) -> Contract {
    Contract::from_toml(text).unwrap_or_else(|error| panic!("{error}"))
}

fn row(metric: &str, day: &str, count: &str) -> Row {
    Row { metric: metric.to_owned(), date: day.parse().ok(), count: count.parse().ok(), ..Row::default() }
}

fn flows(text: &str, rows: &[Row]) -> CashFlows {
    let contract = contract(text);
    let observed = Observations::of(&contract, rows.iter().cloned()).unwrap_or_else(|error| panic!("{error}"));
    let flows = contract.cash_flows(&contract.settle(&observed).unwrap());
    let flows = flows.unwrap_or_else(|error| panic!("{error}"));
    let sum: Decimal = flows.parties().into_iter().map(|party| flows.party(party).unwrap().total).sum();
    assert!(sum.is_zero(), "the parties add up to {sum}");
    flows
}

/// What a holder pays and receives.
fn holder(flows: &CashFlows, id: &str) -> Returns {
    flows.party(party(flows, id)).unwrap()
}

fn party(flows: &CashFlows, id: &str) -> Party {
    let at = flows.contract().holders().iter().position(|holder| holder.id == id).unwrap();
    let known = |party: &Party| matches!(party, Party::Holder(index) if index.position() == at);
    flows.parties().into_iter().find(known).unwrap_or_else(|| panic!("`{id}` has no flow"))
}

fn tranche<'f>(flows: &'f CashFlows, id: &str) -> &'f TrancheFlows {
    let finance = flows.contract().terms().finance.as_ref().unwrap();
    &flows.tranches()[finance.tranches.iter().position(|tranche| tranche.id == id).unwrap()]
}

fn text(amount: Decimal) -> String {
    amount.normalize().to_string()
}

/// The document without the line that begins with a key.
fn without(text: &str, key: &str) -> String {
    let kept = text.lines().filter(|line| !line.starts_with(key));
    kept.collect::<Vec<_>>().join("\n")
}

#[test]
fn rikers_loses_what_the_guarantee_does_not_cover() {
    let stopped = flows(&read("rikers"), &[row("reduction", "2015-07-02", "0")]);
    let loan = tranche(&stopped, "loan");
    // Drawn 7.2 million, guaranteed 6.0: 1.2 lost; over the full term 9.6 − 7.2 = 2.4.
    assert_eq!([loan.drawn, loan.guaranteed, loan.loss].map(text), ["7200000", "6000000", "1200000"]);
    assert_eq!(loan.planned_loss, PlannedLoss::Of(2_400_000.into()));
    assert_eq!(text(loan.upside), "0");
    assert_eq!(text(holder(&stopped, "lender").total), "-1200000");
    assert_eq!(text(holder(&stopped, "foundation").total), "-6000000");
    assert_eq!(text(holder(&stopped, "arranger").total), "7200000");
    assert!(stopped.flows().iter().all(|flow| flow.kind != FlowKind::OutcomePayment));
}

#[test]
fn rikers_gains_two_million_at_the_highest_step() {
    let whole = without(&read("rikers"), "stopped");
    let best = flows(&whole, &[row("reduction", "2016-12-31", "0.2")]);
    let loan = tranche(&best, "loan");
    // 11,712,000 − 9,600,000; about 2.1 million was published.
    assert_eq!([loan.repaid, loan.surplus, loan.upside, loan.loss].map(text), ["9600000", "2112000", "2112000", "0"]);
    assert_eq!(text(holder(&best, "city").total), "-11712000");
    let even = flows(&whole, &[row("reduction", "2016-12-31", "0.1")]);
    assert_eq!(text(tranche(&even, "loan").upside), "0");
    assert_eq!(text(holder(&even, "lender").moic.unwrap()), "1");
}

#[test]
fn norrkopings_investor_loses_three_and_a_half_million() {
    let nothing = flows(&read("norrkoping"), &[row("saving", "2019-12-31", "0")]);
    let capital = tranche(&nothing, "capital");
    // 0.40 · 10,000,000 − 7,500,000.
    assert_eq!([capital.guaranteed, capital.loss].map(text), ["4000000", "3500000"]);
    assert_eq!(text(holder(&nothing, "investor").total), "-3500000");
    let returns = holder(&nothing, "investor");
    let Ok(InternalRate::Unique(root)) = returns.xirr else { panic!("{:?}", returns.xirr) };
    // 4.0 of 7.5 million after 1,307 days: (4/7.5)^(365/1307) − 1.
    assert!((root.rate() - ((4.0_f64 / 7.5).ln() * 365.0 / 1307.0).exp_m1()).abs() < 1e-12);
    assert_eq!(returns.paid_back, Ok(PaidBack::Never { standing: (-3_500_000).into() }));
}

#[test]
fn norrkopings_bonus_needs_better_school_results() {
    let saved = |school: &[Row]| {
        let rows = [&[row("saving", "2019-12-31", "11500000")], school].concat();
        text(holder(&flows(&read("norrkoping"), &rows), "investor").total)
    };
    // 10,000,000 − 7,500,000; with the bonus 1,500,000 more.
    assert_eq!(saved(&[row("school", "2019-12-31", "0")]), "2500000");
    assert_eq!(saved(&[row("school", "2019-12-31", "0.1")]), "4000000");
}

#[test]
fn without_finance_only_results_are_paid() {
    let rows = [row("housing-days", "2020-06-30", "258858"), row("jail-reduction", "2021-06-30", "0.38")];
    let flows = flows(&read("denver"), &rows);
    assert_eq!(flows.flows().len(), 2);
    assert_eq!(text(holder(&flows, "lenders").total), "9017932.96");
    assert_eq!(holder(&flows, "lenders").xirr, Ok(InternalRate::None(NoRate::OnlyReceived)));
}
