//! The walk: all scenarios of a grid in their order, each axis adding its layers to those before it.
//!
//! One rule: a scenario is the sum of its layers in the order of their last axis, so that neither threads nor the order in
//! which they take scenarios change a bit.

use super::layer::{Layer, Shared, SlotAxis};
use super::spread::spread;
use super::{Axis, GridError, GridQuestion, Scenario, floats};
use crate::address::Address;
use crate::evaluation::{Added, Kernel, KernelError, Room};
use crate::model::{Model, Slot};
use crate::simulation::{Dependence, Inverse, Sampler, Simulation, Work, at_width};
use std::ops::ControlFlow;
use std::sync::Mutex;

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
                    layer.hold(&axes, &shared);
                    own.push(layer);
                }
                None => base.add(&layer.add_up(&axes, &[], &shared, &mut layer.rooms())),
            }
        }
        Ok(Self { asked, kernel, axes, base, layers, shared })
    }

    /// Every scenario, the last axis fastest; how many were done where the caller ended it.
    pub fn run(&self, threads: usize, progress: &mut dyn FnMut(u64) -> ControlFlow<()>) -> Result<Vec<Scenario>, u64> {
        let outer = self.axes.first().map_or(1, |axis| axis.values.len());
        let inner: usize = self.axes.iter().skip(1).map(|axis| axis.values.len()).product();
        let mut workers: Vec<Worker> = (0..threads.clamp(1, outer.max(1))).map(|_| self.worker()).collect();
        // Some thousand scenarios between two questions to the caller.
        let batch = (4_096 / inner.max(1)).max(workers.len());
        let mut found = Vec::with_capacity(outer.saturating_mul(inner));
        let mut next = 0;
        while next < outer {
            if progress(found.len() as u64).is_break() {
                return Err(found.len() as u64);
            }
            let end = outer.min(next.saturating_add(batch));
            found.extend(self.batch(next..end, &mut workers).into_iter().flatten());
            next = end;
        }
        match progress(found.len() as u64) {
            ControlFlow::Break(()) => Err(found.len() as u64),
            ControlFlow::Continue(()) => Ok(found),
        }
    }

    /// The scenarios of some values of the first axis, each value's together.
    fn batch(&self, outer: std::ops::Range<usize>, workers: &mut [Worker]) -> Vec<Vec<Scenario>> {
        let mut found: Vec<Vec<Scenario>> = outer.clone().map(|_| Vec::new()).collect();
        let queue = Mutex::new(outer.zip(found.iter_mut()));
        let one = |worker: &mut Worker| {
            loop {
                let next = queue.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).next();
                let Some((value, room)) = next else { break };
                self.scenarios(value, worker, room);
            }
        };
        if let Some((first, others)) = workers.split_first_mut() {
            std::thread::scope(|scope| {
                for worker in others {
                    // Where no thread can be had, the calling one does the work.
                    let _ = std::thread::Builder::new().spawn_scoped(scope, || one(worker));
                }
                one(first);
            });
        }
        found
    }

    fn worker(&self) -> Worker {
        let rooms = |layers: &Vec<Layer>| layers.iter().map(Layer::rooms).collect();
        Worker {
            rooms: self.layers.iter().map(rooms).collect(),
            standing: vec![self.base.clone(); self.axes.len().max(1)],
            draws: vec![0.0; self.shared.draws],
            sorted: Vec::new(),
        }
    }

    /// The scenarios of one value of the first axis.
    fn scenarios(&self, outer: usize, worker: &mut Worker, found: &mut Vec<Scenario>) {
        if self.axes.is_empty() {
            found.push(at_width(self.shared.width, Reading { walk: self, worker }));
            return;
        }
        let mut indices = vec![0; self.axes.len()];
        if let Some(first) = indices.first_mut() {
            *first = outer;
        }
        let mut changed = 0;
        loop {
            for depth in changed..self.axes.len() {
                self.stand(depth, &indices, worker);
            }
            found.push(at_width(self.shared.width, Reading { walk: self, worker }));
            // The next scenario: the last axis fastest, the first one stays.
            let mut axis = self.axes.len().saturating_sub(1);
            loop {
                if axis == 0 {
                    return;
                }
                let size = self.axes.get(axis).map_or(0, |axis| axis.values.len());
                match indices.get_mut(axis) {
                    Some(index) if index.saturating_add(1) < size => {
                        *index = index.saturating_add(1);
                        break;
                    }
                    Some(index) => *index = 0,
                    None => return,
                }
                axis = axis.saturating_sub(1);
            }
            changed = axis;
        }
    }

    /// Adds the layers of an axis to what stands before it.
    fn stand(&self, depth: usize, indices: &[usize], worker: &mut Worker) {
        let Some((before, rest)) = worker.standing.split_at_mut_checked(depth) else { return };
        let before = before.last().unwrap_or(&self.base);
        let Some(standing) = rest.first_mut() else { return };
        let (Some(layers), Some(rooms)) = (self.layers.get(depth), worker.rooms.get_mut(depth)) else { return };
        let mut first = true;
        for (layer, rooms) in layers.iter().zip(rooms) {
            let fresh;
            let added = match layer.held(&self.axes, indices) {
                Some(held) => held,
                None => {
                    fresh = layer.add_up(&self.axes, indices, &self.shared, rooms);
                    &fresh
                }
            };
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
    let stride = draws.next_multiple_of(16);
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
