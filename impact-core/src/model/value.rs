//! Unit values: what a unit of an outcome is worth, to whom, and how much of it is really avoided.

use super::{HolderIndex, Portion, Slot};
use crate::address::Address;
use crate::number::{Constant, Exact, Number};
use crate::units::{Currency, Label, PriceYear, Unit, Year};

/// The worth of a unit of an outcome to a holder.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeValue {
    /// The id in the document.
    pub id: String,
    /// `outcomes.<outcome>.values.<id>`.
    pub address: Address,
    /// The name in reports.
    pub name: Label,
    /// Money per unit.
    pub price: Price,
    /// From the price's unit to the outcome's.
    pub conversion: Conversion,
    /// Who gains.
    pub to: HolderIndex,
    /// Who loses the same, where it is a transfer.
    pub from: Option<HolderIndex>,
    /// Fiscal, economic or social.
    pub kind: ValueKind,
    /// What the price measures.
    pub basis: Option<Basis>,
    /// The path of real growth that the price follows, as its position in the model.
    pub growth: Option<usize>,
    /// The destination it is limited to, as its position in the outcome.
    pub destination: Option<usize>,
    /// Share of the gross cost that really is avoided.
    pub avoidable: Slot,
    /// Share of the avoided cost that releases money in the holder's budget.
    pub cashable: Slot,
    /// The first year in which it releases money; none for the first year appraised.
    pub cashable_from: Option<Year>,
    /// Which part of the price it is, where the price is a wage or a benefit that is taken apart.
    pub portion: Option<Portion>,
    /// Whether it is something people would pay for, as the marginal value of public funds counts it.
    pub willingness: Willingness,
    /// Whether society counts it for whoever gains it.
    pub standing: bool,
    /// Whether indirect taxes are in its price.
    pub priced: PricedAt,
    /// What to beware of.
    pub note: Option<String>,
}

impl OutcomeValue {
    /// The address of the table that says its price; none where another part of the same price stands for it.
    pub fn priced_at(&self) -> Option<&Address> {
        match &self.portion {
            None => Some(&self.address),
            Some(portion) => portion.part.is_first().then_some(&portion.table),
        }
    }

    /// Whether it is a wage or what is produced by work: economic, nobody's loss, and by its basis a holder's income or
    /// resources; where nothing is said of its basis, whatever the outcome's own holder gains so.
    pub fn is_production(&self, holder: Option<HolderIndex>) -> bool {
        let measured = match self.basis {
            Some(Basis::Income | Basis::Resource) => true,
            Some(_) => false,
            None => Some(self.to) == holder,
        };
        self.kind == ValueKind::Economic && self.from.is_none() && measured
    }
}

/// Whether a value is part of the willingness to pay over the net cost to public budgets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Willingness {
    /// It is.
    Yes,
    /// It is not: those whom it concerns would pay nothing for it, as where they choose it themselves.
    No,
    /// As the conventions say.
    #[default]
    Convention,
}

/// Whether indirect taxes are in an amount; asked only by conventions that carry the one to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PricedAt {
    /// They are not: what firms and public budgets pay for resources, net of indirect taxes.
    Factor,
    /// They are: what consumers pay, and what people would pay.
    Market,
}

/// Money per unit, as its source says it.
#[derive(Debug, Clone, PartialEq)]
pub struct Price {
    /// The amount, in the currency and prices of its source.
    pub amount: Slot,
    /// What it is an amount per.
    pub unit: Unit,
    /// The source's currency.
    pub currency: Currency,
    /// The source's price year.
    pub price_year: PriceYear,
    /// Price index of the source's country, from the source's price year to the model's, as far as it was observed.
    pub index: Constant,
    /// Years that the model's assumed inflation carries the price further (fewer than none: backwards).
    pub assumed_years: i32,
    /// Id of the index series used, where one was needed.
    pub index_series: Option<String>,
    /// Id of the series that its level in the source's price year is of, where that is another: a price set at G from May and carried by
    /// the average G of years.
    pub index_from: Option<String>,
    /// Exchange to the model's currency at the model's price year.
    pub exchange: Constant,
    /// Ids of the exchange series used, where one was needed: two, parted by a comma, through a third currency.
    pub exchange_series: Option<String>,
    /// The catalogue entry, where it comes from there.
    pub proxy: Option<String>,
}

/// How a price per its own unit becomes a price per unit of the outcome.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Conversion {
    /// A known factor: one where the units agree, 12 from months to years.
    Fixed(Constant),
    /// Recipient-years to person-years: 12 over the months a recipient is on the benefit.
    MonthsPerRecipient(Slot),
    /// The author states how many units of the price go with one unit of the outcome.
    PerUnit(Slot),
}

impl Conversion {
    /// The number that it is made of; none where its factor is known.
    pub(crate) fn number(&self) -> Option<Slot> {
        match self {
            Self::Fixed(_) => None,
            Self::MonthsPerRecipient(slot) | Self::PerUnit(slot) => Some(*slot),
        }
    }

    /// How many units of the price go with one unit of the outcome, at the values of the numbers.
    pub(crate) fn factor(&self, at: impl Fn(Slot) -> Exact) -> Exact {
        match self {
            Self::Fixed(factor) => factor.exact(),
            Self::MonthsPerRecipient(months) => Exact::whole(12) / at(*months),
            Self::PerUnit(slot) => at(*slot),
        }
    }
}

/// What budget or account a value belongs to; kinds are never added silently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueKind {
    /// Money in a budget.
    Fiscal,
    /// Production and income.
    Economic,
    /// Wellbeing, health, safety.
    Social,
}

/// What a price measures: what may not be counted together is warned about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Basis {
    /// Resources used or freed.
    Resource,
    /// Income of somebody.
    Income,
    /// Willingness to pay.
    Wtp,
    /// A year of one point of life satisfaction.
    Wellby,
    /// A quality-adjusted life year.
    Qaly,
    /// The value of a statistical life.
    Vsl,
}
