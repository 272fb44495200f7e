//! What would be learned before deciding: the value of an assumption, or of two or three together.
//!
//! One rule: draws that look alike in what is learned fall into one cell, and a cell is all that the value of information sees.

use super::axis::{Axis, PLACES};
use crate::analysis::draws::{DrawsError, each, same_length, uniforms};

/// Places along each of two axes, and of three.
const PLACES_OF_TWO: usize = 128;
const PLACES_OF_THREE: usize = 32;
/// Combinations of values that stand apart at most: more than these are joined by curves.
const MOST_GROUPS: usize = 256;

/// What would be known: one column of draws, or up to three.
///
/// A column falls into 1,024 parts of its uniform, or of its values; each value is a part where there are at most 32, and then the
/// means of these groups are used as they are (as are those of their combinations, up to 256 of them). Columns learned together have 128 parts each where there are two, 32 where
/// there are three: what varies within a part is lost, of a straight line in a normal assumption 0.03 % and 0.3 % of the variance.
///
/// # Examples
/// ```
/// use impact_core::analysis::information::{Decision, Learned};
/// use impact_core::simulation::{Seed, Stream};
/// let mut effect = vec![0.0; 50_000];
/// Stream::new(Seed(7), &"effects.more-work".parse()?).fill(0, &mut effect);
/// // The programme gains from −1 to 3 with the effect: knowing it saves ∫ (4u − 1)⁻ du = 1/8.
/// let programme: Vec<f64> = effect.iter().map(|u| 4.0 * u - 1.0).collect();
/// let nothing = vec![0.0; 50_000];
/// let options = [&programme[..], &nothing[..]];
/// let evppi = Decision::new(&options)?.evppi(&Learned::uniforms(&effect)?)?;
/// assert!((evppi.value - 0.125).abs() < 4.0 * evppi.standard_error);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Learned {
    axes: Vec<Axis>,
}

impl Learned {
    /// A continuous assumption, by its uniform in each draw: the fastest way.
    ///
    /// # Errors
    /// A uniform outside [0, 1).
    pub fn uniforms(draws: &[f64]) -> Result<Self, DrawsError> {
        uniforms(draws)?;
        Ok(Self { axes: vec![Axis::of_uniforms(draws)] })
    }

    /// Any assumption, or a study's result, by its value in each draw. Needed where single values have a chance of their own.
    ///
    /// # Errors
    /// A value that is not a finite number.
    pub fn values(draws: &[f64]) -> Result<Self, DrawsError> {
        each("value", "a finite number", draws, f64::is_finite)?;
        Ok(Self { axes: vec![Axis::of_values(draws)] })
    }

    /// Two or three assumptions that would be known together.
    ///
    /// # Errors
    /// One column only, or more than three; columns of different lengths.
    pub fn together(columns: &[Learned]) -> Result<Self, DrawsError> {
        let axes: Vec<Axis> = columns.iter().flat_map(|column| column.axes.iter().cloned()).collect();
        let places = match axes.len() {
            2 => PLACES_OF_TWO,
            3 => PLACES_OF_THREE,
            got => return Err(DrawsError::HowMany { things: "assumptions together", got, expected: "two or three" }),
        };
        let first = axes.first().map_or(0, |axis| axis.places.len());
        for axis in &axes {
            same_length("an assumption", axis.places.len(), first)?;
        }
        let mut axes: Vec<Axis> = axes.iter().map(|axis| axis.coarser(places)).collect();
        let groups: usize = axes.iter().filter(|axis| axis.apart).map(Axis::size).product();
        for axis in &mut axes {
            axis.apart &= groups <= MOST_GROUPS;
        }
        Ok(Self { axes })
    }

    pub(super) fn axes(&self) -> &[Axis] {
        &self.axes
    }

    /// The number of draws.
    pub(super) fn length(&self) -> usize {
        self.axes.first().map_or(0, |axis| axis.places.len())
    }

    /// The number of cells: the product of the axes' places.
    pub(super) fn cells(&self) -> usize {
        self.axes.iter().map(|axis| axis.size().min(PLACES + 1)).product()
    }

    /// The cells of some draws, written into `cells`: the places with the last axis running fastest.
    pub(super) fn fill(&self, first_draw: usize, draws: usize, cells: &mut Vec<u32>) {
        cells.clear();
        cells.resize(draws.min(self.length().saturating_sub(first_draw)), 0);
        for axis in &self.axes {
            let size = u32::try_from(axis.size()).unwrap_or(u32::MAX);
            for (cell, place) in cells.iter_mut().zip(axis.places.iter().skip(first_draw)) {
                *cell = cell.wrapping_mul(size).wrapping_add(u32::from(*place));
            }
        }
    }
}
