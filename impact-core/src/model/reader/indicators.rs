//! Reading indicators of outcomes and metrics.

use crate::document::{Fields, Node};
use crate::error::Problems;
use crate::model::{Indicator, IndicatorFault, Scheme};

const SCHEMES: &[(&str, Scheme)] = &[("iris+", Scheme::Iris), ("cids", Scheme::Cids), ("indigo", Scheme::Indigo)];

/// `indicators = [{ scheme = "…", id = "…" }]`; empty where none is written.
pub(super) fn indicators(fields: &mut Fields<'_, '_>) -> Vec<Indicator> {
    let mut read: Vec<Indicator> = Vec::new();
    for node in fields.list("indicators").unwrap_or_default() {
        let Some(indicator) = indicator(node, fields.problems()) else { continue };
        if read.contains(&indicator) {
            node.refuse::<()>(IndicatorFault::NamedTwice { id: indicator.id }, fields.problems());
        } else {
            read.push(indicator);
        }
    }
    read
}

fn indicator(node: &Node, problems: &mut Problems) -> Option<Indicator> {
    let mut fields = Fields::of(node, problems)?;
    let scheme = fields.required_one_of("scheme", SCHEMES);
    let id = fields.required_text("id");
    if let Some(fault) = scheme.zip(id).and_then(|(scheme, id)| scheme.fault(id)) {
        fields.refuse("id", fault);
    }
    fields.finish();
    Some(Indicator { scheme: scheme?, id: id?.to_owned() })
}
