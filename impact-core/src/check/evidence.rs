//! How much the numbers can carry: invented, unread, weak or without a source.

use super::finding::{Finding, Rule};
use crate::address::Address;
use crate::evaluation::Appraisal;
use crate::model::{Assumption, Origin};
use crate::reference::Grade;
use crate::units::Language;

pub(super) fn check(appraisal: &Appraisal, findings: &mut Vec<Finding>) {
    let model = appraisal.model();
    findings.extend(model.assumptions().iter().filter_map(marked));
    findings.extend(model.assumptions().iter().filter_map(weak));
    findings.extend(model.assumptions().iter().filter_map(without_source));
    let convention = model.convention();
    let conventions = Address::root().child("conventions");
    findings.extend(convention.unverified.iter().map(|mark| {
        let id = &convention.id;
        Finding::new(
            Rule::UnverifiedConvention,
            &mark.address.segments().fold(conventions.clone(), |address, segment| address.child(segment)),
            format!("unverified in {id}: {}", mark.why.en),
            format!("ikke verifisert i {id}: {}", mark.why.text(Language::Bokmal)),
        )
    }));
}

fn marked(number: &Assumption) -> Option<Finding> {
    let point = number.point.round_dp(6).normalize();
    number.marks.illustrative.then(|| {
        Finding::new(
            Rule::Illustrative,
            &number.address,
            format!("{point} is invented for illustration"),
            format!("{point} er oppdiktet for illustrasjon"),
        )
    })
}

fn weak(number: &Assumption) -> Option<Finding> {
    let grade = number.grade.filter(|grade| matches!(grade, Grade::C | Grade::D))?;
    Some(Finding::new(
        Rule::WeakEvidence,
        &number.address,
        format!("the evidence behind this number has grade {grade}"),
        format!("grunnlaget for tallet har karakter {grade}"),
    ))
}

fn without_source(number: &Assumption) -> Option<Finding> {
    (number.source.is_none() && number.origin == Origin::Document)
        .then(|| Finding::new(Rule::NoSource, &number.address, "the number has no source", "tallet har ingen kilde"))
}
