//! A table as part of a page, for notebooks. All text is escaped; a long table shows its beginning and says so.

use super::cells::plain;
use arrow_array::cast::AsArray;
use arrow_array::{BinaryArray, RecordBatch};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::DataType;
use pyo3_arrow::error::PyArrowResult;
use std::fmt::Write;

/// Rows shown; the number left out is said below them.
const ROWS_SHOWN: usize = 50;

/// The table as HTML.
pub fn page_part(batch: &RecordBatch) -> PyArrowResult<String> {
    let mut page = String::from("<table class=\"socialimpact\"><thead><tr>");
    for field in batch.schema_ref().fields() {
        page.push_str("<th scope=\"col\">");
        escape(&mut page, field.name());
        page.push_str("</th>");
    }
    page.push_str("</tr></thead><tbody>");
    let format = FormatOptions::new();
    let columns = batch
        .columns()
        .iter()
        .map(|column| {
            let cells = match column.as_binary_opt() {
                Some(bytes) => Cells::Bytes(bytes),
                None => Cells::Said(ArrayFormatter::try_new(column, &format)?),
            };
            Ok((is_number(column.data_type()), cells))
        })
        .collect::<PyArrowResult<Vec<_>>>()?;
    for row in 0..batch.num_rows().min(ROWS_SHOWN) {
        page.push_str("<tr>");
        for (number, column) in &columns {
            let text = match column {
                Cells::Said(column) => column.value(row).to_string(),
                Cells::Bytes(column) => format!("{} bytes", column.value(row).len()),
            };
            page.push_str(if *number { "<td style=\"text-align: right\">" } else { "<td>" });
            escape(&mut page, &if *number { plain(&text) } else { text.as_str().into() });
            page.push_str("</td>");
        }
        page.push_str("</tr>");
    }
    page.push_str("</tbody></table>");
    let left_out = batch.num_rows().saturating_sub(ROWS_SHOWN);
    if left_out > 0 {
        let _infallible = write!(page, "<p>{left_out} more rows, {} in all</p>", batch.num_rows());
    }
    Ok(page)
}

/// A column to be shown; of bytes only how many there are.
enum Cells<'c> {
    Said(ArrayFormatter<'c>),
    Bytes(&'c BinaryArray),
}

fn is_number(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Int64 | DataType::Float64 | DataType::Decimal128(..))
}

/// A text as it stands in a page.
pub fn escaped(text: &str) -> String {
    let mut page = String::new();
    escape(&mut page, text);
    page
}

fn escape(page: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => page.push_str("&amp;"),
            '<' => page.push_str("&lt;"),
            '>' => page.push_str("&gt;"),
            '"' => page.push_str("&quot;"),
            '\'' => page.push_str("&#39;"),
            other => page.push(other),
        }
    }
}
