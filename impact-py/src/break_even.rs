//! Break-even answers: the values of an assumption at which a measure meets its target.

use crate::appraisal::question;
use crate::document::decimal;
use crate::error::{plain, told};
use crate::label::{label, language};
use crate::model::Model;
use crate::named::{address_text, holder_id, measure_name, outcome_id};
use crate::page;
use crate::results::{recomputed, values};
use crate::rows;
use crate::table::Table;
use impact_core::address::Address;
use impact_core::analysis::BreakEvenQuestion;
use impact_core::report::{AnswerReport, word};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use rust_decimal::Decimal;

/// The values of an assumption at which a measure meets its target.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> model = si.read("fixtures/models/beginner.toml")
/// >>> answer = model.break_even("outcomes.less-lonely.quantity")
/// >>> answer.values
/// (Decimal('24'),)
/// >>> answer.status
/// 'unique'
#[pyclass(frozen, module = "socialimpact")]
pub struct BreakEven {
    report: AnswerReport,
    range: Option<(Decimal, Decimal)>,
    model: Py<Model>,
}

impl BreakEven {
    /// An answer of a model; the range, where one was asked for.
    pub fn new(report: AnswerReport, range: Option<(Decimal, Decimal)>, model: Py<Model>) -> Self {
        Self { report, range, model }
    }
}

/// A question with its target, zero where none is given, and the range to search: both ends or neither.
pub fn aimed(
    py: Python<'_>,
    asked: BreakEvenQuestion,
    target: Option<&Bound<'_, PyAny>>,
    (low, high): (Option<&Bound<'_, PyAny>>, Option<&Bound<'_, PyAny>>),
) -> PyResult<BreakEvenQuestion> {
    let number = |name: &str, object: Option<&Bound<'_, PyAny>>| {
        object.map(|object| told(py, decimal(object, name)?)).transpose()
    };
    let range = match (number("low", low)?, number("high", high)?) {
        (Some(low), Some(high)) => Some((low, high)),
        (None, None) => None,
        _ => return Err(plain(py, "a range has two ends: give both `low` and `high`, or neither")),
    };
    Ok(BreakEvenQuestion { range, target: number("target", target)?.unwrap_or_default(), ..asked })
}

#[pymethods]
impl BreakEven {
    /// The id of the question in the document; None for a question asked in code.
    #[getter]
    fn id(&self) -> Option<&str> {
        self.report.id.as_deref()
    }

    /// The assumption that is varied.
    #[getter]
    fn address(&self) -> &str {
        self.report.address.as_str()
    }

    /// The name of the measure.
    #[getter]
    fn measure(&self) -> &'static str {
        self.report.measure.name()
    }

    /// Whose: ``"society"``, ``"public"`` or the id of a holder.
    #[getter]
    fn holder(&self) -> String {
        self.report.holder.to_string()
    }

    /// The outcome, for cost per outcome.
    #[getter]
    fn outcome(&self) -> Option<&str> {
        self.report.outcome.as_deref()
    }

    /// The value the measure must meet.
    #[getter]
    fn target(&self) -> Decimal {
        self.report.target
    }

    /// The unit of the assumption in words.
    #[getter]
    fn unit(&self) -> &str {
        &self.report.unit
    }

    /// The value the model has now.
    #[getter]
    fn current(&self) -> Decimal {
        self.report.current
    }

    /// How many values there are: ``"unique"``, ``"several"``, ``"none"`` or ``"everywhere"``.
    #[getter]
    fn status(&self) -> String {
        word(&self.report.status)
    }

    /// The values at which the measure meets its target, the lowest first.
    #[getter]
    fn values<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.report.values)
    }

    /// For each value, the last of the range it opens, all of which meets the target; None for a value that stands alone.
    #[getter]
    fn range_ends<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.report.range_ends)
    }

    /// For each value, whether the measure jumps over its target there instead of meeting it.
    #[getter]
    fn jumps<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.report.jumps)
    }

    /// Whether the measure is at its target whatever the assumption is.
    #[getter]
    fn everywhere(&self) -> bool {
        self.report.everywhere
    }

    /// The lowest and highest value tried.
    #[getter]
    fn searched(&self) -> (Decimal, Decimal) {
        self.report.searched
    }

    /// The measure at the lowest and highest value tried; None where it does not exist there.
    #[getter]
    fn at_ends(&self) -> (Option<Decimal>, Option<Decimal>) {
        self.report.at_ends
    }

    /// Whether anything else that moves the measure is invented to show the working.
    #[getter]
    fn illustrative(&self) -> bool {
        self.report.marks.illustrative
    }

    /// Whether anything else that moves the measure was not read at its own source.
    #[getter]
    fn unverified(&self) -> bool {
        self.report.marks.unverified
    }

    /// The answer in a sentence.
    #[getter]
    fn sentence<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        label(py, &self.report.sentence)
    }

    /// Give the answer as a sentence in a language, ``"en"`` or ``"nb"``.
    ///
    /// Parameters
    /// ----------
    /// lang : {"en", "nb"}, default "en"
    ///     The language.
    ///
    /// Returns
    /// -------
    /// str
    ///     The sentence.
    #[pyo3(signature = (lang = "en"))]
    fn text(&self, py: Python<'_>, lang: &str) -> PyResult<&str> {
        Ok(self.report.sentence.text(language(py, lang)?))
    }

    /// The causal units of each outcome at the first value.
    #[getter]
    fn outcome_units(&self) -> PyResult<Table> {
        Ok(rows::outcome_units(&self.report.outcome_units)?)
    }

    /// The same units as prices count them that are not per unit of their outcome.
    #[getter]
    fn priced_units(&self) -> PyResult<Table> {
        Ok(rows::priced_units(&self.report.outcome_units)?)
    }

    /// Give the answer as dictionaries and lists, numbers as decimal strings.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        values(py, &self.report)
    }

    fn __str__(&self) -> String {
        self.report.sentence.en.clone()
    }

    fn __repr__(&self) -> String {
        let report = &self.report;
        let found = report.values.iter().zip(&report.range_ends).map(|(value, end)| match end {
            Some(end) => format!("{value} to {end}"),
            None => value.to_string(),
        });
        let values = found.collect::<Vec<_>>().join(", ");
        let found = if values.is_empty() { self.status() } else { values };
        format!(
            "BreakEven({} = {} for {} by {}: {found})",
            report.measure, report.target, report.holder, report.address
        )
    }

    fn _repr_html_(&self) -> String {
        page::sentence(&self.report.sentence.en)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let model = self.model.bind(py).as_any();
        if let Some(id) = self.id() {
            return recomputed(py, "answer", Some(id), None, model);
        }
        let named = PyDict::new(py);
        named.set_item("measure", self.measure())?;
        named.set_item("holder", self.holder())?;
        named.set_item("outcome", self.outcome())?;
        named.set_item("target", self.target())?;
        named.set_item("low", self.range.map(|(low, _)| low))?;
        named.set_item("high", self.range.map(|(_, high)| high))?;
        recomputed(py, "break_even", Some(self.address()), Some(&named), model)
    }
}

crate::results::equal_content!(BreakEven, report);

#[pymethods]
impl Model {
    /// Find the values of an assumption at which a measure meets a target.
    ///
    /// Parameters
    /// ----------
    /// address : str
    ///     The assumption to be varied.
    /// measure : Measure, default "npv"
    ///     The measure.
    /// holder : str, default "society"
    ///     Whose: ``"society"``, ``"public"`` or the id of a holder.
    /// outcome : str, optional
    ///     Of which outcome, for cost per outcome.
    /// target : number, optional
    ///     The value the measure must meet: zero unless given.
    /// low, high : number, optional
    ///     The values tried, both ends included; both or neither. Left out: all that the assumption accepts, out to about a
    ///     million times its present value.
    #[pyo3(signature = (address, *, measure = "npv", holder = "society", outcome = None, target = None, low = None, high = None))]
    #[allow(clippy::too_many_arguments, reason = "keyword options of Python")]
    fn break_even(
        slf: &Bound<'_, Self>,
        #[pyo3(from_py_with = address_text)] address: &str,
        #[pyo3(from_py_with = measure_name)] measure: &str,
        #[pyo3(from_py_with = holder_id)] holder: &str,
        #[pyo3(from_py_with = outcome_id)] outcome: Option<&str>,
        target: Option<&Bound<'_, PyAny>>,
        low: Option<&Bound<'_, PyAny>>,
        high: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<BreakEven> {
        let (py, model) = (slf.py(), slf.get().core());
        let question = question(py, measure, holder, outcome)?;
        let address: Address = told(py, address.parse())?;
        let asked = aimed(py, BreakEvenQuestion::new(address, question), target, (low, high))?;
        let answer = py.detach(|| model.break_even(&asked).map(|answer| AnswerReport::of(model, None, answer)));
        Ok(BreakEven::new(told(py, answer)?, asked.range, slf.clone().unbind()))
    }

    /// Answer the break-even questions of the document, in their order.
    fn answers<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        let (py, model) = (slf.py(), slf.get().core());
        let answers = told(py, py.detach(|| model.answers()))?;
        let answers =
            answers.into_iter().map(|answer| Bound::new(py, BreakEven::new(answer, None, slf.clone().unbind())));
        PyTuple::new(py, answers.collect::<PyResult<Vec<_>>>()?)
    }

    /// Answer one break-even question of the document, by its id.
    ///
    /// Parameters
    /// ----------
    /// question : str
    ///     The id, as `questions` has it.
    ///
    /// Returns
    /// -------
    /// BreakEven
    ///     The answer.
    #[pyo3(signature = (question, /))]
    fn answer(slf: &Bound<'_, Self>, question: &str) -> PyResult<BreakEven> {
        let (py, model) = (slf.py(), slf.get().core());
        let answer = told(py, py.detach(|| model.answer(question)))?;
        Ok(BreakEven::new(answer, None, slf.clone().unbind()))
    }
}
