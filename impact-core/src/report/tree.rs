//! Explanations as text: an indented tree, a figure a line, with its formula, source and marks below it.

use crate::evaluation::Explanation;
use crate::units::Language;
use crate::units::written::readable;
use std::fmt::Write;

/// Spaces a level.
const INDENT: usize = 2;

/// The explanation as an indented tree in a language.
pub fn explanation_text(explanation: &Explanation, language: Language) -> String {
    let mut text = String::new();
    write_tree(&mut text, explanation, language, 0);
    text
}

fn write_tree(text: &mut String, explanation: &Explanation, language: Language, level: usize) {
    let words = Words::of(language);
    let mut line = explanation.title.text(language).to_owned();
    if let Some(value) = explanation.value {
        let _infallible = write!(line, ": {} {}", readable(value, language), explanation.unit);
    }
    let marks =
        [(explanation.marks.illustrative, words.illustrative), (explanation.marks.unverified, words.unverified)];
    for (_, mark) in marks.iter().filter(|(marked, _)| *marked) {
        let _infallible = write!(line, " [{mark}]");
    }
    write_line(text, level, line.trim_end());
    let below = level.saturating_add(1);
    if let Some(address) = &explanation.address {
        write_line(text, below, &format!("{}: {address}", words.address));
    }
    if let Some(formula) = &explanation.formula {
        write_line(text, below, &format!("{}: {}", words.formula, formula.text(language)));
    }
    match (&explanation.source, explanation.grade) {
        (Some(source), Some(grade)) => {
            write_line(text, below, &format!("{}: {source}, {} {grade}", words.source, words.grade));
        }
        (Some(source), None) => write_line(text, below, &format!("{}: {source}", words.source)),
        (None, Some(grade)) => write_line(text, below, &format!("{} {grade}", words.grade)),
        (None, None) => {}
    }
    for note in &explanation.notes {
        write_line(text, below, &format!("{}: {}", words.note, note.text(language)));
    }
    for part in &explanation.parts {
        write_tree(text, part, language, below);
    }
}

/// A line at a level; line breaks in what authors wrote do not break the tree.
fn write_line(text: &mut String, level: usize, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(&" ".repeat(level.saturating_mul(INDENT)));
    let words: Vec<&str> = line.split(['\n', '\r']).map(str::trim_end).filter(|part| !part.is_empty()).collect();
    text.push_str(&words.join(" "));
}

/// The words of the tree that are not in the explanation itself.
struct Words {
    address: &'static str,
    formula: &'static str,
    source: &'static str,
    grade: &'static str,
    note: &'static str,
    illustrative: &'static str,
    unverified: &'static str,
}

impl Words {
    fn of(language: Language) -> Self {
        match language {
            Language::English => Self {
                address: "address",
                formula: "formula",
                source: "source",
                grade: "grade",
                note: "note",
                illustrative: "illustrative",
                unverified: "unverified",
            },
            Language::Bokmal => Self {
                address: "adresse",
                formula: "formel",
                source: "kilde",
                grade: "grad",
                note: "merknad",
                illustrative: "illustrativt",
                unverified: "ikke kontrollert",
            },
        }
    }
}
