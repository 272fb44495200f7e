//! Influences: the first-order index and the rank correlation of every uncertain number, from one simulation.
//!
//! One rule: the draws of the figure are those that were kept; the uniforms behind them are drawn again, block by block, and what
//! blocks add up to is merged along the tree of the simulation, so that threads change no bit.

use crate::address::Address;
use crate::analysis::SensitivityError;
use crate::analysis::draws::DrawsError;
use crate::analysis::influence::bins::{BinTally, Rows};
use crate::analysis::influence::partition::Partition;
use crate::analysis::influence::{FirstOrder, RankCorrelation, SobolIndex, Standing};
use crate::model::Question;
use crate::simulation::{Counted, Drawn, Heard, Merge, Progress, Simulated, Stage, answers, fold};
use std::cmp::Ordering;
use std::ops::ControlFlow;

/// Draws that rank correlations are taken of at most, the first of the simulation: their standard errors are then less than a
/// hundredth. Sorting more would take as long as the simulation.
pub const RANKED_DRAWS: u64 = 10_240;

/// Numbers that are drawn again together for their ranks.
const RANKED_TOGETHER: usize = 16;

/// What one uncertain number has to do with the spread of a figure.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Influence {
    /// The number.
    pub address: Address,
    /// The share of the variance that would go, on average, if it were known; or that the figure is infinite in some draws and has none.
    pub first_order: Result<SobolIndex, DrawsError>,
    /// Whether the figure rises with it, or why that cannot be told.
    pub rank: Result<RankCorrelation, DrawsError>,
}

/// What every uncertain number has to do with the spread of a figure.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Influences {
    /// The figure.
    pub question: Question,
    /// The numbers, the most important first.
    pub of: Vec<Influence>,
    /// Draws in which the figure exists, infinite ones counted.
    pub draws: u64,
    /// Draws left out since the figure does not exist in them.
    pub undefined: u64,
    /// Draws in which the figure is infinite: it has ranks then, and no variance to explain.
    pub infinite: u64,
    /// The first so many draws were ranked.
    pub ranked: u64,
}

/// The tally of each number.
struct Tallies(Vec<BinTally>);

impl Merge for Tallies {
    fn merge(mut self, next: Self) -> Self {
        self.0.iter_mut().zip(&next.0).for_each(|(one, other)| one.add(other));
        self
    }
}

impl Simulated {
    /// The influence of every uncertain number on a figure: first-order Sobol' index with its 90 % interval, and Spearman's
    /// rank correlation over the first [`RANKED_DRAWS`] draws. A marginal value of public funds that is infinite in some draws has ranks and
    /// no variance: no indices.
    ///
    /// Of numbers that are [correlated](crate::simulation::Dependence) each index is what would go if that number were known,
    /// with all that it tells of the others: they overlap and may add up to more than 1.
    ///
    /// `progress` counts each draw once for the indices, and those ranked once more for each number.
    ///
    /// # Errors
    /// A measure that was not simulated, that no draw has or that is a number in none, draws that were not kept, a model without
    /// uncertain numbers, a figure that does not vary, a caller who ended it.
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
    /// holders = [{ id = "town", kind = "public", level = "municipality" }, { id = "people", kind = "people" }]
    /// costs = [{ id = "team", payer = "town", amount = { truncated = { of = { normal = { mean = 100, sd = 3 } }, low = 0 } }, year = 2024, source = "illustrative" }]
    /// [[outcomes]]
    /// id = "less-lonely"
    /// holder = "people"
    /// nature = "event"
    /// quantity = { truncated = { of = { normal = { mean = 20, sd = 2 } }, low = 0 } }
    /// values = [{ id = "wellbeing", value = 2, unit = "person", to = "people", kind = "social", source = "illustrative" }]
    /// "#)?;
    /// let simulated = model.simulate(&Simulation::new(50_000, Seed(7)), &mut |_| ControlFlow::Continue(()))?;
    /// let influences = simulated.influence(&Question::new(Measure::Npv), &mut |_| ControlFlow::Continue(()))?;
    /// // The net present value is 2 · quantity − cost: variances of 16 and 9.
    /// let first = &influences.of[0];
    /// assert_eq!(first.address.as_str(), "outcomes.less-lonely.quantity");
    /// assert!((first.first_order.as_ref().unwrap().value - 16.0 / 25.0).abs() < 0.02 && first.rank.as_ref().unwrap().value > 0.0);
    /// assert!(influences.of[1].rank.as_ref().unwrap().value < 0.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn influence(
        &self,
        question: &Question,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Influences, SensitivityError> {
        let outcome = self.kept(question)?;
        if self.addresses().is_empty() {
            return Err(SensitivityError::NothingUncertain);
        }
        let (draws, ranked) = (self.simulation().draws(), RANKED_DRAWS.min(self.simulation().draws()));
        let in_all = draws.saturating_add(ranked.saturating_mul(self.addresses().len() as u64));
        let mut heard = Heard::new(Counted::Draws, in_all, progress);
        let partitions = self.blocks().inverses().map(Partition::of).collect::<Vec<_>>();
        let figure = self.answer(question)?;
        figure.has_numbers()?;
        let centre = figure.mean().map_or(0.0, |mean| mean.value);
        let tallies = self.tallies(&partitions, outcome, centre, &mut heard)?;
        let ranks = self.ranks(outcome, ranked, &mut heard)?;
        let both = tallies.iter().zip(&partitions);
        let indices = both.map(|(tally, partition)| unless_infinite(tally.first_order(partition)));
        let indices = indices.collect::<Result<Vec<_>, SensitivityError>>()?;
        let (below, above) = figure.infinite();
        let each = self.addresses().iter().zip(indices).zip(ranks);
        let of = each.map(|((address, first_order), rank)| {
            Ok(Influence { address: address.clone(), first_order, rank: told(rank)? })
        });
        let mut of = of.collect::<Result<Vec<_>, SensitivityError>>()?;
        of.sort_by(most_important_first);
        Ok(Influences {
            question: question.clone(),
            of,
            draws: figure.defined(),
            undefined: figure.undefined(),
            infinite: below.saturating_add(above),
            ranked,
        })
    }

    /// Every draw of a figure.
    pub(in crate::analysis) fn kept(&self, question: &Question) -> Result<&[f64], SensitivityError> {
        let (draws, measures) = (self.simulation().draws(), self.simulation().questions().len());
        let figure = self.answer(question)?;
        SensitivityError::unless_kept(draws, measures)?;
        Ok(figure.draws().unwrap_or_default())
    }

    fn tallies(
        &self,
        partitions: &[Partition],
        outcome: &[f64],
        centre: f64,
        heard: &mut Heard<'_>,
    ) -> Result<Vec<BinTally>, SensitivityError> {
        let width = self.simulation().width();
        let each = |drawn: &Drawn, rows: &mut Rows, ()| {
            let first = usize::try_from(drawn.first).unwrap_or(usize::MAX);
            rows.fill(outcome.get(first..first.saturating_add(drawn.draws)).unwrap_or_default(), centre);
            let each = partitions.iter().enumerate();
            Tallies(
                each.map(|(column, partition)| BinTally::of(partition, drawn.column(column), rows, width)).collect(),
            )
        };
        let (draws, threads) = (self.simulation().draws(), self.simulation().threads());
        let folded = fold(self.blocks(), 0..draws, Stage::Uniforms, threads, heard, || (), &each)?;
        let total = folded.tree.total().map(|Tallies(tallies)| tallies);
        Ok(total.unwrap_or_else(|| vec![BinTally::around(centre); partitions.len()]))
    }

    fn ranks(
        &self,
        outcome: &[f64],
        ranked: u64,
        heard: &mut Heard<'_>,
    ) -> Result<Vec<Result<RankCorrelation, SensitivityError>>, SensitivityError> {
        let most = usize::try_from(ranked).unwrap_or(usize::MAX);
        let outcome = Standing::of(outcome.get(..most).unwrap_or(outcome));
        let rank = |values: &Vec<f64>| Ok(outcome.correlation(values)?);
        let mut ranks = Vec::with_capacity(self.addresses().len());
        for together in self.addresses().chunks(RANKED_TOGETHER) {
            let columns = self.again(together, Stage::Values, ranked)?;
            ranks.extend(answers(&columns, ranked, self.simulation().threads(), heard, rank)?);
        }
        Ok(ranks)
    }
}

/// That there is no variance is an answer too.
fn unless_infinite(index: Result<FirstOrder, DrawsError>) -> Result<Result<SobolIndex, DrawsError>, SensitivityError> {
    match index {
        Ok(found) => Ok(Ok(found.index)),
        Err(infinite @ DrawsError::Infinite { .. }) => Ok(Err(infinite)),
        Err(error) => Err(error.into()),
    }
}

/// A rank correlation that the draws do not have is an answer too.
fn told(
    rank: Result<RankCorrelation, SensitivityError>,
) -> Result<Result<RankCorrelation, DrawsError>, SensitivityError> {
    match rank {
        Ok(rank) => Ok(Ok(rank)),
        Err(SensitivityError::Draws(why)) => Ok(Err(why)),
        Err(error) => Err(error),
    }
}

fn most_important_first(left: &Influence, right: &Influence) -> Ordering {
    // Where there is no variance, by how far the figure rises or falls with them.
    let weight = |one: &Influence| match (&one.first_order, &one.rank) {
        (Ok(index), _) => index.value,
        (Err(_), Ok(rank)) => rank.value.abs(),
        (Err(_), Err(_)) => 0.0,
    };
    weight(right).total_cmp(&weight(left)).then_with(|| left.address.cmp(&right.address))
}
