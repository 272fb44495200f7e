//! TOML into the tree.
//!
//! One rule: all that is wrong comes together: the parser goes on after a mistake, and what it could still read is read.

use super::number_style::style_fault;
use super::source::{Source, number_around};
use super::tree::Grower;
use super::words::shortened;
use super::{DocumentError, Node, NumberText, Value};
use crate::address::Address;
use crate::error::{Problem, Problems};
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// What the TOML says, as far as it could be read; everything wrong with it is added to the problems.
pub(super) fn read(source: &Source<'_>, problems: &mut Problems) -> Option<Node> {
    let (document, errors) = DeTable::parse_recoverable(source.text());
    let broken = mistakes(source, &errors, problems);
    let mut reader = Reader { text: source.text(), broken, grower: Grower::new(source, problems) };
    reader.grower.within_bounds(&Address::root(), 0, 0)?;
    let value = reader.table(document.get_ref(), &Address::root(), 0);
    Some(reader.grower.node(Address::root(), 0, value))
}

/// Notes the parser's errors, one a line (the rest of a line follows from its first mistake); gives the offsets at
/// which something could not be read.
fn mistakes(source: &Source<'_>, errors: &[toml::de::Error], problems: &mut Problems) -> BTreeSet<usize> {
    let mut broken = BTreeSet::new();
    let mut lines = HashSet::new();
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        let place = source.place(range.start);
        if error.message() == "duplicate key" {
            let key = source.text().get(range).unwrap_or_default().trim_matches(['"', '\'']).to_owned();
            problems.push(Problem::new(place, DocumentError::DuplicateKey { key }));
            continue;
        }
        broken.insert(range.start);
        if lines.insert(place.span.map(|span| span.line)) {
            let fault = mistake(source.text(), &range, error.message());
            problems.push(Problem::new(place, fault));
        }
    }
    broken
}

/// What an error of the parser means to an author.
fn mistake(text: &str, range: &Range<usize>, message: &str) -> DocumentError {
    let rest = text.get(range.start..).unwrap_or_default();
    let written = rest.split(['\n', '\r', '#', ']', '}']).next().unwrap_or_default();
    let fault = if rest.starts_with(',') {
        number_around(text, range.start).and_then(style_fault)
    } else if message.starts_with(UNQUOTED) {
        style_fault(written).or_else(|| written.split(", ").next().and_then(style_fault)) // other keys may follow
    } else {
        // In `{ price = 20,5 }` the parser takes what follows the comma for a key, and misses its value.
        let before = text.get(..range.start).unwrap_or_default().trim_end_matches([' ', '\t']);
        number_around(text, before.len()).and_then(style_fault)
    };
    let fault = fault.or_else(|| value_fault(text, range.start).filter(|_| is_of_a_value(message)));
    let plainly = match message {
        _ if !message.starts_with(UNQUOTED) => in_plain_words(message),
        _ if rest.trim_start_matches([' ', '\t']).starts_with(['\n', '\r', '#']) || rest.trim().is_empty() => {
            "a value is missing here"
        }
        _ => "a text must stand in quotes",
    };
    fault.unwrap_or_else(|| DocumentError::Syntax { message: plainly.to_owned() })
}

/// Whether an error may come of what stands for a value: `1,5e3`, `100.000,-`, `12,5 kr`, `31.12.2025`.
fn is_of_a_value(message: &str) -> bool {
    let begins = [
        "invalid mantissa",
        "invalid fraction",
        "invalid float",
        "unexpected leading zero",
        "invalid literal string",
        "extra comma",
        "unexpected key",
        UNQUOTED,
    ];
    begins.iter().any(|begin| message.starts_with(begin))
}

/// What is wrong with what is written for a value about an offset, where it begins as a number.
fn value_fault(text: &str, at: usize) -> Option<DocumentError> {
    let line = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let before = text.get(line..at)?;
    let begins = ["=", "[", ", "].iter().filter_map(|sign| Some(before.rfind(sign)? + sign.len())).max()?;
    let written = text.get(line + begins..)?.split(['\n', '\r', '#', ']', '}', '"', '\'', '=']).next()?;
    let written = written.split(", ").next()?.trim().trim_end_matches(',');
    let unsigned = written.strip_prefix(['-', '+', '–', '.']).unwrap_or(written);
    unsigned.starts_with(|first: char| first.is_ascii_digit()).then_some(())?;
    // A number with a comma too much is not the number's fault.
    (written.parse::<NumberText>().is_err() && !written.contains(",,")).then_some(())?;
    let fault = style_fault(written).or_else(|| day_first(written));
    Some(fault.unwrap_or_else(|| DocumentError::MoreThanANumber { text: shortened(written) }))
}

/// A day written before its month and year.
fn day_first(written: &str) -> Option<DocumentError> {
    let parts: Vec<u32> = written.split(['.', '/']).map(str::parse).collect::<Result<_, _>>().ok()?;
    let [day, month, year] = parts[..] else { return None };
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok().filter(|year| *year > 999)?, month, day)?;
    Some(DocumentError::DayFirst { text: shortened(written), date: date.to_string() })
}

/// How the parser's message begins where a value is none, whatever the reason.
const UNQUOTED: &str = "string values must be quoted";

/// The parser's message, in an analyst's words where they are known.
fn in_plain_words(message: &str) -> &str {
    match message {
        "key with no value, expected `=`" => "the key has no value: `=` is missing",
        "invalid basic string, expected `\"`" => "the text does not end: `\"` is missing",
        "invalid literal string, expected `'`" => "the text does not end: `'` is missing",
        "unexpected leading zero, expected nothing" => "a number does not begin with 0",
        _ if message.starts_with("missing escaped value") => {
            "`\\` starts an escape that TOML does not know: write `\\\\`, or put the text in single quotes"
        }
        _ => message,
    }
}

struct Reader<'s, 'p> {
    text: &'s str,
    broken: BTreeSet<usize>,
    grower: Grower<'s, 'p>,
}

impl Reader<'_, '_> {
    fn table(&mut self, table: &DeTable<'_>, address: &Address, depth: usize) -> Value {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut grown = self.grower.table();
        for (key, value) in entries {
            let (name, at) = (key.get_ref(), key.span().start);
            if grown.key(name, address, at, &mut self.grower).is_some() {
                let node = self.node(value, address.child(name), depth + 1);
                grown.value(name, at, node, &self.grower);
            }
        }
        grown.finish()
    }

    fn list(&mut self, list: &DeArray<'_>, address: &Address, depth: usize) -> Option<Value> {
        let mut grown = self.grower.list(address);
        for element in list.iter() {
            let id = element.get_ref().as_table().and_then(|table| table.get("id")?.get_ref().as_str());
            let own = grown.next(id, element.span().start, &mut self.grower);
            grown.push(self.node(element, own, depth + 1));
        }
        grown.finish()
    }

    /// The value, unless it could not be read: the problem is then noted already.
    fn node(&mut self, value: &Spanned<DeValue<'_>>, address: Address, depth: usize) -> Option<Node> {
        let range = value.span();
        if range.is_empty() || self.broken.range(range.start..=range.end).next().is_some() {
            return None;
        }
        self.grower.within_bounds(&address, range.start, depth)?;
        let value = match value.get_ref() {
            DeValue::String(text) => Value::Text(text.clone().into_owned()),
            DeValue::Boolean(flag) => Value::Flag(*flag),
            DeValue::Integer(integer) if integer.radix() != 10 => {
                let text = shortened(self.text.get(range.clone()).unwrap_or_default());
                return self.grower.refuse(&address, range.start, DocumentError::NotDecimal { text });
            }
            DeValue::Integer(integer) => self.number(&address, &range, integer.as_str())?,
            DeValue::Float(float) => self.number(&address, &range, float.as_str())?,
            DeValue::Datetime(date) => self.date(date, &address, &range)?,
            DeValue::Array(list) => self.list(list, &address, depth)?,
            DeValue::Table(table) => self.table(table, &address, depth),
        };
        Some(self.grower.node(address, range.start, value))
    }

    fn number(&mut self, address: &Address, range: &Range<usize>, decoded: &str) -> Option<Value> {
        let text = self.text.get(range.clone()).unwrap_or(decoded);
        if text.ends_with("nan") || text.ends_with("inf") {
            let fault = DocumentError::NotFinite { text: text.to_owned() };
            return self.grower.refuse(address, range.start, fault);
        }
        self.grower.number(address, range.start, text)
    }

    fn date(&mut self, date: &toml::value::Datetime, address: &Address, range: &Range<usize>) -> Option<Value> {
        let text = || shortened(self.text.get(range.clone()).unwrap_or_default());
        let day = match (date.date, date.time, date.offset) {
            (Some(day), None, None) => day,
            _ => {
                let fault = DocumentError::TimeOfDay { text: text() };
                return self.grower.refuse(address, range.start, fault);
            }
        };
        match NaiveDate::from_ymd_opt(i32::from(day.year), u32::from(day.month), u32::from(day.day)) {
            Some(day) => Some(Value::Date(day)),
            None => {
                let fault = DocumentError::NotADate { text: text() };
                self.grower.refuse(address, range.start, fault)
            }
        }
    }
}
