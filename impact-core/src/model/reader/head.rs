//! Reading the head of a document: what it is called, where, in which money, in which years.

use super::common::{label, required_year, year};
use super::numbers::Numbers;
use crate::document::{Fields, Value};
use crate::model::{LONGEST_HORIZON, ModelFault};
use crate::reference::{Convention, Country, Origin};
use crate::units::{Currency, Label, PriceYear, UnitError, Year};
use rust_decimal::Decimal;

/// The head of a document; what could not be read is none.
pub(super) struct Head {
    pub name: Option<Label>,
    pub description: Option<Label>,
    pub country: Option<Country>,
    pub currency: Option<Currency>,
    pub price_year: Option<PriceYear>,
    pub start: Option<Year>,
    pub present_value_year: Option<Year>,
    pub discount_origin: Option<Year>,
    pub horizon: Horizon,
    pub actuals_to: Option<Year>,
    pub convention: Option<(Convention, Vec<crate::address::Address>)>,
}

/// The years appraised, as the document says them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Horizon {
    /// So many years.
    Years(u32),
    /// Left out: until the last amount and effect.
    LeftOut,
    /// Given, and not to be read.
    Broken,
}

impl Head {
    /// Reads everything but lists and numbers.
    pub fn read(fields: &mut Fields<'_, '_>, numbers: &mut Numbers, given: Option<Convention>) -> Self {
        read_version(fields);
        let name = label(fields, "name");
        if !fields.has("name") {
            fields.required("name");
        }
        let description = label(fields, "description");
        let country = read_country(fields);
        let currency = fields.required_parsed("currency");
        let price_year = required_year(fields, "price_year").map(PriceYear);
        let start = required_year(fields, "start");
        let present_value_year = year_or(fields, numbers, "present_value_year", start, || {
            Label::both("the first year appraised", "første år i analysen")
        });
        let horizon = read_horizon(fields);
        let actuals_to = year(fields, "actuals_to");
        let convention = super::conventions::read(fields, numbers, country.as_ref(), given);
        let origin = convention.as_ref().and_then(|(convention, _)| match convention.discount.origin {
            Origin::Start | Origin::OpeningYear => start,
            Origin::PresentValueYear => present_value_year,
        });
        let discount_origin = year_or(fields, numbers, "discount_origin", origin, || {
            Label::both("the origin that the conventions give", "startåret konvensjonene gir")
        });
        Self {
            name,
            description,
            country,
            currency,
            price_year,
            start,
            present_value_year,
            discount_origin,
            horizon,
            actuals_to,
            convention,
        }
    }

    /// The last year appraised, where a horizon is given.
    pub fn last(&self) -> Option<Year> {
        match self.horizon {
            Horizon::Years(years) => self.start.map(|start| last_year(start, years)),
            _ => None,
        }
    }
}

/// The last of so many years.
pub(super) fn last_year(start: Year, years: u32) -> Year {
    start.plus(i32::try_from(years).unwrap_or(i32::MAX).saturating_sub(1))
}

/// That the document is of the version that is read.
pub(super) fn read_version(fields: &mut Fields<'_, '_>) {
    if let Some(found) = fields.required_number("impact").filter(|version| *version != Decimal::ONE) {
        fields.refuse("impact", ModelFault::UnknownVersion { found });
    }
}

fn read_country(fields: &mut Fields<'_, '_>) -> Option<Country> {
    if let Some(&Value::Flag(found)) = fields.node("country").map(|node| &node.value) {
        fields.refuse("country", ModelFault::CountryIsFlag { found });
        return None;
    }
    fields.required_parsed("country")
}

fn read_horizon(fields: &mut Fields<'_, '_>) -> Horizon {
    let years = fields.integer("horizon");
    if !fields.has("horizon") {
        return Horizon::LeftOut;
    }
    let Some(years) = years else { return Horizon::Broken };
    match u32::try_from(years) {
        Ok(years) if (1..=LONGEST_HORIZON).contains(&years) => Horizon::Years(years),
        _ => {
            let expected = "a number of years from 1 to 300";
            fields.refuse("horizon", UnitError::OutOfRange { quantity: "horizon", value: years.to_string(), expected });
            Horizon::Broken
        }
    }
}

fn year_or(
    fields: &mut Fields<'_, '_>,
    numbers: &mut Numbers,
    key: &str,
    default: Option<Year>,
    because: impl Fn() -> Label,
) -> Option<Year> {
    let given = year(fields, key);
    if fields.has(key) {
        return given;
    }
    let default = default?;
    numbers.defaulted(&fields.place_of(key).address, default.to_string(), because());
    Some(default)
}
