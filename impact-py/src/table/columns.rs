//! Columns: a table built column by column from rows of the core.

use super::Table;
use crate::error::Raise;
use arrow_array::builder::{Float64Builder, ListBuilder};
use arrow_array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int64Array, RecordBatch,
    RecordBatchOptions, StringArray,
};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use chrono::NaiveDate;
use pyo3::prelude::*;
use rust_decimal::{Decimal, RoundingStrategy};
use std::sync::Arc;

/// Digits of an amount in all.
const DIGITS: u8 = 38;
/// Digits of an amount after the point: those the core quantises to.
const PLACES: u8 = impact_core::number::PLACES as u8;

/// Why a table cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// An amount with more digits than its column has.
    #[error("column `{column}`: amount `{value}` has more than 26 digits before the point")]
    AmountTooLarge {
        /// The name of the column.
        column: String,
        /// The amount.
        value: Decimal,
    },
    /// More bytes than the places of a column count.
    #[error("column `{column}`: {bytes} bytes are more than the 2,147,483,647 of a table: take fewer rows at a time")]
    TooManyBytes {
        /// The name of the column.
        column: String,
        /// How many there are.
        bytes: usize,
    },
    /// Columns of different lengths, or two of one name.
    #[error(transparent)]
    Arrow(#[from] ArrowError),
}

impl From<TableError> for PyErr {
    fn from(error: TableError) -> Self {
        Python::attach(|py| error.raise(py))
    }
}

/// A table in the making: name a column, say what it holds, give its values row by row.
///
/// ```text
/// Columns::new()
///     .text("holder", postings.iter().map(|posting| posting.holder.as_str()))
///     .whole("year", postings.iter().map(|posting| i64::from(posting.year)))
///     .amount("real", postings.iter().map(|posting| posting.real))
///     .table()?
/// ```
#[derive(Default)]
pub struct Columns {
    columns: Vec<Result<(Field, ArrayRef), TableError>>,
}

impl Columns {
    /// No columns yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Words.
    pub fn text<'a, V: Into<Option<&'a str>>>(self, name: &str, values: impl IntoIterator<Item = V>) -> Self {
        self.with(name, texts(&values.into_iter().map(Into::into).collect::<Vec<_>>()))
    }

    /// Words that are made for the table.
    pub fn words<V: Into<Option<String>>>(self, name: &str, values: impl IntoIterator<Item = V>) -> Self {
        let values: Vec<Option<String>> = values.into_iter().map(Into::into).collect();
        self.with(name, texts(&values.iter().map(Option::as_deref).collect::<Vec<_>>()))
    }

    /// Whole numbers: years, counts, positions.
    pub fn whole<V: Into<Option<i64>>>(self, name: &str, values: impl IntoIterator<Item = V>) -> Self {
        self.with(name, wholes(values.into_iter().map(Into::into).collect()))
    }

    /// Amounts of money and other exact decimals, to 12 places.
    pub fn amount<V: Into<Option<Decimal>>>(self, name: &str, values: impl IntoIterator<Item = V>) -> Self {
        let values: Vec<Option<Decimal>> = values.into_iter().map(Into::into).collect();
        let array = amounts(name, &values);
        self.with(name, array)
    }

    /// Ratios, factors and chances.
    pub fn ratio<V: Into<Option<f64>>>(self, name: &str, values: impl IntoIterator<Item = V>) -> Self {
        self.with(name, floats(values.into_iter().map(Into::into).collect()))
    }

    /// Many floats at once, which become the column as they lie; not a number is none.
    pub fn floats(self, name: &str, values: Vec<f64>) -> Self {
        let some_none = values.iter().any(|value| value.is_nan());
        let array: Float64Array = match some_none {
            true => values.into_iter().map(|value| (!value.is_nan()).then_some(value)).collect(),
            false => values.into(),
        };
        self.with(name, Ok(Arc::new(array)))
    }

    /// Several ratios in each row, one row after the other; `lengths` says how many each row has.
    pub fn ratios(self, name: &str, values: &[f64], lengths: impl ExactSizeIterator<Item = usize>) -> Self {
        let mut list = ListBuilder::with_capacity(Float64Builder::with_capacity(values.len()), lengths.len());
        let mut rest = values;
        for length in lengths {
            let (row, after) = rest.split_at_checked(length).unwrap_or((rest, &[]));
            list.values().append_slice(row);
            list.append(true);
            rest = after;
        }
        self.with(name, Ok(Arc::new(list.finish())))
    }

    /// Calendar dates.
    pub fn date<V: Into<Option<NaiveDate>>>(self, name: &str, values: impl IntoIterator<Item = V>) -> Self {
        self.with(name, days(values.into_iter().map(Into::into).collect()))
    }

    /// True or false.
    pub fn flag<V: Into<Option<bool>>>(self, name: &str, values: impl IntoIterator<Item = V>) -> Self {
        let values: Vec<Option<bool>> = values.into_iter().map(Into::into).collect();
        self.with(name, Ok(Arc::new(BooleanArray::from(values))))
    }

    /// Bytes: parts on their way.
    pub fn bytes<V: Into<Option<Vec<u8>>>>(self, name: &str, values: impl IntoIterator<Item = V>) -> Self {
        let values: Vec<Option<Vec<u8>>> = values.into_iter().map(Into::into).collect();
        let bytes = values.iter().flatten().map(Vec::len).fold(0, usize::saturating_add);
        self.with(
            name,
            match i32::try_from(bytes) {
                Ok(_) => Ok(Arc::new(values.iter().map(Option::as_deref).collect::<BinaryArray>())),
                Err(_) => Err(TableError::TooManyBytes { column: name.to_owned(), bytes }),
            },
        )
    }

    /// The table.
    ///
    /// # Errors
    /// An amount too large for its column, or columns of different lengths.
    pub fn table(self) -> Result<Table, TableError> {
        let (fields, arrays): (Vec<Field>, Vec<ArrayRef>) =
            self.columns.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().unzip();
        let rows = arrays.first().map_or(0, |array| array.len());
        Ok(Table::new(batch(Schema::new(fields), arrays, rows)?))
    }

    fn with(mut self, name: &str, array: Made) -> Self {
        self.columns.push(array.map(|array| (Field::new(name, array.data_type().clone(), true), array)));
        self
    }
}

/// A column, or why it cannot be made.
type Made = Result<ArrayRef, TableError>;

// What is read row by row is put together first, so that making a column of it is compiled once and not at every call.

fn texts(values: &[Option<&str>]) -> Made {
    Ok(Arc::new(values.iter().copied().collect::<StringArray>()))
}

fn wholes(values: Vec<Option<i64>>) -> Made {
    Ok(Arc::new(Int64Array::from(values)))
}

fn floats(values: Vec<Option<f64>>) -> Made {
    Ok(Arc::new(Float64Array::from(values)))
}

fn days(values: Vec<Option<NaiveDate>>) -> Made {
    let days = values.into_iter().map(|value| value.map(|date| date.to_epoch_days()));
    Ok(Arc::new(days.collect::<Date32Array>()))
}

fn amounts(name: &str, values: &[Option<Decimal>]) -> Made {
    let whole = values.iter().map(|value| value.map(|value| mantissa(name, value)).transpose());
    let array = Decimal128Array::from(whole.collect::<Result<Vec<_>, _>>()?);
    Ok(Arc::new(array.with_precision_and_scale(DIGITS, PLACES.cast_signed())?))
}

/// A record batch that knows its number of rows even without a column.
pub fn batch(schema: Schema, columns: Vec<ArrayRef>, rows: usize) -> Result<RecordBatch, ArrowError> {
    RecordBatch::try_new_with_options(Arc::new(schema), columns, &RecordBatchOptions::new().with_row_count(Some(rows)))
}

/// The word for what a column holds.
pub fn type_name(data_type: &DataType) -> &'static str {
    match data_type {
        DataType::Int64 => "whole",
        DataType::Decimal128(..) => "amount",
        DataType::Float64 => "ratio",
        DataType::List(_) => "ratios",
        DataType::Date32 => "date",
        DataType::Boolean => "flag",
        DataType::Binary => "bytes",
        _ => "text",
    }
}

/// The amount as a count of its smallest unit, rounded half even as the core does.
fn mantissa(column: &str, value: Decimal) -> Result<i128, TableError> {
    let rounded = value.round_dp_with_strategy(PLACES.into(), RoundingStrategy::MidpointNearestEven);
    let missing = u32::from(PLACES).saturating_sub(rounded.scale());
    10_i128
        .checked_pow(missing)
        .and_then(|factor| rounded.mantissa().checked_mul(factor))
        .filter(|mantissa| mantissa.unsigned_abs() < 10_u128.pow(DIGITS.into()))
        .ok_or_else(|| TableError::AmountTooLarge { column: column.to_owned(), value })
}
