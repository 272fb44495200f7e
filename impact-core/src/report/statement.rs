//! Statements as rows: what is paid, by whom, when it is due, and why it is more, less or nothing.
//!
//! One rule: lines of fewer than five people are told together with the others of their payment and year, without cohort, group
//! and number, on the last of their days; what a payment comes to is always told, since it is owed.

use crate::address::Address;
use crate::contract::{FigureFault, Line, SettlementFault, Statement, WhyUnpaid, Withheld};
use crate::model::terms::{Figure, MetricKind, Payment};
use crate::model::{Contract, Default, HolderIndex, Marks};
use crate::number::{Exact, Fault};
use crate::units::Label;
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The fewest people of a line that stands by itself.
pub const FEWEST_PEOPLE: u32 = 5;

/// A statement with everything that is told of it.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct StatementReport {
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
    /// Whether any number of the terms is illustrative or unverified.
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
    /// What the terms left out.
    pub defaults: Vec<Default>,
}

/// A line. Amounts are nominal; below zero they go back to the payers.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct StatementRow {
    /// The id of the payment.
    pub payment: String,
    /// What the payment is called.
    pub name: Label,
    /// The cohort; empty where it has no name, or is not told.
    pub cohort: String,
    /// The group, as the cohort.
    pub group: String,
    /// The day of the last observation it rests on.
    pub date: NaiveDate,
    /// The day it is due.
    pub due: NaiveDate,
    /// How many people or claims; none where it counts none, or so few that it is not told.
    pub people: Option<Decimal>,
    /// The figure that the schedule was asked for.
    pub figure: Option<Decimal>,
    /// What the schedule gives before limits and rounding.
    pub by_schedule: Decimal,
    /// What is paid.
    pub amount: Decimal,
    /// Who pays how much of it.
    pub shares: Vec<ShareRow>,
    /// The limits that bound, by their addresses.
    pub bound_by: Vec<Address>,
    /// Why nothing is paid.
    pub withheld: Option<Label>,
    /// Whether it takes back a line of an earlier statement.
    pub reversal: bool,
    /// Whether it is several lines of few people told together.
    pub together: bool,
}

/// What one payer pays of a line.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ShareRow {
    /// The id of the holder.
    pub payer: String,
    /// How much.
    pub amount: Decimal,
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

impl StatementReport {
    /// A statement as it is told; with `every_line`, lines of few people stand by themselves.
    ///
    /// # Errors
    /// An amount with more than 28 digits.
    pub fn of(statement: &Statement, every_line: bool) -> Result<Self, Fault> {
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
        Ok(report)
    }

    /// What is new since an earlier statement.
    ///
    /// # Errors
    /// Statements of different terms; an amount with more than 28 digits.
    pub fn since(statement: &Statement, earlier: &Statement, every_line: bool) -> Result<Self, SettlementFault> {
        let changes = statement.since(earlier)?;
        let report = Self::of_lines(statement.contract(), &changes, every_line)?;
        Ok(Self { changes: true, ..report })
    }

    fn of_lines(contract: &Contract, lines: &[Line], every_line: bool) -> Result<Self, Fault> {
        let terms = contract.terms();
        let holder = |index: HolderIndex| contract.holders().get(index.position());
        let name_of = |index: HolderIndex| {
            holder(index).map_or(("", Label::plain("")), |holder| (holder.id.as_str(), holder.name.clone()))
        };
        let amounts = || lines.iter().filter_map(|line| Some((terms.payments.get(line.payment)?, line)));
        let shares = lines.iter().flat_map(|line| &line.shares);
        let numbers = contract.assumptions().iter();
        Ok(Self {
            contract: contract.hash().as_str().to_owned(),
            name: contract.name().clone(),
            description: contract.description().cloned(),
            note: terms.note.clone(),
            currency: contract.currency().to_string(),
            payee: name_of(terms.payee).0.to_owned(),
            payee_name: name_of(terms.payee).1,
            marks: numbers.fold(Marks::default(), |marks, number| marks.or(number.marks)),
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
            lines: rows(contract, lines, every_line)?,
            unpaid: Vec::new(),
            defaults: contract.defaults().to_vec(),
        })
    }
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
fn figure(contract: &Contract, figure: Figure) -> ((u8, usize), &str, Label) {
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

/// The lines as rows, those of few people told together.
fn rows(contract: &Contract, lines: &[Line], every_line: bool) -> Result<Vec<StatementRow>, Fault> {
    let mut rows: Vec<StatementRow> = Vec::new();
    let mut together: BTreeMap<(usize, i32, bool), usize> = BTreeMap::new();
    for line in lines {
        let Some(payment) = contract.terms().payments.get(line.payment) else { continue };
        let row = row(contract, payment, line);
        if every_line || !of_few(contract, payment, line) {
            rows.push(row);
            continue;
        }
        let key = (line.payment, line.date.year(), line.reversal);
        match together.get(&key).copied().and_then(|at| rows.get_mut(at)) {
            Some(before) => before.add(row)?,
            None => {
                together.insert(key, rows.len());
                let nameless = || String::new();
                rows.push(StatementRow { cohort: nameless(), group: nameless(), together: true, ..row });
            }
        }
    }
    let few = Decimal::from(FEWEST_PEOPLE);
    for row in rows.iter_mut().filter(|row| row.together && row.people.is_some_and(|people| people < few)) {
        (row.people, row.figure) = (None, None);
    }
    Ok(rows)
}

/// Whether a line is of so few people that it is not told by itself.
fn of_few(contract: &Contract, payment: &Payment, line: &Line) -> bool {
    let of_people = |kind: MetricKind| matches!(kind, MetricKind::Claims | MetricKind::Share);
    let counted = match payment.of {
        Figure::Metric(at) => contract.terms().metrics.get(at).is_some_and(|metric| of_people(metric.kind)),
        Figure::Estimate(_) | Figure::Nothing => false,
    };
    counted && line.people.is_some_and(|people| people < Decimal::from(FEWEST_PEOPLE))
}

fn row(contract: &Contract, payment: &Payment, line: &Line) -> StatementRow {
    let id = |holder: HolderIndex| contract.holders().get(holder.position()).map_or("", |holder| &holder.id).to_owned();
    let shares = line.shares.iter().map(|share| ShareRow { payer: id(share.holder), amount: share.amount });
    StatementRow {
        payment: payment.id.clone(),
        name: payment.name.clone(),
        cohort: line.cohort.clone(),
        group: line.group.clone(),
        date: line.date,
        due: line.due,
        people: line.people,
        figure: line.figure,
        by_schedule: line.by_schedule,
        amount: line.amount,
        shares: shares.collect(),
        bound_by: line.bound_by.clone(),
        withheld: line.withheld.as_ref().map(|withheld| withheld_words(contract, withheld)),
        reversal: line.reversal,
        together: false,
    }
}

impl StatementRow {
    /// Tells another line with this one.
    fn add(&mut self, other: Self) -> Result<(), Fault> {
        let sum = |one: Decimal, other: Decimal| (Exact::from(one) + Exact::from(other)).value();
        let both = |one: Option<Decimal>, other: Option<Decimal>| {
            one.zip(other).map(|(one, other)| sum(one, other)).transpose()
        };
        (self.date, self.due) = (self.date.max(other.date), self.due.max(other.due));
        (self.people, self.figure) = (both(self.people, other.people)?, both(self.figure, other.figure)?);
        self.by_schedule = sum(self.by_schedule, other.by_schedule)?;
        self.amount = sum(self.amount, other.amount)?;
        for share in other.shares {
            match self.shares.iter_mut().find(|known| known.payer == share.payer) {
                Some(known) => known.amount = sum(known.amount, share.amount)?,
                None => self.shares.push(share),
            }
        }
        for limit in other.bound_by {
            if !self.bound_by.contains(&limit) {
                self.bound_by.push(limit);
            }
        }
        // Some of it is paid: what is withheld of the rest is no reason for the whole.
        self.withheld = self.withheld.take().filter(|_| other.withheld.is_some());
        Ok(())
    }
}

fn withheld_words(contract: &Contract, withheld: &Withheld) -> Label {
    match withheld {
        Withheld::NotReached(address) => {
            let number = contract.slot(address).and_then(|slot| contract.assumption(slot));
            let wanted = number.map(|number| number.point.normalize().to_string()).unwrap_or_default();
            Label::both(format!("{wanted} is required and not reached"), format!("krever {wanted}, som ikke er nådd"))
        }
        Withheld::PaidAlready(address) => {
            let payment = contract.terms().payments.iter().find(|payment| payment.address == *address);
            let name = payment.map(|payment| payment.name.clone()).unwrap_or_else(|| Label::plain(address.as_str()));
            let nb = name.nb.as_deref().unwrap_or(&name.en).to_owned();
            Label::both(
                format!("void, because something was paid of: {}", name.en),
                format!("bortfaller fordi det er betalt av: {nb}"),
            )
        }
        Withheld::Awaits(fault) => Label::both(format!("waits: {fault}"), format!("venter: {}", in_norwegian(fault))),
    }
}

fn in_norwegian(fault: &FigureFault) -> String {
    match fault {
        FigureFault::NoComparison { group, cohort } => {
            format!("ingenting er observert i gruppen `{group}`, som kullet `{cohort}` sammenlignes med")
        }
        FigureFault::NothingToReduce => {
            "sammenligningen har ingenting av det, så det finnes ingen relativ effekt".to_owned()
        }
        FigureFault::CohortMissing { cohort } => format!("kullet `{cohort}` har en vekt og ennå ingen effekt"),
        FigureFault::NoWeight => "vektene er til sammen null".to_owned(),
        FigureFault::TooLarge => "verdien har flere sifre enn det er plass til".to_owned(),
        _ => "ingenting av det er observert".to_owned(),
    }
}

fn unpaid_words(why: WhyUnpaid) -> Label {
    match why {
        WhyUnpaid::Repeated => Label::both(
            "the person has been paid for as often as the terms allow",
            "det er alt betalt for personen så ofte som vilkårene tillater",
        ),
        WhyUnpaid::TooSoon => {
            Label::both("too few days since the person's last one", "for få dager siden forrige for samme person")
        }
        WhyUnpaid::NothingBefore => Label::both("what must come before is missing", "det som må komme først, mangler"),
    }
}
