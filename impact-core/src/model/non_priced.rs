//! Effects without a price: what nobody can or will value in money, judged in words.
//!
//! One rule: they stand beside the account and enter no sum, no ratio and no draw.

use super::{Evidence, HolderIndex, Marks};
use crate::address::Address;
use crate::reference::{EffectSize, Importance, Source};
use crate::units::{Label, Year};

/// An effect that nobody can or will price.
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
///     holders = [ { id = "neighbours", kind = "people" } ]
///     [[non_priced]]
///     id = "belonging"
///     holder = "neighbours"
///     change = "neighbours know each other"
///     importance = "high"
///     size = "medium"
///     direction = "positive"
/// "#)?;
/// let appraisal = model.appraise()?;
/// let beside = appraisal.non_priced().ok_or("there is one")?;
/// assert_eq!(beside.effects[0].consequence.to_string(), "+++");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct NonPricedEffect {
    /// The id in the document.
    pub id: String,
    /// `non_priced.<id>`.
    pub address: Address,
    /// The name in reports.
    pub name: Label,
    /// Whom it reaches.
    pub holder: HolderIndex,
    /// The part of them it reaches, as a position among the groups.
    pub group: Option<usize>,
    /// The effect in words.
    pub change: Label,
    /// The outcome it follows from, as a position among the outcomes.
    pub outcome: Option<usize>,
    /// How important what is affected is.
    pub importance: Importance,
    /// How much of it changes.
    pub size: EffectSize,
    /// Whether it is for the better or for the worse.
    pub sign: EffectSign,
    /// The first and the last year in which it is felt, where the document says.
    pub years: Option<(Year, Year)>,
    /// The goals it serves, as positions among those of the model.
    pub goals: Vec<usize>,
    /// What the judgement rests on: grade, design, source.
    pub evidence: Evidence,
    /// Where it is described.
    pub source: Option<Source>,
    /// Whether it is invented.
    pub marks: Marks,
    /// What to beware of.
    pub note: Option<String>,
}

/// Whether an effect is for the better or for the worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EffectSign {
    /// For the better.
    Positive,
    /// For the worse.
    Negative,
}

impl EffectSign {
    /// The word of each in documents.
    pub(crate) const WORDS: &'static [(&'static str, Self)] =
        &[("positive", Self::Positive), ("negative", Self::Negative)];
}
