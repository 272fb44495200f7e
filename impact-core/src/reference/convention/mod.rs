//! Conventions: how an appraisal is calculated where a formula alone does not say.
//!
//! One rule: a convention is a dated, sourced file, never code; what was not read at its source is marked `unverified`.
//! Sources: `data/conventions/`, each file with its own.

mod alternatives;
mod class_growth;
mod corrections;
mod exchange;
mod financing;
mod market_prices;
mod read;
mod switches;

pub use alternatives::Alternative;
pub use class_growth::{ClassGrowth, ValueClass};
pub use corrections::{ConfidenceGrade, CorrectionScheme, Corrections};
pub use exchange::Switch;
pub use financing::{FinancingBase, TaxFinancing, TaxFinancingCost};
pub use market_prices::MarketFactor;
pub use switches::{
    AttributionScope, Denominator, DropOff, ExchangeBasis, Filters, NothingForNothing, Origin, PriceIndex, RatioKind,
    TransferCounting, WillingnessToPay,
};

use super::{Edition, ReferenceError, Source};
use crate::address::Address;
use crate::discount::{Schedule, Timing};
use crate::document::Node;
use crate::units::Label;
use chrono::NaiveDate;

/// The rules an appraisal follows, with their edition and source.
///
/// # Examples
/// ```
/// use impact_core::reference::{Convention, Filters};
/// let norway = Convention::embedded("norway-r109-2021")?;
/// assert_eq!(norway.discount.schedule.bands().len(), 3);
/// assert_eq!(norway.combination.filters, Filters::Multiplicative);
/// assert!(norway.mark("financing.cost").is_some(), "the circular's own text was not read");
/// assert!(Convention::embedded("norway").unwrap_err().to_string().contains("`norway-r109-2021`"));
/// # Ok::<(), impact_core::reference::ReferenceError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Convention {
    /// The id, by which models name it.
    pub id: String,
    /// What it is called.
    pub title: Label,
    /// Its edition, which every result names.
    pub edition: Edition,
    /// When it applies, where that was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_force: Option<InForce>,
    /// Where it was read.
    pub source: Source,
    /// What to beware of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Label>,
    /// How time counts.
    pub discount: Discounting,
    /// How the parts of an outcome combine.
    pub combination: Combination,
    /// What the headline ratio is.
    pub ratios: Ratios,
    /// What raising public money costs society.
    pub financing: TaxFinancing,
    /// Real growth of unit values, by their class.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub growth: Vec<ClassGrowth>,
    /// What benefits lose and costs gain for weak evidence.
    #[serde(skip_serializing_if = "Corrections::are_none")]
    pub corrections: Corrections,
    /// How amounts are carried between years and countries.
    pub prices: Prices,
    /// Decimals of money that reports show.
    pub displayed_digits: u32,
    /// What was not read at its source.
    pub unverified: Vec<Unverified>,
}

/// The days a convention applies, both included; open where it still does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct InForce {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
}

/// How time counts.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Discounting {
    /// The rates by step.
    pub schedule: Schedule,
    /// Where the schedule's clock starts, unless the model gives a year.
    pub origin: Origin,
    /// When in its year a cost falls.
    pub costs: Timing,
    /// When in its year an outcome falls.
    pub outcomes: Timing,
    /// Whether costs are discounted at all.
    pub costs_discounted: bool,
    /// The alternative whose rates [`Discounting::schedule`] has; none where they are the convention's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chosen: Option<String>,
    /// Other schedules that the convention names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Alternative>,
}

/// How the parts of an outcome combine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Combination {
    /// Deadweight, displacement and attribution.
    pub filters: Filters,
    /// What drop-off does to the years.
    pub drop_off: DropOff,
    /// Which measures the own share applies to.
    pub attribution: AttributionScope,
    /// What a transfer is to society.
    pub transfers: TransferCounting,
}

/// What the headline ratio is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Ratios {
    /// Gross or net of the inputs.
    pub kind: RatioKind,
    /// What stands below the line.
    pub denominator: Denominator,
    /// What is willingness to pay in the marginal value of public funds, where a value does not say.
    pub willingness_to_pay: WillingnessToPay,
    /// What that is where nothing is gained and nothing paid.
    pub nothing_for_nothing: NothingForNothing,
}

/// How amounts are carried between years and countries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Prices {
    /// The index that carries prices between years.
    pub index: PriceIndex,
    /// What carries resources between countries.
    pub exchange: ExchangeBasis,
    /// What society's account multiplies amounts at factor prices by; none where it takes all amounts as they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub market_factor: Option<MarketFactor>,
}

/// A parameter that was not read at its source.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Unverified {
    /// Its address in the convention; the address of a table or list covers everything in it.
    pub address: Address,
    /// What was read instead.
    pub why: Label,
}

impl Convention {
    /// The ids of the embedded conventions.
    pub fn ids() -> impl Iterator<Item = &'static str> {
        super::embedded::conventions().iter().map(|embedded| embedded.convention.id.as_str())
    }

    /// An embedded convention by its id.
    ///
    /// # Errors
    /// No such convention: the error names those there are.
    pub fn embedded(id: &str) -> Result<&'static Self, ReferenceError> {
        find(id).map(|embedded| &embedded.convention)
    }

    /// The document of an embedded convention, for a model that overrides switches of it.
    ///
    /// # Errors
    /// No such convention: the error names those there are.
    pub fn document(id: &str) -> Result<&'static Node, ReferenceError> {
        find(id).map(|embedded| &embedded.node)
    }

    /// The convention as a model uses it: without the marks of schedules that are not the one chosen.
    pub fn in_use(mut self) -> Self {
        let chosen = self.discount.chosen.as_ref().map(|id| format!("discount.alternatives.{id}"));
        self.unverified.retain(|mark| {
            let address = mark.address.as_str();
            let other = match &chosen {
                Some(chosen) if address.starts_with("discount.alternatives.") => !address.starts_with(chosen.as_str()),
                Some(_) => address.starts_with("discount.bands"),
                None => address.starts_with("discount.alternatives"),
            };
            !other
        });
        self
    }

    /// The mark that covers a parameter by its address, if it was not read at its source.
    pub fn mark(&self, address: &str) -> Option<&Unverified> {
        let address: Address = address.parse().ok()?;
        self.unverified.iter().find(|mark| address.is_within(&mark.address))
    }

    /// Whether anything at, above or below an address was not read at its source.
    pub fn mark_within(&self, address: &str) -> bool {
        let within = |address: Address| {
            self.unverified.iter().any(|mark| mark.address.is_within(&address) || address.is_within(&mark.address))
        };
        address.parse().is_ok_and(within)
    }
}

fn find(id: &str) -> Result<&'static super::embedded::EmbeddedConvention, ReferenceError> {
    super::embedded::conventions().iter().find(|embedded| embedded.convention.id == id).ok_or_else(|| {
        ReferenceError::UnknownConvention { id: id.to_owned(), known: Convention::ids().map(str::to_owned).collect() }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discount::Clock;
    use crate::error::Problems;
    use crate::units::Year;
    use rust_decimal::prelude::ToPrimitive;

    /// Published factors are printed with 13 significant digits or as floats.
    const TOLERANCE: f64 = 1e-12;

    fn factor(id: &str, origin: i64, present_value_year: i64, year: i64) -> f64 {
        let schedule = Convention::embedded(id).unwrap().discount.schedule.clone();
        let year_of = |number| Year::new(number).unwrap();
        let clock = Clock { schedule, origin: year_of(origin), present_value_year: year_of(present_value_year) };
        clock.factor(year_of(year), Timing::Start).value().unwrap().to_f64().unwrap()
    }

    #[test]
    fn norwegian_factors_step_down_after_40_and_75_years() {
        // Computed from 4 % to year 40, 3 % to 75, 2 % after.
        let expected = [(1, 0.9615384615384615), (40, 0.20828904466294113), (41, 0.20222237345916613)];
        let late = [(75, 0.07402246841857886), (76, 0.07257104746919496), (100, 0.04511897961382841)];
        for (years, expected) in expected.into_iter().chain(late) {
            let found = factor("norway-r109-2021", 2020, 2020, 2020 + years);
            assert!((found - expected).abs() < TOLERANCE, "{years}: {found}");
        }
    }

    #[test]
    fn the_reading_of_fram_is_a_clock_that_starts_a_year_earlier() {
        // Kystverket's FRAM 3.5: present values of 2025, opening in 2029, 3 % from 2069 and 2 % from 2104.
        for (year, expected) in [(2068, 0.18516820225639816), (2069, 0.1797749536469885), (2104, 0.06451539694504842)] {
            let found = factor("norway-r109-2021", 2028, 2025, year);
            assert!((found - expected).abs() < TOLERANCE, "{year}: {found}");
        }
    }

    #[test]
    fn british_factors_agree_with_the_package_greenbook() {
        // greenbook 0.1.1 (R), gb_discount_factor()
        let expected = [(1, 0.9661835748792), (30, 0.3562784106023), (31, 0.3459013695168), (76, 0.09191587568458)];
        let late = [(126, 0.0268732970747), (201, 0.006115644054877), (301, 0.001386700410262)];
        for (years, expected) in expected.into_iter().chain(late) {
            let found = factor("uk-green-book-2022", 2020, 2020, 2020 + years);
            assert!((found - expected).abs() < TOLERANCE, "{years}: {found}");
        }
    }

    #[test]
    fn a_mark_covers_what_lies_below_it() {
        let norway = Convention::embedded("norway-r109-2021").unwrap();
        assert!(norway.mark("combination.filters").is_some_and(|mark| mark.address.as_str() == "combination"));
        assert!(norway.mark("discount.bands.1.rate").is_some());
        assert!(norway.mark("discount.bands.0.from_step").is_none());
        assert!(norway.mark("in_force").is_none());
    }

    #[test]
    fn every_reason_is_said_in_both_languages() {
        for convention in Convention::ids().map(|id| Convention::embedded(id).unwrap()) {
            let reasons = convention.unverified.iter().map(|mark| &mark.why).chain(&convention.note);
            for reason in reasons {
                assert!(reason.nb.as_ref().is_some_and(|nb| *nb != reason.en), "{}: {}", convention.id, reason.en);
            }
            assert!(convention.unverified.len() > 3, "{}", convention.id);
        }
    }

    #[test]
    fn what_a_model_sets_itself_is_no_longer_unverified() {
        let changed = |address: &str| {
            let node = Convention::document("norway-r109-2021").unwrap();
            Convention::read_changed(node, &[address.parse().unwrap()], &mut Problems::new()).unwrap()
        };
        let own = changed("discount.bands");
        assert!(own.mark("discount.bands.1.rate").is_none());
        assert!(own.mark("discount.timing").is_some());
        assert!(changed("combination.filters").mark("combination.drop_off").is_some());
    }
}
