//! Contracts: what observed results pay, line by line, and who pays it.
//!
//! One rule: what decides a payment is exact: figures are fractions, amounts decimals, and every line says which rule and which
//! limit made it.

pub(crate) mod figure;
mod finance;
mod in_model;
mod observation;
mod payout;
mod ratio;
mod schedule;
mod settlement;
mod significance;
mod values;

pub use figure::FigureFault;
pub use finance::{CashFlows, Flow, FlowKind, FundingFault, Party, PlannedLoss, Returns, TrancheFlows};
pub use observation::{CalendarFault, Cell, ObservationFault, Observations, Row, Slip};
pub use payout::PayoutFault;
pub(crate) use payout::{Arm, Foreseen, Found, Plan, Room};
pub(crate) use ratio::Ratio;
pub use settlement::{
    Basis, Compared, Indexed, KeptStatement, Line, Part, PayerShare, SettlementFault, SoMany, Statement, Total, Unpaid,
    Unused, WhyUnpaid, WhyUnused, Withheld,
};
pub use significance::{Interval, IntervalOf, Tested};
