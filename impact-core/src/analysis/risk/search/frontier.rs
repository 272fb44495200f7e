//! Frontiers: as something else varies, the price at which a payer breaks even beside the one at which an investor reaches its rate.

use super::fault::SearchError;
use super::price::{PriceFor, PriceFound, PriceQuestion, RateTarget};
use crate::analysis::grid::Axis;
use crate::model::Model;
use crate::number::Constant;
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
    /// Every value between them does for both: of a price from the investor's up to the payer's, of a threshold the other way
    /// round.
    Between {
        /// The lowest value that does.
        least: Decimal,
        /// The highest one.
        most: Decimal,
    },
    /// The investor needs more than the payer saves.
    Apart {
        /// The payer's price.
        payer: Decimal,
        /// The investor's price.
        investor: Decimal,
    },
    /// The two prices lie nearer than twice what they may be off together: these draws cannot tell whether there is one.
    Unsure {
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
    /// As [`Model::search`], and what is wrong with the
    /// model at a value of what varies.
    ///
    /// # Examples
    /// A town saves 900 for each night in a shelter that is avoided, and a fund lends 300,000 for a year. Is there a price for both where
    /// less, or more, is avoided?
    /// ```
    /// # use impact_core::Model;
    /// use impact_core::analysis::Axis;
    /// use impact_core::analysis::risk::{FrontierQuestion, PriceQuestion, RateOf, RateTarget, Room, Situation};
    /// use impact_core::simulation::{Seed, Simulation};
    /// use std::ops::ControlFlow;
    /// # let model = Model::from_toml(r#"
    /// #     impact = 1
    /// #     name = "Fewer nights in shelters (illustrative)"
    /// #     country = "NO"
    /// #     currency = "NOK"
    /// #     price_year = 2024
    /// #     start = 2024
    /// #     holders = [
    /// #         { id = "town", kind = "public", level = "municipality" }, { id = "fund", kind = "investor" },
    /// #         { id = "provider", kind = "enterprise" },
    /// #     ]
    /// #     [[outcomes]]
    /// #     id = "fewer-nights"
    /// #     holder = "town"
    /// #     quantity = 400
    /// #     unit = "night"
    /// #     nature = "event"
    /// #     values = [ { id = "bed", value = 900, unit = "night", kind = "fiscal", to = "town" } ]
    /// #     [contract]
    /// #     payee = "provider"
    /// #     payers = [ { holder = "town" } ]
    /// #     metrics = [ { id = "nights", kind = "rate", direction = "decrease", outcome = "fewer-nights" } ]
    /// #     estimates = [ { id = "avoided", metric = "nights", effect = "avoided", against = { fixed = 10 } } ]
    /// #     payments = [ { id = "nights", of = "avoided", schedule = { per_unit = 500 } } ]
    /// #     [contract.finance]
    /// #     costs = [ { id = "team", to = "provider", paid = [ { date = 2024-01-01, amount = 300_000 } ] } ]
    /// #     tranches = [ { id = "loan", holder = "fund", commitment = 300_000 } ]
    /// #     waterfall = [ { principal = ["loan"] }, { surplus = [ { tranche = "loan", share = 1 } ] } ]
    /// #     [truth]
    /// #     source = "illustrative"
    /// #     metrics = [ { id = "nights", counterfactual = 8, effect = 0.5, scatter = "exactly" } ]
    /// #     cohorts = [ { id = "2024", date = 2024-12-31, people = 100 } ]
    /// # "#)?;
    /// let asked = FrontierQuestion {
    ///     price: PriceQuestion {
    ///         address: "contract.payments.nights.schedule.per_unit".parse()?,
    ///         range: (100.into(), 2_000.into()),
    ///         situation: Situation::AsBelieved,
    ///         simulation: Simulation::new(100, Seed(7)),
    ///     },
    ///     beside: Axis::at("truth.metrics.nights.effect".parse()?, ["0.25".parse()?, "0.5".parse()?]),
    ///     payer: "town".to_owned(),
    ///     investor: "fund".to_owned(),
    ///     target: RateTarget { rate: 0.08, of: RateOf::Expected, settled: 10 },
    /// };
    /// let found = model.frontier(&asked, &mut |_| ControlFlow::Continue(()))?;
    /// // Of 200 nights the town saves 180,000, which is 450 for each of 400 that are paid for; the fund needs 810.
    /// assert!(matches!(found.points[0].room, Room::Apart { .. }));
    /// // Of 400 nights 360,000, 600 for each of 600; the fund needs 540.
    /// assert!(matches!(found.points[1].room, Room::Between { .. }));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn frontier(
        &self,
        asked: &FrontierQuestion,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Frontier, SearchError> {
        let mut points = Vec::with_capacity(asked.beside.values.len());
        for value in asked.beside.values.iter().copied() {
            let model = self.with(asked.beside.address.as_str(), value)?;
            let break_even = model.search(&asked.price, PriceFor::Payer(&asked.payer), progress)?;
            let rate = model.search(&asked.price, PriceFor::Investor(&asked.investor, asked.target), progress)?;
            let room = Room::of(&break_even, &rate);
            points.push(FrontierPoint { value, break_even, rate, room });
        }
        Ok(Frontier { asked: asked.clone(), points })
    }
}

impl Room {
    fn of(break_even: &PriceFound, rate: &PriceFound) -> Self {
        let (Some(payer), Some(investor)) = (break_even.value(), rate.value()) else { return Self::Unknown };
        // More is paid the higher the number is where the payer is left with less at its end, or the investor with more.
        let rises = match (break_even.at_ends, rate.at_ends) {
            ((Some(first), Some(last)), _) => first > last,
            (_, (Some(first), Some(last))) => first < last,
            _ => return Self::Unknown,
        };
        // Both are found over the same draws, so that what they are off by may add up: the errors are added, not their squares.
        let off = break_even.standard_error.zip(rate.standard_error).map(|(one, other)| 2.0 * (one + other));
        let apart = (Constant::from(payer).float() - Constant::from(investor).float()).abs();
        if off.is_none_or(|off| off > 0.0 && apart < off) {
            return Self::Unsure { payer, investor };
        }
        let (least, most) = if rises { (investor, payer) } else { (payer, investor) };
        if least <= most { Self::Between { least, most } } else { Self::Apart { payer, investor } }
    }
}
