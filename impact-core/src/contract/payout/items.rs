//! Items: what may be due, payment by payment and cohort by cohort, in the order in which limits bind.

use super::PayoutFault;
use super::figures::{Found, Whose};
use super::gates::GatePlan;
use super::planner::Planner;
use crate::contract::figure::Counted;
use crate::contract::settlement::due_day;
use crate::model::Slot;
use crate::model::terms::{Figure, Gate, IndexYear, MetricKind, Payment, Per, Rounding};
use crate::number::{Constant, Number};
use crate::units::Year;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;

/// Something that may be due.
#[derive(Debug)]
pub(super) struct Item {
    /// The payment, as its position in the terms.
    pub payment: usize,
    /// The cohort; none of all.
    pub cohort: Option<usize>,
    /// The day of the observation it rests on.
    pub date: NaiveDate,
    /// The day it is due.
    pub due: NaiveDate,
    /// The year of the observation, as its position among the plan's.
    pub year: usize,
    /// The year it is due, as its position among the plan's.
    pub due_year: usize,
    pub amount: Amount,
    pub gates: Vec<GatePlan>,
    /// The payments that make it void once they paid.
    pub unless_paid: Vec<usize>,
    /// The positions of its payers among those of the plan.
    pub payers: Vec<usize>,
    /// How its prices are carried, where they follow an index.
    pub carried: Option<Carried>,
}

/// How prices are carried to the year that counts.
#[derive(Debug)]
pub(super) struct Carried {
    pub prices: Vec<Slot>,
    /// level(year) and level(base).
    pub levels: (Constant, Constant),
    pub rounding: Option<Rounding>,
}

/// How an amount comes about.
#[derive(Debug)]
pub(super) enum Amount {
    /// What the schedule gives for a figure.
    Of(usize),
    /// What it gives for one, so many times: as many as every one of these figures has.
    Each(Vec<usize>),
    /// What it gives for all so far, less what it gave for the figure before.
    Beyond { so_far: usize, before: Option<usize> },
    /// What it gives where one of these has anything to be seen; whatever is observed where there are none of them.
    Fee(Vec<Sight>),
}

/// Where something is seen of a cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// In a cell with people.
    People(usize),
    /// In a cell of claims.
    Claims(usize),
}

impl Sight {
    /// Above zero where something is.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn of<N: Number>(self, seen: &[Counted<N>]) -> N {
        let found = match self {
            Self::People(cell) => seen.get(cell).map(|cell| cell.people),
            Self::Claims(cell) => seen.get(cell).map(|cell| cell.count),
        };
        found.unwrap_or_else(N::zero)
    }
}

impl Item {
    /// 1 where anything is there to pay for, else 0.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn exists<N: Number>(&self, seen: &[Counted<N>], found: &[Found<N>]) -> N {
        let figure = |figure: usize| found.get(figure).map_or_else(N::zero, |found| found.exists);
        let positive = |number| N::select(N::zero(), number, N::one(), N::zero());
        match &self.amount {
            Amount::Of(of) | Amount::Beyond { so_far: of, .. } => figure(*of),
            Amount::Each(of) => {
                let counts = of.iter().filter_map(|of| found.get(*of)).map(|found| found.ratio.quotient());
                positive(counts.reduce(N::min).unwrap_or_else(N::zero))
            }
            Amount::Fee(sights) => {
                let most = sights.iter().map(|sight| sight.of(seen)).reduce(N::max);
                most.map_or_else(N::one, positive)
            }
        }
    }
}

impl Planner<'_> {
    /// Plans everything that a payment may pay.
    pub fn payment(&mut self, position: usize, payment: &Payment) -> Result<(), PayoutFault> {
        let kind = self.metric_kind(payment.of);
        if !payment.uplift.is_empty() {
            return Err(PayoutFault::OfGroups { payment: payment.id.clone() });
        }
        if kind == Some(MetricKind::Claims) {
            self.refuse_people(payment)?;
        }
        match (payment.of, payment.per, kind) {
            (Figure::Nothing, Per::Contract, _) => {
                let last = self.truth.cohorts.iter().map(|cohort| cohort.date).max().unwrap_or(NaiveDate::MIN);
                self.item(position, payment, (None, last), Amount::Fee(Vec::new()))
            }
            (Figure::Nothing, Per::Termination, _) => match self.contract.terms().terminated {
                Some(ended) => self.item(position, payment, (None, ended.on), Amount::Fee(Vec::new())),
                None => Ok(()),
            },
            (Figure::Nothing, ..) => self.each_cohort(|planner, cohort, date| {
                planner.item(position, payment, (Some(cohort), date), Amount::Fee(Vec::new()))
            }),
            (Figure::Metric(_), Per::Contract, _) => self.so_far(position, payment),
            (Figure::Metric(_), Per::Observation, Some(MetricKind::Claims)) => {
                self.each_cohort(|planner, cohort, date| {
                    let amount = planner.claims(payment, cohort)?;
                    planner.item(position, payment, (Some(cohort), date), amount)
                })
            }
            (figure, per, _) if per == Per::Contract || self.is_pooled(figure) => {
                let figure = self.figure((figure, Whose::All), &payment.id)?;
                let day = self.figures.get(figure).map_or(NaiveDate::MIN, |figure| figure.day);
                self.item(position, payment, (None, day), Amount::Of(figure))
            }
            (figure, ..) => self.each_cohort(|planner, cohort, date| {
                let amount = Amount::Of(planner.figure((figure, Whose::Cohort(cohort)), &payment.id)?);
                planner.item(position, payment, (Some(cohort), date), amount)
            }),
        }
    }

    fn each_cohort(
        &mut self,
        mut one: impl FnMut(&mut Self, usize, NaiveDate) -> Result<(), PayoutFault>,
    ) -> Result<(), PayoutFault> {
        (0..self.truth.cohorts.len()).try_for_each(|cohort| {
            let date = self.date(cohort);
            one(self, cohort, date)
        })
    }

    /// Claims of a cohort: no more than had what must come before.
    fn claims(&mut self, payment: &Payment, cohort: usize) -> Result<Amount, PayoutFault> {
        let mut figures = vec![self.figure((payment.of, Whose::Cohort(cohort)), &payment.id)?];
        let earlier = |payment: &Payment| -> Vec<usize> {
            let before = payment.gates.iter().filter_map(|gate| match gate {
                Gate::Before { payment, .. } => Some(*payment),
                _ => None,
            });
            before.collect()
        };
        // Whoever has what must come before has what must come before that; a payment names only payments above it.
        let mut waiting = earlier(payment);
        while let Some(rung) = waiting.pop().and_then(|rung| self.contract.terms().payments.get(rung)) {
            figures.push(self.figure((rung.of, Whose::Cohort(cohort)), &rung.id)?);
            waiting.extend(earlier(rung));
        }
        Ok(Amount::Each(figures))
    }

    /// All that is observed up to each day, less what was given before.
    fn so_far(&mut self, position: usize, payment: &Payment) -> Result<(), PayoutFault> {
        let mut days: Vec<NaiveDate> = self.truth.cohorts.iter().map(|cohort| cohort.date).collect();
        days.sort_unstable();
        days.dedup();
        let mut before = None;
        for day in days {
            let so_far = self.figure((payment.of, Whose::Until(day)), &payment.id)?;
            self.item(position, payment, (None, day), Amount::Beyond { so_far, before })?;
            before = Some(so_far);
        }
        Ok(())
    }

    fn item(
        &mut self,
        position: usize,
        payment: &Payment,
        (cohort, date): (Option<usize>, NaiveDate),
        amount: Amount,
    ) -> Result<(), PayoutFault> {
        // Gates of a payment of the contract look at all cohorts.
        let of = cohort.filter(|_| payment.per != Per::Contract);
        let gates = self.gates(payment, of)?;
        let unless_paid = payment.gates.iter().filter_map(|gate| match gate {
            Gate::UnlessPaid(payment) => Some(*payment),
            _ => None,
        });
        let due = due_day(self.contract.terms(), payment, date);
        let due = due.map_err(|why| PayoutFault::NeverDue { payment: payment.id.clone(), why: Box::new(why) })?;
        let unless_paid = unless_paid.collect();
        let carried = self.carried(payment, of, (date, due))?;
        let (payment, year, due_year, payers) = (position, 0, 0, Vec::new());
        self.items.push(Item {
            payment,
            cohort,
            date,
            due,
            year,
            due_year,
            amount,
            gates,
            unless_paid,
            payers,
            carried,
        });
        Ok(())
    }

    /// How the prices of a payment are carried to the year of an item.
    fn carried(
        &self,
        payment: &Payment,
        cohort: Option<usize>,
        (date, due): (NaiveDate, NaiveDate),
    ) -> Result<Option<Carried>, PayoutFault> {
        let Some(indexation) = &payment.indexed else { return Ok(None) };
        let began = || {
            let cohort = cohort.and_then(|cohort| self.truth.cohorts.get(cohort));
            cohort.and_then(|cohort| self.contract.cohort(&cohort.id)).map(|cohort| cohort.starts.year())
        };
        let year = match indexation.year {
            IndexYear::Observation => Some(date.year()),
            IndexYear::Due => Some(due.year()),
            IndexYear::Cohort => began(),
        };
        let levels = year.and_then(|year| Year::new(i64::from(year)).ok());
        let levels =
            levels.and_then(|year| indexation.levels_of(year).ok()).ok_or_else(|| PayoutFault::NotIndexed {
                payment: payment.id.clone(),
                by: indexation.by.clone(),
                year: year.map_or_else(|| "the cohort's first year".to_owned(), |year| year.to_string()),
            })?;
        let prices = payment.schedule.prices().collect();
        let levels = (Constant::from(levels.0), Constant::from(levels.1));
        Ok(Some(Carried { prices, levels, rounding: indexation.rounding }))
    }

    /// What is decided person by person cannot be foreseen of counts.
    fn refuse_people(&self, payment: &Payment) -> Result<(), PayoutFault> {
        let limit = payment.limits.most_person.or(self.contract.terms().limits.most_person);
        match limit {
            Some(_) => Err(PayoutFault::OfSinglePeople { payment: payment.id.clone(), what: "a limit for a person" }),
            None => Ok(()),
        }
    }

    fn metric_kind(&self, figure: Figure) -> Option<MetricKind> {
        let Figure::Metric(metric) = figure else { return None };
        self.contract.terms().metrics.get(metric).map(|metric| metric.kind)
    }

    /// Puts items in the order in which limits bind, and gives the years of their observations and those in which they are due.
    pub fn in_order(&mut self) -> (Vec<i32>, Vec<i32>) {
        self.items.sort_by_key(|item| (item.date, item.payment, item.cohort.map_or(0, |cohort| cohort + 1)));
        let years = |day: fn(&Item) -> NaiveDate| {
            let years: BTreeSet<i32> = self.items.iter().map(|item| day(item).year()).collect();
            years.into_iter().collect::<Vec<_>>()
        };
        let (of_days, of_due) = (years(|item| item.date), years(|item| item.due));
        for item in &mut self.items {
            item.year = of_days.binary_search(&item.date.year()).unwrap_or(0);
            item.due_year = of_due.binary_search(&item.due.year()).unwrap_or(0);
        }
        (of_days, of_due)
    }
}
