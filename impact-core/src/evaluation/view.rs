//! Views: which ends of a posting a perspective counts.
//!
//! One rule: a perspective counts what its parties gain less what they lose; between two of its parties money cancels.

use super::budget::enters_budgets;
use super::ledger::Posting;
use super::line::{Class, Line, Party};
use super::plan::Sign;
use crate::model::{Holder, HolderKind, Model, Perspective, PublicLevel, QuestionError};
use crate::number::Exact;
use crate::reference::TransferCounting;
use rust_decimal::Decimal;

/// A perspective resolved for one model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct View {
    /// By holder, whether it is counted.
    counted: Vec<bool>,
    /// By holder, whether it is counted and a public budget.
    budgets: Vec<bool>,
    /// By holder, whether it is counted and no public budget.
    others: Vec<bool>,
    /// Whether everybody's postings (tax-financing cost, what carries resources to market prices) count.
    society: bool,
    /// Whether those without standing are left out.
    standing_only: bool,
    /// Whether an outcome that is a transfer counts for its gaining holder only.
    gaining_holder_only: bool,
}

impl View {
    /// The view of a perspective.
    pub fn new(model: &Model, perspective: &Perspective) -> Result<Self, QuestionError> {
        let holders = model.holders();
        let counted: Vec<bool> = match perspective {
            Perspective::Society | Perspective::Everybody => vec![true; holders.len()],
            Perspective::Public => holders.iter().map(|holder| holder.kind == HolderKind::Public).collect(),
            Perspective::Holder(id) => {
                let named = holders.iter().find(|holder| holder.id == *id);
                let members = named.map(|holder| holder.members.as_slice()).unwrap_or_default();
                let position = |at: usize| members.iter().any(|member| member.holder.position() == at);
                holders.iter().enumerate().map(|(at, holder)| holder.id == *id || position(at)).collect()
            }
        };
        if matches!(perspective, Perspective::Holder(_)) && !counted.contains(&true) {
            let known = holders.iter().map(|holder| holder.id.as_str()).collect::<Vec<_>>().join(", ");
            return Err(QuestionError::UnknownHolder { id: perspective.to_string(), known });
        }
        Ok(Self::counting(model, counted, perspective))
    }

    /// The view of all public budgets of a level of government.
    pub fn of_level(model: &Model, level: PublicLevel) -> Self {
        let counted = model.holders().iter().map(|holder| holder.level == Some(level)).collect();
        Self::counting(model, counted, &Perspective::Public)
    }

    fn counting(model: &Model, counted: Vec<bool>, perspective: &Perspective) -> Self {
        let holders = model.holders();
        let public = |(counted, holder): (&bool, &Holder)| *counted && holder.kind == HolderKind::Public;
        let budgets = counted.iter().zip(holders).map(public).collect();
        let other = |(counted, holder): (&bool, &Holder)| {
            *counted && !matches!(holder.kind, HolderKind::Public | HolderKind::Joint)
        };
        let others = counted.iter().zip(holders).map(other).collect();
        let society = matches!(perspective, Perspective::Society | Perspective::Everybody);
        let rule = model.convention().combination.transfers;
        Self {
            counted,
            budgets,
            others,
            society,
            standing_only: *perspective == Perspective::Society,
            gaining_holder_only: society && rule == TransferCounting::GainingHolderOnly,
        }
    }

    /// The view of everybody's inputs that a ratio has below the line: at market prices only where it is society's, so that
    /// above and below are in the same prices.
    pub fn of_all_inputs(model: &Model, perspective: &Perspective) -> Result<Self, QuestionError> {
        let society = matches!(perspective, Perspective::Society | Perspective::Everybody);
        Ok(Self { society, ..Self::new(model, &Perspective::Everybody)? })
    }

    fn counts(&self, party: Option<Party>, stands: bool) -> bool {
        match party {
            Some(_) if self.standing_only && !stands => false,
            Some(Party::Holder(holder)) => self.counted.get(holder.position()).copied().unwrap_or(false),
            Some(Party::Society) => self.society,
            None => false,
        }
    }

    /// Whether the view counts the end that pays, and the end that gains.
    pub fn ends(&self, line: &Line) -> (bool, bool) {
        (self.counts(line.from, line.from_stands), self.counts(line.to, line.to_stands))
    }

    /// Whether a gain within the view counts although somebody in it loses the same.
    pub fn counts_gainer_only(&self) -> bool {
        self.gaining_holder_only
    }

    /// Plus where the view gains by the line, minus where it loses.
    pub fn sign(&self, line: &Line) -> Sign {
        match self.ends(line) {
            (true, true) if self.gaining_holder_only && line.class == Class::Outcome => Sign::Plus,
            (true, true) if self.gaining_holder_only && line.class == Class::Displaced => Sign::Minus,
            (false, true) => Sign::Plus,
            (true, false) => Sign::Minus,
            (true, true) | (false, false) => Sign::None,
        }
    }

    /// Plus where a public budget of the view gains by the line, minus where one loses.
    pub fn budget_sign(&self, line: &Line) -> Sign {
        let counts = |party: Option<Party>| match party {
            Some(Party::Holder(holder)) => self.budgets.get(holder.position()).copied().unwrap_or(false),
            Some(Party::Society) | None => false,
        };
        match (counts(line.from), counts(line.to)) {
            (false, true) => Sign::Plus,
            (true, false) => Sign::Minus,
            (true, true) | (false, false) => Sign::None,
        }
    }

    /// The same of the budgets' money only: costs, transfers and fiscal values.
    pub fn money_sign(&self, line: &Line) -> Sign {
        if enters_budgets(line) { self.budget_sign(line) } else { Sign::None }
    }

    /// Plus where holders of the view that are no public budget gain something people would pay for, minus where they lose.
    pub fn willing_sign(&self, line: &Line) -> Sign {
        if !line.willingness {
            return Sign::None;
        }
        let counts = |party: Option<Party>, counted: bool| match party {
            Some(Party::Holder(holder)) => counted && self.others.get(holder.position()).copied().unwrap_or(false),
            Some(Party::Society) | None => false,
        };
        let (from, to) = self.ends(line);
        match (counts(line.from, from), counts(line.to, to)) {
            (false, true) => Sign::Plus,
            (true, false) => Sign::Minus,
            (true, true) | (false, false) => Sign::None,
        }
    }

    /// Whether the view holds somebody who is no public budget.
    pub fn has_others(&self) -> bool {
        self.others.contains(&true)
    }

    /// Whether tax-financing cost counts, which every public line moves.
    pub fn sees_financing(&self) -> bool {
        self.society
    }

    /// Whether the view holds a public budget.
    pub fn has_budget(&self) -> bool {
        self.budgets.contains(&true)
    }

    /// A total of a line as the view sees it.
    pub fn signed_total(&self, line: &Line, total: Exact) -> Exact {
        match self.sign(line) {
            Sign::Plus => total,
            Sign::Minus => Exact::ZERO - total,
            Sign::None => Exact::ZERO,
        }
    }

    /// An amount of a posting as the public budgets of the view see it.
    pub fn signed_cash(&self, line: &Line, posting: &Posting, amount: Decimal) -> Exact {
        signed(self.budget_sign(line), posting.turned, amount)
    }

    /// An amount of a posting as the view sees it: gains positive, losses negative, nothing where it is not counted.
    pub fn signed(&self, line: &Line, posting: &Posting, amount: Decimal) -> Exact {
        signed(self.sign(line), posting.turned, amount)
    }
}

pub(super) fn signed(sign: Sign, turned: bool, amount: Decimal) -> Exact {
    match (sign, turned) {
        (Sign::None, _) => Exact::ZERO,
        (Sign::Plus, false) | (Sign::Minus, true) => Exact::from(amount),
        (Sign::Plus, true) | (Sign::Minus, false) => Exact::ZERO - Exact::from(amount),
    }
}
