//! Spread: what the draws of one scenario come to.

use super::{GridQuestion, Scenario};
use crate::model::Measure;
use crate::simulation::{between, place};

const LANES: usize = 16;

/// What some draws come to; `room` holds them in order where quantiles are wanted.
#[inline(always)]
pub(super) fn spread(draws: &[f64], asked: &GridQuestion, room: &mut Vec<f64>) -> Scenario {
    // Nought times a number is nought; times what is none it is none.
    let lost = lanes(draws, |draw| draw * 0.0);
    // Of a marginal value of public funds infinite draws count too, and there is no mean.
    let is_mvpf = asked.question.measure == Measure::Mvpf;
    let found = if lost == 0.0 {
        of_defined(draws, asked, 0, room)
    } else {
        let counts = |draw: &f64| draw.is_finite() || is_mvpf && !draw.is_nan();
        let defined: Vec<f64> = draws.iter().copied().filter(counts).collect();
        of_defined(&defined, asked, draws.len().saturating_sub(defined.len()) as u64, room)
    };
    if is_mvpf { Scenario { mean: None, sd: None, ..found } } else { found }
}

#[inline(always)]
fn of_defined(draws: &[f64], asked: &GridQuestion, undefined: u64, room: &mut Vec<f64>) -> Scenario {
    if draws.is_empty() {
        return Scenario { mean: None, sd: None, above: None, quantiles: Vec::new(), undefined };
    }
    let n = draws.len() as f64;
    let mean = lanes(draws, |draw| draw) / n;
    let square = lanes(draws, |draw| (draw - mean) * (draw - mean));
    // Counts below 2⁵³ are exact in floats.
    let above = lanes(draws, |draw| if draw > asked.threshold { 1.0 } else { 0.0 }) / n;
    let sd = if draws.len() > 1 { (square / (n - 1.0)).sqrt() } else { 0.0 };
    let quantiles = if asked.chances.is_empty() { Vec::new() } else { quantiles(draws, &asked.chances, room) };
    let error = (draws.len() > 1).then(|| sd / n.sqrt());
    Scenario { mean: Some((mean, error)), sd: Some(sd), above: Some(above), quantiles, undefined }
}

/// The sum of a function of the draws, in sixteen fixed lanes.
#[inline(always)]
fn lanes(draws: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    let mut sums = [0.0; LANES];
    let (whole, rest) = draws.as_chunks::<LANES>();
    for chunk in whole {
        for (sum, draw) in sums.iter_mut().zip(chunk) {
            *sum += of(*draw);
        }
    }
    for (sum, draw) in sums.iter_mut().zip(rest) {
        *sum += of(*draw);
    }
    sums.iter().fold(0.0, |all, sum| all + sum)
}

/// Quantiles straight between the two nearest draws, as a simulated figure gives them.
fn quantiles(draws: &[f64], chances: &[f64], room: &mut Vec<f64>) -> Vec<f64> {
    room.clear();
    room.extend(draws);
    room.sort_unstable_by(f64::total_cmp);
    let at = |place: usize| room.get(place).or(room.last()).copied().unwrap_or(f64::NAN);
    let quantile = |chance: &f64| {
        let (place, part) = place(room.len() as u64, *chance);
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        let low = at(place);
        if low.is_finite() { between(low, at(place.saturating_add(1)), part) } else { low }
    };
    chances.iter().map(quantile).collect()
}
