//! The tornado: how far each number by itself moves a measure.
//!
//! One rule: the model at its point values is the trunk; each bar reaches from the figure at a low to the figure at a high
//! value of one number, all others at their points. It is asked of amounts, not of ratios, whose parts do not compare.

use super::elsewhere::{NoFigure, written};
use super::fault::VariationError;
use super::reach::{Reach, reach};
use crate::address::Address;
use crate::analysis::BreakEvenError;
use crate::analysis::range::within;
use crate::analysis::varied::VariedNumber;
use crate::evaluation::Figure;
use crate::model::{Marks, Model, Question};
use crate::number::Exact;
use rust_decimal::Decimal;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What is asked: the measure, and which numbers move it how far.
///
/// # Examples
/// ```
/// use impact_core::analysis::TornadoQuestion;
/// use impact_core::model::{Measure, Question};
/// let asked = TornadoQuestion::new(Question::new(Measure::Npv))
///     .with_chances(0.1, 0.9)
///     .with_range("horizon".parse()?, 5.into(), 10.into());
/// assert_eq!(asked.chances, (0.1, 0.9));
/// # Ok::<(), impact_core::address::AddressError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct TornadoQuestion {
    /// The measure and perspective.
    pub question: Question,
    /// The numbers that move between two quantiles; none for every uncertain one.
    pub addresses: Option<Vec<Address>>,
    /// Numbers that move between two given values, uncertain or not.
    pub ranges: BTreeMap<Address, (Decimal, Decimal)>,
    /// The chances of less than the low and less than the high quantile.
    pub chances: (f64, f64),
}

/// How far each number moves a measure, the farthest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Tornado {
    /// What was asked.
    pub asked: TornadoQuestion,
    /// The figure of the model as it is.
    pub base: Figure,
    /// A row for each number: those with both figures by their distance, then those without one.
    pub rows: Vec<TornadoRow>,
}

/// How far one number moves the measure.
#[derive(Debug, Clone, PartialEq)]
pub struct TornadoRow {
    /// The number.
    pub address: Address,
    /// Its unit in words.
    pub unit: String,
    /// The value the model has; none for a number that cannot be varied by itself.
    pub current: Option<Decimal>,
    /// The low value, where there is one.
    pub low_at: Option<Decimal>,
    /// The high value, where there is one.
    pub high_at: Option<Decimal>,
    /// What the two values are.
    pub reach: Reach,
    /// The measure at the low value.
    pub low: Result<Decimal, NoFigure>,
    /// The measure at the high value.
    pub high: Result<Decimal, NoFigure>,
    /// The distance of the two figures.
    pub swing: Option<Decimal>,
    /// Whether the number is illustrative or unverified.
    pub marks: Marks,
}

impl TornadoQuestion {
    /// Every uncertain number from its 5 % to its 95 % quantile.
    pub fn new(question: Question) -> Self {
        Self { question, addresses: None, ranges: BTreeMap::new(), chances: (0.05, 0.95) }
    }

    /// The same of these numbers instead of every uncertain one.
    pub fn of(self, addresses: impl IntoIterator<Item = Address>) -> Self {
        let mut kept: Vec<Address> = Vec::new();
        for address in addresses {
            if !kept.contains(&address) {
                kept.push(address);
            }
        }
        Self { addresses: Some(kept), ..self }
    }

    /// The same with a number that moves between two values, instead of its quantiles or beside the others.
    pub fn with_range(mut self, address: Address, low: Decimal, high: Decimal) -> Self {
        self.ranges.insert(address, (low, high));
        self
    }

    /// The same between other quantiles.
    pub fn with_chances(self, low: f64, high: f64) -> Self {
        Self { chances: (low, high), ..self }
    }
}

impl Model {
    /// How far each number by itself moves a measure.
    ///
    /// A quantile enters as a decimal of twelve significant digits, which the row says. A quantile that the document does not
    /// take, and a measure that does not exist at a value, leave a row without that figure and with the reason. Where the two
    /// quantiles are one value, or lie on one side of the value in the model, they would hide what is rare: that bar
    /// reaches [further](Reach).
    ///
    /// # Errors
    /// A ratio; chances that are none; a number that is not in the model or does not vary and has no range; a range that the
    /// number does not take; a holder or outcome that the model does not have; a model that cannot be valued.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Model;
    /// use impact_core::analysis::TornadoQuestion;
    /// use impact_core::model::{Measure, Question};
    /// let model = Model::from_toml(r#"
    ///     impact = 1
    ///     name = "Gardening group"
    ///     country = "NO"
    ///     currency = "NOK"
    ///     price_year = 2024
    ///     start = 2024
    ///     holders = [ { id = "municipality", kind = "public", level = "municipality" } ]
    ///     costs = [ { id = "team", payer = "municipality", amount = { uniform = [300_000, 500_000] }, year = 2024 } ]
    /// "#)?;
    /// let tornado = model.tornado(&TornadoQuestion::new(Question::new(Measure::PresentValueInputs)))?;
    /// assert_eq!(tornado.base.value, Ok(400_000.into()));
    /// assert_eq!((tornado.rows[0].low_at, tornado.rows[0].high_at), (Some(310_000.into()), Some(490_000.into())));
    /// assert_eq!(tornado.rows[0].swing, Some(180_000.into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn tornado(&self, asked: &TornadoQuestion) -> Result<Tornado, VariationError> {
        let measure = asked.question.measure;
        if measure.is_a_ratio() {
            return Err(VariationError::Ratio { measure });
        }
        let (low, high) = asked.chances;
        if !(0.0 < low && low < high && high < 1.0) {
            return Err(VariationError::Chances { low, high });
        }
        let base = self.appraise()?.answer(&asked.question)?;
        let mut rows = self.bars(asked)?;
        rows.sort_by_key(|row| Reverse(row.swing));
        Ok(Tornado { asked: asked.clone(), base, rows })
    }

    /// The rows, in the order of the model and of the question.
    fn bars(&self, asked: &TornadoQuestion) -> Result<Vec<TornadoRow>, VariationError> {
        let mut rows = Vec::new();
        let moved = |address: &&Address| !asked.ranges.contains_key(*address);
        match &asked.addresses {
            Some(addresses) => {
                for address in addresses.iter().filter(moved) {
                    rows.push(self.bar(asked, address)?);
                }
            }
            None => {
                let uncertain = self.assumptions().iter().filter(|number| number.distribution.is_some());
                for address in uncertain.map(|number| &number.address).filter(moved) {
                    rows.push(match self.bar(asked, address) {
                        Err(VariationError::Number(why @ BreakEvenError::PartOfWhole { .. })) => {
                            TornadoRow::barred(self, address, &why)
                        }
                        row => row?,
                    });
                }
            }
        }
        for (address, (low, high)) in &asked.ranges {
            let number = VariedNumber::of(self, address)?;
            let ends = within(address, number.takes, (*low, *high))?;
            let row = self.moved(asked, address, &number, (ends.into(), Reach::Given));
            for (value, figure) in [(low, &row.low), (high, &row.high)] {
                if let Err(NoFigure::Refused(_)) = figure {
                    // Whoever writes a value is told what the document says of it.
                    self.with(address.as_str(), *value).map_err(|fault| VariationError::Refused {
                        address: address.clone(),
                        value: *value,
                        fault,
                    })?;
                }
            }
            rows.push(row);
        }
        Ok(rows)
    }

    /// A number between its quantiles.
    fn bar(&self, asked: &TornadoQuestion, address: &Address) -> Result<TornadoRow, VariationError> {
        let number = VariedNumber::of(self, address)?;
        let slot = self.number_at(address.as_str()).ok();
        let distribution = slot.and_then(|slot| self.assumption(slot)?.distribution.as_ref());
        let distribution = distribution.ok_or_else(|| VariationError::Certain { address: address.clone() })?;
        Ok(self.moved(asked, address, &number, reach(distribution, asked.chances, number.current)))
    }

    /// A number between two values.
    fn moved<E: Into<Option<Decimal>>>(
        &self,
        asked: &TornadoQuestion,
        address: &Address,
        number: &VariedNumber,
        (ends, reach): ([E; 2], Reach),
    ) -> TornadoRow {
        let [low_at, high_at] = ends.map(Into::into);
        let figure = |at: Option<Decimal>| match at {
            Some(value) => written(self, &[(address, value)], &asked.question),
            None => Err(BreakEvenError::NoValue { address: address.clone() }.into()),
        };
        let (low, high) = (figure(low_at), figure(high_at));
        let swing = low.as_ref().ok().zip(high.as_ref().ok());
        let swing = swing.and_then(|(low, high)| (Exact::from(*high) - Exact::from(*low)).value().ok());
        let marks = self.number_at(address.as_str()).ok().and_then(|slot| self.assumption(slot));
        TornadoRow {
            address: address.clone(),
            unit: number.unit.clone(),
            current: Some(number.current),
            low_at,
            high_at,
            reach,
            low,
            high,
            swing: swing.map(|swing| swing.abs().normalize()),
            marks: marks.map(|number| number.marks).unwrap_or_default(),
        }
    }
}

impl TornadoRow {
    /// The row of a number that cannot be varied by itself.
    fn barred(model: &Model, address: &Address, why: &BreakEvenError) -> Self {
        let number = model.slot(address).and_then(|slot| model.assumption(slot));
        Self {
            address: address.clone(),
            unit: number.map(|number| number.unit.clone()).unwrap_or_default(),
            current: number.map(|number| number.point),
            low_at: None,
            high_at: None,
            reach: Reach::Quantiles,
            low: Err(why.clone().into()),
            high: Err(why.clone().into()),
            swing: None,
            marks: number.map(|number| number.marks).unwrap_or_default(),
        }
    }
}
