//! What users of Rust run for the map: rand_distr in a loop. `rand-distr-map MODEL CONVENTIONS DRAWS`; 0 draws: start-up.

use rand::SeedableRng;
use rand::rngs::SmallRng;
use rand_distr::{Beta, Distribution, LogNormal};
use std::error::Error;
use toml::{Table, Value};

/// A beta distribution between two points.
struct Pert {
    low: f64,
    width: f64,
    share: Beta<f64>,
}

struct Outcome {
    quantity: Pert,
    deadweight: Beta<f64>,
    others: Beta<f64>,
    drop_off: Beta<f64>,
    value: LogNormal<f64>,
}

impl Pert {
    fn read(written: &Value) -> Result<Self, Box<dyn Error>> {
        let points = at(written, &["pert"])?.as_array().ok_or("pert is a list")?;
        let points = points.iter().map(number).collect::<Result<Vec<_>, _>>()?;
        let [low, mode, high] = points[..] else { return Err("pert has three points".into()) };
        let width = high - low;
        let share = Beta::new(1.0 + 4.0 * (mode - low) / width, 1.0 + 4.0 * (high - mode) / width)?;
        Ok(Self { low, width, share })
    }

    fn draw(&self, random: &mut SmallRng) -> f64 {
        self.low + self.width * self.share.sample(random)
    }
}

impl Outcome {
    fn read(written: &Value) -> Result<Self, Box<dyn Error>> {
        let value = at(at(written, &["values"])?.get(0).ok_or("a value")?, &["value"])?;
        Ok(Self {
            quantity: Pert::read(at(written, &["quantity"])?)?,
            deadweight: beta(at(written, &["deadweight"])?)?,
            others: beta(at(written, &["attribution", "others"])?)?,
            drop_off: beta(at(written, &["drop_off"])?)?,
            value: lognormal(value)?,
        })
    }

    /// The present value of one draw, discounted from the last year to the first.
    fn worth(&self, years: i64, rate: f64, random: &mut SmallRng) -> f64 {
        let units =
            self.quantity.draw(random) * (1.0 - self.deadweight.sample(random)) * (1.0 - self.others.sample(random));
        let left = (1.0 - self.drop_off.sample(random)) / (1.0 + rate);
        let present = (1..years).fold(1.0, |sum, _| 1.0 + sum * left);
        units * present * self.value.sample(random)
    }
}

fn at<'v>(value: &'v Value, path: &[&str]) -> Result<&'v Value, String> {
    path.iter().try_fold(value, |value, key| value.get(key)).ok_or_else(|| format!("no {}", path.join(".")))
}

fn number(value: &Value) -> Result<f64, String> {
    value
        .as_float()
        .or_else(|| value.as_integer().map(|whole| whole as f64))
        .ok_or_else(|| format!("{value}: no number"))
}

fn mean_and_sd(written: &Value, shape: &str) -> Result<(f64, f64), String> {
    Ok((number(at(written, &[shape, "mean"])?)?, number(at(written, &[shape, "sd"])?)?))
}

fn beta(written: &Value) -> Result<Beta<f64>, Box<dyn Error>> {
    let (mean, sd) = mean_and_sd(written, "beta")?;
    let size = mean * (1.0 - mean) / (sd * sd) - 1.0;
    Ok(Beta::new(mean * size, (1.0 - mean) * size)?)
}

fn lognormal(written: &Value) -> Result<LogNormal<f64>, Box<dyn Error>> {
    let (mean, sd) = mean_and_sd(written, "lognormal")?;
    Ok(LogNormal::from_mean_cv(mean, sd / mean)?)
}

fn parsed(path: &str) -> Result<Value, Box<dyn Error>> {
    Ok(Value::Table(std::fs::read_to_string(path)?.parse::<Table>()?))
}

fn quantile(values: &mut [f64], share: f64) -> f64 {
    let place = share * (values.len() - 1) as f64;
    let (_, &mut low, above) = values.select_nth_unstable_by(place as usize, f64::total_cmp);
    let high = above.iter().copied().fold(f64::INFINITY, f64::min).max(low);
    let late = place.fract();
    if late == 0.0 { low } else { low + (high - low) * late }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [model, conventions, draws] = &arguments[..] else { return Err("MODEL CONVENTIONS DRAWS".into()) };
    let draws: usize = draws.parse()?;
    if draws == 0 {
        return Ok(());
    }
    let (model, conventions) = (parsed(model)?, parsed(conventions)?);
    let rate = number(at(at(&conventions, &["discount", "bands"])?.get(0).ok_or("a band")?, &["rate"])?)?;
    let years = at(&model, &["horizon"])?.as_integer().ok_or("a whole number of years")?;
    let cost = Pert::read(at(at(&model, &["costs"])?.get(0).ok_or("a cost")?, &["amount"])?)?;
    let outcomes = at(&model, &["outcomes"])?.as_array().ok_or("a list of outcomes")?;
    let outcomes = outcomes.iter().map(Outcome::read).collect::<Result<Vec<_>, _>>()?;

    let mut random = SmallRng::seed_from_u64(7);
    let mut ratios: Vec<f64> = (0..draws)
        .map(|_| {
            let worth: f64 = outcomes.iter().map(|outcome| outcome.worth(years, rate, &mut random)).sum();
            worth / cost.draw(&mut random)
        })
        .collect();
    let count = ratios.len() as f64;
    let mean = ratios.iter().sum::<f64>() / count;
    let above = ratios.iter().filter(|ratio| **ratio > 1.0).count() as f64 / count;
    let quantiles = [0.05, 0.5, 0.95].map(|share| quantile(&mut ratios, share));
    println!("{{\"mean\": {mean}, \"quantiles\": {quantiles:?}, \"above_one\": {above}}}");
    Ok(())
}
