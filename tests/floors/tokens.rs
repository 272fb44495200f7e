//! Rust source as words and signs, without comments, texts and characters: as much of a lexer as reading paths needs.

/// A word or a sign, and the line it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// An identifier or keyword, `::`, or a single sign.
    pub text: String,
    /// The line, from 1.
    pub line: usize,
}

/// The tokens of a source text.
pub fn tokens(source: &str) -> Vec<Token> {
    let chars: Vec<char> = source.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    let mut line = 1;
    while at < chars.len() {
        let end = match skipped(&chars, at) {
            Some(end) => end,
            None => {
                let end = word_end(&chars, at);
                tokens.push(Token { text: chars[at..end].iter().collect(), line });
                end
            }
        };
        line += chars[at..end].iter().filter(|c| **c == '\n').count();
        at = end;
    }
    tokens
}

/// Where the space, comment, text or character starting here ends; `None` where a token starts.
fn skipped(chars: &[char], at: usize) -> Option<usize> {
    let next = chars.get(at + 1).copied().unwrap_or(' ');
    match chars[at] {
        c if c.is_whitespace() => Some(at + 1),
        '/' if next == '/' => Some(position(chars, at, |c| c == '\n')),
        '/' if next == '*' => Some(block_comment_end(chars, at)),
        '"' => Some(text_end(chars, at)),
        '\'' => Some(quote_end(chars, at)),
        'r' | 'b' | 'c' if !before_is_word(chars, at) => prefixed_text_end(chars, at),
        _ => None,
    }
}

fn before_is_word(chars: &[char], at: usize) -> bool {
    at > 0 && is_word(chars[at - 1])
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn position(chars: &[char], from: usize, wanted: impl Fn(char) -> bool) -> usize {
    chars[from..].iter().position(|c| wanted(*c)).map_or(chars.len(), |offset| from + offset)
}

fn word_end(chars: &[char], at: usize) -> usize {
    if is_word(chars[at]) {
        position(chars, at, |c| !is_word(c))
    } else if chars[at..].starts_with(&[':', ':']) {
        at + 2
    } else {
        at + 1
    }
}

fn block_comment_end(chars: &[char], mut at: usize) -> usize {
    let mut depth = 0;
    while at < chars.len() {
        if chars[at..].starts_with(&['/', '*']) {
            depth += 1;
            at += 2;
        } else if chars[at..].starts_with(&['*', '/']) {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    at
}

/// The end of a text whose opening quote stands at `at`.
fn text_end(chars: &[char], at: usize) -> usize {
    let mut at = at + 1;
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}

/// The end of a character; a lifetime ends after its apostrophe, so that its name becomes a harmless word.
fn quote_end(chars: &[char], at: usize) -> usize {
    match (chars.get(at + 1), chars.get(at + 2)) {
        (Some('\\'), _) => (position(chars, at + 3, |c| c == '\'') + 1).min(chars.len()),
        (Some(_), Some('\'')) => at + 3,
        _ => at + 1,
    }
}

/// The end of `r"…"`, `r#"…"#`, `b"…"`, `br"…"`, `c"…"` and `b'…'`; `None` where this is an ordinary word.
fn prefixed_text_end(chars: &[char], at: usize) -> Option<usize> {
    let mut quote = at;
    while quote < at + 2 && matches!(chars.get(quote), Some('r' | 'b' | 'c')) {
        quote += 1;
    }
    let raw = chars[at..quote].contains(&'r');
    let hashes = chars[quote..].iter().take_while(|c| **c == '#').count();
    match chars.get(quote + hashes) {
        Some('"') if raw => {
            let mut close = vec!['"'];
            close.extend(std::iter::repeat_n('#', hashes));
            let start = quote + hashes + 1;
            let end = (start..chars.len()).find(|end| chars[*end..].starts_with(&close));
            Some(end.map_or(chars.len(), |end| end + close.len()))
        }
        Some('"') if hashes == 0 => Some(text_end(chars, quote)),
        Some('\'') if hashes == 0 && chars[at] == 'b' => Some(quote_end(chars, quote)),
        _ => None,
    }
}
