//! A column of bytes.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;

/// The bytes of a column, row by row; nothing of what holds none.
pub fn bytes(column: &ArrayRef) -> Option<Vec<Option<Vec<u8>>>> {
    fn each<'a>(cells: impl Iterator<Item = Option<&'a [u8]>>) -> Option<Vec<Option<Vec<u8>>>> {
        Some(cells.map(|cell| cell.map(<[u8]>::to_vec)).collect())
    }
    match column.data_type() {
        DataType::Null => Some(vec![None; column.len()]),
        DataType::Binary => each(column.as_binary::<i32>().iter()),
        DataType::LargeBinary => each(column.as_binary::<i64>().iter()),
        DataType::BinaryView => each(column.as_binary_view().iter()),
        DataType::FixedSizeBinary(_) => each(column.as_fixed_size_binary().iter()),
        _ => None,
    }
}
