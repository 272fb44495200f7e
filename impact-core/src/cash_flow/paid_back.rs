//! The day on which what was paid has come back for good.
//!
//! One rule: a balance that is recovered and lost again is not paid back; all flows of a day are one.

use super::dated::DatedFlows;
use super::error::CashFlowError;
use crate::number::Exact;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// The answer to "on which day is it paid back", without interest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaidBack {
    /// On this day the balance reaches zero and stays there or above.
    On(NaiveDate),
    /// Not within the flows: the balance at their end, below zero.
    Never {
        /// What is missing, below zero.
        standing: Decimal,
    },
    /// The balance is never below zero.
    NothingToPayBack,
}

impl PaidBack {
    /// The day, where there is one.
    pub fn day(&self) -> Option<NaiveDate> {
        match self {
            Self::On(day) => Some(*day),
            Self::Never { .. } | Self::NothingToPayBack => None,
        }
    }
}

impl DatedFlows {
    /// The day on which what was paid has come back.
    ///
    /// # Formula
    /// With balances `B(t) = Σ C` of the days up to *t*: the first day after the last one with `B < 0`.
    ///
    /// # Errors
    /// A balance that 28 digits do not hold.
    ///
    /// # Examples
    /// ```
    /// use chrono::NaiveDate;
    /// use impact_core::cash_flow::{DatedFlows, DayCount, PaidBack};
    /// let day = |year| NaiveDate::from_ymd_opt(year, 6, 30).ok_or("no such day");
    /// let flows = [(day(2016)?, (-100).into()), (day(2018)?, 60.into()), (day(2019)?, 60.into())];
    /// let flows = DatedFlows::new(flows, DayCount::Actual365)?;
    /// assert_eq!(flows.paid_back()?, PaidBack::On(day(2019)?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn paid_back(&self) -> Result<PaidBack, CashFlowError> {
        let mut balances: Vec<(NaiveDate, Decimal)> = Vec::new();
        let mut balance = Exact::ZERO;
        for (date, amount) in self.flows() {
            balance = balance + Exact::from(*amount);
            let value = balance.value().map_err(|fault| CashFlowError::TooLarge { measure: "payback", fault })?;
            match balances.last_mut() {
                Some(last) if last.0 == *date => last.1 = value,
                _ => balances.push((*date, value)),
            }
        }
        let Some(last) = balances.iter().rposition(|(_, balance)| *balance < Decimal::ZERO) else {
            return Ok(PaidBack::NothingToPayBack);
        };
        let standing = balances.get(last).map(|(_, balance)| balance.normalize()).unwrap_or_default();
        let after = balances.get(last.saturating_add(1));
        Ok(after.map_or(PaidBack::Never { standing }, |(day, _)| PaidBack::On(*day)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cash_flow::DayCount;

    fn paid_back(flows: &[(i32, i32)]) -> PaidBack {
        let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        let flows = flows.iter().map(|(year, amount)| (day(*year), Decimal::from(*amount)));
        DatedFlows::new(flows, DayCount::Actual365).unwrap().paid_back().unwrap()
    }

    #[test]
    fn a_balance_that_is_lost_again_is_not_paid_back() {
        assert_eq!(paid_back(&[(2020, -10), (2021, 20), (2022, -30)]), PaidBack::Never { standing: (-20).into() });
    }

    #[test]
    fn what_comes_back_on_the_day_it_is_paid_is_nothing_to_pay_back() {
        assert_eq!(paid_back(&[(2020, -10), (2020, 10), (2021, 5)]), PaidBack::NothingToPayBack);
    }
}
