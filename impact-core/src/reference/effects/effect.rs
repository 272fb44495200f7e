//! An effect of the register: what a study found, in its own measure and unit.
//!
//! One rule: the value stands as the study gives it; `unit` says what it is in, and nothing converts unasked.

use super::{Contrast, EffectUnit, Measure};
use crate::distribution::Distribution;
use crate::document::{Table, Value};
use crate::number::Exact;
use crate::reference::words::words;
use crate::reference::{Country, Edition, Grade, Source};
use crate::units::{Currency, Label};
use rust_decimal::Decimal;

words! {
    /// The field an effect belongs to.
    EffectDomain {
        /// New offences, charges, convictions and sentences.
        Reoffending = "reoffending",
        /// Work and income.
        Employment = "employment",
        /// Homes and homelessness.
        Housing = "housing",
        /// Quality of life.
        Wellbeing = "wellbeing",
        /// Health.
        Health = "health",
        /// What happens without the intervention: a level to apply an effect to.
        Baseline = "baseline",
        /// A published ratio to hold a result against, never an input.
        Benchmark = "benchmark",
    }
}

words! {
    /// How a figure was found.
    Design {
        /// Drawn by lot.
        RandomisedTrial = "randomised-trial",
        /// Several trials taken together.
        MetaAnalysisOfTrials = "meta-analysis-of-trials",
        /// Several studies taken together, not all of them trials.
        MetaAnalysis = "meta-analysis",
        /// Chance in who was treated, such as which judge: holds for those it moved.
        InstrumentalVariables = "instrumental-variables",
        /// Change where it was introduced less change where it was not.
        DifferenceInDifferences = "difference-in-differences",
        /// Compared with others who look alike.
        MatchedComparison = "matched-comparison",
        /// Compared with before: no comparison group.
        BeforeAfter = "before-after",
        /// Counted in a register: a level, no effect.
        RegisterCount = "register-count",
        /// Calculated in a model of costs and benefits.
        CostBenefitModel = "cost-benefit-model",
    }
}

/// An interval as the study gives it. The register does not record its level of confidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Interval {
    /// The low end.
    pub low: Decimal,
    /// The high end.
    pub high: Decimal,
}

/// An effect on a baseline, ready to apply: differences and changes as fractions, ratios as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct SizedContrast {
    /// How the treated compare with the baseline.
    pub contrast: Contrast,
    /// By how much.
    pub size: Decimal,
    /// Between what, where the study says.
    pub interval: Option<Interval>,
}

/// The chance below the low end, and above the high end, of a 95 % interval.
const TAIL: Decimal = Decimal::from_parts(25, 0, 0, false, 3);

impl SizedContrast {
    /// How the effect may vary within its interval, taken as a 95 % interval: a ratio is lognormal, a difference of two
    /// probabilities normal and cut at -1 and 1. None without an interval, and for a relative change, which is neither.
    ///
    /// # Examples
    /// ```
    /// use impact_core::reference::Effects;
    /// let reentry = Effects::embedded().get("reentry-rct-reconviction")?.contrast()?; // 0.94, interval 0.77 to 1.12
    /// let spread = reentry.distribution().ok_or("an interval")?;
    /// assert!((spread.quantile(0.025)? - 0.77).abs() < 1e-9 && (spread.quantile(0.975)? - 1.12).abs() < 1e-9);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn distribution(&self) -> Option<Distribution> {
        let [below, above] = self.ends()?;
        match self.contrast {
            Contrast::RiskRatio | Contrast::OddsRatio | Contrast::RateRatio => {
                Distribution::lognormal_from_quantiles(below, above).ok()
            }
            Contrast::RiskDifference => {
                let normal = Distribution::normal_from_quantiles(below, above).ok()?;
                Distribution::truncated(normal, Some(Decimal::NEGATIVE_ONE), Some(Decimal::ONE)).ok()
            }
            Contrast::RelativeChange => None,
        }
    }

    /// The same in the form of a document: `{ lognormal = { quantiles = [[0.025, 0.77], [0.975, 1.12]] } }`.
    pub fn distribution_form(&self) -> Option<Table> {
        let quantiles = self.ends()?.map(|(chance, value)| Value::list([chance, value]));
        let by_quantiles = |form: &str| table([(form, table([("quantiles", Value::list(quantiles.clone()))])?.into())]);
        match self.contrast {
            Contrast::RiskRatio | Contrast::OddsRatio | Contrast::RateRatio => by_quantiles("lognormal"),
            Contrast::RiskDifference => {
                let cut = [("of", by_quantiles("normal")?.into()), ("low", (-1).into()), ("high", 1.into())];
                table([("truncated", table(cut)?.into())])
            }
            Contrast::RelativeChange => None,
        }
    }

    /// The ends of the interval, each with its chance of a lower value.
    fn ends(&self) -> Option<[(Decimal, Decimal); 2]> {
        let Interval { low, high } = self.interval?;
        Some([(TAIL, low), ((Exact::ONE - Exact::from(TAIL)).value().ok()?, high)])
    }
}

fn table<const N: usize>(entries: [(&str, Value); N]) -> Option<Table> {
    let mut table = Table::default();
    for (key, value) in entries {
        table.insert(key, value).ok()?;
    }
    Some(table)
}

/// An effect, a baseline or a benchmark: one figure of one study.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Effect {
    /// The id, by which models refer to it.
    pub id: String,
    /// The field it belongs to.
    pub domain: EffectDomain,
    /// What was done; none for a level without intervention.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intervention: Option<Label>,
    /// What was measured, as the study defines it.
    pub outcome: Label,
    /// Whom it holds for.
    pub population: Label,
    /// The country, or the part of it, of the study; none if it has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
    /// The countries of a study of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub countries: Option<Label>,
    /// What the value measures.
    pub measure: Measure,
    /// What the value is in.
    pub unit: EffectUnit,
    /// The currency of an amount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// The value, as the study gives it.
    pub value: Decimal,
    /// The low end of its interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<Decimal>,
    /// The high end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<Decimal>,
    /// Whether the interval is arithmetic on a standard error, as the note says.
    pub interval_derived: bool,
    /// How many were studied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n: Option<u32>,
    /// How long they were followed, in the study's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<String>,
    /// The same in months, where it is one length for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub follow_up_months: Option<u32>,
    /// How it was found.
    pub design: Design,
    /// The design in the study's words.
    pub study: String,
    /// How far it can be trusted.
    pub grade: Grade,
    /// Where it was read.
    pub source: Source,
    /// What was read there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// What to beware of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whether the value is arithmetic on figures that were read, as evidence or note say.
    pub derived: bool,
    /// The edition of the register that the effect stands in.
    pub edition: Edition,
}

/// Why an effect has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EffectError {
    /// A figure that does not compare the treated with a baseline.
    #[error("`{id}` is a {measure}, which says nothing of how a baseline changes")]
    NotAContrast {
        /// The effect.
        id: String,
        /// Its measure, in words.
        measure: String,
    },
    /// The arithmetic itself failed.
    #[error(transparent)]
    Arithmetic(#[from] crate::number::Fault),
}

impl Effect {
    /// The interval, in the unit of the value, where the study gives one.
    pub fn interval(&self) -> Option<Interval> {
        Some(Interval { low: self.low?, high: self.high? })
    }

    /// Whether the interval is open to no effect at all: none where there is no interval, or the measure is no contrast.
    pub fn may_be_none(&self) -> Option<bool> {
        let Interval { low, high } = self.interval()?;
        let none = self.measure.without_effect()?;
        Some(low <= none && none <= high)
    }

    /// The effect as a contrast with a baseline, in fractions: 13 percentage points become 0.13, 15 percent 0.15.
    ///
    /// # Errors
    /// A measure that is no contrast: a level, a mean difference, a standardised difference, a benefit-cost ratio.
    ///
    /// # Examples
    /// ```
    /// use impact_core::reference::Effects;
    /// let education = Effects::embedded().get("rand-ced-recid")?.contrast()?;
    /// let change = education.contrast.exact_change("0.20".parse()?, education.size)?;
    /// assert_eq!(change.round_dp(3).to_string(), "-0.075");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn contrast(&self) -> Result<SizedContrast, EffectError> {
        let Some(contrast) = self.measure.contrast() else {
            return Err(EffectError::NotAContrast { id: self.id.clone(), measure: self.measure.in_words() });
        };
        let plain = |value: Decimal| (Exact::from(value) / Exact::from(self.unit.of_one())).value();
        let interval = match self.interval() {
            Some(Interval { low, high }) => Some(Interval { low: plain(low)?, high: plain(high)? }),
            None => None,
        };
        Ok(SizedContrast { contrast, size: plain(self.value)?, interval })
    }

    /// A level as a fraction of one: 27.44 per thousand is 0.02744. None if the figure is no rate and no share.
    pub fn rate(&self) -> Option<Decimal> {
        let is_rate = self.measure.is_rate();
        is_rate.then(|| (Exact::from(self.value) / Exact::from(self.unit.of_one())).value().ok()).flatten()
    }
}
