//! Practice: what published reports commonly use, for checks to hold a model against.
//!
//! One rule: common is not right; a figure outside practice is asked about, never refused and never corrected.
//! Source: `data/practice.toml` names it; the figures were extracted by machine and are indicative.

use super::provenance::{read_edition, read_source, required_id};
use super::{Edition, Source};
use crate::document::{Fields, Form, Node};
use crate::error::Problems;
use rust_decimal::Decimal;
use std::sync::OnceLock;

const TEXT: &str = include_str!("../../data/practice.toml");

/// What published reports commonly use.
///
/// # Examples
/// ```
/// use impact_core::reference::Practice;
/// let deadweight = Practice::embedded().factor("deadweight").map(|factor| (factor.low, factor.high));
/// assert_eq!(deadweight, Some(("0.052".parse()?, "0.50".parse()?)));
/// # Ok::<(), rust_decimal::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Practice {
    /// The edition of the figures.
    pub edition: Edition,
    /// Where they were read.
    pub source: Source,
    /// How many reports there are.
    pub reports: u32,
    /// Shares, rates and ratios.
    pub factors: Vec<Factor>,
    /// The ratio above which one is asked about.
    pub ratio_asked_above: Decimal,
    /// The share of reports above it.
    pub share_above: Decimal,
    /// The years of duration above which one is asked about.
    pub duration_asked_above: Decimal,
}

/// How a factor is spread over the reports that state it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Factor {
    /// The id: `deadweight`, `attribution` (the share of others), `drop-off`, `discount-rate`, `sroi-ratio`.
    pub id: String,
    /// How many reports state it.
    pub n: u32,
    /// What one report in ten is below.
    pub low: Decimal,
    /// What half of them are below.
    pub median: Decimal,
    /// What one report in ten is above.
    pub high: Decimal,
}

impl Practice {
    /// The figures embedded in the crate.
    pub fn embedded() -> &'static Self {
        static READ: OnceLock<Practice> = OnceLock::new();
        READ.get_or_init(|| read(TEXT, &mut Problems::new()).unwrap_or_else(Practice::nothing))
    }

    /// A factor by its id.
    pub fn factor(&self, id: &str) -> Option<&Factor> {
        self.factors.iter().find(|factor| factor.id == id)
    }

    /// Practice nobody is held against: the file is proven by a test, so this never reaches a user.
    fn nothing() -> Self {
        Self {
            edition: Edition::new("unknown"),
            source: Source::titled("unknown"),
            reports: 0,
            factors: Vec::new(),
            ratio_asked_above: Decimal::MAX,
            share_above: Decimal::ZERO,
            duration_asked_above: Decimal::MAX,
        }
    }
}

fn read(text: &str, problems: &mut Problems) -> Option<Practice> {
    let node = Node::read(text, Form::Toml, problems)?;
    let mut fields = Fields::of(&node, problems)?;
    let edition = read_edition(&mut fields);
    let source = read_source(&mut fields, "source");
    let reports = count(&mut fields, "reports");
    let nodes = fields.required_list("factors").unwrap_or_default();
    let factors = nodes.iter().filter_map(|node| read_factor(node, fields.problems())).collect();
    let ratio = fields.fields("ratio").map(|mut fields| {
        let found = (fields.required_number("asked_above"), fields.required_number("share_above"));
        fields.finish();
        found
    });
    let duration = fields.fields("duration").map(|mut fields| {
        let found = fields.required_number("asked_above");
        fields.finish();
        found
    });
    fields.finish();
    let (ratio_asked_above, share_above) = ratio?;
    Some(Practice {
        edition: edition?,
        source: source?,
        reports: reports?,
        factors,
        ratio_asked_above: ratio_asked_above?,
        share_above: share_above?,
        duration_asked_above: duration??,
    })
}

fn read_factor(node: &Node, problems: &mut Problems) -> Option<Factor> {
    let mut fields = Fields::of(node, problems)?;
    let id = required_id(&mut fields);
    let n = count(&mut fields, "n");
    let [low, median, high] = ["p10", "median", "p90"].map(|key| fields.required_number(key));
    fields.finish();
    Some(Factor { id: id?, n: n?, low: low?, median: median?, high: high? })
}

fn count(fields: &mut Fields<'_, '_>, key: &str) -> Option<u32> {
    fields.required_integer(key).and_then(|count| u32::try_from(count).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_figures_read_without_a_problem() {
        let mut problems = Problems::new();
        let practice = read(TEXT, &mut problems);
        problems.into_result().unwrap();
        let practice = practice.unwrap();
        let ids: Vec<&str> = practice.factors.iter().map(|factor| factor.id.as_str()).collect();
        assert_eq!(ids, ["deadweight", "attribution", "drop-off", "discount-rate", "sroi-ratio"]);
        for factor in &practice.factors {
            assert!(factor.low <= factor.median && factor.median <= factor.high, "{}", factor.id);
            assert!(factor.n <= practice.reports, "{}", factor.id);
        }
        assert_eq!(Practice::embedded(), &practice);
    }
}
