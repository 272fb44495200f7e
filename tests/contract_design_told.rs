//! Returns, payments beside savings, prices and frontiers as they are told: ids and names, reasons, marks and sentences.

use impact_core::Model;
use impact_core::analysis::Axis;
use impact_core::analysis::risk::{
    FrontierQuestion, PriceFor, PriceQuestion, RateOf, RateTarget, SETTLED_DRAWS, Situation,
};
use impact_core::report::{
    FairSharesStatus, FrontierReport, PriceReport, ReturnRiskReport, RoomWord, SavingRiskReport, Sought,
};
use impact_core::simulation::{Progress, Seed, Simulation};
use rust_decimal::Decimal;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

const AMOUNT: &str = "contract.payments.target.schedule.steps.0.amount";

fn on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn larvik() -> Model {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/models/larvik-contract.toml");
    Model::from_toml(&fs::read_to_string(path).unwrap()).unwrap()
}

fn price(low: i64, high: i64) -> PriceQuestion {
    PriceQuestion {
        address: AMOUNT.parse().unwrap(),
        range: (low.into(), high.into()),
        situation: Situation::ExpectedEffect,
        simulation: Simulation::new(200, Seed(7)),
    }
}

#[test]
fn what_an_investor_loses_is_told_with_the_draws_in_which_nothing_comes_back() {
    let as_agreed = "0.63".parse::<Decimal>().unwrap();
    let contract = larvik().contract().unwrap().with("truth.metrics.relapse.counterfactual", as_agreed).unwrap();
    let risk = contract.return_risk(SETTLED_DRAWS, &Simulation::new(500, Seed(7)), &mut on).unwrap();
    let report = ReturnRiskReport::of(&risk);
    assert_eq!((report.settled, report.provenance.draws, report.marks.illustrative), (500, 500, true));
    let [believed, right, nothing] = report.situations.as_slice() else { panic!("{report:?}") };
    assert_eq!((believed.situation, nothing.situation), (Situation::AsBelieved, Situation::NothingWorks));
    // The truth is as the baseline says: the two ways in which nothing works are one.
    assert_eq!((right.situation, &right.investors), (Situation::NothingWorksBaselineRight, &nothing.investors));
    let ferd = &nothing.investors[0];
    assert_eq!((ferd.holder.as_str(), ferd.name.en.as_str(), ferd.median_rate), ("ferd", "Ferd", Some(-1.0)));
    // Every draw has one rate, that of a draw in which nothing comes back being −100 %.
    assert!(ferd.without_rate.is_empty());
    assert_eq!(ferd.with_one_rate + ferd.lost_all, 500);
    assert_eq!(ferd.chance_of_loss.unwrap().value, ferd.lost_all as f64 / 500.0);
    assert_eq!((ferd.rate.unwrap().p05, ferd.not_funded), (-1.0, 0));
    assert_eq!(nothing.providers[0].holder, "provider");
}

#[test]
fn every_holder_that_pays_or_saves_is_told_by_its_name() {
    let model = larvik();
    let report = SavingRiskReport::of(&model, &model.saving_risk(&Simulation::new(500, Seed(7)), &mut on).unwrap());
    let believed = report.situations.iter().find(|row| row.situation == Situation::AsBelieved).unwrap();
    let holders: Vec<&str> = believed.holders.iter().map(|row| row.holder.as_str()).collect();
    assert_eq!(holders, ["participants", "larvik", "sandefjord", "tonsberg", "faerder", "state"]);
    assert_eq!(believed.holders[3].name.nb.as_deref(), Some("Tønsberg kommune"));
    assert_eq!((report.outcomes[0].metric.as_str(), report.left_out.len()), ("relapse", 0));
    // The municipalities pay, and the state saves most: whatever the shares, they are worse off.
    assert_eq!(believed.fair_shares.status, FairSharesStatus::Missing);
    let nothing = report.situations.last().unwrap();
    assert!(nothing.fair_shares.missing > 4e6, "{:?}", nothing.fair_shares);
}

#[test]
fn a_price_is_told_in_a_sentence_of_both_languages() {
    let model = larvik();
    let asked = price(0, 1_000_000);
    let found = model.search(&asked, PriceFor::Payer("larvik"), &mut on).unwrap();
    let told = PriceReport::of(Sought::BreakEven(&model, "larvik"), &found).unwrap();
    assert_eq!(told.value, found.value());
    let text = told.sentence.en.as_str();
    assert!(
        text.starts_with("Larvik municipality is expected to pay what it saves where `contract.payments"),
        "{text}"
    );
    assert!(text.ends_with("the contract has 4,400,000"), "{text}");
    let none = PriceReport::of(
        Sought::BreakEven(&model, "larvik"),
        &model.search(&price(1_000_000, 2_000_000), PriceFor::Payer("larvik"), &mut on).unwrap(),
    );
    let none = none.unwrap().sentence.nb.unwrap();
    assert!(none.contains("for ingen verdi av") && none.contains("besparelse minus betaling er −2"), "{none}");
}

#[test]
fn a_rate_is_told_with_what_it_is_of() {
    let model = larvik();
    let contract = model.contract().unwrap();
    for (of, said) in
        [(RateOf::Expected, "The expected flows of Ferd return 5%"), (RateOf::Median, "The median return of")]
    {
        let target = RateTarget { rate: 0.05, of, settled: 20 };
        let found = contract.search(&price(4_000_000, 8_000_000), ("ferd", target), &mut on).unwrap();
        let told = PriceReport::of(Sought::Rate(contract, "ferd", target), &found).unwrap();
        assert!(told.sentence.en.starts_with(said), "{}", told.sentence.en);
        assert_eq!((told.rate, told.rate_of, told.settled), (Some(0.05), Some(of), Some(20)));
    }
    // At 5 million the rate is still too low, and at both ends it is said.
    let target = RateTarget { rate: 0.2, of: RateOf::Expected, settled: 20 };
    let found = contract.search(&price(4_400_000, 5_000_000), ("ferd", target), &mut on).unwrap();
    let told = PriceReport::of(Sought::Rate(contract, "ferd", target), &found).unwrap();
    assert!(told.sentence.en.contains("at these ends it is 0.76% and it is 2.97%"), "{}", told.sentence.en);
}

#[test]
fn a_frontier_tells_how_far_apart_the_prices_are() {
    let model = larvik();
    let asked = FrontierQuestion {
        price: price(0, 8_000_000),
        beside: Axis::at("truth.metrics.relapse.effect".parse().unwrap(), ["0.1".parse().unwrap()]),
        payer: "larvik".to_owned(),
        investor: "ferd".to_owned(),
        target: RateTarget { rate: 0.0, of: RateOf::Expected, settled: 20 },
    };
    let report = FrontierReport::of(&model, &model.frontier(&asked, &mut on).unwrap()).unwrap();
    let row = &report.points[0];
    assert_eq!((row.room, report.payer_name.nb.as_deref()), (RoomWord::Apart, Some("Larvik kommune")));
    assert!(row.payer_price.unwrap() < row.investor_price.unwrap());
    assert_eq!(report.current.map(|value| value.to_string()), Some("0.1".to_owned()));
}
