//! Returns under risk: what investors earn and lose over settled draws.

use impact_core::Contract;
use impact_core::analysis::risk::{ReturnRisk, SETTLED_DRAWS, Situation, SituationReturns};
use impact_core::simulation::{Seed, Simulation};
use std::ops::ControlFlow;

const HEAD: &str = r#"
    impact = 1
    name = "Returns (illustrative)"
    currency = "NOK"
    holders = [
        { id = "state", kind = "public", level = "state" }, { id = "town", kind = "public", level = "municipality" },
        { id = "fund", kind = "investor" }, { id = "provider", kind = "enterprise" },
    ]
"#;

/// 100 is lent on the first day of 2027; 121 comes back two years later where at most ten of twenty people reoffend, who do so
/// with 0.6 without the programme and with 0.48 in it.
const LOAN: &str = r#"
    [contract]
    payee = "provider"
    payers = [ { holder = "state" } ]
    metrics = [ { id = "reoffended", kind = "share", direction = "decrease" } ]
    estimates = [ { id = "fewer", metric = "reoffended", effect = "absolute", against = { fixed = 0.6 } } ]
    payments = [ { id = "result", of = "fewer", schedule = { steps = [ { at = 0.1, amount = 121 } ] } } ]
    [contract.finance]
    costs = [ { id = "service", to = "provider", paid = [ { date = 2027-01-01, amount = 100 } ] } ]
    delivery = [ { id = "staff", by = "provider", paid = [ { date = 2027-01-01, amount = 104 } ] } ]
    tranches = [ { id = "loan", holder = "fund", commitment = 100 } ]
    waterfall = [ { principal = ["loan"] }, { surplus = [ { tranche = "loan", share = 1 } ] } ]
    [truth]
    source = "illustrative"
    metrics = [ { id = "reoffended", counterfactual = 0.6, effect = 0.2 } ]
    cohorts = [ { id = "2027", date = 2028-12-31, people = 20 } ]
"#;

/// Uncertain prices, a comparison shared by two cohorts, events that some have many of, claims, limits, a fee and two payers.
const MANY: &str = r#"
    [contract]
    payee = "provider"
    rounding = { to = 1, rule = "half-even" }
    at_most = { total = 1_500_000 }
    payers = [ { holder = "state", share = 0.6 }, { holder = "town", share = 0.4, at_most = 300_000 } ]
    metrics = [
        { id = "reoffended", kind = "rate", direction = "decrease" }, { id = "days", kind = "count" },
        { id = "started", kind = "claims" }, { id = "stayed", kind = "claims" },
    ]
    estimates = [
        { id = "fewer", metric = "reoffended", effect = "relative", against = { group = "control" } },
        { id = "pooled", pool = "fewer", weights = { a = 1, b = 2 } },
    ]
    [[contract.payments]]
    id = "each-cohort"
    of = "fewer"
    schedule = { steps = [ { at = 0.1, amount = { uniform = [150_000, 250_000] } }, { at = 0.3, amount = 350_000 } ] }
    [[contract.payments]]
    id = "second-chance"
    of = "pooled"
    schedule = { line = [ { at = 0.05, amount = 100_000 }, { at = 0.5, amount = 400_000 } ], below = "nothing", above = "flat" }
    requires = [ { unless_paid = "each-cohort" } ]
    [[contract.payments]]
    id = "days"
    of = "days"
    per = "contract"
    schedule = { bands = [ { up_to = 100, price = 900.25 }, { price = 600 } ] }
    at_most = { year = 70_000 }
    [[contract.payments]]
    id = "start"
    of = "started"
    schedule = { per_unit = 4_000 }
    [[contract.payments]]
    id = "stay"
    of = "stayed"
    schedule = { per_unit = 9_000 }
    requires = [ { before = "start", spacing = 0 } ]
    payers = [ { holder = "town" } ]
    [[contract.payments]]
    id = "fee"
    schedule = { fixed = 12_345.678 }
    [contract.finance]
    costs = [ { id = "service", to = "provider", paid = [ { date = 2026-01-01, amount = 400_000 } ] } ]
    tranches = [ { id = "loan", holder = "fund", commitment = 400_000, coupon = { rate = 0.05, deferral = "compound" } } ]
    [truth]
    source = "illustrative"
    metrics = [
        { id = "reoffended", counterfactual = 1.5, effect = { normal = { mean = 0.15, sd = 0.05 } }, scatter = { dispersion = 0.6 }, attrition = 0.1 },
        { id = "days", counterfactual = 1.2, effect = 0.3, scatter = "poisson" },
        { id = "started", counterfactual = 0.1, effect = 0.4, effect_in = "absolute" },
        { id = "stayed", counterfactual = 0.1, effect = 0.2, effect_in = "absolute" },
    ]
    cohorts = [
        { id = "a", date = 2026-06-30, people = 100, compared = 500 }, { id = "b", date = 2026-12-31, people = { poisson = 80 }, compared = "a" },
        { id = "c", date = 2027-12-31, people = 60, compared = 200 },
    ]
"#;

fn contract(terms: &str) -> Contract {
    Contract::from_toml(&format!("{HEAD}{terms}")).unwrap()
}

fn returns(contract: &Contract, settled: u64, simulation: &Simulation) -> ReturnRisk {
    contract.return_risk(settled, simulation, &mut |_| ControlFlow::Continue(())).unwrap()
}

fn of(risk: &ReturnRisk, situation: Situation) -> &SituationReturns {
    risk.situation(situation).unwrap()
}

#[test]
fn a_loan_earns_its_rate_as_often_as_it_is_paid_back() {
    let (contract, simulation) = (contract(LOAN), Simulation::new(2_000, Seed(7)));
    let found = returns(&contract, 2_000, &simulation);
    let risk = contract.risk(&simulation, &mut |_| ControlFlow::Continue(())).unwrap();
    let told: Vec<Situation> = found.situations.iter().map(|found| found.situation).collect();
    assert_eq!(told, [Situation::AsBelieved, Situation::NothingWorksBaselineRight, Situation::NothingWorks]);
    for situation in told {
        let found = of(&found, situation);
        let exact = risk.situation(situation).unwrap().exact.unwrap().chance_of_paying;
        let fund = &found.investors[0];
        assert_eq!((found.investors.len(), found.providers.len(), found.not_funded), (1, 1, 0));
        // 121 for 100 after 730 days of 365: ten per cent a year. Nothing comes back otherwise: −100 %.
        let rate = fund.rate.spread.unwrap();
        let lost = fund.rate.lost_all;
        assert_eq!((fund.rate.one + lost, fund.rate.several, fund.rate.one_day), (2_000, 0, 0));
        assert!(fund.rate.none.is_empty());
        let ends = [0.05, 0.95].map(|at| if at * 2_000.0 < lost as f64 { -1.0 } else { 0.1 });
        assert!((rate.p05 - ends[0]).abs() < 1e-9 && (rate.p95 - ends[1]).abs() < 1e-9, "{rate:?}");
        assert!((rate.mean - (0.1 * fund.rate.one as f64 - lost as f64) / 2_000.0).abs() < 1e-9, "{rate:?}");
        let chance = fund.rate.one as f64 / 2_000.0;
        assert!((chance - exact).abs() < 4.0 * (exact * (1.0 - exact) / 2_000.0).sqrt(), "{chance} {exact}");
        assert_eq!(fund.chance_of_loss.unwrap().value, lost as f64 / 2_000.0);
        assert!((fund.total.unwrap().mean - (121.0 * chance - 100.0)).abs() < 1e-9);
        assert!((fund.multiple.spread.unwrap().mean - 1.21 * chance).abs() < 1e-9);
        // Half of the draws lie below the median, total losses first.
        let median = rate.p50;
        assert!((median - if chance > 0.5 { 0.1 } else { -1.0 }).abs() < 1e-9, "{median} {chance}");
        // Delivery costs 104 and 100 is paid for it: the provider loses 4 whatever happens.
        let provider = &found.providers[0];
        assert_eq!((provider.total.unwrap().mean, provider.chance_of_loss.unwrap().value), (-4.0, 1.0));
    }
}

#[test]
fn what_is_settled_in_a_draw_is_what_risk_pays_in_it() {
    let (contract, simulation) = (contract(MANY), Simulation::new(3_000, Seed(3)));
    let found = returns(&contract, 400, &simulation);
    let risk = contract.risk(&simulation, &mut |_| ControlFlow::Continue(())).unwrap();
    for situation in found.situations.iter().map(|found| found.situation) {
        let (settled, paid) = (of(&found, situation).totals(), risk.situation(situation).unwrap().draws());
        assert_eq!((settled.len(), paid.len()), (400, 3_000));
        // Shares of payers are rounded in a settlement only, to half a krone each way, and a payer's limit binds so much earlier or
        // later: sixteen lines have them.
        let furthest = settled.iter().zip(paid).map(|(settled, paid)| (settled - paid).abs()).fold(0.0, f64::max);
        assert!(furthest <= 8.0, "{situation:?}: {furthest}");
        let mut unlike = settled.to_vec();
        unlike.sort_unstable_by(f64::total_cmp);
        unlike.dedup();
        assert!(unlike.len() > 100, "the draws hardly differ: {}", unlike.len());
    }
}

#[test]
fn threads_change_no_bit_of_it_and_fewer_draws_are_the_first_of_more() {
    let (contract, simulation) = (contract(MANY), Simulation::new(100, Seed(3)));
    let one = returns(&contract, 70, &simulation);
    assert_eq!(returns(&contract, 70, &simulation.clone().on_threads(3)).situations, one.situations);
    let few = returns(&contract, 20, &simulation);
    assert_eq!(of(&few, Situation::AsBelieved).totals(), &of(&one, Situation::AsBelieved).totals()[..20]);
    // Never more than the simulation draws.
    assert_eq!(returns(&contract, SETTLED_DRAWS, &simulation).settled, 100);
}

#[test]
fn draws_in_which_money_lacks_are_counted_and_not_averaged() {
    // The second half of the service can only be paid where the result was.
    let lacks = LOAN.replace(
        "paid = [ { date = 2027-01-01, amount = 100 } ] } ]\n    delivery",
        "paid = [ { date = 2027-01-01, amount = 100 }, { date = 2028-12-31, amount = 50 } ] } ]\n    delivery",
    );
    let contract = contract(&lacks);
    let found = returns(&contract, 500, &Simulation::new(500, Seed(7)));
    let believed = of(&found, Situation::AsBelieved);
    let paid = believed.totals().iter().filter(|total| **total > 0.0).count() as u64;
    assert_eq!(believed.not_funded, 500 - paid);
    assert!(paid > 100 && paid < 400);
    let fund = &believed.investors[0];
    // 121 less 50 comes back of 100 in every draw that is left.
    assert_eq!((fund.rate.one, fund.total.unwrap().p05, fund.chance_of_loss.unwrap().value), (paid, -29.0, 1.0));
    let never = LOAN.replace("commitment = 100", "commitment = 99");
    let found = returns(&self::contract(&never), 10, &Simulation::new(10, Seed(7)));
    let fund = &of(&found, Situation::AsBelieved).investors[0];
    assert_eq!(
        (fund.total, fund.chance_of_loss, fund.rate.spread, fund.rate_of_expected_error),
        (None, None, None, None)
    );
}

/// The loan of 100, with 20 for each of twenty people fewer who reoffend than 60 %, and as much back for each one more.
fn owing() -> Contract {
    let fewer = LOAN.replace("effect = \"absolute\"", "effect = \"avoided\"");
    contract(&fewer.replace(
        "schedule = { steps = [ { at = 0.1, amount = 121 } ] }",
        "schedule = { per_unit = 20 }, refunds = true",
    ))
}

#[test]
fn a_draw_in_which_a_refund_is_owed_is_a_loss_and_no_draw_is_left_out() {
    let found = returns(&owing(), 2_000, &Simulation::new(2_000, Seed(7)));
    let nothing = of(&found, Situation::NothingWorks);
    let (fund, provider) = (&nothing.investors[0], &nothing.providers[0]);
    assert_eq!(nothing.not_funded, 0);
    // P(12 or more of 20 at 0.6) = 0.5956: nothing is paid, and the fund loses all; at 12 nothing is owed back either.
    assert_eq!(fund.rate.lost_all, nothing.totals().iter().filter(|total| **total <= 0.0).count() as u64);
    assert!((fund.rate.lost_all as f64 / 2_000.0 - 0.5956).abs() < 0.04, "{}", fund.rate.lost_all);
    assert_eq!(fund.rate.spread.unwrap().p05, -1.0);
    // The payee owes 20 for each one more, of which the account holds nothing: 100 − 104 − 20 · (X − 12)+.
    let total = |paid: &f64| if *paid < 0.0 { -4.0 + paid } else { -4.0 };
    let mean = nothing.totals().iter().map(total).sum::<f64>() / 2_000.0;
    assert!((provider.total.unwrap().mean - mean).abs() < 1e-9 && mean < -18.0, "{provider:?} {mean}");
}

#[test]
fn errors_of_rates_are_what_they_scatter_by_from_seed_to_seed() {
    let contract = contract(LOAN);
    let many: Vec<(f64, f64)> = (0..40)
        .map(|seed| {
            let found = returns(&contract, 150, &Simulation::new(150, Seed(seed)));
            let fund = &of(&found, Situation::AsBelieved).investors[0];
            (fund.rate_of_expected.as_ref().unwrap().unique().unwrap(), fund.rate_of_expected_error.unwrap())
        })
        .collect();
    let mean = many.iter().map(|(rate, _)| rate).sum::<f64>() / 40.0;
    let sd = (many.iter().map(|(rate, _)| (rate - mean) * (rate - mean)).sum::<f64>() / 39.0).sqrt();
    let told = many.iter().map(|(_, error)| error).sum::<f64>() / 40.0;
    // A standard deviation of forty is known to a ninth of itself.
    assert!((told / sd - 1.0).abs() < 0.4, "{told} {sd}");
    // By hand: r = √(1.21 p) − 1, so that error(r) = 1.21 / (2 √(1.21 p)) · √(p (1 − p) / 400).
    let found = returns(&contract, 400, &Simulation::new(400, Seed(7)));
    let fund = &of(&found, Situation::AsBelieved).investors[0];
    let paid = 1.0 - fund.chance_of_loss.unwrap().value;
    let by_hand = 1.21 / (2.0 * (1.21 * paid).sqrt()) * (paid * (1.0 - paid) / 399.0).sqrt();
    assert!((fund.rate_of_expected_error.unwrap() - by_hand).abs() < 1e-9, "{by_hand} {fund:?}");
}

#[test]
fn a_contract_without_finance_or_truth_is_told_what_it_lacks() {
    let refused = |terms: &str| {
        let simulation = Simulation::new(10, Seed(1));
        let found = contract(terms).return_risk(10, &simulation, &mut |_| ControlFlow::Continue(()));
        found.unwrap_err().to_string()
    };
    let (before, after) = LOAN.split_once("[contract.finance]").unwrap();
    let truth = after.split_once("[truth]").unwrap().1;
    assert_eq!(
        refused(&format!("{before}[truth]{truth}")),
        "the contract has no `finance`: say who puts money in and what it is spent on, and returns can be told"
    );
    let silent = refused(LOAN.split("[truth]").next().unwrap());
    assert!(silent.starts_with("the document has no `truth`"), "{silent}");
    let many = contract(LOAN).return_risk(100, &Simulation::new(1 << 23, Seed(1)), &mut |_| ControlFlow::Break(()));
    assert_eq!(many.unwrap_err().to_string(), "number of draws `8388608` is not a whole number from 1 to 4194304");
    let ended = contract(LOAN).return_risk(100, &Simulation::new(100, Seed(1)), &mut |_| ControlFlow::Break(()));
    assert_eq!(ended.unwrap_err().to_string(), "cancelled after 0 of 300 draws: nothing is kept");
}
