//! Results as parts of a page, for notebooks. All text is escaped.

use crate::table::{Table, escaped};
use impact_core::units::written::Numeral;

/// A title in bold.
pub fn title(text: &str) -> String {
    format!("<p class=\"socialimpact\"><strong>{}</strong></p>", escaped(text))
}

/// A sentence.
pub fn sentence(text: &str) -> String {
    format!("<p class=\"socialimpact\">{}</p>", escaped(text))
}

/// A count as people read it in a title.
pub fn count(count: u64) -> String {
    Numeral(count.into()).to_string()
}

/// Text whose spaces and lines count.
pub fn tree(text: &str) -> String {
    format!("<pre class=\"socialimpact\">{}</pre>", escaped(text))
}

/// A table below its title.
pub fn titled(text: &str, table: &Table) -> String {
    format!("{}{}", title(text), table.page())
}
