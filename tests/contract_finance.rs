//! Cash flows of published contracts, to the cent.

#[path = "common/cash_flows.rs"]
mod cash_flows;

use cash_flows::{contract, flows, holder, read, row, text, tranche, without};
use impact_core::Contract;
use impact_core::cash_flow::{InternalRate, NoRate, PaidBack};
use impact_core::contract::{FlowKind, PlannedLoss, Returns, Row};
use std::fs;
use std::path::Path;

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
    let whole = without(&read("rikers"), "terminated");
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
    assert!((root.rate() - (libm::pow(4.0 / 7.5, 365.0 / 1307.0) - 1.0)).abs() < 1e-12);
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

fn rate(returns: &Returns) -> f64 {
    returns.xirr.as_ref().unwrap().unique().unwrap_or_else(|| panic!("{:?}", returns.xirr))
}

fn share(metric: &str, day: &str, (count, of): (&str, &str)) -> Row {
    Row { of: of.parse().ok(), ..row(metric, day, count) }
}

#[test]
fn rocas_capital_adds_up_to_its_commitment() {
    // 9.0 + 1.5 + 1.5 + 3.76 + 3.7 + 2.0 + 0.3 = 21.76; anything else is refused.
    let text = read("roca");
    let refused = Contract::from_toml(&text.replace("commitment = 21_760_000", "commitment = 21_750_000")).unwrap_err();
    assert_eq!(refused.problems()[0].place.address.as_str(), "contract.finance.commitment");
    let said = "the tranches add up to 21,760,000, not to the commitment of 21,750,000";
    assert_eq!(refused.problems()[0].fault.to_string(), said);
}

#[test]
fn rocas_stack_is_repaid_from_the_top() {
    let rows = [row("trial", "2022-06-30", "0.3"), row("differences", "2022-06-30", "0.3")];
    let paid = flows(&read("roca"), &rows);
    // 13 million. The senior loan earns 4.5 million · 5 % from 31 January 2014 (3,072 days) and 4.5 million from 2016 (2,342):
    // 225,000 · (3,072 + 2,342) / 365 = 3,337,397.26. Of the rest 662,602.74 pays the junior coupons, two equal ones of
    // 1,500,000 · 0.02 · 3,072 / 365 = 252,493.15, and 157,616.44 of their principal.
    let senior = tranche(&paid, "senior");
    assert_eq!([senior.coupon, senior.repaid].map(text), ["3337397.26", "9000000"]);
    for id in ["junior-1", "junior-2"] {
        let junior = tranche(&paid, id);
        assert_eq!([junior.coupon, junior.repaid].map(text), ["252493.15", "78808.22"]);
    }
    let below = ["deferred-fees", "grant-1", "grant-2"].map(|id| text(tranche(&paid, id).repaid));
    assert_eq!(below, ["0", "0", "0"]);
}

#[test]
fn utahs_first_payment_goes_to_the_senior_loan() {
    let paid = flows(&read("utah"), &[row("saving", "2014-08-31", "281000")]);
    // 266,950: a year's interest of 4,600,000 · 5 % = 230,000, and 36,950 of principal; nothing for the subordinate loan.
    let senior = tranche(&paid, "senior");
    assert_eq!([senior.coupon, senior.repaid].map(text), ["230000", "36950"]);
    let subordinate = tranche(&paid, "subordinate");
    assert_eq!([subordinate.coupon, subordinate.repaid, subordinate.unpaid_coupon].map(text), ["0", "0", "120000"]);
}

#[test]
fn koto_sibs_total_contradicts_what_was_printed() {
    let gain = 2636 * (1330 + 1340);
    assert_eq!(gain, 7_038_120); // "about 6.8 million" was printed
    let rows = [row("trainings", "2020-12-31", "1000"), row("gain", "2020-12-31", &gain.to_string())];
    let paid = flows(&read("koto-sib"), &rows);
    // 1,000 · 1,500 + 7,038,120 / 2 = 5,019,060, shared by 10 and 2 million drawn.
    assert_eq!(text(holder(&paid, "state").total), "-5019060");
    assert_eq!(["eif", "others"].map(|id| text(tranche(&paid, id).drawn)), ["10000000", "2000000"]);
    assert_eq!(["eif", "others"].map(|id| text(tranche(&paid, id).repaid)), ["4182550", "836510"]);
}

#[test]
fn duo_earns_the_published_four_percent() {
    let text_ = read("duo-for-a-job");
    // 0.03 + 0.04 · (0.20 − 0.10) / 0.40 = 0.04.
    let paid = flows(&text_, &[row("in-work", "2017-01-01", "0.2")]);
    assert!((rate(&holder(&paid, "investors")) - 0.04).abs() < 1e-8);
    assert!(rate(&holder(&paid, "investors")) <= 0.04 + 1e-12);
    // 234,000 · 1.04^(1096/365).
    let back = 234_000.0 * libm::pow(1.04, 1096.0 / 365.0);
    assert_eq!(text(holder(&paid, "investors").total), format!("{:.2}", (back * 100.0).floor() / 100.0 - 234_000.0));
    let missed = flows(&text_, &[row("in-work", "2017-01-01", "0.09")]);
    assert_eq!(text(holder(&missed, "investors").total), "-234000");
}

#[test]
fn buzinezzclubs_return_is_capped_and_the_rest_is_shared() {
    let paid = flows(&read("buzinezzclub"), &[row("benefit-days", "2016-12-01", "40000")]);
    assert!((rate(&holder(&paid, "investors")) - 0.12).abs() < 1e-8);
    // 1,200,000 paid; a tenth of what the investors may not earn goes to the arranger, the rest back to the city.
    let investors = holder(&paid, "investors").total;
    let beyond = rust_decimal::Decimal::from(1_200_000 - 720_000) - investors;
    assert_eq!(holder(&paid, "arranger").total, (beyond / rust_decimal::Decimal::TEN).round_dp(2));
    assert_eq!(
        holder(&paid, "rotterdam").total,
        -rust_decimal::Decimal::from(720_000) - investors - holder(&paid, "arranger").total
    );
}

#[test]
fn londons_results_pay_for_the_second_year() {
    let first = row("accommodation", "2013-10-31", "50");
    let paid = flows(&read("london-rough-sleepers"), &[first, row("accommodation", "2015-10-31", "150")]);
    // 50 · 6,000 = 300,000 and 100,000 more of the investors pay for the second year; the provider's stake stays at home.
    assert_eq!(["investors", "provider"].map(|id| text(tranche(&paid, id).drawn)), ["500000", "0"]);
    assert!((rate(&holder(&paid, "investors")) - 0.065).abs() < 1e-7);
    // Without a result 800,000 − 600,000 lack.
    assert_eq!(tranche(&paid, "investors").planned_loss, PlannedLoss::Lacks(200_000.into()));
}

#[test]
fn cuyahogas_first_loss_is_lost_first() {
    let days = |treated: &str| {
        let control = Row { group: Some("control".to_owned()), ..share("care-days", "2019-01-31", ("270000", "135")) };
        flows(&read("cuyahoga"), &[control, share("care-days", "2019-01-31", (treated, "135"))])
    };
    let ids = ["senior", "junior-1", "junior-2", "junior-3", "recoverable"];
    let nothing = days("270000");
    assert_eq!(text(holder(&nothing, "senior-lender").total), "-1600000");
    // 28,000 days · 75 = 2,100,000: 1,600,000, and 500,000 by 1,000 : 750 : 325 with a cent for the largest remainder.
    let some = days("242000");
    let repaid = ids.map(|id| text(tranche(&some, id).repaid));
    assert_eq!(repaid, ["1600000", "240963.86", "180722.89", "78313.25", "0"]);
}

#[test]
fn santa_claras_coupons_compound_on_the_senior_loan_only() {
    let nothing = flows(&read("santa-clara"), &[]);
    // 98,000; 5 % of 4,998,000 = 249,900; 5 % of 5,247,900 = 262,395: years of 360 days.
    assert_eq!(text(tranche(&nothing, "senior").unpaid_coupon), "610295");
    // 2,000,000 · 0.02 · 366/365 = 40,109.59, and twice 40,000: each lapses.
    assert_eq!(text(tranche(&nothing, "foundation").unpaid_coupon), "120109.59");
}

#[test]
fn asker_takes_over_where_the_goal_is_reached() {
    let reached = |count: &str| flows(&read("asker"), &[share("goals", "2026-11-30", (count, "10"))]);
    let met = reached("5");
    assert_eq!(met.taken_over(), Some(true));
    // 2.5 million repaid and 2.5 million for two years more, within the frame of 4 to 6 million.
    assert_eq!(text(holder(&met, "municipality").total), "-5000000");
    assert_eq!(text(holder(&met, "investor").total), "0");
    let missed = reached("4");
    assert_eq!(missed.taken_over(), Some(false));
    assert_eq!(text(holder(&missed, "investor").total), "-2500000");
    assert_eq!(text(holder(&missed, "provider").total), "0");
}

#[test]
fn liers_goal_must_be_passed_and_part_is_repaid() {
    let reached = |count: &str| flows(&read("lier"), &[share("goals", "2023-06-15", (count, "10"))]);
    let met = reached("7");
    // 0.4 · 3,000,000 and a year of 1,000,000.
    assert_eq!(text(holder(&met, "municipality").total), "-2200000");
    assert_eq!(text(holder(&met, "investor").total), "-1800000");
    assert_eq!(reached("6").taken_over(), Some(false));
    // A figure observed after the day of the test comes too late.
    let late = flows(&read("lier"), &[share("goals", "2023-07-01", ("9", "10"))]);
    assert_eq!(late.taken_over(), Some(false));
}

#[test]
fn botkyrkas_provider_bears_three_quarters_of_its_price() {
    let total =
        |fall: &str| text(holder(&flows(&read("botkyrka"), &[row("absence", "2019-12-31", fall)]), "provider").total);
    assert_eq!([total("0.08"), total("0.12")], ["-2200000", "800000"]);
}

#[test]
fn aarhus_guarantee_makes_good_the_funds_loss_only() {
    let paid = flows(&read("aarhus"), &[row("no-shelter", "2025-12-31", "100")]);
    // 10 million in equal parts; 6.6 lost each, of which 3.0 is made good for the fund.
    assert_eq!(["fund", "others"].map(|id| text(tranche(&paid, id).loss)), ["3600000", "6600000"]);
    assert_eq!(["fund", "others"].map(|id| text(holder(&paid, id).total)), ["-3600000", "-6600000"]);
}

#[test]
fn essex_pays_back_1_45_times_and_no_more() {
    let cohort = Some("third-quarter".to_owned());
    let paid = flows(&read("essex"), &[Row { cohort, ..row("care-days", "2018-03-30", "60000") }]);
    // 1.45 · 3,100,000 = 4,495,000 of 6,000,000.
    assert_eq!(text(holder(&paid, "investors").moic.unwrap()), "1.45");
    assert_eq!(text(holder(&paid, "county").total), "-4495000");
}

#[test]
fn cameroons_lenders_are_repaid_at_the_end() {
    let rows = [
        row("surgeries", "2022-12-31", "18000"),
        share("good-outcome", "2022-12-31", ("920", "1000")),
        row("margin", "2022-12-31", "0.01"),
        share("poorest", "2022-12-31", ("400", "1000")),
    ];
    let paid = flows(&read("cameroon-cataract"), &rows);
    assert_eq!(text(holder(&paid, "payers").total), "-2800000");
    // 1,750,000 · 0.02 · (5 + 180/365) = 192,260.27: days in leap years over 366.
    assert_eq!(text(tranche(&paid, "senior").coupon), "192260.27");
    // 2,800,000 − 1,750,000 − 192,260.27 − 250,000, beside the 2,000,000 of the loans.
    assert_eq!(text(holder(&paid, "hospital").total), "2607739.73");
}

#[test]
fn larviks_four_municipalities_repay_what_ferd_has_paid() {
    let relapsed = |count: &str| flows(&read("larvik"), &[share("relapse", "2025-06-30", (count, "100"))]);
    let met = relapsed("53");
    // 63 % less 53 % is the target of 10 points: 4.4 million, a quarter each.
    assert_eq!(["larvik", "sandefjord", "tonsberg", "faerder"].map(|id| text(holder(&met, id).total)), ["-1100000"; 4]);
    assert_eq!(["ferd", "state", "provider"].map(|id| text(holder(&met, id).total)), ["0", "-1000000", "-400000"]);
    // A grant is given, not lost.
    assert_eq!(text(tranche(&met, "state-grant").loss), "0");
    assert_eq!(text(holder(&relapsed("54"), "ferd").total), "-4400000");
}

#[test]
fn every_contract_of_the_folder_can_be_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/contracts");
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name.ends_with(".toml") && !name.contains("observations"));
    for name in &names {
        contract(&read(name.trim_end_matches(".toml")));
    }
    assert!(names.len() > 20, "{names:?}");
}
