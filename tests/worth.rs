//! What an intervention is worth: willingness to pay over public cost, groups, weights and standing.

use impact_core::Model;
use impact_core::evaluation::{Absence, Appraisal, MvpfSign};
use impact_core::model::{Measure, Perspective, Question};
use impact_core::report::SimulatedRow;
use impact_core::simulation::{Bound, Seed, Simulation};
use rust_decimal::Decimal;
use std::fs;
use std::ops::ControlFlow;

fn fixture(name: &str) -> Model {
    let path = format!("{}/fixtures/models/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    Model::from_toml(&fs::read_to_string(path).unwrap()).unwrap()
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn society(appraisal: &Appraisal, measure: Measure) -> Result<Decimal, Absence> {
    appraisal.measure(measure, Perspective::Society).unwrap().value
}

/// A programme of 10 that saves 10 − cost and is worth `wtp` to people.
fn programme(wtp: i64, cost: i64, more: &str) -> String {
    let saving = 10 - cost;
    format!(
        r#"
        impact = 1
        name = "Programme (illustrative)"
        country = "NO"
        currency = "NOK"
        price_year = 2024
        start = 2024
        conventions = {{ base = "sroi-practice" }}
        holders = [{{ id = "town", kind = "public", level = "municipality" }}, {{ id = "people", kind = "people" }}]
        costs = [{{ id = "team", payer = "town", amount = 10, year = 2024, source = "illustrative" }}]
        {more}
        [[outcomes]]
        id = "helped"
        holder = "people"
        nature = "event"
        quantity = 1
        [[outcomes.values]]
        id = "worth"
        kind = "social"
        value = {wtp}
        unit = "person"
        to = "people"
        [[outcomes.values]]
        id = "saving"
        kind = "fiscal"
        value = {saving}
        unit = "person"
        to = "town"
        "#
    )
}

/// Willingness to pay, net cost, and what the published code prints for the two.
const PUBLISHED: [(i64, i64, MvpfSign, Option<&str>); 9] = [
    (5, 2, MvpfSign::Ratio, Some("2.5")),
    (5, 0, MvpfSign::Infinite, None),
    (5, -3, MvpfSign::Infinite, None),
    (0, -3, MvpfSign::Infinite, None),
    (0, 2, MvpfSign::Ratio, Some("0")),
    (-1, 2, MvpfSign::Ratio, Some("-0.5")),
    (-1, 0, MvpfSign::MinusInfinite, None),
    (-2, -4, MvpfSign::HarmPerUnitSaved, Some("0.5")),
    (0, 0, MvpfSign::Infinite, None),
];

#[test]
fn models_have_the_published_signs() {
    for (wtp, cost, sign, value) in PUBLISHED {
        let text = programme(wtp, cost, "").replace(
            r#"base = "sroi-practice""#,
            r#"base = "sroi-practice", ratios = { nothing_for_nothing = "infinite" }"#,
        );
        let appraisal = Model::from_toml(&text).unwrap().appraise().unwrap();
        let found = appraisal.mvpf().unwrap();
        assert_eq!((found.sign, found.value), (sign, value.map(decimal)), "{wtp} over {cost}");
        assert_eq!(found.willingness_to_pay, Decimal::from(wtp));
        assert_eq!(found.net_cost, Decimal::from(cost));
        // 1 + (WTP − cost) / 10
        let cba = Decimal::ONE + Decimal::from(wtp - cost) / Decimal::TEN;
        assert_eq!(found.cba_ratio, Some(cba.normalize()), "{wtp} over {cost}");
        assert_eq!(society(&appraisal, Measure::CbaRatio), Ok(cba.normalize()));
        // Only a ratio over a cost is a figure: more of it is better.
        let figure = society(&appraisal, Measure::Mvpf);
        assert_eq!(figure.ok(), value.filter(|_| sign == MvpfSign::Ratio).map(decimal), "{wtp} over {cost}");
    }
}

#[test]
fn what_is_no_ratio_says_what_it_is() {
    let said = |wtp, cost| {
        let appraisal = Model::from_toml(&programme(wtp, cost, "")).unwrap().appraise().unwrap();
        society(&appraisal, Measure::Mvpf).unwrap_err().to_string()
    };
    assert_eq!(said(5, -3), "it is infinite: it pays for itself (willingness to pay 5, net public cost −3)");
    assert_eq!(
        said(-1, 0),
        "it is minus infinite: it harms (willingness to pay −1) and costs public budgets nothing, net"
    );
    assert_eq!(
        said(-2, -4),
        "it harms people to save money: 0.5 of harm for each unit saved, and less is better (willingness to pay −2, net \
         public cost −4)"
    );
    assert_eq!(said(0, 0), "it is not defined: nobody gains or loses, and public budgets pay nothing, net");
}

#[test]
fn every_holder_has_its_part_of_the_whole() {
    let appraisal = fixture("early-help").appraise().unwrap();
    let of = |measure, id: &str| appraisal.measure(measure, Perspective::named(id)).unwrap().value.unwrap();
    let families = of(Measure::WillingnessToPay, "families");
    let parts = families + of(Measure::WillingnessToPay, "centre") + of(Measure::WillingnessToPay, "fund");
    assert_eq!(parts, of(Measure::WillingnessToPay, "everybody"));
    // Society leaves out the fund, and what the families gain by undeclared work.
    let undeclared = of(Measure::PresentValueOutcomes, "everybody") - of(Measure::PresentValueOutcomes, "society");
    assert!(undeclared > Decimal::ZERO);
    let counted = parts - of(Measure::WillingnessToPay, "fund") - undeclared;
    assert_eq!(counted.normalize(), of(Measure::WillingnessToPay, "society"));
    let budgets = of(Measure::NetPublicCost, "municipality") + of(Measure::NetPublicCost, "state");
    assert_eq!(budgets, of(Measure::NetPublicCost, "society"));
    assert_eq!(budgets, of(Measure::NetPublicCost, "public"));
    assert_eq!(budgets, -of(Measure::Npv, "public"));
}

#[test]
fn willingness_to_pay_less_cost_is_the_net_gain_before_financing() {
    for name in ["sandefjord", "larvik", "beginner", "ips-employment", "effects"] {
        let model = fixture(name);
        let appraisal = model.appraise().unwrap();
        let sums = appraisal.sums(&Perspective::Society).unwrap();
        let financing = sums.financing.value().unwrap();
        let (Ok(wtp), Ok(cost)) =
            (society(&appraisal, Measure::WillingnessToPay), society(&appraisal, Measure::NetPublicCost))
        else {
            continue;
        };
        let npv = society(&appraisal, Measure::Npv).unwrap();
        assert_eq!(wtp - cost, npv + financing, "{name}");
    }
}

#[test]
fn a_mark_decides_what_is_willingness_to_pay() {
    let text = programme(6, 2, "");
    let marked = |mark: &str, switch: &str| {
        let text = text
            .replace("kind = \"social\"", &format!("kind = \"social\"\nwtp = \"{mark}\""))
            .replace(r#"base = "sroi-practice""#, &format!(r#"base = "sroi-practice"{switch}"#));
        society(&Model::from_toml(&text).unwrap().appraise().unwrap(), Measure::Mvpf)
    };
    let only_marked = ", ratios = { willingness_to_pay = \"marked-values\" }";
    assert_eq!(marked("convention", ""), Ok(decimal("3")));
    assert_eq!(marked("yes", ""), Ok(decimal("3")));
    assert_eq!(marked("no", ""), Ok(decimal("0")));
    assert_eq!(marked("convention", only_marked), Ok(decimal("0")));
    assert_eq!(marked("yes", only_marked), Ok(decimal("3")));
}

#[test]
fn a_budget_krone_buys_a_net_benefit() {
    // 6 for people less 2 net from the budget: 4 of net benefit for 2 kroner.
    let appraisal = Model::from_toml(&programme(6, 2, "")).unwrap().appraise().unwrap();
    assert_eq!(society(&appraisal, Measure::NetBenefitPerBudgetKrone), Ok(decimal("2")));
    let town = appraisal.measure(Measure::NetBenefitPerBudgetKrone, Perspective::named("town")).unwrap();
    assert_eq!(town.value, Ok(decimal("2")));
    let earning = Model::from_toml(&programme(6, -2, "")).unwrap().appraise().unwrap();
    assert_eq!(
        society(&earning, Measure::NetBenefitPerBudgetKrone).unwrap_err().to_string(),
        "there is no budget krone to divide by: public budgets gain (their net cost is −2)"
    );
}

#[test]
fn budgets_are_paid_back_by_their_own_savings() {
    let appraisal = fixture("early-help").appraise().unwrap();
    for holder in ["public", "municipality", "state"] {
        let perspective = Perspective::named(holder);
        let of = |measure| appraisal.measure(measure, perspective.clone()).unwrap().value;
        // Nothing but fiscal value reaches these budgets.
        assert_eq!(of(Measure::FiscalReturn).is_ok(), of(Measure::Irr).is_ok(), "{holder}");
        assert_eq!(of(Measure::FiscalPayback).ok(), of(Measure::Payback).ok(), "{holder}");
    }
    for holder in ["society", "everybody", "families"] {
        let none = appraisal.measure(Measure::FiscalPayback, Perspective::named(holder)).unwrap();
        let said = none.value.unwrap_err().to_string();
        assert!(said.starts_with(&format!("there is no budget for `{holder}`")), "{said}");
    }
}

#[test]
fn a_social_value_of_a_public_holder_pays_back_no_budget() {
    let text = programme(6, 2, "").replace("to = \"people\"", "to = \"town\"");
    let appraisal = Model::from_toml(&text).unwrap().appraise().unwrap();
    let of = |measure| appraisal.measure(measure, Perspective::named("town")).unwrap().value;
    assert_eq!(of(Measure::Payback), Ok(Decimal::ONE));
    assert_eq!(
        of(Measure::FiscalPayback).unwrap_err().to_string(),
        "it is not paid back by 2024: the cumulative net gain then stands at −2"
    );
}

#[test]
fn groups_add_up_to_their_holder() {
    let appraisal = fixture("early-help").appraise().unwrap();
    let rows = appraisal.groups().unwrap();
    let of = |measure| appraisal.measure(measure, Perspective::named("families")).unwrap().value.unwrap();
    for by in ["income", "place"] {
        let own: Vec<_> = rows.iter().filter(|row| row.by == by).collect();
        assert_eq!(own.iter().map(|row| row.net).sum::<Decimal>().normalize(), of(Measure::Npv), "{by}");
        assert_eq!(own.iter().map(|row| row.outcomes).sum::<Decimal>().normalize(), of(Measure::PresentValueOutcomes));
        assert_eq!(own.iter().map(|row| row.share).sum::<Decimal>(), Decimal::ONE, "{by}");
        assert_eq!(own.last().unwrap().group, None, "{by}: who is in no group");
    }
    let low = rows.iter().find(|row| row.group.as_deref() == Some("low-income")).unwrap();
    assert_eq!((low.share, low.people), (decimal("0.6"), Some(decimal("72"))));
}

#[test]
fn a_share_of_one_outcome_moves_that_outcome_only() {
    let model = fixture("early-help");
    let net = |model: &Model| {
        let rows = model.appraise().unwrap().groups().unwrap();
        rows.into_iter().find(|row| row.group.as_deref() == Some("middle-income")).unwrap().net
    };
    let work = |model: &Model| {
        let none = model.with("outcomes.back-at-work.quantity", 0).unwrap();
        net(model) - net(&none)
    };
    let doubled = model.with("groups.middle-income.shares.back-at-work", decimal("0.4")).unwrap();
    assert_eq!((work(&model) * Decimal::TWO).round_dp(6), work(&doubled).round_dp(6));
    assert_eq!(net(&model) - work(&model), net(&doubled) - work(&doubled));
}

#[test]
fn without_aversion_to_inequality_the_digits_are_the_unweighted_ones() {
    let model = fixture("early-help").with("weighting.elasticity", 0).unwrap();
    let appraisal = model.appraise().unwrap();
    for holder in ["society", "everybody", "public", "families", "centre", "fund"] {
        let of = |measure| appraisal.measure(measure, Perspective::named(holder)).unwrap().value;
        assert_eq!(of(Measure::WeightedNpv), of(Measure::Npv), "{holder}");
    }
}

#[test]
fn a_krone_to_those_with_little_counts_for_more() {
    let text = programme(6, 2, "").replace(
        "[[outcomes]]",
        r#"
        weighting = { elasticity = 2, median_income = 300, source = "illustrative" }
        groups = [{ id = "poor", holder = "people", share = 0.5, income = 150 }, { id = "rich", holder = "people", share = 0.25, income = 600 }]
        [[outcomes]]"#,
    );
    let appraisal = Model::from_toml(&text).unwrap().appraise().unwrap();
    // 0.5 · 4 + 0.25 · 0.25 + 0.25 · 1 = 2.3125 for each of six; the town's 2 count as they are.
    assert_eq!(society(&appraisal, Measure::WeightedNpv), Ok(decimal("11.875")));
    let weighted: Decimal = appraisal.groups().unwrap().iter().filter_map(|row| row.weighted).sum();
    assert_eq!(weighted.normalize(), decimal("12.375"), "12 for the poor and 0.375 for the rich");
}

#[test]
fn what_has_no_standing_is_left_out_of_society_and_in_for_everybody() {
    let model = fixture("early-help");
    let appraisal = model.appraise().unwrap();
    let of = |id: &str| appraisal.measure(Measure::Npv, Perspective::named(id)).unwrap().value.unwrap();
    let stand = model
        .with("holders.fund.standing", true)
        .and_then(|model| model.with("outcomes.back-at-work.values.undeclared-work.standing", true))
        .unwrap();
    let standing = stand.appraise().unwrap().measure(Measure::Npv, Perspective::Society).unwrap().value.unwrap();
    assert_eq!(of("everybody"), standing);
    assert_ne!(of("society"), standing);
    // What a holder gains does not hang on whether society counts it.
    let families = stand.appraise().unwrap().measure(Measure::Npv, Perspective::named("families")).unwrap().value;
    assert_eq!(Ok(of("families")), families);
}

#[test]
fn draws_of_both_sides_make_an_interval() {
    let model = fixture("early-help");
    let asked = [Measure::Mvpf, Measure::WillingnessToPay, Measure::NetPublicCost].map(Question::new);
    let simulated =
        model.simulate(&Simulation::new(20_000, Seed(7)).asking(asked), &mut |_| ControlFlow::Continue(())).unwrap();
    let found = simulated.mvpf(0.95).unwrap();
    let exact = model.appraise().unwrap().mvpf().unwrap();
    assert_eq!(found.point, exact.sign);
    assert_eq!(found.signs.iter().map(|sign| sign.draws).sum::<u64>(), 20_000);
    // A third of the draws pay for themselves, so that the interval has no upper end.
    assert_eq!(found.high, Bound::Infinite);
    let Bound::At(low) = found.low else { panic!("{found:?}") };
    let mean = found.ratio_of_means.unwrap();
    assert!(low < mean, "{low} {mean}");
    let ratio = simulated.measure(Measure::Mvpf, Perspective::Society).unwrap();
    // One number everywhere: by the ratios and by the two sides.
    let draws_of = |sign| found.signs.iter().find(|one| one.sign == sign).unwrap().draws;
    assert!(draws_of(MvpfSign::Infinite) > 0);
    assert_eq!(ratio.infinite(), (draws_of(MvpfSign::MinusInfinite), draws_of(MvpfSign::Infinite)));
    assert_eq!(ratio.undefined(), draws_of(MvpfSign::HarmPerUnitSaved) + draws_of(MvpfSign::Undefined));
    let of = |measure| simulated.measure(measure, Perspective::Society).unwrap().draws().unwrap().to_vec();
    let (willing, cost) = (of(Measure::WillingnessToPay), of(Measure::NetPublicCost));
    let above = willing
        .iter()
        .zip(&cost)
        .filter(|(willing, cost)| **willing >= 0.0 && **cost <= 0.0 || **cost > 0.0 && willing > cost);
    let chance = ratio.probability_above(1.0).unwrap().value;
    assert_eq!(chance, above.count() as f64 / ratio.defined() as f64);
    assert_eq!(ratio.quantile(0.975).unwrap().value, f64::INFINITY);
    assert_eq!(ratio.quantile(0.975).unwrap().standard_error, None);
    assert!(ratio.quantile(0.5).unwrap().value.is_finite());
    assert!((ratio.quantile(0.025).unwrap().value - low).abs() < 0.01);
    assert!(ratio.mean().unwrap_err().to_string().ends_with("`mvpf()` has the ratio of the means"));
    let other = model.simulate(&Simulation::new(10, Seed(7)).asking([Question::new(Measure::Npv)]), &mut |_| {
        ControlFlow::Continue(())
    });
    assert!(other.unwrap().mvpf(0.95).unwrap_err().to_string().contains("willingness_to_pay for society"));
}

#[test]
fn a_cost_that_rounding_alone_leaves_is_none_in_draws_too() {
    // 0.1 + 0.2 − 0.3 in three years of prices.
    let text = programme(5, 10, "").replace("amount = 10, year = 2024", "amount = 0.3, year = 2024").replace(
        "[[outcomes]]",
        r#"
        [[transfers]]
        id = "one"
        from = "people"
        to = "town"
        amount = 0.1
        year = 2024
        [[transfers]]
        id = "two"
        from = "people"
        to = "town"
        amount = 0.2
        year = 2024
        [[outcomes]]"#,
    );
    let model = Model::from_toml(&text).unwrap();
    let exact = model.appraise().unwrap().mvpf().unwrap();
    assert_eq!(exact.sign, MvpfSign::Infinite);
    let asked = [Measure::Mvpf, Measure::WillingnessToPay, Measure::NetPublicCost].map(Question::new);
    let simulated =
        model.simulate(&Simulation::new(3, Seed(1)).asking(asked), &mut |_| ControlFlow::Continue(())).unwrap();
    let ratio = simulated.measure(Measure::Mvpf, Perspective::Society).unwrap();
    assert_eq!((ratio.undefined(), ratio.infinite()), (0, (0, 3)));
    assert_eq!(ratio.range(), Ok((f64::INFINITY, f64::INFINITY)));
    assert_eq!(ratio.probability_above(1.0).unwrap().value, 1.0);
    assert_eq!(simulated.mvpf(0.95).unwrap().signs.iter().find(|one| one.draws > 0).unwrap().sign, exact.sign);
}

#[test]
fn groups_that_cannot_be_are_refused() {
    let refused = |groups: &str| {
        let text = programme(5, 2, "").replace("[[outcomes]]", &format!("{groups}\n[[outcomes]]"));
        Model::from_toml(&text).unwrap_err().to_string()
    };
    let group = |more: &str| format!("[[groups]]\nid = \"a\"\nholder = \"people\"\n{more}\n");
    assert!(refused(&group("")).contains("`share` or `size` is missing"));
    assert!(refused(&group("share = 1.5")).contains("share `1.5` is not between 0 and 1"));
    assert!(refused(&group("size = 5")).contains("how many people `people` is, is not known"));
    assert!(refused(&group("share = 0.5\nincom = 3")).contains("unknown key `incom`: did you mean `income`?"));
    assert!(refused(&group("share = 0.5").replace("people", "town")).contains("`town` is not people"));
    assert!(refused(&group("share = 0.5\nshares = { helpd = 0.2 }")).contains("did you mean `helped`?"));
    let second = |by: &str| format!("[[groups]]\nid = \"b\"\nholder = \"people\"\nshare = 0.6\n{by}\n");
    let sum = refused(&format!("{}{}", group("share = 0.5"), second("")));
    assert!(
        sum.contains("the groups of `people` by `group` come to 1.1: parts of one whole come to 1 at most"),
        "{sum}"
    );
    let of_one =
        refused(&format!("{}{}", group("share = 0.4\nshares = { helped = 0.8 }"), second("shares = { helped = 0.6 }")));
    assert!(of_one.contains("come to 1.4 of `helped`") && of_one.contains("groups.b (line"), "{of_one}");
    let rest = refused(&format!("{}{}", group("share = 0.4\nshares = { helped = 0.3 }"), second("")));
    assert!(rest.contains("are all there are, and come to 0.9 of `helped`: nobody is left"), "{rest}");
    let twice = format!("{}{}", group("share = 0.5\nincome = 3"), second("by = \"age\"\nincome = 4"));
    assert!(refused(&twice).contains("`people` has incomes by `group` and by `age`"));
    let weighted = "weighting = { elasticity = 1.3, median_income = 5 }".to_owned();
    assert!(refused(&weighted).contains("no group has an `income`"));
    assert!(refused("[weighting]\nelasticity = -1\n").contains("`median_income` is missing"));
}

#[test]
fn what_a_group_gains_is_marked_by_what_it_rests_on() {
    let groups = "[[groups]]\nid = \"a\"\nholder = \"people\"\nshare = 0.5\n\n[[groups]]\nid = \"b\"\nholder = \"people\"\nshare = 0.2\n";
    let marks = |quantity: &str, second: &str| {
        let groups = groups.replace("share = 0.2", &format!("share = 0.2{second}"));
        let text = programme(5, 2, "").replace("[[outcomes]]", &format!("{groups}\n[[outcomes]]"));
        let model = Model::from_toml(&text.replace("quantity = 1", quantity)).unwrap();
        model.appraise().unwrap().groups().unwrap().iter().map(|row| row.marks.illustrative).collect::<Vec<_>>()
    };
    assert_eq!(marks("quantity = 1", ""), [false; 3]);
    // What all of them gain rests on an invented quantity; what the others have, on an invented share of one of them.
    assert_eq!(marks("quantity = { value = 1, illustrative = true }", ""), [true; 3]);
    assert_eq!(marks("quantity = 1", "\nillustrative = true"), [false, true, true]);
}

/// A benefit of 5 over a cost of 10 less a saving from 0 to 20: infinite in the half of the draws in which it pays for itself.
fn half_infinite() -> Model {
    Model::from_toml(&programme(5, 0, "").replace("value = 10", "value = { uniform = [0, 20] }")).unwrap()
}

#[test]
fn what_is_infinite_has_a_rank_and_no_variance() {
    let question = Question::new(Measure::Mvpf);
    let on = &mut |_| ControlFlow::Continue(());
    let simulated = half_infinite().simulate(&Simulation::new(20_000, Seed(7)).asking([question.clone()]), on).unwrap();
    let infinite = simulated.answer(&question).unwrap().infinite().1;
    let found = simulated.influence(&question, on).unwrap();
    assert_eq!((found.draws, found.undefined, found.infinite), (20_000, 0, infinite));
    let reason = found.of[0].first_order.as_ref().unwrap_err().to_string();
    assert_eq!(reason, format!("outcome is infinite in {infinite} draws: there is no variance to explain"));
    assert!((9_700..10_300).contains(&infinite), "{infinite}");
    // Heights x − ½ below the middle, and ¼ for all above it: E fg = 7/96 = E g², E f² = 1/12, ρ = √(7/8).
    let rank = found.of[0].rank.as_ref().unwrap();
    assert!((rank.value - f64::sqrt(0.875)).abs() < 4.0 * rank.standard_error, "{rank:?}");
    assert_eq!((rank.draws, rank.undefined), (10_240, 0));
}

#[test]
fn harm_that_saves_money_is_not_put_in_order_with_what_pays_for_itself() {
    // Willingness to pay from −3 to 1 for a saving of 4: less harm is better, and no draw above zero a larger one.
    let text = programme(-1, -4, "").replace("value = -1", "value = { uniform = [-3, 1] }");
    let question = Question::new(Measure::Mvpf);
    let asked = [Measure::Mvpf, Measure::WillingnessToPay, Measure::NetPublicCost].map(Question::new);
    let on = &mut |_| ControlFlow::Continue(());
    let model = Model::from_toml(&text).unwrap();
    let simulated = model.simulate(&Simulation::new(1_000, Seed(7)).asking(asked), on).unwrap();
    let ratio = simulated.answer(&question).unwrap();
    assert!(ratio.infinite().1 > 200 && ratio.undefined() > 600);
    let said = ratio.probability_above(1.0).unwrap_err().to_string();
    assert_eq!(
        said,
        "`mvpf for society` has no order of its draws: it harms people to save money: 0.25 of harm for each unit saved, and less is \
         better (willingness to pay −1, net public cost −4); `mvpf()` has the share of the draws that are of each case"
    );
    assert_eq!(ratio.quantile(0.5).unwrap_err().to_string(), said);
    assert_eq!(simulated.influence(&question, on).unwrap_err().to_string(), said);
    assert_eq!(simulated.acceptability(&question, &[1.0], on).unwrap_err().to_string(), said);
    let row = SimulatedRow::of(&model, ratio);
    assert_eq!((row.summary, row.left_out), (None, None));
    assert!(
        row.absent
            .unwrap()
            .nb
            .unwrap()
            .starts_with("trekningene av `mvpf for society` kan ikke ordnes: tiltaket skader")
    );
    assert_eq!(simulated.mvpf(0.95).unwrap().point, MvpfSign::HarmPerUnitSaved);
}
