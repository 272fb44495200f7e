//! The manual's pages on conventions: each written from its file, so that no page says more than the file does.
//!
//! One rule: `docs/conventions/` holds the pages, and a test compares the two.

use crate::document::{Node, Value};
use crate::reference::{Convention, ReferenceError, Unverified};
use crate::units::Label;

/// The parts of a convention that hold its parameters.
const SECTIONS: [&str; 8] =
    ["discount", "combination", "ratios", "financing", "growth", "corrections", "prices", "rounding"];

/// The page of one convention, in Markdown.
///
/// # Errors
/// No such convention: the error names those there are.
///
/// # Examples
/// ```
/// let page = impact_core::report::convention_page("denmark-2023")?;
/// assert!(page.contains("| `discount.bands` |"));
/// # Ok::<(), impact_core::reference::ReferenceError>(())
/// ```
pub fn convention_page(id: &str) -> Result<String, ReferenceError> {
    let (convention, document) = (Convention::embedded(id)?, Convention::document(id)?);
    let source = &convention.source;
    let section = source.section.as_ref().map(|section| format!(", {section}")).unwrap_or_default();
    let url = source.url.as_deref().unwrap_or_default();
    let mut page = format!("# {}\n\n", convention.title.en);
    page.push_str(&format!("- id: `{id}`\n- edition: {}\n", convention.edition));
    page.push_str(&format!("- in force: {}\n", in_force(convention)));
    page.push_str(&format!("- source: {}{section} (<{url}>)\n\n", source.title));
    if let Some(note) = &convention.note {
        page.push_str(&format!("{}\n\n", note.en));
    }
    page.push_str("## Parameters\n\n| switch | value | read at its source |\n|---|---|---|\n");
    for (address, value) in parameters(document) {
        let mark = convention.mark(&address);
        let within = mark.is_none() && convention.mark_within(&address);
        let read = if mark.is_some() {
            "no"
        } else if within {
            "in part"
        } else {
            "yes"
        };
        page.push_str(&format!("| `{address}` | {value} | {read} |\n"));
    }
    page.push_str("\n## Not read\n\n");
    for Unverified { address, why } in &convention.unverified {
        page.push_str(&format!("- `{address}`: {}\n", why.en));
    }
    Ok(page)
}

/// The table of all conventions, in Markdown.
pub fn convention_index() -> String {
    let mut table =
        String::from("| convention | edition | in force | rates | tax-financing cost |\n|---|---|---|---|---|\n");
    for convention in Convention::ids().filter_map(|id| Convention::embedded(id).ok()) {
        let Convention { id, title: Label { en, .. }, edition, discount, financing, .. } = convention;
        let rates: Vec<String> = discount.schedule.bands().iter().map(|band| percent(band.rate.value())).collect();
        let cost = if financing.value().is_zero() { "none".to_owned() } else { percent(financing.value()) };
        let days = in_force(convention);
        table.push_str(&format!("| [{en}]({id}.md) | {edition} | {days} | {} | {cost} |\n", rates.join(", ")));
    }
    table
}

fn percent(share: rust_decimal::Decimal) -> String {
    let hundred = rust_decimal::Decimal::ONE_HUNDRED;
    share.checked_mul(hundred).map(|share| format!("{} %", share.normalize())).unwrap_or_default()
}

fn in_force(convention: &Convention) -> String {
    match convention.in_force {
        None => "dates not read".to_owned(),
        Some(days) => match days.to {
            Some(to) => format!("{} to {to}", days.from),
            None => format!("from {}", days.from),
        },
    }
}

/// The parameters of a convention with their addresses, as its file has them.
fn parameters(document: &Node) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let table = document.as_table();
    for section in SECTIONS {
        if let Some(node) = table.and_then(|table| table.get(section)) {
            leaves(section, node, &mut found);
        }
    }
    found.retain(|(address, _)| !address.ends_with(".title.en") && !address.ends_with(".title.nb"));
    found
}

fn leaves(address: &str, node: &Node, found: &mut Vec<(String, String)>) {
    match node.as_table() {
        Some(table) => {
            let entries = table.entries().iter();
            entries.for_each(|entry| leaves(&format!("{address}.{}", entry.key), &entry.node, found));
        }
        None => found.push((address.to_owned(), written(node))),
    }
}

fn written(node: &Node) -> String {
    match &node.value {
        Value::Number(number) => number.text().to_owned(),
        Value::Text(text) => format!("`{text}`"),
        Value::Flag(flag) => flag.to_string(),
        Value::Date(date) => date.to_string(),
        Value::List(list) => list.iter().map(band).collect::<Vec<_>>().join("; "),
        Value::Table(_) => String::new(),
    }
}

/// A band in words: `0.04 from step 1`.
fn band(node: &Node) -> String {
    let number = |key: &str| node.as_table()?.get(key).map(written);
    match (number("rate"), number("from_step")) {
        (Some(rate), Some(step)) => format!("{rate} from step {step}"),
        _ => written(node),
    }
}
