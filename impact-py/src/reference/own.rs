//! Catalogues of the user's own, which models may name beside the embedded one.

use super::unit_cost::table;
use crate::document::{document, python};
use crate::error::{plain, to_python, told};
use crate::label::{label, language};
use crate::page;
use crate::results::content_hash;
use crate::table::Table;
use impact_core::address::Place;
use impact_core::document::DocumentError;
use impact_core::error::ModelError;
use impact_core::reference::{Catalogue as Core, Search};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use std::sync::Arc;

/// The modules that read the files of others.
const GMCA: &str = "socialimpact.importers.gmca";
const TABLES: &str = "socialimpact.importers.tables";

/// Unit costs of the user's own, which a model names beside the embedded ones.
///
/// Read one with `Catalogue.from_toml` or `read_catalogue`, or make one of a file that somebody else wrote, with
/// `Catalogue.from_gmca` and `Catalogue.from_csv`; give it to `read` or to `Model.from_toml` as ``catalogue``. Results name
/// its edition and its hash.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> own = si.Catalogue.from_toml('''
/// ... catalogue = 1
/// ... edition = "2025"
/// ... title = "What our municipality pays"
/// ... [[entries]]
/// ... id = "our-day-centre"
/// ... country = "NO"
/// ... name = { en = "Day centre", nb = "Dagsenter" }
/// ... unit = "person-day"
/// ... value = 840
/// ... currency = "NOK"
/// ... price_year = 2025
/// ... payers = ["municipality"]
/// ... source = "accounts 2025, function 254"
/// ... ''')
/// >>> own
/// Catalogue(What our municipality pays, edition 2025, 1 entry)
/// >>> own.table["value"]
/// [Decimal('840')]
#[pyclass(frozen, module = "socialimpact")]
pub struct Catalogue {
    inner: Arc<Core>,
}

impl Catalogue {
    /// The catalogue of the core.
    pub fn core(&self) -> &Arc<Core> {
        &self.inner
    }

    /// A catalogue of the core.
    pub fn new(inner: Arc<Core>) -> Self {
        Self { inner }
    }

    fn read(py: Python<'_>, read: impl FnOnce() -> Result<Core, ModelError> + Send) -> PyResult<Self> {
        told(py, py.detach(read)).map(|inner| Self::new(Arc::new(inner)))
    }

    /// The document, which every catalogue of the user's own has.
    fn written(&self, py: Python<'_>) -> PyResult<&impact_core::document::Node> {
        self.inner.document().ok_or_else(|| plain(py, "this catalogue has no document"))
    }
}

#[pymethods]
impl Catalogue {
    /// Read a catalogue written in TOML.
    ///
    /// Parameters
    /// ----------
    /// text : str
    ///     The document.
    ///
    /// Returns
    /// -------
    /// Catalogue
    ///     The entries.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     With everything that is wrong, each problem with its address, line and column.
    #[staticmethod]
    #[pyo3(signature = (text, /))]
    fn from_toml(py: Python<'_>, text: &str) -> PyResult<Self> {
        Self::read(py, || Core::from_toml(text))
    }

    /// Read a catalogue written in JSON: the same keys, the same meaning.
    ///
    /// Parameters
    /// ----------
    /// text : str
    ///     The document.
    ///
    /// Returns
    /// -------
    /// Catalogue
    ///     The entries.
    #[staticmethod]
    #[pyo3(signature = (text, /))]
    fn from_json(py: Python<'_>, text: &str) -> PyResult<Self> {
        Self::read(py, || Core::from_json(text))
    }

    /// Read a catalogue as it lies in a file: UTF-8, with or without the mark at its start; JSON where it opens with ``{``.
    ///
    /// Parameters
    /// ----------
    /// content : bytes
    ///     The file's bytes.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     With everything that is wrong; for bytes that are no text.
    #[staticmethod]
    #[pyo3(signature = (content, /))]
    fn from_bytes(py: Python<'_>, content: &[u8]) -> PyResult<Self> {
        Self::read(py, || Core::from_bytes(content))
    }

    /// Read a catalogue from Python's own values.
    ///
    /// Parameters
    /// ----------
    /// document : mapping
    ///     What a document of TOML or JSON would hold.
    ///
    /// Returns
    /// -------
    /// Catalogue
    ///     The entries.
    #[staticmethod]
    #[pyo3(signature = (document, /))]
    fn from_dict(py: Python<'_>, document: &Bound<'_, PyAny>) -> PyResult<Self> {
        let (node, mut problems) = self::document(document)?;
        let read = node.map(|node| py.detach(|| Core::from_node(node)));
        match read {
            Some(Ok(catalogue)) if problems.is_empty() => return Ok(Self::new(Arc::new(catalogue))),
            Some(Err(meaning)) => meaning.problems().iter().cloned().for_each(|problem| problems.push(problem)),
            Some(Ok(_)) | None => {}
        }
        match problems.into_result() {
            Err(error) => Err(to_python(py, &error)),
            Ok(()) => Err(to_python(py, &ModelError::one(Place::document(), DocumentError::Empty))),
        }
    }

    /// Make a catalogue of a workbook of the GMCA Unit Cost Database (version 1.4).
    ///
    /// Each row becomes up to three entries, ``gmca-<code>-fiscal``, ``-economic`` and ``-social``. The workbook's own
    /// uprating is computed again and must agree with what it shows.
    ///
    /// Parameters
    /// ----------
    /// path : str or path-like
    ///     The workbook, which the user has; it is under CC BY 4.0, and every entry names its authors.
    /// prices : {"original", "updated"}, default "original"
    ///     The figures as their sources give them, each at its own price year; or as the workbook uprates them.
    ///
    /// Raises
    /// ------
    /// OSError
    ///     Where the file cannot be read.
    /// ImpactError
    ///     With everything that is wrong in it, each problem with its sheet and cell.
    #[staticmethod]
    #[pyo3(signature = (path, /, *, prices = "original"))]
    fn from_gmca<'py>(py: Python<'py>, path: &Bound<'py, PyAny>, prices: &str) -> PyResult<Bound<'py, PyAny>> {
        let named = PyDict::new(py);
        named.set_item("prices", prices)?;
        py.import(GMCA)?.call_method("catalogue", (path,), Some(&named))
    }

    /// Make a catalogue of a table of the user's own, written as CSV in UTF-8.
    ///
    /// Parameters
    /// ----------
    /// path : str or path-like
    ///     The table, with the names of its columns in the first row, in English or Norwegian.
    /// decimal : {".", ","}, default "."
    ///     The sign before the decimals of its numbers.
    /// delimiter : {",", ";", "tab"}, optional
    ///     What stands between its cells; left out, the first row decides.
    /// edition, title : str, optional
    ///     What the catalogue is called; left out, the name of the file.
    ///
    /// Raises
    /// ------
    /// OSError
    ///     Where the file cannot be read.
    /// ImpactError
    ///     With everything that is wrong in it, each problem with its line and column.
    #[staticmethod]
    #[pyo3(signature = (path, /, *, decimal = ".", delimiter = None, edition = None, title = None))]
    fn from_csv<'py>(
        py: Python<'py>,
        path: &Bound<'py, PyAny>,
        decimal: &str,
        delimiter: Option<&str>,
        edition: Option<&str>,
        title: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let named = PyDict::new(py);
        named.set_item("decimal", decimal)?;
        named.set_item("delimiter", delimiter)?;
        named.set_item("edition", edition)?;
        named.set_item("title", title)?;
        py.import(TABLES)?.call_method("catalogue", (path,), Some(&named))
    }

    /// The edition, which every result names.
    #[getter]
    fn edition(&self) -> &str {
        self.inner.edition().as_str()
    }

    /// What it is called.
    #[getter]
    fn title<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        label(py, self.inner.title())
    }

    /// Under which licence its figures may be used, and who must be named.
    #[getter]
    fn licence(&self) -> Option<&str> {
        self.inner.licence()
    }

    /// SHA-256 of the catalogue as written, however it is laid out; every result names it.
    #[getter]
    fn hash(&self) -> Option<&str> {
        self.inner.hash().map(|hash| hash.as_str())
    }

    /// The ids of its entries, in its own order.
    #[getter]
    fn ids<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.inner.entries().iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>())
    }

    /// Its entries, with sources, grades and what to beware of.
    #[getter]
    fn table(&self) -> PyResult<Table> {
        Ok(table(&self.inner.entries().iter().collect::<Vec<_>>(), None)?)
    }

    /// Give the entries in which every word is found, the best match first.
    ///
    /// Parameters
    /// ----------
    /// words : str
    ///     In English or Norwegian; accents are free.
    /// lang : Language, optional
    ///     One column ``name`` in this language instead of one for each.
    #[pyo3(signature = (words, /, *, lang = None))]
    fn search(&self, py: Python<'_>, words: &str, lang: Option<&str>) -> PyResult<Table> {
        let language = lang.map(|lang| language(py, lang)).transpose()?;
        Ok(table(&self.inner.search(&Search::new().words(words)), language)?)
    }

    /// Give the catalogue as TOML.
    fn to_toml(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.written(py)?.to_toml())
    }

    /// Give the catalogue as JSON.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.written(py)?.to_json())
    }

    /// Give the catalogue as Python's own values; numbers are ``decimal.Decimal``.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        python(py, self.written(py)?)
    }

    fn __len__(&self) -> usize {
        self.inner.entries().len()
    }

    fn __contains__(&self, entry: &str) -> bool {
        self.inner.get(entry).is_ok()
    }

    fn __repr__(&self) -> String {
        let own = &self.inner;
        let count = own.entries().len();
        let entries = if count == 1 { "entry" } else { "entries" };
        format!("Catalogue({}, edition {}, {count} {entries})", own.title(), own.edition())
    }

    fn _repr_html_(&self) -> PyResult<String> {
        let licence = self.inner.licence().map(page::sentence).unwrap_or_default();
        Ok([page::title(&self.inner.title().en), licence, page::titled("unit costs", &self.table()?)].concat())
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.inner.hash() == other.inner.hash()
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<u64> {
        match self.inner.hash() {
            Some(hash) => content_hash(py, hash),
            None => Ok(0),
        }
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        let read = slf.get_type().getattr("from_json")?;
        (read, (slf.get().to_json(slf.py())?,)).into_pyobject(slf.py())
    }
}

crate::results::copied_as_itself!(Catalogue);
