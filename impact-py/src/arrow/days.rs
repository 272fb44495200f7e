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

/// The days of a column, row by row, none where there is none; nothing of what holds no days, or a text that is none.
pub fn days(column: &ArrayRef) -> Option<Vec<Option<NaiveDate>>> {
    match column.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Dictionary(..) => {
            let texts = Texts::of(column)?;
            texts
                .iter()
                .map(|text| text.map(|text| text.parse().ok()).map_or(Some(None), |day| day.map(Some)))
                .collect()
        }
        _ => Some(moments(column)?.iter().map(|moment| moment.map(|moment| moment.date())).collect()),
    }
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
