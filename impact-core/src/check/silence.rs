//! Silencing: what the document lets stand, with its reason, and silences that silence nothing.

use super::Family;
use super::finding::Finding;
use super::rule::{Rule, Severity, Text};
use crate::model::Model;
use crate::units::Label;

pub(super) const FAMILY: Family = Family {
    title: Text { en: "What is silenced", nb: "Det som er slått av" },
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

/// Marks what the document silences, and adds the silences that found nothing.
pub(super) fn silence(model: &Model, findings: &mut Vec<Finding>) {
    let mut in_vain = Vec::new();
    for silence in model.silenced() {
        let mut used = false;
        for finding in findings.iter_mut().filter(|finding| finding.rule.can_be_silenced()) {
            if silence.covers(finding.rule.id(), &finding.address) {
                used = true;
                finding.silenced.get_or_insert_with(|| silence.reason.clone());
            }
        }
        if !used {
            let at = silence.at.as_ref().map(|at| at.as_str().to_owned());
            let (en, nb) =
                (at.clone().unwrap_or_else(|| "anywhere".to_owned()), at.unwrap_or_else(|| "noe sted".to_owned()));
            in_vain.extend(IN_VAIN.iter().map(|rule| Finding {
                rule,
                address: silence.address.clone(),
                message: Label::both(
                    format!("`{}` finds nothing at {en}: take the silence out, or correct its address", silence.rule),
                    format!("`{}` finner ingenting på {nb}: fjern linjen, eller rett adressen", silence.rule),
                ),
                silenced: None,
            }));
        }
    }
    findings.extend(in_vain);
}
