//! The internal rate of return.
//!
//! # Formula
//! The one rate *r* at which `Σ net(t) · (1 + r)^(−t) = 0` over the years *t = 0, 1, …* appraised, with `net(t)` what the
//! perspective gains less what it loses in that year, real and undiscounted: transfers and tax-financing cost are among it.
//! All flows of a year count as one, whatever its timing in the conventions. Every root is found first; where there are
//! several, none of them is *the* rate; where gains come before payments, as with a loan, it is no return.

use crate::cash_flow::{Crossing, InternalRate, PeriodicFlows, Root};
use crate::evaluation::figure::Absence;
use crate::number::{Fault, PLACES};
use crate::units::Label;
use rust_decimal::Decimal;

/// The internal rate of yearly net flows, to 12 decimals, or why there is not exactly one.
pub(in crate::evaluation) fn irr(nets: Vec<Decimal>) -> Result<Decimal, Absence> {
    let found = PeriodicFlows::new(nets).irr();
    match (found.reason(), &found) {
        (None, InternalRate::Unique(root)) if root.crossing() == Crossing::Rises => {
            Err(Absence::RateOfALoan { rate: rate(root)? })
        }
        (None, InternalRate::Unique(root)) => rate(root),
        (_, InternalRate::None(reason)) => Err(Absence::NoRate { reason: *reason }),
        (reason, _) => Err(Absence::SeveralRates { reason: reason.unwrap_or_else(|| Label::plain("")) }),
    }
}

/// A rate as a decimal; some rates are larger than any.
fn rate(root: &Root) -> Result<Decimal, Absence> {
    let places = usize::try_from(PLACES).unwrap_or(0);
    let text = format!("{:.places$}", root.rate());
    text.parse().map(|rate: Decimal| rate.normalize()).map_err(|_| Absence::Arithmetic(Fault::Overflow))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(nets: &[i64]) -> Result<Decimal, Absence> {
        irr(nets.iter().map(|net| Decimal::from(*net)).collect())
    }

    #[test]
    fn the_rate_is_the_one_at_which_nothing_is_left() {
        assert_eq!(of(&[-100, 0, 121]), Ok(Decimal::new(1, 1)));
        assert_eq!(of(&[-100, 40, 60]), Ok(Decimal::ZERO));
        assert_eq!(of(&[-200, 100]), Ok(Decimal::new(-5, 1)));
    }

    #[test]
    fn what_is_gained_before_it_is_paid_for_earns_no_rate() {
        assert_eq!(
            of(&[100, -121]).unwrap_err().to_string(),
            "there is no internal rate of return: what is gained comes before what is paid, so that 21 % would be the price \
             of that money, not a return on it"
        );
    }

    #[test]
    fn several_rates_are_all_named() {
        let several = of(&[-1600, 10_000, -10_000]).unwrap_err();
        assert_eq!(
            several.to_string(),
            "there is not one internal rate of return: the net present value is zero at each of several rates: 25 %, 400 %"
        );
        assert_eq!(
            several.label().nb.as_deref(),
            Some("det finnes ikke én internrente: netto nåverdi er null ved hver av flere renter: 25 %, 400 %")
        );
    }

    #[test]
    fn no_rate_says_why() {
        let message = |nets: &[i64]| of(nets).unwrap_err().to_string();
        assert_eq!(
            message(&[3, 4]),
            "there is no internal rate of return: all flows are received: nothing is paid that could earn a rate"
        );
        assert_eq!(message(&[]), "there is no internal rate of return: there is no flow other than zero");
        assert!(message(&[-100, 60, -10]).contains("no rate above −100 % balances what is paid"));
    }
}
