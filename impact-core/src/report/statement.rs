//! Statements as they are told: their lines, what they add up to, and what nothing is paid for.
//!
//! One rule: what a payment comes to is always told, since it is owed.

use super::assumptions::AssumptionRow;
use super::risk_settings::SettingRow;
use super::statement_lines::{self, StatementRow};
use super::statement_terms::{self, PaymentTermsRow};
use super::statement_words::{unpaid_words, unused_words};
use crate::contract::{Line, SettlementFault, Statement, Unused, WhyUnpaid, WhyUnused};
use crate::model::terms::{Figure, Metric};
use crate::model::{Contract, Default, HolderIndex, Indicator, Marks};
use crate::number::{Exact, Fault};
use crate::units::Label;
use chrono::Datelike;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The fewest people of a line that stands by itself.
pub const FEWEST_PEOPLE: u32 = 5;

/// A statement with everything that is told of it.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct StatementReport<'a> {
    /// The hash of the terms.
    pub contract: String,
    /// What the contract is called.
    pub name: Label,
    /// What it is, in the author's words.
    pub description: Option<Label>,
    /// What its author warns of.
    pub note: Option<Label>,
    /// The currency of every amount.
    pub currency: String,
    /// Who is paid.
    pub payee: String,
    /// What it is called.
    pub payee_name: Label,
    /// Whether any number that lines follow is illustrative or unverified.
    #[serde(flatten)]
    pub marks: Marks,
    /// Whether these are changes since an earlier statement.
    pub changes: bool,
    /// All that is paid.
    pub total: Decimal,
    /// The lines.
    pub lines: Vec<StatementRow>,
    /// What each payer pays.
    pub by_payer: Vec<StatementTotal>,
    /// What each payment comes to.
    pub by_payment: Vec<StatementTotal>,
    /// What each metric or estimate comes to; fees under an empty id.
    pub by_metric: Vec<StatementTotal>,
    /// What each calendar year of observation comes to.
    pub by_year: Vec<StatementTotal>,
    /// Claims that nothing is paid for.
    pub unpaid: Vec<UnpaidRow>,
    /// What was observed and decides nothing.
    pub unused: Vec<UnusedRow>,
    /// What catalogues of indicators call the metrics.
    pub indicators: Vec<IndicatorRow>,
    /// What each payment follows: its schedule, and its conditions.
    pub payments: Vec<PaymentTermsRow>,
    /// The numbers of the terms that lines follow, each with its source.
    pub assumptions: Vec<AssumptionRow<'a>>,
    /// What else of the terms lines follow: rules, days, windows, definitions, who pays.
    pub settings: Vec<SettingRow>,
    /// What the terms left out that decides lines.
    pub defaults: Vec<Default>,
}

/// An amount under a heading.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct StatementTotal {
    /// The id, or the year.
    pub of: String,
    /// What it is called.
    pub name: Label,
    /// How much.
    pub amount: Decimal,
}

/// Claims that nothing is paid for.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct UnpaidRow {
    /// The id of the payment.
    pub payment: String,
    /// What the payment is called.
    pub name: Label,
    /// Why, as a word.
    pub why: WhyUnpaid,
    /// Why, in words.
    pub reason: Label,
    /// How many claims; none where so few that it is not told.
    pub claims: Option<usize>,
}

/// Observations of a cohort that an estimate makes nothing of.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct UnusedRow {
    /// The id of the estimate.
    pub estimate: String,
    /// What the estimate is called.
    pub name: Label,
    /// The cohort; empty where it has no name.
    pub cohort: String,
    /// What the cohort is called, where the contract lists it.
    pub cohort_name: Option<Label>,
    /// Why, as a word.
    pub why: WhyUnused,
    /// Why, in words.
    pub reason: Label,
}

/// What a catalogue of indicators calls a metric.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct IndicatorRow {
    /// The id of the metric.
    pub metric: String,
    /// What the metric is called.
    pub name: Label,
    /// The catalogue and the id in it.
    #[serde(flatten)]
    pub indicator: Indicator,
}

impl<'a> StatementReport<'a> {
    /// A statement as it is told; with `every_line`, lines of few people stand by themselves.
    ///
    /// # Errors
    /// An amount with more than 28 digits.
    pub fn of(statement: &'a Statement, every_line: bool) -> Result<Self, Fault> {
        let mut report = Self::of_lines(statement.contract(), statement.lines(), every_line)?;
        report.unpaid = statement
            .unpaid()
            .iter()
            .filter_map(|unpaid| {
                let payment = statement.contract().terms().payments.get(unpaid.payment)?;
                let told = every_line || unpaid.claims >= usize::try_from(FEWEST_PEOPLE).unwrap_or(usize::MAX);
                Some(UnpaidRow {
                    payment: payment.id.clone(),
                    name: payment.name.clone(),
                    why: unpaid.why,
                    reason: unpaid_words(unpaid.why),
                    claims: told.then_some(unpaid.claims),
                })
            })
            .collect();
        report.unused = unused(statement);
        Ok(report)
    }

    /// What is new since an earlier statement.
    ///
    /// # Errors
    /// Statements of different terms; an amount with more than 28 digits.
    pub fn since(statement: &'a Statement, earlier: &Statement, every_line: bool) -> Result<Self, SettlementFault> {
        let changes = statement.since(earlier)?;
        let report = Self::of_lines(statement.contract(), &changes, every_line)?;
        Ok(Self { changes: true, ..report })
    }

    fn of_lines(contract: &'a Contract, lines: &[Line], every_line: bool) -> Result<Self, Fault> {
        let terms = contract.terms();
        let holder = |index: HolderIndex| contract.holders().get(index.position());
        let name_of = |index: HolderIndex| {
            holder(index).map_or(("", Label::plain("")), |holder| (holder.id.as_str(), holder.name.clone()))
        };
        let amounts = || lines.iter().filter_map(|line| Some((terms.payments.get(line.payment)?, line)));
        let shares = lines.iter().flat_map(|line| &line.shares);
        Ok(Self {
            contract: contract.hash().as_str().to_owned(),
            name: contract.name().clone(),
            description: contract.description().cloned(),
            note: terms.note.clone(),
            currency: contract.currency().to_string(),
            payee: name_of(terms.payee).0.to_owned(),
            payee_name: name_of(terms.payee).1,
            marks: statement_terms::marks(contract),
            changes: false,
            total: lines.iter().map(|line| Exact::from(line.amount)).sum::<Exact>().value()?,
            by_payer: totals(shares.map(|share| (share.holder.position(), name_of(share.holder), share.amount)))?,
            by_payment: totals(
                amounts()
                    .map(|(payment, line)| (line.payment, (payment.id.as_str(), payment.name.clone()), line.amount)),
            )?,
            by_metric: totals(amounts().map(|(payment, line)| {
                let (order, id, name) = figure(contract, payment.of);
                (order, (id, name), line.amount)
            }))?,
            by_year: by_year(lines)?,
            lines: statement_lines::rows(contract, lines, every_line)?,
            unpaid: Vec::new(),
            unused: Vec::new(),
            indicators: indicators(contract),
            payments: statement_terms::payments(contract),
            assumptions: statement_terms::assumptions(contract),
            settings: statement_terms::settings(contract),
            defaults: statement_terms::defaults(contract),
        })
    }
}

fn unused(statement: &Statement) -> Vec<UnusedRow> {
    let estimates = &statement.contract().terms().estimates;
    let row = |unused: &Unused| {
        let estimate = estimates.get(unused.estimate)?;
        Some(UnusedRow {
            estimate: estimate.id.clone(),
            name: estimate.name.clone(),
            cohort: unused.cohort.clone(),
            cohort_name: statement.contract().terms().cohort(&unused.cohort).map(|cohort| cohort.name.clone()),
            why: unused.why,
            reason: unused_words(unused.why),
        })
    };
    statement.unused().iter().filter_map(row).collect()
}

fn indicators(contract: &Contract) -> Vec<IndicatorRow> {
    let of_metric = |metric: &Metric| {
        let row = |indicator: &Indicator| IndicatorRow {
            metric: metric.id.clone(),
            name: metric.name.clone(),
            indicator: indicator.clone(),
        };
        metric.indicators.iter().map(row).collect::<Vec<_>>()
    };
    contract.terms().metrics.iter().flat_map(of_metric).collect()
}

/// Sums in the order of a key, each with its id and name.
fn totals<'a, K: Ord>(
    amounts: impl Iterator<Item = (K, (&'a str, Label), Decimal)>,
) -> Result<Vec<StatementTotal>, Fault> {
    let mut sums: BTreeMap<K, (&str, Label, Exact)> = BTreeMap::new();
    for (key, (id, name), amount) in amounts {
        let (_, _, sum) = sums.entry(key).or_insert((id, name, Exact::ZERO));
        *sum = *sum + Exact::from(amount);
    }
    let told =
        |(id, name, sum): (&str, Label, Exact)| Ok(StatementTotal { of: id.to_owned(), name, amount: sum.value()? });
    sums.into_values().map(told).collect()
}

fn by_year(lines: &[Line]) -> Result<Vec<StatementTotal>, Fault> {
    let years: Vec<String> = lines.iter().map(|line| line.date.year().to_string()).collect();
    totals(
        lines
            .iter()
            .zip(&years)
            .map(|(line, year)| (line.date.year(), (year.as_str(), Label::plain(year)), line.amount)),
    )
}

/// Where a figure comes among the others, its id and its name.
pub(super) fn figure(contract: &Contract, figure: Figure) -> ((u8, usize), &str, Label) {
    let terms = contract.terms();
    let found = match figure {
        Figure::Metric(at) => terms.metrics.get(at).map(|metric| ((0, at), metric.id.as_str(), metric.name.clone())),
        Figure::Estimate(at) => {
            terms.estimates.get(at).map(|estimate| ((1, at), estimate.id.as_str(), estimate.name.clone()))
        }
        Figure::Nothing => None,
    };
    found.unwrap_or_else(|| ((2, 0), "", Label::both("Fees", "Honorarer")))
}
