//! Budget plans: Sandefjord's four years by hand, and what must hold for every plan.

mod common;
mod random_model;

use common::model;
use impact_core::Model;
use impact_core::evaluation::{BudgetPlan, PlanCell, PlanRowKind, PriceLevel};
use impact_core::model::Perspective;
use impact_core::units::Year;
use proptest::prelude::*;
use random_model::model_text;
use rust_decimal::Decimal;

fn plan(model: &Model, holder: &str, first: Option<i64>) -> BudgetPlan {
    let first = first.map(|year| Year::new(year).unwrap());
    model.appraise().unwrap().budget_plan(&Perspective::named(holder), first).unwrap().unwrap()
}

fn thousands(plan: &BudgetPlan, kind: PlanRowKind) -> Vec<Option<String>> {
    let row = plan.row(kind).unwrap_or_else(|| panic!("no row {kind:?}"));
    row.cells.iter().map(|cell| cell.thousands.map(|number| number.to_string())).collect()
}

fn known(plan: &BudgetPlan, kind: PlanRowKind) -> Vec<String> {
    thousands(plan, kind).into_iter().map(|cell| cell.unwrap_or_else(|| "none".to_owned())).collect()
}

fn reasons(plan: &BudgetPlan, kind: PlanRowKind) -> Vec<String> {
    let reason = |cell: &PlanCell| cell.amount.as_ref().map_or_else(ToString::to_string, ToString::to_string);
    plan.row(kind).unwrap().cells.iter().map(reason).collect()
}

fn is_line(kind: PlanRowKind) -> bool {
    use PlanRowKind::{Cost, Displaced, Outcome, Reimbursement, TransferPaid, TransferReceived};
    matches!(kind, Cost | TransferPaid | TransferReceived | Reimbursement | Outcome | Displaced)
}

/// Whole thousands add up down each year and along the years, and none is a whole thousand away from its amount.
fn assert_adds_up(plan: &BudgetPlan) {
    let cells = |kind: PlanRowKind| &plan.row(kind).unwrap().cells;
    let mut before = Decimal::ZERO;
    for (position, net) in cells(PlanRowKind::Net).iter().enumerate() {
        let lines: Vec<&PlanCell> =
            plan.rows.iter().filter(|row| is_line(row.kind)).map(|row| &row.cells[position]).collect();
        let Ok(exact) = &net.amount else {
            assert!(lines.iter().all(|cell| cell.amount.is_err() && cell.thousands.is_none()));
            continue;
        };
        assert_eq!(lines.iter().map(|cell| *cell.amount.as_ref().unwrap()).sum::<Decimal>(), *exact);
        assert_eq!(lines.iter().map(|cell| cell.thousands.unwrap()).sum::<Decimal>(), net.thousands.unwrap());
        let cumulative = &cells(PlanRowKind::Cumulative)[position];
        assert_eq!(before + net.thousands.unwrap(), cumulative.thousands.unwrap());
        before = cumulative.thousands.unwrap();
        for cell in lines.into_iter().chain([net, cumulative, &cells(PlanRowKind::SinceStart)[position]]) {
            let gap = cell.thousands.unwrap() * Decimal::ONE_THOUSAND - cell.amount.as_ref().unwrap();
            assert!(gap.abs() < Decimal::ONE_THOUSAND, "{cell:?}");
        }
    }
}

#[test]
fn sandefjords_first_four_years_as_worked_by_hand() {
    // 8 2/3 people × 56 500 × 12 / 5.5 = 1 068 363.64 in 2022-kroner. Consumer prices against 2022 (2015 = 100: 108.4, 110.8,
    // 112.2, 116.1, 122.8): the million is paid in money of the year.
    let plan = plan(&model("sandefjord"), "municipality", None);
    assert_eq!(plan.years.iter().map(|year| year.number()).collect::<Vec<_>>(), [2018, 2019, 2020, 2021]);
    assert_eq!(known(&plan, PlanRowKind::Cost), ["-1000", "-1000", "-1000", "-1000"]);
    assert_eq!(known(&plan, PlanRowKind::Outcome), ["943", "964", "976", "1010"]);
    assert_eq!(known(&plan, PlanRowKind::Net), ["-57", "-36", "-24", "10"]);
    assert_eq!(known(&plan, PlanRowKind::Cumulative), ["-57", "-93", "-117", "-107"]);
    assert_eq!(known(&plan, PlanRowKind::Cashable), known(&plan, PlanRowKind::Outcome));
}

#[test]
fn a_plan_starts_where_it_is_asked_to_and_says_what_it_does_not_know() {
    let plan = plan(&model("sandefjord"), "public", Some(2023));
    let told = reasons(&plan, PlanRowKind::Net);
    assert_eq!(told[2], "2025 is not appraised: the years are 2018 to 2024");
    assert_eq!(told[3], "2026 is not appraised: the years are 2018 to 2024");
    assert_eq!(thousands(&plan, PlanRowKind::Cost)[2..], [None, None]);
    assert_adds_up(&plan);
    let since = &plan.row(PlanRowKind::SinceStart).unwrap().cells[1];
    let budget = model("sandefjord").appraise().unwrap().budget(&Perspective::Public, PriceLevel::Nominal);
    let whole = budget.unwrap().unwrap().rows.last().unwrap().cumulative;
    assert_eq!(since.amount.as_ref().unwrap(), &whole.normalize(), "all years of the budget");
}

const UNKNOWN_PRICES: &str = r#"
impact = 1
name = "Prices nobody knows yet"
country = "NO"
currency = "NOK"
price_year = 2023
start = 2023
horizon = 4
holders = [ { id = "people", kind = "people" }, { id = "town", kind = "public", level = "municipality" } ]
costs = [ { id = "team", payer = "town", per_year = 400_000, years = [2023, 2026], price_basis = "real", source = "budget" } ]
outcomes = []
"#;

#[test]
fn a_year_without_a_price_level_says_so_in_every_row_and_in_the_sums_after_it() {
    let plan = plan(&Model::from_toml(UNKNOWN_PRICES).unwrap(), "town", None);
    let cells = reasons(&plan, PlanRowKind::Net);
    assert_eq!(cells[0], "-400000");
    assert!(cells[3].starts_with("the price level of 2026 is not known"), "{cells:?}");
    assert_eq!(thousands(&plan, PlanRowKind::Cost)[3], None);
    assert!(reasons(&plan, PlanRowKind::Cumulative)[3].starts_with("the price level of"));
    assert_adds_up(&plan);
}

#[test]
fn nobody_but_public_budgets_has_a_plan() {
    let appraisal = model("sandefjord").appraise().unwrap();
    for holder in ["society", "participants"] {
        let told = appraisal.budget_plan(&Perspective::named(holder), None).unwrap().unwrap_err().to_string();
        assert!(told.starts_with("there is no budget for"), "{told}");
    }
    assert!(appraisal.budget_plan(&Perspective::named("nobody"), None).is_err());
}

#[test]
fn transfers_stand_apart_from_costs_and_vanish_between_public_budgets() {
    let text = UNKNOWN_PRICES
        .replace(r#"level = "municipality" }"#, r#"level = "municipality" }, { id = "state", kind = "public", level = "state" }"#)
        .replace(
            "outcomes = []",
            r#"transfers = [ { id = "grant", from = "state", to = "town", amount = 150_400, year = 2023, price_basis = "nominal", source = "letter" } ]"#,
        );
    let model = Model::from_toml(&text).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(thousands(&plan(&model, "town", None), PlanRowKind::TransferReceived)[0].as_deref(), Some("150"));
    assert_eq!(thousands(&plan(&model, "state", None), PlanRowKind::TransferPaid)[0].as_deref(), Some("-150"));
    let together = plan(&model, "public", None);
    assert!(together.rows.iter().all(|row| row.kind == PlanRowKind::Cost || !is_line(row.kind)), "{together:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn whole_thousands_add_up_down_and_along(text in model_text(), first in 2014i64..2030) {
        let model = Model::from_toml(&text.to_string()).unwrap();
        for holder in ["public", "municipality", "state"] {
            assert_adds_up(&plan(&model, holder, Some(first)));
        }
    }

    #[test]
    fn a_plan_is_the_nominal_budget_line_by_line(text in model_text()) {
        let model = Model::from_toml(&text.to_string()).unwrap();
        let appraisal = model.appraise().unwrap();
        for holder in ["public", "municipality", "state"] {
            let rows = appraisal.budget(&Perspective::named(holder), PriceLevel::Nominal).unwrap().unwrap().rows;
            let plan = plan(&model, holder, None);
            for (position, row) in rows.iter().take(4).enumerate() {
                let at = |kind| plan.row(kind).unwrap().cells[position].amount.clone().unwrap();
                prop_assert_eq!(at(PlanRowKind::Net), row.net);
                prop_assert_eq!(at(PlanRowKind::Cumulative), row.cumulative);
                prop_assert_eq!(at(PlanRowKind::Cashable), row.cashable);
            }
        }
    }
}

#[test]
fn what_a_joint_holder_pays_is_one_row_of_all_public_budgets_and_a_row_of_each_member() {
    let model = model("larvik");
    let together = plan(&model, "public", None);
    assert_adds_up(&together);
    let mut causes: Vec<_> = together.rows.iter().filter_map(|row| Some((row.kind, row.cause.as_ref()?))).collect();
    let rows = causes.len();
    causes.dedup();
    assert_eq!(causes.len(), rows, "a cause stands once of each kind");
    let paid = |holder: &str| -> Decimal {
        let plan = plan(&model, holder, None);
        let rows = plan.rows.iter().filter(|row| row.kind == PlanRowKind::TransferPaid);
        rows.flat_map(|row| &row.cells).filter_map(|cell| cell.amount.as_ref().ok()).sum()
    };
    let members: Decimal = ["larvik", "sandefjord", "tonsberg", "faerder"].into_iter().map(paid).sum();
    assert!(members < Decimal::ZERO);
    assert_eq!(paid("public"), members);
}
