//! The discounted payback period.
//!
//! # Formula
//! With `B(k)` the sum of the discounted net flows of the first *k* years appraised, and *p* the last of them with
//! `B(p) < 0`: `p + (−B(p)) / (B(p + 1) − B(p))` years from the start of the first year. Within the year in which the balance
//! turns the flow comes evenly. A gain that is lost again later is not a payback. What is paid and comes back within the same
//! year is paid back with that year, as no part of it can be told.

use crate::cash_flow::{Payback, PaybackRule, PeriodicFlows};
use crate::discount::Schedule;
use crate::evaluation::figure::Absence;
use crate::number::{Exact, Number};
use crate::units::{DiscountRate, Year};
use rust_decimal::Decimal;
use std::iter::once;

/// Years until the discounted net flows, given by year, have paid back; `first_paid` is the first year in which anything is.
pub(in crate::evaluation) fn discounted_payback(
    discounted: &[(Year, Decimal)],
    first_paid: Option<Year>,
) -> Result<Decimal, Absence> {
    // The first year's flow comes through that year and stands at its end.
    let flows = once(Decimal::ZERO).chain(discounted.iter().map(|(_, net)| *net));
    let (Some((first, _)), Some((last, _))) = (discounted.first(), discounted.last()) else {
        return Err(Absence::NothingToPayBack);
    };
    let schedule = Schedule::flat(DiscountRate::ZERO);
    match PeriodicFlows::new(flows).payback(&schedule, PaybackRule::EvenWithinPeriod) {
        Ok(Payback::After(years)) => Ok(Exact::from(years).quantised().value()?),
        Ok(Payback::Never { standing }) => Err(Absence::NotPaidBackDiscounted { last: *last, standing }),
        Ok(Payback::NothingToPayBack) => {
            let paid = first_paid.ok_or(Absence::NothingToPayBack)?;
            Ok(Decimal::from(paid.since(*first).saturating_add(1)))
        }
        Err(_) => Err(Absence::Arithmetic(crate::number::Fault::Overflow)),
    }
}

/// The same of discounted balances in floats, of which the first stands at the end of the first year; `first_paid` is the
/// position of the first year in which anything is paid. None where there is no payback.
pub(in crate::evaluation) fn in_floats(standings: &[f64], first_paid: Option<usize>) -> Option<f64> {
    let years = |position: usize| u32::try_from(position).ok().map(f64::from);
    let Some(last_below) = standings.iter().rposition(|standing| *standing < 0.0) else {
        return years(first_paid?).map(|year| year + 1.0);
    };
    let below = standings.get(last_below)?;
    let recovered = standings.get(last_below.saturating_add(1))?;
    Some(years(last_below)? + 1.0 + below.abs() / (recovered - below))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(nets: &[i64], first_paid: Option<i64>) -> Result<Decimal, Absence> {
        let years = (2020..).map(|number| Year::new(number).unwrap());
        let nets: Vec<_> = years.zip(nets.iter().map(|net| Decimal::from(*net))).collect();
        discounted_payback(&nets, first_paid.map(|number| Year::new(number).unwrap()))
    }

    #[test]
    fn the_year_in_which_the_balance_turns_counts_by_its_part() {
        // Balances −10, −4, +4: two years and half of the third.
        assert_eq!(of(&[-10, 6, 8], Some(2020)), Ok(Decimal::new(25, 1)));
        assert_eq!(of(&[-10, 6, 4], Some(2020)), Ok(Decimal::from(3)));
    }

    #[test]
    fn floats_are_paid_back_at_the_same_time() {
        for (nets, paid) in [
            (vec![-10, 6, 8], Some(0)),
            (vec![-10, 6, 4], Some(0)),
            (vec![-10, 20, -30, 40], Some(0)),
            (vec![-10, 20, -30], Some(0)),
            (vec![0, 5], Some(1)),
            (vec![0, 5], None),
        ] {
            let standings: Vec<f64> = nets
                .iter()
                .scan(0.0, |standing, net| {
                    *standing += *net as f64;
                    Some(*standing)
                })
                .collect();
            let exact = of(&nets, paid.map(|year: usize| 2020 + year as i64)).ok();
            let years = exact.map(|years| years.to_string().parse().unwrap());
            assert_eq!(in_floats(&standings, paid), years, "{nets:?}");
        }
    }

    #[test]
    fn a_gain_that_is_lost_again_is_no_payback() {
        assert_eq!(of(&[-10, 20, -30, 40], Some(2020)), Ok(Decimal::new(35, 1)));
        assert_eq!(
            of(&[-10, 20, -30], Some(2020)).unwrap_err().to_string(),
            "it is not paid back by 2022: the cumulative discounted net gain then stands at −20"
        );
    }

    #[test]
    fn what_comes_back_in_its_own_year_is_paid_back_with_that_year() {
        assert_eq!(of(&[0, 5], Some(2021)), Ok(Decimal::TWO));
        assert_eq!(of(&[0, 5], None), Err(Absence::NothingToPayBack));
    }
}
