//! Effects that last: what was measured once, and what is assumed of the years after.

use super::finding::Found;
use super::rule::{Rule, Severity, Text};
use super::seen::{duration, point};
use super::{Family, Subject};
use crate::evaluation::Appraisal;
use crate::model::{Change, Model, Outcome, PopulationEffect, Quantity};
use crate::reference::DropOff;
use rust_decimal::Decimal;

pub(super) const FAMILY: Family = Family {
    title: Text { en: "Effects over time", nb: "Effekter over tid" },
    subject: Subject::Document,
    rules: &[Rule {
        id: "effect-with-drop-off",
        severity: Severity::Warning,
        looks_for: Text {
            en: "an effect measured once that lasts for years with a `drop_off`",
            nb: "en effekt målt én gang som varer i flere år med `drop_off`",
        },
        why: Text {
            en: "how long an effect lasts is measured by follow-up; a constant loss a year is an assumption",
            nb: "hvor lenge en effekt varer, måles ved oppfølging; et fast tap per år er en antakelse",
        },
        source: "this library: employment effects of follow-up studies fade unevenly, and some vanish",
        example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = { effect = { population = 10, risk_difference = 0.1 } }
duration = 3
drop_off = 0.2
"#,
        find: |appraisal| {
            appraisal.model().outcomes().iter().filter_map(|outcome| decays(appraisal, outcome)).collect()
        },
    }],
};

/// An effect measured once that is taken to lose the same share every year.
fn decays(appraisal: &Appraisal, outcome: &Outcome) -> Option<Found> {
    let model: &Model = appraisal.model();
    let Quantity::Effect(PopulationEffect { change: Change::Contrast(_), .. }) = &outcome.quantity else { return None };
    let years = duration(model, outcome)?;
    let decays = model.convention().combination.drop_off == DropOff::Geometric
        && years > Decimal::ONE
        && !point(model, outcome.drop_off).is_zero();
    decays.then(|| {
        Found::at(
            &outcome.address,
            format!(
                "the effect was measured once and is taken to last {years} years losing the same share each year: give a \
                 `path` or a `hazard` from the follow-up"
            ),
            format!(
                "effekten er målt én gang og antas å vare i {years} år med samme tap hvert år: oppgi et forløp (`path`) eller \
                 frafall per år (`hazard`) fra oppfølgingen"
            ),
        )
    })
}
