//! Who pays against who gains in an appraisal, by year and kind, and the split that leaves no payer worse off.

use super::Appraisal;
use crate::error::told;
use crate::named::{flow_list, payer_list};
use crate::rows;
use crate::table::Table;
use crate::who_pays::{self, made_split};
use impact_core::evaluation::SplitQuestion;
use impact_core::report::split_reports;
use pyo3::prelude::*;
use pyo3::types::PyDict;

#[pymethods]
impl Appraisal {
    /// Give what each holder pays and gains, in present values.
    fn wrong_pocket(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(rows::wrong_pocket(&told(py, py.detach(|| self.inner.wrong_pocket()))?.rows)?)
    }

    /// Give what each holder pays and gains in each year: money, production and wellbeing in rows of their own.
    ///
    /// Parameters
    /// ----------
    /// counted_in : {"present-value", "real", "nominal"}, default "present-value"
    ///     Present values, krone of the price year, or money of each year. Present values add up to :meth:`wrong_pocket`.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> years = si.read("fixtures/models/larvik.toml").appraise().wrong_pocket_years(counted_in="nominal")
    /// >>> [(row["year"], row["pays"]) for row in years.to_pylist() if row["holder"] == "larvik" and row["pays"]]
    /// [(2025, Decimal('1100000'))]
    #[pyo3(signature = (*, counted_in = "present-value"))]
    fn wrong_pocket_years(&self, py: Python<'_>, counted_in: &str) -> PyResult<Table> {
        let counted_in = who_pays::counted_in(py, counted_in)?;
        let years = told(py, py.detach(|| self.inner.wrong_pocket_years(counted_in)))?;
        Ok(who_pays::years(&years.rows)?)
    }

    /// Draw what the money of each holder has come to by the end of each year: who pays first, and who has gained in the end.
    ///
    /// Parameters
    /// ----------
    /// ax : matplotlib Axes, optional
    ///     Where to draw; left out, a new figure of pyplot.
    /// counted_in : {"present-value", "real", "nominal"}, default "present-value"
    ///     As for `wrong_pocket_years`.
    /// lang : Language, default "en"
    ///     The language of texts and numbers.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> from socialimpact import plots
    /// >>> ax = si.read("fixtures/models/larvik.toml").appraise().plot_wrong_pocket(counted_in="nominal")
    /// >>> plots.alt_text(ax).partition(":")[0]
    /// 'Who has gained and who has paid'
    #[pyo3(signature = (ax = None, *, counted_in = "present-value", lang = "en"))]
    fn plot_wrong_pocket<'py>(
        slf: &Bound<'py, Self>,
        ax: Option<Bound<'py, PyAny>>,
        counted_in: &str,
        lang: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        let options = PyDict::new(slf.py());
        options.set_item("counted_in", counted_in)?;
        options.set_item("lang", lang)?;
        slf.py().import("socialimpact.plots.pockets")?.getattr("pockets")?.call((slf, ax), Some(&options))
    }

    /// Give present values by kind: of society, all public budgets, each level of government and each holder.
    ///
    /// In each row ``net`` is ``fiscal + economic + social + market_prices + transfers - inputs - financing``;
    /// ``ratio`` is all kinds over inputs, and ``fiscal_ratio`` the fiscal ones alone, None where no resources are paid for.
    fn value_by_kind(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(who_pays::kinds(&told(py, py.detach(|| self.inner.value_by_kind()))?)?)
    }

    /// Give who should pay: the split of a cost over public budgets that leaves no payer worse off, or what is missing.
    ///
    /// Parameters
    /// ----------
    /// flows : sequence of str, optional
    ///     Addresses of costs and transfers, such as ``"transfers.payment"``; all others stay as they are. None: all costs, as
    ///     if nobody had paid yet.
    /// payers : sequence of str, optional
    ///     Ids of public budgets that may pay; a joint holder is its members. None: all public budgets.
    /// gain : {"fiscal", "cashable"}, default "fiscal"
    ///     What a payer can pay from: all its fiscal gain, or only the part that releases money.
    ///
    /// Returns
    /// -------
    /// Split
    ///     Whether there is such a split, one proposal, and what each payer can and must pay.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> larvik = si.read("fixtures/models/larvik.toml")
    /// >>> split = larvik.appraise().split(["transfers.payment"])
    /// >>> split.status, round(split.missing)
    /// ('missing', 2396558)
    /// >>> more = larvik.with_({"outcomes.kept-out.quantity": 30}).appraise().split(["transfers.payment"])
    /// >>> more.status, [round(pays) for pays in more.payers["pays"]]
    /// ('exists', [190544, 190544, 190544, 190544, 2761350])
    #[pyo3(signature = (flows = None, *, payers = None, gain = "fiscal"))]
    fn split<'py>(
        &self,
        py: Python<'py>,
        #[pyo3(from_py_with = flow_list)] flows: Option<Vec<String>>,
        #[pyo3(from_py_with = payer_list)] payers: Option<Vec<String>>,
        gain: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        let gain = who_pays::gain_counted(py, gain)?;
        let question = SplitQuestion { flows: flows.unwrap_or_default(), payers: payers.unwrap_or_default(), gain };
        made_split(py, &told(py, py.detach(|| self.inner.split(&question)))?)
    }

    /// Give who should pay for all costs, then for each transfer from a public budget to somebody else.
    fn splits<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        let splits = told(py, py.detach(|| split_reports(&self.inner)))?;
        splits.iter().map(|split| made_split(py, split)).collect()
    }
}
