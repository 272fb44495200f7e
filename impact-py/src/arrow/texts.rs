//! A column as texts: words as they are, numbers by their digits, days and moments as ISO 8601 writes them, those at midnight
//! as days.

use super::days::moments;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, DecimalType, Float32Type, Float64Type, Int8Type,
    Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{
    Array, ArrayRef, ArrowPrimitiveType, LargeStringArray, PrimitiveArray, StringArray, StringViewArray,
};
use arrow_schema::DataType;
use chrono::{NaiveDateTime, NaiveTime};
use std::fmt::{Debug, Display};

/// The texts of a column.
pub enum Texts {
    /// Words as most programs keep them.
    Small(StringArray),
    /// Words of any length, or numbers by their digits.
    Large(LargeStringArray),
    /// Words as polars and DuckDB keep them.
    View(StringViewArray),
    /// Categories: which of the texts each row has.
    Keyed { column: ArrayRef, keys: Vec<usize>, texts: Box<Texts> },
    /// Nothing, in so many rows.
    Nothing(usize),
}

impl Texts {
    /// The texts of a column; none of what holds no texts, numbers, truths, days or moments.
    pub fn of(column: &ArrayRef) -> Option<Self> {
        Some(match column.data_type() {
            DataType::Null => Self::Nothing(column.len()),
            DataType::Utf8 => Self::Small(column.as_string::<i32>().clone()),
            DataType::LargeUtf8 => Self::Large(column.as_string::<i64>().clone()),
            DataType::Utf8View => Self::View(column.as_string_view().clone()),
            DataType::Dictionary(..) => {
                let dictionary = column.as_any_dictionary_opt()?;
                let texts = Box::new(Self::of(dictionary.values())?);
                let keys = if dictionary.values().is_empty() { Vec::new() } else { dictionary.normalized_keys() };
                Self::Keyed { column: column.clone(), keys, texts }
            }
            DataType::Boolean => Self::Large(column.as_boolean().iter().map(written).collect()),
            _ => Self::Large(numbers(column).or_else(|| times(column))?),
        })
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Small(texts) => texts.len(),
            Self::Large(texts) => texts.len(),
            Self::View(texts) => texts.len(),
            Self::Keyed { column, .. } => column.len(),
            Self::Nothing(rows) => *rows,
        }
    }

    /// The text of a row; none where there is none.
    pub fn get(&self, row: usize) -> Option<&str> {
        match self {
            Self::Small(texts) => (row < texts.len() && texts.is_valid(row)).then(|| texts.value(row)),
            Self::Large(texts) => (row < texts.len() && texts.is_valid(row)).then(|| texts.value(row)),
            Self::View(texts) => (row < texts.len() && texts.is_valid(row)).then(|| texts.value(row)),
            Self::Keyed { column, keys, texts } => match keys.get(row) {
                Some(key) if column.is_valid(row) => texts.get(*key),
                _ => None,
            },
            Self::Nothing(_) => None,
        }
    }

    /// The texts, row by row.
    pub fn iter(&self) -> impl Iterator<Item = Option<&str>> {
        (0..self.len()).map(|row| self.get(row))
    }
}

fn written(value: Option<impl Display>) -> Option<String> {
    value.map(|value| value.to_string())
}

/// Numbers by their digits, floats by the fewest that tell them apart.
fn numbers(column: &ArrayRef) -> Option<LargeStringArray> {
    Some(match column.data_type() {
        DataType::Int8 => whole::<Int8Type>(column),
        DataType::Int16 => whole::<Int16Type>(column),
        DataType::Int32 => whole::<Int32Type>(column),
        DataType::Int64 => whole::<Int64Type>(column),
        DataType::UInt8 => whole::<UInt8Type>(column),
        DataType::UInt16 => whole::<UInt16Type>(column),
        DataType::UInt32 => whole::<UInt32Type>(column),
        DataType::UInt64 => whole::<UInt64Type>(column),
        DataType::Float32 => float::<Float32Type>(column),
        DataType::Float64 => float::<Float64Type>(column),
        DataType::Decimal32(..) => decimal(column.as_primitive::<Decimal32Type>()),
        DataType::Decimal64(..) => decimal(column.as_primitive::<Decimal64Type>()),
        DataType::Decimal128(..) => decimal(column.as_primitive::<Decimal128Type>()),
        DataType::Decimal256(..) => decimal(column.as_primitive::<Decimal256Type>()),
        _ => return None,
    })
}

fn whole<T: ArrowPrimitiveType<Native: Display>>(column: &ArrayRef) -> LargeStringArray {
    column.as_primitive::<T>().iter().map(written).collect()
}

fn float<T: ArrowPrimitiveType<Native: Debug>>(column: &ArrayRef) -> LargeStringArray {
    column.as_primitive::<T>().iter().map(|value| value.map(|value| format!("{value:?}"))).collect()
}

fn decimal<T: DecimalType>(column: &PrimitiveArray<T>) -> LargeStringArray {
    (0..column.len()).map(|row| column.is_valid(row).then(|| column.value_as_string(row))).collect()
}

/// Moments, of which those at midnight are days.
fn times(column: &ArrayRef) -> Option<LargeStringArray> {
    let text = |moment: NaiveDateTime| match moment.time() == NaiveTime::MIN {
        true => moment.date().to_string(),
        false => moment.format("%Y-%m-%dT%H:%M:%S%.f").to_string(),
    };
    Some(moments(column)?.into_iter().map(|moment| moment.map(text)).collect())
}
