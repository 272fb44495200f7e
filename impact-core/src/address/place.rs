//! Places: the address of something in the input and, where the input was text, its line and column.

use super::Address;
use std::fmt;

/// A position in the text of a document. Lines and columns count from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Span {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

/// Where in the input something stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Place {
    /// The address in the document; the root for the document as a whole.
    pub address: Address,
    /// Line and column, where the document was read from text.
    pub span: Option<Span>,
}

impl Place {
    /// A place known by its address only.
    pub fn at(address: Address) -> Self {
        Self { address, span: None }
    }

    /// The document as a whole.
    pub fn document() -> Self {
        Self::at(Address::root())
    }
}

impl fmt::Display for Place {
    /// `outcomes.into-work.deadweight (line 12, column 14)`, or `document` for the whole.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.address.is_root() {
            f.write_str("document")?
        } else {
            fmt::Display::fmt(&self.address, f)?
        }
        match self.span {
            Some(Span { line, column }) => write!(f, " (line {line}, column {column})"),
            None => Ok(()),
        }
    }
}
