//! The request: how many draws of which measures, and from which seed.
//!
//! One rule: model, seed, points and number of draws decide every bit of the answer; threads and width only how soon it comes.

use super::points::Points;
use super::stream::Seed;
use crate::model::Question;

/// What a simulation is asked.
///
/// # Examples
/// ```
/// use impact_core::model::{Measure, Perspective, Question};
/// use impact_core::simulation::{Seed, Simulation};
/// let for_public = Question::new(Measure::Npv).seen_by(Perspective::Public);
/// let simulation = Simulation::new(100_000, Seed(7)).asking([for_public]).on_threads(2);
/// assert_eq!(simulation.draws(), 100_000);
/// ```
#[derive(Debug, Clone)]
pub struct Simulation {
    pub(super) draws: u64,
    pub(super) seed: Seed,
    pub(super) points: Points,
    pub(super) questions: Vec<Question>,
    pub(super) threads: usize,
    pub(super) width: Width,
}

/// How wide the machine's vectors may be. The bits of an answer do not depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Width {
    /// As wide as the machine has them, found out when it runs.
    #[default]
    Widest,
    /// Those that every machine of the build target has.
    Plain,
}

/// Simulations are equal where they give the same bits: threads and width are not looked at.
impl PartialEq for Simulation {
    fn eq(&self, other: &Self) -> bool {
        let key = |simulation: &Self| (simulation.draws, simulation.seed, simulation.points);
        key(self) == key(other) && self.questions == other.questions
    }
}

impl Simulation {
    /// So many independent draws, on one thread, of the usual measures: net present value and SROI ratio for society, net
    /// present value for all public budgets and for each holder of one, and what the document's own questions ask.
    pub fn new(draws: u64, seed: Seed) -> Self {
        Self { draws, seed, points: Points::Random, questions: Vec::new(), threads: 1, width: Width::Widest }
    }

    /// The same of these measures instead of the usual ones.
    pub fn asking(self, questions: impl IntoIterator<Item = Question>) -> Self {
        let mut asked: Vec<Question> = Vec::new();
        for question in questions {
            if !asked.contains(&question) {
                asked.push(question);
            }
        }
        Self { questions: asked, ..self }
    }

    /// The same with points that cover what may happen more evenly.
    pub fn with_points(self, points: Points) -> Self {
        Self { points, ..self }
    }

    /// The same from another seed.
    pub fn with_seed(self, seed: Seed) -> Self {
        Self { seed, ..self }
    }

    /// The same on so many threads (at least one).
    pub fn on_threads(self, threads: usize) -> Self {
        Self { threads: threads.max(1), ..self }
    }

    /// The same with vectors of another width.
    pub fn with_width(self, width: Width) -> Self {
        Self { width, ..self }
    }

    /// How many draws.
    pub fn draws(&self) -> u64 {
        self.draws
    }

    /// The seed.
    pub fn seed(&self) -> Seed {
        self.seed
    }

    /// How the draws cover what may happen.
    pub fn points(&self) -> Points {
        self.points
    }

    /// On how many threads.
    pub fn threads(&self) -> usize {
        self.threads
    }

    /// How wide the vectors may be.
    pub fn width(&self) -> Width {
        self.width
    }

    /// The measures asked for; empty for the usual ones.
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }
}
