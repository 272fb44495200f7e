//! Simulated figures: a measure over all its draws.
//!
//! One rule: every answer carries how far it may be off: by chance, as a standard error, and by the width of a bin where
//! draws were only counted.

use super::histogram::{Bin, Histogram};
use super::moments::Moments;
use super::place::{between, place};
use crate::evaluation::{Absence, Figure};
use crate::model::Measure;
use serde::Serializer;
use std::sync::Arc;

/// A measure from a perspective over all draws.
#[derive(Debug, Clone)]
pub struct SimulatedFigure {
    pub(in crate::simulation) point: Figure,
    pub(in crate::simulation) moments: Moments,
    pub(in crate::simulation) histogram: Arc<Histogram>,
    /// Every draw in its order, where they are kept.
    pub(in crate::simulation) draws: Option<Arc<Vec<f64>>>,
}

/// An estimate with how far it may be off.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Estimate {
    /// The estimate; in documents one at infinity is `infinite` or `minus-infinite`.
    #[serde(serialize_with = "number_or_end")]
    pub value: f64,
    /// Its standard error, as if draws were independent; points that are spread more evenly are usually closer. One draw
    /// has none, nor has an infinite estimate.
    pub standard_error: Option<f64>,
    /// How far counting in bins may put it off beside that: zero where the draws are kept.
    pub bin_error: f64,
}

/// What cannot be asked of draws.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SummaryError {
    /// A chance outside 0 to 1.
    #[error("probability `{value}` is not between 0 and 1")]
    Probability {
        /// As asked for.
        value: String,
    },
    /// A threshold that is no number.
    #[error("threshold `{value}` is not a number")]
    Threshold {
        /// As asked for.
        value: String,
    },
    /// Draws shared among no groups.
    #[error("draws cannot be shared among `0` groups")]
    NoGroups,
    /// Ends between which there is nothing.
    #[error("`{low}` to `{high}` are not two numbers of which the second is larger")]
    Ends {
        /// The lower end, as asked for.
        low: String,
        /// The higher one.
        high: String,
    },
    /// A mean of ratios that may be infinite.
    #[error(
        "`{question}` has no mean: its draws are ratios, and infinite where a draw pays for itself; `mvpf()` has the ratio of the means"
    )]
    Ratios {
        /// The measure and perspective.
        question: String,
    },
    /// A measure of which less is better at the point values, and more in other draws.
    #[error(
        "`{question}` has no order of its draws: {reason}; `mvpf()` has the share of the draws that are of each case"
    )]
    LessIsBetter {
        /// The measure and perspective.
        question: String,
        /// What it is at the point values.
        reason: String,
    },
    /// What asks for numbers, of draws none of which is one.
    #[error("`{question}` is infinite in every draw: no draw is a number")]
    AllInfinite {
        /// The measure and perspective.
        question: String,
    },
    /// A measure that no draw has.
    #[error("`{question}` has no value in any draw{}", because(.reason))]
    Nothing {
        /// The measure and perspective.
        question: String,
        /// Why there is none at the point values, where there is none.
        reason: Option<String>,
    },
}

fn because(reason: &Option<String>) -> String {
    reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default()
}

impl SimulatedFigure {
    /// The exact figure at the point values, with what was asked, unit and marks.
    pub fn point(&self) -> &Figure {
        &self.point
    }

    /// Draws in all.
    pub fn count(&self) -> u64 {
        self.moments.count.saturating_add(self.moments.undefined)
    }

    /// Draws at which the measure does not exist: a ratio over nothing, a cost never paid back. All other answers are about
    /// the draws at which it does.
    pub fn undefined(&self) -> u64 {
        let (below, above) = self.infinite();
        self.moments.undefined.saturating_sub(below).saturating_sub(above)
    }

    /// Draws below and above every number, which quantiles and chances count: of the marginal value of public funds those that do harm
    /// for nothing, and those that pay for themselves. No other measure has any.
    pub fn infinite(&self) -> (u64, u64) {
        match self.point.question.measure {
            Measure::Mvpf => (self.moments.minus_infinite, self.moments.infinite),
            _ => (0, 0),
        }
    }

    /// Draws at which the measure exists, infinite ones counted.
    pub fn defined(&self) -> u64 {
        self.count().saturating_sub(self.undefined())
    }

    /// Their share of all draws.
    pub fn undefined_share(&self) -> f64 {
        let count = self.count();
        if count == 0 { 0.0 } else { self.undefined() as f64 / count as f64 }
    }

    /// The mean of the draws that have the measure. The marginal value of public funds has none, for its draws are ratios that may be
    /// infinite: [`Simulated::mvpf`](crate::simulation::Simulated::mvpf) has the ratio of the means.
    ///
    /// # Errors
    /// A measure that no draw has; the marginal value of public funds.
    pub fn mean(&self) -> Result<Estimate, SummaryError> {
        self.has_mean()?;
        Ok(self.estimate(self.moments.mean, self.moments.error_of_mean(), 0.0))
    }

    /// The standard deviation.
    ///
    /// # Errors
    /// As for [`mean`](Self::mean).
    pub fn sd(&self) -> Result<Estimate, SummaryError> {
        self.has_mean()?;
        Ok(self.estimate(self.moments.sd(), self.moments.error_of_sd(), 0.0))
    }

    /// The smallest and the largest draw.
    ///
    /// # Errors
    /// A measure that no draw has.
    pub fn range(&self) -> Result<(f64, f64), SummaryError> {
        self.exists()?;
        let ((below, above), numbers) = (self.infinite(), self.moments.count);
        let least = if below > 0 { f64::NEG_INFINITY } else { self.moments.least };
        let most = if above > 0 { f64::INFINITY } else { self.moments.most };
        // Where no draw is a number, both ends are the one infinity, or the two.
        Ok((
            if numbers == 0 && below == 0 { most } else { least },
            if numbers == 0 && above == 0 { least } else { most },
        ))
    }

    /// Two numbers between which so much of the draws that are numbers lies, infinite ones left aside: what a picture shows.
    ///
    /// # Errors
    /// A level outside 0 to 1; a measure that is a number in no draw.
    pub fn central(&self, level: f64) -> Result<(f64, f64), SummaryError> {
        self.has_numbers()?;
        let (low, high) = self.numbers().interval(level)?;
        Ok((low.value, high.value))
    }

    /// The figure of the draws that are numbers.
    fn numbers(&self) -> Self {
        Self { moments: Moments { infinite: 0, minus_infinite: 0, ..self.moments }, ..self.clone() }
    }

    /// The value with chance `p` below it, straight between the two draws nearest to that chance.
    ///
    /// # Formula
    /// Of draws x₀ ≤ x₁ ≤ … ≤ xₙ₋₁, infinite ones first and last, and h = (n − 1) p: `x⌊h⌋ + (h − ⌊h⌋) (x⌊h⌋₊₁ − x⌊h⌋)`. The standard error is half the
    /// distance between the quantiles one standard error of a share, √(p (1 − p) / n), to either side.
    ///
    /// # Errors
    /// A chance outside 0 to 1; a measure that no draw has.
    pub fn quantile(&self, p: f64) -> Result<Estimate, SummaryError> {
        self.exists()?;
        if !(0.0..=1.0).contains(&p) {
            return Err(SummaryError::Probability { value: p.to_string() });
        }
        let n = self.defined() as f64;
        let aside = (p * (1.0 - p) / n).sqrt();
        let chances = [(p - aside).max(0.0), p, (p + aside).min(1.0)];
        let [low, (value, bin_error), high] = self.at_chances(chances);
        Ok(self.estimate(value, (high.0 - low.0) / 2.0, bin_error))
    }

    /// The two values with as much chance below the first as above the second, and `level` between them.
    ///
    /// # Errors
    /// A level outside 0 to 1; a measure that no draw has.
    pub fn interval(&self, level: f64) -> Result<(Estimate, Estimate), SummaryError> {
        self.exists()?;
        if !(0.0..=1.0).contains(&level) {
            return Err(SummaryError::Probability { value: level.to_string() });
        }
        // To fifteen decimals, so that 0.9 leaves 0.05 to either side and not the float before it.
        let aside = ((1.0 - level) / 2.0 * 1e15).round() / 1e15;
        Ok((self.quantile(aside)?, self.quantile(1.0 - aside)?))
    }

    /// The chance of a draw at or below a threshold: what is left of the chance above it.
    ///
    /// # Errors
    /// As for [`probability_above`](Self::probability_above).
    pub fn probability_not_above(&self, threshold: f64) -> Result<Estimate, SummaryError> {
        let above = self.probability_above(threshold)?;
        Ok(Estimate { value: 1.0 - above.value, ..above })
    }

    /// The chance of a draw above a threshold. A draw of the marginal value of public funds that pays for itself is above every number.
    ///
    /// # Errors
    /// A threshold that is not a number; a measure that no draw has.
    pub fn probability_above(&self, threshold: f64) -> Result<Estimate, SummaryError> {
        self.exists()?;
        if threshold.is_nan() {
            return Err(SummaryError::Threshold { value: threshold.to_string() });
        }
        let n = self.defined() as f64;
        let (mut above, unsure) = self.histogram.above(threshold);
        let mut bin_error = 0.0;
        if unsure > 0 {
            match &self.draws {
                Some(draws) => {
                    above = draws.iter().filter(|draw| draw.is_finite() && **draw > threshold).count() as u64;
                }
                None => {
                    // Half of the bin may be above: the other half is what is not known.
                    above = above.saturating_add(unsure / 2);
                    bin_error = unsure as f64 / n / 2.0;
                }
            }
        }
        Ok(self.chance_above(threshold, above, bin_error))
    }

    /// The chance of a draw above a threshold, where so many of those that are numbers are.
    pub(crate) fn chance_above(&self, threshold: f64, count: u64, bin_error: f64) -> Estimate {
        let infinite = if threshold < f64::INFINITY { self.infinite().1 } else { 0 };
        let n = self.defined() as f64;
        let value = count.saturating_add(infinite) as f64 / n;
        self.estimate(value, (value * (1.0 - value) / n).sqrt(), bin_error)
    }

    fn estimate(&self, value: f64, standard_error: f64, bin_error: f64) -> Estimate {
        let has_error = self.defined() > 1 && value.is_finite() && standard_error.is_finite();
        Estimate { value, standard_error: has_error.then_some(standard_error), bin_error }
    }

    /// Every draw in its order, infinite where it is; not a number where the measure does not exist. None where there were too many to keep.
    pub fn draws(&self) -> Option<&[f64]> {
        self.draws.as_ref().map(|draws| draws.as_slice())
    }

    /// How many draws fall between which values: low, high and count of each bin that holds any, from the lowest to the
    /// highest; no bin is wider than 2⁻¹⁰ of its values.
    pub fn bins(&self) -> Vec<(f64, f64, u64)> {
        self.histogram.bins().map(|Bin { low, high, count }| (low, high, count)).collect()
    }

    fn has_mean(&self) -> Result<(), SummaryError> {
        self.exists()?;
        match self.point.question.measure {
            Measure::Mvpf => Err(SummaryError::Ratios { question: self.point.question.to_string() }),
            _ => Ok(()),
        }
    }

    fn exists(&self) -> Result<(), SummaryError> {
        let (question, absence) = (|| self.point.question.to_string(), self.point.value.as_ref().err());
        match absence {
            Some(absence @ Absence::HarmPerUnitSaved { .. }) => {
                Err(SummaryError::LessIsBetter { question: question(), reason: absence.to_string() })
            }
            _ if self.defined() > 0 => Ok(()),
            _ => Err(SummaryError::Nothing { question: question(), reason: absence.map(ToString::to_string) }),
        }
    }

    /// That some draw is a finite number.
    pub(crate) fn has_numbers(&self) -> Result<(), SummaryError> {
        self.exists()?;
        match self.moments.count {
            0 => Err(SummaryError::AllInfinite { question: self.point.question.to_string() }),
            _ => Ok(()),
        }
    }

    /// The quantiles of rising chances, each with the width of its bin where draws are only counted.
    fn at_chances(&self, chances: [f64; 3]) -> [(f64, f64); 3] {
        let last = self.defined().saturating_sub(1);
        let places = chances.map(|chance| place(self.defined(), chance));
        let mut wanted: Vec<u64> =
            places.iter().flat_map(|(place, _)| [*place, place.saturating_add(1).min(last)]).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let found = self.on_the_line(&wanted);
        let at = |place: u64| {
            let position = wanted.binary_search(&place).ok();
            position.and_then(|position| found.get(position)).copied().unwrap_or((f64::NAN, 0.0))
        };
        places.map(|(place, part)| {
            let ((low, width), (high, _)) = (at(place), at(place.saturating_add(1).min(last)));
            (if low.is_finite() { between(low, high, part) } else { low }, width)
        })
    }

    /// The draws at some places of their order, which rise, infinite ones first and last.
    fn on_the_line(&self, places: &[u64]) -> Vec<(f64, f64)> {
        let (below, _) = self.infinite();
        let above = below.saturating_add(self.moments.count);
        let (first, rest) = places.split_at(places.partition_point(|place| *place < below));
        let (numbers, last) = rest.split_at(rest.partition_point(|place| *place < above));
        let numbers: Vec<u64> = numbers.iter().map(|place| place.saturating_sub(below)).collect();
        let mut found = vec![(f64::NEG_INFINITY, 0.0); first.len()];
        found.extend(self.in_order(&numbers));
        found.extend(vec![(f64::INFINITY, 0.0); last.len()]);
        found
    }

    /// The draws at some places of their order, which rise; with the width of the bin where draws are only counted.
    fn in_order(&self, places: &[u64]) -> Vec<(f64, f64)> {
        let mut found = Vec::with_capacity(places.len());
        let mut places = places.iter().peekable();
        let mut before = 0_u64;
        let mut of_bins: Vec<(Bin, Vec<u64>)> = Vec::new();
        for bin in self.histogram.bins() {
            let end = before.saturating_add(bin.count);
            let mut within = Vec::new();
            while let Some(place) = places.next_if(|place| **place < end) {
                within.push(place.saturating_sub(before));
            }
            if !within.is_empty() {
                of_bins.push((bin, within));
            }
            before = end;
        }
        let mut members = self.draws.as_ref().map(|draws| members(draws, &of_bins)).unwrap_or_default().into_iter();
        for (bin, within) in of_bins {
            let members = members.next();
            for place in within {
                let exact = members.as_ref().and_then(|members| members.get(usize::try_from(place).ok()?)).copied();
                found.push(match exact {
                    Some(value) => (value, 0.0),
                    None => {
                        let part = (place as f64 + 0.5) / bin.count as f64;
                        (bin.low + part * (bin.high - bin.low), bin.high - bin.low)
                    }
                });
            }
        }
        found
    }
}

/// A number of a document, or which end of the line it is.
pub(crate) fn number_or_end<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    match *value {
        f64::INFINITY => serializer.serialize_str("infinite"),
        f64::NEG_INFINITY => serializer.serialize_str("minus-infinite"),
        value => serializer.serialize_f64(value),
    }
}

/// Draws that are looked at together.
const FEW: usize = 16;

/// The draws of some bins, each in rising order.
fn members(draws: &[f64], bins: &[(Bin, Vec<u64>)]) -> Vec<Vec<f64>> {
    let mut members: Vec<Vec<f64>> = vec![Vec::new(); bins.len()];
    let (Some((first, _)), Some((last, _))) = (bins.first(), bins.last()) else { return members };
    let (low, high) = (first.low, last.high);
    // Without a branch: half of all draws lie below a median. Most draws lie in no bin that is asked for, and a few of them at a
    // time are told so together.
    let near = |draw: &f64| (*draw >= low) & (*draw <= high);
    let some = draws.chunks(FEW).filter(|draws| draws.iter().fold(false, |any, draw| any | near(draw)));
    for draw in some.flatten().filter(|draw| near(draw)) {
        let own = bins.iter().position(|(bin, _)| bin.holds(*draw));
        if let Some(members) = own.and_then(|position| members.get_mut(position)) {
            members.push(*draw);
        }
    }
    members.iter_mut().for_each(|members| members.sort_unstable_by(f64::total_cmp));
    members
}
