//! Correlation: uncertain numbers that do not vary by themselves.
//!
//! One rule: what is tied are the draws, never the values: every number keeps the distribution it was given.
//!
//! Method: rank correlations, as experts and studies give them: R. L. Iman and W. J. Conover, "A distribution-free approach to
//! inducing rank correlation among input variables", Communications in Statistics B 11 (1982), 311-334.

use crate::address::Address;
use crate::reference::Source;
use rust_decimal::Decimal;

/// The most numbers that rank correlations tie together: every draw of one rests on the draws of all before it.
pub const MOST_CORRELATED: usize = 100;

/// Numbers of a model that vary together.
///
/// In a document: `correlations = [ { id = "…", between = ["…", "…"], rank = 0.6 } ]`, with `matrix` in place of `rank` where the
/// pairs differ, or `together = { "…" = 1, "…" = -1 }` where all move as one.
///
/// # Examples
/// ```
/// use impact_core::Model;
/// use impact_core::model::Tie;
/// let model = Model::from_toml(r#"
///     impact = 1
///     name = "Gardening group"
///     country = "NO"
///     currency = "NOK"
///     price_year = 2024
///     start = 2024
///     holders = [ { id = "neighbours", kind = "people" } ]
///     outcomes = [ { id = "less-lonely", holder = "neighbours", quantity = { pert = [10, 25, 40] }, deadweight = { beta = { mean = 0.3, sd = 0.1 } } } ]
///
///     [[correlations]]
///     id = "one-survey"
///     between = ["outcomes.less-lonely.quantity", "outcomes.less-lonely.deadweight"]
///     rank = -0.4
///     source = "the survey of 2023, table 4"
/// "#)?;
/// let correlation = &model.correlations()[0];
/// assert_eq!(correlation.members[1].as_str(), "outcomes.less-lonely.deadweight");
/// assert!(matches!(&correlation.tie, Tie::Ranks(ranks) if ranks.between(0, 1).to_string() == "-0.4"));
/// # Ok::<(), impact_core::error::ModelError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Correlation {
    /// The id in the document.
    pub id: String,
    /// `correlations.<id>`.
    pub address: Address,
    /// The numbers that are tied, each at its own address: a shared number at `assumptions.<id>`, whichever of its uses the document
    /// names. In the order of `between`; by their addresses where they move `together`. Each is in one correlation.
    pub members: Vec<Address>,
    /// How they are tied.
    pub tie: Tie,
    /// Where it comes from.
    pub source: Option<Source>,
    /// Invented to show the working; nobody has published it.
    pub illustrative: bool,
    /// What to beware of.
    pub note: Option<String>,
}

/// How numbers are tied.
#[derive(Debug, Clone, PartialEq)]
pub enum Tie {
    /// Every pair has a rank correlation.
    Ranks(Ranks),
    /// All move as one, the way that stands for each member: a signed block.
    Together(Vec<Sign>),
}

/// Which way a number moves with the others of its block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// High where the block is high.
    With,
    /// Low where the block is high.
    Against,
}

/// Rank correlations (Spearman's) of every pair, each between -1 and 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranks {
    /// The pairs below the diagonal, row by row.
    below: Vec<Decimal>,
}

impl Ranks {
    /// The same rank correlation for every pair of so many numbers.
    pub(crate) fn equal(numbers: usize, rank: Decimal) -> Self {
        Self { below: vec![rank; pairs_above(numbers)] }
    }

    /// From the rows of a symmetric matrix, of which only what stands below the diagonal is taken.
    pub(crate) fn from_rows(rows: &[Vec<Decimal>]) -> Self {
        let below = rows.iter().enumerate().flat_map(|(row, ranks)| ranks.iter().take(row).copied());
        Self { below: below.collect() }
    }

    /// The rank correlation of two numbers by their positions among the members; 1 of a number with itself, 0 where there is no such
    /// number.
    pub fn between(&self, first: usize, second: usize) -> Decimal {
        if first == second {
            return Decimal::ONE;
        }
        let (row, column) = (first.max(second), first.min(second));
        self.below.get(pairs_above(row).saturating_add(column)).copied().unwrap_or_default()
    }
}

/// How many pairs below the diagonal stand in the rows above this one.
fn pairs_above(row: usize) -> usize {
    row.saturating_mul(row.saturating_sub(1)) / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_is_asked_by_pairs_in_either_order() {
        let row = |numbers: [i64; 3]| numbers.map(|number| Decimal::new(number, 1)).to_vec();
        let ranks = Ranks::from_rows(&[row([10, 2, 3]), row([2, 10, -4]), row([3, -4, 10])]);
        assert_eq!([ranks.between(0, 1), ranks.between(1, 0)], [Decimal::new(2, 1); 2]);
        assert_eq!([ranks.between(0, 2), ranks.between(2, 0)], [Decimal::new(3, 1); 2]);
        assert_eq!([ranks.between(1, 2), ranks.between(2, 1)], [Decimal::new(-4, 1); 2]);
        assert_eq!([ranks.between(2, 2), ranks.between(7, 1)], [Decimal::ONE, Decimal::ZERO]);
    }

    #[test]
    fn equal_ranks_are_of_every_pair() {
        let ranks = Ranks::equal(4, Decimal::new(5, 1));
        let pairs = (0..4).flat_map(|row| (0..row).map(move |column| (row, column)));
        assert!(
            pairs.clone().count() == 6 && pairs.into_iter().all(|(i, j)| ranks.between(i, j) == Decimal::new(5, 1))
        );
        assert_eq!(ranks.between(4, 0), Decimal::ZERO);
    }
}
