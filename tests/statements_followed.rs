//! What a statement says its lines follow: schedules in words, the numbers of the terms, and nothing that decides no line.

use impact_core::Contract;
use impact_core::contract::{Observations, Statement};
use impact_core::report::StatementReport;
use impact_core::units::Language;

/// Every kind of schedule, with a truth and a finance that no line follows.
const TERMS: &str = r#"
    impact = 1
    name = "Ways of paying"
    currency = "NOK"
    holders = [
        { id = "state", kind = "public", level = "state" },
        { id = "provider", kind = "enterprise" },
        { id = "investor", kind = "investor" },
    ]
    [assumptions]
    price = { value = 15.12, source = "an agreement" }
    [contract]
    payee = "provider"
    payers = [{ holder = "state" }]
    metrics = [
        { id = "days", kind = "count" },
        { id = "reduction", kind = "reported", range = [-1, 1] },
        { id = "saved", kind = "money" },
        { id = "returned", kind = "share", direction = "decrease" },
        { id = "began", kind = "claims" },
        { id = "kept", kind = "claims" },
    ]
    estimates = [{ id = "fewer", metric = "returned", effect = "absolute", against = { fixed = 0.63 } }]
    payments = [
        { id = "day", of = "days", schedule = { per_unit = { use = "price" } }, at_most = { year = 400_000, total = 1_000_000 } },
        { id = "point", of = "reduction", schedule = { per_point = { price = 5_000, point = 0.01, from = 0.1, whole = true } }, refunds = true },
        { id = "target", of = "reduction", schedule = { steps = [{ at = 0.1, amount = 9_600_000 }], boundary = "open" } },
        { id = "ladder", of = "reduction", schedule = { steps = [{ at = 0.1, amount = 1_000 }, { at = 0.2, amount = 3_000.5 }] } },
        { id = "slope", of = "reduction", schedule = { line = [{ at = 0.2, amount = 100 }, { at = 0.4, amount = 300 }], below = "nothing", above = "flat" }, requires = [{ unless_paid = "target" }] },
        { id = "crowd", of = "days", schedule = { bands = [{ up_to = 100, price = 900 }, { price = 600 }] }, at_least = 50 },
        { id = "gain", of = "saved", schedule = { share = 0.5 } },
        { id = "began", of = "began", schedule = { fixed = 0 } },
        { id = "kept", of = "kept", schedule = { per_unit = 10 }, requires = [{ before = "began", spacing = 91 }], uplift = { young = 1.25 } },
        { id = "fee", schedule = { fixed = 100_000 }, requires = [{ figure = "fewer", at = 0.05 }], per = "cohort" },
    ]
    [contract.finance]
    tranches = [{ id = "all", holder = "investor", commitment = { value = 1_000, illustrative = true }, drawdowns = [{ date = 2024-01-01, share = 1 }] }]
    waterfall = [{ principal = ["all"] }]
    [truth]
    illustrative = true
    metrics = [{ id = "returned", counterfactual = 0.63, effect = 0.1 }]
    cohorts = [{ id = "spring", date = 2024-06-30, people = 50 }]
"#;

fn statement() -> Statement {
    let contract = Contract::from_toml(TERMS).unwrap_or_else(|error| panic!("{error}"));
    let observed = Observations::of(&contract, []).unwrap();
    contract.settle(&observed).unwrap()
}

#[test]
fn each_payment_says_its_schedule_and_conditions_in_both_languages() {
    let statement = statement();
    let report = StatementReport::of(&statement, false).unwrap();
    let told = |language| -> Vec<String> {
        let row = |row: &impact_core::report::PaymentTermsRow| {
            format!("{}: {} | {}", row.of, row.schedule.text(language), row.conditions.text(language))
        };
        report.payments.iter().map(row).collect()
    };
    insta::assert_snapshot!([told(Language::English), told(Language::Bokmal)].concat().join("\n"));
}

#[test]
fn only_numbers_that_decide_a_line_are_told_with_it() {
    let statement = statement();
    let report = StatementReport::of(&statement, false).unwrap();
    let addresses: Vec<&str> = report.assumptions.iter().map(|row| row.address.as_str()).collect();
    assert!(addresses.contains(&"assumptions.price"), "a shared number that a schedule uses");
    assert!(addresses.contains(&"contract.estimates.fewer.against.fixed"));
    assert!(!addresses.iter().any(|at| at.starts_with("truth") || at.starts_with("contract.finance")), "{addresses:?}");
    assert!(report.defaults.iter().all(|left| left.address.as_str().starts_with("contract.")));
    assert!(statement.contract().defaults().iter().any(|left| left.address.as_str().starts_with("truth.")));
    assert!(!report.marks.illustrative, "only the truth and the finance are illustrative");
}
