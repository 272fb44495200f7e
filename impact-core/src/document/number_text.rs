//! Numbers as written: the author's digits, read exactly.

use rust_decimal::Decimal;

/// A number of the document: its exact value, and the text it was written as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberText {
    text: String,
    value: Decimal,
}

impl NumberText {
    /// The exact value.
    pub fn value(&self) -> Decimal {
        self.value
    }

    /// The text as written.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl From<Decimal> for NumberText {
    fn from(value: Decimal) -> Self {
        Self { text: value.to_string(), value }
    }
}
