//! Significance: whether an effect could as well be chance, as a condition of being paid.
//!
//! One rule: which test, at which level and on how many sides is the contract's to say; nothing is chosen by the result.

use crate::model::Slot;

/// That the chance of an effect at least as large where nothing works is small enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Significance {
    /// The estimate that is tested, as its position in the terms: one that compares with a group.
    pub estimate: usize,
    /// How it is tested.
    pub test: Test,
    /// The level of confidence, above a half and below 1: 0.95 asks for a p-value of 0.05 at most.
    pub level: Slot,
    /// Whether chance counts on the wanted side only, or on both.
    pub side: Side,
}

/// A test of an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Test {
    /// Two shares by the normal approximation with the pooled share; approximate.
    TwoProportions,
    /// Two shares by Fisher's conditional test; exact.
    Fisher,
    /// Two rates of Poisson counts, conditional on the events of both groups; exact.
    Poisson,
    /// Two rates of negative binomial counts with a declared dispersion, by Wald's test of the logarithm of their ratio;
    /// approximate.
    NegativeBinomial {
        /// k of `variance = mean + mean² / k`, per person and window.
        dispersion: Slot,
    },
}

impl Test {
    /// The word in a document.
    pub fn word(self) -> &'static str {
        match self {
            Test::TwoProportions => "two-proportions",
            Test::Fisher => "fisher",
            Test::Poisson => "poisson",
            Test::NegativeBinomial { .. } => "negative-binomial",
        }
    }
}

/// On which sides chance counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// On the wanted one.
    One,
    /// On both: twice the smaller chance, and the effect must still go the wanted way.
    Two,
}
