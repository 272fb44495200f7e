//! The same gain counted twice: two prices of one thing, on the same people and years.

use super::finding::Found;
use super::purses::is_one_sided;
use super::rule::{Rule, Severity, Text};
use super::seen::{at_once, duration, is_of, mentions, overlap, point, text_mentions, values};
use super::{Family, Subject};
use crate::evaluation::Appraisal;
use crate::model::{Basis, Conversion, HolderKind, Model, Nature, Outcome, OutcomeValue, ValueKind};
use crate::units::Period;
use rust_decimal::Decimal;

pub(super) const FAMILY: Family = Family {
    title: Text { en: "The same counted twice", nb: "Det samme regnet to ganger" },
    subject: Subject::Document,
    rules: &[
        Rule {
            id: "counted-twice",
            severity: Severity::Warning,
            looks_for: Text {
                en: "two values of one outcome whose `basis` measures the same: WELLBY with QALY, income or willingness to pay, QALY with willingness to pay, a statistical life with any of them or with production",
                nb: "to verdier av én virkning der `basis` måler det samme: WELLBY med QALY, inntekt eller betalingsvilje, QALY med betalingsvilje, et statistisk liv med noen av dem eller med produksjon",
            },
            why: Text {
                en: "life satisfaction already has health and income in it, and the value of a life already has what it would produce",
                nb: "livstilfredsheten rommer allerede helse og inntekt, og verdien av et liv rommer allerede det livet ville produsert",
            },
            source: "Helsedirektoratet, values of health, appendix 3: production is inside the value of a statistical life; public SROI guidance on double counting",
            example: r#"[[outcomes]]
id = "less-lonely"
holder = "participants"
quantity = 10
values = [
    { id = "wellbeing", value = 30_000, unit = "person-year", kind = "social", basis = "wellby", source = "survey" },
    { id = "health", value = 20_000, unit = "person-year", kind = "social", basis = "qaly", source = "survey" },
]
"#,
            find: counted_twice,
        },
        Rule {
            id: "counted-twice-across-outcomes",
            severity: Severity::Warning,
            looks_for: Text {
                en: "values of two outcomes of the same people at once whose `basis` measures the same: a WELLBY with income or willingness to pay, a QALY with willingness to pay, a statistical life with any of them or with production",
                nb: "verdier av to virkninger for de samme menneskene samtidig der `basis` måler det samme: WELLBY med inntekt eller betalingsvilje, QALY med betalingsvilje, et statistisk liv med noen av dem eller med produksjon",
            },
            why: Text {
                en: "two outcomes have two names and one life: who got work is also more content because of it",
                nb: "to virkninger har to navn og ett liv: den som fikk jobb, er også mer tilfreds på grunn av den",
            },
            source: "Helsedirektoratet, values of health, appendix 3: production is inside the value of a statistical life; public SROI guidance on double counting",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
values = [ { id = "wages", value = 320_000, unit = "person-year", kind = "economic", basis = "income", source = "pay slips" } ]

[[outcomes]]
id = "more-content"
holder = "participants"
quantity = 10
values = [ { id = "content", value = 20_000, unit = "person-year", kind = "social", basis = "wellby", source = "survey" } ]
"#,
            find: across_outcomes,
        },
        Rule {
            id: "earnings-with-tax",
            severity: Severity::Warning,
            looks_for: Text {
                en: "earnings of people beside tax or benefits of a public budget that has no `from`, in one outcome or in two of the same people at once",
                nb: "folks inntekt ved siden av skatt eller ytelser i et offentlig budsjett uten `from`, i én virkning eller i to for de samme menneskene samtidig",
            },
            why: Text {
                en: "tax is paid out of the earnings: counted beside them it is counted twice",
                nb: "skatten betales av inntekten: regnet ved siden av den er den regnet to ganger",
            },
            source: "welfare economics: a tax is a transfer out of the production that is counted",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
values = [
    { id = "wages", value = 320_000, unit = "person-year", kind = "economic", basis = "income", source = "pay slips" },
    { id = "tax", value = 60_000, unit = "person-year", to = "state", kind = "fiscal", basis = "income", source = "tax table" },
]
"#,
            find: taxed_twice,
        },
        Rule {
            id: "wellbeing-twice",
            severity: Severity::Warning,
            looks_for: Text {
                en: "wellbeing (WELLBY or QALY) of the same people in two values or two outcomes at once",
                nb: "livskvalitet (WELLBY eller QALY) for de samme menneskene i to verdier eller to virkninger samtidig",
            },
            why: Text {
                en: "less lonely and more content are one rise in life satisfaction, not two",
                nb: "mindre ensom og mer tilfreds er én økning i livstilfredshet, ikke to",
            },
            source: "public SROI guidance: no two proxies on the same people and time in one domain of wellbeing",
            example: r#"[[outcomes]]
id = "less-lonely"
holder = "participants"
quantity = 10
values = [ { id = "company", value = 30_000, unit = "person-year", kind = "social", basis = "wellby", source = "survey" } ]

[[outcomes]]
id = "more-content"
holder = "participants"
quantity = 10
values = [ { id = "content", value = 20_000, unit = "person-year", kind = "social", basis = "wellby", source = "survey" } ]
"#,
            find: wellbeing_twice,
        },
        Rule {
            id: "full-year-wellbeing",
            severity: Severity::Warning,
            looks_for: Text {
                en: "a full year of wellbeing, by `per_unit`, for an event or for a state that lasts less than a year",
                nb: "et helt år med livskvalitet, gjennom `per_unit`, for en hendelse eller en tilstand som varer under ett år",
            },
            why: Text {
                en: "values of wellbeing are per year: an outcome that did not last the year has a part of it",
                nb: "verdier av livskvalitet er per år: en virkning som ikke varte året ut, har bare en del av den",
            },
            source: "valueinsight.zendesk.com, 'Apportioning Values': annual values are apportioned",
            example: r#"[[outcomes]]
id = "a-trip"
holder = "participants"
nature = "event"
quantity = 10
values = [ { id = "wellbeing", value = 30_000, unit = "person-year", conversion = { per_unit = 1 }, kind = "social", basis = "wellby", source = "survey" } ]
"#,
            find: full_year,
        },
        super::work::WORK_COUNTED_TWICE,
    ],
};

/// Whether two bases have something of one another in them.
fn shares_content(one: Basis, other: Basis) -> bool {
    use Basis::{Income, Qaly, Resource, Vsl, Wellby, Wtp};
    matches!((one, other), (Wellby, Qaly | Income | Wtp | Vsl) | (Qaly, Wtp | Vsl) | (Vsl, Wtp | Income | Resource))
}

/// Two values in the order in which the first has the second in it.
fn ordered<'v>(one: &'v OutcomeValue, other: &'v OutcomeValue) -> Option<(&'v OutcomeValue, &'v OutcomeValue)> {
    let (a, b) = (one.basis?, other.basis?);
    let pair = if shares_content(a, b) {
        (one, other)
    } else if shares_content(b, a) {
        (other, one)
    } else {
        return None;
    };
    let (wide, narrow) = pair;
    // Production lost with a life may be anybody's; all else only doubles for whoever has both. Resources of a service
    // are not production.
    let production = wide.basis == Some(Basis::Vsl) && matches!(narrow.basis, Some(Basis::Income | Basis::Resource));
    let counts = if production { narrow.kind == ValueKind::Economic } else { wide.to == narrow.to };
    counts.then_some(pair)
}

fn pairs(values: &[OutcomeValue]) -> impl Iterator<Item = (&OutcomeValue, &OutcomeValue)> {
    values
        .iter()
        .enumerate()
        .flat_map(move |(position, one)| values.iter().skip(position + 1).map(move |other| (one, other)))
}

fn counted_twice(appraisal: &Appraisal) -> Vec<Found> {
    let outcomes = appraisal.model().outcomes().iter();
    let doubled = outcomes.flat_map(|outcome| pairs(&outcome.values)).filter(|(one, other)| overlap(one, other));
    let found = doubled.filter_map(|(one, other)| ordered(one, other)).map(|(wide, narrow)| {
        let (wide_id, narrow_id) = (&wide.id, &narrow.id);
        Found::at(
            &narrow.address,
            format!("`{wide_id}` has what `{narrow_id}` measures in it already: keep one of them, or limit them to different destinations"),
            format!("`{wide_id}` rommer allerede det `{narrow_id}` måler: behold én av dem, eller begrens dem til hvert sitt løp"),
        )
    });
    found.collect()
}

/// Whether two outcomes are of the same people in some of the same years.
fn of_the_same(model: &Model, one: &Outcome, other: &Outcome) -> bool {
    one.id != other.id && one.holder == other.holder && at_once(model, one, other)
}

fn across_outcomes(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    let valued: Vec<(&Outcome, &OutcomeValue)> = values(model).filter(|(_, value)| value.basis.is_some()).collect();
    let mut found = Vec::new();
    for (position, (outcome, value)) in valued.iter().enumerate() {
        let before = valued.iter().take(position).filter(|(earlier, _)| of_the_same(model, earlier, outcome));
        // Two values of wellbeing are told by a rule of their own.
        let two = before.map(|(_, other)| *other).filter(|other| !(is_wellbeing(other) && is_wellbeing(value)));
        if let Some((wide, narrow)) = two.filter_map(|other| ordered(other, value)).next() {
            let wide = &wide.address;
            found.push(Found::at(
                &narrow.address,
                format!("`{wide}` has what this measures in it already, for the same people in the same years: keep one of them, or show that they are different people"),
                format!("`{wide}` rommer allerede det denne måler, for de samme menneskene i de samme årene: behold én av dem, eller vis at det er andre mennesker"),
            ));
        }
    }
    found
}

fn is_earnings(model: &Model, value: &OutcomeValue) -> bool {
    value.kind == ValueKind::Economic
        && value.basis == Some(Basis::Income)
        && value.from.is_none()
        && is_of(model, value.to, HolderKind::People)
}

/// Whether a value has one of some words in its id or its name.
fn is_called(value: &OutcomeValue, words: &[&str]) -> bool {
    text_mentions(&value.id, words) || mentions(&value.name, words)
}

/// Whether earnings are what is left after tax, in their own words.
fn is_net(value: &OutcomeValue) -> bool {
    is_called(value, &["net-", "net ", "netto", "after-tax", "after tax", "etter skatt"])
}

/// Whether a value is tax beside net earnings of the same outcome: the two are parts of one wage, and neither is the other's.
pub(super) fn is_tax_beside_net(model: &Model, outcome: &Outcome, value: &OutcomeValue) -> bool {
    let net = outcome.values.iter().filter(|other| is_earnings(model, other) && is_net(other));
    is_called(value, &["tax", "skatt"]) && net.into_iter().any(|other| overlap(value, other))
}

/// Whether a value is tax or benefits of a public budget beside earnings they are paid out of or in place of.
pub(super) fn is_tax_of_wages(model: &Model, outcome: &Outcome, value: &OutcomeValue) -> bool {
    let earnings = |other: &&OutcomeValue| is_earnings(model, other) && !is_net(other);
    let beside = || outcome.values.iter().filter(earnings).any(|other| overlap(value, other));
    let elsewhere = || {
        let others = model.outcomes().iter().filter(|other| of_the_same(model, outcome, other));
        others.flat_map(|other| &other.values).any(|other| earnings(&other))
    };
    is_one_sided(model, value) && (beside() || elsewhere())
}

fn taxed_twice(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    let taxes = values(model).filter(|(outcome, value)| is_tax_of_wages(model, outcome, value));
    let found = taxes.map(|(_, value)| {
        Found::at(
            &value.address,
            "this is paid out of earnings that are counted beside it: name who pays with `from`, so that it is counted once",
            "dette betales av inntekt som regnes ved siden av: oppgi hvem som betaler, med `from`, så det telles én gang",
        )
    });
    found.collect()
}

fn is_wellbeing(value: &OutcomeValue) -> bool {
    matches!(value.basis, Some(Basis::Wellby | Basis::Qaly))
}

fn wellbeing_twice(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    let valued: Vec<(&Outcome, &OutcomeValue)> = values(model).filter(|(_, value)| is_wellbeing(value)).collect();
    let mut found = Vec::new();
    for (position, (outcome, value)) in valued.iter().enumerate() {
        let before = valued.iter().take(position);
        let twin =
            before.filter(|(_, other)| other.to == value.to).find(|(earlier, other)| match earlier.id == outcome.id {
                true => other.basis == value.basis && overlap(other, value),
                false => at_once(model, earlier, outcome),
            });
        if let Some((_, twin)) = twin {
            let other = &twin.address;
            found.push(Found::at(
                &value.address,
                format!("the wellbeing of the same people is valued at `{other}` too: keep one, or show that they are different people or years"),
                format!("livskvaliteten til de samme menneskene er også verdsatt i `{other}`: behold én, eller vis at det er andre folk eller andre år"),
            ));
        }
    }
    found
}

fn full_year(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    let found = values(model).filter_map(|(outcome, value)| {
        let Conversion::PerUnit(slot) = value.conversion else { return None };
        let yearly = value.price.unit.period() == Some(Period::Year);
        let wellbeing = is_wellbeing(value) || (value.kind == ValueKind::Social && value.basis == Some(Basis::Wtp));
        let lasts = match outcome.nature {
            Nature::Event => Decimal::ONE,
            Nature::State => duration(model, outcome)?,
        };
        let short = outcome.nature == Nature::Event || lasts < Decimal::ONE;
        let years = point(model, slot).checked_mul(lasts)?.normalize();
        (yearly && wellbeing && short && years >= Decimal::ONE).then(|| {
            Found::at(
                &value.address,
                format!("{years} years of wellbeing are claimed for each, and the outcome lasts less than one: give `per_unit` as the part of a year it lasts"),
                format!("{years} år med livskvalitet regnes for hver, og virkningen varer under ett: oppgi `per_unit` som den delen av året den varer"),
            )
        })
    });
    found.collect()
}
