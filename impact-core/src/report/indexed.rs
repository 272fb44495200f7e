//! Indexed prices as a statement tells them: by which index, from which year to which.

use crate::contract::Indexed;
use crate::model::terms::Payment;
use crate::reference::Source;
use crate::units::Label;
use rust_decimal::Decimal;

/// Decimals of a level in words.
const DECIMALS: u32 = 4;

/// How the prices of a line were carried.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct IndexedRow {
    /// The index, the years and the levels.
    #[serde(flatten)]
    pub indexed: Indexed,
    /// Where the levels come from.
    pub source: Option<Source>,
    /// All of it in words.
    pub told: Label,
}

impl IndexedRow {
    /// The prices of a payment as they were carried.
    pub(super) fn of(payment: &Payment, indexed: &Indexed) -> Self {
        let level = |level: Decimal| level.round_dp(DECIMALS).normalize();
        let (to, from) = (level(indexed.level), level(indexed.base_level));
        let Indexed { by, base, year, .. } = indexed;
        let nb = format!("priser fra {base} ganger {to}/{from}").replace('.', ",");
        Self {
            indexed: indexed.clone(),
            source: payment.indexed.as_ref().and_then(|indexation| indexation.source.clone()),
            told: Label::both(
                format!("prices of {base} times {to}/{from} ({by} of {year})"),
                format!("{nb} ({by} for {year})"),
            ),
        }
    }
}
