//! What can be wrong with a quantity: effects, figures of the register, hazards and paths.
//!
//! One rule: a fault says what to write instead.

use super::LONGEST_HORIZON;
use super::fault::quoted;
use rust_decimal::Decimal;

/// Something a document says of a quantity that cannot be meant.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum QuantityFault {
    /// A quantity given in several ways.
    #[error("{} are given: a quantity is one of them", quoted(forms, " and "))]
    SeveralQuantities {
        /// The keys that are given.
        forms: Vec<String>,
    },
    /// An effect that does not say how much changes.
    #[error(
        "how much changes is missing: give one of `risk_difference`, `risk_ratio`, `odds_ratio`, `rate_ratio`, \
         `relative_change`, `register` (an id of the register of effects), or a `path`"
    )]
    NoContrast,
    /// An effect that says it in several ways.
    #[error("{} are given: an effect has one of them", quoted(forms, " and "))]
    SeveralContrasts {
        /// The keys that are given.
        forms: Vec<String>,
    },
    /// An effect on a baseline that is not given.
    #[error("`baseline` is missing: the {contrast} acts on what happens without the intervention")]
    BaselineMissing {
        /// The contrast in words.
        contrast: String,
    },
    /// A ratio of rates where people are counted.
    #[error(
        "a rate ratio changes how often something happens, not how many people it happens to: write `nature = \"event\"` \
         and what happens as `unit`, such as `incident`; for people there is `risk_ratio`"
    )]
    RateOfPeople,
    /// A figure of the register that is no effect on a share or a rate.
    #[error(
        "`{id}` of the register is {} {measures}, not an effect on a share or a rate: {instead}",
        article(measures)
    )]
    NotAnEffect {
        /// The entry.
        id: String,
        /// What it measures.
        measures: String,
        /// What can be written instead.
        instead: &'static str,
    },
    /// A figure of the register that is no level without the intervention.
    #[error(
        "`{id}` of the register is {} {measures}, not a share without the intervention: {instead}",
        article(measures)
    )]
    NotABaseline {
        /// The entry.
        id: String,
        /// What it measures.
        measures: String,
        /// What can be written instead.
        instead: &'static str,
    },
    /// A hazard without shares.
    #[error(
        "the hazard is empty: give the share lost at the start of year 2, of year 3 and so on, such as `[0.3, 0.2]`"
    )]
    EmptyHazard,
    /// A hazard or a path that outlasts every model.
    #[error("the {key} runs over {years} years, and at most {most} are appraised: shorten it", most = LONGEST_HORIZON)]
    TooLong {
        /// `hazard` or `path`.
        key: &'static str,
        /// How many years it runs.
        years: Decimal,
    },
    /// A path without a beginning and an end.
    #[error("a path has at least two points, the one it begins at and the one it ends at")]
    ShortPath,
    /// Points that do not follow each other in time.
    #[error("the point at `{after}` follows the one at `{before}`: give the points in order of time, each time once")]
    PathOrder {
        /// The time of the earlier point in the list.
        before: Decimal,
        /// The time of the next one.
        after: Decimal,
    },
    /// An effect said to be gross.
    #[error("an effect is measured against those without the intervention, so it is `net`: leave `measured` out")]
    GrossEffect,
}

/// The article of what an entry measures.
fn article(measures: &str) -> &'static str {
    if measures.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}
