//! The estimates held against functions whose indices are known, and against each other.

use super::bins::{BinTally, Rows};
use super::partition::Partition;
use super::trials::{Trials, covered};
use super::{SobolIndex, first_order, pick_freeze};
use crate::distribution::Distribution;
use crate::simulation::{Inverse, Width};
use rust_decimal::Decimal;
use std::f64::consts::PI;

/// A function of uniforms and its indices, first-order and total.
struct Known {
    inputs: usize,
    outcome: fn(&[f64]) -> f64,
    first_order: Vec<f64>,
    total: Vec<f64>,
}

/// sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁, each x uniform from −π to π.
///
/// E sin² = 1/2, Var sin² = 1/8, E x⁴ = π⁴/5, E x⁸ = π⁸/9. Given x₁ the mean is sin x₁ (1 + 0.1 π⁴/5) + a constant, so V₁ = ½ (1 + π⁴/50)²;
/// given x₂ 7 sin² x₂, so V₂ = 49/8; given x₃ a constant. The rest, 0.1 (x₃⁴ − π⁴/5) sin x₁, has V₁₃ = 0.01 π⁸ (1/9 − 1/25) / 2.
fn ishigami() -> Known {
    let fourth = PI * PI * PI * PI;
    let alone = 0.5 * (1.0 + fourth / 50.0) * (1.0 + fourth / 50.0);
    let second = 49.0 / 8.0;
    let both = 0.005 * fourth * fourth * (1.0 / 9.0 - 1.0 / 25.0);
    let all = alone + second + both;
    let outcome = |u: &[f64]| {
        let x: Vec<f64> = u.iter().map(|u| PI * (2.0 * u - 1.0)).collect();
        let sine = libm::sin(x[1]);
        libm::sin(x[0]) * (1.0 + 0.1 * x[2] * x[2] * x[2] * x[2]) + 7.0 * sine * sine
    };
    Known {
        inputs: 4, // the fourth does nothing
        outcome,
        first_order: [alone, second, 0.0, 0.0].map(|part| part / all).to_vec(),
        total: [alone + both, second, both, 0.0].map(|part| part / all).to_vec(),
    }
}

const G: [f64; 5] = [0.0, 1.0, 4.5, 9.0, 99.0];

/// Sobol's g-function, the product of (|4u − 2| + a) / (1 + a).
///
/// Each factor has mean 1 and variance w = 1/3 / (1 + a)², so V = Π (1 + w) − 1, Vᵢ = wᵢ, and what i takes part in is wᵢ times the product of
/// the others' (1 + w).
fn g_function() -> Known {
    let outcome = |u: &[f64]| u.iter().zip(G).map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a)).product();
    let parts = G.map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
    let whole: f64 = parts.iter().map(|part| 1.0 + part).product();
    Known {
        inputs: 5,
        outcome,
        first_order: parts.map(|part| part / (whole - 1.0)).to_vec(),
        total: parts.map(|part| part * whole / (1.0 + part) / (whole - 1.0)).to_vec(),
    }
}

/// u₁ + 2u₂ + 3u₃: parts 1, 4 and 9 of 14, and nothing shared.
fn straight() -> Known {
    let parts = [1.0, 4.0, 9.0].map(|part| part / 14.0).to_vec();
    Known { inputs: 3, outcome: |u| u[0] + 2.0 * u[1] + 3.0 * u[2], first_order: parts.clone(), total: parts }
}

fn columns(known: &Known, seed: u64, draws: usize) -> Vec<Vec<f64>> {
    let trials = Trials::new(seed, draws);
    (0..known.inputs).map(|input| trials.uniforms(&format!("x.{input}"))).collect()
}

/// The outcome in each draw of some columns.
fn outcome(known: &Known, columns: &[&Vec<f64>]) -> Vec<f64> {
    let draws = columns[0].len();
    let row = |draw: usize| columns.iter().map(|column| column[draw]).collect::<Vec<f64>>();
    (0..draws).map(|draw| (known.outcome)(&row(draw))).collect()
}

/// The columns of a, but those of the group from b.
fn mixed<'c>(a: &'c [Vec<f64>], b: &'c [Vec<f64>], group: &[usize]) -> Vec<&'c Vec<f64>> {
    (0..a.len()).map(|input| if group.contains(&input) { &b[input] } else { &a[input] }).collect()
}

/// Whether the truth lies within four standard errors, and these are small.
fn near(found: SobolIndex, truth: f64, what: &str) {
    let error = (found.high - found.low) / (2.0 * 1.645);
    assert!((found.value - truth).abs() <= 4.0 * error + 1e-3, "{what}: {found:?}, truth {truth}");
    assert!(error < 0.02, "{what}: {found:?}");
}

#[test]
fn bins_and_pick_freeze_meet_the_closed_forms_and_so_each_other() {
    for (name, known) in [("ishigami", ishigami()), ("g", g_function()), ("straight", straight())] {
        let (a, b) = (columns(&known, 1, 50_000), columns(&known, 2, 50_000));
        let at_a = outcome(&known, &a.iter().collect::<Vec<_>>());
        let at_b = outcome(&known, &b.iter().collect::<Vec<_>>());
        for input in 0..known.inputs {
            let binned = first_order(&a[input], &at_a).unwrap().index;
            let picked = pick_freeze(&at_a, &at_b, &outcome(&known, &mixed(&a, &b, &[input]))).unwrap();
            near(binned, known.first_order[input], &format!("{name} {input} bins"));
            near(picked.first_order, known.first_order[input], &format!("{name} {input} first order"));
            near(picked.total, known.total[input], &format!("{name} {input} total"));
        }
    }
}

#[test]
fn a_group_takes_all_that_its_members_share() {
    let known = ishigami();
    let (a, b) = (columns(&known, 1, 50_000), columns(&known, 2, 50_000));
    let [at_a, at_b] = [&a, &b].map(|columns| outcome(&known, &columns.iter().collect::<Vec<_>>()));
    let group = pick_freeze(&at_a, &at_b, &outcome(&known, &mixed(&a, &b, &[0, 2]))).unwrap();
    // Together they explain all but what the second explains alone, and nothing is shared with it.
    near(group.first_order, 1.0 - known.first_order[1], "first order");
    near(group.total, 1.0 - known.first_order[1], "total");
    let nothing = pick_freeze(&at_a, &at_b, &at_a).unwrap();
    assert_eq!((nothing.total.value, nothing.total.low, nothing.total.high), (0.0, 0.0, 0.0));
}

/// The share of 200 seeds whose intervals cover, by bins, by picking first order, by picking total.
fn coverage(known: &Known, input: usize, draws: usize) -> [f64; 3] {
    let mut found = Vec::new();
    for seed in 0..200 {
        let (a, b) = (columns(known, 2 * seed, draws), columns(known, 2 * seed + 1, draws));
        let [at_a, at_b] = [&a, &b].map(|columns| outcome(known, &columns.iter().collect::<Vec<_>>()));
        let picked = pick_freeze(&at_a, &at_b, &outcome(known, &mixed(&a, &b, &[input]))).unwrap();
        found.push([first_order(&a[input], &at_a).unwrap().index, picked.first_order, picked.total]);
    }
    let truths = [known.first_order[input], known.first_order[input], known.total[input]];
    [0, 1, 2].map(|which| {
        covered(200, |seed| {
            let index = found[seed as usize][which];
            (index.low, truths[which], index.high)
        })
    })
}

#[test]
fn intervals_cover_the_truth_about_as_often_as_they_say() {
    for (name, known, input) in [
        ("ishigami", ishigami(), 0),
        ("ishigami", ishigami(), 1),
        ("ishigami, none", ishigami(), 2),
        ("g", g_function(), 0),
        ("g, little", g_function(), 3),
        ("straight", straight(), 2),
    ] {
        let shares = coverage(&known, input, 2_000);
        // 90 % of 200: 2.1 % is one standard error.
        for (method, share) in ["bins", "first order", "total"].iter().zip(shares) {
            assert!((0.83..=0.97).contains(&share), "{name} {input} {method}: {share}");
        }
    }
}

#[test]
fn an_assumption_that_does_nothing_has_nought_in_its_interval() {
    let known = ishigami();
    let (mut sum, mut inside) = (0.0, 0);
    for seed in 0..200 {
        let a = columns(&known, seed, 1_000);
        let index = first_order(&a[3], &outcome(&known, &a.iter().collect::<Vec<_>>())).unwrap().index;
        sum += index.value;
        inside += u32::from(index.low <= 0.0 && 0.0 <= index.high);
    }
    assert!((166..=194).contains(&inside), "{inside}");
    // One estimate from 1,000 draws errs by √(2·63)/1000 = 0.011: without the correction the mean would be 0.063.
    assert!((sum / 200.0).abs() < 0.004, "{}", sum / 200.0);
}

#[test]
fn outcomes_far_from_nought_lose_no_digits() {
    let known = straight();
    let a = columns(&known, 5, 20_000);
    let at_a = outcome(&known, &a.iter().collect::<Vec<_>>());
    let far: Vec<f64> = at_a.iter().map(|outcome| 1e9 + outcome).collect();
    let (near, far) = (first_order(&a[0], &at_a).unwrap().index, first_order(&a[0], &far).unwrap().index);
    assert!((near.value - far.value).abs() < 1e-6 && (near.low - far.low).abs() < 1e-6, "{near:?} {far:?}");
}

#[test]
fn what_has_no_answer_says_why() {
    let uniforms = Trials::new(1, 500).uniforms("x");
    let message = |uniforms: &[f64], outcome: &[f64]| first_order(uniforms, outcome).unwrap_err().to_string();
    let same = "outcome is the same in every draw: there is no spread to explain";
    assert_eq!(message(&uniforms, &[0.1; 500]), same);
    assert_eq!(message(&uniforms[..7], &[0.1; 7]), "7 defined draws are too few: at least 128 are needed");
    assert_eq!(message(&uniforms, &[f64::NAN; 500]), "0 defined draws are too few: at least 128 are needed");
    assert_eq!(message(&[1.0; 500], &uniforms), "uniform `1` in draw 0 is not at least 0 and below 1");
    let huge: Vec<f64> = uniforms.iter().map(|u| 1e100 * u).collect();
    let scale = "outcome has a scale whose fourth power no float holds: use a larger or a smaller unit";
    assert_eq!(message(&uniforms, &huge), scale);
    let tiny: Vec<f64> = uniforms.iter().map(|u| 1e-100 * u).collect();
    assert_eq!(message(&uniforms, &tiny), scale);
}

/// The index of an assumption of some distribution in a sum of it and a normal part that explains the rest of 1, from one seed.
fn in_a_sum(distribution: &Distribution, share: f64, seed: u64, draws: usize) -> SobolIndex {
    let trials = Trials::new(seed, draws);
    let (uniforms, rest) = (trials.uniforms("x"), trials.normals("rest"));
    let inverse = Inverse::new(distribution);
    let spread = distribution.sd() * libm::sqrt((1.0 - share) / share);
    let outcome: Vec<f64> = uniforms.iter().zip(&rest).map(|(u, rest)| inverse.at(*u) + spread * rest).collect();
    let partition = Partition::of(&inverse);
    let mut rows = Rows::default();
    rows.fill(&outcome, distribution.mean());
    BinTally::of(&partition, &uniforms, &rows, Width::Widest).first_order(&partition).unwrap().index
}

#[test]
fn rare_values_and_long_tails_are_seen_by_bins_of_their_own() {
    let rare = |chance: &str| {
        let chance: Decimal = chance.parse().unwrap();
        Distribution::discrete(&[(0.into(), Decimal::ONE - chance), (1_000_000.into(), chance)]).unwrap()
    };
    let few = Distribution::empirical(&[1, 2, 2, 3, 50].map(Decimal::from)).unwrap();
    let cases = [
        ("two in a hundred", rare("0.02")),
        ("one in a thousand", rare("0.001")),
        ("a long tail", Distribution::lognormal(0.into(), Decimal::new(15, 1)).unwrap()),
        ("a bell", Distribution::normal(0.into(), 1.into()).unwrap()),
        ("observed", few),
    ];
    for (name, distribution) in cases {
        for share in [0.05, 0.5, 0.999] {
            let inside = covered(100, |seed| {
                let index = in_a_sum(&distribution, share, seed, 100_000);
                (index.low, share, index.high)
            });
            // 3 % is one standard error; the variance of a long tail is itself less well known than its sample says.
            assert!(inside >= 0.8, "{name} {share}: {inside}");
            let found = in_a_sum(&distribution, share, 0, 100_000);
            assert!((found.value - share).abs() < 0.03, "{name} {share}: {found:?}");
        }
    }
}
