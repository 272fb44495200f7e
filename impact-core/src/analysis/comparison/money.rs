//! Common money: every amount in one currency at one price level, so that it may stand on one line.
//!
//! One rule: nothing is carried unless asked for; prices move first to the common price year by the model's own index, then to
//! the common currency of that year, as amounts in a document do.

use super::error::ComparisonError;
use crate::model::Model;
use crate::number::{Exact, Fault, Number};
use crate::reference::{Countries, ExchangeBasis, IndexError, IndexKind, Indices};
use crate::units::{Currency, PriceYear};
use rust_decimal::Decimal;

/// The money that amounts are carried to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommonMoney {
    /// The currency; the base's where none is given.
    pub currency: Option<Currency>,
    /// The price level; the base's where none is given.
    pub price_year: Option<PriceYear>,
    /// What carries amounts between countries: the market for what is paid, purchasing power for what is used up. May be left
    /// out where all models are in the common currency.
    pub exchange: Option<ExchangeBasis>,
}

/// How the money of one model was carried.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Carried {
    /// The currency it is in now.
    pub currency: Currency,
    /// The price level it is at now.
    pub price_year: PriceYear,
    /// What one unit of the model's own money became: 1 where nothing was carried.
    pub factor: Decimal,
    /// The index that carried it between years, where one did.
    pub index: Option<String>,
    /// What carried it between countries, where something did.
    pub exchange: Option<ExchangeBasis>,
}

impl Carried {
    /// A model's own money.
    pub fn own(model: &Model) -> Self {
        let (currency, price_year) = (model.currency(), model.price_year());
        Self { currency, price_year, factor: Decimal::ONE, index: None, exchange: None }
    }

    /// An amount of the model's own money, carried.
    pub(super) fn amount(&self, own: Decimal) -> Result<Decimal, Fault> {
        if self.factor == Decimal::ONE {
            return Ok(own);
        }
        let carried = Exact::from(own) * Exact::from(self.factor);
        carried.quantised().value().map(|carried| carried.normalize())
    }
}

/// The money of every model, carried where that is asked for.
pub(super) fn carry(models: &[&Model], asked: Option<&CommonMoney>) -> Result<Vec<Carried>, ComparisonError> {
    let (Some(asked), Some(base)) = (asked, models.first()) else {
        return Ok(models.iter().map(|model| Carried::own(model)).collect());
    };
    let currency = asked.currency.unwrap_or(base.currency());
    let price_year = asked.price_year.unwrap_or(base.price_year());
    let abroad = models.iter().enumerate().find(|(_, model)| model.currency() != currency);
    let exchange = match (asked.exchange, abroad) {
        (Some(exchange), _) => exchange,
        (None, None) => ExchangeBasis::Market,
        (None, Some((at, model))) => {
            let (at, from, to) = (at.saturating_add(1), model.currency().to_string(), currency.to_string());
            return Err(ComparisonError::ExchangeNotSaid { at, from, to });
        }
    };
    let country = match exchange {
        ExchangeBasis::Market => String::new(),
        ExchangeBasis::PurchasingPower => country_of(models, currency)?,
    };
    let common = Common { currency, price_year, country, exchange };
    let one = |(at, model): (usize, &&Model)| {
        let (at, to) = (at.saturating_add(1), format!("{currency} of {price_year}"));
        let (factor, index) = common.factor(model).map_err(|source| ComparisonError::Carried { at, to, source })?;
        let exchanged =
            model.currency() != currency || (!common.country.is_empty() && model.country() != common.country);
        let exchange = exchanged.then_some(exchange);
        Ok(Carried { currency, price_year, factor: factor.value()?.normalize(), index, exchange })
    };
    models.iter().enumerate().map(one).collect()
}

/// Whose prices the common money has: the first model's that is counted in it, else the only country's.
fn country_of(models: &[&Model], currency: Currency) -> Result<String, ComparisonError> {
    if let Some(model) = models.iter().find(|model| model.currency() == currency) {
        return Ok(model.country().to_owned());
    }
    let mut countries = Countries::embedded().with_currency(currency);
    match (countries.next(), countries.next()) {
        (Some(only), None) => Ok(only.country.code().to_owned()),
        _ => Err(ComparisonError::WhosePrices { currency: currency.to_string() }),
    }
}

struct Common {
    currency: Currency,
    price_year: PriceYear,
    country: String,
    exchange: ExchangeBasis,
}

impl Common {
    /// What one unit of a model's money becomes, and the index used.
    fn factor(&self, model: &Model) -> Result<(Exact, Option<String>), IndexError> {
        let indices = Indices::embedded();
        let (from, to) = (model.price_year().0, self.price_year.0);
        let (index, series) = if from == to {
            (Exact::ONE, None)
        } else {
            let kind = model.convention().prices.index.kind();
            // G is no price level of a whole economy's money where a model is of another country.
            let found = indices
                .find(kind, model.country())
                .or_else(|_| indices.find(IndexKind::ConsumerPrices, model.country()))?;
            (found.ratio(from, to)?, Some(found.id().to_owned()))
        };
        let exchange = match self.exchange {
            ExchangeBasis::Market => indices.exchange(model.currency(), self.currency, to)?,
            ExchangeBasis::PurchasingPower => indices.purchasing_power(model.country(), &self.country, to)?,
        };
        Ok((index * exchange, series))
    }
}
