//! Batches: the draws of many rows, short rows side by side, long ones on all threads.
//!
//! One rule: all rows are looked at before anything is drawn.

use super::row::{BatchError, BatchRow, row_of};
use crate::error::{Problem, Problems};
use crate::simulation::part::PartSimulated;
use crate::simulation::refused::SimulationError;
use crate::simulation::run::{Cancelled, Counted, Heard, Progress, Queue, workers};
use std::ops::ControlFlow;

/// Draws from which on a row has all threads to itself; shorter ones are worked on side by side.
const LONG: u64 = 131_072;

/// Simulates the draws of every row; `answer` makes of each part what is kept of it.
///
/// All rows are looked at before anything is drawn; `problems` are those of rows that could not be read. Rows of fewer than 131,072
/// draws are worked on side by side, longer ones with all threads, one after the other. `progress` is told the draws done, on the
/// calling thread; when it breaks, nothing is kept.
///
/// # Errors
/// Everything that is wrong with the rows together; a caller who ended it.
///
/// # Examples
/// ```
/// use impact_core::Model;
/// use impact_core::error::Problems;
/// use impact_core::simulation::{BatchRow, PartSimulated, Seed, Simulation, batch_overrides, simulate_batch};
/// use std::ops::ControlFlow;
/// let model = Model::from_toml(r#"
///     impact = 1
///     name = "Gardening group (illustrative)"
///     country = "NO"
///     currency = "NOK"
///     price_year = 2024
///     start = 2024
///     holders = [ { id = "town", kind = "public", level = "municipality" } ]
///     costs = [ { id = "team", payer = "town", amount = { pert = [3e5, 4e5, 6e5] }, year = 2024 } ]
/// "#)?;
/// let simulation = Simulation::new(1_000, Seed(7));
/// let row = |number, overrides: &str| -> Result<BatchRow, Box<dyn std::error::Error>> {
///     let overrides = batch_overrides(overrides)?;
///     Ok(BatchRow { number, model: model.clone(), overrides, simulation: simulation.clone(), draws: 0..1_000 })
/// };
/// let rows = [row(1, "")?, row(2, r#"{"costs.team.amount": 500000}"#)?];
/// let mean = |part: PartSimulated| Ok(part.finish()?.figures()[0].mean().map(|mean| mean.value));
/// let means = simulate_batch(&rows, Problems::new(), 1, &mean, &mut |_| ControlFlow::Continue(()))?;
/// assert_eq!(means.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn simulate_batch<T: Send>(
    rows: &[BatchRow],
    problems: Problems,
    threads: usize,
    answer: &(impl Fn(PartSimulated) -> Result<T, SimulationError> + Sync),
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Vec<T>, BatchError> {
    let all = rows.iter().map(|row| row.count()).fold(0, u64::saturating_add);
    let mut heard = Heard::new(Counted::Draws, all, progress);
    checked(rows, problems, threads, &mut heard)?;
    let mut run = Run { threads, answer, problems: Problems::new(), found: Vec::with_capacity(rows.len()) };
    let mut rest = rows;
    while let Some(first) = rest.first() {
        let short = rest.iter().take_while(|row| row.count() < LONG).count();
        let (now, later) = rest.split_at(short.max(1));
        match short {
            0 => run.alone(first, &mut heard)?,
            _ => run.side_by_side(now, &mut heard)?,
        }
        rest = later;
    }
    run.problems.into_result()?;
    Ok(run.found)
}

/// Looks at all rows, and refuses them together.
fn checked(rows: &[BatchRow], mut problems: Problems, threads: usize, heard: &mut Heard<'_>) -> Result<(), BatchError> {
    let mut hands = vec![(); workers(threads, rows.len())];
    let queue = Queue { pieces: rows.iter().map(|row| (0, row)), batch: hands.len() };
    let note = |found: Vec<Problem>| found.into_iter().for_each(|problem| problems.push(problem));
    queue.work(&mut hands, heard, &|(), row| row.faults(), note)?;
    problems.sort_by_key(|problem| row_of(&problem.place));
    Ok(problems.into_result()?)
}

/// A batch under way.
struct Run<'a, T, A> {
    threads: usize,
    answer: &'a A,
    problems: Problems,
    found: Vec<T>,
}

impl<T: Send, A: Fn(PartSimulated) -> Result<T, SimulationError> + Sync> Run<'_, T, A> {
    /// A long row, on all threads.
    fn alone(&mut self, row: &BatchRow, heard: &mut Heard<'_>) -> Result<(), Cancelled> {
        let simulation = row.simulation.clone().on_threads(self.threads);
        let mut done = 0;
        let mut ended = None;
        let part = row.part(&simulation, &mut |progress| {
            heard.did(progress.done.saturating_sub(done));
            done = progress.done;
            match heard.ask() {
                Ok(()) => ControlFlow::Continue(()),
                Err(cancelled) => {
                    ended = Some(cancelled);
                    ControlFlow::Break(())
                }
            }
        });
        if let Some(cancelled) = ended {
            return Err(cancelled);
        }
        heard.did(row.count().saturating_sub(done));
        self.take(row, part.and_then(self.answer));
        Ok(())
    }

    /// Short rows, each on a thread of its own.
    fn side_by_side(&mut self, rows: &[BatchRow], heard: &mut Heard<'_>) -> Result<(), Cancelled> {
        let mut hands = vec![(); workers(self.threads, rows.len())];
        let queue = Queue { pieces: rows.iter().map(|row| (row.count(), row)), batch: hands.len() };
        let answer = self.answer;
        let on = &|_| ControlFlow::Continue(());
        let each = |_: &mut (), row: &BatchRow| {
            let simulation = row.simulation.clone().on_threads(1);
            row.part(&simulation, &mut { on }).and_then(answer)
        };
        let mut rows = rows.iter();
        queue.work(&mut hands, heard, &each, |answer| {
            if let Some(row) = rows.next() {
                self.take(row, answer);
            }
        })
    }

    fn take(&mut self, row: &BatchRow, answer: Result<T, SimulationError>) {
        match answer {
            Ok(answer) => self.found.push(answer),
            Err(error) => row.told(&error).into_iter().for_each(|problem| self.problems.push(problem)),
        }
    }
}
