//! Draws for the tests of analysis, and how often an interval covers the truth.

use crate::address::Address;
use crate::distribution::special::normal;
use crate::simulation::{Points, Sampler, Seed};

/// A run of independent draws under one seed.
pub(in crate::analysis) struct Trials {
    seed: u64,
    draws: usize,
}

impl Trials {
    pub(in crate::analysis) fn new(seed: u64, draws: usize) -> Self {
        Self { seed, draws }
    }

    pub(in crate::analysis) fn uniforms(&self, name: &str) -> Vec<f64> {
        let address: Address = name.parse().unwrap();
        let addresses = [address];
        let sampler = Sampler::new(Points::Random, Seed(self.seed), self.draws as u64, &addresses).unwrap();
        let mut column = vec![0.0; self.draws];
        sampler.uniforms(&addresses[0]).unwrap().fill(0, &mut column);
        column
    }

    pub(in crate::analysis) fn normals(&self, name: &str) -> Vec<f64> {
        self.uniforms(name).into_iter().map(normal::quantile).collect()
    }
}

/// The share of seeds under which low ≤ truth ≤ high.
pub(in crate::analysis) fn covered(seeds: u64, mut run: impl FnMut(u64) -> (f64, f64, f64)) -> f64 {
    let inside = (0..seeds).filter(|seed| {
        let (low, truth, high) = run(*seed);
        low <= truth && truth <= high
    });
    inside.count() as f64 / seeds as f64
}
