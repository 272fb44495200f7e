//! The verbs of batches.

use super::rows::{Cell, CellFault, Models, Rows};
use crate::error::{Raise, plain, to_python};
use crate::simulation::{asking, listened, measure_columns};
use crate::table::{Columns, Table};
use impact_core::document::Value;
use impact_core::error::{Problem, Problems};
use impact_core::model::Model as CoreModel;
use impact_core::report::SimulatedRow;
use impact_core::simulation::{
    BatchError, BatchRow, PartRow, PartSimulated, Seed, Simulated, Simulation, SimulationError, batch_cell,
    batch_cell_problems, batch_overrides, merge_parts as merge, simulate_batch as simulate,
};
use pyo3::prelude::*;

impl Raise for BatchError {
    fn raise(&self, py: Python<'_>) -> PyErr {
        match self {
            BatchError::Rows(error) => to_python(py, error),
            other => plain(py, &other.to_string()),
        }
    }
}

/// Options of a batch as they are given.
struct Options<'a, 'py> {
    measures: Option<&'a Bound<'py, PyAny>>,
    points: &'a str,
    threads: Option<&'a Bound<'py, PyAny>>,
}

/// What a row says of itself.
#[derive(Clone)]
struct Said {
    scenario: Option<String>,
    overrides: Option<String>,
}

/// Rows that were read.
struct Read {
    said: Vec<Said>,
    rows: Vec<BatchRow>,
    problems: Problems,
    threads: usize,
}

/// Simulate many models, or one with many changes: a simulation a row, nothing crossing rows.
///
/// Parameters
/// ----------
/// models : Model or mapping of str to Model
///     The models that rows name as their scenario; one alone is that of every row.
/// rows : table
///     Anything that hands over Arrow (pandas, polars, pyarrow, DuckDB, `Table`), with the columns ``scenario``, the name of a
///     model, or any name where there is one model; ``seed``; ``draws``; and, where wanted, ``overrides``: a JSON object of
///     addresses and values, such as ``{"outcomes.into-work.deadweight": 0.5}``.
/// measures, points, threads
///     As for `Model.simulate`, for all rows.
/// progress : bool or callable, optional
///     As for `Model.simulate`; the draws of all rows are counted.
///
/// Returns
/// -------
/// Table
///     A row for each row and measure: ``row``, its number from 1, ``scenario``, ``overrides``, ``seed``, ``draws``, then the
///     columns of `Simulated.measures`, with the same bits.
///
/// Raises
/// ------
/// ImpactError
///     With everything that is wrong, each problem at ``rows``, the number of its row, and its column; before anything is drawn.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> model = si.read("fixtures/models/sandefjord.toml")
/// >>> rows = si.Table({
/// ...     "scenario": ["as it is", "twice the cost"],
/// ...     "overrides": [None, '{"costs.cooperation.per_year": 2000000}'],
/// ...     "seed": [7, 7],
/// ...     "draws": [2_000, 2_000],
/// ... })
/// >>> found = si.simulate_batch(model, rows, measures=["npv"])
/// >>> found["scenario"], found["mean"][0] > found["mean"][1]
/// (['as it is', 'twice the cost'], True)
/// >>> found["mean"][0] == model.simulate(2_000, 7).measure("npv").mean
/// True
#[pyfunction]
#[pyo3(signature = (models, rows, *, measures = None, points = "random", threads = None, progress = None))]
pub fn simulate_batch(
    py: Python<'_>,
    models: &Bound<'_, PyAny>,
    rows: &Bound<'_, PyAny>,
    measures: Option<&Bound<'_, PyAny>>,
    points: &str,
    threads: Option<&Bound<'_, PyAny>>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Table> {
    let rows = Rows::of(rows, "rows", &["scenario", "overrides", "seed", "draws"])?;
    let read = Read::of(py, &rows, &Models::of(models)?, &Options { measures, points, threads })?;
    let found = simulated(py, &read, progress, &|part| Ok(told(&part.finish()?)))?;
    figures(&read.said, &found)
}

/// Simulate some of the draws of many simulations: a part a row, to be put together by `merge_parts`.
///
/// Parameters
/// ----------
/// models : Model or mapping of str to Model
///     As for `simulate_batch`.
/// rows : table
///     As for `simulate_batch`, and ``first_draw``, the first of the draws of the row, from 0; ``draws``, how many of them; and ``of``,
///     how many the simulation has in all.
/// measures, points, threads, progress
///     As for `simulate_batch`.
///
/// Returns
/// -------
/// Table
///     A row for each row: what it said, and its ``part`` as bytes: those of `PartSimulated.to_bytes`.
///
/// Raises
/// ------
/// ImpactError
///     As for `simulate_batch`.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> model = si.read("fixtures/models/sandefjord.toml")
/// >>> rows = si.Table({"seed": [7, 7], "first_draw": [0, 2_048], "draws": [2_048, 1_952], "of": [4_000, 4_000]})
/// >>> parts = si.simulate_parts(model, rows)
/// >>> whole = si.Table({"seed": [7], "draws": [4_000]})
/// >>> si.merge_parts(model, parts) == si.simulate_batch(model, whole)
/// True
#[pyfunction]
#[pyo3(signature = (models, rows, *, measures = None, points = "random", threads = None, progress = None))]
pub fn simulate_parts(
    py: Python<'_>,
    models: &Bound<'_, PyAny>,
    rows: &Bound<'_, PyAny>,
    measures: Option<&Bound<'_, PyAny>>,
    points: &str,
    threads: Option<&Bound<'_, PyAny>>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Table> {
    let rows = Rows::of(rows, "rows", &["scenario", "overrides", "seed", "first_draw", "draws", "of"])?;
    let read = Read::of(py, &rows, &Models::of(models)?, &Options { measures, points, threads })?;
    let parts = simulated(py, &read, progress, &|part| Ok(part.packed()))?;
    let rows = || read.rows.iter();
    let columns = said_columns(&read.said)
        .whole("seed", rows().map(|row| number(row.simulation.seed().0)))
        .whole("first_draw", rows().map(|row| number(row.draws.start)))
        .whole("draws", rows().map(|row| number(row.draws.end.saturating_sub(row.draws.start))))
        .whole("of", rows().map(|row| number(row.simulation.draws())));
    Ok(columns.bytes("part", parts).table()?)
}

/// Put the parts of many simulations together, in any order.
///
/// Parameters
/// ----------
/// models : Model or mapping of str to Model
///     Those the parts were made of.
/// parts : table
///     Rows as `simulate_parts` gives them, from however many machines: the columns ``scenario``, ``overrides`` and ``part`` are read.
///
/// Returns
/// -------
/// Table
///     What `simulate_batch` gives of the whole simulations, with the same bits; ``row`` counts them in the order of their first parts.
///
/// Raises
/// ------
/// ImpactError
///     With everything that is wrong, each problem at ``rows``, the number of its row, and its column: parts that do not fit or were
///     damaged, draws that two parts hold, and draws that are missing.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> model = si.read("fixtures/models/sandefjord.toml")
/// >>> rows = si.Table({"seed": [7, 7], "first_draw": [2_048, 0], "draws": [1_952, 2_048], "of": [4_000, 4_000]})
/// >>> merged = si.merge_parts(model, si.simulate_parts(model, rows))
/// >>> merged["mean"][0] == model.simulate(4_000, 7).measures["mean"][0]
/// True
#[pyfunction]
#[pyo3(signature = (models, parts))]
pub fn merge_parts(py: Python<'_>, models: &Bound<'_, PyAny>, parts: &Bound<'_, PyAny>) -> PyResult<Table> {
    let rows =
        Rows::of(parts, "parts", &["row", "scenario", "overrides", "seed", "first_draw", "draws", "of", "part"])?;
    let (models, bytes) = (Models::of(models)?, rows.bytes(py, "part")?);
    let mut read = Vec::with_capacity(rows.count());
    let mut problems = Problems::new();
    let said = Said::all(&rows, py)?;
    for (number, (said, part)) in (1..).zip(said.into_iter().zip(bytes)) {
        let changed = said.changed(&models, number, &mut problems);
        let part = part.or_else(|| {
            let cell = Cell { row: number, column: "part", problems: &mut problems };
            cell.refuse(CellFault::Missing { wanted: "give the part as bytes" })
        });
        if let (Some((model, overrides)), Some(part)) = (changed, part) {
            let name = format!("{:?}", (&said.scenario, &said.overrides));
            read.push((said, PartRow { number, name, model, overrides, part }));
        }
    }
    let (said, rows): (Vec<Said>, Vec<PartRow>) = read.into_iter().unzip();
    let merged = py.detach(|| merge(&rows, problems, &|position, simulated| (position, told(simulated))));
    let merged = crate::error::told(py, merged)?;
    let mut problems = Problems::new();
    for (row, told) in merged.iter().filter_map(|(position, told)| Some((rows.get(*position)?, told))) {
        if i64::try_from(told.seed).is_err() {
            problems.push(Problem::new(batch_cell(row.number, "part"), CellFault::Seed { seed: told.seed }));
        }
    }
    crate::error::told(py, problems.into_result())?;
    let firsts = merged.iter().filter_map(|(position, _)| said.get(*position)).cloned().collect::<Vec<_>>();
    let found: Vec<Told> = merged.into_iter().map(|(_, told)| told).collect();
    figures(&firsts, &found)
}

/// What a simulation says: seed, draws and a row for each measure.
struct Told {
    seed: u64,
    draws: u64,
    rows: Vec<SimulatedRow>,
}

fn told(simulated: &Simulated) -> Told {
    let rows = simulated.figures().iter().map(|figure| SimulatedRow::of(simulated.model(), figure)).collect();
    Told { seed: simulated.simulation().seed().0, draws: simulated.simulation().draws(), rows }
}

/// Simulates rows, and keeps what is made of each part.
fn simulated<T: Send>(
    py: Python<'_>,
    read: &Read,
    progress: Option<&Bound<'_, PyAny>>,
    answer: &(impl Fn(PartSimulated) -> Result<T, SimulationError> + Sync),
) -> PyResult<Vec<T>> {
    let (rows, problems, threads) = (&read.rows, read.problems.clone(), read.threads);
    let found = listened(py, progress, |heard| simulate(rows, problems, threads, answer, heard))?;
    crate::error::told(py, found)
}

/// A row for each row and measure.
fn figures(said: &[Said], found: &[Told]) -> PyResult<Table> {
    let each = || (1_u64..).zip(said).zip(found).flat_map(|(row, told)| told.rows.iter().map(move |_| (row, told)));
    let columns = Columns::new()
        .whole("row", each().map(|((row, _), _)| number(row)))
        .text("scenario", each().map(|((_, said), _)| said.scenario.as_deref()))
        .text("overrides", each().map(|((_, said), _)| said.overrides.as_deref()))
        .whole("seed", each().map(|(_, told)| number(told.seed)))
        .whole("draws", each().map(|(_, told)| number(told.draws)));
    let rows: Vec<&SimulatedRow> = found.iter().flat_map(|told| &told.rows).collect();
    Ok(measure_columns(columns, &rows).table()?)
}

fn number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl Said {
    /// What all rows say of themselves.
    fn all(rows: &Rows, py: Python<'_>) -> PyResult<Vec<Self>> {
        let both = rows.texts(py, "scenario")?.into_iter().zip(rows.texts(py, "overrides")?);
        Ok(both.map(|(scenario, overrides)| Self { scenario, overrides }).collect())
    }

    /// The model that a row means, and what it puts at which address.
    fn changed(
        &self,
        models: &Models,
        row: usize,
        problems: &mut Problems,
    ) -> Option<(CoreModel, Vec<(String, Value)>)> {
        let model = models.named(self.scenario.as_deref(), Cell { row, column: "scenario", problems });
        let overrides = batch_overrides(self.overrides.as_deref().unwrap_or_default()).map_err(|error| {
            batch_cell_problems(&error, row, "overrides").into_iter().for_each(|problem| problems.push(problem));
        });
        Some((model?.clone(), overrides.ok()?))
    }
}

impl Read {
    /// Reads rows; `parts` of simulations, or whole ones.
    fn of(py: Python<'_>, rows: &Rows, models: &Models, options: &Options<'_, '_>) -> PyResult<Self> {
        let asked = Simulation::new(1, Seed(0));
        let asked = asking(py, asked, options.measures, options.points, options.threads)?;
        let [seeds, firsts, draws, ofs] = ["seed", "first_draw", "draws", "of"].map(|name| rows.texts(py, name));
        let numbers = seeds?.into_iter().zip(firsts?).zip(draws?.into_iter().zip(ofs?));
        let mut read = Self {
            said: Said::all(rows, py)?,
            rows: Vec::with_capacity(rows.count()),
            problems: Problems::new(),
            threads: asked.threads(),
        };
        let problems = &mut read.problems;
        for ((row, said), ((seed, first), (draws, of))) in (1..).zip(&read.said).zip(numbers) {
            let mut whole = |column, text: Option<String>, least, otherwise| {
                Cell { row, column, problems: &mut *problems }.whole(text.as_deref(), least, otherwise)
            };
            let (seed, draws) = (whole("seed", seed, 0, None), whole("draws", draws, 1, None));
            let first = whole("first_draw", first, 0, Some(0));
            // A row that begins at the first draw is a whole simulation where it does not say otherwise.
            let end = first.zip(draws).map(|(first, draws)| first.saturating_add(draws));
            let of = whole("of", of, 1, if first == Some(0) { end } else { end.filter(|_| first.is_none()) });
            let changed = said.changed(models, row, problems);
            if let (Some(seed), Some(first), Some(end), Some(of), Some((model, overrides))) =
                (seed, first, end, of, changed)
            {
                let simulation = Simulation::new(of, Seed(seed)).with_points(asked.points());
                let simulation = simulation.asking(asked.questions().iter().cloned());
                read.rows.push(BatchRow { number: row, model, overrides, simulation, draws: first..end });
            }
        }
        Ok(read)
    }
}

/// The columns that say what a row is.
fn said_columns(said: &[Said]) -> Columns {
    Columns::new()
        .whole("row", (1..).zip(said).map(|(row, _)| number(row)))
        .text("scenario", said.iter().map(|said| said.scenario.as_deref()))
        .text("overrides", said.iter().map(|said| said.overrides.as_deref()))
}
