//! Returns under risk: what investors may earn and lose, and what is left to those who deliver.
//!
//! One rule: a draw is settled and its money shared out like a contract that was observed so, to the last hundredth; a draw without a
//! rate is counted with its reason.
//!
//! The first draws of [`Contract::risk`](crate::Contract::risk) are taken, one by one: what was observed in a draw becomes
//! [`Observations`](crate::contract::Observations), a [`Statement`](crate::contract::Statement) and
//! [`CashFlows`](crate::contract::CashFlows). That costs some twenty to two hundred times what paying a draw in floats does, so that
//! a stated number of draws is taken.

mod column;
mod found;
mod run;

pub use found::{InvestorRisk, MultipleRisk, ProviderRisk, RateRisk, ReturnRisk, SituationReturns};
pub use run::SETTLED_DRAWS;
pub(super) use run::once_each;
