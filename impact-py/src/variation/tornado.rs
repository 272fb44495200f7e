//! Tornados: how far each number by itself moves a measure.

use super::asked::{addresses, placed, ranges};
use crate::appraisal::{Appraisal, question};
use crate::document::decimal;
use crate::error::{at_argument, told};
use crate::figure::Figure;
use crate::model::Model;
use crate::named::{holder_id, measure_name, outcome_id};
use crate::page;
use crate::results::{recomputed, values};
use crate::rows::labels;
use crate::table::{Columns, Table};
use impact_core::analysis::{TornadoQuestion, VariationError};
use impact_core::model::Model as Core;
use impact_core::report::TornadoReport;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

/// How far each number by itself moves a measure, all others at their point values.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> tornado = si.read("fixtures/models/sandefjord.toml").tornado(holder="municipality")
/// >>> row = tornado.table.to_pylist()[0]
/// >>> row["address"], round(row["low_at"], 2), round(row["high_at"], 2)
/// ('outcomes.off-assistance.quantity', Decimal('5.31'), Decimal('12.56'))
/// >>> round(row["low"]), round(row["high"])
/// (-2421550, 3153725)
#[pyclass(frozen, module = "socialimpact")]
pub struct Tornado {
    report: TornadoReport,
    asked: TornadoQuestion,
    base: Py<Figure>,
    model: Py<Model>,
}

#[pymethods]
impl Tornado {
    /// The model as it is.
    #[getter]
    fn model(&self, py: Python<'_>) -> Py<Model> {
        self.model.clone_ref(py)
    }

    /// The figure of the model as it is.
    #[getter]
    fn base(&self, py: Python<'_>) -> Py<Figure> {
        self.base.clone_ref(py)
    }

    /// The chances of less than the low and less than the high quantile.
    #[getter]
    fn chances(&self) -> (f64, f64) {
        self.report.chances
    }

    /// A row for each number, the one that moves the measure most first.
    ///
    /// Where a figure is missing, ``absent_en`` and ``absent_nb`` say why, ``swing`` is None, and the row stands last. Where
    /// the two quantiles would hide what is rare, the bar reaches further, and ``note_en`` and ``note_nb`` say how far.
    /// Quantiles have twelve significant digits.
    #[getter]
    fn table(&self) -> PyResult<Table> {
        let rows = &self.report.rows;
        let table = Columns::new().text("address", rows.iter().map(|row| row.address.as_str()));
        let table = labels(table, "name", rows.iter().map(|row| Some(&row.name)))
            .text("unit", rows.iter().map(|row| row.unit.as_str()))
            .amount("value", rows.iter().map(|row| row.current))
            .amount("low_at", rows.iter().map(|row| row.low_at))
            .amount("high_at", rows.iter().map(|row| row.high_at))
            .amount("low", rows.iter().map(|row| row.low))
            .amount("high", rows.iter().map(|row| row.high))
            .amount("swing", rows.iter().map(|row| row.swing));
        let table = labels(table, "absent", rows.iter().map(|row| row.absent.as_ref()))
            .flag("illustrative", rows.iter().map(|row| row.marks.illustrative))
            .flag("unverified", rows.iter().map(|row| row.marks.unverified));
        Ok(labels(table, "note", rows.iter().map(|row| row.note.as_ref())).table()?)
    }

    /// Draw it with `socialimpact.plots.tornado`; rows without a figure are left out and counted in the title.
    ///
    /// Parameters
    /// ----------
    /// ax : matplotlib Axes, optional
    ///     Where to draw; left out, a new figure of pyplot.
    /// lang : Language, default "en"
    ///     The language of texts and numbers.
    /// most : int, default 15
    ///     The most rows drawn.
    #[pyo3(signature = (ax = None, *, lang = "en", most = 15))]
    fn plot<'py>(
        slf: &Bound<'py, Self>,
        ax: Option<Bound<'py, PyAny>>,
        lang: &str,
        most: i64,
    ) -> PyResult<Bound<'py, PyAny>> {
        let options = PyDict::new(slf.py());
        options.set_item("ax", ax)?;
        options.set_item("lang", lang)?;
        options.set_item("most", most)?;
        slf.py().import("socialimpact.plots.variation")?.getattr("tornado_of")?.call((slf,), Some(&options))
    }

    /// Give it as dictionaries and lists, numbers as decimal strings.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        values(py, &self.report)
    }

    fn __repr__(&self) -> String {
        let base = &self.report.base;
        format!("Tornado({} for {}: {} rows)", base.measure, base.holder, self.report.rows.len())
    }

    fn _repr_html_(&self) -> PyResult<String> {
        let (base, rows) = (&self.report.base, &self.report.rows);
        let table = Columns::new()
            .text("number", rows.iter().map(|row| row.name.en.as_str()))
            .amount("from", rows.iter().map(|row| row.low_at))
            .amount("to", rows.iter().map(|row| row.high_at))
            .amount("low", rows.iter().map(|row| row.low))
            .amount("high", rows.iter().map(|row| row.high))
            .text("mark", rows.iter().map(|row| row.marks.illustrative.then_some("illustrative")))
            .text("note", rows.iter().map(|row| row.note.as_ref().map(|note| note.en.as_str())))
            .text("why none", rows.iter().map(|row| row.absent.as_ref().map(|absent| absent.en.as_str())));
        let title = format!("what moves the {} for {}: {} in the model", base.name.en, base.holder, base.shown.en);
        Ok(page::titled(&title, &table.table()?))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let (named, ranges) = (PyDict::new(py), PyDict::new(py));
        for (address, range) in &self.asked.ranges {
            ranges.set_item(address.as_str(), *range)?;
        }
        let addresses = self.asked.addresses.as_ref();
        let addresses = addresses.map(|list| list.iter().map(|address| address.as_str()).collect::<Vec<_>>());
        named.set_item("holder", self.asked.question.perspective.to_string())?;
        named.set_item("outcome", &self.asked.question.outcome)?;
        named.set_item("addresses", addresses)?;
        named.set_item("ranges", ranges)?;
        named.set_item("chances", self.asked.chances)?;
        let measure = self.asked.question.measure.name();
        recomputed(py, "tornado", Some(measure), Some(&named), self.model.bind(py).as_any())
    }
}

crate::results::equal_content!(Tornado, report);

#[pymethods]
impl Model {
    /// Find how far each number by itself moves a measure: from the figure at a low to the figure at a high value.
    ///
    /// Parameters
    /// ----------
    /// measure : Measure, default "npv"
    ///     The measure. Ratios are refused: they also move with what stands below their line.
    /// holder : str, default "society"
    ///     Whose: ``"society"``, ``"public"`` or the id of a holder.
    /// outcome : str, optional
    ///     Of which outcome, for a measure of one.
    /// addresses : list of str, optional
    ///     The numbers that move between their quantiles; left out, every uncertain one.
    /// ranges : mapping of str to pair of numbers, optional
    ///     Numbers that move between two given values instead, uncertain or not: ``{"horizon": (5, 15)}``. Their rows
    ///     stand beside those of `addresses`; with ``addresses=[]``, alone.
    /// chances : pair of float, default (0.05, 0.95)
    ///     The chances of less than the low and less than the high quantile.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For a ratio, a number that the model does not have or that does not vary, or a range it does not take.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> model = si.read("fixtures/models/beginner.toml")
    /// >>> tornado = model.tornado(ranges={"outcomes.less-lonely.quantity": (20, 30)})
    /// >>> list(zip(tornado.table["low"], tornado.table["high"]))
    /// [(Decimal('-80000'), Decimal('120000'))]
    #[pyo3(signature = (
        measure = "npv", *, holder = "society", outcome = None, addresses = None, ranges = None, chances = None
    ))]
    #[allow(clippy::too_many_arguments, reason = "keyword options of Python")]
    fn tornado(
        slf: &Bound<'_, Self>,
        #[pyo3(from_py_with = measure_name)] measure: &str,
        #[pyo3(from_py_with = holder_id)] holder: &str,
        #[pyo3(from_py_with = outcome_id)] outcome: Option<&str>,
        addresses: Option<&Bound<'_, PyAny>>,
        ranges: Option<&Bound<'_, PyAny>>,
        chances: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Tornado> {
        let py = slf.py();
        let asked = asked(py, measure, (holder, outcome), addresses, ranges, chances)?;
        let model = slf.get().core();
        let found: Result<_, VariationError> = py.detach(|| {
            let tornado = model.tornado(&asked)?;
            let appraisal = model.appraise()?;
            Ok((TornadoReport::of(&appraisal, tornado), appraisal))
        });
        let (report, appraisal) = found.map_err(|error| refused(py, model, &asked, &error))?;
        let base = Figure::new(report.base.clone(), Py::new(py, Appraisal::new(appraisal))?);
        Ok(Tornado { base: Py::new(py, base)?, report, asked, model: slf.clone().unbind() })
    }
}

/// The error of a question, with the place of the address that it is about.
fn refused(py: Python<'_>, model: &Core, asked: &TornadoQuestion, error: &VariationError) -> PyErr {
    let listed = asked.addresses.iter().flatten().enumerate();
    let listed = listed.map(|(position, address)| (format!("addresses[{position}]"), address));
    let ranged = asked.ranges.keys().map(|address| (format!("ranges.{address}"), address));
    let asked: Vec<_> = listed.chain(ranged).collect();
    placed(py, error, model, &asked, &asked)
}

fn asked(
    py: Python<'_>,
    measure: &str,
    (holder, outcome): (&str, Option<&str>),
    listed: Option<&Bound<'_, PyAny>>,
    ranged: Option<&Bound<'_, PyAny>>,
    chances: Option<&Bound<'_, PyAny>>,
) -> PyResult<TornadoQuestion> {
    let mut asked = TornadoQuestion::new(question(py, measure, holder, outcome)?);
    if let Some(listed) = listed {
        asked = asked.of(addresses(listed)?);
    }
    for (address, low, high) in ranged.map(ranges).transpose()?.unwrap_or_default() {
        asked = asked.with_range(address, low, high);
    }
    if let Some(chances) = chances {
        let refused = |_| at_argument(py, "chances", "give a pair of chances, such as (0.05, 0.95)");
        let (low, high): (Bound<'_, PyAny>, Bound<'_, PyAny>) = chances.extract().map_err(refused)?;
        let chance = |object: &Bound<'_, PyAny>| -> PyResult<f64> {
            Ok(told(py, decimal(object, "chances")?)?.to_string().parse()?)
        };
        asked = asked.with_chances(chance(&low)?, chance(&high)?);
    }
    Ok(asked)
}
