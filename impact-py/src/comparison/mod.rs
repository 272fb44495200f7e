//! Comparisons: models, or conventions, side by side, with what makes the difference.

mod asked;
mod tables;

use crate::error::{plain, told};
use crate::model::Model;
use crate::named::{holder_id, measure_name, outcome_id};
use crate::page;
use crate::results::{content_hash, values};
use crate::table::{Columns, Table};
use asked::Asked;
use impact_core::analysis::{self, ComparisonError};
use impact_core::report::{ComparedFigure, ComparedMeasure, ComparisonReport};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

/// Several models, or one model under several conventions, side by side; the first is the base of all differences.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> larvik = si.read("fixtures/models/larvik.toml")
/// >>> found = larvik.compare(["sroi-practice"], measures=["npv"])
/// >>> for row in found.causes("npv").to_pylist():
/// ...     print(row["name_en"], round(row["by"]))
/// discount rates -5994
/// what attribution applies to 0
/// how transfers count 398609
/// tax-financing cost 487391
#[pyclass(frozen, module = "socialimpact")]
pub struct Comparison {
    report: ComparisonReport,
    asked: Asked,
    models: Vec<Py<Model>>,
}

#[pymethods]
impl Comparison {
    /// The models, the base first.
    #[getter]
    fn models<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.models.iter().map(|model| model.clone_ref(py)))
    }

    /// A row for each model: what tells it apart, its money, its conventions with edition and what is overridden in them.
    ///
    /// ``factor`` is what one unit of its own money became on the common line; ``not_valued`` says why a model has no figures.
    #[getter]
    fn columns(&self) -> PyResult<Table> {
        Ok(tables::columns(&self.report)?)
    }

    /// A row for each measure, perspective and model: its own ``value``, the same on one line (``common``, in common money), and
    /// the ``difference`` to the base. Where it does not stand on one line, ``apart_en`` and ``apart_nb`` say why.
    #[getter]
    fn table(&self) -> PyResult<Table> {
        Ok(tables::figures(&self.report)?)
    }

    /// What makes ratios of a model and the base unlike: a row for each such model.
    #[getter]
    fn warnings(&self) -> PyResult<Table> {
        Ok(tables::unlike(&self.report)?)
    }

    /// Give what makes each difference of a measure: a row for each cause and model, in the order of exchange.
    ///
    /// The rows of a model add up to its difference to the base in ``by``; ``alone`` is what a cause is worth if nothing else is
    /// exchanged. Several things that do not hold together apart are one row.
    ///
    /// Parameters
    /// ----------
    /// measure : Measure, default "npv"
    ///     One of the measures compared.
    /// holder : str, default "society"
    ///     Whose.
    /// outcome : str, optional
    ///     Of which outcome, for a measure of one.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For a measure that was not compared.
    #[pyo3(signature = (measure = "npv", *, holder = "society", outcome = None))]
    fn causes(
        &self,
        py: Python<'_>,
        #[pyo3(from_py_with = measure_name)] measure: &str,
        #[pyo3(from_py_with = holder_id)] holder: &str,
        #[pyo3(from_py_with = outcome_id)] outcome: Option<&str>,
    ) -> PyResult<Table> {
        Ok(tables::causes(&self.report, self.row(py, measure, holder, outcome)?)?)
    }

    /// Draw what makes the difference of one model to the base, the largest on top.
    ///
    /// Parameters
    /// ----------
    /// measure, holder, outcome
    ///     As for `causes`.
    /// model : int, default 1
    ///     The position of the model; the base is 0.
    /// ax : matplotlib Axes, optional
    ///     Where to draw; left out, a new figure of pyplot.
    /// lang : Language, default "en"
    ///     The language of texts and numbers.
    #[pyo3(signature = (measure = "npv", *, holder = "society", outcome = None, model = 1, ax = None, lang = "en"))]
    #[allow(clippy::too_many_arguments, reason = "keyword options of Python")]
    fn plot<'py>(
        slf: &Bound<'py, Self>,
        #[pyo3(from_py_with = measure_name)] measure: &str,
        #[pyo3(from_py_with = holder_id)] holder: &str,
        #[pyo3(from_py_with = outcome_id)] outcome: Option<&str>,
        model: usize,
        ax: Option<Bound<'py, PyAny>>,
        lang: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        slf.get().row(slf.py(), measure, holder, outcome)?;
        let options = PyDict::new(slf.py());
        options.set_item("model", model)?;
        options.set_item("ax", ax)?;
        options.set_item("lang", lang)?;
        let draw = slf.py().import("socialimpact.plots.comparison")?.getattr("difference_of")?;
        draw.call((slf, measure, holder, outcome), Some(&options))
    }

    /// Give it as dictionaries and lists, numbers as decimal strings.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        values(py, &self.report)
    }

    fn __len__(&self) -> usize {
        self.models.len()
    }

    fn __repr__(&self) -> String {
        let names: Vec<&str> = self.report.models.iter().map(|model| model.label.en.as_str()).collect();
        format!("Comparison({})", names.join(" | "))
    }

    fn _repr_html_(&self) -> PyResult<String> {
        let rows = &self.report.measures;
        let mut table =
            Columns::new().words("measure", rows.iter().map(|row| format!("{}, {}", row.name.en, row.holder)));
        for (at, model) in self.report.models.iter().enumerate() {
            table = table.words(&model.label.en, rows.iter().map(|row| row.figures.get(at).map(shown)));
        }
        let mut html = page::titled("side by side", &table.table()?);
        for unlike in &self.report.unlike {
            html.push_str(&page::sentence(&unlike.message.en));
        }
        Ok(html)
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.report == other.report
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<u64> {
        content_hash(py, &self.report)
    }

    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __deepcopy__(slf: Py<Self>, _memo: &Bound<'_, PyAny>) -> Py<Self> {
        slf
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let named = self.asked.named(py)?;
        let verb = py.import("socialimpact._core")?.getattr("compare")?;
        let make = py.import("functools")?.getattr("partial")?.call((verb,), Some(&named))?;
        (make, (self.models(py)?,)).into_pyobject(py)
    }
}

impl Comparison {
    fn row(&self, py: Python<'_>, measure: &str, holder: &str, outcome: Option<&str>) -> PyResult<&ComparedMeasure> {
        let asked = |row: &&ComparedMeasure| {
            let whole = outcome.is_none() || row.outcome.as_deref() == outcome;
            row.measure.name() == measure && row.holder.to_string() == holder && whole
        };
        self.report.measures.iter().find(asked).ok_or_else(|| {
            let message =
                format!("`{measure}` for `{holder}` was not compared: ask for it in `measures` and `holders`");
            plain(py, &message)
        })
    }
}

/// A figure as people read it, or why there is none.
fn shown(figure: &ComparedFigure) -> String {
    match (&figure.figure, &figure.apart) {
        (Some(own), _) => own.shown.en.clone(),
        (None, Some(reason)) => reason.en.clone(),
        (None, None) => String::new(),
    }
}

/// Set models side by side: their figures, and what makes the difference of each to the first.
///
/// Parameters
/// ----------
/// models : sequence of Model
///     Two to fifty models, or editions of one document; the first is the base.
/// measures : sequence of Measure, optional
///     The measures; left out, all of them.
/// holders : sequence of str, default ("society",)
///     Whose.
/// outcome : str, optional
///     The outcome of measures that are of one; left out, each outcome of the base.
/// currency, price_year : str, int, optional
///     The common money; left out, the base's.
/// exchange : {"market", "purchasing-power"}, optional
///     What carries amounts between currencies: what is paid, or what it buys.
///
/// Returns
/// -------
/// Comparison
///     The figures side by side, and the causes of each difference. With none of `currency`, `price_year` and `exchange` nothing
///     is carried, and amounts in different money do not stand on one line.
///
/// Raises
/// ------
/// ImpactError
///     For fewer than two models, a base that cannot be valued, or money that cannot be carried.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> model = si.read("fixtures/models/beginner.toml")
/// >>> other = model.with_({"outcomes.less-lonely.quantity": 30, "costs.team.amount": 450_000})
/// >>> found = si.compare([model, other], measures=["npv"])
/// >>> [(row["name_en"], row["by"]) for row in found.causes().to_pylist()]
/// [('amount of team', Decimal('-60000')), ('quantity of less-lonely', Decimal('100000'))]
#[pyfunction]
#[pyo3(signature = (
    models, *, measures = None, holders = None, outcome = None, currency = None, price_year = None, exchange = None
))]
#[allow(clippy::too_many_arguments, reason = "keyword options of Python")]
pub fn compare(
    py: Python<'_>,
    models: Vec<Py<Model>>,
    measures: Option<Vec<String>>,
    holders: Option<Vec<String>>,
    #[pyo3(from_py_with = outcome_id)] outcome: Option<&str>,
    currency: Option<String>,
    price_year: Option<i64>,
    exchange: Option<String>,
) -> PyResult<Comparison> {
    let asked = Asked { measures, holders, outcome: outcome.map(str::to_owned), currency, price_year, exchange };
    compared(py, models, asked)
}

/// Compares models by what was asked in Python.
fn compared(py: Python<'_>, models: Vec<Py<Model>>, asked: Asked) -> PyResult<Comparison> {
    let cores: Vec<_> = models.iter().map(|model| model.get().core().clone()).collect();
    let question = asked.question(py, cores.first())?;
    let found = py.detach(|| {
        let found = analysis::compare(&cores.iter().collect::<Vec<_>>(), &question)?;
        Ok::<_, ComparisonError>(ComparisonReport::of(&found))
    });
    Ok(Comparison { report: told(py, found)?, asked, models })
}

#[pymethods]
impl Model {
    /// Set this model under other conventions beside its own: its figures, and which switch moves each by how much.
    ///
    /// The document's own conventions are the base. Switches are exchanged one at a time, in the order of the conventions' files;
    /// what each is worth adds up to the whole difference.
    ///
    /// Parameters
    /// ----------
    /// conventions : sequence of str or mapping
    ///     Ids of conventions, or tables with ``base`` and single switches, as a document has them.
    /// measures, holders, outcome
    ///     As for `compare`.
    ///
    /// Returns
    /// -------
    /// Comparison
    ///     The figures side by side, the model's own first.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For conventions that are not known, or that the document does not hold together under.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> model = si.read("fixtures/models/beginner.toml")
    /// >>> without = {"base": "norway-r109-2021", "financing": {"cost": 0}}
    /// >>> found = model.compare([without, "sroi-practice"], measures=["npv"], holders=["society"])
    /// >>> found.columns["overridden"]
    /// [None, 'conventions.financing.cost', None]
    /// >>> [row["by"] for row in found.causes().to_pylist() if row["model"] == 1]
    /// [Decimal('80000')]
    #[pyo3(signature = (conventions, *, measures = None, holders = None, outcome = None))]
    fn compare(
        slf: &Bound<'_, Self>,
        conventions: &Bound<'_, PyAny>,
        measures: Option<Vec<String>>,
        holders: Option<Vec<String>>,
        #[pyo3(from_py_with = outcome_id)] outcome: Option<&str>,
    ) -> PyResult<Comparison> {
        let py = slf.py();
        let mut models = vec![slf.clone().unbind()];
        for value in asked::conventions(py, conventions)? {
            let model = told(py, slf.get().core().with("conventions", value))?;
            models.push(Py::new(py, Model::new(model))?);
        }
        let asked = Asked {
            measures,
            holders,
            outcome: outcome.map(str::to_owned),
            currency: None,
            price_year: None,
            exchange: None,
        };
        compared(py, models, asked)
    }
}
