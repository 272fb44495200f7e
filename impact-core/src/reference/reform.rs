//! Reforms: years in which it changed who bears a cost, or what a figure holds.
//!
//! One rule: a price index carries prices, not rules; a figure from one side of a reform says little of the other.
//! Source: `data/reforms.toml` names one for each.

use super::provenance::{read_label, read_source, required_id, required_year};
use super::{Country, Source};
use crate::document::{Fields, Form, Node};
use crate::error::Problems;
use crate::units::{Label, Year};
use std::sync::OnceLock;

const TEXT: &str = include_str!("../../data/reforms.toml");

/// A change of rules that breaks a series of figures.
///
/// # Examples
/// ```
/// use impact_core::reference::Reform;
/// let refunds = Reform::all().iter().find(|reform| reform.id == "dk-shelter-refund-2023").unwrap();
/// assert_eq!(refunds.in_force.en, "1 October 2023");
/// assert!(Reform::of("no-egenandel-inst-2017").any(|reform| reform.year.number() == 2022));
/// assert!(Reform::of("der-no-sosialhjelp-year-2022").next().is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Reform {
    /// The id.
    pub id: String,
    /// Whose rules changed.
    pub country: Country,
    /// The first year under the new rules, if only a part of it.
    pub year: Year,
    /// When they came into force, as the source says it.
    pub in_force: Label,
    /// What it is called.
    pub title: Label,
    /// What changed.
    pub changed: Label,
    /// Where it was read.
    pub source: Source,
    /// The unit costs of the catalogue that stand on one side of it.
    pub entries: Vec<String>,
}

impl Reform {
    /// The reforms known to break figures of the catalogue.
    pub fn all() -> &'static [Self] {
        static READ: OnceLock<Vec<Reform>> = OnceLock::new();
        READ.get_or_init(|| read(TEXT, &mut Problems::new()))
    }

    /// The reforms that a unit cost of the catalogue stands on one side of.
    pub fn of(entry: &str) -> impl Iterator<Item = &'static Self> {
        Self::all().iter().filter(move |reform| reform.entries.iter().any(|id| id == entry))
    }

    /// Whether a year is under the new rules.
    pub fn is_after(&self, year: Year) -> bool {
        year >= self.year
    }
}

fn read(text: &str, problems: &mut Problems) -> Vec<Reform> {
    let Some(node) = Node::read(text, Form::Toml, problems) else { return Vec::new() };
    let Some(mut fields) = Fields::of(&node, problems) else { return Vec::new() };
    let nodes = fields.required_list("reforms").unwrap_or_default();
    fields.finish();
    nodes.iter().filter_map(|node| read_one(node, problems)).collect()
}

fn read_one(node: &Node, problems: &mut Problems) -> Option<Reform> {
    let mut fields = Fields::of(node, problems)?;
    let id = required_id(&mut fields);
    let country = fields.required_parsed("country");
    let year = required_year(&mut fields, "year");
    let [in_force, title, changed] = ["in_force", "title", "changed"].map(|key| read_label(&mut fields, key));
    let source = read_source(&mut fields, "source");
    let entries = fields.required_list("entries").unwrap_or_default();
    let entries = entries.iter().filter_map(|entry| entry.as_text()).map(str::to_owned).collect();
    fields.finish();
    Some(Reform {
        id: id?,
        country: country?,
        year: year?,
        in_force: in_force?,
        title: title?,
        changed: changed?,
        source: source?,
        entries,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::Catalogue;

    #[test]
    fn the_embedded_reforms_read_without_a_problem_and_name_figures_that_are_there() {
        let mut problems = Problems::new();
        let reforms = read(TEXT, &mut problems);
        problems.into_result().unwrap();
        assert_eq!(reforms, Reform::all());
        for reform in &reforms {
            assert!(!reform.entries.is_empty(), "{}", reform.id);
            for id in &reform.entries {
                let entry = Catalogue::embedded().get(id).unwrap();
                assert_eq!(entry.country.whole(), reform.country.code(), "{id}");
            }
        }
    }
}
