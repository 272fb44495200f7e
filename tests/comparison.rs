//! Comparison: models and conventions side by side, and the causes of what differs.

use impact_core::Model;
use impact_core::analysis::comparison::{Changed, CommonMoney, Difference, NotComparable, Unlikeness};
use impact_core::analysis::{Comparison, ComparisonError, ComparisonQuestion, compare};
use impact_core::model::{Measure, Perspective, Question};
use impact_core::reference::{Convention, ExchangeBasis, Switch};
use rust_decimal::Decimal;

const FIXTURES: [&str; 7] = ["beginner", "early-help", "effects", "ips-employment", "larvik", "sandefjord", "shape"];

fn fixture(name: &str) -> Model {
    let path = format!("{}/fixtures/models/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    Model::from_bytes(&std::fs::read(path).unwrap()).unwrap()
}

/// Everything, for society and for all public budgets.
fn everything() -> ComparisonQuestion {
    let of = |perspective: Perspective| Measure::all().map(move |it| Question::new(it).seen_by(perspective.clone()));
    let questions = of(Perspective::Society).chain(of(Perspective::Public)).collect();
    ComparisonQuestion { questions, money: None }
}

fn only(measure: Measure) -> ComparisonQuestion {
    ComparisonQuestion { questions: vec![Question::new(measure)], money: None }
}

fn differences(found: &Comparison) -> impl Iterator<Item = &Difference> {
    found.rows.iter().flat_map(|row| &row.differences).filter_map(|difference| difference.as_ref().ok())
}

fn assert_causes_add_up(found: &Comparison) {
    for row in &found.rows {
        let base = &row.on_one_line[0];
        for (other, difference) in row.on_one_line.iter().skip(1).zip(&row.differences) {
            let Ok(difference) = difference else { continue };
            let sum: Decimal = difference.causes.iter().map(|cause| cause.by).sum();
            let apart = other.as_ref().unwrap() - base.as_ref().unwrap();
            assert_eq!(sum, apart, "{}", row.question);
            assert_eq!(difference.by, apart, "{}", row.question);
            if let Some(interaction) = difference.interaction {
                let alone: Decimal = difference.causes.iter().filter_map(|cause| cause.alone).sum();
                assert_eq!(alone + interaction, apart, "{}", row.question);
            }
        }
    }
}

#[test]
fn under_every_convention_the_causes_add_up_to_the_difference() {
    for name in FIXTURES {
        let model = fixture(name);
        let found = model.compare_conventions(Convention::ids(), &everything());
        let found = found.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_causes_add_up(&found);
        assert!(differences(&found).count() > 50, "{name}: {}", differences(&found).count());
    }
}

#[test]
fn conventions_that_a_model_cannot_be_valued_under_say_so_in_their_place() {
    // The Green Book deflates by the GDP deflator, whose last Norwegian year is 2023; Sandefjord pays in money of 2024.
    let found =
        fixture("sandefjord").compare_conventions(["uk-green-book-2022", "sroi-practice"], &everything()).unwrap();
    let why = found.rows[0].figures[1].as_ref().unwrap_err().to_string();
    assert!(why.starts_with("cannot be valued: costs.cooperation: the price level of 2024 is not known"), "{why}");
    assert!(found.rows[0].differences[0].is_err() && found.rows[0].differences[1].is_ok());
}

#[test]
fn a_model_compared_with_itself_shows_no_difference() {
    for name in FIXTURES {
        let model = fixture(name);
        let found = compare(&[&model, &model], &everything()).unwrap();
        assert!(
            differences(&found).all(|difference| difference.by.is_zero() && difference.causes.is_empty()),
            "{name}"
        );
        assert!(found.unlike.is_empty(), "{name}");
        let own = model.convention().id.clone();
        let under = model.compare_conventions([own], &everything()).unwrap();
        // What the document overrides is gone under the bare conventions; these have none that move a figure.
        if model.overridden_switches().is_empty() {
            assert!(differences(&under).all(|difference| difference.causes.is_empty()), "{name}");
        }
    }
}

#[test]
fn the_order_of_the_list_changes_no_models_own_figures() {
    let model = fixture("larvik");
    let ids = ["uk-green-book-2022", "sroi-practice", "denmark-2023"];
    let one = model.compare_conventions(ids, &everything()).unwrap();
    let other = model.compare_conventions([ids[2], ids[0], ids[1]], &everything()).unwrap();
    for (one, other) in one.rows.iter().zip(&other.rows) {
        assert_eq!(one.figures[1], other.figures[2]);
        assert_eq!(one.figures[2], other.figures[3]);
        assert_eq!(one.figures[3], other.figures[1]);
        assert_eq!(one.differences[0], other.differences[1]);
    }
}

#[test]
fn conventions_switched_on_and_off_again_restore_every_digit() {
    let model = fixture("larvik");
    let there = model.with("conventions", "sroi-practice").unwrap();
    let own = model.convention().id.clone();
    let back = there.with("conventions", own).unwrap();
    let found = compare(&[&back, &there, &model], &everything()).unwrap();
    for row in &found.rows {
        assert_eq!(row.figures[0], row.figures[2]);
        let none = |difference: &Difference| difference.by.is_zero();
        assert!(row.differences[1].as_ref().map_or(true, none), "{}", row.question);
    }
}

/// A team of 1000 a year later, and a benefit of 500 that people lose and the town saves.
const TOWN: &str = r#"
    impact = 1
    name = "Town"
    country = "NO"
    currency = "NOK"
    price_year = 2022
    start = 2022
    horizon = 3
    conventions = "norway-r109-2021"
    holders = [
        { id = "town", kind = "public", level = "municipality" },
        { id = "people", kind = "people", size = 10 },
    ]
    costs = [ { id = "team", payer = "town", amount = 1000, year = 2023, source = "budget" } ]
    [[outcomes]]
    id = "work"
    holder = "people"
    nature = "event"
    quantity = 2
    deadweight = 0.5
    [[outcomes.values]]
    id = "wage"
    value = 800
    unit = "person"
    to = "people"
    kind = "economic"
    basis = "income"
    source = "register"
"#;

fn town(changes: &[(&str, &str)]) -> Model {
    let text = changes.iter().fold(TOWN.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
    Model::from_toml(&text).unwrap()
}

fn by(found: &Comparison) -> Vec<(String, String, Option<String>)> {
    let difference = found.rows[0].differences[0].as_ref().unwrap();
    let named = |changed: &Changed| match changed {
        Changed::Switch { switch, .. } => switch.to_string(),
        Changed::Part { address, .. } | Changed::Line { address } => address.to_string(),
        Changed::Words { .. } => "words".to_owned(),
        other => format!("{other:?}"),
    };
    let told = |number: Decimal| number.round_dp(2).normalize().to_string();
    let causes = difference.causes.iter().map(|cause| {
        let names: Vec<_> = cause.changed.iter().map(named).collect();
        (names.join(" + "), told(cause.by), cause.alone.map(told))
    });
    causes.collect()
}

fn cause(name: &str, by: &str, alone: Option<&str>) -> (String, String, Option<String>) {
    (name.to_owned(), by.to_owned(), alone.map(str::to_owned))
}

#[test]
fn each_switch_is_worth_what_it_moves_the_figure_by() {
    // Norway: 800 − 1000 · 1.2 / 1.04 = −353.846154
    // + rates of 3.5 %:              800 − 1000 · 1.2 / 1.035 = −359.420290: −5.574136
    // + no cost of public funds:     800 − 1000 / 1.035 = −166.183575: +193.236715; alone: 200 / 1.04 = +192.307692
    let found = town(&[]).compare_conventions(["sroi-practice"], &only(Measure::Npv)).unwrap();
    let expected = [
        cause("discount.schedule", "-5.57", Some("-5.57")),
        cause("combination.attribution", "0", Some("0")),
        cause("combination.transfers", "0", Some("0")),
        cause("financing", "193.24", Some("192.31")),
    ];
    assert_eq!(by(&found), expected);
    let difference = found.rows[0].differences[0].as_ref().unwrap();
    assert_eq!(difference.by.round_dp(6).to_string(), "187.662579");
    assert_eq!(difference.interaction.unwrap().round_dp(6).to_string(), "0.929023"); // 193.236715 − 192.307692
}

#[test]
fn single_switches_are_compared_as_tables() {
    let table = impact_core::document::Node::from_toml("base = 'norway-r109-2021'\nfinancing = { cost = 0 }").unwrap();
    let found = town(&[]).compare_conventions([table.value], &only(Measure::Npv)).unwrap();
    assert_eq!(by(&found), [cause("financing", "192.31", Some("192.31"))]);
    assert_eq!(found.columns[1].model.provenance().overridden_switches, ["conventions.financing.cost"]);
}

#[test]
fn parts_of_a_document_are_exchanged_one_at_a_time() {
    // Cost 1000 → 900: + 100 · 1.2 / 1.04 = 115.384615. Quantity 2 → 3: + 400. Deadweight ½ → ¼ at 3: 3 · 800 · ¼ = + 600,
    // alone: 2 · 800 · ¼ = + 400.
    let other = town(&[
        ("amount = 1000", "amount = 900"),
        ("quantity = 2", "quantity = { value = 3, source = \"plan\" }"),
        ("deadweight = 0.5", "deadweight = 0.25"),
        ("source = \"budget\"", "source = \"account\""),
    ]);
    let found = compare(&[&town(&[]), &other], &only(Measure::Npv)).unwrap();
    let expected = [
        cause("costs.team.amount", "115.38", Some("115.38")),
        cause("outcomes.work.quantity", "400", Some("400")),
        cause("outcomes.work.deadweight", "600", Some("400")),
        cause("words", "0", Some("0")),
    ];
    assert_eq!(by(&found), expected);
    assert_eq!(found.rows[0].differences[0].as_ref().unwrap().interaction, Some(200.into()));
    assert_causes_add_up(&compare(&[&town(&[]), &other], &everything()).unwrap());
}

#[test]
fn what_only_one_document_has_is_a_cause_of_its_own() {
    let more = "costs = [ { id = \"rent\", payer = \"town\", amount = 52, year = 2023, source = \"budget\" },";
    let other = town(&[("costs = [", more)]);
    let found = compare(&[&town(&[]), &other], &only(Measure::Npv)).unwrap();
    assert_eq!(by(&found), [cause("costs.rent", "-60", Some("-60"))]); // 52 · 1.2 / 1.04
    let back = compare(&[&other, &town(&[])], &only(Measure::Npv)).unwrap();
    assert_eq!(by(&back), [cause("costs.rent", "60", Some("60"))]);
}

#[test]
fn what_does_not_hold_together_apart_is_exchanged_together() {
    // A cost paid by a holder that is renamed: neither the holder nor the payer can be exchanged alone.
    let other = town(&[("id = \"town\"", "id = \"county\""), ("payer = \"town\"", "payer = \"county\"")]);
    let found = compare(&[&town(&[]), &other], &only(Measure::Npv)).unwrap();
    let told = by(&found);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].0.contains("holders.town") && told[0].0.contains("costs.team.payer"), "{told:?}");
    assert_eq!(told[0].1, "0");
}

#[test]
fn money_of_two_countries_is_not_put_on_one_line_unless_asked() {
    let swedish = town(&[("\"NO\"", "\"SE\""), ("\"NOK\"", "\"SEK\"")]);
    let found = compare(&[&town(&[]), &swedish], &only(Measure::Npv)).unwrap();
    assert!(found.rows[0].figures.iter().all(Result::is_ok), "each keeps its own figure");
    let Err(apart) = &found.rows[0].differences[0] else { panic!("a difference of kroner and kronor") };
    assert!(matches!(apart, NotComparable::Unlike { .. }));
    assert!(
        apart.to_string().starts_with("it is counted in SEK (2022 prices, present value 2022), and the base in NOK")
    );
}

#[test]
fn in_common_money_the_difference_is_told_by_lines_and_still_adds_up() {
    let swedish = town(&[("\"NO\"", "\"SE\""), ("\"NOK\"", "\"SEK\""), ("amount = 1000", "amount = 900")]);
    for exchange in [ExchangeBasis::Market, ExchangeBasis::PurchasingPower] {
        let money = Some(CommonMoney { currency: None, price_year: None, exchange: Some(exchange) });
        let found = compare(&[&town(&[]), &swedish], &ComparisonQuestion { money, ..everything() }).unwrap();
        assert_causes_add_up(&found);
        let factor = found.columns[1].carried.factor;
        let npv = |at: usize| found.rows[0].figures[at].as_ref().unwrap().value.clone().unwrap();
        let carried = (npv(1) * factor).round_dp(6);
        assert_eq!(found.rows[0].on_one_line[1].as_ref().unwrap().round_dp(6), carried);
        let told = by(&found);
        let names: Vec<&str> = told.iter().map(|cause| cause.0.as_str()).collect();
        assert_eq!(names, ["costs.team", "outcomes.work.values.wage", "conventions.financing.cost"], "{told:?}");
    }
}

/// The same town in four countries, each with its own currency, prices and conventions.
fn four_countries() -> [Model; 4] {
    let in_country = |country: &str, currency: &str, conventions: &str, cost: &str, wage: &str| {
        let cost = format!("amount = {cost}, year = 2023");
        let wage = format!("value = {wage}");
        town(&[
            ("\"NO\"", &format!("\"{country}\"")),
            ("\"NOK\"", &format!("\"{currency}\"")),
            ("norway-r109-2021", conventions),
            ("amount = 1000, year = 2023", &cost),
            ("value = 800", &wage),
        ])
    };
    [
        town(&[]),
        in_country("SE", "SEK", "sroi-practice", "950", "760"),
        in_country("GB-SCT", "GBP", "uk-green-book-2022", "80", "65"),
        in_country("IE", "EUR", "ireland-2019", "90", "85"),
    ]
}

#[test]
fn four_countries_stand_on_one_line_by_purchasing_power() {
    let models = four_countries();
    let models: Vec<&Model> = models.iter().collect();
    let money = Some(CommonMoney { currency: None, price_year: None, exchange: Some(ExchangeBasis::PurchasingPower) });
    let found = compare(&models, &ComparisonQuestion { money, ..everything() }).unwrap();
    assert_causes_add_up(&found);
    let npv = &found.rows[0];
    assert!(npv.differences.iter().all(Result::is_ok));
    for (column, figure) in found.columns.iter().zip(&npv.figures) {
        let (own, factor) = (figure.as_ref().unwrap().value.clone().unwrap(), column.carried.factor);
        assert!(own != Decimal::ZERO && factor > Decimal::ZERO);
        assert_eq!(factor == Decimal::ONE, column.model.country() == "NO");
    }
    let first = |at: usize| npv.differences[at].as_ref().unwrap().causes[0].changed[0].clone();
    assert!(
        (0..3).all(|at| matches!(first(at), Changed::Switch { switch: Switch::Schedule, .. })),
        "conventions first"
    );
}

#[test]
fn lines_in_unlike_money_are_never_mixed() {
    let [norway, sweden, ..] = four_countries();
    let found = compare(&[&norway, &sweden], &only(Measure::SroiRatio)).unwrap();
    let difference = found.rows[0].differences[0].as_ref().unwrap();
    let last = difference.causes.last().unwrap();
    assert_eq!(last.changed, [Changed::Documents], "a ratio needs no exchange, and has no stages in between");
    assert_causes_add_up(&found);
}

#[test]
fn ratios_of_unlike_conventions_and_scopes_are_shown_and_warned_about() {
    let model = town(&[]);
    let found = model.compare_conventions(["sroi-practice"], &only(Measure::SroiRatio)).unwrap();
    assert!(found.rows[0].differences[0].is_ok());
    let Unlikeness::Conventions(switches) = &found.unlike[0].in_what[0] else { panic!("{:?}", found.unlike) };
    assert!(switches.contains(&Switch::Transfers));
    assert!(model.compare_conventions(["sroi-practice"], &only(Measure::Npv)).unwrap().unlike.is_empty());
}

#[test]
fn what_cannot_be_compared_is_refused_with_the_place() {
    let model = town(&[]);
    let said = |result: Result<Comparison, ComparisonError>| result.unwrap_err().to_string();
    let one = said(compare(&[&model], &everything()));
    assert_eq!(one, "compare at least two models and at most 50: the number given is 1");
    let unknown = said(model.compare_conventions(["uk-green-book-2022", "sroi-practise"], &everything()));
    assert!(unknown.starts_with("conventions 2: conventions: ") && unknown.contains("`sroi-practice`"), "{unknown}");
    let holder = Question::new(Measure::Npv).seen_by(Perspective::named("county"));
    let asked = ComparisonQuestion { questions: vec![holder], money: None };
    assert!(said(compare(&[&model, &model], &asked)).contains("`county` is no holder of this model"));
    let money = CommonMoney {
        currency: None,
        price_year: Some(impact_core::units::PriceYear(impact_core::units::Year::new(2031).unwrap())),
        exchange: Some(ExchangeBasis::Market),
    };
    let late = said(compare(&[&model, &model], &ComparisonQuestion { money: Some(money), ..everything() }));
    assert!(late.starts_with("model 1 cannot be carried to NOK of 2031: "), "{late}");
}
