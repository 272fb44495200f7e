//! What matters: indices by bins, by picking and freezing, and rank correlations, of a run of 2²⁰ draws.
//!
//! Run with `make bench` or `cargo bench --bench influence`. Measured on two shared cores of an AMD EPYC, default build (fastest):
//! an index by bins 3.7 ns a draw, of which the tally 1.2 and the rest checking uniforms and making bins of them; picked and
//! frozen, both indices, 4.6 ns a draw; a rank correlation 0.5 s, most of it sorting.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use impact_core::analysis::influence::{first_order, pick_freeze, rank_correlation};
use impact_core::simulation::{Seed, Stream};

fn main() {
    divan::main();
}

const DRAWS: usize = 1 << 20;

fn column(seed: u64, name: &str) -> Vec<f64> {
    let mut draws = vec![0.0; DRAWS];
    Stream::new(Seed(seed), &name.parse().unwrap()).fill(0, &mut draws);
    draws
}

/// The sum of two columns, the first twice.
fn outcome(first: &[f64], second: &[f64]) -> Vec<f64> {
    first.iter().zip(second).map(|(first, second)| 2.0 * first + second).collect()
}

#[divan::bench(sample_count = 20)]
fn first_order_by_bins(bencher: Bencher) {
    let uniform = column(7, "a");
    let outcome = outcome(&uniform, &column(7, "b"));
    bencher.counter(ItemsCount::new(DRAWS)).bench_local(|| first_order(black_box(&uniform), black_box(&outcome)));
}

#[divan::bench(sample_count = 20)]
fn picked_and_frozen(bencher: Bencher) {
    let [at_a, at_b] = [1, 2].map(|seed| outcome(&column(seed, "a"), &column(seed, "b")));
    let mixed = outcome(&column(2, "a"), &column(1, "b"));
    bencher.counter(ItemsCount::new(DRAWS)).bench_local(|| pick_freeze(&at_a, &at_b, black_box(&mixed)));
}

#[divan::bench(sample_count = 5)]
fn ranks(bencher: Bencher) {
    let uniform = column(7, "a");
    let outcome = outcome(&uniform, &column(7, "b"));
    bencher.counter(ItemsCount::new(DRAWS)).bench_local(|| rank_correlation(black_box(&uniform), black_box(&outcome)));
}
