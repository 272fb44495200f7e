//! What the risk of a contract rests on beside numbers: the days of its terms and its truth, and how what is observed scatters.
//!
//! One rule: what the document leaves out and is taken all the same is told like what it says, and marked as taken.

use crate::address::Address;
use crate::document::{Node, Value};
use crate::model::Contract;
use crate::model::terms::{EffectIn, Scatter};
use crate::units::Label;
use chrono::NaiveDate;

/// Characters of a day: `2025-12-31`.
const DAY: usize = 10;

/// One thing that is set.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct SettingRow {
    /// Where it stands, or would stand.
    pub address: Address,
    /// What is set, in words; of a day, the day.
    pub value: Label,
    /// Whether the document leaves it out, so that it was taken.
    pub taken: bool,
}

/// The days of a contract and of its truth in the order of the document, then how what is observed scatters and in what effects
/// are told.
///
/// # Examples
/// ```
/// # let text = include_str!("../../../fixtures/contracts/larvik-for-nothing.toml");
/// use impact_core::report::setting_rows;
/// let contract = impact_core::Contract::from_toml(text)?;
/// let rows = setting_rows(&contract);
/// assert_eq!((rows[0].address.as_str(), rows[0].value.en.as_str()), ("truth.cohorts.first.date", "2025-12-31"));
/// assert_eq!(rows[1].value.en, "each person has it or not (binomial)");
/// assert!(rows[1].taken, "the document does not say how it scatters");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn setting_rows(contract: &Contract) -> Vec<SettingRow> {
    let mut rows = Vec::new();
    for part in ["contract", "truth"] {
        if let Some(node) = contract.document().as_table().and_then(|table| table.get(part)) {
            days(node, &mut rows);
        }
    }
    for metric in contract.truth().into_iter().flat_map(|truth| &truth.metrics) {
        rows.push(row(contract, metric.address.child("scatter"), scatter(metric.scatter)));
        rows.push(row(contract, metric.address.child("effect_in"), effect_in(metric.effect_in)));
    }
    rows
}

fn row(contract: &Contract, address: Address, value: Label) -> SettingRow {
    let taken = contract.document().at(&address).is_none();
    SettingRow { address, value, taken }
}

/// Every day below a node, in JSON a text; documents are at most as deep as the reader lets them be.
fn days(node: &Node, rows: &mut Vec<SettingRow>) {
    match &node.value {
        Value::List(elements) => elements.iter().for_each(|element| days(element, rows)),
        Value::Table(table) => table.entries().iter().for_each(|entry| days(&entry.node, rows)),
        _ => rows.extend(day(node)),
    }
}

/// A day, in JSON a text.
pub(super) fn day(node: &Node) -> Option<SettingRow> {
    match &node.value {
        Value::Date(day) => Some(on(node, *day)),
        Value::Text(text) => text.parse().ok().filter(|_| text.len() == DAY).map(|day| on(node, day)),
        _ => None,
    }
}

fn on(node: &Node, day: NaiveDate) -> SettingRow {
    let value = Label::both(day.to_string(), day.format("%d.%m.%Y").to_string());
    SettingRow { address: node.address().clone(), value, taken: false }
}

fn scatter(scatter: Scatter) -> Label {
    let (en, nb) = match scatter {
        Scatter::Exactly => {
            ("not at all: what is observed is the truth", "ingen spredning: det som observeres, er den sanne verdien")
        }
        Scatter::Binomial => ("each person has it or not (binomial)", "hver person har det eller ikke (binomisk)"),
        Scatter::Poisson => ("events come by themselves (Poisson)", "hendelser kommer hver for seg (Poisson)"),
        Scatter::Dispersed(_) => {
            ("some people have many events (negative binomial)", "noen har mange hendelser (negativ binomisk)")
        }
        Scatter::Normal(_) => ("a normal error of each person", "normalfordelt feil for hver person"),
    };
    Label::both(en, nb)
}

fn effect_in(effect_in: EffectIn) -> Label {
    match effect_in {
        EffectIn::Relative => Label::both("a share of what happens anyway", "andel av det som skjer uansett"),
        EffectIn::Absolute => Label::both("the unit of the metric, per person", "resultatmålets enhet, per person"),
    }
}
