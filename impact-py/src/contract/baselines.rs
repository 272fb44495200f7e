//! Baselines side by side: one contract under several definitions and windows of the same thing.

use super::Contract;
use super::sharing::result_of_report;
use crate::document::decimal;
use crate::error::{Raise, at_argument, plain, told};
use crate::label::visible;
use crate::page;
use crate::results::recomputed;
use crate::returns::elements;
use crate::rows::{labels, sources};
use crate::simulation::{Asked, listened, request, shown};
use crate::table::{Columns, Table, TableError};
use impact_core::analysis::risk::{BaselineError, BaselineQuestion, NamedBaseline};
use impact_core::reference::{Effects, Source};
use impact_core::report::{BaselineReport, BaselineRow, word};
use impact_core::units::Label;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyMapping, PyString, PyTuple};

impl Raise for BaselineError {
    fn raise(&self, py: Python<'_>) -> PyErr {
        match self {
            Self::NotFixed { .. } => at_argument(py, "estimate", &self.to_string()),
            Self::Risk(error) => error.raise(py),
            Self::NoBaselines | Self::SameName { .. } | Self::Unsourced { .. } => {
                at_argument(py, "baselines", &self.to_string())
            }
            other => plain(py, &other.to_string()),
        }
    }
}

/// The chance of paying with each of several baselines as the contract's and each as the truth: what `Contract.baselines` gives.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> contract = si.read_contract("fixtures/contracts/larvik-for-nothing.toml")
/// >>> found = contract.baselines("fewer-relapses", ["base-no-2015", "base-no-5y"], draws=5_000, seed=7)
/// >>> for row in found.table.to_pylist()[:4]:  # nothing works: who agrees on five years and measures two pays for nothing
/// ...     print(row["contract_baseline"], row["true_baseline"], round(row["chance_of_paying"], 2))
/// base-no-2015 base-no-2015 0.44
/// base-no-2015 base-no-5y 0.02
/// base-no-5y base-no-2015 0.94
/// base-no-5y base-no-5y 0.33
#[pyclass(frozen, module = "socialimpact")]
pub struct BaselineTable {
    report: BaselineReport,
    contract: Py<Contract>,
}

impl BaselineTable {
    /// A row for each baseline as the contract's, a column for each as the truth, as a notebook shows it where nothing works.
    fn square(&self) -> Result<Table, TableError> {
        let BaselineReport { baselines, chances, .. } = &self.report;
        let table = Columns::new().text("in the contract", baselines.iter().map(|baseline| baseline.id.as_str()));
        baselines
            .iter()
            .fold(table, |table, truth| {
                let column = chances.iter().filter(|row| row.true_baseline == truth.id).take(baselines.len());
                table.ratio(&format!("true: {}", truth.id), column.map(|row| shown(row.chance_of_paying.value)))
            })
            .table()
    }
}

#[pymethods]
impl BaselineTable {
    /// The contract as it is.
    #[getter]
    fn contract(&self, py: Python<'_>) -> Py<Contract> {
        self.contract.clone_ref(py)
    }

    /// The id of the estimate whose fixed baseline varies.
    #[getter]
    fn estimate(&self) -> &str {
        &self.report.estimate
    }

    /// The baselines, each with its rate, definition, window and source.
    #[getter]
    fn baselines(&self) -> PyResult<Table> {
        let rows = &self.report.baselines;
        let table = Columns::new()
            .text("id", rows.iter().map(|row| row.id.as_str()))
            .amount("rate", rows.iter().map(|row| row.rate));
        let table = labels(table, "definition", rows.iter().map(|row| Some(&row.definition)))
            .text("window", rows.iter().map(|row| row.window.as_deref()));
        Ok(sources(table, rows.iter().map(|row| Some(&row.source))).table()?)
    }

    /// A row for each situation, baseline of the contract and baseline of the truth: the chance that anything is paid for a result, and
    /// its standard error.
    #[getter]
    fn table(&self) -> PyResult<Table> {
        let rows = || self.report.chances.iter();
        let table = Columns::new()
            .words("situation", rows().map(|row| word(&row.situation)))
            .text("contract_baseline", rows().map(|row| row.contract_baseline.as_str()))
            .text("true_baseline", rows().map(|row| row.true_baseline.as_str()))
            .ratio("chance_of_paying", rows().map(|row| row.chance_of_paying.value))
            .ratio("chance_error", rows().map(|row| row.chance_of_paying.standard_error));
        Ok(table.table()?)
    }

    /// How many draws each cell has.
    #[getter]
    fn draws(&self) -> u64 {
        self.report.provenance.draws
    }

    /// The seed.
    #[getter]
    fn seed(&self) -> u64 {
        self.report.provenance.seed
    }

    fn __len__(&self) -> usize {
        self.report.baselines.len()
    }

    fn __repr__(&self) -> String {
        let name = visible(&self.report.contract.en);
        let (estimate, count, draws) = (self.estimate(), self.__len__(), self.draws());
        format!("BaselineTable({name}, {estimate}: {count} baselines, {draws} draws, seed {})", self.seed())
    }

    fn _repr_html_(&self) -> PyResult<String> {
        let mark = if self.report.marks.illustrative { " (illustrative)" } else { "" };
        let title = format!("{}: chance of paying where nothing works{mark}", self.__repr__());
        Ok(page::titled(&title, &self.square()?))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let baselines = self.report.baselines.iter().map(|baseline| written(py, baseline));
        let named = PyDict::new(py);
        named.set_item("baselines", PyTuple::new(py, baselines.collect::<PyResult<Vec<_>>>()?)?)?;
        named.set_item("draws", self.draws())?;
        named.set_item("seed", self.seed())?;
        named.set_item("points", word(&self.report.provenance.points))?;
        recomputed(py, "baselines", Some(self.estimate()), Some(&named), self.contract.bind(py).as_any())
    }
}

result_of_report!(BaselineTable);

/// A baseline as it was given, or as the register has it.
fn written<'py>(py: Python<'py>, baseline: &BaselineRow) -> PyResult<Bound<'py, PyDict>> {
    let (row, definition, source) = (PyDict::new(py), PyDict::new(py), PyDict::new(py));
    definition.set_item("en", &baseline.definition.en)?;
    definition.set_item("nb", &baseline.definition.nb)?;
    source.set_item("title", &baseline.source.title)?;
    source.set_item("url", &baseline.source.url)?;
    source.set_item("section", &baseline.source.section)?;
    row.set_item("id", &baseline.id)?;
    row.set_item("rate", baseline.rate)?;
    row.set_item("definition", definition)?;
    row.set_item("window", &baseline.window)?;
    row.set_item("source", source)?;
    Ok(row)
}

/// A baseline of the register by its id, or one of the user's own.
fn baseline(given: &Bound<'_, PyAny>, place: &str) -> PyResult<NamedBaseline> {
    let py = given.py();
    if let Ok(id) = given.cast::<PyString>() {
        let effect =
            Effects::embedded().get(id.to_str()?).map_err(|error| at_argument(py, place, &error.to_string()))?;
        let none = || at_argument(py, place, &format!("`{}` is no rate, and no baseline", effect.id));
        return NamedBaseline::of(effect).ok_or_else(none);
    }
    let Ok(given) = given.cast::<PyMapping>() else {
        let message = "a baseline is the id of a rate of the register of effects, or a mapping of `id`, `rate`, `definition`, \
                       `window` and `source`";
        return Err(at_argument(py, place, message));
    };
    let known = ["id", "rate", "definition", "window", "source"];
    for key in given.keys()?.iter() {
        let key = key.str()?;
        if !known.contains(&key.to_str()?) {
            let message = format!("unknown key `{}`: the keys here are `{}`", key.to_str()?, known.join("`, `"));
            return Err(at_argument(py, place, &message));
        }
    }
    let found = |key: &str| Ok::<_, PyErr>(given.get_item(key).ok().filter(|value| !value.is_none()));
    let missing = |key: &str| at_argument(py, &format!("{place}.{key}"), "missing: a baseline has it");
    let rate = found("rate")?.ok_or_else(|| missing("rate"))?;
    let window = found("window")?.map(|window| text(&window, &format!("{place}.window"))).transpose()?;
    Ok(NamedBaseline {
        id: text(&found("id")?.ok_or_else(|| missing("id"))?, &format!("{place}.id"))?,
        rate: told(py, decimal(&rate, "rate")?)?,
        definition: found("definition")?.map_or(Ok(Label::plain("")), |given| definition(&given, place))?,
        window,
        source: found("source")?.map_or(Ok(Source::titled("")), |given| source(&given, place))?,
    })
}

fn text(given: &Bound<'_, PyAny>, place: &str) -> PyResult<String> {
    given.extract().map_err(|_| at_argument(given.py(), place, "give a text"))
}

/// A text, or one in each language.
fn definition(given: &Bound<'_, PyAny>, place: &str) -> PyResult<Label> {
    let place = format!("{place}.definition");
    match given.cast::<PyMapping>() {
        Ok(both) => {
            let nb = both.get_item("nb").ok().filter(|nb| !nb.is_none()).map(|nb| text(&nb, &place)).transpose()?;
            let en =
                both.get_item("en").map_err(|_| at_argument(given.py(), &place, "give a text, or `en` and `nb`"))?;
            Ok(Label { en: text(&en, &place)?, nb })
        }
        Err(_) => Ok(Label::plain(text(given, &place)?)),
    }
}

/// A title, or a title with its web address and section.
fn source(given: &Bound<'_, PyAny>, place: &str) -> PyResult<Source> {
    let place = format!("{place}.source");
    let Ok(parts) = given.cast::<PyMapping>() else { return Ok(Source::titled(text(given, &place)?)) };
    let part = |key: &str| {
        let found = parts.get_item(key).ok().filter(|part| !part.is_none());
        found.map(|part| text(&part, &place)).transpose()
    };
    Ok(Source { title: part("title")?.unwrap_or_default(), url: part("url")?, section: part("section")? })
}

#[pymethods]
impl Contract {
    /// Give the chance of paying with each of several baselines as the contract's and as the truth, over shared draws: where nothing
    /// works, and as believed.
    ///
    /// Parameters
    /// ----------
    /// estimate : str
    ///     The id of an estimate that compares with a fixed baseline.
    /// baselines : sequence of str or mapping
    ///     Ids of rates of the register of effects, or mappings of ``id``, ``rate``, ``definition``, ``window`` and ``source``: a rate alone
    ///     says nothing.
    /// draws : int
    ///     Draws of each cell, up to 65,536.
    /// seed : int
    ///     From 0 to 2**64 - 1.
    /// points, threads, progress
    ///     As for `Model.simulate`; progress counts the cells of each situation anew.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For an estimate that does not compare with a fixed baseline, a baseline without definition or source, and as for `risk_grid`.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> contract = si.read_contract("fixtures/contracts/larvik-for-nothing.toml")
    /// >>> ferd = {"id": "ferd", "rate": 0.63, "definition": "go back without help", "source": "Ferd; the window is not given"}
    /// >>> found = contract.baselines("fewer-relapses", [ferd, "base-no-5y"], draws=5_000, seed=7)
    /// >>> [round(chance, 2) for chance in found.table["chance_of_paying"]][:4]
    /// [0.18, 1.0, 0.0, 0.33]
    #[pyo3(signature = (estimate, baselines, *, draws, seed, points = "random", threads = None, progress = None))]
    #[allow(clippy::too_many_arguments, reason = "keyword options of Python")]
    fn baselines(
        slf: &Bound<'_, Self>,
        estimate: &str,
        baselines: &Bound<'_, PyAny>,
        draws: &Bound<'_, PyAny>,
        seed: &Bound<'_, PyAny>,
        points: &str,
        threads: Option<&Bound<'_, PyAny>>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<BaselineTable> {
        let (py, contract) = (slf.py(), slf.get().core());
        let each = elements(baselines, "baselines", "baselines")?.enumerate();
        let each = each.map(|(position, given)| baseline(&given?, &format!("baselines[{position}]")));
        let asked = BaselineQuestion {
            estimate: estimate.to_owned(),
            baselines: each.collect::<PyResult<_>>()?,
            simulation: request(py, &Asked { draws, seed, measures: None, points, threads })?,
        };
        let found = listened(py, progress, |heard| contract.baselines(&asked, heard))?;
        Ok(BaselineTable { report: BaselineReport::of(contract, &told(py, found)?), contract: slf.clone().unbind() })
    }
}
