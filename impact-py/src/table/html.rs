//! A table as a reader sees it: part of a page for notebooks, and lines of text. All text of a page is escaped; a long table shows its
//! beginning and says so.

use super::shown::{heading, rounded};
use crate::label::visible;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::DataType;
use std::borrow::Cow;
use std::fmt::Write;

/// Rows shown; the number left out is said below them.
const ROWS_SHOWN: usize = 50;

/// A column as it is shown: its heading, whether it holds numbers, and its first cells.
struct Shown<'b> {
    heading: Cow<'b, str>,
    is_number: bool,
    cells: Vec<String>,
}

/// The table as HTML.
pub fn page_part(batch: &RecordBatch) -> String {
    let columns = shown(batch);
    let mut page = String::from("<table class=\"socialimpact\"><thead><tr>");
    for column in &columns {
        page.push_str("<th scope=\"col\">");
        escape(&mut page, &column.heading);
        page.push_str("</th>");
    }
    page.push_str("</tr></thead><tbody>");
    for row in 0..batch.num_rows().min(ROWS_SHOWN) {
        page.push_str("<tr>");
        for column in &columns {
            page.push_str(if column.is_number { "<td style=\"text-align: right\">" } else { "<td>" });
            escape(&mut page, column.cells.get(row).map_or("", String::as_str));
            page.push_str("</td>");
        }
        page.push_str("</tr>");
    }
    page.push_str("</tbody></table>");
    if let Some(left_out) = left_out(batch) {
        let _infallible = write!(page, "<p>{left_out}</p>");
    }
    page
}

/// The table as lines of text: numbers to the right, texts to the left; nothing in a text steers the terminal.
pub fn text(batch: &RecordBatch) -> String {
    let mut columns = shown(batch);
    for column in &mut columns {
        column.heading = visible(&column.heading).into();
        for cell in &mut column.cells {
            *cell = visible(&cell.replace('\n', " "));
        }
    }
    let wide = |column: &Shown<'_>| {
        let cells = column.cells.iter().map(|cell| cell.chars().count());
        cells.chain([column.heading.chars().count()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = columns.iter().map(wide).collect();
    let line = |cell: &dyn Fn(&Shown<'_>) -> String| {
        let parts = columns.iter().zip(&widths).map(|(column, wide)| match column.is_number {
            true => format!("{:>wide$}", cell(column)),
            false => format!("{:<wide$}", cell(column)),
        });
        parts.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let mut lines = vec![line(&|column| column.heading.to_string())];
    for row in 0..batch.num_rows().min(ROWS_SHOWN) {
        lines.push(line(&|column| column.cells.get(row).cloned().unwrap_or_default()));
    }
    lines.extend(left_out(batch));
    lines.join("\n")
}

/// The columns that are shown, with their first cells.
fn shown(batch: &RecordBatch) -> Vec<Shown<'_>> {
    let fields = batch.schema_ref().fields();
    let names: Vec<&str> = fields.iter().map(|field| field.name().as_str()).collect();
    let mut columns = Vec::with_capacity(names.len());
    for (name, column) in names.iter().zip(batch.columns()) {
        let Some(heading) = heading(name, &names) else { continue };
        let rows = 0..batch.num_rows().min(ROWS_SHOWN);
        let cells = rows.map(|row| cell(column, row)).collect();
        columns.push(Shown { heading: heading.into(), is_number: is_number(column.data_type()), cells });
    }
    columns
}

/// A cell as it is shown; of bytes only how many there are.
fn cell(column: &ArrayRef, row: usize) -> String {
    if column.is_null(row) {
        return String::new();
    }
    match column.data_type() {
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row).to_string(),
        DataType::Float64 => ratio(&column.as_primitive::<Float64Type>().value(row)),
        DataType::Decimal128(..) => rounded(&column.as_primitive::<Decimal128Type>().value_as_string(row)).into_owned(),
        DataType::Boolean => column.as_boolean().value(row).to_string(),
        DataType::Date32 => {
            column.as_primitive::<Date32Type>().value_as_date(row).map(|day| day.to_string()).unwrap_or_default()
        }
        DataType::Binary => format!("{} bytes", column.as_binary::<i32>().value(row).len()),
        DataType::List(_) => {
            let numbers = column.as_list::<i32>().value(row);
            let told = numbers.as_primitive::<Float64Type>().values().iter().map(ratio);
            format!("[{}]", told.collect::<Vec<_>>().join(", "))
        }
        _ => column.as_string::<i32>().value(row).to_owned(),
    }
}

fn ratio(value: &f64) -> String {
    rounded(&format!("{value:?}")).into_owned()
}

/// How many rows are left out, in words.
fn left_out(batch: &RecordBatch) -> Option<String> {
    let left_out = batch.num_rows().saturating_sub(ROWS_SHOWN);
    (left_out > 0).then(|| format!("{left_out} more rows, {} in all", batch.num_rows()))
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
