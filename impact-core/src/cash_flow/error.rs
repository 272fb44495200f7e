//! What can be wrong with cash flows, in the words of the one who gave them.

use crate::number::Fault;

/// Why flows, dates or rates make no cash flow, or a measure of one does not exist.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CashFlowError {
    /// An amount that is infinite, not a number, or too large to be added up.
    #[error("flow {position} `{value}` is not an amount between -1e300 and 1e300")]
    Amount {
        /// Which flow, from 1.
        position: usize,
        /// The amount as given.
        value: f64,
    },
    /// Not one date per flow.
    #[error("{dates} dates do not go with {flows} flows: each flow needs its date")]
    Lengths {
        /// How many dates.
        dates: usize,
        /// How many flows.
        flows: usize,
    },
    /// A batch that does not divide into whole series.
    #[error("{flows} flows do not divide into series of {width}")]
    Rows {
        /// How many flows in all.
        flows: usize,
        /// Flows per series.
        width: usize,
    },
    /// Several flows without any time between them.
    #[error("all flows fall on the same day as the day count `{day_count}` counts: no rate connects them")]
    OneDay {
        /// The day count as documents write it.
        day_count: &'static str,
    },
    /// A rate at or below −100 %, infinite, or not a number.
    #[error("{quantity} `{value}` is not above -1 (a rate of 4 % is 0.04)")]
    Rate {
        /// Which rate.
        quantity: &'static str,
        /// The rate as given.
        value: String,
    },
    /// A measure that compares money paid with money received, and one of them is missing.
    #[error("{measure} needs money {missing}")]
    Missing {
        /// The measure.
        measure: &'static str,
        /// `paid` or `received`.
        missing: &'static str,
    },
    /// A return of somebody who only passes money on.
    #[error("it passes on what it receives and puts in nothing of its own: there is nothing to earn on")]
    PassesOn,
    /// A multiple of somebody who only pays.
    #[error("it only pays and puts in nothing to be had back: there is nothing to take a multiple of")]
    OnlyPays,
    /// A number of years that spreads nothing.
    #[error("equivalent annual value needs at least one year")]
    NoYears,
    /// An amount or factor that no number holds.
    #[error("{measure}: {fault}")]
    TooLarge {
        /// The measure.
        measure: &'static str,
        /// What went wrong.
        fault: Fault,
    },
    /// One series of a batch.
    #[error("series {series}: {fault}")]
    Series {
        /// Which series, from 1.
        series: usize,
        /// What is wrong with it.
        fault: Box<CashFlowError>,
    },
}

impl CashFlowError {
    /// The error of a series of a batch, counted from 1.
    pub(super) fn in_series(self, series: usize) -> Self {
        Self::Series { series, fault: Box::new(self) }
    }
}
