//! The appraisal: a model valued exactly, and the figures that can be read off it.
//!
//! One rule: every figure is a sum over the one ledger; asking in another order or from another side changes no digit.

use super::basis::Basis;
use super::budget::{Budget, PriceLevel};
use super::budget_plan::BudgetPlan;
use super::figure::{Absence, Below, Figure, FigureUnit};
use super::formula::{Workspace, evaluate};
use super::ledger::{Ledger, LedgerSink, OutcomeRecord};
use super::line::{Class, Line};
use super::measure::{Fraction, cost_per_outcome, discounted_payback, gain_per_unit, irr, payback};
use super::plan::Plan;
use super::pocket_years::{CountedIn, WrongPocketYears};
use super::provenance::Provenance;
use super::sides::{Sides, never};
use super::sums::{LineTotal, Sums, line_totals};
use super::totals::FastTotals;
use super::view::View;
use super::wrong_pocket::WrongPocket;
use super::yearly::Yearly;
use crate::address::{Address, Place};
use crate::error::ModelError;
use crate::model::{Assumption, Marks, Measure, Model, Outcome, Perspective, Question, QuestionError, Slot};
use crate::number::{Constant, Exact, Fault, Number};
use crate::reference::Denominator;
use crate::units::{Unit, Year};
use rust_decimal::Decimal;

/// A model valued exactly at its point values.
#[derive(Debug, Clone)]
pub struct Appraisal {
    model: Model,
    ledger: Ledger,
    totals: Vec<LineTotal<Exact>>,
    units: Vec<OutcomeUnits>,
    points: Vec<Constant>,
}

/// The causal units of an outcome: net of deadweight and displacement.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct OutcomeUnits {
    /// The id of the outcome.
    pub outcome: String,
    /// What starts: people, events.
    pub unit: Unit,
    /// Units that start, over all intakes; of a path those at its point farthest from zero.
    pub started: Decimal,
    /// What accrues: unit-years of a state, the unit itself of an event.
    pub accrued_unit: Unit,
    /// What accrues in the years appraised.
    pub accrued: Decimal,
    /// What falls after the last year appraised and is left out.
    pub cut_off: Decimal,
    /// What accrues in each year appraised.
    pub by_year: Vec<(Year, Decimal)>,
    /// What accrues, in the units of prices that are not per unit of the outcome: recipient-years beside person-years.
    pub in_price_units: Vec<PricedUnits>,
}

/// The units of an outcome as one of its prices counts them.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct PricedUnits {
    /// The address of the value.
    pub value: Address,
    /// The unit of its price.
    pub unit: Unit,
    /// How many accrue in the years appraised, before the destination's share.
    pub units: Decimal,
}

impl Model {
    /// Values the model exactly at its point values.
    ///
    /// # Errors
    /// A year without a price level where nominal money needs one, or an amount larger than 28 digits, with its address.
    pub fn appraise(&self) -> Result<Appraisal, ModelError> {
        let plan = self.plan()?;
        Appraisal::at(self, &plan, &plan.points)
    }

    /// What makes its results.
    pub fn provenance(&self) -> Provenance {
        Provenance::of(self)
    }

    /// The sums of the model in another number type, without a ledger: `f64`, or lanes of it.
    ///
    /// # Errors
    /// As for [`Model::appraise`], but for amounts, which in floats may be infinite.
    pub fn fast_totals<N: Number>(&self) -> Result<FastTotals<N>, ModelError> {
        Ok(FastTotals::new(self.clone(), self.plan()?))
    }
}

impl Appraisal {
    /// The model at other values of its slots.
    pub(crate) fn at(model: &Model, plan: &Plan, points: &[Constant]) -> Result<Self, ModelError> {
        let inputs: Vec<Exact> = points.iter().map(Constant::exact).collect();
        let mut sink = LedgerSink::new(plan);
        evaluate(plan, &inputs, &mut Workspace::empty(), &mut sink);
        let ledger = sink.finish()?;
        let totals = line_totals(&ledger);
        let counted = model.outcomes().iter().zip(ledger.outcomes()).map(|(outcome, record)| {
            let units = units(model, outcome, record, points);
            units.map_err(|fault| ModelError::one(Place::at(outcome.address.clone()), fault))
        });
        let units = counted.collect::<Result<_, _>>()?;
        Ok(Self { model: model.clone(), ledger, totals, units, points: points.to_vec() })
    }

    /// The value that a slot had in this appraisal.
    pub(crate) fn point(&self, slot: Slot) -> Exact {
        value_at(&self.points, slot)
    }

    /// The value of every slot in this appraisal.
    pub(crate) fn points(&self) -> &[Constant] {
        &self.points
    }

    /// The present values of each line, in the order of the ledger's lines.
    pub(crate) fn totals(&self) -> &[LineTotal<Exact>] {
        &self.totals
    }

    /// The model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Every posting.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// What made this result.
    pub fn provenance(&self) -> Provenance {
        self.model.provenance()
    }

    /// Present values from a perspective.
    ///
    /// # Errors
    /// A holder the model does not have.
    pub fn sums(&self, perspective: &Perspective) -> Result<Sums<Exact>, QuestionError> {
        Ok(self.sums_seen(&View::new(&self.model, perspective)?))
    }

    fn sums_seen(&self, view: &View) -> Sums<Exact> {
        Sums::of(self.ledger.lines(), &self.totals, view)
    }

    /// A measure from a perspective.
    ///
    /// # Errors
    /// A holder the model does not have. A measure that does not exist is a [`Figure`] that says why.
    pub fn measure(&self, measure: Measure, perspective: Perspective) -> Result<Figure, QuestionError> {
        self.answer(&Question::new(measure).seen_by(perspective))
    }

    /// The answer to a question.
    ///
    /// # Errors
    /// A holder or an outcome the model does not have.
    pub fn answer(&self, question: &Question) -> Result<Figure, QuestionError> {
        let view = View::new(&self.model, &question.perspective)?;
        let never = never(&self.model, question, &view);
        let nothing = self.model.convention().ratios.nothing_for_nothing;
        let (unit, value) = match self.of_sums(question)? {
            Some((unit, fraction)) => (unit, fraction.value(question.measure, nothing)),
            None if question.measure.is_of_an_outcome() => self.of_outcome(&view, question)?,
            None => self.by_year(question.measure, &view),
        };
        let value = never.map_or(value, Err);
        let marks = Basis::of(&self.model, self.ledger.lines(), question)?.marks(&self.model, None);
        Ok(Figure { question: question.clone(), unit, marks, value: value.map(|value| value.normalize()) })
    }

    /// The numbers behind the answer to a question that somebody invented, in the order of the document.
    ///
    /// # Errors
    /// A holder or an outcome the model does not have.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Model;
    /// use impact_core::model::{Measure, Question};
    /// let model = Model::from_toml(r#"
    ///     impact = 1
    ///     name = "Gardening group"
    ///     country = "NO"
    ///     currency = "NOK"
    ///     price_year = 2024
    ///     start = 2024
    ///     holders = [ { id = "neighbours", kind = "people" } ]
    ///     outcomes = [ { id = "less-lonely", holder = "neighbours", quantity = 25, attribution = { others = { value = 0.3, illustrative = true } }, values = [ { id = "joy", value = 20_000, unit = "person-year", kind = "social" } ] } ]
    /// "#)?;
    /// let behind = |measure| model.appraise().unwrap().illustrative_numbers(&Question::new(measure)).map(|found| found.len());
    /// // What others contribute is taken from the claim of a ratio, and not from the net present value.
    /// assert_eq!((behind(Measure::SroiRatio)?, behind(Measure::Npv)?), (1, 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn illustrative_numbers(&self, question: &Question) -> Result<Vec<&Assumption>, QuestionError> {
        let basis = Basis::of(&self.model, self.ledger.lines(), question)?;
        let numbers = basis.slots.iter().filter_map(|slot| self.model.assumption(*slot));
        Ok(numbers.filter(|number| number.marks.illustrative).collect())
    }

    /// The marks of the answer to a question over draws: those of the figure, and of what ties the numbers it rests on.
    ///
    /// # Errors
    /// A holder or an outcome the model does not have.
    pub fn drawn_marks(&self, question: &Question) -> Result<Marks, QuestionError> {
        let basis = Basis::of(&self.model, self.ledger.lines(), question)?;
        let tied = Marks { illustrative: basis.has_invented_tie(&self.model), unverified: false };
        Ok(basis.marks(&self.model, None).or(tied))
    }

    /// A measure that sums decide, with its unit; none for another.
    pub(super) fn of_sums(&self, question: &Question) -> Result<Option<(FigureUnit, Fraction<Exact>)>, QuestionError> {
        let below = match self.model.convention().ratios.denominator {
            Denominator::AllInputs => Below::EverybodysInputs,
            Denominator::Payer => Below::OwnInputs,
        };
        let unit = match question.measure {
            Measure::SroiRatio | Measure::SroiNetRatio => FigureUnit::Ratio(below),
            Measure::Bcr => FigureUnit::Ratio(Below::OwnInputs),
            Measure::Mvpf | Measure::NetBenefitPerBudgetKrone => FigureUnit::Ratio(Below::NetPublicCost),
            Measure::CbaRatio => FigureUnit::Ratio(Below::ProgrammeCost),
            Measure::EquivalentAnnualValue => {
                FigureUnit::MoneyPerYear { currency: self.model.currency(), price_year: self.model.price_year() }
            }
            _ => self.money(),
        };
        let years = self.yearly_factors().into_iter().sum();
        let fraction = Sides::of(&self.model, question)?.fraction(self.ledger.lines(), &self.totals, years);
        Ok(fraction.map(|fraction| (unit, fraction)))
    }

    pub(super) fn money(&self) -> FigureUnit {
        FigureUnit::Money {
            currency: self.model.currency(),
            price_year: self.model.price_year(),
            present_value_year: self.model.present_value_year(),
        }
    }

    /// A measure of the net gains by year.
    fn by_year(&self, measure: Measure, view: &View) -> (FigureUnit, Result<Decimal, Absence>) {
        let budgets = measure.is_of_budget_years();
        let yearly = Yearly { ledger: &self.ledger, view, years: self.model.years(), budgets };
        let paid = yearly.first_paid();
        match measure {
            Measure::Irr | Measure::FiscalReturn => {
                let nets = yearly.nets(|posting| posting.amount);
                (FigureUnit::Rate, nets.and_then(|nets| irr::irr(nets.into_iter().map(|(_, net)| net).collect())))
            }
            Measure::DiscountedPayback | Measure::DiscountedFiscalPayback => {
                let nets = yearly.nets(|posting| posting.present_value);
                (FigureUnit::Years, nets.and_then(|nets| discounted_payback::discounted_payback(&nets, paid)))
            }
            _ => {
                let standings = yearly.cumulative();
                (FigureUnit::Years, standings.and_then(|standings| payback::payback(&standings, paid)))
            }
        }
    }

    /// The discount factor of an outcome in each year appraised.
    pub(crate) fn yearly_factors(&self) -> Vec<Exact> {
        let model = &self.model;
        model.clock().factors(model.start(), model.horizon(), model.convention().discount.outcomes)
    }

    /// A measure of one outcome.
    fn of_outcome(
        &self,
        view: &View,
        question: &Question,
    ) -> Result<(FigureUnit, Result<Decimal, Absence>), QuestionError> {
        let position = match self.model.outcome_asked(question.outcome.as_deref())? {
            Ok(position) => position,
            Err(absence) => return Ok((self.money(), Err(absence))),
        };
        let Some(units) = self.units.get(position) else { return Ok((self.money(), Err(Absence::NoOutcomes))) };
        let per = |unit: &Unit, present_value_year| FigureUnit::MoneyPer {
            currency: self.model.currency(),
            price_year: self.model.price_year(),
            present_value_year,
            unit: unit.clone(),
        };
        Ok(match question.measure {
            Measure::GainPerUnit => {
                let own = |line: &&Line| line.outcome == Some(position);
                let lines = self.ledger.lines().iter().zip(&self.totals).filter(|(line, _)| own(line));
                let gain: Exact = lines.map(|(line, total)| view.signed_total(line, total.present_value)).sum();
                let started = Exact::from(units.started);
                (
                    per(&units.unit, Some(self.model.present_value_year())),
                    gain_per_unit::gain_per_unit(gain, started, &units.outcome),
                )
            }
            _ => {
                let costs = self.ledger.entries().filter(|(line, _)| line.class == Class::Cost);
                let paid = costs.map(|(line, posting)| Exact::ZERO - view.signed(line, posting, posting.amount));
                let accrued = Exact::from(units.accrued);
                (
                    per(&units.accrued_unit, None),
                    cost_per_outcome::cost_per_outcome(paid.sum(), accrued, &units.outcome),
                )
            }
        })
    }

    /// The causal units of each outcome, in the order of the model.
    pub fn outcome_units(&self) -> &[OutcomeUnits] {
        &self.units
    }

    /// What public budgets, all or those of one holder, pay and save by year.
    ///
    /// # Errors
    /// A holder the model does not have. Whoever has no public budget, and a nominal budget in a year without a price level,
    /// is answered with the reason.
    pub fn budget(
        &self,
        perspective: &Perspective,
        price_level: PriceLevel,
    ) -> Result<Result<Budget, Absence>, QuestionError> {
        let view = View::new(&self.model, perspective)?;
        if matches!(perspective, Perspective::Society | Perspective::Everybody) || !view.has_budget() {
            return Ok(Err(Absence::no_budget("budget", perspective)));
        }
        Ok(Budget::new(&self.ledger, &self.model.years(), &view, perspective.clone(), price_level))
    }

    /// Four years of what public budgets, all or those of one holder, pay and save, line by line in money of each year.
    ///
    /// # Errors
    /// A holder the model does not have. Whoever has no public budget is answered with the reason; so is, in its own cells,
    /// a year that is not appraised or has no price level.
    pub fn budget_plan(
        &self,
        perspective: &Perspective,
        first_year: Option<Year>,
    ) -> Result<Result<BudgetPlan, Absence>, QuestionError> {
        let view = View::new(&self.model, perspective)?;
        if matches!(perspective, Perspective::Society | Perspective::Everybody) || !view.has_budget() {
            return Ok(Err(Absence::no_budget("budget", perspective)));
        }
        let first = first_year.unwrap_or(self.model.start());
        Ok(Ok(BudgetPlan::new(&self.ledger, &self.model.years(), &view, perspective.clone(), first)))
    }

    /// What each holder pays and gains.
    ///
    /// # Errors
    /// A sum larger than 28 digits.
    pub fn wrong_pocket(&self) -> Result<WrongPocket, Absence> {
        WrongPocket::new(self.model.holders(), &self.ledger)
    }

    /// What each holder pays and gains in each year: money, production and wellbeing in rows of their own.
    ///
    /// # Errors
    /// Nominal amounts in a year without a price level, or a sum larger than 28 digits.
    pub fn wrong_pocket_years(&self, counted_in: CountedIn) -> Result<WrongPocketYears, Absence> {
        WrongPocketYears::new(self.model.holders(), &self.model.years(), &self.ledger, counted_in)
    }
}

/// The value of a slot among those of a plan, which has one for each.
fn value_at(points: &[Constant], slot: Slot) -> Exact {
    points.get(slot.position()).map_or(Exact::ZERO, Constant::exact)
}

fn units(model: &Model, outcome: &Outcome, record: &OutcomeRecord, points: &[Constant]) -> Result<OutcomeUnits, Fault> {
    let accrued: Exact = record.by_year.iter().map(|units| Exact::from(*units)).sum();
    let value = |number: Exact| Ok(number.quantised().value()?.normalize());
    let in_price_units = outcome.values.iter().filter_map(|priced| {
        priced.conversion.number()?;
        let per_unit = priced.conversion.factor(|slot| value_at(points, slot));
        Some(value(accrued * per_unit).map(|units| PricedUnits {
            value: priced.address.clone(),
            unit: priced.price.unit.clone(),
            units,
        }))
    });
    Ok(OutcomeUnits {
        outcome: outcome.id.clone(),
        unit: outcome.unit.clone(),
        started: record.started.normalize(),
        accrued_unit: outcome.accrued_unit(),
        accrued: value(accrued)?,
        cut_off: record.cut_off.normalize(),
        by_year: model.years().into_iter().zip(record.by_year.iter().map(Decimal::normalize)).collect(),
        in_price_units: in_price_units.collect::<Result<_, Fault>>()?,
    })
}
