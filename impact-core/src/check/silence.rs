//! Silencing: what the document lets stand, with its reason, and silences that silence nothing.

use super::finding::{Finding, Found};
use super::rule::{Rule, Severity, Text};
use super::{Family, Subject, families};
use crate::model::Silence;

pub(super) const FAMILY: Family = Family {
    title: Text { en: "What is silenced", nb: "Det som er slått av" },
    subject: Subject::Document,
    rules: &[Rule {
        id: "silenced-in-vain",
        severity: Severity::Note,
        looks_for: Text {
            en: "an entry of `silenced` whose rule finds nothing at its address",
            nb: "en linje i `silenced` der regelen ikke finner noe på adressen",
        },
        why: Text {
            en: "the reason has outlived what it was given for, or the address has a slip",
            nb: "begrunnelsen har overlevd det den gjaldt, eller adressen er skrevet feil",
        },
        source: "this library: a reason nobody needs any more is taken out",
        example: r#"silenced = [ { rule = "no-drop-off", at = "outcomes.into-work", reason = "measured in each of the years" } ]

[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
duration = 1
"#,
        // What is silenced in vain is known only once all rules have looked.
        find: |_| Vec::new(),
    }],
};

static IN_VAIN: &[Rule] = FAMILY.rules;

/// Marks what the document silences.
pub(super) fn silence(silences: &[Silence], findings: &mut [Finding]) {
    for silence in silences {
        for finding in findings.iter_mut().filter(|finding| finding.rule.can_be_silenced()) {
            if silence.covers(finding.rule.id(), &finding.address) {
                finding.silenced.get_or_insert_with(|| silence.reason.clone());
            }
        }
    }
}

/// The silences of rules about documents that find nothing in this one. What is found in draws depends on
/// what is asked, so nothing is said of those.
pub(super) fn in_vain(silences: &[Silence], findings: &[Finding]) -> Vec<Finding> {
    let used = |silence: &Silence| findings.iter().any(|finding| silence.covers(finding.rule.id(), &finding.address));
    let elsewhere = |id: &str| {
        let families = families().iter().filter(|family| family.subject != Subject::Document);
        families.flat_map(|family| family.rules).any(|rule| rule.id() == id)
    };
    let vain = silences.iter().filter(|silence| !used(silence) && !elsewhere(&silence.rule));
    vain.flat_map(|silence| IN_VAIN.iter().map(|rule| said(silence).by(rule))).collect()
}

fn said(silence: &Silence) -> Found {
    let at = silence.at.as_ref().map(|at| at.as_str().to_owned());
    let (en, nb) = (at.clone().unwrap_or_else(|| "anywhere".to_owned()), at.unwrap_or_else(|| "noe sted".to_owned()));
    Found::at(
        &silence.address,
        format!("`{}` finds nothing at {en}: take the silence out, or correct its address", silence.rule),
        format!("`{}` finner ingenting på {nb}: fjern linjen, eller rett adressen", silence.rule),
    )
}
