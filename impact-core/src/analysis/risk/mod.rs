//! Risk of a contract: what it may pay where the truth, its measurement and the baseline are all uncertain.
//!
//! One rule: payment follows what is observed, by the rules of settlement; what is gained follows the truth.
//!
//! | question | answer |
//! |---|---|
//! | does it pay where nothing works? | [`Situation::NothingWorks`], and with the contract's baseline right, or drifting |
//! | does it pay where the programme works as expected? | [`Situation::ExpectedEffect`] |
//! | what may it pay, and who? | [`Situation::AsBelieved`] |
//! | what may investors earn and lose? | `contract.return_risk`: [`ReturnRisk`] |
//! | does a payer save what it pays? | `model.saving_risk`: [`SavingRisk`] |
//! | which price would do for both? | `model.search`, `contract.search`, `model.frontier`: [`PriceFound`], [`Frontier`] |
//! | which terms are the best, and how surely? | `contract.ranking`: [`Ranking`] |
//! | what if another definition is measured than was agreed? | `contract.baselines`: [`BaselineTable`] |
//! | what is a better evaluation worth? | `contract.evaluation_worth`: [`EvaluationWorth`] |
//! | can its comparison tell an effect from chance, and how many people would it take? | [`Contract::measurable`](crate::Contract::measurable), [`Comparing`] |
//!
//! A grid of terms and truths is [`Contract::risk_grid`](crate::Contract::risk_grid).
//!
//! # Formula
//! For a metric of which one person has *c* without the programme, in a cohort *y* years after the first:
//! ```text
//! compared with   r = c · (1 + drift)^y
//! treated         r · selection, less (or more, where more is wanted) the effect
//! people known    ⌊people · (1 − attrition) + ½⌋ = n
//! observed        binomial(n, r); Poisson(n · r); negative binomial with mean n · r and dispersion n · k; n · r and a normal error
//! ```
//! Shares stay between 0 and 1, counts and rates at or above 0, and what is reported within its range, in truth and as observed with a normal
//! error; in how many draws they had to be held there is told. Money, and a figure whose range reaches so far, may be below zero: then a relative effect is a share of its size.

mod baselines;
mod cells;
mod columns;
mod evaluation;
mod fault;
mod found;
mod grid;
mod measurable;
mod moments;
mod part;
mod possible;
mod power;
mod ranking;
mod ranks;
mod resampled;
mod returns;
mod run;
mod saving;
mod search;
mod situation;
mod supposed;

pub use baselines::{BaselineError, BaselineQuestion, BaselineTable, NamedBaseline};
pub use evaluation::{EvaluationError, EvaluationOf, EvaluationQuestion, EvaluationWorth};
pub use fault::RiskError;
pub use found::{ChangeTold, ContractRisk, PayerRisk, PaymentRisk, RefundRisk, SituationRisk, Spread, YearPaid};
pub use grid::{RiskGrid, RiskGridQuestion, RiskScenario};
pub use measurable::Measurable;
pub use part::PartRisk;
pub use possible::ExactRisk;
pub use power::{Comparing, PowerError, Scattering};
pub use ranking::{Best, Ranked, RankedBy, Ranking, RankingError, RankingQuestion};
pub use returns::{InvestorRisk, MultipleRisk, ProviderRisk, RateRisk, ReturnRisk, SETTLED_DRAWS, SituationReturns};
pub use run::MOST_RISK_DRAWS;
pub use saving::{HolderSaving, SavedOutcome, SavingError, SavingRisk, SavingYear, SituationSaving, UnitSaving};
pub use search::{
    FairShare, FairShares, Frontier, FrontierPoint, FrontierQuestion, PriceFor, PriceFound, PriceQuestion, RateOf,
    RateTarget, Room, SearchError,
};
pub use situation::{NoSituation, Situation};
