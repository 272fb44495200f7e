//! Effects that last: what was measured once, and what is assumed of the years after.

use super::finding::{Finding, Rule};
use crate::evaluation::Appraisal;
use crate::model::{Change, Outcome, PopulationEffect, Quantity, Slot};
use crate::reference::DropOff;
use rust_decimal::Decimal;

pub(super) fn check(appraisal: &Appraisal, findings: &mut Vec<Finding>) {
    if appraisal.model().convention().combination.drop_off != DropOff::Geometric {
        return;
    }
    findings.extend(appraisal.model().outcomes().iter().filter_map(|outcome| decays(appraisal, outcome)));
}

/// An effect measured once that is taken to lose the same share every year.
fn decays(appraisal: &Appraisal, outcome: &Outcome) -> Option<Finding> {
    let Quantity::Effect(PopulationEffect { change: Change::Contrast(_), .. }) = &outcome.quantity else { return None };
    let point = |slot: Slot| appraisal.model().assumption(slot).map(|number| number.point);
    let (years, drop_off) = (point(outcome.duration?)?, point(outcome.drop_off)?);
    (years > Decimal::ONE && !drop_off.is_zero()).then(|| {
        Finding::new(
            Rule::EffectWithDropOff,
            &outcome.address,
            format!(
                "the effect was measured once and is taken to last {years} years losing the same share each year: a `path` \
                 or a `hazard` from the follow-up would say how it lasts"
            ),
            format!(
                "effekten er målt én gang og antas å vare i {years} år med samme tap hvert år: et forløp (`path`) eller \
                 frafall per år (`hazard`) fra oppfølgingen ville vist hvordan den varer"
            ),
        )
    })
}
