//! Laws of cash flows: what holds for any finance and any results.

#[path = "common/cash_flows.rs"]
mod cash_flows;

use cash_flows::{balanced, contract, flows, row, tranche};
use impact_core::contract::{CashFlows, FlowKind, Party, Row};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// What varies.
#[derive(Debug, Clone)]
struct Drawn {
    senior: u32,
    junior: u32,
    last: u32,
    coupon: u32,
    deferral: &'static str,
    distribution: &'static str,
    guarantee: u32,
    cap: u32,
    needed: bool,
    called: &'static str,
    results: Vec<(u32, u32)>,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let sizes = (1_u32..90_000, 1_u32..90_000, 1_u32..90_000);
    let words = (
        prop::sample::select(vec!["lapses", "simple", "compound"]),
        prop::sample::select(vec!["\"as-paid\"", "\"at-end\"", "[2022-03-31, 2023-06-30]"]),
        prop::sample::select(vec!["", "called = [2021-12-31, 2022-12-31]", "called = [2021-12-31], recovers = true"]),
    );
    let results = prop::collection::btree_map(0_u32..1500, 0_u32..40_000, 0..7);
    (sizes, words, (0_u32..2000, 0_u32..100_000, 0_u32..3000), any::<bool>(), results).prop_map(
        |((senior, junior, last), (deferral, distribution, called), (coupon, guarantee, cap), needed, results)| Drawn {
            senior,
            junior,
            last,
            coupon,
            deferral,
            distribution,
            guarantee,
            cap,
            needed,
            called,
            results: results.into_iter().collect(),
        },
    )
}

impl Drawn {
    /// Three tranches, costs of all they commit, a guarantee of the senior one, a cap on the last.
    fn document(&self) -> String {
        let Self { senior, junior, last, coupon, deferral, distribution, guarantee, cap, needed, called, .. } = self;
        let (covers, halves) = match called.is_empty() {
            true => ("", ""),
            false => (
                "covers = \"principal-and-coupon\", ",
                ", repayments = [{ date = 2021-12-31, share = 0.5 }, { date = 2022-12-31, share = 0.5 }]",
            ),
        };
        let first = (senior + junior + last) / 2;
        let rest = senior + junior + last - first;
        let drawdowns = |amount: &u32| match needed {
            true => String::new(),
            false => format!(", drawdowns = [{{ date = 2020-01-01, amount = {amount} }}]"),
        };
        format!(
            r#"
            impact = 1
            name = "Laws"
            currency = "NOK"
            holders = [
                {{ id = "state", kind = "public", level = "state" }}, {{ id = "one", kind = "investor" }},
                {{ id = "two", kind = "investor" }}, {{ id = "three", kind = "investor" }},
                {{ id = "guarantor", kind = "enterprise" }}, {{ id = "provider", kind = "enterprise" }},
            ]
            [contract]
            payee = "provider"
            payers = [{{ holder = "state" }}]
            metrics = [{{ id = "results", kind = "count" }}]
            payments = [{{ id = "results", of = "results", schedule = {{ per_unit = 3.37 }} }}]
            [contract.finance]
            ends = 2024-12-31
            distribution = {distribution}
            tranches = [
                {{ id = "last", holder = "three", commitment = {last}{0} }},
                {{ id = "junior", holder = "two", commitment = {junior}{1} }},
                {{ id = "senior", holder = "one", commitment = {senior}{2}{halves}, coupon = {{ rate = 0.{coupon:04}, deferral = "{deferral}" }} }},
            ]
            costs = [{{ id = "service", to = "provider", paid = [{{ date = 2020-01-01, amount = {first} }}, {{ date = 2021-01-01, amount = {rest} }}] }}]
            guarantees = [{{ id = "guarantee", holder = "guarantor", tranches = ["senior", "junior"], of = "drawn", schedule = {{ fixed = {guarantee} }}, {covers}{called} }}]
            caps = [{{ tranches = ["last"], rate = 0.{cap:04} }}]
            waterfall = [
                {{ coupon = ["senior"] }}, {{ principal = ["senior"] }}, {{ principal = ["junior"] }}, {{ principal = ["last"] }},
                {{ surplus = [{{ tranche = "last", share = 0.7 }}, {{ holder = "provider", share = 0.3 }}] }},
                {{ surplus = [{{ holder = "state", share = 1 }}] }},
            ]
            "#,
            drawdowns(last),
            drawdowns(junior),
            drawdowns(senior),
        )
    }

    fn rows(&self, more: u32) -> Vec<Row> {
        let day = |days: u32| {
            let first = chrono::NaiveDate::from_ymd_opt(2020, 7, 1).unwrap();
            first.checked_add_days(chrono::Days::new(days.into())).unwrap().to_string()
        };
        self.results.iter().map(|(days, count)| row("results", &day(*days), &(count + more).to_string())).collect()
    }

    /// The document with a score that pays 12.34 a point and has as much owed back below zero.
    fn owing(&self) -> String {
        let metrics = "metrics = [{ id = \"score\", kind = \"reported\", range = [-1_000, 1_000] }, ";
        let payments =
            " payments = [{ id = \"score\", of = \"score\", schedule = { per_unit = 12.34 }, refunds = true }, ";
        self.document().replace("metrics = [", metrics).replace(" payments = [", payments)
    }

    fn flows(&self) -> CashFlows {
        flows(&self.document(), &self.rows(0))
    }
}

fn amount(number: u32) -> Decimal {
    Decimal::from(number)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_parties_add_up_to_zero_on_every_day(drawn in drawn()) {
        let flows = drawn.flows();
        balanced(&flows);
        prop_assert!(flows.flows().iter().all(|flow| flow.amount > Decimal::ZERO && flow.amount.scale() <= 2));
    }

    #[test]
    fn no_tranche_is_repaid_before_those_above_it_and_losses_fall_from_below(drawn in drawn()) {
        // Everything is due at once: what falls due later is kept back and not paid first.
        let drawn = Drawn { called: "", ..drawn };
        let flows = drawn.flows();
        // Positions from the top: the document lists the last one first.
        let mut out = [Decimal::ZERO; 3];
        for flow in flows.flows() {
            let Some(position) = flow.tranche else { continue };
            match flow.kind {
                FlowKind::Drawdown => out[position] += flow.amount,
                FlowKind::Principal => {
                    prop_assert!(out[position + 1..].iter().all(Decimal::is_zero), "{out:?} {flow:?}");
                    out[position] -= flow.amount;
                }
                FlowKind::Surplus => prop_assert!(out.iter().all(Decimal::is_zero), "{out:?} {flow:?}"),
                _ => {}
            }
            prop_assert!(out.iter().all(|out| *out >= Decimal::ZERO), "{out:?} {flow:?}");
        }
        for (tranche, out) in flows.tranches().iter().zip(out) {
            prop_assert_eq!(tranche.drawn - tranche.repaid, out);
        }
    }

    #[test]
    fn the_guarantee_pays_what_is_lost_and_never_more_than_its_limit(drawn in drawn()) {
        let flows = drawn.flows();
        let [senior, junior] = ["senior", "junior"].map(|id| tranche(&flows, id));
        let made_good = senior.guaranteed + junior.guaranteed;
        prop_assert!(made_good <= amount(drawn.guarantee));
        for one in [senior, junior] {
            prop_assert!(one.repaid + one.guaranteed <= one.drawn + one.unpaid_coupon, "{one:?}");
        }
        if !drawn.called.is_empty() {
            return Ok(());
        }
        let lost = senior.drawn - senior.repaid + junior.drawn - junior.repaid;
        prop_assert_eq!(made_good, lost.min(amount(drawn.guarantee)));
    }

    #[test]
    fn a_guarantor_gets_back_no_more_than_it_paid_and_only_where_the_terms_say_so(drawn in drawn()) {
        let flows = drawn.flows();
        let (mut paid, mut back) = (Decimal::ZERO, Decimal::ZERO);
        for flow in flows.flows() {
            match flow.kind {
                FlowKind::Guarantee => paid += flow.amount,
                FlowKind::Recovery => back += flow.amount,
                // What is left for later steps is left only when the guarantor has everything back.
                FlowKind::Surplus if drawn.called.contains("recovers") => prop_assert_eq!(paid, back),
                _ => {}
            }
            prop_assert!(back <= paid);
        }
        prop_assert!(back.is_zero() || drawn.called.contains("recovers"));
    }

    #[test]
    fn a_cap_on_the_rate_holds_when_it_is_put_back(drawn in drawn()) {
        let flows = drawn.flows();
        let finance = flows.contract().terms().finance.as_ref().unwrap();
        let position = finance.tranches.iter().position(|tranche| tranche.id == "last").unwrap();
        let cap = f64::from(drawn.cap) / 10_000.0;
        let by_date = flows.tranche(position).unwrap().by_date;
        let Some((end, _)) = by_date.last() else { return Ok(()) };
        let worth: f64 = by_date
            .iter()
            .map(|(date, flow)| {
                let years = f64::from(i32::try_from((*end - *date).num_days()).unwrap()) / 365.0;
                flow.to_string().parse::<f64>().unwrap() * libm::pow(1.0 + cap, years)
            })
            .sum();
        // At the cap the flows are worth nothing or less; a float's rounding aside.
        prop_assert!(worth <= 1e-4, "{worth}");
        // It is the cap that bound where the state got something back: not a cent more would have been within it.
        let state = Party::Holder(flows.contract().terms().payers[0].holder);
        let back = flows.flows().iter().any(|flow| flow.to == state && flow.date == *end);
        prop_assert!(!back || worth > -0.011, "{worth}");
    }

    #[test]
    fn more_results_never_repay_less(drawn in drawn(), more in 1_u32..5000) {
        // A guarantee called before the end has paid what results repay later.
        let drawn = Drawn { needed: false, called: "", ..drawn };
        let (less, more) = (drawn.flows(), flows(&drawn.document(), &drawn.rows(more)));
        for (before, after) in less.tranches().iter().zip(more.tranches()) {
            prop_assert!(after.repaid >= before.repaid, "{before:?} {after:?}");
            prop_assert!(after.loss <= before.loss, "{before:?} {after:?}");
        }
    }

    #[test]
    fn a_refund_is_paid_back_to_the_last_unit_and_never_out_of_what_was_lent(
        drawn in drawn(), scores in prop::collection::btree_map(0_u32..1500, -1_000_i32..200, 1..6)
    ) {
        let day = |days: u32| chrono::NaiveDate::from_ymd_opt(2020, 7, 1).unwrap() + chrono::Days::new(days.into());
        let scored = scores.iter().map(|(days, score)| row("score", &day(*days).to_string(), &score.to_string()));
        let rows: Vec<Row> = drawn.rows(0).into_iter().chain(scored).collect();
        let flows = flows(&drawn.owing(), &rows);
        let back: Decimal = flows.flows().iter().filter(|flow| flow.kind == FlowKind::Clawback).map(|flow| flow.amount).sum();
        let owed: i32 = scores.values().filter(|score| **score < 0).map(|score| -score).sum();
        prop_assert_eq!(back, Decimal::from(owed) * Decimal::new(1234, 2));
        // The account pays refunds out of results alone: what it passes on of them is no more than came in.
        let of_account = |kind: FlowKind, from: bool| -> Decimal {
            let mine = flows.flows().iter().filter(|flow| flow.kind == kind);
            mine.filter(|flow| !from || flow.from == Party::Account).map(|flow| flow.amount).sum()
        };
        prop_assert!(of_account(FlowKind::Clawback, true) <= of_account(FlowKind::OutcomePayment, false));
        // Nobody who lent pays in more than was drawn.
        for tranche in flows.tranches() {
            prop_assert!(tranche.loss <= tranche.drawn);
        }
    }

    #[test]
    fn nothing_paid_is_the_planned_loss(drawn in drawn()) {
        let nothing = Drawn { results: Vec::new(), ..drawn };
        for tranche in nothing.flows().tranches() {
            prop_assert_eq!(tranche.planned_loss.amount(), Some(tranche.loss));
        }
    }
}

#[test]
fn the_document_of_the_laws_is_one() {
    let drawn = Drawn {
        senior: 1,
        junior: 2,
        last: 3,
        coupon: 500,
        deferral: "simple",
        distribution: "\"at-end\"",
        guarantee: 1,
        cap: 800,
        needed: true,
        called: "called = [2021-12-31], recovers = true",
        results: Vec::new(),
    };
    assert_eq!(contract(&drawn.document()).terms().finance.as_ref().unwrap().waterfall.len(), 6);
}
