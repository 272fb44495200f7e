//! Price series of the document's own, for prices that no series of the library carries.
//!
//! One rule: levels are settings, in any base; only their ratios matter, and a year without a level has none.

use super::Marks;
use crate::address::Address;
use crate::price::Series;
use crate::reference::Source;
use crate::units::Label;

/// A price series that a document brings with it.
///
/// # Examples
/// ```
/// use impact_core::Model;
/// # let head = "impact = 1\nname = 'x'\ncountry = 'NO'\ncurrency = 'NOK'\nprice_year = 2024\nstart = 2024\n";
/// let model = Model::from_toml(&format!(r#"{head}
///     holders = [ {{ id = "town", kind = "public", level = "municipality" }} ]
///     [indices.building]
///     levels = {{ 2019 = 80, 2024 = 100 }}
///     [[costs]]
///     id = "house"
///     payer = "town"
///     amount = 1000
///     year = 2024
///     price_year = 2019
///     index = "building"
/// "#))?;
/// assert_eq!(model.price_series()[0].levels.levels().len(), 2);
/// assert_eq!(model.appraise()?.ledger().postings()[0].amount.normalize(), 1250.into());
/// # Ok::<(), impact_core::error::ModelError>(())
/// ```
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
