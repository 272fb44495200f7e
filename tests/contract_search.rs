//! Design of terms: prices at which a payer breaks even and an investor reaches a rate, and shares that leave nobody worse off.

use impact_core::analysis::Axis;
use impact_core::analysis::risk::{
    FairShares, FrontierQuestion, PriceFor, PriceFound, PriceQuestion, RateOf, RateTarget, Room, Situation,
};
use impact_core::simulation::{Progress, Seed, Simulation};
use impact_core::{Contract, Model};
use rust_decimal::Decimal;
use std::ops::ControlFlow;

/// A price is found to a millionth of itself: what is paid is rounded to hundredths, draw by draw.
const TOLERANCE: f64 = 1e-6;

/// Each of thirty people who start work by the programme saves the town 162,000 and the state 108,000; worked out in the fixture.
const WORK: &str = include_str!("../fixtures/models/paid-work.toml");

const PRICE: &str = "contract.payments.started.schedule.per_unit";

fn on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn model(text: &str) -> Model {
    Model::from_toml(text).unwrap_or_else(|error| panic!("{error}"))
}

fn price(low: i64, high: i64, draws: u64) -> PriceQuestion {
    PriceQuestion {
        address: PRICE.parse().unwrap(),
        range: (low.into(), high.into()),
        situation: Situation::AsBelieved,
        simulation: Simulation::new(draws, Seed(7)),
    }
}

fn value(found: &PriceFound) -> f64 {
    found.value().unwrap_or_else(|| panic!("{found:?}")).try_into().unwrap()
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= TOLERANCE * expected.abs(), "{found} {expected}");
}

fn uncertain() -> String {
    WORK.replace(
        "effect = 0.3, effect_in = \"absolute\", scatter = \"exactly\"",
        "effect = { normal = { mean = 0.2, sd = 0.1 } }, effect_in = \"absolute\"",
    )
}

#[test]
fn at_the_price_found_a_payer_is_expected_to_pay_what_it_saves() {
    // Thirty people save the town 30 · 162,000 = 4.86 million, and it pays 40 % of fifty prices: 243,000. The state: 3.24 million over
    // thirty prices.
    for (payer, expected) in [("town", 243_000.0), ("state", 108_000.0)] {
        let found = model(WORK).search(&price(0, 1_000_000, 10), PriceFor::Payer(payer), &mut on).unwrap();
        near(value(&found), expected);
        assert_eq!((found.current, found.everywhere), (Decimal::from(100_000), false));
        assert!(found.at_ends.0.unwrap() > 0.0 && found.at_ends.1.unwrap() < 0.0);
    }
    // Uncertain: put back, payment and saving meet over the same draws.
    let uncertain = model(&uncertain());
    let found = uncertain.search(&price(0, 1_000_000, 3_000), PriceFor::Payer("town"), &mut on).unwrap();
    let there = uncertain.with(PRICE, found.value().unwrap()).unwrap();
    let risk = there.saving_risk(&Simulation::new(3_000, Seed(7)), &mut on).unwrap();
    let town = &risk.situation(Situation::AsBelieved).unwrap().holders[0];
    assert!(town.saved.sd > 1e5 && town.paid.sd > 1e5);
    near(town.paid.mean, town.saved.mean);
}

#[test]
fn a_cap_lowers_no_price_and_none_in_range_is_said() {
    let free = model(&uncertain()).search(&price(0, 1_000_000, 500), PriceFor::Payer("town"), &mut on).unwrap();
    let capped = uncertain().replace("payee = \"provider\"", "payee = \"provider\"\n    at_most = 9_000_000");
    let capped = model(&capped).search(&price(0, 1_000_000, 500), PriceFor::Payer("town"), &mut on).unwrap();
    assert!(value(&capped) > value(&free), "{} {}", value(&capped), value(&free));
    let none = model(WORK).search(&price(0, 240_000, 10), PriceFor::Payer("town"), &mut on).unwrap();
    assert!(none.crossings.is_empty() && none.value().is_none());
    // At 240,000 the town saves 4.86 million and pays 4.8.
    near(none.at_ends.1.unwrap(), 60_000.0);
}

/// 100 is lent for two years and the price comes back where at most ten of twenty reoffend.
const LOAN: &str = r#"
    impact = 1
    name = "A loan (illustrative)"
    currency = "NOK"
    holders = [ { id = "state", kind = "public", level = "state" }, { id = "fund", kind = "investor" }, { id = "provider", kind = "enterprise" } ]
    [contract]
    payee = "provider"
    payers = [ { holder = "state" } ]
    metrics = [ { id = "reoffended", kind = "share", direction = "decrease" } ]
    estimates = [ { id = "fewer", metric = "reoffended", effect = "absolute", against = { fixed = 0.6 } } ]
    payments = [ { id = "result", of = "fewer", schedule = { steps = [ { at = 0.1, amount = { use = "price" } } ] } } ]
    [assumptions]
    price = 121
    [contract.finance]
    costs = [ { id = "service", to = "provider", paid = [ { date = 2027-01-01, amount = 100 } ] } ]
    tranches = [ { id = "loan", holder = "fund", commitment = 100 } ]
    waterfall = [ { principal = ["loan"] }, { surplus = [ { tranche = "loan", share = 1 } ] } ]
    [truth]
    source = "illustrative"
    metrics = [ { id = "reoffended", counterfactual = 0.6, effect = 0.2 } ]
    cohorts = [ { id = "2027", date = 2028-12-31, people = 20 } ]
"#;

#[test]
fn at_the_price_found_an_investor_reaches_its_rate() {
    let contract = Contract::from_toml(LOAN).unwrap();
    let asked = |situation| PriceQuestion {
        address: "assumptions.price".parse().unwrap(),
        range: (100.into(), 1_000.into()),
        situation,
        simulation: Simulation::new(60, Seed(7)),
    };
    let target = |rate, of| RateTarget { rate, of, settled: 60 };
    let risk = contract.return_risk(60, &Simulation::new(60, Seed(7)), &mut on).unwrap();
    let paid = risk.situation(Situation::AsBelieved).unwrap().investors[0].rate.one as f64 / 60.0;
    assert!(paid > 0.5 && paid < 1.0);
    let mut before = 0.0;
    for rate in [0.0, 0.05] {
        let of = |of| {
            let found = contract.search(&asked(Situation::AsBelieved), ("fund", target(rate, of)), &mut on);
            value(&found.unwrap())
        };
        // Two years of 365 days: 100 · (1 + rate)², where it comes back; so often more, where what is lost counts.
        let once = 100.0 * (1.0 + rate) * (1.0 + rate);
        let expected = of(RateOf::Expected);
        assert!((expected - once / paid).abs() < 0.02, "{expected} {}", once / paid);
        assert!(expected > before);
        before = expected;
        if rate > 0.0 {
            let median = of(RateOf::Median);
            assert!((median - once).abs() < 0.02, "{median} {once}");
        }
    }
    // Where nothing works more than half of the draws lose everything, whatever the price.
    let asked = asked(Situation::NothingWorks);
    let none = contract.search(&asked, ("fund", target(0.05, RateOf::Median)), &mut on).unwrap();
    assert!(none.crossings.is_empty());
    near(none.at_ends.0.unwrap(), -1.05);
}

#[test]
fn an_investors_price_stands_with_its_error() {
    let contract = Contract::from_toml(LOAN).unwrap();
    for seed in [7, 8, 9] {
        let asked = PriceQuestion {
            address: "assumptions.price".parse().unwrap(),
            range: (100.into(), 400.into()),
            situation: Situation::AsBelieved,
            simulation: Simulation::new(80, Seed(seed)),
        };
        let target = RateTarget { rate: 0.05, of: RateOf::Expected, settled: 80 };
        let found = contract.search(&asked, ("fund", target), &mut on).unwrap();
        let (price, error) = (value(&found), found.standard_error.unwrap());
        // The price is 110.25 / p, with p the share of draws in which it is paid: error(price) = price · √((1 − p) / p / 79).
        let paid = 110.25 / price;
        let by_hand = price * ((1.0 - paid) / paid / 79.0).sqrt();
        assert!((error / by_hand - 1.0).abs() < 0.05, "{error} {by_hand}");
    }
}

#[test]
fn a_payers_price_stands_with_its_error_and_one_without_chance_has_none() {
    let certain = model(WORK).search(&price(0, 1_000_000, 10), PriceFor::Payer("town"), &mut on).unwrap();
    assert_eq!(certain.standard_error, Some(0.0));
    let at = |seed| {
        let asked = PriceQuestion { simulation: Simulation::new(400, Seed(seed)), ..price(0, 1_000_000, 400) };
        model(&uncertain()).search(&asked, PriceFor::Payer("town"), &mut on).unwrap()
    };
    let many: Vec<(f64, f64)> = (0..20).map(at).map(|found| (value(&found), found.standard_error.unwrap())).collect();
    let mean = many.iter().map(|(price, _)| price).sum::<f64>() / 20.0;
    let sd = (many.iter().map(|(price, _)| (price - mean) * (price - mean)).sum::<f64>() / 19.0).sqrt();
    let told = many.iter().map(|(_, error)| error).sum::<f64>() / 20.0;
    assert!((told / sd - 1.0).abs() < 0.5, "{told} {sd}");
}

#[test]
fn a_frontier_says_where_its_draws_cannot_tell() {
    let asked = |investor_rate, draws| FrontierQuestion {
        price: price(10_000, 1_000_000, draws),
        beside: Axis::at("truth.cohorts.2025.people".parse().unwrap(), ["100".parse().unwrap()]),
        payer: "town".to_owned(),
        investor: "fund".to_owned(),
        target: RateTarget { rate: investor_rate, of: RateOf::Expected, settled: draws },
    };
    let room = |rate, draws| {
        let found = model(&uncertain()).frontier(&asked(rate, draws), &mut on).unwrap();
        let point = &found.points[0];
        let errors = point.break_even.standard_error.zip(point.rate.standard_error);
        (point.room, value(&point.break_even) - value(&point.rate), errors.unwrap())
    };
    let (near, apart, (payer, investor)) = room(1.0, 40);
    assert!(apart.abs() < 2.0 * (payer + investor), "{apart} {payer} {investor}");
    assert!(matches!(near, Room::Unsure { .. }), "{near:?}");
    let (far, apart, (payer, investor)) = room(0.0, 40);
    assert!(apart > 2.0 * (payer + investor), "{apart} {payer} {investor}");
    assert!(matches!(far, Room::Between { .. }), "{far:?}");
}

#[test]
fn a_frontier_says_where_there_is_a_price_for_both() {
    let asked = FrontierQuestion {
        price: price(10_000, 1_000_000, 10),
        beside: Axis::at(
            "truth.metrics.started.effect".parse().unwrap(),
            ["0.1".parse().unwrap(), "0.2".parse().unwrap()],
        ),
        payer: "town".to_owned(),
        investor: "fund".to_owned(),
        target: RateTarget { rate: 0.05, of: RateOf::Expected, settled: 2 },
    };
    let found = model(WORK).frontier(&asked, &mut on).unwrap();
    let investor = |people: f64| 4_000_000.0 * libm::pow(1.05, 364.0 / 365.0) / people;
    for (point, (people, by_programme)) in found.points.iter().zip([(30.0, 10.0), (40.0, 20.0)]) {
        near(value(&point.break_even), 162_000.0 * by_programme / (0.4 * people));
        near(value(&point.rate), investor(people));
    }
    // Of ten people the fund needs about 140,000 and the town has 135,000; of twenty 105,000 and 202,500.
    assert!(matches!(found.points[0].room, Room::Apart { .. }), "{:?}", found.points[0].room);
    assert!(matches!(found.points[1].room, Room::Between { .. }), "{:?}", found.points[1].room);
}

#[test]
fn a_frontier_knows_that_a_higher_threshold_pays_less() {
    let points = "{ per_point = { price = 250_000, point = 0.01, from = 0.1 } }";
    let text = WORK
        .replace("kind = \"claims\", outcome", "kind = \"share\", direction = \"increase\", outcome")
        .replace("{ per_unit = 100_000 }", points);
    let mut price = price(0, 1, 10);
    price.address = "contract.payments.started.schedule.per_point.from".parse().unwrap();
    price.range = (Decimal::ZERO, "0.28".parse().unwrap());
    let asked = FrontierQuestion {
        price,
        beside: Axis::at(
            "truth.metrics.started.effect".parse().unwrap(),
            ["0.1".parse().unwrap(), "0.2".parse().unwrap()],
        ),
        payer: "town".to_owned(),
        investor: "fund".to_owned(),
        target: RateTarget { rate: 0.05, of: RateOf::Expected, settled: 2 },
    };
    let found = model(&text).frontier(&asked, &mut on).unwrap();
    // The town breaks even where 162,000 a person are 0.4 of 250,000 a point: 16.2 points of 30, and 32.4 of 40. The fund needs 16.8.
    let investor = 4_000_000.0 * libm::pow(1.05, 364.0 / 365.0) / 25_000_000.0;
    for (point, (share, payer)) in found.points.iter().zip([(0.3, 0.138), (0.4, 0.076)]) {
        near(value(&point.break_even), payer);
        near(value(&point.rate), share - investor);
    }
    assert!(matches!(found.points[0].room, Room::Apart { .. }), "{:?}", found.points[0].room);
    let Room::Between { least, most } = found.points[1].room else { panic!("{:?}", found.points[1].room) };
    assert_eq!((Some(least), Some(most)), (found.points[1].break_even.value(), found.points[1].rate.value()));
}

#[test]
fn shares_that_leave_no_payer_worse_off_add_up_and_do() {
    let simulation = Simulation::new(10, Seed(7));
    let shares = |model: &Model| {
        model.saving_risk(&simulation, &mut on).unwrap().situation(Situation::AsBelieved).unwrap().fair_shares()
    };
    let FairShares::Shares(found) = shares(&model(WORK)) else { panic!("both can pay") };
    // Five million are paid; the town saves 4.86 and the state 3.24.
    let expected = [(1.0 - 0.648, 0.972), (1.0 - 0.972, 0.648)];
    for (share, (least, most)) in found.iter().zip(expected) {
        near(share.least, least);
        near(share.most, most);
    }
    let least = WORK.replace("share = 0.4", "share = 0.352").replace("share = 0.6 }", "share = 0.648 }");
    let risk = model(&least).saving_risk(&simulation, &mut on).unwrap();
    for holder in &risk.situation(Situation::AsBelieved).unwrap().holders {
        assert!(holder.net.mean >= -1e-3, "{holder:?}");
    }
    // At 200,000 ten million are paid and 8.1 are saved.
    let dear = model(WORK).with(PRICE, 200_000).unwrap();
    let FairShares::Lacking(lacking) = shares(&dear) else { panic!("too dear") };
    near(lacking, 1_900_000.0);
    assert_eq!(shares(&model(WORK).with(PRICE, 0).unwrap()), FairShares::NothingPaid);
    // The state pays more benefits than before: no share helps it.
    let loses = model(&WORK.replace("value = 60_000", "value = -60_000"));
    let state = loses.contract().unwrap().terms().payers[1].holder;
    assert_eq!(shares(&loses), FairShares::Losing(vec![state]));
}

#[test]
fn what_cannot_be_searched_for_says_why() {
    let model = model(WORK);
    let refused = |asked: &PriceQuestion, payer: &str| {
        model.search(asked, PriceFor::Payer(payer), &mut on).unwrap_err().to_string()
    };
    assert_eq!(refused(&price(0, 1, 10), "provider"), "`provider` pays for no results: choose among `town`, `state`");
    assert_eq!(
        refused(&price(5, 5, 10), "town"),
        format!("`{PRICE}` cannot be tried from 5 to 5: it takes zero or more, and the first must be below the last")
    );
    let at = |address: &str| PriceQuestion { address: address.parse().unwrap(), ..price(0, 1, 10) };
    assert_eq!(
        refused(&at("truth.metrics.started.effect"), "town"),
        "`truth.metrics.started.effect` is of the truth and no term of the contract: a price is searched for at a number of the terms"
    );
    let unknown = refused(&at("contract.payments.started.schedule.per_unti"), "town");
    assert!(unknown.ends_with(&format!("did you mean `{PRICE}`?")), "{unknown}");
    let target = RateTarget { rate: 0.05, of: RateOf::Median, settled: 10 };
    let nobody = model.contract().unwrap().search(&price(0, 1, 10), ("town", target), &mut on).unwrap_err();
    assert_eq!(nobody.to_string(), "`town` lends nothing in the `finance`: choose among `fund`");
    let alone = Model::from_toml(WORK.split("[contract]").next().unwrap()).unwrap();
    let none = alone.search(&price(0, 1, 10), PriceFor::Investor("fund", target), &mut on).unwrap_err();
    assert_eq!(none.to_string(), "the model has no `contract`: there is no price to search for");
    let ended = model.search(&price(0, 1, 10), PriceFor::Payer("town"), &mut |_| ControlFlow::Break(())).unwrap_err();
    assert!(ended.to_string().starts_with("cancelled"), "{ended}");
}

/// What a payer saves less what it pays at a price.
fn left(model: &Model, price: Decimal, payer: usize, draws: u64) -> f64 {
    let risk = model.with(PRICE, price).unwrap().saving_risk(&Simulation::new(draws, Seed(7)), &mut on).unwrap();
    risk.situation(Situation::AsBelieved).unwrap().holders[payer].net.mean
}

#[test]
fn a_price_is_told_in_hundredths_at_which_what_was_asked_holds() {
    let model = model(&uncertain());
    for (payer, id) in ["town", "state"].into_iter().enumerate() {
        let asked = price(0, 1_000_000, 1_000);
        let told = model.search(&asked, PriceFor::Payer(id), &mut on).unwrap().value().unwrap();
        let hundredth = Decimal::new(1, 2);
        assert_eq!(told, told.round_dp(2), "no digits beyond hundredths");
        // The payer saves at least what it pays, and a hundredth or two more would turn that.
        assert!(left(&model, told, payer, 1_000) >= 0.0, "{told}");
        assert!(left(&model, told + Decimal::TWO * hundredth, payer, 1_000) < 0.0, "{told}");
    }
    let target = RateTarget { rate: 0.05, of: RateOf::Expected, settled: 20 };
    let fund = |low, high| {
        model.contract().unwrap().search(&price(low, high, 20), ("fund", target), &mut on).unwrap().value().unwrap()
    };
    let told = fund(0, 400_000);
    assert_eq!(told, told.round_dp(2));
    // At the price told it reaches the rate, a hundredth or two below it does not: what is left at the ends of a range tells it.
    let at_ends = |low: Decimal, high: Decimal| {
        let asked = PriceQuestion { range: (low, high), ..price(0, 1, 20) };
        model.contract().unwrap().search(&asked, ("fund", target), &mut on).unwrap().at_ends
    };
    let (below, at) = at_ends(told - Decimal::new(2, 2), told);
    assert!(at.unwrap() >= 0.0 && below.unwrap() < 0.0, "{below:?} {at:?}");
}
