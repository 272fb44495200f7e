//! Simulating a posted model: so many draws, up to a limit, within a time.

use crate::appraise::of_model;
use crate::{Limits, Refusal, answer};
use impact_core::Model;
use impact_core::report::SimulationReport;
use impact_core::simulation::{Seed, Simulation, SimulationError};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::time::Instant;

/// Draws where none are asked for.
const DRAWS: u64 = 10_000;

/// What is asked in the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Asked {
    draws: u64,
    seed: u64,
}

impl Asked {
    /// `draws` and `seed`, both of which may be missing.
    pub fn of(query: &HashMap<String, String>, limits: &Limits) -> Result<Self, Refusal> {
        if query.keys().any(|key| key != "draws" && key != "seed") {
            return Err(refused("query", "has a key that is not asked for: there are draws and seed"));
        }
        let whole = |key: &str, place, otherwise| match query.get(key) {
            Some(text) => text.parse::<u64>().map_err(|_| refused(place, "is no whole number")),
            None => Ok(otherwise),
        };
        let asked = Self {
            draws: whole("draws", "query.draws", DRAWS.min(limits.most_draws))?,
            seed: whole("seed", "query.seed", 1)?,
        };
        if asked.draws == 0 || asked.draws > limits.most_draws {
            return Err(refused("query.draws", &format!("is not between 1 and {}", limits.most_draws)));
        }
        Ok(asked)
    }
}

fn refused(place: &'static str, message: &str) -> Refusal {
    Refusal::Request { place, message: message.to_owned() }
}

/// The simulation of a model in TOML or JSON, given up at its end.
pub(crate) fn simulated(model: &[u8], asked: Asked, limits: &Limits, end: Instant) -> Result<Vec<u8>, Refusal> {
    let model = Model::from_bytes(model).map_err(of_model)?;
    let simulation = Simulation::new(asked.draws, Seed(asked.seed));
    let in_time = || if Instant::now() < end { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
    let too_long = || Refusal::Long { seconds: limits.working.as_secs() };
    if in_time().is_break() {
        return Err(too_long());
    }
    let simulated = model.simulate(&simulation, &mut |_| in_time()).map_err(|error| match error {
        SimulationError::Model(error) => of_model(error),
        SimulationError::Cancelled(_) => too_long(),
        other => Refusal::of_whole("model", other),
    })?;
    answer::json(&SimulationReport::of(&simulated)).map_err(|_| Refusal::Broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Result<Asked, Refusal> {
        let query = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        Asked::of(&query, &Limits::default())
    }

    #[test]
    fn draws_and_seed_are_whole_numbers_within_the_limit() {
        assert_eq!(asked(&[]).unwrap(), Asked { draws: 10_000, seed: 1 });
        assert_eq!(asked(&[("draws", "200000"), ("seed", "7")]).unwrap(), Asked { draws: 200_000, seed: 7 });
        for (key, value) in [("draws", "0"), ("draws", "200001"), ("draws", "1e3"), ("seed", "-1"), ("drawz", "5")] {
            assert!(
                matches!(asked(&[(key, value)]), Err(Refusal::Request { place, .. }) if place.starts_with("query"))
            );
        }
    }
}
