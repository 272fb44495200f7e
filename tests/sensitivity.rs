//! Influence on a simulated model, held against closed forms: a model that is linear in normal numbers, and one that is a product.

use impact_core::Model;
use impact_core::address::Address;
use impact_core::analysis::sensitivity::{Influences, RANKED_DRAWS, TotalInfluence};
use impact_core::model::{Measure, Perspective, Question};
use impact_core::simulation::{Points, Progress, Seed, Simulated, Simulation};
use std::ops::ControlFlow;

#[path = "linear_normal/mod.rs"]
mod linear_normal;
use linear_normal::{address, linear, npv, on, tied};

/// Standard errors of an index in half of its 90 % interval.
const REACH: f64 = 1.6449;

fn simulate(model: &Model, simulation: &Simulation) -> Simulated {
    model.simulate(simulation, &mut on).unwrap()
}

fn influence(simulated: &Simulated) -> Influences {
    simulated.influence(&npv(), &mut on).unwrap()
}

fn total(model: &Model, simulation: &Simulation, groups: &[&[&str]]) -> Vec<TotalInfluence> {
    let groups: Vec<Vec<Address>> =
        groups.iter().map(|group| group.iter().map(|member| address(member)).collect()).collect();
    model.total_influence(simulation, &npv(), &groups, &mut on).unwrap()
}

fn near(index: impact_core::analysis::influence::SobolIndex, truth: f64, what: &str) {
    let error = (index.high - index.low) / (2.0 * REACH);
    // Bins lose up to 0.4 % of an index of a normal number.
    assert!((index.value - truth).abs() <= 4.0 * error + 0.004 * truth, "{what}: {index:?} for {truth}");
    assert!(error < 0.01, "{what}: {index:?}");
}

const PARTS: [(&str, f64); 4] = [
    ("costs.team.amount", 16.0 / 41.0),
    ("outcomes.a.quantity", 16.0 / 41.0),
    ("outcomes.b.quantity", 9.0 / 41.0),
    ("outcomes.tiny.quantity", 1e-6 / 41.0),
];

#[test]
fn first_order_indices_of_a_linear_model_are_its_parts_of_the_variance_and_add_up_to_one() {
    let simulated = simulate(&linear(), &Simulation::new(200_000, Seed(5)).asking([npv()]));
    let found = influence(&simulated);
    assert_eq!((found.of.len(), found.draws, found.undefined, found.ranked), (4, 200_000, 0, 10_240));
    for (name, truth) in PARTS {
        let one = found.of.iter().find(|one| one.address.as_str() == name).unwrap();
        near(*one.first_order.as_ref().unwrap(), truth, name);
        // Normal numbers correlated by r have the rank correlation 6/π arcsin(r/2).
        let sign = if name.starts_with("costs") { -1.0 } else { 1.0 };
        let truth = sign * 6.0 / std::f64::consts::PI * libm::asin(truth.sqrt() / 2.0);
        let rank = one.rank.as_ref().unwrap();
        assert_eq!(rank.draws, 10_240);
        assert!((rank.value - truth).abs() < 4.0 * rank.standard_error, "{name}: {rank:?} for {truth}");
    }
    let all: f64 = found.of.iter().map(|one| one.first_order.as_ref().unwrap().value).sum();
    assert!((all - 1.0).abs() < 0.01, "{all}");
    assert!(found.of.is_sorted_by(
        |left, right| left.first_order.as_ref().unwrap().value >= right.first_order.as_ref().unwrap().value
    ));
}

#[test]
fn total_indices_of_a_linear_model_are_the_same_parts_for_any_points() {
    for points in [Points::Random, Points::Latin, Points::Sobol] {
        let simulation = Simulation::new(1 << 15, Seed(5)).with_points(points);
        let found = total(&linear(), &simulation, &[]);
        assert_eq!(found.len(), 4);
        for (name, truth) in PARTS {
            let one = found.iter().find(|one| one.addresses == [address(name)]).unwrap();
            near(one.indices.total, truth, name);
            near(one.indices.first_order, truth, name);
        }
    }
}

#[test]
fn a_product_takes_part_where_it_explains_nothing_alone() {
    // x y with x uniform from 0 to 2 and y from −1 to 1: E x² E y² = 4/9, of which y explains 1/3 alone and x nothing.
    let text = linear_normal::TEXT
        .replace(
            "quantity = { truncated = { of = { normal = { mean = 20, sd = 2 } }, low = 0 } }",
            "quantity = { uniform = [0, 2] }",
        )
        .replace("value = 2,", "value = { uniform = [-1, 1] },")
        .replace("quantity = { truncated = { of = { normal = { mean = 10, sd = 1 } }, low = 0 } }", "quantity = 10")
        .replace("amount = { truncated = { of = { normal = { mean = 68, sd = 4 } }, low = 0 } }", "amount = 68")
        .replace("quantity = { truncated = { of = { normal = { mean = 1, sd = 0.001 } }, low = 0 } }", "quantity = 1");
    let model = Model::from_toml(&text).unwrap();
    for points in [Points::Random, Points::Sobol] {
        let simulation = Simulation::new(1 << 16, Seed(2)).with_points(points);
        let found = total(&model, &simulation, &[]);
        assert_eq!(found.len(), 2);
        for (one, (first_order, total)) in found.iter().zip([(0.75, 1.0), (0.0, 0.25)]) {
            near(one.indices.total, total, "total");
            near(one.indices.first_order, first_order, "first order");
        }
        let both = ["outcomes.a.quantity", "outcomes.a.values.v.value"];
        let found = total(&model, &simulation, &[&both]);
        near(found[0].indices.first_order, 1.0, "both");
    }
}

#[test]
fn threads_change_no_bit() {
    let model = linear();
    let simulation = Simulation::new(301_111, Seed(9)).asking([npv()]);
    let once = influence(&simulate(&model, &simulation));
    let few = Simulation::new(140_001, Seed(9));
    let total_once = total(&model, &few, &[]);
    for threads in [2, 8] {
        assert_eq!(influence(&simulate(&model, &simulation.clone().on_threads(threads))), once, "{threads} threads");
        assert_eq!(total(&model, &few.clone().on_threads(threads), &[]), total_once, "{threads} threads");
    }
}

#[test]
fn numbers_that_are_tied_are_exchanged_together_or_not_at_all() {
    let model = tied();
    let simulation = Simulation::new(100_000, Seed(3)).asking([npv()]);
    // a and b move as one: 4 + 3 of standard deviation together, beside 4 of the costs.
    let share = 49.0 / 65.0;
    let found = influence(&simulate(&model, &simulation));
    let of =
        |name: &str| found.of.iter().find(|one| one.address.as_str() == name).unwrap().first_order.clone().unwrap();
    near(of("outcomes.a.quantity"), share, "a tells of b");
    near(of("outcomes.b.quantity"), share, "b tells of a");
    let found = total(&model, &simulation, &[]);
    let together = [address("outcomes.a.quantity"), address("outcomes.b.quantity")];
    let block = found.iter().find(|one| one.addresses.len() == 2).unwrap();
    assert_eq!((found.len(), &block.addresses[..]), (3, &together[..]));
    near(block.indices.total, share, "together");
    let alone = model.total_influence(&simulation, &npv(), &[vec![together[0].clone()]], &mut on).unwrap_err();
    assert_eq!(
        alone.to_string(),
        "`outcomes.a.quantity` and `outcomes.b.quantity` are tied by `correlations.trial`, so neither can be changed alone: \
         put both in the same group"
    );
}

#[test]
fn columns_drawn_alone_have_the_bits_they_have_among_all() {
    let simulated = simulate(&tied(), &Simulation::new(5_000, Seed(3)).asking([npv()]));
    let whole = simulated.inputs(simulated.addresses()).unwrap();
    let uniforms = simulated.uniforms(simulated.addresses()).unwrap();
    for (position, one) in simulated.addresses().iter().enumerate() {
        assert_eq!(simulated.inputs(std::slice::from_ref(one)).unwrap(), [whole[position].clone()], "{one}");
        assert_eq!(simulated.uniforms(std::slice::from_ref(one)).unwrap(), [uniforms[position].clone()], "{one}");
    }
}

#[test]
fn what_cannot_be_answered_says_why() {
    let model = linear();
    let simulation = Simulation::new(2_000, Seed(1)).asking([npv()]);
    let simulated = simulate(&model, &simulation);
    let public = Question::new(Measure::Npv).seen_by(Perspective::Public);
    let message = simulated.influence(&public, &mut on).unwrap_err().to_string();
    assert_eq!(message, "`npv for public` was not simulated: name it among the measures (simulated: npv for society)");
    let groups = |group: &[&str]| {
        let group = group.iter().map(|member| address(member)).collect();
        model.total_influence(&simulation, &npv(), &[group], &mut on).unwrap_err().to_string()
    };
    assert_eq!(groups(&["outcomes.sure.quantity"]), "`outcomes.sure.quantity` is not among the uncertain addresses");
    assert_eq!(groups(&[]), "0 assumptions make no question: one or more are needed");
    let unknown = model.total_influence(
        &simulation,
        &Question::new(Measure::Npv).seen_by(Perspective::named("moon")),
        &[],
        &mut on,
    );
    assert!(unknown.unwrap_err().to_string().starts_with("`moon` is no holder of this model"));
    let sure = ["costs.team.amount", "outcomes.a.quantity", "outcomes.b.quantity", "outcomes.tiny.quantity"];
    let sure = sure.iter().fold(linear(), |model, name| model.with(name, rust_decimal::Decimal::ONE).unwrap());
    let message = simulate(&sure, &simulation).influence(&npv(), &mut on).unwrap_err().to_string();
    assert_eq!(message, "no number of this model is uncertain: there is nothing to learn and no spread to explain");
}

#[test]
fn long_questions_can_be_ended() {
    let simulation = Simulation::new(500_000, Seed(1)).asking([npv()]);
    let stop = |progress: Progress| if progress.done > 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    let ended = simulate(&linear(), &simulation).influence(&npv(), &mut { stop }).unwrap_err().to_string();
    // The draws of the indices, and those that are ranked for each of the uncertain numbers.
    let of = 500_000 + RANKED_DRAWS * simulate(&linear(), &simulation).addresses().len() as u64;
    assert_eq!(ended, format!("cancelled after 131072 of {of} draws: nothing is kept"));
    let ended = linear().total_influence(&simulation, &npv(), &[], &mut { stop }).unwrap_err().to_string();
    assert_eq!(ended, "cancelled after 131072 of 500000 draws: nothing is kept");
}

#[test]
fn progress_never_falls_and_ends_with_everything() {
    let simulation = Simulation::new(50_000, Seed(1)).asking([npv()]).on_threads(2);
    let mut seen = Vec::new();
    let mut progress = |at: Progress| {
        seen.push((at.done, at.of));
        ControlFlow::Continue(())
    };
    simulate(&linear(), &simulation).influence(&npv(), &mut progress).unwrap();
    assert!(seen.windows(2).all(|pair| pair[0].0 <= pair[1].0 && pair[0].1 == pair[1].1), "{seen:?}");
    assert!(seen.first().is_some_and(|(done, _)| *done == 0) && seen.last().is_some_and(|(done, of)| done == of));
}

#[test]
fn draws_that_were_not_kept_are_asked_for_in_fewer() {
    let simulation = Simulation::new(10_000_001, Seed(1)).asking([npv()]).on_threads(2);
    let message = simulate(&linear(), &simulation).influence(&npv(), &mut on).unwrap_err().to_string();
    assert_eq!(message, "the 10000001 draws of this simulation are not kept: ask one of at most 10000000 draws");
}
