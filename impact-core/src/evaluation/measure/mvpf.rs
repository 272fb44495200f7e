//! The marginal value of public funds (MVPF), and the benefit-cost ratio that is published beside it.
//!
//! # Formula
//! ```text
//! WTP  = Σ over holders that are no public budget of the values people would pay for + transfers received − transfers and
//!        resources paid, in present value
//! cost = Σ over all public budgets of costs + transfers paid − transfers received − fiscal value of outcomes, in present value
//! MVPF = WTP / cost                                  cost > 0
//!      = infinite: it pays for itself                WTP ≥ 0 and cost ≤ 0
//!      = minus infinite: harm for nothing            WTP < 0 and cost = 0
//!      = harm per unit saved, and less is better     WTP < 0 and cost < 0
//!      = undefined                                   WTP = 0 and cost = 0
//! CBA  = 1 + (WTP − cost) / what public budgets pay out for the programme
//! ```
//! Tax-financing cost enters neither. A figure has a value in the first case only; in the others it says which it is.
//!
//! # References
//! Hendren and Sprung-Keyser, "A Unified Welfare Analysis of Government Policies" (2020), and the rules of its published code
//! (OpportunityInsights/welfare_analysis), restated; that code prints infinite for nothing over nothing, which conventions
//! reproduce by `ratios.nothing_for_nothing = "infinite"`.

use crate::evaluation::figure::Absence;
use crate::number::{Exact, Number};
use crate::reference::NothingForNothing;
use rust_decimal::Decimal;

/// What a marginal value of public funds is, by the signs of what stands above and below its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MvpfSign {
    /// A net cost: willingness to pay per krone of it.
    Ratio,
    /// No net cost and no harm: it pays for itself.
    Infinite,
    /// Harm without saving anything.
    MinusInfinite,
    /// Harm that saves money: what is lost per krone saved, and less of it is better.
    HarmPerUnitSaved,
    /// Nothing over nothing.
    Undefined,
}

impl MvpfSign {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Ratio, Self::Infinite, Self::MinusInfinite, Self::HarmPerUnitSaved, Self::Undefined];

    /// What a willingness to pay and a net cost make, in any numbers that have a zero.
    ///
    /// # Examples
    /// ```
    /// use impact_core::evaluation::MvpfSign;
    /// use impact_core::reference::NothingForNothing;
    /// let of = |wtp: f64, cost: f64| MvpfSign::of(wtp, cost, NothingForNothing::Undefined);
    /// assert_eq!(of(5.0, 2.0), MvpfSign::Ratio);
    /// assert_eq!(of(5.0, -3.0), MvpfSign::Infinite);
    /// assert_eq!(of(-2.0, -4.0), MvpfSign::HarmPerUnitSaved);
    /// ```
    pub fn of<N: PartialOrd + Default>(willingness: N, cost: N, nothing: NothingForNothing) -> Self {
        let zero = N::default();
        if cost > zero {
            Self::Ratio
        } else if willingness < zero {
            if cost < zero { Self::HarmPerUnitSaved } else { Self::MinusInfinite }
        } else if willingness > zero || cost < zero || nothing == NothingForNothing::Infinite {
            Self::Infinite
        } else {
            Self::Undefined
        }
    }

    /// Its word in results.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ratio => "ratio",
            Self::Infinite => "infinite",
            Self::MinusInfinite => "minus-infinite",
            Self::HarmPerUnitSaved => "harm-per-unit-saved",
            Self::Undefined => "undefined",
        }
    }
}

/// What people would pay over what it costs all public budgets.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Mvpf {
    /// Present value of what people would pay.
    pub willingness_to_pay: Decimal,
    /// Present value of what all public budgets pay less what they save.
    pub net_cost: Decimal,
    /// Which of the cases it is.
    pub sign: MvpfSign,
    /// Willingness to pay over net cost: of a ratio the MVPF, of harm the harm per unit saved; none where it has no value.
    pub value: Option<Decimal>,
    /// What public budgets pay out for the programme, nothing set off.
    pub programme_cost: Decimal,
    /// One and the net gain over that; none where nothing is paid out.
    pub cba_ratio: Option<Decimal>,
}

impl Mvpf {
    /// Puts a willingness to pay over a net cost; what is paid out for the programme is zero where nobody asks for the ratio
    /// beside it.
    ///
    /// # Errors
    /// Numbers that no decimal holds.
    pub fn new(
        willingness: Decimal,
        cost: Decimal,
        programme: Decimal,
        nothing: NothingForNothing,
    ) -> Result<Self, Absence> {
        Self::of((Exact::from(willingness), Exact::from(cost), Exact::from(programme)), nothing)
    }

    /// Puts the two sides together.
    pub(in crate::evaluation) fn of(
        (willingness, cost, programme): (Exact, Exact, Exact),
        nothing: NothingForNothing,
    ) -> Result<Self, Absence> {
        let zero = Decimal::ZERO;
        let (wtp, net, paid) =
            (willingness.quantised().value()?, cost.quantised().value()?, programme.quantised().value()?);
        let sign = MvpfSign::of(wtp, net, nothing);
        let value = match sign {
            MvpfSign::Ratio | MvpfSign::HarmPerUnitSaved => Some((willingness / cost).quantised().value()?.normalize()),
            _ => None,
        };
        let cba = (Exact::ONE + (willingness - cost) / programme).quantised();
        Ok(Self {
            willingness_to_pay: wtp.normalize(),
            net_cost: net.normalize(),
            sign,
            value,
            programme_cost: paid.normalize(),
            cba_ratio: (paid > zero).then(|| cba.value().map(|ratio| ratio.normalize())).transpose()?,
        })
    }

    /// Why there is no ratio; none where there is one.
    pub(in crate::evaluation) fn absence(&self) -> Option<Absence> {
        let (willingness, cost) = (self.willingness_to_pay, self.net_cost);
        match self.sign {
            MvpfSign::Ratio => None,
            MvpfSign::Infinite => Some(Absence::PaysForItself { willingness, cost }),
            MvpfSign::MinusInfinite => Some(Absence::HarmForNothing { willingness }),
            MvpfSign::HarmPerUnitSaved => {
                Some(Absence::HarmPerUnitSaved { value: self.value.unwrap_or_default(), willingness, cost })
            }
            MvpfSign::Undefined => Some(Absence::NothingForNothing),
        }
    }
}

/// What stands over what public budgets pay out for the programme.
pub(super) fn over_programme<N: Number>(willingness: N, cost: N, programme: N) -> N {
    programme + willingness - cost
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs of willingness to pay and net cost with what the published code prints for them.
    const PUBLISHED: [(i64, i64, MvpfSign, Option<&str>); 9] = [
        (5, 2, MvpfSign::Ratio, Some("2.5")),
        (5, 0, MvpfSign::Infinite, None),
        (5, -3, MvpfSign::Infinite, None),
        (0, -3, MvpfSign::Infinite, None),
        (0, 2, MvpfSign::Ratio, Some("0")),
        (-1, 2, MvpfSign::Ratio, Some("-0.5")),
        (-1, 0, MvpfSign::MinusInfinite, None),
        (-2, -4, MvpfSign::HarmPerUnitSaved, Some("0.5")),
        (0, 0, MvpfSign::Infinite, None),
    ];

    fn of(willingness: i64, cost: i64, nothing: NothingForNothing) -> Mvpf {
        let exact = |number: i64| Exact::from(Decimal::from(number));
        Mvpf::of((exact(willingness), exact(cost), exact(10)), nothing).unwrap()
    }

    #[test]
    fn the_published_signs_are_reproduced() {
        for (willingness, cost, sign, value) in PUBLISHED {
            let found = of(willingness, cost, NothingForNothing::Infinite);
            let expected = value.map(|value| value.parse().unwrap());
            assert_eq!((found.sign, found.value), (sign, expected), "{willingness} over {cost}");
        }
    }

    #[test]
    fn nothing_over_nothing_is_not_defined() {
        for (willingness, cost, sign, _) in PUBLISHED {
            let expected = if (willingness, cost) == (0, 0) { MvpfSign::Undefined } else { sign };
            assert_eq!(of(willingness, cost, NothingForNothing::Undefined).sign, expected);
        }
    }

    #[test]
    fn the_ratio_published_beside_it_is_per_krone_of_the_programme() {
        // 1 + (5 − 2) / 10
        assert_eq!(of(5, 2, NothingForNothing::Undefined).cba_ratio, Some("1.3".parse().unwrap()));
        let none = Mvpf::of((Exact::ONE, Exact::ZERO, Exact::ZERO), NothingForNothing::Undefined);
        assert_eq!(none.unwrap().cba_ratio, None);
    }
}
