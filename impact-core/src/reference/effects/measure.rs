//! Measures of effect, and the units they come in.
//!
//! One rule: a measure says what is compared, its unit how it is written; -13 percentage points and -0.13 are one difference.

use super::Contrast;
use crate::reference::words::words;
use rust_decimal::Decimal;

words! {
    /// What a figure of the register measures.
    Measure {
        /// Probability of the treated less that of the untreated.
        RiskDifference = "risk-difference",
        /// Probability of the treated over that of the untreated (relative risk).
        RiskRatio = "risk-ratio",
        /// Odds of the treated over those of the untreated: not to be read as a ratio of probabilities.
        OddsRatio = "odds-ratio",
        /// Events per person and period of the treated over those of the untreated.
        RateRatio = "rate-ratio",
        /// Change over the level without treatment.
        RelativeChange = "relative-change",
        /// Mean of the treated less mean of the untreated.
        MeanDifference = "mean-difference",
        /// The same in standard deviations (Cohen's d).
        StandardisedMeanDifference = "standardised-mean-difference",
        /// Probability without the intervention studied, or share of a population.
        BaselineRate = "baseline-rate",
        /// Probability of the treated in one study.
        TreatedRate = "treated-rate",
        /// Probability of the untreated in the same study.
        ControlRate = "control-rate",
        /// Mean of a population.
        Mean = "mean",
        /// Share of an amount.
        Share = "share",
        /// Benefits over costs.
        BenefitCostRatio = "benefit-cost-ratio",
    }
}

words! {
    /// What the value of an effect is in.
    EffectUnit {
        /// A fraction of one.
        Fraction = "fraction",
        /// Hundredths of one, as a difference of two percentages.
        PercentagePoints = "percentage-points",
        /// Hundredths of a level.
        Percent = "percent",
        /// Thousandths of one.
        PerThousand = "per-thousand",
        /// One over another.
        Ratio = "ratio",
        /// Standard deviations.
        StandardDeviations = "standard-deviations",
        /// How many, per person.
        Count = "count",
        /// Days.
        Days = "days",
        /// Months.
        Months = "months",
        /// Units of the currency named, per person.
        Amount = "amount",
    }
}

impl Measure {
    /// The contrast with a baseline that it is, if it is one.
    pub fn contrast(self) -> Option<Contrast> {
        match self {
            Measure::RiskDifference => Some(Contrast::RiskDifference),
            Measure::RiskRatio => Some(Contrast::RiskRatio),
            Measure::OddsRatio => Some(Contrast::OddsRatio),
            Measure::RateRatio => Some(Contrast::RateRatio),
            Measure::RelativeChange => Some(Contrast::RelativeChange),
            _ => None,
        }
    }

    /// The value it has when treatment does nothing: 1 for ratios, 0 for differences, none for levels.
    pub fn without_effect(self) -> Option<Decimal> {
        match self {
            Measure::RiskRatio | Measure::OddsRatio | Measure::RateRatio => Some(Decimal::ONE),
            Measure::RiskDifference
            | Measure::RelativeChange
            | Measure::MeanDifference
            | Measure::StandardisedMeanDifference => Some(Decimal::ZERO),
            _ => None,
        }
    }

    /// Whether it is a level between 0 and 1.
    pub fn is_rate(self) -> bool {
        matches!(self, Measure::BaselineRate | Measure::TreatedRate | Measure::ControlRate | Measure::Share)
    }

    /// The units it may be in.
    pub fn units(self) -> &'static [EffectUnit] {
        use EffectUnit::*;
        match self {
            Measure::RiskDifference => &[Fraction, PercentagePoints, PerThousand],
            Measure::RelativeChange => &[Fraction, Percent],
            Measure::RiskRatio | Measure::OddsRatio | Measure::RateRatio | Measure::BenefitCostRatio => &[Ratio],
            Measure::MeanDifference | Measure::Mean => &[Count, Days, Months, Amount],
            Measure::StandardisedMeanDifference => &[StandardDeviations],
            Measure::BaselineRate | Measure::TreatedRate | Measure::ControlRate | Measure::Share => {
                &[Fraction, Percent, PerThousand]
            }
        }
    }

    /// Its name in words: `odds ratio`.
    pub fn in_words(self) -> String {
        self.word().replace('-', " ")
    }
}

impl EffectUnit {
    /// How many of the unit make one whole: 100 percentage points, 1000 per thousand, and 1 for what is no part of a whole.
    pub fn of_one(self) -> Decimal {
        match self {
            EffectUnit::PercentagePoints | EffectUnit::Percent => Decimal::ONE_HUNDRED,
            EffectUnit::PerThousand => Decimal::ONE_THOUSAND,
            _ => Decimal::ONE,
        }
    }
}
