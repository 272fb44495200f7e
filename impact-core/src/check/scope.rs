//! Scope: costs and outcomes of the same people, years and resources.

use super::finding::Found;
use super::rule::{Rule, Severity, Text};
use super::seen::{cost_years, defaults, duration, left_out, listed, mentions, point, text_mentions, values};
use super::{Family, Subject};
use crate::address::Address;
use crate::evaluation::Appraisal;
use crate::model::{Cost, Model, Nature, Outcome};
use crate::reference::DropOff;
use crate::units::Year;
use rust_decimal::Decimal;

pub(super) const FAMILY: Family = Family {
    title: Text { en: "Costs and outcomes of the same scope", nb: "Kostnader og virkninger med samme omfang" },
    subject: Subject::Document,
    rules: &[
        Rule {
            id: "intakes-without-cost",
            severity: Severity::Warning,
            looks_for: Text {
                en: "intakes in years in which no cost runs", nb: "opptak i år der ingen kostnad løper"
            },
            why: Text {
                en: "people who start in a year without a cost are helped for nothing",
                nb: "de som starter i et år uten kostnad, får hjelp gratis",
            },
            source: "SROI-METHOD.md of public calculators: inputs and outputs of the same scope",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
intakes = [2024, 2025]
"#,
            find: |appraisal| {
                let model = appraisal.model();
                let running = cost_years(model);
                if model.costs().is_empty() {
                    return Vec::new();
                }
                model.outcomes().iter().filter_map(|outcome| {
                    let free: Vec<Year> = outcome.intakes.iter().filter(|year| !running.contains(year)).copied().collect();
                    let years = listed(&free);
                    (!free.is_empty()).then(|| Found::at(
                        &outcome.address,
                        format!("people start in {years}, when no cost runs: add what it costs then, or take the intakes out"),
                        format!("folk starter i {years}, da ingen kostnad løper: legg til hva det koster da, eller ta ut opptakene"),
                    ))
                }).collect()
            },
        },
        Rule {
            id: "costs-without-intakes",
            severity: Severity::Warning,
            looks_for: Text {
                en: "costs in years after the only intake, where `intakes` is left out",
                nb: "kostnader i år etter det eneste opptaket, når `intakes` er utelatt",
            },
            why: Text {
                en: "the library then takes one intake in the first year, and the later years cost without helping anybody",
                nb: "biblioteket regner da ett opptak i første år, og de senere årene koster uten å hjelpe noen",
            },
            source: "SROI-METHOD.md of public calculators: inputs and outputs of the same scope",
            example: r#"costs = [ { id = "team", payer = "municipality", per_year = 400_000, years = [2024, 2026], source = "budget" } ]

[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
"#,
            find: |appraisal| {
                let model = appraisal.model();
                let (running, defaults) = (cost_years(model), defaults(model));
                model.outcomes().iter().filter_map(|outcome| {
                    let last = *outcome.intakes.iter().max()?;
                    let later: Vec<Year> = running.iter().filter(|year| **year > last).copied().collect();
                    let years = listed(&later);
                    (!later.is_empty() && defaults.contains(&outcome.address.child("intakes"))).then(|| Found::at(
                        &outcome.address,
                        format!("costs run in {years} too, and one intake is counted, in {last}: write `intakes = \"yearly\"`, list the years, or say \"one\""),
                        format!("kostnader løper også i {years}, og ett opptak er regnet, i {last}: skriv `intakes = \"yearly\"`, list årene, eller si \"one\""),
                    ))
                }).collect()
            },
        },
        Rule {
            id: "costs-without-outcomes",
            severity: Severity::Warning,
            looks_for: Text {
                en: "costs in a model in which no outcome has a value",
                nb: "kostnader i en modell der ingen virkning har en verdi",
            },
            why: Text {
                en: "what is spent is counted and what it achieves is not, so every ratio is zero",
                nb: "det som brukes, er regnet, og det som oppnås, er ikke, så hver brøk er null",
            },
            source: "SROI-METHOD.md of public calculators: inputs and outputs of the same scope",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
"#,
            find: |appraisal| {
                let model = appraisal.model();
                if model.costs().is_empty() || values(model).next().is_some() {
                    return Vec::new();
                }
                vec![Found::at(
                    &Address::root().child("costs"),
                    "costs are counted and no outcome has a value: give outcomes `values`, or read costs per outcome only",
                    "kostnader er regnet, og ingen virkning har verdi: gi virkningene `values`, eller les bare kostnad per virkning",
                )]
            },
        },
        Rule {
            id: "organisation-costs",
            severity: Severity::Warning,
            looks_for: Text {
                en: "a cost whose words say that it is that of a whole organisation",
                nb: "en kostnad som etter ordlyden gjelder en hel organisasjon",
            },
            why: Text {
                en: "all that an organisation spends over what one of its services reaches is a ratio of neither",
                nb: "alt en organisasjon bruker, over det én av tjenestene når, er en brøk for ingen av dem",
            },
            source: "SROI-METHOD.md of public calculators: inputs and outputs of the same scope",
            example: r#"costs = [ { id = "team", payer = "municipality", amount = 400_000, year = 2024, source = "total expenditure, annual accounts 2024" } ]

[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
"#,
            find: of_an_organisation,
        },
        Rule {
            id: "drop-off-without-effect",
            severity: Severity::Note,
            looks_for: Text {
                en: "`drop_off` on an outcome of one year or less",
                nb: "`drop_off` på en virkning som varer ett år eller kortere",
            },
            why: Text {
                en: "drop-off counts from the second year: here it changes nothing, and a longer duration may be meant",
                nb: "avtakende effekt teller fra andre år: her endrer den ingenting, og lengre varighet kan være ment",
            },
            source: "Value Map of social value training (issuu.com): drop-off is asked for future years",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
drop_off = 0.15
"#,
            find: |appraisal| {
                let model = appraisal.model();
                let idle = model.outcomes().iter().filter(|outcome| idle_drop_off(model, outcome));
                idle.map(|outcome| Found::at(
                    &outcome.address.child("drop_off"),
                    "drop-off counts from the second year, and the outcome lasts one: give `duration`, or take drop-off out",
                    "avtakende effekt teller fra andre år, og virkningen varer ett: oppgi `duration`, eller fjern avtakende effekt",
                )).collect()
            },
        },
        Rule {
            id: "volunteer-time",
            severity: Severity::Note,
            looks_for: Text {
                en: "volunteers in the words of the document, and no cost that mentions them",
                nb: "frivillige i dokumentets ord, og ingen kostnad som nevner dem",
            },
            why: Text {
                en: "whether their time is an input changes what stands below the line of every ratio",
                nb: "om tiden deres er en innsats, endrer det som står under brøkstreken",
            },
            source: "ImpactFlow leaves volunteer time out, SROI-METHOD.md shows it as a variant: it is declared either way",
            example: r#"description = "Volunteers meet participants every week."

[[outcomes]]
id = "less-lonely"
holder = "participants"
quantity = 10
"#,
            find: volunteers,
        },
    ],
};

fn idle_drop_off(model: &Model, outcome: &Outcome) -> bool {
    let years = duration(model, outcome).unwrap_or(Decimal::ONE);
    outcome.nature == Nature::State
        && years <= Decimal::ONE
        && !left_out(model, outcome.drop_off)
        && point(model, outcome.drop_off) > Decimal::ZERO
        && model.convention().combination.drop_off != DropOff::Once
}

/// Words of what a whole organisation spends.
const ORGANISATION: &[&str] = &[
    "whole organisation",
    "entire organisation",
    "whole organization",
    "entire organization",
    "total expenditure",
    "annual accounts",
    "organisation's spending",
    "hele organisasjonen",
    "hele virksomheten",
    "samlede driftsutgifter",
    "årsregnskap",
];

fn of_an_organisation(appraisal: &Appraisal) -> Vec<Found> {
    let said = |cost: &&Cost| {
        let source = cost.source.as_ref();
        let texts = [cost.note.as_deref(), source.map(|source| source.title.as_str())];
        let section = source.and_then(|source| source.section.as_deref());
        let written = texts.into_iter().chain([section]).flatten().any(|text| text_mentions(text, ORGANISATION));
        mentions(&cost.name, ORGANISATION) || written
    };
    let found = appraisal.model().costs().iter().filter(said).map(|cost| {
        Found::at(
            &cost.address,
            "the words say that this is what a whole organisation spends: take the part of it that reaches these outcomes, or add the \
             outcomes of the rest",
            "ordlyden sier at dette er det en hel organisasjon bruker: ta med den delen som når disse virkningene, eller legg til \
             virkningene av resten",
        )
    });
    found.collect()
}

const VOLUNTEERS: &[&str] = &["volunteer", "voluntary work", "unpaid", "frivillig", "ulønn"];

fn volunteers(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    let noted = |note: &Option<String>| note.as_ref().is_some_and(|note| text_mentions(note, VOLUNTEERS));
    let in_outcome = |outcome: &Outcome| {
        let labels = [Some(&outcome.name), outcome.change.as_ref()];
        labels.into_iter().flatten().any(|label| mentions(label, VOLUNTEERS)) || noted(&outcome.note)
    };
    let in_head =
        [Some(model.name()), model.description()].into_iter().flatten().any(|label| mentions(label, VOLUNTEERS));
    let in_costs = model.costs().iter().any(|cost| mentions(&cost.name, VOLUNTEERS) || noted(&cost.note));
    if in_costs || !(in_head || model.outcomes().iter().any(in_outcome)) {
        return Vec::new();
    }
    vec![Found::at(
        &Address::root().child("costs"),
        "volunteers take part, and no cost says whether their time counts: add it as a cost, or say in a cost's `note` that it is left out",
        "frivillige deltar, og ingen kostnad sier om tiden deres teller: legg den til som kostnad, eller si i en kostnads `note` at den er utelatt",
    )]
}
