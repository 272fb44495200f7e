//! A column as days, and as moments.

use super::texts::Texts;
use arrow_array::cast::AsArray;
use arrow_array::temporal_conversions::as_datetime;
use arrow_array::types::{
    Date32Type, Date64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType,
};
use arrow_array::{Array, ArrayRef, ArrowPrimitiveType};
use arrow_schema::{DataType, TimeUnit};
use chrono::{NaiveDate, NaiveDateTime};

/// The days of a column, row by row, none where there is none or what stands there is none; nothing of what holds no days.
pub fn days(column: &ArrayRef) -> Option<Vec<Option<NaiveDate>>> {
    match column.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Dictionary(..) => {
            Some(Texts::of(column)?.iter().map(|text| day(text?)).collect())
        }
        _ => Some(moments(column)?.iter().map(|moment| moment.map(|moment| moment.date())).collect()),
    }
}

/// A day as ISO 8601 writes it, and in no other way.
fn day(text: &str) -> Option<NaiveDate> {
    let read = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    (read.to_string() == text).then_some(read)
}

/// The moments of a column, row by row, of a day its beginning; nothing of what holds none, or of a time zone but UTC, in which
/// days begin elsewhere.
pub fn moments(column: &ArrayRef) -> Option<Vec<Option<NaiveDateTime>>> {
    fn each<T: ArrowPrimitiveType<Native: Into<i64>>>(column: &ArrayRef) -> Vec<Option<NaiveDateTime>> {
        column.as_primitive::<T>().iter().map(|moment| as_datetime::<T>(moment?.into())).collect()
    }
    Some(match column.data_type() {
        DataType::Date32 => each::<Date32Type>(column),
        DataType::Date64 => each::<Date64Type>(column),
        DataType::Timestamp(_, Some(zone)) if !["UTC", "Etc/UTC", "Z", "+00:00"].contains(&zone.as_ref()) => {
            return None;
        }
        DataType::Timestamp(TimeUnit::Second, _) => each::<TimestampSecondType>(column),
        DataType::Timestamp(TimeUnit::Millisecond, _) => each::<TimestampMillisecondType>(column),
        DataType::Timestamp(TimeUnit::Microsecond, _) => each::<TimestampMicrosecondType>(column),
        DataType::Timestamp(TimeUnit::Nanosecond, _) => each::<TimestampNanosecondType>(column),
        _ => return None,
    })
}
