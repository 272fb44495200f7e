//! Reported figures: what a publication prints for the intervention that the document describes.
//!
//! One rule: a reported figure is a claim, not an assumption; nothing is calculated from it, and a check compares it with
//! what the document gives.

use super::Question;
use crate::address::Address;
use crate::reference::Source;
use rust_decimal::Decimal;

/// A figure that somebody reports.
///
/// In a document: `reported = [ { measure = "sroi_ratio", value = 4.2, source = "…" } ]`, with `perspective` and `outcome`
/// as in a question. `within` is how far the computed figure may be from it: half the last digit written, unless given.
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
///     holders = []
///     reported = [ { measure = "sroi_ratio", value = 4.20, source = "annual report" } ]
/// "#)?;
/// assert_eq!(model.reported()[0].within.to_string(), "0.005");
/// # Ok::<(), impact_core::error::ModelError>(())
/// ```
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Reported {
    /// Where it stands in the document.
    pub address: Address,
    /// What is reported.
    pub question: Question,
    /// The figure as printed.
    pub value: Decimal,
    /// How far the computed figure may be from it.
    pub within: Decimal,
    /// Where it is printed.
    pub source: Source,
}
