//! Answers: JSON that is harmless wherever it is shown.
//!
//! One rule: what a user wrote comes back only inside JSON texts, with `<`, `>` and `&` escaped, under a type that no browser may
//! guess anew. Whoever reads JSON sees the same text.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, Response, StatusCode};
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter};
use std::io;

/// A value as JSON in which nothing looks like a tag.
///
/// # Errors
/// A value that has no JSON.
///
/// # Examples
/// ```
/// let text = impact_service::answer::json(&["<script>"])?;
/// assert_eq!(text, br#"["\u003cscript\u003e"]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn json(value: &impl Serialize) -> Result<Vec<u8>, serde_json::Error> {
    let mut text = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut text, Harmless))?;
    Ok(text)
}

/// The response with this JSON.
pub(crate) fn response(status: StatusCode, json: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(json));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Escapes what HTML gives a meaning.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(place) = rest.find(['<', '>', '&', '\u{2028}', '\u{2029}']) {
            let (plain, from) = rest.split_at(place);
            writer.write_all(plain.as_bytes())?;
            let mut characters = from.chars();
            if let Some(character) = characters.next() {
                write!(writer, "\\u{:04x}", u32::from(character))?;
            }
            rest = characters.as_str();
        }
        writer.write_all(rest.as_bytes())
    }

    fn write_char_escape<W: ?Sized + io::Write>(&mut self, writer: &mut W, escape: CharEscape) -> io::Result<()> {
        CompactFormatter.write_char_escape(writer, escape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_reads_the_json_sees_the_same_text() {
        for text in ["", "a < b && b > c", "</script>\u{2028}\"\\\n", "æøå <", ">"] {
            let written = String::from_utf8(json(&text).unwrap()).unwrap();
            assert!(!written.contains(['<', '>', '&', '\u{2028}']), "{written}");
            assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        }
    }
}
