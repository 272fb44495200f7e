//! Inverses of simulation against mpmath's quantiles (fixtures/oracles/inverses.json), and the laws every inverse obeys.

#[path = "common/forms.rs"]
mod forms;

use forms::{decimal, read};
use impact_core::distribution::Distribution;
use impact_core::simulation::{Caveat, Column, Inverse, Points, Sampler, Seed, Stream, Uniforms, caveats, u};
use serde_json::Value;

/// How far the chance of a value may be off: the promise of the module.
const OFF: f64 = 1e-7;
/// The same as a share of the chance beyond the value, down to chances of 10⁻¹².
const OFF_IN_TAIL: f64 = 1e-3;
/// Where the distance of two values is no more than this share of them, no float would be nearer: the last digits of a
/// value, or of the end of the range it is measured from.
const LAST_DIGITS: f64 = 8.0 * f64::EPSILON;
/// How far the last digits of a value may waver: those of an exponential of a number up to 30.
const ROUNDING: f64 = 1e-14;

fn float(value: &Value) -> f64 {
    value.as_str().unwrap().parse().unwrap()
}

fn oracle() -> Vec<(String, Distribution, Vec<Value>)> {
    let oracle: Value = serde_json::from_str(include_str!("../fixtures/oracles/inverses.json")).unwrap();
    let case = |case: &Value| {
        (case["form"].to_string(), read(&case["form"]).unwrap(), case["points"].as_array().unwrap().clone())
    };
    oracle["cases"].as_array().unwrap().iter().map(case).collect()
}

/// The forms of the oracle, and some that are harder still.
fn distributions() -> Vec<(String, Distribution)> {
    let more = [
        r#"{"beta": {"alpha": "0.001", "beta": "0.001"}}"#,
        r#"{"beta": {"alpha": "500000000", "beta": "1000000000"}}"#,
        r#"{"gamma": {"shape": "0.02", "scale": "1"}}"#,
        r#"{"gamma": {"shape": "1000000000", "scale": "1"}}"#,
        r#"{"student": {"location": "1000000", "scale": "0.001", "df": "5"}}"#,
        r#"{"normal": {"mean": "-1000000", "sd": "0.001"}}"#,
        r#"{"lognormal": {"mean": "1", "sd": "20"}}"#,
        r#"{"mixture": [["1", {"discrete": [["0", "1"]]}], ["9", {"uniform": ["10", "20"]}]]}"#,
        r#"{"mixture": [["1", {"poisson": "3"}], ["1", {"normal": {"mean": "3", "sd": "1"}}]]}"#,
        r#"{"mixture": [["2", {"uniform": ["0", "1"]}], ["1", {"uniform": ["5", "6"]}], ["1", {"pert": ["2", "3", "9"]}]]}"#,
        r#"{"mixture": [["1", {"discrete": [["0", "1"]]}], ["3", {"pert": ["6", "12", "20"]}]]}"#,
        r#"{"mixture": [["1", {"normal": {"mean": "2", "sd": "3"}}], ["50", {"poisson": "12"}]]}"#,
        r#"{"mixture": [["1", {"gamma": {"shape": "0.2", "scale": "3"}}], ["3", {"student": {"location": "0", "scale": "0.01", "df": "2.5"}}]]}"#,
        r#"{"mixture": [["1", {"triangular": ["0", "1", "5"]}], ["3", {"uniform": ["2", "9"]}], ["2", {"triangular": ["4", "8", "20"]}]]}"#,
        r#"{"mixture": [["9999", {"normal": {"mean": "0", "sd": "1"}}], ["1", {"normal": {"mean": "0.3", "sd": "0.0001"}}]]}"#,
        r#"{"truncated": {"of": {"mixture": [["1", {"normal": {"mean": "0", "sd": "1"}}], ["3", {"pert": ["2", "6", "9"]}]]}, "low": "0", "high": "8"}}"#,
        r#"{"truncated": {"of": {"histogram": {"edges": ["0", "1", "4"], "weights": ["1", "1"]}}, "low": "0.5"}}"#,
        r#"{"histogram": {"edges": ["-1", "0", "0.5", "3"], "weights": ["3", "0", "1"]}}"#,
    ];
    let more = more.map(|text| (text.to_owned(), read(&serde_json::from_str(text).unwrap()).unwrap()));
    oracle().into_iter().map(|(form, distribution, _)| (form, distribution)).chain(more).collect()
}

fn counts() -> Vec<(String, Distribution)> {
    let forms = [
        r#"{"poisson": "0.1"}"#,
        r#"{"poisson": "4"}"#,
        r#"{"poisson": "10000"}"#,
        r#"{"binomial": {"n": "25", "p": "0.3"}}"#,
        r#"{"binomial": {"n": "1000", "p": "0.999"}}"#,
        r#"{"negative_binomial": {"mean": "4", "dispersion": "0.5"}}"#,
        r#"{"discrete": [["5", "0.25"], ["1", "0.5"], ["2", "0.25"]]}"#,
        r#"{"empirical": ["3", "1", "4", "1", "5", "9", "2", "6"]}"#,
        r#"{"truncated": {"of": {"poisson": "4"}, "low": "1", "high": "9"}}"#,
        r#"{"mixture": [["1", {"discrete": [["-0.5", "1"], ["2.5", "1"]]}], ["2", {"poisson": "3"}]]}"#,
    ];
    forms.map(|text| (text.to_owned(), read(&serde_json::from_str(text).unwrap()).unwrap())).into()
}

/// Whether a value is good for a uniform: by its chance on the nearer side, or because no float is better.
fn good(distribution: &Distribution, u: f64, x: f64) -> bool {
    let (v, chance) = if u <= 0.5 { (u, distribution.cdf(x)) } else { (1.0 - u, distribution.survival(x)) };
    let near = |chance: f64| (chance - v).abs() <= OFF.min(OFF_IN_TAIL * v);
    let exact = || if u <= 0.5 { distribution.quantile(u) } else { distribution.upper_quantile(1.0 - u) };
    near(chance) || (x - exact().unwrap()).abs() <= LAST_DIGITS * x.abs()
}

#[test]
fn values_are_those_of_mpmath_down_to_a_chance_of_a_million_millionth() {
    for (form, distribution, points) in oracle() {
        let inverse = Inverse::new(&distribution);
        assert!(points.len() >= 9);
        for point in points {
            let (u, want, density) = (float(&point["u"]), float(&point["x"]), float(&point["density"]));
            let got = inverse.at(u);
            let off = (got - want).abs() * density;
            let tail = u.min(1.0 - u);
            let close = off <= OFF.min(OFF_IN_TAIL * tail);
            assert!(close || (got - want).abs() <= LAST_DIGITS * want.abs(), "{form} at {u:e}: {got:e}, not {want:e}");
        }
    }
}

/// Uniforms over the whole range: even ones, log-spaced ones towards both tails, and the borders of cells with their neighbours.
fn grid() -> Vec<f64> {
    let mut grid: Vec<f64> = (1..4_000).map(|step| f64::from(step) / 4_000.0).collect();
    let mut border = 0.5;
    for _ in 0..40 {
        for part in 0..16 {
            let v = border * (0.5 + f64::from(part) / 32.0);
            for v in [v.next_down(), v, v.next_up(), v * 1.01, v * 1.03] {
                grid.extend([v, 1.0 - v]);
            }
        }
        border /= 2.0;
    }
    grid.sort_by(f64::total_cmp);
    grid.dedup();
    grid
}

#[test]
fn values_give_their_chances_back_everywhere() {
    let grid: Vec<f64> = grid().into_iter().filter(|u| (1e-12..=1.0 - 1e-12).contains(u)).collect();
    for (form, distribution) in distributions() {
        let inverse = Inverse::new(&distribution);
        for u in &grid {
            let x = inverse.at(*u);
            assert!(good(&distribution, *u, x), "{form} at {u:e}: {x:e} has chance {:e}", distribution.cdf(x));
        }
    }
}

#[test]
fn values_never_fall_as_uniforms_rise() {
    let grid = grid();
    for (form, distribution) in distributions().into_iter().chain(counts()) {
        let inverse = Inverse::new(&distribution);
        let mut values = grid.clone();
        inverse.fill(&grid, &mut values);
        let (low, high) = distribution.support();
        for (pair, u) in values.windows(2).zip(&grid) {
            // Neighbouring floats of u, far closer than two draws ever are, may meet the last digits of a value.
            let rounding = ROUNDING * pair[0].abs();
            assert!(pair[1] >= pair[0] - rounding, "{form} after {u:e}: {:e} and then {:e}", pair[0], pair[1]);
        }
        assert!(values.iter().all(|value| (low..=high).contains(value)), "{form}");
    }
}

#[test]
fn counts_and_single_values_are_those_of_the_quantile() {
    let grid: Vec<f64> =
        grid().into_iter().step_by(7).chain((0..2_000).map(|step| (f64::from(step) + 0.3) / 2_000.0)).collect();
    for (form, distribution) in counts() {
        let inverse = Inverse::new(&distribution);
        for u in &grid {
            let (got, want) = (inverse.at(*u), distribution.quantile(*u).unwrap());
            // A chance added up may differ in its last digits from one worked out whole.
            let edge = (distribution.cdf(got.min(want)) - u).abs() < 1e-13;
            assert!(got == want || edge, "{form} at {u:e}: {got}, not {want}");
        }
    }
}

#[test]
fn counts_over_a_very_wide_range_keep_their_chances() {
    for form in [
        r#"{"poisson": "1000000000"}"#,
        r#"{"binomial": {"n": "1000000000", "p": "0.5"}}"#,
        r#"{"negative_binomial": {"mean": "1000000", "dispersion": "0.05"}}"#,
    ] {
        let distribution = read(&serde_json::from_str(form).unwrap()).unwrap();
        let inverse = Inverse::new(&distribution);
        for u in [1e-9, 1e-4, 0.02, 0.3, 0.5, 0.77, 0.98, 0.999, 1.0 - 1e-6] {
            let x = inverse.at(u);
            assert_eq!(x, x.floor());
            let (below, upto) = (distribution.cdf(x - 1.0), distribution.cdf(x));
            assert!(below <= u + OFF && upto >= u - OFF, "{form} at {u}: {x} has chances {below} to {upto}");
        }
    }
}

#[test]
fn a_column_is_the_same_bits_whatever_block_it_is_filled_in() {
    let address = || "outcomes.into-work.deadweight".parse().unwrap();
    for (form, distribution) in distributions().into_iter().chain(counts()) {
        let column = Column::new(address(), &distribution);
        let sampler = Sampler::new(Points::Sobol, Seed(3), 6_000, &[address()]).unwrap();
        let sobol = sampler.uniforms(column.address()).unwrap();
        let independent = Uniforms::from(Stream::new(Seed(3), column.address()));
        for uniforms in [&independent, &sobol] {
            let fill = |first: u64, out: &mut [f64]| column.fill_from(uniforms, first, out);
            let mut whole = vec![0.0; 6_000];
            fill(0, &mut whole);
            for parts in [vec![2_048, 2_048, 1_904], vec![1, 15, 17, 63, 64, 65, 5_775], vec![3_001, 2_999]] {
                let mut backward = vec![f64::NAN; 6_000];
                let mut last = 6_000;
                for part in parts.iter().rev() {
                    let first = last - part;
                    fill(first as u64, &mut backward[first..last]);
                    last = first;
                }
                assert!(whole.iter().zip(&backward).all(|(one, other)| one.to_bits() == other.to_bits()), "{form}");
            }
        }
    }
}

#[test]
fn a_column_draws_what_its_parts_say() {
    let distribution = Distribution::gamma(decimal("2.5"), 4.into()).unwrap();
    let column = Column::new("costs.team".parse().unwrap(), &distribution);
    let uniforms = Uniforms::from(Stream::new(Seed(9), column.address()));
    let (mut one, mut other) = ([0.0; 100], [0.0; 100]);
    column.fill(Seed(9), 70, &mut one);
    column.fill_from(&uniforms, 70, &mut other);
    assert_eq!(one, other);
    assert_eq!(one[5], column.inverse().at(u(Seed(9), column.address(), 75)));
}

#[test]
fn means_of_many_draws_are_those_of_the_distribution() {
    let mut tried = 0;
    for (form, distribution) in distributions().into_iter().chain(counts()) {
        let [low, high] = [0.001, 0.999].map(|u| distribution.quantile(u).unwrap());
        if distribution.sd() > high - low {
            continue; // Single draws in a thousand make the mean: it says nothing at this number.
        }
        tried += 1;
        let column = Column::new("a.b".parse().unwrap(), &distribution);
        let draws = 1 << 17;
        let mut values = vec![0.0; draws];
        column.fill(Seed(11), 0, &mut values);
        let mean = values.iter().sum::<f64>() / draws as f64;
        let error = distribution.sd() / (draws as f64).sqrt();
        // Five standard errors of one in fifty shapes: one in 30,000.
        let rounding = 1e-12 * distribution.mean().abs();
        assert!(
            (mean - distribution.mean()).abs() <= 5.0 * error + rounding,
            "{form}: {mean}, not {}",
            distribution.mean()
        );
    }
    assert!(tried > 45, "{tried}");
}

#[test]
fn shapes_a_float_cannot_hold_are_named() {
    let beta = |alpha: &str, other: &str| Distribution::beta(decimal(alpha), decimal(other)).unwrap();
    let found = |distribution: &Distribution| {
        let name = |caveat: Caveat| match caveat {
            Caveat::Steep { parameter, end, .. } => (parameter, end),
            other => panic!("{other}"),
        };
        caveats(distribution).into_iter().map(name).collect::<Vec<_>>()
    };
    assert_eq!(found(&beta("0.1", "0.1")), []);
    assert_eq!(found(&beta("0.09", "0.05")), [("alpha", "lower"), ("beta", "upper")]);
    let gamma = Distribution::gamma(decimal("0.05"), 1.into()).unwrap();
    assert_eq!(found(&gamma), [("shape", "lower")]);
    let cut = Distribution::truncated(gamma.clone(), None, Some(3.into())).unwrap();
    let mixed = Distribution::mixture(vec![(1.into(), cut), (1.into(), beta("2", "0.02"))]).unwrap();
    assert_eq!(found(&mixed), [("shape", "lower"), ("beta", "upper")]);
}
