//! Optimism: starting points better than what trials find, and success that somebody only believes in.

use super::finding::Found;
use super::rule::{Rule, Severity, Text};
use super::seen::{left_out, percent, point, text_mentions, varies};
use super::{Family, Subject};
use crate::model::{Direction, Measured, Model, Outcome};
use crate::reference::{Effect, EffectDomain, Effects, Measure};
use crate::units::written::Numeral;
use rust_decimal::Decimal;

pub(super) const FAMILY: Family = Family {
    title: Text { en: "Optimistic starting points", nb: "Optimistiske utgangspunkt" },
    subject: Subject::Document,
    rules: &[
        Rule {
            id: "optimistic-deadweight",
            severity: Severity::Warning,
            looks_for: Text {
                en: "a deadweight of people getting into work that is below that of every trial in the register of effects",
                nb: "en dødvekt for folk som kommer i arbeid, lavere enn i alle forsøk i effektregisteret",
            },
            why: Text {
                en: "some find work without help: of those in work after a trial with a risk ratio r, the share 1 / r would have been there anyway",
                nb: "noen finner arbeid uten hjelp: av dem som er i arbeid etter et forsøk med risikoforhold r, ville andelen 1 / r vært det uansett",
            },
            source: "the register of effects, risk ratios of employment; the largest is that of supported employment for people not in education, employment or training, 5.9 (`se-neet`)",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
measured = "gross"
deadweight = 0.1
"#,
            find: |appraisal| {
                let model = appraisal.model();
                model.outcomes().iter().filter_map(|outcome| optimistic(model, outcome)).collect()
            },
        },
        Rule {
            id: "judgement-without-range",
            severity: Severity::Warning,
            looks_for: Text {
                en: "a quantity that rests on somebody's judgement, in its own words, and has no range",
                nb: "et antall som etter egne ord bygger på noens skjønn, og som ikke har noe spenn",
            },
            why: Text {
                en: "who believes in a programme judges its success, and a single figure hides how sure they are",
                nb: "den som tror på et tiltak, vurderer hvor vellykket det er, og ett enkelt tall skjuler hvor sikker vurderingen er",
            },
            source: "Guldborgsund's calculation in the Danish social investment model: a success rate of 80 % by professional judgement",
            example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = { value = 8, source = "professional judgement of the team" }
"#,
            find: |appraisal| {
                let model = appraisal.model();
                model.outcomes().iter().filter(|outcome| judged(model, outcome)).map(|outcome| Found::at(
                    &outcome.address.child("quantity"),
                    "the quantity is somebody's judgement, and has one value: give a range, or ask with `questions` what it must be",
                    "antallet er noens skjønn og har én verdi: oppgi et spenn, eller spør med `questions` hva det må være",
                )).collect()
            },
        },
    ],
};

/// Words of people getting into work, each between two gaps.
const INTO_WORK: &[&str] = &[
    " into work ",
    " in work ",
    " to work ",
    " ordinary work ",
    " a job ",
    " in jobs ",
    " employed ",
    " employment ",
    " i arbeid ",
    " i jobb ",
    " ordinært arbeid ",
    " i ordinær jobb ",
    " sysselsatt ",
    " sysselsatte ",
];

fn is_into_work(outcome: &Outcome) -> bool {
    let labels = [Some(&outcome.name), outcome.change.as_ref()].into_iter().flatten();
    let texts = labels.flat_map(|label| [Some(label.en.as_str()), label.nb.as_deref()]).flatten();
    texts.chain([outcome.id.as_str()]).any(|text| {
        let words: String = text.chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
        text_mentions(&format!(" {words} "), INTO_WORK)
    })
}

/// The trial that leaves the least to deadweight.
fn least() -> Option<&'static Effect> {
    let of_work = |effect: &&Effect| {
        effect.domain == EffectDomain::Employment && effect.measure == Measure::RiskRatio && effect.value > Decimal::ONE
    };
    Effects::embedded().entries().iter().filter(of_work).max_by_key(|effect| effect.value)
}

fn optimistic(model: &Model, outcome: &Outcome) -> Option<Found> {
    let deadweight = outcome.deadweight.filter(|slot| !left_out(model, *slot))?;
    let about = outcome.measured == Measured::Gross
        && outcome.direction == Direction::Increase
        && outcome.unit.thing() == "person"
        && is_into_work(outcome);
    let trial = least()?;
    let lowest = Decimal::ONE.checked_div(trial.value)?;
    let given = point(model, deadweight);
    (about && given < lowest).then(|| {
        let (given, lowest, id, ratio) = (percent(given), percent(lowest), &trial.id, Numeral(trial.value));
        Found::at(
            &outcome.address.child("deadweight"),
            format!("deadweight is {given} %, and in the trial that leaves least to it {lowest} % would have been in work anyway ({id}: risk ratio {ratio}): start from a comparison group, or silence this with what stands in its place"),
            format!("dødvekten er {given:#} %, og i forsøket som gir den minst, ville {lowest:#} % vært i arbeid uansett ({id}: risikoforhold {ratio:#}): gå ut fra en sammenligningsgruppe, eller slå av denne med det som står i stedet"),
        )
    })
}

/// Words of a figure that somebody believes.
const JUDGEMENT: &[&str] = &[
    "judgement",
    "judgment",
    "own estimate",
    "best guess",
    "educated guess",
    "expert opinion",
    "skjønn",
    "eget anslag",
    "egen vurdering",
    "faglig vurdering",
    "kvalifisert gjetning",
];

fn judged(model: &Model, outcome: &Outcome) -> bool {
    let slots = outcome.quantity.slots();
    let numbers = slots.iter().filter_map(|slot| model.assumption(*slot));
    let sources = numbers.clone().filter_map(|number| number.source.as_ref()).chain(&outcome.evidence.source);
    let titles = sources.flat_map(|source| [Some(source.title.as_str()), source.section.as_deref()]).flatten();
    let notes = numbers.filter_map(|number| number.note.as_deref());
    let said = titles.chain(notes).chain(outcome.evidence.design.as_deref()).any(|text| text_mentions(text, JUDGEMENT));
    said && !slots.iter().any(|slot| varies(model, *slot))
}
