//! Totals: what remains of a spread while one number, or a group, stays unknown; by exchanging their draws.
//!
//! One rule: nothing is stored. A block is drawn from two seeds, and valued once more for each group with the draws of the group
//! taken from the second: d + 2 valuations for d groups.
//!
//! The second seed is [`second_seed`], and its points are always independent: two sets of Sobol' points are scrambled alike
//! too often to be exchanged.

use super::groups::Group;
use crate::address::Address;
use crate::analysis::SensitivityError;
use crate::analysis::influence::PickFreeze;
use crate::analysis::influence::pick_freeze::MixedTally;
use crate::model::{Model, Question};
use crate::simulation::{
    BLOCK, Blocks, Counted, Drawn, Heard, Merge, Points, Progress, Seed, Simulation, Stage, Stream, fold,
};
use std::ops::ControlFlow;

/// What a number, or a group of them, takes part in of the spread of a figure.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TotalInfluence {
    /// The numbers whose draws were exchanged together.
    pub addresses: Vec<Address>,
    /// Their first-order and total indices.
    pub indices: PickFreeze,
}

/// The seed of the second draws of a simulation: the 64 bits behind `u(seed, "second", 0)`.
///
/// # Examples
/// ```
/// use impact_core::analysis::sensitivity::second_seed;
/// use impact_core::simulation::Seed;
/// assert_eq!(second_seed(Seed(7)), second_seed(Seed(7)));
/// assert_ne!(second_seed(Seed(7)), second_seed(Seed(8)));
/// ```
pub fn second_seed(seed: Seed) -> Seed {
    Seed(Stream::new(seed, &Address::root().child("second")).bits(0))
}

impl Merge for MixedTally {
    fn merge(self, next: Self) -> Self {
        MixedTally::merge(self, &next)
    }
}

/// Two simulations of the same model, and what is exchanged between them.
struct Exchange {
    first: Blocks,
    second: Blocks,
    groups: Vec<Group>,
    centre: f64,
}

/// Room of a thread for the second simulation, and for the mixture.
struct Rooms {
    second: Drawn,
    mixed: Drawn,
}

impl Model {
    /// The total Sobol' index of every uncertain number, or of groups of them, with 90 % intervals: the most important first.
    ///
    /// Without groups each number stands by itself, and numbers that are correlated with each other are one group: to exchange
    /// one of them alone would draw what is never drawn.
    ///
    /// The whole simulation is made anew, and valued once more for each group; `simulation` says how, `question` of what. The
    /// intervals are for independent draws.
    ///
    /// # Formula
    /// Jansen's, see [`pick_freeze`](crate::analysis::influence::pick_freeze).
    ///
    /// # Errors
    /// As for [`Model::simulate`]; an address that is not uncertain; a group without some member of a correlation; a
    /// figure that does not vary.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Model;
    /// use impact_core::model::{Measure, Question};
    /// use impact_core::simulation::{Seed, Simulation};
    /// use std::ops::ControlFlow;
    /// let model = Model::from_toml(r#"
    /// impact = 1
    /// name = "Gardening group"
    /// country = "NO"
    /// currency = "NOK"
    /// price_year = 2024
    /// start = 2024
    /// conventions = "sroi-practice"
    /// holders = [{ id = "people", kind = "people" }]
    /// [[outcomes]]
    /// id = "less-lonely"
    /// holder = "people"
    /// nature = "event"
    /// quantity = { uniform = [0, 10] }
    /// values = [{ id = "wellbeing", value = { uniform = [0, 5] }, unit = "person", to = "people", kind = "social", source = "illustrative" }]
    /// "#)?;
    /// let (simulation, question) = (Simulation::new(50_000, Seed(7)), Question::new(Measure::Npv));
    /// let found = model.total_influence(&simulation, &question, &[], &mut |_| ControlFlow::Continue(()))?;
    /// // xy of two uniforms from zero: each explains 3/7 by itself and takes part in 4/7.
    /// assert!(found.iter().all(|number| (number.indices.total.value - 4.0 / 7.0).abs() < 0.02));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn total_influence(
        &self,
        simulation: &Simulation,
        question: &Question,
        groups: &[Vec<Address>],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Vec<TotalInfluence>, SensitivityError> {
        let exchange = Exchange::new(self, simulation, question, groups)?;
        let draws = simulation.draws();
        let each = |first: &Drawn, rooms: &mut Option<Rooms>, ()| exchange.tallies(first, rooms);
        let mut heard = Heard::new(Counted::Draws, draws, progress);
        let folded = fold(&exchange.first, 0..draws, Stage::Values, simulation.threads(), &mut heard, || (), &each)?;
        let tallies = folded.tree.total().unwrap_or_default();
        let found = exchange
            .groups
            .into_iter()
            .zip(&tallies)
            .map(|(group, tally)| Ok(TotalInfluence { addresses: group.addresses, indices: tally.indices()? }));
        let mut found = found.collect::<Result<Vec<_>, SensitivityError>>()?;
        found.sort_by(|left, right| {
            let by_index = right.indices.total.value.total_cmp(&left.indices.total.value);
            by_index.then_with(|| left.addresses.cmp(&right.addresses))
        });
        Ok(found)
    }
}

impl Exchange {
    fn new(
        model: &Model,
        simulation: &Simulation,
        question: &Question,
        groups: &[Vec<Address>],
    ) -> Result<Self, SensitivityError> {
        let questions = std::slice::from_ref(question);
        let first = Blocks::new(model, simulation, questions)?;
        let other = simulation.clone().with_seed(second_seed(simulation.seed())).with_points(Points::Random);
        let second = Blocks::new(model, &other, questions)?;
        if first.addresses().is_empty() {
            return Err(SensitivityError::NothingUncertain);
        }
        let groups = if groups.is_empty() { Group::each(model, &first)? } else { Group::asked(groups, model, &first)? };
        let centre = centre(&first, simulation.draws());
        Ok(Self { first, second, groups, centre })
    }

    fn tallies(&self, first: &Drawn, rooms: &mut Option<Rooms>) -> Vec<MixedTally> {
        let Rooms { second, mixed } = rooms.get_or_insert_with(|| Rooms {
            second: self.second.room(Stage::Values),
            mixed: self.first.room(Stage::Values),
        });
        self.second.draw(first.first, first.draws, second);
        self.second.value(second);
        mixed.take(0..self.first.addresses().len(), first);
        self.first.value(mixed);
        let at_first = mixed.measure(0).to_vec();
        let tally = |group: &Group| {
            mixed.take(group.columns.iter().copied(), second);
            self.first.value(mixed);
            mixed.take(group.columns.iter().copied(), first);
            let mut tally = MixedTally::around(self.centre);
            tally.add(&at_first, second.measure(0), mixed.measure(0));
            tally
        };
        self.groups.iter().map(tally).collect()
    }
}

/// The mean of the first block's outcomes, so that squares keep their digits.
fn centre(blocks: &Blocks, draws: u64) -> f64 {
    let mut drawn = blocks.room(Stage::Measures);
    blocks.draw(0, usize::try_from(draws).unwrap_or(BLOCK).min(BLOCK), &mut drawn);
    let outcomes = drawn.measure(0).iter().filter(|outcome| outcome.is_finite());
    let (sum, count) = outcomes.fold((0.0, 0.0), |(sum, count), outcome| (sum + outcome, count + 1.0));
    let mean = sum / f64::max(count, 1.0);
    if mean.is_finite() { mean } else { 0.0 }
}
