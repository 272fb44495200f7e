//! Reading a distribution: the forms of the list in `distribution`, each by the layout whose parameters are given.

use crate::distribution::{Distribution, DistributionError, FORMS, Form, Layout};
use crate::document::{Fields, Node, Table, Value};
use crate::error::Problems;
use crate::model::ModelFault;
use rust_decimal::Decimal;

/// The keys of all forms.
pub(super) fn forms() -> impl Iterator<Item = &'static str> {
    FORMS.iter().map(|form| form.name)
}

/// The distribution of a form whose key is among these fields.
pub(super) fn read(fields: &mut Fields<'_, '_>, form: &str) -> Option<Distribution> {
    let form = Form::named(form)?;
    let shape = fields.text("shape");
    if form.layouts.iter().all(|layout| !matches!(layout, Layout::Row { shape: Some(_), .. })) && fields.has("shape") {
        let because = "it goes with `range90`";
        fields.refuse("shape", ModelFault::Meaningless { key: "shape", because });
    }
    let node = fields.node(form.name)?;
    let built = build(form, shape, node, fields)?;
    match built {
        Ok(distribution) => Some(distribution),
        Err(fault) => {
            let parameter = fault.parameter().and_then(|parameter| node.as_table()?.get(parameter));
            parameter.unwrap_or(node).refuse(fault, fields.problems())
        }
    }
}

type Built = Option<Result<Distribution, DistributionError>>;

fn build(form: &'static Form, shape: Option<&str>, node: &Node, fields: &mut Fields<'_, '_>) -> Built {
    if form.layouts.iter().any(|layout| matches!(layout, Layout::Row { shape: Some(_), .. })) {
        return by_shape(form, shape, node, fields);
    }
    let problems = fields.problems();
    match (form.layouts, &node.value) {
        (layouts, Value::Table(table)) => by_table(form, layouts, table, node, problems),
        ([Layout::Number { build, .. }, ..], _) => Some(build(&[node.read_number(problems)?])),
        ([Layout::Row { build, .. }, ..], Value::List(list)) => Some(build(&numbers(list, problems)?)),
        ([Layout::Weighted, ..], Value::List(list)) => Some(Distribution::discrete(&pairs(list, problems)?)),
        ([Layout::Values, ..], Value::List(list)) => Some(Distribution::empirical(&numbers(list, problems)?)),
        ([Layout::Components, ..], Value::List(list)) => Some(Distribution::mixture(components(list, problems)?)),
        _ => misshapen(form, node, problems),
    }
}

/// A row that a word beside it gives another meaning: `{ range90 = [10, 25], shape = "lognormal" }`.
fn by_shape(form: &'static Form, shape: Option<&str>, node: &Node, fields: &mut Fields<'_, '_>) -> Built {
    let words: Vec<(&str, usize)> = form
        .layouts
        .iter()
        .enumerate()
        .map(|(position, layout)| match layout {
            Layout::Row { shape: Some(word), .. } => (*word, position),
            _ => ("normal", position),
        })
        .collect();
    let position = match shape {
        Some(_) => fields.one_of("shape", &words)?,
        None if fields.has("shape") => return None,
        None => words.iter().find(|(word, _)| *word == "normal")?.1,
    };
    match (form.layouts.get(position)?, &node.value) {
        (Layout::Row { build, .. }, Value::List(list)) => Some(build(&numbers(list, fields.problems())?)),
        _ => misshapen(form, node, fields.problems()),
    }
}

/// Parameters by name: the layout that has the keys given, else the one nearest to them.
fn by_table(form: &'static Form, layouts: &[Layout], table: &Table, node: &Node, problems: &mut Problems) -> Built {
    match layouts {
        [Layout::Bins, ..] => return histogram(node, problems),
        [Layout::Cut, ..] => return truncated(node, problems),
        _ => {}
    }
    let written = |key: &str| table.get(key).is_some() || table.is_unread(key);
    if let Some(Layout::Quantiles { build }) = layouts.iter().find(|layout| matches!(layout, Layout::Quantiles { .. }))
        && written("quantiles")
    {
        let mut fields = Fields::of(node, problems)?;
        let list = fields.list("quantiles");
        let pairs = list.and_then(|list| pairs(list, fields.problems()));
        fields.finish();
        let row: Vec<Decimal> = pairs?.iter().flat_map(|(chance, value)| [*chance, *value]).collect();
        return Some(build(&row));
    }
    let most = |parameters: &[&str]| parameters.iter().filter(|key| written(key)).count();
    let best = layouts.iter().rev().filter_map(|layout| match layout {
        Layout::Table { parameters, build } => Some((most(parameters), *parameters, build)),
        _ => None,
    });
    let Some((_, parameters, build)) = best.max_by_key(|(found, _, _)| *found) else {
        return misshapen(form, node, problems);
    };
    let mut fields = Fields::of(node, problems)?;
    let numbers: Vec<Decimal> = parameters.iter().filter_map(|key| fields.required_number(key)).collect();
    fields.finish();
    (numbers.len() == parameters.len()).then(|| build(&numbers))
}

fn histogram(node: &Node, problems: &mut Problems) -> Built {
    let mut fields = Fields::of(node, problems)?;
    let edges = fields.required_list("edges").and_then(|list| numbers(list, fields.problems()));
    let weights = fields.required_list("weights").and_then(|list| numbers(list, fields.problems()));
    fields.finish();
    Some(Distribution::histogram(&edges?, &weights?))
}

fn truncated(node: &Node, problems: &mut Problems) -> Built {
    let mut fields = Fields::of(node, problems)?;
    let of = fields.required("of").and_then(|of| distribution(of, fields.problems()));
    let (low, high) = (fields.number("low"), fields.number("high"));
    if !fields.has("low") && !fields.has("high") {
        fields.refuse_here(ModelFault::NeitherGiven { first: "low", second: "high" });
    }
    fields.finish();
    (low.is_some() || high.is_some()).then_some(())?;
    Some(Distribution::truncated(of?, low, high))
}

/// A distribution by itself: inside another, or made in code.
pub(in crate::model) fn distribution(node: &Node, problems: &mut Problems) -> Option<Distribution> {
    let mut fields = Fields::of(node, problems)?;
    fields.known(&forms().collect::<Vec<_>>());
    let given: Vec<&str> = forms().filter(|form| fields.has(form)).collect();
    let distribution = match given.as_slice() {
        [form] => read(&mut fields, form),
        [] => {
            // A mistyped key is said by itself.
            if fields.here().as_table().is_some_and(|table| table.entries().is_empty()) {
                fields.refuse_here(ModelFault::NoDistribution);
            }
            None
        }
        several => {
            let forms = several.iter().map(|form| (*form).to_owned()).collect();
            fields.refuse_here(ModelFault::SeveralForms { forms });
            None
        }
    };
    fields.finish();
    distribution
}

fn components(list: &[Node], problems: &mut Problems) -> Option<Vec<(Decimal, Distribution)>> {
    let read = list.iter().map(|node| match node.as_list() {
        Some([weight, component]) => {
            let weight = weight.read_number(problems);
            let component = distribution(component, problems);
            Some((weight?, component?))
        }
        _ => node.refuse(ModelFault::PairForm { pair: "[weight, { form }]" }, problems),
    });
    whole(read.collect())
}

fn pairs(list: &[Node], problems: &mut Problems) -> Option<Vec<(Decimal, Decimal)>> {
    let read = list.iter().map(|node| match node.as_list() {
        Some([first, second]) => {
            let first = first.read_number(problems);
            let second = second.read_number(problems);
            Some((first?, second?))
        }
        _ => node.refuse(ModelFault::PairForm { pair: "a pair of numbers, `[…, …]`" }, problems),
    });
    whole(read.collect())
}

fn numbers(list: &[Node], problems: &mut Problems) -> Option<Vec<Decimal>> {
    whole(list.iter().map(|node| node.read_number(problems)).collect())
}

/// All of them, after every one was read; none where one could not be.
fn whole<T>(read: Vec<Option<T>>) -> Option<Vec<T>> {
    read.into_iter().collect()
}

fn misshapen(form: &Form, node: &Node, problems: &mut Problems) -> Built {
    node.refuse(ModelFault::FormShape { form: form.name, example: form.example }, problems)
}
