//! Observations that cannot be meant: every problem at once, at its row and column, without a word of what stands there.

use impact_core::Contract;
use impact_core::contract::{Cell, Observations, Row};

const TERMS: &str = r#"
    impact = 1
    name = "Into work"
    currency = "NOK"
    holders = [{ id = "town", kind = "public", level = "municipality" }, { id = "provider", kind = "enterprise" }]
    [contract]
    payee = "provider"
    payers = [{ holder = "town" }]
    metrics = [
        { id = "started", kind = "claims" }, { id = "days", kind = "count", unit = "day" }, { id = "kept", kind = "share" },
    ]
    payments = [
        { id = "started", of = "started", schedule = { per_unit = 1_000 } },
        { id = "days", of = "days", schedule = { per_unit = 10 } },
        { id = "kept", of = "kept", schedule = { steps = [{ at = 0.5, amount = 5_000 }] } },
    ]
"#;

/// A pseudonym that no message may show, in the forms that readers take for numbers, dates, keys and ids.
const SECRETS: [&str; 6] =
    ["kari-nordmann", "01019012345678901234567890123456789", "06 37", "2024-02-30", "0637", "1,234"];

fn contract() -> Contract {
    Contract::from_toml(TERMS).unwrap()
}

fn csv(text: &str) -> Result<Observations, String> {
    Observations::from_csv(&contract(), text).map_err(|error| error.to_string())
}

fn refused(text: &str) -> String {
    csv(text).unwrap_err()
}

#[test]
fn a_number_that_is_not_kept_exactly_is_refused_and_never_rounded() {
    let with = |count: &str| csv(&format!("metric,date,count\ndays,2024-03-31,{count}\n"));
    let long = "1.00000000000000000000000000001";
    assert_eq!(
        with(long).unwrap_err(),
        "observations.1.count (line 2, column 3): `count` has more digits than a number keeps exactly: at most 28"
    );
    for slip in ["1_000", "1 000", "0x10", "nan", "\"1,000\"", "1e"] {
        let told = with(slip).unwrap_err();
        let wanted = "observations.1.count (line 2, column 3): `count` is no number: write it as 1234.5";
        assert!(told.starts_with(wanted) && !told.contains(slip), "{told}");
    }
    assert_eq!(with("1e3"), with("1000.0"));
}

#[test]
fn a_point_that_may_part_thousands_is_refused_where_nothing_says_what_it_is() {
    let told = |place: &str| {
        format!(
            "observations.1.count{place}: the point in `count` may be a decimal point or part thousands: write 1850 for thousands, 1.8500 for a decimal number"
        )
    };
    let semicolons = |count: &str| csv(&format!("metric;date;count\ndays;2024-03-31;{count}\n"));
    for count in ["1.850", "-1.850", " 12.375 ", "\"1.850\""] {
        assert_eq!(semicolons(count).unwrap_err(), told(" (line 2, column 3)"), "{count}");
    }
    for (sure, as_well) in [("1850", "1850.0"), ("1.8500", "1.85"), ("0.850", "0.85"), ("1850.125", "1850.1250")] {
        assert_eq!(semicolons(sure), semicolons(as_well));
        assert!(semicolons(sure).is_ok(), "{sure}");
    }
    // Commas that part the cells are no decimal marks, so that a point is one.
    assert_eq!(csv("metric,date,count\ndays,2024-03-31,1.850\n"), semicolons("1.85"));

    let cells = Observations::from_cells(&contract(), ["metric", "date", "count"], [["days", "2024-03-31", "1.850"]]);
    assert_eq!(cells.unwrap_err().to_string(), told(""));
    let toml = "[[observations]]\nmetric = 'days'\ndate = 2024-03-31\ncount = '1.850'";
    assert_eq!(Observations::from_toml(&contract(), toml).unwrap_err().to_string(), told(" (line 4, column 9)"));
    assert!(Observations::from_toml(&contract(), &toml.replace("'1.850'", "1.850")).is_ok());
}

#[test]
fn a_document_that_is_something_else_is_told_in_one_line() {
    let told = |text: &str| Observations::from_toml(&contract(), text).unwrap_err().to_string();
    assert_eq!(
        told("impact = 1\nname = 'x'\nprice_year = 2024\n[[outcomes]]\nid = 'secret'"),
        "document (line 1, column 1): this is a model, where observations are expected: they have `observations`, a list of rows"
    );
    assert!(told(TERMS).contains("this is a contract by itself, where observations are expected"));
    let rows = "[[observations]]\nmetric = 'days'";
    for (told, expected) in [
        (Contract::from_toml(rows).unwrap_err().to_string(), "a contract"),
        (impact_core::Model::from_toml(rows).unwrap_err().to_string(), "a model"),
        (impact_core::reference::Catalogue::from_toml(rows).unwrap_err().to_string(), "a catalogue of unit costs"),
    ] {
        assert!(told.contains(&format!("these are observations, where {expected} is expected: it has ")), "{told}");
        assert_eq!(told.lines().count(), 1, "{told}");
    }
}

#[test]
fn every_problem_of_a_row_is_told_at_once() {
    assert_eq!(
        refused("metric,date,count,of,person\nkpt,31.03.2024,many,,kari\nkept,2024-03-31,-1,2.5,kari\n"),
        "observations.1.metric (line 2, column 1): the contract has no such metric: did you mean `kept`?\n\
         observations.1.date (line 2, column 2): `date` is no date: write it as 2024-03-31, and not with the day first\n\
         observations.1.count (line 2, column 3): `count` is no number: write it as 1234.5\n\
         observations.2.count (line 3, column 3): count `-1` is not zero or more\n\
         observations.2.of (line 3, column 4): of `2.5` is not a whole number of people\n\
         observations.2.person (line 3, column 5): `person` has no meaning here: this metric counts results of cohorts, not claims of people"
    );
}

#[test]
fn a_column_that_no_row_has_is_missed_once() {
    let rows = "days,5\n".repeat(1_000);
    assert_eq!(
        refused(&format!("metric,count\n{rows}")),
        "observations (line 1, column 1): there is no column `date`: payments are due and limited by it"
    );
    let cells = ["days"; 1_000].map(|metric| [metric, "2024-03-31"]);
    assert_eq!(
        Observations::from_cells(&contract(), ["metric", "date"], cells).unwrap_err().to_string(),
        "observations: there is no column `count`: it says how much was observed"
    );
    let rows = "[[observations]]\ndate = 2024-03-31\n".repeat(3);
    assert_eq!(
        Observations::from_toml(&contract(), &rows).unwrap_err().to_string(),
        "observations: there is no column `metric`: it says what was observed"
    );
    let rows = "{ metric = 'days', date = 2024-03-31, count = 1 }, { metric = 'days', date = 2024-04-30 }";
    assert_eq!(
        Observations::from_toml(&contract(), &format!("observations = [{rows}]")).unwrap_err().to_string(),
        "observations.2.count (line 1, column 68): `count` is missing: it says how much was observed"
    );
}

#[test]
fn a_row_is_found_in_a_spreadsheet_by_its_line_and_column() {
    let text = "\n\nmetric;date;count;cohort\ndays;2024-03-31;1;a\n\n;;;\ndays;2024-03-31;-1;\"b;c\"\n";
    assert_eq!(refused(text), "observations.4.count (line 7, column 3): count `-1` is not zero or more");
    let rows =
        [Row { metric: "days".into(), count: Some((-1).into()), date: "2024-03-31".parse().ok(), ..Row::default() }];
    let json = r#"{"observations":[{"metric":"days","date":"2024-03-31","count":-1}]}"#;
    for message in [
        Observations::of(&contract(), rows).unwrap_err().to_string(),
        Observations::from_cells(&contract(), ["metric", "date", "count"], [["days", "2024-03-31", "-1"]])
            .unwrap_err()
            .to_string(),
        Observations::from_json(&contract(), json).unwrap_err().to_string().replace(" (line 1, column 63)", ""),
    ] {
        assert_eq!(message, "observations.1.count: count `-1` is not zero or more");
    }
}

#[test]
fn a_text_ends_on_its_line_so_that_one_stray_mark_spoils_one_row() {
    assert_eq!(
        refused("metric,date,count\ndays,\"2024-03-31,1\ndays,2024-03-31,-1\n"),
        "observations.1 (line 2, column 2): a quotation mark opens here and is not closed on the line\n\
         observations.2.count (line 3, column 3): count `-1` is not zero or more"
    );
    assert_eq!(csv("metric,date,count\rdays,2024-03-31,1\r"), csv("metric,date,count\r\ndays,2024-03-31,1"));
}

#[test]
fn numbers_written_as_texts_are_read_in_every_form() {
    let contract = contract();
    let json = r#"{"observations":[{"metric":"days","date":"2024-03-31","count":"1234.50"}]}"#;
    let toml = "[[observations]]\nmetric = 'days'\ndate = 2024-03-31\ncount = 1_234.5";
    let read = Observations::from_json(&contract, json).unwrap();
    assert_eq!(read, Observations::from_toml(&contract, toml).unwrap());
    assert_eq!(read, csv("metric,date,count\ndays,2024-03-31,1234.5\n").unwrap());
    assert_eq!(
        Observations::from_json(&contract, &json.replace("1234.50", "1 234")).unwrap_err().to_string(),
        "observations.1.count (line 1, column 63): `count` is no number: write it as 1234.5, with nothing between its thousands"
    );
}

#[test]
fn the_same_row_twice_names_the_earlier_one() {
    assert_eq!(
        refused("metric,date,person\nstarted,2024-03-31,kari\nstarted,2024-03-31, kari \n"),
        "observations.2.metric (line 3, column 1): the same observation stands at `observations.1`: \
         same metric, cohort, group, person and day (2024-03-31)"
    );
}

#[test]
fn a_cell_of_no_kind_that_columns_hold_is_refused() {
    let cells = [
        [Cell::Text("days"), Cell::Other, Cell::Other],
        [Cell::Number(7.into()), Cell::Number(7.into()), Cell::Text("1")],
    ];
    assert_eq!(
        Observations::from_cells(&contract(), ["metric", "date", "count"], cells).unwrap_err().to_string(),
        "observations.1.date: `date` is no date: write it as 2024-03-31\n\
         observations.1.count: `count` is no number: write it as 1234.5\n\
         observations.2.metric: `metric` is no text: write it in quotation marks\n\
         observations.2.date: `date` is no date: write it as 2024-03-31"
    );
}

#[test]
fn no_message_about_a_table_shows_what_stands_in_it() {
    for secret in SECRETS {
        for column in ["metric", "date", "count", "of", "cohort", "group", "person", secret] {
            let quoted = format!("\"{secret}\"");
            for text in [
                format!("metric,date,{quoted}\ndays,2024-03-31,1\n"),
                format!("metric,date,count,of,group,{column}\ndays,2024-03-31,{quoted},{quoted},{quoted},{quoted}\n"),
                format!("metric,date,count,person\n{quoted},{quoted},{quoted},{quoted}\nkept,{quoted}\n"),
                format!("metric,date,count\n\"{secret},2024-03-31,1\n"),
            ] {
                let message = refused(&text);
                assert!(!message.contains(secret), "{message}");
            }
        }
    }
}

#[test]
fn no_message_about_a_document_shows_what_stands_in_it() {
    let contract = contract();
    let toml = |text: String| Observations::from_toml(&contract, &text).unwrap_err().to_string();
    let json = |text: String| Observations::from_json(&contract, &text).unwrap_err().to_string();
    for secret in SECRETS {
        let row = r#""metric":"started","person":"a""#;
        for message in [
            toml(format!("[[observations]]\nmetric = 'started'\ndate = '{secret}'")),
            toml(format!("[[observations]]\nmetric = 'started'\nperson = {secret}")),
            toml(format!("[[observations]]\nid = '{secret}'\ncount = nan\n[[observations]]\nid = '{secret}'")),
            toml(format!("'{secret}' = 1")),
            toml(format!("'{secret}' = 1\n'{secret}' = 2")),
            json(format!(r#"{{"observations":[{{{row},"date":"{secret}"}}]}}"#)),
            json(format!(r#"{{"observations":[{{{row},"{secret}":1}}]}}"#)),
            json(format!(r#"{{"observations":[{{{row},"{secret}":null}}]}}"#)),
            json(format!(r#"{{"observations":[{{{row},"count":"{secret}"}}]}}"#)),
            json(format!(r#"{{"observations":[{{{row},"count":{secret}}}]}}"#)),
            json(format!(r#"{{"observations":[{{"id":"{secret}"}},{{"id":"{secret}"}}]}}"#)),
            json(format!(r#"{{"observations":[{{"id":"{secret}","date":null}}]}}"#)),
            json(format!(r#"{{"{secret}":{{{row}}}}}"#)),
            json(format!(r#"{{"observations":[{{{row},"person":"{secret}","person":"{secret}"}}]}}"#)),
        ] {
            assert!(!message.contains(secret), "{message}");
        }
    }
}

#[test]
fn what_a_document_cannot_hold_is_said_of_its_row() {
    let contract = contract();
    let text = "[[observations]]\nmetric = 'days'\ndate = 2024-03-31\ncount = 1\n\
                [[observations]]\nmetric = 'days'\ndate = '30.04.2024'\ncount = nan\nof = [1]\n";
    assert_eq!(
        Observations::from_toml(&contract, text).unwrap_err().to_string(),
        "observations.2.date (line 7, column 8): `date` is no date: write it as 2024-03-31, and not with the day first\n\
         observations.2.count (line 8, column 9): `count` is no number: write it as 1234.5\n\
         observations.2.of (line 9, column 6): `of` is no number: write it as 1234.5"
    );
    assert_eq!(
        Observations::from_toml(&contract, "[[observations]]\nmetric = 'days'\ndate = 2024-03-31\ncount = 1,5")
            .unwrap_err()
            .to_string(),
        "document (line 4, column 10): a number here cannot be read: write it as 1234.5, with at most 28 digits"
    );
    assert_eq!(
        Observations::from_toml(&contract, "[[rows]]\nmetric = 'days'").unwrap_err().to_string(),
        "document (line 1, column 1): `observations` is missing\n\
         document (line 1, column 3): a key here is none that observations have: their rows stand under `observations`"
    );
}

#[test]
fn ten_million_rows_end_in_one_message_and_are_not_read_to_their_end() {
    let (mut read, date) = (0_u64, "2024-03-31".parse().ok());
    let rows = (0..10_000_000).map(|_| {
        read += 1;
        Row { metric: "days".into(), date, ..Row::default() }
    });
    let error = Observations::of(&contract(), rows).unwrap_err();
    assert_eq!((error.total(), error.problems().len()), (5_000_001, 200));
    assert_eq!(read, 5_000_001);
    assert!(error.to_string().starts_with("observations.1.count: `count` is missing"));
}

/// What the issue names, each in one row below the names of its columns, and the one message it ends in.
const BAD_ROWS: [(&str, &str, &str); 9] = [
    (
        "metric,date,count",
        "dys,2024-03-31,5",
        "observations.1.metric (line 2, column 1): the contract has no such metric: did you mean `days`?",
    ),
    (
        "metric,date,count",
        "days,2019-12-31,5",
        "observations.1.date (line 2, column 2): 2019-12-31 lies before the first day of the contract, 2020-01-01",
    ),
    (
        "metric,date,count,of",
        "kept,2024-03-31,6,5",
        "observations.1.count (line 2, column 3): `count` is larger than `of`: more people with the result than people",
    ),
    (
        "metric,date,count",
        "days,2024-03-31,-5",
        "observations.1.count (line 2, column 3): count `-5` is not zero or more",
    ),
    (
        "metric,date,count",
        "days,2024-03-31,5\ndays,2024-03-31,6",
        "observations.2.metric (line 3, column 1): the same observation stands at `observations.1`: same metric, cohort, group and day (2024-03-31)",
    ),
    (
        "metric,count",
        "days,5",
        "observations (line 1, column 1): there is no column `date`: payments are due and limited by it",
    ),
    (
        "metric,date,count,currency",
        "days,2024-03-31,5,EUR",
        "observations (line 1, column 4): column 4 names currencies: amounts are in the contract's, so convert them and leave it out",
    ),
    (
        "metric,date,count",
        "days,2024-03-31,5 EUR",
        "observations.1.count (line 2, column 3): `count` is no number: write it as 1234.5",
    ),
    (
        "metric,date,count",
        "days,2024-03-31",
        "observations.1 (line 2, column 1): the line has 2 cells, and there are 3 columns",
    ),
];

#[test]
fn each_bad_row_ends_in_one_message_and_nothing_is_settled() {
    let contract = Contract::from_toml(&TERMS.replace("[contract]", "[contract]\n    starts = 2020-01-01")).unwrap();
    for (columns, rows, message) in BAD_ROWS {
        let good = if columns == "metric,date,count" { "days,2024-01-31,1\n" } else { "" };
        let read = |text: String| Observations::from_csv(&contract, &text).map_err(|error| error.to_string());
        assert_eq!(read(format!("{columns}\n{rows}\n{good}")).unwrap_err(), message);
    }
}

#[test]
fn how_a_cell_is_written_is_said_and_never_what_it_holds() {
    let of = |date: &str, count: &str| refused(&format!("metric;date;count\ndays;{date};{count}\n"));
    let number =
        |hint: &str| format!("observations.1.count (line 2, column 3): `count` is no number: write it as 1234.5{hint}");
    for (count, hint) in [
        ("20,5", ", with a point where it has a comma"),
        ("1 000 000", ", with nothing between its thousands"),
        ("40 %", ", and a percentage as a share: 40 % is 0.4"),
        ("01019912345x", ""),
    ] {
        assert_eq!(of("2024-03-31", count), number(hint), "{count}");
    }
    let date =
        |hint: &str| format!("observations.1.date (line 2, column 2): `date` is no date: write it as 2024-03-31{hint}");
    for (written, hint) in
        [("31.12.2025", ", and not with the day first"), ("3/4/25", ", and not with the day first"), ("soon", "")]
    {
        assert_eq!(of(written, "1"), date(hint), "{written}");
    }
}

#[test]
fn a_date_with_the_day_first_is_told_so_in_a_document_too() {
    let contract = contract();
    for (written, stops) in [("31.12.2025", 13), ("01.12.2025", 8)] {
        let text = format!("[[observations]]\nmetric = 'days'\ndate = {written}\ncount = 1");
        let hint = "`date` is no date: write it as 2024-03-31, and not with the day first";
        assert_eq!(
            Observations::from_toml(&contract, &text).unwrap_err().to_string(),
            format!("document (line 3, column {stops}): {hint}")
        );
    }
}
