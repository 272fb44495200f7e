//! What is due by the schedules, before any limit: payments of cohorts, of single observations, of all that was seen so far.

use super::basis::Basis;
use super::claims::Claims;
use super::fault::SettlementFault;
use super::gates::Gated;
use super::indexed::{Indexed, carried};
use super::line::Withheld;
use super::seen::{Dated, Seen};
use super::unused::Unused;
use crate::contract::observation::Outcome;
use crate::contract::ratio::Ratio;
use crate::contract::schedule::{amount, priced, reached};
use crate::contract::values::at;
use crate::contract::{FigureFault, Observations, Tested};
use crate::model::Contract;
use crate::model::terms::{Figure, MetricKind, Outside, Payment, Per, Refunds, Schedule};
use crate::number::{Exact, Number};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::borrow::Cow;

/// An amount by the schedule, and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Due {
    pub payment: usize,
    pub cohort: u32,
    pub group: u32,
    pub date: NaiveDate,
    pub people: Option<Exact>,
    pub figure: Option<Ratio<Exact>>,
    pub basis: Basis,
    /// What the schedule gives, uplift included.
    pub by_schedule: Exact,
    /// What it gave for all that was seen before, where it is asked for all that was seen so far.
    pub before: Option<Exact>,
    /// What it gives for each claim, where claims are paid one by one.
    pub each: Option<Exact>,
    /// How its prices were carried, or why they cannot be.
    pub indexed: Result<Option<Indexed>, SettlementFault>,
    pub withheld: Option<Withheld>,
    pub tested: Vec<Tested>,
    /// The payment whose payment makes this one void.
    pub unless_paid: Vec<usize>,
}

impl Due {
    /// Where it comes among the others; no two are the same.
    pub fn order(&self) -> (NaiveDate, usize, u32, u32) {
        (self.date, self.payment, self.cohort, self.group)
    }

    /// Why the schedule gives nothing, where it gives nothing.
    pub fn nothing(&self, contract: &Contract, payment: &Payment, values: &[Exact]) -> Option<Withheld> {
        if self.by_schedule != Exact::ZERO {
            return None;
        }
        let loss = self.figure.map(|figure| amount((&payment.schedule, Refunds::Owed), values, figure));
        if payment.refunds == Refunds::None && loss.is_some_and(|loss| (Exact::ZERO - loss).any_above_zero()) {
            return Some(Withheld::NotOwedBack(payment.address.child("refunds")));
        }
        let first = match &payment.schedule {
            Schedule::Steps { steps, boundary } => steps.first().zip(Some(*boundary)),
            Schedule::Line { corners, below: Outside::Nothing, boundary, .. } => corners.first().zip(Some(*boundary)),
            _ => None,
        };
        let below = first.zip(self.figure).filter(|((corner, boundary), figure)| {
            !reached(*figure, *boundary, at(values, corner.at), Exact::ONE, Exact::ZERO).any_above_zero()
        });
        let address = below.and_then(|((corner, _), _)| contract.address(corner.at));
        Some(address.map_or(Withheld::NothingDue, Withheld::Below))
    }
}

/// What is due, in the order in which limits bind, the claims, and what decides nothing.
pub(super) fn of<'a>(
    contract: &'a Contract,
    observations: &'a Observations,
    values: &'a [Exact],
) -> (Vec<Due>, Claims<'a>, Vec<Unused>) {
    let seen = Seen::new(contract, observations, values);
    let mut claims = Claims::new(contract, observations);
    let mut dues = Vec::new();
    for (position, payment) in contract.terms().payments.iter().enumerate() {
        let schedule = Scheduled { seen: &seen, position, payment };
        let kind = match payment.of {
            Figure::Metric(metric) => contract.terms().metrics.get(metric).map(|metric| metric.kind),
            _ => None,
        };
        match (kind, payment.of) {
            (Some(MetricKind::Claims), Figure::Metric(metric)) => {
                claims.eligible(position, payment, metric, |cohort| schedule.withholds(cohort));
                schedule.claims(&claims, &mut dues);
            }
            (_, Figure::Nothing) => schedule.fee(&mut dues),
            (_, figure) => schedule.figure(figure, &mut dues),
        }
    }
    dues.sort_by_key(Due::order);
    (dues, claims, seen.unused())
}

/// One payment asked what is due.
struct Scheduled<'a> {
    seen: &'a Seen<'a>,
    position: usize,
    payment: &'a Payment,
}

impl Scheduled<'_> {
    fn figure(&self, figure: Figure, dues: &mut Vec<Due>) {
        match (self.payment.per, figure) {
            (Per::Observation, Figure::Metric(metric)) => {
                dues.extend(self.seen.treated(metric, None).map(|row| self.observation(row)));
            }
            (Per::Contract, Figure::Metric(metric)) => self.so_far(metric, dues),
            (Per::Contract, _) => dues.extend(self.whole(figure, None)),
            _ if self.seen.is_pooled(figure) => dues.extend(self.whole(figure, None)),
            _ => {
                let cohorts = self.seen.cohorts(figure);
                dues.extend(cohorts.into_iter().filter_map(|cohort| self.whole(figure, Some(cohort))));
            }
        }
    }

    fn observation(&self, row: &Outcome) -> Due {
        let count = Exact::from(row.count);
        let figure = Ratio::of(count, row.of.map(Exact::from));
        let due = self.due((figure, row.date), (Some(row.cohort), row.group), row.of.map(|_| count));
        Due { basis: Basis::of(count, row.of.map(Exact::from)), ..due }
    }

    /// A figure of a cohort, or of all of them; a line that waits where it cannot be made yet, none where nothing was seen.
    fn whole(&self, figure: Figure, cohort: Option<u32>) -> Option<Due> {
        match self.seen.figure(figure, cohort) {
            Ok(found) => {
                let basis = self.seen.basis(figure, cohort);
                Some(Due { basis, ..self.due(found, (cohort, 0), None) })
            }
            Err(FigureFault::Unobserved) => None,
            Err(fault) => {
                let nothing = (Ratio::whole(Exact::ZERO), self.seen.last_day_of(figure, cohort)?);
                let mut due = self.due(nothing, (cohort, 0), None);
                (due.figure, due.by_schedule, due.indexed) = (None, Exact::ZERO, Ok(None));
                due.withheld = Some(Withheld::Awaits(fault));
                due.basis = self.seen.basis(figure, cohort);
                Some(due)
            }
        }
    }

    /// All that was seen up to each day, less what the schedule gave before.
    fn so_far(&self, metric: usize, dues: &mut Vec<Due>) {
        let mut rows: Vec<&Outcome> = self.seen.treated(metric, None).collect();
        rows.sort_by_key(|row| row.date);
        let (mut over, mut under, mut before) = (Exact::ZERO, None, Exact::ZERO);
        for (position, row) in rows.iter().enumerate() {
            over = over + Exact::from(row.count);
            under = row.of.map(|of| under.unwrap_or(Exact::ZERO) + Exact::from(of));
            let next = rows.get(position.saturating_add(1));
            if next.is_some_and(|next| next.date == row.date) {
                continue;
            }
            let figure = (Ratio::of(over, under), row.date);
            let due = self.beyond(figure, under.map(|_| over), &mut before);
            dues.push(Due { basis: Basis::of(over, under), ..due });
        }
    }

    /// What a figure of all that was seen so far gives beyond what was given before.
    fn beyond(&self, so_far: Dated, people: Option<Exact>, before: &mut Exact) -> Due {
        let mut due = self.due(so_far, (None, 0), people);
        let given = std::mem::replace(before, due.by_schedule);
        due.by_schedule = due.by_schedule - given;
        due.before = Some(given);
        due
    }

    /// A fee: once for each cohort with anything seen or claimed, on its last day; once for all where it is of the contract, or of its early end.
    fn fee(&self, dues: &mut Vec<Due>) {
        let days: Vec<(Option<u32>, NaiveDate)> = match self.payment.per {
            Per::Contract => self.seen.last_day().map(|day| (None, day)).into_iter().collect(),
            Per::Termination => self.seen.contract.terms().terminated.iter().map(|ended| (None, ended.on)).collect(),
            _ => self.seen.last_days().iter().map(|(cohort, day)| (Some(*cohort), *day)).collect(),
        };
        for (cohort, day) in days {
            let due = self.due((Ratio::whole(Exact::ZERO), day), (cohort, 0), None);
            dues.push(Due { figure: None, ..due });
        }
    }

    /// Whether a condition withholds the payment from claims of a cohort.
    fn withholds(&self, cohort: u32) -> bool {
        let cohort = Some(cohort).filter(|_| self.payment.per != Per::Contract);
        Gated::of(self.seen, &self.payment.gates, cohort).withheld.is_some()
    }

    fn claims(&self, claims: &Claims<'_>, dues: &mut Vec<Due>) {
        match self.payment.per {
            Per::Observation => {
                for paid in claims.by_day(self.position) {
                    let one = self.due((Ratio::whole(Exact::ONE), paid.date), (Some(paid.cohort), paid.group), None);
                    let count = Exact::from(Decimal::from(paid.claims));
                    let all = one.by_schedule * count;
                    let figure = Some(Ratio::whole(count));
                    let each = Some(one.by_schedule);
                    dues.push(Due { people: Some(count), figure, by_schedule: all, each, ..one });
                }
            }
            Per::Cohort => {
                for (cohort, date, number) in claims.by_cohort(self.position) {
                    let count = Exact::from(Decimal::from(number));
                    dues.push(self.due((Ratio::whole(count), date), (Some(cohort), 0), Some(count)));
                }
            }
            Per::Contract => {
                let (mut so_far, mut before) = (Exact::ZERO, Exact::ZERO);
                for (date, number) in claims.by_date(self.position) {
                    let count = Exact::from(Decimal::from(number));
                    so_far = so_far + count;
                    dues.push(self.beyond((Ratio::whole(so_far), date), Some(count), &mut before));
                }
            }
            // Of a fee only.
            Per::Termination => {}
        }
    }

    fn due(&self, (figure, date): Dated, (cohort, group): (Option<u32>, u32), people: Option<Exact>) -> Due {
        let name = |position| self.seen.observations.name(position);
        let of_cohort = cohort.and_then(|cohort| self.seen.contract.cohort(name(cohort)));
        let carried = carried((self.seen.contract.terms(), self.payment), self.seen.values, date, of_cohort);
        let (values, indexed) = match carried {
            Ok(Some((values, indexed))) => (Cow::Owned(values), Ok(Some(indexed))),
            Ok(None) => (Cow::Borrowed(self.seen.values), Ok(None)),
            Err(fault) => (Cow::Borrowed(self.seen.values), Err(fault)),
        };
        let by_schedule = priced(self.payment, &values, name(group), figure);
        let Gated { withheld, unless_paid, tested } = Gated::of(self.seen, &self.payment.gates, cohort);
        Due {
            payment: self.position,
            cohort: cohort.unwrap_or(0),
            group,
            date,
            people,
            figure: Some(figure),
            basis: Basis::default(),
            by_schedule,
            before: None,
            each: None,
            indexed,
            withheld,
            tested,
            unless_paid,
        }
    }
}
