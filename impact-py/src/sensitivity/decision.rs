//! The value of knowing, as Python has it.

use super::asked::{Against, Figured, Needed, Words, groups};
use super::influence::Heard;
use super::numbers::Numbers;
use super::plot_table::PlotTable;
use crate::appraisal::question;
use crate::distribution::numbers;
use crate::error::{at_argument, told};
use crate::label::{label, marked, visible};
use crate::page;
use crate::results::{content_hash, recomputed};
use crate::simulation::{Simulated, listened, shown};
use crate::table::{Columns, Table};
use impact_core::address::Address;
use impact_core::analysis::decisions::Learning;
use impact_core::analysis::information::Evpi as Core;
use impact_core::model::Question;
use impact_core::simulation::Simulated as CoreSimulated;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

/// What it is worth to know everything before deciding, and how sure the choice is.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> sim = si.read("fixtures/models/map-12x10.toml").simulate(10_000, 7, measures=["npv"])
/// >>> found = sim.evpi()
/// >>> found.best, found.value, found.options["option"]
/// ('this', 0.0, ['nothing', 'this'])
#[pyclass(frozen, module = "socialimpact")]
pub struct Evpi {
    inner: Core,
    question: Question,
    words: Words,
    against: Against,
    simulated: Py<Simulated>,
}

/// Asks a simulation what knowing everything is worth.
pub fn evpi(
    simulated: &Bound<'_, Simulated>,
    measure: &str,
    holder: &str,
    against: Option<&Bound<'_, PyAny>>,
) -> PyResult<Evpi> {
    let py = simulated.py();
    let (question, against) = (question(py, measure, holder, None)?, Against::of(simulated, against)?);
    let asked = Figured::of(py, simulated.get(), &question, Needed::Decision)?;
    let others = against.figured(py, &question)?;
    let inner = told(py, py.detach(|| asked.core.evpi(&question, &cores(&others))))?;
    let words = beside(py, &asked, &others)?;
    drop(others);
    Ok(Evpi { inner, question, words, against, simulated: simulated.clone().unbind() })
}

/// The words of a figure, marked with what those it is held against rest on too.
pub fn beside(py: Python<'_>, asked: &Figured<'_>, others: &[Figured<'_>]) -> PyResult<Words> {
    let others = others.iter().map(|other| other.words(py)).collect::<PyResult<Vec<_>>>()?;
    Ok(asked.words(py)?.beside(others))
}

/// The simulations of the options a model is held against.
pub fn cores<'s>(others: &'s [Figured<'_>]) -> Vec<&'s CoreSimulated> {
    others.iter().map(|other| &*other.core).collect()
}

#[pymethods]
impl Evpi {
    /// What it is worth, in the unit of the measure.
    #[getter]
    fn value(&self) -> f64 {
        self.inner.evpi.value
    }

    /// The standard error of that.
    #[getter]
    fn standard_error(&self) -> f64 {
        self.inner.evpi.standard_error
    }

    /// What it is counted in.
    #[getter]
    fn unit<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        label(py, &self.words.unit)
    }

    /// What it rests on is marked with: ``"illustrative"``, ``"unverified"``.
    #[getter]
    fn marks<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        marked(py, self.words.marks)
    }

    /// The option with the largest mean: ``"nothing"``, ``"this"`` or the name of another.
    #[getter]
    fn best(&self) -> String {
        self.against.names().into_iter().nth(self.inner.best).unwrap_or_default()
    }

    /// The chance that another option turns out better than the best one.
    #[getter]
    fn chance_not_best(&self) -> f64 {
        self.inner.chance_not_best
    }

    /// Each option with its mean and its chance of turning out best.
    #[getter]
    fn options(&self, py: Python<'_>) -> PyResult<Py<PlotTable>> {
        PlotTable::made(py, self.table()?, "options", self.words.clone())
    }

    /// Draws used.
    #[getter]
    fn draws(&self) -> u64 {
        self.inner.draws
    }

    /// Draws left out since an option has no value in them.
    #[getter]
    fn undefined(&self) -> u64 {
        self.inner.undefined
    }

    /// Draw the chance of each option to turn out best, with matplotlib.
    ///
    /// Parameters
    /// ----------
    /// ax : matplotlib Axes, optional
    ///     Where to draw; left out, a figure of its own.
    /// lang : Language, default "en"
    ///     The language of texts and numbers.
    #[pyo3(signature = (ax = None, lang = "en"))]
    fn plot<'py>(&self, py: Python<'py>, ax: Option<&Bound<'py, PyAny>>, lang: &str) -> PyResult<Bound<'py, PyAny>> {
        let named = PyDict::new(py);
        named.set_item("lang", lang)?;
        self.options(py)?.bind(py).call_method("plot", (ax,), Some(&named))
    }

    fn __float__(&self) -> f64 {
        self.value()
    }

    fn __repr__(&self) -> String {
        let [value, error] = [self.value(), self.standard_error()].map(shown);
        format!("Evpi({}: {value} ± {error}, best: {})", self.question, visible(&self.best()))
    }

    fn _repr_html_(&self) -> PyResult<String> {
        let [value, error] = [self.value(), self.standard_error()].map(shown);
        let mark = if self.words.marks.illustrative { " (illustrative)" } else { "" };
        let (head, unit) = (&self.words.head.en, &self.words.unit.en);
        let title = format!("{head}, value of knowing everything: {value} ± {error}, {unit}{mark}");
        Ok(page::titled(&title, &self.table()?))
    }

    fn __eq__(&self, py: Python<'_>, other: &Self) -> PyResult<bool> {
        let same = self.inner == other.inner && self.against.names() == other.against.names();
        Ok(same && self.question == other.question && self.simulated.bind(py).eq(&other.simulated)?)
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<u64> {
        content_hash(py, &(&self.inner, self.against.names(), &self.question))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let named = PyDict::new(py);
        named.set_item("holder", self.question.perspective.to_string())?;
        named.set_item("against", self.against.as_dict(py)?)?;
        recomputed(py, "evpi", Some(self.question.measure.name()), Some(&named), self.simulated.bind(py).as_any())
    }
}

impl Evpi {
    fn table(&self) -> PyResult<Table> {
        let columns = Columns::new()
            .words("option", self.against.names())
            .ratio("mean", self.inner.means.iter().copied())
            .ratio("chance_of_being_best", self.inner.chances.iter().copied());
        Ok(columns.table()?)
    }
}

/// What it is worth to know each of some numbers, or groups of them.
pub fn evppi(
    simulated: &Bound<'_, Simulated>,
    addresses: Option<&Bound<'_, PyAny>>,
    (measure, holder): (&str, &str),
    against: Option<&Bound<'_, PyAny>>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Py<PlotTable>> {
    let py = simulated.py();
    let (question, against) = (question(py, measure, holder, None)?, Against::of(simulated, against)?);
    let groups = groups(simulated.get().core(), addresses)?;
    let asked = Figured::of(py, simulated.get(), &question, Needed::Decision)?;
    let figured = against.figured(py, &question)?;
    let others = cores(&figured);
    let found = told(py, listened(py, progress, |heard| asked.core.evppi(&question, &groups, &others, heard))?)?;
    let name = |one: &Learning| one.addresses.iter().map(Address::as_str).collect::<Vec<_>>().join(" + ");
    let columns = Columns::new()
        .words("address", found.iter().map(name))
        .ratio("evppi", found.iter().map(|one| one.worth.value))
        .ratio("standard_error", found.iter().map(|one| one.worth.standard_error));
    let numbers = Numbers::of(asked.core.model(), found.iter().map(|one| one.addresses.as_slice()));
    PlotTable::made(py, numbers.columns(columns).table()?, "learning", beside(py, &asked, &figured)?)
}

/// The chance of a figure to be above each of some thresholds.
pub fn acceptability(
    simulated: &Bound<'_, Simulated>,
    thresholds: Option<&Bound<'_, PyAny>>,
    question: &Question,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Py<PlotTable>> {
    let py = simulated.py();
    let given = thresholds.is_some();
    let thresholds = thresholds.map_or(Ok(Vec::new()), |given| numbers(given, "thresholds"))?;
    if given && thresholds.is_empty() {
        let message = "no threshold is given: leave `thresholds` out for 41 of them";
        return Err(at_argument(py, "thresholds", message));
    }
    if let Some(position) = thresholds.iter().position(|threshold| threshold.is_nan()) {
        let message = "`NaN` is no number: give the value that the figure is held against";
        return Err(at_argument(py, &format!("thresholds[{position}]"), message));
    }
    let asked = Figured::of(py, simulated.get(), question, Needed::Summary)?;
    let ask = |heard: &mut Heard<'_>| asked.core.acceptability(question, &thresholds, heard);
    let found = told(py, listened(py, progress, ask)?)?;
    let columns = Columns::new()
        .ratio("threshold", found.iter().map(|at| at.threshold))
        .ratio("probability_above", found.iter().map(|at| at.chance.value))
        .ratio("standard_error", found.iter().map(|at| at.chance.standard_error));
    PlotTable::made(py, columns.table()?, "acceptability", asked.words(py)?)
}
