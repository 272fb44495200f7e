//! Distributions: uncertain numbers, made by the names that documents use.
//!
//! One rule: a call builds the form a document would have, and the core reads it; a distribution travels as that form.

mod asked;
mod made;
mod written;

pub use asked::{answer, float, numbers};

use crate::document::{kind, python};
use crate::error::{at_argument, told};
use crate::named::address_text;
use crate::page;
use crate::results::content_hash;
use crate::table::{Columns, Table};
use impact_core::address::Address;
use impact_core::document::Node;
use impact_core::model::Uncertain;
use impact_core::simulation::{Column, Seed, caveats};
use pyo3::exceptions::PyMemoryError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use rust_decimal::Decimal;
use std::convert::Infallible;

/// Points a summary may have.
const POINTS: std::ops::RangeInclusive<usize> = 2..=100_000;
/// What a notebook shows beside mean and standard deviation.
const SHOWN: [(&str, f64); 3] = [("5 %", 0.05), ("50 %", 0.5), ("95 %", 0.95)];

type Object<'a, 'py> = &'a Bound<'py, PyAny>;
type Optional<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

/// An uncertain number: what it may be, how likely each value is, and what it is on average.
///
/// Made by the name of its form, with the same names and meanings as in a document. Floats enter by their shortest text
/// (``0.1`` is one tenth). A distribution may stand anywhere in a document that is given as Python's own values, and in
/// `Model.with_`.
///
/// Notes
/// -----
/// What the makers are given, each in the unit of the number unless said otherwise:
///
/// - ``low``, ``mode``, ``high``: the least, the likeliest and the largest value; ``mean``, ``sd``: mean and standard deviation.
/// - ``quantiles``: two chances between 0 and 1, each with the value that so much lies at or below: ``{0.1: 3, 0.9: 8}``.
/// - ``mu``, ``sigma``: mean and standard deviation of the logarithm; ``alpha``, ``beta``, ``shape``, ``df``: shapes, without a unit.
/// - ``scale``, ``location``: how wide, and around what.
/// - ``n``, ``p``: how many trials, and the chance of each. ``dispersion``: the smaller, the wider: variance = mean + mean² / dispersion.
/// - ``values``, ``edges``, ``components``, ``of``: values, ends of intervals, and distributions; of ``weights`` only the shares count.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> deadweight = si.Distribution.beta(mean=0.3, sd=0.1)
/// >>> deadweight.mean
/// 0.3
/// >>> [round(value, 3) for value in deadweight.quantile([0.05, 0.5, 0.95])]
/// [0.147, 0.293, 0.476]
/// >>> model = si.read("fixtures/models/beginner.toml")
/// >>> model = model.with_({"outcomes.less-lonely.deadweight": deadweight})
/// >>> model.distribution("outcomes.less-lonely.deadweight") == deadweight
/// True
#[pyclass(frozen, module = "socialimpact")]
pub struct Distribution {
    inner: Uncertain,
}

impl Distribution {
    /// A distribution with its form.
    pub fn new(inner: Uncertain) -> Self {
        Self { inner }
    }

    /// The form, as it stands in a document.
    pub fn form(&self) -> &Node {
        self.inner.form()
    }

    fn core(&self) -> &impact_core::distribution::Distribution {
        self.inner.distribution()
    }
}

/// Five digits, for a notebook.
fn shown(value: f64) -> Option<f64> {
    format!("{value:.4e}").parse().ok()
}

#[pymethods]
impl Distribution {
    /// Make every value from low to high equally likely; or give two quantiles, ``{0.1: 3, 0.9: 8}``.
    #[staticmethod]
    #[pyo3(signature = (low = None, high = None, *, quantiles = None))]
    fn uniform(
        py: Python<'_>,
        low: Optional<'_, '_>,
        high: Optional<'_, '_>,
        quantiles: Optional<'_, '_>,
    ) -> PyResult<Self> {
        match quantiles {
            None => made::row(py, "uniform", &[("low", low), ("high", high)], None),
            Some(_) => made::table(py, "uniform", &[("low", low), ("high", high), ("quantiles", quantiles)]),
        }
    }

    /// Make a straight rise from low to mode and a straight fall to high.
    #[staticmethod]
    fn triangular(py: Python<'_>, low: Object<'_, '_>, mode: Object<'_, '_>, high: Object<'_, '_>) -> PyResult<Self> {
        made::row(py, "triangular", &[("low", Some(low)), ("mode", Some(mode)), ("high", Some(high))], None)
    }

    /// Make the smooth form of three points, whose mean is (low + 4 mode + high) / 6.
    #[staticmethod]
    fn pert(py: Python<'_>, low: Object<'_, '_>, mode: Object<'_, '_>, high: Object<'_, '_>) -> PyResult<Self> {
        made::row(py, "pert", &[("low", Some(low)), ("mode", Some(mode)), ("high", Some(high))], None)
    }

    /// Make a normal distribution by mean and sd, or by two quantiles, ``{0.1: 3, 0.9: 8}``.
    #[staticmethod]
    #[pyo3(signature = (*, mean = None, sd = None, quantiles = None))]
    fn normal(
        py: Python<'_>,
        mean: Optional<'_, '_>,
        sd: Optional<'_, '_>,
        quantiles: Optional<'_, '_>,
    ) -> PyResult<Self> {
        made::table(py, "normal", &[("mean", mean), ("sd", sd), ("quantiles", quantiles)])
    }

    /// Make a distribution whose logarithm is normal: by mean and sd, by mu and sigma of the logarithm, or by two quantiles.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> wage = si.Distribution.lognormal(quantiles={0.05: 300_000, 0.95: 700_000})
    /// >>> round(wage.quantile(0.5))
    /// 458258
    #[staticmethod]
    #[pyo3(signature = (*, mean = None, sd = None, mu = None, sigma = None, quantiles = None))]
    fn lognormal(
        py: Python<'_>,
        mean: Optional<'_, '_>,
        sd: Optional<'_, '_>,
        mu: Optional<'_, '_>,
        sigma: Optional<'_, '_>,
        quantiles: Optional<'_, '_>,
    ) -> PyResult<Self> {
        let named = [("mean", mean), ("sd", sd), ("mu", mu), ("sigma", sigma), ("quantiles", quantiles)];
        made::table(py, "lognormal", &named)
    }

    /// Make a share between 0 and 1, by mean and sd, by its shapes alpha and beta, or by two quantiles.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> deadweight = si.Distribution.beta(quantiles={0.1: 0.2, 0.9: 0.5})
    /// >>> round(deadweight.quantile(0.1), 9), round(deadweight.quantile(0.9), 9)
    /// (0.2, 0.5)
    #[staticmethod]
    #[pyo3(signature = (*, mean = None, sd = None, alpha = None, beta = None, quantiles = None))]
    fn beta(
        py: Python<'_>,
        mean: Optional<'_, '_>,
        sd: Optional<'_, '_>,
        alpha: Optional<'_, '_>,
        beta: Optional<'_, '_>,
        quantiles: Optional<'_, '_>,
    ) -> PyResult<Self> {
        let named = [("mean", mean), ("sd", sd), ("alpha", alpha), ("beta", beta), ("quantiles", quantiles)];
        made::table(py, "beta", &named)
    }

    /// Make a gamma distribution, by mean and sd, by shape and scale, or by two quantiles, ``{0.05: 3, 0.95: 20}``.
    #[staticmethod]
    #[pyo3(signature = (*, mean = None, sd = None, shape = None, scale = None, quantiles = None))]
    fn gamma(
        py: Python<'_>,
        mean: Optional<'_, '_>,
        sd: Optional<'_, '_>,
        shape: Optional<'_, '_>,
        scale: Optional<'_, '_>,
        quantiles: Optional<'_, '_>,
    ) -> PyResult<Self> {
        let named = [("mean", mean), ("sd", sd), ("shape", shape), ("scale", scale), ("quantiles", quantiles)];
        made::table(py, "gamma", &named)
    }

    /// Make a distribution with heavy tails: Student's t with df degrees of freedom, moved to location, stretched by scale.
    #[staticmethod]
    #[pyo3(signature = (*, location, scale, df))]
    fn student(py: Python<'_>, location: Object<'_, '_>, scale: Object<'_, '_>, df: Object<'_, '_>) -> PyResult<Self> {
        made::table(py, "student", &[("location", Some(location)), ("scale", Some(scale)), ("df", Some(df))])
    }

    /// Make a count of independent events, by its mean.
    #[staticmethod]
    fn poisson(py: Python<'_>, mean: Object<'_, '_>) -> PyResult<Self> {
        made::number(py, "poisson", ("mean", mean))
    }

    /// Make a count of successes among n, each with chance p.
    #[staticmethod]
    #[pyo3(signature = (*, n, p))]
    fn binomial(py: Python<'_>, n: Object<'_, '_>, p: Object<'_, '_>) -> PyResult<Self> {
        made::table(py, "binomial", &[("n", Some(n)), ("p", Some(p))])
    }

    /// Make a count that spreads more than a Poisson count, by mean and dispersion or by mean and sd.
    #[staticmethod]
    #[pyo3(signature = (*, mean, dispersion = None, sd = None))]
    fn negative_binomial(
        py: Python<'_>,
        mean: Object<'_, '_>,
        dispersion: Optional<'_, '_>,
        sd: Optional<'_, '_>,
    ) -> PyResult<Self> {
        made::table(py, "negative_binomial", &[("mean", Some(mean)), ("dispersion", dispersion), ("sd", sd)])
    }

    /// Make single values with weights: a mapping ``{value: weight}`` or pairs. Only the shares of the weights count.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> si.Distribution.discrete({0: 1, 10: 3}).mean
    /// 7.5
    #[staticmethod]
    fn discrete(py: Python<'_>, values: Object<'_, '_>) -> PyResult<Self> {
        made::list(py, "discrete", ("values", values))
    }

    /// Make observed values, each as likely as the next.
    #[staticmethod]
    fn empirical(py: Python<'_>, values: Object<'_, '_>) -> PyResult<Self> {
        made::list(py, "empirical", ("values", values))
    }

    /// Make intervals with weights, values within an interval equally likely: one edge more than weights.
    #[staticmethod]
    #[pyo3(signature = (*, edges, weights))]
    fn histogram(py: Python<'_>, edges: Object<'_, '_>, weights: Object<'_, '_>) -> PyResult<Self> {
        made::table(py, "histogram", &[("edges", Some(edges)), ("weights", Some(weights))])
    }

    /// Make one of several distributions, chosen by weight: pairs of a weight and a distribution.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> nothing, some = si.Distribution.discrete({0: 1}), si.Distribution.uniform(10, 20)
    /// >>> si.Distribution.mixture([(1, nothing), (3, some)]).mean
    /// 11.25
    #[staticmethod]
    fn mixture(py: Python<'_>, components: Object<'_, '_>) -> PyResult<Self> {
        made::list(py, "mixture", ("components", components))
    }

    /// Cut a distribution at one or two bounds, and scale up what is left.
    #[staticmethod]
    #[pyo3(signature = (of, *, low = None, high = None))]
    fn truncated(py: Python<'_>, of: Object<'_, '_>, low: Optional<'_, '_>, high: Optional<'_, '_>) -> PyResult<Self> {
        made::table(py, "truncated", &[("of", Some(of)), ("low", low), ("high", high)])
    }

    /// Make a distribution with 90 % between low and high: ``"normal"``, or ``"lognormal"`` where low is above zero.
    #[staticmethod]
    #[pyo3(signature = (low, high, *, shape = "normal"))]
    fn range90(py: Python<'_>, low: Object<'_, '_>, high: Object<'_, '_>, shape: &str) -> PyResult<Self> {
        let shape = (shape != "normal").then_some(shape);
        made::row(py, "range90", &[("low", Some(low)), ("high", Some(high))], shape)
    }

    /// Read the form of a document.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     With everything that is wrong, each problem at its place.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> si.Distribution.from_dict({"pert": [6, 12, 20]})
    /// Distribution.pert(6, 12, 20)
    #[staticmethod]
    #[pyo3(signature = (form, /))]
    fn from_dict(py: Python<'_>, form: Object<'_, '_>) -> PyResult<Self> {
        made::form(py, form)
    }

    /// Give the form of a document; numbers are ``decimal.Decimal``.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        python(py, self.form())
    }

    /// The form, such as ``"pert"``.
    #[getter]
    fn name(&self) -> &'static str {
        self.core().name()
    }

    /// The mean.
    #[getter]
    fn mean(&self) -> f64 {
        self.core().mean()
    }

    /// The mean as a decimal: the point value in an exact appraisal.
    #[getter]
    fn mean_exact(&self) -> Decimal {
        self.core().mean_exact()
    }

    /// The standard deviation.
    #[getter]
    fn sd(&self) -> f64 {
        self.core().sd()
    }

    /// The smallest and the largest value; infinite where there is none.
    #[getter]
    fn support(&self) -> (f64, f64) {
        self.core().support()
    }

    /// Whether all chance sits on single values.
    #[getter]
    fn is_discrete(&self) -> bool {
        self.core().is_discrete()
    }

    /// What to know before drawing from it; empty for ordinary shapes.
    #[getter]
    fn caveats<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, caveats(self.core()).iter().map(ToString::to_string))
    }

    /// Give the smallest value with chance u at or below it; a list for a sequence.
    ///
    /// Raises
    /// ------
    /// ImpactError
    ///     For a u that is not between 0 and 1.
    #[pyo3(signature = (u, /))]
    fn quantile<'py>(&self, u: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        answer(u, "u", |u| self.core().quantile(u))
    }

    /// Give the smallest value with no more than chance q above it, with the digits that 1 - q loses; a list for a sequence.
    #[pyo3(signature = (q, /))]
    fn upper_quantile<'py>(&self, q: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        answer(q, "q", |q| self.core().upper_quantile(q))
    }

    /// Give the density at x, for a discrete distribution the chance of exactly x; a list for a sequence.
    #[pyo3(signature = (x, /))]
    fn density<'py>(&self, x: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        answer(x, "x", |x| Ok::<f64, Infallible>(self.core().density(x)))
    }

    /// Give the chance of a value at or below x; a list for a sequence.
    #[pyo3(signature = (x, /))]
    fn cdf<'py>(&self, x: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        answer(x, "x", |x| Ok::<f64, Infallible>(self.core().cdf(x)))
    }

    /// Give the chance of a value above x, with its own digits however small it is; a list for a sequence.
    #[pyo3(signature = (x, /))]
    fn survival<'py>(&self, x: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        answer(x, "x", |x| Ok::<f64, Infallible>(self.core().survival(x)))
    }

    /// Give the points that draw it, over the central 99.8 %.
    ///
    /// Parameters
    /// ----------
    /// points : int, default 201
    ///     The most points, from 2 to 100,000. They lie closest where the curve bends. Of a discrete distribution every
    ///     value has a row; where it has more values than points, those at even chances.
    ///
    /// Returns
    /// -------
    /// Table
    ///     ``x``, ``density``, ``cdf``, and ``chance``: that of exactly x, zero in a continuous distribution.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> si.Distribution.discrete({0: 1, 10: 1}).summary().to_dict()["chance"]
    /// [0.5, 0.5]
    #[pyo3(signature = (points = 201))]
    fn summary(&self, py: Python<'_>, points: usize) -> PyResult<Table> {
        if !POINTS.contains(&points) {
            return Err(at_argument(py, "points", &format!("`{points}` is not from 2 to 100000")));
        }
        let outline = py.detach(|| self.core().outline(points));
        Ok(Columns::new()
            .ratio("x", outline.iter().map(|point| point.x))
            .ratio("density", outline.iter().map(|point| point.density))
            .ratio("cdf", outline.iter().map(|point| point.cdf))
            .ratio("chance", outline.iter().map(|point| point.chance))
            .table()?)
    }

    /// Draw independent values: the same for the same seed and address, whatever else is drawn.
    ///
    /// Parameters
    /// ----------
    /// draws : int
    ///     How many.
    /// seed : int
    ///     From 0 to 2**64 - 1.
    /// address : str, default "distribution"
    ///     Whose draws: in a simulation, the number at this address of a model has these.
    ///
    /// Examples
    /// --------
    /// >>> import socialimpact as si
    /// >>> share = si.Distribution.beta(mean=0.3, sd=0.1)
    /// >>> share.sample(3, seed=7) == share.sample(5, seed=7)[:3]
    /// True
    #[pyo3(signature = (draws, *, seed, address = "distribution"))]
    fn sample(
        &self,
        py: Python<'_>,
        draws: usize,
        seed: Object<'_, '_>,
        #[pyo3(from_py_with = address_text)] address: &str,
    ) -> PyResult<Vec<f64>> {
        let address: Address = told(py, address.parse())?;
        let seed = seed.extract::<u64>().map(Seed).map_err(|_| {
            let given = seed.str().map_or_else(|_| kind(seed), |text| text.to_string_lossy().into_owned());
            at_argument(py, "seed", &format!("`{given}` is not a whole number from 0 to 2^64 - 1"))
        })?;
        let mut values = Vec::new();
        values.try_reserve_exact(draws).map_err(|_| PyMemoryError::new_err(format!("no room for {draws} draws")))?;
        py.detach(|| {
            values.resize(draws, 0.0);
            Column::new(address, self.core()).fill(seed, 0, &mut values);
        });
        Ok(values)
    }

    /// Draw it with matplotlib: see `socialimpact.plots.density`.
    ///
    /// Parameters
    /// ----------
    /// ax : matplotlib Axes, optional
    ///     Where to draw; left out, a figure of its own.
    /// lang : Language, default "en"
    ///     The language of texts and numbers.
    #[pyo3(signature = (ax = None, *, lang = "en"))]
    fn plot<'py>(slf: &Bound<'py, Self>, ax: Optional<'_, 'py>, lang: &str) -> PyResult<Bound<'py, PyAny>> {
        let options = PyDict::new(slf.py());
        options.set_item("ax", ax)?;
        options.set_item("lang", lang)?;
        slf.py().import("socialimpact.plots")?.getattr("density")?.call((slf,), Some(&options))
    }

    fn __repr__(&self) -> String {
        written::call(self.form())
    }

    fn _repr_html_(&self) -> PyResult<String> {
        let shape = self.core();
        let table = Columns::new().ratio("mean", [shown(shape.mean())]).ratio("sd", [shown(shape.sd())]);
        let with = |table: Columns, (name, u): (&str, f64)| table.ratio(name, [shape.quantile(u).ok().and_then(shown)]);
        Ok(page::titled(&self.__repr__(), &SHOWN.into_iter().fold(table, with).table()?))
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.inner == other.inner
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<u64> {
        content_hash(py, &self.form().canonical())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        let read = slf.get_type().getattr("from_dict")?;
        (read, (slf.get().to_dict(slf.py())?,)).into_pyobject(slf.py())
    }
}

crate::results::copied_as_itself!(Distribution);
