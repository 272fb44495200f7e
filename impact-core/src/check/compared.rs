//! Models side by side: ratios that are not of the same thing.

use super::finding::{Finding, Found};
use super::rule::{Rule, Severity, Text};
use super::{Family, Subject, silence};
use crate::address::Address;
use crate::model::Model;
use crate::units::Label;

pub(super) const FAMILY: Family = Family {
    title: Text { en: "Models side by side", nb: "Modeller side om side" },
    subject: Subject::Comparison,
    rules: &[Rule {
        id: "ratios-not-comparable",
        severity: Severity::Warning,
        looks_for: Text {
            en: "ratios side by side under other conventions, over another scope or other years",
            nb: "brøker side om side med ulike konvensjoner, ulikt omfang eller ulike år",
        },
        why: Text {
            en: "a ratio of something else is neither better nor worse",
            nb: "en brøk av noe annet er verken bedre eller dårligere",
        },
        source: "NIAA chac 07, on the SROI ratio; Cooney & Lynch-Cerullo 2014, abstract; sroi-meta-analysis, sections/06",
        example: r#"conventions = "norway-r109-2021"

[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
values = [ { id = "wages", value = 300_000, unit = "person-year", kind = "economic", source = "pay slips" } ]
"#,
        // What is unlike is known only once two models stand side by side.
        find: |_| Vec::new(),
    }],
};

static NOT_COMPARABLE: &[Rule] = FAMILY.rules;

/// What is said of two models whose ratios are not of the same thing; either may silence it.
pub(crate) fn not_comparable(message: &Label, models: [&Model; 2]) -> Vec<Finding> {
    let found = |rule| Found { address: Address::root(), message: message.clone() }.by(rule);
    let mut findings: Vec<Finding> = NOT_COMPARABLE.iter().map(found).collect();
    for model in models {
        silence::silence(model.silenced(), &mut findings);
    }
    findings
}
