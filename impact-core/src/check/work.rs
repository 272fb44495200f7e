//! Work counted twice: two wages of the same people in the same years, in two outcomes. Within one outcome it is refused.

use super::finding::Found;
use super::rule::{Rule, Severity, Text};
use super::seen::{at_once, is_of};
use crate::address::Address;
use crate::evaluation::Appraisal;
use crate::model::{Basis, HolderKind, Model, Outcome};

pub(super) const WORK_COUNTED_TWICE: Rule = Rule {
    id: "work-counted-twice",
    severity: Severity::Warning,
    looks_for: Text {
        en: "wages of the same people in the same years in two outcomes",
        nb: "lønn til de samme menneskene i de samme årene i to virkninger",
    },
    why: Text {
        en: "in work and self-supported are one wage, not two",
        nb: "i arbeid og selvforsørget er én lønn, ikke to",
    },
    source: "welfare economics: what a person produces in a year is counted once; public SROI guidance on double counting",
    example: r#"[[outcomes]]
id = "in-work"
holder = "participants"
quantity = 10
employment = { wage = 400_000, unit = "person-year", income_tax = { state = 0.25 }, source = "pay slips" }

[[outcomes]]
id = "self-supported"
holder = "participants"
quantity = 8
values = [ { id = "wages", value = 320_000, unit = "person-year", kind = "economic", basis = "income", source = "pay slips" } ]
"#,
    find,
};

/// Where an outcome counts a wage of people: its year in work, else the first value that is income of people and nobody's loss.
fn wage<'m>(model: &Model, outcome: &'m Outcome) -> Option<&'m Address> {
    if let Some(employment) = &outcome.employment {
        return Some(&employment.address);
    }
    let income = outcome.values.iter().filter(|value| value.basis == Some(Basis::Income));
    let mut wages = income.filter(|value| value.is_production(None) && is_of(model, value.to, HolderKind::People));
    wages.next().map(|value| &value.address)
}

fn find(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    let paid: Vec<(&Outcome, &Address)> =
        model.outcomes().iter().filter_map(|outcome| Some((outcome, wage(model, outcome)?))).collect();
    let mut found = Vec::new();
    for (position, (outcome, address)) in paid.iter().enumerate() {
        let same =
            |(other, _): &&(&Outcome, &Address)| other.holder == outcome.holder && at_once(model, other, outcome);
        if let Some((_, twin)) = paid.iter().take(position).find(same) {
            found.push(Found::at(
                address,
                format!("the work of the same people is valued at `{twin}` too: keep one, or show that they are different people or years"),
                format!("arbeidet til de samme menneskene er også verdsatt i `{twin}`: behold én, eller vis at det er andre folk eller andre år"),
            ));
        }
    }
    found
}
