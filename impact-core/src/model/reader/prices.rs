//! Reading prices, and carrying them to the model's price year and currency.
//!
//! One rule: a price moves first to the model's price year by its own country's index (beyond its last year, at home, by
//! the assumed inflation), then to the model's currency at that year: at the market for money in budgets, as the
//! conventions say for the rest.

use super::Reader;
use super::common::{Around, year};
use super::employment::WAGE;
use super::indexing::NamedIndex;
use super::numbers::Meant;
use crate::document::Fields;
use crate::model::{Accepts, ModelFault, Price, Slot, ValueKind};
use crate::number::{Constant, Exact};
use crate::reference::{Countries, Entry, ExchangeBasis, IndexError, IndexKind, IndexSeries, Indices, Scope, Shelf};
use crate::units::{Currency, Label, PriceYear, Unit};

/// A price as its source says it.
pub(super) struct Quoted<'a> {
    pub amount: Slot,
    pub unit: Unit,
    pub currency: Currency,
    pub price_year: PriceYear,
    /// The index that carries it, where it is not the conventions'.
    pub index: Option<NamedIndex>,
    /// Whose prices, where it is said.
    pub country: Option<String>,
    /// The catalogue's figure, where it comes from there.
    pub figure: Option<&'a Entry>,
}

impl Quoted<'_> {
    /// The G it is set in and the other that it names: a rate from 1 May, and the average of the year.
    fn in_other_g(&self) -> Option<(IndexKind, IndexKind)> {
        let set_in = self.figure?.in_g?.series();
        match self.index? {
            NamedIndex::Kind(named) if named.is_of_g() && named != set_in => Some((set_in, named)),
            _ => None,
        }
    }
}

impl Reader {
    pub(super) fn quoted_by_catalogue<'s>(
        &mut self,
        fields: &mut Fields<'_, '_>,
        shelf: &'s Shelf,
    ) -> Option<Quoted<'s>> {
        let id = fields.text("proxy")?;
        let figure = match shelf.get(id) {
            Ok(figure) => figure,
            Err(fault) => {
                fields.refuse("proxy", fault);
                return None;
            }
        };
        for key in ["currency", "price_year", "unit", "country", "source"] {
            if fields.has(key) {
                fields.refuse(key, ModelFault::FromCatalogue { key, entry: figure.id.clone() });
            }
        }
        let amount = self.numbers.catalogue_use(figure, &fields.place_of("proxy").address)?;
        Some(Quoted {
            amount,
            unit: figure.unit.clone(),
            currency: figure.currency,
            price_year: figure.price_year,
            index: self.index_of(fields, figure),
            country: Some(figure.country.code().to_owned()),
            figure: Some(figure),
        })
    }

    /// The index it names; a price set in G follows G where it names none, and the defaults say so.
    fn index_of(&mut self, fields: &mut Fields<'_, '_>, figure: &Entry) -> Option<NamedIndex> {
        if fields.has("index") {
            return self.named_index(fields);
        }
        let kind = figure.in_g?.series();
        if self.head.price_year.is_some_and(|wanted| wanted != figure.price_year) {
            let because = Label::both("the price is set in G, and goes with G", "satsen er satt i G, og følger G");
            self.numbers.defaulted(&fields.place_of("index").address, kind.to_string(), because);
        }
        Some(NamedIndex::Kind(kind))
    }

    pub(super) fn quoted_by_document(
        &mut self,
        fields: &mut Fields<'_, '_>,
        setting: &super::values::Setting<'_>,
        key: &str,
        around: &Around,
    ) -> Option<Quoted<'static>> {
        let currency = self.own_currency(fields);
        let price_year = self.own_price_year(fields);
        let unit = fields.parsed::<Unit>("unit");
        if !fields.has("unit") {
            match setting.accrual() {
                Some(example) => fields.refuse_here(ModelFault::UnitMissing { example }),
                None => drop(fields.required("unit")),
            }
        }
        let country = fields.parsed::<crate::reference::Country>("country").map(|country| country.code().to_owned());
        let words = (currency.map(|known| known.to_string()), price_year.map(|known| known.to_string()));
        let per = unit.as_ref().map(Unit::to_string).unwrap_or_default();
        let words = format!("{} per {per} ({} prices)", words.0.unwrap_or_default(), words.1.unwrap_or_default());
        let accepts = if key == WAGE { Accepts::NotNegative } else { Accepts::Any };
        let amount = self.numbers.optional(fields, key, &Meant::new(key, accepts, words, around));
        Some(Quoted {
            amount: amount?,
            unit: unit?,
            currency: currency?,
            price_year: price_year?,
            index: self.named_index(fields),
            country,
            figure: None,
        })
    }

    fn own_currency(&mut self, fields: &mut Fields<'_, '_>) -> Option<Currency> {
        if fields.has("currency") {
            return fields.parsed("currency");
        }
        let currency = self.head.currency?;
        let because = Label::both("the model's currency", "modellens valuta");
        self.numbers.defaulted(&fields.place_of("currency").address, currency.to_string(), because);
        Some(currency)
    }

    fn own_price_year(&mut self, fields: &mut Fields<'_, '_>) -> Option<PriceYear> {
        if fields.has("price_year") {
            return year(fields, "price_year").map(PriceYear);
        }
        let price_year = self.head.price_year?;
        let because = Label::both("the model's price year", "modellens prisår");
        self.numbers.defaulted(&fields.place_of("price_year").address, price_year.to_string(), because);
        Some(price_year)
    }

    /// The price with what carries it to the model's price year and currency.
    pub(super) fn carried(&self, fields: &mut Fields<'_, '_>, quoted: &Quoted<'_>, kind: ValueKind) -> Option<Price> {
        let model = Target { currency: self.head.currency?, price_year: self.head.price_year? };
        let convention = &self.head.convention.as_ref()?.0;
        if let Some(fault) = quoted.figure.and_then(|figure| not_carried(&self.shelf, figure, model.price_year)) {
            fields.refuse("proxy", fault);
            return None;
        }
        let basis = if kind == ValueKind::Fiscal { ExchangeBasis::Market } else { convention.prices.exchange };
        let country = match self.country_of(quoted, model, basis) {
            Ok(country) => country?,
            Err(fault) => {
                fields.refuse_here(fault);
                return None;
            }
        };
        let years = (quoted.price_year.0, model.price_year.0);
        let index = match quoted.in_other_g() {
            Some((set_in, named)) => Self::indexed_in_g(set_in, named, years, &country),
            None => self.indexed(quoted.index, years, &country),
        };
        let index = index.map_err(|fault| {
            let without = matches!(fault, IndexError::NoSeries { .. }) && fields.has("index");
            let year = if fields.has("price_year") { "price_year" } else { "proxy" };
            fields.refuse(if without { "index" } else { year }, fault);
        });
        let exchange = self.exchanged(quoted, model, basis, &country).map_err(|fault| {
            fields.refuse(if fields.has("currency") { "currency" } else { "proxy" }, fault);
        });
        let (index, (exchange, exchange_series)) = (index.ok()?, exchange.ok()?);
        Some(Price {
            amount: quoted.amount,
            unit: quoted.unit.clone(),
            currency: quoted.currency,
            price_year: quoted.price_year,
            index: Constant::new(index.observed),
            assumed_years: index.assumed_years,
            index_series: index.series,
            index_from: index.from,
            exchange: Constant::new(exchange),
            exchange_series,
            proxy: quoted.figure.map(|figure| figure.id.clone()),
        })
    }

    /// The country whose prices these are: as said, else the model's for its own currency, else the currency's own.
    fn country_of(
        &self,
        quoted: &Quoted<'_>,
        model: Target,
        basis: ExchangeBasis,
    ) -> Result<Option<String>, ModelFault> {
        if let Some(country) = &quoted.country {
            return Ok(Some(country.clone()));
        }
        if quoted.currency == model.currency {
            return Ok(self.head.country.as_ref().map(|country| country.code().to_owned()));
        }
        let mut countries = Countries::embedded().with_currency(quoted.currency);
        match (countries.next(), countries.next()) {
            (Some(only), None) => Ok(Some(only.country.code().to_owned())),
            _ if quoted.price_year == model.price_year && basis == ExchangeBasis::Market => Ok(Some(String::new())),
            _ => Err(ModelFault::CountryMissing { currency: quoted.currency.to_string() }),
        }
    }

    fn exchanged(
        &self,
        quoted: &Quoted<'_>,
        model: Target,
        basis: ExchangeBasis,
        country: &str,
    ) -> Result<(Exact, Option<String>), IndexError> {
        if quoted.currency == model.currency {
            return Ok((Exact::ONE, None));
        }
        let indices = Indices::embedded();
        let year = model.price_year.0;
        match basis {
            ExchangeBasis::Market => {
                let factor = indices.exchange(quoted.currency, model.currency, year)?;
                Ok((factor, Some(exchange_series(indices, quoted.currency, model.currency))))
            }
            ExchangeBasis::PurchasingPower => {
                let home = self.head.country.as_ref().map_or("", |country| country.code());
                let factor = indices.purchasing_power(country, home, year)?;
                let series = |code| indices.find(IndexKind::PurchasingPower, code).map(|series| series.id().to_owned());
                Ok((factor, Some(format!("{}, {}", series(country)?, series(home)?))))
            }
        }
    }
}

/// What prices are carried to.
#[derive(Clone, Copy)]
struct Target {
    currency: Currency,
    price_year: PriceYear,
}

/// Why a figure cannot be carried to a year, where its series has a figure for each year.
fn not_carried(shelf: &Shelf, figure: &Entry, wanted: PriceYear) -> Option<ModelFault> {
    if figure.carried || figure.price_year == wanted {
        return None;
    }
    let editions = || shelf.editions(figure);
    Some(ModelFault::NotCarried {
        entry: figure.id.clone(),
        figure: figure.price_year,
        wanted,
        instead: editions().find(|edition| edition.price_year == wanted).map(|edition| edition.id.clone()),
        years: editions().map(|edition| edition.price_year).collect(),
    })
}

/// The ids of the exchange rates between two currencies.
fn exchange_series(indices: &Indices, from: Currency, to: Currency) -> String {
    let used = |scope: &Scope| matches!(scope, Scope::Pair { per, .. } if *per == from || *per == to);
    let series = indices.series().iter().filter(|series| used(series.scope()));
    series.map(IndexSeries::id).collect::<Vec<_>>().join(", ")
}
