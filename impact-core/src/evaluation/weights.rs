//! Weights: how much a krone counts by the income of whoever it falls on.
//!
//! One rule: who has no income in the document counts as a krone does: public budgets, enterprises, and everybody of whom the
//! document does not say.
//!
//! # Formula
//! `weight of a group = (median income / income) ^ elasticity`; of a holder, the weights of its groups by their shares, and one
//! for the rest.

use super::line::{Class, Line, Party};
use super::view::View;
use crate::model::{Group, Model, Weighting};
use crate::number::{Constant, Exact, Number, to_significant};
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

/// Digits of a weight.
const DIGITS: u32 = 12;

/// How much a krone counts to whoever has an income, against one at the median; none where that has no value.
///
/// # Formula
/// `(median / income) ^ elasticity`, to 12 digits.
///
/// # Examples
/// ```
/// use impact_core::evaluation::distributional_weight;
/// use rust_decimal::Decimal;
/// let weight = distributional_weight(Decimal::from(25_000), Decimal::from(35_000), Decimal::new(13, 1));
/// assert_eq!(weight, Some("1.54869696187".parse()?));
/// # Ok::<(), rust_decimal::Error>(())
/// ```
pub fn distributional_weight(income: Decimal, median: Decimal, elasticity: Decimal) -> Option<Decimal> {
    if income == median || elasticity.is_zero() {
        return Some(Decimal::ONE);
    }
    let positive = |number: Decimal| number.to_f64().filter(|number| *number > 0.0);
    let weight = libm::pow(positive(median)? / positive(income)?, elasticity.to_f64()?);
    Decimal::from_f64(weight).map(|weight| to_significant(weight, DIGITS))
}

impl Weighting {
    /// How much a krone counts to a group; none where it has no income.
    pub(super) fn of_group(&self, group: &Group) -> Option<Decimal> {
        distributional_weight(group.income?, self.median_income, self.elasticity)
    }
}

/// The weights of a model.
pub(crate) struct Weights {
    /// By holder: its groups with their weights.
    groups: Vec<Vec<(Group, Exact)>>,
}

impl Weights {
    pub fn of(model: &Model) -> Option<Self> {
        let weighting = model.weighting()?;
        let of_holder = |position: usize| {
            let own = model.groups().iter().filter(|group| group.holder.position() == position);
            own.filter_map(|group| Some((group.clone(), Exact::from(weighting.of_group(group)?)))).collect()
        };
        Some(Self { groups: (0..model.holders().len()).map(of_holder).collect() })
    }

    /// What a krone of a line counts to whoever stands at one of its ends.
    fn at(&self, party: Option<Party>, outcome: Option<usize>) -> Exact {
        let Some(Party::Holder(holder)) = party else { return Exact::ONE };
        let groups = self.groups.get(holder.position()).map(Vec::as_slice).unwrap_or_default();
        groups.iter().fold(Exact::ONE, |weight, (group, own)| {
            weight + Exact::from(group.share_of(outcome)) * (*own - Exact::ONE)
        })
    }

    /// What a krone of a line counts to a view: gained less lost.
    pub fn exact(&self, view: &View, line: &Line) -> Exact {
        let (from, to) = view.ends(line);
        let gainer_only = view.counts_gainer_only() && from && to;
        let (from, to) = match line.class {
            Class::Outcome if gainer_only => (false, true),
            Class::Displaced if gainer_only => (true, false),
            _ => (from, to),
        };
        let gained = if to { self.at(line.to, line.outcome) } else { Exact::ZERO };
        let lost = if from { self.at(line.from, line.outcome) } else { Exact::ZERO };
        gained - lost
    }

    /// The same in any number type.
    pub fn seen_by<N: Number>(&self, view: &View, line: &Line) -> N {
        N::constant(&Constant::new(self.exact(view, line)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_follow_the_printed_formula() {
        // By the R package greenbook 0.1.1. The public parameter file beside it prints 3.01, 1.65, 1.00, 0.62, 0.36 and
        // 0.24 for them, of which only the first and third follow from its own formula.
        let known = [
            (15_000, 3.008637199228),
            (25_000, 1.548696961868),
            (35_000, 1.0),
            (50_000, 0.6289664092534),
            (75_000, 0.3712862065125),
            (100_000, 0.2554397365718),
        ];
        for (income, expected) in known {
            let weight = distributional_weight(Decimal::from(income), Decimal::from(35_000), Decimal::new(13, 1));
            let off = weight.unwrap().to_f64().unwrap() - expected;
            assert!(off.abs() <= 1e-9, "{income}: {weight:?}");
        }
    }

    #[test]
    fn without_aversion_to_inequality_a_krone_is_a_krone() {
        assert_eq!(distributional_weight(Decimal::TEN, Decimal::from(3), Decimal::ZERO), Some(Decimal::ONE));
    }
}
