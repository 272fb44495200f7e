//! What evaluations of a contract are worth, against closed forms.

use impact_core::Contract;
use impact_core::analysis::risk::{EvaluationQuestion, EvaluationWorth};
use impact_core::simulation::{Progress, Seed, Simulation};
use std::ops::ControlFlow;

/// A measured saving of N(3, 2²) million, known but for a normal error of 30 million for one of a hundred people: 3 for all of them.
const SAVING: &str = r#"
    impact = 1
    name = "A measured saving (illustrative)"
    currency = "NOK"
    holders = [ { id = "state", kind = "public", level = "state" }, { id = "provider", kind = "enterprise" } ]
    [contract]
    payee = "provider"
    payers = [ { holder = "state" } ]
    metrics = [ { id = "saving", kind = "reported", range = [-100, 100] } ]
    payments = [ { id = "share", of = "saving", schedule = { per_unit = 500_000 } } ]
    [truth]
    source = "illustrative"
    metrics = [ { id = "saving", counterfactual = 10, effect = { normal = { mean = 3, sd = 2 } }, effect_in = "absolute", scatter = { sd = 30 } } ]
    cohorts = [ { id = "2027", date = 2028-12-31, people = 100 } ]
"#;

/// Fewer convictions of some than of others they are compared with.
const COMPARED: &str = r#"
    impact = 1
    name = "Compared (illustrative)"
    currency = "NOK"
    holders = [ { id = "state", kind = "public", level = "state" }, { id = "provider", kind = "enterprise" } ]
    [contract]
    payee = "provider"
    payers = [ { holder = "state" } ]
    metrics = [ { id = "convictions", kind = "rate", direction = "decrease" }, { id = "working", kind = "share", direction = "increase" } ]
    estimates = [ { id = "fewer", metric = "convictions", effect = "relative", against = { group = "control" } } ]
    payments = [ { id = "result", of = "fewer", schedule = { steps = [ { at = 0.1, amount = 1_000_000 } ] } } ]
    [truth]
    source = "illustrative"
    metrics = [ { id = "convictions", counterfactual = { gamma = { mean = 1.5, sd = 0.6 } }, effect = { uniform = [0, 0.3] } } ]
    cohorts = [ { id = "a", date = 2027-12-31, people = 100, compared = 200 }, { id = "b", date = 2028-12-31, people = 100, compared = "a" } ]
"#;

fn asked(metric: &str, (worth, cost): (f64, f64), times: &[f64]) -> EvaluationQuestion {
    let simulation = Simulation::new(60_000, Seed(7));
    EvaluationQuestion { metric: metric.to_owned(), worth, cost, times: times.to_vec(), simulation }
}

fn on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn found(text: &str, asked: &EvaluationQuestion) -> Result<EvaluationWorth, String> {
    Contract::from_toml(text).unwrap().evaluation_worth(asked, &mut on).map_err(|error| error.to_string())
}

/// What deciding on a normal guess of this spread gains over deciding on its mean, so far above or below the cost.
fn gained(spread: f64, above: f64) -> f64 {
    let d = above.abs() / spread;
    let density = libm::exp(-0.5 * d * d) / libm::sqrt(2.0 * std::f64::consts::PI);
    spread * (density - d * 0.5 * libm::erfc(d / std::f64::consts::SQRT_2))
}

#[test]
fn a_normal_evaluation_of_a_normal_truth_is_worth_its_closed_form() {
    for cost in [2.0, 3.0, 5.0] {
        let asked = asked("saving", (1.0, cost), &[0.25, 1.0, 9.0, 900.0]);
        let found = found(SAVING, &asked).unwrap();
        let above = 3.0 - cost;
        assert!((found.going_on - above).abs() < 0.05 && (found.now - above.max(0.0)).abs() < 0.05);
        assert!((found.truth.value - gained(2.0, above)).abs() < 5.0 * found.truth.standard_error);
        for one in &found.evaluations {
            // The error of so many people is 30 / √(100 · times); what is guessed spreads by 4 / √(4 + error²).
            let error = 3.0 / libm::sqrt(one.times);
            let expected = gained(4.0 / libm::sqrt(4.0 + error * error), above);
            let off = (one.worth.value - expected).abs();
            assert!(off < 5.0 * one.worth.standard_error + 0.005 * expected, "{cost} {}: {off} {expected}", one.times);
        }
    }
}

#[test]
fn more_people_and_those_compared_with_tell_more() {
    // Going on costs what it is worth on average: 200 people · 1.5 · 0.15 = 45 convictions.
    let found = found(COMPARED, &asked("convictions", (1_000.0, 45_000.0), &[1.0, 4.0, 100.0])).unwrap();
    assert!((found.change.mean - 45.0).abs() < 1.0);
    let worth: Vec<f64> = found.evaluations.iter().map(|one| one.worth.value).collect();
    assert!(worth.windows(2).all(|pair| pair[0] < pair[1]), "{worth:?}");
    assert!(worth[2] > 0.9 * found.truth.value && worth[2] < found.truth.value, "{worth:?} {:?}", found.truth);
    let people: Vec<f64> = found.evaluations.iter().map(|one| one.people).collect();
    assert_eq!(people, [200.0, 800.0, 20_000.0]);
}

#[test]
fn where_nothing_could_change_the_decision_an_evaluation_is_worth_nothing() {
    let found = found(COMPARED, &asked("convictions", (1_000.0, -1.0), &[1.0])).unwrap();
    assert_eq!((found.truth.value, found.evaluations[0].worth.value), (0.0, 0.0));
    assert_eq!(found.now, found.going_on);
}

#[test]
fn what_is_asked_wrongly_is_said() {
    let of = |asked: &EvaluationQuestion| found(COMPARED, asked).unwrap_err();
    let metric = asked("working", (1.0, 1.0), &[1.0]);
    assert_eq!(of(&metric), "nothing is paid for `working`: choose among `convictions`");
    let times = |times: &[f64]| of(&asked("convictions", (1.0, 1.0), times));
    assert_eq!(times(&[1.0, 1.0]), "`times` holds 1: numbers above 0 that rise are wanted, such as 1, 2, 4");
    assert_eq!(times(&[0.0]), "`times` holds 0: numbers above 0 that rise are wanted, such as 1, 2, 4");
    let worth = asked("convictions", (f64::NAN, 1.0), &[1.0]);
    assert_eq!(of(&worth), "`worth` is NaN: a finite number is wanted");
    let few =
        EvaluationQuestion { simulation: Simulation::new(10, Seed(7)), ..asked("convictions", (1.0, 1.0), &[1.0]) };
    assert!(of(&few).contains("32"), "{}", of(&few));
    let mut asked_once = 0;
    let ended =
        Contract::from_toml(COMPARED).unwrap().evaluation_worth(&asked("convictions", (1.0, 1.0), &[1.0]), &mut |_| {
            asked_once += 1;
            ControlFlow::Break(())
        });
    assert!(ended.is_err() && asked_once == 1);
}
