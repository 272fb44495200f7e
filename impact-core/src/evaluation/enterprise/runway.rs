//! The runway: how many months the cash of an enterprise lasts.
//!
//! One rule: cash moves evenly over a year, and is gone at the moment it would go below zero.

use super::EnterpriseYear;
use crate::evaluation::figure::Absence;
use crate::number::{Exact, Number};
use crate::units::Year;
use rust_decimal::Decimal;

/// How long cash lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum Runway {
    /// It is gone within the years appraised.
    Gone {
        /// Months from the first day of the first year.
        months: Decimal,
        /// The year in which it is gone.
        year: Year,
    },
    /// It lasts through the last year appraised.
    Lasts {
        /// The least there is at the end of a year, or on the first day.
        lowest: Decimal,
        /// The last year.
        last: Year,
    },
}

impl Runway {
    /// The months until it is gone; none where it lasts.
    pub fn months(self) -> Option<Decimal> {
        match self {
            Self::Gone { months, .. } => Some(months),
            Self::Lasts { .. } => None,
        }
    }

    pub(super) fn of(opening: Exact, years: &[EnterpriseYear]) -> Result<Self, Absence> {
        let mut cash = opening.value()?;
        let mut lowest = cash;
        let mut last = Year::LAST;
        let mut months = Exact::ZERO;
        for row in years {
            if cash < Decimal::ZERO {
                return Ok(Self::Gone { months: Decimal::ZERO, year: row.year });
            }
            if row.cash < Decimal::ZERO {
                // What is left is spent evenly: 12 · cash / what leaves in the year.
                let within = Exact::whole(12) * Exact::from(cash) / (Exact::ZERO - Exact::from(row.net));
                let months = (months + within).quantised().value()?.normalize();
                return Ok(Self::Gone { months, year: row.year });
            }
            months = months + Exact::whole(12);
            (cash, lowest, last) = (row.cash, lowest.min(row.cash), row.year);
        }
        Ok(Self::Lasts { lowest: lowest.normalize(), last })
    }
}
