//! Reading paths of real growth, and which of them a price follows.

use super::Reader;
use super::common::{Around, Named, label, source, text, year_key};
use super::numbers::{Meant, Numbers};
use crate::document::{Fields, Node, nearest};
use crate::error::Problems;
use crate::model::{Accepts, GrowthPath, GrowthPoint, ModelFault};
use crate::units::Label;

impl Reader {
    /// Reads `[growth]`.
    pub(super) fn read_growth(&mut self, node: Option<&Node>, problems: &mut Problems) {
        let numbers = &mut self.numbers;
        self.growth = Named::read(node, problems, |id, fields| read_path(numbers, id, fields));
    }

    /// The path that a price follows; none inside where it follows none.
    pub(super) fn followed(&self, fields: &mut Fields<'_, '_>) -> Option<Option<usize>> {
        let Some(id) = fields.text("growth") else { return (!fields.has("growth")).then_some(None) };
        if let Some(known) = self.growth.known.get(id) {
            return known.map(Some);
        }
        let nearest = nearest(id, self.growth.ids()).map(str::to_owned);
        let known = self.growth.ids().map(str::to_owned).collect();
        fields.refuse("growth", ModelFault::UnknownGrowth { id: id.to_owned(), nearest, known });
        None
    }
}

fn read_path(numbers: &mut Numbers, id: &str, mut fields: Fields<'_, '_>) -> Option<GrowthPath> {
    let name = label(&mut fields, "name");
    let around = Around { source: source(&mut fields, "source"), ..Around::default() };
    let around = Around { illustrative: fields.flag("illustrative").unwrap_or(false), ..around };
    let points = fields.required("points");
    let points = points.and_then(|node| read_points(numbers, node, &around, fields.problems()));
    let note = text(&mut fields, "note");
    let address = fields.place().address.clone();
    fields.finish();
    let name = name.unwrap_or_else(|| Label::plain(id));
    Some(GrowthPath { id: id.to_owned(), address, name, points: points?, source: around.source, note })
}

/// The rates by year, none of which may be missing.
fn read_points(
    numbers: &mut Numbers,
    node: &Node,
    around: &Around,
    problems: &mut Problems,
) -> Option<Vec<GrowthPoint>> {
    let mut fields = Fields::of(node, problems)?;
    let mut entries = fields.rest();
    entries.sort_by(|left, right| left.key.cmp(&right.key));
    if entries.is_empty() {
        fields.refuse_here(ModelFault::NoPoints);
    }
    let mut points = Vec::with_capacity(entries.len());
    for entry in &entries {
        let year = year_key(entry, fields.problems());
        let meant = Meant::new("growth", Accepts::Growth, "real growth a year", around);
        let rate = numbers.number(&entry.node, &meant, fields.problems());
        points.extend(year.zip(rate).map(|(year, rate)| GrowthPoint { year, rate }));
    }
    fields.finish();
    (!entries.is_empty() && points.len() == entries.len()).then_some(points)
}
