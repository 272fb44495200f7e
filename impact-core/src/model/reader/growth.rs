//! Reading paths of real growth, and which of them a price follows.

use super::Reader;
use super::common::{Around, Named, label, source, text, year_key};
use super::numbers::{Meant, Numbers};
use crate::address::Address;
use crate::document::{Fields, Node, nearest};
use crate::error::Problems;
use crate::model::{Accepts, GrowthPath, GrowthPoint, Marks, ModelFault, ValueKind};
use crate::reference::ValueClass;
use crate::units::Label;

/// What a value says that follows no path, whatever the conventions give to its class.
const NO_GROWTH: &str = "none";

impl Reader {
    /// Reads `[growth]`.
    pub(super) fn read_growth(&mut self, node: Option<&Node>, problems: &mut Problems) {
        let numbers = &mut self.numbers;
        self.growth = Named::read(node, problems, |id, fields| read_path(numbers, id, fields));
        self.growth_of_conventions();
    }

    /// Lays out the paths that the conventions give to classes of value; no document can name one.
    fn growth_of_conventions(&mut self) {
        let Some((convention, _)) = &self.head.convention else { return };
        for growth in &convention.growth {
            let class = growth.class.word();
            let address = Address::root().child("conventions").child("growth").child(class);
            let marks =
                Marks { illustrative: false, unverified: convention.mark(&format!("growth.{class}")).is_some() };
            let source = Some(convention.source.clone());
            let around = Around { source: source.clone(), ..Around::default() };
            let meant = Meant::new("growth", Accepts::Growth, "real growth a year", &around);
            let points = growth.points.iter().map(|(year, rate)| GrowthPoint {
                year: *year,
                rate: self.numbers.of_conventions(address.child(&year.to_string()), &meant, *rate, marks),
            });
            let points = points.collect();
            let name = Label::both(
                format!("{class} values, by the conventions"),
                format!("{}, etter konvensjonene", nb(growth.class)),
            );
            let path = GrowthPath { id: address.to_string(), address, name, points, source, note: None };
            self.class_growth.push((growth.class, self.growth.kept.len()));
            self.growth.kept.push(path);
        }
    }

    /// The path that the conventions give to a class of value, listed as what the document left out.
    fn growth_of_class(&mut self, fields: &mut Fields<'_, '_>, kind: ValueKind) -> Option<usize> {
        let class = match kind {
            ValueKind::Fiscal => ValueClass::Fiscal,
            ValueKind::Economic => ValueClass::Economic,
            ValueKind::Social => ValueClass::Social,
        };
        let (_, path) = self.class_growth.iter().find(|(of, _)| *of == class)?;
        let because = Label::both(
            "the conventions let values of its class grow; `none` leaves it as it is",
            "konvensjonene lar verdier i denne klassen vokse; `none` lar den være",
        );
        let address = fields.place_of("growth").address;
        self.numbers.defaulted(&address, format!("conventions.growth.{class}"), because);
        Some(*path)
    }

    /// The path that a price follows; none inside where it follows none.
    pub(super) fn followed(&mut self, fields: &mut Fields<'_, '_>, kind: Option<ValueKind>) -> Option<Option<usize>> {
        let Some(id) = fields.text("growth") else {
            let left_out = !fields.has("growth");
            return left_out.then(|| kind.and_then(|kind| self.growth_of_class(fields, kind)));
        };
        if let Some(known) = self.growth.known.get(id) {
            return known.map(Some);
        }
        if id == NO_GROWTH {
            return Some(None);
        }
        let nearest = nearest(id, self.growth.ids()).map(str::to_owned);
        let known = self.growth.ids().map(str::to_owned).collect();
        fields.refuse("growth", ModelFault::UnknownGrowth { id: id.to_owned(), nearest, known });
        None
    }
}

/// A class of value in Norwegian.
fn nb(class: ValueClass) -> &'static str {
    match class {
        ValueClass::Fiscal => "budsjettverdier",
        ValueClass::Economic => "økonomiske verdier",
        ValueClass::Social => "sosiale verdier",
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
