//! Laws of the limit for one person: it binds for everybody, and everybody's binds by itself.

use impact_core::Contract;
use impact_core::contract::{Observations, Row};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Two payments of claims, the first with a limit for a person of its own, and one for a person over both; amounts are paid in
/// thousandths, so that nothing is rounded.
fn terms(prices: (u32, u32), own: u32, all: u32, year: &str) -> Contract {
    let (started, kept) = prices;
    let text = format!(
        r#"
        impact = 1
        name = "Laws of a person"
        currency = "NOK"
        holders = [{{ id = "state", kind = "public", level = "state" }}, {{ id = "provider", kind = "enterprise" }}]
        [contract]
        payee = "provider"
        payers = [{{ holder = "state" }}]
        rounding = {{ to = 0.001, rule = "half-up" }}
        at_most = {{ person = {all}{year} }}
        metrics = [{{ id = "started", kind = "claims" }}, {{ id = "kept", kind = "claims" }}]
        [[contract.payments]]
        id = "started"
        of = "started"
        schedule = {{ per_unit = {started}.11 }}
        repeats = {{ at_most = "unlimited" }}
        uplift = {{ far = 1.5, near = 0.8 }}
        at_most = {{ person = {own} }}
        [[contract.payments]]
        id = "kept"
        of = "kept"
        schedule = {{ per_unit = {kept}.07 }}
        repeats = {{ at_most = 3, spacing = 40 }}
        "#
    );
    Contract::from_toml(&text).unwrap_or_else(|error| panic!("{error}"))
}

fn claims() -> impl Strategy<Value = Vec<Row>> {
    let metric = prop::sample::select(vec!["started", "kept"]);
    let group = prop::sample::select(vec![None, Some("near"), Some("far")]);
    // Few days and few people, so that one person often claims twice on one day and lines are of several people.
    let claim = (metric, group, 0_u32..10, 0_u32..5).prop_map(|(metric, group, day, person)| Row {
        metric: metric.to_owned(),
        date: chrono::NaiveDate::from_ymd_opt(2023, 1, 1)
            .and_then(|first| first.checked_add_days(chrono::Days::new(u64::from(day) * 50))),
        person: Some(format!("p{person}")),
        group: group.map(str::to_owned),
        ..Row::default()
    });
    prop::collection::btree_set(claim.prop_map(Keyed), 1..40)
        .prop_map(|rows| rows.into_iter().map(|Keyed(row)| row).collect())
}

/// A row by what no two rows may share.
#[derive(Debug, Clone)]
struct Keyed(Row);

impl Keyed {
    fn key(&self) -> (&str, Option<&str>, Option<&str>, Option<chrono::NaiveDate>) {
        (&self.0.metric, self.0.person.as_deref(), self.0.group.as_deref(), self.0.date)
    }
}

impl PartialEq for Keyed {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Keyed {}

impl PartialOrd for Keyed {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Keyed {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

/// What rows are paid by payment.
fn paid<'r>(contract: &Contract, rows: impl IntoIterator<Item = &'r Row>) -> [Decimal; 2] {
    let observed = Observations::of(contract, rows.into_iter().cloned()).unwrap();
    let statement = contract.settle(&observed).unwrap();
    let of = |payment| statement.lines().iter().filter(|line| line.payment == payment).map(|line| line.amount).sum();
    [of(0), of(1)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nobody_is_paid_for_beyond_a_limit_and_everybody_as_if_alone(
        rows in claims(), prices in (1_u32..4000, 1_u32..4000), own in 0_u32..9000, all in 0_u32..9000
    ) {
        let contract = terms(prices, own, all, "");
        let people: BTreeSet<Option<&str>> = rows.iter().map(|row| row.person.as_deref()).collect();
        let mut together = [Decimal::ZERO; 2];
        for person in people {
            let alone = paid(&contract, rows.iter().filter(|row| row.person.as_deref() == person));
            prop_assert!(alone[0] <= Decimal::from(own), "{alone:?}");
            prop_assert!(alone[0] + alone[1] <= Decimal::from(all), "{alone:?}");
            together = [together[0] + alone[0], together[1] + alone[1]];
        }
        prop_assert_eq!(paid(&contract, &rows), together);
    }

    #[test]
    fn a_limit_of_a_year_never_lets_people_beyond_their_own(
        rows in claims(), prices in (1_u32..4000, 1_u32..4000), all in 0_u32..9000, year in 0_u32..20_000
    ) {
        let (free, cut) = (terms(prices, 9000, all, ""), terms(prices, 9000, all, &format!(", year = {year}")));
        let ([one, other], [cut_one, cut_other]) = (paid(&free, &rows), paid(&cut, &rows));
        prop_assert!(cut_one + cut_other <= one + other);
        let people: BTreeSet<Option<&str>> = rows.iter().map(|row| row.person.as_deref()).collect();
        prop_assert!(cut_one + cut_other <= Decimal::from(all) * Decimal::from(people.len()));
    }
}
