//! Two-way grids: a measure over the values of two numbers at once.
//!
//! One rule: a cell is the figure of the document with both values written into it.

use super::axis::{MOST_CELLS, Walked};
use super::elsewhere::{Elsewhere, NoFigure};
use super::fault::VariationError;
use super::{BATCH, Steps};
use crate::analysis::grid::Axis;
use crate::analysis::varied::VariedNumber;
use crate::evaluation::Figure;
use crate::model::{Model, Question};
use crate::simulation::Progress;
use rust_decimal::Decimal;
use std::ops::ControlFlow;

/// What is asked: a measure, and the two numbers with their values.
#[derive(Debug, Clone, PartialEq)]
pub struct TwoWayQuestion {
    /// The measure and perspective.
    pub question: Question,
    /// The number along the grid.
    pub x: Axis,
    /// The number up the grid.
    pub y: Axis,
}

/// A measure over two numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct TwoWay {
    /// The figure of the model as it is.
    pub base: Figure,
    /// The number along the grid.
    pub x: Walked,
    /// The number up the grid.
    pub y: Walked,
    /// A row for each value of `y`, in it the figure at each value of `x`.
    pub cells: Vec<Vec<Result<Decimal, NoFigure>>>,
}

impl Model {
    /// A measure at every pair of values of two numbers.
    ///
    /// `progress` is called on the calling thread between batches of 64 cells; when it breaks, nothing is kept.
    ///
    /// # Errors
    /// A number that is not in the model or cannot be varied by itself; values that do not rise or are not taken; one number
    /// on both axes; more than [`MOST_CELLS`] cells; a holder or outcome that the model does not have; a model that cannot be
    /// valued; a caller who ended it. A pair at which there is no figure is a cell with the reason.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Model;
    /// use impact_core::analysis::{Axis, TwoWayQuestion};
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
    /// let asked = TwoWayQuestion {
    ///     question: Question::new(Measure::Npv),
    ///     x: Axis::spaced("outcomes.less-lonely.quantity".parse()?, 10.into(), 30.into(), 3)?,
    ///     y: Axis::at("outcomes.less-lonely.deadweight".parse()?, [0.into(), "0.5".parse()?]),
    /// };
    /// let grid = model.two_way(&asked, &mut |_| ControlFlow::Continue(()))?;
    /// let cells: Vec<_> = grid.cells.iter().flatten().map(|cell| cell.clone().unwrap()).collect();
    /// let expected = [-100_000, 100_000, 300_000, -200_000, -100_000, 0];
    /// assert_eq!(cells, expected.map(rust_decimal::Decimal::from));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn two_way(
        &self,
        asked: &TwoWayQuestion,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<TwoWay, VariationError> {
        let TwoWayQuestion { question, x, y } = asked;
        Axis::check_apart([&x.address, &y.address])?;
        let numbers = [VariedNumber::of(self, &x.address)?, VariedNumber::of(self, &y.address)?];
        let [along, up] = &numbers;
        x.check(along)?;
        y.check(up)?;
        let count = x.values.len().saturating_mul(y.values.len());
        if count > MOST_CELLS {
            return Err(VariationError::TooMany { what: "cells", count, most: MOST_CELLS });
        }
        let base = self.appraise()?.answer(question)?;
        let corners: Vec<_> = x.ends().into_iter().flat_map(|x| y.ends().map(|y| [x, y])).collect();
        let addresses = [&x.address, &y.address];
        let mut elsewhere = Elsewhere::quickest(self, addresses, [along, up], &corners, question)?;
        let mut steps = Steps::new(count, progress);
        let mut cells = Vec::with_capacity(y.values.len());
        for at_y in &y.values {
            let mut row = Vec::with_capacity(x.values.len());
            for at_x in &x.values {
                row.push(elsewhere.at([*at_x, *at_y]));
                steps.step(BATCH)?;
            }
            cells.push(row);
        }
        Ok(TwoWay { base, x: x.walked(along), y: y.walked(up), cells })
    }
}
