//! Reading joint holders: several holders in fixed shares.
//!
//! One rule: the members are single holders and their shares one whole, so that what a joint holder pays is paid to the øre.

use super::Reader;
use super::common::Around;
use super::numbers::Meant;
use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::model::{HolderIndex, HolderKind, Member, ModelFault};
use crate::number::Exact;

impl Reader {
    /// The members of every joint holder, now that all holders and shared numbers are known.
    pub(super) fn joint_holders(&mut self, listed: Option<&Node>, problems: &mut Problems) {
        let nodes = listed.and_then(Node::as_list).unwrap_or_default();
        for node in nodes {
            let joint = |at: &HolderIndex| self.holders.kind(*at) == Some(HolderKind::Joint);
            let found = self.holders.position_of(node).filter(joint);
            if let (Some(at), Some(table)) = (found, node.as_table())
                && let Some(shares) = table.get("shares")
            {
                let members = self.members(shares, problems);
                self.holders.join(at, members);
            }
        }
    }

    fn members(&mut self, shares: &Node, problems: &mut Problems) -> Vec<Member> {
        let Some(mut fields) = Fields::of(shares, problems) else { return Vec::new() };
        let around = Around::default();
        let entries = fields.rest();
        let mut members = Vec::with_capacity(entries.len());
        for entry in &entries {
            let meant = Meant::share("share of a joint holder", &around);
            let share = self.numbers.number(&entry.node, &meant, fields.problems());
            let varies =
                share.and_then(|slot| self.numbers.kept.get(slot.0)).is_some_and(|one| one.distribution.is_some());
            if varies {
                fields.refuse(&entry.key, ModelFault::ShareVaries);
            }
            let holder = self.member(&entry.key, &entry.node, fields.problems());
            members.extend(holder.zip(share).map(|(holder, share)| Member { holder, share }));
        }
        let sum: Exact = members.iter().filter_map(|one| self.numbers.point(one.share)).map(Exact::from).sum();
        if members.len() == entries.len() && sum != Exact::ONE {
            let sum = sum.value().unwrap_or_default().normalize();
            fields.refuse_here(ModelFault::SharesSum { sum });
        }
        fields.finish();
        members
    }

    /// The single holder a share belongs to.
    fn member(&self, id: &str, node: &Node, problems: &mut Problems) -> Option<HolderIndex> {
        match self.holders.known(id) {
            Some(Some(holder)) if self.holders.kind(holder) == Some(HolderKind::Joint) => {
                node.refuse(ModelFault::JointOfJoint { id: id.to_owned() }, problems)
            }
            Some(holder) => holder,
            None if self.holders.has(id) => None,
            None => node.refuse(self.holders.unknown(id), problems),
        }
    }
}
