//! The break-even volume: how many units sold, or people taken in, it takes for income to cover costs.
//!
//! One rule: income and costs are straight lines in the volume, so that the answer is exact or there is none.

use super::lines::{Gathered, MoneySide};
use crate::evaluation::figure::Absence;
use crate::model::MoneyKind;
use crate::number::{Exact, Number};
use rust_decimal::Decimal;

/// The volume at which income covers costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum BreakEvenVolume {
    /// At least so many.
    AtLeast {
        /// Exactly where the two meet.
        units: Decimal,
        /// The same in whole units, rounded up.
        whole: Decimal,
    },
    /// Costs are covered whatever is sold: each unit adds something, or nothing.
    Always,
    /// At most so many: each unit costs more than it brings.
    AtMost {
        /// Exactly where the two meet.
        units: Decimal,
        /// The same in whole units, rounded down.
        whole: Decimal,
    },
    /// No volume is enough: a unit brings no more than it costs.
    Never,
    /// Nothing varies with volume here.
    NoVolume,
}

impl BreakEvenVolume {
    /// Where income and costs meet; none where they do not.
    pub fn units(self) -> Option<Decimal> {
        match self {
            Self::AtLeast { units, .. } | Self::AtMost { units, .. } => Some(units),
            Self::Always | Self::Never | Self::NoVolume => None,
        }
    }

    /// Which case it is: `at-least`, `always`, `at-most`, `never`, `no-volume`.
    pub fn word(self) -> &'static str {
        match self {
            Self::AtLeast { .. } => "at-least",
            Self::Always => "always",
            Self::AtMost { .. } => "at-most",
            Self::Never => "never",
            Self::NoVolume => "no-volume",
        }
    }

    /// Of one year, or of all years with the same volume in each that has one.
    pub(super) fn over(gathered: &Gathered, year: Option<usize>) -> Result<Self, Absence> {
        let years = year.map_or(0..gathered.years.len(), |at| at..at.saturating_add(1));
        let sells = |at: usize| gathered.volume.get(at).is_some_and(|units| *units != Exact::ZERO);
        let each: Vec<usize> = years.clone().filter(|at| sells(*at)).collect();
        if each.is_empty() || gathered.a_unit.is_empty() {
            return Ok(Self::NoVolume);
        }
        let a_unit = each.iter().map(|at| {
            gathered.a_unit.iter().fold(Exact::ZERO, |sum, (side, amounts)| {
                let amount = amounts.get(*at).copied().unwrap_or(Exact::ZERO);
                if *side == MoneySide::Income { sum + amount } else { sum - amount }
            })
        });
        let a_unit: Exact = a_unit.sum();
        let stays = |side: MoneySide| {
            let of =
                |at| gathered.sum(at, |line| line.side == side && !line.per_unit && line.kind != MoneyKind::Financing);
            years.clone().map(of).sum::<Exact>()
        };
        let missing = stays(MoneySide::Cost) - stays(MoneySide::Income);
        Self::meet(missing, a_unit)
    }

    fn meet(missing: Exact, a_unit: Exact) -> Result<Self, Absence> {
        let (lacks, brings) = (missing.value()?, a_unit.value()?);
        if lacks <= Decimal::ZERO && brings >= Decimal::ZERO {
            return Ok(Self::Always);
        }
        if lacks > Decimal::ZERO && brings <= Decimal::ZERO {
            return Ok(Self::Never);
        }
        let units = (missing / a_unit).quantised().value()?.normalize();
        Ok(if brings > Decimal::ZERO {
            Self::AtLeast { units, whole: units.ceil() }
        } else {
            Self::AtMost { units, whole: units.floor() }
        })
    }
}
