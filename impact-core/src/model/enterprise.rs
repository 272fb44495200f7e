//! The enterprise's own account: what it sells, what it costs to run, and the cash it starts with.
//!
//! One rule: it stands beside the account of society. What the model posts to the enterprise is taken from there and typed
//! nowhere else; what is typed here is the enterprise's own and enters no sum of society.

use super::{Flow, FlowAmount, HolderIndex, PriceBasis, Slot};
use crate::address::Address;
use crate::reference::Source;
use crate::units::{Label, Unit, Year};

/// The account of the enterprise that does the work.
///
/// # Examples
/// ```
/// use impact_core::Model;
/// use impact_core::evaluation::PriceLevel;
/// let model = Model::from_toml(r#"
///     impact = 1
///     name = "Bicycle workshop (illustrative)"
///     country = "NO"
///     currency = "NOK"
///     price_year = 2024
///     start = 2024
///     holders = [ { id = "workshop", kind = "enterprise" } ]
///     costs = [ { id = "wages", payer = "workshop", amount = 500_000, year = 2024 } ]
///     [enterprise]
///     holder = "workshop"
///     opening_cash = 100_000
///     volume = { unit = "bicycle", per_year = 300, years = [2024, 2024] }
///     income = [ { id = "sales", kind = "sales", per_unit = 2_000 } ]
///     costs = [ { id = "parts", per_unit = 750 } ]
/// "#)?;
/// let appraisal = model.appraise()?;
/// let account = appraisal.enterprise(PriceLevel::Real).ok_or("there is one")??;
/// // 300 × (2 000 − 750) − 500 000 = −125 000; 100 000 in cash lasts 12 × 100 / 125 = 9.6 months; 500 000 / 1 250 = 400.
/// assert_eq!(account.years[0].result, "-125000".parse()?);
/// assert_eq!(account.runway.months(), Some("9.6".parse()?));
/// assert_eq!(account.break_even.units(), Some("400".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Enterprise {
    /// Who it is.
    pub holder: HolderIndex,
    /// Cash on the first day of the first year appraised, in money of that year.
    pub opening_cash: Slot,
    /// What each transfer of the model is to it, by position among the transfers; a grant or a running cost where none is said.
    pub transfers: Vec<(usize, MoneyKind)>,
    /// How much it sells, or how many it takes in.
    pub volume: Option<Volume>,
    /// Income that the model does not post.
    pub income: Vec<OwnLine>,
    /// Costs that the model does not post.
    pub costs: Vec<OwnLine>,
    /// Where its figures come from.
    pub source: Option<Source>,
    /// What to beware of.
    pub note: Option<String>,
}

/// Units sold, or participants taken in, a year.
#[derive(Debug, Clone, PartialEq)]
pub struct Volume {
    /// What one of them is.
    pub unit: Unit,
    /// How many in each of the years.
    pub amount: FlowAmount,
    /// The first year.
    pub first: Year,
    /// The last year.
    pub last: Year,
}

/// Income or a cost of the enterprise's own.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnLine {
    /// The id in the document.
    pub id: String,
    /// `enterprise.income.<id>` or `enterprise.costs.<id>`.
    pub address: Address,
    /// The name in reports.
    pub name: Label,
    /// What kind of money it is.
    pub kind: MoneyKind,
    /// How much.
    pub amount: OwnAmount,
    /// Where the figure comes from.
    pub source: Option<Source>,
    /// What to beware of.
    pub note: Option<String>,
}

/// How much of the enterprise's own there is.
#[derive(Debug, Clone, PartialEq)]
pub enum OwnAmount {
    /// So much in each of some years, whatever is sold.
    Fixed(Flow),
    /// So much for each unit sold.
    PerUnit {
        /// The amount for one unit.
        price: Slot,
        /// What krone it is in.
        basis: PriceBasis,
    },
}

/// What kind of money comes to or leaves the enterprise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MoneyKind {
    /// Sales to customers: earned.
    Sales,
    /// Payment for services under a contract: earned.
    Contract,
    /// Grants and gifts: given.
    Grant,
    /// Income that is none of these.
    Other,
    /// What it costs to run.
    Running,
    /// Loans and equity received or paid back: cash, and no part of the result.
    Financing,
}

impl MoneyKind {
    /// The words of income.
    pub(crate) const INCOME: &'static [(&'static str, Self)] = &[
        ("sales", Self::Sales),
        ("contract", Self::Contract),
        ("grant", Self::Grant),
        ("other", Self::Other),
        ("financing", Self::Financing),
    ];

    /// The words of costs.
    pub(crate) const COSTS: &'static [(&'static str, Self)] =
        &[("running", Self::Running), ("financing", Self::Financing)];
}

/// What is wrong with the account of an enterprise.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EnterpriseFault {
    /// A holder that is no enterprise.
    #[error("`{holder}` is no enterprise: the account is that of a holder of kind `enterprise`")]
    NotAnEnterprise {
        /// The holder.
        holder: String,
    },
    /// A transfer that the document does not declare.
    #[error("no transfer has the id `{id}`{}", super::fault::or_known(nearest.as_deref(), known))]
    UnknownTransfer {
        /// The id as written.
        id: String,
        /// The nearest id of a transfer, where one is near.
        nearest: Option<String>,
        /// The ids of the transfers.
        known: Vec<String>,
    },
    /// A transfer between others.
    #[error("transfer `{id}` neither comes from nor goes to `{holder}`")]
    NotItsTransfer {
        /// The transfer.
        id: String,
        /// The enterprise.
        holder: String,
    },
    /// An amount a unit without units.
    #[error("`per_unit` needs to know how many units: give `volume` of the enterprise")]
    NoVolume,
}
