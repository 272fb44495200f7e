//! Layers: the causes that the same axes move, and what they add up to at each combination of their values.
//!
//! One rule: a layer is worked out once for each combination of its own axes, by whoever needs it first, however many scenarios
//! have it in common.

use crate::evaluation::{Added, Cause, Room};
use crate::model::Slot;
use crate::simulation::{Width, Work, at_width};
use std::sync::OnceLock;

/// Numbers that a layer holds at most for all its combinations; beyond that they are worked out when they are needed.
const MOST_HELD: usize = 16_000_000;

/// An axis that is a number of the plan.
#[derive(Debug, Clone)]
pub(super) struct SlotAxis {
    pub slot: Slot,
    pub values: Vec<f64>,
}

/// The draws that all scenarios share: a column for each number that no axis fixes.
#[derive(Debug)]
pub(super) struct Shared {
    pub columns: Vec<f64>,
    pub stride: usize,
    pub draws: usize,
    pub width: Width,
}

/// Causes moved by the same axes.
#[derive(Debug)]
pub(super) struct Layer {
    /// Positions of the axes, rising.
    pub axes: Vec<usize>,
    causes: Vec<Cause>,
    /// What they add up to at each combination once it was needed, the last axis fastest; empty where that is too much to hold.
    held: Vec<OnceLock<Added>>,
}

impl Layer {
    /// Groups causes by the axes that move them.
    pub fn of(causes: Vec<Cause>, axes: &[SlotAxis]) -> Vec<Self> {
        let mut layers: Vec<Self> = Vec::new();
        for cause in causes {
            let moving =
                (0..axes.len()).filter(|at| axes.get(*at).is_some_and(|axis| cause.slots.contains(&axis.slot)));
            let moving: Vec<usize> = moving.collect();
            match layers.iter_mut().find(|layer| layer.axes == moving) {
                Some(layer) => layer.causes.push(cause),
                None => layers.push(Self { axes: moving, causes: vec![cause], held: Vec::new() }),
            }
        }
        layers
    }

    /// Makes room to hold every combination of so many numbers, where that is not too much.
    pub fn hold(&mut self, axes: &[SlotAxis], numbers: usize) {
        let combinations: usize = self.sizes(axes).product();
        if combinations.saturating_mul(numbers) <= MOST_HELD {
            self.held.resize_with(combinations, OnceLock::new);
        }
    }

    fn sizes<'a>(&'a self, axes: &'a [SlotAxis]) -> impl Iterator<Item = usize> + 'a {
        self.axes.iter().filter_map(|axis| axes.get(*axis)).map(|axis| axis.values.len())
    }

    /// Room for working out its causes.
    pub fn rooms(&self) -> Vec<Room> {
        self.causes.iter().map(|cause| cause.kernel.room()).collect()
    }

    /// What the causes add up to in a scenario: held, or worked out into `fresh`.
    pub fn added<'a>(
        &'a self,
        axes: &[SlotAxis],
        indices: &[usize],
        shared: &Shared,
        (rooms, fresh): (&mut [Room], &'a mut Added),
    ) -> &'a Added {
        let index = |axis: &usize| indices.get(*axis).copied().unwrap_or(0);
        let place = self.axes.iter().zip(self.sizes(axes)).fold(0, |place, (axis, size)| place * size + index(axis));
        match self.held.get(place) {
            Some(held) => held.get_or_init(|| self.add_up(axes, indices, shared, rooms)),
            None => {
                *fresh = self.add_up(axes, indices, shared, rooms);
                fresh
            }
        }
    }

    /// What the causes add up to in a scenario.
    pub fn add_up(&self, axes: &[SlotAxis], indices: &[usize], shared: &Shared, rooms: &mut [Room]) -> Added {
        let mut sum: Option<Added> = None;
        for (cause, room) in self.causes.iter().zip(rooms) {
            for (axis, index) in axes.iter().zip(indices) {
                if let Some(value) = axis.values.get(*index) {
                    cause.kernel.set(room, axis.slot, *value);
                }
            }
            let mut added = Added::default();
            at_width(shared.width, Running { cause, room, shared, added: &mut added });
            match &mut sum {
                Some(sum) => sum.add(&added),
                None => sum = Some(added),
            }
        }
        sum.unwrap_or_default()
    }
}

struct Running<'a> {
    cause: &'a Cause,
    room: &'a mut Room,
    shared: &'a Shared,
    added: &'a mut Added,
}

impl Work for Running<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Shared { columns, stride, draws, .. } = self.shared;
        self.cause.kernel.run(self.room, columns, *stride, *draws, self.added);
    }
}
