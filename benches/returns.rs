//! Internal rates of 100,000 series of 21 flows: common dates, periods, dates of their own, and series that need proofs.
//!
//! Run with `make bench` or `cargo bench --bench returns`.

use chrono::{Days, NaiveDate};
use divan::{Bencher, black_box};
use impact_core::cash_flow::{DatedSeries, DayCount, irr_batch, xirr_batch, xirr_own_dates};

const SERIES: usize = 100_000;
const WIDTH: usize = 21;

fn main() {
    divan::main();
}

/// Uniform numbers between 0 and 1.
struct Uniform(u64);

impl Uniform {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / f64::from(1_u32 << 31)
    }
}

/// A stake of 1,000 and later flows between two amounts.
fn flows(low: f64, high: f64) -> Vec<f64> {
    let mut uniform = Uniform(7);
    let flow = |place: usize| if place.is_multiple_of(WIDTH) { -1000.0 } else { low + (high - low) * uniform.next() };
    (0..SERIES * WIDTH).map(flow).collect()
}

fn day(number: u64) -> NaiveDate {
    NaiveDate::default() + Days::new(number)
}

fn first_of_january() -> Vec<NaiveDate> {
    (2005..).take(WIDTH).filter_map(|year| NaiveDate::from_ymd_opt(year, 1, 1)).collect()
}

#[divan::bench]
fn xirr_on_common_yearly_dates(bencher: Bencher) {
    let (dates, flows) = (first_of_january(), flows(0.0, 200.0));
    bencher.bench(|| xirr_batch(black_box(&dates), black_box(&flows), DayCount::Actual365));
}

#[divan::bench]
fn xirr_on_common_irregular_dates(bencher: Bencher) {
    let dates: Vec<NaiveDate> = (0..).take(WIDTH).map(|place| day(place * 350 + place * place)).collect();
    let flows = flows(0.0, 200.0);
    bencher.bench(|| xirr_batch(black_box(&dates), black_box(&flows), DayCount::Actual365));
}

#[divan::bench]
fn irr_of_periods(bencher: Bencher) {
    let flows = flows(0.0, 200.0);
    bencher.bench(|| irr_batch(WIDTH, black_box(&flows)));
}

#[divan::bench]
fn irr_with_some_later_payments(bencher: Bencher) {
    let flows = flows(-50.0, 200.0);
    bencher.bench(|| irr_batch(WIDTH, black_box(&flows)));
}

#[divan::bench(sample_count = 5)]
fn irr_of_signs_at_random(bencher: Bencher) {
    let flows = flows(-200.0, 200.0);
    bencher.bench(|| irr_batch(WIDTH, black_box(&flows)));
}

#[divan::bench]
fn xirr_on_dates_of_their_own(bencher: Bencher) {
    let mut uniform = Uniform(11);
    let dates: Vec<NaiveDate> =
        (0..SERIES * WIDTH).map(|place| day((place % WIDTH) as u64 * 365 + (300.0 * uniform.next()) as u64)).collect();
    let flows = flows(0.0, 200.0);
    let series: Vec<DatedSeries<'_>> =
        dates.chunks(WIDTH).zip(flows.chunks(WIDTH)).map(|(dates, flows)| DatedSeries { dates, flows }).collect();
    bencher.bench(|| xirr_own_dates(black_box(&series), DayCount::Actual365));
}
