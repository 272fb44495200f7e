//! What more knowledge is worth: EVPI, EVPPI of ten assumptions, of groups, and EVSI, from a million draws.
//!
//! Run with `make bench` or `cargo bench --bench information`. Measured on two shared cores of an AMD EPYC, default build
//! (medians): EVPI 0.05 s, EVPPI of ten assumptions 0.13 s from uniforms and 0.26 s from values, EVPI included; of a group of two
//! 0.17 s, of three 1.1 s; of a study of 200 people 0.25 s.

use divan::{Bencher, black_box};
use impact_core::analysis::information::{Decision, Learned, Study};
use impact_core::simulation::{Seed, Stream};

fn main() {
    divan::main();
}

const DRAWS: usize = 1_000_000;
const ASSUMPTIONS: usize = 10;

fn column(name: &str) -> Vec<f64> {
    let mut draws = vec![0.0; DRAWS];
    Stream::new(Seed(7), &name.parse().unwrap()).fill(0, &mut draws);
    draws
}

/// Ten uniforms and the net benefit of a programme that hangs on all of them, the first most.
fn columns() -> (Vec<Vec<f64>>, Vec<f64>) {
    let columns: Vec<Vec<f64>> = (0..ASSUMPTIONS).map(|which| column(&format!("a.{which}"))).collect();
    let mut gain = vec![-1.2; DRAWS];
    for (which, column) in (1..).zip(&columns) {
        for (gain, u) in gain.iter_mut().zip(column) {
            *gain += u / f64::from(which);
        }
    }
    (columns, gain)
}

#[divan::bench(sample_count = 5)]
fn perfect(bencher: Bencher) {
    let (gain, nothing) = (columns().1, vec![0.0; DRAWS]);
    bencher.bench_local(|| Decision::new(black_box(&[&gain, &nothing])).map(|decision| decision.evpi().clone()));
}

#[divan::bench(sample_count = 5, args = ["uniforms", "values"])]
fn partial_of_ten(bencher: Bencher, how: &str) {
    let ((columns, gain), nothing) = (columns(), vec![0.0; DRAWS]);
    let learned = if how == "values" { Learned::values } else { Learned::uniforms };
    bencher.bench_local(|| {
        let options = [&gain[..], &nothing[..]];
        let decision = Decision::new(black_box(&options)).unwrap();
        columns.iter().map(|column| decision.evppi(&learned(column).unwrap()).unwrap().value).sum::<f64>()
    });
}

#[divan::bench(sample_count = 3, args = [2, 3])]
fn of_a_group(bencher: Bencher, members: usize) {
    let ((columns, gain), nothing) = (columns(), vec![0.0; DRAWS]);
    let options = [&gain[..], &nothing[..]];
    let decision = Decision::new(&options).unwrap();
    bencher.bench_local(|| {
        let single: Vec<Learned> = columns[..members].iter().map(|column| Learned::uniforms(column).unwrap()).collect();
        decision.evppi(&Learned::together(&single).unwrap())
    });
}

#[divan::bench(sample_count = 3)]
fn of_a_study_of_200(bencher: Bencher) {
    let ((columns, gain), nothing) = (columns(), vec![0.0; DRAWS]);
    let options = [&gain[..], &nothing[..]];
    let (decision, chances) = (Decision::new(&options).unwrap(), column("study"));
    bencher.bench_local(|| decision.evsi(Study::Share { people: 200 }, &columns[0], &chances));
}
