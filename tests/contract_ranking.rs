//! The best scenarios of a grid of terms, and how often they stay the best.

use impact_core::Contract;
use impact_core::analysis::Axis;
use impact_core::analysis::risk::{Best, RankedBy, Ranking, RankingQuestion, RiskGridQuestion, Situation};
use impact_core::simulation::{Points, Seed, Simulation};
use rust_decimal::Decimal;
use std::ops::ControlFlow;

/// Two metrics alike in everything, each paid for; illustrative.
const TWO: &str = r#"
    impact = 1
    name = "Two alike (illustrative)"
    currency = "NOK"
    holders = [
        { id = "state", kind = "public", level = "state" }, { id = "town", kind = "public", level = "municipality" },
        { id = "provider", kind = "enterprise" },
    ]
    [contract]
    payee = "provider"
    payers = [ { holder = "state" } ]
    metrics = [ { id = "one", kind = "claims" }, { id = "other", kind = "claims" } ]
    payments = [
        { id = "one", of = "one", schedule = { per_unit = 1 } }, { id = "other", of = "other", schedule = { per_unit = 1 } },
    ]
    [truth]
    source = "illustrative"
    metrics = [ { id = "one", counterfactual = 0.5, effect = 0 }, { id = "other", counterfactual = 0.5, effect = 0 } ]
    cohorts = [ { id = "all", date = 2028-12-31, people = 100 } ]
"#;

fn axis(payment: &str, prices: &[i64]) -> Axis {
    let address = format!("contract.payments.{payment}.schedule.per_unit").parse().unwrap();
    Axis::at(address, prices.iter().copied().map(Decimal::from))
}

fn question(axes: Vec<Axis>) -> RankingQuestion {
    let simulation = Simulation::new(4_000, Seed(7));
    let grid = RiskGridQuestion { axes, situation: Situation::NothingWorks, chances: vec![0.95], simulation };
    RankingQuestion { grid, by: RankedBy::Mean, best: Best::Smallest, kept: 3, blocks: 20, resamples: 500 }
}

fn ranking(asked: &RankingQuestion) -> Ranking {
    let contract = Contract::from_toml(TWO).unwrap();
    contract.ranking(asked, &mut |_| ControlFlow::Continue(())).unwrap()
}

#[test]
fn a_lower_price_is_always_the_cheaper() {
    for (by, best, cheapest) in [
        (RankedBy::Mean, Best::Smallest, 10),
        (RankedBy::Sd, Best::Largest, 40),
        (RankedBy::Quantile(0), Best::Largest, 40),
    ] {
        let found = ranking(&RankingQuestion { by, best, ..question(vec![axis("one", &[10, 20, 30, 40])]) });
        assert_eq!(found.ranked.len(), 3);
        assert_eq!(found.ranked[0].values, [Decimal::from(cheapest)], "{by:?}");
        assert!(found.ranked.iter().all(|ranked| ranked.stays_among == 1.0));
        assert_eq!((found.ranked[0].stays_best, found.ranked[1].stays_best), (1.0, 0.0));
    }
    // Fifty of a hundred at 10, and fifty at 1.
    let first = &ranking(&question(vec![axis("one", &[10, 20])])).ranked[0];
    assert!((first.figure - 550.0).abs() < 5.0 * first.figure_error && first.figure_error > 0.1, "{first:?}");
}

#[test]
fn scenarios_that_cost_the_same_take_turns_at_being_the_best() {
    // 10 and 11 either way: alike but for chance; 10 and 10 is cheaper than both, 11 and 11 dearer.
    let found =
        ranking(&RankingQuestion { kept: 4, ..question(vec![axis("one", &[10, 11]), axis("other", &[10, 11])]) });
    let values: Vec<Vec<Decimal>> = found.ranked.iter().map(|ranked| ranked.values.clone()).collect();
    assert_eq!((&values[0], &values[3]), (&vec![Decimal::from(10); 2], &vec![Decimal::from(11); 2]));
    let best: f64 = found.ranked.iter().map(|ranked| ranked.stays_best).sum();
    assert!((best - 1.0).abs() < 1e-12);
    let two = ranking(&RankingQuestion { kept: 2, ..found.asked.clone() });
    let among = two.ranked[1].stays_among;
    assert!(two.ranked[0].stays_among == 1.0 && among > 0.5 && among < 1.0, "{among}");
    // The same again, to the last bit.
    assert_eq!(ranking(&two.asked), two);
}

#[test]
fn scenarios_that_pay_the_same_in_every_draw_share_their_place_and_are_the_best_together() {
    // A hundred people at 10 and 20 each, and as many at 1: neither cap ever binds.
    let text = TWO.replacen("payee = \"provider\"", "payee = \"provider\"\n    at_most = 10_000", 1);
    let contract = Contract::from_toml(&text).unwrap();
    let cap = Axis::at("contract.at_most".parse().unwrap(), [9_000, 9_500, 10_000].map(Decimal::from));
    let shared = |kept: usize, by: RankedBy, best: Best| {
        let asked = RankingQuestion { kept, by, best, ..question(vec![axis("one", &[10, 20]), cap.clone()]) };
        let found = contract.ranking(&asked, &mut |_| ControlFlow::Continue(())).unwrap();
        found.ranked.iter().map(|row| (row.place, row.ties, row.stays_best, row.stays_among)).collect::<Vec<_>>()
    };
    for by in [RankedBy::Mean, RankedBy::Sd, RankedBy::Quantile(0)] {
        for best in [Best::Smallest, Best::Largest] {
            let (first, second) = ((1, 2, 1.0, 1.0), (4, 2, 0.0, 1.0));
            assert_eq!(shared(6, by, best), [first, first, first, second, second, second]);
            // Of six places four are told: two scenarios that are not told are as good as the fourth, and three are better.
            assert_eq!(shared(4, by, best), [first, first, first, second]);
            // Of the three that are equal one is told; it is no better than the two others.
            assert_eq!(shared(1, by, best), [first]);
        }
    }
    // All pay in every draw.
    assert_eq!(shared(2, RankedBy::ChanceOfPaying, Best::Largest), [(1, 5, 1.0, 1.0); 2]);
}

#[test]
fn a_figure_is_that_of_the_grid_over_all_draws_to_the_last_bit() {
    let contract = Contract::from_toml(TWO).unwrap();
    let payer = contract.holders().iter().position(|holder| holder.id == "state").unwrap();
    let payer = contract.terms().paying().into_iter().find(|holder| holder.position() == payer).unwrap();
    // 7 blocks of 4,001 draws: none of them of the same size as all.
    let simulation = Simulation::new(4_001, Seed(7));
    let axes = vec![axis("one", &[10, 11, 12])];
    for by in [RankedBy::ChanceOfPaying, RankedBy::Mean, RankedBy::Sd, RankedBy::Payer(payer), RankedBy::Quantile(0)] {
        let mut asked = RankingQuestion { by, blocks: 7, kept: 3, ..question(axes.clone()) };
        asked.grid.simulation = simulation.clone();
        let grid = contract.risk_grid(&asked.grid, &mut |_| ControlFlow::Continue(())).unwrap();
        for ranked in ranking(&asked).ranked {
            let scenario = &grid.scenarios[ranked.scenario];
            let figure = match by {
                RankedBy::ChanceOfPaying => scenario.chance_of_paying.value,
                RankedBy::Mean => scenario.mean,
                RankedBy::Sd => scenario.sd,
                RankedBy::Payer(_) => scenario.by_payer[0],
                RankedBy::Quantile(at) => scenario.quantiles[at],
            };
            assert_eq!(ranked.figure.to_bits(), figure.to_bits(), "{by:?}");
        }
    }
}

#[test]
fn a_quantile_of_few_draws_a_block_is_not_biased() {
    // Blocks of ten draws, whose 95th percentiles lie lower on average, and blocks of two thousand: the same figure.
    let mut asked = RankingQuestion { by: RankedBy::Quantile(0), blocks: 400, ..question(vec![axis("one", &[1, 2])]) };
    let told = ranking(&asked).ranked[0].figure;
    asked.blocks = 2;
    assert_eq!(ranking(&asked).ranked[0].figure, told);
}

/// The distribution function of the standard normal, by its integral from 0 (Simpson's rule over 1,000 strips).
fn normal(x: f64) -> f64 {
    let density = |t: f64| libm::exp(-t * t / 2.0) / (2.0 * std::f64::consts::PI).sqrt();
    let strip = x / 1_000.0;
    let part = |at: i32| {
        let from = f64::from(at) * strip;
        (density(from) + 4.0 * density(from + strip / 2.0) + density(from + strip)) * strip / 6.0
    };
    0.5 + (0..1_000).map(part).sum::<f64>()
}

#[test]
fn a_quantile_that_jumps_stays_as_often_as_its_own_error_says() {
    // The quantile at P(X ≤ 58) = 0.9557 of 100 at a half is 58 or 59 of them by chance: 5,800 or 5,900 at 100 each. What is paid for
    // the other is certain, 50 · 117 = 5,850, and lies between; 0 is always less, both together are always more.
    let text = TWO.replacen(
        "id = \"other\", counterfactual = 0.5, effect = 0",
        "id = \"other\", counterfactual = 0.5, effect = 0, scatter = \"exactly\"",
        1,
    );
    assert_ne!(text, TWO);
    let contract = Contract::from_toml(&text).unwrap();
    let (chance, draws) = (0.9557, 4_000.0_f64);
    let mut far = 0;
    for seed in 1..=12 {
        let mut asked = question(vec![axis("one", &[0, 100]), axis("other", &[0, 117])]);
        asked.grid.chances = vec![chance];
        asked.grid.simulation = Simulation::new(4_000, Seed(seed));
        let asked = RankingQuestion { by: RankedBy::Quantile(0), blocks: 400, resamples: 2_000, kept: 2, ..asked };
        let found = contract.ranking(&asked, &mut |_| ControlFlow::Continue(())).unwrap();
        assert_eq!((found.ranked[0].scenario, found.ranked[0].stays_best), (0, 1.0));
        let second = &found.ranked[1];
        let lower = if second.scenario == 2 { second.stays_among } else { 1.0 - second.stays_among };
        // The quantile is 58 where at least so many draws are, which of draws drawn anew is so with Φ(distance / error).
        let alone = contract.with("contract.payments.one.schedule.per_unit", 100).unwrap();
        let alone = alone.with("contract.payments.other.schedule.per_unit", 0).unwrap();
        let risk =
            alone.risk_in(&[Situation::NothingWorks], &asked.grid.simulation, &mut |_| ControlFlow::Continue(()));
        let paid = risk.unwrap().situations[0].draws().to_vec();
        let share = paid.iter().filter(|paid| **paid <= 5_800.0).count() as f64 / draws;
        let expected = normal((share - chance) / (chance * (1.0 - chance) / draws).sqrt());
        // 400 blocks tell an error within 1 / √800; 2,000 resamples a share within 0.011; a draw lies between two shares.
        assert!((lower - expected).abs() < 0.08, "seed {seed}: {lower} {expected}");
        far += i32::from(!(0.05..=0.95).contains(&expected));
    }
    assert!(far < 8, "hardly any of them was a close call");
}

#[test]
fn a_few_large_blocks_tell_the_error_of_a_quantile_that_many_small_ones_do() {
    let mut asked = RankingQuestion { by: RankedBy::Quantile(0), ..question(vec![axis("one", &[10, 20])]) };
    let error = |asked: &RankingQuestion| ranking(asked).ranked[0].figure_error;
    asked.blocks = 20;
    let few = error(&asked);
    asked.blocks = 1_000;
    let many = error(&asked);
    // Twenty blocks: within 4 · 1 / √38. Quantiles of four draws a block would lie three times as far apart.
    assert!(many > 0.0 && (few / many - 1.0).abs() < 4.0 / 38.0_f64.sqrt(), "{few} {many}");
}

#[test]
fn neighbouring_seeds_share_no_draws() {
    let figure = |seed: u64| {
        let mut asked = question(vec![axis("one", &[10, 20])]);
        asked.grid.simulation = Simulation::new(400, Seed(seed));
        ranking(&RankingQuestion { resamples: 2, ..asked }).ranked[0].figure
    };
    let figures: Vec<f64> = (100..160).map(figure).collect();
    let mean = figures.iter().sum::<f64>() / 60.0;
    let off = |at: usize| figures[at] - mean;
    let variance: f64 = (0..60).map(|at| off(at) * off(at)).sum();
    let beside: f64 = (0..59).map(|at| off(at) * off(at + 1)).sum();
    // Independent ones: 0 ± 1/√60. Seeds that share nineteen of twenty blocks: 0.95.
    assert!((beside / variance).abs() < 4.0 / 60.0_f64.sqrt(), "{}", beside / variance);
}

#[test]
fn the_standard_error_of_a_mean_is_that_of_its_draws() {
    let first = &ranking(&question(vec![axis("one", &[10, 20])])).ranked[0];
    // 10 for each of 100 at a half, and 1: √(100 · 25 + 25) = 50.2 a draw, over √4,000.
    let expected = (100.0 * 25.0 + 25.0_f64).sqrt() / 4_000.0_f64.sqrt();
    // Twenty blocks: a standard error of the standard error of 1/√38.
    assert!((first.figure_error / expected - 1.0).abs() < 4.0 / 38.0_f64.sqrt(), "{first:?}");
}

#[test]
fn what_cannot_be_ranked_says_why() {
    let contract = Contract::from_toml(TWO).unwrap();
    let refused =
        |asked: &RankingQuestion| contract.ranking(asked, &mut |_| ControlFlow::Continue(())).unwrap_err().to_string();
    let asked = question(vec![axis("one", &[1, 2])]);
    assert_eq!(refused(&RankingQuestion { blocks: 1, ..asked.clone() }), "number of blocks `1` is not from 2 to 4000");
    let few = |draws, blocks| {
        let simulation = Simulation::new(draws, Seed(7));
        RankingQuestion { grid: RiskGridQuestion { simulation, ..asked.grid.clone() }, blocks, ..asked.clone() }
    };
    assert_eq!(refused(&few(19, 20)), "number of blocks `20` is not from 2 to 19");
    let mut even = few(4_096, 16);
    even.grid.simulation = even.grid.simulation.with_points(Points::Sobol);
    assert_eq!(
        refused(&even),
        "parts of evenly spread draws are not independent of each other: rank over `random` points"
    );
    assert_eq!(
        refused(&RankingQuestion { kept: 0, ..asked.clone() }),
        "number of scenarios to tell `0` is not from 1 to 10000"
    );
    assert_eq!(
        refused(&RankingQuestion { resamples: 1, ..asked.clone() }),
        "number of resamples `1` is not from 2 to 10000"
    );
    assert_eq!(
        refused(&RankingQuestion { resamples: 10_000, kept: 10_000, ..asked.clone() }),
        "number of resamples times scenarios to tell `100000000` is not from 1 to 16777216"
    );
    assert_eq!(
        refused(&RankingQuestion { by: RankedBy::Quantile(1), ..asked.clone() }),
        "quantile `1` is none of the 1 that the grid asks for, counted from 0"
    );
    let provider = contract.terms().payee;
    assert_eq!(
        refused(&RankingQuestion { by: RankedBy::Payer(provider), ..asked }),
        "the holder to rank by pays for no results"
    );
}
