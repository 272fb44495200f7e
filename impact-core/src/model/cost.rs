//! Costs and transfers: what is spent, and money that only changes hands.
//!
//! One rule: delivering a service is a cost, paying for it is a transfer; the two are never both costs.

use super::{GradeCorrection, HolderIndex, PricedAt, Slot};
use crate::address::Address;
use crate::number::Constant;
use crate::reference::Source;
use crate::units::{Label, PriceYear, Year};

/// Resources used, by who pays for them.
#[derive(Debug, Clone, PartialEq)]
pub struct Cost {
    /// The id in the document.
    pub id: String,
    /// `costs.<id>`.
    pub address: Address,
    /// The name in reports.
    pub name: Label,
    /// Who pays.
    pub payer: HolderIndex,
    /// How much, when.
    pub flow: Flow,
    /// What is laid on top of it because estimates are habitually too low.
    pub optimism_bias: Option<OptimismBias>,
    /// What the conventions lay on top of it for weak evidence, where optimism bias is not.
    pub correction: Option<GradeCorrection>,
    /// Whether indirect taxes are in the amounts.
    pub priced: PricedAt,
    /// Where the figure comes from.
    pub source: Option<Source>,
    /// What to beware of.
    pub note: Option<String>,
}

/// Money between holders without resource use: grants, fees, repayments.
#[derive(Debug, Clone, PartialEq)]
pub struct Transfer {
    /// The id in the document.
    pub id: String,
    /// `transfers.<id>`.
    pub address: Address,
    /// The name in reports.
    pub name: Label,
    /// Who pays.
    pub from: HolderIndex,
    /// Who receives.
    pub to: HolderIndex,
    /// How much, when.
    pub flow: Flow,
    /// Where the figure comes from.
    pub source: Option<Source>,
    /// What to beware of.
    pub note: Option<String>,
}

/// An amount in each of some years.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// The amount in each of the years.
    pub amount: FlowAmount,
    /// The first year.
    pub first: Year,
    /// The last year, the first one included.
    pub last: Year,
    /// What krone the amount is in.
    pub basis: PriceBasis,
    /// What carries a real amount from a price year of its own to the model's.
    pub carried: Option<Carried>,
}

/// The amount of a flow in its years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FlowAmount {
    /// The same in each of them (`per_year`, or `amount` in its single year).
    Same(Slot),
    /// One for each of them (`per_year` as a list), in their order.
    Yearly(Vec<Slot>),
}

impl FlowAmount {
    /// The numbers it is made of.
    pub fn slots(&self) -> &[Slot] {
        match self {
            FlowAmount::Same(slot) => std::slice::from_ref(slot),
            FlowAmount::Yearly(slots) => slots,
        }
    }
}

/// What carries amounts of another year's prices to the model's price year.
#[derive(Debug, Clone, PartialEq)]
pub struct Carried {
    /// The year whose prices the amounts are in.
    pub price_year: PriceYear,
    /// Price index from that year to the model's, as far as it was observed.
    pub index: Constant,
    /// Years that the model's assumed inflation carries further (fewer than none: backwards).
    pub assumed_years: i32,
    /// Id of the index series used, where one was needed.
    pub index_series: Option<String>,
}

/// What is laid on top of an estimate because estimates are habitually too low.
///
/// # Formula
/// amount used = amount · (1 + upper bound · (1 − mitigation)), in the years after the model's `actuals_to`.
///
/// # Examples
/// ```
/// use impact_core::Model;
/// # let head = "impact = 1\nname = 'x'\ncountry = 'NO'\ncurrency = 'NOK'\nprice_year = 2024\nstart = 2024\n";
/// let model = Model::from_toml(&format!(r#"{head}
///     actuals_to = 2024
///     holders = [ {{ id = "town", kind = "public", level = "municipality" }} ]
///     [[costs]]
///     id = "building"
///     payer = "town"
///     per_year = [100, 100]
///     years = [2024, 2025]
///     optimism_bias = {{ upper_bound = 0.51, mitigation = 0.92 }}
/// "#))?;
/// let appraisal = model.appraise()?;
/// let amounts: Vec<String> =
///     appraisal.ledger().postings().iter().map(|posting| posting.amount.normalize().to_string()).collect();
/// assert_eq!(amounts[..2], ["100", "104.08"]);
/// # Ok::<(), impact_core::error::ModelError>(())
/// ```
///
/// # References
/// HM Treasury, supplementary Green Book guidance on optimism bias.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OptimismBias {
    /// What is laid on top where nothing mitigates it, as a share of the amount.
    pub upper_bound: Slot,
    /// The share of it that is managed away; none where the bias is given as it is.
    pub mitigation: Option<Slot>,
}

impl OptimismBias {
    /// The numbers it is made of.
    pub fn slots(&self) -> impl Iterator<Item = Slot> {
        std::iter::once(self.upper_bound).chain(self.mitigation)
    }
}

/// The price level an amount is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PriceBasis {
    /// Money of each year, as paid.
    Nominal,
    /// The model's price year.
    Real,
}
