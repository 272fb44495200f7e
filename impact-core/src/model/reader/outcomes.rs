//! Reading outcomes: what changes, for whom, and how much of it is due to the intervention.

use super::Reader;
use super::common::{Around, Entry, label, list, text};
use super::employment::refuse_second_wage;
use super::indicators::indicators;
use super::quantity::{Counted, Shape};
use super::values::Setting;
use super::words::{DIRECTIONS, MEASURED, NATURES};
use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::model::{Direction, HolderIndex, Measured, ModelFault, Nature, Outcome, QuantityFault, Window};
use crate::units::{Label, Unit};

/// What changes, for whom, counted in what; what could not be read is none.
struct What {
    entry: Option<Entry>,
    holder: Option<HolderIndex>,
    change: Option<Label>,
    definition: Option<Label>,
    window: Option<Window>,
    direction: Option<Direction>,
    nature: Option<Nature>,
    unit: Option<Unit>,
}

impl Reader {
    pub(super) fn outcome(&mut self, node: &Node, problems: &mut Problems) -> Option<Outcome> {
        let mut fields = Fields::of(node, problems)?;
        let What { entry, holder, change, definition, window, direction, nature, unit } = self.what(&mut fields);
        let around = Around::read(&mut fields);
        let evidence = self.evidence(&mut fields);
        let shape = Shape::of(node);
        let measured = self.measured(&mut fields, shape);
        let known = evidence.clone().unwrap_or_default();
        let studied = around.nearer(known.source, known.grade);
        let quantity = self.quantity(&mut fields, Counted { unit: unit.as_ref(), nature, around: &studied });
        let time = self.timing(&mut fields, (nature, shape), &around);
        let filters = self.filters(&mut fields, (nature, measured, shape), time.as_ref(), &around);
        let destinations = self.destinations(&mut fields, &around);
        let nature_of_values = settled(&fields, nature);
        let setting =
            Setting { holder, unit: unit.as_ref(), nature: nature_of_values, destinations: destinations.as_deref() };
        let listed = fields.node("values");
        let mut values = list(listed, fields.problems(), |node, problems| self.value(node, &setting, problems));
        let employment = self.employment(&mut fields, &setting);
        if let Some(Some(work)) = &employment {
            refuse_second_wage(work, holder, &values, listed, fields.problems());
        }
        let goals = self.goals.served(&mut fields);
        let indicators = indicators(&mut fields);
        let note = text(&mut fields, "note");
        fields.finish();
        let (Entry { id, address, name }, time, filters) = (entry?, time?, filters?);
        let employment = employment?.map(|(employment, parts)| {
            values.extend(parts);
            employment
        });
        Some(Outcome {
            id,
            address,
            name,
            change,
            definition,
            window,
            holder: holder?,
            direction: direction?,
            unit: unit?,
            nature: nature?,
            quantity: quantity?,
            measured: measured?,
            intakes: time.intakes,
            lag: time.lag,
            duration: time.duration,
            deadweight: filters.deadweight,
            own_share: filters.own_share,
            displacement: filters.displacement,
            additionality: filters.additionality,
            drop_off: filters.drop_off,
            destinations: destinations?,
            evidence: evidence?,
            values,
            employment,
            goals,
            indicators,
            source: around.source,
            note,
        })
    }

    /// What changes, for whom, counted in what.
    fn what(&mut self, fields: &mut Fields<'_, '_>) -> What {
        let entry = Entry::read(fields);
        let holder = self.holders.required(fields, "holder");
        let change = label(fields, "change");
        let definition = label(fields, "definition");
        let window = fields.parsed("window");
        let direction = self.direction(fields);
        let nature = self.nature(fields);
        let unit = self.unit(fields, nature);
        What { entry, holder, change, definition, window, direction, nature, unit }
    }

    fn direction(&mut self, fields: &mut Fields<'_, '_>) -> Option<Direction> {
        let because = Label::both("more of it is wanted", "mer av det er ønsket");
        self.numbers.word_or(fields, "direction", DIRECTIONS, (Direction::Increase, because))
    }

    fn nature(&mut self, fields: &mut Fields<'_, '_>) -> Option<Nature> {
        let because =
            Label::both("an outcome lasts unless it is an event", "en virkning varer om den ikke er en hendelse");
        self.numbers.word_or(fields, "nature", NATURES, (Nature::State, because))
    }

    fn measured(&mut self, fields: &mut Fields<'_, '_>, shape: Shape) -> Option<Measured> {
        if shape.effect {
            let because = Label::both(
                "an effect is measured against those without the intervention",
                "en effekt er målt mot dem som ikke får tiltaket",
            );
            let measured = self.numbers.word_or(fields, "measured", MEASURED, (Measured::Net, because))?;
            if measured == Measured::Gross {
                fields.refuse("measured", QuantityFault::GrossEffect);
            }
            return Some(Measured::Net);
        }
        let because = Label::both("not said to be measured against others", "ikke oppgitt målt mot andre");
        self.numbers.word_or(fields, "measured", MEASURED, (Measured::Gross, because))
    }

    fn unit(&mut self, fields: &mut Fields<'_, '_>, nature: Option<Nature>) -> Option<Unit> {
        if !fields.has("unit") {
            fields.known(&["unit"]);
            let because = Label::both("outcomes are counted in people", "virkninger telles i personer");
            self.numbers.defaulted(&fields.place_of("unit").address, "person", because);
            return "person".parse().ok();
        }
        let unit: Unit = fields.parsed("unit")?;
        if nature == Some(Nature::State) && unit.period().is_some() {
            let thing = unit.thing().to_owned();
            fields.refuse("unit", ModelFault::StateWithPeriod { unit, thing });
            return None;
        }
        Some(unit)
    }
}

/// The nature, where it is settled: an event that is said to last may be meant as a state, so its prices are not judged.
fn settled(fields: &Fields<'_, '_>, nature: Option<Nature>) -> Option<Nature> {
    let lasts = fields.has("duration") || fields.has("drop_off");
    nature.filter(|nature| *nature != Nature::Event || !lasts)
}
