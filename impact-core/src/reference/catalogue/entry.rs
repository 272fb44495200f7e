//! An entry of the catalogue: one unit cost as it was read.

use super::InG;
use crate::money::Money;
use crate::reference::words::words;
use crate::reference::{Country, Edition, Grade, Source};
use crate::units::{Currency, Label, PriceYear, Unit};
use rust_decimal::Decimal;

words! {
    /// The field of public life a unit cost belongs to.
    Domain {
        /// Police, courts, prison and probation, and crime.
        Justice = "justice",
        /// Social assistance, pensions and other benefits.
        IncomeSupport = "income-support",
        /// Help into work.
        Employment = "employment",
        /// Child welfare and foster homes.
        ChildWelfare = "child-welfare",
        /// Health and care.
        Health = "health",
        /// School and training.
        Education = "education",
        /// Housing and homelessness.
        Housing = "housing",
        /// Wellbeing.
        Wellbeing = "wellbeing",
        /// What programmes cost and give.
        Programme = "programme",
        /// Values that appraisal uses, such as a statistical life.
        Appraisal = "appraisal",
        /// None of these, such as fire and rescue.
        Other = "other",
    }
}

words! {
    /// Who bears a cost.
    Payer {
        /// The state.
        State = "state",
        /// The municipality or local authority.
        Municipality = "municipality",
        /// The county.
        County = "county",
        /// The health trust or health service.
        HealthTrust = "health-trust",
        /// The police.
        Police = "police",
        /// Whoever funds the programme.
        Funder = "funder",
        /// The person.
        Person = "person",
        /// Society at large, victims and neighbours included.
        Society = "society",
        /// Somebody else, whom only the source's own words name.
        Other = "other",
    }
}

words! {
    /// Whether less of it releases money in the payer's budget: this project's judgement, not the source's.
    Cashable {
        /// It does.
        Yes = "yes",
        /// It does not.
        No = "no",
        /// Nobody knows.
        Unknown = "unknown",
    }
}

/// A unit cost: what one unit of something costs, in one currency at one price level.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Entry {
    /// The id, by which models refer to it.
    pub id: String,
    /// The country, or the part of it, that the figure holds for.
    pub country: Country,
    /// The field it belongs to.
    pub domain: Domain,
    /// Its name.
    pub name: Label,
    /// What one unit is. A recipient-year is not a person-year, and a place is not a person.
    pub unit: Unit,
    /// The source's own word for the unit, where it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_unit: Option<String>,
    /// The figure.
    pub value: Decimal,
    /// The low end of the range, where the source has one. No interval of confidence unless the note says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<Decimal>,
    /// The high end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<Decimal>,
    /// The currency.
    pub currency: Currency,
    /// The price level; often assumed, as the note says.
    pub price_year: PriceYear,
    /// Who bears it. Several have no shares: a model must say who gains.
    pub payers: Vec<Payer>,
    /// The source's own words for who bears it, where these payers do not say all of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_payer: Option<String>,
    /// Whether less of it releases money.
    pub cashable: Cashable,
    /// How far the figure can be trusted; none where nobody has said, in a catalogue of the caller's own.
    pub grade: Option<Grade>,
    /// Where it was read.
    pub source: Source,
    /// What was read there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// What to beware of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whether the figure is arithmetic on figures that were read, as the note says.
    pub derived: bool,
    /// The multiple of G that the price is set at, where the source says so: another year has G of that year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_g: Option<InG>,
    /// The edition of the catalogue that the entry stands in.
    pub edition: Edition,
    /// Whether a price index may carry it to another year; a series that has a figure of its own for each year is not.
    pub carried: bool,
    /// Whether the source calls the figure provisional.
    pub provisional: bool,
    /// Whether it is invented to show the working; nobody has published it.
    pub illustrative: bool,
}

impl Entry {
    /// The figure with its currency and price level.
    pub fn money(&self) -> Money {
        Money::new(self.value, self.currency, self.price_year)
    }

    /// Who bears it in words, the source's own where ours do not say all of it; empty where nobody says.
    pub fn borne_by(&self) -> String {
        let own = || self.payers.iter().map(|payer| payer.word()).collect::<Vec<_>>().join(" and ");
        self.source_payer.clone().unwrap_or_else(own)
    }
}
