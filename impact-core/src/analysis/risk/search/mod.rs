//! Design of terms: at which price a payer breaks even, at which an investor reaches its rate, and whether one price does both.
//!
//! One rule: every value tried sees the same draws, and an answer is a value that was tried; "none in range" is an answer.
//! Payments are rounded draw by draw, so a price meets its target within a ten-thousandth of what the target moves over the range.
//! What is an amount of money is told in hundredths, on the side on which the payer saves at least what it pays, or the investor
//! reaches at least its rate: at the price that is told, that holds.
//!
//! | question | answer |
//! |---|---|
//! | at which price does a payer pay what it saves? | `model.search`, [`PriceFor::Payer`] |
//! | at which price does an investor reach a rate? | `contract.search`; `model.search`, [`PriceFor::Investor`] |
//! | is there a price for both, as something else varies? | `model.frontier` |
//! | how may payers share so that none is worse off? | [`SituationSaving::fair_shares`](super::SituationSaving::fair_shares) |

mod error;
mod fault;
mod frontier;
mod hundredths;
mod price;
mod shares;
mod solve;

pub use fault::SearchError;
pub use frontier::{Frontier, FrontierPoint, FrontierQuestion, Room};
pub use price::{PriceFor, PriceFound, PriceQuestion, RateOf, RateTarget};
pub use shares::{FairShare, FairShares};
