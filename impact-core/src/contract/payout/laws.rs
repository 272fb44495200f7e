//! A payout of exact counts is the statement of the same counts.

use super::{Arm, Foreseen, Plan, Room};
use crate::contract::figure::Counted;
use crate::contract::{Observations, Row};
use crate::model::terms::{MetricKind, Truth};
use crate::model::{Contract, Slot};
use crate::number::{Exact, Lanes};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::collections::BTreeSet;

const HEAD: &str = r#"
impact = 1
name = "Foreseen (illustrative)"
currency = "NOK"
holders = [
    { id = "state", kind = "public", level = "state" }, { id = "town", kind = "public", level = "municipality" },
    { id = "fund", kind = "enterprise" }, { id = "provider", kind = "enterprise" },
]
"#;

/// Prices that follow an index, second chance, marginal bands over the whole contract, claims that follow others, fees, every limit, a fund that tops up.
const MANY: &str = r#"
[indices.wages]
levels = { 2025 = 100, 2026 = 103.7, 2027 = 108.1 }
source = "illustrative"
[contract]
payee = "provider"
rounding = { to = 1, rule = "half-even" }
at_most = { year = 900_000, total = 1_500_000 }
payers = [{ holder = "state", share = 0.6 }, { holder = "town", share = 0.4, at_most = 300_000 }, { holder = "fund", tops_up = true, at_most = 50_000 }]
metrics = [
    { id = "reoffended", kind = "rate", direction = "decrease" }, { id = "working", kind = "share", direction = "increase" },
    { id = "days", kind = "count" }, { id = "started", kind = "claims" }, { id = "stayed", kind = "claims" }, { id = "lasted", kind = "claims" },
]
estimates = [
    { id = "fewer", metric = "reoffended", effect = "relative", against = { group = "control" } },
    { id = "pooled", pool = "fewer", weights = { a = 1, b = 2 } },
    { id = "more", metric = "working", effect = "absolute", against = { fixed = 0.3 } },
    { id = "both", mix = [{ of = "fewer", weight = 0.8 }, { of = "more", weight = 0.2 }] },
]
[[contract.payments]]
id = "each-cohort"
of = "fewer"
schedule = { steps = [{ at = 0.1, amount = 200_000.5 }, { at = 0.3, amount = 350_000 }] }
at_most = { each = 340_000 }
requires = [{ figure = "reoffended", at = 0.05 }]
[[contract.payments]]
id = "second-chance"
of = "pooled"
schedule = { line = [{ at = 0.05, amount = 100_000 }, { at = 0.5, amount = 400_000 }], below = "nothing", above = "flat" }
requires = [{ unless_paid = "each-cohort" }]
[[contract.payments]]
id = "mixed"
of = "both"
schedule = { per_point = { price = 1_000, point = 0.01, whole = true } }
at_least = -2_000
[[contract.payments]]
id = "owed-back"
of = "more"
per = "contract"
schedule = { per_point = { price = 300, point = 0.01 } }
refunds = true
[[contract.payments]]
id = "not-owed-back"
of = "more"
schedule = { line = [{ at = 0, amount = 100 }, { at = 0.1, amount = 2_000 }], below = "straight", above = "straight" }
[[contract.payments]]
id = "days"
of = "days"
per = "contract"
schedule = { bands = [{ up_to = 100, price = 900.25 }, { price = 600 }] }
at_most = { year = 70_000 }
[[contract.payments]]
id = "start"
of = "started"
schedule = { per_unit = 4_000 }
indexed = { by = "wages", base = 2025, year = "observation", rounding = { to = 10, rule = "down" } }
[[contract.payments]]
id = "stay"
of = "stayed"
schedule = { per_unit = 9_000 }
requires = [{ before = "start", spacing = 0 }]
payers = [{ holder = "town" }]
[[contract.payments]]
id = "later"
of = "lasted"
schedule = { per_unit = 1_000 }
requires = [{ before = "stay", spacing = 0 }]
[[contract.payments]]
id = "fee"
schedule = { fixed = 12_345.678 }
[truth]
source = "illustrative"
metrics = [
    { id = "reoffended", counterfactual = 1, effect = 0 }, { id = "working", counterfactual = 0.3, effect = 0 },
    { id = "days", counterfactual = 1, effect = 0 }, { id = "started", counterfactual = 1, effect = 0 },
    { id = "stayed", counterfactual = 1, effect = 0 }, { id = "lasted", counterfactual = 1, effect = 0 },
]
cohorts = [
    { id = "a", date = 2026-06-30, people = 100, compared = 500 }, { id = "b", date = 2026-12-31, people = 100, compared = "a" },
    { id = "c", date = 2027-12-31, people = 100, compared = 200 },
]
"#;

fn contract(terms: &str) -> Contract {
    Contract::from_toml(&format!("{HEAD}{terms}")).unwrap()
}

/// The counts of each cell as rows of observations; of claims as many people as were counted, the same ones each time.
fn rows(contract: &Contract, truth: &Truth, cells: &[(Foreseen, Counted<i64>)]) -> Vec<Row> {
    let mut rows = Vec::new();
    for (position, cohort) in truth.cohorts.iter().enumerate() {
        for (cell, counted) in cells {
            let metric = &contract.terms().metrics[truth.metrics[cell.metric].metric];
            let shared = cell.arm == Arm::Compared && cohort.id == "b" && cell.cohort == 0;
            if cell.cohort != position && !shared || (cell.arm == Arm::Compared && cohort.id == "b" && !shared) {
                continue;
            }
            let group = (cell.arm == Arm::Compared).then_some("control");
            let row = Row {
                metric: metric.id.clone(),
                cohort: Some(cohort.id.clone()),
                group: group.map(str::to_owned),
                date: Some(cohort.date),
                ..Row::default()
            };
            if metric.kind == MetricKind::Claims {
                let person = |number| format!("{}-{number}", cohort.id);
                rows.extend((0..counted.count).map(|number| Row { person: Some(person(number)), ..row.clone() }));
            } else {
                let of = metric.kind.has_people().then(|| counted.people.into());
                rows.push(Row { count: Some(counted.count.into()), of, ..row });
            }
        }
    }
    rows
}

/// The payout at counts, in decimals and in lanes of floats.
fn payout(plan: &Plan, cells: &[(Foreseen, Counted<i64>)]) -> ([Vec<Exact>; 2], Vec<Lanes<4>>) {
    let values: Vec<Exact> = plan.contract.assumptions().iter().map(|number| Exact::from(number.point)).collect();
    let exact = |number: i64| Exact::from(Decimal::from(number));
    let seen: Vec<_> =
        cells.iter().map(|(_, cell)| Counted { count: exact(cell.count), people: exact(cell.people) }).collect();
    let mut room: Room<Exact> = plan.room();
    room.by_item = Some(Vec::new());
    plan.run(&values, &seen, &mut room);
    let float = |number: Exact| Lanes::<4>::all(number.value().unwrap().to_f64().unwrap());
    let values: Vec<Lanes<4>> = values.into_iter().map(float).collect();
    let seen: Vec<_> =
        seen.into_iter().map(|cell| Counted { count: float(cell.count), people: float(cell.people) }).collect();
    let mut lanes: Room<Lanes<4>> = plan.room();
    lanes.by_item = Some(Vec::new());
    plan.run(&values, &seen, &mut lanes);
    ([room.by_item.unwrap(), room.by_payer], lanes.by_item.unwrap())
}

/// Counts and people of 15 cells, the next ones each time (a linear congruential generator).
fn next_counts(state: &mut u64) -> Vec<(i64, i64)> {
    let mut below = |most: u64| {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((*state >> 33) % most) as i64
    };
    (0..15).map(|_| (below(60), 60 + below(70))).collect()
}

#[test]
fn a_payout_of_exact_counts_is_the_statement_of_the_same_counts() {
    let mut state = 7;
    let contract = contract(MANY);
    let truth = contract.truth().unwrap();
    let plan = Plan::new(&contract, truth).unwrap();
    let mut unlike = BTreeSet::new();
    for _ in 0..300 {
        let counts = next_counts(&mut state);
        let cells: Vec<(Foreseen, Counted<i64>)> = plan
            .cells
            .iter()
            .zip(counts.iter().cycle())
            .map(|(cell, (count, people))| (*cell, Counted { count: *count, people: *people }))
            .collect();
        let observed = Observations::of(&contract, rows(&contract, truth, &cells)).unwrap();
        let statement = contract.settle(&observed).unwrap();
        let float = |cell: &Counted<i64>| Counted { count: cell.count as f64, people: cell.people as f64 };
        let counted: Vec<Counted<f64>> = cells.iter().map(|(_, cell)| float(cell)).collect();
        let of_cells = contract.settle(&plan.observations(truth, &counted)).unwrap();
        assert_eq!((of_cells.lines(), of_cells.unpaid()), (statement.lines(), statement.unpaid()));
        let ([paid, by_payer], lanes) = payout(&plan, &cells);
        let paid: Vec<Decimal> = paid.into_iter().map(|paid| paid.value().unwrap().normalize()).collect();
        // Shares are not rounded in a payout, and by them a limit may bind a krone or two earlier.
        let unit = Decimal::from(4);
        let mut lines = statement.lines().iter();
        for (item, paid) in plan.items.iter().zip(&paid) {
            let cohort = item.cohort.map_or("", |cohort| truth.cohorts[cohort].id.as_str());
            let is_it = |line: &&crate::contract::Line| {
                line.payment == item.payment && line.date == item.date && line.cohort == cohort
            };
            let amount = lines.clone().find(is_it).map_or(Decimal::ZERO, |line| line.amount);
            assert!((amount - paid).abs() <= unit, "{:?}: {} {}", item, amount, paid);
        }
        for line in lines.by_ref() {
            let known = plan.items.iter().any(|item| item.payment == line.payment && item.date == line.date);
            assert!(known || line.amount.is_zero(), "{:?}", line);
        }
        let all: Decimal = paid.iter().sum();
        // Nor are lines rounded to a krone: each may be half of one off, or what a limit makes of it.
        let units = Decimal::from(plan.items.len() as u64);
        assert!((all - statement.total()).abs() <= units, "{} {}", all, statement.total());
        let shared: Decimal = by_payer.iter().map(|paid| paid.value().unwrap()).sum();
        // Parts of amounts without end are cut at 28 digits: the last one of a sum depends on its order.
        assert!((shared - all).abs() <= Decimal::new(1, 20), "{} {}", shared, all);
        for (exact, lanes) in paid.iter().zip(lanes) {
            assert!((exact.to_f64().unwrap() - lanes.0[3]).abs() < 1.0 + 1e-6, "{} {:?}", exact, lanes);
        }
        unlike.insert(statement.total());
    }
    assert!(unlike.len() > 100, "the counts hardly differ: {}", unlike.len());
}

/// What pays by steps alone, and claims.
const STEPPED: &str = r#"
[contract]
payee = "provider"
at_most = { year = 900_000, total = 1_500_000 }
payers = [{ holder = "state", share = 0.6 }, { holder = "town", share = 0.4, at_most = 300_000 }, { holder = "fund", tops_up = true, at_most = 50_000 }]
metrics = [
    { id = "reoffended", kind = "rate", direction = "decrease" }, { id = "working", kind = "share", direction = "increase" },
    { id = "started", kind = "claims" },
]
estimates = [
    { id = "fewer", metric = "reoffended", effect = "relative", against = { group = "control" } },
    { id = "pooled", pool = "fewer", weights = { a = 1, b = 2 } },
]
[[contract.payments]]
id = "each-cohort"
of = "fewer"
schedule = { steps = [{ at = 0.1, amount = 200_000.5 }, { at = 0.3, amount = 350_000 }] }
at_least = 1_000
requires = [{ figure = "reoffended", at = 0.05 }, { significant = "fewer", test = "poisson", level = 0.9, side = "one" }]
[[contract.payments]]
id = "second-chance"
of = "pooled"
schedule = { steps = [{ at = 0.05, amount = 100_000 }] }
requires = [{ unless_paid = "each-cohort" }]
[[contract.payments]]
id = "in-all"
of = "working"
per = "contract"
schedule = { fixed = 70_000 }
requires = [{ people = "working", at_least = 150 }]
[[contract.payments]]
id = "start"
of = "started"
schedule = { per_unit = 4_000 }
[truth]
source = "illustrative"
metrics = [
    { id = "reoffended", counterfactual = 1, effect = 0 }, { id = "working", counterfactual = 0.3, effect = 0 },
    { id = "started", counterfactual = 1, effect = 0 },
]
cohorts = [{ id = "a", date = 2026-06-30, people = 100, compared = 500 }, { id = "b", date = 2026-12-31, people = 100, compared = "a" }]
"#;

#[test]
fn draws_with_the_same_mark_are_paid_the_same_at_any_prices() {
    let contract = contract(STEPPED);
    let plan = Plan::new(&contract, contract.truth().unwrap()).unwrap();
    let points: Vec<f64> = contract
        .assumptions()
        .iter()
        .map(|number| Exact::from(number.point).value().unwrap().to_f64().unwrap())
        .collect();
    let own = plan.figures_paid_as_they_are();
    let sizes: Vec<(usize, usize)> = own.iter().map(|figure| (*figure, 3)).collect();
    let marks = plan.marks(&sizes).unwrap();
    let (mut state, mut alike, mut unlike) = (7, 0, BTreeSet::new());
    let mut first: std::collections::BTreeMap<u64, Vec<Counted<f64>>> = std::collections::BTreeMap::new();
    for _ in 0..4_000 {
        // Of the claims three numbers only, as so many are told apart.
        let counts = next_counts(&mut state);
        let seen: Vec<Counted<f64>> = plan
            .cells
            .iter()
            .zip(counts)
            .map(|(cell, (count, people))| match cell.metric {
                2 => Counted { count: (count % 3) as f64, people: 100.0 },
                _ => Counted { count: count as f64, people: people as f64 },
            })
            .collect();
        let mut found = Vec::new();
        plan.figures(&points, &seen, &mut found);
        let numbers: Vec<f64> = own.iter().map(|figure| found[*figure].ratio.over).collect();
        let mark = marks.of(&points, (&seen, &found), &numbers);
        assert!(mark >= 0.0 && (mark as usize) < marks.count());
        unlike.insert(mark as u64);
        let Some(other) = first.get(&(mark as u64)) else {
            first.insert(mark as u64, seen);
            continue;
        };
        for times in [1.0, 0.37, 2.9] {
            let priced =
                |(slot, point): (usize, &f64)| if plan.tells_apart(Slot(slot)) { *point } else { point * times };
            let prices: Vec<f64> = points.iter().enumerate().map(priced).collect();
            let paid = |seen: &[Counted<f64>]| {
                let mut room: Room<f64> = plan.room();
                plan.run(&prices, seen, &mut room);
                (room.total, room.by_payer, room.by_payment)
            };
            assert_eq!(paid(&seen), paid(other));
            alike += 1;
        }
    }
    assert!(alike > 5_000 && unlike.len() > 20, "{alike} {}", unlike.len());
}

#[test]
fn a_cohort_of_which_nothing_is_seen_has_no_fee() {
    let terms = STEPPED.replace(
        "[truth]",
        "[[contract.payments]]\nid = \"fee\"\nper = \"cohort\"\nschedule = { fixed = 5_000 }\n[truth]",
    );
    let contract = contract(&terms);
    let truth = contract.truth().unwrap();
    let plan = Plan::new(&contract, truth).unwrap();
    let fees = |nobody_in: Option<usize>| {
        let seen = plan.cells.iter().map(|cell| {
            // Those compared are the first cohort's, and are seen with the second one too.
            let of_others = cell.arm == Arm::Treated && Some(cell.cohort) != nobody_in;
            if of_others { Counted { count: 20.0, people: 100.0 } } else { Counted { count: 0.0, people: 0.0 } }
        });
        let seen: Vec<Counted<f64>> = seen.collect();
        let statement = contract.settle(&plan.observations(truth, &seen)).unwrap();
        let values: Vec<f64> = contract.assumptions().iter().map(|number| number.point.to_f64().unwrap()).collect();
        let mut room: Room<f64> = plan.room();
        plan.run(&values, &seen, &mut room);
        let fee = contract.terms().payments.len() - 1;
        let lines = statement.lines().iter().filter(|line| line.payment == fee);
        let settled: Decimal = lines.map(|line| line.amount).sum();
        (room.by_payment[fee], settled)
    };
    assert_eq!(fees(None), (10_000.0, 10_000.into()));
    assert_eq!(fees(Some(1)), (5_000.0, 5_000.into()));
}

#[test]
fn what_is_decided_person_by_person_is_not_foreseen() {
    let limited = MANY.replace("at_most = { year = 900_000,", "at_most = { person = 10_000, year = 900_000,");
    let limited = contract(&limited);
    let refused = Plan::new(&limited, limited.truth().unwrap()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "a limit for a person is decided person by person, and only counts of people are foreseen"
    );
}

#[test]
fn groups_are_not_foreseen() {
    let terms = MANY.replace("id = \"start\"", "id = \"start\"\nuplift = { young = 1.5 }");
    let of_groups = contract(&terms);
    let refused = Plan::new(&of_groups, of_groups.truth().unwrap()).unwrap_err();
    assert_eq!(refused.to_string(), "`start` pays more for some groups by `uplift`, and no groups are foreseen");
}

#[test]
fn what_is_paid_for_and_not_said_is_named() {
    let silent = contract(&MANY.replace("{ id = \"days\", counterfactual = 1, effect = 0 }, ", ""));
    let refused = Plan::new(&silent, silent.truth().unwrap()).unwrap_err();
    assert_eq!(refused.to_string(), "nothing is said of `days`, on which `days` rests: add it to `truth.metrics`");
    let alone = contract(&MANY.replace(", compared = 200", ""));
    let refused = Plan::new(&alone, alone.truth().unwrap()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "`fewer` compares with a group: say how many people of it there are, `compared = 500`"
    );
}
