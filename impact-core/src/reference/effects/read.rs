//! Reading effects from their documents.

use super::{Design, Effect, EffectDomain, EffectUnit, Measure};
use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::reference::provenance::{read_label, read_source, required_id};
use crate::reference::{Country, Edition, Grade, ReferenceError};
use crate::units::{Currency, Label};
use rust_decimal::Decimal;

/// Reads the effects of one file of an edition.
pub(in crate::reference) fn read_effects(node: &Node, edition: &Edition, problems: &mut Problems) -> Vec<Effect> {
    let Some(mut fields) = Fields::of(node, problems) else { return Vec::new() };
    let nodes = fields.required_list("effects").unwrap_or_default();
    fields.finish();
    nodes.iter().filter_map(|node| read_effect(node, edition, problems)).collect()
}

fn read_effect(node: &Node, edition: &Edition, problems: &mut Problems) -> Option<Effect> {
    let mut fields = Fields::of(node, problems)?;
    let id = required_id(&mut fields);
    let domain = fields.required_one_of("domain", EffectDomain::WORDS);
    let intervention =
        if fields.has("intervention") { read_label(&mut fields, "intervention").map(Some) } else { Some(None) };
    let outcome = read_label(&mut fields, "outcome");
    let population = read_label(&mut fields, "population");
    let place = read_place(&mut fields);
    let figure = read_figure(&mut fields);
    let [interval_derived, derived] = ["interval_derived", "derived"].map(|key| fields.flag(key).unwrap_or(false));
    let [n, follow_up_months] = ["n", "follow_up_months"].map(|key| read_count(&mut fields, key));
    let design = fields.required_one_of("design", Design::WORDS);
    let study = fields.required_text("study").map(str::to_owned);
    let grade = fields.required_one_of("grade", Grade::WORDS);
    let source = read_source(&mut fields, "source");
    let [follow_up, evidence, note] = ["follow_up", "evidence", "note"].map(|key| fields.text(key).map(str::to_owned));
    fields.known(&["intervention", "country", "countries", "currency", "low", "high"]);
    fields.finish();
    let (Figure { measure, unit, currency, value, low, high }, (country, countries)) = (figure?, place?);
    Some(Effect {
        id: id?,
        domain: domain?,
        intervention: intervention?,
        outcome: outcome?,
        population: population?,
        country,
        countries,
        measure,
        unit,
        currency,
        value,
        low,
        high,
        interval_derived,
        n,
        follow_up,
        follow_up_months,
        design: design?,
        study: study?,
        grade: grade?,
        source: source?,
        evidence,
        note,
        derived,
        edition: edition.clone(),
    })
}

/// Reads where it was studied: one country, or several in words.
fn read_place(fields: &mut Fields<'_, '_>) -> Option<(Option<Country>, Option<Label>)> {
    match (fields.has("country"), fields.has("countries")) {
        (true, false) => fields.required_parsed("country").map(|country| (Some(country), None)),
        (false, true) => read_label(fields, "countries").map(|countries| (None, Some(countries))),
        _ => {
            fields.refuse_here(ReferenceError::NotOneOf { first: "country", second: "countries" });
            None
        }
    }
}

/// The value with what it measures.
struct Figure {
    measure: Measure,
    unit: EffectUnit,
    currency: Option<Currency>,
    value: Decimal,
    low: Option<Decimal>,
    high: Option<Decimal>,
}

/// Reads the value, which its measure and its own interval must allow.
fn read_figure(fields: &mut Fields<'_, '_>) -> Option<Figure> {
    let measure = fields.required_one_of("measure", Measure::WORDS);
    let unit = fields.required_one_of("unit", EffectUnit::WORDS);
    let value = fields.required_number("value");
    let (low, high) = (fields.number("low"), fields.number("high"));
    let currency = if unit == Some(EffectUnit::Amount) { fields.required_parsed("currency") } else { None };
    let figure = Figure { measure: measure?, unit: unit?, currency, value: value?, low, high };
    for (key, fault) in figure.faults() {
        fields.refuse(key, fault);
    }
    Some(figure)
}

impl Figure {
    /// What is wrong with it, each with its key.
    fn faults(&self) -> Vec<(&'static str, ReferenceError)> {
        let mut faults = Vec::new();
        let measure = self.measure.in_words();
        if !self.measure.units().contains(&self.unit) {
            let known = self.measure.units().iter().map(ToString::to_string).collect();
            faults.push(("unit", ReferenceError::UnitOfMeasure { measure, unit: self.unit.to_string(), known }));
            return faults;
        }
        if let Some(expected) = self.expected() {
            let value = self.value.to_string();
            faults.push(("value", ReferenceError::NotOfMeasure { measure, value, expected }));
        }
        match (self.low, self.high) {
            (Some(low), Some(high)) if low > self.value || high < self.value => {
                let [value, low, high] = [self.value, low, high].map(|end| end.to_string());
                faults.push(("value", ReferenceError::OutsideRange { what: "effect", value, low, high }));
            }
            (Some(_), None) | (None, Some(_)) => faults.push(("value", ReferenceError::OneEnd)),
            _ => {}
        }
        faults
    }

    /// What the value should be, if it is not.
    fn expected(&self) -> Option<&'static str> {
        let (zero, one) = (Decimal::ZERO, self.unit.of_one());
        match self.measure {
            Measure::RiskRatio | Measure::OddsRatio | Measure::RateRatio => {
                (self.value <= zero).then_some("above zero")
            }
            Measure::RiskDifference => (self.value.abs() > one).then_some("a difference of two probabilities"),
            Measure::RelativeChange => (self.value < -one).then_some("a change of at most the whole level"),
            _ if self.measure.is_rate() => {
                (self.value < zero || self.value > one).then_some("between none and all in its unit")
            }
            _ => None,
        }
    }
}

/// Reads a count, which is above zero.
fn read_count(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<u32> {
    let number = fields.integer(key)?;
    let count = u32::try_from(number).ok().filter(|count| *count > 0);
    if count.is_none() {
        let fault = ReferenceError::NotOfMeasure {
            measure: key.replace('_', " "),
            value: number.to_string(),
            expected: "a number above zero",
        };
        fields.refuse(key, fault);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "[[effects]]\nid = 'x'\ndomain = 'housing'\noutcome = { en = 'a', nb = 'b' }\n\
        population = { en = 'a', nb = 'b' }\ncountry = 'NO'\nmeasure = 'risk-ratio'\nunit = 'ratio'\nvalue = 1.5\n\
        low = 1.2\nhigh = 1.9\ndesign = 'before-after'\nstudy = 'a study'\ngrade = 'C'\n\
        source = { title = 'a', url = 'https://example.org' }\n";

    /// What is said of the whole effect with one text put for another.
    fn said(from: &str, to: &str) -> String {
        assert!(WHOLE.contains(from), "{from}");
        let node = Node::from_toml(&WHOLE.replacen(from, to, 1)).unwrap();
        let mut problems = Problems::new();
        read_effects(&node, &Edition::new("test"), &mut problems);
        problems.into_result().map_or_else(|error| error.to_string(), |()| String::new())
    }

    #[test]
    fn a_whole_effect_reads() {
        assert_eq!(said("id = 'x'", "id = 'x'"), "");
        assert_eq!(said("country = 'NO'", "countries = { en = 'several', nb = 'flere' }"), "");
    }

    #[test]
    fn a_value_must_fit_its_measure_and_its_unit() {
        let unit = said("unit = 'ratio'", "unit = 'percent'");
        assert!(unit.contains("risk ratio is not in `percent`: accepted are `ratio`"), "{unit}");
        let value = said("value = 1.5\nlow = 1.2\nhigh = 1.9", "value = 0");
        assert!(value.contains("risk ratio `0` is not above zero"), "{value}");
        let rate = said("measure = 'risk-ratio'\nunit = 'ratio'", "measure = 'baseline-rate'\nunit = 'fraction'");
        assert!(rate.contains("baseline rate `1.5` is not between none and all in its unit"), "{rate}");
        let amount = said("measure = 'risk-ratio'\nunit = 'ratio'", "measure = 'mean-difference'\nunit = 'amount'");
        assert!(amount.contains("`currency` is missing"), "{amount}");
    }

    #[test]
    fn an_interval_has_two_ends_and_holds_its_value() {
        let outside = said("low = 1.2", "low = 1.6");
        assert!(outside.contains("effect `1.5` lies outside its own range, `1.6` to `1.9`"), "{outside}");
        let one = said("high = 1.9\n", "");
        assert!(one.contains("an interval has two ends, `low` and `high`: one is missing"), "{one}");
    }

    #[test]
    fn a_study_is_of_one_country_or_of_several() {
        let neither = said("country = 'NO'\n", "");
        assert!(neither.contains("write one of `country` and `countries`"), "{neither}");
        let none = said("grade = 'C'", "grade = 'C'\nn = 0");
        assert!(none.contains("n `0` is not a number above zero"), "{none}");
    }
}
