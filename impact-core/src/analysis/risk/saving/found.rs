//! What was found: by holder and year what it is expected to pay and to save, and how often the saving covers the payment.

use super::taken_apart::UnitSaving;
use crate::analysis::risk::found::Spread;
use crate::analysis::risk::situation::Situation;
use crate::evaluation::UnitPrice;
use crate::model::{Contract, HolderIndex};
use crate::simulation::{Estimate, Simulation};

/// What each holder pays for results and saves by them. Amounts are in money of their year, in the contract's currency.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SavingRisk {
    /// The contract.
    pub contract: Contract,
    /// Draws, seed and points.
    pub simulation: Simulation,
    /// The outcomes whose savings are counted, in the order of the model.
    pub outcomes: Vec<SavedOutcome>,
    /// The outcomes of the model that no metric of the truth names: their savings are left out.
    pub left_out: Vec<String>,
    /// Whether other numbers of the model than those of the contract and its truth are uncertain: they stand at their expected values.
    pub at_expected_values: bool,
    /// In the order of [`Situation::ALL`].
    pub situations: Vec<SituationSaving>,
}

/// An outcome whose saving is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SavedOutcome {
    /// The id of the outcome.
    pub outcome: String,
    /// The metric whose true change counts its units, as its position in the terms: the first of the truth that names it.
    pub metric: usize,
    /// Other metrics that name it too, and are not counted once more.
    pub beside: Vec<usize>,
    /// What a unit of it is worth by each of its values, factor by factor; a value that saves nobody anything is left out.
    pub values: Vec<UnitPrice>,
    /// What a unit of it saves each holder in each year by each of them.
    pub savings: Vec<UnitSaving>,
}

/// Payments and savings in a situation.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SituationSaving {
    /// What is supposed.
    pub situation: Situation,
    /// Every holder that pays for results or saves by them, in the order of the holders.
    pub holders: Vec<HolderSaving>,
    /// How many units of each outcome are expected, in the order of [`SavingRisk::outcomes`].
    pub units: Vec<f64>,
}

/// What one holder pays and saves.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct HolderSaving {
    /// Who.
    pub holder: HolderIndex,
    /// What it pays over all years.
    pub paid: Spread,
    /// What it saves over all years.
    pub saved: Spread,
    /// The part of the saving that is expected to release money: none of who has no public budget, and where places close in steps, so
    /// that it does not follow the units.
    pub cashable: Option<f64>,
    /// What it saves less what it pays.
    pub net: Spread,
    /// The probability that it saves at least what it pays; none of a holder who pays nothing in any draw.
    pub covers: Option<Estimate>,
    /// Year by year, on average.
    pub years: Vec<SavingYear>,
}

/// What one holder is expected to pay and to save in a year.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct SavingYear {
    /// The year in which the payment is due, and the saving comes.
    pub year: i32,
    /// What it pays.
    pub paid: f64,
    /// What it saves.
    pub saved: f64,
    /// What it saves less what it pays.
    pub net: f64,
}

impl SavingRisk {
    /// Payments and savings in a situation.
    pub fn situation(&self, situation: Situation) -> Option<&SituationSaving> {
        self.situations.iter().find(|found| found.situation == situation)
    }
}

impl SituationSaving {
    /// What a holder pays and saves.
    pub fn holder(&self, holder: HolderIndex) -> Option<&HolderSaving> {
        self.holders.iter().find(|found| found.holder == holder)
    }
}
