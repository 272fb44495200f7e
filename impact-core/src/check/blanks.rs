//! What was left blank: blank is not zero, and a reader should be told.

use super::finding::Found;
use super::rule::{Rule, Severity, Text};
use super::seen::{duration, holder, left_out, parties, point, short, values};
use super::{Family, Subject};
use crate::address::Address;
use crate::evaluation::{Appraisal, OutcomeUnits};
use crate::model::{Flow, HolderIndex, Measured, Model, Nature, Outcome, OwnShare, Quantity};
use crate::units::{Language, unit_name};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

pub(super) const FAMILY: Family = Family {
    title: Text { en: "What was left out", nb: "Det som er utelatt" },
    subject: Subject::Document,
    rules: &[
        Rule {
            id: "blank-deadweight",
            severity: Severity::Warning,
            looks_for: Text { en: "a gross quantity without `deadweight`", nb: "et bruttotall uten `deadweight`" },
            why: Text {
                en: "what would have happened anyway is then claimed too; blank is not zero",
                nb: "det som ville skjedd uansett, blir da regnet med; blankt er ikke null",
            },
            source: "383 published SROI reports, read by machine: 40 % apply deadweight (github.com/jcmunozmora/sroi-meta-analysis, section 06)",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
measured = "gross"
"#,
            find: |appraisal| {
                outcomes(appraisal, |model, outcome| {
                    let blank = outcome.deadweight.is_none_or(|slot| left_out(model, slot));
                    (outcome.measured == Measured::Gross && blank).then(|| {
                        Found::at(
                            &outcome.address,
                            "deadweight is left out of a gross quantity, so everything is claimed to be due to the intervention: \
                             give `deadweight`, also where it is 0",
                            "dødvekt er utelatt fra et bruttotall, så alt regnes som tiltakets fortjeneste: oppgi `deadweight`, \
                             også når den er 0",
                        )
                    })
                })
            },
        },
        Rule {
            id: "blank-attribution",
            severity: Severity::Warning,
            looks_for: Text { en: "an outcome without `attribution`", nb: "en virkning uten `attribution`" },
            why: Text {
                en: "an SROI ratio then claims the credit of everybody who helped to reach it",
                nb: "SROI-brøken tar da æren for det andre har bidratt med",
            },
            source: "383 published SROI reports, read by machine: 56 % apply attribution (github.com/jcmunozmora/sroi-meta-analysis, section 06)",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
deadweight = 0.2
"#,
            find: |appraisal| {
                outcomes(appraisal, |_, outcome| {
                    (outcome.own_share == OwnShare::Whole).then(|| {
                        Found::at(
                            &outcome.address,
                            "nothing is said of the credit due to others, so the SROI claims all of it: give `attribution`, also \
                             where others have no part",
                            "andres bidrag er ikke nevnt, så SROI tilskriver tiltaket alt: oppgi `attribution`, også når andre ikke \
                             har del i det",
                        )
                    })
                })
            },
        },
        Rule {
            id: "no-drop-off",
            severity: Severity::Warning,
            looks_for: Text {
                en: "an outcome of several years without `drop_off`",
                nb: "en virkning over flere år uten `drop_off`",
            },
            why: Text {
                en: "few outcomes keep all their strength for years; if this one does, say so",
                nb: "få virkninger holder seg fullt ut i flere år; gjør denne det, må det sies",
            },
            source: "383 published SROI reports, read by machine: 76 % show no drop-off (github.com/jcmunozmora/sroi-meta-analysis, section 06)",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
duration = 3
"#,
            find: |appraisal| outcomes(appraisal, lasting),
        },
        Rule {
            id: "no-displacement",
            severity: Severity::Note,
            looks_for: Text { en: "an outcome without `displacement`", nb: "en virkning uten `displacement`" },
            why: Text {
                en: "a job or a home that a participant gets may be one that somebody else does not get",
                nb: "en jobb eller bolig en deltaker får, kan være en som noen andre ikke får",
            },
            source: "383 published SROI reports, read by machine: 10.4 % apply displacement (github.com/jcmunozmora/sroi-meta-analysis, section 06)",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
"#,
            find: |appraisal| {
                outcomes(appraisal, |model, outcome| {
                    left_out(model, outcome.displacement.share).then(|| {
                        Found::at(
                            &outcome.address,
                            "displacement is left out, so nobody is assumed to lose what participants gain: give `displacement`, \
                             also where it is 0",
                            "fortrengning er utelatt, så ingen antas å tape det deltakerne vinner: oppgi `displacement`, også når \
                             den er 0",
                        )
                    })
                })
            },
        },
        Rule {
            id: "no-harm",
            severity: Severity::Warning,
            looks_for: Text {
                en: "values of which none is negative, none has somebody who loses, and nothing is displaced",
                nb: "verdier der ingen er negative, ingen har noen som taper, og ingenting er fortrengt",
            },
            why: Text {
                en: "a model in which everybody gains has rarely asked who does not",
                nb: "en modell der alle vinner, har sjelden spurt hvem som ikke gjør det",
            },
            source: "harm review of public SROI calculators (Impact Account demo): unintended and negative outcomes are listed, never netted out of sight",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
displacement = 0
values = [ { id = "wages", value = 300_000, unit = "person-year", kind = "economic", source = "pay slips" } ]
"#,
            find: no_harm,
        },
        Rule {
            id: "quantity-above-group",
            severity: Severity::Warning,
            looks_for: Text {
                en: "more people in an intake than the group has",
                nb: "flere personer i ett opptak enn gruppen har",
            },
            why: Text {
                en: "a group cannot change more people than it has",
                nb: "en gruppe kan ikke endre flere personer enn den har",
            },
            source: "this library, after a row check of the Chula SROI app",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 120
"#,
            find: |appraisal| outcomes(appraisal, above_group),
        },
        Rule {
            id: "holder-without-part",
            severity: Severity::Note,
            looks_for: Text {
                en: "a holder that pays, gains and loses nothing, and that no outcome is about",
                nb: "en part som verken betaler, vinner eller taper noe, og som ingen virkning gjelder",
            },
            why: Text {
                en: "who is listed was thought of; what changes for them is then left out, or nothing does, and that is worth saying",
                nb: "den som er ført opp, er tenkt på; det som endres for parten, er da utelatt, eller ingenting endres, og det bør sies",
            },
            source: "audit trails of public SROI tools (Uellix, Impact Account): each row is linked to a stakeholder",
            example: r#"holders = [ { id = "participants", kind = "people" }, { id = "neighbours", kind = "people" }, { id = "municipality", kind = "public", level = "municipality" } ]

[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
"#,
            find: without_part,
        },
        Rule {
            id: "cut-off",
            severity: Severity::Warning,
            looks_for: Text {
                en: "costs, transfers or effects outside the years appraised",
                nb: "kostnader, overføringer eller virkninger utenfor årene som vurderes",
            },
            why: Text {
                en: "what the horizon leaves out is in no figure, and a horizon can be chosen to suit",
                nb: "det horisonten utelater, er ikke med i noe tall, og en horisont kan velges så den passer",
            },
            source: "this library: what the horizon leaves out is said",
            example: r#"horizon = 2

[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
duration = 4
"#,
            find: |appraisal| {
                let model = appraisal.model();
                let outcomes = model.outcomes().iter().zip(appraisal.outcome_units());
                flows_cut_off(model)
                    .into_iter()
                    .chain(outcomes.filter_map(|(outcome, units)| cut_off(outcome, units)))
                    .collect()
            },
        },
    ],
};

fn outcomes(appraisal: &Appraisal, find: fn(&Model, &Outcome) -> Option<Found>) -> Vec<Found> {
    let model = appraisal.model();
    model.outcomes().iter().filter_map(|outcome| find(model, outcome)).collect()
}

fn lasting(model: &Model, outcome: &Outcome) -> Option<Found> {
    let years = duration(model, outcome).unwrap_or(Decimal::ONE);
    (outcome.nature == Nature::State && years > Decimal::ONE && left_out(model, outcome.drop_off)).then(|| {
        Found::at(
            &outcome.address,
            format!(
                "the outcome lasts {years} years and nothing is lost on the way: give `drop_off`, also where it is 0"
            ),
            format!("virkningen varer {years} år uten å avta: oppgi `drop_off`, også når den er 0"),
        )
    })
}

fn no_harm(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    let loses =
        values(model).any(|(_, value)| value.from.is_some() || point(model, value.price.amount) < Decimal::ZERO);
    let displaces = model.outcomes().iter().any(|outcome| point(model, outcome.displacement.share) > Decimal::ZERO);
    let harms =
        appraisal.outcome_units().iter().any(|units| units.by_year.iter().any(|(_, units)| *units < Decimal::ZERO));
    if loses || displaces || harms || values(model).next().is_none() {
        return Vec::new();
    }
    vec![Found::at(
        &Address::root().child("outcomes"),
        "nobody loses anything here: add what gets worse and for whom (a value below zero, a `from`, `displacement`), or silence \
         this with who was asked",
        "ingen taper noe her: legg til det som blir verre, og for hvem (en verdi under null, en `from`, `displacement`), eller slå \
         av denne med hvem som er spurt",
    )]
}

fn without_part(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    let paying = model.costs().iter().map(|cost| cost.payer);
    let transferring = model.transfers().iter().flat_map(|transfer| [transfer.from, transfer.to]);
    let concerned = model.outcomes().iter().map(|outcome| outcome.holder);
    let bearing = model.outcomes().iter().filter_map(|outcome| outcome.displacement.borne_by);
    let gaining = values(model).flat_map(|(_, value)| [Some(value.to), value.from]).flatten();
    let refunding = model.reimbursements().iter().flat_map(|rule| rule.of.iter().map(|of| of.to).chain([rule.from]));
    let named = paying.chain(refunding).chain(transferring).chain(concerned).chain(bearing).chain(gaining);
    let part: BTreeSet<usize> = named
        .flat_map(|holder| parties(model, holder).chain([holder]).map(HolderIndex::position).collect::<Vec<_>>())
        .collect();
    let without = model.holders().iter().enumerate().filter(|(position, _)| !part.contains(position));
    without
        .map(|(_, holder)| {
            let id = &holder.id;
            Found::at(
                &Address::root().child("holders").child(id),
                format!("nothing is paid by, gained or lost by `{id}`: add what changes there, or take it out"),
                format!("`{id}` betaler, vinner og taper ingenting: legg til det som endres der, eller ta parten ut"),
            )
        })
        .collect()
}

fn above_group(model: &Model, outcome: &Outcome) -> Option<Found> {
    let group = holder(model, outcome.holder)?;
    let size = group.size?;
    let of_people = outcome.unit.thing() == "person";
    let (quantity, (verb, in_nb)) = match &outcome.quantity {
        Quantity::Number(slot) if of_people => (point(model, *slot), ("change", "endrer seg")),
        Quantity::Path(path) if of_people => {
            (path.slots().map(|slot| point(model, slot)).max()?, ("change", "endrer seg"))
        }
        Quantity::Effect(effect) => (point(model, effect.population), ("are treated", "får tiltaket")),
        _ => return None,
    };
    let (name, id) = (&group.name.en, &group.id);
    (quantity > size).then(|| {
        Found::at(
            &outcome.address,
            format!(
                "{quantity} people of {name} {verb} in one intake, but the group `{id}` has {size}: correct one of them"
            ),
            format!("{quantity} personer {in_nb} i ett opptak, men gruppen `{id}` er på {size}: rett ett av tallene"),
        )
    })
}

/// Years of costs and transfers that the appraised years leave out.
fn flows_cut_off(model: &Model) -> Vec<Found> {
    let years = model.years();
    let (Some(first), Some(last)) = (years.first(), years.last()) else { return Vec::new() };
    let costs = model.costs().iter().map(|cost| (&cost.address, &cost.flow));
    let transfers = model.transfers().iter().map(|transfer| (&transfer.address, &transfer.flow));
    let outside = |(address, flow): (&Address, &Flow)| {
        let before = first.since(flow.first).max(0);
        let after = flow.last.since(*last).max(0);
        let left_out = before.saturating_add(after);
        let all = flow.last.since(flow.first).saturating_add(1);
        (left_out > 0).then(|| {
            Found::at(
                address,
                format!("{left_out} of its {all} years lie outside {first} to {last} and are left out"),
                format!("{left_out} av {all} år ligger utenfor {first} til {last} og er utelatt"),
            )
        })
    };
    costs.chain(transfers).filter_map(outside).collect()
}

fn cut_off(outcome: &Outcome, units: &OutcomeUnits) -> Option<Found> {
    let (left, unit) = (short(units.cut_off), unit_name(&units.accrued_unit.to_string()));
    (!units.cut_off.is_zero()).then(|| {
        Found::at(
            &outcome.address,
            format!("{left} {} fall after the last year appraised and are left out: lengthen `horizon`, or say why it ends", unit.en),
            format!("{left:#} {} faller etter det siste året som vurderes og er utelatt: forleng `horizon`, eller si hvorfor den slutter", unit.text(Language::Bokmal)),
        )
    })
}
