//! The enterprise's own account in results: result, margin and cash by year, how long the cash lasts, and the volume it takes.
//!
//! One rule: opening cash and the net of every year come to closing cash, to the last digit; what the model posts to the
//! enterprise is read off its ledger, so that nothing is typed, or counted, twice.
//!
//! # Formula
//! ```text
//! result(t)  = income(t) − costs(t), loans and equity left out of both
//! net(t)     = result(t) + loans and equity received − paid back
//! cash(t)    = cash(t−1) + net(t),   cash(0) = opening cash
//! runway     = 12 · whole years before the one in which cash would go below zero + 12 · cash at its start / −net of it
//! break-even = (costs − income that do not vary with volume) / (income − costs a unit)
//! ```
//! All amounts are taken as paid in their year, evenly over it: there are no claims, debts to suppliers, stocks or taxes on profit.

mod break_even;
mod lines;
mod runway;

pub use break_even::BreakEvenVolume;
pub use lines::{LineOrigin, MoneyLine, MoneySide};
pub use runway::Runway;

use super::appraisal::Appraisal;
use super::budget::PriceLevel;
use super::figure::Absence;
use crate::model::{Enterprise, Marks, MoneyKind};
use crate::number::{Exact, Number};
use crate::units::{Unit, Year};
use lines::Gathered;
use rust_decimal::Decimal;

/// The account of the enterprise. Amounts are in the model's currency, at one price level.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct EnterpriseAccount {
    /// The id of the enterprise.
    pub holder: String,
    /// In which krone.
    pub price_level: PriceLevel,
    /// What it is made of, those lines first that the model posts.
    pub lines: Vec<MoneyLine>,
    /// A row for each year appraised.
    pub years: Vec<EnterpriseYear>,
    /// Cash on the first day.
    pub opening_cash: Decimal,
    /// Cash on the last day.
    pub closing_cash: Decimal,
    /// How long the cash lasts.
    pub runway: Runway,
    /// What is sold, or who is taken in; none where the document has no volume.
    pub unit: Option<Unit>,
    /// The volume, the same in each year that has one, at which income covers costs over all years.
    pub break_even: BreakEvenVolume,
    /// Share of all income that is earned by sales and contracts; none where there is no income.
    pub earned_share: Option<Decimal>,
    /// Whether any of it is invented or was not read at its source.
    pub marks: Marks,
}

/// A year of the enterprise.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct EnterpriseYear {
    /// The calendar year.
    pub year: Year,
    /// Sales to customers.
    pub sales: Decimal,
    /// Payment under contracts.
    pub contracts: Decimal,
    /// Grants and gifts.
    pub grants: Decimal,
    /// Other income.
    pub other: Decimal,
    /// All income.
    pub income: Decimal,
    /// All running costs.
    pub costs: Decimal,
    /// `income − costs`.
    pub result: Decimal,
    /// Result as a share of income; none where there is no income.
    pub margin: Option<Decimal>,
    /// Share of income that is earned; none where there is no income.
    pub earned_share: Option<Decimal>,
    /// Loans and equity received less paid back.
    pub financing: Decimal,
    /// `result + financing`: what cash moves by.
    pub net: Decimal,
    /// Cash on the last day.
    pub cash: Decimal,
    /// Units sold, where there is a volume.
    pub volume: Option<Decimal>,
    /// The volume at which income covers costs of this year.
    pub break_even: BreakEvenVolume,
}

impl Appraisal {
    /// The enterprise's own account beside that of society; none where the document has none.
    ///
    /// # Errors
    /// In the account itself: a year without a price level, where money of the year is asked for or given; a sum larger than 28
    /// digits.
    pub fn enterprise(&self, price_level: PriceLevel) -> Option<Result<EnterpriseAccount, Absence>> {
        let enterprise = self.model().enterprise()?;
        Some(self.account(enterprise, price_level))
    }

    fn account(&self, enterprise: &Enterprise, price_level: PriceLevel) -> Result<EnterpriseAccount, Absence> {
        let gathered = Gathered::of(self, enterprise, price_level)?;
        let opening = gathered.opening;
        let mut cash = opening;
        let mut years = Vec::with_capacity(gathered.years.len());
        for (at, year) in gathered.years.iter().enumerate() {
            let row = row(&gathered, at, *year, cash)?;
            cash = Exact::from(row.cash);
            years.push(row);
        }
        let total =
            |part: fn(&EnterpriseYear) -> Decimal| years.iter().map(|row| Exact::from(part(row))).sum::<Exact>();
        let earned = total(|row| row.sales) + total(|row| row.contracts);
        Ok(EnterpriseAccount {
            holder: self
                .model()
                .holders()
                .get(enterprise.holder.position())
                .map_or_else(String::new, |one| one.id.clone()),
            price_level,
            opening_cash: plain(opening)?,
            closing_cash: plain(cash)?,
            runway: Runway::of(opening, &years)?,
            unit: enterprise.volume.as_ref().map(|volume| volume.unit.clone()),
            break_even: BreakEvenVolume::over(&gathered, None)?,
            earned_share: share(earned, total(|row| row.income))?,
            marks: gathered.marks,
            lines: gathered.lines,
            years,
        })
    }
}

fn row(gathered: &Gathered, at: usize, year: Year, opening: Exact) -> Result<EnterpriseYear, Absence> {
    let sum = |side: MoneySide, kind: MoneyKind| gathered.sum(at, |line| line.side == side && line.kind == kind);
    let kinds = [MoneyKind::Sales, MoneyKind::Contract, MoneyKind::Grant, MoneyKind::Other];
    let [sales, contracts, grants, other] = kinds.map(|kind| sum(MoneySide::Income, kind));
    let income = sales + contracts + grants + other;
    let costs = sum(MoneySide::Cost, MoneyKind::Running);
    let result = income - costs;
    let financing = sum(MoneySide::Income, MoneyKind::Financing) - sum(MoneySide::Cost, MoneyKind::Financing);
    let net = result + financing;
    Ok(EnterpriseYear {
        year,
        sales: plain(sales)?,
        contracts: plain(contracts)?,
        grants: plain(grants)?,
        other: plain(other)?,
        income: plain(income)?,
        costs: plain(costs)?,
        result: plain(result)?,
        margin: share(result, income)?,
        earned_share: share(sales + contracts, income)?,
        financing: plain(financing)?,
        net: plain(net)?,
        cash: plain(opening + net)?,
        volume: gathered.volume.get(at).map(|volume| plain(*volume)).transpose()?,
        break_even: BreakEvenVolume::over(gathered, Some(at))?,
    })
}

/// A sum without trailing zeros.
fn plain(amount: Exact) -> Result<Decimal, Absence> {
    Ok(amount.value()?.normalize())
}

/// A part of a whole above zero.
fn share(part: Exact, whole: Exact) -> Result<Option<Decimal>, Absence> {
    if whole.value()? <= Decimal::ZERO {
        return Ok(None);
    }
    Ok(Some(plain((part / whole).quantised())?))
}
