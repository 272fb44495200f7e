//! The guard at the door: documents that would cost a parser its stack or its memory are refused by one quick look.
//!
//! One rule: the guard only bounds what parsing may cost; the parser decides what is right. It counts open brackets, the
//! parts of dotted keys, and words and signs; texts and comments are stepped over.

use super::{DEEPEST, DocumentError, Form};

/// Words and signs a document may have. A large model has some ten thousand.
const MOST_TOKENS: usize = 1_000_000;

/// The first offset at which the document is too deep or too long, and which of the two.
pub(super) fn refused(text: &str, form: Form) -> Option<(usize, DocumentError)> {
    let bytes = text.as_bytes();
    let mut guard = Guard { form, open: 0, dots: 0, tokens: 0, in_word: false };
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if let Some(fault) = guard.look(byte) {
            return Some((at, fault));
        }
        at = match byte {
            b'"' | b'\'' => guard.after_text(bytes, at),
            b'#' if form == Form::Toml => at + bytes.get(at..)?.iter().take_while(|byte| **byte != b'\n').count(),
            _ => at + 1,
        };
    }
    None
}

struct Guard {
    form: Form,
    open: usize,
    dots: usize,
    tokens: usize,
    in_word: bool,
}

impl Guard {
    /// Counts one byte outside texts.
    fn look(&mut self, byte: u8) -> Option<DocumentError> {
        let was_word = std::mem::take(&mut self.in_word);
        match byte {
            b' ' | b'\t' | b'\r' => return None,
            b'\n' => {
                self.dots = 0;
                return None;
            }
            b'[' | b'{' => (self.open, self.dots) = (self.open + 1, 0),
            b']' | b'}' => (self.open, self.dots) = (self.open.saturating_sub(1), 0),
            b'=' | b',' | b':' => self.dots = 0,
            b'.' => self.dots += 1,
            b'"' | b'\'' | b'#' => {}
            _ => {
                self.in_word = true;
                if was_word {
                    return None;
                }
            }
        }
        self.tokens += 1;
        if self.open > DEEPEST + 1 || (self.form == Form::Toml && self.dots > DEEPEST) {
            return Some(DocumentError::TooDeep);
        }
        let too_long = self.tokens > MOST_TOKENS;
        too_long.then_some(DocumentError::TooMany { what: "words and signs", most: MOST_TOKENS })
    }

    /// The offset after the text that opens at `at`, as far as it can be told; a broken text ends with its line.
    fn after_text(&self, bytes: &[u8], at: usize) -> usize {
        let Some(&quote) = bytes.get(at) else { return at + 1 };
        let escapes = quote == b'"';
        if self.form == Form::Json && !escapes {
            return at + 1;
        }
        let triple = [quote; 3];
        let long = self.form == Form::Toml && bytes.get(at..at + 3) == Some(&triple);
        let mut next = at + if long { 3 } else { 1 };
        while let Some(&byte) = bytes.get(next) {
            if byte == b'\\' && escapes {
                next += 2;
            } else if long && bytes.get(next..next + 3) == Some(&triple) {
                return next + 3;
            } else if !long && (byte == quote || byte == b'\n') {
                return next + 1;
            } else {
                next += 1;
            }
        }
        bytes.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_texts_and_comments_do_not_count() {
        let many = "[".repeat(100);
        for text in [
            format!("a = \"{many}\""),
            format!("a = '{many}'"),
            format!("a = \"\"\"\n{many}\n\"{many}\"\"\""),
            format!("# {many}"),
            format!("a = \"\\\"{many}\""),
        ] {
            assert_eq!(refused(&text, Form::Toml), None, "{text}");
        }
        assert_eq!(refused(&format!("{{\"a\": \"\\\\\\\"{many}\"}}"), Form::Json), None);
    }

    #[test]
    fn depth_is_refused_where_it_is_reached() {
        let deep = refused(&"[".repeat(100_000), Form::Json);
        assert_eq!(deep, Some((DEEPEST + 1, DocumentError::TooDeep)));
        assert_eq!(refused(&"a.".repeat(100), Form::Toml), Some((2 * DEEPEST + 1, DocumentError::TooDeep)));
        assert_eq!(refused(&"a = 1.5\n".repeat(100), Form::Toml), None);
    }
}
