//! Reading who pays: shares that add up to one, own limits, a fund that tops up.

use super::TermsReader;
use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::model::reader::common::Around;
use crate::model::reader::numbers::Meant;
use crate::model::terms::{Payer, TermsFault};
use rust_decimal::Decimal;

impl TermsReader<'_> {
    /// The payers here.
    pub(super) fn payers(&mut self, node: &Node, around: &Around, problems: &mut Problems) -> Option<Vec<Payer>> {
        let nodes = node.read_list(problems)?;
        if nodes.is_empty() {
            return node.refuse(TermsFault::Empty { expected: "who pays" }, problems);
        }
        let alone = nodes.len() == 1;
        let read: Vec<Option<Payer>> = nodes.iter().map(|node| self.payer(node, alone, around, problems)).collect();
        let payers: Vec<Payer> = read.into_iter().collect::<Option<_>>()?;
        self.check_parties(nodes, &payers, problems)?;
        if payers.iter().filter(|payer| payer.tops_up).count() > 1 {
            return node.refuse(TermsFault::SeveralTopUps, problems);
        }
        let mut points = payers.iter().filter_map(|payer| payer.share).map(|slot| self.numbers.point(slot));
        let sum = points.try_fold(Decimal::ZERO, |sum, point| sum.checked_add(point?));
        match sum {
            Some(sum) if sum != Decimal::ONE => node.refuse(TermsFault::Shares { sum: sum.normalize() }, problems),
            _ => Some(payers),
        }
    }

    fn payer(&mut self, node: &Node, alone: bool, around: &Around, problems: &mut Problems) -> Option<Payer> {
        let mut fields = Fields::of(node, problems)?;
        let holder = self.party(&mut fields, "holder");
        let tops_up = fields.flag("tops_up").unwrap_or(false);
        let meant = Meant::share("share", around);
        let share = match (tops_up, alone && !fields.has("share")) {
            (true, _) if fields.has("share") => {
                fields.known(&["share"]);
                fields.refuse("share", TermsFault::ShareOfTopUp);
                None
            }
            (true, _) => Some(None),
            // Alone, it pays all of it.
            (false, true) => {
                fields.known(&["share"]);
                let address = fields.place_of("share").address;
                Some(Some(self.numbers.unlisted(address, &meant, Decimal::ONE)))
            }
            (false, false) => self.numbers.required(&mut fields, "share", &meant).map(Some),
        };
        let at_most = self.amount(&mut fields, "at_most", "most a payer pays", around);
        fields.finish();
        Some(Payer { holder: holder?, share: share?, at_most, tops_up })
    }

    /// That nobody pays twice, or is paid by itself.
    fn check_parties(&self, nodes: &[Node], payers: &[Payer], problems: &mut Problems) -> Option<()> {
        let before = problems.total();
        for (position, (node, payer)) in nodes.iter().zip(payers).enumerate() {
            let holder = || self.holders.id(payer.holder).to_owned();
            let mut refuse = |fault| {
                let there = node.as_table().and_then(|table| table.get("holder")).unwrap_or(node);
                problems.add(&there.place, fault);
            };
            if payers.iter().take(position).any(|earlier| earlier.holder == payer.holder) {
                refuse(TermsFault::PaysTwice { holder: holder() });
            }
            if self.payee == Some(payer.holder) {
                refuse(TermsFault::PaysItself { holder: holder() });
            }
        }
        (problems.total() == before).then_some(())
    }
}
