//! Reoffending: always with its definition and window, and with a sober view of what help after prison does.
//!
//! Source: Statistics Norway and the correctional service count reoffending in different ways over different years, and
//! Norwegian rates go from 10 to 55 per cent with them (Samfunnsspeilet 3/2013).

use super::finding::Found;
use super::rule::{Rule, Severity, Text};
use super::seen::{holder, mentions, percent, started_from};
use super::{Family, Subject};
use crate::address::Address;
use crate::evaluation::OutcomeUnits;
use crate::model::terms::{Contract, Metric, MetricKind, TrueMetric};
use crate::model::{Direction, Model, Outcome};
use crate::number::Constant;
use crate::reference::{Effect, EffectDomain, Effects};
use crate::units::Label;
use crate::units::written::Numeral;
use rust_decimal::Decimal;

pub(super) const FAMILY: Family = Family {
    title: Text { en: "Reoffending", nb: "Tilbakefall" },
    subject: Subject::Document,
    rules: &[
        Rule {
            id: "reoffending-undefined",
            severity: Severity::Warning,
            looks_for: Text {
                en: "an outcome about reoffending without `definition` or `window`",
                nb: "en virkning om tilbakefall uten `definition` eller `window`",
            },
            why: Text {
                en: "a new charge within five years (Statistics Norway, table 09425) and a new sentence served in prison within two (the correctional service) are different rates: from 10 to 55 % in Norway by definition and years",
                nb: "en ny siktelse innen fem år (SSB, tabell 09425) og en ny dom sonet i fengsel innen to (kriminalomsorgen) er ulike rater: fra 10 til 55 % i Norge etter definisjon og år",
            },
            source: "Statistics Norway, Samfunnsspeilet 3/2013 and table 09425; KRUS, handle 3082627",
            example: r#"[[outcomes]]
id = "fewer-reconvictions"
holder = "participants"
nature = "event"
direction = "decrease"
quantity = 2
"#,
            find: |appraisal| {
                let model = appraisal.model();
                let about = model.outcomes().iter().filter(|outcome| is_about(model, outcome));
                about.filter_map(undefined).collect()
            },
        },
        Rule {
            id: "optimistic-reoffending",
            severity: Severity::Warning,
            looks_for: Text {
                en: "fewer people reoffending than the best end of trials of help after prison would give at any baseline",
                nb: "færre som faller tilbake enn den beste enden av forsøkene med hjelp etter fengsel ville gitt ved noe utgangsnivå",
            },
            why: Text {
                en: "nine trials of reentry programmes find an odds ratio of 0.94 (0.77 to 1.12): no sure effect, and never more than 6.5 percentage points",
                nb: "ni forsøk med tilbakeføringstiltak finner en oddsrate på 0,94 (0,77 til 1,12): ingen sikker effekt, og aldri mer enn 6,5 prosentpoeng",
            },
            source: "systematic review of reentry programmes 2018, PMC6139987: `reentry-rct-reconviction` in the register of effects; the largest difference of an odds ratio o over all baselines is (1 − √o) / (1 + √o)",
            example: r#"[[outcomes]]
id = "fewer-who-reoffend"
holder = "participants"
nature = "event"
direction = "decrease"
quantity = 30
measured = "net"
definition = "a new sentence to prison"
window = "2 years"
"#,
            find: |appraisal| {
                let model = appraisal.model();
                let outcomes = model.outcomes().iter().zip(appraisal.outcome_units());
                outcomes
                    .filter(|(outcome, _)| is_about(model, outcome))
                    .filter_map(|(outcome, units)| optimistic(model, outcome, units))
                    .collect()
            },
        },
        Rule {
            id: "optimistic-truth",
            severity: Severity::Warning,
            looks_for: Text {
                en: "a truth of a contract in which fewer people reoffend than the best end of trials of help after prison would give at any baseline",
                nb: "en antakelse om virkeligheten i en kontrakt der færre faller tilbake enn den beste enden av forsøkene med hjelp etter fengsel ville gitt ved noe utgangsnivå",
            },
            why: Text {
                en: "what a contract would pay, and whether a payer saves what it pays, rests on what is supposed to be true: where that is brighter than any trial, the contract looks better than it can be expected to be",
                nb: "hva en kontrakt vil betale, og om betaleren sparer det den betaler, bygger på det som antas å være sant: er det lysere enn noe forsøk, ser kontrakten bedre ut enn den kan ventes å bli",
            },
            source: "systematic review of reentry programmes 2018, PMC6139987: `reentry-rct-reconviction` in the register of effects; the largest difference of an odds ratio o over all baselines is (1 − √o) / (1 + √o)",
            example: r#"holders = [ { id = "state", kind = "public", level = "state" }, { id = "provider", kind = "enterprise" } ]
costs = []

[contract]
payee = "provider"
payers = [ { holder = "state" } ]
metrics = [ { id = "reoffended", kind = "share", direction = "decrease" } ]
estimates = [ { id = "fewer", metric = "reoffended", effect = "relative", against = { fixed = 0.4 } } ]
payments = [ { id = "result", of = "fewer", schedule = { steps = [ { at = 0.1, amount = 1_000_000 } ] } } ]

[truth]
source = "judgement"
metrics = [ { id = "reoffended", counterfactual = 0.4, effect = 0.5 } ]
cohorts = [ { id = "2027", date = 2027-12-31, people = 50 } ]
"#,
            find: |appraisal| {
                let model = appraisal.model();
                let about: Vec<&Outcome> = model.outcomes().iter().filter(|outcome| is_about(model, outcome)).collect();
                model.contract().map(|contract| believed(contract, &about)).unwrap_or_default()
            },
        },
    ],
};

/// Words that are about reoffending and nothing else.
const SURE: &[&str] = &[
    "reoffend",
    "re-offend",
    "recidiv",
    "reconvict",
    "re-convict",
    "rearrest",
    "reincarcerat",
    "re-incarcerat",
    "new crime",
    "new offence",
    "new sentence to prison",
    "back to prison",
    "return to prison",
    "gjengangerkrim",
    "ny kriminalitet",
    "nye lovbrudd",
    "nytt lovbrudd",
    "ny straffbar",
    "ny fengsel",
    "ny dom til fengsel",
    "tilbake i fengsel",
];
/// Words of relapse, into crime or into something else.
const RELAPSE: &[&str] = &["relapse", "tilbakefall"];
/// What people otherwise relapse into.
const ILLNESS: &[&str] = &[
    "rus", "drug", "alcohol", "alkohol", "drink", "depres", "psyko", "psycho", "sykdom", "illness", "smok", "røyk",
    "gambl", "spill",
];
/// What makes a relapse one into crime all the same.
const CRIME: &[&str] = &[
    "krim", "crime", "criminal", "prison", "fengsel", "lovbrudd", "offence", "offend", "straff", "sentence", "soning",
];

/// Whether an outcome is about reoffending: by its words in either language, or by an effect of the register.
fn is_about(model: &Model, outcome: &Outcome) -> bool {
    let labels = [Some(&outcome.name), outcome.change.as_ref(), outcome.definition.as_ref()];
    are_about(&outcome.id, labels) || of_register(model, outcome)
}

/// Whether a metric of the terms is about reoffending: by its words, or by the outcome that it pays for.
fn is_metric_about(outcomes: &[&Outcome], metric: &Metric) -> bool {
    are_about(&metric.id, [Some(&metric.name), metric.definition.as_ref(), None])
        || outcomes.iter().any(|outcome| metric.outcome.as_ref() == Some(&outcome.id))
}

fn are_about(id: &str, labels: [Option<&Label>; 3]) -> bool {
    let id = Label::plain(id.replace('-', " "));
    let said = |words: &[&str]| labels.into_iter().flatten().chain([&id]).any(|label| mentions(label, words));
    said(SURE) || (said(RELAPSE) && (!said(ILLNESS) || said(CRIME)))
}

/// Whether the quantity uses an effect on reoffending of the register.
fn of_register(model: &Model, outcome: &Outcome) -> bool {
    let address = outcome.address.child("quantity").child("effect").child("register");
    let id = model.document().at(&address).and_then(|node| node.as_text());
    id.and_then(|id| Effects::embedded().get(id).ok()).is_some_and(|effect| effect.domain == EffectDomain::Reoffending)
}

fn undefined(outcome: &Outcome) -> Option<Found> {
    let (en, nb) = match (&outcome.definition, outcome.window) {
        (None, None) => ("`definition` and `window` are", "`definition` og `window` mangler"),
        (None, Some(_)) => ("`definition` is", "`definition` mangler"),
        (Some(_), None) => ("`window` is", "`window` mangler"),
        (Some(_), Some(_)) => return None,
    };
    Some(Found::at(
        &outcome.address,
        format!(
            "this is about reoffending, and {en} missing: say what counts (a new charge, a new sentence to prison) and within which years"
        ),
        format!(
            "dette gjelder tilbakefall, og {nb}: si hva som teller (ny siktelse, ny dom til fengsel) og innen hvilke år"
        ),
    ))
}

fn optimistic(model: &Model, outcome: &Outcome, units: &OutcomeUnits) -> Option<Found> {
    let intakes = Decimal::from(u32::try_from(outcome.intakes.len()).ok()?);
    let each = units.started.checked_div(intakes)?;
    let share = each.checked_div(people(model, outcome)?)?;
    let of_people = Some(share).filter(|_| outcome.unit.thing() == "person")?;
    above_trials(&outcome.address.child("quantity"), of_people, ("stop reoffending", "slutter å falle tilbake"))
}

/// Fewer who reoffend, of all who are helped, than trials give at any baseline.
fn above_trials(address: &Address, share: Decimal, (what, hva): (&str, &str)) -> Option<Found> {
    let sober = Effects::embedded().get("reentry-rct-reconviction").ok()?;
    let most = largest_difference(sober.low?)?;
    (share > most).then(|| {
        let Effect { id, value, low, high, .. } = sober;
        let (value, low, high) = (Numeral(*value), Numeral(low.unwrap_or_default()), Numeral(high.unwrap_or_default()));
        let (share, most) = (percent(share), percent(most));
        Found::at(
            address,
            format!("{share} of 100 people {what}; trials of help after prison ({id}: odds ratio {value}, {low} to {high}) give at most {most} at any baseline: start from the trials, or silence this with a comparison of your own"),
            format!("{share:#} av 100 {hva}; forsøk med hjelp etter fengsel ({id}: oddsrate {value:#}; {low:#} til {high:#}) gir høyst {most:#} ved noe utgangsnivå: gå ut fra forsøkene, eller slå av denne med en egen sammenligning"),
        )
    })
}

/// What the truth of a contract believes of reoffending, where no trial has found so much; the outcomes are those of its
/// model that are about reoffending.
pub(super) fn believed(contract: &Contract, outcomes: &[&Outcome]) -> Vec<Found> {
    let Some(truth) = contract.truth() else { return Vec::new() };
    let number = |slot| contract.assumption(slot).map(|number| number.point);
    let of_terms = |metric: &TrueMetric| contract.terms().metrics.get(metric.metric);
    let about = truth.metrics.iter().filter(|metric| of_terms(metric).is_some_and(|of| is_metric_about(outcomes, of)));
    let found = about.filter_map(|metric| {
        let of_terms = of_terms(metric)?;
        let is_share = matches!(of_terms.kind, MetricKind::Share | MetricKind::Claims);
        let fewer = is_share && of_terms.direction == Some(Direction::Decrease);
        let change = metric.expected_change(number).filter(|_| fewer)?;
        let supposed = ("are supposed to stop reoffending", "antas å slutte å falle tilbake");
        above_trials(&metric.address.child("effect"), change, supposed)
    });
    found.collect()
}

/// The people helped in one intake: the group, or what a chain or an effect starts from.
fn people(model: &Model, outcome: &Outcome) -> Option<Decimal> {
    let group = holder(model, outcome.holder).and_then(|group| group.size);
    group.or_else(|| started_from(model, outcome)).filter(|people| *people > Decimal::ZERO)
}

/// The largest difference an odds ratio below one can make to a share, over all baselines: (1 − √o) / (1 + √o).
fn largest_difference(odds_ratio: Decimal) -> Option<Decimal> {
    let root = libm::sqrt(Constant::from(odds_ratio).float());
    Decimal::try_from((1.0 - root) / (1.0 + root)).ok().map(|difference| difference.round_dp(6))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_difference_is_that_of_the_worst_baseline() {
        // Over a grid of baselines p: p − o·p / (1 − p + o·p).
        for odds in [0.5, 0.77, 0.94] {
            let change = |p: f64| p - odds * p / (1.0 - p + odds * p);
            let most = (1..10_000).map(|step| change(f64::from(step) / 10_000.0)).fold(0.0, f64::max);
            let found = Constant::from(largest_difference(Decimal::try_from(odds).unwrap()).unwrap()).float();
            assert!((found - most).abs() < 1e-6, "{odds}: {found} {most}");
        }
    }
}
