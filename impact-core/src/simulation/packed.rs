//! Packed parts: some draws of a simulation as bytes, and back.
//!
//! One rule: the model is not in the parcel, only its hash: whoever opens it has the model, and is told where it is another.

use super::held::Held;
use super::kept::kept_draws;
use super::parcel::{Packing, ParcelFault, Unpacking};
use super::part::PartSimulated;
use super::points::Points;
use super::refused::{PartsFault, SimulationError};
use super::request::Simulation;
use super::run::{Counted, Tree};
use super::stream::Seed;
use super::summary::{Histogram, Moments};
use crate::model::{Model, Perspective, Question};
use std::collections::BTreeMap;

/// What stands in the parcel.
const KIND: &str = "simulation";

type Found<T> = Result<T, ParcelFault>;
/// By first draw: a column for each measure.
type Columns = BTreeMap<u64, Vec<Vec<f64>>>;

impl PartSimulated {
    /// The part as bytes, to be opened by [`PartSimulated::unpacked`] by the same version on the same build target.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Model;
    /// use impact_core::simulation::{PartSimulated, Seed, Simulation};
    /// use std::ops::ControlFlow;
    /// let model = Model::from_toml(r#"
    ///     impact = 1
    ///     name = "Gardening group (illustrative)"
    ///     country = "NO"
    ///     currency = "NOK"
    ///     price_year = 2024
    ///     start = 2024
    ///     holders = [ { id = "town", kind = "public", level = "municipality" } ]
    ///     costs = [ { id = "team", payer = "town", amount = { pert = [3e5, 4e5, 6e5] }, year = 2024 } ]
    /// "#)?;
    /// let (simulation, mut on) = (Simulation::new(6_000, Seed(7)), |_| ControlFlow::Continue(()));
    /// let here = model.simulate_part(&simulation, 0..2_500, &mut on)?;
    /// let elsewhere = model.simulate_part(&simulation, 2_500..6_000, &mut on)?.packed();
    /// let merged = here.merge(PartSimulated::unpacked(&model, &elsewhere)?)?.finish()?;
    /// let alone = model.simulate(&simulation, &mut on)?;
    /// assert_eq!(merged.figures()[0].draws(), alone.figures()[0].draws());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn packed(&self) -> Vec<u8> {
        let mut packing = Packing::of(KIND);
        pack_document(&mut packing, &self.model);
        pack_request(&mut packing, &self.simulation);
        self.held.pack(&mut packing);
        packing.count(self.tree.nodes().len());
        for ((first, level), moments) in self.tree.nodes() {
            packing.whole(*first);
            packing.whole(u64::from(*level));
            moments.iter().for_each(|moments| moments.pack(&mut packing));
        }
        pack_columns(&mut packing, &self.edges);
        if self.simulation.keeps_draws() {
            pack_columns(&mut packing, &self.kept);
        } else {
            self.histograms.iter().for_each(|histogram| histogram.pack(&mut packing));
        }
        packing.sealed()
    }

    /// The part of a simulation of this model that bytes hold.
    ///
    /// # Errors
    /// Bytes that are no part, that were changed on the way, made by another version or on another build target, or of another
    /// model.
    pub fn unpacked(model: &Model, bytes: &[u8]) -> Result<Self, SimulationError> {
        let opened = Unpacking::of(bytes, KIND).and_then(|opened| unpack(model, opened));
        opened.map_err(|fault| SimulationError::Parts(PartsFault::Parcel(fault)))
    }
}

fn unpack(model: &Model, mut opened: Unpacking<'_>) -> Found<PartSimulated> {
    same_document(&mut opened, model)?;
    let simulation = unpack_request(&mut opened)?;
    let (draws, questions) = (simulation.draws, simulation.questions.len());
    let held = Held::unpack(&mut opened, Counted::Draws, draws)?;
    let mut part = PartSimulated::of(held, model.clone(), simulation);
    part.tree = unpack_tree(&mut opened, questions)?;
    part.edges = unpack_columns(&mut opened, questions)?;
    if draws <= kept_draws(questions) {
        part.kept = unpack_columns(&mut opened, questions)?;
        for columns in part.kept.values() {
            part.histograms.iter_mut().zip(columns).for_each(|(histogram, draws)| histogram.add(draws));
        }
    } else {
        part.histograms = (0..questions).map(|_| Histogram::unpack(&mut opened)).collect::<Found<_>>()?;
    }
    opened.end()?;
    Ok(part)
}

/// What a part is of: the hash of the document, and of the caller's own catalogue.
pub(crate) fn pack_document(packing: &mut Packing, model: &Model) {
    packing.text(model.hash().as_str());
    packing.text(own_catalogue(model));
}

/// Refuses a part of another model.
pub(crate) fn same_document(opened: &mut Unpacking<'_>, model: &Model) -> Found<()> {
    let (document, catalogue) = (opened.text()?, opened.text()?);
    let same = document == model.hash().as_str() && catalogue == own_catalogue(model);
    if same { Ok(()) } else { Err(ParcelFault::OtherDocument { of: "model" }) }
}

fn own_catalogue(model: &Model) -> &str {
    model.own_catalogue().and_then(|own| own.hash()).map_or("", |hash| hash.as_str())
}

/// Draws, seed, points and questions: what decides every bit.
pub(crate) fn pack_request(packing: &mut Packing, simulation: &Simulation) {
    packing.whole(simulation.draws);
    packing.whole(simulation.seed.0);
    packing.whole(match simulation.points {
        Points::Random => 0,
        Points::Latin => 1,
        Points::Sobol => 2,
    });
    packing.count(simulation.questions.len());
    simulation.questions.iter().for_each(|question| pack_question(packing, question));
}

pub(crate) fn unpack_request(opened: &mut Unpacking<'_>) -> Found<Simulation> {
    let (draws, seed) = (opened.whole()?, Seed(opened.whole()?));
    let points = match opened.whole()? {
        0 => Points::Random,
        1 => Points::Latin,
        2 => Points::Sobol,
        _ => return Err(ParcelFault::Damaged),
    };
    let questions = (0..opened.count(24)?).map(|_| unpack_question(opened)).collect::<Found<Vec<_>>>()?;
    Ok(Simulation::new(draws, seed).with_points(points).asking(questions))
}

pub(crate) fn pack_question(packing: &mut Packing, question: &Question) {
    packing.text(question.measure.name());
    packing.text(&question.perspective.to_string());
    packing.count(usize::from(question.outcome.is_some()));
    packing.text(question.outcome.as_deref().unwrap_or_default());
}

pub(crate) fn unpack_question(opened: &mut Unpacking<'_>) -> Found<Question> {
    let measure = opened.text()?.parse().map_err(|_| ParcelFault::Damaged)?;
    let question = Question::new(measure).seen_by(Perspective::named(opened.text()?));
    let (has_outcome, outcome) = (opened.whole()? == 1, opened.text()?);
    Ok(if has_outcome { question.of_outcome(outcome) } else { question })
}

fn unpack_tree(opened: &mut Unpacking<'_>, questions: usize) -> Found<Tree<Vec<Moments>>> {
    let mut tree = Tree::default();
    for _ in 0..opened.count(16)? {
        let (first, level) = (opened.whole()?, opened.whole()?);
        let level = u32::try_from(level).ok().filter(|level| *level < u64::BITS).ok_or(ParcelFault::Damaged)?;
        let moments = (0..questions).map(|_| Moments::unpack(opened)).collect::<Found<_>>()?;
        tree.insert_node(first, level, moments);
    }
    Ok(tree)
}

fn pack_columns(packing: &mut Packing, runs: &Columns) {
    packing.count(runs.len());
    for (first, columns) in runs {
        packing.whole(*first);
        columns.iter().for_each(|column| packing.floats(column));
    }
}

fn unpack_columns(opened: &mut Unpacking<'_>, questions: usize) -> Found<Columns> {
    let mut runs = Columns::new();
    for _ in 0..opened.count(8)? {
        let first = opened.whole()?;
        runs.insert(first, (0..questions).map(|_| opened.floats()).collect::<Found<_>>()?);
    }
    Ok(runs)
}
