//! Prices: the value of a number of the terms at which a payer breaks even, or an investor reaches a rate.

use super::Contract;
use super::search::{Searched, named_holder, rate_target};
use super::sharing::result_of_report;
use crate::error::{Raise, at_argument, told};
use crate::label::{label, language};
use crate::model::Model;
use crate::named::{address_text, situation_name};
use crate::page;
use crate::results::recomputed;
use crate::simulation::{Asked, listened};
use impact_core::analysis::risk::{PriceFor, SearchError};
use impact_core::report::{PriceReport, Sought, word};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use rust_decimal::Decimal;

/// The values of a number of the terms that meet a target: what `Model.search` and `Contract.search` give.
///
/// Every value tried saw the same draws, and an answer is a value that was tried. None in range is an answer.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> model = si.read("fixtures/models/larvik-contract.toml")
/// >>> amount = "contract.payments.target.schedule.steps.0.amount"
/// >>> found = model.search(amount, payer="larvik", low=0, high=1_000_000, draws=2_000, seed=7)
/// >>> found.status, round(found.value / 1_000)
/// ('unique', 125)
/// >>> found.current
/// Decimal('4400000')
#[pyclass(frozen, module = "socialimpact")]
pub struct PriceFound {
    report: PriceReport,
    owner: Py<PyAny>,
}

#[pymethods]
impl PriceFound {
    /// What was sought: ``"break-even"`` of a payer, or the ``"rate"`` of an investor.
    #[getter]
    fn sought(&self) -> String {
        word(&self.report.sought)
    }

    /// The id of the payer or the investor.
    #[getter]
    fn holder(&self) -> &str {
        &self.report.holder
    }

    /// The rate to be reached per year, as a fraction; None for a payer.
    #[getter]
    fn rate(&self) -> Option<f64> {
        self.report.rate
    }

    /// Of what it is the rate: ``"expected"`` flows or the ``"median"`` draw; None for a payer.
    #[getter]
    fn rate_of(&self) -> Option<String> {
        self.report.rate_of.as_ref().map(word)
    }

    /// The address of the number that is searched for.
    #[getter]
    fn address(&self) -> &str {
        self.report.address.as_str()
    }

    /// The unit of the number in words.
    #[getter]
    fn unit(&self) -> &str {
        &self.report.unit
    }

    /// What is supposed to be the case.
    #[getter]
    fn situation(&self) -> &'static str {
        self.report.situation.name()
    }

    /// The value that the contract has now.
    #[getter]
    fn current(&self) -> Decimal {
        self.report.current
    }

    /// How many values there are: ``"unique"``, ``"several"``, ``"none"`` or ``"everywhere"``.
    #[getter]
    fn status(&self) -> String {
        word(&self.report.status)
    }

    /// The one value that meets the target, of a range that does the first; None where there is none, or several, or a jump over it. An
    /// amount of money is told in hundredths, such as øre, at which the payer saves at least what it pays, or the investor reaches its rate.
    #[getter]
    fn value(&self) -> Option<Decimal> {
        self.report.value
    }

    /// The standard error of `value`, since it was found over draws (delta method); 0 where no draw differs from another, None where there is
    /// not one value or one draw only.
    #[getter]
    fn standard_error(&self) -> Option<f64> {
        self.report.standard_error
    }

    /// All values that meet the target, the lowest first.
    #[getter]
    fn values<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.report.values)
    }

    /// For each value, the last of the range it opens, all of which meets the target; None for a value that stands alone.
    #[getter]
    fn range_ends<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.report.range_ends)
    }

    /// For each value, whether the target is jumped over there instead of met.
    #[getter]
    fn jumps<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.report.jumps)
    }

    /// The lowest and the highest value tried.
    #[getter]
    fn searched(&self) -> (Decimal, Decimal) {
        self.report.searched
    }

    /// What the target is missed by there: saving less payment, or rate less target; None where there is no such rate.
    #[getter]
    fn at_ends(&self) -> (Option<f64>, Option<f64>) {
        self.report.at_ends
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

    fn __str__(&self) -> String {
        self.report.sentence.en.clone()
    }

    fn __repr__(&self) -> String {
        let report = &self.report;
        let found = report.values.iter().zip(&report.range_ends).map(|(value, end)| match end {
            Some(end) => format!("{value} to {end}"),
            None => value.to_string(),
        });
        let found = found.collect::<Vec<_>>().join(", ");
        let found = if found.is_empty() { self.status() } else { found };
        let target = report.rate.map_or_else(String::new, |rate| format!(" {rate}"));
        format!("PriceFound({}{target} for {} by {}: {found})", self.sought(), report.holder, report.address)
    }

    fn _repr_html_(&self) -> String {
        let mark = if self.report.marks.illustrative { " (illustrative)" } else { "" };
        page::sentence(&(self.report.sentence.en.clone() + mark))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let (report, named) = (&self.report, PyDict::new(py));
        if let Some(rate) = report.rate {
            named.set_item("investor", self.holder())?;
            named.set_item("rate", rate)?;
            named.set_item("rate_of", self.rate_of())?;
            named.set_item("settled", report.settled)?;
        } else {
            named.set_item("payer", self.holder())?;
        }
        named.set_item("low", report.searched.0)?;
        named.set_item("high", report.searched.1)?;
        named.set_item("draws", report.provenance.draws)?;
        named.set_item("seed", report.provenance.seed)?;
        named.set_item("situation", self.situation())?;
        named.set_item("points", word(&report.provenance.points))?;
        recomputed(py, "search", Some(self.address()), Some(&named), self.owner.bind(py))
    }
}

result_of_report!(PriceFound);

/// A price as it is told; `owner` is whom pickle asks again. Whatever was searched in has a contract.
fn made(py: Python<'_>, report: Option<PriceReport>, owner: Py<PyAny>) -> PyResult<PriceFound> {
    let report = report.ok_or_else(|| SearchError::NoContract.raise(py))?;
    Ok(PriceFound { report, owner })
}

#[pymethods]
impl Contract {
    /// Find the values of a number of the terms at which an investor reaches a rate of return.
    ///
    /// Parameters
    /// ----------
    /// address : str
    ///     A number of the terms: a price, an amount, a cap, a share.
    /// investor : str
    ///     The id of the holder that lends.
    /// rate : number
    ///     Per year, as a fraction: 0.05 is 5 %.
    /// low, high : number
    ///     The values tried, both ends included.
    /// draws : int
    ///     Draws, as for `risk`.
    /// seed : int
    ///     From 0 to 2**64 - 1.
    /// rate_of : {"expected", "median"}, default "expected"
    ///     The rate of the expected flows, which counts what is lost; or the median rate, draws in which everything is lost counting
    ///     as -1.
    /// settled : int, default 1000
    ///     How many of the first draws are settled for each value tried.
    /// situation : Situation, default "as-believed"
    ///     What is supposed to be the case.
    /// points, threads, progress
    ///     As for `Model.simulate`; progress counts the draws of each value tried anew.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For a holder that lends nothing, an address of the truth or none of the contract, a range that the number does not take, and
    ///     as for `return_risk`.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> contract = si.read_contract("fixtures/models/larvik-contract.toml")
    /// >>> amount = "contract.payments.target.schedule.steps.0.amount"
    /// >>> found = contract.search(amount, investor="ferd", rate=0.05, low=4e6, high=8e6, draws=100, seed=7)
    /// >>> round(found.value / 1_000)
    /// 5678
    #[pyo3(signature = (
        address, *, investor, rate, low, high, draws, seed, rate_of = "expected", settled = None, situation = "as-believed",
        points = "random", threads = None, progress = None
    ))]
    #[allow(clippy::too_many_arguments, reason = "keyword options of Python")]
    fn search(
        slf: &Bound<'_, Self>,
        #[pyo3(from_py_with = address_text)] address: &str,
        investor: &Bound<'_, PyAny>,
        rate: &Bound<'_, PyAny>,
        low: &Bound<'_, PyAny>,
        high: &Bound<'_, PyAny>,
        draws: &Bound<'_, PyAny>,
        seed: &Bound<'_, PyAny>,
        rate_of: &str,
        settled: Option<&Bound<'_, PyAny>>,
        #[pyo3(from_py_with = situation_name)] situation: &str,
        points: &str,
        threads: Option<&Bound<'_, PyAny>>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<PriceFound> {
        let py = slf.py();
        let drawn = Asked { draws, seed, measures: None, points, threads };
        let asked = Searched { address, low, high, situation, asked: drawn }.question(py)?;
        let contract = slf.get().core();
        let (investor, target) = (named_holder(investor, "investor")?, rate_target(rate, rate_of, settled)?);
        let found = listened(py, progress, |heard| contract.search(&asked, (investor, target), heard))?;
        let report = PriceReport::of(Sought::Rate(contract, investor, target), &told(py, found)?);
        made(py, report, slf.clone().into_any().unbind())
    }
}

#[pymethods]
impl Model {
    /// Find the values of a number of the contract's terms at which a payer is expected to pay what it is expected to save, or an
    /// investor reaches a rate of return.
    ///
    /// What a payer saves follows from the model and the truth, and no number of the terms changes it.
    ///
    /// Parameters
    /// ----------
    /// address : str
    ///     A number of the terms: a price, an amount, a cap, a share.
    /// payer : str, optional
    ///     The id of the holder that must not pay more than it saves.
    /// investor, rate : str and number, optional
    ///     Instead of a payer: the id of the holder that lends, and the rate that it must reach per year, as a fraction.
    /// low, high : number
    ///     The values tried, both ends included.
    /// draws : int
    ///     Draws: for a payer up to 65,536.
    /// seed : int
    ///     From 0 to 2**64 - 1.
    /// rate_of, settled, situation, points, threads, progress
    ///     As for `Contract.search`.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For both a payer and an investor, or neither; for a holder that pays nothing; and as for `Contract.search` and `saving_risk`.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> model = si.read("fixtures/models/larvik-contract.toml")
    /// >>> amount = "contract.payments.target.schedule.steps.0.amount"
    /// >>> found = model.search(amount, payer="larvik", low=0, high=100_000, draws=2_000, seed=7)
    /// >>> found.value is None, found.status
    /// (True, 'none')
    #[pyo3(signature = (
        address, *, payer = None, investor = None, rate = None, low, high, draws, seed, rate_of = "expected", settled = None,
        situation = "as-believed", points = "random", threads = None, progress = None
    ))]
    #[allow(clippy::too_many_arguments, reason = "keyword options of Python")]
    fn search(
        slf: &Bound<'_, Self>,
        #[pyo3(from_py_with = address_text)] address: &str,
        payer: Option<&Bound<'_, PyAny>>,
        investor: Option<&Bound<'_, PyAny>>,
        rate: Option<&Bound<'_, PyAny>>,
        low: &Bound<'_, PyAny>,
        high: &Bound<'_, PyAny>,
        draws: &Bound<'_, PyAny>,
        seed: &Bound<'_, PyAny>,
        rate_of: &str,
        settled: Option<&Bound<'_, PyAny>>,
        #[pyo3(from_py_with = situation_name)] situation: &str,
        points: &str,
        threads: Option<&Bound<'_, PyAny>>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<PriceFound> {
        let (py, model) = (slf.py(), slf.get().core());
        let drawn = Asked { draws, seed, measures: None, points, threads };
        let asked = Searched { address, low, high, situation, asked: drawn }.question(py)?;
        let sought = match (payer, investor, rate) {
            (Some(payer), None, None) => PriceFor::Payer(named_holder(payer, "payer")?),
            (None, Some(investor), Some(rate)) => {
                PriceFor::Investor(named_holder(investor, "investor")?, rate_target(rate, rate_of, settled)?)
            }
            _ => {
                let message =
                    "give a `payer` that is to break even, or an `investor` and the `rate` that it is to reach";
                return Err(at_argument(py, "payer", message));
            }
        };
        let found = told(py, listened(py, progress, |heard| model.search(&asked, sought, heard))?)?;
        let report = match (sought, model.contract()) {
            (PriceFor::Payer(payer), _) => PriceReport::of(Sought::BreakEven(model, payer), &found),
            (PriceFor::Investor(investor, target), contract) => {
                contract.and_then(|contract| PriceReport::of(Sought::Rate(contract, investor, target), &found))
            }
        };
        made(py, report, slf.clone().into_any().unbind())
    }
}
