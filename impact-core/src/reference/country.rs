//! Countries: whose prices a figure is in, and the currency they are counted in.
//!
//! One rule: a part of a country (`GB-SCT`) has the currency, indices and purchasing power of the whole (`GB`).

use super::ReferenceError;
use crate::units::{Currency, Label};
use std::fmt;

/// A country by its ISO 3166 code, or a part of one: `NO`, `GB-SCT`, `GB-EAW` (England and Wales).
///
/// # Examples
/// ```
/// use impact_core::reference::Country;
/// let scotland: Country = "GB-SCT".parse()?;
/// assert_eq!(scotland.whole(), "GB");
/// assert!("Norway".parse::<Country>().is_err());
/// # Ok::<(), impact_core::reference::ReferenceError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct Country(String);

impl Country {
    /// The code.
    pub fn code(&self) -> &str {
        &self.0
    }

    /// Whether this is the other, or the whole that the other is a part of.
    pub(super) fn covers(&self, other: &Self) -> bool {
        self == other || self.code() == other.whole()
    }

    /// The code of the whole country.
    pub fn whole(&self) -> &str {
        whole(&self.0)
    }
}

/// The code of the whole country that `code` is, or is a part of.
pub(super) fn whole(code: &str) -> &str {
    code.split_once('-').map_or(code, |(country, _)| country)
}

impl std::str::FromStr for Country {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        let (country, part) = text.split_once('-').map_or((text, None), |(country, part)| (country, Some(part)));
        let is_country = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
        let is_part = |part: &str| {
            (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        };
        if is_country && part.is_none_or(is_part) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ReferenceError::NotACountry { text: text.to_owned() })
        }
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is known of a country.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct CountryProfile {
    /// The country.
    pub country: Country,
    /// Its name.
    pub name: Label,
    /// The currency its figures are counted in.
    pub currency: Currency,
    /// The id of the conventions that a document of this country is appraised under where it names none; none where the country
    /// has no rules for measures of every sector.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conventions: Option<String>,
}

/// The countries with figures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Countries {
    profiles: Vec<CountryProfile>,
}

impl Countries {
    pub(super) fn new(profiles: Vec<CountryProfile>) -> Self {
        Self { profiles }
    }

    /// The countries of the embedded figures.
    ///
    /// # Examples
    /// ```
    /// use impact_core::reference::Countries;
    /// assert_eq!(Countries::embedded().currency("GB-SCT")?.code(), "GBP");
    /// # Ok::<(), impact_core::reference::ReferenceError>(())
    /// ```
    pub fn embedded() -> &'static Self {
        super::embedded::countries()
    }

    /// All of them, in the order of the file.
    pub fn profiles(&self) -> &[CountryProfile] {
        &self.profiles
    }

    /// A country, or the whole country of a part, by its code.
    ///
    /// # Errors
    /// A country without figures.
    pub fn get(&self, code: &str) -> Result<&CountryProfile, ReferenceError> {
        self.profiles.iter().find(|profile| profile.country.code() == whole(code)).ok_or_else(|| {
            let known = self.profiles.iter().map(|profile| profile.country.code().to_owned()).collect();
            ReferenceError::UnknownCountry { code: code.to_owned(), known }
        })
    }

    /// The currency that the figures of a country are counted in.
    ///
    /// # Errors
    /// A country without figures.
    pub fn currency(&self, code: &str) -> Result<Currency, ReferenceError> {
        self.get(code).map(|profile| profile.currency)
    }

    /// The countries whose figures are counted in a currency: several for the euro.
    pub fn with_currency(&self, currency: Currency) -> impl Iterator<Item = &CountryProfile> {
        self.profiles.iter().filter(move |profile| profile.currency == currency)
    }
}
