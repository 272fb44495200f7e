//! Simulated figures as they are read: intervals, groups of draws, and the one JSON document of a simulation.

mod common;

use common::model;
use impact_core::Model;
use impact_core::model::{Measure, Perspective, Question};
use impact_core::report::SimulationReport;
use impact_core::simulation::{KEPT_DRAWS, Seed, Simulated, SimulatedFigure, Simulation};
use std::ops::ControlFlow;

#[path = "one_uniform/mod.rs"]
mod one_uniform;
use one_uniform::ONE_UNIFORM;

fn simulate(model: &Model, draws: u64, questions: impl IntoIterator<Item = Question>) -> Simulated {
    let simulation = Simulation::new(draws, Seed(7)).asking(questions).on_threads(2);
    model.simulate(&simulation, &mut |_| ControlFlow::Continue(())).unwrap()
}

fn npv(model: &Model, draws: u64) -> SimulatedFigure {
    let simulated = simulate(model, draws, [Question::new(Measure::Npv)]);
    simulated.measure(Measure::Npv, Perspective::Society).unwrap().clone()
}

#[test]
fn an_interval_leaves_as_much_to_either_side() {
    let npv = npv(&model("sandefjord"), 5_000);
    let (low, high) = npv.interval(0.9).unwrap();
    assert_eq!(low, npv.quantile(0.05).unwrap());
    assert_eq!(high, npv.quantile(0.95).unwrap());
    assert_eq!(npv.interval(1.0).map(|(low, high)| (low.value, high.value)), npv.range());
    assert_eq!(npv.interval(1.5).unwrap_err().to_string(), "probability `1.5` is not between 0 and 1");
}

#[test]
fn above_and_not_above_are_everything() {
    let npv = npv(&Model::from_toml(ONE_UNIFORM).unwrap(), 20_000);
    let (above, not) = (npv.probability_above(50.0).unwrap(), npv.probability_not_above(50.0).unwrap());
    assert_eq!(above.value + not.value, 1.0);
    assert_eq!(above.standard_error, not.standard_error);
    let counted = npv.draws().unwrap().iter().filter(|draw| **draw <= 50.0).count();
    assert!((not.value - counted as f64 / 20_000.0).abs() < 1e-12);
}

#[test]
fn groups_of_kept_draws_have_one_width_and_hold_every_draw() {
    let npv = npv(&model("sandefjord"), 20_000);
    let groups = npv.grouped(60).unwrap();
    let (low, high) = npv.range().unwrap();
    assert_eq!((groups.len(), groups[0].0, groups[59].1), (60, low, high));
    assert_eq!(groups.iter().map(|(.., count)| count).sum::<u64>(), 20_000);
    for (position, (from, to, count)) in groups.iter().enumerate() {
        assert!(((to - from) / (high - low) * 60.0 - 1.0).abs() < 1e-9);
        let own = npv.draws().unwrap().iter().filter(|draw| *draw >= from && (*draw < to || position == 59));
        assert_eq!(own.count() as u64, *count);
    }
    let inside = npv.grouped_within(0.0, 1e5, 4).unwrap();
    let counted = npv.draws().unwrap().iter().filter(|draw| (0.0..=1e5).contains(*draw)).count() as u64;
    assert_eq!(inside.iter().map(|(.., count)| count).sum::<u64>(), counted);
}

#[test]
fn groups_of_counted_draws_end_where_bins_do_and_lose_none() {
    const DRAWS: u64 = KEPT_DRAWS + 1;
    let npv = npv(&Model::from_toml(ONE_UNIFORM).unwrap(), DRAWS);
    assert!(npv.draws().is_none());
    let groups = npv.grouped(40).unwrap();
    assert_eq!(groups.iter().map(|(.., count)| count).sum::<u64>(), DRAWS);
    assert!(groups.windows(2).all(|pair| pair[0].1 == pair[1].0));
    assert_eq!(groups.len(), 40);
    let bins = npv.bins();
    for (low, high, count) in &groups {
        let within = bins.iter().filter(|(from, to, _)| low <= from && to <= high);
        assert_eq!(within.map(|(.., count)| count).sum::<u64>(), *count);
        // Uniform from −100 to 200: a share goes with a width, but for chance and a bin at the edge of a group.
        let share = *count as f64 / DRAWS as f64;
        assert!((share - (high - low) / 300.0).abs() < 2e-3, "{low} to {high}: {share}");
    }
    let above = groups.iter().filter(|(low, ..)| *low >= 0.0).map(|(.., count)| count).sum::<u64>() as f64;
    assert!((above / DRAWS as f64 - 2.0 / 3.0).abs() < 0.02);
}

#[test]
fn groups_that_cannot_be_are_refused() {
    let npv = npv(&model("sandefjord"), 100);
    assert_eq!(npv.grouped(0).unwrap_err().to_string(), "draws cannot be shared among `0` groups");
    assert_eq!(
        npv.grouped_within(5.0, 5.0, 3).unwrap_err().to_string(),
        "`5` to `5` are not two numbers of which the second is larger"
    );
    assert!(npv.grouped_within(f64::NAN, 5.0, 3).is_err());
    assert!(npv.grouped_within(0.0, f64::INFINITY, 3).is_err());
}

#[test]
fn draws_that_are_all_alike_are_one_group() {
    let npv = npv(&model("beginner"), 100);
    assert_eq!(npv.grouped(60).unwrap(), [(20_000.0, 20_000.0, 100)]);
}

#[test]
fn the_report_of_a_simulation_says_what_its_figures_say() {
    let model = model("map-12x10");
    let asked = [Question::new(Measure::SroiRatio), Question::new(Measure::Payback)];
    let simulated = simulate(&model, 4_000, asked);
    let report = serde_json::to_value(SimulationReport::of(&simulated)).unwrap();
    let sroi = simulated.measure(Measure::SroiRatio, Perspective::Society).unwrap();
    let row = &report["measures"][0];
    assert_eq!(row["summary"]["mean"]["value"], sroi.mean().unwrap().value);
    assert_eq!(row["summary"]["p95"]["standard_error"], sroi.quantile(0.95).unwrap().standard_error.unwrap());
    assert_eq!(row["summary"]["threshold"], 1.0);
    assert_eq!(row["summary"]["above_threshold"]["value"], sroi.probability_above(1.0).unwrap().value);
    assert_eq!(row["at_point"]["value"], sroi.point().value.clone().unwrap().to_string());
    assert!(report["measures"][1]["summary"]["threshold"].is_null());
    assert_eq!(report["provenance"]["seed"], 7);
    assert_eq!(report["provenance"]["points"], "random");
    assert_eq!(report["provenance"]["draws"], 4_000);
    assert_eq!(report["provenance"]["model_hash"], model.hash().as_str());
    assert_eq!(report["addresses"].as_array().unwrap().len(), 61);
}

#[test]
fn a_measure_that_no_draw_has_is_said_to_be_missing_in_both_languages() {
    let state = Question::new(Measure::Bcr).seen_by(Perspective::Holder("state".to_owned()));
    let simulated = simulate(&model("sandefjord"), 100, [state]);
    let row = SimulationReport::of(&simulated).measures.remove(0);
    assert_eq!((row.undefined, row.undefined_share, row.summary), (100, 1.0, None));
    let absent = row.absent.unwrap();
    assert!(absent.en.starts_with("`bcr for state` has no value in any draw: there is no ratio"), "{}", absent.en);
    assert!(absent.nb.unwrap().starts_with("`bcr for state` har ingen verdi i noen trekning: "));
}

/// Two numbers that move the net benefit, tied by a correlation that is invented or not.
fn tied(mark: &str) -> Model {
    let ties = format!(
        "[[correlations]]\nid = \"guess\"\nbetween = [\"outcomes.work.quantity\", \"outcomes.work.deadweight\"]\nrank = 0.5\n{mark}\n"
    );
    let document = ONE_UNIFORM.replace(
        "quantity = { uniform",
        "deadweight = { uniform = [0, 0.5], source = \"a survey\" }\nquantity = { uniform",
    );
    Model::from_toml(&(document.replace(", source = \"illustrative\"", ", source = \"a survey\"") + &ties)).unwrap()
}

#[test]
fn an_invented_correlation_marks_the_figures_that_rest_on_it() {
    let marks = |model: &Model, measure| {
        let report = SimulationReport::of(&simulate(model, 2_000, [Question::new(measure)]));
        (report.measures[0].marks.illustrative, report.measures[0].at_point.marks.illustrative)
    };
    assert_eq!(
        marks(&tied("illustrative = true"), Measure::Npv),
        (true, false),
        "the exact figure does not rest on it"
    );
    assert_eq!(marks(&tied("source = \"a survey\""), Measure::Npv), (false, false));
    let inputs = marks(&tied("illustrative = true"), Measure::PresentValueInputs);
    assert_eq!(inputs, (false, false), "none of the numbers that are tied moves the inputs");
}

#[test]
fn draws_without_a_ratio_are_counted_with_the_reason() {
    let sometimes = ONE_UNIFORM.replace("amount = 100", "amount = { discrete = [[0, 1], [100, 3]] }");
    let questions = [Question::new(Measure::SroiRatio), Question::new(Measure::Npv)];
    let report = SimulationReport::of(&simulate(&Model::from_toml(&sometimes).unwrap(), 2_000, questions));
    let (ratio, npv) = (&report.measures[0], &report.measures[1]);
    let said = ratio.left_out.as_ref().unwrap();
    assert!(said.en.starts_with(&format!("{} of 2,000 draws are left out", ratio.undefined)), "{said}");
    assert!(said.en.ends_with("there is nothing to divide by in them"), "{said}");
    assert_eq!(npv.left_out, None);
}

#[test]
fn a_mean_of_ratios_says_that_it_is_none_of_the_ratio_of_means() {
    let questions = [Question::new(Measure::Mvpf), Question::new(Measure::SroiRatio)];
    let report = SimulationReport::of(&simulate(&Model::from_toml(ONE_UNIFORM).unwrap(), 100, questions));
    let said = report.measures[0].mean_note.as_ref().unwrap();
    assert!(said.en.contains("E[willingness to pay] / E[net cost]"), "{said}");
    assert!(said.nb.as_ref().unwrap().contains("E[betalingsvilje] / E[netto kostnad]"));
    assert_eq!(report.measures[1].mean_note, None);
}
