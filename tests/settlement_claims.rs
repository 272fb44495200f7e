//! Claims of single people: repeats, ladders, limits for a person, and what a message never says.

use impact_core::Contract;
use impact_core::contract::{Observations, Row, Statement, WhyUnpaid};

/// A price list with a ladder: 13 weeks in work, then 26; assessments up to three times, 90 days apart.
const LADDER: &str = r#"
impact = 1
name = "Work kept"
currency = "GBP"
holders = [
    { id = "buyer", kind = "public", level = "state" },
    { id = "fund", kind = "public", level = "state" },
    { id = "town", kind = "public", level = "municipality" },
    { id = "provider", kind = "enterprise" },
]

[contract]
payee = "provider"
payers = [{ holder = "buyer" }]
at_most = { person = 5_000 }
metrics = [
    { id = "assessed", kind = "claims" },
    { id = "weeks-13", kind = "claims" },
    { id = "weeks-26", kind = "claims" },
]

[[contract.payments]]
id = "assessment"
of = "assessed"
schedule = { per_unit = 500 }
repeats = { at_most = 3, spacing = 90 }

[[contract.payments]]
id = "quarter"
of = "weeks-13"
schedule = { per_unit = 3_000 }
uplift = { far-from-work = 1.5 }

[[contract.payments]]
id = "half-year"
of = "weeks-26"
schedule = { per_unit = 2_000 }
requires = [{ before = "quarter" }]
due_after = 30
"#;

fn claim(metric: &str, person: &str, day: &str) -> Row {
    Row { metric: metric.to_owned(), person: Some(person.to_owned()), date: day.parse().ok(), ..Row::default() }
}

fn settled(terms: &str, rows: &[Row]) -> Statement {
    let contract = Contract::from_toml(terms).unwrap_or_else(|error| panic!("{error}"));
    let observed = Observations::of(&contract, rows.iter().cloned()).unwrap_or_else(|error| panic!("{error}"));
    contract.settle(&observed).unwrap()
}

fn amounts(statement: &Statement) -> Vec<String> {
    statement.lines().iter().map(|line| line.amount.normalize().to_string()).collect()
}

fn unpaid(statement: &Statement) -> Vec<(usize, WhyUnpaid, usize)> {
    statement.unpaid().iter().map(|unpaid| (unpaid.payment, unpaid.why, unpaid.claims)).collect()
}

#[test]
fn a_person_is_paid_for_as_often_and_as_far_apart_as_the_terms_say() {
    let days = ["2024-01-10", "2024-02-10", "2024-04-09", "2024-09-01", "2024-12-31"];
    let rows: Vec<Row> = days.iter().map(|day| claim("assessed", "a1", day)).collect();
    let statement = settled(LADDER, &rows);
    // 10 January, 9 April (90 days later), 1 September; 10 February is too soon, 31 December the fourth.
    assert_eq!(amounts(&statement), ["500", "500", "500"]);
    assert_eq!(unpaid(&statement), [(0, WhyUnpaid::Repeated, 1), (0, WhyUnpaid::TooSoon, 1)]);
}

#[test]
fn a_rung_needs_the_one_before_it() {
    let rows = [
        claim("weeks-13", "a1", "2024-03-31"),
        claim("weeks-26", "a1", "2024-06-30"),
        claim("weeks-26", "b2", "2024-06-30"),
    ];
    let statement = settled(LADDER, &rows);
    assert_eq!(amounts(&statement), ["3000", "2000"]);
    assert_eq!(unpaid(&statement), [(2, WhyUnpaid::NothingBefore, 1)]);
    assert_eq!(statement.lines()[1].due.to_string(), "2024-07-30");
}

#[test]
fn what_comes_before_has_an_earlier_day() {
    let on = |day: &str| settled(LADDER, &[claim("weeks-13", "a1", "2024-03-31"), claim("weeks-26", "a1", day)]);
    assert_eq!(amounts(&on("2024-04-01")), ["3000", "2000"]);
    let same_day = on("2024-03-31");
    assert_eq!(amounts(&same_day), ["3000"]);
    assert_eq!(unpaid(&same_day), [(2, WhyUnpaid::NothingBefore, 1)]);
}

#[test]
fn a_rung_may_ask_for_days_since_the_one_before_or_for_none() {
    let spaced = |spacing: u32, day: &str| {
        let terms = LADDER.replace("before = \"quarter\"", &format!("before = \"quarter\", spacing = {spacing}"));
        amounts(&settled(&terms, &[claim("weeks-13", "a1", "2024-03-31"), claim("weeks-26", "a1", day)])).len()
    };
    // 91 days from 31 March is 30 June.
    assert_eq!((spaced(91, "2024-06-29"), spaced(91, "2024-06-30")), (1, 2));
    assert_eq!((spaced(0, "2024-03-31"), spaced(0, "2024-03-30")), (2, 1));
}

#[test]
fn what_was_achieved_before_counts_though_a_limit_left_no_money_for_it() {
    // The first rung is paid nothing; its result is there all the same, and the second is paid for.
    let terms = LADDER.replace("uplift = { far-from-work = 1.5 }", "at_most = 0");
    let rows = [claim("weeks-13", "a1", "2024-03-31"), claim("weeks-26", "a1", "2024-06-30")];
    assert_eq!(amounts(&settled(&terms, &rows)), ["0", "2000"]);
}

#[test]
fn the_limit_for_a_person_spans_payments_and_names_itself() {
    let far = |row: Row| Row { group: Some("far-from-work".to_owned()), ..row };
    let rows = [far(claim("weeks-13", "a1", "2024-03-31")), claim("weeks-26", "a1", "2024-06-30")];
    let statement = settled(LADDER, &rows);
    // 3,000 · 1.5 = 4,500; of 2,000 more only 500 are left of 5,000.
    assert_eq!(amounts(&statement), ["4500", "500"]);
    assert_eq!(statement.lines()[1].by_schedule.to_string(), "2000");
    assert_eq!(statement.lines()[1].bound_by[0].as_str(), "contract.at_most.person");
}

#[test]
fn people_of_one_day_are_one_line() {
    let rows: Vec<Row> = (0..7).map(|person| claim("weeks-13", &format!("p{person}"), "2024-03-31")).collect();
    let statement = settled(LADDER, &rows);
    assert_eq!(amounts(&statement), ["21000"]);
    assert_eq!(statement.lines()[0].people.unwrap().to_string(), "7");
}

#[test]
fn no_message_says_who_a_person_is() {
    let contract = Contract::from_toml(LADDER).unwrap();
    let secret = "kari-nordmann-1990";
    let rows = [
        claim("weeks-13", secret, "2024-03-31"),
        claim("weeks-13", secret, "2024-03-31"),
        claim("weeks-12", secret, "2024-03-31"),
        Row { count: Some(1.into()), ..claim("weeks-13", secret, "2024-04-30") },
        Row { date: None, person: Some(" ".to_owned()), ..claim("weeks-13", secret, "") },
        Row { group: Some("far".to_owned()), ..claim("weeks-13", secret, "2024-05-31") },
    ];
    let message = Observations::of(&contract, rows).unwrap_err().to_string();
    assert_eq!(
        message,
        "observations.2.metric: the same observation stands at `observations.1`: same metric, cohort, group, person and day (2024-03-31)\n\
         observations.3.metric: the contract has no such metric: did you mean `weeks-13`?\n\
         observations.4.count: `count` has no meaning here: a claim is one result of one person\n\
         observations.5.date: `date` is missing: payments are due and limited by it\n\
         observations.5.person: `person` is missing: a claim is of one person, by a pseudonym\n\
         observations.6.group: nothing in the contract speaks of this group: it names `far-from-work`"
    );
    let observed = Observations::of(&contract, [claim("weeks-13", secret, "2024-03-31")]).unwrap();
    assert!(!format!("{observed:?}{:?}", contract.settle(&observed).unwrap().lines()).contains(secret));
}

#[test]
fn rows_of_cohorts_are_held_to_what_they_can_be() {
    let terms = r#"
        impact = 1
        name = "Fewer return"
        currency = "NOK"
        holders = [{ id = "state", kind = "public", level = "state" }, { id = "investor", kind = "investor" }]
        [contract]
        payee = "investor"
        payers = [{ holder = "state" }]
        metrics = [{ id = "returned", kind = "share", direction = "decrease" }, { id = "days", kind = "count" }]
        estimates = [{ id = "fewer", metric = "returned", effect = "relative", against = { group = "matched" } }]
        payments = [{ id = "fewer", of = "fewer", schedule = { steps = [{ at = 0.1, amount = 1_000 }] } }]
    "#;
    let contract = Contract::from_toml(terms).unwrap();
    let row = |metric: &str, count: &str, of: &str| Row {
        metric: metric.to_owned(),
        date: "2024-01-31".parse().ok(),
        count: count.parse().ok(),
        of: of.parse().ok(),
        ..Row::default()
    };
    let rows =
        [row("returned", "60", "50"), row("returned", "5", ""), row("days", "-3", "4"), row("returned", "0.5", "0")];
    assert_eq!(
        Observations::of(&contract, rows).unwrap_err().to_string(),
        "observations.1.count: `count` is larger than `of`: more people with the result than people\n\
         observations.2.of: `of` is missing: this metric is so many of so many people\n\
         observations.3.count: count `-3` is not zero or more\n\
         observations.3.of: `of` has no meaning here: this metric has no people: only a `share` and a `rate` have\n\
         observations.4.count: count `0.5` is not a whole number of people\n\
         observations.4.of: of `0` is not above zero"
    );
}

#[test]
fn observations_of_a_document_are_refused_at_their_lines() {
    let contract = Contract::from_toml(LADDER).unwrap();
    let text = "observations = [\n  { metric = 'weeks-13', person = 'a', dat = 2024-03-31 },\n  { metric = 7 },\n]";
    assert_eq!(
        Observations::from_toml(&contract, text).unwrap_err().to_string(),
        "observations: there is no column `date`: payments are due and limited by it\n\
         observations.1 (line 2, column 40): column 3 is none that rows have: did you mean `date`?\n\
         observations.2.metric (line 3, column 14): `metric` is no text: write it in quotation marks"
    );
}

/// Two payers with limits of their own, and a fund that tops up.
fn with_fund(amount: &str) -> Statement {
    let terms = LADDER.replace(
        "payers = [{ holder = \"buyer\" }]",
        "payers = [\n{ holder = \"buyer\", share = 0.6, at_most = 1_000 }, { holder = \"town\", share = 0.4 },\n\
         { holder = \"fund\", tops_up = true, at_most = 500 }]",
    );
    let terms = terms.replace("schedule = { per_unit = 3_000 }", &format!("schedule = {{ per_unit = {amount} }}"));
    settled(&terms, &[claim("weeks-13", "a", "2024-03-31")])
}

#[test]
fn a_fund_tops_up_what_limits_leave_as_far_as_its_own_goes() {
    let shares = |statement: &Statement| -> Vec<String> {
        statement.lines()[0].shares.iter().map(|share| share.amount.normalize().to_string()).collect()
    };
    assert_eq!(shares(&with_fund("1000")), ["600", "400"]);
    // 60 % of 2,000 is 1,200, of which the buyer pays 1,000 and the fund 200.
    let topped = with_fund("2000");
    assert_eq!(shares(&topped), ["1000", "800", "200"]);
    assert_eq!(amounts(&topped), ["2000"]);
    // 60 % of 4,000 is 2,400: 1,000 of the buyer, 500 of the fund, and 900 that nobody pays.
    let short = with_fund("4000");
    assert_eq!(shares(&short), ["1000", "1600", "500"]);
    assert_eq!(amounts(&short), ["3100"]);
    let bound: Vec<&str> = short.lines()[0].bound_by.iter().map(|address| address.as_str()).collect();
    assert_eq!(bound, ["contract.payers.0.at_most", "contract.payers.2.at_most"]);
}

#[test]
fn a_wider_limit_leaves_people_the_room_that_it_did_not_pay() {
    // Two people have room for 100 each. The first payment is cut from 200 to 100, 50 for each; so the second pays 50 for each.
    let terms = LADDER
        .replace("person = 5_000", "person = 100")
        .replace(
            "schedule = { per_unit = 3_000 }\nuplift = { far-from-work = 1.5 }",
            "schedule = { per_unit = 100 }\nat_most = 100",
        )
        .replace(
            "schedule = { per_unit = 2_000 }\nrequires = [{ before = \"quarter\" }]",
            "schedule = { per_unit = 100 }",
        );
    let rows =
        ["x", "y"].map(|person| [claim("weeks-13", person, "2024-01-01"), claim("weeks-26", person, "2024-02-01")]);
    let statement = settled(&terms, &rows.concat());
    assert_eq!(amounts(&statement), ["100", "100"]);
}

#[test]
fn spaces_around_a_name_make_no_other_person_or_cohort() {
    let spaced = [("S1", "2024-03-31"), (" S1", "2024-04-30"), ("S1 ", "2024-05-31")];
    let rows = spaced.map(|(person, day)| claim("weeks-13", person, day));
    assert_eq!(amounts(&settled(LADDER, &rows)), ["3000"]);
}

#[test]
fn a_pseudonym_in_the_wrong_column_is_not_shown() {
    let contract = Contract::from_toml(LADDER).unwrap();
    let told = |csv: &str| Observations::from_csv(&contract, csv).unwrap_err().to_string();
    for csv in [
        "metric,date,person\nSECRET-01,2024-01-10,weeks-13\n",
        "metric,date,person,group\nweeks-13,2024-01-10,a,SECRET-01\n",
        "SECRET-01,weeks-13,2024-01-10\n",
    ] {
        let said = told(csv);
        assert!(!said.contains("SECRET"), "{said}");
    }
    let said = told("metric,date,person\nweeks-31,2024-01-10,a\n");
    assert!(said.contains("the contract has no such metric: did you mean `weeks-13`?"), "{said}");
}
