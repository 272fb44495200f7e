//! Marks of the ledger: which postings rest on what somebody invented, in both price levels.

use impact_core::Model;
use impact_core::report::{LedgerRow, ledger_rows};
use std::collections::BTreeSet;

/// Costs written in money of each year, of which that of 2025 is invented; a saving whose cashable share is; growth of prices that is.
const TEXT: &str = r#"
impact = 1
name = "Marks (illustrative)"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2023
horizon = 4
inflation = { value = 0.02, illustrative = true }
conventions = "norway-r109-2021"
holders = [{ id = "town", kind = "public", level = "municipality" }, { id = "state", kind = "public", level = "state" }, { id = "people", kind = "people" }]
costs = [
    { id = "team", payer = "town", per_year = [100, 100, { value = 100, illustrative = true }, 100], years = [2023, 2026], price_basis = "nominal", source = "budget" },
    { id = "rent", payer = "town", per_year = 50, years = [2023, 2026], source = "lease" },
]
[[outcomes]]
id = "out"
holder = "people"
nature = "event"
quantity = 10
intakes = "yearly"
[[outcomes.values]]
id = "stay"
kind = "fiscal"
value = 20
unit = "person"
to = "state"
avoidable = { value = 1, source = "contract" }
cashable = { value = 0.5, illustrative = true }
source = "price list"
"#;

fn marked(rows: &[LedgerRow<'_>], cause: &str, is_marked: impl Fn(&LedgerRow<'_>) -> bool) -> Vec<String> {
    let rows = rows.iter().filter(|row| row.cause.as_str() == cause && is_marked(row));
    // The tax-financing cost is posted twice a year: of what is paid, and of what is saved.
    let years: BTreeSet<String> = rows.map(|row| row.year.to_string()).collect();
    years.into_iter().collect()
}

const EVERY: [&str; 4] = ["2023", "2024", "2025", "2026"];
const ASSUMED: [&str; 2] = ["2025", "2026"]; // consumer prices were observed until 2024

#[test]
fn an_amount_is_marked_in_the_years_and_prices_in_which_it_rests_on_what_is_invented() {
    let appraisal = Model::from_toml(TEXT).unwrap().appraise().unwrap();
    let rows = ledger_rows(&appraisal);
    // As it was paid only the invented year, in prices of 2024 what growth of prices carries there too.
    assert_eq!(marked(&rows, "costs.team", |row| row.illustrative_nominal), ["2025"]);
    assert_eq!(marked(&rows, "costs.team", |row| row.marks.illustrative), ASSUMED);
    // The other way round for what is written in prices of 2024.
    assert!(marked(&rows, "costs.rent", |row| row.marks.illustrative).is_empty());
    assert_eq!(marked(&rows, "costs.rent", |row| row.illustrative_nominal), ASSUMED);
    let stay = "outcomes.out.values.stay";
    assert!(marked(&rows, stay, |row| row.marks.illustrative).is_empty());
    assert_eq!(marked(&rows, stay, |row| row.illustrative_cashable), EVERY);
    assert_eq!(marked(&rows, stay, |row| row.illustrative_nominal), ASSUMED);
    // Taxes are raised for all that budgets pay and save.
    assert_eq!(marked(&rows, "conventions.financing.cost", |row| row.marks.illustrative), ASSUMED);
}

#[test]
fn what_is_paid_back_rests_on_what_it_pays_back_and_names_it() {
    let rule = "[[reimbursements]]\nid = \"refund\"\nof = \"costs.rent\"\nfrom = \"state\"\nshare = { value = 0.4, illustrative = true }\n";
    let text = format!("{TEXT}{rule}");
    let model = Model::from_toml(&text).unwrap_or_else(|error| panic!("{error}"));
    let appraisal = model.appraise().unwrap();
    let rows = ledger_rows(&appraisal);
    let refund: Vec<&LedgerRow<'_>> = rows.iter().filter(|row| row.cause.as_str() == "reimbursements.refund").collect();
    assert_eq!(refund.len(), 4);
    assert!(refund.iter().all(|row| row.marks.illustrative && row.pays_back.unwrap().as_str() == "costs.rent"));
}
