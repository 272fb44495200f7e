//! Broken models and exactly what the library says of each, several problems at once; and that nothing makes it panic.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot read its document has failed"
)]

use impact_core::Model;
use impact_core::document::{Entry, Node, Table, Value};
use proptest::prelude::*;
use std::fmt::Write;

/// A model without a problem, on which each case breaks something. Every line is unique, so that a case can name it.
const SOUND: &str = r#"impact = 1
name = "Work"
country = "NO"
currency = "NOK"
price_year = 2022
start = 2020
horizon = 10
[assumptions]
months = 5.5
cautious = { beta = { mean = 0.35, sd = 0.1 } }
[[holders]]
id = "people"
kind = "people"
size = 200
[[holders]]
id = "town"
kind = "public"
level = "municipality"
[[holders]]
id = "state"
kind = "public"
level = "state"
[[costs]]
id = "team"
payer = "town"
per_year = 1_000_000
years = [2020, 2023]
[[transfers]]
id = "grant"
from = "state"
to = "town"
amount = 500_000
year = 2021
[[outcomes]]
id = "work"
holder = "people"
quantity = { pert = [6, 12, 20] }
intakes = "yearly"
duration = 3
deadweight = { use = "cautious" }
attribution = { others = 0.2 }
displacement = { share = 0.1, borne_by = "people" }
destinations = { job = 0.8, aap = 0.2 }
[[outcomes.values]]
id = "assistance"
proxy = "der-no-sosialhjelp-year-2022"
conversion = { months_per_recipient = { use = "months" } }
from = "people"
kind = "fiscal"
[[outcomes.values]]
id = "wage"
value = 300_000
unit = "person-year"
kind = "economic"
destination = "job"
[[questions]]
id = "how-many"
break_even = "outcomes.work.quantity"
measure = "npv"
perspective = "town"
"#;

/// A case: its name, and lines of the sound document with what stands in their place.
type Case = (&'static str, &'static [(&'static str, &'static str)]);

const HEAD: &[Case] = &[
    ("another version", &[("impact = 1", "impact = 2")]),
    ("no version", &[("impact = 1\n", "")]),
    (
        "several required keys missing",
        &[("name = \"Work\"\n", ""), ("currency = \"NOK\"\n", ""), ("start = 2020\n", "")],
    ),
    ("a country that YAML has read", &[("country = \"NO\"", "country = false")]),
    ("a country by its name", &[("country = \"NO\"", "country = \"Norway\"")]),
    ("a currency in small letters", &[("currency = \"NOK\"", "currency = \"nok\"")]),
    ("a name that is a number", &[("name = \"Work\"", "name = 7")]),
    ("a name without English", &[("name = \"Work\"", "name = { nb = \"Arbeid\", no = \"x\" }")]),
    ("a year that is none", &[("start = 2020", "start = 20"), ("price_year = 2022", "price_year = 2022.5")]),
    ("a year as a text", &[("start = 2020", "start = \"2020\"")]),
    ("a horizon beyond all plans", &[("horizon = 10", "horizon = 10_000")]),
    ("a horizon of nothing", &[("horizon = 10", "horizon = 0")]),
    ("effects beyond every horizon", &[("horizon = 10\n", ""), ("duration = 3", "duration = 400")]),
    ("an unknown convention", &[("horizon = 10", "conventions = \"norway\"")]),
    ("a convention without a base", &[("horizon = 10", "conventions = { financing = { cost = 0.1 } }")]),
    (
        "switches that are none",
        &[(
            "horizon = 10",
            "conventions = { base = \"sroi-practice\", title = \"Mine\", ratios = { kind = \"nett\", denomintor = \"payer\" }, discount = { bands = [ { from_step = 2, rate = 4 } ] } }",
        )],
    ),
    ("an unknown key with a near one", &[("horizon = 10", "horizont = 10")]),
    ("an unknown key with none near", &[("horizon = 10", "colour = \"red\"")]),
    ("a decimal comma in a text", &[("horizon = 10", "inflation = \"0,02\"")]),
    ("a decimal comma", &[("horizon = 10", "inflation = 0,02")]),
];

const HOLDERS: &[Case] = &[
    (
        "no holders",
        &[(
            "[[holders]]\nid = \"people\"\nkind = \"people\"\nsize = 200\n[[holders]]\nid = \"town\"\nkind = \"public\"\nlevel = \"municipality\"\n[[holders]]\nid = \"state\"\nkind = \"public\"\nlevel = \"state\"\n",
            "",
        )],
    ),
    (
        "holders as a table",
        &[(
            "[[holders]]\nid = \"people\"\nkind = \"people\"\nsize = 200\n[[holders]]\nid = \"town\"\nkind = \"public\"\nlevel = \"municipality\"\n[[holders]]\nid = \"state\"\nkind = \"public\"\nlevel = \"state\"\n",
            "[holders]\npeople = 1\n",
        )],
    ),
    ("a kind that is none", &[("kind = \"people\"", "kind = \"peple\"")]),
    ("a budget without a level", &[("level = \"municipality\"\n", "")]),
    ("people with a level", &[("size = 200", "level = \"county\"")]),
    ("a size that is negative", &[("size = 200", "size = -3")]),
    ("an id in capitals", &[("id = \"people\"", "id = \"People\"")]),
    (
        "an id that is a perspective",
        &[
            ("id = \"people\"", "id = \"society\""),
            ("holder = \"people\"", "holder = \"society\""),
            ("borne_by = \"people\"", "borne_by = \"society\""),
            ("from = \"people\"", "from = \"society\""),
        ],
    ),
    ("an id twice", &[("id = \"state\"", "id = \"town\"")]),
    ("a holder without an id", &[("id = \"state\"\n", "")]),
];

const FLOWS: &[Case] = &[
    ("an unknown payer, near a known one", &[("payer = \"town\"", "payer = \"twon\"")]),
    ("an unknown payer, near none", &[("payer = \"town\"", "payer = \"municipality\"")]),
    ("a broken holder is no second problem", &[("level = \"municipality\"", "level = \"city\"")]),
    ("neither amount nor amount a year", &[("per_year = 1_000_000\n", "")]),
    ("both amounts", &[("per_year = 1_000_000", "per_year = 1_000_000\namount = 3")]),
    ("an amount a year in one year", &[("years = [2020, 2023]", "year = 2020")]),
    ("one amount in several years", &[("amount = 500_000\nyear = 2021", "amount = 500_000\nyears = [2021, 2022]")]),
    ("a negative amount", &[("per_year = 1_000_000", "per_year = -1_000_000")]),
    ("years reversed", &[("years = [2020, 2023]", "years = [2023, 2020]")]),
    ("years that are not two", &[("years = [2020, 2023]", "years = [2020, 2021, 2022]")]),
    ("a cost outside the years appraised", &[("years = [2020, 2023]", "years = [2030, 2033]")]),
    ("a transfer before the start", &[("year = 2021", "year = 2019"), ("horizon = 10\n", "")]),
    ("a price basis that is none", &[("years = [2020, 2023]", "years = [2020, 2023]\nprice_basis = \"norminal\"")]),
    ("money that does not change hands", &[("to = \"town\"", "to = \"state\"")]),
    ("a source that is a number", &[("years = [2020, 2023]", "years = [2020, 2023]\nsource = 2018")]),
];

const NUMBERS: &[Case] = &[
    ("a number that is a flag", &[("duration = 3", "duration = true")]),
    ("a number that is a word", &[("duration = 3", "duration = \"long\"")]),
    ("a table without a number", &[("duration = 3", "duration = { source = \"survey\" }")]),
    ("a table with a mistyped form", &[("duration = 3", "duration = { prt = [1, 2, 3] }")]),
    ("a value and a distribution", &[("duration = 3", "duration = { value = 3, pert = [1, 2, 3] }")]),
    ("a best beside a value", &[("duration = 3", "duration = { value = 3, best = 2 }")]),
    ("a best outside its distribution", &[("duration = 3", "duration = { pert = [1, 2, 3], best = 5 }")]),
    ("a duration of nothing", &[("duration = 3", "duration = 0")]),
    ("points out of order", &[("pert = [6, 12, 20]", "pert = [12, 6, 20]")]),
    ("two points for three", &[("pert = [6, 12, 20]", "pert = [6, 12]")]),
    ("a form written another way", &[("pert = [6, 12, 20]", "pert = 12")]),
    ("a parameter missing", &[("{ pert = [6, 12, 20] }", "{ gamma = { mean = 3 } }")]),
    ("a parameter too many", &[("{ pert = [6, 12, 20] }", "{ gamma = { mean = 3, sd = 1, shape = 2 } }")]),
    (
        "a mixture of what is none",
        &[("{ pert = [6, 12, 20] }", "{ mixture = [[1, { poisson = 3 }], [2, { value = 4 }], 7] }")],
    ),
    ("a cut without bounds", &[("{ pert = [6, 12, 20] }", "{ truncated = { of = { poisson = 3 } } }")]),
    ("a shape that range90 has not", &[("{ pert = [6, 12, 20] }", "{ range90 = [6, 20], shape = \"lognorml\" }")]),
    ("a shape beside another form", &[("pert = [6, 12, 20]", "pert = [6, 12, 20], shape = \"lognormal\"")]),
    ("a normal on a quantity", &[("{ pert = [6, 12, 20] }", "{ normal = { mean = 12, sd = 3 } }")]),
    ("a negative quantity", &[("{ pert = [6, 12, 20] }", "-12")]),
    ("a share in percent", &[("others = 0.2", "others = 20")]),
    ("a distribution beyond a share", &[("others = 0.2", "others = { uniform = [0.2, 1.4] }")]),
    ("a shared number that is not there", &[("use = \"months\"", "use = \"month\"")]),
    ("a shared number in the wrong place", &[("use = \"cautious\"", "use = \"months\"")]),
    ("a shared number that uses another", &[("months = 5.5", "months = { use = \"cautious\" }")]),
    ("a broken shared number is no second problem", &[("months = 5.5", "months = \"five\"")]),
    ("keys beside a use", &[("{ use = \"cautious\" }", "{ use = \"cautious\", source = \"x\" }")]),
    ("a grade that is none", &[("duration = 3", "duration = { value = 3, grade = \"E\" }")]),
    (
        "the document's own figure of what the catalogue has not",
        &[("[assumptions]", "[catalogue]\nno-prison-high-plaice = 1\n[assumptions]")],
    ),
];

const OUTCOMES: &[Case] = &[
    ("an unknown holder of an outcome", &[("holder = \"people\"", "holder = \"persons\"")]),
    ("no quantity", &[("quantity = { pert = [6, 12, 20] }\n", "")]),
    ("an empty chain", &[("{ pert = [6, 12, 20] }", "{ chain = {} }")]),
    ("a broken link of a chain", &[("{ pert = [6, 12, 20] }", "{ chain = { population = 100, engaged = -0.6 } }")]),
    ("attribution as a bare number", &[("{ others = 0.2 }", "0.2")]),
    ("attribution as a bare distribution", &[("{ others = 0.2 }", "{ value = 0.2 }")]),
    ("attribution both ways", &[("{ others = 0.2 }", "{ others = 0.2, own = 0.8 }")]),
    ("deadweight on a net quantity", &[("intakes = \"yearly\"", "intakes = \"yearly\"\nmeasured = \"net\"")]),
    ("an event that lasts", &[("intakes = \"yearly\"", "intakes = \"yearly\"\nnature = \"event\"\ndrop_off = 0.1")]),
    ("a state with a period", &[("intakes = \"yearly\"", "intakes = \"yearly\"\nunit = \"person-year\"")]),
    ("a unit that is none", &[("intakes = \"yearly\"", "intakes = \"yearly\"\nunit = \"per person!\"")]),
    ("intakes by another word", &[("intakes = \"yearly\"", "intakes = \"anually\"")]),
    ("intakes that are none", &[("intakes = \"yearly\"", "intakes = []")]),
    (
        "intakes outside the years appraised, and twice",
        &[("intakes = \"yearly\"", "intakes = [2021, 2019, 2030, 2021]")],
    ),
    (
        "yearly without costs",
        &[("[[costs]]\nid = \"team\"\npayer = \"town\"\nper_year = 1_000_000\nyears = [2020, 2023]\n", "")],
    ),
    ("a lag below zero", &[("intakes = \"yearly\"", "intakes = \"yearly\"\nlag = -1")]),
    ("displacement borne by nobody known", &[("borne_by = \"people\"", "borne_by = \"nobody\"")]),
    ("destinations that are no whole", &[("job = 0.8", "job = 0.7")]),
    ("evidence that is a text", &[("intakes = \"yearly\"", "intakes = \"yearly\"\nevidence = \"good\"")]),
    (
        "two outcomes of one id",
        &[("[[questions]]", "[[outcomes]]\nid = \"work\"\nholder = \"people\"\nquantity = 1\n[[questions]]")],
    ),
];

const VALUES: &[Case] = &[
    ("no kind", &[("kind = \"economic\"\n", "")]),
    ("neither proxy nor value", &[("value = 300_000\n", "")]),
    ("both proxy and value", &[("value = 300_000", "value = 300_000\nproxy = \"der-no-sosialhjelp-year-2022\"")]),
    ("an unknown proxy", &[("der-no-sosialhjelp-year-2022", "der-no-sosialhjelp-2022")]),
    ("a proxy with a price year", &[("from = \"people\"", "from = \"people\"\nprice_year = 2021")]),
    ("a value per nothing", &[("unit = \"person-year\"\n", "")]),
    ("a recipient-year on a person", &[("conversion = { months_per_recipient = { use = \"months\" } }\n", "")]),
    ("more months than a year has", &[("months = 5.5", "months = 14")]),
    (
        "a place-year on a person",
        &[
            ("der-no-sosialhjelp-year-2022", "no-prison-high-place"),
            ("conversion = { months_per_recipient = { use = \"months\" } }\n", "avoidable = 0.2\n"),
        ],
    ),
    (
        "a place without an avoidable share",
        &[
            ("der-no-sosialhjelp-year-2022", "no-prison-high-place"),
            ("months_per_recipient = { use = \"months\" }", "per_unit = 0.5"),
        ],
    ),
    ("a price per person on a state", &[("unit = \"person-year\"", "unit = \"person\"")]),
    (
        "a conversion that nothing needs",
        &[("unit = \"person-year\"", "unit = \"person-month\"\nconversion = { per_unit = 12 }")],
    ),
    (
        "a conversion both ways",
        &[("months_per_recipient = { use = \"months\" }", "months_per_recipient = 5, per_unit = 2")],
    ),
    (
        "paid by several",
        &[
            ("der-no-sosialhjelp-year-2022", "der-no-aap-fullyear-2018"),
            ("conversion = { months_per_recipient = { use = \"months\" } }\n", ""),
            ("id = \"state\"\nkind = \"public\"\nlevel = \"state\"", "id = \"state\"\nkind = \"enterprise\""),
        ],
    ),
    ("gained and lost by one", &[("from = \"people\"", "from = \"people\"\nto = \"people\"")]),
    (
        "a negative transfer",
        &[
            ("unit = \"person-year\"", "unit = \"person-year\"\nfrom = \"people\"\nto = \"town\""),
            ("value = 300_000", "value = -300_000"),
        ],
    ),
    ("an unknown destination", &[("destination = \"job\"", "destination = \"jobb\"")]),
    ("a price year before the index", &[("unit = \"person-year\"", "unit = \"person-year\"\nprice_year = 1970")]),
    ("a currency without a rate", &[("unit = \"person-year\"", "unit = \"person-year\"\ncurrency = \"JPY\"")]),
    (
        "a currency of several countries",
        &[("unit = \"person-year\"", "unit = \"person-year\"\ncurrency = \"EUR\"\nprice_year = 2018")],
    ),
    (
        "a country without an index",
        &[(
            "unit = \"person-year\"",
            "unit = \"person-year\"\ncurrency = \"EUR\"\nprice_year = 2018\ncountry = \"MT\"",
        )],
    ),
    ("a basis that is none", &[("kind = \"economic\"", "kind = \"economic\"\nbasis = \"happiness\"")]),
];

const QUESTIONS: &[Case] = &[
    ("an unknown measure", &[("measure = \"npv\"", "measure = \"nvp\"")]),
    ("an unknown perspective", &[("perspective = \"town\"", "perspective = \"towns\"")]),
    ("an address that is no number", &[("outcomes.work.quantity", "outcomes.work.quantiti")]),
    ("an address of a setting", &[("outcomes.work.quantity", "outcomes.work.holder")]),
    ("a malformed address", &[("outcomes.work.quantity", "outcomes work")]),
    ("an outcome where none is asked for", &[("measure = \"npv\"", "measure = \"npv\"\noutcome = \"work\"")]),
    ("an unknown outcome", &[("measure = \"npv\"", "measure = \"cost_per_outcome\"\noutcome = \"wrok\"")]),
    (
        "no outcome among several",
        &[
            ("measure = \"npv\"", "measure = \"cost_per_outcome\""),
            ("[[questions]]", "[[outcomes]]\nid = \"school\"\nholder = \"people\"\nquantity = 1\n[[questions]]"),
        ],
    ),
    ("a question about a broken outcome is no second problem", &[("{ pert = [6, 12, 20] }", "\"many\"")]),
];

const SEVERAL: &[Case] = &[(
    "problems of form and meaning, all at once",
    &[
        ("country = \"NO\"", "country = false"),
        ("horizon = 10", "horizon = 10_000"),
        ("size = 200", "size = 1,5"),
        ("payer = \"town\"", "payer = \"twon\""),
        ("years = [2020, 2023]", "years = [2023, 2020]"),
        ("to = \"town\"", "to = \"state\""),
        ("duration = 3", "duraton = 3"),
        ("{ others = 0.2 }", "0.2"),
        ("job = 0.8", "job = 0.7"),
        ("kind = \"fiscal\"", "kind = \"fiscall\""),
        ("measure = \"npv\"", "measure = \"profit\""),
    ],
)];

fn broken(case: &Case) -> String {
    case.1.iter().fold(SOUND.to_owned(), |text, (line, other)| {
        assert!(text.contains(line), "{}: `{line}` does not stand in the sound document", case.0);
        text.replacen(line, other, 1)
    })
}

fn explained(cases: &[Case]) -> String {
    let mut text = String::new();
    for case in cases {
        let error = Model::from_toml(&broken(case)).expect_err(case.0);
        writeln!(text, "## {}", case.0).unwrap();
        for (_, other) in case.1.iter().filter(|(_, other)| !other.is_empty()) {
            writeln!(text, "{}", other.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n"))
                .unwrap();
        }
        writeln!(text, "{error}\n").unwrap();
    }
    text
}

#[test]
fn the_sound_document_is_sound() {
    assert_eq!(Model::from_toml(SOUND).map(|model| model.horizon()), Ok(10));
}

#[test]
fn every_broken_model_is_explained() {
    let all = [HEAD, HOLDERS, FLOWS, NUMBERS, OUTCOMES, VALUES, QUESTIONS, SEVERAL].concat();
    assert!(all.len() >= 100, "{}", all.len());
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(explained(&all)) });
}

#[test]
fn a_document_that_says_nothing_of_a_model_is_explained() {
    assert_eq!(Model::from_toml("").unwrap_err().to_string(), "document: the document is empty");
    assert_eq!(
        Model::from_json("[1]").unwrap_err().to_string(),
        "document (line 1, column 1): expected a table, found a list"
    );
    assert_eq!(
        Model::from_bytes(b"name = \"\xF8\"").unwrap_err().to_string(),
        "document (line 1, column 9): byte 8 of the document (`0xf8`) is not UTF-8: save it as UTF-8"
    );
    assert_eq!(Model::from_json("{\"impact\": 1}").unwrap_err().total(), 6);
}

#[test]
fn problems_beyond_the_most_are_counted() {
    let outcomes: String = (0..150).map(|n| format!("[[outcomes]]\nid = \"o{n}\"\nholder = \"nobody\"\n")).collect();
    let error = Model::from_toml(&format!("{SOUND}{outcomes}")).unwrap_err();
    assert_eq!((error.problems().len(), error.total()), (200, 300));
}

/// What is done to a document at random.
#[derive(Debug, Clone)]
enum Damage {
    Delete,
    Become(u8),
    Garble(usize, char),
    Double,
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        Just(Damage::Delete),
        (0..7u8).prop_map(Damage::Become),
        (0..40usize, any::<char>()).prop_map(|(at, c)| Damage::Garble(at, c)),
        Just(Damage::Double),
    ]
}

/// The tree with its `target`-th value damaged, counted from the top.
fn damaged(value: &Value, target: &mut usize, damage: &Damage) -> Option<Value> {
    if *target == 0 {
        *target = usize::MAX;
        return match damage {
            Damage::Delete => None,
            Damage::Become(kind) => Some(other(*kind)),
            Damage::Garble(at, c) => Some(garbled(value, *at, *c)),
            Damage::Double => Some(Value::list([value.clone(), value.clone()])),
        };
    }
    *target = target.saturating_sub(1).min(usize::MAX - 1);
    Some(match value {
        Value::Table(table) => Value::Table(rebuilt(table.entries(), target, damage)),
        Value::List(list) => {
            Value::list(list.iter().filter_map(|node| damaged(&node.value, target, damage)).collect::<Vec<_>>())
        }
        other => other.clone(),
    })
}

fn rebuilt(entries: &[Entry], target: &mut usize, damage: &Damage) -> Table {
    let mut table = Table::default();
    for entry in entries {
        if let Some(value) = damaged(&entry.node.value, target, damage) {
            table.insert(&entry.key, value).unwrap();
        }
    }
    table
}

fn other(kind: u8) -> Value {
    match kind {
        0 => Value::from(-1),
        1 => Value::from(0),
        2 => Value::from("7900000000000000000000000000".parse::<rust_decimal::Decimal>().unwrap()),
        3 => Value::text("society"),
        4 => Value::from(false),
        5 => Value::list(Vec::<Value>::new()),
        _ => Value::Table(Table::default()),
    }
}

fn garbled(value: &Value, at: usize, c: char) -> Value {
    match value {
        Value::Text(text) => {
            let mut letters: Vec<char> = text.chars().collect();
            letters.insert(at.min(letters.len()), c);
            Value::Text(letters.into_iter().collect())
        }
        Value::Number(number) => Value::text(format!("{c}{}", number.text())),
        _ => Value::text(c.to_string()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_to_a_document_makes_the_reader_panic(
        document in prop_oneof![Just(SOUND), Just(include_str!("../fixtures/models/shape.toml"))],
        hits in prop::collection::vec((0..230usize, damage()), 1..4),
    ) {
        let mut value = Node::from_toml(document).unwrap().value;
        for (target, damage) in hits {
            value = damaged(&value, &mut (target + 1), &damage).unwrap_or(value);
        }
        let node = Node::new(impact_core::address::Address::root(), value);
        if let Ok(model) = Model::from_node(node) {
            prop_assert_eq!(&Model::from_json(&model.to_json()), &Ok(model));
        }
    }

    #[test]
    fn no_change_of_a_text_makes_the_reader_panic(at in 0..4000usize, length in 0..12usize, put in ".{0,3}") {
        let text = include_str!("../fixtures/models/shape.toml");
        let letters: Vec<char> = text.chars().collect();
        let start = at.min(letters.len());
        let end = (start + length).min(letters.len());
        let changed: String = letters[..start].iter().copied().chain(put.chars()).chain(letters[end..].iter().copied()).collect();
        if let Err(error) = Model::from_toml(&changed) {
            prop_assert!(!error.problems().is_empty());
        }
    }
}
