//! Applying an effect to a baseline: how much a probability or a rate changes.
//!
//! One rule: odds are not rates. An odds ratio of 0.57 takes a baseline of 0.20 to 0.125, not to 0.114.
//! Method: Higgins et al. (eds.), Cochrane Handbook for Systematic Reviews of Interventions, chapters 6 and 15.

use crate::number::{Exact, Fault, Number};
use crate::reference::words::words;
use rust_decimal::Decimal;

words! {
    /// A way to compare the treated with the baseline.
    Contrast {
        /// Treated probability less the baseline: a fraction between -1 and 1.
        RiskDifference = "risk-difference",
        /// Treated probability over the baseline.
        RiskRatio = "risk-ratio",
        /// Odds of the treated over the odds of the baseline; odds are p / (1 - p).
        OddsRatio = "odds-ratio",
        /// Treated rate over the baseline rate: events per person and period, which may be above one.
        RateRatio = "rate-ratio",
        /// Change of a rate or an amount over its baseline: -0.15 is 15 % less.
        RelativeChange = "relative-change",
    }
}

/// Why an effect cannot be applied to a baseline.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ContrastError {
    /// A baseline that is no probability, or no rate.
    #[error("baseline `{baseline}` of the {contrast} is not {expected}")]
    Baseline {
        /// The contrast, in words.
        contrast: String,
        /// The baseline.
        baseline: Decimal,
        /// What is accepted.
        expected: &'static str,
    },
    /// An effect that its contrast does not allow.
    #[error("{contrast} `{size}` is not {expected}")]
    Size {
        /// The contrast, in words.
        contrast: String,
        /// The effect.
        size: Decimal,
        /// What is accepted.
        expected: &'static str,
    },
    /// A result that is no probability: the effect does not carry over to this baseline.
    #[error("{contrast} `{size}` on baseline `{baseline}` gives `{result}`, which is not between 0 and 1")]
    Result {
        /// The contrast, in words.
        contrast: String,
        /// The effect.
        size: Decimal,
        /// The baseline.
        baseline: Decimal,
        /// The treated probability it would give.
        result: Decimal,
    },
    /// The arithmetic itself failed.
    #[error(transparent)]
    Arithmetic(#[from] Fault),
}

const PROBABILITY: &str = "between 0 and 1";
const RATE: &str = "zero or above";

impl Contrast {
    /// Change of the baseline, positive if the treated have more; nothing is checked and nothing is held within bounds.
    ///
    /// # Formula
    /// With baseline `p` and effect `x`:
    /// risk difference `x`; risk ratio and rate ratio `p · (x - 1)`; relative change `p · x`;
    /// odds ratio `p · (1 - p) · (x - 1) / (1 - p + x · p)`, which is `x · p / (1 - p + x · p) - p`.
    pub fn change<N: Number>(self, baseline: N, size: N) -> N {
        let one = N::one();
        match self {
            Contrast::RiskDifference => size,
            Contrast::RiskRatio | Contrast::RateRatio => baseline * (size - one),
            Contrast::RelativeChange => baseline * size,
            Contrast::OddsRatio => {
                let without = one - baseline;
                baseline * without * (size - one) / (without + size * baseline)
            }
        }
    }

    /// Change of the baseline in exact decimals, quantised to 12, when baseline, effect and result are what they can be.
    ///
    /// # Errors
    /// A probability outside 0 to 1 or a rate below 0 as baseline; a ratio that is not above 0, a difference beyond -1 to 1
    /// or a relative change below -1; a treated probability outside 0 to 1.
    ///
    /// # Examples
    /// ```
    /// use impact_core::reference::Contrast;
    /// let change = Contrast::OddsRatio.exact_change("0.20".parse()?, "0.57".parse()?)?;
    /// assert_eq!(change.to_string(), "-0.075273522976"); // 0.114 / 0.914 - 0.20
    /// let beyond = Contrast::RiskRatio.exact_change("0.50".parse()?, "2.5".parse()?).unwrap_err();
    /// assert_eq!(beyond.to_string(), "risk ratio `2.5` on baseline `0.50` gives `1.25`, which is not between 0 and 1");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn exact_change(self, baseline: Decimal, size: Decimal) -> Result<Decimal, ContrastError> {
        self.check_baseline(baseline)?;
        self.check_size(size)?;
        let change = self.change(Exact::from(baseline), Exact::from(size)).quantised();
        let result = (Exact::from(baseline) + change).value()?;
        if self.is_of_probabilities() && !is_probability(result) {
            let result = result.normalize();
            return Err(ContrastError::Result { contrast: self.in_words(), size, baseline, result });
        }
        Ok(change.value()?.normalize())
    }

    /// Whether it compares probabilities, rather than rates that may be above one.
    pub fn is_of_probabilities(self) -> bool {
        matches!(self, Contrast::RiskDifference | Contrast::RiskRatio | Contrast::OddsRatio)
    }

    /// Its name in words: `odds ratio`.
    pub fn in_words(self) -> String {
        self.word().replace('-', " ")
    }

    fn check_baseline(self, baseline: Decimal) -> Result<(), ContrastError> {
        let (holds, expected) = if self.is_of_probabilities() {
            (is_probability(baseline), PROBABILITY)
        } else {
            (baseline >= Decimal::ZERO, RATE)
        };
        let fault = || ContrastError::Baseline { contrast: self.in_words(), baseline, expected };
        if holds { Ok(()) } else { Err(fault()) }
    }

    fn check_size(self, size: Decimal) -> Result<(), ContrastError> {
        let (holds, expected) = match self {
            Contrast::RiskDifference => {
                (size.abs() <= Decimal::ONE, "between -1 and 1 (13 percentage points are 0.13)")
            }
            Contrast::RelativeChange => (size >= Decimal::NEGATIVE_ONE, "-1 or above (15 % less is -0.15)"),
            Contrast::RiskRatio | Contrast::OddsRatio | Contrast::RateRatio => (size > Decimal::ZERO, "above zero"),
        };
        let fault = || ContrastError::Size { contrast: self.in_words(), size, expected };
        if holds { Ok(()) } else { Err(fault()) }
    }
}

fn is_probability(value: Decimal) -> bool {
    (Decimal::ZERO..=Decimal::ONE).contains(&value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::Lanes;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn change(contrast: Contrast, baseline: &str, size: &str) -> Result<String, String> {
        let change = contrast.exact_change(decimal(baseline), decimal(size));
        change.map(|value| value.to_string()).map_err(|error| error.to_string())
    }

    fn changes(contrast: Contrast, baseline: &str, size: &str, expected: &str) {
        assert_eq!(change(contrast, baseline, size).as_deref(), Ok(expected), "{contrast} {size} on {baseline}");
    }

    #[test]
    fn odds_go_through_the_baseline() {
        // odds 0.2/0.8 = 0.25; times 0.57 = 0.1425; 0.1425/1.1425 = 0.124726477024; less 0.2
        changes(Contrast::OddsRatio, "0.20", "0.57", "-0.075273522976");
        // odds 1; times 0.57; 0.57/1.57 = 0.363057324841; less 0.5
        changes(Contrast::OddsRatio, "0.5", "0.57", "-0.136942675159");
        // odds 0.25; times 2 = 0.5; 0.5/1.5 = 1/3; less 0.2
        changes(Contrast::OddsRatio, "0.2", "2", "0.133333333333");
        changes(Contrast::OddsRatio, "0.2", "1", "0");
    }

    #[test]
    fn odds_never_leave_zero_to_one() {
        for baseline in ["0", "1"] {
            for size in ["0.000001", "0.57", "1000000"] {
                changes(Contrast::OddsRatio, baseline, size, "0");
            }
        }
        changes(Contrast::OddsRatio, "0.2", "1000000", "0.799996000016"); // 250000/250001 - 0.2
    }

    #[test]
    fn ratios_and_differences_are_what_they_say() {
        changes(Contrast::RiskRatio, "0.20", "1.63", "0.126"); // 0.20 · 0.63
        changes(Contrast::RiskRatio, "0.20", "0.5", "-0.1");
        changes(Contrast::RiskDifference, "0.54", "-0.29", "-0.29");
        changes(Contrast::RateRatio, "1.55", "0.916", "-0.1302"); // 1.55 · -0.084
        changes(Contrast::RelativeChange, "1.55", "-0.084", "-0.1302");
        changes(Contrast::RelativeChange, "0.20", "-1", "-0.2");
    }

    #[test]
    fn two_ways_to_write_one_effect_agree() {
        for (baseline, treated) in [("0.2", "0.125"), ("0.27", "0.37"), ("0.71", "0.29")] {
            let (p, q) = (Exact::from(decimal(baseline)), Exact::from(decimal(treated)));
            let odds = |p: Exact| p / (Exact::ONE - p);
            for (contrast, size) in [
                (Contrast::RiskDifference, q - p),
                (Contrast::RiskRatio, q / p),
                (Contrast::OddsRatio, odds(q) / odds(p)),
                (Contrast::RateRatio, q / p),
                (Contrast::RelativeChange, q / p - Exact::ONE),
            ] {
                assert_eq!(contrast.change(p, size).quantised(), (q - p).quantised(), "{contrast} {baseline}");
            }
        }
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let refused = |contrast, baseline, size| change(contrast, baseline, size).unwrap_err();
        assert_eq!(
            refused(Contrast::OddsRatio, "20", "0.57"),
            "baseline `20` of the odds ratio is not between 0 and 1"
        );
        assert_eq!(refused(Contrast::RateRatio, "-1", "0.9"), "baseline `-1` of the rate ratio is not zero or above");
        assert_eq!(refused(Contrast::OddsRatio, "0.2", "0"), "odds ratio `0` is not above zero");
        assert_eq!(
            refused(Contrast::RiskDifference, "0.2", "-13"),
            "risk difference `-13` is not between -1 and 1 (13 percentage points are 0.13)"
        );
        assert_eq!(
            refused(Contrast::RelativeChange, "0.2", "-15"),
            "relative change `-15` is not -1 or above (15 % less is -0.15)"
        );
        assert_eq!(
            refused(Contrast::RiskDifference, "0.2", "-0.29"),
            "risk difference `-0.29` on baseline `0.2` gives `-0.09`, which is not between 0 and 1"
        );
        assert_eq!(
            refused(Contrast::RiskRatio, "0.5", "5.9"),
            "risk ratio `5.9` on baseline `0.5` gives `2.95`, which is not between 0 and 1"
        );
    }

    #[test]
    fn floats_and_lanes_follow_the_decimals() {
        /// Two roundings of floats near one.
        const TOLERANCE: f64 = 1e-12;
        for contrast in Contrast::ALL {
            let exact: f64 = change(*contrast, "0.2", "0.57").unwrap().parse().unwrap();
            assert!((contrast.change(0.2, 0.57) - exact).abs() < TOLERANCE, "{contrast}");
            let Lanes(lanes) = contrast.change(Lanes([0.2; 4]), Lanes([0.57; 4]));
            assert!(lanes.iter().all(|lane| (lane - exact).abs() < TOLERANCE), "{contrast}");
        }
    }
}
