//! Grids: scenarios over shared draws.

use impact_core::Model;
use impact_core::analysis::{Axis, Grid, GridQuestion};
use impact_core::model::{Measure, Perspective, Question};
use impact_core::simulation::{Counted, Progress, Seed, Simulation, Width};
use rust_decimal::Decimal;
use std::fs;
use std::ops::ControlFlow;

fn fixture(name: &str) -> Model {
    let path = format!("{}/fixtures/models/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    Model::from_toml(&fs::read_to_string(path).unwrap()).unwrap()
}

fn on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn axis(address: &str, values: &[&str]) -> Axis {
    Axis { address: address.parse().unwrap(), values: values.iter().map(|value| value.parse().unwrap()).collect() }
}

fn asked(axes: Vec<Axis>, question: Question) -> GridQuestion {
    let simulation = Simulation::new(1_003, Seed(7));
    GridQuestion { axes, question, threshold: 0.0, chances: vec![0.05, 0.5], simulation }
}

fn all(grid: &Grid) -> impl Iterator<Item = (Vec<Decimal>, &impact_core::analysis::Scenario)> {
    let sizes: Vec<usize> = grid.asked.axes.iter().map(|axis| axis.values.len()).collect();
    grid.scenarios.iter().enumerate().map(move |(number, scenario)| {
        let mut left = number;
        let mut values: Vec<Decimal> = grid
            .asked
            .axes
            .iter()
            .zip(&sizes)
            .rev()
            .map(|(axis, size)| {
                let value = axis.values[left % size];
                left /= size;
                value
            })
            .collect();
        values.reverse();
        (values, scenario)
    })
}

#[test]
fn a_scenario_is_the_simulation_of_the_model_with_its_values() {
    // Sums in another order: the last digits of floats.
    const OFF: f64 = 1e-11;
    let cases: [(&str, Vec<Axis>); 4] = [
        (
            "map-12x10",
            vec![
                axis("costs.programme.amount", &["60000000", "90000000"]),
                axis("outcomes.outcome-01.deadweight", &["0.1", "0.4", "0.7"]),
            ],
        ),
        // Two numbers of one outcome, one of another, and a setting.
        (
            "map-12x10",
            vec![
                axis("outcomes.outcome-02.drop_off", &["0.1", "0.3"]),
                axis("outcomes.outcome-05.quantity", &["10", "70"]),
                axis("horizon", &["4", "10"]),
                axis("outcomes.outcome-02.quantity", &["0", "70"]),
            ],
        ),
        ("shape", vec![axis("outcomes.into-work.quantity", &["8", "16"])]),
        ("sandefjord", vec![axis("outcomes.off-assistance.quantity", &["5", "9"])]),
    ];
    for (name, axes) in cases {
        let model = fixture(name);
        for measure in [Measure::Npv, Measure::SroiRatio, Measure::Bcr, Measure::DiscountedPayback] {
            let question = Question::new(measure).seen_by(Perspective::Society);
            let asked = asked(axes.clone(), question.clone());
            let grid = model.grid(&asked, &mut on).unwrap();
            assert_eq!(grid.scenarios.len(), axes.iter().map(|axis| axis.values.len()).product::<usize>());
            for (values, scenario) in all(&grid) {
                let put =
                    |model: Model, (axis, value): (&Axis, &Decimal)| model.with(axis.address.as_str(), *value).unwrap();
                let single = axes.iter().zip(&values).fold(model.clone(), put);
                let simulation = asked.simulation.clone().asking([question.clone()]);
                let simulated = single.simulate(&simulation, &mut on).unwrap();
                let figure = &simulated.figures()[0];
                assert_eq!(scenario.undefined, figure.undefined(), "{name} {measure} {values:?}");
                let Ok(mean) = figure.mean() else {
                    assert_eq!(scenario.mean, None);
                    continue;
                };
                let near = |found: f64, expected: f64| (found - expected).abs() <= OFF * expected.abs().max(1e7 * OFF);
                let (found, error) = scenario.mean.unwrap();
                assert!(near(found, mean.value), "{name} {measure} {values:?}: {found} for {}", mean.value);
                assert!(
                    (error.unwrap() - mean.standard_error.unwrap()).abs()
                        <= 1e-9 * mean.standard_error.unwrap().max(1e-3)
                );
                assert_eq!(scenario.above, Some(figure.probability_above(0.0).unwrap().value));
                for (chance, quantile) in asked.chances.iter().zip(&scenario.quantiles) {
                    assert!(
                        near(*quantile, figure.quantile(*chance).unwrap().value),
                        "{name} {measure} {values:?} at {chance}"
                    );
                }
            }
        }
    }
}

#[test]
fn threads_and_width_change_no_bit() {
    let model = fixture("map-12x10");
    let axes = vec![
        axis("outcomes.outcome-01.deadweight", &["0.1", "0.2", "0.3", "0.4", "0.5"]),
        axis("costs.programme.amount", &["60000000", "90000000"]),
        axis("outcomes.outcome-01.quantity", &["10", "20"]),
    ];
    let asked = asked(axes, Question::new(Measure::Npv));
    let once = model.grid(&asked, &mut on).unwrap().scenarios;
    for (threads, width) in [(2, Width::Widest), (8, Width::Widest), (1, Width::Plain)] {
        let simulation = asked.simulation.clone().on_threads(threads).with_width(width);
        let again = model.grid(&GridQuestion { simulation, ..asked.clone() }, &mut on).unwrap().scenarios;
        assert_eq!(again, once, "{threads} threads, {width:?}");
    }
}

#[test]
fn a_grid_can_be_ended_soon_whatever_its_first_axis() {
    let model = fixture("map-12x10");
    let many: Vec<String> = (0..5_000).map(|step| (60_000_000 + 1_000 * step).to_string()).collect();
    let many = axis("costs.programme.amount", &many.iter().map(String::as_str).collect::<Vec<_>>());
    let mut asked = asked(vec![axis("outcomes.outcome-01.deadweight", &["0.2"]), many], Question::new(Measure::Npv));
    asked.simulation = Simulation::new(32, Seed(7)).on_threads(2);
    let (mut seen, mut of) = (Vec::new(), Vec::new());
    let mut ended_after = |most: u64| {
        let mut progress = |at: Progress| {
            seen.push(at.done);
            of.push((at.of, at.counted));
            if at.done > most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        model.grid(&asked, &mut progress)
    };
    let ended = ended_after(0).unwrap_err().to_string();
    assert_eq!(ended, "cancelled after 4096 of 5000 scenarios: nothing is kept");
    assert_eq!(ended_after(5_000).unwrap().scenarios.len(), 5_000);
    assert_eq!(seen, [0, 4_096, 0, 4_096, 5_000]);
    assert!(of.iter().all(|told| *told == (5_000, Counted::Scenarios)));
}

#[test]
fn one_draw_of_a_scenario_has_no_standard_error() {
    let mut asked = asked(vec![axis("outcomes.outcome-01.deadweight", &["0.2"])], Question::new(Measure::Npv));
    asked.simulation = Simulation::new(1, Seed(7));
    let grid = fixture("map-12x10").grid(&asked, &mut on).unwrap();
    assert!(grid.scenarios[0].mean.is_some_and(|(_, error)| error.is_none()));
}

#[test]
fn what_a_grid_does_not_take_is_said() {
    let model = fixture("map-12x10");
    let message = |axes: Vec<Axis>, draws: u64| {
        let mut asked = asked(axes, Question::new(Measure::Npv));
        asked.simulation = Simulation::new(draws, Seed(7));
        model.grid(&asked, &mut on).unwrap_err().to_string()
    };
    let share = "outcomes.outcome-01.deadweight";
    assert_eq!(
        message(vec![axis(share, &["0.2", "1.2"])], 10),
        "`outcomes.outcome-01.deadweight` cannot be `1.2`: it takes between 0 and 1"
    );
    assert_eq!(
        message(vec![axis(share, &["0.2"]), axis(share, &["0.3"])], 10),
        "`outcomes.outcome-01.deadweight` stands on both axes: choose two different numbers"
    );
    assert_eq!(message(vec![], 10), "a grid has at least one axis: name an address and its values");
    assert_eq!(message(vec![axis(share, &[])], 10), "`outcomes.outcome-01.deadweight` is given no value");
    for falling in [["0.3", "0.2"], ["0.2", "0.2"]] {
        assert!(message(vec![axis(share, &falling)], 10).contains("do not rise"));
    }
    assert_eq!(
        message(vec![axis(share, &["0.2"])], 65_537),
        "number of draws `65537` is more than the 65536 of a grid: simulate single scenarios with more"
    );
    assert!(message(vec![axis("outcomes.outcome-01.deadwieght", &["0.2"])], 10).contains("outcomes.outcome-01.deadwe"));
    let ended =
        model.grid(&asked(vec![axis(share, &["0.2"])], Question::new(Measure::Npv)), &mut |_| ControlFlow::Break(()));
    assert_eq!(ended.unwrap_err().to_string(), "cancelled after 0 of 1 scenarios: nothing is kept");
}
