//! Parts of the finance one by one: coupons that follow a figure, deferral, floors, protection, caps, guarantees of what is done.

#[path = "common/cash_flows.rs"]
mod cash_flows;

use cash_flows::{contract, flows, holder, read, row, text, tranche};
use impact_core::cash_flow::{CashFlowError, InternalRate};
use impact_core::contract::{FlowKind, Observations, Party, Row};

/// A loan of 1,000 drawn on 1 January 2021 for a cost of that day, with more keys, and results that pay 1 each.
fn loan(of_tranche: &str, of_finance: &str) -> String {
    format!(
        r#"
        impact = 1
        name = "Parts"
        currency = "NOK"
        holders = [
            {{ id = "state", kind = "public", level = "state" }}, {{ id = "bank", kind = "investor" }},
            {{ id = "donor", kind = "enterprise" }}, {{ id = "provider", kind = "enterprise" }},
        ]
        [contract]
        payee = "provider"
        payers = [{{ holder = "state" }}]
        metrics = [{{ id = "results", kind = "count" }}, {{ id = "score", kind = "reported", range = [-10, 10] }}]
        payments = [
            {{ id = "results", of = "results", schedule = {{ per_unit = 1 }} }},
            {{ id = "score", of = "score", schedule = {{ fixed = 0 }} }},
        ]
        [contract.finance]
        ends = 2023-01-01
        costs = [{{ id = "service", to = "provider", paid = [{{ date = 2021-01-01, amount = 1_000 }}] }}]
        {of_finance}
        [[contract.finance.tranches]]
        id = "loan"
        holder = "bank"
        commitment = 1_000
        drawdowns = [{{ date = 2021-01-01, amount = 1_000 }}]
        {of_tranche}
        "#
    )
}

#[test]
fn an_interpolated_coupon_has_a_floor_and_the_principal_its_protection() {
    let rows = [row("rate", "2017-06-30", "0.62"), row("rate", "2018-06-30", "0.5")];
    let paid = flows(&read("coupon-bond"), &rows);
    let coupons: Vec<String> =
        paid.flows().iter().filter(|flow| flow.kind == FlowKind::Coupon).map(|flow| text(flow.amount)).collect();
    // 0.075 + (0.15 − 0.075) · 0.02 / 0.10 = 0.09: 5,000,000 · 0.09 · 364 / 365 = 448,767.12; then the floor: 5 %, 250,000.
    // 62 points paid 1,240,000 and 50 points 1,000,000: 1,541,232.88 is left for principal in 2018, of 0.75 · 2,500,000 due
    // (a share of 0.5 is raised to 0.75), so that 3,458,767.12 · 0.05 = 172,938.36 is due in the last year.
    assert_eq!(coupons, ["448767.12", "250000", "172938.36"]);
    let bond = tranche(&paid, "bond");
    // Of the 2,000,000 that were not spent 1,827,061.64 is left, less than the 2,208,767.12 that are protected.
    assert_eq!([bond.repaid, bond.loss].map(text), ["3368294.52", "760000"]);
    assert_eq!(text(tranche(&paid, "loan").repaid), "0");
}

#[test]
fn the_protected_class_is_paid_first_and_the_other_bears_the_loss() {
    let paid = flows(
        &read("two-class-bond"),
        &[row("improvement", "2016-09-30", "0.17"), row("children", "2016-09-30", "150")],
    );
    // 17 points · 400,000 = 6,800,000, and 3,000,000 that were not spent when it was stopped after 1,095 days, three years.
    let protected = tranche(&paid, "protected");
    // 7,500,000 · 0.06 · 3 = 1,350,000.
    assert_eq!([protected.coupon, protected.repaid, protected.loss].map(text), ["1350000", "7500000", "0"]);
    assert_eq!(text(holder(&paid, "manager").total), "68000");
    // 9,800,000 − 8,850,000 − 68,000 = 882,000: 2,500,000 · 0.105 · 3 = 787,500, and 94,500 of principal.
    let at_risk = tranche(&paid, "at-risk");
    assert_eq!([at_risk.coupon, at_risk.repaid].map(text), ["787500", "94500"]);
    // 0.5 · 2,500,000 of the foundation; of the state 100 · 1,000 + 50 · 2,000 = 200,000, less than the 1,155,500 still lost.
    assert_eq!(["foundation", "state"].map(|id| text(holder(&paid, id).total)), ["-1250000", "-7000000"]);
    assert_eq!([at_risk.guaranteed, at_risk.loss].map(text), ["1450000", "168000"]);
}

#[test]
fn before_anything_is_measured_the_floor_is_paid_out_of_capital() {
    let nothing = flows(&read("coupon-bond"), &[]);
    let first = nothing.flows().iter().find(|flow| flow.kind == FlowKind::Coupon).unwrap();
    // 5,000,000 · 0.05 · 364 / 365.
    assert_eq!((first.date.to_string(), text(first.amount)), ("2017-06-30".to_owned(), "249315.07".to_owned()));
    // 6,000,000 − 4,000,000 of costs − 249,315.07 − 250,000 − 250,000 leaves 1,250,684.93 for principal.
    assert_eq!(text(tranche(&nothing, "bond").repaid), "1250684.93");
}

#[test]
fn an_activity_guarantee_pays_for_what_was_done() {
    let limit = |families: &str| {
        let paid = flows(&read("coupon-bond"), &[row("families", "2018-06-30", families)]);
        text(tranche(&paid, "loan").guaranteed)
    };
    // 5,000 a family; at most the loan of 1,000,000 and its coupons of 359/360, 1 and 1 years of 40,000 that lapsed: 119,888.89.
    assert_eq!([limit("0"), limit("150"), limit("300")], ["0", "750000", "1119888.89"]);
}

#[test]
fn what_is_deferred_earns_by_its_rule() {
    let owed = |deferral: &str| {
        let coupon = format!("coupon = {{ rate = 0.1, deferral = \"{deferral}\", due = [2022-01-01, 2023-01-01] }}");
        let paid = flows(&loan(&coupon, ""), &[row("results", "2023-01-01", "205")]);
        let loan = tranche(&paid, "loan");
        [loan.coupon, loan.unpaid_coupon, loan.repaid].map(text)
    };
    // 100 in 2022; in 2023 100, or 110 with interest on what is owed. 205 is paid on the last day.
    assert_eq!(owed("lapses"), ["100", "100", "105"]);
    assert_eq!(owed("simple"), ["200", "0", "5"]);
    assert_eq!(owed("compound"), ["205", "5", "0"]);
}

#[test]
fn interest_is_counted_by_the_day_count_that_is_named() {
    // 1,000 at 10 % from 29 March 2023 to 31 May 2024: 429 days, 278 of them in 2023 and 151 in the leap year 2024; by months of
    // 30 days 14 months and 2 days, or 1 day where every day 31 counts as 30.
    for (day_count, interest) in [
        ("act/365", "117.53"),
        ("act/360", "119.17"),
        ("act/365.25", "117.45"),
        ("act/act-isda", "117.42"),
        ("30/360", "117.22"),
        ("30e/360", "116.94"),
    ] {
        let coupon = format!("coupon = {{ rate = 0.1, deferral = \"simple\", day_count = \"{day_count}\" }}");
        let document = loan(&coupon, "").replace("2021-01-01", "2023-03-29").replace("2023-01-01", "2024-05-31");
        assert_eq!(text(tranche(&flows(&document, &[]), "loan").unpaid_coupon), interest, "{day_count}");
    }
}

#[test]
fn principal_is_not_repaid_before_it_is_due_and_is_kept_from_those_below() {
    let finance = r#"waterfall = [{ principal = ["loan"] }, { surplus = [{ holder = "provider", share = 1 }] }]"#;
    let bullet = "repayments = [{ date = 2022-06-01, share = 0.4 }, { date = 2023-01-01, share = 0.6 }]";
    let paid = flows(&loan(bullet, finance), &[row("results", "2021-12-31", "1200")]);
    let said: Vec<(String, FlowKind, String)> = paid
        .flows()
        .iter()
        .filter(|flow| matches!(flow.kind, FlowKind::Principal | FlowKind::Surplus))
        .map(|flow| (flow.date.to_string(), flow.kind, text(flow.amount)))
        .collect();
    // 1,200 comes in: 1,000 is kept for the loan, 200 is surplus at once; 400 and 600 are repaid on their days.
    assert_eq!(
        said,
        [
            ("2021-12-31".to_owned(), FlowKind::Surplus, "200".to_owned()),
            ("2022-06-01".to_owned(), FlowKind::Principal, "400".to_owned()),
            ("2023-01-01".to_owned(), FlowKind::Principal, "600".to_owned()),
        ]
    );
}

#[test]
fn a_cap_on_the_rate_solves_for_the_payment() {
    let capped = |rate: &str, results: &str| {
        let finance = format!(
            r#"
            waterfall = [{{ principal = ["loan"] }}, {{ surplus = [{{ tranche = "loan", share = 1 }}] }}]
            remainder = "provider"
            caps = [{{ rate = {rate} }}]
            "#
        );
        flows(&loan("", &finance), &[row("results", "2022-01-01", "300"), row("results", "2023-01-01", results)])
    };
    let paid = capped("0.08", "5000");
    // 300 after a year, then 1,000 · 1.08² − 300 · 1.08 = 842.40.
    assert_eq!(text(holder(&paid, "bank").total), "142.4");
    let Ok(InternalRate::Unique(root)) = holder(&paid, "bank").xirr else { panic!("one rate") };
    assert!((root.rate() - 0.08).abs() < 1e-9, "{}", root.rate());
    // Put back into its equation: −1,000 + 300 / (1 + r) + 842.40 / (1 + r)² = 0.
    let growth = 1.0 + root.rate();
    assert!((-1000.0 + 300.0 / growth + 842.4 / growth / growth).abs() < 1e-7);
    // Where the cap does not bind, everything is the bank's.
    assert_eq!(text(holder(&capped("0.08", "800"), "bank").total), "100");
}

#[test]
fn a_gain_and_a_multiple_are_capped_to_the_unit() {
    let capped = |cap: &str| {
        let finance = format!(
            r#"waterfall = [{{ principal = ["loan"] }}, {{ surplus = [{{ tranche = "loan", share = 1 }}] }}]
            caps = [{{ {cap} }}]"#
        );
        text(tranche(&flows(&loan("", &finance), &[row("results", "2022-01-01", "5000")]), "loan").upside)
    };
    assert_eq!([capped("gain = 123.45"), capped("multiple = 1.5"), capped("multiple = 1")], ["123.45", "500", "0"]);
}

#[test]
fn what_costs_need_and_nobody_gives_is_said_all_at_once() {
    let document = loan("", "").replace(
        "paid = [{ date = 2021-01-01, amount = 1_000 }]",
        "paid = [{ date = 2021-01-01, amount = 1_200 }, { date = 2021-06-01, amount = 300 }]",
    );
    let contract = contract(&document);
    let observed = impact_core::contract::Observations::of(&contract, []).unwrap();
    let refused = contract.cash_flows(&contract.settle(&observed).unwrap()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "contract.finance.costs.service: on 2021-01-01 1,200 has to be paid and 200 is lacking: nothing more can be drawn\n\
         contract.finance.costs.service: on 2021-06-01 300 has to be paid and 300 is lacking: nothing more can be drawn"
    );
}

#[test]
fn a_statement_of_another_contract_is_refused() {
    let (one, other) = (contract(&loan("", "")), contract(&loan("", "remainder = \"donor\"")));
    let observed = impact_core::contract::Observations::of(&one, []).unwrap();
    let refused = other.cash_flows(&one.settle(&observed).unwrap()).unwrap_err();
    assert_eq!(refused.to_string(), "document: the statement settles another contract: its terms differ");
}

#[test]
fn a_penalty_goes_back_out_of_what_was_kept() {
    let document = loan("", "distribution = \"at-end\"")
        .replace("schedule = { fixed = 0 }", "schedule = { per_point = { price = 100, point = 1 } }, refunds = true");
    let paid = flows(&document, &[row("results", "2022-01-01", "700"), row("score", "2022-06-01", "-2")]);
    // 700 − 200 = 500 for the loan.
    assert_eq!(text(tranche(&paid, "loan").repaid), "500");
    assert_eq!(text(holder(&paid, "state").total), "-500");
}

#[test]
fn a_service_that_is_stopped_costs_and_draws_no_more() {
    let finance = "stopped = 2021-12-31";
    let document = loan("", finance)
        .replace("amount = 1_000 }] }", "amount = 600 }, { date = 2022-01-01, amount = 400 }] }")
        .replace("amount = 1_000 }]", "amount = 600 }, { date = 2022-01-01, amount = 400 }]");
    let paid = flows(&document, &[row("results", "2022-02-01", "100")]);
    // What was earned is still paid, after the day of the stop.
    let loan = tranche(&paid, "loan");
    assert_eq!([loan.drawn, loan.repaid, loan.loss].map(text), ["600", "100", "500"]);
    assert_eq!(loan.planned_loss.amount().map(text).as_deref(), Some("1000"));
}

#[test]
fn written_amounts_stay_as_written_and_interest_is_rounded_by_its_rule() {
    let coupon = "coupon = { rate = 0.0505, deferral = \"simple\" }";
    let document =
        loan(coupon, "").replace("1_000 }]", "1_000.25 }]").replace("commitment = 1_000", "commitment = 1_000.25");
    let whole = document.replace("payee = ", "rounding = { to = 1, rule = \"half-up\" }\npayee = ");
    let owed = |document: &str| {
        let paid = flows(document, &[]);
        [tranche(&paid, "loan").drawn, tranche(&paid, "loan").unpaid_coupon].map(text)
    };
    // 1,000.25 · 0.0505 · 730 / 365 = 101.02525.
    assert_eq!(owed(&document), ["1000.25", "101.03"]);
    assert_eq!(owed(&whole), ["1000.25", "101"]);
    let down = "rounding = { to = 0.1, rule = \"down\" }";
    assert_eq!(owed(&loan(coupon, down).replace("0.0505", "0.0508")), ["1000", "101.6"]);
    assert_eq!(owed(&loan(coupon, down).replace("0.0505", "0.05099")), ["1000", "101.9"]);
}

#[test]
fn a_cap_that_no_number_holds_binds_nothing() {
    let finance = r#"
        waterfall = [{ principal = ["loan"] }, { surplus = [{ tranche = "loan", share = 1 }] }]
        caps = [{ rate = 1 }]
    "#;
    // Twice as much every year for a century and a half is 10^48.
    let late = loan("", finance).replace("2023-01-01", "2171-01-01");
    let paid = flows(&late, &[row("results", "2022-12-31", "5000")]);
    assert_eq!(text(tranche(&paid, "loan").upside), "4000");
}

#[test]
fn a_series_of_days_is_counted_from_its_first() {
    let document = loan(
        "coupon = { rate = 0.12, deferral = \"simple\", due = { from = 2021-01-31, to = 2021-05-30, every = 1 }, day_count = \"30/360\" }",
        "",
    );
    let document = document
        .replace(
            "paid = [{ date = 2021-01-01, amount = 1_000 }]",
            "paid = { from = 2021-01-31, to = 2021-04-30, every = 1, amount = 250 }",
        )
        .replace("ends = 2023-01-01", "ends = 2021-05-31");
    let paid = flows(&document, &[row("results", "2021-05-31", "2000")]);
    let days = |kind| -> Vec<String> {
        paid.flows().iter().filter(|flow| flow.kind == kind).map(|flow| flow.date.to_string()).collect()
    };
    assert_eq!(days(FlowKind::ServiceCost), ["2021-01-31", "2021-02-28", "2021-03-31", "2021-04-30"]);
    // Coupons fall due at the ends of January to April and on the last day: five months at 1 % of 1,000 by months of 30 days,
    // from 1 January to 31 January counted as 30 days, to 28 February 28, and 33 from there to 31 March.
    assert_eq!(text(tranche(&paid, "loan").coupon), "50.33");
}

/// What is refused where the coupon follows scores of these days, cohorts and figures.
fn steered(scores: &[(&str, &str, &str)]) -> String {
    let coupon =
        r#"coupon = { of = "score", between = "steps", rates = [{ at = 1, rate = 0.1 }], deferral = "lapses" }"#;
    let terms = contract(&loan(coupon, ""));
    let rows = scores
        .iter()
        .map(|(day, cohort, figure)| Row { cohort: Some((*cohort).to_owned()), ..row("score", day, figure) });
    let statement = terms.settle(&Observations::of(&terms, rows).unwrap()).unwrap();
    terms.cash_flows(&statement).map_or_else(|error| error.to_string(), |_| String::new())
}

#[test]
fn figures_of_one_day_steer_no_coupon_whatever_their_cohorts_are_called() {
    let refused = "contract.finance.tranches.loan.coupon: on 2022-01-01 `score` has 2 figures, and one decides: pool the cohorts in an \
                   estimate, or pay it `per = \"contract\"`";
    assert_eq!(steered(&[("2022-01-01", "a", "0"), ("2022-01-01", "z", "2")]), refused);
    assert_eq!(steered(&[("2022-01-01", "z", "0"), ("2022-01-01", "a", "2")]), refused);
    // The same figure twice is one figure, and of several days the latest decides.
    assert_eq!(steered(&[("2022-01-01", "a", "2"), ("2022-01-01", "z", "2"), ("2021-06-30", "a", "0")]), "");
}

#[test]
fn the_latest_figure_steers_a_coupon() {
    let coupon =
        r#"coupon = { of = "score", between = "steps", rates = [{ at = 1, rate = 0.1 }], deferral = "lapses" }"#;
    let of = |first: &str, second: &str| {
        let rows = [
            row("score", "2021-06-30", first),
            row("score", "2022-01-01", second),
            row("results", "2023-01-01", "2000"),
        ];
        text(tranche(&flows(&loan(coupon, ""), &rows), "loan").coupon)
    };
    // 1,000 · 0.1 · 730 / 365, or nothing.
    assert_eq!((of("0", "2"), of("2", "0")), ("200".to_owned(), "0".to_owned()));
}

#[test]
fn who_only_pays_has_no_multiple_and_who_loses_all_has_that_of_nothing() {
    let of = |results: &str| flows(&loan("", ""), &[row("results", "2023-01-01", results)]);
    assert_eq!(holder(&of("2000"), "state").moic, Err(CashFlowError::OnlyPays));
    let lost = of("0").tranche(0).unwrap();
    assert_eq!((text(lost.received), text(lost.moic.unwrap())), ("0".to_owned(), "0".to_owned()));
}

#[test]
fn the_account_passes_money_on_and_has_no_return() {
    let account = flows(&loan("", ""), &[row("results", "2023-01-01", "2000")]).party(Party::Account).unwrap();
    assert_eq!(text(account.total), "0");
    assert_eq!(account.xirr, Err(CashFlowError::PassesOn));
    assert_eq!(account.moic, Err(CashFlowError::PassesOn));
    assert_eq!(account.paid_back, Err(CashFlowError::PassesOn));
}
