//! What can be: whether a truth leaves each person with something that a metric can come to.
//!
//! One rule: it is asked at the expected values. A distribution may reach further: a draw that does is held at the end, and in how
//! many that happens is told with the risk.

use super::{EffectIn, Range, TrueMetric};
use crate::model::{Direction, Slot};
use rust_decimal::Decimal;

/// A truth that cannot be, at its expected values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotPossible {
    /// What a person has without the programme is more or less than the figure can be.
    #[error("a counterfactual of `{}` is not {expected}", .counterfactual.normalize())]
    Counterfactual {
        /// The counterfactual.
        counterfactual: Decimal,
        /// What can be.
        expected: String,
    },
    /// More or less than a person can have is left by an effect.
    #[error(
        "an effect of `{}`{} leaves {} of the {} that a person has without the programme, which is not {expected}{}",
        .effect.normalize(),
        if *.relative { " of what would happen anyway" } else { "" },
        .left.normalize(),
        .anyway.normalize(),
        if *.relative { ": a tenth is 0.1, and `effect_in = \"absolute\"` counts it in the unit of the metric" } else { "" }
    )]
    Effect {
        /// The effect.
        effect: Decimal,
        /// Whether it is a share of what would happen anyway.
        relative: bool,
        /// What those treated have without the programme.
        anyway: Decimal,
        /// What they have with it.
        left: Decimal,
        /// What can be.
        expected: String,
    },
    /// More than a person can have is made of the counterfactual by the selection.
    #[error(
        "a selection of `{}` makes {} of a counterfactual of {}, which is not {expected}",
        .selection.normalize(),
        .anyway.normalize(),
        .counterfactual.normalize()
    )]
    Selection {
        /// The multiple.
        selection: Decimal,
        /// The counterfactual.
        counterfactual: Decimal,
        /// What those treated have without the programme.
        anyway: Decimal,
        /// What can be.
        expected: String,
    },
}

impl NotPossible {
    /// The key of the metric that it is about.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Counterfactual { .. } => "counterfactual",
            Self::Effect { .. } => "effect",
            Self::Selection { .. } => "selection",
        }
    }
}

impl TrueMetric {
    /// What a person is expected to be changed by, above zero the way that is wanted; none where it is no decimal. A share is one of the
    /// size of what would happen anyway, so that an effect above zero is for the better of what is below zero too.
    pub(crate) fn expected_change(&self, number: impl Fn(Slot) -> Option<Decimal>) -> Option<Decimal> {
        let effect = number(self.effect)?;
        match self.effect_in {
            EffectIn::Relative => {
                let selection = self.selection.map_or(Some(Decimal::ONE), &number)?;
                number(self.counterfactual)?.checked_mul(selection)?.abs().checked_mul(effect)
            }
            EffectIn::Absolute => Some(effect),
        }
    }

    /// Refuses more or less than a person can have, at the value that each number is expected to have.
    ///
    /// # Errors
    /// A counterfactual, a selection, or an effect, that leaves what is none: a share outside 0 to 1, a count below zero, a figure outside
    /// its range.
    pub(crate) fn check_possible(
        &self,
        (range, direction): (Range, Option<Direction>),
        number: impl Fn(Slot) -> Option<Decimal>,
    ) -> Result<(), NotPossible> {
        let can_be = |value: Decimal| range.holds(value);
        let expected = || told(range);
        let selection = self.selection.map_or(Some(Decimal::ONE), &number);
        let (Some(counterfactual), Some(selection), Some(effect)) =
            (number(self.counterfactual), selection, number(self.effect))
        else {
            return Ok(());
        };
        if !can_be(counterfactual) {
            return Err(NotPossible::Counterfactual { counterfactual, expected: expected() });
        }
        // What has no decimal is refused by the numbers themselves, or is no share.
        let Some(anyway) = counterfactual.checked_mul(selection) else { return Ok(()) };
        if !can_be(anyway) {
            return Err(NotPossible::Selection { selection, counterfactual, anyway, expected: expected() });
        }
        let relative = self.effect_in == EffectIn::Relative;
        let left = self.expected_change(&number).and_then(|change| match direction {
            Some(Direction::Decrease) => anyway.checked_sub(change),
            _ => anyway.checked_add(change),
        });
        match left {
            Some(left) if !can_be(left) => {
                Err(NotPossible::Effect { effect, relative, anyway, left, expected: expected() })
            }
            _ => Ok(()),
        }
    }
}

/// What can be, in words.
fn told(range: Range) -> String {
    match (range.least, range.most) {
        (Some(least), Some(most)) => format!("between {} and {}", least.normalize(), most.normalize()),
        (Some(least), None) if least.is_zero() => "zero or more".to_owned(),
        _ => range.to_string(),
    }
}
