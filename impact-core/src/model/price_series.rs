//! Price series of the document's own, for prices that no series of the library carries.
//!
//! One rule: levels are settings, in any base; only their ratios matter, and a year without a level has none.

use super::Marks;
use crate::address::Address;
use crate::price::Series;
use crate::reference::Source;
use crate::units::Label;

/// A price series that a document brings with it.
#[derive(Debug, Clone, PartialEq)]
pub struct PriceSeries {
    /// The id in the document, which `index` names.
    pub id: String,
    /// `indices.<id>`.
    pub address: Address,
    /// The name in reports.
    pub name: Label,
    /// What kind of prices it follows, in words.
    pub kind: Option<String>,
    /// The level of each year.
    pub levels: Series,
    /// Where it comes from.
    pub source: Option<Source>,
    /// Marks of every figure that it carries.
    pub marks: Marks,
    /// What to beware of.
    pub note: Option<String>,
}
