//! Internal rates of many made-up series in one call: `cargo run --release -p impact-core --example xirr_batch -- 100000 21 7`.
//!
//! Prints how many series have one rate, several and none, and the sum of the single ones.

use chrono::NaiveDate;
use impact_core::cash_flow::{DayCount, InternalRate, xirr_batch};
use std::error::Error;
use std::process::ExitCode;

fn main() -> ExitCode {
    let numbers: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let [series, width, seed] =
        [(0, 100_000), (1, 21), (2, 7)].map(|(place, usual)| *numbers.get(place).unwrap_or(&usual));
    match run(series, width, seed as u64) {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run(series: usize, width: usize, seed: u64) -> Result<String, Box<dyn Error>> {
    let years = 2005..2005 + i32::try_from(width)?;
    let dates: Vec<NaiveDate> = years.filter_map(|year| NaiveDate::from_ymd_opt(year, 1, 1)).collect();
    let flows = made_up(series, width, seed);
    let rates = if series == 0 { Vec::new() } else { xirr_batch(&dates, &flows, DayCount::Actual365)? };
    let (mut one, mut several, mut none, mut sum) = (0, 0, 0, 0.0);
    for rate in &rates {
        match rate {
            InternalRate::Unique(root) => {
                one += 1;
                sum += root.rate();
            }
            InternalRate::Several(_) => several += 1,
            InternalRate::None(_) => none += 1,
        }
    }
    Ok(format!("one {one} several {several} none {none} sum {sum:.9}"))
}

/// A stake of 1,000, then receipts between 0 and 200: the same numbers as in `benches/peers`.
fn made_up(series: usize, width: usize, seed: u64) -> Vec<f64> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        200.0 * ((state >> 33) as f64 / f64::from(1_u32 << 31))
    };
    (0..series)
        .flat_map(|_| (0..width).map(|column| if column == 0 { -1000.0 } else { next() }).collect::<Vec<_>>())
        .collect()
}
