//! Tables of mixtures: whatever is mixed, cut or counted, a draw has the chance it stands for.

use impact_core::distribution::{Distribution, DistributionError};
use impact_core::simulation::Inverse;
use proptest::prelude::*;
use rust_decimal::Decimal;

/// How far the chance of a value may be off: the promise of the inverse.
const OFF: f64 = 1e-7;
/// The same as a share of the chance beyond the value.
const OFF_IN_TAIL: f64 = 1e-3;
/// No float is nearer than this share of a value.
const LAST_DIGITS: f64 = 8.0 * f64::EPSILON;

/// A number with four decimals.
fn number(low: i64, high: i64) -> impl Strategy<Value = Decimal> {
    (low * 10_000..=high * 10_000).prop_map(|ticks| Decimal::new(ticks, 4))
}

/// A number above 0.
fn size(high: i64) -> impl Strategy<Value = Decimal> {
    (1_000..=high * 10_000).prop_map(|ticks| Decimal::new(ticks, 4))
}

fn valid<T: std::fmt::Debug>(
    numbers: impl Strategy<Value = T>,
    build: impl Fn(T) -> Result<Distribution, DistributionError>,
) -> impl Strategy<Value = Distribution> {
    numbers.prop_filter_map("not a distribution", move |numbers| build(numbers).ok())
}

fn part() -> impl Strategy<Value = Distribution> {
    prop_oneof![
        valid((number(-5, 5), size(6)), |(low, width)| Distribution::uniform(low, low + width)),
        valid((number(-5, 5), size(4), size(4)), |(a, b, c)| Distribution::triangular(a, a + b, a + b + c)),
        valid((number(-5, 5), size(4), size(4)), |(a, b, c)| Distribution::pert(a, a + b, a + b + c)),
        valid((number(-5, 5), size(4)), |(mean, sd)| Distribution::normal(mean, sd)),
        valid((number(-1, 1), size(2)), |(mu, sigma)| Distribution::lognormal(mu, sigma)),
        valid((size(30), size(30)), |(alpha, beta)| Distribution::beta(alpha, beta)),
        valid((size(6), size(5)), |(shape, scale)| Distribution::gamma(shape, scale)),
        valid((number(-5, 5), size(3), number(3, 30)), |(at, scale, df)| Distribution::student(at, scale, df)),
        valid((number(-4, 4), number(5, 9), size(1)), |(a, b, w)| Distribution::discrete(&[(a, w), (b, Decimal::ONE)])),
        valid((number(-4, 4), size(3), size(3), size(1)), |(a, b, c, w)| {
            Distribution::histogram(&[a, a + b, a + b + c], &[w, Decimal::ONE])
        }),
        valid(size(20), Distribution::poisson),
        valid((number(-5, 5), size(4), size(3)), |(mean, sd, above)| {
            Distribution::truncated(Distribution::normal(mean, sd)?, Some(mean - sd), Some(mean + above))
        }),
    ]
}

fn mixture() -> impl Strategy<Value = Distribution> {
    let continuous = |mixture: &Distribution| !mixture.is_discrete();
    valid(prop::collection::vec((size(9), part()), 2..=3), Distribution::mixture)
        .prop_filter("all single values", continuous)
}

fn float(value: Decimal) -> f64 {
    value.to_string().parse().unwrap()
}

/// Whether a value has the chance it stands for, as near as is promised or as a float can be.
fn is_good(mixture: &Distribution, u: f64, x: f64) -> bool {
    let (v, chance) = if u <= 0.5 { (u, mixture.cdf(x)) } else { (1.0 - u, mixture.survival(x)) };
    let exact = || if u <= 0.5 { mixture.quantile(u) } else { mixture.upper_quantile(v) }.unwrap();
    (chance - v).abs() <= OFF.min(OFF_IN_TAIL * v) || (x - exact()).abs() <= LAST_DIGITS * x.abs()
}

/// Chances over the whole range, log-spaced towards both tails, moved on by a share of a step.
fn grid(shift: f64) -> Vec<f64> {
    let even = (0..200).map(|step| (f64::from(step) + shift) / 200.0);
    let tails = (8..160).flat_map(|step| {
        let v = libm::pow(0.5, (f64::from(step) + shift) / 4.0);
        [v, 1.0 - v]
    });
    let mut grid: Vec<f64> = even.chain(tails).filter(|u| (1e-12..=1.0 - 1e-12).contains(u)).collect();
    grid.sort_by(f64::total_cmp);
    grid
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn values_of_a_mixture_give_their_chances_back_and_never_fall(mixture in mixture(), shift in 0.01..0.99) {
        let inverse = Inverse::new(&mixture);
        let mut last = f64::NEG_INFINITY;
        for u in grid(shift) {
            let x = inverse.at(u);
            prop_assert!(x >= last - 1e-14 * last.abs(), "after {u:e}: {last:e} and then {x:e}");
            last = x;
            prop_assert!(is_good(&mixture, u, x), "{u:e}: {x:e} has chance {:e}", mixture.cdf(x));
        }
    }

    #[test]
    fn a_component_ever_so_narrow_is_not_passed_over(weight in -7.0..-1.0, sd in -6.0..-0.5, at in number(-2, 2), shift in 0.01..0.99) {
        let power = |exponent: f64| Decimal::from_f64_retain(libm::pow(10.0, exponent)).unwrap().round_dp(9);
        let wide = Distribution::normal(Decimal::ZERO, Decimal::ONE).unwrap();
        let narrow = Distribution::normal(at, power(sd)).unwrap();
        let mixture = Distribution::mixture(vec![(Decimal::ONE, wide), (power(weight), narrow)]).unwrap();
        let inverse = Inverse::new(&mixture);
        let (middle, share) = (mixture.cdf(float(at)), libm::pow(10.0, weight).max(1e-6));
        for step in 0..200 {
            let u = middle + share * 4.0 * ((f64::from(step) + shift) / 200.0 - 0.5);
            if u > 1e-9 && u < 1.0 - 1e-9 {
                let x = inverse.at(u);
                prop_assert!(is_good(&mixture, u, x), "{u:e}: {x:e} has chance {:e}", mixture.cdf(x));
            }
        }
    }
}
