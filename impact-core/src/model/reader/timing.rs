//! Reading when people start, when an outcome sets in and how long it lasts; and the horizon where none is given.

use super::Reader;
use super::common::{Around, count, year_at};
use super::head::Horizon;
use super::numbers::Meant;
use super::quantity::Shape;
use crate::address::Place;
use crate::document::{DocumentError, Fields, Node, Value};
use crate::error::Problems;
use crate::model::{Accepts, LONGEST_HORIZON, ModelFault, Nature, Outcome, Slot};
use crate::units::{Label, UnitError, Year};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::collections::BTreeSet;

/// The longest lag, in years.
const LONGEST_LAG: u32 = LONGEST_HORIZON;

/// When an outcome happens.
pub(super) struct Timing {
    pub intakes: Vec<Year>,
    pub lag: u32,
    pub duration: Option<Slot>,
}

impl Reader {
    pub(super) fn timing(
        &mut self,
        fields: &mut Fields<'_, '_>,
        case: (Option<Nature>, Shape),
        around: &Around,
    ) -> Option<Timing> {
        let intakes = self.intakes(fields);
        let lag = self.lag(fields);
        let duration = self.duration(fields, case, around);
        Some(Timing { intakes: intakes?, lag: lag?, duration: duration? })
    }

    fn intakes(&mut self, fields: &mut Fields<'_, '_>) -> Option<Vec<Year>> {
        let Some(node) = fields.node("intakes") else {
            if !fields.has("intakes") {
                let because = Label::both("one intake, in the first year", "ett opptak, i første år");
                self.numbers.defaulted(&fields.place_of("intakes").address, "one", because);
            }
            return self.head.start.map(|start| vec![start]);
        };
        match &node.value {
            Value::Text(word) if word == "one" => self.head.start.map(|start| vec![start]),
            Value::Text(word) if word == "yearly" => self.yearly(node, fields.problems()),
            Value::Text(word) => {
                let accepted = vec!["one".to_owned(), "yearly".to_owned()];
                let nearest = crate::document::nearest(word, ["one", "yearly"]).map(str::to_owned);
                node.refuse(DocumentError::UnknownWord { word: word.clone(), nearest, accepted }, fields.problems())
            }
            Value::List(years) => self.listed(node, years, fields.problems()),
            _ => node.wrong_kind("`one`, `yearly` or a list of years", fields.problems()),
        }
    }

    fn yearly(&self, node: &Node, problems: &mut Problems) -> Option<Vec<Year>> {
        if !self.cost_years.is_empty() {
            return Some(self.cost_years.iter().copied().collect());
        }
        if self.cost_years_unknown || self.head.start.is_none() || self.head.horizon == Horizon::Broken {
            return None;
        }
        node.refuse(ModelFault::YearlyWithoutCosts, problems)
    }

    fn listed(&self, list: &Node, years: &[Node], problems: &mut Problems) -> Option<Vec<Year>> {
        if years.is_empty() {
            return list.refuse(ModelFault::NoIntakes, problems);
        }
        let mut found = BTreeSet::new();
        let mut whole = true;
        for node in years {
            let Some(year) = year_at(node, problems) else {
                whole = false;
                continue;
            };
            if let Some(fault) = self.unappraised(year) {
                problems.add(&node.place, fault);
                whole = false;
            } else if !found.insert(year) {
                problems.add(&node.place, ModelFault::RepeatedYear { year });
                whole = false;
            }
        }
        whole.then(|| found.into_iter().collect())
    }

    fn unappraised(&self, year: Year) -> Option<ModelFault> {
        let (first, years) = (self.head.start?, year.to_string());
        match self.head.last() {
            Some(last) if year < first || year > last => Some(ModelFault::OutsideAppraisal { years, first, last }),
            None if year < first => Some(ModelFault::BeforeStart { years, first }),
            _ => None,
        }
    }

    fn lag(&mut self, fields: &mut Fields<'_, '_>) -> Option<u32> {
        let lag = count(fields, "lag", "lag", (0, LONGEST_LAG), "a number of years from 0 to 300");
        if fields.has("lag") {
            return lag;
        }
        let because = Label::both("the effect sets in at once", "virkningen kommer med en gang");
        self.numbers.defaulted(&fields.place_of("lag").address, "0", because);
        Some(0)
    }

    /// None inside for an event, and where the quantity itself says how long it lasts.
    fn duration(
        &mut self,
        fields: &mut Fields<'_, '_>,
        case: (Option<Nature>, Shape),
        around: &Around,
    ) -> Option<Option<Slot>> {
        let (nature, shape) = case;
        let of_event = (nature == Some(Nature::Event)).then_some("an event happens once; what lasts is a `state`");
        if let Some(because) = of_event.or(shape.lasts()) {
            fields.known(&["duration"]);
            if fields.has("duration") {
                fields.refuse("duration", ModelFault::Meaningless { key: "duration", because });
                return None;
            }
            return Some(None);
        }
        let meant = Meant::new("duration", Accepts::Positive, "years", around);
        let because = Label::both(
            "one year, as nothing says that it lasts longer",
            "ett år, siden ingenting sier at den varer lenger",
        );
        let slot = self.numbers.or_default(fields, "duration", &meant, (Decimal::ONE, because))?;
        let years = self.numbers.point(slot).unwrap_or_default();
        if years > Decimal::from(LONGEST_HORIZON) {
            let value = years.to_string();
            fields.refuse(
                "duration",
                UnitError::OutOfRange { quantity: "duration", value, expected: "at most 300 years" },
            );
            return None;
        }
        Some(Some(slot))
    }

    /// The horizon as given, or until the last amount and the last effect.
    pub(super) fn horizon(&mut self, outcomes: &[Outcome], place: &Place, problems: &mut Problems) -> Option<u32> {
        match self.head.horizon {
            Horizon::Years(years) => return Some(years),
            Horizon::Broken => return None,
            Horizon::LeftOut => {}
        }
        let start = self.head.start?;
        let effects = outcomes.iter().filter_map(|outcome| self.last_effect(outcome)).max();
        let last =
            effects.max(self.last_amount.map(|year| i64::from(year.number()))).unwrap_or(i64::from(start.number()));
        let years = (last - i64::from(start.number()) + 1).max(1);
        let Some(years) = u32::try_from(years).ok().filter(|years| *years <= LONGEST_HORIZON) else {
            problems.add(place, ModelFault::HorizonNeeded { start, last, most: LONGEST_HORIZON });
            return None;
        };
        let because = Label::both(
            format!(
                "until the last amount and the last effect, in {last}, with uncertain durations at their point values"
            ),
            format!("til siste beløp og siste virkning, i {last}, med usikre varigheter på punktverdien"),
        );
        self.numbers.defaulted(&place.address.child("horizon"), years.to_string(), because);
        Some(years)
    }

    /// The year of the last effect at the point value of the duration.
    fn last_effect(&self, outcome: &Outcome) -> Option<i64> {
        let intake = outcome.intakes.iter().max()?;
        let years = match outcome.duration {
            Some(slot) => self.numbers.point(slot)?.ceil().to_i64().unwrap_or(i64::MAX),
            None => outcome.quantity.years().map_or(1, i64::from),
        };
        Some((i64::from(intake.number()) + i64::from(outcome.lag)).saturating_add(years - 1))
    }
}
