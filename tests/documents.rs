//! Documents as authors and services write them: broken ones with their exact messages, and whole ones that keep every
//! digit from one form to the other.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot read its document has failed")]

use impact_core::Model;
use impact_core::address::Address;
use impact_core::document::{DEEPEST, Form, LARGEST_DOCUMENT, Node, Value};
use impact_core::error::{ModelError, Problems};
use proptest::prelude::*;
use std::fmt::Write;
use std::time::{Duration, Instant};

/// Time a document at the bounds may take in an unoptimised build on a busy machine; it takes a tenth of it alone.
const PATIENCE: Duration = Duration::from_secs(20);

fn messages(documents: &[(&str, &[u8])], form: Form) -> String {
    let mut text = String::new();
    for (name, document) in documents {
        let error = Node::from_bytes(document, form).expect_err(name);
        writeln!(text, "## {name}\n{error}\n").unwrap();
    }
    text
}

#[test]
fn broken_toml_is_explained() {
    let forty_digits = format!("x = 0.{}", "1234567890".repeat(4));
    let deep_list = format!("a = {}", "[".repeat(100_000));
    let deep_tables = "a = ".to_owned() + &"{ a = ".repeat(100_000);
    let deep_key = format!("{} = 1", ["a"; 1000].join("."));
    let deep_header = format!("[{}]\nx = 1", ["a"; 40].join("."));
    let deep_sum = format!("[{}]\n{} = {{ {} = 1 }}", ["a"; 15].join("."), ["b"; 15].join("."), ["c"; 15].join("."));
    let explained = messages(
        &[
            ("empty", b""),
            ("only white space", b" \n\n\t\n"),
            ("only comments", b"# later\n"),
            ("only the UTF-8 mark", b"\xEF\xBB\xBF"),
            ("not UTF-8 (Latin-1)", b"name = \"Hage\"\nsted = \"T\xF8nsberg\"\n"),
            ("not UTF-8 after the UTF-8 mark", b"\xEF\xBB\xBFa = \"\xC3\xA5\xFF\""),
            ("UTF-16", b"\xFF\xFEa\0=\x001\0"),
            ("a key without a value", b"impact = 1\nname\ncountry = \"NO\"\n"),
            ("a key with nothing after the sign", b"impact =\nname = \"x\"\n"),
            ("a text without quotes", b"name = Gardening group\nx = nan\n"),
            ("a text that does not end", b"name = \"Gardening\nx = 1\n"),
            ("a list that does not end", b"x = [1, 2\ny = 3\n"),
            ("a table header that does not end", b"[[outcomes\nid = \"a\"\n"),
            ("a key twice", b"lag = 1\nduration = 2\nlag = 3\n"),
            ("a key twice in an inline table", b"a = { x = 1, y = 2, x = 3 }\n"),
            ("a key twice but for its accents", "\"caf\u{e9}\" = 1\n\"cafe\u{301}\" = 2\n".as_bytes()),
            ("a table twice", b"[contract]\na = 1\n[contract]\nb = 2\n"),
            ("a table that is a number", b"a = 1\n[a.b]\nc = 2\n"),
            ("a decimal comma", b"name = \"\xC3\xA5\"\nshare = 0,5\nother = { x = 1,25, y = 1 }\n"),
            (
                "a decimal comma before the end of a table",
                b"payments = [{ id = \"p\", schedule = { per_unit = 21333,33 } }]\n",
            ),
            ("thousands parted by commas", b"a = 1,000.50\nb = 1,000\nc = 1,000,000\n"),
            ("a comma too much", b"a = 1,\nb = [1,,2]\n"),
            ("a list of two that does not end", b"x = [1,25"),
            ("spaces in a number", b"amount = 1 000 000 # kr\n"),
            ("spaces in a number with keys after it", b"amount = { value = 500 000, illustrative = true }\n"),
            (
                "thousands parted by points",
                b"a = 100.000,00\nb = { x = 100.000,00 }\nc = [ { x = 100.000,00, y = 'z' } ]\n",
            ),
            ("a decimal comma with an exponent", b"a = { x = 1,5e3 }\nb = { x = 1,5e3, y = 'z' }\n"),
            (
                "a sum as in a letter",
                b"a = 100.000,-\nb = { x = 100.000,- }\nc = 100 000 kr\nd = { x = 12,5kr, y = 1 }\ne = 5 kr # each\n",
            ),
            ("a point without digits", b"a = .5\nb = [ 5. ]\n"),
            ("a date with the day first", b"a = 31.12.2025\nb = { x = 01.12.2025 }\nc = 1/2/2025\n"),
            ("an old workbook", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
            ("a file for paper", b"%PDF-1.7\n"),
            ("bytes that no text has", b"a\0b\0"),
            ("numbers no assumption has", b"a = nan\nb = -inf\nc = [+inf, 1]\n"),
            ("numbers too long, too large, too small", format!("{forty_digits}\ny = 1e30\nz = 1e-40\n").as_bytes()),
            ("numbers not in decimal digits", b"a = 0xFF\nb = 0o17\nc = 0b1010\n"),
            ("a leading zero", b"a = 007\n"),
            ("times of day", b"a = 2024-01-31T10:00:00Z\nb = 10:30:00\nc = 2024-01-31 10:00:00\n"),
            ("a date that is none", b"a = 2023-02-29\n"),
            ("an unknown escape", b"a = \"C:\\path\"\n"),
            ("a control character", b"a = \"bell\x07\"\n"),
            (
                "an id twice",
                b"[[outcomes]]\nid = \"work\"\n[[outcomes]]\nid = \"school\"\n[[outcomes]]\nid = \"work\"\n",
            ),
            ("an id that is the position of another", b"l = [ { x = 1 }, { id = \"0\" } ]\n"),
            ("an id twice, far down", b"[[o]]\nid = \"a\"\n[[o.values]]\nid = \"v\"\n[[o.values]]\nid = \"v\"\n"),
            ("CRLF", b"a = 1\r\nb = 0,5\r\n\r\nc = nan\r\n"),
            ("the UTF-8 mark", b"\xEF\xBB\xBFa = nan\n"),
            ("too deep a list", deep_list.as_bytes()),
            ("too deep tables", deep_tables.as_bytes()),
            ("too long a key", deep_key.as_bytes()),
            ("too deep a header", deep_header.as_bytes()),
            ("too deep in sum", deep_sum.as_bytes()),
            (
                "form and meaning at once",
                b"name = Garden\nshare = 0,5\nyear = 2024\nyear = 2025\nrate = inf\nlong = 1e40\nwhen = 12:00:00\n\
                  [[outcomes]]\nid = \"a\"\nlag = [1, nan]\n[[outcomes]]\nid = \"a\"\nlag =\n",
            ),
        ],
        Form::Toml,
    );
    insta::assert_snapshot!(explained);
}

#[test]
fn broken_json_is_explained() {
    let forty_digits = format!("{{\"x\": 0.{}}}", "1234567890".repeat(4));
    let deep_list = format!("{{\"a\": {}", "[".repeat(100_000));
    let deep_tables = "{\"a\":".repeat(100_000);
    let just_too_deep = format!("{{\"a\": {}1{}}}", "[".repeat(DEEPEST), "]".repeat(DEEPEST));
    let explained = messages(
        &[
            ("empty", b""),
            ("an empty table", b"{}"),
            ("a list at the top", b"[1, 2]"),
            ("null at the top", b"null"),
            ("not UTF-8", b"{\"a\": \"\xE5\"}"),
            ("UTF-16", b"\xFE\xFF\0{\0}"),
            ("cut off", b"{\"a\": 1,\n \"b\": [1, 2"),
            ("a comma too much", b"{\"a\": 1,\n}"),
            ("single quotes", b"{'a': 1}"),
            ("a comment", b"{\"a\": 1} // later"),
            ("two documents", b"{\"a\": 1}\n{\"b\": 2}"),
            ("a key twice", b"{\"a\": 1,\n \"b\": {\"c\": 1, \"c\": 2},\n \"\\u0061\": 3}"),
            ("null", b"{\"a\": null, \"b\": [1, null], \"c\": {\"d\": null}}"),
            ("a decimal comma", b"{\"a\": 0,5}"),
            ("not a number", b"{\"a\": NaN}"),
            ("a leading zero", b"{\"a\": 007}"),
            (
                "numbers too long, too large, too small",
                b"{\"a\": 1e30,\n\"b\": 1e-40,\n\"c\": -1e99999999999999999999}",
            ),
            ("forty digits", forty_digits.as_bytes()),
            ("half a character", b"{\"a\": \"\\ud800\",\n\"\\udc00\": 1,\n\"b\": null}"),
            ("an id twice", b"{\"l\": [{\"id\": \"a\"},\n{\"x\": 1, \"id\": \"a\"}]}"),
            ("too deep a list", deep_list.as_bytes()),
            ("too deep tables", deep_tables.as_bytes()),
            ("one level too deep", just_too_deep.as_bytes()),
            (
                "a long line of characters",
                "{\"å\": \"åååååååååååååååååååååååååååååååååååååå\", \"b\": null}".as_bytes(),
            ),
        ],
        Form::Json,
    );
    insta::assert_snapshot!(explained);
}

#[test]
fn a_document_at_the_depth_allowed_is_read() {
    let json = format!("{{\"a\": {}{}}}", "[".repeat(DEEPEST), "]".repeat(DEEPEST));
    let node = Node::from_json(&json).unwrap();
    assert_eq!(Node::from_toml(&node.to_toml()).unwrap().hash(), node.hash());
    let toml = format!("{} = 1", ["a"; DEEPEST].join("."));
    let node = Node::from_toml(&toml).unwrap();
    assert_eq!(Node::from_toml(&node.to_toml()).unwrap().hash(), node.hash());
    assert_eq!(Node::from_json(&node.to_json()).unwrap().hash(), node.hash());
}

fn timed(bytes: &[u8], form: Form) -> ModelError {
    let start = Instant::now();
    let error = Node::from_bytes(bytes, form).unwrap_err();
    assert!(start.elapsed() < PATIENCE, "{:?}: {}", start.elapsed(), error.problems()[0]);
    assert!(error.problems().len() <= 200);
    error
}

#[test]
fn more_than_16_mib_is_refused_unread() {
    let message = "document: the document has 17825792 bytes: at most 16777216 (16 MiB) are read";
    let large = vec![b'['; 17 * 1024 * 1024];
    assert_eq!(timed(&large, Form::Toml).to_string(), message);
    assert_eq!(timed(&large, Form::Json).to_string(), message);
    assert_eq!(Node::from_toml(&String::from_utf8(large).unwrap()).unwrap_err().to_string(), message);
}

#[test]
fn large_garbage_is_refused_soon() {
    for piece in ["=\n", "a\n", "a = 1,5\n", "\"", "'''", "[a]\n", "a.", "# \n=", "{\"a\":", "null,", ". ", "a=[", "\\"]
    {
        let bytes = piece.repeat(LARGEST_DOCUMENT / piece.len()).into_bytes();
        timed(&bytes, Form::Toml);
        timed(&bytes, Form::Json);
    }
    let many_nulls = format!("{{\"a\": [{}null]}}", "null,".repeat(150_000));
    assert_eq!(timed(many_nulls.as_bytes(), Form::Json).total(), 150_001);
    let many_values = format!("{{\"a\": [{}0]}}", "0,".repeat(300_000));
    let error = timed(many_values.as_bytes(), Form::Json);
    assert_eq!(
        error.to_string(),
        "document (line 1, column 400004): the document has more than 200000 values: no model is that large"
    );
}

#[test]
fn at_most_200_problems_are_kept_and_all_are_counted() {
    let text: String = (0..1000).map(|number| format!("key-{number} = nan\n")).collect();
    let error = Node::from_toml(&text).unwrap_err();
    assert_eq!((error.problems().len(), error.total()), (200, 1000));
    assert!(error.to_string().ends_with("\nand 800 more problems (1000 in all)"));
}

#[test]
fn what_could_be_read_is_read_and_what_could_not_is_not_called_missing() {
    let text =
        "name = Garden\nshare = 0,5\nlag = 1\nyears = [2018, nan]\nquantity = { pert = [1, 2, nan], use = \"x\" }\n";
    let mut problems = Problems::new();
    let node = Node::read(text, Form::Toml, &mut problems).unwrap();
    let noted = problems.total();
    let table = node.as_table().unwrap();
    assert!(["name", "share", "years"].iter().all(|key| table.is_unread(key) && table.get(key).is_none()));
    let mut fields = impact_core::document::Fields::of(&node, &mut problems).unwrap();
    assert_eq!(fields.required_text("name"), None);
    assert_eq!(fields.required_number("share"), None);
    assert_eq!(fields.required_integer("lag"), Some(1));
    assert_eq!(fields.required_list("years"), None);
    let mut quantity = fields.fields("quantity").unwrap();
    assert_eq!(quantity.required_list("pert"), None);
    assert_eq!(quantity.text("use"), Some("x"));
    quantity.finish();
    fields.finish();
    assert_eq!(problems.total(), noted);
}

#[test]
fn numbers_keep_the_digits_of_their_author() {
    let node = Node::from_toml("a = 1_000.50\nb = 1e6\nc = 400_000\nd = -0.0\n").unwrap();
    assert_eq!(node.to_toml(), "a = 1_000.50\nb = 1e6\nc = 400_000\nd = -0.0\n");
    assert_eq!(node.to_json(), "{\n  \"a\": 1000.50,\n  \"b\": 1e6,\n  \"c\": 400000,\n  \"d\": -0.0\n}\n");
}

#[test]
fn toml_is_written_for_people() {
    let json = r#"{"name": "Garden", "text": "one\ntwo \"three\"", "conventions": {"base": "norway", "switches": ["a"]},
        "nested": {"only": {"values": [{"id": "v", "deep": {"x": 1, "y": 0.50}}]}}, "empty": {}, "none": [],
        "mixed": [1, {"a": 2}, [3]], "odd key": {"": 1}, "outcomes": [{"id": "a", "values": [{"id": "v"}]}, {}],
        "long": ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"]}"#;
    let node = Node::from_json(json).unwrap();
    let text = node.to_toml();
    insta::assert_snapshot!(text);
    assert_eq!(Node::from_toml(&node.to_toml()).unwrap().hash(), node.hash());
}

fn number() -> impl Strategy<Value = String> {
    let exponent = prop_oneof![3 => Just(String::new()), 1 => (-3_i32..4).prop_map(|power| format!("e{power}"))];
    ("-?(0|[1-9][0-9]{0,12})(\\.[0-9]{1,12})?", exponent).prop_map(|(digits, exponent)| digits + &exponent)
}

fn date() -> impl Strategy<Value = String> {
    (1900_u32..2999, 1_u32..13, 1_u32..29).prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"))
}

/// A value as (TOML without line breaks, and how many values it holds): an odd mixture of everything.
fn value() -> impl Strategy<Value = String> {
    let text = any::<String>().prop_map(|text| quoted(&text));
    let leaf = prop_oneof![number(), date(), text, any::<bool>().prop_map(|flag| flag.to_string())];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(|list| format!("[{}]", list.join(", "))),
            prop::collection::btree_map(key(), inner, 0..5).prop_map(|table| inline_table(&table)),
        ]
    })
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof![3 => "[a-z][a-z0-9_-]{0,8}", 1 => "[ -~æøåé\u{301}中😀\n]{0,6}"]
        .prop_map(|key| key.to_string())
        .prop_filter("an id of a list needs thought", |key| key != "id")
        .prop_map(|key| quoted(&key))
}

/// A TOML text, escaped by other code than the crate's: every character as its number.
fn quoted(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_string() } else { format!("\\U{:08X}", u32::from(c)) })
        .collect();
    format!("\"{escaped}\"")
}

fn inline_table(entries: &std::collections::BTreeMap<String, String>) -> String {
    let entries: Vec<String> = entries.iter().map(|(key, value)| format!("{key} = {value}")).collect();
    format!("{{ {} }}", entries.join(", "))
}

/// Every number of a tree, by its address.
fn digits(node: &Node, found: &mut Vec<(Address, String)>) {
    match &node.value {
        Value::Number(number) => found.push((node.address().clone(), number.text().to_owned())),
        Value::List(list) => list.iter().for_each(|element| digits(element, found)),
        Value::Table(table) => table.entries().iter().for_each(|entry| digits(&entry.node, found)),
        _ => {}
    }
}

fn sorted_digits(node: &Node) -> Vec<(Address, String)> {
    let mut found = Vec::new();
    digits(node, &mut found);
    found.sort();
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn every_digit_and_the_hash_survive_both_forms(
        entries in prop::collection::btree_map(key(), value(), 1..6),
        ids in prop::collection::btree_set("[a-z]{1,6}", 0..4),
        inner in value(),
    ) {
        let mut text: String = entries.iter().map(|(key, value)| format!("{key} = {value}\n")).collect();
        for id in &ids {
            text.push_str(&format!("[[\"LIST\"]]\nid = \"{id}\"\nx = {inner}\n[[\"LIST\".\"VALUES\"]]\ny = {inner}\n"));
        }
        let first = match Node::from_toml(&text) {
            Ok(first) => first,
            // Two odd keys may be one when composed.
            Err(error) => {
                prop_assert!(error.problems().iter().all(|problem| problem.to_string().ends_with("is written twice")), "{error}\n{text}");
                return Ok(());
            }
        };
        let json = Node::from_json(&first.to_json()).unwrap();
        let back = Node::from_toml(&json.to_toml()).unwrap();
        let direct = Node::from_toml(&first.to_toml()).unwrap();
        prop_assert_eq!(first.hash(), json.hash());
        prop_assert_eq!(first.hash(), back.hash());
        prop_assert_eq!(first.hash(), direct.hash());
        prop_assert_eq!(sorted_digits(&first), sorted_digits(&back));
        prop_assert_eq!(sorted_digits(&first), sorted_digits(&direct));
        // The crate's canonical form is itself JSON that says the same.
        prop_assert_eq!(Node::from_json(&first.canonical()).unwrap().hash(), first.hash());
    }

    #[test]
    fn reading_any_text_never_panics(text in any::<String>(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for form in [Form::Toml, Form::Json] {
            let _ = Node::from_bytes(&bytes, form);
            let _ = Node::from_bytes(text.as_bytes(), form);
        }
    }

    #[test]
    fn reading_what_looks_like_a_document_never_panics_and_never_blames_another_line(
        text in "([a-c\"'] ?= ?|[\\[\\]{},.=#\"'\\\\\n]|[0-9]{1,2}|nan|\"x\"|'''|\"\"\"|id = 'a'|\\[\\[a\\]\\]\n|\\[a\\.b\\]\n|é){0,40}"
    ) {
        let lines = u32::try_from(text.split('\n').count()).unwrap();
        for form in [Form::Toml, Form::Json] {
            let mut problems = Problems::new();
            let node = Node::read(&text, form, &mut problems);
            prop_assert!(node.is_some() || !problems.is_empty());
            if let Err(error) = problems.into_result() {
                for problem in error.problems() {
                    prop_assert!(problem.place.span.is_none_or(|span| span.line >= 1 && span.line <= lines && span.column >= 1));
                }
            } else if let Some(node) = node {
                prop_assert_eq!(Node::from_toml(&node.to_toml()).unwrap().hash(), node.hash());
            }
        }
    }
}

/// A model with one number.
const MODEL: &str = r#"
impact = 1
name = "Work (illustrative)"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2024
holders = [ { id = "people", kind = "people" } ]
outcomes = [ { id = "work", holder = "people", quantity = 10, deadweight = 0.1 } ]
"#;

/// What is said of the deadweight of a model, written so, wherever it is written.
fn of_deadweight(written: &str) -> Vec<String> {
    let said = |error: ModelError| error.problems().iter().map(|problem| problem.fault.to_string()).collect::<Vec<_>>();
    let toml = MODEL.replace("deadweight = 0.1", &format!("deadweight = {written}"));
    let json = Model::from_toml(MODEL)
        .unwrap()
        .to_json()
        .replace("\"deadweight\": 0.1", &format!("\"deadweight\": {written}"));
    let text = Value::Text(written.trim_matches('"').to_owned());
    let over = Model::from_toml(MODEL).unwrap().with("outcomes.work.deadweight", text).unwrap_err();
    let all = [Model::from_toml(&toml).unwrap_err(), Model::from_json(&json).unwrap_err(), over].map(said);
    assert!(all.iter().all(|one| *one == all[0]), "{all:?}");
    all[0].clone()
}

#[test]
fn a_decimal_in_quotes_is_told_to_be_a_text_and_never_to_be_a_thousand() {
    assert_eq!(of_deadweight(r#""0.850""#), ["expected a number, found a text"]);
    assert_eq!(of_deadweight(r#""0.85""#), ["expected a number, found a text"]);
    assert_eq!(
        of_deadweight(r#""1.850""#),
        ["`1.850` is written as a text: write the number 1.850 if it is a decimal point, 1850 if it parts thousands"]
    );
}
