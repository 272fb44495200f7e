//! Reading what reduces an outcome: deadweight, attribution, displacement, drop-off, and where those who change go.

use super::Reader;
use super::common::Around;
use super::numbers::Meant;
use super::quantity::Shape;
use super::timing::Timing;
use crate::document::{Fields, Value};
use crate::model::{Accepts, Additionality, Destination, Displacement, Measured, ModelFault, Nature, OwnShare, Slot};
use crate::number::Exact;
use crate::units::Label;
use rust_decimal::Decimal;

/// How far the shares of destinations may be from a whole: a third written with ten digits passes.
const WHOLE: Decimal = Decimal::from_parts(1, 0, 0, false, 9);

/// What reduces an outcome.
pub(super) struct Filters {
    pub deadweight: Option<Slot>,
    pub own_share: OwnShare,
    pub displacement: Displacement,
    pub additionality: Additionality,
    pub drop_off: Slot,
}

impl Reader {
    pub(super) fn filters(
        &mut self,
        fields: &mut Fields<'_, '_>,
        case: (Option<Nature>, Option<Measured>, Shape),
        time: Option<&Timing>,
        around: &Around,
    ) -> Option<Filters> {
        let (nature, measured, shape) = case;
        let deadweight = self.deadweight(fields, measured, around);
        let own_share = self.own_share(fields, around);
        let displacement = self.displacement(fields, around);
        let additionality = self.additionality(fields, around);
        let drop_off = self.drop_off(fields, (nature, shape), time, around);
        Some(Filters {
            deadweight: deadweight?,
            own_share: own_share?,
            displacement: displacement?,
            additionality: additionality?,
            drop_off: drop_off?,
        })
    }

    /// None inside where the quantity is net of it.
    fn deadweight(
        &mut self,
        fields: &mut Fields<'_, '_>,
        measured: Option<Measured>,
        around: &Around,
    ) -> Option<Option<Slot>> {
        let meant = Meant::share("deadweight", around);
        if measured != Some(Measured::Net) {
            let because = Label::both("not given", "ikke oppgitt");
            return self.numbers.or_default(fields, "deadweight", &meant, (Decimal::ZERO, because)).map(Some);
        }
        fields.known(&["deadweight"]);
        if fields.has("deadweight") {
            fields.refuse("deadweight", ModelFault::DeadweightOnNet);
            return None;
        }
        Some(None)
    }

    fn own_share(&mut self, fields: &mut Fields<'_, '_>, around: &Around) -> Option<OwnShare> {
        let Some(node) = fields.node("attribution") else {
            if fields.has("attribution") {
                return None;
            }
            let because =
                Label::both("nobody else is said to have a part in it", "ingen andre er oppgitt å ha del i det");
            self.numbers.defaulted(&fields.place_of("attribution").address, "all its own", because);
            return Some(OwnShare::Whole);
        };
        match &node.value {
            Value::Number(number) => {
                return node.refuse(ModelFault::AttributionSign { value: number.text().to_owned() }, fields.problems());
            }
            Value::Table(table) if ["use", "value"].iter().any(|key| table.get(key).is_some()) => {
                return node.refuse(ModelFault::AttributionSign { value: "…".to_owned() }, fields.problems());
            }
            _ => {}
        }
        let mut fields = Fields::of(node, fields.problems())?;
        let others = self.numbers.optional(&mut fields, "others", &Meant::share("share of others", around));
        let own = self.numbers.optional(&mut fields, "own", &Meant::share("own share", around));
        match (fields.has("others"), fields.has("own")) {
            (true, true) => fields.refuse_here(ModelFault::BothGiven { first: "others", second: "own" }),
            (false, false) => fields.refuse_here(ModelFault::NeitherGiven { first: "others", second: "own" }),
            _ => {}
        }
        fields.finish();
        others.map(OwnShare::Others).or(own.map(OwnShare::Own))
    }

    fn displacement(&mut self, fields: &mut Fields<'_, '_>, around: &Around) -> Option<Displacement> {
        let meant = Meant::share("displacement", around);
        let node = fields.node("displacement");
        let parts = node
            .and_then(|node| node.as_table())
            .filter(|table| table.get("share").is_some() || table.get("borne_by").is_some());
        let Some(node) = node.filter(|_| parts.is_some()) else {
            let because = Label::both("not given", "ikke oppgitt");
            let share = self.numbers.or_default(fields, "displacement", &meant, (Decimal::ZERO, because))?;
            return Some(Displacement { share, borne_by: None });
        };
        let mut fields = Fields::of(node, fields.problems())?;
        let share = self.numbers.required(&mut fields, "share", &meant);
        let borne_by = self.holders.optional(&mut fields, "borne_by");
        fields.finish();
        Some(Displacement { share: share?, borne_by })
    }

    /// What is left out here is no default: few appraisals speak of it.
    fn additionality(&mut self, fields: &mut Fields<'_, '_>, around: &Around) -> Option<Additionality> {
        let leakage = self.where_given(fields, "leakage", &Meant::share("leakage", around));
        let substitution = self.where_given(fields, "substitution", &Meant::share("substitution", around));
        let multiplier = Meant::new("multiplier", Accepts::Positive, "factor", around);
        let multiplier = self.where_given(fields, "multiplier", &multiplier);
        Some(Additionality { leakage: leakage?, substitution: substitution?, multiplier: multiplier? })
    }

    /// None inside where nothing is given.
    fn where_given(&mut self, fields: &mut Fields<'_, '_>, key: &str, meant: &Meant<'_>) -> Option<Option<Slot>> {
        let slot = self.numbers.optional(fields, key, meant);
        if fields.has(key) { slot.map(Some) } else { Some(None) }
    }

    /// A default is listed only where there is a second year to lose something in.
    fn drop_off(
        &mut self,
        fields: &mut Fields<'_, '_>,
        (nature, shape): (Option<Nature>, Shape),
        time: Option<&Timing>,
        around: &Around,
    ) -> Option<Slot> {
        let meant = Meant::share("drop-off", around);
        let of_event = (nature == Some(Nature::Event)).then_some("an event happens once; what lasts is a `state`");
        if let Some(because) = of_event.or(shape.lasts()).filter(|_| fields.has("drop_off")) {
            fields.known(&["drop_off"]);
            fields.refuse("drop_off", ModelFault::Meaningless { key: "drop_off", because });
            return None;
        }
        let duration = time.and_then(|time| time.duration).and_then(|slot| self.numbers.point(slot));
        if fields.has("drop_off") || duration.is_some_and(|years| years > Decimal::ONE) {
            let because = Label::both("not given", "ikke oppgitt");
            return self.numbers.or_default(fields, "drop_off", &meant, (Decimal::ZERO, because));
        }
        fields.known(&["drop_off"]);
        Some(self.numbers.unlisted(fields.place_of("drop_off").address, &meant, Decimal::ZERO))
    }

    pub(super) fn destinations(&mut self, fields: &mut Fields<'_, '_>, around: &Around) -> Option<Vec<Destination>> {
        let Some(node) = fields.node("destinations") else {
            return (!fields.has("destinations")).then(Vec::new);
        };
        let mut fields = Fields::of(node, fields.problems())?;
        let entries = fields.rest();
        let mut found = Vec::with_capacity(entries.len());
        for entry in &entries {
            let share =
                self.numbers.number(&entry.node, &Meant::share("share of a destination", around), fields.problems());
            found.extend(share.map(|share| Destination { id: entry.key.clone(), share }));
        }
        if found.len() < entries.len() {
            return None;
        }
        let sum: Exact = found.iter().filter_map(|one| self.numbers.point(one.share)).map(Exact::from).sum();
        if let Ok(sum) = sum.value()
            && !found.is_empty()
            && (Exact::from(sum) - Exact::ONE).value().is_ok_and(|gap| gap.abs() > WHOLE)
        {
            fields.refuse_here(ModelFault::DestinationSum { sum: sum.normalize() });
            return None;
        }
        fields.finish();
        Some(found)
    }
}
