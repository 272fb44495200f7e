//! The marginal value of public funds over draws: which case each draw is, and an interval in which infinity has a place.
//!
//! One rule: a draw on the other side of the point estimate is no draw of the same thing, so it is missing; the more are
//! missing, the wider the interval, up to the whole line.
//!
//! # Formula
//! ```text
//! missing  : point estimate with both below zero: draws with both above zero; any other: draws with both below zero;
//!            always: draws that are not defined
//! p        = share of draws missing
//! interval = quantiles (1 − level − p) / 2 and one less that of the draws not missing, in order, infinity last
//!            the whole line where p ≥ 1 − level
//! quantile = x₍⌈nq⌉₎, or the middle of x₍nq₎ and x₍nq+1₎ where nq is whole
//! ratio of the means = E[WTP] / E[cost], never the mean of ratios
//! ```
//!
//! # References
//! The rules of the code published with Hendren and Sprung-Keyser (2020), OpportunityInsights/welfare_analysis, restated.

use crate::evaluation::MvpfSign;
use crate::reference::NothingForNothing;

/// An end of an interval, which may lie at infinity.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// Below every number.
    MinusInfinite,
    /// A number.
    At(f64),
    /// Above every number.
    Infinite,
}

/// How many draws are of one case.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct SignShare {
    /// The case.
    pub sign: MvpfSign,
    /// Draws that are of it.
    pub draws: u64,
    /// Their share of all draws.
    pub share: f64,
}

/// A marginal value of public funds over draws of its two sides.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct MvpfDraws {
    /// Which case the point estimate is.
    pub point: MvpfSign,
    /// How many draws are of each case, all cases named.
    pub signs: Vec<SignShare>,
    /// Draws that are missing: on the other side of the point estimate, or not defined.
    pub missing: u64,
    /// Their share of all draws.
    pub missing_share: f64,
    /// The chance the interval is meant to hold.
    pub level: f64,
    /// Its lower end.
    pub low: Bound,
    /// Its upper end.
    pub high: Bound,
    /// The mean willingness to pay.
    pub mean_willingness: f64,
    /// The mean net cost.
    pub mean_cost: f64,
    /// Which case the two means are.
    pub mean_sign: MvpfSign,
    /// E\[WTP\] / E\[cost\], where that is a ratio or harm per unit saved.
    pub ratio_of_means: Option<f64>,
}

/// What cannot be asked of two columns of draws.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MvpfDrawsError {
    /// Columns of different lengths, or empty ones.
    #[error("{willingness} draws of willingness to pay do not go with {cost} of net cost: give one of each a draw")]
    Lengths {
        /// Draws of the one.
        willingness: usize,
        /// Draws of the other.
        cost: usize,
    },
    /// A draw that is no number.
    #[error("draw {draw} is not a number")]
    NotANumber {
        /// Its position, from 0.
        draw: usize,
    },
    /// A level outside 0 to 1.
    #[error("level `{level}` is not between 0 and 1")]
    Level {
        /// As asked for.
        level: String,
    },
}

impl MvpfDraws {
    /// Of draws of willingness to pay and net cost, and the point estimates of the two.
    ///
    /// # Errors
    /// Columns that do not go together, a draw that is no number, a level outside 0 to 1.
    ///
    /// # Examples
    /// ```
    /// use impact_core::reference::NothingForNothing;
    /// use impact_core::simulation::{Bound, MvpfDraws};
    /// let (wtp, cost) = ([1.0, 2.0, 3.0, 4.0], [1.0, 1.0, 1.0, -1.0]);
    /// let found = MvpfDraws::of(&wtp, &cost, (2.5, 0.5), 0.5, NothingForNothing::Undefined)?;
    /// // The last draw pays for itself: 1, 2, 3, infinite.
    /// assert_eq!((found.low, found.high), (Bound::At(1.5), Bound::Infinite));
    /// assert_eq!(found.ratio_of_means, Some(5.0));
    /// # Ok::<(), impact_core::simulation::MvpfDrawsError>(())
    /// ```
    pub fn of(
        willingness: &[f64],
        cost: &[f64],
        point: (f64, f64),
        level: f64,
        nothing: NothingForNothing,
    ) -> Result<Self, MvpfDrawsError> {
        check(willingness, cost, level)?;
        let point = MvpfSign::of(point.0, point.1, nothing);
        let mut counts = MvpfSign::ALL.map(|sign| (sign, 0_u64));
        let mut values = Vec::with_capacity(cost.len());
        let mut missing = 0_u64;
        for (wtp, cost) in willingness.iter().zip(cost) {
            let sign = MvpfSign::of(*wtp, *cost, nothing);
            counts.iter_mut().filter(|(one, _)| *one == sign).for_each(|(_, count)| *count = count.saturating_add(1));
            if is_missing(point, sign, *wtp) {
                missing = missing.saturating_add(1);
            } else {
                values.push(match sign {
                    MvpfSign::Infinite => f64::INFINITY,
                    MvpfSign::MinusInfinite => f64::NEG_INFINITY,
                    _ => wtp / cost,
                });
            }
        }
        values.sort_unstable_by(f64::total_cmp);
        let draws = cost.len() as f64;
        let missing_share = missing as f64 / draws;
        let (low, high) = interval(&values, level, missing_share);
        let mean = |column: &[f64]| column.iter().sum::<f64>() / draws;
        let (mean_willingness, mean_cost) = (mean(willingness), mean(cost));
        let mean_sign = MvpfSign::of(mean_willingness, mean_cost, nothing);
        let has_value = matches!(mean_sign, MvpfSign::Ratio | MvpfSign::HarmPerUnitSaved);
        Ok(Self {
            point,
            signs: counts.map(|(sign, count)| SignShare { sign, draws: count, share: count as f64 / draws }).to_vec(),
            missing,
            missing_share,
            level,
            low,
            high,
            mean_willingness,
            mean_cost,
            mean_sign,
            ratio_of_means: has_value.then_some(mean_willingness / mean_cost),
        })
    }
}

fn check(willingness: &[f64], cost: &[f64], level: f64) -> Result<(), MvpfDrawsError> {
    if willingness.len() != cost.len() || cost.is_empty() {
        return Err(MvpfDrawsError::Lengths { willingness: willingness.len(), cost: cost.len() });
    }
    if !(0.0..=1.0).contains(&level) {
        return Err(MvpfDrawsError::Level { level: level.to_string() });
    }
    match willingness.iter().zip(cost).position(|(wtp, cost)| wtp.is_nan() || cost.is_nan()) {
        Some(draw) => Err(MvpfDrawsError::NotANumber { draw }),
        None => Ok(()),
    }
}

/// Whether a draw is none of the same thing as the point estimate. A ratio that is not above zero has no other side.
fn is_missing(point: MvpfSign, draw: MvpfSign, willingness: f64) -> bool {
    match (point, draw) {
        (_, MvpfSign::Undefined) => true,
        (MvpfSign::HarmPerUnitSaved, MvpfSign::Ratio) => willingness > 0.0,
        (MvpfSign::HarmPerUnitSaved, _) => false,
        (_, draw) => draw == MvpfSign::HarmPerUnitSaved,
    }
}

/// The two ends, of values in order.
fn interval(values: &[f64], level: f64, missing: f64) -> (Bound, Bound) {
    // To twelve decimals, so that five in a hundred missing of 95 % are five in a hundred.
    let aside = ((1.0 - level - missing) * 1e12).round() / 1e12;
    if missing > 0.0 && aside <= 0.0 || values.is_empty() {
        return (Bound::MinusInfinite, Bound::Infinite);
    }
    (bound(quantile(values, aside / 2.0)), bound(quantile(values, 1.0 - aside / 2.0)))
}

fn bound(value: f64) -> Bound {
    match value {
        value if value == f64::INFINITY => Bound::Infinite,
        value if value == f64::NEG_INFINITY => Bound::MinusInfinite,
        value => Bound::At(value),
    }
}

/// The value at or below which a share of the values lies; halfway to the next where that falls between two.
fn quantile(values: &[f64], share: f64) -> f64 {
    let last = values.len().saturating_sub(1);
    let place = values.len() as f64 * share;
    let whole = place.round();
    let at =
        |place: f64| values.get((place.max(1.0) as usize).saturating_sub(1).min(last)).copied().unwrap_or(f64::NAN);
    if (place - whole).abs() > 1e-9 * values.len() as f64 {
        return at(place.ceil());
    }
    let (one, next) = (at(whole), at(whole + 1.0));
    if one == next { one } else { (one + next) / 2.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A thousand ratios from 0.5 to 0.9995 over a cost of one; the first of them replaced.
    fn of(replaced: usize, by: (f64, f64), point: (f64, f64)) -> MvpfDraws {
        let draw = |at: usize| if at < replaced { by } else { (0.5 + at as f64 * 0.0005, 1.0) };
        let (wtp, cost): (Vec<f64>, Vec<f64>) = (0..1000).map(draw).unzip();
        MvpfDraws::of(&wtp, &cost, point, 0.95, NothingForNothing::Undefined).unwrap()
    }

    fn ends(found: &MvpfDraws) -> (f64, f64) {
        let end = |bound| match bound {
            Bound::At(value) => value,
            Bound::Infinite => f64::INFINITY,
            Bound::MinusInfinite => f64::NEG_INFINITY,
        };
        (end(found.low), end(found.high))
    }

    fn assert_near(found: (f64, f64), expected: (f64, f64)) {
        let near = |one: f64, other: f64| one == other || (one - other).abs() < 1e-12;
        assert!(near(found.0, expected.0) && near(found.1, expected.1), "{found:?} for {expected:?}");
    }

    #[test]
    fn the_published_rule_for_missing_and_infinite_draws_is_kept() {
        let point = (0.75, 1.0);
        assert_near(ends(&of(0, point, point)), (0.51225, 0.98725));
        assert_near(ends(&of(20, (-1.0, -1.0), point)), (0.517, 0.9925));
        assert_near(ends(&of(60, (-1.0, -1.0), point)), (f64::NEG_INFINITY, f64::INFINITY));
        assert_near(ends(&of(40, (1.0, -1.0), point)), (0.53225, f64::INFINITY));
    }

    #[test]
    fn five_in_a_hundred_missing_leave_the_whole_line() {
        let point = (0.75, 1.0);
        let just = of(50, (-1.0, -1.0), point);
        assert_eq!((just.missing, just.low, just.high), (50, Bound::MinusInfinite, Bound::Infinite));
        assert!(matches!(of(49, (-1.0, -1.0), point).low, Bound::At(_)));
    }

    #[test]
    fn every_draw_is_of_one_case() {
        let found = of(40, (1.0, -1.0), (0.75, 1.0));
        let of_sign = |sign| found.signs.iter().find(|share| share.sign == sign).map(|share| share.draws);
        assert_eq!(of_sign(MvpfSign::Infinite), Some(40));
        assert_eq!(of_sign(MvpfSign::Ratio), Some(960));
        assert_eq!(found.signs.iter().map(|share| share.draws).sum::<u64>(), 1000);
    }

    #[test]
    fn draws_of_gain_are_missing_where_the_point_is_harm() {
        let found = of(20, (-1.0, -1.0), (-1.0, -1.0));
        assert_eq!((found.point, found.missing), (MvpfSign::HarmPerUnitSaved, 980));
    }

    #[test]
    fn draws_of_harm_that_saves_are_missing_where_the_point_pays_for_itself() {
        let harm_that_saves = |draws: usize| {
            let sides: Vec<(f64, f64)> =
                (0..100).map(|draw| if draw < draws { (-50.0, -10.0) } else { (10.0, -5.0) }).collect();
            let (wtp, cost): (Vec<f64>, Vec<f64>) = sides.into_iter().unzip();
            MvpfDraws::of(&wtp, &cost, (10.0, -5.0), 0.95, NothingForNothing::Undefined).unwrap()
        };
        // Four in a hundred are missing: the ends are quantiles of half a percent to either side, of draws that are all infinite.
        let few = harm_that_saves(4);
        assert_eq!((few.point, few.missing), (MvpfSign::Infinite, 4));
        assert_near(ends(&few), (f64::INFINITY, f64::INFINITY));
        let many = harm_that_saves(40);
        assert_eq!(many.missing, 40);
        assert_near(ends(&many), (f64::NEG_INFINITY, f64::INFINITY));
    }

    #[test]
    fn the_mean_is_of_means() {
        let found = MvpfDraws::of(&[1.0, 3.0], &[1.0, -3.0], (2.0, 1.0), 0.95, NothingForNothing::Undefined).unwrap();
        assert_eq!((found.mean_sign, found.ratio_of_means), (MvpfSign::Infinite, None));
        let ratio = MvpfDraws::of(&[1.0, 3.0], &[1.0, 4.0], (2.0, 1.0), 0.95, NothingForNothing::Undefined).unwrap();
        assert_eq!(ratio.ratio_of_means, Some(0.8));
    }

    #[test]
    fn columns_that_do_not_go_together_are_refused() {
        let message = |wtp: &[f64], cost: &[f64], level| {
            MvpfDraws::of(wtp, cost, (1.0, 1.0), level, NothingForNothing::Undefined).unwrap_err().to_string()
        };
        assert!(message(&[1.0], &[], 0.95).starts_with("1 draws of willingness to pay do not go with 0"));
        assert_eq!(message(&[1.0, f64::NAN], &[1.0, 1.0], 0.95), "draw 1 is not a number");
        assert_eq!(message(&[1.0], &[1.0], 95.0), "level `95` is not between 0 and 1");
    }
}
