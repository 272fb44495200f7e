//! Tables of results that can be drawn.
//!
//! One rule: a table knows how it is drawn and in which words; what is drawn stands in its columns.

use super::asked::Words as Told;
use crate::label::{label, mark_words};
use crate::table::{Table, table_of};
use impact_core::units::Label;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

/// A text in English and, where there is one, Norwegian.
type Words = (String, Option<String>);

/// A table of results that can be drawn: `plot`.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> sim = si.read("fixtures/models/map-12x10.toml").simulate(10_000, 7, measures=["npv"])
/// >>> table = sim.acceptability([0, 60_000_000])
/// >>> table.column_names
/// ('threshold', 'probability_above', 'standard_error')
#[pyclass(frozen, extends = Table, module = "socialimpact")]
pub struct PlotTable {
    picture: String,
    label: Words,
    unit: Words,
    head: Words,
    marks: Vec<String>,
    notes: Vec<Words>,
}

impl PlotTable {
    /// A table with its picture: a function of `socialimpact.plots.sensitivity`.
    pub fn made(py: Python<'_>, table: Table, picture: &str, told: Told) -> PyResult<Py<Self>> {
        let words = |label: Label| (label.en, label.nb);
        let own = Self {
            picture: picture.to_owned(),
            label: words(told.label),
            unit: words(told.unit),
            head: words(told.head),
            marks: mark_words(told.marks).into_iter().map(str::to_owned).collect(),
            notes: told.notes.into_iter().map(words).collect(),
        };
        Py::new(py, PyClassInitializer::from(table).add_subclass(own))
    }
}

#[pymethods]
impl PlotTable {
    #[new]
    #[pyo3(signature = (columns, *, types = None, picture, label, unit, head, marks, notes = Vec::new()))]
    #[allow(clippy::too_many_arguments, reason = "what pickle gives back")]
    fn from_columns(
        columns: &Bound<'_, PyAny>,
        types: Option<&Bound<'_, PyAny>>,
        picture: String,
        label: Words,
        unit: Words,
        head: Words,
        marks: Vec<String>,
        notes: Vec<Words>,
    ) -> PyResult<PyClassInitializer<Self>> {
        let table = table_of(columns, types)?;
        Ok(PyClassInitializer::from(table).add_subclass(Self { picture, label, unit, head, marks, notes }))
    }

    /// What the figure behind the table is marked with: ``"illustrative"``, ``"unverified"``.
    #[getter]
    fn marks<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.marks)
    }

    /// What to know before reading the table: how many draws are infinite, where it is about the spread of the others.
    #[getter]
    fn notes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let label = |(en, nb): &Words| label(py, &Label { en: en.clone(), nb: nb.clone() });
        PyTuple::new(py, self.notes.iter().map(label).collect::<PyResult<Vec<_>>>()?)
    }

    /// Draw the table with matplotlib.
    ///
    /// Parameters
    /// ----------
    /// ax : matplotlib Axes, optional
    ///     Where to draw; left out, a figure of its own.
    /// lang : Language, default "en"
    ///     The language of texts and numbers.
    #[pyo3(signature = (ax = None, lang = "en"))]
    fn plot<'py>(slf: &Bound<'py, Self>, ax: Option<&Bound<'py, PyAny>>, lang: &str) -> PyResult<Bound<'py, PyAny>> {
        let own = slf.get();
        let words = |words: &Words| match (lang, &words.1) {
            ("nb", Some(norwegian)) => norwegian.clone(),
            _ => words.0.clone(),
        };
        let drawing = slf.py().import("socialimpact.plots.sensitivity")?.getattr(own.picture.as_str())?;
        drawing.call1((slf, words(&own.label), &own.unit.0, words(&own.head), ax, lang))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        let (py, own) = (slf.py(), slf.get());
        let named = PyDict::new(py);
        named.set_item("types", slf.getattr("types")?)?;
        named.set_item("picture", &own.picture)?;
        named.set_item("label", &own.label)?;
        named.set_item("unit", &own.unit)?;
        named.set_item("head", &own.head)?;
        named.set_item("marks", &own.marks)?;
        named.set_item("notes", &own.notes)?;
        let make = py.import("functools")?.getattr("partial")?.call((slf.get_type(),), Some(&named))?;
        (make, (slf.call_method0("to_dict")?,)).into_pyobject(py)
    }
}
