//! What varies together, as a document says it: read into types, and refused with all that is wrong and what to write instead.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot read its document has failed"
)]

use impact_core::Model;
use impact_core::analysis::BreakEvenQuestion;
use impact_core::model::{Correlation, Measure, Question, Sign, Tie};

/// Two outcomes with uncertain numbers, some of them shared, and one that is fixed.
const SOUND: &str = r#"impact = 1
name = "Tied"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2024
inflation = { uniform = [0.01, 0.03] }
holders = [ { id = "people", kind = "people" } ]
[assumptions]
cautious = { beta = { mean = 0.3, sd = 0.1 } }
fixed = 0.2
[[outcomes]]
id = "work"
holder = "people"
quantity = { pert = [6, 12, 20] }
deadweight = { use = "cautious" }
attribution = { others = { uniform = [0.1, 0.3] } }
[[outcomes]]
id = "health"
holder = "people"
quantity = { pert = [5, 10, 30] }
deadweight = { use = "cautious" }
displacement = 0.05
"#;

fn model(text: &str) -> Model {
    Model::from_toml(text).unwrap_or_else(|error| panic!("{error}"))
}

fn with(correlations: &str) -> String {
    format!("{SOUND}{correlations}\n")
}

fn read(correlations: &str) -> Vec<Correlation> {
    model(&with(correlations)).correlations().to_vec()
}

/// What is said of the document, with the lines counted from the first of the correlations.
fn said(correlations: &str) -> String {
    let error = Model::from_toml(&with(correlations)).expect_err(correlations);
    let above = SOUND.lines().count() as u32;
    let line = |problem: &impact_core::error::Problem| {
        let span = problem.place.span.unwrap();
        format!("{} {}:{}: {}", problem.place.address, span.line - above, span.column, problem.fault)
    };
    error.problems().iter().map(line).collect::<Vec<_>>().join("\n")
}

fn addresses(correlation: &Correlation) -> Vec<&str> {
    correlation.members.iter().map(|member| member.as_str()).collect()
}

#[test]
fn one_rank_is_of_every_pair() {
    let read = read(
        r#"[[correlations]]
id = "survey"
between = ["outcomes.work.quantity", "inflation", "outcomes.health.quantity"]
rank = 0.35
source = { title = "the survey", section = "table 4" }
illustrative = true
note = "of 2023""#,
    );
    let survey = &read[0];
    assert_eq!((survey.id.as_str(), survey.address.as_str()), ("survey", "correlations.survey"));
    assert_eq!(addresses(survey), ["outcomes.work.quantity", "inflation", "outcomes.health.quantity"]);
    let Tie::Ranks(ranks) = &survey.tie else { panic!("{survey:?}") };
    for (first, second) in [(0, 1), (2, 0), (1, 2)] {
        assert_eq!(ranks.between(first, second).to_string(), "0.35");
    }
    assert_eq!(survey.source.as_ref().map(|source| source.title.as_str()), Some("the survey"));
    assert_eq!((survey.illustrative, survey.note.as_deref()), (true, Some("of 2023")));
}

#[test]
fn a_matrix_has_a_rank_for_each_pair() {
    let read = read(
        r#"[[correlations]]
id = "survey"
between = ["outcomes.work.quantity", "inflation", "outcomes.health.quantity"]
matrix = [[1, 0.1, -0.2], [0.10, 1.0, 1], [-0.2, 1, 1]]"#,
    );
    let Tie::Ranks(ranks) = &read[0].tie else { panic!("{read:?}") };
    let pairs = [(0, 1), (0, 2), (1, 2)].map(|(first, second)| ranks.between(first, second).normalize().to_string());
    assert_eq!(pairs, ["0.1", "-0.2", "1"]);
}

#[test]
fn a_use_of_a_shared_number_is_that_number() {
    let read = read(
        r#"[[correlations]]
id = "trial"
between = ["outcomes.health.deadweight", "outcomes.work.quantity"]
rank = 0.5"#,
    );
    assert_eq!(addresses(&read[0]), ["assumptions.cautious", "outcomes.work.quantity"]);
}

#[test]
fn a_block_has_a_sign_for_each_number_whatever_the_order_of_its_keys() {
    let block = |members: &str| read(&format!("[[correlations]]\nid = \"trial\"\ntogether = {{ {members} }}"));
    let one = block(r#""outcomes.work.quantity" = 1, "inflation" = -1.0, "outcomes.health.deadweight" = 1"#);
    assert_eq!(addresses(&one[0]), ["assumptions.cautious", "inflation", "outcomes.work.quantity"]);
    assert_eq!(one[0].tie, Tie::Together(vec![Sign::With, Sign::Against, Sign::With]));
    let other = block(r#"inflation = -1, "outcomes.health.deadweight" = 1, "outcomes.work.quantity" = 1"#);
    assert_eq!((&other[0].members, &other[0].tie), (&one[0].members, &one[0].tie));
}

#[test]
fn correlations_survive_both_forms_and_count_in_the_hash() {
    let text = with(
        r#"[[correlations]]
id = "trial"
together = { "outcomes.work.quantity" = 1, "inflation" = -1 }
[[correlations]]
id = "survey"
between = ["outcomes.health.deadweight", "outcomes.health.quantity"]
matrix = [[1, 0.50], [0.5, 1]]"#,
    );
    let first = model(&text);
    for again in [Model::from_toml(&first.to_toml()), Model::from_json(&first.to_json())] {
        let again = again.unwrap();
        assert_eq!((again.hash(), again.correlations()), (first.hash(), first.correlations()));
    }
    assert_ne!(first.hash(), model(&text.replace("0.50], [0.5,", "0.4], [0.4,")).hash());
    assert_ne!(first.hash(), model(SOUND).hash());
    assert!(model(SOUND).correlations().is_empty());
}

#[test]
fn ranks_are_overridden_at_their_addresses_and_are_no_numbers_of_the_model() {
    let model = model(&with(
        "[[correlations]]\nid = \"s\"\nbetween = [\"inflation\", \"outcomes.work.quantity\"]\nrank = 0.35",
    ));
    let stronger = model.with("correlations.s.rank", 1).unwrap();
    let Tie::Ranks(ranks) = &stronger.correlations()[0].tie else { panic!("{stronger:?}") };
    assert_eq!(ranks.between(1, 0).to_string(), "1");
    assert!(model.number_at("correlations.s.rank").is_err());
    assert_eq!(
        model.with("correlations.s.rank", 2).unwrap_err().to_string(),
        "correlations.s.rank: rank correlation `2` is not between -1 and 1"
    );
    assert_eq!(model.assumptions().len(), self::model(SOUND).assumptions().len());
}

#[test]
fn an_uncertain_number_that_is_overridden_by_a_fixed_one_leaves_the_model_whole() {
    let model = model(&with(
        "[[correlations]]\nid = \"s\"\nbetween = [\"inflation\", \"outcomes.work.deadweight\"]\nrank = 0.35",
    ));
    for address in ["inflation", "outcomes.work.deadweight", "assumptions.cautious"] {
        let fixed = model.with(address, 0).unwrap();
        assert_eq!(fixed.correlations()[0].members.len(), 2, "{address}");
        assert_eq!(Model::from_toml(&fixed.to_toml()).unwrap(), fixed);
    }
}

#[test]
fn what_is_tied_can_be_solved_for() {
    let value = "values = [ { id = \"wage\", value = 10, unit = \"person-year\", kind = \"economic\" } ]\n";
    let address = "outcomes.health.quantity";
    let asked = BreakEvenQuestion::new(address.parse().unwrap(), Question::new(Measure::PresentValueOutcomes))
        .with_target(66.into());
    let free = model(&with(value)).break_even(&asked).unwrap();
    let tie = format!("{value}[[correlations]]\nid = \"s\"\ntogether = {{ inflation = 1, \"{address}\" = 1 }}");
    let tied = model(&with(&tie)).break_even(&asked).unwrap();
    // Ten each, for those who would not have been as well anyway.
    assert_eq!((tied.crossings.len(), &tied.crossings), (1, &free.crossings));
}

/// What stands under `[[correlations]]`, and what is said of it.
const REFUSED: &[(&str, &str)] = &[
    ("", "correlations.0 1:1: `id` is missing\ncorrelations.0 1:1: `between` or `together` is missing"),
    (
        "id = \"One\"\nbetwen = [\"inflation\"]",
        "correlations.\"One\" 1:1: `between` or `together` is missing\n\
         correlations.\"One\".id 2:6: id `One` is not made of a-z, 0-9 and `-`\n\
         correlations.\"One\" 3:1: unknown key `betwen`: did you mean `between`?",
    ),
    (
        "id = \"s\"\nbetween = [\"inflation\", \"outcomes.work.quantiti\"]\nrank = 1.2",
        "correlations.s.between.1 3:25: `outcomes.work.quantiti` is no number of this model: did you mean `outcomes.work.quantity`?\n\
         correlations.s.rank 4:8: rank correlation `1.2` is not between -1 and 1",
    ),
    (
        "id = \"s\"\nbetween = [\"outcomes.work\", \"outcomes work\", 7]\nrank = \"0,5\"",
        "correlations.s.between.0 3:12: `outcomes.work` is no number of this model\n\
         correlations.s.between.1 3:29: `outcomes work` is not an address: segments of a-z, 0-9, `-` and `_`, joined by dots\n\
         correlations.s.between.2 3:46: expected a text, found a number\n\
         correlations.s.rank 4:8: `0,5` is written with a decimal comma: write 0.5",
    ),
    (
        "id = \"s\"\nbetween = [\"inflation\"]\nrank = 0.5",
        "correlations.s.between 3:11: one number is named: a correlation is between two or more",
    ),
    (
        "id = \"s\"\nbetween = [\"inflation\", \"outcomes.work.quantity\"]",
        "correlations.s 1:1: `rank` or `matrix` is missing",
    ),
    (
        "id = \"s\"\nbetween = [\"inflation\", \"outcomes.work.quantity\"]\nrank = 0.5\nmatrix = [[1, 0.5], [0.5, 1]]",
        "correlations.s.matrix 5:10: `rank` and `matrix` are both given: write one of them",
    ),
    (
        "id = \"s\"\nbetween = [\"inflation\", \"outcomes.work.quantity\"]\ntogether = { inflation = 1, \"outcomes.work.quantity\" = 1 }",
        "correlations.s.together 4:12: `between` and `together` are both given: write one of them",
    ),
    (
        "id = \"s\"\nbetween = [\"inflation\", \"outcomes.work.quantity\", \"inflation\"]\nrank = 0.5",
        "correlations.s.between.2 3:51: `inflation` is named already: name each number once",
    ),
    (
        "id = \"s\"\nbetween = [\"outcomes.work.deadweight\", \"outcomes.health.deadweight\", \"assumptions.cautious\"]\nrank = 0.5",
        "correlations.s.between.1 3:40: `outcomes.health.deadweight` is named already by `outcomes.work.deadweight`, which uses \
         `assumptions.cautious` too: name each number once\n\
         correlations.s.between.2 3:70: `assumptions.cautious` is named already by `outcomes.work.deadweight`, which uses it: \
         name each number once",
    ),
    (
        "id = \"s\"\nbetween = [\"assumptions.cautious\", \"outcomes.work.deadweight\"]\nrank = 0.5",
        "correlations.s.between.1 3:36: `outcomes.work.deadweight` is named already as `assumptions.cautious`, which it uses: name \
         each number once",
    ),
    (
        "id = \"s\"\nbetween = [\"inflation\", \"outcomes.work.quantity\"]\nmatrix = [[0.9, 0.5], [0.4, 1.5]]",
        "correlations.s.matrix.0.0 4:12: `0.9` stands on the diagonal: a number has rank correlation 1 with itself\n\
         correlations.s.matrix.1.0 4:24: `0.4` here and `0.5` at row 1, column 2: a pair has one rank correlation, so write it in \
         both places\n\
         correlations.s.matrix.1.1 4:29: rank correlation `1.5` is not between -1 and 1",
    ),
    (
        "id = \"s\"\nbetween = [\"inflation\", \"outcomes.work.quantity\"]\nmatrix = [[1, 0.5]]",
        "correlations.s.matrix 4:10: 1 row for 2 numbers: a matrix has a row for each of `between`, and in each row a rank \
         correlation for each",
    ),
    (
        "id = \"s\"\nbetween = [\"inflation\", \"outcomes.work.quantity\"]\nmatrix = [[1, 0.5, 2], 0.5]",
        "correlations.s.matrix.0 4:11: 3 rank correlations in row 1 for 2 numbers: a matrix has a row for each of `between`, and \
         in each row a rank correlation for each\n\
         correlations.s.matrix.0.2 4:20: rank correlation `2` is not between -1 and 1\n\
         correlations.s.matrix.1 4:24: expected a list, found a number",
    ),
    (
        "id = \"s\"\ntogether = { inflation = 0.5, \"outcomes.work.quantity\" = 2 }\nrank = 0.3",
        "correlations.s.together.inflation 3:26: `0.5` is not 1 (moves with the others) or -1 (moves against them); for less than \
         that, use `between` and `rank`\n\
         correlations.s.together.\"outcomes.work.quantity\" 3:58: `2` is not 1 (moves with the others) or -1 (moves against \
         them); for less than that, use `between` and `rank`\n\
         correlations.s.rank 4:8: `rank` has no meaning here: numbers that move `together` do so wholly; a weaker tie is \
         written with `between`",
    ),
    (
        "id = \"s\"\ntogether = { inflation = 1, outcomes.work.quantity = 1 }",
        "correlations.s.together.outcomes 3:29: an address has dots, so it is written in quotes here: \
         `\"outcomes.work.quantity\" = 1`",
    ),
    (
        "id = \"s\"\ntogether = { inflation = 1 }",
        "correlations.s.together 3:12: one number is named: a correlation is between two or more",
    ),
    (
        "id = \"s\"\ntogether = {}",
        "correlations.s.together 3:12: no number is named: a correlation is between two or more",
    ),
    (
        "id = \"s\"\ntogether = { \"outcomes.work.deadweight\" = 1, \"assumptions.cautious\" = 1, \"In Work\" = 1 }",
        "correlations.s.together.\"outcomes.work.deadweight\" 3:43: `outcomes.work.deadweight` is named already as \
         `assumptions.cautious`, which it uses: name each number once\n\
         correlations.s.together.\"In Work\" 3:86: `In Work` is not an address: segments of a-z, 0-9, `-` and `_`, joined by dots",
    ),
    (
        "id = \"a\"\nbetween = [\"inflation\", \"outcomes.work.deadweight\"]\nrank = 0.5\n[[correlations]]\nid = \"b\"\n\
         together = { \"outcomes.health.deadweight\" = 1, \"inflation\" = 1 }",
        "correlations.b.together.\"outcomes.health.deadweight\" 7:45: `assumptions.cautious`, which `outcomes.health.deadweight` \
         uses, is in the correlation `a` already: write one correlation between all that vary together, with a `matrix`\n\
         correlations.b.together.inflation 7:62: `inflation` is in the correlation `a` already: write one correlation between all \
         that vary together, with a `matrix`",
    ),
    (
        "id = \"a\"\nbetween = [\"inflation\", \"outcomes.work.quantity\"]\nrank = 0.5\n[[correlations]]\nid = \"a\"\nbetween = 3",
        "correlations.a 5:1: id `a` is used twice in `correlations`\n\
         correlations.a 5:1: `rank` or `matrix` is missing\n\
         correlations.a.between 7:11: expected a list, found a number",
    ),
];

#[test]
fn what_cannot_be_meant_is_refused_with_what_to_write() {
    let wrong: Vec<String> = REFUSED
        .iter()
        .map(|(correlation, expected)| (said(&format!("[[correlations]]\n{correlation}")), expected))
        .filter(|(found, expected)| found != *expected)
        .map(|(found, expected)| format!("said:\n{found}\nnot:\n{expected}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn more_numbers_than_ranks_tie_are_refused_and_a_block_takes_them() {
    let ids: Vec<String> = (0..101).map(|position| format!("n{position}")).collect();
    let declared: String = ids.iter().map(|id| format!("{id} = {{ uniform = [0, 1] }}\n")).collect();
    let text = |tie: &str| {
        SOUND.replace("[assumptions]\n", &format!("[assumptions]\n{declared}")) + "[[correlations]]\nid = \"s\"\n" + tie
    };
    let between: Vec<String> = ids.iter().map(|id| format!("\"assumptions.{id}\"")).collect();
    let said =
        Model::from_toml(&text(&format!("between = [{}]\nrank = 0.1", between.join(", ")))).unwrap_err().to_string();
    assert!(said.ends_with("101 numbers are named: rank correlations tie at most 100, so split them"), "{said}");
    let signs: Vec<String> = ids.iter().map(|id| format!("\"assumptions.{id}\" = 1")).collect();
    assert_eq!(model(&text(&format!("together = {{ {} }}", signs.join(", ")))).correlations()[0].members.len(), 101);
}

#[test]
fn a_number_lost_to_another_problem_is_no_second() {
    let text = with("[[correlations]]\nid = \"s\"\nbetween = [\"inflation\", \"outcomes.work.quantity\"]\nrank = 0.5");
    let error = Model::from_toml(&text.replace("{ pert = [6, 12, 20] }", "\"many\"")).unwrap_err();
    assert_eq!(error.problems().len(), 1, "{error}");
}

#[test]
fn in_json_it_is_the_same() {
    let json = model(SOUND).to_json();
    let json = json.trim_end().strip_suffix('}').unwrap().to_owned()
        + r#", "correlations": [{"id": "s", "together": {"inflation": 1, "outcomes.work.quantity": -1}}]}"#;
    let read = Model::from_json(&json).unwrap();
    assert_eq!(read.correlations()[0].tie, Tie::Together(vec![Sign::With, Sign::Against]));
    let nested = json.replace("\"outcomes.work.quantity\": -1", "\"outcomes\": {\"work\": {\"quantity\": -1}}");
    let said = Model::from_json(&nested).unwrap_err().to_string();
    assert!(
        said.ends_with("an address has dots, so it is written in quotes here: `\"outcomes.work.quantity\" = 1`"),
        "{said}"
    );
}

#[test]
fn the_manual_writes_correlations_as_they_are_read() {
    let manual = include_str!("../docs/correlations.md");
    let blocks: Vec<&str> = manual.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(blocks.len(), 3);
    for block in blocks {
        let text =
            SOUND.replace("id = \"work\"", "id = \"into-work\"").replace("id = \"health\"", "id = \"healthier\"")
                + "[[outcomes.values]]\nid = \"wage\"\nvalue = 1\nunit = \"person-year\"\nkind = \"economic\"\n\
               [[costs]]\nid = \"team\"\npayer = \"people\"\nper_year = 1\nyears = [2024, 2024]\n";
        let text = text + &block.replace("outcomes.into-work.values", "outcomes.healthier.values");
        assert_eq!(model(&text).correlations().len(), 1, "{block}");
    }
}
