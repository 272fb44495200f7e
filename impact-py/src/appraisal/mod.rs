//! Appraisals: a model valued exactly, and the tables that can be read off it.

mod who_pays;
mod writing;

use crate::beside;
use crate::budget::Budget;
use crate::budget_plan::BudgetPlan;
use crate::error::{Raise, plain, told};
use crate::explanation::{Asked, Explanation};
use crate::figure::Figure;
use crate::model::Model;
use crate::named::{holder_id, measure_name, outcome_id};
use crate::page;
use crate::results::{recomputed, values};
use crate::rows;
use crate::table::Table;
use crate::waterfall::Waterfall;
use crate::worth::made_mvpf;
use impact_core::evaluation::{Appraisal as Core, PriceLevel};
use impact_core::model::{Measure, Perspective, Question};
use impact_core::report::{
    AppraisalReport, BudgetPlanReport, BudgetReport, WaterfallReport, evidence_rows, figure_row, finding_rows,
    ledger_rows, measure_rows,
};
use impact_core::units::{Language, Year};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

/// A model valued exactly: its ledger, and every figure that can be read off it.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> result = si.read("fixtures/models/beginner.toml").appraise()
/// >>> float(result.measure("npv"))
/// 20000.0
/// >>> list(zip(result.ledger["class"], result.ledger["present_value"]))
/// [('cost', Decimal('400000')), ('outcome', Decimal('500000')), ('financing', Decimal('80000'))]
#[pyclass(frozen, module = "socialimpact")]
pub struct Appraisal {
    inner: Core,
}

impl Appraisal {
    /// An appraisal of the core.
    pub fn new(inner: Core) -> Self {
        Self { inner }
    }

    /// The appraisal.
    pub fn core(&self) -> &Core {
        &self.inner
    }
}

/// A measure from a perspective, by their names.
pub fn question(py: Python<'_>, measure: &str, holder: &str, outcome: Option<&str>) -> PyResult<Question> {
    let measure: Measure = told(py, measure.parse())?;
    let question = Question::new(measure).seen_by(Perspective::named(holder));
    Ok(match outcome {
        Some(outcome) => question.of_outcome(outcome),
        None => question,
    })
}

fn price_level(py: Python<'_>, name: &str) -> PyResult<PriceLevel> {
    match name {
        "real" => Ok(PriceLevel::Real),
        "nominal" => Ok(PriceLevel::Nominal),
        other => Err(plain(py, &format!("`{other}` is not a price level: choose `real` or `nominal`"))),
    }
}

#[pymethods]
impl Appraisal {
    /// The model.
    #[getter]
    fn model(&self) -> Model {
        Model::new(self.inner.model().clone())
    }

    /// Answer a measure.
    ///
    /// Parameters
    /// ----------
    /// measure : Measure
    ///     The name of the measure.
    /// holder : str, default "society"
    ///     Whose: ``"society"``, ``"public"`` or the id of a holder.
    /// outcome : str, optional
    ///     The outcome, for cost per outcome; needed where the model has several.
    ///
    /// Returns
    /// -------
    /// Figure
    ///     The value with its unit, or the reason why there is none.
    #[pyo3(signature = (measure, *, holder = "society", outcome = None))]
    fn measure(
        slf: &Bound<'_, Self>,
        #[pyo3(from_py_with = measure_name)] measure: &str,
        #[pyo3(from_py_with = holder_id)] holder: &str,
        #[pyo3(from_py_with = outcome_id)] outcome: Option<&str>,
    ) -> PyResult<Figure> {
        let (py, appraisal) = (slf.py(), &slf.get().inner);
        let question = question(py, measure, holder, outcome)?;
        let answer = py.detach(|| appraisal.answer(&question).map(|figure| figure_row(appraisal, &figure)));
        Ok(Figure::new(told(py, answer)?, slf.clone().unbind()))
    }

    /// List the addresses of the numbers behind a measure that somebody invented, in the order of the document.
    ///
    /// Parameters
    /// ----------
    /// measure, holder, outcome
    ///     As for `measure`.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> si.read("fixtures/models/sandefjord.toml").appraise().illustrative_numbers("npv", holder="municipality")[0]
    /// 'outcomes.off-assistance.quantity'
    #[pyo3(signature = (measure = "npv", *, holder = "society", outcome = None))]
    fn illustrative_numbers(
        &self,
        py: Python<'_>,
        #[pyo3(from_py_with = measure_name)] measure: &str,
        holder: &str,
        outcome: Option<&str>,
    ) -> PyResult<Vec<String>> {
        let question = question(py, measure, holder, outcome)?;
        let found = told(py, self.inner.illustrative_numbers(&question))?;
        Ok(found.iter().map(|number| number.address.as_str().to_owned()).collect())
    }

    /// Answer every measure from one perspective; cost per outcome once for each outcome.
    ///
    /// Parameters
    /// ----------
    /// holder : str, default "society"
    ///     Whose: ``"society"``, ``"public"`` or the id of a holder.
    ///
    /// Returns
    /// -------
    /// Table
    ///     A row for each measure: its value and unit, or why it has none.
    #[pyo3(signature = (holder = "society"))]
    fn measures(&self, py: Python<'_>, #[pyo3(from_py_with = holder_id)] holder: &str) -> PyResult<Table> {
        let rows = py.detach(|| measure_rows(&self.inner, &Perspective::named(holder)));
        Ok(rows::measures(&told(py, rows)?)?)
    }

    /// Every posting: who pays, who gains, when and why. Amounts are never negative. ``illustrative`` marks an amount that rests on what
    /// is invented, ``illustrative_cashable``, ``illustrative_nominal`` and ``illustrative_nominal_cashable`` its other columns.
    #[getter]
    fn ledger(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(py.detach(|| rows::ledger(&ledger_rows(&self.inner)))?)
    }

    /// Give what the budgets of a holder pay and save, year by year.
    ///
    /// Parameters
    /// ----------
    /// holder : str, default "public"
    ///     Whose: ``"public"``, ``"society"`` or the id of a holder.
    /// price_level : {"real", "nominal"}, default "real"
    ///     In krone of the price year, or of each year.
    #[pyo3(signature = (holder = "public", price_level = "real"))]
    fn budget(
        slf: &Bound<'_, Self>,
        #[pyo3(from_py_with = holder_id)] holder: &str,
        price_level: &str,
    ) -> PyResult<Budget> {
        let (py, appraisal) = (slf.py(), &slf.get().inner);
        let level = self::price_level(py, price_level)?;
        let report = told(py, py.detach(|| BudgetReport::of(appraisal, Perspective::named(holder), level)))?;
        match &report.absent {
            Some(absent) => Err(plain(py, &absent.en)),
            None => Ok(Budget::new(report, slf.clone().unbind())),
        }
    }

    /// Give four years of the budgets of a holder, line by line, in money of each year.
    ///
    /// Parameters
    /// ----------
    /// holder : str, default "public"
    ///     Whose: ``"public"`` or the id of a public holder.
    /// first_year : int, optional
    ///     The first of the four years; the first year appraised, where none is given.
    #[pyo3(signature = (holder = "public", *, first_year = None))]
    fn budget_plan(
        slf: &Bound<'_, Self>,
        #[pyo3(from_py_with = holder_id)] holder: &str,
        first_year: Option<i64>,
    ) -> PyResult<BudgetPlan> {
        let (py, appraisal) = (slf.py(), &slf.get().inner);
        let first_year = told(py, first_year.map(Year::new).transpose())?;
        let holder = Perspective::named(holder);
        let report = told(py, py.detach(|| BudgetPlanReport::of(appraisal, holder, first_year)))?;
        match &report.absent {
            Some(absent) => Err(plain(py, &absent.en)),
            None => Ok(BudgetPlan::new(report, slf.clone().unbind())),
        }
    }

    /// Give the steps from the gross value of all outcomes to the claimed impact and what it cost.
    ///
    /// Parameters
    /// ----------
    /// holder : str, default "society"
    ///     Whose gains and losses: ``"society"``, ``"public"`` or the id of a holder.
    #[pyo3(signature = (*, holder = "society"))]
    fn waterfall(slf: &Bound<'_, Self>, #[pyo3(from_py_with = holder_id)] holder: &str) -> PyResult<Waterfall> {
        let (py, appraisal) = (slf.py(), &slf.get().inner);
        let report = told(py, py.detach(|| WaterfallReport::of(appraisal, Perspective::named(holder))))?;
        match &report.absent {
            Some(absent) => Err(plain(py, &absent.en)),
            None => Ok(Waterfall::new(report, slf.clone().unbind())),
        }
    }

    /// Give how many numbers stand on which footing, the best first, and how much of the value rests on each at its weakest.
    fn evidence(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(rows::evidence(&told(py, py.detach(|| evidence_rows(&self.inner)))?)?)
    }

    /// Give the appraisal in a few sentences, built from its results.
    ///
    /// Parameters
    /// ----------
    /// language : {"en", "nb"}, default "en"
    ///     English or Norwegian bokmål.
    ///
    /// Returns
    /// -------
    /// tuple of str
    ///     What it is, what was put in, what changed, what is gained and by whom, and what that rests on.
    #[pyo3(signature = (*, language = "en"))]
    fn summary<'py>(slf: &Bound<'py, Self>, language: &str) -> PyResult<Bound<'py, PyAny>> {
        let language = crate::label::language(slf.py(), language)?;
        let code = match language {
            Language::English => "en",
            Language::Bokmal => "nb",
        };
        slf.py().import("socialimpact.wording.summary")?.getattr("summary")?.call1((slf, code))
    }

    /// Give the marginal value of public funds (MVPF): what people would pay over what it costs all public budgets, net.
    ///
    /// Returns
    /// -------
    /// Mvpf
    ///     Both sides, which case it is, and its value where it has one.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> mvpf = si.read("fixtures/models/early-help.toml").appraise().mvpf()
    /// >>> mvpf.sign, round(mvpf.value, 2)
    /// ('ratio', Decimal('16.27'))
    fn mvpf<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        made_mvpf(py, &told(py, py.detach(|| self.inner.mvpf()))?)
    }

    /// Give what each group of people gains and loses, in present values; of each division the groups add up to their holder.
    fn groups(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(rows::groups(&told(py, py.detach(|| self.inner.groups()))?)?)
    }

    /// Give the places that outcomes free of each capacity and year, and those that close in whole steps.
    ///
    /// Returns
    /// -------
    /// Table
    ///     capacity, holder, year, places_per_step, freed, released (the places of whole steps) and steps; no row where the
    ///     model has no `capacities`.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> rows = si.read("fixtures/models/prison-wing.toml").appraise().capacities().to_pylist()
    /// >>> [(row["year"], int(row["freed"]), int(row["released"])) for row in rows]
    /// [(2024, 13, 10), (2025, 22, 20), (2026, 13, 10), (2027, 0, 0)]
    fn capacities(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(rows::capacities(&told(py, py.detach(|| self.inner.capacities()))?)?)
    }

    /// Give the effects that have no price, judged in words on the plus-minus scale; none where the document has no such effect.
    ///
    /// Returns
    /// -------
    /// NonPriced or None
    ///     Each with its consequence, and which way they pull beside the net present value. They enter no sum.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> beside = si.read("fixtures/models/bike-workshop.toml").appraise().non_priced()
    /// >>> list(zip(beside.effects["id"], beside.effects["consequence"]))
    /// [('belonging', '+++'), ('street-life', '++'), ('noise', '-')]
    /// >>> beside.pull, beside.bearing, beside.unverified
    /// ('both-ways', 'divided', True)
    fn non_priced<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        beside::non_priced(py, &self.inner)
    }

    /// Give which goals are served by what and how much; none where the document has no goals.
    ///
    /// Returns
    /// -------
    /// GoalCoverage or None
    ///     A row for each goal and what serves it. Values are never added over goals.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> coverage = si.read("fixtures/models/bike-workshop.toml").appraise().goals()
    /// >>> coverage.unserved, coverage.several
    /// (('climate',), ('into-work',))
    fn goals<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        beside::goals(py, &self.inner)
    }

    /// Give the enterprise's own account beside that of society; none where the document has none.
    ///
    /// Parameters
    /// ----------
    /// price_level : {"real", "nominal"}, default "nominal"
    ///     In krone of the price year, or of each year.
    ///
    /// Returns
    /// -------
    /// EnterpriseAccount or None
    ///     Result, margin and cash by year, how long the cash lasts, and the volume at which income covers costs.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> account = si.read("fixtures/models/bike-workshop.toml").appraise().enterprise()
    /// >>> account.opening_cash + sum(account.years["net"]) == account.closing_cash
    /// True
    #[pyo3(signature = (price_level = "nominal"))]
    fn enterprise<'py>(&self, py: Python<'py>, price_level: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
        beside::enterprise(py, &self.inner, self::price_level(py, price_level)?)
    }

    /// Give the causal units of each outcome, net of deadweight and displacement.
    fn outcome_units(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(py.detach(|| rows::outcome_units(self.inner.outcome_units()))?)
    }

    /// Give the causal units of each outcome in each year.
    fn outcome_units_by_year(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(py.detach(|| rows::outcome_units_by_year(self.inner.outcome_units()))?)
    }

    /// Give units as prices count them that are not per unit of their outcome: recipient-years beside person-years.
    fn priced_units(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(py.detach(|| rows::priced_units(self.inner.outcome_units()))?)
    }

    /// Give what a careful reader would ask, the gravest first.
    fn findings(&self, py: Python<'_>) -> PyResult<Table> {
        Ok(py.detach(|| rows::findings(&finding_rows(self.inner.findings())))?)
    }

    /// Take a figure apart, down to the sources of its numbers.
    ///
    /// Parameters
    /// ----------
    /// address_or_measure : str
    ///     The address of a cost, transfer, outcome, value or number; or the name of a measure.
    /// holder : str, default "society"
    ///     Whose measure.
    /// outcome : str, optional
    ///     Of which outcome, for cost per outcome.
    #[pyo3(signature = (address_or_measure, *, holder = "society", outcome = None))]
    fn explain(
        slf: &Bound<'_, Self>,
        address_or_measure: &str,
        #[pyo3(from_py_with = holder_id)] holder: &str,
        #[pyo3(from_py_with = outcome_id)] outcome: Option<&str>,
    ) -> PyResult<Explanation> {
        let (py, appraisal) = (slf.py(), &slf.get().inner);
        let explained = if address_or_measure.parse::<Measure>().is_ok() {
            let question = question(py, address_or_measure, holder, outcome)?;
            py.detach(|| appraisal.explain_measure(&question))
        } else {
            py.detach(|| appraisal.explain(address_or_measure))
        };
        let asked = Asked {
            what: address_or_measure.to_owned(),
            holder: holder.to_owned(),
            outcome: outcome.map(str::to_owned),
        };
        Ok(Explanation::new(told(py, explained)?, asked, slf.clone().unbind()))
    }

    /// What made this result: the same provenance gives the same digits.
    #[getter]
    fn provenance<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        values(py, &self.inner.provenance())
    }

    /// Give everything as one JSON document, numbers as decimal strings; break-even questions are answered in it.
    ///
    /// Parameters
    /// ----------
    /// plan_from : int, optional
    ///     The first year of the budget plans in it; the first year appraised, where none is given.
    #[pyo3(signature = (*, plan_from = None))]
    fn to_json(&self, py: Python<'_>, plan_from: Option<i64>) -> PyResult<String> {
        let plan_from = told(py, plan_from.map(Year::new).transpose())?;
        let report = || AppraisalReport::planned(&self.inner, plan_from);
        let text = py.detach(|| report().map(|report| serde_json::to_string(&report)));
        told(py, told(py, text)?)
    }

    /// Give everything as dictionaries and lists, numbers as decimal strings; break-even questions are answered in it.
    ///
    /// Parameters
    /// ----------
    /// plan_from : int, optional
    ///     The first year of the budget plans in it; the first year appraised, where none is given.
    #[pyo3(signature = (*, plan_from = None))]
    fn to_dict<'py>(&self, py: Python<'py>, plan_from: Option<i64>) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?.getattr("loads")?.call1((self.to_json(py, plan_from)?,))
    }

    fn __repr__(&self) -> String {
        let model = self.inner.model();
        format!("Appraisal({}, {} postings)", model.name(), self.inner.ledger().postings().len())
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        let measures = measure_rows(&self.inner, &Perspective::Society).map_err(|error| error.raise(py))?;
        let pockets = told(py, self.inner.wrong_pocket())?;
        Ok([
            page::titled(&self.inner.model().name().en, &rows::measures_shown(&measures, self.inner.model())?),
            page::titled("who pays and who gains", &rows::wrong_pocket_shown(&pockets.rows, self.inner.model())?),
        ]
        .concat())
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.inner.model() == other.inner.model()
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<u64> {
        crate::results::content_hash(py, self.inner.model().hash())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let model = Bound::new(py, self.model())?;
        recomputed(py, "appraise", None, None, model.as_any())
    }
}

crate::results::copied_as_itself!(Appraisal);
