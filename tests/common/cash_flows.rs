//! What tests of cash flows share: documents, rows, and flows that are held to add up.
#![allow(dead_code, reason = "each test file uses some of it")]

use chrono::NaiveDate;
use impact_core::Contract;
use impact_core::contract::{CashFlows, Observations, Party, Returns, Row, TrancheFlows};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

pub fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/contracts").join(format!("{name}.toml"));
    fs::read_to_string(path).unwrap()
}

pub fn contract(text: &str) -> Contract {
    Contract::from_toml(text).unwrap_or_else(|error| panic!("{error}"))
}

pub fn row(metric: &str, day: &str, count: &str) -> Row {
    Row { metric: metric.to_owned(), date: day.parse().ok(), count: count.parse().ok(), ..Row::default() }
}

pub fn flows(text: &str, rows: &[Row]) -> CashFlows {
    let contract = contract(text);
    let observed = Observations::of(&contract, rows.iter().cloned()).unwrap_or_else(|error| panic!("{error}"));
    let flows = contract.cash_flows(&contract.settle(&observed).unwrap());
    let flows = flows.unwrap_or_else(|error| panic!("{error}"));
    balanced(&flows);
    flows
}

/// Holds that the parties add up to zero on every day, and that the account is empty at the end and never below zero.
pub fn balanced(flows: &CashFlows) {
    let mut days: BTreeMap<NaiveDate, Decimal> = BTreeMap::new();
    for party in flows.parties() {
        let mut balance = Decimal::ZERO;
        for (date, amount) in flows.party(party).unwrap().by_date {
            *days.entry(date).or_default() += amount;
            balance += amount;
            assert!(party != Party::Account || balance >= Decimal::ZERO, "the account stands at {balance} on {date}");
        }
        assert!(party != Party::Account || balance.is_zero(), "the account keeps {balance}");
    }
    assert!(days.values().all(Decimal::is_zero), "{days:?}");
}

/// What a holder pays and receives.
pub fn holder(flows: &CashFlows, id: &str) -> Returns {
    flows.party(party(flows, id)).unwrap()
}

pub fn party(flows: &CashFlows, id: &str) -> Party {
    let at = flows.contract().holders().iter().position(|holder| holder.id == id).unwrap();
    let known = |party: &Party| matches!(party, Party::Holder(index) if index.position() == at);
    flows.parties().into_iter().find(known).unwrap_or_else(|| panic!("`{id}` has no flow"))
}

pub fn tranche<'f>(flows: &'f CashFlows, id: &str) -> &'f TrancheFlows {
    let finance = flows.contract().terms().finance.as_ref().unwrap();
    &flows.tranches()[finance.tranches.iter().position(|tranche| tranche.id == id).unwrap()]
}

pub fn text(amount: Decimal) -> String {
    amount.normalize().to_string()
}

/// The document without the line that begins with a key.
pub fn without(text: &str, key: &str) -> String {
    let kept = text.lines().filter(|line| !line.starts_with(key));
    kept.collect::<Vec<_>>().join("\n")
}
