//! The text of a document: from bytes to characters, and from offsets to lines and columns.
//!
//! One rule: what is too large or not UTF-8 is refused before anything is parsed.

use super::{DocumentError, Form, LARGEST_DOCUMENT};
use crate::address::{Address, Place, Span};

/// Characters are counted ahead for every block of this many bytes, so that a long line costs no more than a short one.
const BLOCK: usize = 256;

/// A text, and where its lines begin.
pub(super) struct Source<'t> {
    text: &'t str,
    lines: Vec<usize>,
    blocks: Vec<usize>,
}

impl<'t> Source<'t> {
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let breaks = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(breaks).collect();
        let mut characters = 0;
        let blocks = bytes
            .chunks(BLOCK)
            .map(|block| {
                let before = characters;
                characters += starts(block);
                before
            })
            .collect();
        Self { text, lines, blocks }
    }

    /// The text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Line and column of a byte offset.
    pub fn span(&self, offset: usize) -> Span {
        let offset = offset.min(self.text.len());
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|index| self.lines.get(index)).copied().unwrap_or(0);
        let column = self.characters(offset).saturating_sub(self.characters(start));
        Span { line: number(line), column: number(column + 1) }
    }

    /// A place known by its offset only.
    pub fn place(&self, offset: usize) -> Place {
        self.at(Address::root(), offset)
    }

    /// A place with its address.
    pub fn at(&self, address: Address, offset: usize) -> Place {
        Place { address, span: Some(self.span(offset)) }
    }

    /// The offset of a line (from 1) and a byte column (from 1).
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let start = line.checked_sub(1).and_then(|index| self.lines.get(index)).copied().unwrap_or(0);
        (start + column.saturating_sub(1)).min(self.text.len())
    }

    /// Characters that begin before the offset.
    fn characters(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let counted = block * BLOCK;
        match self.blocks.get(block) {
            Some(before) => before + self.text.as_bytes().get(counted..offset).map_or(0, starts),
            None => match self.blocks.last() {
                Some(before) => before + self.text.as_bytes().get(counted.saturating_sub(BLOCK)..).map_or(0, starts),
                None => 0,
            },
        }
    }
}

/// The run of number characters around an offset: `0,5`.
pub(super) fn number_around(text: &str, offset: usize) -> Option<&str> {
    let part = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '-' | '+');
    let before = text.get(..offset)?;
    let start = before.len() - before.chars().rev().take_while(|c| part(*c)).count();
    let end = offset + text.get(offset..)?.chars().take_while(|c| part(*c)).count();
    Some(text.get(start..end)?.trim_matches(','))
}

/// Bytes at which a character starts.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The characters of a document given as bytes; a UTF-8 mark at the start is skipped.
pub(super) fn decoded(bytes: &[u8]) -> Result<&str, (Place, DocumentError)> {
    if bytes.len() > LARGEST_DOCUMENT {
        return Err((Place::document(), DocumentError::TooLarge { bytes: bytes.len() }));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Err((Place::document(), DocumentError::Archive));
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err((Place::document(), DocumentError::OldOffice));
    }
    if bytes.starts_with(b"%PDF-") {
        return Err((Place::document(), DocumentError::Pdf));
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err((Place::document(), DocumentError::Utf16));
    }
    if let Some(position) = bytes.iter().position(|byte| *byte == 0) {
        return Err((Place::document(), DocumentError::NoText { position }));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let position = error.valid_up_to();
        let valid = bytes.get(..position).and_then(|valid| std::str::from_utf8(valid).ok()).unwrap_or_default();
        let shown = valid.strip_prefix('\u{feff}').unwrap_or(valid);
        let byte = bytes.get(position).copied().unwrap_or_default();
        (Source::new(shown).place(shown.len()), DocumentError::NotUtf8 { position, byte })
    })
}

/// The text to parse: within bounds, not empty, without the UTF-8 mark.
pub(super) fn accepted(text: &str, form: Form) -> Result<Source<'_>, (Place, DocumentError)> {
    if text.len() > LARGEST_DOCUMENT {
        return Err((Place::document(), DocumentError::TooLarge { bytes: text.len() }));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err((Place::document(), DocumentError::Empty));
    }
    match super::guard::refused(text, form) {
        Some((offset, fault)) => Err((Source::new(text).place(offset), fault)),
        None => Ok(Source::new(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_on_lines_of_any_length() {
        for length in [0, 1, 255, 256, 257, 600] {
            let text = format!("ø\r\n{}x\n", "å".repeat(length));
            let source = Source::new(&text);
            let at = text.find('x').unwrap();
            assert_eq!(source.span(at), Span { line: 2, column: number(length + 1) }, "{length}");
            assert_eq!(source.span(text.len()), Span { line: 3, column: 1 });
        }
    }

    #[test]
    fn the_end_of_a_text_has_a_column() {
        for length in [0, 5, 255, 256, 257, 512] {
            let text = "å".repeat(length);
            assert_eq!(Source::new(&text).span(text.len()), Span { line: 1, column: number(length + 1) });
        }
    }
}
