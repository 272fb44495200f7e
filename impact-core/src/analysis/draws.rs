//! Columns of draws as analysis takes them, and what can be wrong with them.
//!
//! One rule: a draw in which the outcome does not exist is left out and counted, and one in which it is infinite has a place in an
//! order and no variance; a draw of an assumption that is not a number is an error, since no simulation makes one.

/// Draws summed at a time: sums of blocks are added in order, so that a sum does not depend on who summed the blocks.
pub(super) const BLOCK: usize = 2_048;

/// Why draws have no answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum DrawsError {
    /// Columns of different lengths.
    #[error("{column} has {got} draws where {expected} are expected")]
    Lengths {
        /// The column that differs.
        column: &'static str,
        /// Its draws.
        got: usize,
        /// The draws of the first column.
        expected: usize,
    },
    /// Too few draws in which everything is a finite number.
    #[error("{got} defined draws are too few: at least {least} are needed")]
    TooFew {
        /// The defined draws.
        got: u64,
        /// How many are needed.
        least: u64,
    },
    /// A column whose draws are all the same.
    #[error("{column} is the same in every draw: there is no spread to explain")]
    NoSpread {
        /// The column.
        column: &'static str,
    },
    /// An outcome that is infinite in some draws, so that its variance is none that could be explained.
    #[error("{column} is infinite in {draws} draws: there is no variance to explain")]
    Infinite {
        /// The column.
        column: &'static str,
        /// The infinite draws.
        draws: u64,
    },
    /// Draws so large, or that differ so little, that powers of them are past what floats hold.
    #[error("{column} has a scale whose fourth power no float holds: use a larger or a smaller unit")]
    Scale {
        /// The column.
        column: &'static str,
    },
    /// A draw of an assumption, or a uniform, that is not what it must be.
    #[error("{column} `{value}` in draw {draw} is not {expected}")]
    Draw {
        /// The column.
        column: &'static str,
        /// The number found.
        value: f64,
        /// The position of the draw, counted from 0.
        draw: usize,
        /// What is accepted.
        expected: &'static str,
    },
    /// A number of things that are compared or learned together which makes no question.
    #[error("{got} {things} make no question: {expected} are needed")]
    HowMany {
        /// What is counted.
        things: &'static str,
        /// How many are given.
        got: usize,
        /// How many are needed.
        expected: &'static str,
    },
    /// A study that cannot be held.
    #[error("study: {parameter} `{value}` is not {expected}")]
    Study {
        /// The parameter.
        parameter: &'static str,
        /// Its value.
        value: String,
        /// What is accepted.
        expected: &'static str,
    },
}

/// That a column has as many draws as expected.
pub(super) fn same_length(column: &'static str, got: usize, expected: usize) -> Result<(), DrawsError> {
    if got == expected { Ok(()) } else { Err(DrawsError::Lengths { column, got, expected }) }
}

/// That every number of a column is accepted.
pub(super) fn each(
    column: &'static str,
    expected: &'static str,
    draws: &[f64],
    accepts: impl Fn(f64) -> bool,
) -> Result<(), DrawsError> {
    match draws.iter().position(|value| !accepts(*value)) {
        None => Ok(()),
        Some(draw) => {
            let value = draws.get(draw).copied().unwrap_or(f64::NAN);
            Err(DrawsError::Draw { column, value, draw, expected })
        }
    }
}

/// That every number is a uniform: at least 0 and below 1.
pub(super) fn uniforms(draws: &[f64]) -> Result<(), DrawsError> {
    each("uniform", "at least 0 and below 1", draws, |u| (0.0..1.0).contains(&u))
}

/// A count as a float; counts of draws are exact.
#[expect(clippy::cast_precision_loss, reason = "a count of draws is far below 2^53")]
pub(super) fn float(count: usize) -> f64 {
    count as f64
}

/// A float that holds a count as that count.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the float was counted up from 0 by ones")]
pub(super) fn count(float: f64) -> u64 {
    float as u64
}

/// The position of a uniform among `cells` equal cells of the unit interval.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 <= u < 1 and cells is small")]
#[inline(always)]
pub(super) fn cell(u: f64, cells: f64) -> usize {
    (u * cells) as usize
}
