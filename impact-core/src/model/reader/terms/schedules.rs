//! Reading schedules: from a figure to an amount.

use super::TermsReader;
use super::parts::one_way;
use super::words::OUTSIDE;
use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::model::reader::common::Around;
use crate::model::reader::numbers::Meant;
use crate::model::terms::{Band, Corner, Outside, Points, Schedule, TermsFault};
use crate::model::{Accepts, Slot};
use rust_decimal::Decimal;

const WAYS: &[&str] = &["per_unit", "per_point", "steps", "line", "bands", "share", "fixed"];

impl TermsReader<'_> {
    /// The schedule here, of a figure counted in `unit`.
    pub(super) fn schedule(
        &mut self,
        node: &Node,
        unit: &str,
        around: &Around,
        problems: &mut Problems,
    ) -> Option<Schedule> {
        let mut fields = Fields::of(node, problems)?;
        let schedule = match one_way(&mut fields, "a schedule", WAYS) {
            Some("per_unit") => self.price(&mut fields, "per_unit", unit, around).map(Schedule::PerUnit),
            Some("per_point") => self.points(&mut fields, around).map(Schedule::PerPoint),
            Some("steps") => self.steps(&mut fields, around),
            Some("line") => self.line(&mut fields, around),
            Some("bands") => self.bands(&mut fields, unit, around).map(Schedule::Bands),
            Some("share") => {
                let meant = Meant::share("share of the saving", around);
                self.numbers.required(&mut fields, "share", &meant).map(Schedule::Share)
            }
            Some(_) => self.amount(&mut fields, "fixed", "fee", around).map(Schedule::Fixed),
            None => {
                fields.known(&["boundary", "below", "above"]);
                None
            }
        };
        fields.finish();
        schedule
    }

    fn price(&mut self, fields: &mut Fields<'_, '_>, key: &str, unit: &str, around: &Around) -> Option<Slot> {
        let meant = Meant::new("price per unit", Accepts::NotNegative, self.money(unit), around);
        self.numbers.required(fields, key, &meant)
    }

    /// `per_point = { price = 10_000, point = 0.01, from = 0.1, whole = true }`.
    fn points(&mut self, fields: &mut Fields<'_, '_>, around: &Around) -> Option<Points> {
        let money = self.money("point");
        let mut inner = fields.fields("per_point")?;
        let price =
            self.numbers.required(&mut inner, "price", &Meant::new("price", Accepts::NotNegative, money, around));
        let point = self.numbers.required(&mut inner, "point", &Meant::new("point", Accepts::Positive, "", around));
        let meant = Meant::new("figure", Accepts::Any, "", around);
        let from = match inner.has("from") {
            true => self.numbers.optional(&mut inner, "from", &meant),
            false => {
                inner.known(&["from"]);
                let address = inner.place_of("from").address;
                Some(self.numbers.unlisted(address, &meant, Decimal::ZERO))
            }
        };
        let whole = inner.flag("whole").unwrap_or(false);
        inner.finish();
        Some(Points { price: price?, point: point?, from: from?, whole })
    }

    fn steps(&mut self, fields: &mut Fields<'_, '_>, around: &Around) -> Option<Schedule> {
        let boundary = self.boundary(fields);
        let steps = self.corners(fields, "steps", around)?;
        Some(Schedule::Steps { steps, boundary: boundary? })
    }

    fn line(&mut self, fields: &mut Fields<'_, '_>, around: &Around) -> Option<Schedule> {
        let boundary = self.boundary(fields);
        let below = fields.required_one_of("below", OUTSIDE);
        let above = fields.required_one_of("above", OUTSIDE);
        let corners = self.corners(fields, "line", around)?;
        if let [_] = corners.as_slice() {
            let straight = |outside| outside == Some(Outside::Straight);
            if straight(below) || straight(above) {
                let node = fields.node("line")?;
                return node
                    .refuse(TermsFault::Empty { expected: "a straight line needs two corners" }, fields.problems());
            }
        }
        Some(Schedule::Line { corners, below: below?, above: above?, boundary: boundary? })
    }

    /// Figures that rise, each with an amount.
    fn corners(&mut self, fields: &mut Fields<'_, '_>, key: &str, around: &Around) -> Option<Vec<Corner>> {
        let node = fields.required(key)?;
        let nodes = node.read_list(fields.problems())?;
        if nodes.is_empty() {
            return node.refuse(TermsFault::Empty { expected: "figures, each with an amount" }, fields.problems());
        }
        let problems = fields.problems();
        let read: Vec<Option<Corner>> = nodes.iter().map(|node| self.corner(node, around, problems)).collect();
        let corners: Vec<Corner> = read.into_iter().collect::<Option<_>>()?;
        self.rising(node, corners.iter().map(|corner| corner.at), fields.problems())?;
        Some(corners)
    }

    fn corner(&mut self, node: &Node, around: &Around, problems: &mut Problems) -> Option<Corner> {
        let mut fields = Fields::of(node, problems)?;
        let at = self.numbers.required(&mut fields, "at", &Meant::new("figure", Accepts::Any, "", around));
        // An amount below zero is a penalty: money goes back.
        let meant = Meant::new("amount", Accepts::Any, self.money(""), around);
        let amount = self.numbers.required(&mut fields, "amount", &meant);
        fields.finish();
        Some(Corner { at: at?, amount: amount? })
    }

    fn bands(&mut self, fields: &mut Fields<'_, '_>, unit: &str, around: &Around) -> Option<Vec<Band>> {
        let node = fields.required("bands")?;
        let nodes = node.read_list(fields.problems())?;
        if nodes.is_empty() {
            return node.refuse(TermsFault::Empty { expected: "bands, each with a price" }, fields.problems());
        }
        let mut one = |node: &Node| {
            let mut inner = Fields::of(node, fields.problems())?;
            let meant = Meant::new("number of units", Accepts::Positive, unit, around);
            let up_to = self.numbers.optional(&mut inner, "up_to", &meant);
            let unreadable = inner.has("up_to") && up_to.is_none();
            let price = self.price(&mut inner, "price", unit, around);
            inner.finish();
            if unreadable { None } else { Some(Band { up_to, price: price? }) }
        };
        let read: Vec<Option<Band>> = nodes.iter().map(&mut one).collect();
        let bands: Vec<Band> = read.into_iter().collect::<Option<_>>()?;
        let endless = bands.iter().position(|band| band.up_to.is_none());
        if endless.is_some_and(|position| position.saturating_add(1) < bands.len()) {
            return node.refuse(TermsFault::EndlessBand, fields.problems());
        }
        self.rising(node, bands.iter().filter_map(|band| band.up_to), fields.problems())?;
        Some(bands)
    }

    /// That figures rise, at their point values.
    pub(super) fn rising(&self, node: &Node, slots: impl Iterator<Item = Slot>, problems: &mut Problems) -> Option<()> {
        let points: Vec<Decimal> = slots.map(|slot| self.numbers.point(slot)).collect::<Option<_>>()?;
        match points.iter().zip(points.iter().skip(1)).find(|(before, after)| after <= before) {
            Some((before, after)) => node.refuse(TermsFault::NotRising { before: *before, after: *after }, problems),
            None => Some(()),
        }
    }
}
