//! The payback period.
//!
//! # Formula
//! The number of whole years from the first year appraised to the end of the first year from which the cumulative net gain,
//! real and undiscounted, stays at or above zero. A gain that is lost again later is not a payback; what is paid and comes
//! back within the same year is paid back in that year.

use crate::evaluation::figure::Absence;
use crate::units::Year;
use rust_decimal::Decimal;

/// The first year from which the cumulative net gain stays at or above zero, given it by year and the first year in which
/// anything is paid.
pub(in crate::evaluation) fn recovered_in(
    cumulative: &[(Year, Decimal)],
    first_paid: Option<Year>,
) -> Result<Year, Absence> {
    let below = cumulative.iter().rposition(|(_, standing)| *standing < Decimal::ZERO);
    match (below, cumulative.last()) {
        (Some(position), Some((last, standing))) => match cumulative.get(position.saturating_add(1)) {
            Some((year, _)) => Ok(*year),
            None => Err(Absence::NotPaidBack { last: *last, standing: standing.normalize() }),
        },
        _ => first_paid.ok_or(Absence::NothingToPayBack),
    }
}

/// The payback period in whole years, counted to the end of the year.
pub(in crate::evaluation) fn payback(
    cumulative: &[(Year, Decimal)],
    first_paid: Option<Year>,
) -> Result<Decimal, Absence> {
    let recovered = recovered_in(cumulative, first_paid)?;
    let start = cumulative.first().map_or(recovered, |(year, _)| *year);
    Ok(Decimal::from(recovered.since(start).saturating_add(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(values: &[i64]) -> Vec<(Year, Decimal)> {
        let years = (2020..).map(|number| Year::new(number).unwrap());
        years.zip(values.iter().map(|value| Decimal::from(*value))).collect()
    }

    #[test]
    fn payback_counts_to_the_end_of_the_year_of_recovery() {
        assert_eq!(payback(&standing(&[-10, -4, 0, 3]), None), Ok(Decimal::from(3)));
    }

    #[test]
    fn a_gain_that_is_lost_again_is_no_payback() {
        let lost = payback(&standing(&[-10, 5, -1]), None);
        assert_eq!(
            lost.unwrap_err().to_string(),
            "it is not paid back by 2022: the cumulative net gain then stands at -1"
        );
    }

    #[test]
    fn nothing_spent_is_nothing_to_pay_back() {
        assert_eq!(payback(&standing(&[0, 5]), None), Err(Absence::NothingToPayBack));
        let same_year = payback(&standing(&[0, 5]), Some(Year::new(2021).unwrap()));
        assert_eq!(same_year, Ok(Decimal::TWO), "paid and back within 2021");
    }
}
