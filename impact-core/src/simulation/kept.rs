//! Kept draws: how many draws of a measure are held one by one, and when they are only counted.
//!
//! One rule: what is held has a bound in numbers, draws times measures; past it values are counted in bins.

use super::request::Simulation;

/// Draws of a simulation up to which every draw of a measure is kept, where there are few measures.
pub const KEPT_DRAWS: u64 = 10_000_000;
/// Numbers that are held at once: the draws of all measures of a simulation together.
pub const KEPT_NUMBERS: u64 = 30_000_000;

/// The most draws that are kept of so many measures.
///
/// # Examples
/// ```
/// use impact_core::simulation::kept_draws;
/// assert_eq!([kept_draws(1), kept_draws(3), kept_draws(6)], [10_000_000, 10_000_000, 5_000_000]);
/// ```
pub fn kept_draws(measures: usize) -> u64 {
    (KEPT_NUMBERS / (measures as u64).max(1)).min(KEPT_DRAWS)
}

impl Simulation {
    /// Whether every draw of its measures is kept; its measures must be known.
    pub(crate) fn keeps_draws(&self) -> bool {
        self.draws <= kept_draws(self.questions.len())
    }
}
