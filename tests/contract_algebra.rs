//! Every part of the terms is used by at least two contracts of the folder, so that none is shaped to one of them, and every
//! published mechanism has a contract there.

use impact_core::Contract;
use impact_core::model::terms::{
    Against, Boundary, Effect, Estimate, FollowedFrom, Gate, IndexYear, Limits, Made, Metric, MetricKind, Outside,
    Payer, Payment, Per, Refunds, Schedule, Side, Terms, Test,
};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

type Part = (&'static str, fn(&Terms) -> bool);

/// The parts of `docs/contracts.md`, and where one is used.
const PARTS: &[Part] = &[
    ("counts", |it| metric(it, |metric| metric.kind == MetricKind::Count)),
    ("shares", |it| metric(it, |metric| metric.kind == MetricKind::Share)),
    ("rates", |it| metric(it, |metric| metric.kind == MetricKind::Rate)),
    ("money", |it| metric(it, |metric| metric.kind == MetricKind::Money)),
    ("claims", |it| metric(it, |metric| metric.kind == MetricKind::Claims)),
    ("reported figures", |it| metric(it, |metric| metric.kind == MetricKind::Reported)),
    ("indicators", |it| metric(it, |metric| !metric.indicators.is_empty())),
    ("a definition in words", |it| metric(it, |metric| metric.definition.is_some())),
    ("a fixed baseline", |it| against(it, |against| matches!(against, Against::Fixed(_)))),
    ("one comparison group", |it| against(it, |against| matches!(against, Against::Group(_)))),
    ("a control that changes", |it| against(it, |against| matches!(against, Against::Groups(_)))),
    ("a relative effect", |it| effect(it, Effect::Relative)),
    ("an absolute effect", |it| effect(it, Effect::Absolute)),
    ("what is avoided", |it| effect(it, Effect::Avoided)),
    ("pooled", |it| estimate(it, |estimate| matches!(estimate.made, Made::Pooled { .. }))),
    ("mixed", |it| estimate(it, |estimate| matches!(estimate.made, Made::Mixed { .. }))),
    ("per_unit", |it| schedule(it, |schedule| matches!(schedule, Schedule::PerUnit(_)))),
    ("per_point", |it| schedule(it, |schedule| matches!(schedule, Schedule::PerPoint(_)))),
    ("whole points", |it| schedule(it, |schedule| matches!(schedule, Schedule::PerPoint(points) if points.whole))),
    ("steps", |it| schedule(it, |schedule| matches!(schedule, Schedule::Steps { .. }))),
    ("an open boundary", |it| {
        schedule(it, |schedule| matches!(schedule, Schedule::Steps { boundary: Boundary::Open, .. }))
            || gate(it, |gate| matches!(gate, Gate::Reaches { boundary: Boundary::Open, .. }))
    }),
    ("a line", |it| schedule(it, |schedule| matches!(schedule, Schedule::Line { .. }))),
    ("a line flat outside", |it| {
        schedule(it, |schedule| matches!(schedule, Schedule::Line { above: Outside::Flat, .. }))
    }),
    ("bands", |it| schedule(it, |schedule| matches!(schedule, Schedule::Bands(_)))),
    ("a share of money", |it| schedule(it, |schedule| matches!(schedule, Schedule::Share(_)))),
    ("a fixed amount", |it| schedule(it, |schedule| matches!(schedule, Schedule::Fixed(_)))),
    ("a figure that is required", |it| gate(it, |gate| matches!(gate, Gate::Reaches { .. }))),
    ("a ladder", |it| gate(it, |gate| matches!(gate, Gate::Before { .. }))),
    ("a ladder with days between", |it| gate(it, |gate| matches!(gate, Gate::Before { spacing: 2.., .. }))),
    ("a second chance", |it| gate(it, |gate| matches!(gate, Gate::UnlessPaid(_)))),
    ("enough people", |it| gate(it, |gate| matches!(gate, Gate::People { .. }))),
    ("significance of shares", |it| tested(it, |test| matches!(test, Test::TwoProportions | Test::Fisher))),
    ("significance of rates", |it| tested(it, |test| !matches!(test, Test::TwoProportions | Test::Fisher))),
    ("one-sided significance", |it| gate(it, |gate| matches!(gate, Gate::Significant(one) if one.side == Side::One))),
    ("repeats", |it| payment(it, |payment| payment.repeats.at_most != Some(1))),
    ("spaced repeats", |it| payment(it, |payment| payment.repeats.spacing > 0)),
    ("uplift", |it| payment(it, |payment| !payment.uplift.is_empty())),
    ("a least amount", |it| payment(it, |payment| payment.limits.least_each.is_some())),
    ("a refund that is said", |it| {
        payment(it, |payment| payment.limits.least_each.is_none() && payment.refunds == Refunds::Owed)
    }),
    ("nothing owed back", |it| payment(it, |payment| payment.refunds == Refunds::None)),
    ("a most of a payment", |it| payment(it, |payment| payment.limits.most_total.is_some())),
    ("a most each", |it| limits(it, |limits| limits.most_each.is_some())),
    ("a most of a person", |it| limits(it, |limits| limits.most_person.is_some())),
    ("a most of a year", |it| limits(it, |limits| limits.most_year.is_some())),
    ("a most of the contract", |it| it.limits.most_total.is_some()),
    ("several payers", |it| it.payers.len() > 1),
    ("a payer's most", |it| payer(it, |payer| payer.at_most.is_some())),
    ("a fund that tops up", |it| payer(it, |payer| payer.tops_up)),
    ("a payment's own payers", |it| payment(it, |payment| payment.payers.is_some())),
    ("prices of the year of observation", |it| indexed(it, IndexYear::Observation)),
    ("prices of the year it is due", |it| indexed(it, IndexYear::Due)),
    ("prices of the year of the cohort", |it| indexed(it, IndexYear::Cohort)),
    ("each observation", |it| per(it, Per::Observation)),
    ("each cohort", |it| per(it, Per::Cohort)),
    ("all that is observed", |it| per(it, Per::Contract)),
    ("an early end that is paid for", |it| per(it, Per::Termination)),
    ("days of the contract", |it| it.period.starts.is_some() && it.period.ends.is_some()),
    ("days of a metric", |it| metric(it, |metric| metric.period.starts.or(metric.period.ends).is_some())),
    ("cohorts with days", |it| !it.cohorts.is_empty()),
    ("a window of cohorts", |it| followed(it, |from| from == FollowedFrom::Cohort)),
    ("a window of people", |it| followed(it, |from| matches!(from, FollowedFrom::Claim(_)))),
    ("a lag", |it| metric(it, |metric| metric.follow_up.is_some_and(|one| one.lag.is_some()))),
    ("days until it is due", |it| payment(it, |payment| payment.due_after > 0)),
    ("payment days", |it| payment(it, |payment| !payment.due_on.is_empty())),
    ("reporting days", |it| !it.reports.is_empty()),
    ("milestones", |it| !it.milestones.is_empty()),
    ("an early end", |it| it.terminated.is_some_and(|ended| ended.restarts.is_none())),
    ("a restart", |it| it.terminated.is_some_and(|ended| ended.restarts.is_some())),
    ("cohorts followed after an early end", |it| it.terminated.is_some_and(|ended| ended.followed)),
    ("a finance", |it| it.finance.is_some()),
];

/// The published contracts, and the documents that hold them.
const MECHANISMS: &[(&str, &[&str])] = &[
    ("Aarhus", &["aarhus"]),
    ("Asker", &["asker"]),
    ("Botkyrka and Örnsköldsvik", &["botkyrka"]),
    ("Buzinezzclub", &["buzinezzclub"]),
    ("Cameroon Cataract Bond", &["cameroon-cataract"]),
    ("Care leavers", &["care-leavers-apollo", "care-leavers-i-aspire"]),
    ("Cuyahoga", &["cuyahoga"]),
    ("Denver", &["denver"]),
    ("DUO for a JOB", &["duo-for-a-job"]),
    ("DWP Innovation Fund", &["dwp-innovation-fund-1", "dwp-innovation-fund-2"]),
    ("Essex", &["essex"]),
    ("Fair Chance Fund", &["fair-chance-fund"]),
    ("Koto-SIB", &["koto-sib"]),
    ("Lapset SIB", &["lapset-sib"]),
    ("Larvik", &["larvik"]),
    ("Lier", &["lier"]),
    ("London rough sleepers", &["london-rough-sleepers"]),
    ("Norrköping", &["norrkoping"]),
    ("Pan-London rough sleeping", &["pan-london-rough-sleeping"]),
    ("Peterborough", &["peterborough"]),
    ("Rikers Island", &["rikers"]),
    ("Roca", &["roca"]),
    ("Santa Clara", &["santa-clara"]),
    ("Transforming Rehabilitation", &["transforming-rehabilitation"]),
    ("Utah", &["utah"]),
    ("Waste to Wealth", &["waste-to-wealth"]),
    ("Work Programme", &["work-programme"]),
];

fn metric(terms: &Terms, has: impl Fn(&Metric) -> bool) -> bool {
    terms.metrics.iter().any(has)
}

fn estimate(terms: &Terms, has: impl Fn(&Estimate) -> bool) -> bool {
    terms.estimates.iter().any(has)
}

fn against(terms: &Terms, is: impl Fn(&Against) -> bool) -> bool {
    estimate(terms, |estimate| matches!(&estimate.made, Made::Compared { against, .. } if is(against)))
}

fn effect(terms: &Terms, wanted: Effect) -> bool {
    estimate(terms, |estimate| matches!(estimate.made, Made::Compared { effect, .. } if effect == wanted))
}

fn payment(terms: &Terms, has: impl Fn(&Payment) -> bool) -> bool {
    terms.payments.iter().any(has)
}

fn schedule(terms: &Terms, is: impl Fn(&Schedule) -> bool) -> bool {
    payment(terms, |payment| is(&payment.schedule))
}

fn gate(terms: &Terms, is: impl Fn(&Gate) -> bool) -> bool {
    payment(terms, |payment| payment.gates.iter().any(&is))
}

fn tested(terms: &Terms, is: impl Fn(Test) -> bool) -> bool {
    gate(terms, |gate| matches!(gate, Gate::Significant(one) if is(one.test)))
}

fn limits(terms: &Terms, has: impl Fn(&Limits) -> bool) -> bool {
    has(&terms.limits) || payment(terms, |payment| has(&payment.limits))
}

fn payer(terms: &Terms, has: impl Fn(&Payer) -> bool) -> bool {
    let own = terms.payments.iter().filter_map(|payment| payment.payers.as_ref()).flatten();
    terms.payers.iter().chain(own).any(has)
}

fn indexed(terms: &Terms, year: IndexYear) -> bool {
    payment(terms, |payment| payment.indexed.as_ref().is_some_and(|one| one.year == year))
}

fn per(terms: &Terms, per: Per) -> bool {
    payment(terms, |payment| payment.per == per)
}

fn followed(terms: &Terms, is: impl Fn(FollowedFrom) -> bool) -> bool {
    metric(terms, |metric| metric.follow_up.is_some_and(|one| is(one.from)))
}

/// The contracts of the folder by name.
fn contracts() -> Vec<(String, Contract)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/contracts");
    let names = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter_map(|name| name.strip_suffix(".toml").map(str::to_owned)).collect();
    names.retain(|name| !name.ends_with(".observations"));
    names.sort();
    let read = |name: String| {
        let text = fs::read_to_string(folder.join(format!("{name}.toml"))).unwrap();
        let contract = Contract::from_toml(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, contract)
    };
    names.into_iter().map(read).collect()
}

#[test]
fn every_part_of_the_terms_is_used_by_two_contracts() {
    let contracts = contracts();
    let mut rare = Vec::new();
    for (part, uses) in PARTS {
        let users: Vec<&str> =
            contracts.iter().filter(|(_, contract)| uses(contract.terms())).map(|(name, _)| name.as_str()).collect();
        if users.len() < 2 {
            rare.push(format!("{part}: {users:?}"));
        }
    }
    assert!(rare.is_empty(), "used by fewer than two: {rare:#?}");
}

#[test]
fn every_published_mechanism_has_a_contract_with_its_sources() {
    let contracts = contracts();
    let names: BTreeSet<&str> = contracts.iter().map(|(name, _)| name.as_str()).collect();
    for (mechanism, documents) in MECHANISMS {
        for document in *documents {
            assert!(names.contains(document), "{mechanism} has no `{document}`");
            let (_, contract) = contracts.iter().find(|(name, _)| name == document).unwrap();
            let sourced = contract.assumptions().iter().any(|number| number.source.is_some());
            assert!(sourced && !contract.terms().payments.is_empty(), "{document} names no source");
        }
    }
}

#[test]
fn numbers_of_a_published_contract_have_a_source_or_say_that_they_are_invented() {
    let published: BTreeSet<&str> = MECHANISMS.iter().flat_map(|(_, documents)| documents.iter().copied()).collect();
    for (name, contract) in contracts().into_iter().filter(|(name, _)| published.contains(name.as_str())) {
        let written = contract.assumptions().iter().filter(|number| contract.document().at(&number.address).is_some());
        for number in written {
            assert!(
                number.source.is_some() || number.marks.illustrative || number.marks.unverified,
                "{name}: `{}` has neither a source nor a mark",
                number.address
            );
        }
    }
}
