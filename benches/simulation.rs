//! The stages of drawing: bits, look-up, both, and making an inverse ready, of blocks of 2,048 draws; and of the whole: a
//! simulation and a grid of the map.
//!
//! Run with `make bench` or `cargo bench --bench simulation`. Measured on two shared cores of an AMD EPYC, default build
//! (medians): a uniform 1.2 ns, a look-up in a table 2.4 ns, both 3.5 ns a draw; triangular 3.9, counts 5 to 7, a histogram 8 ns;
//! Latin points 9, Sobol' points 7 ns. Making a table ready: 0.05 ms for a normal, 0.15 to 0.25 ms for beta, gamma and
//! Student's, 0.4 ms where a shape is 0.1, 0.25 to 0.45 ms for a mixture of two or three.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use impact_core::address::Address;
use impact_core::analysis::{Axis, GridQuestion};
use impact_core::distribution::Distribution;
use impact_core::model::{Measure, Model, Question};
use impact_core::simulation::{Column, Inverse, Points, Sampler, Seed, Simulation, Stream, Width};
use rust_decimal::Decimal;
use std::cell::Cell;
use std::fs;
use std::ops::ControlFlow;

fn main() {
    divan::main();
}

const BLOCK: usize = 2_048;

/// Blocks are drawn one after the other: a look-up of the same numbers again and again would be learned by the processor.
const BLOCKS: u64 = 1_024;

const SHAPES: &[&str] = &[
    "uniform",
    "triangular",
    "normal",
    "lognormal",
    "pert",
    "beta 0.1",
    "beta 0.5",
    "beta 300",
    "beta 100000",
    "gamma 0.1",
    "gamma 0.5",
    "gamma 2.5",
    "gamma 10000",
    "student 3",
    "truncated normal",
    "mixture of normals",
    "mixture of perts",
    "nothing or a pert",
    "histogram",
    "poisson 4",
    "poisson 10000",
];

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn shape(name: &str) -> Distribution {
    let normal = |mean: i64, sd: i64| Distribution::normal(mean.into(), sd.into()).unwrap();
    let pert = |low: i64, mode: i64, high: i64| Distribution::pert(low.into(), mode.into(), high.into()).unwrap();
    let shape = match name {
        "uniform" => Distribution::uniform(2.into(), 5.into()),
        "triangular" => Distribution::triangular(2.into(), 3.into(), 10.into()),
        "normal" => Ok(normal(0, 1)),
        "lognormal" => Distribution::lognormal(decimal("0.5"), decimal("0.8")),
        "pert" => Distribution::pert(6.into(), 12.into(), 20.into()),
        "beta 0.5" => Distribution::beta(decimal("0.5"), decimal("0.5")),
        "beta 300" => Distribution::beta(300.into(), 700.into()),
        "beta 0.1" => Distribution::beta(decimal("0.1"), decimal("0.1")),
        "beta 100000" => Distribution::beta(100_000.into(), 200_000.into()),
        "gamma 0.1" => Distribution::gamma(decimal("0.1"), 1.into()),
        "gamma 0.5" => Distribution::gamma(decimal("0.5"), 3.into()),
        "gamma 10000" => Distribution::gamma(10_000.into(), decimal("0.01")),
        "gamma 2.5" => Distribution::gamma(decimal("2.5"), 4.into()),
        "student 3" => Distribution::student(0.into(), 1.into(), 3.into()),
        "truncated normal" => Distribution::truncated(normal(1, 1), Some(0.into()), None),
        "mixture of normals" => Distribution::mixture(vec![(1.into(), normal(0, 1)), (3.into(), normal(6, 2))]),
        "mixture of perts" => Distribution::mixture(vec![
            (1.into(), pert(0, 1, 5)),
            (3.into(), pert(2, 6, 9)),
            (2.into(), pert(8, 12, 20)),
        ]),
        "nothing or a pert" => {
            let nothing = Distribution::discrete(&[(0.into(), 1.into())]).unwrap();
            Distribution::mixture(vec![(1.into(), nothing), (3.into(), pert(6, 12, 20))])
        }
        "histogram" => Distribution::histogram(&[0, 10, 20, 50].map(Into::into), &[1, 2, 1].map(Into::into)),
        "poisson 4" => Distribution::poisson(4.into()),
        "poisson 10000" => Distribution::poisson(10_000.into()),
        other => panic!("no shape `{other}`"),
    };
    shape.unwrap()
}

fn address() -> Address {
    "outcomes.into-work.deadweight".parse().unwrap()
}

/// The first draws of one block after the other.
fn blocks() -> impl Fn() -> u64 {
    let block = Cell::new(0);
    move || {
        block.set((block.get() + 1) % BLOCKS);
        block.get() * BLOCK as u64
    }
}

#[divan::bench]
fn bits(bencher: Bencher) {
    let (stream, next) = (Stream::new(Seed(7), &address()), blocks());
    let mut block = vec![0.0; BLOCK];
    bencher.counter(ItemsCount::new(BLOCK)).bench_local(|| stream.fill(next(), black_box(&mut block)));
}

#[divan::bench(args = ["latin", "sobol"])]
fn even_points(bencher: Bencher, name: &str) {
    let points = if name == "latin" { Points::Latin } else { Points::Sobol };
    let sampler = Sampler::new(points, Seed(7), 1 << 21, &[address()]).unwrap();
    let (uniforms, next) = (sampler.uniforms(&address()).unwrap(), blocks());
    let mut block = vec![0.0; BLOCK];
    bencher.counter(ItemsCount::new(BLOCK)).bench_local(|| uniforms.fill(next(), black_box(&mut block)));
}

#[divan::bench(args = SHAPES)]
fn look_up(bencher: Bencher, name: &str) {
    let (inverse, stream, next) = (Inverse::new(&shape(name)), Stream::new(Seed(7), &address()), blocks());
    let mut values = vec![0.0; BLOCK];
    let fresh = || {
        let mut uniforms = vec![0.0; BLOCK];
        stream.fill(next(), &mut uniforms);
        uniforms
    };
    bencher
        .counter(ItemsCount::new(BLOCK))
        .with_inputs(fresh)
        .bench_local_refs(|uniforms| inverse.fill(uniforms, black_box(&mut values)));
}

#[divan::bench(args = SHAPES)]
fn bits_and_look_up(bencher: Bencher, name: &str) {
    let (column, next) = (Column::new(address(), &shape(name)), blocks());
    let mut block = vec![0.0; BLOCK];
    bencher.counter(ItemsCount::new(BLOCK)).bench_local(|| column.fill(Seed(7), next(), black_box(&mut block)));
}

#[divan::bench(args = SHAPES)]
fn make_ready(bencher: Bencher, name: &str) {
    let shape = shape(name);
    bencher.bench(|| Inverse::new(black_box(&shape)));
}

fn map() -> Model {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/models/map-12x10.toml");
    Model::from_toml(&fs::read_to_string(path).unwrap()).unwrap()
}

/// All of it: tables, draws, formula and summary.
#[divan::bench(args = ["widest", "plain"])]
fn simulate_map(bencher: Bencher, width: &str) {
    const DRAWS: u64 = 100 * BLOCK as u64;
    let width = if width == "plain" { Width::Plain } else { Width::Widest };
    let asked = Simulation::new(DRAWS, Seed(7)).asking([Question::new(Measure::SroiRatio)]).with_width(width);
    let model = map();
    bencher
        .counter(ItemsCount::new(DRAWS))
        .bench(|| black_box(&model).simulate(&asked, &mut |_| ControlFlow::Continue(())).unwrap());
}

/// 10,000 scenarios of 1,000 shared draws; the items are draws of scenarios.
#[divan::bench]
fn grid_of_map(bencher: Bencher) {
    let axis = |address: &str, values: Vec<Decimal>| Axis { address: address.parse().unwrap(), values };
    let costs = (0..100).map(|step| Decimal::from(4_500_000 + 10_000 * step)).collect();
    let shares = (0..100).map(|step| Decimal::new(step, 2)).collect();
    let asked = GridQuestion {
        axes: vec![axis("costs.programme.amount", costs), axis("outcomes.outcome-01.deadweight", shares)],
        question: Question::new(Measure::Npv),
        threshold: 0.0,
        chances: Vec::new(),
        simulation: Simulation::new(1_000, Seed(7)),
    };
    let model = map();
    bencher
        .counter(ItemsCount::new(10_000_000_usize))
        .bench(|| black_box(&model).grid(&asked, &mut |_| ControlFlow::Continue(())).unwrap());
}
