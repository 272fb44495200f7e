//! Internal rates of many series in one call: `cargo run --release -p impact-core --example xirr_batch -- xirr flows.bin 21`.
//!
//! The file holds the series one after the other as little-endian floats, `xirr` on every first of January from 2005, `irr` by
//! period. Prints how many series have one rate, several and none, and the sum of the single ones. `benches/compare.py` runs it.

use chrono::NaiveDate;
use impact_core::cash_flow::{DayCount, InternalRate, irr_batch, xirr_batch};
use std::error::Error;
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let answer = match words.as_slice() {
        [kind, path, width] => run(kind, path, width),
        _ => Err("three words are needed: xirr or irr, a file of flows, and flows per series".into()),
    };
    match answer {
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

fn run(kind: &str, path: &str, width: &str) -> Result<String, Box<dyn Error>> {
    let width: usize = width.parse()?;
    let bytes = std::fs::read(path)?;
    let flows: Vec<f64> =
        bytes.chunks_exact(8).filter_map(|bytes| bytes.try_into().ok()).map(f64::from_le_bytes).collect();
    let rates = match kind {
        "xirr" => {
            let days = (2005..).take(width).filter_map(|year| NaiveDate::from_ymd_opt(year, 1, 1));
            xirr_batch(&days.collect::<Vec<_>>(), &flows, DayCount::Actual365)?
        }
        "irr" => irr_batch(width, &flows)?,
        other => return Err(format!("`{other}` is neither xirr nor irr").into()),
    };
    let count = |wanted: fn(&InternalRate) -> bool| rates.iter().filter(|rate| wanted(rate)).count();
    let one = count(|rate| matches!(rate, InternalRate::Unique(_)));
    let several = count(|rate| matches!(rate, InternalRate::Several(_)));
    let sum: f64 = rates.iter().filter_map(InternalRate::unique).sum();
    Ok(format!("one {one} several {several} none {} sum {sum:.9}", rates.len() - one - several))
}
