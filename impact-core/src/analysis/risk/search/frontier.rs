//! Frontiers: as something else varies, the price at which a payer breaks even beside the one at which an investor reaches its rate.

use super::fault::SearchError;
use super::price::{PriceFound, PriceQuestion, RateTarget};
use crate::analysis::grid::Axis;
use crate::analysis::risk::SavingError;
use crate::model::Model;
use crate::simulation::Progress;
use rust_decimal::Decimal;
use std::ops::ControlFlow;

/// What a frontier is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontierQuestion {
    /// The price, and where it is searched for.
    pub price: PriceQuestion,
    /// What varies beside: any number of the model, its contract or its truth.
    pub beside: Axis,
    /// The payer who must not lose, by its id.
    pub payer: String,
    /// The investor who must reach a rate, by its id.
    pub investor: String,
    /// The rate.
    pub target: RateTarget,
}

/// The prices of both sides as something else varies.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Frontier {
    /// What was asked.
    pub asked: FrontierQuestion,
    /// One for each value of what varies.
    pub points: Vec<FrontierPoint>,
}

/// The prices of both sides at one value of what varies.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct FrontierPoint {
    /// The value of what varies.
    pub value: Decimal,
    /// The price at which the payer is expected to pay what it saves.
    pub break_even: PriceFound,
    /// The price at which the investor reaches its rate.
    pub rate: PriceFound,
    /// Whether there is a price for both.
    pub room: Room,
}

/// Whether there is a price for both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// The investor's lowest price is at or below the payer's highest: every price between them does.
    Between {
        /// The investor's price.
        least: Decimal,
        /// The payer's price.
        most: Decimal,
    },
    /// The investor needs more than the payer saves.
    Apart {
        /// The payer's price.
        payer: Decimal,
        /// The investor's price.
        investor: Decimal,
    },
    /// One of the two has no single price in range.
    Unknown,
}

impl Model {
    /// The price at which a payer breaks even beside the one at which an investor reaches its rate, at each value of something else.
    ///
    /// # Errors
    /// As [`Model::price_for_break_even`] and [`Contract::price_for_irr`](crate::Contract::price_for_irr), and what is wrong with the
    /// model at a value of what varies.
    pub fn frontier(
        &self,
        asked: &FrontierQuestion,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Frontier, SearchError> {
        let mut points = Vec::with_capacity(asked.beside.values.len());
        for value in asked.beside.values.iter().copied() {
            let model = self.with(asked.beside.address.as_str(), value)?;
            let contract = model.contract().ok_or(SavingError::NoContract)?;
            let break_even = model.price_for_break_even(&asked.price, &asked.payer, progress)?;
            let rate = contract.price_for_irr(&asked.price, (&asked.investor, asked.target), progress)?;
            let room = match (rate.value(), break_even.value()) {
                (Some(least), Some(most)) if least <= most => Room::Between { least, most },
                (Some(investor), Some(payer)) => Room::Apart { payer, investor },
                _ => Room::Unknown,
            };
            points.push(FrontierPoint { value, break_even, rate, room });
        }
        Ok(Frontier { asked: asked.clone(), points })
    }
}
