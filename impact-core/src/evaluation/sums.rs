//! Sums: what a perspective gains and pays, line by line added up.
//!
//! One rule: measures are written once, over these sums, whether they come from the ledger or from the fast totals.

use super::ledger::Ledger;
use super::line::{Class, Line};
use super::plan::Sign;
use super::view::View;
use crate::model::ValueKind;
use crate::number::{Exact, Number};

/// The present values of one line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LineTotal<N> {
    pub present_value: N,
    pub present_claim: N,
    pub present_cashable: N,
}

impl<N: Number> LineTotal<N> {
    pub fn zero() -> Self {
        Self { present_value: N::zero(), present_claim: N::zero(), present_cashable: N::zero() }
    }
}

/// Present values from one perspective, in the model's currency and prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sums<N> {
    /// Outcomes, losses and displaced outcomes deducted.
    pub outcomes: N,
    /// The SROI claims on the outcomes.
    pub claims: N,
    /// What releases money in public budgets.
    pub cashable: N,
    /// Resources paid for.
    pub inputs: N,
    /// Transfers received less transfers paid.
    pub transfers: N,
    /// Tax-financing cost; negative where public budgets gain.
    pub financing: N,
}

impl<N: Number> Sums<N> {
    /// Net present value: everything gained less everything lost.
    pub fn net(&self) -> N {
        self.outcomes + self.transfers - self.inputs - self.financing
    }

    pub(crate) fn of(lines: &[Line], totals: &[LineTotal<N>], view: &View) -> Self {
        let zero = N::zero();
        let mut sums =
            Self { outcomes: zero, claims: zero, cashable: zero, inputs: zero, transfers: zero, financing: zero };
        for (line, total) in lines.iter().zip(totals) {
            match view.sign(line) {
                Sign::Plus => sums.add(line, *total),
                Sign::Minus => sums.add(line, total.negated()),
                Sign::None => {}
            }
            let released = line.outcome.is_some() && line.kind == ValueKind::Fiscal;
            match view.budget_sign(line) {
                Sign::Plus if released => sums.cashable = sums.cashable + total.present_cashable,
                Sign::Minus if released => sums.cashable = sums.cashable - total.present_cashable,
                _ => {}
            }
        }
        sums
    }

    fn add(&mut self, line: &Line, total: LineTotal<N>) {
        match line.summed_as() {
            Class::Cost => self.inputs = self.inputs - total.present_value,
            Class::Transfer => self.transfers = self.transfers + total.present_value,
            Class::Financing => self.financing = self.financing - total.present_value,
            Class::Outcome | Class::Displaced | Class::Reimbursement => {
                self.outcomes = self.outcomes + total.present_value;
                self.claims = self.claims + total.present_claim;
            }
        }
    }
}

impl<N: Number> LineTotal<N> {
    fn negated(self) -> Self {
        let turn = |number: N| N::zero() - number;
        Self {
            present_value: turn(self.present_value),
            present_claim: turn(self.present_claim),
            present_cashable: turn(self.present_cashable),
        }
    }
}

/// The present values of each line of a ledger.
pub(crate) fn line_totals(ledger: &Ledger) -> Vec<LineTotal<Exact>> {
    let mut totals = vec![LineTotal::zero(); ledger.lines().len()];
    for posting in ledger.postings() {
        let Some(total) = totals.get_mut(posting.line) else { continue };
        let posted = LineTotal {
            present_value: Exact::from(posting.present_value),
            present_claim: Exact::from(posting.present_claim),
            present_cashable: Exact::from(posting.present_cashable),
        };
        let posted = if posting.turned { posted.negated() } else { posted };
        total.present_value = total.present_value + posted.present_value;
        total.present_claim = total.present_claim + posted.present_claim;
        total.present_cashable = total.present_cashable + posted.present_cashable;
    }
    totals
}
