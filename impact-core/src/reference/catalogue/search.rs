//! Searching the catalogue: by words in either language, and by what an entry is of.
//!
//! One rule: what is asked of one quality widens (this payer or that one), what is asked of several narrows.

use super::{Domain, Entry, Payer};
use crate::reference::sought::{ID, NAME, QUALITY, SOURCE, Sought, any};
use crate::reference::{Country, Grade};
use crate::units::{Currency, Unit, Year};
use std::cmp::Reverse;
use std::ops::RangeInclusive;

/// What is sought in the catalogue. Empty, it finds every entry.
///
/// # Examples
/// ```
/// use impact_core::reference::{Catalogue, Domain, Grade, Search};
/// use impact_core::units::Year;
/// let search = Search::new()
///     .words("fengselsplass hoyt")
///     .domain(Domain::Justice)
///     .country("NO".parse()?)
///     .at_least(Grade::B)
///     .years(Year::new(2015)?..=Year::new(2024)?);
/// let found = Catalogue::embedded().search(&search);
/// assert_eq!(found.first().map(|entry| entry.id.as_str()), Some("no-prison-high-place"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Search {
    words: Sought,
    domains: Vec<Domain>,
    countries: Vec<Country>,
    payers: Vec<Payer>,
    grade: Option<Grade>,
    units: Vec<Unit>,
    currencies: Vec<Currency>,
    years: Option<RangeInclusive<Year>>,
}

impl Search {
    /// A search that finds every entry.
    pub fn new() -> Self {
        Self::default()
    }

    /// Words that must all be found, in English or Norwegian: in the names, the id, the domain, the country, the unit, the
    /// payers or the title of the source. Capitals, accents and signs between words are free.
    #[must_use]
    pub fn words(self, words: &str) -> Self {
        Self { words: Sought::new(words), ..self }
    }

    /// Entries of this domain.
    #[must_use]
    pub fn domain(mut self, domain: Domain) -> Self {
        self.domains.push(domain);
        self
    }

    /// Entries of this country with its parts, or of this part alone.
    #[must_use]
    pub fn country(mut self, country: Country) -> Self {
        self.countries.push(country);
        self
    }

    /// Entries that this payer bears, alone or with others.
    #[must_use]
    pub fn payer(mut self, payer: Payer) -> Self {
        self.payers.push(payer);
        self
    }

    /// Entries of this grade or a better one; A is the best.
    #[must_use]
    pub fn at_least(self, grade: Grade) -> Self {
        Self { grade: Some(grade), ..self }
    }

    /// Entries in exactly this unit.
    #[must_use]
    pub fn unit(mut self, unit: Unit) -> Self {
        self.units.push(unit);
        self
    }

    /// Entries in this currency.
    #[must_use]
    pub fn currency(mut self, currency: Currency) -> Self {
        self.currencies.push(currency);
        self
    }

    /// Entries whose price year is one of these, both ends included.
    #[must_use]
    pub fn years(self, years: RangeInclusive<Year>) -> Self {
        Self { years: Some(years), ..self }
    }

    /// The entries found: the best match of the words first, then the better grade, then the later price year.
    pub(super) fn find<'a>(&self, entries: &'a [Entry]) -> Vec<&'a Entry> {
        let admitted = entries.iter().filter(|entry| self.admits(entry));
        self.words.ranked(admitted, texts, |entry| (entry.grade.is_none(), entry.grade, Reverse(entry.price_year)))
    }

    fn admits(&self, entry: &Entry) -> bool {
        any(&self.domains, |asked| *asked == entry.domain)
            && any(&self.countries, |asked| asked.covers(&entry.country))
            && any(&self.payers, |asked| entry.payers.contains(asked))
            && self.grade.is_none_or(|least| entry.grade.is_some_and(|grade| grade <= least))
            && any(&self.units, |asked| *asked == entry.unit)
            && any(&self.currencies, |asked| *asked == entry.currency)
            && self.years.as_ref().is_none_or(|years| years.contains(&entry.price_year.0))
    }
}

/// The texts of an entry that words are sought in, each with its weight.
fn texts(entry: &Entry) -> [(u32, String); 9] {
    let payers = entry.payers.iter().map(|payer| payer.word()).collect::<Vec<_>>().join(" ");
    [
        (NAME, entry.name.en.clone()),
        (NAME, entry.name.nb.clone().unwrap_or_default()),
        (ID, entry.id.clone()),
        (QUALITY, entry.domain.to_string()),
        (QUALITY, entry.country.to_string()),
        (QUALITY, entry.unit.to_string()),
        (QUALITY, payers),
        (SOURCE, entry.source_unit.clone().unwrap_or_default()),
        (SOURCE, entry.source.title.clone()),
    ]
}
