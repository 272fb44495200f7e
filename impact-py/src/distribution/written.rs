//! A distribution as the Python call that makes it.
//!
//! One rule: what is written reads back to an equal distribution; a number that a float cannot hold is a `Decimal`.

use impact_core::distribution::Form;
use impact_core::document::{Entry, Node, NumberText, Table, Value};

/// The call.
pub fn call(form: &Node) -> String {
    let entries = form.as_table().map(Table::entries).unwrap_or_default();
    let arguments: Vec<String> = entries.iter().flat_map(arguments).collect();
    let name = entries.iter().find(|entry| Form::named(&entry.key).is_some()).map(|entry| entry.key.as_str());
    format!("Distribution.{}({})", name.unwrap_or_default(), arguments.join(", "))
}

/// The arguments that a key of the form stands for: numbers in a row stand by themselves, parameters with their names.
fn arguments(entry: &Entry) -> Vec<String> {
    let is_row = ["uniform", "triangular", "pert", "range90"].contains(&entry.key.as_str());
    match &entry.node.value {
        Value::Table(table) => table.entries().iter().map(named).collect(),
        Value::List(elements) if is_row => elements.iter().map(written).collect(),
        _ if Form::named(&entry.key).is_some() => vec![written(&entry.node)],
        _ => vec![named(entry)],
    }
}

fn named(entry: &Entry) -> String {
    format!("{}={}", entry.key, written(&entry.node))
}

fn written(node: &Node) -> String {
    match &node.value {
        Value::Number(text) => number(text),
        Value::Text(text) => format!("'{text}'"),
        Value::Flag(flag) => if *flag { "True" } else { "False" }.to_owned(),
        Value::Date(date) => format!("'{date}'"),
        Value::List(elements) => format!("[{}]", elements.iter().map(written).collect::<Vec<_>>().join(", ")),
        Value::Table(_) => call(node),
    }
}

fn number(number: &NumberText) -> String {
    let text = number.canonical();
    let is_whole = !text.contains('.');
    let as_float = text.parse::<f64>().ok().and_then(|float| float.to_string().parse::<NumberText>().ok());
    if is_whole || as_float.is_some_and(|float| float.value() == number.value()) {
        text
    } else {
        format!("Decimal('{text}')")
    }
}
