//! Distributions against mpmath's answers (fixtures/oracles/distributions.json), and the laws every distribution obeys.

#[path = "common/forms.rs"]
mod forms;

use forms::read;
use impact_core::distribution::{Distribution, DistributionError, FORMS};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;

/// Relative error of a chance, in either tail. A chance is the exponential of a logarithm of size 30 at most here, times a
/// sum of up to some thousand terms: some hundred units in the last place, and more where a shape of 10^5 or 10^6 makes
/// the chance that steep in its argument.
const CHANCE: f64 = 1e-12;
/// Relative error of a quantile, or of the chance it stands for, whichever is kinder: a chance with the error above.
const VALUE: f64 = 1e-12;
/// Absolute error of a chance next to a cut: the difference of two chances of the whole, each good to some units in its
/// last place, over the share that is kept.
const CUT: f64 = 2e-15;
/// Relative error of means, spreads and densities: closed forms of a few operations, moments of cut shapes of a few more.
const MOMENT: f64 = 1e-12;
/// How far cdf(quantile(u)) may be from u: the promise of the module.
const ROUND_TRIP: f64 = 1e-12;
/// Relative error of a numerical integral of a moderate density by 1,960 panels of Simpson's rule.
const INTEGRAL: f64 = 1e-6;

/// The same where a kink in the density falls inside one of the panels.
const KINK: f64 = 1e-4;

fn oracle() -> Value {
    serde_json::from_str(include_str!("../fixtures/oracles/distributions.json")).unwrap()
}

fn float(value: &Value) -> f64 {
    value.as_str().unwrap().parse().unwrap()
}

fn relative(got: f64, want: f64) -> f64 {
    if got == want { 0.0 } else { ((got - want) / want).abs() }
}

fn cases() -> Vec<(String, Distribution, Value)> {
    let oracle = oracle();
    let cases = oracle["cases"].as_array().unwrap().iter();
    cases.map(|case| (case["form"].to_string(), read(&case["form"]).unwrap(), case.clone())).collect()
}

/// The points of a case: chance from below or above, and what mpmath says there.
fn points(case: &Value) -> Vec<(&'static str, f64, &Value)> {
    let list = |key: &str| case[key].as_array().unwrap().iter();
    let lower = list("quantiles").map(|point| ("u", float(&point["u"]), point));
    lower.chain(list("upper_quantiles").map(|point| ("q", float(&point["q"]), point))).collect()
}

#[test]
fn means_and_spreads_are_those_of_mpmath() {
    for (form, distribution, case) in cases() {
        let mean = float(&case["mean"]);
        // A mean of nought is held against the spread.
        let size = mean.abs().max(1e-3 * distribution.sd());
        assert!((distribution.mean() - mean).abs() <= MOMENT * size, "{form}: mean {}", distribution.mean());
        assert!(relative(distribution.sd(), float(&case["sd"])) <= MOMENT, "{form}: sd {}", distribution.sd());
    }
}

#[test]
fn densities_are_those_of_mpmath() {
    for (form, distribution, case) in cases() {
        let (x, want) = (float(&case["density"]["x"]), float(&case["density"]["density"]));
        let got = distribution.density(x);
        assert!(relative(got, want) <= MOMENT, "{form}: density {got} at {x}, not {want}");
    }
}

#[test]
fn chances_are_those_of_mpmath_in_both_tails() {
    for (form, distribution, case) in cases() {
        for (side, chance, point) in points(&case) {
            let x = float(&point["x"]);
            for (name, got, want) in
                [("cdf", distribution.cdf(x), &point["lower"]), ("survival", distribution.survival(x), &point["upper"])]
            {
                let want = float(want);
                let cut = distribution.name() == "truncated" && (got - want).abs() <= CUT;
                assert!(
                    cut || relative(got, want) <= CHANCE,
                    "{form} {side} {chance:e}: {name}({x:e}) {got:e}, not {want:e}"
                );
            }
        }
    }
}

#[test]
fn quantiles_are_those_of_mpmath_in_both_tails() {
    for (form, distribution, case) in cases() {
        for (side, chance, point) in points(&case) {
            let want = float(&point["x"]);
            let got = if side == "u" { distribution.quantile(chance) } else { distribution.upper_quantile(chance) };
            let got = got.unwrap();
            if distribution.is_discrete() {
                assert_eq!(got, want, "{form} {side} {chance:e}");
                continue;
            }
            let off = (got - want).abs() * distribution.density(want);
            let cut = distribution.name() == "truncated" && off <= CUT;
            // What a float cannot hold is nought, or the end of the range.
            let held = want.abs() > f64::MIN_POSITIVE;
            let close = relative(got, want) <= VALUE
                || off <= VALUE * chance.min(1.0 - chance)
                || cut
                || (!held && got.abs() <= want.abs());
            assert!(close, "{form} {side} {chance:e}: quantile {got:e}, not {want:e}");
        }
    }
}

#[test]
fn every_form_is_asked_of_the_oracle() {
    let cases = cases();
    for form in FORMS {
        assert!(cases.iter().any(|(_, distribution, _)| distribution.name() == form.name), "{}", form.name);
    }
}

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn means_that_are_fractions_are_exact() {
    let uniform = || Distribution::uniform(d("0.1"), d("0.4")).unwrap();
    let lognormal = || Distribution::lognormal(d("0"), d("1")).unwrap();
    let exact = [
        (uniform(), "0.25"),
        (Distribution::triangular(d("1"), d("2"), d("2")).unwrap(), "1.6666666666666666666666666667"),
        (Distribution::pert(d("6"), d("12"), d("20")).unwrap(), "12.333333333333333333333333333"),
        (Distribution::normal_from_quantiles((d("0.2"), d("1")), (d("0.8"), d("2"))).unwrap(), "1.5"),
        (Distribution::lognormal_from_mean(d("0.1"), d("3")).unwrap(), "0.1"),
        (Distribution::beta(d("1"), d("7")).unwrap(), "0.125"),
        (Distribution::gamma(d("0.7"), d("0.3")).unwrap(), "0.21"),
        (Distribution::binomial(d("7"), d("0.1")).unwrap(), "0.7"),
        (Distribution::empirical(&[d("0.1"), d("0.2"), d("0.6")]).unwrap(), "0.3"),
        (Distribution::histogram(&[d("0"), d("0.2"), d("0.4")], &[d("1"), d("3")]).unwrap(), "0.25"),
        (
            Distribution::mixture(vec![(d("1"), uniform()), (d("3"), Distribution::poisson(d("0.1")).unwrap())])
                .unwrap(),
            "0.1375",
        ),
        (
            Distribution::truncated(Distribution::empirical(&[d("1"), d("2"), d("4")]).unwrap(), Some(d("2")), None)
                .unwrap(),
            "3",
        ),
    ];
    for (distribution, mean) in exact {
        assert!(distribution.mean_is_exact());
        assert_eq!(distribution.mean_exact(), d(mean), "{}", distribution.name());
    }
    assert_eq!(lognormal().mean_exact(), d("1.64872127070"));
    assert!(!lognormal().mean_is_exact());
    let uneven = Distribution::normal_from_quantiles((d("0.1"), d("3")), (d("0.75"), d("8"))).unwrap();
    assert_eq!((uneven.mean_exact(), uneven.mean_is_exact()), (d("6.27588061467"), false));
    assert!(!Distribution::mixture(vec![(d("1"), lognormal())]).unwrap().mean_is_exact());
}

#[test]
fn wrong_parameters_are_named_with_their_value() {
    let normal = || Distribution::normal(d("0"), d("1")).unwrap();
    let wrong = [
        (Distribution::uniform(d("5"), d("5")), "uniform needs low below high, got `5`, `5`"),
        (
            Distribution::pert(d("6"), d("22"), d("20")),
            "pert needs low <= most likely <= high with low < high, got `6`, `22`, `20`",
        ),
        (Distribution::normal(d("1"), d("0")), "normal: sd `0` is not above 0"),
        (Distribution::beta_from_mean(d("1.4"), d("0.1")), "beta: mean `1.4` is not between 0 and 1, both excluded"),
        (
            Distribution::beta_from_mean(d("0.5"), d("0.5")),
            "beta needs an sd below the square root of mean (1 - mean), and shape parameters between 0.001 and \
             1000000000, got `0.5`, `0.5`",
        ),
        (Distribution::gamma(d("0"), d("1")), "gamma: shape `0` is not between 0.001 and 1000000000"),
        (Distribution::student(d("0"), d("1"), d("2")), "student: df `2` is not above 2 and at most 1000000000"),
        (Distribution::binomial(d("2.5"), d("0.1")), "binomial: n `2.5` is not a whole number from 1 to 1000000000"),
        (Distribution::discrete(&[]), "discrete has no values"),
        (Distribution::discrete(&[(d("1"), d("0"))]), "discrete has no weight above 0"),
        (Distribution::discrete(&[(d("1"), d("-2"))]), "discrete: weight `-2` is not 0 or above"),
        (Distribution::histogram(&[d("1"), d("2")], &[]), "histogram with 2 edges needs 1 weights, got 0"),
        (Distribution::histogram(&[d("2"), d("1")], &[d("1")]), "histogram needs edges that rise, got `2`, `1`"),
        (Distribution::mixture(vec![]), "mixture has no components"),
        (
            Distribution::truncated(normal(), Some(d("6")), None),
            "truncated keeps `9.9e-10` of its normal: at least `0.000001` must lie between low and high",
        ),
        (Distribution::lognormal_range90(d("0"), d("4")), "range90: low of a lognormal `0` is not above 0"),
        (
            Distribution::lognormal(d("99"), d("1")),
            "lognormal: the mean cannot be written as a decimal: the result is larger than 28 digits can hold",
        ),
        (
            Distribution::normal_from_quantiles((d("0.9"), d("1")), (d("0.1"), d("2"))),
            "normal needs quantiles whose chances and values both rise, got `0.9`, `1`, `0.1`, `2`",
        ),
    ];
    for (distribution, message) in wrong {
        assert_eq!(distribution.unwrap_err().to_string(), message);
    }
    for u in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
        assert!(matches!(normal().quantile(u), Err(DistributionError::Probability { .. })));
    }
}

#[test]
fn points_of_chance_in_a_mixture_are_hit_exactly() {
    let nothing = Distribution::discrete(&[(d("0.1"), d("1"))]).unwrap();
    let some = Distribution::lognormal_from_mean(d("10"), d("5")).unwrap();
    let mixture = Distribution::mixture(vec![(d("1"), nothing), (d("1"), some)]).unwrap();
    let below = mixture.cdf(0.1) - 0.5;
    for u in [below + 1e-9, 0.2, 0.3, 0.499] {
        assert_eq!(mixture.quantile(u).unwrap(), 0.1, "{u}");
    }
    assert!(!mixture.is_discrete());
}

#[test]
fn a_component_outside_the_bounds_adds_nothing() {
    let mixture = || {
        let apart = [
            Distribution::uniform(d("0"), d("1")),
            Distribution::uniform(d("5"), d("6")),
            Distribution::poisson(d("0.1")),
        ];
        Distribution::mixture(apart.map(|part| (d("1"), part.unwrap())).to_vec()).unwrap()
    };
    let cut = Distribution::truncated(mixture(), Some(d("4.5")), Some(d("7.5"))).unwrap();
    // One event in 4.5 to 7.5 is rarer than one in a million.
    assert!((cut.mean() - 5.5).abs() < 1e-6);
    assert!((cut.sd() - (1.0_f64 / 12.0).sqrt()).abs() < 1e-5);
    let twice = Distribution::truncated(cut, Some(d("5.5")), None).unwrap();
    assert!((twice.mean() - 5.75).abs() < 1e-6);
}

#[test]
fn the_ends_of_the_line_are_certain() {
    for (form, distribution, _) in cases() {
        for (x, below) in [(f64::NEG_INFINITY, 0.0), (f64::MIN, 0.0), (f64::MAX, 1.0), (f64::INFINITY, 1.0)] {
            let heavy = form.contains("student") && x.is_finite();
            assert!(heavy || (distribution.cdf(x), distribution.survival(x)) == (below, 1.0 - below), "{form} {x}");
            assert_eq!(distribution.density(x), 0.0, "{form} {x}");
        }
        let support = distribution.support();
        assert_eq!((distribution.quantile(0.0), distribution.quantile(1.0)), (Ok(support.0), Ok(support.1)), "{form}");
        assert!(distribution.cdf(f64::NAN).is_nan() && distribution.density(f64::NAN).is_nan(), "{form}");
    }
}

#[test]
fn extreme_shapes_answer_without_hanging() {
    let shapes = [
        Distribution::beta(d("0.001"), d("0.001")),
        Distribution::beta(d("0.001"), d("1000000000")),
        Distribution::beta(d("1000000000"), d("1000000000")),
        Distribution::gamma(d("0.001"), d("1")),
        Distribution::gamma(d("1000000000"), d("1")),
        Distribution::student(d("0"), d("1"), d("1000000000")),
        Distribution::student(d("0"), d("1"), d("2.000001")),
        Distribution::poisson(d("1000000000")),
        Distribution::binomial(d("1000000000"), d("0.5")),
        Distribution::binomial(d("1000000000"), d("0.000000001")),
        Distribution::negative_binomial(d("1000000000"), d("0.001")),
        Distribution::negative_binomial(d("1000000000"), d("1000000000")),
    ];
    for shape in shapes.map(Result::unwrap) {
        let mut last = f64::NEG_INFINITY;
        for u in [0.0, 1e-300, 1e-12, 0.01, 0.3, 0.5, 0.9, 0.999_999, 1.0] {
            let value = shape.quantile(u).unwrap();
            assert!(value >= last, "{} {u}: {value} after {last}", shape.name());
            last = value;
        }
        let middle = shape.quantile(0.3).unwrap();
        // At 10^9 the chance of a float moves by 10^-11 from one float to the next.
        if !shape.is_discrete() && middle > 0.0 {
            assert!((shape.cdf(middle) - 0.3).abs() < 1e-10, "{}: {}", shape.name(), shape.cdf(middle));
        }
    }
}

fn number(low: i64, high: i64) -> impl Strategy<Value = Decimal> {
    (low..high).prop_map(|thousandths| Decimal::new(thousandths, 3))
}

/// Shapes an analyst may write: moderate parameters, all forms that stand alone.
fn single() -> impl Strategy<Value = Distribution> {
    let three = || (number(-9_000, 9_000), number(0, 9_000), number(1, 9_000));
    let points = |(low, rise, fall): (Decimal, Decimal, Decimal)| (low, low + rise, low + rise + fall);
    prop_oneof![
        three().prop_map(points).prop_map(|(l, _, h)| Distribution::uniform(l, h).unwrap()),
        three().prop_map(points).prop_map(|(l, m, h)| Distribution::triangular(l, m, h).unwrap()),
        three().prop_map(points).prop_map(|(l, m, h)| Distribution::pert(l, m, h).unwrap()),
        (number(-9_000, 9_000), number(1, 9_000)).prop_map(|(m, s)| Distribution::normal(m, s).unwrap()),
        (number(100, 9_000), number(100, 9_000)).prop_map(|(m, s)| Distribution::lognormal_from_mean(m, s).unwrap()),
        (number(200, 30_000), number(200, 30_000)).prop_map(|(a, b)| Distribution::beta(a, b).unwrap()),
        (number(200, 30_000), number(200, 9_000)).prop_map(|(a, b)| Distribution::gamma(a, b).unwrap()),
        (number(-900, 900), number(1, 900), number(2_100, 50_000))
            .prop_map(|(l, s, df)| Distribution::student(l, s, df).unwrap()),
        number(1, 90_000).prop_map(|m| Distribution::poisson(m).unwrap()),
        (1_i64..200, number(1, 1_000)).prop_map(|(n, p)| Distribution::binomial(n.into(), p).unwrap()),
        (number(1, 90_000), number(50, 9_000)).prop_map(|(m, k)| Distribution::negative_binomial(m, k).unwrap()),
        proptest::collection::vec((number(-9_000, 9_000), number(1, 900)), 1..9)
            .prop_map(|pairs| Distribution::discrete(&pairs).unwrap()),
        proptest::collection::vec(number(1, 900), 2..9).prop_map(|widths| {
            let rise = |edge: &mut Decimal, width: Decimal| {
                *edge += width;
                Some(*edge)
            };
            let edges: Vec<Decimal> = widths.iter().copied().scan(Decimal::ZERO, rise).collect();
            Distribution::histogram(&edges, &widths[1..]).unwrap()
        }),
    ]
}

fn any_distribution() -> impl Strategy<Value = Distribution> {
    prop_oneof![
        3 => single(),
        1 => proptest::collection::vec((number(1, 900), single()), 1..4)
            .prop_map(|parts| Distribution::mixture(parts).unwrap()),
    ]
}

/// The distribution cut at two of its own quantiles, where these differ.
fn cut(base: Distribution, low: f64, high: f64) -> Option<(Distribution, f64, f64)> {
    let bound = |u: f64| base.quantile(u).ok().and_then(|x| Decimal::try_from(x).ok());
    let (low, high) = (bound(low)?, bound(high)?);
    let cut = Distribution::truncated(base, Some(low), Some(high)).ok()?;
    Some((cut, low.to_string().parse().unwrap(), high.to_string().parse().unwrap()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn quantiles_rise_with_their_chance(distribution in any_distribution(), u in 0.0..1.0_f64, v in 0.0..1.0_f64) {
        let (low, high) = (distribution.quantile(u.min(v)).unwrap(), distribution.quantile(u.max(v)).unwrap());
        prop_assert!(low <= high, "{low} {high}");
        let support = distribution.support();
        prop_assert!(support.0 <= low && high <= support.1);
    }

    #[test]
    fn the_chance_at_a_quantile_is_the_chance_asked_for(distribution in any_distribution(), u in 1e-6..0.999_999_f64) {
        let value = distribution.quantile(u).unwrap();
        let chance = distribution.cdf(value);
        prop_assert!(chance >= u - ROUND_TRIP, "{chance}");
        // The next value down has less: nothing where the value itself has a chance.
        let before = value - 4.0 * f64::EPSILON * value.abs().max(f64::MIN_POSITIVE);
        prop_assert!(distribution.cdf(before) < u + ROUND_TRIP, "{}", distribution.cdf(before));
        prop_assert!((chance + distribution.survival(value) - 1.0).abs() <= ROUND_TRIP);
    }

    #[test]
    fn a_quantile_from_above_is_the_quantile_from_below(distribution in any_distribution(), q in 0.001..0.999_f64) {
        let (above, below) = (distribution.upper_quantile(q).unwrap(), distribution.quantile(1.0 - q).unwrap());
        prop_assert!((distribution.cdf(above) - distribution.cdf(below)).abs() <= ROUND_TRIP || above == below);
    }

    #[test]
    fn a_cut_distribution_stays_inside_and_between(base in any_distribution(), u in 0.0..1.0_f64) {
        let Some((cut, low, high)) = cut(base, 0.1, 0.8) else { return Ok(()) };
        let value = cut.quantile(u).unwrap();
        prop_assert!(low <= value && value <= high, "{value} not in {low}..{high}");
        prop_assert!(low <= cut.mean() && cut.mean() <= high);
        prop_assert!(cut.sd() <= 0.5 * (high - low) * (1.0 + 1e-9));
        prop_assert_eq!((cut.cdf(high), cut.survival(high)), (1.0, 0.0));
    }

    #[test]
    fn moments_of_a_cut_distribution_are_those_of_its_quantiles(base in any_distribution()) {
        let Some((cut, low, high)) = cut(base, 0.05, 0.9) else { return Ok(()) };
        // The mean is the integral of the quantile over its chance, here by midpoints: an error of a width over 1,000.
        let steps = 1_000;
        let values: Vec<f64> =
            (0..steps).map(|i| cut.quantile((f64::from(i) + 0.5) / f64::from(steps)).unwrap()).collect();
        let mean = values.iter().sum::<f64>() / f64::from(steps);
        let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / f64::from(steps);
        let width = (high - low) / f64::from(steps);
        prop_assert!((cut.mean() - mean).abs() <= width, "{} {mean}", cut.mean());
        prop_assert!((cut.sd() * cut.sd() - variance).abs() <= 4.0 * width * (high - low), "{} {variance}", cut.sd());
    }

    #[test]
    fn the_mean_of_a_mixture_is_the_weighted_mean(parts in proptest::collection::vec((number(1, 900), single()), 1..5)) {
        let total: Decimal = parts.iter().map(|(weight, _)| *weight).sum();
        let mean: Decimal = parts.iter().map(|(weight, part)| *weight * part.mean_exact()).sum::<Decimal>() / total;
        let mixture = Distribution::mixture(parts).unwrap();
        // Weighted sums and one division in 28 digits.
        prop_assert!((mixture.mean_exact() - mean).abs() <= d("0.00000000000000000000001"), "{mean}");
    }

    #[test]
    fn a_density_adds_up_to_the_chance_it_covers(base in single()) {
        if base.is_discrete() || base.name() == "histogram" {
            return Ok(());
        }
        // From the 1st to the 99th hundredth in panels of equal chance, by Simpson's rule.
        let knots: Vec<f64> = (20..=1_980).map(|i| base.quantile(f64::from(i) / 2_000.0).unwrap()).collect();
        let f = |x: f64| base.density(x);
        let panel = |ends: &[f64]| {
            (f(ends[0]) + 4.0 * f(0.5 * (ends[0] + ends[1])) + f(ends[1])) * (ends[1] - ends[0]) / 6.0
        };
        let integral: f64 = knots.windows(2).map(panel).sum();
        let tolerance = if base.name() == "triangular" { KINK } else { INTEGRAL };
        prop_assert!((integral / 0.98 - 1.0).abs() <= tolerance, "{}", integral);
    }

    #[test]
    fn chances_of_counts_add_up(base in single(), until in 0.1..0.999_f64) {
        if !["poisson", "binomial", "negative_binomial"].contains(&base.name()) {
            return Ok(());
        }
        let last = base.quantile(until).unwrap();
        let mut sum = 0.0;
        let mut count = 0.0;
        while count <= last {
            sum += base.density(count);
            count += 1.0;
        }
        prop_assert!((sum - base.cdf(last)).abs() <= ROUND_TRIP, "{} {}", sum, base.cdf(last));
        prop_assert_eq!(base.density(0.5), 0.0);
    }
}
