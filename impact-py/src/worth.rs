//! What an intervention is worth: the marginal value of public funds, weights of incomes, and options side by side.
//!
//! The results are Python classes, made of what the core gives as JSON.

use crate::error::{plain, told};
use crate::model::Model;
use crate::named::{holder_id, outcome_id};
use crate::results::values;
use crate::returns::{elements, none_of, number};
use impact_core::analysis::{self, CostCounted, CostEffectiveness, EffectivenessQuestion};
use impact_core::evaluation::{self, Mvpf};
use impact_core::model::Perspective;
use impact_core::reference::NothingForNothing;
use impact_core::simulation::MvpfDraws;
use pyo3::prelude::*;
use rust_decimal::Decimal;

/// A result as the Python class of its name.
fn made<'py>(py: Python<'py>, class: &str, found: &impl serde::Serialize) -> PyResult<Bound<'py, PyAny>> {
    py.import("socialimpact.worth")?.getattr(class)?.call_method1("_of", (values(py, found)?,))
}

/// A marginal value of public funds as `socialimpact.Mvpf`.
pub fn made_mvpf<'py>(py: Python<'py>, found: &Mvpf) -> PyResult<Bound<'py, PyAny>> {
    made(py, "Mvpf", found)
}

/// One over draws as `socialimpact.MvpfDraws`.
pub fn made_mvpf_draws<'py>(py: Python<'py>, found: &MvpfDraws) -> PyResult<Bound<'py, PyAny>> {
    made(py, "MvpfDraws", found)
}

fn nothing(py: Python<'_>, word: &str) -> PyResult<NothingForNothing> {
    let known: Vec<&str> = NothingForNothing::ALL.iter().map(|one| one.word()).collect();
    word.parse().map_err(|_| none_of(py, "nothing_for_nothing", word, &known))
}

/// Put willingness to pay over net cost by their signs: the marginal value of public funds (MVPF).
///
/// Parameters
/// ----------
/// willingness_to_pay, net_cost : int, float or Decimal
///     What people would pay, and what all public budgets pay less what they save. A float enters by its shortest text.
/// programme_cost : int, float or Decimal, optional
///     What public budgets pay out for the programme, for the benefit-cost ratio beside it.
/// nothing_for_nothing : {"undefined", "infinite"}, default "undefined"
///     What nothing over nothing is; published code prints infinite.
///
/// Returns
/// -------
/// Mvpf
///     Which case it is, and its value where it has one.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> si.mvpf(5, 2).value
/// Decimal('2.5')
/// >>> si.mvpf(5, -3).sign, si.mvpf(-2, -4).sign
/// ('infinite', 'harm-per-unit-saved')
#[pyfunction]
#[pyo3(signature = (willingness_to_pay, net_cost, *, programme_cost = None, nothing_for_nothing = "undefined"))]
pub fn mvpf<'py>(
    py: Python<'py>,
    willingness_to_pay: &Bound<'py, PyAny>,
    net_cost: &Bound<'py, PyAny>,
    programme_cost: Option<&Bound<'py, PyAny>>,
    nothing_for_nothing: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let programme = programme_cost.map(|cost| number(cost, "programme_cost")).transpose()?.unwrap_or(Decimal::ZERO);
    let (wtp, cost) = (number(willingness_to_pay, "willingness_to_pay")?, number(net_cost, "net_cost")?);
    made_mvpf(py, &told(py, Mvpf::new(wtp, cost, programme, nothing(py, nothing_for_nothing)?))?)
}

/// Put draws of willingness to pay over draws of net cost: what share of them is which case, and an interval.
///
/// Draws on the other side of the point estimate are missing; with as many missing as the interval leaves out, it is the whole
/// line.
///
/// Parameters
/// ----------
/// willingness_to_pay, net_cost : sequence of float
///     The two sides, draw by draw.
/// point : (float, float)
///     The point estimates of the two.
/// level : float, default 0.95
///     The chance that the interval is meant to hold.
/// nothing_for_nothing : {"undefined", "infinite"}, default "undefined"
///     What nothing over nothing is.
///
/// Returns
/// -------
/// MvpfDraws
///     Shares of the cases, interval, and the ratio of the means, E[willingness to pay] / E[net cost].
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> found = si.mvpf_draws([1, 2, 3, 4], [1, 1, 1, -1], point=(2.5, 0.5), level=0.5)
/// >>> found.low, found.high, found.ratio_of_means
/// (1.5, inf, 5.0)
#[pyfunction]
#[pyo3(signature = (willingness_to_pay, net_cost, *, point, level = 0.95, nothing_for_nothing = "undefined"))]
pub fn mvpf_draws<'py>(
    py: Python<'py>,
    willingness_to_pay: &Bound<'py, PyAny>,
    net_cost: &Bound<'py, PyAny>,
    point: (f64, f64),
    level: f64,
    nothing_for_nothing: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let draws = |object, name| {
        elements(object, name, "numbers")?.map(|draw| draw?.extract::<f64>()).collect::<PyResult<Vec<f64>>>()
    };
    let (wtp, cost) = (draws(willingness_to_pay, "willingness_to_pay")?, draws(net_cost, "net_cost")?);
    let nothing = nothing(py, nothing_for_nothing)?;
    let found = py.detach(|| MvpfDraws::of(&wtp, &cost, point, level, nothing));
    made_mvpf_draws(py, &told(py, found)?)
}

/// Give how much a krone counts to whoever has an income: ``(median_income / income) ** elasticity``, to 12 digits.
///
/// Parameters
/// ----------
/// income : number
///     The income of whoever gains, above zero.
/// median_income : number
///     The income whose krone counts one, in the same money and unit.
/// elasticity : number
///     How fast a krone counts less as income rises: 0 not at all.
///
/// Returns
/// -------
/// Decimal
///     What a krone is multiplied by.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> si.distributional_weight(25_000, median_income=35_000, elasticity=1.3)
/// Decimal('1.54869696187')
#[pyfunction]
#[pyo3(signature = (income, *, median_income, elasticity))]
pub fn distributional_weight(
    py: Python<'_>,
    income: &Bound<'_, PyAny>,
    median_income: &Bound<'_, PyAny>,
    elasticity: &Bound<'_, PyAny>,
) -> PyResult<Decimal> {
    let (income, median) = (number(income, "income")?, number(median_income, "median_income")?);
    let weight = evaluation::distributional_weight(income, median, number(elasticity, "elasticity")?);
    weight.ok_or_else(|| plain(py, "there is no weight: incomes are above zero, and the weight within 28 digits"))
}

/// Set several models side by side against one of them: what a unit more costs, and which of them are dominated.
///
/// Parameters
/// ----------
/// models : sequence of Model
///     The options, in any order.
/// comparator : int, default 0
///     The position of the one the others are held against.
/// outcome : str, optional
///     The outcome whose units are counted, by its id in every model; may be left out where each has one. A model without
///     outcomes is doing nothing.
/// holder : str, default "society"
///     Whose cost.
/// cost : {"inputs", "net-public-cost"}, default "inputs"
///     Resources paid for, or what public budgets pay less what they save.
/// discount_units : bool, default True
///     Whether units of later years count for less, as money does.
///
/// Returns
/// -------
/// CostEffectiveness
///     A row for each option.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> model = si.read("fixtures/models/beginner.toml")
/// >>> more = model.with_({"outcomes.less-lonely.quantity": 40, "costs.team.amount": 700_000})
/// >>> found = si.cost_effectiveness([model, more])
/// >>> found.options.to_pylist()[1]["per_unit"]
/// Decimal('20000')
#[pyfunction]
#[pyo3(signature = (models, comparator = 0, *, outcome = None, holder = "society", cost = "inputs", discount_units = true))]
pub fn cost_effectiveness<'py>(
    py: Python<'py>,
    models: Vec<PyRef<'py, Model>>,
    comparator: usize,
    #[pyo3(from_py_with = outcome_id)] outcome: Option<&str>,
    #[pyo3(from_py_with = holder_id)] holder: &str,
    cost: &str,
    discount_units: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let cost = match cost {
        "inputs" => CostCounted::Inputs,
        "net-public-cost" => CostCounted::NetPublicCost,
        other => return Err(none_of(py, "cost", other, &["inputs", "net-public-cost"])),
    };
    let asked = EffectivenessQuestion {
        outcome: outcome.map(str::to_owned),
        perspective: Perspective::named(holder),
        cost,
        discount_units,
    };
    let models: Vec<_> = models.iter().map(|model| model.core().clone()).collect();
    let appraisals = py.detach(|| models.iter().map(|model| model.appraise()).collect::<Result<Vec<_>, _>>());
    let appraisals = told(py, appraisals)?;
    let options: Vec<_> = appraisals.iter().collect();
    let found: CostEffectiveness = told(py, py.detach(|| analysis::cost_effectiveness(&options, comparator, &asked)))?;
    let table = crate::rows::options(&found.options)?;
    py.import("socialimpact.worth")?.getattr("CostEffectiveness")?.call_method1("_of", (values(py, &found)?, table))
}
