//! A column of lists: which of its values each row has.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, GenericListArray, OffsetSizeTrait};
use arrow_schema::DataType;

/// The lists of a column.
pub struct Lists {
    /// Where each row begins among the values, and where the last one ends.
    pub ends: Vec<usize>,
    /// The values of all rows.
    pub values: ArrayRef,
}

/// Whether a column holds lists.
pub fn is_list(data_type: &DataType) -> bool {
    matches!(data_type, DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..))
}

impl Lists {
    /// The lists of a column; none of what holds none.
    pub fn of(column: &ArrayRef) -> Option<Self> {
        match column.data_type() {
            DataType::List(_) => Some(Self::by_offsets(column.as_list::<i32>())),
            DataType::LargeList(_) => Some(Self::by_offsets(column.as_list::<i64>())),
            DataType::FixedSizeList(_, width) => {
                let width = usize::try_from(*width).ok()?;
                let ends = (0..=column.len()).map(|row| row.saturating_mul(width)).collect();
                Some(Self { ends, values: column.as_fixed_size_list().values().clone() })
            }
            _ => None,
        }
    }

    fn by_offsets<O: OffsetSizeTrait>(lists: &GenericListArray<O>) -> Self {
        let ends = lists.offsets().iter().map(|end| end.as_usize()).collect();
        Self { ends, values: lists.values().clone() }
    }

    /// The rows as ranges of the values.
    pub fn rows(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.ends.iter().copied().zip(self.ends.iter().skip(1).copied())
    }
}
