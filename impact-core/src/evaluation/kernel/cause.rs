//! Causes: a kernel taken apart into its costs, transfers and outcomes.
//!
//! One rule: everything that is added up is a sum over causes, tax-financing cost included, as it is a part of each outlay. So what
//! a cause adds need be worked out again only where one of its own numbers changes.

use super::Kernel;
use crate::evaluation::flow::FlowPlan;
use crate::evaluation::plan::{OutcomePlan, Part, Plan, ValuePlan};
use crate::evaluation::reimbursement::ReimbursementPlan;
use crate::model::Slot;
use std::collections::BTreeSet;

/// One cost, transfer or outcome by itself.
#[derive(Debug, Clone)]
pub(crate) struct Cause {
    /// The kernel that values it and nothing else.
    pub kernel: Kernel,
    /// The numbers that move it.
    pub slots: BTreeSet<Slot>,
}

impl Kernel {
    /// The causes of the model: what each adds up to, together with the constants, is what the whole adds up to.
    pub fn causes(&self) -> Vec<Cause> {
        let flows = self.plan.flows.iter().map(|flow| {
            let kernel = self.only(Plan { flows: vec![flow.clone()], outcomes: Vec::new(), ..self.plan.clone() });
            Cause { kernel, slots: flow_slots(&self.plan, flow) }
        });
        flows.chain(self.plan.apart().into_iter().map(|positions| self.outcomes(&positions))).collect()
    }

    /// Some outcomes by themselves.
    fn outcomes(&self, positions: &[usize]) -> Cause {
        let outcomes: Vec<OutcomePlan> =
            positions.iter().filter_map(|position| self.plan.outcomes.get(*position)).cloned().collect();
        let slots = outcomes.iter().flat_map(|outcome| outcome_slots(&self.plan, outcome)).collect();
        let mut kernel = self.only(Plan { flows: Vec::new(), outcomes, ..self.plan.clone() });
        // The outcomes left stand at the first positions of their plan.
        let counted = positions.iter().filter_map(|position| self.readings.outcomes.get(*position));
        kernel.readings.outcomes = counted.cloned().collect();
        Cause { kernel, slots }
    }

    fn only(&self, plan: Plan) -> Self {
        let mut readings = self.readings.clone();
        readings.constants.fill(0.0);
        Self { plan, readings, varied: self.varied.clone() }
    }
}

impl Plan {
    /// The outcomes that add up apart from each other, by their positions: steps are counted over all that free places.
    fn apart(&self) -> Vec<Vec<usize>> {
        let frees = |position: &usize| {
            self.outcomes.get(*position).is_some_and(|outcome| outcome.values.iter().any(ValuePlan::frees_places))
        };
        let (together, alone): (Vec<usize>, Vec<usize>) = (0..self.outcomes.len()).partition(frees);
        alone.into_iter().map(|position| vec![position]).chain((!together.is_empty()).then_some(together)).collect()
    }
}

fn shares(parts: &[Part]) -> impl Iterator<Item = Slot> {
    parts.iter().flat_map(|part| part.shares.iter().copied())
}

fn flow_slots(plan: &Plan, flow: &FlowPlan) -> BTreeSet<Slot> {
    let priced = flow.nominal || flow.assumed_years != 0;
    let bias = flow.bias.into_iter().flat_map(|laid| laid.bias.slots().collect::<Vec<_>>());
    let own = flow.amount.slots().iter().copied().chain(bias).chain(shares(&flow.parts));
    let own = own.chain(flow.reimbursed.iter().flat_map(ReimbursementPlan::slots));
    own.chain(plan.inflation.filter(|_| priced)).collect()
}

fn outcome_slots(plan: &Plan, outcome: &OutcomePlan) -> BTreeSet<Slot> {
    let of_value = |value: &ValuePlan| {
        let mut slots: Vec<Slot> = value.slots().chain([value.cashable]).collect();
        slots.extend(shares(&value.parts).chain(shares(&value.displaced)));
        slots.extend(value.reimbursed.iter().flat_map(ReimbursementPlan::slots));
        slots.extend(value.growth.and_then(|path| plan.growth.get(path)).into_iter().flat_map(|path| path.slots()));
        slots.extend(plan.inflation.filter(|_| value.assumed_years != 0));
        slots
    };
    let frees = outcome.values.iter().any(ValuePlan::frees_places);
    let steps = plan.capacities.iter().filter(|_| frees).map(|capacity| capacity.places_per_step);
    outcome.slots().chain(outcome.values.iter().flat_map(of_value)).chain(steps).collect()
}
