//! Single numbers explained: value, unit, source, grade and marks.

use super::Explanation;
use crate::evaluation::appraisal::Appraisal;
use crate::model::{Assumption, Origin, Point, Slot};
use crate::units::Label;

/// The number at an address, be it its own or one that uses it.
pub(super) fn explain_at(appraisal: &Appraisal, address: &str) -> Option<Explanation> {
    let model = appraisal.model();
    let uses = |assumption: &&Assumption| {
        assumption.address.as_str() == address || assumption.used_at.iter().any(|used| used.as_str() == address)
    };
    model.assumptions().iter().find(uses).map(explanation)
}

/// The number of a slot, under a title of the formula.
pub(super) fn explain(appraisal: &Appraisal, slot: Slot, title: Label) -> Explanation {
    match appraisal.model().assumption(slot) {
        Some(assumption) => {
            let explained = explanation(assumption);
            let named = assumption.name.as_ref();
            let title = named.map_or(title.clone(), |name| {
                let nb =
                    format!("{}: {}", title.nb.as_ref().unwrap_or(&title.en), name.nb.as_ref().unwrap_or(&name.en));
                Label::both(format!("{}: {}", title.en, name.en), nb)
            });
            Explanation { title, ..explained }
        }
        None => Explanation::titled(title),
    }
}

fn explanation(assumption: &Assumption) -> Explanation {
    let title = assumption.name.clone().unwrap_or_else(|| Label::plain(assumption.address.as_str()));
    let mut notes = Vec::new();
    match assumption.point_is {
        Point::Given => {}
        Point::Mean => notes.push(Label::both("the mean of its distribution", "forventningen i fordelingen")),
        Point::Best if matches!(assumption.origin, Origin::Register(_)) => notes.push(Label::both(
            "the study's own estimate, not the mean of its distribution",
            "studiens eget anslag, ikke forventningen i fordelingen",
        )),
        Point::Best => notes.push(Label::both("the author's best value", "forfatterens beste anslag")),
    }
    match &assumption.origin {
        Origin::Default => notes.push(Label::both("left out: a stated default", "utelatt: oppgitt standardverdi")),
        Origin::CatalogueOverridden(id) => notes.push(Label::both(
            format!("the document's own value in place of the catalogue's `{id}`"),
            format!("dokumentets egen verdi i stedet for katalogens `{id}`"),
        )),
        Origin::RegisterOverridden(id) => notes.push(Label::both(
            format!("the document's own value in place of the register's `{id}`"),
            format!("dokumentets egen verdi i stedet for registerets `{id}`"),
        )),
        Origin::Document | Origin::Catalogue(_) | Origin::Register(_) => {}
    }
    let explained = Explanation::titled(title).at(&assumption.address).worth(assumption.point, &assumption.unit);
    Explanation {
        source: assumption.source.clone(),
        grade: assumption.grade,
        marks: assumption.marks,
        notes,
        ..explained
    }
}
