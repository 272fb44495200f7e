//! Reading effects without a price, and the document's own plus-minus scale.

use super::Reader;
use super::common::{Around, Entry, label, source, text};
use super::flows::years;
use super::questions::{Known, outcome_named};
use crate::document::{Fields, Node, nearest};
use crate::error::Problems;
use crate::model::{EffectSign, Evidence, Group, GroupFault, HolderIndex, Marks, NonPricedEffect};
use crate::reference::{EffectSize, Grade, Importance};

/// The groups of the model, and whether every one of them could be read.
pub(super) struct KnownGroups<'a> {
    pub groups: &'a [Group],
    pub whole: bool,
}

impl Reader {
    pub(super) fn non_priced(
        &self,
        node: &Node,
        outcomes: &Known<'_>,
        groups: &KnownGroups<'_>,
        problems: &mut Problems,
    ) -> Option<NonPricedEffect> {
        let mut fields = Fields::of(node, problems)?;
        let entry = Entry::read(&mut fields);
        let holder = self.holders.required(&mut fields, "holder");
        let group = read_group(&mut fields, holder, groups, self);
        fields.required("change");
        let change = label(&mut fields, "change");
        let outcome = outcome_named(&mut fields, outcomes);
        let importance = fields.required_one_of("importance", Importance::WORDS);
        let size = fields.required_one_of("size", EffectSize::WORDS);
        let sign = read_sign(&mut fields, size);
        let years = fields.has("years").then(|| years(&mut fields));
        fields.known(&["years"]);
        let around = Around::read(&mut fields);
        let evidence = fields.node("evidence").map(|node| read_evidence(node, fields.problems()));
        let goals = self.goals.served(&mut fields);
        let note = text(&mut fields, "note");
        fields.finish();
        let Entry { id, address, name } = entry?;
        Some(NonPricedEffect {
            id,
            address,
            name,
            holder: holder?,
            group: group?,
            change: change?,
            outcome: outcome?,
            importance: importance?,
            size: size?,
            sign: sign?,
            years: years.map_or(Some(None), |years| years.map(Some))?,
            goals,
            evidence: evidence.map_or(Some(Evidence::default()), |found| found)?,
            source: around.source,
            marks: Marks { illustrative: around.illustrative, unverified: false },
            note,
        })
    }
}

/// Whether it is for the better; an effect that changes nothing needs no sign.
fn read_sign(fields: &mut Fields<'_, '_>, size: Option<EffectSize>) -> Option<EffectSign> {
    if size == Some(EffectSize::None) && !fields.has("direction") {
        fields.known(&["direction"]);
        return Some(EffectSign::Positive);
    }
    fields.required_one_of("direction", EffectSign::WORDS)
}

fn read_evidence(node: &Node, problems: &mut Problems) -> Option<Evidence> {
    let mut fields = Fields::of(node, problems)?;
    let grade = fields.one_of("grade", Grade::WORDS);
    let design = text(&mut fields, "design");
    let source = source(&mut fields, "source");
    fields.finish();
    Some(Evidence { grade, design, source, ..Evidence::default() })
}

/// The group under `group`; none inside where none is named.
fn read_group(
    fields: &mut Fields<'_, '_>,
    holder: Option<HolderIndex>,
    known: &KnownGroups<'_>,
    reader: &Reader,
) -> Option<Option<usize>> {
    if !fields.has("group") {
        fields.known(&["group"]);
        return Some(None);
    }
    let id = fields.text("group")?;
    let position = known.groups.iter().position(|group| group.id == id);
    let Some(position) = position else {
        if known.whole {
            let ids: Vec<String> = known.groups.iter().map(|group| group.id.clone()).collect();
            let nearest = nearest(id, ids.iter().map(String::as_str)).map(str::to_owned);
            fields.refuse("group", GroupFault::UnknownGroup { id: id.to_owned(), nearest, known: ids });
        }
        return None;
    };
    let own = known.groups.get(position).map(|group| group.holder);
    if let (Some(own), Some(holder)) = (own, holder)
        && own != holder
    {
        let (group, of) = (id.to_owned(), reader.holders.id(own).to_owned());
        fields.refuse("group", GroupFault::OfAnother { group, of });
    }
    Some(Some(position))
}
