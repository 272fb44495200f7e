//! Models: an intervention as its author wrote it, read and ready to be valued.
//!
//! What is asked of a model, beyond its value, stands beside the answer: `break_even`, `simulation`, `variation`, `grid`.

use crate::appraisal::Appraisal;
use crate::distribution::Distribution;
use crate::document::{changed, document, python};
use crate::error::{plain, to_python, told};
use crate::label::{label, language, visible};
use crate::named::address_text;
use crate::page;
use crate::reference::Catalogue;
use crate::results::content_hash;
use crate::rows;
use crate::table::Table;
use impact_core::Model as Core;
use impact_core::address::Place;
use impact_core::document::{DocumentError, Form, Node};
use impact_core::error::ModelError;
use impact_core::model::NamedQuestion;
use impact_core::report::{assumption_rows, finding_rows};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyMapping, PyString, PyTuple, PyType};
use std::sync::Arc;

/// An intervention as its author wrote it: who it is for, what is done at what cost, what changes, and what that is worth.
///
/// Read one with `read`, `Model.from_toml`, `Model.from_json` or `Model.from_dict`. A model never changes; `with_` gives
/// another.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> model = si.read("fixtures/models/beginner.toml")
/// >>> model.name
/// 'Gardening group'
/// >>> model.with_({"outcomes.less-lonely.quantity": 30}).appraise().measure("npv").value
/// Decimal('120000')
#[pyclass(frozen, module = "socialimpact")]
pub struct Model {
    inner: Core,
}

impl Model {
    /// A model of the core.
    pub fn new(inner: Core) -> Self {
        Self { inner }
    }

    /// The model of the core.
    pub fn core(&self) -> &Core {
        &self.inner
    }

    fn read(py: Python<'_>, read: impl FnOnce() -> Result<Core, ModelError> + Send) -> PyResult<Self> {
        told(py, py.detach(read)).map(Self::new)
    }
}

fn text<'a>(text: &'a Bound<'_, PyString>) -> PyResult<&'a str> {
    text.to_str().map_err(|_| plain(text.py(), "the text has characters that are not Unicode (lone surrogates)"))
}

/// The catalogue of the core, where one is given.
fn own(catalogue: Option<Py<Catalogue>>) -> Option<Arc<impact_core::reference::Catalogue>> {
    catalogue.map(|catalogue| Arc::clone(catalogue.get().core()))
}

fn form(py: Python<'_>, name: Option<&str>) -> PyResult<Option<Form>> {
    match name {
        None => Ok(None),
        Some("toml") => Ok(Some(Form::Toml)),
        Some("json") => Ok(Some(Form::Json)),
        Some(other) => Err(plain(py, &format!("`{other}` is not a form of documents: choose `toml` or `json`"))),
    }
}

fn asked<'py>(py: Python<'py>, named: &NamedQuestion) -> PyResult<Bound<'py, PyAny>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    CLASS.import(py, "socialimpact.question", "Question")?.call1((
        &named.id,
        named.break_even.as_str(),
        named.question.measure.name(),
        named.question.perspective.to_string(),
        &named.question.outcome,
        named.target,
    ))
}

#[pymethods]
impl Model {
    /// Read a model written in TOML.
    ///
    /// Parameters
    /// ----------
    /// text : str
    ///     The document.
    /// catalogue : Catalogue, optional
    ///     Unit costs of the user's own, which the document may name.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     With everything that is wrong, each problem with its address, line and column.
    #[staticmethod]
    #[pyo3(signature = (text, /, *, catalogue = None))]
    fn from_toml(py: Python<'_>, text: &Bound<'_, PyString>, catalogue: Option<Py<Catalogue>>) -> PyResult<Self> {
        let (text, own) = (self::text(text)?, own(catalogue));
        Self::read(py, || match own {
            None => Core::from_toml(text),
            Some(own) => Core::from_toml_with(text, own),
        })
    }

    /// Read a model written in JSON: the same keys, the same meaning.
    ///
    /// Parameters
    /// ----------
    /// text : str
    ///     The document.
    /// catalogue : Catalogue, optional
    ///     Your own unit costs, which the document may refer to.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     With everything that is wrong; of mistakes in the syntax of JSON only the first.
    #[staticmethod]
    #[pyo3(signature = (text, /, *, catalogue = None))]
    fn from_json(py: Python<'_>, text: &Bound<'_, PyString>, catalogue: Option<Py<Catalogue>>) -> PyResult<Self> {
        let (text, own) = (self::text(text)?, own(catalogue));
        Self::read(py, || match own {
            None => Core::from_json(text),
            Some(own) => Core::from_json_with(text, own),
        })
    }

    /// Read a model as it lies in a file: UTF-8, with or without the mark at its start.
    ///
    /// Parameters
    /// ----------
    /// content : bytes
    ///     The document.
    /// form : {"toml", "json"}, optional
    ///     Its form; left out, JSON where it opens with ``{``, else TOML.
    /// catalogue : Catalogue, optional
    ///     Unit costs of the user's own, which the document may name.
    #[staticmethod]
    #[pyo3(signature = (content, /, *, form = None, catalogue = None))]
    fn from_bytes(
        py: Python<'_>,
        content: &[u8],
        form: Option<&str>,
        catalogue: Option<Py<Catalogue>>,
    ) -> PyResult<Self> {
        let (form, own) = (self::form(py, form)?, own(catalogue));
        Self::read(py, || {
            let text = Node::decoded(content)?;
            match (form, own) {
                (None, None) => Core::from_bytes(content),
                (None, Some(own)) => Core::from_bytes_with(content, own),
                (Some(Form::Toml), None) => Core::from_toml(text),
                (Some(Form::Toml), Some(own)) => Core::from_toml_with(text, own),
                (Some(Form::Json), None) => Core::from_json(text),
                (Some(Form::Json), Some(own)) => Core::from_json_with(text, own),
            }
        })
    }

    /// Read a model from Python's own values.
    ///
    /// Floats enter by their shortest text (``0.1`` is one tenth), whole numbers and decimals with all their digits.
    ///
    /// Parameters
    /// ----------
    /// document : mapping
    ///     Texts, numbers, flags, dates, lists and mappings, with the keys of a model document.
    /// catalogue : Catalogue, optional
    ///     Unit costs of the user's own, which the document may name.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     With everything that is wrong, each problem with its address.
    #[staticmethod]
    #[pyo3(signature = (document, /, *, catalogue = None))]
    fn from_dict(py: Python<'_>, document: &Bound<'_, PyAny>, catalogue: Option<Py<Catalogue>>) -> PyResult<Self> {
        let (node, mut problems) = self::document(document)?;
        let own = own(catalogue);
        let read = node.map(|node| {
            py.detach(|| match own {
                None => Core::from_node(node),
                Some(own) => Core::from_node_with(node, own),
            })
        });
        match read {
            Some(Ok(model)) if problems.is_empty() => return Ok(Self::new(model)),
            Some(Err(meaning)) => meaning.problems().iter().cloned().for_each(|problem| problems.push(problem)),
            Some(Ok(_)) | None => {}
        }
        match problems.into_result() {
            Err(error) => Err(to_python(py, &error)),
            Ok(()) => Err(to_python(py, &ModelError::one(Place::document(), DocumentError::Empty))),
        }
    }

    /// What the intervention is called.
    #[getter]
    fn name<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        label(py, self.inner.name())
    }

    /// What the document says about itself; None where it says nothing.
    #[getter]
    fn description<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.inner.description().map(|description| label(py, description)).transpose()
    }

    /// ISO 3166 code of the country whose prices apply.
    #[getter]
    fn country(&self) -> &str {
        self.inner.country()
    }

    /// The currency of all results.
    #[getter]
    fn currency(&self) -> String {
        self.inner.currency().to_string()
    }

    /// The price level of all real results.
    #[getter]
    fn price_year(&self) -> i32 {
        self.inner.price_year().0.number()
    }

    /// The first year appraised.
    #[getter]
    fn start(&self) -> i32 {
        self.inner.start().number()
    }

    /// How many years are appraised.
    #[getter]
    fn horizon(&self) -> u32 {
        self.inner.horizon()
    }

    /// The years appraised.
    #[getter]
    fn years<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.inner.years().iter().map(|year| year.number()))
    }

    /// The year present values are of.
    #[getter]
    fn present_value_year(&self) -> i32 {
        self.inner.present_value_year().number()
    }

    /// The id of the conventions in force.
    #[getter]
    fn conventions(&self) -> &str {
        &self.inner.convention().id
    }

    /// SHA-256 of the document as written, however it is laid out.
    #[getter]
    fn hash(&self) -> &str {
        self.inner.hash().as_str()
    }

    /// The catalogue of the user's own that the model was read with.
    #[getter]
    fn catalogue(&self) -> Option<Catalogue> {
        self.inner.own_catalogue().map(|own| Catalogue::new(Arc::clone(own)))
    }

    /// The ids of those who gain and pay.
    #[getter]
    fn holders<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.inner.holders().iter().map(|holder| holder.id.as_str()).collect::<Vec<_>>())
    }

    /// Those who gain and pay, with their names and kinds.
    #[getter]
    fn holder_table(&self) -> PyResult<Table> {
        Ok(rows::holders(self.inner.holders())?)
    }

    /// The ids of the outcomes.
    #[getter]
    fn outcomes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.inner.outcomes().iter().map(|outcome| outcome.id.as_str()).collect::<Vec<_>>())
    }

    /// The outcomes, with their names, units and evidence.
    #[getter]
    fn outcome_table(&self) -> PyResult<Table> {
        Ok(rows::outcomes(&self.inner)?)
    }

    /// Every number the model rests on, with its source and its marks.
    #[getter]
    fn assumptions(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(py.detach(|| rows::assumptions(&assumption_rows(&self.inner)))?)
    }

    /// What the document left out and the library filled in.
    #[getter]
    fn defaults(&self) -> PyResult<Table> {
        Ok(rows::defaults(self.inner.defaults())?)
    }

    /// The break-even questions the document asks of itself.
    #[getter]
    fn questions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let questions = self.inner.questions().iter().map(|named| asked(py, named)).collect::<PyResult<Vec<_>>>()?;
        PyTuple::new(py, questions)
    }

    /// Give the document as TOML, with the author's digits; comments are not kept.
    fn to_toml(&self) -> String {
        self.inner.to_toml()
    }

    /// Give the document as JSON, with the author's digits.
    fn to_json(&self) -> String {
        self.inner.to_json()
    }

    /// Give the document as Python's own values; numbers are ``decimal.Decimal``.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        python(py, self.inner.document())
    }

    /// Give the model with other values at some addresses.
    ///
    /// Parameters
    /// ----------
    /// changes : mapping of str to value
    ///     What to put at each address: a number, a `Distribution`, a text, a flag, a date, a list or a mapping. A plain
    ///     number in place of an uncertain one keeps its name, source and marks; anything else replaces all that stands
    ///     there.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For an address the model does not have, with the nearest it has; for what is wrong with the changed document.
    #[pyo3(signature = (changes, /))]
    fn with_(&self, py: Python<'_>, changes: &Bound<'_, PyMapping>) -> PyResult<Self> {
        let read = changed(py, changes)?;
        Self::read(py, || self.inner.with_all(read))
    }

    /// Give the distribution of the number at an address.
    ///
    /// Parameters
    /// ----------
    /// address : str
    ///     The address of a number, or of a use of a shared one.
    ///
    /// Returns
    /// -------
    /// Distribution or None
    ///     None for a number that does not vary.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For an address where the model has no number, with the nearest where it has one.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> si.read("fixtures/models/sandefjord.toml").distribution("outcomes.off-assistance.quantity")
    /// Distribution.pert(4, 8, 16)
    #[pyo3(signature = (address, /))]
    fn distribution(
        &self,
        py: Python<'_>,
        #[pyo3(from_py_with = address_text)] address: &str,
    ) -> PyResult<Option<Distribution>> {
        Ok(told(py, self.inner.uncertain(address))?.map(Distribution::new))
    }

    /// Value the model exactly at its point values.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For a year without a price level where nominal money needs one, or an amount larger than 28 digits.
    fn appraise(&self, py: Python<'_>) -> PyResult<Appraisal> {
        told(py, py.detach(|| self.inner.appraise())).map(Appraisal::new)
    }

    /// Say what a careful reader would ask, the gravest first and what the document silences last.
    ///
    /// Parameters
    /// ----------
    /// lang : Language, default "en"
    ///     The language of the messages.
    ///
    /// Returns
    /// -------
    /// Table
    ///     One row a finding; ``silenced`` is the reason why the document lets it stand, or None. `checks` lists the rules.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     As for `appraise`.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> model = si.read("fixtures/models/beginner.toml")
    /// >>> "blank-deadweight" in model.check()["rule"]
    /// True
    #[pyo3(signature = (*, lang = "en"))]
    fn check(&self, py: Python<'_>, lang: &str) -> PyResult<Table> {
        let language = language(py, lang)?;
        let rows = py.detach(|| self.inner.appraise().map(|appraisal| finding_rows(appraisal.findings())));
        Ok(rows::check(&told(py, rows)?, language)?)
    }

    fn __repr__(&self) -> String {
        let model = &self.inner;
        let name = visible(&model.name().to_string());
        format!("Model({name}, {}, from {} for {} years)", model.country(), model.start(), model.horizon())
    }

    fn _repr_html_(&self) -> PyResult<String> {
        let description = self.inner.description().map(|text| page::sentence(&text.en)).unwrap_or_default();
        let holders = page::titled("who gains and pays", &self.holder_table()?);
        let outcomes = page::titled("what changes", &self.outcome_table()?);
        Ok([page::title(&self.inner.name().en), description, holders, outcomes].concat())
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.inner == other.inner
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<u64> {
        content_hash(py, self.inner.hash())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        let (py, own) = (slf.py(), slf.get());
        let read = slf.get_type().getattr("from_json")?;
        let Some(catalogue) = own.catalogue() else { return (read, (own.to_json(),)).into_pyobject(py) };
        let named = PyDict::new(py);
        named.set_item("catalogue", catalogue)?;
        let read = py.import("functools")?.getattr("partial")?.call((read,), Some(&named))?;
        (read, (own.to_json(),)).into_pyobject(py)
    }
}

crate::results::copied_as_itself!(Model);

/// Give the JSON Schema (2020-12) of a model document, as text, for editors and services.
///
/// Returns
/// -------
/// str
///     The schema. It says what may stand where; reading a document says what goes together.
///
/// Examples
/// --------
/// >>> import json
/// >>> import socialimpact as si
/// >>> json.loads(si.model_schema())["properties"]["impact"]["const"]
/// 1
#[pyfunction]
pub fn model_schema() -> &'static str {
    impact_core::model::schema()
}
