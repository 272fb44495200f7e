//! Statements: what a settlement pays, line by line.

use super::Contract;
use crate::error::{Raise, plain, told};
use crate::page;
use crate::results::{content_hash, copied_as_itself, json, values};
use crate::rows::{self, labels};
use crate::table::{Columns, Table, TableError};
use impact_core::contract::{KeptStatement, SettlementFault, Statement as Core};
use impact_core::number::Fault;
use impact_core::report::{StatementReport, StatementRow, StatementTotal, word};
use impact_core::units::Label;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use rust_decimal::Decimal;

/// What observations pay under a contract: lines with their reasons, and what they add up to.
///
/// Of people, lines of fewer than five are told together with the others of their payment and year, without cohort, group and
/// day, and without their number where it is still below five; `every_line` has them one by one.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> peterborough = si.read_contract("fixtures/contracts/peterborough.toml")
/// >>> statement = peterborough.settle("fixtures/contracts/peterborough.observations.toml")
/// >>> for line in statement.lines.to_pylist():
/// ...     print(line["payment"], line["cohort"], int(line["amount"]), line["withheld_en"])
/// cohort cohort-1 0 payment begins at 0.1, which is not reached
/// cohort cohort-2 0 payment begins at 0.1, which is not reached
/// both  1500000 None
#[pyclass(frozen, module = "socialimpact")]
pub struct Statement {
    inner: Core,
    since: Option<Core>,
}

impl Statement {
    /// A statement of the core.
    pub fn new(inner: Core) -> Self {
        Self { inner, since: None }
    }

    /// The statement of the core.
    pub fn core(&self) -> &Core {
        &self.inner
    }

    /// Whether it holds what is new since an earlier statement only.
    pub fn is_changes(&self) -> bool {
        self.since.is_some()
    }

    fn report(&self, py: Python<'_>, every_line: bool) -> PyResult<StatementReport<'_>> {
        told(
            py,
            py.detach(|| match &self.since {
                None => StatementReport::of(&self.inner, every_line).map_err(SettlementFault::from),
                Some(earlier) => StatementReport::since(&self.inner, earlier, every_line),
            }),
        )
    }
}

#[pymethods]
impl Statement {
    /// The contract that was settled.
    #[getter]
    fn contract(&self) -> Contract {
        Contract::new(self.inner.contract().clone())
    }

    /// All that is paid; since an earlier statement, what is paid more.
    #[getter]
    fn total(&self, py: Python<'_>) -> PyResult<Decimal> {
        Ok(self.report(py, true)?.total)
    }

    /// Whether it holds what is new since an earlier statement.
    #[getter]
    fn changes(&self) -> bool {
        self.since.is_some()
    }

    /// The lines in the order of their days. ``before`` is what the schedule gave for all that was seen before, where a payment is for
    /// all that was seen so far: ``by_schedule`` comes beyond it. ``bound_by`` are the addresses of limits; ``withheld_en`` says why nothing is paid;
    /// ``indexed_en`` by which levels prices were carried, ``tested_en`` what a test found that the terms ask for, and ``p_value`` the largest of several;
    /// ``basis_en`` says what a figure was made of: ``count`` of ``of`` people, against ``compared_count`` of ``compared_of``.
    /// ``together`` marks lines of few people told as one: without a day and, of changes, less what is taken back of them.
    #[getter]
    fn lines(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(lines(&self.report(py, false)?.lines)?)
    }

    /// The lines one by one, however few people they are of: not for publication.
    #[getter]
    fn every_line(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(lines(&self.report(py, true)?.lines)?)
    }

    /// What each payer pays of each line.
    #[getter]
    fn shares(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(shares(&self.report(py, false)?.lines)?)
    }

    /// What each payer pays.
    #[getter]
    fn by_payer(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(totals("payer", &self.report(py, false)?.by_payer)?)
    }

    /// What each payment comes to.
    #[getter]
    fn by_payment(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(totals("payment", &self.report(py, false)?.by_payment)?)
    }

    /// What each metric or estimate comes to; fees under an empty id.
    #[getter]
    fn by_metric(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(totals("metric", &self.report(py, false)?.by_metric)?)
    }

    /// What each calendar year of observation comes to.
    #[getter]
    fn by_year(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(totals("year", &self.report(py, false)?.by_year)?)
    }

    /// Claims that nothing is paid for, by payment and reason; ``claims`` is None where they are fewer than five.
    #[getter]
    fn unpaid(&self, py: Python<'_>) -> PyResult<Table> {
        let rows = self.report(py, false)?.unpaid;
        let table = Columns::new().text("payment", rows.iter().map(|row| row.payment.as_str()));
        let table = labels(table, "name", rows.iter().map(|row| Some(&row.name)))
            .words("why", rows.iter().map(|row| word(&row.why)));
        let claims = rows.iter().map(|row| row.claims.and_then(|claims| i64::try_from(claims).ok()));
        Ok(labels(table, "reason", rows.iter().map(|row| Some(&row.reason))).whole("claims", claims).table()?)
    }

    /// What was observed and decides nothing, by estimate and cohort: only one of two groups, or no weight in a pool.
    #[getter]
    fn unused(&self, py: Python<'_>) -> PyResult<Table> {
        let rows = self.report(py, false)?.unused;
        let table = Columns::new().text("estimate", rows.iter().map(|row| row.estimate.as_str()));
        let table = labels(table, "name", rows.iter().map(|row| Some(&row.name)))
            .text("cohort", rows.iter().map(|row| row.cohort.as_str()))
            .words("why", rows.iter().map(|row| word(&row.why)));
        Ok(labels(table, "reason", rows.iter().map(|row| Some(&row.reason))).table()?)
    }

    /// What each payment follows: ``schedule_en`` says from which figure to which amount, ``conditions_en`` what must hold, what
    /// multiplies the amount and what bounds it; its numbers stand in `assumptions` under ``address``.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> denver = si.read_contract("fixtures/contracts/denver.toml")
    /// >>> statement = denver.settle("fixtures/contracts/denver.observations.toml")
    /// >>> [row["schedule_en"] for row in statement.payments.to_pylist()][0]
    /// '15.12 for each unit'
    #[getter]
    fn payments(&self, py: Python<'_>) -> PyResult<Table> {
        let rows = self.report(py, false)?.payments;
        let table = Columns::new().text("payment", rows.iter().map(|row| row.payment.as_str()));
        let table = labels(table, "name", rows.iter().map(|row| Some(&row.name)))
            .text("of", rows.iter().map(|row| row.of.as_str()));
        let table = labels(table, "of_name", rows.iter().map(|row| Some(&row.of_name)));
        let table = labels(table, "schedule", rows.iter().map(|row| Some(&row.schedule)));
        let table = labels(table, "conditions", rows.iter().map(|row| Some(&row.conditions)));
        Ok(table.text("address", rows.iter().map(|row| row.address.as_str())).table()?)
    }

    /// The numbers of the terms that lines follow: address, value, unit, marks and source.
    #[getter]
    fn assumptions(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(rows::assumptions(&self.report(py, false)?.assumptions)?)
    }

    /// What the terms left out that decides lines, and the library filled in.
    #[getter]
    fn defaults(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(rows::defaults(&self.report(py, false)?.defaults)?)
    }

    /// Give what is new since an earlier statement of the same contract: lines that stand only here, and reversals of those that
    /// stood there and no longer do. Everything earlier plus what is new is this statement.
    ///
    /// Parameters
    /// ----------
    /// earlier : Statement
    ///     What was settled before, under the same terms.
    ///
    /// Returns
    /// -------
    /// Statement
    ///     The changes: amounts to be paid now, or paid back.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For a statement of other terms.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> denver = si.read_contract("fixtures/contracts/denver.toml")
    /// >>> days = {"metric": "housing-days", "date": "2020-06-30", "count": 258_858}
    /// >>> first = denver.settle([days])
    /// >>> corrected = denver.settle([{**days, "count": 258_850}])
    /// >>> [int(amount) for amount in corrected.since(first).lines.to_dict()["amount"]]
    /// [-3913932, 3913812]
    #[pyo3(signature = (earlier, /))]
    fn since(&self, py: Python<'_>, earlier: &Self) -> PyResult<Self> {
        if self.since.is_some() || earlier.since.is_some() {
            return Err(plain(py, "changes have no earlier statement: compare two whole statements"));
        }
        let changes = Self { inner: self.inner.clone(), since: Some(earlier.inner.clone()) };
        changes.report(py, false)?;
        Ok(changes)
    }

    /// Give it as dictionaries and lists, numbers as decimal strings.
    ///
    /// Parameters
    /// ----------
    /// every_line : bool, default False
    ///     Whether lines of few people stand by themselves: not for publication.
    #[pyo3(signature = (*, every_line = false))]
    fn to_dict<'py>(&self, py: Python<'py>, every_line: bool) -> PyResult<Bound<'py, PyAny>> {
        values(py, &self.report(py, every_line)?)
    }

    /// Give it as JSON, numbers as decimal strings.
    ///
    /// Parameters
    /// ----------
    /// every_line : bool, default False
    ///     Whether lines of few people stand by themselves: not for publication.
    #[pyo3(signature = (*, every_line = false))]
    fn to_json(&self, py: Python<'_>, every_line: bool) -> PyResult<String> {
        json(py, &self.report(py, every_line)?)
    }

    /// Write it as a workbook (.xlsx) with live formulas: lines, what they add up to, and what they rest on.
    ///
    /// A formula stands where it recomputes to the amount exactly (so many times a price, sums by payer, payment, metric and
    /// year); elsewhere stands the amount. No text of a user becomes a formula. Needs ``openpyxl`` (`pip install
    /// 'socialimpact[excel]'`).
    ///
    /// Parameters
    /// ----------
    /// path : str or path-like
    ///     The file to write, whole or not at all.
    /// lang : {"en", "nb"}, default "en"
    ///     The language of its heads and words.
    /// every_line : bool, default False
    ///     Whether lines of few people stand by themselves: not for publication.
    ///
    /// Raises
    /// ------
    /// OSError
    ///     Where the file cannot be written.
    /// ImpactError
    ///     Where openpyxl is not installed.
    #[pyo3(signature = (path, /, *, lang = "en", every_line = false))]
    fn to_excel(slf: &Bound<'_, Self>, path: &Bound<'_, PyAny>, lang: &str, every_line: bool) -> PyResult<()> {
        write_statement(slf, "socialimpact.report.workbook", "write_statement", path, lang, every_line)
    }

    /// Write it as one HTML file: no script, no network, every text of a user escaped.
    ///
    /// Parameters
    /// ----------
    /// path : str or path-like
    ///     The file to write, whole or not at all.
    /// lang : {"en", "nb"}, default "en"
    ///     The language of its words.
    /// every_line : bool, default False
    ///     Whether lines of few people stand by themselves: not for publication.
    ///
    /// Raises
    /// ------
    /// OSError
    ///     Where the file cannot be written.
    #[pyo3(signature = (path, /, *, lang = "en", every_line = false))]
    fn to_html(slf: &Bound<'_, Self>, path: &Bound<'_, PyAny>, lang: &str, every_line: bool) -> PyResult<()> {
        write_statement(slf, "socialimpact.report.written", "write_html", path, lang, every_line)
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
    ///     The language of its words.
    /// every_line : bool, default False
    ///     Whether lines of few people stand by themselves: not for publication.
    ///
    /// Raises
    /// ------
    /// OSError
    ///     Where the file cannot be written.
    /// ImpactError
    ///     Where the path is no .pdf file, or typst is not installed.
    #[pyo3(signature = (path, /, *, lang = "en", every_line = false))]
    fn to_pdf(slf: &Bound<'_, Self>, path: &Bound<'_, PyAny>, lang: &str, every_line: bool) -> PyResult<()> {
        write_statement(slf, "socialimpact.report.written", "write_pdf", path, lang, every_line)
    }

    fn __len__(&self) -> usize {
        self.inner.lines().len()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let report = self.report(py, false)?;
        let changes = if self.since.is_some() { "changes of " } else { "" };
        let total = report.total.normalize();
        Ok(format!(
            "Statement({changes}'{}', {} lines, {total} {})",
            report.name.en,
            report.lines.len(),
            report.currency
        ))
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        let report = self.report(py, false)?;
        let mut html = page::titled(&report.name.en, &lines(&report.lines)?);
        html.push_str(&page::sentence(&format!("Total: {} {}", report.total.normalize(), report.currency)));
        Ok(html)
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.inner == other.inner && self.since == other.since
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<u64> {
        content_hash(py, &self.report(py, true)?)
    }
}

copied_as_itself!(Statement);

#[pymethods]
impl Statement {
    /// Give the contract, the lines and those of the earlier statement, if any: what pickle writes.
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let earlier = self.since.as_ref().map(|earlier| -> PyResult<_> {
            Ok((Contract::new(earlier.contract().clone()), json(py, &earlier.kept())?))
        });
        let arguments =
            (Contract::new(self.inner.contract().clone()), json(py, &self.inner.kept())?, earlier.transpose()?);
        (py.get_type::<Self>().getattr("_of_kept")?, arguments).into_pyobject(py)
    }

    /// Make the statement that was kept again.
    #[staticmethod]
    fn _of_kept(
        py: Python<'_>,
        contract: &Contract,
        kept: &str,
        earlier: Option<(Py<Contract>, String)>,
    ) -> PyResult<Self> {
        let read = |contract: &Contract, kept: &str| {
            let kept: KeptStatement = told(py, serde_json::from_str(kept))?;
            told(py, Core::of_kept(contract.core(), kept))
        };
        let since = earlier.map(|(contract, kept)| read(contract.get(), &kept)).transpose()?;
        Ok(Self { inner: read(contract, kept)?, since })
    }
}

impl Raise for SettlementFault {
    fn raise(&self, py: Python<'_>) -> PyErr {
        plain(py, &self.to_string())
    }
}

impl Raise for Fault {
    fn raise(&self, py: Python<'_>) -> PyErr {
        plain(py, &self.to_string())
    }
}

fn lines(rows: &[StatementRow]) -> Result<Table, TableError> {
    let limits = |row: &StatementRow| row.bound_by.iter().map(|at| at.as_str()).collect::<Vec<_>>().join(", ");
    let told: Vec<Option<Label>> = rows.iter().map(StatementRow::tests).collect();
    let table = Columns::new()
        .date("date", rows.iter().map(|row| row.date))
        .date("due", rows.iter().map(|row| row.due))
        .whole("year", rows.iter().map(|row| i64::from(row.year)))
        .text("payment", rows.iter().map(|row| row.payment.as_str()));
    let table = labels(table, "name", rows.iter().map(|row| Some(&row.name)))
        .text("cohort", rows.iter().map(|row| row.cohort.as_str()))
        .text("group", rows.iter().map(|row| row.group.as_str()))
        .amount("count", rows.iter().map(|row| row.count))
        .amount("of", rows.iter().map(|row| row.basis.of))
        .text("compared_with", rows.iter().map(|row| row.basis.compared_with.as_deref()))
        .amount("compared_count", rows.iter().map(|row| row.basis.compared_count))
        .amount("compared_of", rows.iter().map(|row| row.basis.compared_of))
        .amount("figure", rows.iter().map(|row| row.figure))
        .amount("by_schedule", rows.iter().map(|row| row.by_schedule))
        .amount("before", rows.iter().map(|row| row.before))
        .amount("amount", rows.iter().map(|row| row.amount))
        .words("bound_by", rows.iter().map(limits))
        .amount("p_value", rows.iter().map(|row| row.tested.iter().filter_map(|tested| tested.p_value).max()));
    let table = labels(table, "basis", rows.iter().map(|row| row.basis.told.as_ref()));
    let tested = labels(table, "tested", told.iter().map(Option::as_ref));
    let carried = rows.iter().map(|row| row.indexed.as_ref().map(|indexed| &indexed.told));
    labels(labels(tested, "indexed", carried), "withheld", rows.iter().map(|row| row.withheld.as_ref()))
        .flag("reversal", rows.iter().map(|row| row.reversal))
        .flag("together", rows.iter().map(|row| row.together))
        .table()
}

fn shares(rows: &[StatementRow]) -> Result<Table, TableError> {
    let shares: Vec<_> = rows.iter().flat_map(|row| row.shares.iter().map(move |share| (row, share))).collect();
    Columns::new()
        .date("date", shares.iter().map(|(row, _)| row.date))
        .date("due", shares.iter().map(|(row, _)| row.due))
        .whole("year", shares.iter().map(|(row, _)| i64::from(row.year)))
        .text("payment", shares.iter().map(|(row, _)| row.payment.as_str()))
        .text("cohort", shares.iter().map(|(row, _)| row.cohort.as_str()))
        .text("group", shares.iter().map(|(row, _)| row.group.as_str()))
        .text("payer", shares.iter().map(|(_, share)| share.payer.as_str()))
        .amount("amount", shares.iter().map(|(_, share)| share.amount))
        .table()
}

fn totals(of: &str, rows: &[StatementTotal]) -> Result<Table, TableError> {
    let table = Columns::new().text(of, rows.iter().map(|row| row.of.as_str()));
    let table = labels(table, "name", rows.iter().map(|row| Some(&row.name)));
    table.amount("amount", rows.iter().map(|row| row.amount)).table()
}

/// Let the package write a statement, by the function of that name.
fn write_statement(
    statement: &Bound<'_, Statement>,
    module: &str,
    function: &str,
    path: &Bound<'_, PyAny>,
    lang: &str,
    every_line: bool,
) -> PyResult<()> {
    let py = statement.py();
    let named = PyDict::new(py);
    named.set_item("language", lang)?;
    named.set_item("every_line", every_line)?;
    py.import(module)?.getattr(function)?.call((statement, path), Some(&named))?;
    Ok(())
}
