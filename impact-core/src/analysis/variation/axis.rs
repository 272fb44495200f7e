//! Axes: a number of the model and the values it is given one after the other.
//!
//! One rule: values rise, and each is one that the number takes; a range in steps has both its ends, and between them
//! values of twelve significant digits.

use super::fault::{AxisFault, VariationError};
use crate::address::Address;
use crate::analysis::grid::Axis;
use crate::analysis::varied::VariedNumber;
use crate::number::{Exact, Number, to_significant};
use rust_decimal::Decimal;

/// The most figures of one grid.
pub const MOST_CELLS: usize = 1_000_000;
/// Significant digits of a value that nobody wrote.
pub(super) const DIGITS: u32 = 12;

/// An axis as it was walked, with what the model says of its number.
#[derive(Debug, Clone, PartialEq)]
pub struct Walked {
    /// The number.
    pub address: Address,
    /// Its unit in words.
    pub unit: String,
    /// The value the model has.
    pub current: Decimal,
    /// The values it was given.
    pub values: Vec<Decimal>,
}

impl Axis {
    /// The number at an address, with these values.
    pub fn at(address: Address, values: impl IntoIterator<Item = Decimal>) -> Self {
        Self { address, values: values.into_iter().collect() }
    }

    /// The number at an address, with so many values from `low` to `high`, equally far apart.
    ///
    /// # Errors
    /// Fewer than two values or more than a grid holds, and a range whose width decimals do not hold.
    ///
    /// # Examples
    /// ```
    /// use impact_core::analysis::Axis;
    /// let deadweight = Axis::spaced("outcomes.into-work.deadweight".parse()?, 0.into(), 1.into(), 4)?;
    /// let values: Vec<String> = deadweight.values.iter().map(ToString::to_string).collect();
    /// assert_eq!(values, ["0", "0.333333333333", "0.666666666667", "1"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn spaced(address: Address, low: Decimal, high: Decimal, count: usize) -> Result<Self, VariationError> {
        if count < 2 {
            return Err(VariationError::Steps { address, count });
        }
        let too_many = VariationError::TooMany { what: "values", count, most: MOST_CELLS };
        let last = i32::try_from(count.saturating_sub(1)).ok().filter(|_| count <= MOST_CELLS).ok_or(too_many)?;
        let width = Exact::from(high) - Exact::from(low);
        let between = |position: i32| {
            let value = Exact::from(low) + width * Exact::whole(position) / Exact::whole(last);
            Ok(to_significant(value.value()?, DIGITS).normalize())
        };
        let spaced: Result<Vec<Decimal>, _> = (1..last).map(between).collect();
        let spaced = spaced.map_err(|fault| VariationError::Spacing { address: address.clone(), low, high, fault })?;
        Ok(Self::at(address, [low].into_iter().chain(spaced).chain([high])))
    }

    /// The first and the last value.
    pub(super) fn ends(&self) -> [Decimal; 2] {
        [self.values.first(), self.values.last()].map(|end| end.copied().unwrap_or_default())
    }

    /// Refuses axes of which two are of one number.
    pub(in crate::analysis) fn check_apart<'a>(axes: impl IntoIterator<Item = &'a Address>) -> Result<(), AxisFault> {
        let mut before: Vec<&Address> = Vec::new();
        for address in axes {
            if before.contains(&address) {
                return Err(AxisFault::SameNumber { address: address.clone() });
            }
            before.push(address);
        }
        Ok(())
    }

    /// Refuses no values, and values that do not rise or that the number does not take.
    pub(in crate::analysis) fn check(&self, number: &VariedNumber) -> Result<(), AxisFault> {
        self.check_taken(|value| number.takes.takes(value), number.takes.words)
    }

    /// The same, where it is said which values are taken.
    pub(in crate::analysis) fn check_taken(
        &self,
        takes: impl Fn(Decimal) -> bool,
        expected: &'static str,
    ) -> Result<(), AxisFault> {
        let address = || self.address.clone();
        if self.values.is_empty() {
            return Err(AxisFault::NoValues { address: address() });
        }
        if let Some((last, next)) = self.values.iter().zip(self.values.iter().skip(1)).find(|(last, next)| last >= next)
        {
            return Err(AxisFault::NotRising { address: address(), last: *last, next: *next });
        }
        match self.values.iter().find(|value| !takes(**value)) {
            Some(value) => Err(AxisFault::NotTaken { address: address(), value: *value, expected }),
            None => Ok(()),
        }
    }

    /// The axis with what the model says of its number.
    pub(super) fn walked(&self, number: &VariedNumber) -> Walked {
        Walked {
            address: self.address.clone(),
            unit: number.unit.clone(),
            current: number.current,
            values: self.values.clone(),
        }
    }
}
