//! The risk of contracts against reference figures: `fixtures/oracles/threshold_binary.csv` and `threshold_sim.csv`, whose
//! probabilities of triggering payment have four decimals. The column of the fixed baseline is the binomial distribution
//! function; the others were simulated, so that they err too.

use impact_core::Contract;
use impact_core::analysis::risk::{ContractRisk, Situation, SituationRisk};
use impact_core::simulation::{Seed, Simulation, Width};
use std::collections::HashMap;
use std::ops::ControlFlow;

/// Half of the last of four decimals.
const LAST_DECIMAL: f64 = 0.5e-4;

/// A standard error of the simulated reference figures, of which the number of draws is not told: as if there had been
/// 20,000.
fn reference_error(chance: f64) -> f64 {
    (chance * (1.0 - chance) / 20_000.0).sqrt() + LAST_DECIMAL
}

fn contract(terms: &str) -> Contract {
    let head = r#"
        impact = 1
        name = "Thresholds (illustrative)"
        currency = "NOK"
        holders = [ { id = "state", kind = "public", level = "state" }, { id = "town", kind = "public", level = "municipality" }, { id = "provider", kind = "enterprise" } ]
    "#;
    Contract::from_toml(&format!("{head}{terms}")).unwrap()
}

fn risk(contract: &Contract, draws: u64) -> ContractRisk {
    contract.risk(&Simulation::new(draws, Seed(7)), &mut |_| ControlFlow::Continue(())).unwrap()
}

/// As believed, and nothing else.
fn alone(contract: &Contract, draws: u64) -> SituationRisk {
    let simulation = Simulation::new(draws, Seed(7));
    let found = contract.risk_in(&[Situation::AsBelieved], &simulation, &mut |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(found.situations.len(), 1);
    found.situations[0].clone()
}

fn believed(risk: &ContractRisk) -> &SituationRisk {
    risk.situation(Situation::AsBelieved).unwrap()
}

/// The rows of a reference table, each column by its name.
fn table(name: &str) -> Vec<HashMap<String, String>> {
    let path = format!("{}/fixtures/oracles/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    lines
        .map(|line| names.iter().map(|name| (*name).to_owned()).zip(line.split(',').map(str::to_owned)).collect())
        .collect()
}

fn number(row: &HashMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap()
}

/// One cohort that is paid for where at least a tenth fewer have it.
fn one_cohort(people: &str, rate: &str, reduction: &str, against: &str, compared: &str) -> Contract {
    contract(&format!(
        r#"
        [contract]
        payee = "provider"
        payers = [ {{ holder = "state" }} ]
        metrics = [ {{ id = "reoffended", kind = "share", direction = "decrease" }} ]
        estimates = [ {{ id = "fewer", metric = "reoffended", effect = "relative", against = {against} }} ]
        payments = [ {{ id = "result", of = "fewer", schedule = {{ steps = [ {{ at = 0.1, amount = 1_000_000 }} ] }} }} ]
        [truth]
        source = "illustrative"
        metrics = [ {{ id = "reoffended", counterfactual = {rate}, effect = {reduction} }} ]
        cohorts = [ {{ id = "one", date = 2028-12-31, people = {people}{compared} }} ]
        "#
    ))
}

#[test]
fn a_fixed_baseline_pays_by_the_binomial_distribution_exactly() {
    let rows = table("threshold_binary.csv");
    assert_eq!(rows.len(), 32);
    for row in rows {
        let (people, rate, reduction) = (&row["n"], &row["baseline_rate"], &row["true_relative_reduction"]);
        let contract = one_cohort(people, rate, reduction, &format!("{{ fixed = {rate} }}"), "");
        let (found, expected) = (alone(&contract, 40_000), number(&row, "p_trigger_fixed_baseline"));
        let exact = found.exact.unwrap();
        assert!((exact.chance_of_paying - expected).abs() <= LAST_DECIMAL, "{people} {rate} {reduction}: {exact:?}");
        assert!((exact.mean - 1e6 * exact.chance_of_paying).abs() < 1e-3);
        let error = (exact.chance_of_paying * (1.0 - exact.chance_of_paying) / 40_000.0).sqrt() + 1e-9;
        let simulated = found.chance_of_paying.value;
        assert!(
            (simulated - exact.chance_of_paying).abs() < 4.0 * error + 1e-4,
            "{people} {rate}: {simulated} {exact:?}"
        );
    }
}

#[test]
fn a_comparison_of_the_same_size_pays_as_often_as_the_reference() {
    for row in table("threshold_binary.csv") {
        let (people, rate, reduction) = (&row["n"], &row["baseline_rate"], &row["true_relative_reduction"]);
        let compared = format!(", compared = {people}");
        let contract = one_cohort(people, rate, reduction, "{ group = \"control\" }", &compared);
        // A thousand on either side: a million possibilities, each paid.
        let exact = alone(&contract, 1_000).exact.unwrap().chance_of_paying;
        let expected = number(&row, "p_trigger_equal_size_comparison");
        assert!(
            (exact - expected).abs() < 4.0 * reference_error(expected),
            "{people} {rate} {reduction}: {exact} {expected}"
        );
    }
}

/// Two cohorts, each paid for at a tenth less, else both pooled at 7.5 %: events at 1.55 a person, ten compared for each.
fn two_cohorts(model: &str, people: u32, reduction: &str) -> Contract {
    let scatter = match model {
        "poisson" => "\"poisson\"".to_owned(),
        _ => "{ dispersion = 0.6 }".to_owned(),
    };
    let compared = people * 10;
    contract(&format!(
        r#"
        [contract]
        payee = "provider"
        payers = [ {{ holder = "state" }} ]
        metrics = [ {{ id = "convictions", kind = "rate", direction = "decrease" }} ]
        estimates = [ {{ id = "fewer", metric = "convictions", effect = "relative", against = {{ group = "control" }} }}, {{ id = "all", metric = "convictions", effect = "relative", against = {{ group = "control" }} }} ]
        [[contract.payments]]
        id = "cohort"
        of = "fewer"
        schedule = {{ steps = [ {{ at = 0.1, amount = 1_000_000 }} ] }}
        [[contract.payments]]
        id = "pooled"
        of = "all"
        per = "contract"
        schedule = {{ steps = [ {{ at = 0.075, amount = 1_500_000 }} ] }}
        [truth]
        source = "illustrative"
        metrics = [ {{ id = "convictions", counterfactual = 1.55, effect = {reduction}, scatter = {scatter} }} ]
        cohorts = [ {{ id = "one", date = 2028-12-31, people = {people}, compared = {compared} }}, {{ id = "two", date = 2029-12-31, people = {people}, compared = {compared} }} ]
        "#
    ))
}

#[test]
fn events_of_two_cohorts_pay_as_often_as_the_reference() {
    let rows = table("threshold_sim.csv");
    assert_eq!(rows.len(), 64);
    let draws = 20_000;
    for row in rows {
        let contract = two_cohorts(&row["model"], row["n_per_cohort"].parse().unwrap(), &row["true_reduction"]);
        let found = alone(&contract, draws);
        for (payment, column) in [(0, "p_either_of_two_cohorts_ge_10pct"), (1, "p_pooled_ge_7.5pct")] {
            let (chance, expected) = (found.by_payment[payment].chance_of_paying.value, number(&row, column));
            let own = (expected * (1.0 - expected) / draws as f64).sqrt();
            let theirs = reference_error(expected);
            let error = (own * own + theirs * theirs).sqrt();
            assert!((chance - expected).abs() < 4.0 * error, "{row:?} {column}: {chance}");
        }
        let expected = number(&row, "p_any_payment");
        let error = 2.0_f64.sqrt() * reference_error(expected);
        assert!((found.chance_of_paying.value - expected).abs() < 4.0 * error, "{row:?}: {:?}", found.chance_of_paying);
    }
}

/// Fifty people at 63 %, a programme that is believed to take a tenth of it, and a truth of 40 % that drifts.
const FIFTY: &str = r#"
    [contract]
    payee = "provider"
    at_most = 5_000_000
    payers = [ { holder = "state", share = 0.75 }, { holder = "town", share = 0.25, at_most = 900_000 } ]
    metrics = [ { id = "reoffended", kind = "share", direction = "decrease" } ]
    estimates = [ { id = "fewer", metric = "reoffended", effect = "relative", against = { fixed = 0.63 } } ]
    [[contract.payments]]
    id = "result"
    of = "fewer"
    schedule = { steps = [ { at = 0.1, amount = 4_400_000 } ] }
    [[contract.payments]]
    id = "fee"
    schedule = { fixed = 100_000 }
    [truth]
    source = "illustrative"
    metrics = [ { id = "reoffended", counterfactual = { beta = { mean = 0.4, sd = 0.03 } }, effect = { normal = { mean = 0.1, sd = 0.05 } }, drift = -0.02 } ]
    cohorts = [ { id = "2027", date = 2028-12-31, people = 50 }, { id = "2028", date = 2029-12-31, people = { poisson = 50 } } ]
"#;

#[test]
fn paying_for_nothing_is_told_with_the_baseline_right_wrong_and_drifting() {
    let found = risk(&contract(FIFTY), 50_000);
    let names: Vec<&str> = found.situations.iter().map(|found| found.situation.name()).collect();
    let all =
        ["as-believed", "expected-effect", "nothing-works-baseline-right", "nothing-works-drifting", "nothing-works"];
    assert_eq!(names, all);
    let chance = |situation| found.situation(situation).unwrap().chance_of_paying.value;
    // Each cohort pays by chance in 0.19; two independent ones, the second of about fifty people: 1 − 0.81² = 0.34.
    let right = chance(Situation::NothingWorksBaselineRight);
    assert!((right - 0.34).abs() < 0.03, "{right}");
    assert!(chance(Situation::NothingWorks) > 0.99);
    // A drift of two per cent down a year makes chance a little kinder to the second cohort.
    let drifting = chance(Situation::NothingWorksDrifting);
    assert!(drifting > right && drifting < right + 0.1, "{right} {drifting}");
    // A fee is paid whatever is observed, and is no payment for a result.
    let believed = believed(&found);
    assert!(believed.paid.p05 >= 100_000.0 && believed.by_payment[1].chance_of_paying.value == 1.0);
    let shared: f64 = believed.by_payer.iter().map(|payer| payer.paid.mean).sum();
    assert!((shared - believed.paid.mean).abs() < 1e-3 && believed.by_payer[1].paid.p95 <= 900_000.0);
    let by_year: f64 = believed.by_payer_and_year.iter().map(|year| year.mean).sum();
    assert!((by_year - believed.paid.mean).abs() < 1e-3);
    assert!(believed.exact.is_none());
}

#[test]
fn a_payer_of_fees_alone_pays_for_no_result() {
    let apart = FIFTY
        .replace("id = \"result\"", "id = \"result\"\n    payers = [ { holder = \"state\" } ]")
        .replace("id = \"fee\"", "id = \"fee\"\n    payers = [ { holder = \"town\" } ]");
    for found in &risk(&contract(&apart), 2_000).situations {
        let [state, town] = &found.by_payer[..] else { panic!("two payers") };
        // The state alone pays for results: as often as any is paid for. The town pays a fee in every draw.
        assert_eq!(state.chance_of_paying, found.chance_of_paying);
        assert!(town.chance_of_paying.value == 0.0 && town.paid.p05 >= 100_000.0);
    }
    // Where both share each payment, both pay for results as often as any is paid for.
    for found in &risk(&contract(FIFTY), 2_000).situations {
        assert!(found.by_payer.iter().all(|payer| payer.chance_of_paying == found.chance_of_paying));
    }
}

#[test]
fn threads_and_widths_change_no_bit() {
    let contract = contract(FIFTY);
    let simulation = Simulation::new(10_007, Seed(3));
    let of =
        |simulation: Simulation| contract.risk(&simulation, &mut |_| ControlFlow::Continue(())).unwrap().situations;
    let one = of(simulation.clone());
    assert_eq!(of(simulation.clone().on_threads(3)), one);
    assert_eq!(of(simulation.with_width(Width::Plain)), one);
}

#[test]
fn the_chance_of_paying_rises_with_the_true_effect_and_a_cap_never_raises_what_is_paid() {
    let mut before = (0.0, 0.0);
    for effect in ["-0.2", "0", "0.05", "0.1", "0.3"] {
        let text =
            FIFTY.replace("{ normal = { mean = 0.1, sd = 0.05 } }", effect).replace("mean = 0.4,", "mean = 0.6,");
        let found = alone(&contract(&text), 5_000);
        // With shared draws every single draw pays at least as much.
        assert!(found.chance_of_paying.value >= before.0 && found.paid.mean >= before.1, "{effect}");
        before = (found.chance_of_paying.value, found.paid.mean);
        let capped = alone(&contract(&text.replace("5_000_000", "4_000_000")), 5_000);
        let pairs = capped.draws().iter().zip(found.draws());
        assert!(pairs.clone().all(|(capped, free)| capped <= free) && pairs.count() == 5_000);
        assert!(capped.chance_of_paying.value <= found.chance_of_paying.value);
    }
    assert!(before.0 > 0.5);
}

#[test]
fn a_perfect_measurement_of_a_certain_truth_gives_the_settlement() {
    use impact_core::contract::{Observations, Row};
    let text = FIFTY
        .replace("{ beta = { mean = 0.4, sd = 0.03 } }", "0.6")
        .replace("{ normal = { mean = 0.1, sd = 0.05 } }, drift = -0.02", "0.1, scatter = \"exactly\"")
        .replace("{ poisson = 50 }", "100");
    let contract = contract(&text);
    let row = |cohort: &str, day: &str, count: i64, of: i64| Row {
        metric: "reoffended".into(),
        date: day.parse().ok(),
        cohort: Some(cohort.into()),
        count: Some(count.into()),
        of: Some(of.into()),
        ..Row::default()
    };
    // 0.6 less a tenth of it is 0.54: 27 of 50 and 54 of 100.
    let rows = [row("2027", "2028-12-31", 27, 50), row("2028", "2029-12-31", 54, 100)];
    let statement = contract.settle(&Observations::of(&contract, rows).unwrap()).unwrap();
    let found = alone(&contract, 100);
    let paid = found.paid;
    assert_eq!(statement.total().to_string(), paid.p50.to_string() + ".00");
    assert_eq!((paid.p05, paid.p95, paid.sd), (paid.p50, paid.p50, 0.0));
    // (0.6 − 0.54) · 150 people are better off.
    assert!((found.changes[0].change.mean - 9.0).abs() < 1e-9);
}

#[test]
fn what_has_no_answer_says_why() {
    let silent = contract(FIFTY.split("[truth]").next().unwrap());
    let refused = silent.risk(&Simulation::new(10, Seed(1)), &mut |_| ControlFlow::Continue(())).unwrap_err();
    let expected = "the document has no `truth`: write a `[truth]` table of what you suppose happens, with metrics and cohorts, and what it pays can be foreseen";
    assert_eq!(refused.to_string(), expected);
    let many =
        contract(FIFTY).risk(&Simulation::new(1 << 23, Seed(1)), &mut |_| ControlFlow::Continue(())).unwrap_err();
    assert_eq!(many.to_string(), "number of draws `8388608` is not a whole number from 1 to 4194304");
    let ended = contract(FIFTY).risk(&Simulation::new(100_000, Seed(1)), &mut |_| ControlFlow::Break(())).unwrap_err();
    assert_eq!(ended.to_string(), "cancelled after 0 of 500000 draws: nothing is kept");
}

#[test]
fn what_cannot_be_foreseen_names_its_place_in_the_document() {
    let group = one_cohort("50", "0.5", "0.1", "{ group = \"control\" }", "");
    let days = FIFTY
        .replace(
            "metrics = [ { id = \"reoffended\", kind",
            "metrics = [ { id = \"days\", kind = \"count\" }, { id = \"reoffended\", kind",
        )
        .replace("schedule = { fixed = 100_000 }", "of = \"days\"\n    schedule = { per_unit = 100 }");
    let cases = [
        (contract(FIFTY.split("[truth]").next().unwrap()), "truth"),
        (group, "truth.cohorts.one.compared"),
        (contract(&days), "truth.metrics.days"),
    ];
    for (contract, place) in cases {
        let refused = contract.risk(&Simulation::new(10, Seed(1)), &mut |_| ControlFlow::Continue(())).unwrap_err();
        assert_eq!(refused.address().unwrap().as_str(), place, "{refused}");
    }
}

#[test]
fn detectable_effects_are_those_of_the_reference() {
    use impact_core::analysis::risk::{Comparing, Scattering};
    let rows = table("mde.csv");
    assert_eq!(rows.len(), 56);
    for row in rows {
        let (rate, scatter) = match row["metric"].as_str() {
            "binary 20%" => (0.2, Scattering::Share),
            "binary 60%" => (0.6, Scattering::Share),
            "events Poisson 1.55" => (1.55, Scattering::Events),
            // The reference agrees with a dispersion of 0.6, rounded, to a thousandth: 1 + 1.55 / 0.598 = 3.592.
            "events NB 1.55" => (1.55, Scattering::UnevenEvents(0.598)),
            other => panic!("{other}"),
        };
        let compared_for_each = Some(number(&row, "controls_per_treated"));
        let comparing = Comparing { rate, scatter, compared_for_each, level: 0.95 };
        let (people, expected) = (number(&row, "n_treated"), number(&row, "relative_mde"));
        let found = comparing.detectable(people, 0.8).unwrap();
        assert!((found - expected).abs() <= 0.000_6, "{row:?}: {found}");
        // So many people, and no fewer, make this effect detectable; and it is then detected in four of five.
        let needed = comparing.people(found, 0.8).unwrap();
        assert!((needed - people).abs() <= 1.0, "{row:?}: {needed}");
        assert!((comparing.power(people, found).unwrap() - 0.8).abs() < 1e-9);
    }
}

#[test]
fn a_contract_tells_what_its_comparison_can_tell_from_chance() {
    let contract = two_cohorts("negbin", 300, "0.1");
    let rows = contract.measurable().unwrap();
    // Two estimates, of each: two cohorts and both together.
    assert_eq!(rows.len(), 6);
    // (1.96 + 0.84) · √((1.55 + 1.55²/0.6) / 300 · 1.1) / 1.55
    assert!((rows[0].detectable - 0.258).abs() < 0.001 && rows[0].power < 0.25);
    assert_eq!((rows[2].cohort, rows[2].people, rows[2].compared), (None, 600.0, Some(6_000.0)));
    assert!((rows[0].detectable / rows[2].detectable - 2.0_f64.sqrt()).abs() < 1e-9);
    assert!(rows[0].people_needed.unwrap() > 1_900.0);
}

#[test]
fn the_baseline_that_is_right_is_the_one_that_is_paid_for() {
    let other =
        "estimates = [ { id = \"idle\", metric = \"reoffended\", effect = \"relative\", against = { fixed = 0.40 } }, ";
    let text = FIFTY.replace("estimates = [ ", other);
    let chance = |text: &str| {
        let found = risk(&contract(text), 2_000);
        found.situation(Situation::NothingWorksBaselineRight).map(|found| found.chance_of_paying.value)
    };
    assert_eq!(chance(&text), chance(FIFTY));
    // Two that are paid for and differ: no baseline is the right one.
    let both = text.replace("[[contract.payments]]\n    id = \"fee\"", "[[contract.payments]]\n    id = \"idle-too\"\n    of = \"idle\"\n    schedule = { steps = [ { at = 0.1, amount = 1 } ] }\n    [[contract.payments]]\n    id = \"fee\"");
    assert_ne!(both, text);
    assert_eq!(chance(&both), None);
}

#[test]
fn the_mean_of_a_year_has_an_error_of_its_own() {
    let found = risk(&contract(FIFTY), 2_000);
    let errors = |situation: Situation| {
        let found = found.situation(situation).unwrap();
        let payer = &found.by_payer[0];
        let years = found.by_payer_and_year.iter().filter(|year| year.holder == payer.holder);
        let years: Vec<f64> = years.map(|year| year.standard_error.unwrap()).collect();
        (years, payer.paid.standard_error.unwrap())
    };
    // Two cohorts are drawn apart, and seldom paid for both: the squares of the errors of their years add up, but for the cap.
    let (years, both) = errors(Situation::NothingWorksBaselineRight);
    let squares: f64 = years.iter().map(|error| error * error).sum();
    assert!((squares.sqrt() / both - 1.0).abs() < 0.15 && years.iter().all(|error| *error < both), "{years:?} {both}");
    // Where nearly both are paid for the cap is met: what the one year is paid less the other is paid more, and each is less sure.
    let (years, both) = errors(Situation::NothingWorks);
    assert!(years.iter().all(|error| *error > 2.0 * both), "{years:?} {both}");
    let alone = risk(&contract(FIFTY), 1);
    assert!(alone.situations[0].by_payer_and_year.iter().all(|year| year.standard_error.is_none()));
}
