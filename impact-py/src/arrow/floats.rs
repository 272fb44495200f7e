//! A column of numbers as floats.

use super::texts::Texts;
use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, UInt8Type, UInt16Type, UInt32Type};
use arrow_array::{Array, ArrayRef, ArrowPrimitiveType};
use arrow_schema::DataType;

/// The floats of a column, 0 where a row has none; nothing of what holds no numbers. Each is the float nearest to its number.
pub fn floats(column: &ArrayRef) -> Option<Vec<f64>> {
    Some(match column.data_type() {
        DataType::Float64 => column.as_primitive::<Float64Type>().values().to_vec(),
        DataType::Float32 => exact::<Float32Type>(column),
        DataType::Int8 => exact::<Int8Type>(column),
        DataType::Int16 => exact::<Int16Type>(column),
        DataType::Int32 => exact::<Int32Type>(column),
        DataType::UInt8 => exact::<UInt8Type>(column),
        DataType::UInt16 => exact::<UInt16Type>(column),
        DataType::UInt32 => exact::<UInt32Type>(column),
        numbers if numbers.is_numeric() => {
            let digits = Texts::of(column)?;
            digits.iter().map(|digits| digits.map_or(Some(0.0), |digits| digits.parse().ok())).collect::<Option<_>>()?
        }
        _ => return None,
    })
}

fn exact<T: ArrowPrimitiveType<Native: Into<f64>>>(column: &ArrayRef) -> Vec<f64> {
    column.as_primitive::<T>().values().iter().map(|value| (*value).into()).collect()
}
