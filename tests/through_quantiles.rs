//! Beta and gamma through two quantiles: what goes in comes out, and what no shape can have is refused.

#[path = "common/forms.rs"]
mod forms;

use forms::{decimal as d, read};
use impact_core::distribution::Distribution;
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::json;

/// Relative error of parameters found again: values come as floats of 16 digits, which a shape of 10,000 multiplies.
const FOUND: f64 = 1e-8;
/// Relative error of the smaller tail at a quantile: the promise of the constructors, and the reading of the value.
const MET: f64 = 2e-9;
const CHANCES: [(&str, &str); 4] = [("0.1", "0.9"), ("0.25", "0.5"), ("0.3", "0.6"), ("0.6", "0.95")];

/// A float as a decimal with all the digits that fit.
fn digits(value: f64) -> Decimal {
    d(&format!("{value:.28}").chars().take(29).collect::<String>())
}

fn float(value: Decimal) -> f64 {
    value.to_string().parse().unwrap()
}

fn assert_near(got: f64, want: f64, of: &str) {
    assert!((got / want - 1.0).abs() <= FOUND, "{of}: {got}, not {want}");
}

#[test]
fn a_gamma_is_found_again_from_its_own_quantiles() {
    for (shape, scale) in [("0.1", "1000"), ("0.7", "1"), ("1", "3"), ("2.5", "4"), ("80", "0.01"), ("10000", "0.3")] {
        let gamma = Distribution::gamma(d(shape), d(scale)).unwrap();
        for (low, high) in CHANCES.map(|(low, high)| (d(low), d(high))) {
            let at = |chance: Decimal| (chance, digits(gamma.quantile(float(chance)).unwrap()));
            let found = Distribution::gamma_from_quantiles(at(low), at(high)).unwrap();
            // The shape is (mean / sd)², the scale sd² / mean.
            let (mean, sd) = (found.mean(), found.sd());
            let of = format!("gamma of {shape} and {scale} through {low} and {high}");
            assert_near((mean / sd) * (mean / sd), float(d(shape)), &of);
            assert_near(sd * (sd / mean), float(d(scale)), &of);
            assert!(!found.mean_is_exact() && (float(found.mean_exact()) / mean - 1.0).abs() < 1e-11, "{of}");
        }
    }
}

/// The value at a chance; near one from the other end, where the digits are.
fn share_at(alpha: &str, beta: &str, chance: Decimal) -> (Decimal, Decimal) {
    let value = Distribution::beta(d(alpha), d(beta)).unwrap().quantile(float(chance)).unwrap();
    let rest = Distribution::beta(d(beta), d(alpha)).unwrap().upper_quantile(float(chance)).unwrap();
    (chance, if value < 0.5 { digits(value) } else { Decimal::ONE - digits(rest) })
}

#[test]
fn a_beta_is_found_again_from_its_own_quantiles() {
    let shapes =
        [("0.1", "0.1"), ("0.5", "0.5"), ("1", "1"), ("2", "5"), ("0.3", "40"), ("300", "700"), ("9000", "20000")];
    for (alpha, beta) in shapes {
        for (low, high) in CHANCES.map(|(low, high)| (d(low), d(high))) {
            let at = |chance| share_at(alpha, beta, chance);
            let found = Distribution::beta_from_quantiles(at(low), at(high)).unwrap();
            // The shapes add up to mean (1 − mean) / sd² − 1.
            let (mean, sd) = (found.mean(), found.sd());
            let total = mean * (1.0 - mean) / (sd * sd) - 1.0;
            let of = format!("beta of {alpha} and {beta} through {low} and {high}");
            assert_near(mean * total, float(d(alpha)), &of);
            assert_near((1.0 - mean) * total, float(d(beta)), &of);
            assert!(!found.mean_is_exact() && (float(found.mean_exact()) / mean - 1.0).abs() < 1e-11, "{of}");
        }
    }
}

#[test]
fn the_largest_shapes_are_found_too() {
    let at = |chance| share_at("42085938.6756758", "381200941.15217483", d(chance));
    let found = Distribution::beta_from_quantiles(at("0.0001"), at("0.999")).unwrap();
    assert_near(found.mean(), 42_085_938.675_675_8 / (42_085_938.675_675_8 + 381_200_941.152_174_83), "beta");
    let gamma = Distribution::gamma(d("900000000"), d("1")).unwrap();
    let at = |chance: &str| (d(chance), digits(gamma.quantile(float(d(chance))).unwrap()));
    assert_near(Distribution::gamma_from_quantiles(at("0.001"), at("0.5")).unwrap().mean(), 900_000_000.0, "gamma");
}

#[test]
fn shapes_with_a_closed_form_come_out_by_hand() {
    // An exponential with mean 5 has 1 − e⁻ˣᐟ⁵ below x: one half below 5 ln 2, three quarters below 5 ln 4.
    let ln_2 = d("0.69314718055994530941723212");
    let wait = Distribution::gamma_from_quantiles((d("0.5"), d("5") * ln_2), (d("0.75"), d("10") * ln_2)).unwrap();
    assert!((wait.mean() - 5.0).abs() < 1e-9 && (wait.sd() - 5.0).abs() < 1e-9);
    // Of beta(2, 1), x² lies below x.
    let share = Distribution::beta_from_quantiles((d("0.04"), d("0.2")), (d("0.81"), d("0.9"))).unwrap();
    assert!((share.mean() - 2.0 / 3.0).abs() < 1e-10);
    assert!((share.cdf(0.5) - 0.25).abs() < 1e-10);
}

#[test]
fn the_forms_of_documents_go_through_their_quantiles() {
    let beta = read(&json!({ "beta": { "quantiles": [["0.1", "0.2"], ["0.9", "0.5"]] } })).unwrap();
    assert!((beta.quantile(0.1).unwrap() - 0.2).abs() < 1e-10 && (beta.quantile(0.9).unwrap() - 0.5).abs() < 1e-10);
    let gamma = read(&json!({ "gamma": { "quantiles": [["0.05", "3"], ["0.95", "20"]] } })).unwrap();
    assert!((gamma.quantile(0.05).unwrap() - 3.0).abs() < 1e-8 && (gamma.quantile(0.95).unwrap() - 20.0).abs() < 1e-8);
    assert_eq!((beta.name(), gamma.name()), ("beta", "gamma"));
}

#[test]
fn quantiles_that_no_shape_can_have_are_refused_with_their_values() {
    let gamma = |p: &str, x: &str, q: &str, y: &str| Distribution::gamma_from_quantiles((d(p), d(x)), (d(q), d(y)));
    let beta = |p: &str, x: &str, q: &str, y: &str| Distribution::beta_from_quantiles((d(p), d(x)), (d(q), d(y)));
    let refused = [
        (gamma("0.1", "0", "0.9", "3"), "gamma: the value of a quantile `0` is not above 0"),
        (gamma("0", "1", "0.9", "3"), "gamma: the chance of a quantile `0` is not between 0 and 1, both excluded"),
        (
            gamma("0.1", "3", "0.9", "3"),
            "gamma needs quantiles whose chances and values both rise, got `0.1`, `3`, `0.9`, `3`",
        ),
        // The standard deviation would be 0.00002 / 2.563 = 0.0000078: a shape of (3 / 0.0000078)² = 1.5 × 10¹¹.
        (
            gamma("0.1", "3", "0.9", "3.00002"),
            "gamma needs quantiles that a gamma with a shape between 0.001 and 1000000000 can have, got `0.1`, `3`, `0.9`, \
             `3.00002`",
        ),
        // Far down the chance is a power of the value: ln(0.51 / 0.5) / ln(10²⁰) = 0.0004.
        (
            gamma("0.5", "0.0000000001", "0.51", "10000000000"),
            "gamma needs quantiles that a gamma with a shape between 0.001 and 1000000000 can have, got `0.5`, \
             `0.0000000001`, `0.51`, `10000000000`",
        ),
        (beta("0.1", "0.2", "0.9", "1"), "beta: the value of a quantile `1` is not between 0 and 1, both excluded"),
        (beta("0.1", "0", "0.9", "0.5"), "beta: the value of a quantile `0` is not between 0 and 1, both excluded"),
        (
            beta("0.1", "0.3", "0.9", "0.300001"),
            "beta needs quantiles that a beta with shape parameters between 0.001 and 1000000000 can have, got `0.1`, \
             `0.3`, `0.9`, `0.300001`",
        ),
        (
            beta("0.5", "0.0000000001", "0.501", "0.9999999999"),
            "beta needs quantiles that a beta with shape parameters between 0.001 and 1000000000 can have, got `0.5`, \
             `0.0000000001`, `0.501`, `0.9999999999`",
        ),
    ];
    for (distribution, message) in refused {
        assert_eq!(distribution.unwrap_err().to_string(), message);
    }
}

/// Two rising numbers in thousandths, apart by at least the gap.
fn rising(gap: i64, end: i64) -> impl Strategy<Value = (Decimal, Decimal)> {
    (1..end - gap)
        .prop_flat_map(move |low| (low + gap..end).prop_map(move |high| (Decimal::new(low, 3), Decimal::new(high, 3))))
}

/// Whether the value has its chance below it, as a part of the smaller tail.
fn is_met(found: &Distribution, chance: Decimal, value: Decimal) -> bool {
    let (below, above) = (float(chance), float(Decimal::ONE - chance));
    let (cdf, survival) = (found.cdf(float(value)), found.survival(float(value)));
    let off = if below < above { cdf / below - 1.0 } else { survival / above - 1.0 };
    off.abs() <= MET
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_gamma_has_the_chances_it_was_given((p, q) in rising(50, 1_000), (x, y) in rising(10, 1_000)) {
        let found = Distribution::gamma_from_quantiles((p, x), (q, y)).unwrap();
        prop_assert!(is_met(&found, p, x) && is_met(&found, q, y), "{found:?}");
        for (chance, value) in [(p, x), (q, y)] {
            let back = found.quantile(float(chance)).unwrap();
            prop_assert!((found.cdf(back) - found.cdf(float(value))).abs() <= MET, "{found:?}: {back}");
        }
    }

    #[test]
    fn a_beta_has_the_chances_it_was_given((p, q) in rising(50, 1_000), (x, y) in rising(10, 1_000)) {
        let found = Distribution::beta_from_quantiles((p, x), (q, y)).unwrap();
        prop_assert!(is_met(&found, p, x) && is_met(&found, q, y), "{found:?}");
        for (chance, value) in [(p, x), (q, y)] {
            let back = found.quantile(float(chance)).unwrap();
            prop_assert!((found.cdf(back) - found.cdf(float(value))).abs() <= MET, "{found:?}: {back}");
        }
    }
}
