//! Contracts: what observed results pay, and who pays it.

mod baselines;
mod cash_flows;
mod evaluation;
mod frontier;
mod observed;
mod price;
mod ranking;
mod return_risk;
mod return_rows;
mod risk;
mod risk_grid;
mod risk_part;
mod risk_rows;
mod saving_risk;
mod saving_rows;
mod search;
mod sharing;
mod statement;

pub use baselines::BaselineTable;
pub use cash_flows::CashFlows;
pub use frontier::Frontier;
pub use price::PriceFound;
pub use ranking::Ranking;
pub use return_risk::ReturnRisk;
pub use risk::ContractRisk;
pub use risk_grid::RiskGrid;
pub use risk_part::PartRisk;
pub use saving_risk::SavingRisk;
pub use statement::Statement;

use crate::document::changed;
use crate::error::told;
use crate::label::{label, language};
use crate::model::Model;
use crate::page;
use crate::results::copied_as_itself;
use crate::rows;
use crate::table::Table;
use impact_core::Contract as Core;
use impact_core::error::ModelError;
use impact_core::model::HolderIndex;
use impact_core::report::{contract_assumption_rows, finding_rows};
use pyo3::prelude::*;
use pyo3::types::{PyMapping, PyTuple};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The terms of an impact contract: what is observed, what it pays, and who pays it.
///
/// Read one with `read_contract`, `Contract.from_toml` or `Contract.from_json`; a model that has one gives it as
/// `Model.contract`. A contract never changes.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> denver = si.read_contract("fixtures/contracts/denver.toml")
/// >>> statement = denver.settle("fixtures/contracts/denver.observations.toml")
/// >>> statement.total
/// Decimal('9638911.36')
/// >>> statement.by_payment.to_dict()["amount"]
/// [Decimal('4534911.36'), Decimal('5104000')]
#[pyclass(frozen, module = "socialimpact")]
pub struct Contract {
    inner: Core,
}

impl Contract {
    /// A contract of the core.
    pub fn new(inner: Core) -> Self {
        Self { inner }
    }

    /// The contract of the core.
    pub fn core(&self) -> &Core {
        &self.inner
    }

    fn id(&self, holder: HolderIndex) -> &str {
        self.inner.holders().get(holder.position()).map_or("", |holder| &holder.id)
    }

    fn read(py: Python<'_>, read: impl FnOnce() -> Result<Core, ModelError> + Send) -> PyResult<Self> {
        told(py, py.detach(read)).map(Self::new)
    }
}

#[pymethods]
impl Contract {
    /// Read a contract written in TOML; of a model, its own.
    ///
    /// Parameters
    /// ----------
    /// text : str
    ///     The document.
    ///
    /// Returns
    /// -------
    /// Contract
    ///     The terms.
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

    /// Read a contract written in JSON: the same keys, the same meaning.
    ///
    /// Parameters
    /// ----------
    /// text : str
    ///     The document.
    ///
    /// Returns
    /// -------
    /// Contract
    ///     The terms.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     With everything that is wrong; of mistakes in the syntax of JSON only the first.
    #[staticmethod]
    #[pyo3(signature = (text, /))]
    fn from_json(py: Python<'_>, text: &str) -> PyResult<Self> {
        Self::read(py, || Core::from_json(text))
    }

    /// Read a contract as it lies in a file: UTF-8, with or without the mark at its start; JSON where it opens with ``{``.
    ///
    /// Parameters
    /// ----------
    /// content : bytes
    ///     The file.
    ///
    /// Returns
    /// -------
    /// Contract
    ///     The terms.
    #[staticmethod]
    #[pyo3(signature = (content, /))]
    fn from_bytes(py: Python<'_>, content: &[u8]) -> PyResult<Self> {
        Self::read(py, || Core::from_bytes(content))
    }

    /// Give the contract with other values at some addresses of its terms and its truth.
    ///
    /// Parameters
    /// ----------
    /// changes : mapping of str to value
    ///     What to put at each address: a number, a text, a flag, a date, a list or a mapping.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For an address the contract does not have, with the nearest it has; for what is wrong with the changed document.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> denver = si.read_contract("fixtures/contracts/denver.toml")
    /// >>> dearer = denver.with_({"contract.payments.housing.schedule.per_unit": 16})
    /// >>> days = [{"metric": "housing-days", "date": "2020-06-30", "count": 1_000}]
    /// >>> denver.settle(days).total, dearer.settle(days).total
    /// (Decimal('15120.00'), Decimal('16000.00'))
    #[pyo3(signature = (changes, /))]
    fn with_(&self, py: Python<'_>, changes: &Bound<'_, PyMapping>) -> PyResult<Self> {
        let read = changed(py, changes)?;
        Self::read(py, || self.inner.with_all(read))
    }

    /// Say what a careful reader would ask of the terms and the truth alone, the gravest first.
    ///
    /// What the document silences comes last. Of a contract in a model, `Model.check` says it too, beside what only the model
    /// shows and with what the model's document silences.
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
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> denver = si.read_contract("fixtures/contracts/denver.toml")
    /// >>> set(denver.check()["rule"])  # prices that were not read at their own source
    /// {'unverified'}
    /// >>> slip = denver.with_({"contract.payments.housing.at_most": {"year": 2_000_000, "total": 1_000_000}})
    /// >>> slip.check()["address"][0]
    /// 'contract.payments.housing.at_most.year'
    #[pyo3(signature = (*, lang = "en"))]
    fn check(&self, py: Python<'_>, lang: &str) -> PyResult<Table> {
        let language = language(py, lang)?;
        let rows = py.detach(|| finding_rows(self.inner.findings()));
        Ok(rows::check(&rows, language)?)
    }

    /// Give what a careful reader would ask of the terms and the truth alone, in both languages.
    fn findings(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(py.detach(|| rows::findings(&finding_rows(self.inner.findings())))?)
    }

    /// What the contract is called.
    #[getter]
    fn name<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        label(py, self.inner.name())
    }

    /// What the document says about itself; None where it says nothing.
    #[getter]
    fn description<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.inner.description().map(|description| label(py, description)).transpose()
    }

    /// The currency of every amount.
    #[getter]
    fn currency(&self) -> String {
        self.inner.currency().to_string()
    }

    /// SHA-256 of the terms as written, with the parties and shared numbers they rest on.
    #[getter]
    fn hash(&self) -> &str {
        self.inner.hash().as_str()
    }

    /// The id of the holder who is paid.
    #[getter]
    fn payee(&self) -> &str {
        self.id(self.inner.terms().payee)
    }

    /// The ids of the holders who pay.
    #[getter]
    fn payers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let payers = self.inner.terms().payers.iter().map(|payer| self.id(payer.holder));
        PyTuple::new(py, payers.collect::<Vec<_>>())
    }

    /// Whether the document says who puts money in and what it is spent on: its ``finance``.
    #[getter]
    fn financed(&self) -> bool {
        self.inner.terms().finance.is_some()
    }

    /// The ids of what is observed.
    #[getter]
    fn metrics<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.inner.terms().metrics.iter().map(|metric| metric.id.as_str()).collect::<Vec<_>>())
    }

    /// The ids of the payments.
    #[getter]
    fn payments<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.inner.terms().payments.iter().map(|payment| payment.id.as_str()).collect::<Vec<_>>())
    }

    /// Every number of the terms, the finance and the truth: its address, value, unit, marks and source.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> denver = si.read_contract("fixtures/contracts/denver.toml")
    /// >>> prices = [row for row in denver.assumptions.to_pylist() if row["address"].endswith("per_unit")]
    /// >>> [(row["address"], str(row["value"])) for row in prices]
    /// [('contract.payments.housing.schedule.per_unit', '15.12')]
    #[getter]
    fn assumptions(&self) -> PyResult<Table> {
        Ok(rows::assumptions(&contract_assumption_rows(&self.inner))?)
    }

    /// What the terms left out and the library filled in.
    #[getter]
    fn defaults(&self) -> PyResult<Table> {
        Ok(rows::defaults(self.inner.defaults())?)
    }

    /// Settle what was observed: work out what it pays, line by line.
    ///
    /// Parameters
    /// ----------
    /// observations : path, table, or sequence of mappings
    ///     A file ending in ``.csv``, ``.toml`` or ``.json``; anything that Arrow reads (a frame of pandas or polars, a table of
    ///     pyarrow, a `Table`); or a list of rows as mappings. Columns: ``metric``, ``date``, ``cohort``, ``group``, ``count``, ``of``
    ///     for results of cohorts, ``person`` for claims of people, by a pseudonym that is shown nowhere.
    ///
    /// Returns
    /// -------
    /// Statement
    ///     The same for the same rows in any order.
    ///
    /// Raises
    /// ------
    /// OSError
    ///     Where the file cannot be read.
    /// ImpactError
    ///     With every row that cannot be meant, each problem with its row and column; nothing is half settled. Rows count from 1:
    ///     of a file row 1 stands in line 2, as a spreadsheet shows it; of a frame or a list it is the first.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> denver = si.read_contract("fixtures/contracts/denver.toml")
    /// >>> denver.settle([{"metric": "housing-days", "date": "2020-06-30", "count": 258_858}]).total
    /// Decimal('3913932.96')
    #[pyo3(signature = (observations, /))]
    fn settle(&self, py: Python<'_>, observations: &Bound<'_, PyAny>) -> PyResult<Statement> {
        let observed = observed::observations(observations, &self.inner)?;
        told(py, py.detach(|| self.inner.settle(&observed))).map(Statement::new)
    }

    /// Give the document as TOML, with the author's digits; comments are not kept.
    fn to_toml(&self) -> String {
        self.inner.document().to_toml()
    }

    /// Give the document as JSON, with the author's digits.
    fn to_json(&self) -> String {
        self.inner.document().to_json()
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.inner == other.inner
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.inner.hash().as_str().hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self) -> String {
        let (payments, currency) = (self.inner.terms().payments.len(), self.inner.currency());
        format!("Contract('{}', {payments} payments, {currency})", self.inner.name().en)
    }

    fn _repr_html_(&self) -> PyResult<String> {
        let payers = self.inner.terms().payers.iter().map(|payer| self.id(payer.holder)).collect::<Vec<_>>();
        let paid = format!("{}, paid by {} to {}", self.__repr__(), payers.join(", "), self.payee());
        Ok(format!("{}{}", page::sentence(&paid), page::titled("every number of the terms", &self.assumptions()?)))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let read = py.get_type::<Self>().getattr("from_json")?;
        (read, (self.to_json(),)).into_pyobject(py)
    }
}

copied_as_itself!(Contract);

#[pymethods]
impl Model {
    /// The contract that pays for its results; None where the document has none.
    #[getter]
    fn contract(&self) -> Option<Contract> {
        self.core().contract().cloned().map(Contract::new)
    }

    /// Give the model with what a statement pays, as nominal transfers in the years in which it is due.
    ///
    /// Payments are never costs: society's total moves only by what raising the money costs, and in every table by year a
    /// payment stands beside its payer's own saving.
    ///
    /// Parameters
    /// ----------
    /// statement : Statement
    ///     Of the model's own contract, or of one that stands alone and names the same holders.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For a statement of other terms, or in another currency; for what is due outside the years appraised.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> model = si.read("fixtures/models/paid-by-results.toml")
    /// >>> statement = model.contract.settle([{"metric": "days", "date": "2025-06-30", "count": 1_200}])
    /// >>> paid = model.settled(statement).appraise().wrong_pocket_years(counted_in="nominal").to_pylist()
    /// >>> next((row["holder"], int(row["pays"]), int(row["gains"])) for row in paid if row["pays"] and row["gains"])
    /// ('municipality', 448000, 826200)
    #[pyo3(signature = (statement, /))]
    fn settled(&self, py: Python<'_>, statement: &Statement) -> PyResult<Self> {
        if statement.is_changes() {
            return Err(crate::error::plain(py, "changes cannot stand in a model: give a whole statement"));
        }
        told(py, py.detach(|| self.core().settled(statement.core()))).map(Self::new)
    }
}
