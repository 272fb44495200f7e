//! Frontiers: the price at which a payer breaks even beside the one at which an investor reaches its rate, as something else varies.

use super::search::{Searched, named_holder, rate_target};
use super::sharing::result_of_report;
use crate::error::{at_argument, plain, told};
use crate::grid::axes_of;
use crate::label::visible;
use crate::model::Model;
use crate::named::{address_text, situation_name};
use crate::page;
use crate::results::recomputed;
use crate::simulation::{Asked, listened};
use crate::table::{Columns, Table, TableError};
use impact_core::analysis::Axis;
use impact_core::analysis::risk::FrontierQuestion;
use impact_core::report::{FrontierReport, word};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use rust_decimal::Decimal;

/// The price at which a payer is expected to pay what it saves beside the one at which an investor reaches its rate, for each of
/// several values of something else: what `Model.frontier` gives.
///
/// Where there is room, every value between the two does for both.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> model = si.read("fixtures/models/larvik-contract.toml")
/// >>> amount, effect = "contract.payments.target.schedule.steps.0.amount", "truth.metrics.relapse.effect"
/// >>> found = model.frontier(
/// ...     amount, {effect: [0.1, 0.5]}, payer="larvik", investor="ferd", rate=0.05, low=0, high=8e6, draws=200, seed=7
/// ... )
/// >>> for row in found.table.to_pylist():
/// ...     print(row["value"].normalize(), round(row["payer_price"] / 1_000), round(row["investor_price"] / 1_000), row["room"])
/// 0.1 125 5580 apart
/// 0.5 627 5580 apart
#[pyclass(frozen, module = "socialimpact")]
pub struct Frontier {
    report: FrontierReport,
    model: Py<Model>,
}

#[pymethods]
impl Frontier {
    /// The model as it is.
    #[getter]
    fn model(&self, py: Python<'_>) -> Py<Model> {
        self.model.clone_ref(py)
    }

    /// The address of the price.
    #[getter]
    fn address(&self) -> &str {
        self.report.address.as_str()
    }

    /// The unit of the price in words.
    #[getter]
    fn unit(&self) -> &str {
        &self.report.unit
    }

    /// The address of what varies beside.
    #[getter]
    fn beside(&self) -> &str {
        self.report.beside.as_str()
    }

    /// The id of the payer who must not lose.
    #[getter]
    fn payer(&self) -> &str {
        &self.report.payer
    }

    /// The id of the investor who must reach the rate.
    #[getter]
    fn investor(&self) -> &str {
        &self.report.investor
    }

    /// The rate per year, as a fraction.
    #[getter]
    fn rate(&self) -> f64 {
        self.report.rate
    }

    /// Of what it is the rate: ``"expected"`` flows or the ``"median"`` draw.
    #[getter]
    fn rate_of(&self) -> String {
        word(&self.report.rate_of)
    }

    /// What is supposed to be the case.
    #[getter]
    fn situation(&self) -> &'static str {
        self.report.situation.name()
    }

    /// The lowest and the highest price tried.
    #[getter]
    fn searched(&self) -> (Decimal, Decimal) {
        self.report.searched
    }

    /// A row for each value of what varies: ``value``; ``room``, which is ``"between"`` the two prices, or they are ``"apart"``, or
    /// ``"unsure"`` where these draws cannot tell (the prices lie nearer than twice their standard errors together), or ``"unknown"``
    /// where one has no single price; ``least`` and ``most``, between which every value does for both (of a price from the investor's
    /// up to the payer's, of a threshold the other way round); ``payer_price`` and ``investor_price`` where there is exactly one, each
    /// with its standard error, and how many there are of each.
    #[getter]
    fn table(&self) -> PyResult<Table> {
        Ok(self.rows()?)
    }

    /// Draw both prices, and where there is room between them, with matplotlib.
    ///
    /// Parameters
    /// ----------
    /// ax : matplotlib Axes, optional
    ///     Where to draw; left out, a figure of its own.
    /// lang : Language, default "en"
    ///     The language of texts and numbers.
    #[pyo3(signature = (ax = None, lang = "en"))]
    fn plot<'py>(slf: &Bound<'py, Self>, ax: Option<&Bound<'py, PyAny>>, lang: &str) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("socialimpact.plots.frontier")?.getattr("frontier")?.call1((slf, ax, lang))
    }

    fn __len__(&self) -> usize {
        self.report.points.len()
    }

    fn __repr__(&self) -> String {
        let FrontierReport { contract, payer, investor, rate, address, beside, .. } = &self.report;
        let (name, points) = (visible(&contract.en), self.__len__());
        format!("Frontier({name}, {address} for {payer} and {rate} for {investor} along {beside}: {points} points)")
    }

    fn _repr_html_(&self) -> PyResult<String> {
        let mark = if self.report.marks.illustrative { " (illustrative)" } else { "" };
        Ok(page::titled(&(self.__repr__() + mark), &self.rows()?))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let (report, named) = (&self.report, PyDict::new(py));
        let beside = PyDict::new(py);
        beside.set_item(self.beside(), report.points.iter().map(|point| point.value).collect::<Vec<_>>())?;
        named.set_item("beside", beside)?;
        named.set_item("payer", self.payer())?;
        named.set_item("investor", self.investor())?;
        named.set_item("rate", self.rate())?;
        named.set_item("rate_of", self.rate_of())?;
        named.set_item("settled", report.settled)?;
        named.set_item("low", report.searched.0)?;
        named.set_item("high", report.searched.1)?;
        named.set_item("draws", report.provenance.draws)?;
        named.set_item("seed", report.provenance.seed)?;
        named.set_item("situation", self.situation())?;
        named.set_item("points", word(&report.provenance.points))?;
        recomputed(py, "frontier", Some(self.address()), Some(&named), self.model.bind(py).as_any())
    }
}

result_of_report!(Frontier);

impl Frontier {
    fn rows(&self) -> Result<Table, TableError> {
        let rows = || self.report.points.iter();
        Columns::new()
            .amount("value", rows().map(|row| row.value))
            .words("room", rows().map(|row| word(&row.room)))
            .amount("least", rows().map(|row| row.least))
            .amount("most", rows().map(|row| row.most))
            .amount("payer_price", rows().map(|row| row.payer_price))
            .ratio("payer_error", rows().map(|row| row.payer_error))
            .amount("investor_price", rows().map(|row| row.investor_price))
            .ratio("investor_error", rows().map(|row| row.investor_error))
            .words("payer_status", rows().map(|row| word(&row.payer_status)))
            .words("investor_status", rows().map(|row| word(&row.investor_status)))
            .table()
    }
}

/// The one number that varies, with its values.
fn beside_of(beside: &Bound<'_, PyAny>) -> PyResult<Axis> {
    let refused = || at_argument(beside.py(), "beside", "give a mapping of one address to its values");
    match <[Axis; 1]>::try_from(axes_of(beside).map_err(|_| refused())?) {
        Ok([axis]) if !axis.values.is_empty() => Ok(axis),
        _ => Err(refused()),
    }
}

#[pymethods]
impl Model {
    /// Find the price at which a payer breaks even beside the one at which an investor reaches its rate, for each of several values of
    /// something else.
    ///
    /// Parameters
    /// ----------
    /// address : str
    ///     The price: a number of the contract's terms.
    /// beside : mapping of str to sequence of numbers
    ///     One address of the model, its contract or its truth, with its values.
    /// payer : str
    ///     The id of the payer that must not pay more than it is expected to save.
    /// investor : str
    ///     The id of the holder that lends.
    /// rate : number
    ///     What it must reach per year, as a fraction: 0.05 is 5 %.
    /// low, high : number
    ///     The prices tried, both ends included.
    /// draws : int
    ///     Draws of each price tried, up to 65,536.
    /// seed : int
    ///     From 0 to 2**64 - 1.
    /// rate_of, settled, situation, points, threads, progress
    ///     As for `Contract.search`.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     As for `search`; for what is wrong with the model at a value of what varies.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> model = si.read("fixtures/models/larvik-contract.toml")
    /// >>> amount, people = "contract.payments.target.schedule.steps.0.amount", "truth.cohorts.first.people"
    /// >>> found = model.frontier(
    /// ...     amount, {people: [50, 500]}, payer="larvik", investor="ferd", rate=0, low=0, high=8e6, draws=200, seed=7
    /// ... )
    /// >>> [round(price / 1_000) for price in found.table["payer_price"]]  # ten times the people save ten times as much
    /// [122, 1206]
    #[pyo3(signature = (
        address, beside, *, payer, investor, rate, low, high, draws, seed, rate_of = "expected", settled = None,
        situation = "as-believed", points = "random", threads = None, progress = None
    ))]
    #[allow(clippy::too_many_arguments, reason = "keyword options of Python")]
    fn frontier(
        slf: &Bound<'_, Self>,
        #[pyo3(from_py_with = address_text)] address: &str,
        beside: &Bound<'_, PyAny>,
        payer: &Bound<'_, PyAny>,
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
    ) -> PyResult<Frontier> {
        let (py, model) = (slf.py(), slf.get().core());
        let drawn = Asked { draws, seed, measures: None, points, threads };
        let asked = FrontierQuestion {
            price: Searched { address, low, high, situation, asked: drawn }.question(py)?,
            beside: beside_of(beside)?,
            payer: named_holder(payer, "payer")?.to_owned(),
            investor: named_holder(investor, "investor")?.to_owned(),
            target: rate_target(rate, rate_of, settled)?,
        };
        let found = listened(py, progress, |heard| model.frontier(&asked, heard))?;
        let report = FrontierReport::of(model, &told(py, found)?);
        let none = || plain(py, "the model has no `contract`: there is no price to search for");
        Ok(Frontier { report: report.ok_or_else(none)?, model: slf.clone().unbind() })
    }
}
