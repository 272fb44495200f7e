//! The best scenarios of a grid of terms, and how often they stay the best.

use impact_core::Contract;
use impact_core::analysis::Axis;
use impact_core::analysis::risk::{Best, RankedBy, Ranking, RankingQuestion, RiskGridQuestion, Situation};
use impact_core::simulation::{Seed, Simulation};
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
    let simulation = Simulation::new(200, Seed(7));
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
fn what_cannot_be_ranked_says_why() {
    let contract = Contract::from_toml(TWO).unwrap();
    let refused =
        |asked: &RankingQuestion| contract.ranking(asked, &mut |_| ControlFlow::Continue(())).unwrap_err().to_string();
    let asked = question(vec![axis("one", &[1, 2])]);
    assert_eq!(refused(&RankingQuestion { blocks: 1, ..asked.clone() }), "number of blocks `1` is not from 2 to 10000");
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
