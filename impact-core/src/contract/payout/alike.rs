//! Marks: what tells draws apart that are paid differently, whatever the prices.
//!
//! One rule: two draws with the same mark are paid the same, to the last bit, at any prices, shares of payers and limits: they reach
//! the same steps and meet the same conditions, and where a figure is paid as it is, theirs is the same one.

use super::figures::Found;
use super::gates::{GatePlan, Testable};
use super::items::{Amount, Item};
use super::plan::Plan;
use crate::contract::figure::Counted;
use crate::contract::schedule::reached;
use crate::contract::values::at;
use crate::model::Slot;
use crate::model::terms::{Boundary, Corner, Schedule, Test};
use crate::number::Number;

/// The most marks there may be.
const MOST_MARKS: i32 = 1 << 16;

/// What is looked at of a figure.
#[derive(Debug)]
enum Look<'p> {
    /// How many of these steps it reaches.
    Steps { figure: usize, steps: &'p [Corner], boundary: Boundary, sizes: i32 },
    /// Which one it is of so many.
    Itself { figure: usize, sizes: i32 },
}

/// The marks of a plan.
#[derive(Debug)]
pub(crate) struct Marks<'p> {
    items: Vec<(&'p Item, Vec<Look<'p>>)>,
    /// The figures that are paid as they are, in the order of their numbers.
    own: Vec<usize>,
    count: i32,
}

impl Plan {
    /// Whether a number of the terms decides which draws are paid alike.
    pub fn tells_apart(&self, slot: Slot) -> bool {
        let of_steps = |item: &Item| match self.steps(item) {
            Some((steps, _)) => steps.iter().any(|step| step.at == slot),
            None => false,
        };
        self.in_figures(slot)
            || self.items.iter().any(|item| of_steps(item) || item.gates.iter().any(|gate| gate.rests_on(slot)))
    }

    /// The figures for which more is paid than the steps that they reach, each once.
    pub fn figures_paid_as_they_are(&self) -> Vec<usize> {
        let paid = self.items.iter().filter(|item| self.steps(item).is_none()).flat_map(Item::figures);
        let mut figures: Vec<usize> = paid.collect();
        figures.sort_unstable();
        figures.dedup();
        figures
    }

    /// The marks, where there are so many different ones of each figure that is paid as it is; none where there were too many marks.
    pub fn marks(&self, sizes: &[(usize, usize)]) -> Option<Marks<'_>> {
        let mut count = 1_i32;
        let mut items = Vec::with_capacity(self.items.len());
        for item in &self.items {
            let mut looks = Vec::new();
            for figure in item.figures() {
                looks.push(match self.steps(item) {
                    Some((steps, boundary)) => {
                        Look::Steps { figure, steps, boundary, sizes: i32::try_from(steps.len()).ok()? + 1 }
                    }
                    None => {
                        let (_, size) = sizes.iter().find(|(own, _)| *own == figure)?;
                        Look::Itself { figure, sizes: i32::try_from(*size).ok()? }
                    }
                });
            }
            let sizes = looks.iter().map(Look::sizes).try_fold(2_i32, i32::checked_mul)?;
            count = count.checked_mul(sizes).filter(|count| *count <= MOST_MARKS)?;
            items.push((item, looks));
        }
        Some(Marks { items, own: sizes.iter().map(|(figure, _)| *figure).collect(), count })
    }

    /// The steps by which an item is paid, where they are all that its figure decides.
    fn steps(&self, item: &Item) -> Option<(&[Corner], Boundary)> {
        let payment = self.contract.terms().payments.get(item.payment)?;
        match (&item.amount, &payment.schedule) {
            (Amount::Each(_), _) => None,
            (_, Schedule::Steps { steps, boundary }) => Some((steps, *boundary)),
            (_, Schedule::Fixed(_)) => Some((&[], Boundary::Closed)),
            _ => None,
        }
    }
}

impl Item {
    /// The figures that it is paid for.
    fn figures(&self) -> impl Iterator<Item = usize> {
        let (several, one, other) = match &self.amount {
            Amount::Fee(_) => (&[][..], None, None),
            Amount::Of(figure) => (&[][..], Some(*figure), None),
            Amount::Each(figures) => (figures.as_slice(), None, None),
            Amount::Beyond { so_far, before } => (&[][..], Some(*so_far), *before),
        };
        several.iter().copied().chain(one).chain(other)
    }
}

impl GatePlan {
    /// Whether a number of the terms decides whether it is met, beside those that decide a figure.
    fn rests_on(&self, slot: Slot) -> bool {
        match self {
            Self::Reaches { at, .. } => *at == slot,
            Self::People { at_least, .. } => *at_least == slot,
            Self::Significant { condition, .. } => {
                let dispersion = match condition.test {
                    Test::NegativeBinomial { dispersion } => Some(dispersion),
                    Test::TwoProportions | Test::Fisher | Test::Poisson => None,
                };
                condition.level == slot || dispersion == Some(slot)
            }
        }
    }
}

impl Look<'_> {
    fn sizes(&self) -> i32 {
        match self {
            Self::Steps { sizes, .. } | Self::Itself { sizes, .. } => *sizes,
        }
    }
}

impl Marks<'_> {
    /// How many there may be.
    pub fn count(&self) -> usize {
        usize::try_from(self.count).unwrap_or(0)
    }

    /// The mark of a draw, from 0 up to their count; `numbers` says which one each figure is that is paid as it is.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn of<N: Testable>(&self, values: &[N], (seen, found): (&[Counted<N>], &[Found<N>]), numbers: &[N]) -> N {
        let mut mark = N::zero();
        for (item, looks) in &self.items {
            let mut open = item.exists(seen, found);
            for gate in &item.gates {
                open = open.min(gate.met(values, seen, found));
            }
            mark = mark * N::whole(2) + N::select(N::zero(), open, N::one(), N::zero());
            for look in looks {
                mark = mark * N::whole(look.sizes()) + self.looked(look, values, found, numbers);
            }
        }
        mark
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn looked<N: Number>(&self, look: &Look<'_>, values: &[N], found: &[Found<N>], numbers: &[N]) -> N {
        match look {
            Look::Steps { figure, steps, boundary, .. } => {
                let Some(found) = found.get(*figure) else { return N::zero() };
                let (mut last, mut number) = (N::zero(), N::zero());
                for step in *steps {
                    number = number + N::one();
                    last = reached(found.ratio, *boundary, at(values, step.at), number, last);
                }
                last
            }
            Look::Itself { figure, .. } => {
                let place = self.own.iter().position(|own| own == figure);
                place.and_then(|place| numbers.get(place)).copied().unwrap_or_else(N::zero)
            }
        }
    }
}
