//! A contract in its model: the same contract as alone, and what it pays beside what each payer saves.

use impact_core::contract::{Observations, Row, Statement};
use impact_core::evaluation::CountedIn;
use impact_core::model::{Measure, Perspective};
use impact_core::{Contract, Model};
use rust_decimal::Decimal;

const PAID: &str = include_str!("../fixtures/models/paid-by-results.toml");

fn model() -> Model {
    Model::from_toml(PAID).unwrap_or_else(|error| panic!("{error}"))
}

fn row(metric: &str, day: &str) -> Row {
    Row { metric: metric.to_owned(), date: day.parse().ok(), ..Row::default() }
}

fn claim(metric: &str, person: &str, day: &str) -> Row {
    Row { person: Some(person.to_owned()), ..row(metric, day) }
}

fn settled(contract: &Contract, rows: Vec<Row>) -> Statement {
    let observed = Observations::of(contract, rows).unwrap_or_else(|error| panic!("{error}"));
    contract.settle(&observed).unwrap_or_else(|error| panic!("{error}"))
}

/// Two people who start work, one of whom keeps it.
fn two_people() -> Vec<Row> {
    vec![
        claim("started", "a", "2025-05-31"),
        Row { group: Some("young".to_owned()), ..claim("started", "b", "2025-12-15") },
        claim("kept", "a", "2026-03-31"),
    ]
}

fn npv(model: &Model, perspective: Perspective) -> Decimal {
    model.appraise().unwrap().measure(Measure::Npv, perspective).unwrap().value.unwrap()
}

#[test]
fn a_contract_in_a_model_is_the_same_contract_alone() {
    let model = model();
    let own = model.contract().unwrap();
    assert_eq!(&Contract::from_toml(PAID).unwrap(), own);
    assert_eq!(&Contract::from_node(own.document().clone()).unwrap(), own);
    // What is elsewhere in the model is no part of it; its prices and shared numbers are.
    let other = model.with("outcomes.into-work.deadweight", 0).unwrap();
    assert_eq!(other.contract(), Some(own));
    for address in ["contract.payments.kept.schedule.per_unit", "assumptions.price-of-work"] {
        assert_ne!(model.with(address, 1).unwrap().contract(), Some(own), "{address}");
    }
}

#[test]
fn a_contract_changes_nothing_until_something_is_settled() {
    let without = PAID.split("[contract]").next().unwrap();
    let without = Model::from_toml(without).unwrap();
    assert!(without.contract().is_none());
    assert_eq!(npv(&model(), Perspective::Society), npv(&without, Perspective::Society));
    let nothing = settled(model().contract().unwrap(), vec![]);
    assert_eq!(model().settled(&nothing).unwrap(), model());
}

#[test]
fn payment_stands_beside_each_payers_own_saving_year_by_year() {
    let model = model();
    let statement = settled(model.contract().unwrap(), two_people());
    // Started: 40,000 of May and 50,000 (· 1.25) of December, of which 30 days make January; kept: 30,000 of April 2026.
    // The fee of 100,000 is due with the last row, on 31 March 2026. The municipality pays 40 %, the state 60 %.
    let joined = model.settled(&statement).unwrap().appraise().unwrap();
    let table = joined.wrong_pocket_years(CountedIn::Nominal).unwrap();
    let pays = |holder: &str, year: i32| {
        let row = table.rows.iter().find(|row| row.holder == holder && row.year.number() == year).unwrap();
        (row.pays.normalize().to_string(), row.gains > Decimal::ZERO)
    };
    assert_eq!(pays("municipality", 2025), ("16000".to_owned(), true));
    assert_eq!(pays("municipality", 2026), ("72000".to_owned(), true)); // 0.4 · (50,000 + 30,000 + 100,000)
    assert_eq!(pays("state", 2025), ("24000".to_owned(), true));
    assert_eq!(pays("state", 2026), ("108000".to_owned(), true));
    let paid: Decimal = table.rows.iter().filter(|row| row.holder == "provider").map(|row| row.receives).sum();
    assert_eq!(paid, statement.total());
}

#[test]
fn a_payment_is_a_transfer_at_the_price_level_of_its_year_and_never_a_cost() {
    let model = model();
    let statement = settled(model.contract().unwrap(), two_people());
    let joined = model.settled(&statement).unwrap();
    assert_eq!(joined.costs().len(), model.costs().len());
    assert_eq!(joined.transfers().len(), 8); // started in two years, kept and the fee in one, each of two payers
    let by_hand = [(2025, 16_000), (2026, 72_000)].map(|(year, amount)| {
        format!(
            "[[transfers]]\nid = 'a-{year}'\nfrom = 'municipality'\nto = 'provider'\namount = {amount}\nyear = {year}\nprice_basis = 'nominal'\n"
        )
    });
    let by_hand =
        Model::from_toml(&PAID.replacen("[[outcomes]]", &format!("{}[[outcomes]]", by_hand.concat()), 1)).unwrap();
    let municipality = || Perspective::Holder("municipality".to_owned());
    // To the tenth decimal: each posting is rounded at the twelfth, and these are more of them.
    assert_eq!(npv(&joined, municipality()).round_dp(10), npv(&by_hand, municipality()).round_dp(10));
}

#[test]
fn societys_total_moves_only_by_what_raising_the_money_costs() {
    let model = model();
    let joined = model.settled(&settled(model.contract().unwrap(), two_people())).unwrap();
    let moved = |perspective: fn() -> Perspective| npv(&joined, perspective()) - npv(&model, perspective());
    let (society, public) = (moved(|| Perspective::Society), moved(|| Perspective::Public));
    // 20 øre per krone of tax; to the eleventh decimal, as each posting is rounded at the twelfth.
    assert!(public < Decimal::ZERO);
    assert_eq!(society.round_dp(10), (public * "0.2".parse::<Decimal>().unwrap()).round_dp(10));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_is_settled_society_moves_only_by_what_raising_the_money_costs(
        claims in proptest::collection::vec((0_u32..30, 0_u32..20, proptest::prelude::any::<bool>()), 0..25)
    ) {
        // Of each person one claim of each metric: they begin in 2025, and keep work 91 to 490 days later.
        let day = |days: u32| {
            let first = chrono::NaiveDate::from_ymd_opt(2025, 1, 1).unwrap();
            first.checked_add_days(chrono::Days::new(days.into())).unwrap().to_string()
        };
        let mut rows = Vec::new();
        for (person, (began, later, kept)) in claims.into_iter().enumerate() {
            rows.push(claim("started", &format!("p{person}"), &day(began * 12)));
            if kept {
                rows.push(claim("kept", &format!("p{person}"), &day(began * 12 + 91 + later * 20)));
            }
        }
        let model = model();
        let joined = model.settled(&settled(model.contract().unwrap(), rows)).unwrap();
        let moved = |perspective: fn() -> Perspective| npv(&joined, perspective()) - npv(&model, perspective());
        // 20 øre per krone of tax; each posting is rounded at the twelfth decimal.
        let overheads = moved(|| Perspective::Public) * "0.2".parse::<Decimal>().unwrap();
        let off = (moved(|| Perspective::Society) - overheads).abs();
        proptest::prop_assert!(off < "0.000000001".parse::<Decimal>().unwrap(), "{off}");
    }
}

#[test]
fn an_invented_price_marks_what_it_pays() {
    let model = model();
    let joined = model.settled(&settled(model.contract().unwrap(), two_people())).unwrap();
    assert!(joined.transfers().iter().all(|transfer| {
        let at = format!("transfers.{}.amount", transfer.id);
        joined.assumption(joined.number_at(&at).unwrap()).unwrap().marks.illustrative
    }));
}

#[test]
fn money_that_goes_back_goes_from_payee_to_payer() {
    let back = PAID.replace(
        "schedule = { share = 0.25 }",
        "schedule = { line = [{ at = 0, amount = -50_000 }], below = 'flat', above = 'flat' }",
    );
    let model = Model::from_toml(&back).unwrap();
    let statement =
        settled(model.contract().unwrap(), vec![Row { count: Some((-5).into()), ..row("saving", "2025-06-30") }]);
    let joined = model.settled(&statement).unwrap();
    let id = |holder: impact_core::model::HolderIndex| joined.holders()[holder.position()].id.clone();
    let transfer = joined.transfers().iter().find(|transfer| transfer.id == "paid-saving-municipality-2025").unwrap();
    assert_eq!((id(transfer.from), id(transfer.to)), ("provider".to_owned(), "municipality".to_owned()));
}

#[test]
fn a_statement_that_does_not_fit_is_refused() {
    let model = model();
    let late = settled(model.contract().unwrap(), vec![claim("started", "a", "2028-12-15")]);
    assert_eq!(
        model.settled(&late).unwrap_err().to_string(),
        "contract.payments.started: 2029 is not among the years appraised, 2025 to 2028, and something is due in it: lengthen `horizon`"
    );
    let dearer = model.with("contract.payments.kept.schedule.per_unit", 1).unwrap();
    let other = settled(dearer.contract().unwrap(), two_people());
    let message = model.settled(&other).unwrap_err().to_string();
    assert!(message.starts_with("contract: the statement is of other terms: their hash is `"), "{message}");
}

#[test]
fn a_contract_alone_joins_a_model_of_the_same_holders_and_currency() {
    let alone = r#"
        impact = 1
        name = "Alone"
        currency = "NOK"
        holders = [{ id = "state", kind = "public", level = "state" }, { id = "provider", kind = "enterprise" }]
        [contract]
        payee = "provider"
        payers = [{ holder = "state" }]
        metrics = [{ id = "days", kind = "count", outcome = "into-work" }]
        payments = [{ id = "days", of = "days", schedule = { per_unit = 10 } }]
    "#;
    let without = Model::from_toml(PAID.split("[contract]").next().unwrap()).unwrap();
    let days = vec![Row { count: Some(7.into()), ..row("days", "2025-06-30") }];
    let joined = without.settled(&settled(&Contract::from_toml(alone).unwrap(), days.clone())).unwrap();
    assert_eq!(joined.transfers()[0].id, "paid-days-state-2025");
    let other = Contract::from_toml(&alone.replace("NOK", "SEK")).unwrap();
    assert_eq!(
        without.settled(&settled(&other, days)).unwrap_err().to_string(),
        "contract: the statement is in SEK, the model in NOK"
    );
}

#[test]
fn parties_and_outcomes_are_those_of_the_model() {
    let refused = |from: &str, to: &str| Model::from_toml(&PAID.replacen(from, to, 1)).unwrap_err().to_string();
    let message = refused("outcome = \"into-work\"", "outcome = \"into-wrok\"");
    assert!(
        message.contains("contract.metrics.started.outcome") && message.contains("did you mean `into-work`?"),
        "{message}"
    );
    let joint = "[[holders]]\nid = \"both\"\nkind = \"joint\"\nshares = { municipality = 0.5, state = 0.5 }\n\n[[holders]]\nid = \"provider\"";
    let joint = PAID
        .replacen("[[holders]]\nid = \"provider\"", joint, 1)
        .replace("payers = [{ holder = \"municipality\" }]", "payers = [{ holder = \"both\" }]");
    let message = Model::from_toml(&joint).unwrap_err().to_string();
    assert!(
        message.ends_with("`both` is a joint holder: write its members as payers, each with its share"),
        "{message}"
    );
}
