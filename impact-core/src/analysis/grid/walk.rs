//! The walk: all scenarios of a grid in their order, each axis adding its layers to those before it.
//!
//! One rule: a scenario is the sum of its layers in the order of their last axis, so that neither threads nor the order in
//! which they take scenarios change a bit. What stands from the scenario before is used as far as the two are alike.

use super::layer::{Layer, Shared, SlotAxis};
use super::spread::spread;
use super::{Axis, GridError, GridQuestion, Scenario, floats, indices_of};
use crate::address::Address;
use crate::evaluation::{Added, Kernel, KernelError, Room, WIDTH};
use crate::model::{Model, Slot};
use crate::simulation::{Cancelled, Dependence, Heard, Inverse, Queue, Sampler, Simulation, Work, at_width, workers};

/// Scenarios that a thread takes at once, at most: neighbours have most of their layers in common.
const RUN: usize = 64;
/// Scenarios between two questions to the caller at most, and draws in all of them where they have many.
const BATCH: usize = 4_096;
const DRAWS_OF_BATCH: usize = 1 << 22;

/// A model made ready for the scenarios of a grid.
pub(super) struct Walk<'q> {
    asked: &'q GridQuestion,
    kernel: Kernel,
    axes: Vec<SlotAxis>,
    /// What no axis changes.
    base: Added,
    /// By the last axis that moves them.
    layers: Vec<Vec<Layer>>,
    shared: Shared,
}

/// What a thread works with.
struct Worker {
    /// By axis and layer: room for causes that are not held.
    rooms: Vec<Vec<Vec<Room>>>,
    /// The sum of the layers up to each axis.
    standing: Vec<Added>,
    /// The scenario that stands, by its place on each axis; none before the first.
    at: Vec<usize>,
    /// Room for a layer that is not held.
    fresh: Added,
    draws: Vec<f64>,
    sorted: Vec<f64>,
}

impl<'q> Walk<'q> {
    pub fn new(model: &Model, asked: &'q GridQuestion, axes: &[&Axis]) -> Result<Self, GridError> {
        let slot_axis = |axis: &&Axis| -> Result<SlotAxis, GridError> {
            Ok(SlotAxis { slot: model.number_at(axis.address.as_str())?, values: floats(axis) })
        };
        let axes = axes.iter().map(slot_axis).collect::<Result<Vec<_>, _>>()?;
        let (varied, shared) = drawn(model, &asked.simulation, &axes)?;
        let kernel = Kernel::new(model, std::slice::from_ref(&asked.question), varied, &fixed(&axes));
        let kernel = kernel.map_err(|error| match error {
            KernelError::Model(error) => GridError::Model(error),
            KernelError::Question(error) => GridError::Question(error),
        })?;
        let mut base = kernel.nothing(shared.stride);
        let mut layers: Vec<Vec<Layer>> = axes.iter().map(|_| Vec::new()).collect();
        for mut layer in Layer::of(kernel.causes(), &axes) {
            match layer.axes.last().and_then(|last| layers.get_mut(*last)) {
                Some(own) => {
                    layer.hold(&axes, base.size());
                    own.push(layer);
                }
                None => base.add(&layer.add_up(&axes, &[], &shared, &mut layer.rooms())),
            }
        }
        Ok(Self { asked, kernel, axes, base, layers, shared })
    }

    /// Some scenarios by their numbers, which rise; the last axis is the fastest.
    pub fn run(&self, numbers: &[usize], threads: usize, heard: &mut Heard<'_>) -> Result<Vec<Scenario>, Cancelled> {
        let sizes: Vec<usize> = self.axes.iter().map(|axis| axis.values.len()).collect();
        let count = numbers.len();
        let threads = workers(threads, count);
        let run = count.div_ceil(threads.saturating_mul(8)).clamp(1, RUN);
        let batch = (DRAWS_OF_BATCH / self.shared.draws.max(1)).min(BATCH);
        let pieces = numbers.chunks(run).map(|piece| (piece.len() as u64, piece));
        let queue = Queue { pieces, batch: (batch / run).max(threads) };
        let mut workers: Vec<Worker> = (0..threads).map(|_| self.worker()).collect();
        let mut found = Vec::with_capacity(count);
        let each = |worker: &mut Worker, numbers: &[usize]| self.scenarios(&sizes, numbers, worker);
        queue.work(&mut workers, heard, &each, |scenarios| found.extend(scenarios))?;
        Ok(found)
    }

    fn worker(&self) -> Worker {
        let rooms = |layers: &Vec<Layer>| layers.iter().map(Layer::rooms).collect();
        Worker {
            rooms: self.layers.iter().map(rooms).collect(),
            standing: vec![self.base.clone(); self.axes.len().max(1)],
            at: Vec::new(),
            fresh: Added::default(),
            draws: vec![0.0; self.shared.draws],
            sorted: Vec::new(),
        }
    }

    /// Some scenarios one after the other.
    fn scenarios(&self, sizes: &[usize], numbers: &[usize], worker: &mut Worker) -> Vec<Scenario> {
        let one = |number: &usize| {
            let indices = indices_of(*number, sizes);
            let alike = worker.at.iter().zip(&indices).take_while(|(before, now)| before == now).count();
            for depth in alike..indices.len() {
                self.stand(depth, &indices, worker);
            }
            worker.at = indices;
            at_width(self.shared.width, Reading { walk: self, worker })
        };
        numbers.iter().map(one).collect()
    }

    /// Adds the layers of an axis to what stands before it.
    fn stand(&self, depth: usize, indices: &[usize], worker: &mut Worker) {
        let Worker { rooms, standing, fresh, .. } = worker;
        let Some((before, rest)) = standing.split_at_mut_checked(depth) else { return };
        let before = before.last().unwrap_or(&self.base);
        let Some(standing) = rest.first_mut() else { return };
        let (Some(layers), Some(rooms)) = (self.layers.get(depth), rooms.get_mut(depth)) else { return };
        let mut first = true;
        for (layer, rooms) in layers.iter().zip(rooms) {
            let added = layer.added(&self.axes, indices, &self.shared, (rooms, fresh));
            at_width(self.shared.width, Adding { standing, before: first.then_some(before), added });
            first = false;
        }
        if first {
            standing.clone_from(before);
        }
    }
}

/// A sum being made: of two, or of what stands already and one more.
struct Adding<'a> {
    standing: &'a mut Added,
    before: Option<&'a Added>,
    added: &'a Added,
}

impl Work for Adding<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        match self.before {
            Some(before) => self.standing.set_sum(before, self.added),
            None => self.standing.add(self.added),
        }
    }
}

/// The answer being read off what stands after the last axis.
struct Reading<'a, 'q> {
    walk: &'a Walk<'q>,
    worker: &'a mut Worker,
}

impl Work for Reading<'_, '_> {
    type Output = Scenario;

    #[inline(always)]
    fn run(self) -> Scenario {
        let Worker { standing, draws, sorted, .. } = self.worker;
        if let (Some(reading), Some(added)) = (self.walk.kernel.readings().first(), standing.last()) {
            self.walk.kernel.read(reading, added, draws);
        }
        spread(draws, self.walk.asked, sorted)
    }
}

fn fixed(axes: &[SlotAxis]) -> Vec<Slot> {
    axes.iter().map(|axis| axis.slot).collect()
}

/// The numbers that stay uncertain, and their draws.
fn drawn(model: &Model, simulation: &Simulation, axes: &[SlotAxis]) -> Result<(Vec<Slot>, Shared), GridError> {
    let uncertain = model.assumptions().iter().enumerate().filter_map(|(position, number)| {
        let slot = Slot(position);
        let free = axes.iter().all(|axis| axis.slot != slot);
        number.distribution.as_ref().filter(|_| free).map(|distribution| (slot, number.address.clone(), distribution))
    });
    let uncertain: Vec<_> = uncertain.collect();
    let addresses: Vec<Address> = uncertain.iter().map(|(_, address, _)| address.clone()).collect();
    let sampler = Sampler::new(simulation.points(), simulation.seed(), simulation.draws(), &addresses)?;
    let draws = usize::try_from(simulation.draws()).unwrap_or(0);
    let stride = draws.next_multiple_of(WIDTH);
    let mut columns = vec![0.5; uncertain.len().saturating_mul(stride)];
    for (address, column) in addresses.iter().zip(columns.chunks_exact_mut(stride)) {
        if let Some(filled) = column.get_mut(..draws) {
            sampler.uniforms(address)?.fill(0, filled);
        }
    }
    Dependence::new(model.correlations(), &addresses).apply(&mut columns, stride, draws);
    for ((_, _, distribution), column) in uncertain.iter().zip(columns.chunks_exact_mut(stride)) {
        Inverse::new(distribution).replace(column);
    }
    let width = simulation.width();
    Ok((uncertain.iter().map(|(slot, ..)| *slot).collect(), Shared { columns, stride, draws, width }))
}
