//! What is asked: a figure of a simulation, the simulations it is held against, and addresses.
//!
//! One rule: a figure that was not among those simulated, or whose draws were not kept, is drawn now, from the same draws; what
//! cannot be asked of it is refused before.

use crate::error::{at_argument, told};
use crate::label::visible;
use crate::returns::elements;
use crate::simulation::{Simulated, own_address, run, uncertain};
use impact_core::address::Address;
use impact_core::analysis::SensitivityError;
use impact_core::model::{Marks, Question};
use impact_core::report::{drawn_marks, holder_name, point_row};
use impact_core::simulation::Simulated as Core;
use impact_core::units::{Label, Language};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyMapping};
use std::borrow::Cow;

/// Refuses more draws of so many measures than are kept, before they are drawn.
#[pyfunction]
pub fn unless_kept(draws: &Bound<'_, PyAny>, measures: usize) -> PyResult<()> {
    // What is no number of draws is refused by the simulation.
    told(draws.py(), SensitivityError::unless_kept(draws.extract().unwrap_or(0), measures))
}

/// What is needed of a figure.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Needed {
    /// Its summary.
    Summary,
    /// Every draw of it.
    Draws,
    /// Every draw of a net benefit.
    Decision,
}

/// A simulation that has the figure asked for.
pub struct Figured<'s> {
    pub core: Cow<'s, Core>,
    pub question: Question,
}

impl<'s> Figured<'s> {
    /// The simulation, with the figure drawn now where it was not asked for at the start.
    pub fn of(py: Python<'_>, simulated: &'s Simulated, question: &Question, needed: Needed) -> PyResult<Self> {
        let core = simulated.core();
        let question = question.clone();
        if needed == Needed::Decision {
            told(py, SensitivityError::unless_decided_by(&question))?;
        }
        if needed != Needed::Summary {
            // By itself it is among as few measures as can be.
            told(py, SensitivityError::unless_kept(core.simulation().draws(), 1))?;
        }
        if core.answer(&question).is_ok_and(|figure| needed == Needed::Summary || figure.draws().is_some()) {
            return Ok(Self { core: Cow::Borrowed(core), question });
        }
        let request = core.simulation().clone().asking([question.clone()]);
        Ok(Self { core: Cow::Owned(run(py, core.model(), &request, None)?), question })
    }

    /// What the figure is called, what it is counted in, whose it is, and what it is marked with.
    pub fn words(&self, py: Python<'_>) -> PyResult<Words> {
        let (model, figure) = (self.core.model(), told(py, self.core.answer(&self.question))?);
        let row = point_row(model, figure);
        let marks = py.detach(|| drawn_marks(model, &self.question, row.marks));
        let of = self.question.outcome.as_ref().and_then(|id| model.outcomes().iter().find(|one| one.id == *id));
        let whose = holder_name(model, &self.question.perspective);
        let head = |language| {
            let of = of.map(|outcome| format!(" ({})", outcome.name.text(language))).unwrap_or_default();
            capital(&format!("{}{of}: {}", row.name.text(language), whose.text(language)))
        };
        let head = Label::both(head(Language::English), head(Language::Bokmal));
        Ok(Words { label: row.name, unit: row.unit, head, marks, notes: Vec::new() })
    }
}

/// What a result is called, and what it rests on.
#[derive(Clone)]
pub struct Words {
    /// The measure.
    pub label: Label,
    /// What it is counted in.
    pub unit: Label,
    /// The measure, and whose it is.
    pub head: Label,
    /// Whether it rests on what is illustrative or unverified.
    pub marks: Marks,
    /// What to know before reading it.
    pub notes: Vec<Label>,
}

impl Words {
    /// The same, marked with what other results rest on too.
    pub fn beside(self, others: impl IntoIterator<Item = Words>) -> Self {
        let marks = others.into_iter().fold(self.marks, |marks, other| marks.or(other.marks));
        Self { marks, ..self }
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

/// The names that options have without being given one.
const OWN_NAMES: [&str; 2] = ["nothing", "this"];

/// The options a model is held against, each with its name.
pub struct Against {
    options: Vec<(String, Py<Simulated>)>,
}

impl Against {
    /// From a mapping of names, or a sequence: `option 1`, `option 2`.
    pub fn of(own: &Bound<'_, Simulated>, given: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let found = Self::read(given)?;
        let place = |position: usize, name: &str| match given {
            Some(given) if given.cast::<PyMapping>().is_ok() => format!("against[\"{}\"]", visible(name)),
            _ => format!("against[{position}]"),
        };
        for (position, (name, option)) in found.options.iter().enumerate() {
            let refused = |message: &str| Err(at_argument(own.py(), &place(position, name), message));
            if OWN_NAMES.contains(&name.as_str()) {
                return refused("the name is taken: `nothing` is doing nothing, and `this` is the model itself");
            }
            if option.get().has_draws_of(own.get()) {
                return refused("this is the model itself, with the same draws: give another model");
            }
            if found.options.iter().take(position).any(|(_, before)| option.get().has_draws_of(before.get())) {
                return refused("this option is given twice: give each model once");
            }
        }
        Ok(found)
    }

    fn read(given: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let Some(given) = given else { return Ok(Self { options: Vec::new() }) };
        let refused = |place: &str, found: &Bound<'_, PyAny>| {
            let message = format!("`{}` is no simulation: give what `Model.simulate` gives", kind(found));
            at_argument(given.py(), place, &message)
        };
        let simulated = |place: &str, found: &Bound<'_, PyAny>| {
            found.cast::<Simulated>().map(|found| found.clone().unbind()).map_err(|_| refused(place, found))
        };
        if let Ok(named) = given.cast::<PyMapping>() {
            let named = named.items()?;
            let options = named.iter().map(|item| {
                let (key, found): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item.extract()?;
                let Ok(name) = key.extract::<String>() else {
                    let message = format!("`{}` is no name: name each option by a text", kind(&key));
                    return Err(at_argument(given.py(), "against", &message));
                };
                let found = simulated(&format!("against[\"{}\"]", visible(&name)), &found)?;
                Ok((name, found))
            });
            return Ok(Self { options: options.collect::<PyResult<_>>()? });
        }
        if given.is_instance_of::<Simulated>() {
            return Err(at_argument(
                given.py(),
                "against",
                "one simulation is no sequence: give it in a list, or by name",
            ));
        }
        let items = elements(given, "against", "simulations")?.enumerate();
        let options = items.map(|(position, found)| {
            let found = simulated(&format!("against[{position}]"), &found?)?;
            Ok((format!("option {}", position.saturating_add(1)), found))
        });
        Ok(Self { options: options.collect::<PyResult<_>>()? })
    }

    /// Their simulations, each with the figure.
    pub fn figured(&self, py: Python<'_>, question: &Question) -> PyResult<Vec<Figured<'_>>> {
        self.options.iter().map(|(_, simulated)| Figured::of(py, simulated.get(), question, Needed::Decision)).collect()
    }

    /// The names of all options: doing nothing, this model, the others.
    pub fn names(&self) -> Vec<String> {
        OWN_NAMES.map(str::to_owned).into_iter().chain(self.options.iter().map(|(name, _)| name.clone())).collect()
    }

    /// As it was given, by name.
    pub fn as_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (name, simulated) in &self.options {
            dict.set_item(name, simulated)?;
        }
        Ok(dict)
    }
}

/// Numbers that can be learned together.
const MOST_TOGETHER: usize = 3;

/// Addresses, or groups of them: each item one address, or a tuple or list of up to three.
pub fn groups(simulated: &Core, given: Option<&Bound<'_, PyAny>>) -> PyResult<Vec<Vec<Address>>> {
    let Some(given) = given else { return Ok(Vec::new()) };
    let py = given.py();
    let group = |(position, item): (usize, PyResult<Bound<'_, PyAny>>)| group(simulated, &item?, position);
    let groups = elements(given, "addresses", "addresses")?.enumerate().map(group).collect::<PyResult<Vec<_>>>()?;
    if groups.is_empty() {
        let message = "no address is given: leave `addresses` out for every uncertain number";
        return Err(at_argument(py, "addresses", message));
    }
    let twice =
        (1..groups.len()).find(|position| groups.iter().take(*position).any(|one| Some(one) == groups.get(*position)));
    if let Some(position) = twice {
        return Err(at_argument(py, &format!("addresses[{position}]"), "this is asked for twice: name it once"));
    }
    Ok(groups)
}

/// An address, or a group of them.
fn group(simulated: &Core, item: &Bound<'_, PyAny>, position: usize) -> PyResult<Vec<Address>> {
    let (py, place) = (item.py(), format!("addresses[{position}]"));
    let refused = |message: &str| Err(at_argument(py, &place, message));
    if let Ok(text) = item.extract::<String>() {
        return Ok(vec![uncertain_address(py, simulated, &text, &place)?]);
    }
    if item.try_iter().is_err() {
        return refused(&format!("`{}` is no address: give a text, or a tuple of up to three of them", kind(item)));
    }
    let mut group: Vec<Address> = Vec::new();
    for (nth, address) in elements(item, &place, "addresses")?.enumerate() {
        let (address, place) = (address?, format!("{place}[{nth}]"));
        let Ok(text) = address.extract::<String>() else {
            return Err(at_argument(py, &place, "an address is a text"));
        };
        let address = uncertain_address(py, simulated, &text, &place)?;
        if group.contains(&address) {
            return Err(at_argument(py, &place, &format!("`{address}` is in the group twice: name it once")));
        }
        group.push(address);
    }
    match group.len() {
        0 => refused("the group is empty: give one to three addresses"),
        1..=MOST_TOGETHER => Ok(group),
        count => refused(&format!("{count} numbers are too many to be known together: give three at most")),
    }
}

/// The address of an uncertain number; `place` is that of the argument.
pub fn uncertain_address(py: Python<'_>, simulated: &Core, text: &str, place: &str) -> PyResult<Address> {
    let address = own_address(py, simulated.model(), text, place)?;
    uncertain(py, simulated, &address, place)?;
    Ok(address)
}

fn kind(object: &Bound<'_, PyAny>) -> String {
    crate::document::kind(object)
}
