//! The answer to "which rate": one, several, or none, and why.
//!
//! One rule: a rate is kept as the logarithm of its growth, so that rates next to −100 % keep their digits.

use crate::units::Label;
use std::fmt;

/// The lowest growth per year that is searched: a rate of −99.9999999999999 % (2⁻⁵⁰ − 1).
pub const LOWEST_GROWTH: f64 = 8.881784197001252e-16;
/// The highest growth per year that is searched: 2¹⁰⁰⁰, a rate of about 10³⁰³ %.
pub const HIGHEST_GROWTH: f64 = 1.0715086071862673e301;

/// The logarithms of the bounds: −50 ln 2 and 1000 ln 2.
pub(super) const SEARCHED: (f64, f64) = (-34.65735902799726, 693.1471805599453);

/// How the net present value passes zero as the rate rises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Crossing {
    /// From above zero to below: lower rates are worth taking, as of an investment.
    Falls,
    /// From below zero to above: higher rates are worth taking, as of a loan.
    Rises,
    /// It meets zero within rounding and turns back: a double root.
    Touches,
}

/// A rate at which the net present value is zero.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Root {
    force: f64,
    crossing: Crossing,
}

impl Root {
    pub(super) fn new(force: f64, crossing: Crossing) -> Self {
        Self { force, crossing }
    }

    /// The rate per year (per period for periodic flows) as a fraction: 0.04 is 4 %.
    pub fn rate(&self) -> f64 {
        libm::expm1(self.force)
    }

    /// Growth per year, `1 + rate`, with all its digits where the rate is next to −1.
    pub fn growth(&self) -> f64 {
        libm::exp(self.force)
    }

    /// The continuously compounded rate per year, `ln(1 + rate)`.
    pub fn force(&self) -> f64 {
        self.force
    }

    /// How the net present value passes zero here.
    pub fn crossing(&self) -> Crossing {
        self.crossing
    }
}

/// Why no rate makes the net present value zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum NoRate {
    /// There is no flow other than zero.
    NoFlows,
    /// All flows are received: every rate gives a gain.
    OnlyReceived,
    /// All flows are paid: every rate gives a loss.
    OnlyPaid,
    /// Money goes both ways, but no rate from [`LOWEST_GROWTH`] to [`HIGHEST_GROWTH`] balances it.
    NeverZero,
}

impl NoRate {
    /// The reason in English.
    pub fn text(self) -> &'static str {
        match self {
            Self::NoFlows => "there is no flow other than zero",
            Self::OnlyReceived => "all flows are received: nothing is paid that could earn a rate",
            Self::OnlyPaid => "all flows are paid: nothing is received",
            Self::NeverZero => "no rate above −100 % balances what is paid and what is received",
        }
    }

    /// The reason in the languages of the reports.
    pub fn label(self) -> Label {
        let nb = match self {
            Self::NoFlows => "alle beløp er null",
            Self::OnlyReceived => "alt er mottatt: ingenting er betalt som kunne gi avkastning",
            Self::OnlyPaid => "alt er betalt: ingenting er mottatt",
            Self::NeverZero => "ingen rente over −100 % gir balanse mellom det som er betalt, og det som er mottatt",
        };
        Label::both(self.text(), nb)
    }
}

impl fmt::Display for NoRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

/// The internal rate of return: the rates at which the net present value is zero, all of them.
///
/// # Examples
/// ```
/// use impact_core::cash_flow::{InternalRate, PeriodicFlows};
/// let pump = PeriodicFlows::new([-1600, 10_000, -10_000].map(Into::into));
/// let InternalRate::Several(roots) = pump.irr() else { panic!("two rates") };
/// assert!((roots[0].rate() - 0.25).abs() < 1e-12);
/// assert!((roots[1].rate() - 4.0).abs() < 1e-12);
/// ```
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum InternalRate {
    /// Exactly one rate in the range searched.
    Unique(Root),
    /// Several, from the lowest to the highest. None of them is *the* rate: compare net present values instead.
    Several(Vec<Root>),
    /// None, and why.
    None(NoRate),
}

impl InternalRate {
    /// The status of the roots found, in order; `nothing` is the reason where there are none.
    pub(super) fn of(roots: Vec<Root>, nothing: NoRate) -> Self {
        match roots.as_slice() {
            [] => Self::None(nothing),
            [root] => Self::Unique(*root),
            _ => Self::Several(roots),
        }
    }

    /// The rate where it is the only one.
    pub fn unique(&self) -> Option<f64> {
        match self {
            Self::Unique(root) => Some(root.rate()),
            Self::Several(_) | Self::None(_) => None,
        }
    }

    /// Why there is not exactly one rate; none where there is.
    ///
    /// # Examples
    /// ```
    /// use impact_core::cash_flow::PeriodicFlows;
    /// let pump = PeriodicFlows::new([-1600, 10_000, -10_000].map(Into::into));
    /// let reason = pump.irr().reason().ok_or("two rates")?;
    /// assert_eq!(reason.en, "the net present value is zero at each of several rates: 25 %, 400 %");
    /// # Ok::<(), &str>(())
    /// ```
    pub fn reason(&self) -> Option<Label> {
        match self {
            Self::Unique(_) => None,
            Self::None(reason) => Some(reason.label()),
            Self::Several(roots) => {
                let percent = |root: &Root| format!("{} %", libm::round(root.rate() * 1e4) / 100.0);
                let rates = roots.iter().map(percent).collect::<Vec<_>>().join(", ");
                Some(Label::both(
                    format!("the net present value is zero at each of several rates: {rates}"),
                    format!("netto nåverdi er null ved hver av flere renter: {rates}"),
                ))
            }
        }
    }

    /// The same in English and without the rates, for tables that hold them in a column of their own.
    pub fn reason_without_rates(&self) -> Option<&'static str> {
        match self {
            Self::Unique(_) => None,
            Self::None(reason) => Some(reason.text()),
            Self::Several(_) => Some("the net present value is zero at each of several rates"),
        }
    }

    /// Every root, from the lowest rate to the highest.
    pub fn roots(&self) -> &[Root] {
        match self {
            Self::Unique(root) => std::slice::from_ref(root),
            Self::Several(roots) => roots,
            Self::None(_) => &[],
        }
    }

    /// The same with a root within rounding of zero put to zero: for flows that are known to add up to nothing.
    pub(super) fn with_zero(mut self) -> Self {
        const ROUNDING: f64 = 1e-12;
        let snap = |root: &mut Root| {
            if root.force.abs() < ROUNDING {
                root.force = 0.0;
            }
        };
        match &mut self {
            Self::Unique(root) => snap(root),
            Self::Several(roots) => roots.iter_mut().for_each(snap),
            Self::None(_) => {}
        }
        self
    }
}
