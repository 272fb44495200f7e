//! The value of information of a simulated model, held against closed forms and against the estimators on the same draws.
//!
//! Closed form: for a net benefit that is normal with mean m, of which what is learned varies by s, learning is worth
//! s φ(m/s) − |m| Φ(−|m|/s).

use impact_core::Model;
use impact_core::address::Address;
use impact_core::analysis::decisions::Learning;
use impact_core::analysis::information::{Decision, Estimate, Learned, Study};
use impact_core::distribution::Distribution;
use impact_core::model::{Measure, Question};
use impact_core::simulation::{Points, Progress, Seed, Simulated, Simulation};
use rust_decimal::Decimal;
use std::ops::ControlFlow;

#[path = "linear_normal/mod.rs"]
mod linear_normal;
use linear_normal::{TEXT, address, linear, npv, on, tied};

const DRAWS: u64 = 200_000;

fn simulate(model: &Model, seed: u64) -> Simulated {
    model.simulate(&Simulation::new(DRAWS, Seed(seed)).asking([npv()]), &mut on).unwrap()
}

fn loss(mean: f64, sd: f64) -> f64 {
    let standard = Distribution::normal(0.into(), 1.into()).unwrap();
    sd * standard.density(mean / sd) - mean.abs() * standard.cdf(-mean.abs() / sd)
}

fn evppi(simulated: &Simulated, groups: &[&[&str]], against: &[&Simulated]) -> Vec<Learning> {
    let groups: Vec<Vec<Address>> =
        groups.iter().map(|group| group.iter().map(|member| address(member)).collect()).collect();
    simulated.evppi(&npv(), &groups, against, &mut on).unwrap()
}

fn near(found: Estimate, truth: f64, what: &str) {
    // Cells of a normal number lose up to 0.3 % of its variance.
    let apart = (found.value - truth).abs();
    assert!(apart <= 4.0 * found.standard_error + 0.003 * truth, "{what}: {found:?} for {truth}");
    assert!(found.standard_error < 0.03, "{what}: {found:?}");
}

#[test]
fn a_linear_normal_model_has_the_values_of_the_closed_form() {
    let simulated = simulate(&linear(), 7);
    let evpi = simulated.evpi(&npv(), &[]).unwrap();
    near(evpi.evpi, loss(3.0, 41_f64.sqrt()), "everything");
    let standard = Distribution::normal(0.into(), 1.into()).unwrap();
    let worse = standard.cdf(-3.0 / 41_f64.sqrt());
    assert_eq!((evpi.best, evpi.means[0], evpi.means.len()), (1, 0.0, 2));
    assert!((evpi.chance_not_best - worse).abs() < 0.005 && (evpi.chances[0] - worse).abs() < 0.005);
    let every = evppi(&simulated, &[], &[]);
    assert_eq!(every.len(), 4);
    for (name, sd) in [("costs.team.amount", 4.0), ("outcomes.a.quantity", 4.0), ("outcomes.b.quantity", 3.0)] {
        near(every.iter().find(|one| one.addresses == [address(name)]).unwrap().worth, loss(3.0, sd), name);
    }
    let cannot_change_it = &every[3];
    assert_eq!(cannot_change_it.addresses, [address("outcomes.tiny.quantity")]);
    assert_eq!(cannot_change_it.worth.value, 0.0);
    let (a, b, team) = ("outcomes.a.quantity", "outcomes.b.quantity", "costs.team.amount");
    let groups = evppi(&simulated, &[&[a], &[a, b], &[a, b, team]], &[]);
    let sizes: Vec<usize> = groups.iter().map(|one| one.addresses.len()).collect();
    assert_eq!(sizes, [3, 2, 1]);
    near(groups[0].worth, loss(3.0, 41_f64.sqrt()), "three");
    near(groups[1].worth, loss(3.0, 5.0), "two");
}

#[test]
fn a_study_is_worth_the_closed_form_and_less_than_knowing() {
    let simulated = simulate(&linear(), 7);
    let studies = [10, 100, 1_000_000].map(|people| Study::Mean { people, sd: 10.0 });
    let found = simulated.evsi(&npv(), &address("outcomes.a.quantity"), &studies, &[], &mut on).unwrap();
    for (study, found) in [10.0, 100.0, 1e6].into_iter().zip(&found) {
        // What is expected of a after the study varies by 4 / (4 + 100/n) of its variance 4; the net benefit is 2 a.
        let sd = 2.0 * f64::sqrt(4.0 * 4.0 / (4.0 + 100.0 / study));
        near(*found, loss(3.0, sd), "study");
    }
    assert!(found.is_sorted_by(|few, many| few.value < many.value));
    let no_share = simulated.evsi(&npv(), &address("outcomes.a.quantity"), &[Study::Share { people: 5 }], &[], &mut on);
    assert!(no_share.unwrap_err().to_string().ends_with("is not between 0 and 1"));
}

#[test]
fn two_models_are_compared_at_the_same_draws() {
    // Both gain so much that doing nothing is out of the question; they differ by a − 20 in each draw, on average by nothing.
    let base = linear().with("outcomes.sure.quantity", Decimal::from(1_000)).unwrap();
    let other = base.with("outcomes.a.values.v.value", 3).unwrap();
    let other = other.with("outcomes.sure.quantity", Decimal::from(979)).unwrap();
    let (base, other) = (simulate(&base, 7), simulate(&other, 7));
    let evpi = base.evpi(&npv(), &[&other]).unwrap();
    near(evpi.evpi, loss(1.0, 2.0), "everything");
    assert_eq!((evpi.best, evpi.chances[0]), (1, 0.0));
    let found = evppi(&base, &[], &[&other]);
    near(found[0].worth, loss(1.0, 2.0), "a");
    assert_eq!(found[0].addresses, [address("outcomes.a.quantity")]);
    assert!(found[1..].iter().all(|one| one.worth.value == 0.0), "{found:?}");
}

#[test]
fn options_that_do_not_belong_together_are_refused() {
    let base = simulate(&linear(), 7);
    let message = |other: &Simulated| base.evpi(&npv(), &[&base, other]).unwrap_err().to_string();
    assert_eq!(
        message(&simulate(&linear(), 8)),
        "option 2 was simulated with another seed: options share seed, points and number of draws"
    );
    let euro = Model::from_toml(&TEXT.replace("currency = \"NOK\"", "currency = \"EUR\"")).unwrap();
    assert_eq!(
        message(&simulate(&euro, 7)),
        "option 2 is in other money: options share currency, price year and present-value year"
    );
}

#[test]
fn no_decision_rests_on_a_ratio() {
    let ratio = Question::new(Measure::SroiRatio);
    let simulated = linear().simulate(&Simulation::new(1_000, Seed(1)).asking([ratio.clone()]), &mut on).unwrap();
    assert_eq!(
        simulated.evpi(&ratio, &[]).unwrap_err().to_string(),
        "no decision rests on `sroi_ratio for society`: it is a ratio, not money; ask `npv` or `equivalent_annual_value`"
    );
}

#[test]
fn what_cannot_be_learned_says_why() {
    let simulated = simulate(&linear(), 1);
    let message = |group: &[&str]| {
        let group = group.iter().map(|member| address(member)).collect();
        simulated.evppi(&npv(), &[group], &[], &mut on).unwrap_err().to_string()
    };
    assert_eq!(message(&["outcomes.sure.quantity"]), "`outcomes.sure.quantity` is not among the uncertain addresses");
    let four = ["costs.team.amount", "outcomes.a.quantity", "outcomes.b.quantity", "outcomes.tiny.quantity"];
    assert_eq!(message(&four), "4 assumptions together make no question: two or three are needed");
    assert_eq!(message(&[]), "0 assumptions together make no question: two or three are needed");
    let mut seen = Vec::new();
    let ended = simulated.evppi(&npv(), &[], &[], &mut |progress: Progress| {
        seen.push(progress.done);
        if progress.done >= 2 * DRAWS { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(ended.unwrap_err().to_string(), "cancelled after 400000 of 800000 draws: nothing is kept");
    assert_eq!(seen, [0, DRAWS, 2 * DRAWS]);
}

#[test]
fn studies_and_thresholds_are_told_of_and_can_be_ended() {
    let simulated = simulate(&linear(), 1);
    let studies = [5.0, 50.0].map(|exposure| Study::Count { exposure });
    let stop = |most: u64| {
        move |at: Progress| if at.done >= most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let tiny = address("outcomes.tiny.quantity");
    let ended = simulated.evsi(&npv(), &tiny, &studies, &[], &mut stop(DRAWS)).unwrap_err().to_string();
    assert_eq!(ended, format!("cancelled after {DRAWS} of {} draws: nothing is kept", 3 * DRAWS));
    let ended = simulated.acceptability(&npv(), &[], &mut stop(1)).unwrap_err().to_string();
    assert_eq!(ended, format!("cancelled after 65536 of {DRAWS} draws: nothing is kept"));
    let mut seen = Vec::new();
    let mut progress = |at: Progress| {
        seen.push(at.done);
        ControlFlow::Continue(())
    };
    simulated.acceptability(&npv(), &[0.0], &mut progress).unwrap();
    assert_eq!(seen.last(), Some(&DRAWS));
    assert!(seen.is_sorted());
}

#[test]
fn chances_of_thresholds_in_any_order_are_those_of_each_alone() {
    let simulated = simulate(&linear(), 1);
    let figure = simulated.answer(&npv()).unwrap();
    let own = figure.draws().unwrap()[17];
    let thresholds = [12.5, -5.0, own, f64::INFINITY, 3.0, 3.0, f64::NEG_INFINITY, 0.0, -0.0];
    for at in simulated.acceptability(&npv(), &thresholds, &mut on).unwrap() {
        assert_eq!(at.chance, figure.probability_above(at.threshold).unwrap(), "{}", at.threshold);
    }
}

#[test]
fn threads_change_no_bit_of_what_learning_is_worth() {
    let simulation = Simulation::new(50_000, Seed(9)).asking([npv()]);
    let of = |threads: usize| {
        let simulated = tied().simulate(&simulation.clone().on_threads(threads), &mut on).unwrap();
        simulated.evppi(&npv(), &[], &[], &mut on).unwrap()
    };
    let once = of(1);
    assert_eq!((of(2), of(8)), (once.clone(), once));
}

#[test]
fn numbers_with_few_values_are_learned_by_their_values() {
    let text = TEXT.replace(
        "quantity = { truncated = { of = { normal = { mean = 20, sd = 2 } }, low = 0 } }",
        "quantity = { discrete = [[17, 0.5], [23, 0.5]] }",
    );
    let Ok(model) = Model::from_toml(&text) else { panic!("{:?}", Model::from_toml(&text)) };
    let simulated = simulate(&model, 5);
    let of = address("outcomes.a.quantity");
    let values = simulated.inputs(std::slice::from_ref(&of)).unwrap();
    let figure = simulated.answer(&npv()).unwrap().draws().unwrap();
    let nothing = vec![0.0; figure.len()];
    let options = [&nothing[..], figure];
    let truth = Decision::new(&options).unwrap().evppi(&Learned::values(&values[0]).unwrap()).unwrap();
    assert_eq!(evppi(&simulated, &[&["outcomes.a.quantity"]], &[])[0].worth, truth);
    // At 17 it loses 3, at 23 it gains 9: knowing saves 3 in half of all cases.
    near(truth, 1.5, "a");
}

#[test]
fn the_chance_of_a_figure_falls_along_its_acceptability_curve() {
    let simulated = simulate(&linear(), 3);
    let curve = simulated.acceptability(&npv(), &[], &mut on).unwrap();
    assert_eq!(curve.len(), 41);
    assert!(curve.is_sorted_by(|low, high| low.threshold < high.threshold && low.chance.value > high.chance.value));
    assert!((curve[0].chance.value - 0.995).abs() < 1e-4 && (curve[40].chance.value - 0.005).abs() < 1e-4);
    let normal = Distribution::normal(3.into(), Decimal::new(6_403_124_237, 9)).unwrap();
    for at in simulated.acceptability(&npv(), &[-5.0, 0.0, 3.0, 12.5], &mut on).unwrap() {
        let truth = 1.0 - normal.cdf(at.threshold);
        assert!((at.chance.value - truth).abs() < 4.0 * at.chance.standard_error.unwrap(), "{at:?} for {truth}");
    }
    assert_eq!(
        simulated.acceptability(&npv(), &[f64::NAN], &mut on).unwrap_err().to_string(),
        "threshold `NaN` is not a number"
    );
}

#[test]
fn under_sobol_points_options_must_vary_the_same_numbers() {
    // One more uncertain number that sorts first shifts the dimension of every other: nothing would be shared.
    let text = |more: &str| {
        format!(
            "impact = 1\nname = \"Options (illustrative)\"\ncountry = \"NO\"\ncurrency = \"NOK\"\nprice_year = 2024\nstart = 2024\n\
             horizon = 1\nconventions = \"sroi-practice\"\nholders = [{{ id = \"people\", kind = \"people\" }}]\n{more}\n\
             [[outcomes]]\nid = \"o\"\nholder = \"people\"\nnature = \"event\"\nquantity = {{ uniform = [0, 10] }}\n\
             values = [{{ id = \"v\", value = 30, unit = \"person\", to = \"people\", kind = \"social\", source = \"illustrative\" }}]\n"
        )
    };
    let cost = "costs = [{ id = \"team\", payer = \"people\", amount = { uniform = [99, 101] }, year = 2024, source = \"illustrative\" }]";
    let model = |more: &str| impact_core::Model::from_toml(&text(more)).unwrap();
    let simulated = |model: &impact_core::Model, points| {
        let asked = impact_core::simulation::Simulation::new(512, impact_core::simulation::Seed(1))
            .asking([impact_core::model::Question::new(impact_core::model::Measure::Npv)])
            .with_points(points);
        model.simulate(&asked, &mut |_| std::ops::ControlFlow::Continue(())).unwrap()
    };
    let npv = impact_core::model::Question::new(impact_core::model::Measure::Npv);
    use impact_core::simulation::Points;
    for (points, together) in [(Points::Random, true), (Points::Latin, true), (Points::Sobol, false)] {
        let (one, other) = (simulated(&model(""), points), simulated(&model(cost), points));
        assert_eq!(one.evpi(&npv, &[&other]).is_ok(), together, "{points:?}");
    }
    let (one, other) = (simulated(&model(""), Points::Sobol), simulated(&model(cost), Points::Sobol));
    let told = one.evpi(&npv, &[&other]).unwrap_err().to_string();
    assert!(told.contains("set of uncertain numbers"), "{told}");
}

/// The value of information of the code published with Hendren and Sprung-Keyser (2020), `value_info.do` of
/// OpportunityInsights/welfare_analysis: E[max(WTP − cost, 0)] − max(E[WTP] − E[cost], 0). With a willingness to pay of 0.2, 0.8,
/// 1.4 or 2.0, equally likely, at a cost of 1 it is (0.4 + 1.0) / 4 − 0.1 = 0.25; here in hundreds of kroner.
#[test]
fn four_equal_chances_have_the_published_value_of_information() {
    let text = r#"
impact = 1
name = "Four willingnesses to pay (illustrative)"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2024
horizon = 1
conventions = "sroi-practice"
holders = [{ id = "people", kind = "people" }]
costs = [{ id = "team", payer = "people", amount = 100, year = 2024, source = "illustrative" }]
[[outcomes]]
id = "work"
holder = "people"
nature = "event"
quantity = 1
values = [{ id = "v", value = { discrete = [[20, 0.25], [80, 0.25], [140, 0.25], [200, 0.25]] }, unit = "person", to = "people", kind = "social", source = "illustrative" }]
"#;
    let model = Model::from_toml(text).unwrap();
    // Sobol' points put a quarter of the draws into each quarter of the chances.
    let asked = Simulation::new(1 << 12, Seed(7)).asking([npv()]).with_points(Points::Sobol);
    let simulated = model.simulate(&asked, &mut on).unwrap();
    let evpi = simulated.evpi(&npv(), &[]).unwrap();
    assert!((evpi.evpi.value - 25.0).abs() < 1e-9, "{:?}", evpi.evpi);
    let learned = evppi(&simulated, &[&["outcomes.work.values.v.value"]], &[]);
    // The curves that are fitted to what is learned hold back by a ridge of 10⁻⁹.
    assert!((learned[0].worth.value - 25.0).abs() < 1e-7, "{:?}", learned[0].worth);
}
