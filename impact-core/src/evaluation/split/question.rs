//! What is asked of a split: what is paid, by whom, and what of their gains counts.

use crate::address::Address;
use crate::evaluation::line::{Class, Line};
use crate::evaluation::sums::LineTotal;
use crate::evaluation::view::View;
use crate::model::{HolderKind, Model, ValueKind};
use crate::number::Exact;

/// Which gains a payer can pay from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum GainCounted {
    /// Fiscal values: what is avoided or gained in the payer's budget, whether it releases money or not.
    #[default]
    Fiscal,
    /// Only the part of them that releases money.
    Cashable,
}

impl GainCounted {
    /// All of them, with their names in Python and on the command line.
    pub const NAMED: [(Self, &'static str); 2] = [(Self::Fiscal, "fiscal"), (Self::Cashable, "cashable")];
}

/// Who should pay for what.
///
/// # Which flows
/// None named: the costs of the document, as if nobody had paid for them yet; all its costs, transfers and reimbursements of
/// costs are set aside. Some named: what is paid in these, and what others pay back of them, is set aside; all else stays as it
/// is, and is deducted from what its payer gains.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SplitQuestion {
    /// Addresses of costs and transfers, such as `transfers.payment`; none for all costs.
    pub flows: Vec<String>,
    /// Ids of the public budgets that may pay; none for all of them. A joint holder is its members.
    pub payers: Vec<String>,
    /// Which gains count.
    pub gain: GainCounted,
}

/// What is wrong with a [`SplitQuestion`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SplitProblem {
    /// No holder has this id.
    #[error("`{id}` is no holder of this model: choose among {known}")]
    UnknownPayer {
        /// The id as given.
        id: String,
        /// The public budgets of the model.
        known: String,
    },
    /// A holder that is no public budget.
    #[error("`{id}` is no public budget: what it gains is not money that it could pay with; choose among {known}")]
    NotPublic {
        /// The id as given.
        id: String,
        /// The public budgets of the model.
        known: String,
    },
    /// No cost or transfer has this address.
    #[error("`{address}` is no cost or transfer of this model: choose among {known}")]
    UnknownFlow {
        /// The address as given.
        address: String,
        /// The costs and transfers of the model.
        known: String,
    },
    /// A model without a public budget.
    #[error("the model has no public budget that could pay")]
    NoPublicBudget,
}

/// A question resolved for one model.
pub(super) struct Asked {
    /// What is split; every cost where none is named.
    pub flows: Vec<Address>,
    pub all_costs: bool,
    /// By holder, whether it may pay.
    pub payers: Vec<bool>,
    pub gain: GainCounted,
}

impl Asked {
    pub fn of(model: &Model, question: &SplitQuestion) -> Result<Self, Vec<SplitProblem>> {
        let mut problems = Vec::new();
        let payers = payers(model, &question.payers, &mut problems);
        let costs = model.costs().iter().map(|cost| &cost.address);
        let written: Vec<&Address> = costs.chain(model.transfers().iter().map(|transfer| &transfer.address)).collect();
        for address in &question.flows {
            if !written.iter().any(|flow| flow.as_str() == address) {
                let known = written.iter().map(|flow| flow.as_str()).collect::<Vec<_>>().join(", ");
                problems.push(SplitProblem::UnknownFlow { address: address.clone(), known });
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let all_costs = question.flows.is_empty();
        let asked = |flow: &&Address| question.flows.iter().any(|asked| asked == flow.as_str());
        let flows = match all_costs {
            true => model.costs().iter().map(|cost| cost.address.clone()).collect(),
            false => written.into_iter().filter(asked).cloned().collect(),
        };
        Ok(Self { flows, all_costs, payers, gain: question.gain })
    }

    /// Whether a line is what is split: money that somebody pays, and not what carries it to market prices.
    pub fn is_split(&self, line: &Line) -> bool {
        let paid = matches!(line.class, Class::Cost | Class::Transfer) && !line.is_markup();
        paid && self.flows.contains(&line.cause)
    }

    /// Whether a line pays back some of what is split: how it is paid for now.
    fn pays_it_back(&self, line: &Line) -> bool {
        line.class == Class::Reimbursement && line.of.as_ref().is_some_and(|of| self.flows.contains(of))
    }

    /// What a view gains of a line in money, before anybody pays for what is split.
    pub fn gain(&self, view: &View, line: &Line, total: &LineTotal<Exact>) -> Exact {
        match line.summed_as() {
            Class::Cost | Class::Transfer if self.all_costs || self.pays_it_back(line) => Exact::ZERO,
            // What somebody receives of it stays with whoever receives it.
            Class::Cost | Class::Transfer if self.is_split(line) => match view.ends(line).1 {
                true => total.present_value,
                false => Exact::ZERO,
            },
            Class::Cost | Class::Transfer => view.signed_total(line, total.present_value),
            Class::Financing => Exact::ZERO,
            Class::Outcome | Class::Displaced | Class::Reimbursement => match (line.kind, self.gain) {
                (ValueKind::Fiscal, GainCounted::Fiscal) => view.signed_total(line, total.present_value),
                (ValueKind::Fiscal, GainCounted::Cashable) => view.signed_total(line, total.present_cashable),
                (ValueKind::Economic | ValueKind::Social, _) => Exact::ZERO,
            },
        }
    }

    /// What a view pays as the document has it, of what is set aside.
    pub fn pays_now(&self, view: &View, line: &Line, total: &LineTotal<Exact>) -> Exact {
        match line.summed_as() {
            Class::Cost | Class::Transfer if self.all_costs || self.pays_it_back(line) => {
                Exact::ZERO - view.signed_total(line, total.present_value)
            }
            _ if self.is_split(line) && view.ends(line).0 => total.present_value,
            _ => Exact::ZERO,
        }
    }
}

/// By holder, whether it may pay.
fn payers(model: &Model, asked: &[String], problems: &mut Vec<SplitProblem>) -> Vec<bool> {
    let holders = model.holders();
    let public: Vec<bool> = holders.iter().map(|holder| holder.kind == HolderKind::Public).collect();
    if !public.contains(&true) {
        problems.push(SplitProblem::NoPublicBudget);
        return public;
    }
    if asked.is_empty() {
        return public;
    }
    let named = holders.iter().filter(|holder| holder.kind == HolderKind::Public);
    let known = named.map(|holder| holder.id.as_str()).collect::<Vec<_>>().join(", ");
    let mut chosen = vec![false; holders.len()];
    for id in asked {
        let Some(at) = holders.iter().position(|holder| holder.id == *id) else {
            problems.push(SplitProblem::UnknownPayer { id: id.clone(), known: known.clone() });
            continue;
        };
        let members = holders.get(at).map(|holder| holder.members.as_slice()).unwrap_or_default();
        let joint: Vec<usize> = members.iter().map(|member| member.holder.position()).collect();
        let all = if joint.is_empty() { vec![at] } else { joint };
        if !all.iter().all(|at| public.get(*at) == Some(&true)) {
            problems.push(SplitProblem::NotPublic { id: id.clone(), known: known.clone() });
        }
        all.into_iter().filter_map(|at| chosen.get_mut(at).map(|chosen| *chosen = true)).for_each(drop);
    }
    chosen
}
