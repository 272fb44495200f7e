//! Reference figures: conventions, unit costs, effects, index series and templates of models, embedded in the crate.
//!
//! One rule: a figure never travels without its source, edition and grade; what was not read at its source says so.
//! Sources: each file in `data/` names its own; `data/README.md` explains the fields.

mod catalogue;
mod convention;
mod country;
mod effects;
mod embedded;
mod error;
mod index;
mod nearest;
mod plus_minus;
mod practice;
mod provenance;
mod reform;
mod sought;
mod template;
mod words;

pub(crate) use catalogue::Shelf;
pub use catalogue::{Cashable, Catalogue, Domain, Entry, InG, Payer, PriceOfYear, PriceOfYearError, Search};
pub use convention::{
    Alternative, AttributionScope, ClassGrowth, Combination, ConfidenceGrade, Convention, CorrectionScheme,
    Corrections, Denominator, Discounting, DropOff, ExchangeBasis, Filters, FinancingBase, InForce, MarketFactor,
    NothingForNothing, Origin, PriceIndex, Prices, RatioKind, Ratios, Switch, TaxFinancing, TaxFinancingCost,
    TransferCounting, Unverified, ValueClass, WillingnessToPay,
};
pub use country::{Countries, Country, CountryProfile};
pub use effects::{
    Contrast, ContrastError, Design, Effect, EffectDomain, EffectError, EffectSearch, EffectUnit, Effects, Interval,
    Measure, SizedContrast,
};
pub use error::ReferenceError;
pub use index::{IndexError, IndexKind, IndexRow, IndexSeries, Indices, Scope};
pub use plus_minus::{Consequence, EffectSize, Importance, PlusMinus};
pub use practice::{Factor, Practice};
pub use provenance::{Edition, Grade, Source};
pub use reform::Reform;
pub use template::Template;
