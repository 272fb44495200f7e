//! What can be wrong with the finance of a contract.
//!
//! One rule: a fault says what to write instead.

use crate::units::written::Numeral;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// Something the finance says that cannot be meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FinanceFault {
    /// Something that moves money of an account that nobody puts money into.
    #[error("`{key}` needs money of the contract's account: name who puts it in under `tranches`")]
    NoTranche {
        /// The key.
        key: &'static str,
    },
    /// More is drawn than was promised.
    #[error("the drawdowns add up to {}, more than the commitment of {}", Numeral(*drawn), Numeral(*commitment))]
    DrawnBeyond {
        /// What is drawn.
        drawn: Decimal,
        /// What was promised.
        commitment: Decimal,
    },
    /// The parts of a commitment are not the whole.
    #[error("the tranches add up to {}, not to the commitment of {}", Numeral(*sum), Numeral(*commitment))]
    NotTheCommitment {
        /// What the tranches add up to.
        sum: Decimal,
        /// The commitment as written.
        commitment: Decimal,
    },
    /// Instalments, or shares of the surplus, that are not the whole.
    #[error("the {what} add up to {sum}, not to 1")]
    Shares {
        /// What is added up.
        what: &'static str,
        /// What they add up to.
        sum: Decimal,
    },
    /// Days that do not rise.
    #[error("{after} is not later than {before}: write the days rising")]
    NotRising {
        /// The earlier day in the list.
        before: NaiveDate,
        /// The one after it.
        after: NaiveDate,
    },
    /// Something after the last day.
    #[error("{date} is later than the end on {ends}")]
    AfterEnd {
        /// The day.
        date: NaiveDate,
        /// The last day.
        ends: NaiveDate,
    },
    /// A tranche that is lent and never repaid.
    #[error(
        "no step pays the principal of `{tranche}`: give it one in the waterfall, or write `repaid = \"never\"` for a grant"
    )]
    NeverRepaid {
        /// The tranche.
        tranche: String,
    },
    /// A coupon that no step pays.
    #[error("no step pays the coupon of `{tranche}`: give it one in the waterfall, or leave the coupon out")]
    CouponNeverPaid {
        /// The tranche.
        tranche: String,
    },
    /// A fee that no step pays.
    #[error("no step pays the fee `{fee}`: give it one in the waterfall")]
    FeeNeverPaid {
        /// The fee.
        fee: String,
    },
    /// A step for a tranche that is never repaid or has no coupon.
    #[error("`{tranche}` {because}")]
    NothingToPay {
        /// The tranche.
        tranche: String,
        /// Why.
        because: &'static str,
    },
    /// A step that stands twice.
    #[error("the {what} of `{id}` stands twice in the waterfall")]
    TwiceInWaterfall {
        /// `coupon`, `principal` or `fee`.
        what: &'static str,
        /// Of which tranche or fee.
        id: String,
    },
    /// Costs after a takeover where there is none.
    #[error("`after_takeover` without a `takeover`: say who takes over, and when")]
    NoTakeover,
    /// Costs of the time after the takeover that fall before it.
    #[error("{date} is not after the takeover on {on}")]
    BeforeTakeover {
        /// The day.
        date: NaiveDate,
        /// The day of the takeover.
        on: NaiveDate,
    },
    /// A word beside the key that it contradicts.
    #[error("`{key}` has no meaning here: {because}")]
    Meaningless {
        /// The key.
        key: &'static str,
        /// Why.
        because: &'static str,
    },
}
