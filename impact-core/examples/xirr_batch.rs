//! Internal rates of many series in one call: `cargo run --release -p impact-core --example xirr_batch -- xirr flows.bin dates.txt`.
//!
//! The first file holds the series one after the other as little-endian floats, the second a date on each line: `xirr` is on
//! these dates, `irr` by as many periods. Prints how many series have one rate, several and none, and the sum of the single ones. `benches/compare.py` runs it.

use chrono::NaiveDate;
use impact_core::cash_flow::{DayCount, InternalRate, irr_batch, xirr_batch};
use std::error::Error;
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let answer = match words.as_slice() {
        [kind, path, dates] => run(kind, path, dates),
        _ => Err("three words are needed: xirr or irr, a file of flows, and a file of dates".into()),
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

fn run(kind: &str, path: &str, dates: &str) -> Result<String, Box<dyn Error>> {
    let dates = std::fs::read_to_string(dates)?;
    let dates = dates.split_whitespace().map(str::parse).collect::<Result<Vec<NaiveDate>, _>>()?;
    let bytes = std::fs::read(path)?;
    let flows: Vec<f64> =
        bytes.chunks_exact(8).filter_map(|bytes| bytes.try_into().ok()).map(f64::from_le_bytes).collect();
    let rates = match kind {
        "xirr" => xirr_batch(&dates, &flows, DayCount::Actual365)?,
        "irr" => irr_batch(dates.len(), &flows)?,
        other => return Err(format!("`{other}` is neither xirr nor irr").into()),
    };
    let count = |wanted: fn(&InternalRate) -> bool| rates.iter().filter(|rate| wanted(rate)).count();
    let one = count(|rate| matches!(rate, InternalRate::Unique(_)));
    let several = count(|rate| matches!(rate, InternalRate::Several(_)));
    let sum: f64 = rates.iter().filter_map(InternalRate::unique).sum();
    Ok(format!("one {one} several {several} none {} sum {sum:.9}", rates.len() - one - several))
}
