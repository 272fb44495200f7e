//! Acceptability: how the chance of being right moves with what is asked of a figure, or paid for an effect.
//!
//! One rule: a chance is a share of the draws in which everything exists.

use super::decision::{Decision, Evpi};
use crate::analysis::draws::{DrawsError, each, float, same_length};

/// The decision at one willingness to pay.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Acceptability {
    /// What is paid for a unit of effect.
    pub willingness: f64,
    /// The chance of each option to be best, the best on average, and the value of perfect information.
    pub evpi: Evpi,
}

/// Acceptability of options with effects and costs, at each of several prices of a unit of effect.
///
/// # Formula
/// The net benefit of an option in a draw is willingness × effect − cost; see [`Decision`] for the rest. The option that is
/// best on average along the curve is the acceptability frontier.
///
/// # Errors
/// As many costs as effects are needed, and all that [`Decision::new`] refuses; a willingness that is not a finite number.
///
/// # Examples
/// ```
/// use impact_core::analysis::information::acceptability;
/// let (effect, nothing) = (vec![1.0; 100], vec![0.0; 100]);
/// let cost: Vec<f64> = (0..100).map(|draw| 10.0 + f64::from(draw)).collect();
/// let curve = acceptability(&[&effect, &nothing], &[&cost, &nothing], &[5.0, 59.5, 200.0])?;
/// let chances: Vec<f64> = curve.iter().map(|point| point.evpi.chances[0]).collect();
/// assert_eq!(chances, [0.0, 0.5, 1.0]);
/// # Ok::<(), impact_core::analysis::DrawsError>(())
/// ```
pub fn acceptability(
    effects: &[&[f64]],
    costs: &[&[f64]],
    willingness: &[f64],
) -> Result<Vec<Acceptability>, DrawsError> {
    if effects.len() != costs.len() {
        return Err(DrawsError::HowMany {
            things: "costs",
            got: costs.len(),
            expected: "as many as there are effects",
        });
    }
    for (effects, costs) in effects.iter().zip(costs) {
        same_length("a cost", costs.len(), effects.len())?;
    }
    each("willingness", "a finite number", willingness, f64::is_finite)?;
    let at = |willingness: f64| {
        let net = |(effects, costs): (&&[f64], &&[f64])| {
            effects.iter().zip(*costs).map(|(effect, cost)| willingness * effect - cost).collect::<Vec<f64>>()
        };
        let columns: Vec<Vec<f64>> = effects.iter().zip(costs).map(net).collect();
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        Ok(Acceptability { willingness, evpi: Decision::new(&columns)?.evpi().clone() })
    };
    willingness.iter().copied().map(at).collect()
}

/// The chance that a figure is above each of several thresholds, of the draws in which it exists; infinite ones are above, or below,
/// every threshold.
///
/// # Errors
/// No draw in which the figure exists; a threshold that is not a finite number.
///
/// # Examples
/// ```
/// use impact_core::analysis::information::chance_above;
/// assert_eq!(chance_above(&[1.0, 2.0, f64::INFINITY, f64::NAN, 6.0], &[0.0, 2.0, 6.0])?, [1.0, 0.5, 0.25]);
/// # Ok::<(), impact_core::analysis::DrawsError>(())
/// ```
pub fn chance_above(figure: &[f64], thresholds: &[f64]) -> Result<Vec<f64>, DrawsError> {
    each("threshold", "a finite number", thresholds, f64::is_finite)?;
    let mut defined: Vec<f64> = figure.iter().copied().filter(|value| !value.is_nan()).collect();
    if defined.is_empty() {
        return Err(DrawsError::TooFew { got: 0, least: 1 });
    }
    defined.sort_unstable_by(f64::total_cmp);
    let above = |threshold: &f64| {
        let below = defined.partition_point(|value| value <= threshold);
        float(defined.len() - below) / float(defined.len())
    };
    Ok(thresholds.iter().map(above).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_on_average_moves_with_what_is_paid_and_need_not_be_the_likeliest() {
        // The programme has effect 1 at even odds of costing 1 or 9: from 5 on it is best on average, from 1 on it is best in half
        // of the draws.
        let (effect, nothing) = (vec![1.0; 64], vec![0.0; 64]);
        let cost: Vec<f64> = (0..64).map(|draw| if draw % 2 == 0 { 1.0 } else { 9.0 }).collect();
        let curve = acceptability(&[&nothing, &effect], &[&nothing, &cost], &[0.5, 4.0, 6.0, 10.0]).unwrap();
        let found: Vec<_> = curve.iter().map(|point| (point.evpi.best, point.evpi.chances[1])).collect();
        assert_eq!(found, [(0, 0.0), (0, 0.5), (1, 0.5), (1, 1.0)]);
        assert!(curve.iter().all(|point| (point.evpi.chances.iter().sum::<f64>() - 1.0).abs() < 1e-12));
    }

    #[test]
    fn a_curve_without_an_answer_says_why() {
        let (column, other) = (vec![1.0; 64], vec![1.0; 63]);
        let refused = acceptability(&[&column, &column], &[&column], &[1.0]).unwrap_err().to_string();
        assert_eq!(refused, "1 costs make no question: as many as there are effects are needed");
        assert!(acceptability(&[&column, &column], &[&column, &other], &[1.0]).is_err());
        let refused = chance_above(&[1.0], &[f64::NAN]).unwrap_err().to_string();
        assert_eq!(refused, "threshold `NaN` in draw 0 is not a finite number");
        assert_eq!(chance_above(&[f64::NAN], &[0.0]), Err(DrawsError::TooFew { got: 0, least: 1 }));
    }
}
