//! Reading goals, and which of them an outcome or an effect without a price serves.

use super::common::{Entry, source, text};
use crate::address::is_id;
use crate::document::{Fields, Node, nearest};
use crate::error::Problems;
use crate::model::goal::{SDG, is_sdg};
use crate::model::{Goal, GoalFault, ModelFault};
use crate::units::Label;

/// The goals of the document, and the ids they are known by, those that could not be read included.
#[derive(Debug, Default)]
pub(super) struct Goals {
    pub kept: Vec<Goal>,
    ids: Vec<String>,
    /// Whether every one of them has an id that could be read.
    whole: bool,
}

impl Goals {
    pub fn read(node: Option<&Node>, problems: &mut Problems) -> Self {
        let nodes = node.and_then(|node| node.read_list(problems)).unwrap_or_default();
        let ids: Vec<String> = nodes.iter().filter_map(Node::id).map(str::to_owned).collect();
        let whole = ids.len() == nodes.len() && node.is_none_or(|node| node.as_list().is_some());
        Self { kept: nodes.iter().filter_map(|node| read_goal(node, problems)).collect(), ids, whole }
    }

    /// `goals = ["…"]` of an outcome or an effect, as positions among the goals.
    pub fn served(&self, fields: &mut Fields<'_, '_>) -> Vec<usize> {
        let Some(listed) = fields.list("goals") else { return Vec::new() };
        let mut served = Vec::with_capacity(listed.len());
        for node in listed {
            let Some(id) = node.read_text(fields.problems()) else { continue };
            match self.ids.iter().position(|known| known == id) {
                Some(position) if served.contains(&position) => {
                    node.refuse::<()>(GoalFault::NamedTwice { id: id.to_owned() }, fields.problems());
                }
                Some(position) => served.push(position),
                None if self.whole => {
                    let nearest = nearest(id, self.ids.iter().map(String::as_str)).map(str::to_owned);
                    let fault = GoalFault::UnknownGoal { id: id.to_owned(), nearest, known: self.ids.clone() };
                    node.refuse::<()>(fault, fields.problems());
                }
                None => {}
            }
        }
        served
    }
}

fn read_goal(node: &Node, problems: &mut Problems) -> Option<Goal> {
    let mut fields = Fields::of(node, problems)?;
    let named = fields.has("name");
    let entry = Entry::read(&mut fields);
    let scheme = fields.required_text("scheme").map(str::to_owned);
    if let Some(scheme) = scheme.as_ref().filter(|scheme| !is_id(scheme)) {
        fields.refuse("scheme", ModelFault::MalformedId { id: scheme.clone() });
    }
    let sdg = scheme.as_deref() == Some(SDG);
    let target = if sdg { fields.required_text("target") } else { fields.text("target") }.map(str::to_owned);
    if let Some(target) = target.as_ref().filter(|target| sdg && !is_sdg(target)) {
        fields.refuse("target", GoalFault::NotAnSdg { written: target.chars().take(60).collect() });
    }
    let source = source(&mut fields, "source");
    let note = text(&mut fields, "note");
    fields.finish();
    let Entry { id, address, name } = entry?;
    let name = match target.as_deref().filter(|_| sdg && !named) {
        Some(target) => Label::both(format!("SDG {target}"), format!("FNs bærekraftsmål {target}")),
        None => name,
    };
    Some(Goal { id, address, name, scheme: scheme?, target, source, note })
}
