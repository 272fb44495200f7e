//! What terms may not say: everything that would be read and do nothing, each at its place.

use impact_core::Contract;
use impact_core::contract::{Observations, Row};
use impact_core::units::Language;

/// Terms with what is put in the place of payers, estimates and payments.
fn terms(payers: &str, rest: &str) -> String {
    format!(
        r#"
impact = 1
name = "Work kept"
description = {{ en = "People keep their work", nb = "Folk beholder jobben" }}
currency = "NOK"
holders = [{{ id = "state", kind = "public", level = "state" }}, {{ id = "provider", kind = "enterprise" }}]
[contract]
note = "signed in March"
payee = "provider"
payers = [{payers}]
metrics = [
    {{ id = "kept", kind = "claims" }}, {{ id = "days", kind = "count" }}, {{ id = "score", kind = "reported", range = [0, 10] }},
    {{ id = "returned", kind = "share", direction = "decrease" }}, {{ id = "stayed", kind = "share" }},
]
{rest}"#
    )
}

const STATE: &str = r#"{ holder = "state" }"#;

fn refused(payers: &str, rest: &str) -> Vec<String> {
    let message = Contract::from_toml(&terms(payers, rest)).unwrap_err().to_string();
    // Without line and column: places are tried elsewhere.
    let short = |line: &str| match (line.find(" (line"), line.find("): ")) {
        (Some(from), Some(to)) => format!("{}{}", &line[..from], &line[to + 1..]),
        _ => line.to_owned(),
    };
    message.lines().map(short).collect()
}

fn payment(more: &str) -> Vec<String> {
    refused(STATE, &format!("payments = [{{ id = 'pay', schedule = {{ fixed = 1 }}, {more} }}]"))
}

#[test]
fn what_is_of_single_people_is_refused_of_anything_else() {
    assert_eq!(
        payment("of = 'days', at_most = { person = 5 }, repeats = { at_most = 2 }"),
        [
            "contract.payments.pay.at_most.person: `at_most.person` is of single people: `days` is no metric of kind `claims`",
            "contract.payments.pay.repeats: `repeats` is of single people: `days` is no metric of kind `claims`",
        ]
    );
    assert_eq!(
        payment("of = 'kept', per = 'cohort', at_most = { person = 5 }, uplift = { far = 2 }"),
        [
            "contract.payments.pay.at_most.person: `at_most.person` is of observations one by one: with `per = \"cohort\"` they are paid together",
            "contract.payments.pay.uplift: `uplift` is of observations one by one: with `per = \"cohort\"` they are paid together",
        ]
    );
    assert_eq!(
        refused(
            STATE,
            "at_most = { person = 5 }\npayments = [{ id = 'pay', of = 'days', schedule = { per_unit = 1 } }]"
        ),
        ["contract.at_most.person: `at_most.person` limits nobody: no payment is of claims one by one"]
    );
}

#[test]
fn a_fee_and_an_estimate_have_no_observations_of_their_own() {
    assert_eq!(
        payment("per = 'observation', uplift = { far = 2 }"),
        ["contract.payments.pay.per: a fee is paid for each `cohort` or for the whole `contract`, not by observation"]
    );
    assert_eq!(
        payment("uplift = { far = 2 }"),
        [
            "contract.payments.pay.uplift: `uplift` is of observations one by one: with `per = \"cohort\"` they are paid together"
        ]
    );
}

#[test]
fn a_group_that_is_compared_with_is_paid_nothing_more() {
    let rest = r#"
estimates = [{ id = "fewer", metric = "returned", effect = "absolute", against = { group = "matched" } }]
payments = [{ id = "pay", of = "days", schedule = { per_unit = 1 }, uplift = { matched = 2, women = 1.5 } }]"#;
    assert_eq!(
        refused(STATE, rest),
        ["contract.payments.pay.uplift.matched: the group `matched` is compared with: nothing is paid for it"]
    );
}

#[test]
fn what_comes_before_is_a_payment_of_claims_to_the_same_person() {
    let rest = |of, first| {
        format!(
            "payments = [{{ id = 'first', of = '{first}', schedule = {{ fixed = 1 }} }},
             {{ id = 'pay', of = '{of}', schedule = {{ fixed = 1 }}, requires = [{{ before = 'first' }}] }}]"
        )
    };
    assert_eq!(
        refused(STATE, &rest("days", "kept")),
        ["contract.payments.pay.requires.0.before: `before` is of single people: `days` is no metric of kind `claims`"]
    );
    assert_eq!(
        refused(STATE, &rest("kept", "days")),
        [
            "contract.payments.pay.requires.0.before: `first` is no payment of claims: what comes before comes before for the same person"
        ]
    );
}

#[test]
fn claims_have_no_figure_of_their_own() {
    let rest = r#"
estimates = [{ id = "pooled", pool = "kept", weights = { a = 1 } }, { id = "mixed", mix = [{ of = "kept", weight = 1 }] }]
payments = [{ id = "pay", of = "days", schedule = { per_unit = 1 }, requires = [{ figure = "kept", at = 1 }] }]"#;
    let reason = "`kept` is of claims: only results of cohorts are pooled, mixed or asked to reach a figure";
    assert_eq!(
        refused(STATE, rest),
        [
            format!("contract.estimates.pooled.pool: {reason}"),
            format!("contract.estimates.mixed.mix.0.of: {reason}"),
            format!("contract.payments.pay.requires.0.figure: {reason}"),
        ]
    );
}

#[test]
fn nobody_pays_twice_and_nobody_pays_itself() {
    let payments = "payments = [{ id = 'pay', of = 'days', schedule = { per_unit = 1 } }]";
    let halves = |one, other| format!("{{ holder = '{one}', share = 0.5 }}, {{ holder = '{other}', share = 0.5 }}");
    assert_eq!(
        refused(&halves("state", "state"), payments),
        ["contract.payers.1.holder: `state` stands among the payers twice"]
    );
    assert_eq!(
        refused(&halves("state", "provider"), payments),
        ["contract.payers.1.holder: `provider` is the payee: it cannot pay itself"]
    );
    let fund = "{ holder = 'state', share = 1 , tops_up = true }";
    assert_eq!(
        refused(fund, payments),
        ["contract.payers.0.share: a fund that tops up has no share: it pays what the others' limits leave unpaid"]
    );
}

#[test]
fn what_is_compared_says_whether_more_or_less_is_wanted() {
    let rest = r#"
estimates = [{ id = "more", metric = "stayed", effect = "absolute", against = { fixed = 0.5 } }]
payments = [{ id = "pay", of = "more", schedule = { per_unit = 1 } }]"#;
    assert_eq!(
        refused(STATE, rest),
        [
            "contract.estimates.more.metric: `stayed` has no `direction`, and what is compared needs one: `increase` or `decrease`"
        ]
    );
}

#[test]
fn what_is_left_out_is_listed_with_its_reason() {
    let rest = r#"
[[contract.payments]]
id = "kept"
of = "kept"
schedule = { steps = [{ at = 1, amount = 5 }] }
requires = [{ figure = "score", at = 1 }]"#;
    let contract = Contract::from_toml(&terms(STATE, rest)).unwrap();
    let listed: Vec<String> = contract
        .defaults()
        .iter()
        .map(|default| format!("{} = {}: {}", default.address, default.taken, default.because.text(Language::English)))
        .collect();
    assert_eq!(
        listed,
        [
            "contract.rounding = { to = 0.01, rule = \"half-up\" }: amounts are paid in hundredths",
            "contract.payments.kept.schedule.boundary = closed: a figure at a boundary reaches it",
            "contract.payments.kept.per = observation: each observation is paid by itself",
            "contract.payments.kept.requires.0.boundary = closed: a figure at a boundary reaches it",
            "contract.payments.kept.repeats = { at_most = 1 }: a person is paid for once",
            "contract.payments.kept.due_after = 0: payments are due on the day of their observation",
        ]
    );
}

#[test]
fn as_often_as_there_are_claims_is_said_in_words() {
    let repeats = |said: &str| {
        let rest =
            format!("payments = [{{ id = 'pay', of = 'kept', schedule = {{ per_unit = 1 }}, repeats = {said} }}]");
        Contract::from_toml(&terms(STATE, &rest)).map(|contract| contract.terms().payments[0].repeats.at_most)
    };
    assert_eq!(repeats("{ at_most = \"unlimited\", spacing = 30 }").unwrap(), None);
    assert_eq!(repeats("{ at_most = 3 }").unwrap(), Some(3));
    assert_eq!(
        payment("of = 'kept', repeats = { spacing = 30 }"),
        ["contract.payments.pay.repeats: `at_most` is missing"]
    );
    assert_eq!(
        payment("of = 'kept', repeats = { at_most = 0 }"),
        [
            "contract.payments.pay.repeats.at_most: claims `0` is not a number of claims from 1 to 1000000, or \"unlimited\""
        ]
    );
}

#[test]
fn a_price_of_units_is_paid_for_units_and_a_threshold_can_be_reached() {
    let estimates = r#"
estimates = [
    { id = "fewer", metric = "returned", effect = "relative", against = { fixed = 0.5 } },
    { id = "avoided", metric = "returned", effect = "avoided", against = { fixed = 0.5 } },
    { id = "both", mix = [{ of = "fewer", weight = 1 }] },
]
"#;
    let of = |of: &str, schedule: &str| {
        let pay = format!("{estimates}payments = [{{ id = 'pay', of = '{of}', schedule = {{ {schedule} }} }}]");
        match Contract::from_toml(&terms(STATE, &pay)) {
            Ok(_) => Vec::new(),
            Err(_) => refused(STATE, &pay),
        }
    };
    let units = |what: &str, of: &str| {
        format!(
            "contract.payments.pay.schedule: `per_unit` is a price of units, and `{of}` is {what}: pay `per_point` (a `point` of \
             0.01 is a percentage point), or count people or events"
        )
    };
    assert_eq!(of("returned", "per_unit = 5"), [units("a share", "returned")]);
    assert_eq!(of("fewer", "per_unit = 5"), [units("a difference of shares or rates", "fewer")]);
    assert_eq!(of("both", "bands = [{ price = 5 }]").len(), 1);
    assert_eq!(of("avoided", "per_unit = 5"), [""; 0]);
    assert_eq!(
        of("returned", "steps = [{ at = 0.1, amount = 1 }, { at = 10, amount = 2 }]"),
        [
            "contract.payments.pay.schedule.steps.1.at: `10` is no figure that `returned` can have: it is 0 to 1 (10 % is written 0.1)"
        ]
    );
    assert_eq!(
        of("fewer", "per_point = { price = 1, point = 0.01, from = 10 }"),
        [
            "contract.payments.pay.schedule.per_point.from: `10` is no figure that `fewer` can have: it is 1 or less (10 % is written 0.1)"
        ]
    );
    assert_eq!(
        of("fewer", "per_point = { price = 1, point = 1 }"),
        [
            "contract.payments.pay.schedule.per_point.point: `1` is all that `fewer` can be: a percentage point is a `point` of 0.01"
        ]
    );
    assert_eq!(
        of("score", "line = [{ at = 11, amount = 1 }], below = 'flat', above = 'flat'"),
        ["contract.payments.pay.schedule.line.0.at: `11` is no figure that `score` can have: it is 0 to 10"]
    );
    assert_eq!(
        payment("of = 'days', requires = [{ figure = 'stayed', at = 50 }]"),
        [
            "contract.payments.pay.requires.0.at: `50` is no figure that `stayed` can have: it is 0 to 1 (10 % is written 0.1)"
        ]
    );
}

#[test]
fn a_reported_figure_says_what_it_can_be_and_a_row_outside_is_refused() {
    let metric = |range: &str| {
        let rest = "payments = [{ id = 'pay', of = 'score', schedule = { fixed = 1 } }]";
        terms(STATE, rest).replace("kind = \"reported\", range = [0, 10]", &format!("kind = \"reported\"{range}"))
    };
    let said = |range: &str| Contract::from_toml(&metric(range)).unwrap_err().to_string();
    assert!(said("").contains(
        "`range` is missing: say what the figure can be, such as [0, 1] for a share, so \
         that 38 is not taken for 0.38"
    ));
    for range in [", range = [1, 1]", ", range = [0]", ", range = [2, 1]"] {
        assert!(said(range).contains("a range is the least and the most that a figure can be: [0, 1]"), "{range}");
    }
    let contract = Contract::from_toml(&metric(", range = [-1, 1]")).unwrap();
    let row = |count: &str| Row {
        metric: "score".to_owned(),
        date: "2024-12-31".parse().ok(),
        count: count.parse().ok(),
        ..Row::default()
    };
    assert!(Observations::of(&contract, [row("0.38")]).is_ok());
    assert_eq!(
        Observations::of(&contract, [row("38")]).unwrap_err().to_string(),
        "observations.1.count: `count` is no figure that the metric can have: its `range` is -1 to 1"
    );
}

#[test]
fn what_is_said_of_a_contract_is_kept() {
    let rest = "payments = [{ id = 'pay', of = 'days', schedule = { per_unit = 1 } }]";
    let contract = Contract::from_toml(&terms(STATE, rest)).unwrap();
    let description = contract.description().unwrap();
    assert_eq!(description.text(Language::Bokmal), "Folk beholder jobben");
    assert_eq!(contract.terms().note.as_ref().unwrap().text(Language::English), "signed in March");
}

/// A share that is compared with a group, with what the truth has for a cohort.
fn compared(cohort: &str, requires: &str) -> String {
    format!(
        r#"
estimates = [{{ id = "fewer", metric = "returned", effect = "relative", against = {{ group = "others" }} }}]
payments = [{{ id = "pay", of = "fewer", schedule = {{ steps = [{{ at = 0.1, amount = 1 }}] }}, {requires} }}]
[truth]
illustrative = true
metrics = [{{ id = "returned", counterfactual = 0.4, effect = 0.1 }}]
cohorts = [{{ id = "first", date = 2025-12-31, {cohort} }}]"#
    )
}

#[test]
fn people_are_whole_people() {
    let requires = r#"requires = [{ people = "fewer", at_least = 9.5 }]"#;
    assert_eq!(
        refused(STATE, &compared("people = 40.5, compared = 0.5", requires)),
        [
            "contract.payments.pay.requires.0.at_least: number of people `9.5` is not a whole number, zero or more",
            "truth.cohorts.first.people: people `40.5` is not a whole number, zero or more",
            "truth.cohorts.first.compared: people compared `0.5` is not a whole number above zero",
        ]
    );
    let best = "people = { triangular = [30, 40, 50], best = 40.5 }, compared = 100";
    assert_eq!(
        refused(STATE, &compared(best, "")),
        ["truth.cohorts.first.people.best: people `40.5` is not a whole number, zero or more"]
    );
}

#[test]
fn people_may_be_uncertain_and_their_mean_lies_between_whole_people() {
    let uncertain = "people = { poisson = 40.5 }, compared = { triangular = [90, 100, 120.5] }";
    assert!(Contract::from_toml(&terms(STATE, &compared(uncertain, ""))).is_ok());
    let shared = terms(STATE, &compared("people = { use = 'reached' }, compared = 100", ""));
    let shared = shared.replace("[contract]", "[assumptions]\nreached = { poisson = 40.5 }\n[contract]");
    assert!(Contract::from_toml(&shared).is_ok());
}

#[test]
fn a_least_above_a_most_is_refused() {
    let limits = |limits: &str| payment(&format!("of = 'days', {limits}"));
    assert_eq!(
        limits("at_least = 60_000, at_most = { each = 50_000, total = 70_000 }"),
        [
            "contract.payments.pay.at_least: each amount is `60000` at least, and `at_most` allows `50000` for each amount: lower the least or raise the most"
        ]
    );
    let equal =
        "payments = [{ id = 'pay', of = 'days', schedule = { fixed = 1 }, at_least = 5, at_most = { each = 5 } }]";
    assert!(Contract::from_toml(&terms(STATE, equal)).is_ok(), "always the same");
}

#[test]
fn a_file_tells_at_once_what_is_wrong_with_its_form_and_with_what_it_means() {
    let text = terms(STATE, "at_most = 0,5\npayments = [{ id = \"each\", of = \"day\", schedule = { per_unit = 5 } }]");
    let of_text = Contract::from_toml(&text).unwrap_err();
    assert_eq!(of_text.total(), 2, "{of_text}");
    for mark in ["", "\u{feff}"] {
        let of_file = Contract::from_bytes(format!("{mark}{text}").as_bytes()).unwrap_err();
        assert_eq!(of_file.to_string(), of_text.to_string());
    }
    let json = "\u{feff}\n {\"impact\": 1, \"contracts\": {}}";
    assert!(Contract::from_bytes(json.as_bytes()).unwrap_err().to_string().contains("did you mean `contract`?"));
}
