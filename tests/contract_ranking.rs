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
    assert!((first.figure - 550.0).abs() < 5.0 * first.standard_error && first.standard_error > 0.1, "{first:?}");
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

#[test]
fn neighbouring_seeds_share_no_draws() {
    let figure = |seed: u64| {
        let mut asked = question(vec![axis("one", &[10, 20])]);
        asked.grid.simulation = Simulation::new(400, Seed(seed));
        ranking(&RankingQuestion { resamples: 1, ..asked }).ranked[0].figure
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
    assert!((first.standard_error / expected - 1.0).abs() < 4.0 / 38.0_f64.sqrt(), "{first:?}");
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
        refused(&RankingQuestion { by: RankedBy::Quantile(1), ..asked.clone() }),
        "quantile `1` is none of the 1 that the grid asks for, counted from 0"
    );
    let provider = contract.terms().payee;
    assert_eq!(
        refused(&RankingQuestion { by: RankedBy::Payer(provider), ..asked }),
        "the holder to rank by pays for no results"
    );
}
