//! Reading the waterfall: steps in their order, or the usual order where none is written.
//!
//! One rule: everything that is owed stands in it exactly once.

use super::super::TermsReader;
use super::super::parts::one_way;
use super::parts::Ids;
use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::model::reader::common::Around;
use crate::model::reader::numbers::Meant;
use crate::model::terms::{FinanceFault, Recipient, Repaid, Step, SuccessFee, SurplusShare, TermsFault, Tranche};

/// What the waterfall pays.
pub(super) struct Owed<'r> {
    pub tranches: &'r [Tranche],
    pub fees: &'r [SuccessFee],
    pub tranche_ids: &'r Ids,
    pub fee_ids: &'r Ids,
}

impl Owed<'_> {
    /// The usual order: of each tranche in the order of the document its coupon, then its principal; then the fees.
    pub fn usual(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for (position, tranche) in self.tranches.iter().enumerate() {
            if tranche.coupon.is_some() {
                steps.push(Step::Coupon(vec![position]));
            }
            if tranche.repaid != Repaid::Never {
                steps.push(Step::Principal(vec![position]));
            }
        }
        steps.extend((0..self.fees.len()).map(Step::Fee));
        steps
    }

    /// That everything that is owed stands in the steps, and once.
    pub fn check(&self, node: &Node, steps: &[Step], problems: &mut Problems) -> Option<()> {
        let before = problems.total();
        let of = |pick: fn(&Step) -> &[usize]| -> Vec<usize> { steps.iter().flat_map(pick).copied().collect() };
        let principal = of(|step| if let Step::Principal(tranches) = step { tranches } else { &[] });
        let coupon = of(|step| if let Step::Coupon(tranches) = step { tranches } else { &[] });
        let fees = of(|step| if let Step::Fee(fee) = step { std::slice::from_ref(fee) } else { &[] });
        for (position, tranche) in self.tranches.iter().enumerate() {
            let (id, repaid) = (tranche.id.clone(), tranche.repaid != Repaid::Never);
            let stands = |steps: &[usize]| steps.iter().filter(|other| **other == position).count();
            match (repaid, stands(&principal)) {
                (true, 0) => problems.add(&node.place, FinanceFault::NeverRepaid { tranche: id.clone() }),
                (false, 1..) => problems.add(
                    &node.place,
                    FinanceFault::NothingToPay { tranche: id.clone(), because: "is a grant: no principal is repaid" },
                ),
                (_, 2..) => {
                    problems.add(&node.place, FinanceFault::TwiceInWaterfall { what: "principal", id: id.clone() });
                }
                _ => {}
            }
            match (tranche.coupon.is_some(), stands(&coupon)) {
                (true, 0) => problems.add(&node.place, FinanceFault::CouponNeverPaid { tranche: id }),
                (false, 1..) => {
                    problems.add(&node.place, FinanceFault::NothingToPay { tranche: id, because: "has no coupon" });
                }
                (_, 2..) => problems.add(&node.place, FinanceFault::TwiceInWaterfall { what: "coupon", id }),
                _ => {}
            }
        }
        for (position, fee) in self.fees.iter().enumerate() {
            match fees.iter().filter(|other| **other == position).count() {
                0 => problems.add(&node.place, FinanceFault::FeeNeverPaid { fee: fee.id.clone() }),
                1 => {}
                _ => problems.add(&node.place, FinanceFault::TwiceInWaterfall { what: "fee", id: fee.id.clone() }),
            }
        }
        (problems.total() == before).then_some(())
    }
}

impl TermsReader<'_> {
    /// The steps here.
    pub(super) fn waterfall(
        &mut self,
        node: &Node,
        owed: &Owed<'_>,
        around: &Around,
        problems: &mut Problems,
    ) -> Option<Vec<Step>> {
        let nodes = node.read_list(problems)?;
        let read: Vec<Option<Step>> = nodes.iter().map(|node| self.step(node, owed, around, problems)).collect();
        let steps: Vec<Step> = read.into_iter().collect::<Option<_>>()?;
        owed.check(node, &steps, problems)?;
        Some(steps)
    }

    fn step(&mut self, node: &Node, owed: &Owed<'_>, around: &Around, problems: &mut Problems) -> Option<Step> {
        let mut fields = Fields::of(node, problems)?;
        let step = match one_way(&mut fields, "a step", &["coupon", "principal", "fee", "surplus"]) {
            Some("coupon") => owed.tranche_ids.under(&mut fields, "coupon").map(Step::Coupon),
            Some("principal") => owed.tranche_ids.under(&mut fields, "principal").map(Step::Principal),
            Some("fee") => {
                fields.node("fee").and_then(|node| owed.fee_ids.named(node, fields.problems())).map(Step::Fee)
            }
            Some(_) => fields
                .node("surplus")
                .and_then(|node| self.surplus(node, owed, around, fields.problems()))
                .map(Step::Surplus),
            None => None,
        };
        fields.finish();
        step
    }

    fn surplus(
        &mut self,
        node: &Node,
        owed: &Owed<'_>,
        around: &Around,
        problems: &mut Problems,
    ) -> Option<Vec<SurplusShare>> {
        let nodes = node.read_list(problems)?;
        if nodes.is_empty() {
            return node.refuse(TermsFault::Empty { expected: "who gets which share" }, problems);
        }
        let read: Vec<Option<SurplusShare>> =
            nodes.iter().map(|node| self.surplus_share(node, owed, around, problems)).collect();
        let shares: Vec<SurplusShare> = read.into_iter().collect::<Option<_>>()?;
        self.whole(node, "shares of the surplus", shares.iter().map(|share| share.share), problems)?;
        Some(shares)
    }

    fn surplus_share(
        &mut self,
        node: &Node,
        owed: &Owed<'_>,
        around: &Around,
        problems: &mut Problems,
    ) -> Option<SurplusShare> {
        let mut fields = Fields::of(node, problems)?;
        let to = match one_way(&mut fields, "who gets it", &["tranche", "holder"]) {
            Some("tranche") => fields
                .node("tranche")
                .and_then(|node| owed.tranche_ids.named(node, fields.problems()))
                .map(Recipient::Tranche),
            Some(_) => self.holders.required(&mut fields, "holder").map(Recipient::Holder),
            None => None,
        };
        let share = self.numbers.required(&mut fields, "share", &Meant::share("share of the surplus", around));
        fields.finish();
        Some(SurplusShare { to: to?, share: share? })
    }
}
