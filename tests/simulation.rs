//! Simulation: the laws that hold whatever is simulated, and closed forms.

use impact_core::Model;
use impact_core::evaluation::Absence;
use impact_core::model::{Measure, Perspective, Question};
use impact_core::number::to_significant;
use impact_core::simulation::{
    PartSimulated, Points, Seed, Simulated, SimulatedFigure, Simulation, SimulationError, Width,
};
use rust_decimal::prelude::ToPrimitive;
use std::fs;
use std::ops::ControlFlow;

#[path = "one_uniform/mod.rs"]
mod one_uniform;
use one_uniform::ONE_UNIFORM;

fn fixture(name: &str) -> Model {
    let path = format!("{}/fixtures/models/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    Model::from_toml(&fs::read_to_string(path).unwrap()).unwrap()
}

fn on(_: impact_core::simulation::Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn simulate(model: &Model, simulation: &Simulation) -> Simulated {
    model.simulate(simulation, &mut on).unwrap()
}

/// Every measure from every perspective; of each outcome where it is of one.
fn everything(model: &Model) -> Vec<Question> {
    let holders = model.holders().iter().map(|holder| Perspective::Holder(holder.id.clone()));
    let perspectives: Vec<Perspective> =
        [Perspective::Society, Perspective::Public].into_iter().chain(holders).collect();
    let outcomes: Vec<&str> = model.outcomes().iter().map(|outcome| outcome.id.as_str()).collect();
    let mut questions = Vec::new();
    for measure in Measure::all() {
        for perspective in &perspectives {
            let question = Question::new(measure).seen_by(perspective.clone());
            if measure.is_of_an_outcome() {
                questions.extend(outcomes.iter().map(|id| question.clone().of_outcome(*id)));
            } else {
                questions.push(question);
            }
        }
    }
    questions
}

/// All that can be read off a figure, as bits.
fn bits(figure: &SimulatedFigure) -> Vec<u64> {
    let Ok(mean) = figure.mean() else { return vec![figure.undefined()] };
    let sd = figure.sd().unwrap();
    let quantiles = [0.0, 0.05, 0.5, 0.95, 1.0].map(|p| figure.quantile(p).unwrap().value);
    let above = figure.probability_above(1.0).unwrap().value;
    let answers = [mean.value, mean.standard_error.unwrap(), sd.value, sd.standard_error.unwrap(), above];
    let mut bits: Vec<u64> = answers.iter().chain(&quantiles).map(|answer| answer.to_bits()).collect();
    bits.extend(figure.draws().into_iter().flatten().map(|draw| draw.to_bits()));
    bits.push(figure.undefined());
    bits
}

fn all_bits(simulated: &Simulated) -> Vec<Vec<u64>> {
    simulated.figures().iter().map(bits).collect()
}

#[test]
fn a_draw_of_certain_numbers_is_the_exact_figure_for_every_measure() {
    // Floats of 16 digits through some hundred operations; years and rates are found by searching.
    const OFF: f64 = 1e-9;
    for name in ["sandefjord", "larvik", "ips-employment", "shape", "beginner", "effects", "early-help"] {
        let model = certain(&fixture(name));
        let questions = everything(&model);
        let exact = model.appraise().unwrap();
        let simulated = simulate(&model, &Simulation::new(3, Seed(1)).asking(questions.clone()));
        for question in &questions {
            let (drawn, figure) = (simulated.answer(question).unwrap(), exact.answer(question).unwrap());
            match figure.value {
                Ok(value) => {
                    // What has no mean has a median.
                    let middle = drawn.mean().or_else(|_| drawn.quantile(0.5)).unwrap();
                    let (value, mean) = (value.to_f64().unwrap(), middle.value);
                    assert!(
                        (mean - value).abs() <= OFF * value.abs().max(1.0),
                        "{name}: {question}: {mean} for {value}"
                    );
                }
                Err(Absence::PaysForItself { .. }) => {
                    assert_eq!(drawn.infinite(), (0, 3), "{name}: {question}");
                }
                Err(reason) => {
                    let said = drawn.mean().unwrap_err().to_string();
                    assert_eq!(drawn.undefined(), 3, "{name}: {question}");
                    assert!(said.contains(&reason.to_string()), "{name}: {said}");
                }
            }
        }
    }
}

/// The model with every distribution put back to its point value.
fn certain(model: &Model) -> Model {
    let uncertain = model.assumptions().iter().filter(|number| number.distribution.is_some());
    uncertain.fold(model.clone(), |model, number| {
        model.with(number.address.as_str(), to_significant(number.point, 20)).unwrap()
    })
}

#[test]
fn threads_width_and_parts_change_no_bit() {
    let questions = [Measure::SroiRatio, Measure::Npv, Measure::Payback, Measure::Irr].map(Question::new);
    let few = vec![1, 2_047, 2_048, 5_999, 6_000, 8_500];
    let many: Vec<u64> = (1..1_000).map(|cut| cut * 9 + cut % 7).collect();
    // Making a model ready takes most of the time of a small part, so a small model is cut into many.
    let small = Model::from_toml(&TWO_USES.replace("assumptions.price\"", "price\"")).unwrap();
    for (model, cuts) in [(fixture("map-12x10"), few), (small, many)] {
        for points in [Points::Random, Points::Latin, Points::Sobol] {
            let plain = Simulation::new(9_001, Seed(7)).asking(questions.clone()).with_points(points);
            let once = all_bits(&simulate(&model, &plain));
            for threads in [2, 8] {
                assert_eq!(all_bits(&simulate(&model, &plain.clone().on_threads(threads))), once, "{threads} threads");
            }
            assert_eq!(all_bits(&simulate(&model, &plain.clone().with_width(Width::Plain))), once, "plain vectors");
            assert_eq!(all_bits(&in_parts(&model, &plain, &cuts)), once, "{} parts", cuts.len() + 1);
        }
    }
}

/// The simulation cut at these draws, its parts merged neither in order nor in pairs that follow each other.
fn in_parts(model: &Model, simulation: &Simulation, cuts: &[u64]) -> Simulated {
    let mut parts: Vec<PartSimulated> = Vec::new();
    let mut first = 0;
    for end in cuts.iter().copied().chain([simulation.draws()]) {
        parts.push(model.simulate_part(simulation, first..end, &mut on).unwrap());
        first = end;
    }
    let (others, some): (Vec<_>, Vec<_>) = parts.into_iter().enumerate().partition(|(position, _)| position % 3 == 1);
    let merged = some.into_iter().chain(others.into_iter().rev()).map(|(_, part)| part);
    merged.reduce(|one, other| one.merge(other).unwrap()).unwrap().finish().unwrap()
}

#[test]
fn parts_that_do_not_fit_are_refused() {
    let model = fixture("map-12x10");
    let simulation = Simulation::new(5_000, Seed(7)).asking([Question::new(Measure::Npv)]);
    let part = |simulation: &Simulation, first: u64, end: u64| model.simulate_part(simulation, first..end, &mut on);
    let message = |result: Result<PartSimulated, SimulationError>| result.unwrap_err().to_string();
    assert_eq!(
        message(part(&simulation, 4_000, 5_001)),
        "draws 4000 to 5001 are not a part of the 5000 draws there are"
    );
    assert_eq!(message(part(&simulation, 7, 7)), "draws 7 to 7 are not a part of the 5000 draws there are");
    let first = part(&simulation, 0, 3_000).unwrap();
    assert_eq!(first.clone().finish().unwrap_err().to_string(), "draws 3000 to 5000 are in no part");
    assert_eq!(
        message(first.clone().merge(part(&simulation, 2_500, 5_000).unwrap())),
        "draws 2500 to 3000 are in two parts"
    );
    let other = Simulation::new(5_000, Seed(8)).asking([Question::new(Measure::Npv)]);
    assert!(
        message(first.merge(part(&other, 3_000, 5_000).unwrap())).starts_with("the parts are of different simulations")
    );
    let none = model.simulate(&Simulation::new(0, Seed(1)), &mut on).unwrap_err();
    assert_eq!(none.to_string(), "number of draws `0` is not between 1 and 18446744073709551615");
}

#[test]
fn a_run_can_be_ended_between_batches() {
    let model = fixture("map-12x10");
    let mut seen = Vec::new();
    let ended = model.simulate(&Simulation::new(1_000_000, Seed(7)).on_threads(2), &mut |progress| {
        seen.push(progress.done);
        if progress.done > 200_000 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(ended.unwrap_err().to_string(), "cancelled after 262144 of 1000000 draws: nothing is kept");
    assert_eq!(seen, [0, 131_072, 262_144]);
}

const TWO_USES: &str = r#"
impact = 1
name = "Two outcomes at one shared price (illustrative)"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2024
horizon = 1
conventions = "sroi-practice"
holders = [{ id = "town", kind = "public", level = "municipality" }, { id = "people", kind = "people" }]
costs = [{ id = "team", payer = "town", amount = 100, year = 2024, source = "illustrative" }]
[assumptions.price]
normal = { mean = 100, sd = 10 }
[[outcomes]]
id = "one"
holder = "people"
nature = "event"
quantity = { beta = { mean = 0.4, sd = 0.1 } }
values = [{ id = "v", value = { use = "assumptions.price" }, unit = "person", to = "people", kind = "social", source = "illustrative" }]
[[outcomes]]
id = "two"
holder = "people"
nature = "event"
quantity = 3
values = [{ id = "v", value = { use = "assumptions.price" }, unit = "person", to = "people", kind = "social", source = "illustrative" }]
"#;

#[test]
fn a_shared_number_is_one_draw_wherever_it_is_used() {
    let model = Model::from_toml(&TWO_USES.replace("assumptions.price\"", "price\"")).unwrap();
    let simulated = simulate(&model, &Simulation::new(400_000, Seed(11)).on_threads(2));
    let npv = simulated.measure(Measure::Npv, Perspective::Society).unwrap();
    // (quantity + 3) · price − 100 with E q = 0.4, E q² = 0.17, E p = 100, E p² = 10,100.
    let mean = 3.4 * 100.0 - 100.0;
    let square = (0.17 + 6.0 * 0.4 + 9.0) * 10_100.0;
    let sd = (square - 340.0_f64 * 340.0).sqrt();
    let (found, spread) = (npv.mean().unwrap(), npv.sd().unwrap());
    assert!((found.value - mean).abs() < 4.0 * found.standard_error.unwrap(), "{found:?} for {mean}");
    assert!((spread.value - sd).abs() < 4.0 * spread.standard_error.unwrap(), "{spread:?} for {sd}");
    // Two draws would spread as √(Var(q p) + 9 Var p): too little by far.
    let apart = (0.17 * 10_100.0 - 1_600.0 + 9.0 * 100.0_f64).sqrt();
    assert!((spread.value - apart).abs() > 20.0 * spread.standard_error.unwrap());
}

#[test]
fn an_outcome_more_leaves_the_other_draws_as_they_are() {
    let text = fs::read_to_string(format!("{}/fixtures/models/map-12x10.toml", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let last = text.rfind("[[outcomes]]").unwrap();
    let fewer = Model::from_toml(&text[..last]).unwrap();
    let simulation =
        Simulation::new(5_000, Seed(7)).asking([Question::new(Measure::GainPerUnit).of_outcome("outcome-01")]);
    let (whole, part) = (simulate(&fixture("map-12x10"), &simulation), simulate(&fewer, &simulation));
    assert_eq!(whole.figures()[0].draws(), part.figures()[0].draws());
}

#[test]
fn what_is_undefined_is_counted_and_named() {
    let model = fixture("map-12x10");
    let simulated = simulate(&model, &Simulation::new(2_000, Seed(7)).asking([Question::new(Measure::Payback)]));
    assert_eq!(simulated.figures()[0].undefined(), 0);
    let dear = model.with("costs.programme.amount", rust_decimal::Decimal::from(88_000_000)).unwrap();
    let simulated = simulate(&dear, &Simulation::new(2_000, Seed(7)).asking([Question::new(Measure::Payback)]));
    let payback = &simulated.figures()[0];
    assert!(payback.undefined() > 200 && payback.undefined() < 1_800, "{}", payback.undefined());
    assert_eq!(payback.count(), 2_000);
    assert_eq!(payback.draws().unwrap().iter().filter(|draw| draw.is_nan()).count() as u64, payback.undefined());
}

#[test]
fn a_measure_that_was_not_asked_for_says_what_was() {
    let model = fixture("map-12x10");
    let simulated = simulate(&model, &Simulation::new(10, Seed(7)).asking([Question::new(Measure::Npv)]));
    assert_eq!(
        simulated.measure(Measure::Bcr, Perspective::Public).unwrap_err().to_string(),
        "`bcr for public` was not simulated: name it among the measures (simulated: npv for society)"
    );
}

#[test]
fn what_the_document_ties_moves_together_in_the_figures() {
    let text = TWO_USES
        .replace("assumptions.price\"", "price\"")
        .replace("quantity = 3", "quantity = { beta = { mean = 0.4, sd = 0.1 } }");
    let tied = |sign: i32| {
        let block = format!(
            "[[correlations]]\nid = \"trial\"\ntogether = {{ \"outcomes.one.quantity\" = 1, \"outcomes.two.quantity\" = {sign} }}\n"
        );
        let model = Model::from_toml(&format!("{text}{block}")).unwrap();
        let asked = ["one", "two"].map(|id| Question::new(Measure::GainPerUnit).of_outcome(id));
        let asked = asked.into_iter().chain([Question::new(Measure::Npv)]);
        simulate(&model, &Simulation::new(100_000, Seed(3)).asking(asked)).figures()[2].sd().unwrap()
    };
    // Var((q₁ + q₂) p − 100) with p apart: for +1 the sum is 2 q, for −1 it is 0.8 in every draw (the shape is not symmetric:
    // about 0.8), so that only the price is left.
    let (with, against) = (tied(1), tied(-1));
    let second = 4.0 * 0.17 * 10_100.0 - 80.0_f64 * 80.0;
    assert!((with.value - second.sqrt()).abs() < 4.0 * with.standard_error.unwrap(), "{with:?} for {}", second.sqrt());
    assert!(against.value < 0.6 * with.value, "{against:?}");
}

#[test]
fn inputs_are_drawn_again_as_they_were() {
    let model = Model::from_toml(&TWO_USES.replace("assumptions.price\"", "price\"")).unwrap();
    let simulated = simulate(&model, &Simulation::new(5_000, Seed(11)));
    let addresses = ["assumptions.price", "outcomes.one.quantity"].map(|address| address.parse().unwrap());
    let inputs = simulated.inputs(&addresses).unwrap();
    let npv = simulated.measure(Measure::Npv, Perspective::Society).unwrap().draws().unwrap();
    assert_eq!(inputs[0].len(), 5_000);
    for ((price, quantity), npv) in inputs[0].iter().zip(&inputs[1]).zip(npv) {
        assert!(((quantity + 3.0) * price - 100.0 - npv).abs() < 1e-9);
    }
    let unknown = simulated.inputs(&["costs.team.amount".parse().unwrap()]).unwrap_err();
    assert_eq!(unknown.to_string(), "`costs.team.amount` is not among the uncertain addresses");
}

#[test]
fn quantiles_and_chances_meet_the_distribution_they_are_of() {
    let model = Model::from_toml(ONE_UNIFORM).unwrap();
    for points in [Points::Random, Points::Latin, Points::Sobol] {
        let simulation = Simulation::new(50_000, Seed(5)).asking([Question::new(Measure::Npv)]).with_points(points);
        let simulated = simulate(&model, &simulation);
        let npv = &simulated.figures()[0];
        for p in [0.0, 0.001, 0.05, 0.5, 0.9, 0.999, 1.0] {
            let (found, expected) = (npv.quantile(p).unwrap(), 300.0 * p - 100.0);
            assert!(
                (found.value - expected).abs() <= 4.0 * found.standard_error.unwrap() + 0.05,
                "{points:?} {p}: {found:?}"
            );
            let above = npv.probability_above(expected).unwrap();
            assert!(
                (above.value - (1.0 - p)).abs() <= 4.0 * above.standard_error.unwrap() + 1e-4,
                "{points:?} {p}: {above:?}"
            );
        }
        // Of the kept draws themselves, straight between neighbours.
        let mut sorted = npv.draws().unwrap().to_vec();
        sorted.sort_by(f64::total_cmp);
        let place: f64 = 49_999.0 * 0.37;
        let (low, high) = (sorted[place as usize], sorted[place as usize + 1]);
        assert_eq!(npv.quantile(0.37).unwrap().value, low + place.fract() * (high - low));
        let counted = sorted.iter().filter(|draw| **draw > 12.5).count();
        assert_eq!(npv.probability_above(12.5).unwrap().value, counted as f64 / 50_000.0);
        assert_eq!(npv.bins().iter().map(|(_, _, count)| count).sum::<u64>(), 50_000);
    }
    let wrong = simulate(&model, &Simulation::new(10, Seed(5)));
    let npv = &wrong.figures()[0];
    assert_eq!(npv.quantile(1.2).unwrap_err().to_string(), "probability `1.2` is not between 0 and 1");
    assert_eq!(npv.probability_above(f64::NAN).unwrap_err().to_string(), "threshold `NaN` is not a number");
}

#[test]
fn past_ten_million_draws_values_are_counted_and_the_width_of_a_bin_is_said() {
    let model = Model::from_toml(ONE_UNIFORM).unwrap();
    let simulation = Simulation::new(10_000_001, Seed(5)).asking([Question::new(Measure::Npv)]).on_threads(2);
    let simulated = simulate(&model, &simulation);
    let npv = &simulated.figures()[0];
    assert_eq!(npv.draws(), None);
    let mean = npv.mean().unwrap();
    assert!((mean.value - 50.0).abs() < 4.0 * mean.standard_error.unwrap(), "{mean:?}");
    for p in [0.05, 0.5, 0.95] {
        let (found, expected) = (npv.quantile(p).unwrap(), 300.0 * p - 100.0);
        assert!(found.bin_error > 0.0 && found.bin_error <= expected.abs() / 1_000.0, "{p}: {found:?}");
        assert!(
            (found.value - expected).abs() <= 4.0 * found.standard_error.unwrap() + found.bin_error,
            "{p}: {found:?}"
        );
        let above = npv.probability_above(expected + 0.01).unwrap();
        assert!(
            (above.value - (1.0 - p)).abs() <= 4.0 * above.standard_error.unwrap() + above.bin_error + 1e-4,
            "{p}: {above:?}"
        );
    }
    assert_eq!(npv.probability_above(0.0).unwrap().bin_error, 0.0, "zero lies between bins");
    let told: Vec<&str> = simulated.notes().iter().map(|note| note.en.as_str()).collect();
    assert_eq!(
        told,
        ["past 10,000,000 draws values are counted in bins: quantiles are off by at most a thousandth of their value"]
    );
}

#[test]
fn one_draw_has_no_standard_error() {
    let simulated = simulate(&Model::from_toml(ONE_UNIFORM).unwrap(), &Simulation::new(1, Seed(5)));
    let npv = &simulated.figures()[0];
    let estimates = [npv.mean(), npv.sd(), npv.quantile(0.5), npv.probability_above(0.0)].map(Result::unwrap);
    assert!(estimates.iter().all(|estimate| estimate.standard_error.is_none()), "{estimates:?}");
    assert!(simulated.notes().iter().any(|note| note.en == "one draw has no standard error"));
    let two = simulate(&Model::from_toml(ONE_UNIFORM).unwrap(), &Simulation::new(2, Seed(5)));
    assert!(two.figures()[0].mean().unwrap().standard_error.unwrap() > 0.0);
}

#[test]
fn what_is_kept_has_a_bound_in_draws_times_measures() {
    let model = Model::from_toml(ONE_UNIFORM).unwrap();
    let measures = [Measure::Npv, Measure::SroiRatio, Measure::SroiNetRatio, Measure::Bcr, Measure::PresentValueInputs];
    let four = Simulation::new(7_500_001, Seed(5)).asking(measures[..4].iter().map(|measure| Question::new(*measure)));
    let simulated = simulate(&model, &four.on_threads(2));
    assert_eq!(simulated.figures()[0].draws(), None);
    let notes: Vec<&str> = simulated.notes().iter().map(|note| note.en.as_str()).collect();
    assert!(
        notes[0].starts_with("7,500,001 draws of 4 measures are more than the 30,000,000 numbers that are kept"),
        "{notes:?}"
    );
    let refused = simulated.influence(&Question::new(Measure::Npv), &mut on).unwrap_err().to_string();
    let said = "the 7500001 draws of this simulation are not kept: ask one of at most 7500000 draws, or of fewer than its 4 measures";
    assert_eq!(refused, said);
}

#[test]
fn a_run_shorter_than_a_block_is_told_of_and_can_be_ended() {
    let model = Model::from_toml(ONE_UNIFORM).unwrap();
    let mut seen = Vec::new();
    let mut heard = |progress: impact_core::simulation::Progress| {
        seen.push(progress.done);
        ControlFlow::Continue(())
    };
    model.simulate(&Simulation::new(100, Seed(1)), &mut heard).unwrap();
    assert_eq!(seen, [0, 100]);
    assert!(model.simulate(&Simulation::new(100, Seed(1)), &mut |_| ControlFlow::Break(())).is_err());
}
