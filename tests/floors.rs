//! The floors of impact-core: a module uses only modules of lower floors, so that the house can be read from the bottom up.
//!
//! One rule: `PLAN` is the only list; a module without a floor does not pass. Test code is held to the same rule.

#[path = "floors/paths.rs"]
mod paths;
#[path = "floors/tokens.rs"]
mod tokens;

use paths::{Module, faults};
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of each floor, from the ground up.
const PLAN: &[&[&str]] = &[
    &["address", "number"],
    &["error"],
    &["units"],
    &["money", "document"],
    &["discount", "price", "distribution"],
    &["cash_flow"],
    &["reference"],
    &["model"],
    &["contract"],
    &["evaluation"],
    &["simulation"],
    &["analysis"],
    &["check"],
    &["report"],
];

fn floor_of(module: &str) -> Option<usize> {
    PLAN.iter().position(|floor| floor.contains(&module))
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("impact-core/src")
}

/// Every Rust file below a folder, in order.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    let mut files = Vec::new();
    for entry in entries {
        if entry.is_dir() {
            files.extend(rust_files(&entry));
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            files.push(entry);
        }
    }
    files
}

/// What is wrong in a snippet that stands in the file `path` of impact-core/src.
fn wrong(path: &str, text: &str) -> Vec<String> {
    faults(&Module::of_file(Path::new(path)), text, &floor_of)
}

#[test]
fn every_module_uses_only_lower_floors() {
    let root = source();
    let mut found = Vec::new();
    let mut read = 0;
    for file in rust_files(&root) {
        let inside = file.strip_prefix(&root).unwrap();
        if inside == Path::new("lib.rs") {
            continue; // it only arranges
        }
        read += 1;
        let text = fs::read_to_string(&file).unwrap();
        let module = Module::of_file(inside);
        found.extend(
            faults(&module, &text, &floor_of).into_iter().map(|fault| format!("{}: {fault}", inside.display())),
        );
    }
    assert!(read >= 10, "only {read} files were read");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_top_level_module_has_a_floor() {
    for entry in fs::read_dir(source()).unwrap() {
        let name = entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned();
        assert!(
            name == "lib" || floor_of(&name).is_some(),
            "`{name}` stands on no floor: give it one in tests/floors.rs"
        );
    }
}

#[test]
fn no_module_stands_on_two_floors() {
    let mut names: Vec<_> = PLAN.iter().copied().flatten().collect();
    names.sort();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all);
}

#[test]
fn a_lower_floor_may_be_used() {
    assert_eq!(wrong("money.rs", "use crate::number::Exact; use crate::{address, units::{Year, Currency}};"), [""; 0]);
    assert_eq!(wrong("document/toml.rs", "use crate::document::Node; use super::Value; use self::number::X;"), [""; 0]);
}

#[test]
fn a_higher_floor_is_refused() {
    assert_eq!(
        wrong("units/year.rs", "use crate::money::Money;"),
        ["line 1: `units` (floor 2) uses `money` (floor 3)"]
    );
    assert_eq!(
        wrong("error.rs", "\n\npub(crate) use crate :: model;"),
        ["line 3: `error` (floor 1) uses `model` (floor 7)"]
    );
}

#[test]
fn the_same_floor_is_refused() {
    assert_eq!(
        wrong("price.rs", "use crate::discount::Schedule;"),
        ["line 1: `price` (floor 4) uses `discount` (floor 4)"]
    );
}

#[test]
fn a_grouped_import_is_read_to_its_end() {
    let text = "use crate::{\n    address::{Address, Place},\n    number::*,\n    report::{self, rows::{Row}},\n};";
    assert_eq!(wrong("money.rs", text), ["line 4: `money` (floor 3) uses `report` (floor 13)"]);
    assert_eq!(
        wrong("money.rs", "use {crate::model as m, std::fmt};"),
        ["line 1: `money` (floor 3) uses `model` (floor 7)"]
    );
}

#[test]
fn a_path_inside_code_is_read() {
    let text = "fn f() -> u8 { let x: crate::evaluation::Plan = g::<crate::model::Model>(); 1 }";
    assert_eq!(
        wrong("money.rs", text),
        ["line 1: `money` (floor 3) uses `evaluation` (floor 9)", "line 1: `money` (floor 3) uses `model` (floor 7)"]
    );
    assert_eq!(wrong("money.rs", "fn f() { for row in crate::report::rows() { (crate::model::g)() } }").len(), 2);
    assert_eq!(wrong("money.rs", "macro_rules! m { () => { $crate::model::x() } }").len(), 1);
}

#[test]
fn climbing_out_of_the_module_is_refused() {
    let climbs = ["line 1: `super` climbs out of the module: name the path from `crate`"];
    assert_eq!(wrong("model/reader.rs", "use super::super::contract::Terms;"), climbs);
    assert_eq!(wrong("model/mod.rs", "use super::units;"), climbs);
    assert_eq!(wrong("money.rs", "use self::super::units;"), climbs);
    assert_eq!(wrong("model/reader.rs", "use super::{super::units, Model};"), climbs);
    assert_eq!(wrong("money.rs", "mod tests { use super::super::model; }"), climbs);
}

#[test]
fn climbing_inside_the_module_is_fine() {
    assert_eq!(wrong("model/reader/toml.rs", "use super::super::Model;"), [""; 0]);
    assert_eq!(wrong("money.rs", "mod tests { use super::*; } fn f() { super_market() }"), [""; 0]);
    assert_eq!(wrong("money.rs", "mod a { mod b { use super::super::Money; } } pub(super) fn f() {}"), [""; 0]);
}

#[test]
fn a_way_around_the_names_is_refused() {
    let unnamed = ["line 1: `crate` is used without the name of a module"];
    assert_eq!(wrong("money.rs", "use crate as all;"), unnamed);
    assert_eq!(wrong("money.rs", "use crate::*;"), unnamed);
    assert_eq!(wrong("money.rs", "use crate::{self as all};"), unnamed);
    assert_eq!(
        wrong("money.rs", "use crate::Model;"),
        ["line 1: `Model` is not a module with a floor: name its module"]
    );
    assert_eq!(
        wrong("money.rs", "extern crate impact_core;"),
        ["line 1: the crate is used by its outer name: write `crate`"]
    );
    assert_eq!(
        wrong("money.rs", "use ::impact_core::model::Model;"),
        ["line 1: the crate is used by its outer name: write `crate`"]
    );
    assert_eq!(
        wrong("money.rs", "#[path = \"model/mod.rs\"] mod other;"),
        ["line 1: `#[path]` hides where a module stands"]
    );
}

#[test]
fn comments_texts_and_visibility_are_not_uses() {
    let text = r##"
        //! use crate::model::Model;
        /* crate::model /* nested */ crate::report */
        pub(crate) fn f<'a>(c: char) -> &'a str { if c == '"' || c == '\'' { r#"crate::model"# } else { "crate::\"model" } }
        pub(in crate::money) struct S;
    "##;
    assert_eq!(wrong("money.rs", text), [""; 0]);
}

#[test]
fn a_file_outside_the_plan_is_refused() {
    assert_eq!(wrong("helpers.rs", "fn f() {}"), ["`helpers` stands on no floor"]);
}
