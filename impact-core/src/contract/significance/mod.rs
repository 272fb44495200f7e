//! Significance: the chance of an effect at least as large as the one observed where nothing works.
//!
//! One rule: a p-value is rounded to twelve decimals and only then held against 1 − level, which itself still passes; so the
//! last bits of a float decide no payment.
//!
//! # Formula
//! With *t* of *n* treated and *c* of *m* compared with, and Φ the normal distribution:
//! ```text
//! two-proportions    z = (t/n − c/m) / √(p(1 − p)(1/n + 1/m)), p = (t + c)/(n + m); Φ(z)
//! fisher             t given t + c is hypergeometric
//! poisson            t given t + c is binomial with chance n / (n + m)
//! negative-binomial  z = ln((t/n) / (c/m)) / √(1/t + 1/c + (1/n + 1/m)/k); Φ(z)
//! ```
//! On two sides it is twice the smaller tail, at most 1. The interval holds every value that the same test would not refuse.
//!
//! # References
//! A. Agresti, *Categorical Data Analysis* (2013), 3.4 and 3.5 (pooled and conditional tests); C. P. Farrington and
//! G. Manning, Statistics in Medicine 9 (1990), 1447-1454 (intervals of a difference of shares); H. Zhu and H. Lakkis,
//! Statistics in Medicine 33 (2014), 376-387 (negative binomial rates).

mod bounds;
mod fisher;
mod rates;
mod shares;

use super::figure::{Counted, FigureFault};
use super::values::at;
use crate::model::terms::{Side, Significance, Test};
use crate::model::{Direction, Slot};
use crate::number::{Exact, to_significant};
use fisher::Fisher;
use rates::{NegativeBinomial, Poisson};
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
use shares::Shares;

/// Decimals of a p-value, and of what stands beside it.
const DECIMALS: u32 = 12;

/// What rounding to so many decimals can take away.
const HALF_A_DECIMAL: f64 = 5e-13;

/// The most people and events of a test that counts possibilities one by one.
const MOST_EXACT: f64 = 1e6;

/// What a test found.
///
/// # Examples
/// 20 of 100 against 35 of 100: z = 0.15 / √(0.275 · 0.725 · 0.02).
/// ```
/// use impact_core::Contract;
/// use impact_core::contract::Observations;
/// let contract = Contract::from_toml(r#"
///     impact = 1
///     name = "Fewer back in prison"
///     currency = "NOK"
///     holders = [ { id = "state", kind = "public", level = "state" }, { id = "provider", kind = "enterprise" } ]
///     [contract]
///     payee = "provider"
///     payers = [ { holder = "state" } ]
///     metrics = [ { id = "returned", kind = "share", direction = "decrease" } ]
///     estimates = [ { id = "fewer", metric = "returned", effect = "avoided", against = { group = "drawn" } } ]
///     [[contract.payments]]
///     id = "fewer"
///     of = "fewer"
///     schedule = { per_unit = 300_000 }
///     requires = [ { significant = "fewer", test = "two-proportions", level = 0.95, side = "one" } ]
/// "#)?;
/// let rows = "metric,date,group,count,of\nreturned,2025-06-30,,20,100\nreturned,2025-06-30,drawn,35,100\n";
/// let statement = contract.settle(&Observations::from_csv(&contract, rows)?)?;
/// let tested = &statement.lines()[0].tested[0];
/// assert_eq!(tested.statistic.round_dp(3).to_string(), "2.375");
/// assert_eq!(tested.p_value.round_dp(4).to_string(), "0.0088");
/// assert!(tested.met);
/// # Ok::<(), impact_core::error::ModelError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Tested {
    /// The estimate, as its position in the terms.
    pub estimate: usize,
    /// How it was tested.
    pub test: Test,
    /// On how many sides.
    pub side: Side,
    /// z of the approximate tests, above zero where the effect goes the wanted way; events of the treated in the exact ones.
    pub statistic: Decimal,
    /// The chance of an effect at least as large where nothing works, to twelve decimals.
    pub p_value: Decimal,
    /// What it may be at most: 1 − level.
    pub at_most: Decimal,
    /// What the level of confidence leaves possible.
    pub interval: Interval,
    /// Whether the condition holds.
    pub met: bool,
}

/// What the level of confidence leaves possible, six digits long; on one side it ends only where the effect would vanish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Interval {
    /// What it is of.
    pub of: IntervalOf,
    /// Its lower end; none where it has none.
    pub from: Option<Decimal>,
    /// Its upper end; none where it has none.
    pub to: Option<Decimal>,
}

/// What an interval is of: always the treated against the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IntervalOf {
    /// The share of the treated less that of the comparison.
    Difference,
    /// The odds of the treated over those of the comparison.
    OddsRatio,
    /// The rate of the treated over that of the comparison.
    RateRatio,
}

/// The chances of so few, and of so many, among the treated.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Chances {
    /// Of as few or fewer.
    lower: f64,
    /// Of as many or more.
    upper: f64,
}

impl Chances {
    /// The chance of an effect at least as large, and whether it goes the wanted way.
    fn p_value(&self, side: Side, direction: Direction) -> (f64, bool) {
        let (wanted, other) = match direction {
            Direction::Decrease => (self.lower, self.upper),
            Direction::Increase => (self.upper, self.lower),
        };
        let p = match side {
            Side::One => wanted,
            Side::Two => (2.0 * wanted.min(other)).min(1.0),
        };
        (p, wanted < other)
    }
}

/// A test, asked for any difference that there may be.
trait Tests {
    /// The chances where the treated differ by so much: a difference of shares, the logarithm of a ratio.
    fn chances(&self, difference: f64) -> Chances;

    /// What is told of the test, of what its interval is, and how far a difference can go.
    fn told(&self) -> Told;
}

/// What is told of a test.
struct Told {
    /// z, treated less comparison; or the events of the treated.
    statistic: f64,
    /// Whether the statistic has the sign of the effect.
    signed: bool,
    of: IntervalOf,
    /// The ends of what a difference can be.
    ends: (f64, f64),
}

/// Tests an effect of the treated against a comparison, the slots having these values.
pub(crate) fn tested(
    condition: &Significance,
    values: &[Exact],
    direction: Direction,
    (treated, compared): (Counted<Exact>, Counted<Exact>),
) -> Result<Tested, FigureFault> {
    let groups = Groups::of(treated, compared)?;
    let float = |slot| at(values, slot).value().ok().and_then(|value| value.to_f64());
    let test = test(condition.test, groups, |slot| float(slot).ok_or(FigureFault::TooLarge))?;
    let at_most = (Exact::ONE - at(values, condition.level)).value().map_err(|_| FigureFault::TooLarge)?;
    let (told, chances) = (test.told(), test.chances(0.0));
    let (p, wanted) = chances.p_value(condition.side, direction);
    let p_value = rounded(p)?;
    let turned = told.signed && direction == Direction::Decrease;
    Ok(Tested {
        estimate: condition.estimate,
        test: condition.test,
        side: condition.side,
        statistic: rounded(if turned { 0.0 - told.statistic } else { told.statistic })?,
        p_value,
        at_most,
        interval: bounds::interval(test.as_ref(), &told, condition.side, direction, at_most),
        met: p_value <= at_most && wanted,
    })
}

/// Whether the condition holds of whole counts, in floats; not where it cannot be tested.
pub(crate) fn holds(
    condition: &Significance,
    values: &[f64],
    direction: Direction,
    [treated, compared]: [Counted<f64>; 2],
) -> bool {
    let groups = Groups { treated: (treated.count, treated.people), compared: (compared.count, compared.people) };
    let test = test(condition.test, groups, |slot| Ok(at(values, slot)));
    let p_value = test.map(|test| test.chances(0.0).p_value(condition.side, direction));
    p_value.is_ok_and(|(p, wanted)| wanted && p <= 1.0 - at(values, condition.level) + HALF_A_DECIMAL)
}

/// A test of two groups.
fn test(
    test: Test,
    groups: Groups,
    value: impl Fn(Slot) -> Result<f64, FigureFault>,
) -> Result<Box<dyn Tests>, FigureFault> {
    Ok(match test {
        Test::TwoProportions => Box::new(Shares::new(groups)?),
        Test::Fisher => Box::new(Fisher::new(groups.few()?)?),
        Test::Poisson => Box::new(Poisson::new(groups.few()?)?),
        Test::NegativeBinomial { dispersion } => Box::new(NegativeBinomial::new(groups, value(dispersion)?)?),
    })
}

fn rounded(number: f64) -> Result<Decimal, FigureFault> {
    let decimal = Decimal::from_f64_retain(number).ok_or(FigureFault::TooLarge)?;
    Ok(decimal.round_dp(DECIMALS).normalize())
}

/// A number of six digits; none where it has no end.
fn six_digits(number: f64) -> Option<Decimal> {
    Decimal::from_f64(number).map(|number| to_significant(number, 6).normalize())
}

/// So many of so many, twice, in whole numbers that a float holds.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Groups {
    /// Events of the treated, and people.
    treated: (f64, f64),
    /// The same of the comparison.
    compared: (f64, f64),
}

impl Groups {
    fn of(treated: Counted<Exact>, compared: Counted<Exact>) -> Result<Self, FigureFault> {
        let float = |number: Exact, whole: bool| {
            let decimal = number.value().map_err(|_| FigureFault::TooLarge)?;
            if whole && !decimal.fract().is_zero() {
                return Err(FigureFault::NotWhole { events: decimal.normalize() });
            }
            decimal.to_f64().filter(|float| *float < 1e15).ok_or(FigureFault::TooLarge)
        };
        let group = |group: Counted<Exact>| Ok((float(group.count, true)?, float(group.people, false)?));
        Ok(Self { treated: group(treated)?, compared: group(compared)? })
    }

    /// The same, where they are few enough to be counted one by one.
    fn few(self) -> Result<Self, FigureFault> {
        let ((t, n), (c, m)) = (self.treated, self.compared);
        if [t, n, c, m].iter().any(|number| *number > MOST_EXACT) {
            return Err(FigureFault::TooManyToCount);
        }
        Ok(self)
    }
}
