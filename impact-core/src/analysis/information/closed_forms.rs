//! The value of perfect and partial information held against closed forms, exact enumeration, and itself.
//!
//! Derivation used throughout: for X normal with mean m and sd s, E max(0, X) − max(0, m) = s φ(m/s) − |m| Φ(−|m|/s), the unit
//! normal linear loss times s: integrate x over the side of nought where the choice made on the mean is wrong.

use super::{Decision, Estimate, Learned};
use crate::analysis::influence::trials::Trials;
use crate::distribution::special::normal;
use std::f64::consts::PI;

pub(super) fn loss(mean: f64, sd: f64) -> f64 {
    sd * normal::density(mean / sd) - mean.abs() * normal::cdf(-mean.abs() / sd)
}

/// A sum of weighted columns.
fn sum(start: f64, parts: &[(f64, &[f64])]) -> Vec<f64> {
    let at = |draw: usize| start + parts.iter().map(|(weight, column)| weight * column[draw]).sum::<f64>();
    (0..parts[0].1.len()).map(at).collect()
}

fn uniforms(column: &[f64]) -> Learned {
    Learned::uniforms(column).unwrap()
}

/// The normal scores of uniforms.
pub(super) fn normals(column: &[f64]) -> Vec<f64> {
    column.iter().map(|u| normal::quantile(*u)).collect()
}

/// The root mean square of (found − truth) / standard error over seeds.
fn error(seeds: u64, truth: f64, mut run: impl FnMut(u64) -> Estimate) -> f64 {
    let scores = (0..seeds).map(|seed| {
        let found = run(seed);
        assert!(found.value >= 0.0);
        (found.value - truth) / found.standard_error
    });
    libm::sqrt(scores.map(|score| score * score).sum::<f64>() / seeds as f64)
}

/// Within four standard errors, and `lost` of what is lost within cells.
pub(super) fn near(found: Estimate, truth: f64, lost: f64, what: &str) {
    let apart = (found.value - truth).abs();
    assert!(apart <= 4.0 * found.standard_error + lost, "{what}: {found:?}, truth {truth}");
}

#[test]
fn a_linear_normal_decision_has_the_values_of_the_closed_form_within_the_stated_error() {
    for (mean, a, b, draws) in
        [(0.5, 1.0, 2.0, 2_000), (-1.0, 1.0, 0.5, 2_000), (0.3, 1.0, 1.0, 20_000), (0.3, 0.2, 1.0, 20_000)]
    {
        let mut evpis = Vec::new();
        let partial = error(100, loss(mean, a), |seed| {
            let trials = Trials::new(seed, draws);
            let (u, other) = (trials.uniforms("x"), trials.normals("y"));
            let gain = sum(mean, &[(a, &normals(&u)), (b, &other)]);
            let nothing = vec![0.0; draws];
            let options = [&gain[..], &nothing[..]];
            let decision = Decision::new(&options).unwrap();
            evpis.push(decision.evpi().evpi);
            let found = decision.evppi(&uniforms(&u)).unwrap();
            assert!(found.value <= decision.evpi().evpi.value);
            found
        });
        let perfect = error(100, loss(mean, libm::sqrt(a * a + b * b)), |seed| evpis[seed as usize]);
        // 1 would be right; one standard error of the root mean square of 100 is 0.07.
        assert!((0.75..1.3).contains(&partial), "{mean} {a} {b}: EVPPI errs by {partial} standard errors");
        assert!((0.75..1.3).contains(&perfect), "{mean} {a} {b}: EVPI errs by {perfect} standard errors");
    }
}

#[test]
fn values_and_uniforms_tell_the_same_and_the_shape_of_the_curve_does_not_matter() {
    let trials = Trials::new(4, 100_000);
    let (u, other) = (trials.uniforms("x"), trials.normals("y"));
    // A curve with a hump: sin of two and a half turns, so E max(0, ·) − 0 over u in five half waves of area 1/(5π)·2 each.
    let wave: Vec<f64> = u.iter().map(|u| libm::sin(5.0 * PI * u)).collect();
    let gain = sum(0.0, &[(1.0, &wave), (0.5, &other)]);
    let nothing = vec![0.0; u.len()];
    let options = [&gain[..], &nothing[..]];
    let decision = Decision::new(&options).unwrap();
    // Three half waves up and two down: the mean is one half wave, 2/(5π); knowing it saves two.
    let truth = 4.0 / (5.0 * PI);
    near(decision.evppi(&uniforms(&u)).unwrap(), truth, 0.0, "uniforms");
    let values: Vec<f64> = u.iter().map(|u| libm::exp(3.0 * u)).collect();
    near(decision.evppi(&Learned::values(&values).unwrap()).unwrap(), truth, 0.0, "values");
}

/// Every combination of x in 0, 1, 2 (chances 1/2, 1/4, 1/4) and z in −3, 3, equally often.
fn every_combination() -> (Vec<f64>, Vec<f64>) {
    let cases = [(0.0, -3.0), (0.0, 3.0), (0.0, -3.0), (0.0, 3.0), (1.0, -3.0), (1.0, 3.0), (2.0, -3.0), (2.0, 3.0)];
    cases.into_iter().cycle().take(8 * 2_000).unzip()
}

#[test]
fn a_discrete_decision_between_three_options_has_the_values_of_its_enumeration() {
    let (x, z) = every_combination();
    let options = [
        vec![0.0; x.len()],
        x.iter().zip(&z).map(|(x, z)| 4.0 * x - 2.0 + z).collect::<Vec<f64>>(),
        x.iter().zip(&z).map(|(x, z)| 3.0 - 5.0 * x + z * x).collect(),
    ];
    let options = options.each_ref().map(Vec::as_slice);
    let decision = Decision::new(&options).unwrap();
    // Means: 0, 1, −3/4. Given x = 0: 0, −2, 3 → 3; x = 1: 0, 2, −2 → 2; x = 2: 0, 6, −7 → 6. 3/2 + 2/4 + 6/4 − 1 = 2.5.
    let known = [Learned::values(&x).unwrap(), Learned::values(&z).unwrap()];
    let evppi = |learned: &Learned| decision.evppi(learned).unwrap();
    assert_eq!(decision.evpi().best, 1);
    near(evppi(&known[0]), 2.5, 0.0, "x");
    // Given z = −3: 0, 4·¾ − 2 − 3 = −2, 3 − 15/4 − 9/4 = −3 → 0; z = 3: 0, 4, 3/2 → 4. 2 − 1 = 1.
    near(evppi(&known[1]), 1.0, 0.0, "z");
    // Given both: x = 0: max(0, −5, 3) = 3 and max(0, 1, 3) = 3; x = 1: max(0, −1, −5) = 0 and max(0, 5, 1) = 5; x = 2:
    // max(0, 3, −13) = 3 and max(0, 9, −1) = 9. 3/2 + 5/8 + 12/8 − 1 = 2.625.
    let all = decision.evpi().evpi;
    assert!((all.value - 2.625).abs() < 1e-9);
    let both = evppi(&Learned::together(&known).unwrap());
    assert!((both.value - 2.625).abs() < 1e-6, "{both:?}");
    let chances = &decision.evpi().chances;
    assert!(chances.iter().zip([1.0 / 8.0, 3.0 / 8.0, 1.0 / 2.0]).all(|(found, chance)| (found - chance).abs() < 1e-9));
    assert!((decision.evpi().chance_not_best - 5.0 / 8.0).abs() < 1e-12);
}

#[test]
fn of_three_options_the_one_that_is_known_bounds_what_another_can_gain() {
    // 0, N(0.2, 1) hanging on x, and 0.5 whatever x is: knowing x the choice is between 0.5 and the second.
    let trials = Trials::new(11, 100_000);
    let (u, y, z) = (trials.uniforms("x"), trials.normals("y"), trials.normals("z"));
    let columns = [vec![0.0; u.len()], sum(0.2, &[(1.0, &normals(&u)), (0.8, &y)]), sum(0.5, &[(0.3, &y), (1.0, &z)])];
    let options = columns.each_ref().map(Vec::as_slice);
    let found = Decision::new(&options).unwrap().evppi(&uniforms(&u)).unwrap();
    near(found, loss(0.2 - 0.5, 1.0), 0.0, "three options");
}

#[test]
fn what_cannot_change_the_decision_is_worth_nothing() {
    let trials = Trials::new(2, 20_000);
    let (u, other) = (trials.uniforms("x"), trials.uniforms("y"));
    let gain = sum(0.5, &[(1.0, &u), (1.0, &other)]);
    let nothing = vec![0.0; u.len()];
    let options = [&gain[..], &nothing[..]];
    let decision = Decision::new(&options).unwrap();
    assert_eq!((decision.evpi().evpi.value, decision.evpi().chance_not_best), (0.0, 0.0));
    assert_eq!(decision.evppi(&uniforms(&u)).unwrap(), Estimate { value: 0.0, standard_error: 0.0 });
}

#[test]
fn what_says_nothing_about_a_close_decision_is_worth_almost_nothing() {
    let mut total = 0.0;
    for seed in 0..100 {
        let trials = Trials::new(seed, 2_000);
        let (u, gain) = (trials.uniforms("x"), trials.normals("y"));
        let nothing = vec![0.0; gain.len()];
        let options = [&gain[..], &nothing[..]];
        total += Decision::new(&options).unwrap().evppi(&uniforms(&u)).unwrap().value;
    }
    // The value of perfect information is 0.4; choosing between the two on a mean with a standard error of 0.022 is noise.
    assert!(total / 100.0 < 0.01, "{}", total / 100.0);
}

#[test]
fn a_group_is_worth_what_its_members_tell_together() {
    let trials = Trials::new(3, 100_000);
    let us = ["a", "b", "c"].map(|name| trials.uniforms(name));
    let zs = us.each_ref().map(|u| normals(u));
    let gain = sum(0.4, &[(1.0, &zs[0]), (0.7, &zs[1]), (0.5, &zs[2])]);
    let nothing = vec![0.0; gain.len()];
    let options = [&gain[..], &nothing[..]];
    let decision = Decision::new(&options).unwrap();
    let single = us.each_ref().map(|u| uniforms(u));
    let [one, two, three] = [
        decision.evppi(&single[0]).unwrap(),
        decision.evppi(&Learned::together(&single[..2]).unwrap()).unwrap(),
        decision.evppi(&Learned::together(&single).unwrap()).unwrap(),
    ];
    near(one, loss(0.4, 1.0), 0.0, "one");
    near(two, loss(0.4, libm::sqrt(1.49)), 0.000_3, "two");
    near(three, loss(0.4, libm::sqrt(1.74)), 0.001, "three");
    assert!(one.value < two.value && two.value < three.value);
    // Everything is known: only what is lost within cells, and what the fit smooths, separates it from perfect information.
    let all = decision.evpi().evpi.value;
    assert!((three.value - all).abs() < 0.004 * all, "{three:?} {all}");
}

#[test]
fn a_group_sees_what_only_its_members_together_tell() {
    // The gain is the product of two normals: neither tells anything by itself. E max(0, xy) = E|xy| / 2 = (2/π) / 2.
    let trials = Trials::new(3, 100_000);
    let us = ["a", "b"].map(|name| trials.uniforms(name));
    let noise = trials.normals("c");
    let [x, y] = us.each_ref().map(|u| normals(u));
    let product: Vec<f64> = x.iter().zip(&y).map(|(x, y)| x * y).collect();
    let gain = sum(0.0, &[(1.0, &product), (0.3, &noise)]);
    let nothing = vec![0.0; gain.len()];
    let options = [&gain[..], &nothing[..]];
    let decision = Decision::new(&options).unwrap();
    let single = us.each_ref().map(|u| uniforms(u));
    near(decision.evppi(&Learned::together(&single).unwrap()).unwrap(), 1.0 / PI, 0.000_3, "both");
    assert!(decision.evppi(&single[0]).unwrap().value < 0.005);
}

#[test]
fn more_combinations_of_values_than_draws_can_tell_apart_are_joined_by_curves() {
    let trials = Trials::new(6, 50_000);
    let dice =
        ["a", "b", "c"].map(|name| trials.uniforms(name).iter().map(|u| libm::floor(30.0 * u)).collect::<Vec<f64>>());
    let gain = sum(-50.0, &[(1.0, &dice[0]), (1.0, &dice[1]), (1.0, &dice[2])]);
    let nothing = vec![0.0; gain.len()];
    let options = [&gain[..], &nothing[..]];
    let decision = Decision::new(&options).unwrap();
    let single = dice.each_ref().map(|die| Learned::values(die).unwrap());
    // Three numbers from 0 to 29, each as likely: every total counted, the mean −6.5 being worse than nothing.
    let totals = (0..27_000).map(|case| case % 30 + case / 30 % 30 + case / 900);
    let truth = totals.map(|total| f64::max(0.0, f64::from(total) - 50.0)).sum::<f64>() / 27_000.0;
    near(decision.evpi().evpi, truth, 0.0, "everything");
    near(decision.evppi(&Learned::together(&single).unwrap()).unwrap(), truth, 0.005 * truth, "all three");
}
