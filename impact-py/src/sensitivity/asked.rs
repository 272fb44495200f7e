//! What is asked: a figure of a simulation, the simulations it is held against, and addresses.
//!
//! One rule: a figure that was not among those simulated, or whose draws were not kept, is drawn now, from the same draws; what
//! cannot be asked of it is refused before.

use crate::error::{at_argument, plain, told};
use crate::returns::elements;
use crate::simulation::{Simulated, own_address, run};
use impact_core::Model;
use impact_core::address::Address;
use impact_core::analysis::SensitivityError;
use impact_core::model::Question;
use impact_core::report::SimulatedRow;
use impact_core::simulation::Simulated as Core;
use impact_core::units::Label;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyMapping, PyString};
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

    /// What the figure is called, and what it is counted in.
    pub fn words(&self, py: Python<'_>) -> PyResult<(Label, Label)> {
        let figure = told(py, self.core.answer(&self.question))?;
        let row = SimulatedRow::of(self.core.model(), figure).at_point;
        Ok((row.name, row.unit))
    }
}

/// The options a model is held against, each with its name.
pub struct Against {
    options: Vec<(String, Py<Simulated>)>,
}

impl Against {
    /// From a mapping of names, or a sequence: `option 1`, `option 2`.
    pub fn of(given: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let Some(given) = given else { return Ok(Self { options: Vec::new() }) };
        let refused = |place: &str, found: &Bound<'_, PyAny>| {
            let message = format!("`{}` is no simulation: give what `Model.simulate` gives", kind(found));
            at_argument(given.py(), place, &message)
        };
        let simulated = |place: &str, found: &Bound<'_, PyAny>| {
            found.cast::<Simulated>().map(|found| found.clone().unbind()).map_err(|_| refused(place, found))
        };
        if let Ok(named) = given.cast::<PyMapping>() {
            let items = named.items()?.iter().map(|item| item.extract::<(String, Bound<'_, PyAny>)>());
            let options =
                items.map(|item| item.and_then(|(name, found)| Ok((name.clone(), simulated(&name, &found)?))));
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
        ["nothing", "this"]
            .map(str::to_owned)
            .into_iter()
            .chain(self.options.iter().map(|(name, _)| name.clone()))
            .collect()
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

/// Addresses, or groups of them: each item one address, or a tuple or list of up to three.
pub fn groups(model: &Model, given: Option<&Bound<'_, PyAny>>) -> PyResult<Vec<Vec<Address>>> {
    let Some(given) = given else { return Ok(Vec::new()) };
    let py = given.py();
    let group = |(position, item): (usize, PyResult<Bound<'_, PyAny>>)| {
        let (item, place) = (item?, format!("addresses[{position}]"));
        let one = |address: &Bound<'_, PyAny>| match address.extract::<String>() {
            Ok(text) => own_address(py, model, &text),
            Err(_) => Err(at_argument(py, &place, "an address is a text")),
        };
        match item.is_instance_of::<PyString>() {
            true => Ok(vec![one(&item)?]),
            false => elements(&item, &place, "addresses")?.map(|address| one(&address?)).collect(),
        }
    };
    let groups = elements(given, "addresses", "addresses")?.enumerate().map(group).collect::<PyResult<Vec<_>>>()?;
    if groups.is_empty() {
        return Err(plain(py, "no address is given: leave `addresses` out for every uncertain number"));
    }
    Ok(groups)
}

fn kind(object: &Bound<'_, PyAny>) -> String {
    crate::document::kind(object)
}
