//! Cash flows: who pays whom how much on which day, and what each party earns or loses.

use super::{Contract, Statement};
use crate::error::{plain, told};
use crate::page;
use crate::results::{content_hash, copied_as_itself, json, values};
use crate::rows::{self, labels};
use crate::table::{Columns, Table, TableError};
use impact_core::contract::{CashFlows as Core, Party};
use impact_core::report::{CashFlowReport, CashFlowRow, PartyRow, ReturnsRow, TrancheRow, word};
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use rust_decimal::Decimal;

/// The cash flows of a contract for what a statement pays: nominal, on their days, exact to the smallest unit that is paid.
///
/// Every flow has two ends: the parties add up to zero on every day. Where the document has no ``finance`` there are only the
/// payments for results.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> rikers = si.read_contract("fixtures/contracts/rikers.toml")
/// >>> statement = rikers.settle([{"metric": "reduction", "date": "2015-07-02", "count": 0}])
/// >>> loan = rikers.cash_flows(statement).tranches.to_pylist()[0]
/// >>> [int(loan[column]) for column in ("drawn", "guaranteed", "loss", "planned_loss", "upside")]
/// [7200000, 6000000, 1200000, 2400000, 0]
#[pyclass(frozen, module = "socialimpact")]
pub struct CashFlows {
    inner: Core,
    statement: Py<Statement>,
}

impl CashFlows {
    fn report(&self, py: Python<'_>, every_line: bool) -> PyResult<CashFlowReport> {
        let statement = self.statement.get().core();
        told(py, py.detach(|| CashFlowReport::of(&self.inner, statement, every_line)))
    }
}

#[pymethods]
impl Contract {
    /// Give who pays whom how much on which day for what a statement pays.
    ///
    /// Parameters
    /// ----------
    /// statement : Statement
    ///     Of this contract.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     With every cost that the contract's account cannot pay, the day and what is lacking; for a statement of another
    ///     contract, or one that holds changes only.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> norrkoping = si.read_contract("fixtures/contracts/norrkoping.toml")
    /// >>> statement = norrkoping.settle([{"metric": "saving", "date": "2019-12-31", "count": 0}])
    /// >>> for party in norrkoping.cash_flows(statement).parties.to_pylist():
    /// ...     print(party["party"], int(party["total"]))
    /// municipality 3500000
    /// investor -3500000
    /// contract.account 0
    #[pyo3(signature = (statement, /))]
    fn cash_flows(&self, py: Python<'_>, statement: Py<Statement>) -> PyResult<CashFlows> {
        if statement.get().is_changes() {
            return Err(plain(py, "changes have no cash flows: give a whole statement"));
        }
        let inner = told(py, py.detach(|| self.core().cash_flows(statement.get().core())))?;
        Ok(CashFlows { inner, statement })
    }
}

#[pymethods]
impl CashFlows {
    /// The contract.
    #[getter]
    fn contract(&self) -> Contract {
        Contract::new(self.inner.contract().clone())
    }

    /// Every flow in the order of the days. ``from`` and ``to`` are ids of holders, ``contract.account`` or
    /// ``contract.delivery``; ``cause`` is the address of what makes it. Flows of days on which few people are paid for are told
    /// ``together`` by year, without their day.
    #[getter]
    fn flows(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(flows(&self.report(py, false)?.flows)?)
    }

    /// Every flow on its day, of however few people: for those who keep the books, not for publication.
    #[getter]
    fn every_flow(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(flows(&self.report(py, true)?.flows)?)
    }

    /// What each party pays and receives: totals, internal rate of return per year (or why there is not exactly one), multiple on
    /// what it paid, and the day on which that has come back.
    #[getter]
    fn parties(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(parties(&self.report(py, false)?.parties)?)
    }

    /// What each tranche put in and got back: ``loss`` is what did not come back in any way, ``planned_loss`` the loss if nothing
    /// were paid for results, ``upside`` what came back beyond what was put in.
    #[getter]
    fn tranches(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(tranches(&self.report(py, false)?.tranches)?)
    }

    /// What each party pays (below zero) and receives on each day; days on which few people are paid for are told together by year.
    #[getter]
    fn by_date(&self, py: Python<'_>) -> PyResult<Table> {
        let rows = self.report(py, false)?.by_date;
        let table = Columns::new()
            .text("party", rows.iter().map(|row| row.party.as_str()))
            .date("date", rows.iter().map(|row| row.date))
            .whole("year", rows.iter().map(|row| i64::from(row.year)))
            .amount("amount", rows.iter().map(|row| row.amount));
        Ok(table.table()?)
    }

    /// The name of the day count of the rates of return.
    #[getter]
    fn day_count(&self, py: Python<'_>) -> PyResult<&'static str> {
        Ok(self.report(py, false)?.day_count.name())
    }

    /// Whether the takeover's test was met; None where there is no takeover.
    #[getter]
    fn taken_over(&self) -> Option<bool> {
        self.inner.taken_over()
    }

    /// What the terms left out and the library filled in.
    #[getter]
    fn defaults(&self) -> PyResult<Table> {
        Ok(rows::defaults(self.inner.contract().defaults())?)
    }

    /// Give it as dictionaries and lists, amounts as decimal strings.
    ///
    /// Parameters
    /// ----------
    /// every_line : bool, default False
    ///     Every flow on its day, of however few people.
    #[pyo3(signature = (*, every_line = false))]
    fn to_dict<'py>(&self, py: Python<'py>, every_line: bool) -> PyResult<Bound<'py, PyAny>> {
        values(py, &self.report(py, every_line)?)
    }

    /// Give it as JSON, amounts as decimal strings.
    ///
    /// Parameters
    /// ----------
    /// every_line : bool, default False
    ///     Every flow on its day, of however few people.
    #[pyo3(signature = (*, every_line = false))]
    fn to_json(&self, py: Python<'_>, every_line: bool) -> PyResult<String> {
        json(py, &self.report(py, every_line)?)
    }

    /// Draw what each party pays (below zero) and receives on each day, with matplotlib; by year, where there are many days.
    ///
    /// Parameters
    /// ----------
    /// ax : matplotlib Axes, optional
    ///     Where to draw; left out, a figure of its own.
    /// lang : Language, default "en"
    ///     The language of texts and numbers.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> from socialimpact import plots
    /// >>> rikers = si.read_contract("fixtures/contracts/rikers.toml")
    /// >>> statement = rikers.settle([{"metric": "reduction", "date": "2015-07-02", "count": 0}])
    /// >>> plots.alt_text(rikers.cash_flows(statement).plot()).partition(":")[0]
    /// 'Who pays and receives what, and when'
    #[pyo3(signature = (ax = None, lang = "en"))]
    fn plot<'py>(slf: &Bound<'py, Self>, ax: Option<&Bound<'py, PyAny>>, lang: &str) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("socialimpact.plots.flows")?.getattr("flows")?.call1((slf, ax, lang))
    }

    fn __len__(&self) -> usize {
        self.inner.flows().len()
    }

    fn __repr__(&self) -> String {
        let (name, flows) = (self.inner.contract().name(), self.inner.flows().len());
        let parties = self.inner.parties().iter().filter(|party| matches!(party, Party::Holder(_))).count();
        format!("CashFlows('{}', {flows} flows between {parties} parties)", name.en)
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        let report = self.report(py, false)?;
        let mut html = page::titled(&report.name.en, &parties(&report.parties)?);
        html.push_str(&tranches(&report.tranches)?.page());
        html.push_str(&flows(&report.flows)?.page());
        Ok(html)
    }

    /// Give the contract and the statement, from which pickle makes the flows again.
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let again = py.get_type::<Contract>().getattr("cash_flows")?;
        (again, (self.contract(), self.statement.clone_ref(py))).into_pyobject(py)
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.inner == other.inner
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<u64> {
        content_hash(py, &self.report(py, true)?)
    }
}

copied_as_itself!(CashFlows);

fn flows(rows: &[CashFlowRow]) -> Result<Table, TableError> {
    let table = Columns::new()
        .date("date", rows.iter().map(|row| row.date))
        .whole("year", rows.iter().map(|row| i64::from(row.year)))
        .text("from", rows.iter().map(|row| row.from.as_str()))
        .text("to", rows.iter().map(|row| row.to.as_str()))
        .amount("amount", rows.iter().map(|row| row.amount))
        .words("kind", rows.iter().map(|row| word(&row.kind)));
    labels(table, "name", rows.iter().map(|row| Some(&row.name)))
        .text("tranche", rows.iter().map(|row| row.tranche.as_deref()))
        .text("cause", rows.iter().map(|row| row.cause.as_str()))
        .flag("together", rows.iter().map(|row| row.together))
        .table()
}

fn parties(rows: &[PartyRow]) -> Result<Table, TableError> {
    let table = Columns::new().text("party", rows.iter().map(|row| row.party.as_str()));
    let table = labels(table, "name", rows.iter().map(|row| Some(&row.name)));
    returns(table, rows.iter().map(|row| &row.returns)).table()
}

fn tranches(rows: &[TrancheRow]) -> Result<Table, TableError> {
    let amounts = |pick: fn(&TrancheRow) -> Decimal| rows.iter().map(pick);
    let table = Columns::new().text("tranche", rows.iter().map(|row| row.tranche.as_str()));
    let table = labels(table, "name", rows.iter().map(|row| Some(&row.name)))
        .text("holder", rows.iter().map(|row| row.holder.as_str()))
        .amount("drawn", amounts(|row| row.drawn))
        .amount("repaid", amounts(|row| row.repaid))
        .amount("coupon", amounts(|row| row.coupon))
        .amount("surplus", amounts(|row| row.surplus))
        .amount("guaranteed", amounts(|row| row.guaranteed))
        .amount("unpaid_coupon", amounts(|row| row.unpaid_coupon))
        .amount("loss", amounts(|row| row.loss))
        .amount("planned_loss", rows.iter().map(|row| row.planned_loss));
    let table = labels(table, "why_no_planned_loss", rows.iter().map(|row| row.why_no_planned_loss.as_ref()))
        .amount("upside", amounts(|row| row.upside));
    returns(table, rows.iter().map(|row| &row.returns)).table()
}

/// The columns of figures seen from one side.
fn returns<'a>(table: Columns, rows: impl Iterator<Item = &'a ReturnsRow> + Clone) -> Columns {
    let table = table
        .amount("paid", rows.clone().map(|row| row.paid))
        .amount("received", rows.clone().map(|row| row.received))
        .amount("total", rows.clone().map(|row| row.total))
        .ratio("xirr", rows.clone().map(|row| row.xirr));
    let table = labels(table, "why_no_xirr", rows.clone().map(|row| row.why_no_xirr.as_ref()))
        .amount("moic", rows.clone().map(|row| row.moic));
    let table = labels(table, "why_no_moic", rows.clone().map(|row| row.why_no_moic.as_ref()))
        .date("paid_back", rows.clone().map(|row| row.paid_back));
    labels(table, "why_not_paid_back", rows.map(|row| row.why_not_paid_back.as_ref()))
}
