//! Reading one value as what is meant: a number, a text, a date, one of some words.
//!
//! One rule: what does not fit adds one problem at its place and gives `None`.

use super::number_style::style_fault;
use super::words::{nearest, shortened};
use super::{DocumentError, Node, NumberText, Table, Value};
use crate::error::Problems;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::error::Error;
use std::str::FromStr;

impl Node {
    /// The number here, else a problem.
    pub fn read_number(&self, problems: &mut Problems) -> Option<Decimal> {
        match &self.value {
            Value::Number(number) => Some(number.value()),
            Value::Text(text) => match style_fault(text) {
                Some(fault) => self.refuse(fault, problems),
                None if is_number_and_more(text) => {
                    self.refuse(DocumentError::MoreThanANumber { text: shortened(text) }, problems)
                }
                None => self.wrong_kind("a number", problems),
            },
            _ => self.wrong_kind("a number", problems),
        }
    }

    /// The whole number here, else a problem; `2.0` is whole.
    pub fn read_integer(&self, problems: &mut Problems) -> Option<i64> {
        let number = self.read_number(problems)?;
        let whole = if number.fract().is_zero() { number.to_i64() } else { None };
        whole.or_else(|| self.refuse(DocumentError::NotWhole { text: self.written() }, problems))
    }

    /// The text here, else a problem.
    pub fn read_text(&self, problems: &mut Problems) -> Option<&str> {
        self.as_text().or_else(|| self.wrong_kind("a text", problems))
    }

    /// True or false, else a problem.
    pub fn read_flag(&self, problems: &mut Problems) -> Option<bool> {
        match self.value {
            Value::Flag(flag) => Some(flag),
            _ => self.wrong_kind("true or false", problems),
        }
    }

    /// The date here, else a problem; JSON has no dates, so a text `2024-01-31` is one too.
    pub fn read_date(&self, problems: &mut Problems) -> Option<NaiveDate> {
        match &self.value {
            Value::Date(date) => Some(*date),
            Value::Text(text) => {
                iso_date(text).or_else(|| self.refuse(DocumentError::NotADate { text: shortened(text) }, problems))
            }
            _ => self.wrong_kind("a date", problems),
        }
    }

    /// The list here, else a problem.
    pub fn read_list(&self, problems: &mut Problems) -> Option<&[Node]> {
        self.as_list().or_else(|| self.wrong_kind("a list", problems))
    }

    /// The table here, else a problem.
    pub fn read_table(&self, problems: &mut Problems) -> Option<&Table> {
        self.as_table().or_else(|| self.wrong_kind("a table", problems))
    }

    /// The text here (or the digits of a number) as a value of the field, such as a currency; else a problem.
    pub fn read_parsed<T>(&self, problems: &mut Problems) -> Option<T>
    where
        T: FromStr,
        T::Err: Error + Send + Sync + 'static,
    {
        let parsed = match &self.value {
            Value::Text(text) => text.parse(),
            Value::Number(number) => number.canonical().parse(),
            _ => return self.wrong_kind("a text", problems),
        };
        match parsed {
            Ok(value) => Some(value),
            Err(fault) => self.refuse(fault, problems),
        }
    }

    /// What the word here stands for, else a problem that lists the words.
    pub fn read_one_of<T: Clone>(&self, words: &[(&str, T)], problems: &mut Problems) -> Option<T> {
        let word = self.read_text(problems)?;
        if let Some((_, meaning)) = words.iter().find(|(name, _)| *name == word) {
            return Some(meaning.clone());
        }
        let accepted = || words.iter().map(|(name, _)| *name);
        let fault = DocumentError::UnknownWord {
            word: shortened(word),
            nearest: nearest(word, accepted()).map(str::to_owned),
            accepted: accepted().map(str::to_owned).collect(),
        };
        self.refuse(fault, problems)
    }

    /// Notes that something of another kind is meant here.
    pub fn wrong_kind<T>(&self, expected: &'static str, problems: &mut Problems) -> Option<T> {
        self.refuse(DocumentError::WrongKind { expected, found: self.kind() }, problems)
    }

    /// Notes a problem here; `None`, for the value it costs.
    pub fn refuse<T>(&self, fault: impl Error + Send + Sync + 'static, problems: &mut Problems) -> Option<T> {
        problems.add(&self.place, fault);
        None
    }

    fn written(&self) -> String {
        match &self.value {
            Value::Number(number) => shortened(number.text()),
            _ => String::new(),
        }
    }
}

/// Whether a text begins as a number and is none: `0.1;0.2`, `12 kr`.
fn is_number_and_more(text: &str) -> bool {
    let text = text.trim();
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    unsigned.starts_with(|first: char| first.is_ascii_digit()) && text.parse::<NumberText>().is_err()
}

/// The date of a text `2024-01-31`, in exactly this form.
pub(crate) fn iso_date(text: &str) -> Option<NaiveDate> {
    let &[a, b, c, d, b'-', e, f, b'-', g, h] = text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        digits
            .iter()
            .try_fold(0_u32, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0')))
    };
    let year = i32::try_from(number(&[a, b, c, d])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&[e, f])?, number(&[g, h])?)
}
