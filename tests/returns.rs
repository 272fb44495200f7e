//! Returns against mpmath's answers (fixtures/oracles/returns.json), and the laws every cash flow obeys.

use chrono::{Days, NaiveDate};
use impact_core::cash_flow::{
    CashFlowError, Crossing, DatedFlows, DatedSeries, DayCount, InternalRate, NoRate, PeriodicFlows, Root, irr_batch,
    xirr_batch, xirr_own_dates,
};
use impact_core::discount::{Schedule, Timing};
use impact_core::units::DiscountRate;
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;
use std::iter::zip;

/// Error of a simple rate relative to its growth. A rate is as good as the net present value tells it from its neighbours;
/// the hardest of these cases (six roots, 360 months) leave some thousand units in the last place.
const RATE: f64 = 1e-11;
/// The same for roots of higher multiplicity: the curve is flat there, and rounding moves a triple root by its cube root.
const MULTIPLE: f64 = 1e-5;
/// What is left of the net present value at a rate, over the present value of all flows regardless of sign.
const PUT_BACK: f64 = 1e-12;
/// Year fractions are one division, or the sum of two.
const YEARS: f64 = 1e-14;

fn oracle(part: &str) -> Vec<Value> {
    let answers: Value = serde_json::from_str(include_str!("../fixtures/oracles/returns.json")).unwrap();
    let cases = answers[part].as_array().unwrap().clone();
    assert!(!cases.is_empty());
    cases
}

fn list<T: std::str::FromStr<Err: std::fmt::Debug>>(values: &Value) -> Vec<T> {
    values.as_array().unwrap().iter().map(|value| value.as_str().unwrap().parse().unwrap()).collect()
}

fn float(value: &Value) -> f64 {
    value.as_str().unwrap().parse().unwrap()
}

fn close(growth: f64, expected: f64, tolerance: f64) -> bool {
    (growth - expected).abs() <= tolerance * expected
}

/// The net present value at a root over the present value of all flows regardless of sign, from its growth: next to −100 %
/// a float rate has lost the digits that its growth keeps.
fn put_back(root: &Root, times: &[f64], flows: &[f64]) -> f64 {
    let ends = (times.first().unwrap_or(&0.0), times.last().unwrap_or(&0.0));
    let origin = if root.force() < 0.0 { ends.1 } else { ends.0 };
    let present = zip(times, flows).map(|(time, flow)| flow * libm::exp((origin - time) * root.force()));
    let (net, gross) = present.fold((0.0, 0.0), |(net, gross), flow| (net + flow, gross + flow.abs()));
    net / gross
}

fn assert_put_back(status: &InternalRate, times: &[f64], flows: &[f64], name: &str) {
    for root in status.roots() {
        let left = put_back(root, times, flows);
        assert!(left.abs() <= PUT_BACK, "{name}: {left:e} is left at {}", root.rate());
    }
}

fn periods(flows: &[f64]) -> Vec<f64> {
    (0..flows.len()).map(|period| period as f64).collect()
}

#[test]
fn every_rate_of_periodic_flows_is_found_and_no_other() {
    for case in oracle("periodic") {
        let name = case["name"].as_str().unwrap();
        let flows: Vec<f64> = list(&case["flows"]);
        let alone = PeriodicFlows::new(list::<Decimal>(&case["flows"])).irr();
        let in_batch = irr_batch(flows.len(), &flows).unwrap().remove(0);
        let expected = case["roots"].as_array().unwrap();
        for status in [alone, in_batch] {
            assert_eq!(status.roots().len(), expected.len(), "{name}: {status:?} but {expected:?}");
            for (root, expected) in zip(status.roots(), expected) {
                let multiplicity = expected["multiplicity"].as_u64().unwrap();
                assert_eq!(root.crossing() == Crossing::Touches, multiplicity % 2 == 0, "{name}: {root:?}");
                let tolerance = if multiplicity > 1 { MULTIPLE } else { RATE };
                let (growth, wanted) = (root.growth(), float(&expected["growth"]));
                assert!(close(growth, wanted, tolerance), "{name}: growth {growth} is not {wanted}");
                let (rate, wanted) = (root.rate(), float(&expected["rate"]));
                assert!(
                    (rate - wanted).abs() <= tolerance * (1.0 + wanted) + f64::EPSILON,
                    "{name}: {rate}, not {wanted}"
                );
            }
            assert_put_back(&status, &periods(&flows), &flows, name);
        }
    }
}

#[test]
fn every_rate_of_dated_flows_is_found_and_no_other() {
    for case in oracle("dated") {
        let name = format!("{} {}", case["name"], case["day_count"]);
        let day_count = DayCount::named(case["day_count"].as_str().unwrap()).unwrap();
        let (dates, flows): (Vec<NaiveDate>, Vec<f64>) = (list(&case["dates"]), list(&case["flows"]));
        let years: Vec<f64> = list(&case["years"]);
        for (date, years) in zip(&dates, &years) {
            assert!((day_count.years(dates[0], *date) - years).abs() <= YEARS * years.max(1.0), "{name}: {date}");
        }
        let decimals = zip(dates.iter().copied(), list::<Decimal>(&case["flows"]));
        let statuses = [
            DatedFlows::new(decimals, day_count).unwrap().xirr(),
            xirr_batch(&dates, &flows, day_count).unwrap().remove(0),
            xirr_own_dates(&[DatedSeries { dates: &dates, flows: &flows }], day_count).unwrap().remove(0),
        ];
        let expected: Vec<f64> = list(&case["growths"]);
        for status in statuses {
            assert_eq!(status.roots().len(), expected.len(), "{name}: {status:?} but {expected:?}");
            for (root, expected) in zip(status.roots(), &expected) {
                assert!(close(root.growth(), *expected, RATE), "{name}: {} is not {expected}", root.growth());
            }
            assert_put_back(&status, &years, &flows, &name);
        }
    }
}

#[test]
fn mirr_agrees_with_its_definition_in_sixty_digits() {
    for case in oracle("mirr") {
        let flows = PeriodicFlows::new(list::<Decimal>(&case["flows"]));
        let mirr = flows.mirr(float(&case["finance"]), float(&case["reinvestment"])).unwrap();
        assert!((mirr - float(&case["mirr"])).abs() < 1e-14, "{case}: {mirr}");
    }
}

#[test]
fn the_equivalent_annual_value_agrees_with_the_annuity_in_sixty_digits() {
    for case in oracle("annual") {
        let rate = DiscountRate::new(case["rate"].as_str().unwrap().parse().unwrap()).unwrap();
        let flows = PeriodicFlows::new([case["npv"].as_str().unwrap().parse::<Decimal>().unwrap()]);
        let years = u32::try_from(case["years"].as_u64().unwrap()).unwrap();
        for (timing, name) in [(Timing::Start, "start"), (Timing::Middle, "middle"), (Timing::End, "end")] {
            let value = flows.equivalent_annual_value(&Schedule::flat(rate), years, timing).unwrap();
            let expected: Decimal = case[name].as_str().unwrap().parse().unwrap();
            assert!((value - expected).abs() < Decimal::new(1, 13), "{name}: {value} is not {expected}");
        }
    }
}

#[test]
fn zero_is_exactly_zero_where_flows_add_up_to_nothing() {
    let digits = ["-0.7", "0.1", "0.2", "0.4"].map(|flow| flow.parse::<Decimal>().unwrap());
    assert_eq!(PeriodicFlows::new(digits).irr().unique(), Some(0.0));
}

#[test]
fn each_reason_for_no_rate_is_told_apart() {
    let status = |flows: &[i32]| PeriodicFlows::new(flows.iter().map(|flow| Decimal::from(*flow))).irr();
    assert_eq!(status(&[]), InternalRate::None(NoRate::NoFlows));
    assert_eq!(status(&[0, 0]), InternalRate::None(NoRate::NoFlows));
    assert_eq!(status(&[0, 3, 4]), InternalRate::None(NoRate::OnlyReceived));
    assert_eq!(status(&[-3]), InternalRate::None(NoRate::OnlyPaid));
    assert_eq!(status(&[-100, 60, -10]), InternalRate::None(NoRate::NeverZero));
    // A tenth after one day is (1/10)^365 after a year: lower than any rate that is searched.
    let day = NaiveDate::default();
    let lost = [(day, Decimal::from(-100)), (day + Days::new(1), Decimal::from(10))];
    let lost = DatedFlows::new(lost, DayCount::Actual365).unwrap().xirr();
    assert_eq!(lost, InternalRate::None(NoRate::NeverZero));
}

#[test]
fn thirty_years_of_months_of_either_sign_are_solved_and_put_back() {
    let mut state = 3_u64;
    let flows = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as i32 % 100_000 - 50_000
    });
    let flows: Vec<i32> = flows.take(361).collect();
    let status = irr(&flows);
    assert_eq!(status.roots().len() % 2, changes_of_sign(&flows) % 2, "{status:?}");
    assert_put_back(&status, &periods(&floats(&flows)), &floats(&flows), "361 months");
}

#[test]
fn a_batch_says_of_each_series_what_it_is() {
    let dates: Vec<NaiveDate> = (2020..2024).map(|year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap()).collect();
    #[rustfmt::skip]
    let flows = [
        -100.0, 0.0, 0.0, 133.1, /**/ -1600.0, 10_000.0, -10_000.0, 0.0, /**/ 0.0, 0.0, 0.0, 0.0, /**/ 1.0, 0.0, 2.0, 0.0,
        -1.0, 0.0, 0.0, -2.0, /**/ -100.0, 60.0, -10.0, 0.0, /**/ 100.0, -50.0, -60.0, 0.0,
    ];
    let statuses = xirr_batch(&dates, &flows, DayCount::Actual365).unwrap();
    assert_eq!(statuses.len(), 7);
    assert!(matches!(statuses[0], InternalRate::Unique(root) if root.crossing() == Crossing::Falls));
    assert_eq!(statuses[1].roots().len(), 2);
    let nothing = [NoRate::NoFlows, NoRate::OnlyReceived, NoRate::OnlyPaid, NoRate::NeverZero];
    for (status, reason) in zip(&statuses[2..6], nothing) {
        assert_eq!(*status, InternalRate::None(reason));
    }
    assert!(matches!(statuses[6], InternalRate::Unique(root) if root.crossing() == Crossing::Rises));
}

#[test]
fn a_curve_that_is_level_at_zero_is_not_taken_for_its_root() {
    // By symmetry the slope is zero at a rate of zero, where the first step starts.
    let flows = [1.0, -37.29, 1.0, /* next */ -1.0, 37.29, -1.0];
    for status in irr_batch(3, &flows).unwrap() {
        let growths: Vec<f64> = status.roots().iter().map(Root::growth).collect();
        assert_eq!(growths.len(), 2);
        assert!((growths[0] * growths[1] - 1.0).abs() < 1e-12 && growths[1] > 37.0, "{growths:?}");
    }
}

#[test]
fn later_payments_at_the_end_give_two_rates_as_each_series_alone() {
    let mut state = 11_u64;
    let mut uniform = |low: f64, high: f64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let part = f64::from(u32::try_from(state >> 33).unwrap()) / f64::from(1_u32 << 31);
        ((low + (high - low) * part) * 100.0).round() / 100.0
    };
    let flows: Vec<f64> = (0..400 * 21).map(|at| if at % 21 == 0 { -1000.0 } else { uniform(-50.0, 200.0) }).collect();
    let statuses = irr_batch(21, &flows).unwrap();
    let mut two = 0;
    for (status, row) in zip(&statuses, flows.chunks(21)) {
        let alone = PeriodicFlows::new(row.iter().map(|flow| flow.to_string().parse().unwrap())).irr();
        assert!(same(status, &alone), "{status:?} but {alone:?}");
        let ways = |status: &InternalRate| status.roots().iter().map(Root::crossing).collect::<Vec<_>>();
        assert_eq!(ways(status), ways(&alone));
        assert_put_back(status, &periods(row), row, "later payments");
        two += usize::from(status.roots().len() == 2);
    }
    assert!(two > 40, "{two} series had two rates");
}

#[test]
fn dates_may_stand_in_any_order_and_repeat() {
    let day = |number| NaiveDate::default() + Days::new(number);
    let sorted = xirr_batch(&[day(0), day(365), day(730)], &[-100.0, 50.0, 70.0], DayCount::Actual365);
    let mixed = [day(730), day(0), day(365), day(0)];
    let flows = [70.0, -60.0, 50.0, -40.0];
    assert_eq!(xirr_batch(&mixed, &flows, DayCount::Actual365), sorted);
    let series = [DatedSeries { dates: &mixed, flows: &flows }];
    let own = xirr_own_dates(&series, DayCount::Actual365).unwrap();
    assert!((own[0].unique().unwrap() - sorted.unwrap()[0].unique().unwrap()).abs() < 1e-14);
}

#[test]
fn bad_input_is_refused_in_the_words_of_the_analyst() {
    let day = NaiveDate::default();
    let next = day + Days::new(1);
    let said = |error: CashFlowError| error.to_string();
    let batch = |flows: &[f64]| said(xirr_batch(&[day, next], flows, DayCount::Actual365).unwrap_err());
    let own = |dates: &[NaiveDate], flows: &[f64]| {
        said(xirr_own_dates(&[DatedSeries { dates, flows }], DayCount::Actual360).unwrap_err())
    };
    assert_eq!(batch(&[1.0, 2.0, 3.0]), "3 flows do not divide into series of 2");
    assert_eq!(batch(&[-1.0, 2.0, 3.0, f64::NAN]), "series 2: flow 2 `NaN` is not an amount between -1e300 and 1e300");
    assert_eq!(batch(&[f64::INFINITY, 2.0]), "series 1: flow 1 `inf` is not an amount between -1e300 and 1e300");
    assert_eq!(own(&[day], &[1.0, 2.0]), "series 1: 1 dates do not go with 2 flows: each flow needs its date");
    let one_day = "all flows fall on the same day as the day count `act/360` counts: no rate connects them";
    assert_eq!(own(&[day, day], &[-1.0, 2.0]), format!("series 1: {one_day}"));
    let flows = [(day, Decimal::ONE), (day, Decimal::TWO)];
    assert_eq!(said(DatedFlows::new(flows, DayCount::Actual360).unwrap_err()), one_day);
    let flows = PeriodicFlows::new([-1, 2].map(Decimal::from));
    for rate in [-1.0, f64::NAN, f64::INFINITY, -3.0] {
        let error = said(flows.npv_at(rate).unwrap_err());
        assert_eq!(error, format!("rate `{rate}` is not above -1 (a rate of 4 % is 0.04)"));
    }
    let paid = PeriodicFlows::new([Decimal::from(-1)]);
    assert_eq!(said(paid.mirr(0.1, 0.1).unwrap_err()), "mirr needs money received");
    assert_eq!(said(PeriodicFlows::new([]).moic().unwrap_err()), "moic needs money paid");
    assert_eq!(irr_batch(0, &[]), Ok(vec![]));
    assert_eq!(irr_batch(0, &[1.0]).map_err(said), Err("1 flows do not divide into series of 0".to_owned()));
}

/// Flows in whole hundredths, zeros among them.
fn amounts(most: usize) -> impl Strategy<Value = Vec<i32>> {
    prop::collection::vec(prop_oneof![1 => Just(0), 6 => -100_000..100_000_i32], 1..most)
}

fn decimals(flows: &[i32]) -> Vec<Decimal> {
    flows.iter().map(|flow| Decimal::new(i64::from(*flow), 2)).collect()
}

fn floats(flows: &[i32]) -> Vec<f64> {
    flows.iter().map(|flow| f64::from(*flow) / 100.0).collect()
}

fn changes_of_sign(flows: &[i32]) -> usize {
    let signs: Vec<i32> = flows.iter().filter(|flow| **flow != 0).map(|flow| flow.signum()).collect();
    zip(&signs, signs.iter().skip(1)).filter(|(left, right)| left != right).count()
}

fn irr(flows: &[i32]) -> InternalRate {
    PeriodicFlows::new(decimals(flows)).irr()
}

fn days_of(gaps: &[u16]) -> Vec<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(2001, 3, 9).unwrap();
    let days = gaps.iter().scan(0, |day, gap| {
        *day += u64::from(*gap);
        Some(*day)
    });
    days.map(|day| first + Days::new(day)).collect()
}

/// Whether two statuses have the same rates. Rates of steep or flat curves differ by what rounding leaves open.
fn same(left: &InternalRate, right: &InternalRate) -> bool {
    const FLAT: f64 = 1e-7;
    left.roots().len() == right.roots().len()
        && zip(left.roots(), right.roots()).all(|(left, right)| (left.force() - right.force()).abs() <= FLAT)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn the_present_value_at_an_internal_rate_is_zero(flows in amounts(40)) {
        let flows_in_floats = floats(&flows);
        for root in irr(&flows).roots() {
            let left = put_back(root, &periods(&flows_in_floats), &flows_in_floats);
            prop_assert!(left.abs() <= PUT_BACK, "{left:e} is left at {}", root.rate());
        }
    }

    #[test]
    fn rates_are_at_most_the_changes_of_sign_and_crossings_of_the_same_parity(flows in amounts(40)) {
        let changes = changes_of_sign(&flows);
        let status = irr(&flows);
        prop_assert!(status.roots().len() <= changes);
        let crossings = status.roots().iter().filter(|root| root.crossing() != Crossing::Touches).count();
        prop_assert_eq!(crossings % 2, changes % 2);
    }

    #[test]
    fn neighbouring_crossings_go_opposite_ways(flows in amounts(40)) {
        let status = irr(&flows);
        let ways: Vec<Crossing> =
            status.roots().iter().map(Root::crossing).filter(|way| *way != Crossing::Touches).collect();
        prop_assert!(zip(&ways, ways.iter().skip(1)).all(|(left, right)| left != right), "{ways:?}");
    }

    #[test]
    fn scaling_flows_or_turning_their_signs_leaves_the_rates(flows in amounts(25), factor in 1..1000_i64) {
        let status = irr(&flows);
        let times = |factor: i64| PeriodicFlows::new(decimals(&flows).into_iter().map(|f| f * Decimal::from(factor))).irr();
        prop_assert!(same(&status, &times(factor)));
        prop_assert!(same(&status, &times(-factor)));
    }

    #[test]
    fn a_zero_flow_changes_nothing(flows in amounts(25)) {
        let mut longer = flows.clone();
        longer.extend([0, 0]);
        prop_assert_eq!(irr(&flows), irr(&longer));
        let mut later = vec![0];
        later.extend(&flows);
        prop_assert!(same(&irr(&flows), &irr(&later)));
    }

    #[test]
    fn moving_all_dates_leaves_the_rate_by_actual_days(flows in amounts(12), gaps in prop::collection::vec(1..900_u16, 12), shift in 0..4000_u64) {
        let dates = days_of(&gaps);
        let xirr = |shift: u64| {
            let moved = dates.iter().map(|date| *date + Days::new(shift));
            DatedFlows::new(zip(moved, decimals(&flows)), DayCount::Actual365).unwrap().xirr()
        };
        prop_assert_eq!(xirr(0), xirr(shift));
    }

    #[test]
    fn a_batch_says_what_each_series_says_alone(
        rows in prop::collection::vec(prop::collection::vec(-100_000..100_000_i32, 6), 1..11),
        stakes in any::<bool>(),
        gaps in prop::collection::vec(1..900_u16, 6),
    ) {
        // Half of the time ordinary investments, so that the quick way is tried as well as the sure one.
        let rows: Vec<Vec<i32>> = rows.into_iter().map(|row| match stakes {
            // The last flow is a payment half of the time, which makes two rates.
            true => row.iter().enumerate().map(|(place, flow)| match place {
                0 => -flow.abs(),
                5 => *flow,
                _ => flow.abs(),
            }).collect(),
            false => row,
        }).collect();
        let dates = days_of(&gaps);
        let flows: Vec<f64> = rows.iter().flat_map(|row| floats(row)).collect();
        let common = xirr_batch(&dates, &flows, DayCount::Actual365).unwrap();
        let series: Vec<DatedSeries<'_>> = flows.chunks(6).map(|flows| DatedSeries { dates: &dates, flows }).collect();
        let own = xirr_own_dates(&series, DayCount::Actual365).unwrap();
        let years: Vec<f64> = dates.iter().map(|date| DayCount::Actual365.years(dates[0], *date)).collect();
        for (row, (common, own)) in zip(&rows, zip(common, own)) {
            let alone = DatedFlows::new(zip(dates.iter().copied(), decimals(row)), DayCount::Actual365).unwrap().xirr();
            prop_assert!(same(&common, &alone), "{common:?} but {alone:?}");
            prop_assert!(same(&own, &alone), "{own:?} but {alone:?}");
            for root in common.roots().iter().chain(own.roots()) {
                let left = put_back(root, &years, &floats(row));
                prop_assert!(left.abs() <= PUT_BACK, "{left:e} is left at {}", root.rate());
            }
        }
    }

    #[test]
    fn the_exact_present_value_agrees_with_the_float(flows in amounts(40), rate in 0..1000_i64) {
        let decimal_rate = Decimal::new(rate, 3);
        let flows = PeriodicFlows::new(decimals(&flows));
        let exact = flows.npv(&Schedule::flat(DiscountRate::new(decimal_rate).unwrap())).unwrap();
        let float = flows.npv_at(rate as f64 / 1000.0).unwrap();
        let exact: f64 = exact.try_into().unwrap();
        prop_assert!((exact - float).abs() <= 1e-8, "{exact} and {float}");
    }
}
