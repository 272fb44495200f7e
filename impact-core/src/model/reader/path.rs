//! Reading how a quantity runs over time where it says so itself: a hazard of those affected, or a path.
//!
//! One rule: what lasts is a state; an event has neither.

use super::Reader;
use super::common::Around;
use super::numbers::Meant;
use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::model::{Accepts, LONGEST_HORIZON, ModelFault, Nature, Path, PathPoint, QuantityFault, Slot};
use rust_decimal::Decimal;

impl Reader {
    /// The shares lost at the start of each year after the first; empty where there is no hazard.
    pub(super) fn hazard(
        &mut self,
        fields: &mut Fields<'_, '_>,
        nature: Option<Nature>,
        around: &Around,
    ) -> Option<Vec<Slot>> {
        if !fields.has("hazard") {
            fields.known(&["hazard"]);
            return Some(Vec::new());
        }
        let node = fields.node("hazard")?;
        let shares = node.read_list(fields.problems())?;
        refuse_event(node, "hazard", nature, fields.problems())?;
        if shares.is_empty() {
            return node.refuse(QuantityFault::EmptyHazard, fields.problems());
        }
        if shares.len() >= usize::try_from(LONGEST_HORIZON).unwrap_or(usize::MAX) {
            let years = Decimal::from(shares.len()).saturating_add(Decimal::ONE);
            return node.refuse(QuantityFault::TooLong { key: "hazard", years }, fields.problems());
        }
        let meant = Meant::share("hazard", around);
        let read = shares.iter().map(|share| self.numbers.number(share, &meant, fields.problems()));
        let read: Vec<Option<Slot>> = read.collect();
        read.into_iter().collect()
    }

    /// The points under `path`, each with its level under a key.
    pub(super) fn path(
        &mut self,
        fields: &mut Fields<'_, '_>,
        level: &str,
        meant: &Meant<'_>,
        nature: Option<Nature>,
    ) -> Option<Path> {
        let node = fields.node("path")?;
        let points = node.read_list(fields.problems())?;
        refuse_event(node, "path", nature, fields.problems())?;
        let read: Vec<Option<PathPoint>> =
            points.iter().map(|point| self.path_point(point, level, meant, fields.problems())).collect();
        let points: Vec<PathPoint> = read.into_iter().collect::<Option<_>>()?;
        if points.len() < 2 {
            return node.refuse(QuantityFault::ShortPath, fields.problems());
        }
        if let Some((before, after)) = points.iter().zip(points.iter().skip(1)).find(|(one, next)| next.at <= one.at) {
            let (before, after) = (before.at, after.at);
            return node.refuse(QuantityFault::PathOrder { before, after }, fields.problems());
        }
        let last = points.last().map(|last| last.at).filter(|last| *last > Decimal::from(LONGEST_HORIZON));
        match last {
            Some(years) => node.refuse(QuantityFault::TooLong { key: "path", years }, fields.problems()),
            None => Some(Path { points }),
        }
    }

    fn path_point(
        &mut self,
        node: &Node,
        level: &str,
        meant: &Meant<'_>,
        problems: &mut Problems,
    ) -> Option<PathPoint> {
        let mut fields = Fields::of(node, problems)?;
        let at = fields.required_number("at");
        let found = self.numbers.required(&mut fields, level, meant);
        if let Some(value) = at.filter(|at| *at < Decimal::ZERO) {
            let expected = Accepts::NotNegative.words();
            fields.refuse("at", ModelFault::NotAccepted { quantity: "at".to_owned(), value, expected });
        }
        fields.finish();
        Some(PathPoint { at: at?, level: found? })
    }
}

fn refuse_event(node: &Node, key: &'static str, nature: Option<Nature>, problems: &mut Problems) -> Option<()> {
    if nature != Some(Nature::Event) {
        return Some(());
    }
    let because = "an event happens once; what lasts is a `state`";
    node.refuse(ModelFault::Meaningless { key, because }, problems)
}
