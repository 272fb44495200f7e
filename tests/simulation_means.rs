//! Means of simulations against closed forms, over random models.

use impact_core::Model;
use impact_core::model::{Measure, Perspective};
use impact_core::simulation::{Seed, Simulation};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rust_decimal::prelude::ToPrimitive;
use std::cell::RefCell;
use std::fmt::Write;
use std::ops::ControlFlow;

const MODELS: u32 = 200;
const DRAWS: u64 = 4_096;
/// Standard errors that a mean may be off. Models and seeds, and so draws, are the same in every run. One of them meets a cost whose
/// 4,096 draws are 4.7 standard errors off; of 1.5 million seeds of that stream as many lie beyond 4 as chance has it.
const ERRORS: f64 = 4.0;

const HEAD: &str = r#"
impact = 1
name = "Random means (illustrative)"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2024
horizon = 5
conventions = "norway-r109-2021"
holders = [
    { id = "town", kind = "public", level = "municipality" },
    { id = "state", kind = "public", level = "state" },
    { id = "people", kind = "people" },
]
"#;

/// An outcome whose uncertain numbers enter the net present value as factors, each by itself.
#[derive(Debug, Clone)]
struct Outcome {
    low: u32,
    mode: u32,
    high: u32,
    deadweight: (u32, u32),
    price: u32,
    spread: u32,
    years: u32,
    fiscal: bool,
    avoidable: (u32, u32),
}

fn outcome() -> impl Strategy<Value = Outcome> {
    let share = || (5u32..90, 1u32..15);
    (0u32..50, 1u32..50, 1u32..60, share(), 100u32..90_000, 1u32..80, 1u32..5, any::<bool>(), share()).prop_map(
        |(low, up, further, deadweight, price, spread, years, fiscal, avoidable)| Outcome {
            low,
            mode: low + up,
            high: low + up + further,
            deadweight,
            price,
            spread,
            years,
            fiscal,
            avoidable,
        },
    )
}

fn document(cost: u32, outcomes: &[Outcome]) -> String {
    let mut text = HEAD.to_owned();
    let dear = cost * 2;
    writeln!(
        text,
        "costs = [{{ id = \"team\", payer = \"town\", per_year = {{ triangular = [{cost}, {cost}, {dear}] }}, years = [2024, 2026], \
         price_basis = \"real\", source = \"illustrative\" }}]"
    )
    .unwrap();
    for (position, outcome) in outcomes.iter().enumerate() {
        let Outcome { low, mode, high, deadweight, price, spread, years, fiscal, avoidable } = outcome;
        let share = |(mean, sd): &(u32, u32)| {
            // A beta has room for about half of the largest spread there is.
            let (mean, most) = (f64::from(*mean) / 100.0, f64::from(*mean).min(100.0 - f64::from(*mean)) / 200.0);
            format!("{{ beta = {{ mean = {mean}, sd = {} }} }}", (f64::from(*sd) / 100.0).min(most))
        };
        let sd = price * spread / 100 + 1;
        let (kind, to, from) =
            if *fiscal { ("fiscal", "state", "from = \"people\"\n") } else { ("social", "people", "") };
        writeln!(
            text,
            "[[outcomes]]\nid = \"o{position}\"\nholder = \"people\"\nnature = \"state\"\nduration = {years}\ndrop_off = 0.1\n\
             quantity = {{ pert = [{low}, {mode}, {high}] }}\ndeadweight = {}\n[[outcomes.values]]\nid = \"v\"\n\
             value = {{ lognormal = {{ mean = {price}, sd = {sd} }} }}\nunit = \"person-year\"\nto = \"{to}\"\n{from}kind = \"{kind}\"\n\
             avoidable = {}\ncashable = 0\nsource = \"illustrative\"",
            share(deadweight),
            share(avoidable),
        )
        .unwrap();
    }
    text
}

#[test]
fn means_of_independent_factors_are_the_exact_figures_at_the_means() {
    let config = Config { cases: MODELS, failure_persistence: None, max_shrink_iters: 0, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let models = (1_000u32..900_000, prop::collection::vec(outcome(), 1..5), any::<u64>());
    let (models_off, squares) = (RefCell::new(Vec::new()), RefCell::new(Vec::new()));
    let tried = runner.run(&models, |(cost, outcomes, seed)| {
        let text = document(cost, &outcomes);
        let model = Model::from_toml(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let exact = model.appraise().unwrap();
        let mut farthest: f64 = 0.0;
        let simulated =
            model.simulate(&Simulation::new(DRAWS, Seed(seed)), &mut |_| ControlFlow::Continue(())).unwrap();
        for perspective in [Perspective::Society, Perspective::Public, Perspective::Holder("state".to_owned())] {
            let expected = exact.measure(Measure::Npv, perspective.clone()).unwrap().value.unwrap().to_f64().unwrap();
            let mean = simulated.measure(Measure::Npv, perspective.clone()).unwrap().mean().unwrap();
            // A state without a fiscal outcome gains nothing in any draw.
            if mean.standard_error.unwrap() <= 1e-12 * expected.abs() {
                prop_assert!((mean.value - expected).abs() <= 1e-9 * expected.abs(), "{mean:?} for {expected}");
            } else {
                let errors = (mean.value - expected) / mean.standard_error.unwrap();
                squares.borrow_mut().push(errors * errors);
                farthest = farthest.max(errors.abs());
            }
        }
        models_off.borrow_mut().push(farthest);
        Ok(())
    });
    tried.unwrap_or_else(|failed| panic!("{failed}"));
    // The perspectives of a model share its draws. Of 200 fair models 0.03 lie beyond 4 standard errors.
    let far: Vec<f64> = models_off.into_inner().into_iter().filter(|off| *off > ERRORS).collect();
    assert!(far.len() <= 1 && far.iter().all(|off| *off < 5.0), "{far:?}");
    // And the standard errors are what they say: the squares are one on average.
    let squares = squares.into_inner();
    let mean = squares.iter().sum::<f64>() / squares.len() as f64;
    assert!(squares.len() > 500 && (0.8..1.25).contains(&mean), "{mean} over {}", squares.len());
}

#[test]
fn an_annuity_with_an_uncertain_loss_meets_its_moments() {
    // What is kept, k, is even between 0.6 and 1: E kᵗ = (1 − 0.6ᵗ⁺¹) / (0.4 (t + 1)). Nothing is discounted in the first year
    // (timing and rate are written into the document), so that PV = 1,000 · Σ E kᵗ / 1.1ᵗ over t = 0 to 3.
    let text = r#"
impact = 1
name = "Annuity (illustrative)"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2024
horizon = 4
holders = [{ id = "people", kind = "people" }]
[conventions]
base = "sroi-practice"
[conventions.discount]
bands = [{ from_step = 1, rate = 0.1 }]
timing = { outcomes = "start" }
[[outcomes]]
id = "o"
holder = "people"
duration = 4
quantity = 10
drop_off = { uniform = [0, 0.4] }
values = [{ id = "v", value = 100, unit = "person-year", to = "people", kind = "social", source = "illustrative" }]
"#;
    let model = Model::from_toml(text).unwrap_or_else(|error| panic!("{error}"));
    let simulated = model.simulate(&Simulation::new(200_000, Seed(1)), &mut |_| ControlFlow::Continue(())).unwrap();
    let mean = simulated.measure(Measure::Npv, Perspective::Society).unwrap().mean().unwrap();
    let moment = |t: f64| (1.0 - libm::pow(0.6, t + 1.0)) / (0.4 * (t + 1.0)) / libm::pow(1.1, t);
    let expected = 1_000.0 * [0.0, 1.0, 2.0, 3.0].into_iter().map(moment).sum::<f64>();
    assert!((mean.value - expected).abs() <= ERRORS * mean.standard_error.unwrap(), "{mean:?} for {expected}");
}
