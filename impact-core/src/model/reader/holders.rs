//! Reading holders, and finding them again by their ids.

use super::common::{Entry, list};
use super::words::{HOLDER_KINDS, LEVELS};
use crate::document::{Fields, Node, nearest};
use crate::error::Problems;
use crate::model::{Accepts, Holder, HolderIndex, HolderKind, Member, ModelFault, PublicLevel};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// Names of perspectives, which no holder may have.
const RESERVED: [&str; 3] = ["society", "public", "everybody"];

/// The holders of a model and the ids they are known by, those that could not be read included.
#[derive(Debug, Default)]
pub(super) struct Holders {
    pub kept: Vec<Holder>,
    ids: HashMap<String, Option<HolderIndex>>,
    /// Whether the list itself, or an id in it, could not be read: then nobody can say that an id is unknown.
    unknowable: bool,
    /// Whether some holder could not be read: then nobody can say that no holder has a level.
    incomplete: bool,
}

impl Holders {
    pub fn read(fields: &mut Fields<'_, '_>) -> Self {
        let mut holders = Self::default();
        let Some(node) = fields.required("holders") else {
            return Self { unknowable: true, incomplete: true, ..holders };
        };
        holders.unknowable = node.as_list().is_none();
        holders.incomplete = holders.unknowable;
        list(Some(node), fields.problems(), |node, problems| {
            holders.read_one(node, problems);
            Some(())
        });
        holders
    }

    fn read_one(&mut self, node: &Node, problems: &mut Problems) {
        let before = problems.total();
        let (id, holder) = match Fields::of(node, problems) {
            Some(fields) => read_holder(fields),
            None => (None, None),
        };
        self.incomplete |= problems.total() > before;
        let Some(id) = id else {
            self.unknowable = true;
            return;
        };
        let index = holder.map(|holder| {
            self.kept.push(holder);
            HolderIndex(self.kept.len() - 1)
        });
        // An id used twice is a problem of its own; the one it was meant to be may be asked for below.
        self.unknowable |= self.ids.insert(id, index).is_some();
    }

    /// The holder under a key, where one is named.
    pub fn optional(&self, fields: &mut Fields<'_, '_>, key: &str) -> Option<HolderIndex> {
        let node = fields.node(key)?;
        self.named(node, fields.problems())
    }

    /// The holder under a key that must be there.
    pub fn required(&self, fields: &mut Fields<'_, '_>, key: &str) -> Option<HolderIndex> {
        let node = fields.required(key)?;
        self.named(node, fields.problems())
    }

    fn named(&self, node: &Node, problems: &mut Problems) -> Option<HolderIndex> {
        let id = node.read_text(problems)?;
        match self.ids.get(id) {
            Some(index) => *index,
            None if self.unknowable => None,
            None => node.refuse(self.unknown(id), problems),
        }
    }

    /// Whether a holder has this id, as far as can be said.
    pub fn has(&self, id: &str) -> bool {
        self.unknowable || self.ids.contains_key(id)
    }

    /// That no holder has this id.
    pub fn unknown(&self, id: &str) -> ModelFault {
        let mut known: Vec<String> = self.ids.keys().cloned().collect();
        known.sort_unstable();
        let nearest = nearest(id, known.iter().map(String::as_str)).map(str::to_owned);
        ModelFault::UnknownHolder { id: id.to_owned(), nearest, known }
    }

    /// The holder that was read from here.
    pub fn position_of(&self, node: &Node) -> Option<HolderIndex> {
        let id = node.as_table()?.get("id")?.as_text()?;
        self.known(id).flatten()
    }

    /// The holder of an id; none inside where it could not be read.
    pub fn known(&self, id: &str) -> Option<Option<HolderIndex>> {
        self.ids.get(id).copied()
    }

    /// The kind of a holder.
    pub fn kind(&self, index: HolderIndex) -> Option<HolderKind> {
        self.kept.get(index.0).map(|holder| holder.kind)
    }

    /// Gives a joint holder its members.
    pub fn join(&mut self, index: HolderIndex, members: Vec<Member>) {
        if let Some(holder) = self.kept.get_mut(index.0) {
            holder.members = members;
        }
    }

    /// The id of a holder.
    pub fn id(&self, index: HolderIndex) -> &str {
        self.kept.get(index.0).map_or("", |holder| &holder.id)
    }

    /// Whether every holder could be read, so that what is missing can be told.
    pub fn are_complete(&self) -> bool {
        !self.incomplete && !self.unknowable
    }

    /// The only public budget of a level, where there is exactly one.
    pub fn only_at(&self, level: PublicLevel) -> Option<HolderIndex> {
        let mut found = self.kept.iter().enumerate().filter(|(_, holder)| holder.level == Some(level));
        match (found.next(), found.next()) {
            (Some((position, _)), None) => Some(HolderIndex(position)),
            _ => None,
        }
    }
}

/// The id, where it can be read, and the holder, where all of it can.
fn read_holder(mut fields: Fields<'_, '_>) -> (Option<String>, Option<Holder>) {
    let entry = Entry::read(&mut fields);
    if let Some(id) = entry.as_ref().map(|entry| entry.id.clone()).filter(|id| RESERVED.contains(&id.as_str())) {
        fields.refuse("id", ModelFault::ReservedId { id });
    }
    let kind = fields.required_one_of("kind", HOLDER_KINDS);
    let level = read_level(&mut fields, kind);
    let size = read_size(&mut fields);
    let standing = read_standing(&mut fields, kind);
    check_shares(&mut fields, kind);
    fields.finish();
    let id = entry.as_ref().map(|entry| entry.id.clone());
    let holder = entry.and_then(|Entry { id, name, .. }| {
        Some(Holder { id, name, kind: kind?, level, size, standing, members: Vec::new() })
    });
    (id, holder)
}

/// Whether society counts the holder; of a joint holder its members say so.
fn read_standing(fields: &mut Fields<'_, '_>, kind: Option<HolderKind>) -> bool {
    let standing = fields.flag("standing");
    if standing.is_some() && kind == Some(HolderKind::Joint) {
        let because = "a joint holder has none of its own: say it of its members";
        fields.refuse("standing", ModelFault::Meaningless { key: "standing", because });
    }
    standing.unwrap_or(true)
}

/// Whether shares stand where they belong; what they are is read when all holders are known.
fn check_shares(fields: &mut Fields<'_, '_>, kind: Option<HolderKind>) {
    fields.known(&["shares"]);
    match (kind, fields.has("shares")) {
        (Some(HolderKind::Joint), false) => fields.refuse_here(ModelFault::SharesMissing),
        (Some(HolderKind::Joint), true) | (None, _) | (Some(_), false) => {}
        (Some(_), true) => {
            let because = "only a `joint` holder has them";
            fields.refuse("shares", ModelFault::Meaningless { key: "shares", because });
        }
    }
}

fn read_level(fields: &mut Fields<'_, '_>, kind: Option<HolderKind>) -> Option<PublicLevel> {
    let level = fields.one_of("level", LEVELS);
    match kind? {
        HolderKind::Public if !fields.has("level") => fields.refuse_here(ModelFault::LevelMissing),
        HolderKind::Public => {}
        _ if fields.has("level") => {
            fields.refuse("level", ModelFault::Meaningless { key: "level", because: "only a public budget has one" });
        }
        _ => {}
    }
    level
}

fn read_size(fields: &mut Fields<'_, '_>) -> Option<Decimal> {
    let size = fields.number("size")?;
    if !Accepts::Positive.accepts(size) {
        let quantity = "size".to_owned();
        fields.refuse("size", ModelFault::NotAccepted { quantity, value: size, expected: Accepts::Positive.words() });
    }
    Some(size)
}
