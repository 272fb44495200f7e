//! Readings: what a block of draws must add up so that the questions asked of it can be answered.
//!
//! One rule: no measure is written down again here. A measure that sums decide is linear in the lines, so its coefficients are
//! found by asking its own formula what one krone of each line does to it.

use crate::evaluation::budget::enters_budgets;
use crate::evaluation::figure::Absence;
use crate::evaluation::line::{Class, Line};
use crate::evaluation::plan::{Plan, Sign};
use crate::evaluation::sides::{Sides, never};
use crate::evaluation::sums::LineTotal;
use crate::evaluation::view::View;
use crate::model::{Measure, Model, Question, QuestionError};
use crate::reference::NothingForNothing;

/// What of a line is added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    Present,
    Claim,
    Cashable,
    /// The amounts of all years, not discounted.
    Amount,
}

/// A line's part in a sum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Term {
    pub sum: usize,
    pub entry: Entry,
    pub weight: f64,
}

/// Which units of an outcome are added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    Started,
    Accrued,
}

/// A sum over lines, or over the units of one outcome.
#[derive(Debug, Clone, PartialEq)]
struct Addition {
    constant: f64,
    terms: Vec<(usize, Entry, f64)>,
    units: Option<(usize, Counted)>,
}

/// Net gains by year, as one perspective sees them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Years {
    /// By line, whether it is gained or lost.
    pub signs: Vec<Sign>,
    pub discounted: bool,
    /// Only what is paid in costs and transfers, as a positive amount.
    pub paid: bool,
}

/// How a question is read off the sums.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Reading {
    Sum(usize),
    /// A sum of gains and losses that is zero where nothing but rounding is left of its turnover.
    Balance {
        sum: usize,
        turnover: usize,
    },
    /// No value where what stands below is not above zero.
    Fraction {
        above: usize,
        below: usize,
        /// The turnover of what stands below, where it is a balance.
        turnover: Option<usize>,
        /// Where nothing below the line is infinity and no lack of a value: the turnover of what stands above it.
        infinite: Option<Infinite>,
    },
    Years {
        measure: Measure,
        net: usize,
        paid: usize,
    },
    /// There is none, at any draw.
    None(Absence),
}

/// What the signs above and below the line of a marginal value of public funds are told by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Infinite {
    /// The turnover of what stands above the line.
    pub turnover: usize,
    /// What nothing over nothing is.
    pub nothing: NothingForNothing,
}

/// Everything that is added up for some questions.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Readings {
    /// What each sum begins with.
    pub(super) constants: Vec<f64>,
    /// By line, the sums it enters.
    pub(super) lines: Vec<Vec<Term>>,
    /// By outcome, the sums its units enter.
    pub(super) outcomes: Vec<Vec<(usize, Counted)>>,
    pub(super) years: Vec<Years>,
    /// Whether anything asks more of a line than its present value.
    pub(super) by_year: bool,
    pub(crate) readings: Vec<Reading>,
}

impl Readings {
    /// Lays out the questions of a model.
    pub fn of(model: &Model, plan: &Plan, questions: &[Question]) -> Result<Self, QuestionError> {
        let mut drafted = Draft { model, plan, additions: Vec::new(), years: Vec::new() };
        let readings = questions.iter().map(|question| drafted.read(question)).collect::<Result<_, _>>()?;
        let Draft { additions, years, .. } = drafted;
        let mut lines = vec![Vec::new(); plan.lines.len()];
        let mut outcomes = vec![Vec::new(); plan.outcomes.len()];
        for (sum, addition) in additions.iter().enumerate() {
            for (line, entry, weight) in &addition.terms {
                if let Some(terms) = lines.get_mut(*line) {
                    terms.push(Term { sum, entry: *entry, weight: *weight });
                }
            }
            if let Some((outcome, counted)) = addition.units
                && let Some(counts) = outcomes.get_mut(outcome)
            {
                counts.push((sum, counted));
            }
        }
        let constants = additions.iter().map(|addition| addition.constant).collect();
        let by_year = !years.is_empty() || lines.iter().flatten().any(|term| term.entry == Entry::Amount);
        Ok(Self { constants, lines, outcomes, years, by_year, readings })
    }
}

struct Draft<'m> {
    model: &'m Model,
    plan: &'m Plan,
    additions: Vec<Addition>,
    years: Vec<Years>,
}

impl Draft<'_> {
    fn read(&mut self, question: &Question) -> Result<Reading, QuestionError> {
        let view = View::new(self.model, &question.perspective)?;
        let measure = question.measure;
        if let Some(absence) = never(self.model, question, &view) {
            return Ok(Reading::None(absence));
        }
        if measure.is_of_an_outcome() {
            return Ok(match self.model.outcome_asked(question.outcome.as_deref())? {
                Ok(outcome) => self.of_outcome(measure, &view, outcome),
                Err(absence) => Reading::None(absence),
            });
        }
        Ok(match self.of_sums(question)? {
            Some(reading) => reading,
            None => self.of_years(measure, &view),
        })
    }

    /// A measure that sums decide, by its answers to one krone on each line at a time.
    fn of_sums(&mut self, question: &Question) -> Result<Option<Reading>, QuestionError> {
        let sides = Sides::of(self.model, question)?;
        let years = self.plan.outcome_years();
        let asked = |lines: &[Line], totals: &[LineTotal<f64>]| sides.fraction(lines, totals, years);
        let Some(nothing) = asked(&[], &[]) else { return Ok(None) };
        let empty = |constant| Addition { constant, terms: Vec::new(), units: None };
        let mut above = empty(nothing.above);
        let mut below = nothing.below.map(empty);
        for (position, line) in self.plan.lines.iter().enumerate() {
            for (entry, krone) in one_krone() {
                let Some(answer) = asked(std::slice::from_ref(line), &[krone]) else { continue };
                above.add(position, entry, answer.above);
                if let (Some(below), Some(answer)) = (&mut below, answer.below) {
                    below.add(position, entry, answer);
                }
            }
        }
        let balance = matches!(question.measure, Measure::WillingnessToPay | Measure::NetPublicCost);
        let over_balance = matches!(question.measure, Measure::Mvpf | Measure::NetBenefitPerBudgetKrone);
        let turnover = below.as_ref().filter(|_| over_balance).unwrap_or(&above).turnover();
        let turnover = (balance || over_balance).then(|| self.sum(turnover));
        let nothing = self.model.convention().ratios.nothing_for_nothing;
        let infinite =
            (question.measure == Measure::Mvpf).then(|| Infinite { turnover: self.sum(above.turnover()), nothing });
        let above = self.sum(above);
        Ok(Some(match (below, turnover) {
            (Some(below), turnover) => Reading::Fraction { above, below: self.sum(below), turnover, infinite },
            (None, Some(turnover)) => Reading::Balance { sum: above, turnover },
            (None, None) => Reading::Sum(above),
        }))
    }

    fn of_outcome(&mut self, measure: Measure, view: &View, outcome: usize) -> Reading {
        let (entry, counted) = match measure {
            Measure::GainPerUnit => (Entry::Present, Counted::Started),
            _ => (Entry::Amount, Counted::Accrued),
        };
        let mut above = Addition { constant: 0.0, terms: Vec::new(), units: None };
        for (position, line) in self.plan.lines.iter().enumerate() {
            let (taken, side) = match measure {
                Measure::GainPerUnit => (line.outcome == Some(outcome), 1.0),
                _ => (line.class == Class::Cost, -1.0),
            };
            if taken {
                above.add(position, entry, side * view.sign(line).float());
            }
        }
        let below = Addition { constant: 0.0, terms: Vec::new(), units: Some((outcome, counted)) };
        Reading::Fraction { above: self.sum(above), below: self.sum(below), turnover: None, infinite: None }
    }

    fn of_years(&mut self, measure: Measure, view: &View) -> Reading {
        let seen = |line: &Line| !measure.is_of_budget_years() || enters_budgets(line);
        let sign = |line| if seen(line) { view.sign(line) } else { Sign::None };
        let signs: Vec<Sign> = self.plan.lines.iter().map(sign).collect();
        let outlay = |(line, sign): (&Line, &Sign)| match (line.summed_as(), sign) {
            (Class::Cost | Class::Transfer, Sign::Minus) => Sign::Plus,
            _ => Sign::None,
        };
        let paid = self.plan.lines.iter().zip(&signs).map(outlay).collect();
        let discounted = matches!(measure, Measure::DiscountedPayback | Measure::DiscountedFiscalPayback);
        Reading::Years {
            measure,
            net: self.by_year(Years { signs, discounted, paid: false }),
            paid: self.by_year(Years { signs: paid, discounted: false, paid: true }),
        }
    }

    fn sum(&mut self, addition: Addition) -> usize {
        position_of(&mut self.additions, addition)
    }

    fn by_year(&mut self, years: Years) -> usize {
        position_of(&mut self.years, years)
    }
}

impl Addition {
    /// All of it, gains and losses alike.
    fn turnover(&self) -> Self {
        let terms = self.terms.iter().map(|(line, entry, weight)| (*line, *entry, weight.abs())).collect();
        Self { constant: self.constant.abs(), terms, units: None }
    }

    fn add(&mut self, line: usize, entry: Entry, value: f64) {
        let weight = value - self.constant;
        if weight != 0.0 {
            self.terms.push((line, entry, weight));
        }
    }
}

/// Where something stands in a list; at its end, if it was not there.
fn position_of<T: PartialEq>(list: &mut Vec<T>, wanted: T) -> usize {
    list.iter().position(|known| *known == wanted).unwrap_or_else(|| {
        list.push(wanted);
        list.len().saturating_sub(1)
    })
}

/// A line on which one entry is one and the others are nothing.
fn one_krone() -> [(Entry, LineTotal<f64>); 3] {
    let none = LineTotal { present_value: 0.0, present_claim: 0.0, present_cashable: 0.0 };
    [
        (Entry::Present, LineTotal { present_value: 1.0, ..none }),
        (Entry::Claim, LineTotal { present_claim: 1.0, ..none }),
        (Entry::Cashable, LineTotal { present_cashable: 1.0, ..none }),
    ]
}
