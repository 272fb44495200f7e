//! Groups: parts of the people of a holder, and what a krone is worth to them.
//!
//! One rule: groups divide what their holder gains and loses, and never add to it: those with the same `by` are parts of one
//! whole, and who is in none of them is the rest.

use super::{HolderIndex, Marks};
use crate::address::Address;
use crate::reference::Source;
use crate::units::Label;
use rust_decimal::Decimal;

/// A part of the people of a holder: women, youth, those in the countryside, those with low incomes.
///
/// # Examples
/// ```
/// use impact_core::Model;
/// let model = Model::from_toml(r#"
///     impact = 1
///     name = "Gardening group"
///     country = "NO"
///     currency = "NOK"
///     price_year = 2024
///     start = 2024
///     holders = [ { id = "neighbours", kind = "people", size = 40 } ]
///     groups = [ { id = "women", holder = "neighbours", by = "gender", size = 30 } ]
/// "#)?;
/// assert_eq!(model.groups()[0].share, "0.75".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Group {
    /// The id in the document.
    pub id: String,
    /// `groups.<id>`.
    pub address: Address,
    /// The name in reports.
    pub name: Label,
    /// Whose people they are.
    pub holder: HolderIndex,
    /// What they are divided by: gender, age, place, income.
    pub by: String,
    /// Their share of the holder's people.
    pub share: Decimal,
    /// Their share of single outcomes, by position in the model, where it is another one.
    pub shares: Vec<(usize, Decimal)>,
    /// What one of them has a year, where that is known.
    pub income: Option<Decimal>,
    /// Where share and income come from.
    pub source: Option<Source>,
    /// Whether they are invented.
    #[serde(flatten)]
    pub marks: Marks,
    /// What to beware of.
    pub note: Option<String>,
}

impl Group {
    /// Their share of what an outcome brings; of what no outcome brings, their share of the people.
    pub fn share_of(&self, outcome: Option<usize>) -> Decimal {
        let own = self.shares.iter().find(|(position, _)| Some(*position) == outcome);
        own.map_or(self.share, |(_, share)| *share)
    }
}

/// How much a krone counts by the income of whoever it falls on.
///
/// # Formula
/// `weight = (median income / income) ^ elasticity`; one for whoever has no income in the document.
///
/// # References
/// HM Treasury, The Green Book, annex on distributional appraisal, which uses an elasticity of 1.3.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Weighting {
    /// By how many percent a krone is worth less to whoever has one percent more.
    pub elasticity: Decimal,
    /// The income at which a krone counts as a krone.
    pub median_income: Decimal,
    /// Where they come from.
    pub source: Option<Source>,
    /// Whether they are invented.
    #[serde(flatten)]
    pub marks: Marks,
}
