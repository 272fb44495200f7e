//! An appraisal as files: a workbook, a page and a PDF file, which the package writes.
//!
//! One rule: the package writes them; here stands only what they are called and told.

use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::Appraisal;

#[pymethods]
impl Appraisal {
    /// Write it as a workbook (.xlsx) with live formulas: the value map, units by year, postings and results.
    ///
    /// All input stands on one sheet with its sources; a number that is changed there moves what rests on it. What the library
    /// alone works out stands as a number, and the sheet of results says so. `socialimpact.read` reads the workbook back as the
    /// model, with the numbers that were changed. No text of a user becomes a formula. Needs ``openpyxl`` (`pip install
    /// 'socialimpact[excel]'`).
    ///
    /// Parameters
    /// ----------
    /// path : str or path-like
    ///     The file to write, whole or not at all.
    /// lang : {"en", "nb"}, default "en"
    ///     The language of its heads and words.
    ///
    /// Raises
    /// ------
    /// OSError
    ///     Where the file cannot be written.
    /// ImpactError
    ///     Where openpyxl is not installed.
    #[pyo3(signature = (path, /, *, lang = "en"))]
    fn to_excel(slf: &Bound<'_, Self>, path: &Bound<'_, PyAny>, lang: &str) -> PyResult<()> {
        let named = PyDict::new(slf.py());
        named.set_item("language", lang)?;
        slf.py()
            .import("socialimpact.report.value_map")?
            .getattr("write_value_map")?
            .call((slf, path), Some(&named))?;
        Ok(())
    }

    /// Write it as one HTML file for the case file: no script, no network, every text of a user escaped.
    ///
    /// Parameters
    /// ----------
    /// path : str or path-like
    ///     The file to write, whole or not at all.
    /// lang : {"en", "nb"}, default "en"
    ///     The language of its words, and of the model's own where it has them.
    /// plan_from : int, optional
    ///     The first year of the budget plans; the first year appraised, where none is given.
    ///
    /// Raises
    /// ------
    /// OSError
    ///     Where the file cannot be written.
    #[pyo3(signature = (path, /, *, lang = "en", plan_from = None))]
    fn to_html(slf: &Bound<'_, Self>, path: &Bound<'_, PyAny>, lang: &str, plan_from: Option<i64>) -> PyResult<()> {
        write_report(slf, "write_html", path, lang, plan_from)
    }

    /// Write it as a PDF file with the same content as the page: tagged (PDF/UA-1), the same bytes every time.
    ///
    /// Needs ``typst`` (`pip install 'socialimpact[pdf]'`).
    ///
    /// Parameters
    /// ----------
    /// path : str or path-like
    ///     The file to write, whole or not at all.
    /// lang : {"en", "nb"}, default "en"
    ///     The language of its words, and of the model's own where it has them.
    /// plan_from : int, optional
    ///     The first year of the budget plans; the first year appraised, where none is given.
    ///
    /// Raises
    /// ------
    /// OSError
    ///     Where the file cannot be written.
    /// ImpactError
    ///     Where the path is no .pdf file, or typst is not installed.
    #[pyo3(signature = (path, /, *, lang = "en", plan_from = None))]
    fn to_pdf(slf: &Bound<'_, Self>, path: &Bound<'_, PyAny>, lang: &str, plan_from: Option<i64>) -> PyResult<()> {
        write_report(slf, "write_pdf", path, lang, plan_from)
    }
}

/// Let the package write the report of an appraisal, by the function of that name.
fn write_report(
    appraisal: &Bound<'_, Appraisal>,
    function: &str,
    path: &Bound<'_, PyAny>,
    lang: &str,
    plan_from: Option<i64>,
) -> PyResult<()> {
    let py = appraisal.py();
    let named = PyDict::new(py);
    named.set_item("language", lang)?;
    named.set_item("plan_from", plan_from)?;
    py.import("socialimpact.report.written")?.getattr(function)?.call((appraisal, path), Some(&named))?;
    Ok(())
}
