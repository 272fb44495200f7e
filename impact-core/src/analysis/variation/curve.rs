//! Break-even curves: how the break-even value of one number follows another number.
//!
//! One rule: each point is the break-even of the model with the other number written into its document.

use super::Steps;
use super::axis::Walked;
use super::fault::VariationError;
use crate::analysis::grid::Axis;
use crate::analysis::varied::VariedNumber;
use crate::analysis::{BreakEven, BreakEvenQuestion};
use crate::model::Model;
use crate::simulation::Progress;
use rust_decimal::Decimal;
use std::ops::ControlFlow;

/// The most break-even questions of one curve.
pub const MOST_SOLVED: usize = 10_000;

/// The break-even value of one number along another.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakEvenCurve {
    /// What was asked at each value.
    pub asked: BreakEvenQuestion,
    /// The number along the curve.
    pub x: Walked,
    /// An answer for each of its values.
    pub points: Vec<CurvePoint>,
}

/// The answer at one value of the number along the curve.
#[derive(Debug, Clone, PartialEq)]
pub struct CurvePoint {
    /// The value.
    pub at: Decimal,
    /// Where the measure meets its target there: one value, several, none in range, or everywhere.
    pub answer: BreakEven,
}

impl Model {
    /// Where a measure meets its target by one number, for each of several values of another.
    ///
    /// `progress` is called on the calling thread after each point; when it breaks, nothing is kept.
    ///
    /// # Errors
    /// As for [`Model::break_even`]; values of `x` that do not rise or are not taken; one number twice; more than
    /// [`MOST_SOLVED`] values; a caller who ended it. "None in range" is an answer, not an error.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Model;
    /// use impact_core::analysis::{Axis, BreakEvenQuestion};
    /// use impact_core::model::{Measure, Question};
    /// use std::ops::ControlFlow;
    /// let model = Model::from_toml(r#"
    ///     impact = 1
    ///     name = "Gardening group"
    ///     country = "NO"
    ///     currency = "NOK"
    ///     price_year = 2024
    ///     start = 2024
    ///     conventions = "sroi-practice"
    ///     holders = [ { id = "neighbours", kind = "people" }, { id = "municipality", kind = "public", level = "municipality" } ]
    ///     costs = [ { id = "team", payer = "municipality", amount = 300_000, year = 2024, source = "budget" } ]
    ///     [[outcomes]]
    ///     id = "less-lonely"
    ///     holder = "neighbours"
    ///     quantity = 25
    ///     deadweight = 0
    ///     values = [ { id = "company", value = 20_000, unit = "person-year", kind = "social", source = "an example" } ]
    /// "#)?;
    /// let deadweight = Axis::at("outcomes.less-lonely.deadweight".parse()?, [0.into(), "0.5".parse()?]);
    /// let people = BreakEvenQuestion::new("outcomes.less-lonely.quantity".parse()?, Question::new(Measure::Npv));
    /// let curve = model.break_even_curve(&deadweight, &people, &mut |_| ControlFlow::Continue(()))?;
    /// let values: Vec<_> = curve.points.iter().map(|point| point.answer.crossings[0].value).collect();
    /// assert_eq!(values, [15.into(), 30.into()]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn break_even_curve(
        &self,
        x: &Axis,
        asked: &BreakEvenQuestion,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<BreakEvenCurve, VariationError> {
        let number = VariedNumber::of(self, &x.address)?;
        x.check(&number)?;
        if x.values.len() > MOST_SOLVED {
            return Err(VariationError::TooMany { what: "values", count: x.values.len(), most: MOST_SOLVED });
        }
        Axis::check_apart([&x.address, &asked.address])?;
        let mut steps = Steps::new(x.values.len(), progress);
        let mut points = Vec::with_capacity(x.values.len());
        for value in &x.values {
            let model = self.with(x.address.as_str(), *value).map_err(|fault| VariationError::Refused {
                address: x.address.clone(),
                value: *value,
                fault,
            })?;
            points.push(CurvePoint { at: *value, answer: model.break_even(asked)? });
            steps.step(1)?;
        }
        Ok(BreakEvenCurve { asked: asked.clone(), x: x.walked(&number), points })
    }
}
