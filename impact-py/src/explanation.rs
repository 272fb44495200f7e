//! Explanations: a figure taken apart, down to the sources of its numbers.

use crate::appraisal::Appraisal;
use crate::label::{label, language, visible};
use crate::page;
use crate::results::{recomputed, values};
use impact_core::evaluation::Explanation as Core;
use impact_core::report::explanation_text;
use impact_core::units::Language;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use rust_decimal::Decimal;

/// What was asked, to ask it again.
pub struct Asked {
    /// The address or the measure.
    pub what: String,
    /// Whose.
    pub holder: String,
    /// Of which outcome.
    pub outcome: Option<String>,
}

/// A figure, how it came about, and the figures it was made of.
///
/// ``str(explanation)`` is an indented tree.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> result = si.read("fixtures/models/beginner.toml").appraise()
/// >>> print(result.explain("npv").title)
/// npv for society
/// >>> "budget" in result.explain("costs.team").text()
/// True
#[pyclass(frozen, module = "socialimpact")]
pub struct Explanation {
    inner: Core,
    asked: Asked,
    appraisal: Py<Appraisal>,
}

impl Explanation {
    /// An explanation of an appraisal.
    pub fn new(inner: Core, asked: Asked, appraisal: Py<Appraisal>) -> Self {
        Self { inner, asked, appraisal }
    }
}

#[pymethods]
impl Explanation {
    /// Where it stands in the document; None for a measure.
    #[getter]
    fn address(&self) -> Option<&str> {
        self.inner.address.as_ref().map(|address| address.as_str())
    }

    /// What it is.
    #[getter]
    fn title<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        label(py, &self.inner.title)
    }

    /// Its exact value; None where there is none.
    #[getter]
    fn value(&self) -> Option<Decimal> {
        self.inner.value
    }

    /// What the value is counted in.
    #[getter]
    fn unit(&self) -> &str {
        &self.inner.unit
    }

    /// Give the tree as text in a language, ``"en"`` or ``"nb"``, numbers rounded for readers.
    ///
    /// Parameters
    /// ----------
    /// lang : {"en", "nb"}, default "en"
    ///     The language.
    ///
    /// Returns
    /// -------
    /// str
    ///     A line for each part, below what it is a part of.
    #[pyo3(signature = (lang = "en"))]
    fn text(&self, py: Python<'_>, lang: &str) -> PyResult<String> {
        Ok(explanation_text(&self.inner, language(py, lang)?))
    }

    /// Give the tree as dictionaries and lists, numbers as decimal strings with all digits.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        values(py, &self.inner)
    }

    fn __str__(&self) -> String {
        explanation_text(&self.inner, Language::English)
    }

    fn __repr__(&self) -> String {
        format!("Explanation({}: {} parts)", visible(&self.inner.title.en), self.inner.parts.len())
    }

    fn _repr_html_(&self) -> String {
        page::tree(&self.__str__())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let named = PyDict::new(py);
        named.set_item("holder", &self.asked.holder)?;
        named.set_item("outcome", &self.asked.outcome)?;
        recomputed(py, "explain", Some(&self.asked.what), Some(&named), self.appraisal.bind(py).as_any())
    }
}

crate::results::equal_content!(Explanation, inner);
