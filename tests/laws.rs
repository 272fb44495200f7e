//! Laws: what must hold for every model, tried on random ones.

mod common;
mod random_model;

use impact_core::Model;
use impact_core::evaluation::{Line, Party, Posting, Sums};
use impact_core::model::{Measure, Perspective};
use impact_core::number::{Exact, Lanes, Number};
use proptest::prelude::*;
use random_model::{Adjusted, EffectText, ModelText, model_text};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What rounding may add up to: each posting is rounded at the twelfth decimal, at most this often on its way into a sum.
const ROUNDINGS: usize = 4;
/// A ratio of two such sums, of the sizes tried here.
const RATIO: Decimal = Decimal::from_parts(1, 0, 0, false, 9);

/// Half a unit of the twelfth decimal for every rounding of a ledger, and room to spare.
fn room(postings: usize) -> Decimal {
    Decimal::new(1, 12) * Decimal::from(ROUNDINGS * postings)
}

/// Floats against decimals: the plan's constants are rounded to 53 bits once, and every sum adds rounding of its own.
const RELATIVE: f64 = 1e-9;

fn read(text: &ModelText) -> Model {
    let document = text.to_string();
    Model::from_toml(&document).unwrap_or_else(|error| panic!("{error}\n{document}"))
}

fn perspectives(model: &Model) -> Vec<Perspective> {
    let holders = model.holders().iter().map(|holder| Perspective::Holder(holder.id.clone()));
    [Perspective::Society, Perspective::Public].into_iter().chain(holders).collect()
}

fn value(model: &Model, measure: Measure, perspective: Perspective) -> Option<Decimal> {
    model.appraise().unwrap().measure(measure, perspective).unwrap().value.ok()
}

fn close(exact: Exact, float: f64, scale: f64) -> bool {
    let exact: f64 = exact.value().unwrap().try_into().unwrap();
    (exact - float).abs() <= RELATIVE * scale.max(1.0)
}

fn sums_agree(exact: &Sums<Exact>, float: &Sums<f64>, scale: f64) -> bool {
    close(exact.outcomes, float.outcomes, scale)
        && close(exact.claims, float.claims, scale)
        && close(exact.cashable, float.cashable, scale)
        && close(exact.inputs, float.inputs, scale)
        && close(exact.transfers, float.transfers, scale)
        && close(exact.financing, float.financing, scale)
}

fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut state = seed | 1;
    for position in (1..items.len()).rev() {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        items.swap(position, (state >> 33) as usize % (position + 1));
    }
}

fn grouped<T>(items: &[T], key: impl Fn(&T) -> i32, value: impl Fn(&T) -> Exact) -> BTreeMap<i32, Exact> {
    let mut groups = BTreeMap::new();
    for item in items {
        let sum = groups.entry(key(item)).or_insert(Exact::ZERO);
        *sum = *sum + value(item);
    }
    groups
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn holders_add_up_to_society_before_financing_cost(text in model_text()) {
        let appraisal = read(&text.where_transfers_cancel()).appraise().unwrap();
        let society = appraisal.sums(&Perspective::Society).unwrap();
        let holders = appraisal.model().holders().iter();
        let total: Exact = holders
            .map(|holder| appraisal.sums(&Perspective::Holder(holder.id.clone())).unwrap().net())
            .sum();
        prop_assert_eq!(total, society.net() + society.financing);
    }

    #[test]
    fn parts_add_up_to_the_last_digit_over_any_partition_in_any_order(text in model_text(), seed in any::<u64>()) {
        let appraisal = read(&text.where_transfers_cancel()).appraise().unwrap();
        let mut entries: Vec<_> = appraisal.ledger().entries().collect();
        shuffle(&mut entries, seed);
        // What everybody gains by a posting: whoever it goes to gains, whoever it comes from loses.
        let gain = |(line, posting): &(&Line, &Posting)| {
            let ends = i32::from(line.to.is_some()) - i32::from(line.from.is_some());
            Exact::whole(if posting.turned { -ends } else { ends }) * Exact::from(posting.present_value)
        };
        let whole = appraisal.sums(&Perspective::Society).unwrap().net();
        let by_year = grouped(&entries, |(_, posting)| posting.year.number(), gain);
        let by_outcome = grouped(&entries, |(line, _)| line.outcome.map_or(-1, |outcome| outcome as i32), gain);
        let by_payer = grouped(&entries, |(line, _)| match line.from {
            Some(Party::Holder(holder)) => holder.position() as i32,
            Some(Party::Society) => -2,
            None => -1,
        }, gain);
        let at_random = grouped(&entries, |(line, posting)| (posting.year.number() + line.cause.as_str().len() as i32) % 3, gain);
        for parts in [by_year, by_outcome, by_payer, at_random] {
            prop_assert_eq!(parts.into_values().sum::<Exact>(), whole);
        }
    }

    #[test]
    fn a_transfer_never_changes_society_before_financing_cost(text in model_text(), amount in 1u32..2_000_000) {
        let with = ModelText { grant: Some(amount), ..text.clone() };
        let without = ModelText { grant: None, ..text };
        let net = |text: &ModelText| {
            let sums = read(text).appraise().unwrap().sums(&Perspective::Society).unwrap();
            sums.net() + sums.financing
        };
        prop_assert_eq!(net(&with), net(&without));
        let people = Perspective::Holder("people".to_owned());
        prop_assert!(value(&read(&with), Measure::Npv, people.clone()) > value(&read(&without), Measure::Npv, people));
    }

    #[test]
    fn doubling_every_amount_doubles_the_npv_and_leaves_the_ratios(text in model_text()) {
        let doubled = read(&ModelText { scale: text.scale * 2, ..text.clone() });
        let single = read(&text);
        for perspective in perspectives(&single) {
            let once = value(&single, Measure::Npv, perspective.clone()).unwrap();
            let twice = value(&doubled, Measure::Npv, perspective.clone()).unwrap();
            // Each posting is rounded at the twelfth decimal; twice a rounded number may differ there.
            let room = room(single.appraise().unwrap().ledger().postings().len());
            prop_assert!((once * Decimal::TWO - twice).abs() <= room, "{once} and {twice}");
        }
        let ratio = |model: &Model| value(model, Measure::SroiRatio, Perspective::Society);
        if let (Some(once), Some(twice)) = (ratio(&single), ratio(&doubled)) {
            prop_assert!((once - twice).abs() <= RATIO, "{once} and {twice}");
        }
    }

    #[test]
    fn overriding_an_address_equals_editing_the_text(text in model_text(), deadweight in 0u32..=100) {
        let edited = ModelText { deadweight, ..text.clone() };
        let overridden = read(&text).with("outcomes.change.deadweight", Decimal::new(deadweight.into(), 2)).unwrap();
        let edited = read(&edited);
        prop_assert_eq!(overridden.hash(), edited.hash());
        for perspective in perspectives(&edited) {
            let npv = |model: &Model| value(model, Measure::Npv, perspective.clone());
            prop_assert_eq!(npv(&overridden), npv(&edited));
        }
    }

    #[test]
    fn floats_and_lanes_agree_with_the_ledger(text in model_text()) {
        let model = read(&text);
        let appraisal = model.appraise().unwrap();
        let float = model.fast_totals::<f64>().unwrap();
        let lanes = model.fast_totals::<Lanes<4>>().unwrap();
        let turnover: f64 = appraisal.ledger().postings().iter()
            .map(|posting| f64::try_from(posting.present_value).unwrap())
            .sum();
        for perspective in perspectives(&model) {
            let exact = appraisal.sums(&perspective).unwrap();
            prop_assert!(sums_agree(&exact, &float.sums(&perspective).unwrap(), turnover));
            let lanes = lanes.sums(&perspective).unwrap();
            let npv = float.sums(&perspective).unwrap().net();
            prop_assert!(lanes.net().0.iter().all(|lane| *lane == npv), "every lane runs the same formula");
        }
    }

    #[test]
    fn the_ledger_and_exact_totals_agree(text in model_text()) {
        let model = read(&text);
        let appraisal = model.appraise().unwrap();
        let totals = model.fast_totals::<Exact>().unwrap();
        for perspective in perspectives(&model) {
            let (ledger, totals) = (appraisal.sums(&perspective).unwrap(), totals.sums(&perspective).unwrap());
            let difference = (ledger.net() - totals.net()).value().unwrap().abs();
            let room = room(appraisal.ledger().postings().len());
            prop_assert!(difference <= room, "{difference}");
        }
    }

    #[test]
    fn financing_cost_is_its_rate_times_net_public_outlay(text in model_text()) {
        let model = read(&ModelText { convention: "norway-r109-2021", ..text });
        let appraisal = model.appraise().unwrap();
        let rate = Exact::from(model.convention().financing.value());
        let public = appraisal.sums(&Perspective::Public).unwrap();
        let financing = appraisal.sums(&Perspective::Society).unwrap().financing;
        let difference = (Exact::zero() - public.net()) * rate - financing;
        let room = room(appraisal.ledger().postings().len());
        prop_assert!(difference.value().unwrap().abs() <= room);
    }

    #[test]
    fn both_forms_keep_every_digit_and_the_hash(text in model_text()) {
        let model = read(&text);
        let json = Model::from_json(&model.to_json()).unwrap();
        let toml = Model::from_toml(&json.to_toml()).unwrap();
        prop_assert_eq!(model.hash(), json.hash());
        prop_assert_eq!(model.hash(), toml.hash());
        let points = |model: &Model| model.assumptions().iter().map(|number| number.point).collect::<Vec<_>>();
        prop_assert_eq!(points(&model), points(&toml));
    }

    #[test]
    fn units_are_linear_in_the_population(text in model_text()) {
        let doubled = EffectText { population: text.effect.population * 2, ..text.effect.clone() };
        let once = read(&text).appraise().unwrap();
        let twice = read(&ModelText { effect: doubled, ..text }).appraise().unwrap();
        for (once, twice) in once.outcome_units().iter().zip(twice.outcome_units()).skip(2) {
            for ((_, once), (_, twice)) in once.by_year.iter().zip(&twice.by_year) {
                prop_assert!((once * Decimal::TWO - twice).abs() <= room(1), "{once} and {twice}");
            }
        }
    }

    #[test]
    fn turning_what_is_wanted_turns_every_unit(text in model_text()) {
        let turned = EffectText { decrease: !text.effect.decrease, ..text.effect.clone() };
        let (one, other) = (read(&text), read(&ModelText { effect: turned, ..text }));
        let units = |model: &Model| {
            let appraisal = model.appraise().unwrap();
            appraisal.outcome_units().iter().skip(2).flat_map(|units| units.by_year.clone()).collect::<Vec<_>>()
        };
        prop_assert!(units(&one).iter().zip(units(&other)).all(|(one, other)| one.1 == -other.1));
    }

    #[test]
    fn a_constant_path_lasts_as_a_duration_does(text in model_text(), tenths in 1u32..90, level in 0u32..=100) {
        let effect = EffectText { path: vec![(1, 100 + level), (tenths, 100 + level)], ..text.effect.clone() };
        let points = read(&ModelText { effect, ..text.clone() });
        let moved = points.with("outcomes.path.quantity.effect.path.0.at", 0).unwrap();
        let moved = moved.with("outcomes.path.quantity.effect.path.1.at", Decimal::new(tenths.into(), 1)).unwrap();
        let sign = if text.effect.decrease { Decimal::NEGATIVE_ONE } else { Decimal::ONE };
        let adjusted = Adjusted { leakage: None, substitution: None, multiplier: None, repriced: None, ..text.adjusted.clone() };
        let plain = ModelText { adjusted, quantity: text.effect.population, duration: tenths, drop_off: 0, lag: 0, years: 1, deadweight: 0, displacement: (0, false), ..text };
        let by_year = |model: &Model, outcome: usize| model.appraise().unwrap().outcome_units()[outcome].by_year.clone();
        let share = sign * Decimal::new(level.into(), 2);
        for ((_, path), (_, plain)) in by_year(&moved, 3).iter().zip(by_year(&read(&plain), 0)) {
            prop_assert!((path - plain * share).abs() <= room(1), "{path} and {plain} × {share}");
        }
    }
}
