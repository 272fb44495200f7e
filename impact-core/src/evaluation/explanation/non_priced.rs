//! Explaining an effect without a price: its judgement in words, and where the scale comes from.

use super::Explanation;
use crate::evaluation::Appraisal;
use crate::units::Label;

/// The effect at an address.
pub(super) fn explain(appraisal: &Appraisal, address: &str) -> Option<Explanation> {
    let beside = appraisal.non_priced()?;
    let row = beside.effects.iter().find(|row| row.address.as_str() == address)?;
    let (importance, size, to) = (row.importance, row.size, row.consequence);
    let scale = Explanation {
        source: Some(beside.scale.source.clone()),
        marks: crate::model::Marks { illustrative: false, unverified: beside.scale.unverified },
        ..Explanation::titled(beside.scale.title.clone())
    };
    let explained = Explanation {
        source: row.source.cloned(),
        grade: row.grade,
        marks: row.marks,
        ..Explanation::titled(row.name.clone()).at(row.address)
    };
    let formula = Label::both(
        format!("importance {importance} × size {size} → {to}"),
        format!("betydning {} × omfang {} → {to}", importance_nb(importance), size_nb(size)),
    );
    let never =
        Label::both("it is weighed by people and enters no sum", "den veies av mennesker og går ikke inn i noen sum");
    Some(explained.by(formula).noted(row.change.clone()).noted(never).of(vec![scale]))
}

fn importance_nb(importance: crate::reference::Importance) -> &'static str {
    use crate::reference::Importance::{High, Low, Medium};
    match importance {
        Low => "liten",
        Medium => "middels",
        High => "stor",
    }
}

fn size_nb(size: crate::reference::EffectSize) -> &'static str {
    use crate::reference::EffectSize::{Large, Medium, None, Small};
    match size {
        None => "intet",
        Small => "lite",
        Medium => "middels",
        Large => "stort",
    }
}
