//! The value of a study's result held against exact answers.

use super::closed_forms::{loss, near, normals};
use super::{Decision, Estimate, Learned, Study};
use crate::analysis::DrawsError;
use crate::analysis::influence::trials::Trials;
use crate::distribution::Distribution;
use crate::simulation::Inverse;

const DRAWS: usize = 50_000;

/// The values of an assumption with this distribution, and the uniforms of a study.
fn assumption(distribution: &Distribution) -> (Vec<f64>, Vec<f64>) {
    let trials = Trials::new(8, DRAWS);
    let mut values = trials.uniforms("assumption");
    Inverse::new(distribution).replace(&mut values);
    (values, trials.uniforms("study"))
}

/// The value of each study where the gain is `start` + `slope` times the assumption and something else, over doing nothing.
fn evsi(assumption: &(Vec<f64>, Vec<f64>), start: f64, slope: f64, studies: &[Study]) -> (Vec<Estimate>, Estimate) {
    let (values, uniforms) = assumption;
    let other = Trials::new(9, DRAWS).normals("other");
    let gain: Vec<f64> = values.iter().zip(&other).map(|(x, y)| start + slope * x + 0.2 * y).collect();
    let nothing = vec![0.0; gain.len()];
    let options = [&gain[..], &nothing[..]];
    let decision = Decision::new(&options).unwrap();
    let worth = |study: &Study| decision.evsi(*study, values, uniforms).unwrap();
    (studies.iter().map(worth).collect(), decision.evppi(&Learned::values(values).unwrap()).unwrap())
}

/// That studies are worth what they must, more the larger they are, and less than knowing the assumption.
fn hold(found: &(Vec<Estimate>, Estimate), truths: &[f64]) {
    for (position, (found, truth)) in found.0.iter().zip(truths).enumerate() {
        near(*found, *truth, 0.0, &format!("study {position}"));
        assert!(found.standard_error < 0.05 * truth + 0.002, "{found:?}");
    }
    assert!(found.0.windows(2).all(|pair| pair[0].value < pair[1].value), "{found:?}");
    assert!(found.0.iter().all(|study| study.value < found.1.value + 2.0 * found.1.standard_error), "{found:?}");
}

#[test]
fn a_mean_of_people_is_worth_what_the_normal_closed_form_says() {
    // Prior N(0, 1); the mean of n people has error sd 5/√n, so the mean given it is normal with variance 1 / (1 + 25/n).
    let people = [5, 25, 400];
    let studies = people.map(|people| Study::Mean { people, sd: 5.0 });
    let truths = people.map(|people| loss(0.4, libm::sqrt(1.0 / (1.0 + 25.0 / people as f64))));
    let trials = Trials::new(8, DRAWS);
    let assumption = (normals(&trials.uniforms("assumption")), trials.uniforms("study"));
    hold(&evsi(&assumption, 0.4, 1.0, &studies), &truths);
}

#[test]
fn a_share_of_people_is_worth_the_sum_over_its_counts() {
    // Beta(2, 3): k of n has chance C(n, k) B(2 + k, 3 + n − k) / B(2, 3), which goes with k + 1 over k as
    // (n − k)(2 + k) / ((k + 1)(2 + n − k)); the mean given k is (2 + k) / (5 + n). The gain is 2.5 − 5x.
    let exact = |people: u64| {
        let n = people as f64;
        let mut chances = vec![1.0];
        for k in (0..people).map(|k| k as f64) {
            chances.push(chances[chances.len() - 1] * (n - k) * (2.0 + k) / ((k + 1.0) * (2.0 + n - k)));
        }
        let gain = |k: usize| f64::max(0.0, 2.5 - 5.0 * (2.0 + k as f64) / (5.0 + n));
        let all: f64 = chances.iter().sum();
        chances.iter().enumerate().map(|(k, chance)| chance / all * gain(k)).sum::<f64>() - 0.5
    };
    let people = [3, 20, 200];
    let studies = people.map(|people| Study::Share { people });
    let assumption = assumption(&Distribution::beta(2.into(), 3.into()).unwrap());
    hold(&evsi(&assumption, 2.5, -5.0, &studies), &people.map(exact));
}

#[test]
fn a_count_of_events_is_worth_the_sum_over_its_numbers() {
    // Gamma(3, mean 1.5): shape 3, rate 2. Over exposure t the count is negative binomial: chance (2 / (2 + t))³ of none, then
    // times (3 + k) / (k + 1) · t / (2 + t); the mean given k is (3 + k) / (2 + t). The gain is x − 1.2.
    let exact = |exposure: f64| {
        let (mut chance, mut value) = (8.0 / ((2.0 + exposure) * (2.0 + exposure) * (2.0 + exposure)), 0.0);
        for k in (0..5_000).map(f64::from) {
            value += chance * f64::max(0.0, (3.0 + k) / (2.0 + exposure) - 1.2);
            chance *= (3.0 + k) / (k + 1.0) * exposure / (2.0 + exposure);
        }
        value - 0.3
    };
    let exposures = [0.5, 4.0, 40.0];
    let studies = exposures.map(|exposure| Study::Count { exposure });
    let assumption = assumption(&Distribution::gamma(3.into(), "0.5".parse().unwrap()).unwrap());
    hold(&evsi(&assumption, -1.2, 1.0, &studies), &exposures.map(exact));
}

#[test]
fn a_study_that_cannot_be_held_says_why() {
    let refused = |study: Study, value: f64| study.results(&[0.5, value], &[0.1, 0.2]).unwrap_err().to_string();
    let people = "study: people `0` is not between 1 and 1000000000";
    assert_eq!(refused(Study::Share { people: 0 }, 0.5), people);
    assert_eq!(refused(Study::Share { people: 9 }, 1.4), "share `1.4` in draw 1 is not between 0 and 1");
    assert_eq!(refused(Study::Mean { people: 9, sd: f64::NAN }, 0.5), "study: sd `NaN` is not a number above 0");
    assert_eq!(refused(Study::Count { exposure: -1.0 }, 0.5), "study: exposure `-1` is not a number above 0");
    let rate = "rate `-0.1` in draw 1 is not at least 0 with at most 10^9 expected events";
    assert_eq!(refused(Study::Count { exposure: 1.0 }, -0.1), rate);
    let lengths = Study::Share { people: 9 }.results(&[0.5], &[]).unwrap_err();
    assert_eq!(lengths, DrawsError::Lengths { column: "the study's uniform", got: 0, expected: 1 });
}
