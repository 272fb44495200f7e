//! Practice: figures outside what published reports commonly use. Common, not right.

use super::finding::Found;
use super::rule::{Rule, Severity, Text};
use super::seen::{duration, left_out, percent, point, short};
use super::{Family, Subject};
use crate::address::Address;
use crate::evaluation::Appraisal;
use crate::model::{Measure, Model, Outcome, OwnShare, Perspective, Slot};
use crate::reference::Practice;
use rust_decimal::Decimal;

pub(super) const FAMILY: Family = Family {
    title: Text { en: "Against published practice", nb: "Mot publisert praksis" },
    subject: Subject::Document,
    rules: &[
        Rule {
            id: "long-duration",
            severity: Severity::Warning,
            looks_for: Text {
                en: "an outcome that lasts more than six years",
                nb: "en virkning som varer mer enn seks år",
            },
            why: Text {
                en: "the longer an outcome is said to last, the less of it anybody has seen",
                nb: "jo lenger en virkning sies å vare, jo mindre av den har noen sett",
            },
            source: "the row calculator of the Chula SROI app takes at most six years; the Value Map of social value training asks for years",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
duration = 8
drop_off = 0.15
"#,
            find: |appraisal| {
                let model = appraisal.model();
                let most = Practice::embedded().duration_asked_above;
                model.outcomes().iter().filter_map(|outcome| {
                    let years = duration(model, outcome).filter(|years| *years > most)?;
                    Some(Found::at(
                        &outcome.address.child("duration"),
                        format!("the outcome lasts {years} years, and more than {most} is seldom seen: silence this with who was followed for how long, or shorten it"),
                        format!("virkningen varer {years} år, og mer enn {most} er sjelden sett: slå av denne med hvem som er fulgt hvor lenge, eller forkort den"),
                    ))
                }).collect()
            },
        },
        Rule {
            id: "outside-practice",
            severity: Severity::Note,
            looks_for: Text {
                en: "deadweight, others' share or drop-off that is given, not zero, and below or above what nine in ten reports state",
                nb: "dødvekt, andres bidrag eller avtakende effekt som er oppgitt, ikke null, og lavere eller høyere enn ni av ti rapporter oppgir",
            },
            why: Text {
                en: "an unusual share may be right, and deserves its reason beside it: common is not right either",
                nb: "en uvanlig andel kan være riktig, og fortjener begrunnelsen ved siden av: vanlig er heller ikke riktig",
            },
            source: "383 published SROI reports, read by machine, indicative: percentiles 10 and 90 of the values that are not zero (github.com/jcmunozmora/sroi-meta-analysis, data/factor_benchmarks.json)",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
deadweight = 0.02
"#,
            find: |appraisal| {
                let model = appraisal.model();
                model.outcomes().iter().flat_map(|outcome| outside(model, outcome)).collect()
            },
        },
        Rule {
            id: "ratio-above-practice",
            severity: Severity::Warning,
            looks_for: Text { en: "an SROI ratio for society above 15", nb: "en SROI-brøk for samfunnet over 15" },
            why: Text {
                en: "91 % of the reports that state a ratio state a lower one; common is not right, but a ratio this high is asked about",
                nb: "91 % av rapportene som oppgir en brøk, oppgir en lavere; vanlig er ikke riktig, men en så høy brøk blir det spurt om",
            },
            source: "383 published SROI reports, read by machine, indicative: 8.9 % of the 247 with a ratio are above 15, the highest is 37 (github.com/jcmunozmora/sroi-meta-analysis, section 04)",
            example: r#"conventions = "sroi-practice"

[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 100
values = [ { id = "wages", value = 300_000, unit = "person-year", kind = "economic", source = "pay slips" } ]
"#,
            find: high_ratio,
        },
    ],
};

fn outside(model: &Model, outcome: &Outcome) -> Vec<Found> {
    let given = |slot: Slot| (!left_out(model, slot)).then(|| (outcome.address.clone(), point(model, slot)));
    let share = |key: &str, slot: Slot| given(slot).map(|(address, share)| (address.child(key), share));
    let attribution = match outcome.own_share {
        OwnShare::Whole => None,
        OwnShare::Others(slot) => share("attribution", slot),
        OwnShare::Own(slot) => {
            share("attribution", slot).map(|(address, own)| (address, Decimal::ONE.saturating_sub(own)))
        }
    };
    let shares = [
        (("deadweight", "deadweight", "dødvekt"), outcome.deadweight.and_then(|slot| share("deadweight", slot))),
        (("attribution", "the share of others", "andres bidrag"), attribution),
        (("drop-off", "drop-off", "avtakende effekt"), share("drop_off", outcome.drop_off)),
    ];
    let found = shares
        .into_iter()
        .filter_map(|(names, share)| share.and_then(|(address, share)| compared(names, &address, share)));
    found.collect()
}

fn compared((id, en, nb): (&str, &str, &str), address: &Address, share: Decimal) -> Option<Found> {
    let factor = Practice::embedded().factor(id)?;
    let unusual = share > Decimal::ZERO && !(factor.low..=factor.high).contains(&share);
    let (share, low, high, n) = (percent(share), percent(factor.low), percent(factor.high), factor.n);
    unusual.then(|| {
        Found::at(
            address,
            format!("{en} is {share} %, and {low} to {high} % is common in the {n} reports that state it: give its reason in `source` or `note`"),
            format!("{nb} er {share:#} %, og {low:#} til {high:#} % er vanlig i de {n} rapportene som oppgir det: gi begrunnelsen i `source` eller `note`"),
        )
    })
}

fn high_ratio(appraisal: &Appraisal) -> Vec<Found> {
    let practice = Practice::embedded();
    let figure = appraisal.measure(Measure::SroiRatio, Perspective::Society);
    let Some(ratio) = figure.ok().and_then(|figure| figure.value.ok()) else { return Vec::new() };
    if ratio <= practice.ratio_asked_above {
        return Vec::new();
    }
    let lower = percent(Decimal::ONE.saturating_sub(practice.share_above).round_dp(2));
    let n = practice.factor("sroi-ratio").map_or(0, |factor| factor.n);
    let ratio = short(ratio);
    vec![Found::at(
        &Address::root().child("outcomes"),
        format!(
            "the SROI ratio is {ratio}, and {lower} % of {n} reports state less than {}: look again at quantities, deadweight and unit values",
            practice.ratio_asked_above
        ),
        format!(
            "SROI-brøken er {ratio:#}, og {lower} % av {n} rapporter oppgir mindre enn {}: se en gang til på antall, dødvekt og enhetsverdier",
            practice.ratio_asked_above
        ),
    )]
}
