//! The enterprise's own account: beside society's, linked to its ledger, exact to the last digit.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read its document has failed")]

mod common;

use common::model;
use impact_core::Model;
use impact_core::evaluation::{Absence, BreakEvenVolume, EnterpriseAccount, LineOrigin, MoneySide, PriceLevel, Runway};
use impact_core::model::MoneyKind;
use impact_core::report::AppraisalReport;
use proptest::prelude::*;
use rust_decimal::Decimal;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A workshop with wages in the model, a contract and a grant as its transfers, and sales of its own.
fn workshop(account: &str) -> String {
    format!(
        r#"
impact = 1
name = "Workshop (illustrative)"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2024
horizon = 3
conventions = "norway-r109-2021"
inflation = 0.02
holders = [ {{ id = "workshop", kind = "enterprise" }}, {{ id = "town", kind = "public", level = "municipality" }}, {{ id = "fund", kind = "investor" }} ]
costs = [ {{ id = "wages", payer = "workshop", per_year = 1_000_000, years = [2024, 2026] }} ]
transfers = [
    {{ id = "places", from = "town", to = "workshop", per_year = 400_000, years = [2024, 2026] }},
    {{ id = "grant", from = "town", to = "workshop", amount = 200_000, year = 2024 }},
    {{ id = "loan", from = "fund", to = "workshop", amount = 100_000, year = 2024 }},
    {{ id = "repayment", from = "workshop", to = "fund", amount = 50_000, year = 2026 }},
]
{account}
"#
    )
}

const ACCOUNT: &str = r#"
[enterprise]
holder = "workshop"
opening_cash = 50_000
transfers = { places = "contract", loan = "financing", repayment = "financing" }
volume = { unit = "bicycle", per_year = [200, 300, 300], years = [2024, 2026] }
income = [ { id = "sales", kind = "sales", per_unit = 2_000 } ]
costs = [ { id = "parts", per_unit = 500 }, { id = "rent", per_year = 90_000, years = [2024, 2026] } ]
"#;

fn account(text: &str, level: PriceLevel) -> EnterpriseAccount {
    Model::from_toml(text).unwrap().appraise().unwrap().enterprise(level).unwrap().unwrap()
}

#[test]
fn result_margin_and_cash_are_those_of_pencil_and_paper() {
    let found = account(&workshop(ACCOUNT), PriceLevel::Real);
    // 2024: sales 200 · 2 000 = 400 000, contract 400 000, grant 200 000; wages 1 000 000, parts 100 000, rent 90 000.
    let first = &found.years[0];
    assert_eq!([first.sales, first.contracts, first.grants], ["400000", "400000", "200000"].map(decimal));
    assert_eq!([first.income, first.costs, first.result], ["1000000", "1190000", "-190000"].map(decimal));
    assert_eq!(first.margin, Some(decimal("-0.19")));
    assert_eq!(first.earned_share, Some(decimal("0.8")));
    // The loan is cash and no income: 50 000 − 190 000 + 100 000 = −40 000.
    assert_eq!([first.financing, first.net, first.cash], ["100000", "-90000", "-40000"].map(decimal));
    // 2025: 600 000 + 400 000 − 1 000 000 − 150 000 − 90 000 = −240 000; 2026 the same, and 50 000 paid back.
    assert_eq!([found.years[1].result, found.years[2].net], ["-240000", "-290000"].map(decimal));
    assert_eq!(found.closing_cash, decimal("-570000"));
    // 2.2 million earned of 2.8: 1 600 000 in sales and 1 200 000 under contract, of 3 000 000 with the grant.
    assert_eq!(found.earned_share, Some((decimal("2800000") / decimal("3000000")).round_dp(12)));
}

#[test]
fn cash_lasts_until_what_is_left_is_spent_evenly() {
    // 50 000 of cash, 90 000 leave in the first year: 12 · 50 / 90 months.
    let found = account(&workshop(ACCOUNT), PriceLevel::Real);
    assert_eq!(found.runway, Runway::Gone { months: decimal("6.666666666667"), year: found.years[0].year });
    // With 330 000 the second year is reached with 240 000, which is just what leaves it: gone when the third begins to take.
    let found = account(&workshop(&ACCOUNT.replace("50_000\ntransfers", "330_000\ntransfers")), PriceLevel::Real);
    assert_eq!(found.runway, Runway::Gone { months: decimal("24"), year: found.years[2].year });
    let found = account(&workshop(&ACCOUNT.replace("50_000\ntransfers", "700_000\ntransfers")), PriceLevel::Real);
    assert_eq!(found.runway, Runway::Lasts { lowest: decimal("80000"), last: found.years[2].year });
    let found = account(&workshop(&ACCOUNT.replace("50_000\ntransfers", "-1\ntransfers")), PriceLevel::Real);
    assert_eq!(found.runway.months(), Some(Decimal::ZERO));
}

#[test]
fn break_even_volume_covers_costs_exactly_or_is_said_not_to_exist() {
    let found = account(&workshop(ACCOUNT), PriceLevel::Real);
    let at_least = |units: &str, whole: i64| BreakEvenVolume::AtLeast { units: decimal(units), whole: whole.into() };
    // 2024: (1 090 000 − 600 000) / 1 500 = 326 2/3. 2025: (1 090 000 − 400 000) / 1 500 = 460. All: 1 870 000 / 4 500.
    assert_eq!(found.years[0].break_even, at_least("326.666666666667", 327));
    assert_eq!(found.years[1].break_even, at_least("460", 460));
    assert_eq!(found.break_even, at_least("415.555555555556", 416));
    let enough = account(&workshop(&ACCOUNT.replace("[200, 300, 300]", "[200, 460, 300]")), PriceLevel::Real);
    assert_eq!(enough.years[1].result, Decimal::ZERO, "at the break-even volume income just covers costs");
    let of = |text: &str| account(&workshop(text), PriceLevel::Real).break_even;
    assert_eq!(of(&ACCOUNT.replace("per_unit = 500", "per_unit = 2_000")), BreakEvenVolume::Never);
    // Without rent and with parts at 100: (400 000 + 600 000 + 600 000) / (3 · 1 900).
    let cheaper = ACCOUNT.replace("per_year = 90_000", "per_year = 0").replace("per_unit = 500", "per_unit = 100");
    assert_eq!(of(&cheaper), at_least("280.701754385965", 281));
    let plain =
        ACCOUNT.replace("volume = { unit = \"bicycle\", per_year = [200, 300, 300], years = [2024, 2026] }\n", "");
    let plain = plain
        .replace("income = [ { id = \"sales\", kind = \"sales\", per_unit = 2_000 } ]\n", "")
        .replace("{ id = \"parts\", per_unit = 500 }, ", "");
    assert_eq!(of(&plain), BreakEvenVolume::NoVolume);
}

#[test]
fn what_the_model_posts_is_linked_once_and_what_is_own_enters_no_sum_of_society() {
    let text = workshop(ACCOUNT);
    let with = Model::from_toml(&text).unwrap().appraise().unwrap();
    let bare = Model::from_toml(&workshop("")).unwrap().appraise().unwrap();
    assert_eq!(with.ledger(), bare.ledger());
    assert!(bare.enterprise(PriceLevel::Real).is_none());
    let [told, plain] = [&with, &bare].map(|appraisal| AppraisalReport::of(appraisal).unwrap());
    assert_eq!((told.measures, told.wrong_pocket), (plain.measures, plain.wrong_pocket));
    let found = with.enterprise(PriceLevel::Real).unwrap().unwrap();
    let linked = found.lines.iter().filter(|line| line.origin == LineOrigin::Ledger);
    let causes: Vec<(&str, MoneyKind)> = linked.map(|line| (line.cause.as_str(), line.kind)).collect();
    assert_eq!(
        causes,
        [
            ("costs.wages", MoneyKind::Running),
            ("transfers.places", MoneyKind::Contract),
            ("transfers.grant", MoneyKind::Grant),
            ("transfers.loan", MoneyKind::Financing),
            ("transfers.repayment", MoneyKind::Financing),
        ]
    );
}

#[test]
fn nominal_accounts_are_in_money_of_each_year() {
    let found = account(&workshop(ACCOUNT), PriceLevel::Nominal);
    // 2024 is the price year; 2 % a year after the last observed price level.
    let second = &found.years[1];
    assert_eq!(second.cash, found.years[0].cash + second.net);
    let real = account(&workshop(ACCOUNT), PriceLevel::Real);
    assert!(second.costs > real.years[1].costs);
    let unknown = workshop(ACCOUNT)
        .replace("inflation = 0.02\n", "")
        .replace("start = 2024\nhorizon = 3", "start = 2024\nhorizon = 30");
    let appraisal = Model::from_toml(&unknown).unwrap().appraise().unwrap();
    assert!(matches!(appraisal.enterprise(PriceLevel::Nominal), Some(Err(Absence::NoPriceLevel { .. }) | Ok(_))));
    assert!(appraisal.enterprise(PriceLevel::Real).unwrap().is_ok());
}

#[test]
fn every_number_has_an_address_that_can_be_overridden() {
    let model = model("bike-workshop");
    let before = model.appraise().unwrap().enterprise(PriceLevel::Real).unwrap().unwrap();
    for (address, value) in
        [("enterprise.opening_cash", 1), ("enterprise.income.sales.per_unit", 1), ("enterprise.volume.per_year", 1)]
    {
        let moved = model.with(address, value).unwrap().appraise().unwrap();
        assert_ne!(moved.enterprise(PriceLevel::Real).unwrap().unwrap().closing_cash, before.closing_cash, "{address}");
    }
    assert_eq!(model.appraise().unwrap().explain("enterprise.opening_cash").unwrap().value, Some(decimal("150000")));
}

#[test]
fn what_is_wrong_with_an_account_is_said_at_its_place() {
    let text = workshop(
        r#"
[enterprise]
holder = "town"
opening_cash = "much"
transfers = { palces = "contract" }
income = [ { id = "sales", kind = "sale", per_unit = 2_000, per_year = 3 } ]
costs = [ { id = "rent" } ]
"#,
    );
    let said = Model::from_toml(&text).unwrap_err().to_string();
    for part in [
        "`town` is no enterprise: the account is that of a holder of kind `enterprise`",
        "no transfer has the id `palces`: did you mean `places`?",
        "unknown word `sale`: did you mean `sales`?",
        "`per_unit` and `per_year` are both given: write one of them",
        "`per_unit` needs to know how many units: give `volume` of the enterprise",
        "`per_year` or `amount` is missing",
    ] {
        assert!(said.contains(part), "{part}\nin\n{said}");
    }
    let other = workshop(ACCOUNT)
        .replace("holder = \"workshop\"\nopening", "holder = \"other\"\nopening")
        .replace("holders = [ {", "holders = [ { id = \"other\", kind = \"enterprise\" }, {");
    let said = Model::from_toml(&other).unwrap_err().to_string();
    assert!(said.contains("transfer `places` neither comes from nor goes to `other`"), "{said}");
}

#[test]
fn an_account_rests_on_the_invented_prices_that_carry_its_lines() {
    let rent = r#"{ id = "rent", per_year = 90_000, years = [2024, 2026], price_year = 2019, index = "rents" }"#;
    let carried = ACCOUNT.replace(r#"{ id = "rent", per_year = 90_000, years = [2024, 2026] }"#, rent);
    assert_ne!(carried, ACCOUNT);
    let series =
        |marks: &str| format!("{}\n[indices.rents]\nlevels = {{ 2019 = 1, 2024 = 2 }}\n{marks}", workshop(&carried));
    let known = account(&series("source = \"a landlord's list\""), PriceLevel::Real);
    let invented = account(&series("illustrative = true\nsource = \"illustrative\""), PriceLevel::Real);
    assert_eq!((known.marks.illustrative, invented.marks.illustrative), (false, true));
    let rents = |found: &EnterpriseAccount| {
        found.lines.iter().find(|line| line.cause.as_str().ends_with("rent")).map(|line| line.amounts.clone())
    };
    assert_eq!(rents(&known), Some(vec![decimal("180000"); 3]));
}

#[test]
fn an_account_too_large_for_its_digits_is_a_fault_of_the_report_and_not_left_out() {
    let huge = ACCOUNT.replace("per_unit = 2_000", "per_unit = 7_000_000_000_000_000_000_000_000_000");
    let appraisal = Model::from_toml(&workshop(&huge)).unwrap().appraise().unwrap();
    let told = AppraisalReport::of(&appraisal).unwrap_err().to_string();
    assert!(told.contains("28 digits"), "{told}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn opening_cash_and_the_net_of_every_year_come_to_closing_cash(
        opening in -1_000_000i64..1_000_000,
        price in 0u32..5_000,
        cost in 0u32..5_000,
        units in prop::array::uniform3(0u32..1_000),
        nominal in any::<bool>(),
    ) {
        let [a, b, c] = units;
        let text = workshop(&ACCOUNT.replace("opening_cash = 50_000", &format!("opening_cash = {opening}.37")))
            .replace("per_unit = 2_000", &format!("per_unit = {price}.33"))
            .replace("per_unit = 500", &format!("per_unit = {cost}.11"))
            .replace("[200, 300, 300]", &format!("[{a}, {b}, {c}]"));
        let found = account(&text, if nominal { PriceLevel::Nominal } else { PriceLevel::Real });
        let net: Decimal = found.years.iter().map(|row| row.net).sum();
        prop_assert_eq!(found.opening_cash + net, found.closing_cash);
        // The lines come to the rows, whichever way they are added.
        for (at, row) in found.years.iter().enumerate() {
            let lines = found.lines.iter().map(|line| match line.side {
                MoneySide::Income => line.amounts[at],
                MoneySide::Cost => -line.amounts[at],
            });
            prop_assert_eq!(lines.sum::<Decimal>(), row.net);
        }
    }
}
