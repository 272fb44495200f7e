//! The house rules that no lint holds: the length of files, unfinished work, and copies that must stay copies.

use std::fs;
use std::path::{Path, PathBuf};

/// Lines a file may have.
const MOST_LINES: usize = 500;

/// The one file that may have more: an extension module has one stub, whatever its parts.
const THE_STUB: &str = "impact-py/python/socialimpact/_core.pyi";

/// Folders whose files are held to the rules, and the endings of those files.
const SOURCES: &[(&str, &[&str])] = &[
    ("impact-core/src", &["rs"]),
    ("impact-py/src", &["rs"]),
    ("impact-py/python", &["py", "pyi"]),
    ("benches", &["rs", "py"]),
    ("examples", &["rs", "py"]),
    ("tests", &["rs", "py"]),
];

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, endings));
        } else if path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)) {
            found.push(path);
        }
    }
    found
}

fn sources() -> Vec<(String, String)> {
    let mut sources = Vec::new();
    for (folder, endings) in SOURCES {
        for file in files(&top().join(folder), endings) {
            let name = file.strip_prefix(top()).unwrap().display().to_string();
            sources.push((name, fs::read_to_string(&file).unwrap()));
        }
    }
    assert!(sources.len() >= 20, "only {} files were read", sources.len());
    sources
}

/// Words of unfinished work, each in two halves so that this file passes its own test.
const UNFINISHED: &[[&str; 2]] = &[["to", "do!("], ["unimple", "mented!("], ["db", "g!("], ["TO", "DO"], ["FIX", "ME"]];

/// What a file leaves undone: the line and the word.
fn unfinished(text: &str) -> Vec<String> {
    let words: Vec<String> = UNFINISHED.iter().map(|halves| halves.concat()).collect();
    let found = |(line, content): (usize, &str)| {
        let words: Vec<&String> = words.iter().filter(|word| content.contains(word.as_str())).collect();
        words.into_iter().map(move |word| format!("line {line}: {word}")).collect::<Vec<_>>()
    };
    (1..).zip(text.lines()).flat_map(found).collect()
}

#[test]
fn no_file_is_longer_than_a_reader_bears() {
    let sources = sources();
    assert!(sources.iter().any(|(name, _)| name == THE_STUB));
    for (name, text) in sources.iter().filter(|(name, _)| name != THE_STUB) {
        let lines = text.lines().count();
        assert!(lines <= MOST_LINES, "{name} has {lines} lines, at most {MOST_LINES}: one idea a file");
    }
}

#[test]
fn nothing_is_left_unfinished() {
    for (name, text) in sources() {
        assert_eq!(unfinished(&text), [""; 0], "{name}");
    }
}

#[test]
fn unfinished_work_is_noticed() {
    for halves in UNFINISHED {
        let word = halves.concat();
        assert_eq!(unfinished(&format!("fn f() {{\n    // {word}\n}}")), [format!("line 2: {word}")]);
    }
}

#[test]
fn every_package_ships_the_licences_word_for_word() {
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        let original = fs::read(top().join(licence)).unwrap();
        for package in ["impact-core", "impact-py"] {
            assert!(fs::read(top().join(package).join(licence)).unwrap() == original, "{package}/{licence} differs");
        }
    }
}

#[test]
fn the_changelog_tells_of_this_version() {
    let text = fs::read_to_string(top().join("CHANGELOG.md")).unwrap();
    let version = env!("CARGO_PKG_VERSION");
    assert!(text.contains("## [Unreleased]") || text.contains(&format!("## [{version}]")), "nothing about {version}");
}
