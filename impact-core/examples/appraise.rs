//! Values a model document and prints its figures: `cargo run -p impact-core --example appraise -- fixtures/models/sandefjord.toml`.

use impact_core::Model;
use impact_core::analysis::BreakEvenQuestion;
use impact_core::model::{Measure, Perspective};
use std::error::Error;
use std::process::ExitCode;

fn main() -> ExitCode {
    let path = std::env::args().nth(1).unwrap_or_else(|| "fixtures/models/sandefjord.toml".to_owned());
    match appraise(&path) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn appraise(path: &str) -> Result<(), Box<dyn Error>> {
    let model = Model::from_toml(&std::fs::read_to_string(path)?)?;
    let appraisal = model.appraise()?;
    println!("{}", model.name());
    for perspective in ["society", "public"] {
        println!("\nseen by {perspective}");
        for measure in Measure::all() {
            let figure = appraisal.measure(measure, Perspective::named(perspective))?;
            match figure.value {
                Ok(value) => println!("  {measure:<24} {:>18} {}", value.round_dp(2), figure.unit),
                Err(absence) => println!("  {measure:<24} {absence}"),
            }
        }
    }
    for question in model.questions() {
        let asked = BreakEvenQuestion::new(question.break_even.clone(), question.question.clone());
        let answer = model.break_even(&asked.with_target(question.target))?;
        let values: Vec<_> = answer.crossings.iter().map(|crossing| crossing.value.to_string()).collect();
        println!("\n{}: {} at {}", question.id, answer.asked, values.join(", "));
    }
    for finding in appraisal.findings() {
        println!("\n{finding}");
    }
    Ok(())
}
