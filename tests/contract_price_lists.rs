//! Published price lists and mixed contracts, settled for results that show how they pay.

#[path = "common/cash_flows.rs"]
mod cash_flows;

use cash_flows::{contract, flows, holder, read, row, text};
use impact_core::contract::{Observations, Row, Statement};

fn settled(name: &str, rows: &[Row]) -> Statement {
    let contract = contract(&read(name));
    let observed = Observations::of(&contract, rows.iter().cloned()).unwrap_or_else(|error| panic!("{error}"));
    contract.settle(&observed).unwrap()
}

fn total(name: &str, rows: &[Row]) -> String {
    text(settled(name, rows).total())
}

fn claim(metric: &str, day: &str) -> Row {
    Row { metric: metric.to_owned(), person: Some("p1".to_owned()), date: day.parse().ok(), ..Row::default() }
}

/// One person with every result of a list, a month apart.
fn everything(lines: usize) -> Vec<Row> {
    (1..=lines).map(|line| claim(&format!("metric-{line}"), &format!("2014-{:02}-01", line.min(12)))).collect()
}

fn share(metric: &str, (count, of): (&str, &str)) -> Row {
    Row { of: of.parse().ok(), ..row(metric, "2017-10-31", count) }
}

#[test]
fn a_participant_of_the_innovation_fund_costs_no_more_than_its_most() {
    // 1,300 + 800 + 700 + 2,200 + 3,300 + 2,000 + 1,200 + 2,600 + 1,000 = 15,100.
    let statement = settled("dwp-innovation-fund-1", &everything(9));
    assert_eq!(text(statement.lines().iter().map(|line| line.by_schedule).sum()), "15100");
    assert_eq!(text(statement.total()), "11700");
    // Round 2: 1,300 + 1,400 + 700 + 1,100 + 3,300 + 5,100 + 3,500 + 2,000 + 900 + 900, without a most.
    assert_eq!(total("dwp-innovation-fund-2", &everything(10)), "20200");
}

#[test]
fn pan_londons_first_lines_stay_below_a_persons_most() {
    // 600 + 1,500 + 1,500 + 2,600 + 2,500 + 1,800 + 3 · 100 + 200 + 600 + 100 + 1,100 of at most 19,000.
    assert_eq!(total("pan-london-rough-sleeping", &everything(13)), "12800");
}

#[test]
fn waste_to_wealth_is_in_euros() {
    // 797 · 46 = 36,662; 109 · 400 = 43,600; 40,000. The maxima in dollars are those in euros times 1.077.
    let rows = [row("plastic", "2024-12-31", "797"), row("jobs", "2024-12-31", "109"), row("wages", "2024-12-31", "1")];
    assert_eq!(total("waste-to-wealth", &rows), "120262");
    for (euros, dollars) in [(1_875_000, 2_019_375), (1_535_000, 1_653_195), (300_000, 323_100), (40_000, 43_080)] {
        assert_eq!(euros * 1077, dollars * 1000);
    }
}

#[test]
fn each_finnish_municipality_pays_for_its_own_up_to_its_most() {
    let rows = [
        row("school", "2025-12-31", "400"),
        row("placements", "2025-12-31", "100"),
        row("parents", "2025-12-31", "300"),
    ];
    let paid = flows(&read("lapset-sib"), &rows);
    // 400 · 15,000; 100 · 40,000; 300 · 8,000 = 2,400,000, of which 1,600,000 is paid.
    let totals = ["municipality-1", "municipality-2", "municipality-3"].map(|id| text(holder(&paid, id).total));
    assert_eq!(totals, ["-6000000", "-4000000", "-1600000"]);
    // 11,600,000 less 5,100,000.
    assert_eq!(text(holder(&paid, "fund").total), "6500000");
}

#[test]
fn probation_is_paid_for_fewer_offenders_and_then_for_fewer_offences() {
    let paid = |people: &str| {
        let statement = settled(
            "transforming-rehabilitation",
            &[share("reoffended", (people, "1000")), share("offences", ("1500", "1000"))],
        );
        let mut amounts: Vec<(usize, String)> =
            statement.lines().iter().map(|line| (line.payment, text(line.amount))).collect();
        amounts.sort();
        amounts.into_iter().map(|(_, amount)| amount).collect::<Vec<_>>()
    };
    // The first cohort, 45.6 % against 47.5 %: 1.9 points; 1.6 · 1,000 − 1,500 = 100 offences less.
    assert_eq!(paid("456"), ["2000000", "190000", "100000"]);
    // 2.5 points more reoffend: a deduction, and nothing for offences; 4 points more: the deduction has a bound.
    assert_eq!(paid("500"), ["2000000", "-250000", "0"]);
    assert_eq!(paid("515"), ["2000000", "-300000", "0"]);
}

#[test]
fn a_job_of_the_work_programme_is_paid_for_as_long_as_it_is_kept() {
    let far = |row: Row| Row { group: Some("far-from-work".to_owned()), ..row };
    let first = chrono::NaiveDate::from_ymd_opt(2012, 7, 1).unwrap();
    let fours = (0..30).map(|four| {
        let day = first.checked_add_days(chrono::Days::new(28 * four)).unwrap().to_string();
        far(claim("four-weeks", &day))
    });
    let rows: Vec<Row> =
        [far(claim("attached", "2011-12-01")), far(claim("job", "2012-06-01"))].into_iter().chain(fours).collect();
    // 400 + 2 · 1,200 + 26 · 2 · 200 = 13,200, within 14,000; four periods of the thirty come too late.
    assert_eq!(total("work-programme", &rows), "13200");
}
