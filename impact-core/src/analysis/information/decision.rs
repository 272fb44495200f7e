//! A decision between options whose net benefits are uncertain, and the value of perfect information.
//!
//! One rule: a draw counts only where every option has a net benefit; the others are left out and counted.

use crate::analysis::draws::{BLOCK, DrawsError, count, float, same_length};

/// Draws needed for a standard error to mean anything.
const LEAST: u64 = 32;

/// An estimate from draws and its standard error, both in the unit of the net benefit.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// The value of knowing everything before deciding, and how sure the choice is.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Evpi {
    /// The expected value of perfect information.
    pub evpi: Estimate,
    /// The option with the largest mean net benefit, as its position; of equals the first.
    pub best: usize,
    /// The mean net benefit of each option.
    pub means: Vec<f64>,
    /// The chance that another option than the best one turns out better.
    pub chance_not_best: f64,
    /// The chance of each option to turn out best; equals share it, so that these add up to 1.
    pub chances: Vec<f64>,
    /// Draws used.
    pub draws: u64,
    /// Draws left out since an option has no net benefit in them.
    pub undefined: u64,
}

/// A decision between options: the net benefit of each in every draw of one simulation.
///
/// # Formula
/// EVPI = E\[max over options\] − max over options of E\[ \], by means over the draws; its standard error is that of the
/// mean of (best in the draw − best on average).
///
/// # Examples
/// ```
/// use impact_core::analysis::information::Decision;
/// // Half of the time the programme gains 30, half of the time it loses 10; doing nothing is an option too.
/// let programme: Vec<f64> = (0..1_000).map(|draw| if draw % 2 == 0 { 30.0 } else { -10.0 }).collect();
/// let nothing = vec![0.0; 1_000];
/// let options = [&programme[..], &nothing[..]];
/// let evpi = Decision::new(&options)?.evpi().clone();
/// assert_eq!((evpi.best, evpi.evpi.value, evpi.chance_not_best), (0, 5.0, 0.5));
/// # Ok::<(), impact_core::analysis::DrawsError>(())
/// ```
///
/// # References
/// Raiffa, H. and Schlaifer, R. (1961), Applied Statistical Decision Theory: the value of perfect information.
#[derive(Debug, Clone)]
pub struct Decision<'d> {
    options: &'d [&'d [f64]],
    evpi: Evpi,
}

impl<'d> Decision<'d> {
    /// A decision between options, each a column of net benefits in the same draws. Doing nothing is an option like any
    /// other: a column of zeros.
    ///
    /// # Errors
    /// Fewer than two options, columns of different lengths, fewer than 32 draws in which all options exist, net benefits
    /// whose squares no float holds.
    pub fn new(options: &'d [&'d [f64]]) -> Result<Self, DrawsError> {
        let (first, others) = match options {
            [first, others @ ..] if !others.is_empty() => (first.len(), others),
            _ => return Err(DrawsError::HowMany { things: "options", got: options.len(), expected: "two or more" }),
        };
        for other in others {
            same_length("an option", other.len(), first)?;
        }
        let (sums, draws) = sums(options);
        if draws < float(LEAST as usize) {
            return Err(DrawsError::TooFew { got: count(draws), least: LEAST });
        }
        let means: Vec<f64> = sums.iter().map(|sum| sum / draws).collect();
        let best =
            (0..).zip(&means).fold(
                (0, f64::NEG_INFINITY),
                |best, (position, mean)| {
                    if *mean > best.1 { (position, *mean) } else { best }
                },
            );
        let outcome = compare(options, best.0);
        let evpi = outcome.evpi(draws).ok_or(DrawsError::Scale { column: "an option" })?;
        let chances = outcome.wins.iter().map(|wins| wins / draws).collect();
        let evpi = Evpi {
            evpi,
            best: best.0,
            means,
            chance_not_best: outcome.worse / draws,
            chances,
            draws: count(draws),
            undefined: first as u64 - count(draws),
        };
        Ok(Self { options, evpi })
    }

    /// The value of perfect information, and how sure the choice is.
    pub fn evpi(&self) -> &Evpi {
        &self.evpi
    }

    /// The number of draws given, those left out included.
    pub(super) fn length(&self) -> usize {
        self.options.first().map_or(0, |option| option.len())
    }

    /// The mean of what each other option gains over the best one: never above 0.
    pub(super) fn mean_increments(&self) -> Vec<f64> {
        let best = self.evpi.means.get(self.evpi.best).copied().unwrap_or(0.0);
        let others = (0..).zip(&self.evpi.means).filter(|(position, _)| *position != self.evpi.best);
        others.map(|(_, mean)| mean - best).collect()
    }

    /// What each other option gains over the best one in some draws, one column an option, written into `columns`.
    pub(super) fn increments(&self, first_draw: usize, draws: usize, columns: &mut Vec<Vec<f64>>) {
        let part = |option: &'d [f64]| option.iter().skip(first_draw).take(draws);
        let Some(best) = self.options.get(self.evpi.best) else { return };
        columns.resize(self.options.len() - 1, Vec::new());
        let others = (0..).zip(self.options).filter(|(position, _)| *position != self.evpi.best);
        for (column, (_, other)) in columns.iter_mut().zip(others) {
            column.clear();
            column.extend(part(other).zip(part(best)).map(|(other, best)| other - best));
        }
    }
}

/// The net benefits of each draw in which all exist, handed on block by block.
fn each_defined(options: &[&[f64]], mut block: impl FnMut(), mut draw: impl FnMut(&[f64])) {
    let mut row = Vec::with_capacity(options.len());
    for position in 0..options.first().map_or(0, |option| option.len()) {
        row.clear();
        row.extend(options.iter().filter_map(|option| option.get(position).copied()));
        if row.iter().all(|value: &f64| value.is_finite()) {
            draw(&row);
        }
        if (position + 1) % BLOCK == 0 {
            block();
        }
    }
    block();
}

/// The sum of each option over the defined draws, and their number.
fn sums(options: &[&[f64]]) -> (Vec<f64>, f64) {
    let zeros = || vec![0.0; options.len()];
    let (mut sums, mut draws) = (zeros(), 0.0);
    let part = std::cell::RefCell::new(zeros());
    let end = || {
        for (sum, part) in sums.iter_mut().zip(part.borrow_mut().iter_mut()) {
            *sum += std::mem::take(part);
        }
    };
    each_defined(options, end, |row| {
        draws += 1.0;
        for (part, value) in part.borrow_mut().iter_mut().zip(row) {
            *part += value;
        }
    });
    (sums, draws)
}

/// How the best option on average fares against the best of each draw.
struct Comparison {
    /// Of what the best of the draw gains over it: the sum and the sum of squares.
    gains: [f64; 2],
    worse: f64,
    wins: Vec<f64>,
}

impl Comparison {
    fn evpi(&self, draws: f64) -> Option<Estimate> {
        let [sum, squares] = self.gains.map(|sum| sum / draws);
        let variance = (squares - sum * sum).max(0.0) / (draws - 1.0);
        squares.is_finite().then(|| Estimate { value: sum, standard_error: libm::sqrt(variance) })
    }
}

fn compare(options: &[&[f64]], best: usize) -> Comparison {
    let mut found = Comparison { gains: [0.0; 2], worse: 0.0, wins: vec![0.0; options.len()] };
    each_defined(
        options,
        || (),
        |row| {
            let most = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let gain = most - row.get(best).copied().unwrap_or(most);
            let [sum, squares] = &mut found.gains;
            *sum += gain;
            *squares += gain * gain;
            found.worse += if gain > 0.0 { 1.0 } else { 0.0 };
            let equals = float(row.iter().filter(|value| **value == most).count());
            for (wins, _) in found.wins.iter_mut().zip(row).filter(|(_, value)| **value == most) {
                *wins += 1.0 / equals;
            }
        },
    );
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_without_a_net_benefit_is_left_out_of_every_option() {
        let mut first: Vec<f64> = (0..5_000).map(|draw| libm::sin(f64::from(draw))).collect();
        let mut second: Vec<f64> = (0..5_000).map(|draw| libm::cos(f64::from(draw * 3))).collect();
        let kept = [&first[2..], &second[2..]].map(<[f64]>::to_vec);
        (first[0], second[1]) = (f64::NAN, f64::INFINITY);
        let options = [&first[..], &second[..]];
        let found = Decision::new(&options).unwrap().evpi().clone();
        assert_eq!((found.draws, found.undefined), (4_998, 2));
        let options = kept.each_ref().map(Vec::as_slice);
        let truth = Decision::new(&options).unwrap().evpi().clone();
        assert!((found.evpi.value - truth.evpi.value).abs() < 1e-12 && found.chances == truth.chances);
    }

    #[test]
    fn equal_options_share_the_chance_of_being_best() {
        let (rising, nothing): (Vec<f64>, Vec<f64>) =
            ((0..100).map(|draw| f64::from(draw) - 25.0).collect(), vec![0.0; 100]);
        let options = [&nothing[..], &rising[..], &rising[..], &nothing[..]];
        let found = Decision::new(&options).unwrap().evpi().clone();
        assert_eq!(found.best, 1);
        let expected = [0.1275, 0.3725, 0.3725, 0.1275]; // below 25 draws, one equal to nothing, 74 above
        assert!(found.chances.iter().zip(expected).all(|(found, chance)| (found - chance).abs() < 1e-12));
        assert_eq!(found.chance_not_best, 0.25);
    }

    #[test]
    fn what_is_no_decision_says_why() {
        let column = vec![1.0; 100];
        let refused = |options: &[&[f64]]| Decision::new(options).unwrap_err().to_string();
        assert_eq!(refused(&[]), "0 options make no question: two or more are needed");
        assert_eq!(refused(&[&column]), "1 options make no question: two or more are needed");
        assert_eq!(refused(&[&column, &column[..9]]), "an option has 9 draws where 100 are expected");
        assert_eq!(refused(&[&column[..9], &column[..9]]), "9 defined draws are too few: at least 32 are needed");
        let huge: Vec<f64> = (0..100).map(|draw| 1e200 * f64::from(draw % 2)).collect();
        let scale = "an option has a scale whose fourth power no float holds: use a larger or a smaller unit";
        assert_eq!(refused(&[&huge, &[1e199; 100]]), scale);
    }
}
