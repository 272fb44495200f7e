//! Options: the net benefits of doing nothing and of the models that are chosen between.
//!
//! One rule: options are compared draw by draw, so they share seed, points, number of draws and money.

use crate::analysis::SensitivityError;
use crate::analysis::information::{Decision, Evpi};
use crate::model::{Measure, Question};
use crate::simulation::{Points, Simulated};

/// The draws of every option: nothing, this model, those it is held against.
pub(super) struct Options<'s> {
    nothing: Vec<f64>,
    models: Vec<&'s [f64]>,
}

impl<'s> Options<'s> {
    pub fn new(
        simulated: &'s Simulated,
        question: &Question,
        against: &[&'s Simulated],
    ) -> Result<Self, SensitivityError> {
        SensitivityError::unless_decided_by(question)?;
        let unit = &simulated.answer(question)?.point().unit;
        let own = simulated.kept(question)?;
        let mut models = vec![own];
        for (option, other) in (1..).zip(against) {
            drawn_together(option, simulated, other)?;
            if other.answer(question)?.point().unit != *unit {
                return Err(SensitivityError::OtherMoney { option });
            }
            models.push(other.kept(question)?);
        }
        Ok(Self { nothing: vec![0.0; own.len()], models })
    }

    /// Their columns, doing nothing first: of equals the first is the best.
    pub fn columns(&self) -> Vec<&[f64]> {
        std::iter::once(self.nothing.as_slice()).chain(self.models.iter().copied()).collect()
    }
}

/// Whether two models share the draws of whatever they share.
fn drawn_together(option: usize, first: &Simulated, second: &Simulated) -> Result<(), SensitivityError> {
    let (one, other) = (first.simulation(), second.simulation());
    let what = if one.draws() != other.draws() {
        "number of draws"
    } else if one.seed() != other.seed() {
        "seed"
    } else if one.points() != other.points() {
        "kind of points"
    } else if one.points() == Points::Sobol && first.addresses() != second.addresses() {
        // A dimension is the place of an address among all that are uncertain.
        "set of uncertain numbers, which under Sobol' points decides the draws"
    } else {
        return Ok(());
    };
    Err(SensitivityError::DrawnApart { option, what })
}

impl SensitivityError {
    /// That a decision can rest on a measure: more of it is better, and nothing done is nothing gained.
    ///
    /// # Errors
    /// A measure that is not a net benefit in money.
    pub fn unless_decided_by(question: &Question) -> Result<(), Self> {
        let reason = match question.measure {
            Measure::Npv | Measure::EquivalentAnnualValue | Measure::WeightedNpv => return Ok(()),
            Measure::SroiRatio
            | Measure::SroiNetRatio
            | Measure::Bcr
            | Measure::Mvpf
            | Measure::CbaRatio
            | Measure::NetBenefitPerBudgetKrone => "is a ratio, not money",
            Measure::CostPerOutcome | Measure::GainPerUnit => "is money for one unit, however many there are",
            Measure::Payback
            | Measure::DiscountedPayback
            | Measure::FiscalPayback
            | Measure::DiscountedFiscalPayback => "is a time, not money",
            Measure::Irr | Measure::FiscalReturn => "is a rate, not money",
            Measure::WillingnessToPay => "leaves out what public budgets pay",
            Measure::PresentValueInputs | Measure::NetPublicCost => "is what is put in, and more of it is no gain",
            Measure::PresentValueOutcomes | Measure::CashableSaving => "leaves out what is put in",
        };
        Err(Self::NoDecision { question: question.to_string(), reason })
    }
}

impl Simulated {
    /// The expected value of perfect information (EVPI), and how sure the choice is: between doing nothing (option 0), this model
    /// (option 1) and those it is held against (2 and on).
    ///
    /// # Formula
    /// See [`Decision`].
    ///
    /// # Errors
    /// A measure that is not a net benefit in money or was not simulated, draws that were not kept, options that do not share
    /// seed, points, number of draws and money, fewer than 32 draws in which all have a value.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Model;
    /// use impact_core::model::{Measure, Question};
    /// use impact_core::simulation::{Seed, Simulation};
    /// use std::ops::ControlFlow;
    /// let model = Model::from_toml(r#"
    /// impact = 1
    /// name = "Gardening group"
    /// country = "NO"
    /// currency = "NOK"
    /// price_year = 2024
    /// start = 2024
    /// conventions = "sroi-practice"
    /// holders = [{ id = "people", kind = "people" }]
    /// costs = [{ id = "team", payer = "people", amount = 100, year = 2024, source = "illustrative" }]
    /// [[outcomes]]
    /// id = "less-lonely"
    /// holder = "people"
    /// nature = "event"
    /// quantity = { uniform = [0, 12] }
    /// values = [{ id = "wellbeing", value = 20, unit = "person", to = "people", kind = "social", source = "illustrative" }]
    /// "#)?;
    /// let simulated = model.simulate(&Simulation::new(50_000, Seed(7)), &mut |_| ControlFlow::Continue(()))?;
    /// let evpi = simulated.evpi(&Question::new(Measure::Npv), &[])?;
    /// // It gains from −100 to 140, evenly: who knew would not do it below 0, and lose 50 less in 10 cases of 24.
    /// assert_eq!(evpi.best, 1);
    /// assert!((evpi.evpi.value - 50.0 * 10.0 / 24.0).abs() < 4.0 * evpi.evpi.standard_error);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn evpi(&self, question: &Question, against: &[&Simulated]) -> Result<Evpi, SensitivityError> {
        let options = Options::new(self, question, against)?;
        Ok(Decision::new(&options.columns())?.evpi().clone())
    }
}
