//! Requests: what `Model.simulate` is asked, as the core has it.

use crate::appraisal::question;
use crate::document::kind;
use crate::error::at_argument;
use crate::returns::elements;
use impact_core::model::Question;
use impact_core::simulation::{Points, Seed, Simulation};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyString};
use std::num::NonZero;

/// Threads that a run may be asked for: each has room of its own for a block of draws.
const MOST_THREADS: u64 = 1_024;

/// The arguments of `Model.simulate` that decide its bits, and the threads.
pub struct Asked<'a, 'py> {
    pub draws: &'a Bound<'py, PyAny>,
    pub seed: &'a Bound<'py, PyAny>,
    pub measures: Option<&'a Bound<'py, PyAny>>,
    pub points: &'a str,
    pub threads: Option<&'a Bound<'py, PyAny>>,
}

/// The request, of as many draws as can be counted.
pub fn request(py: Python<'_>, asked: &Asked<'_, '_>) -> PyResult<Simulation> {
    request_of(py, asked, u64::MAX)
}

/// The request, of so many draws at most.
pub fn request_of(py: Python<'_>, asked: &Asked<'_, '_>, most_draws: u64) -> PyResult<Simulation> {
    let draws = whole(asked.draws, "draws", 1, most_draws)?;
    let seed = Seed(whole(asked.seed, "seed", 0, u64::MAX)?);
    asking(py, Simulation::new(draws, seed), asked.measures, asked.points, asked.threads)
}

/// A simulation of these measures, points and threads.
pub fn asking(
    py: Python<'_>,
    simulation: Simulation,
    measures: Option<&Bound<'_, PyAny>>,
    points: &str,
    threads: Option<&Bound<'_, PyAny>>,
) -> PyResult<Simulation> {
    let threads = match threads {
        Some(threads) => whole(threads, "threads", 1, MOST_THREADS)?,
        None => std::thread::available_parallelism().map_or(1, NonZero::get) as u64,
    };
    let simulation =
        simulation.with_points(self::points(py, points)?).on_threads(usize::try_from(threads).unwrap_or(1));
    Ok(match measures {
        Some(measures) => simulation.asking(questions(measures)?),
        None => simulation,
    })
}

/// A whole number between two others.
pub fn whole(object: &Bound<'_, PyAny>, name: &str, least: u64, most: u64) -> PyResult<u64> {
    let found = if object.is_instance_of::<PyBool>() { None } else { object.extract::<u64>().ok() };
    found.filter(|number| (least..=most).contains(number)).ok_or_else(|| {
        let given = object.str().map_or_else(|_| kind(object), |text| text.to_string_lossy().into_owned());
        let most = if most == u64::MAX { "2^64 - 1".to_owned() } else { most.to_string() };
        at_argument(object.py(), name, &format!("`{given}` is not a whole number from {least} to {most}"))
    })
}

fn points(py: Python<'_>, name: &str) -> PyResult<Points> {
    match name {
        "random" => Ok(Points::Random),
        "latin" => Ok(Points::Latin),
        "sobol" => Ok(Points::Sobol),
        other => {
            Err(at_argument(py, "points", &format!("`{other}` are no points: choose `random`, `latin` or `sobol`")))
        }
    }
}

fn questions(measures: &Bound<'_, PyAny>) -> PyResult<Vec<Question>> {
    let items = elements(measures, "measures", "measures")?.enumerate();
    let questions = items.map(|(position, item)| asked(&item?, position)).collect::<PyResult<Vec<_>>>()?;
    if questions.is_empty() {
        let message = "nothing is asked for: name a measure, or leave `measures` out for the usual ones";
        return Err(at_argument(measures.py(), "measures", message));
    }
    Ok(questions)
}

/// A name for society; or a name, whose, and of which outcome.
fn asked(item: &Bound<'_, PyAny>, position: usize) -> PyResult<Question> {
    let py = item.py();
    if let Ok(name) = item.extract::<&str>() {
        return question(py, name, "society", None);
    }
    let refuse = || {
        let message =
            format!("`{}` is no measure: give its name, (name, holder) or (name, holder, outcome)", kind(item));
        at_argument(py, &format!("measures[{position}]"), &message)
    };
    let parts = match item.is_instance_of::<PyString>() {
        true => return Err(refuse()),
        false => item.try_iter().map_err(|_| refuse())?.collect::<PyResult<Vec<_>>>()?,
    };
    let texts = parts.iter().map(|part| part.extract::<Option<String>>());
    let texts = texts.collect::<PyResult<Vec<_>>>().map_err(|_| refuse())?;
    match texts.as_slice() {
        [Some(name), Some(holder)] => question(py, name, holder, None),
        [Some(name), Some(holder), outcome] => question(py, name, holder, outcome.as_deref()),
        _ => Err(refuse()),
    }
}
