//! A histogram: intervals with weights, every value inside an interval equally likely.

use super::discrete::Cumulative;
use super::moments::{straight, sum};
use super::parameter::{Parameter, exact_mean, float, together};
use super::shape::{Kind, Partial, Shape};
use super::{Distribution, DistributionError, Family, Interval};
use crate::number::Exact;
use rust_decimal::Decimal;

const NAME: &str = "histogram";

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Histogram {
    bins: Vec<Bin>,
    mean: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Bin {
    low: f64,
    high: f64,
    chance: f64,
    /// The chance below the lower edge, up to the upper one, and above that.
    before: f64,
    lower: f64,
    upper: f64,
}

impl Distribution {
    /// Intervals between rising edges, each with a weight; inside an interval every value is equally likely. Weights are
    /// relative: only their shares of the sum count. The mean is exact.
    ///
    /// # Errors
    /// Edges that do not rise, not one weight less than edges, a weight below 0, no weight above 0.
    ///
    /// # Examples
    /// ```
    /// use impact_core::distribution::Distribution;
    /// let edges = [0, 10, 20, 50].map(Into::into);
    /// let age = Distribution::histogram(&edges, &[1.into(), 2.into(), 1.into()])?;
    /// assert_eq!(age.mean_exact().to_string(), "17.5");
    /// assert_eq!(age.quantile(0.5)?, 15.0);
    /// # Ok::<(), impact_core::distribution::DistributionError>(())
    /// ```
    pub fn histogram(edges: &[Decimal], weights: &[Decimal]) -> Result<Self, DistributionError> {
        if edges.len() < 2 || edges.len() - 1 != weights.len() {
            let (edges, weights) = (edges.len(), weights.len());
            return Err(DistributionError::EdgesAndWeights { edges, weights });
        }
        for (low, high) in edges.iter().zip(edges.iter().skip(1)) {
            let rising = low < high && float(*low) < float(*high);
            together(rising, NAME, "edges that rise", &[*low, *high])?;
        }
        for weight in weights {
            Parameter::new(NAME, "weight", *weight).not_below_zero()?;
        }
        if weights.iter().all(Decimal::is_zero) {
            return Err(DistributionError::Nothing { form: NAME, missing: "weight above 0" });
        }
        let mean = mean(edges, weights)?;
        let shape = Histogram { bins: bins(edges, weights)?, mean: float(mean) };
        Self::with_exact_mean(NAME, Kind::Histogram(shape), mean)
    }
}

fn mean(edges: &[Decimal], weights: &[Decimal]) -> Result<Decimal, DistributionError> {
    let intervals = edges.iter().zip(edges.iter().skip(1)).zip(weights);
    let doubled: Exact =
        intervals.map(|((low, high), weight)| (Exact::from(*low) + Exact::from(*high)) * Exact::from(*weight)).sum();
    let total: Exact = weights.iter().copied().map(Exact::from).sum();
    exact_mean(NAME, doubled / (Exact::from(2) * total))
}

/// The intervals that weigh something.
fn bins(edges: &[Decimal], weights: &[Decimal]) -> Result<Vec<Bin>, DistributionError> {
    let Cumulative { chances, lower, upper } = Cumulative::new(NAME, weights)?;
    let edges: Vec<f64> = edges.iter().copied().map(float).collect();
    let intervals = edges.iter().zip(edges.iter().skip(1));
    let before = std::iter::once(0.0).chain(lower.iter().copied());
    let cumulative = before.zip(lower.iter().copied().zip(upper));
    let bins = intervals.zip(chances).zip(cumulative);
    let bins = bins.map(|(((low, high), chance), (before, (lower, upper)))| Bin {
        low: *low,
        high: *high,
        chance,
        before,
        lower,
        upper,
    });
    Ok(bins.filter(|bin| bin.chance > 0.0).collect())
}

impl Bin {
    fn density(&self) -> f64 {
        self.chance / self.width()
    }
    fn width(&self) -> f64 {
        self.high - self.low
    }
}

impl Histogram {
    pub(super) fn family(&self) -> Family<'_> {
        let interval = |bin: &Bin| Interval { low: bin.low, high: bin.high, before: bin.before, chance: bin.chance };
        Family::Intervals(self.bins.iter().map(interval).collect())
    }

    /// The interval a value lies in or, between intervals, the next one up.
    fn bin(&self, x: f64) -> Option<&Bin> {
        self.bins.get(self.bins.partition_point(|bin| bin.high < x))
    }
}

impl Shape for Histogram {
    fn support(&self) -> (f64, f64) {
        let ends = self.bins.first().zip(self.bins.last());
        ends.map_or((self.mean, self.mean), |(first, last)| (first.low, last.high))
    }
    fn mean(&self) -> f64 {
        self.mean
    }
    fn variance(&self) -> f64 {
        self.partial(f64::NEG_INFINITY, f64::INFINITY).second
    }
    /// At an edge between two intervals, the density of the lower one.
    fn ln_density(&self, x: f64) -> f64 {
        let inside = self.bin(x).filter(|bin| x >= bin.low);
        inside.map_or(f64::NEG_INFINITY, |bin| libm::log(bin.density()))
    }
    fn cdf(&self, x: f64) -> f64 {
        self.bin(x).map_or(1.0, |bin| bin.before + bin.chance * ((x - bin.low).max(0.0) / bin.width()))
    }
    fn survival(&self, x: f64) -> f64 {
        self.bin(x).map_or(0.0, |bin| bin.upper + bin.chance * ((bin.high - x.max(bin.low)) / bin.width()))
    }
    fn lower_quantile(&self, p: f64) -> f64 {
        let bin = self.bins.get(self.bins.partition_point(|bin| bin.lower < p));
        let at = |bin: &Bin| (bin.low + (p - bin.before) / bin.chance * bin.width()).clamp(bin.low, bin.high);
        bin.map_or(self.support().1, at)
    }
    fn upper_quantile(&self, q: f64) -> f64 {
        let bin = self.bins.get(self.bins.partition_point(|bin| bin.upper > q));
        let at = |bin: &Bin| (bin.high - (q - bin.upper) / bin.chance * bin.width()).clamp(bin.low, bin.high);
        bin.map_or(self.support().1, at)
    }
    fn partial(&self, low: f64, high: f64) -> Partial {
        let parts = self.bins.iter().filter(|bin| bin.high > low && bin.low < high).map(|bin| {
            let (from, to) = (bin.low.max(low), bin.high.min(high));
            straight(self.mean, (from, bin.density()), (to, bin.density()))
        });
        sum(self.mean, parts)
    }
}
