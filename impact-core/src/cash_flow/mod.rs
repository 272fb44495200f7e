//! Cash flows over time: present value, internal rate of return, payback and their relatives.
//!
//! **Sign convention: money received is positive, money paid is negative, both seen from the holder.** An investor's stake is
//! negative and the repayment positive; the borrower sees the same contract with every sign turned, and the same rate.
//!
//! One rule: a question that may have one answer, several or none says which, and why. [`InternalRate`] is a status with every
//! root in the range searched, never a first guess; every root put back into its equation gives zero.
//!
//! | question | yearly or other equal periods | on dates |
//! |---|---|---|
//! | present value | [`PeriodicFlows::npv`], [`PeriodicFlows::npv_at_one_rate`], [`PeriodicFlows::npv_at`] | [`DatedFlows::npv_at`] |
//! | internal rate | [`PeriodicFlows::irr`] | [`DatedFlows::xirr`] |
//! | of many series | [`irr_batch`] | [`xirr_batch`], [`xirr_own_dates`] |
//! | modified internal rate | [`PeriodicFlows::mirr`] | |
//! | payback | [`PeriodicFlows::payback`] | [`DatedFlows::paid_back`] |
//! | equivalent annual value | [`PeriodicFlows::equivalent_annual_value`] | |
//! | total and multiple | [`PeriodicFlows::total`], [`PeriodicFlows::moic`] | [`DatedFlows::total`], [`DatedFlows::moic`] |
//!
//! What it does not do: it forecasts no flow, knows no tax and no holiday calendar, and gives no rate of −100 % or less.
//!
//! Method: Descartes' rule of signs for any exponents, proved where it is used, for the number of roots; C. S. Soper, The
//! marginal efficiency of capital: a further note (The Economic Journal 69, no. 273, March 1959, pages 174–177), for the quick
//! proof that a root is the only one.

mod batch;
mod bracket;
mod curve;
mod dated;
mod day_count;
mod equivalent;
mod error;
mod internal_rate;
mod mirr;
mod multiple;
mod paid_back;
mod payback;
mod periodic;
mod roots;
mod variations;

pub(crate) use batch::irr_of_columns;
pub use batch::{DatedSeries, irr_batch, xirr_batch, xirr_own_dates};
pub use dated::DatedFlows;
pub use day_count::DayCount;
pub use error::CashFlowError;
pub use internal_rate::{Crossing, HIGHEST_GROWTH, InternalRate, LOWEST_GROWTH, NoRate, Root};
pub use paid_back::PaidBack;
pub use payback::{Payback, PaybackRule};
pub use periodic::PeriodicFlows;
