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

/// The payback period of balances in floats, of which the first belongs to the first year appraised; `first_paid` is the
/// position of the first year in which anything is paid. None where there is no payback.
pub(in crate::evaluation) fn in_floats(standings: &[f64], first_paid: Option<usize>) -> Option<f64> {
    let recovered = match standings.iter().rposition(|standing| *standing < 0.0) {
        Some(last_below) => Some(last_below.saturating_add(1)).filter(|year| *year < standings.len()),
        None => first_paid,
    };
    recovered.and_then(|year| u32::try_from(year).ok()).map(|year| f64::from(year) + 1.0)
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
    fn floats_are_paid_back_in_the_same_year() {
        for (gains, paid) in [
            (vec![-10, -4, 0, 3], Some(0)),
            (vec![-10, 5, -1], Some(0)),
            (vec![0, 5], None),
            (vec![0, 5], Some(1)),
            (vec![-1, 0], Some(0)),
        ] {
            let exact = standing(&gains);
            let floats: Vec<f64> = gains.iter().map(|gain| *gain as f64).collect();
            let year = paid.map(|paid| exact[paid].0);
            let years = payback(&exact, year).ok().map(|years| years.to_string().parse().unwrap());
            assert_eq!(in_floats(&floats, paid), years, "{gains:?}");
        }
    }

    #[test]
    fn a_gain_that_is_lost_again_is_no_payback() {
        let lost = payback(&standing(&[-10, 5, -1]), None);
        assert_eq!(
            lost.unwrap_err().to_string(),
            "it is not paid back by 2022: the cumulative net gain then stands at −1"
        );
    }

    #[test]
    fn nothing_spent_is_nothing_to_pay_back() {
        assert_eq!(payback(&standing(&[0, 5]), None), Err(Absence::NothingToPayBack));
        let same_year = payback(&standing(&[0, 5]), Some(Year::new(2021).unwrap()));
        assert_eq!(same_year, Ok(Decimal::TWO), "paid and back within 2021");
    }
}
