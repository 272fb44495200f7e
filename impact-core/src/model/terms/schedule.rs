//! Schedules: what a figure pays.
//!
//! One rule: every boundary says whether it is reached at the boundary itself (`closed`) or only past it (`open`).

use crate::model::Slot;

/// From a figure to an amount. Numbers are slots, so that every price can be drawn, searched and explained.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Schedule {
    /// A price for each unit: `per_unit = 15.12`.
    PerUnit(Slot),
    /// A price for each point of the figure, as the contract counts points.
    PerPoint(Points),
    /// An amount at a threshold, all or nothing, or the highest of several reached: `steps = [ { at = 0.1, amount = 9_600_000 } ]`.
    Steps {
        /// Rising.
        steps: Vec<Corner>,
        /// Whether a step is reached at its figure or only past it.
        boundary: Boundary,
    },
    /// Straight lines between corners: `line = [ { at = 0.2, amount = 3_200_000 }, … ]`.
    Line {
        /// Rising.
        corners: Vec<Corner>,
        /// What is paid below the first corner.
        below: Outside,
        /// What is paid past the last corner.
        above: Outside,
        /// Whether the first corner is reached at its figure.
        boundary: Boundary,
    },
    /// A price for each unit that depends on how many there are: `bands = [ { up_to = 100, price = 900 }, { price = 600 } ]`.
    Bands(Vec<Band>),
    /// A share of a measured saving, nothing of a loss: `share = 0.5`.
    Share(Slot),
    /// The same whatever is observed: `fixed = 100_000`.
    Fixed(Slot),
}

impl Schedule {
    /// The prices and amounts of it: what is money, and not a figure or a share.
    pub fn prices(&self) -> impl Iterator<Item = Slot> {
        let prices: Vec<Slot> = match self {
            Schedule::PerUnit(price) | Schedule::Fixed(price) => vec![*price],
            Schedule::PerPoint(points) => vec![points.price],
            Schedule::Steps { steps: corners, .. } | Schedule::Line { corners, .. } => {
                corners.iter().map(|corner| corner.amount).collect()
            }
            Schedule::Bands(bands) => bands.iter().map(|band| band.price).collect(),
            Schedule::Share(_) => Vec::new(),
        };
        prices.into_iter()
    }

    /// The figures of it: where it begins, bends and ends.
    pub fn figures(&self) -> impl Iterator<Item = Slot> {
        let figures: Vec<Slot> = match self {
            Schedule::PerPoint(points) => vec![points.point, points.from],
            Schedule::Steps { steps: corners, .. } | Schedule::Line { corners, .. } => {
                corners.iter().map(|corner| corner.at).collect()
            }
            Schedule::Bands(bands) => bands.iter().filter_map(|band| band.up_to).collect(),
            Schedule::PerUnit(_) | Schedule::Fixed(_) | Schedule::Share(_) => Vec::new(),
        };
        figures.into_iter()
    }
}

/// A price for each point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Points {
    /// The price of a point.
    pub price: Slot,
    /// What a point is: 0.01 for a percentage point of a share, 1 for one of a score.
    pub point: Slot,
    /// Where points are counted from; below it points are lost.
    pub from: Slot,
    /// Whether only whole points count.
    pub whole: bool,
}

/// A figure and what is paid there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Corner {
    /// The figure.
    pub at: Slot,
    /// The amount.
    pub amount: Slot,
}

/// A price for the units up to a number of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// The last unit at this price; none: no end.
    pub up_to: Option<Slot>,
    /// The price of each unit.
    pub price: Slot,
}

/// Whether a boundary belongs to what lies past it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Boundary {
    /// Reached at the boundary: at least.
    Closed,
    /// Reached only past it: more than.
    Open,
}

/// What is paid outside the corners of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outside {
    /// Nothing.
    Nothing,
    /// As at the nearest corner.
    Flat,
    /// On along the nearest line.
    Straight,
}
