//! Tests as a statement tells them: by which test, what was found, and what the level asks for.
//!
//! One rule: an exact test's statistic is a number of people, and a chance and an interval can be worked back to one; of few people
//! only whether the condition holds is told.

use super::statement::FEWEST_PEOPLE;
use super::statement_lines::StatementRow;
use crate::contract::{IntervalOf, Tested};
use crate::model::Contract;
use crate::model::terms::{Side, Test};
use crate::units::written::Numeral;
use crate::units::{Label, Language};
use rust_decimal::Decimal;

/// Digits of a p-value in words.
const DIGITS: u32 = 4;

/// The least that is told in them.
const LEAST: &str = "0.0001";

/// A test that a condition asked for.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct TestedRow {
    /// The id of the estimate.
    pub estimate: String,
    /// The test, as the word in the terms.
    pub test: &'static str,
    /// On how many sides.
    pub side: Side,
    /// z of the approximate tests, above zero where the effect goes the wanted way; events of the treated in the exact ones,
    /// none where so few that they are not told.
    pub statistic: Option<Decimal>,
    /// The chance of an effect at least as large where nothing works; none of so few people that it would tell their number.
    pub p_value: Option<Decimal>,
    /// What it may be at most.
    pub at_most: Decimal,
    /// What the interval is of: the treated against the comparison.
    pub interval_of: IntervalOf,
    /// The lower end of the interval, where it has one.
    pub interval_from: Option<Decimal>,
    /// The upper end, where it has one.
    pub interval_to: Option<Decimal>,
    /// Whether the condition holds.
    pub met: bool,
    /// All of it in words.
    pub told: Label,
}

impl TestedRow {
    /// A test as it is told: whole, or of few people.
    pub(super) fn of(contract: &Contract, tested: &Tested, whole: bool) -> Self {
        let estimate = contract.terms().estimates.get(tested.estimate).map(|estimate| estimate.id.clone());
        Self {
            estimate: estimate.unwrap_or_default(),
            test: tested.test.word(),
            side: tested.side,
            statistic: Some(tested.statistic).filter(|_| whole),
            p_value: Some(tested.p_value).filter(|_| whole),
            at_most: tested.at_most.normalize(),
            interval_of: tested.interval.of,
            interval_from: tested.interval.from.filter(|_| whole),
            interval_to: tested.interval.to.filter(|_| whole),
            met: tested.met,
            told: if whole { words(tested) } else { few_words(tested) },
        }
    }
}

/// Whether a test counts fewer than five people.
pub(super) fn of_few(tested: &Tested) -> bool {
    let counts = matches!(tested.test, Test::Fisher | Test::Poisson);
    counts && tested.statistic < Decimal::from(FEWEST_PEOPLE)
}

impl StatementRow {
    /// All tests of the line in words; none where none was made.
    pub fn tests(&self) -> Option<Label> {
        let join = |words: fn(&Label) -> &str| {
            let told: Vec<&str> = self.tested.iter().map(|tested| words(&tested.told)).collect();
            told.join("; ")
        };
        let both = || Label::both(join(|label| &label.en), join(|label| label.text(Language::Bokmal)));
        (!self.tested.is_empty()).then(both)
    }
}

fn side_words(side: Side) -> (&'static str, &'static str) {
    match side {
        Side::One => ("one-sided", "ensidig"),
        Side::Two => ("two-sided", "tosidig"),
    }
}

/// `p above 0.1 (fisher, two-sided), of fewer than five people`.
fn few_words(tested: &Tested) -> Label {
    let (most, word) = (Numeral(tested.at_most), tested.test.word());
    let (en_side, nb_side) = side_words(tested.side);
    let (en_met, nb_met) = if tested.met { ("at most", "høyst") } else { ("above", "over") };
    Label::both(
        format!("p {en_met} {most} ({word}, {en_side}), of fewer than five people"),
        format!("p {nb_met} {most:#} ({word}, {nb_side}), av færre enn fem personer"),
    )
}

/// `p = 0.0312, at most 0.05 (two-proportions, one-sided); difference at most −0.011`.
fn words(tested: &Tested) -> Label {
    let p = tested.p_value.round_dp(DIGITS);
    // What words would round to the other side of the level is told in full.
    let misleads = (p <= tested.at_most) != (tested.p_value <= tested.at_most);
    let p = if misleads { tested.p_value } else { p }.normalize();
    let (most, word) = (tested.at_most.normalize(), tested.test.word());
    let p = if p.is_zero() { format!("< {LEAST}") } else { format!("= {p}") };
    let (en_side, nb_side) = side_words(tested.side);
    let (en_of, nb_of) = match tested.interval.of {
        IntervalOf::Difference => ("difference", "differanse"),
        IntervalOf::OddsRatio => ("odds ratio", "oddsforhold"),
        IntervalOf::RateRatio => ("rate ratio", "rateforhold"),
    };
    let end = |end: Option<Decimal>| end.map(|end| end.round_dp(DIGITS).normalize());
    let (en_ends, nb_ends) = match (end(tested.interval.from), end(tested.interval.to)) {
        (Some(from), Some(to)) => (format!("; {en_of} {from} to {to}"), format!("; {nb_of} {from} til {to}")),
        (Some(from), None) => (format!("; {en_of} {from} or more"), format!("; {nb_of} {from} eller mer")),
        (None, Some(to)) => (format!("; {en_of} {to} or less"), format!("; {nb_of} {to} eller mindre")),
        (None, None) => (String::new(), String::new()),
    };
    Label::both(
        format!("p {p}, at most {most} ({word}, {en_side}){en_ends}"),
        format!("p {p}, høyst {most} ({word}, {nb_side}){nb_ends}").replace('.', ","),
    )
}
