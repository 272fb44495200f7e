//! Net benefit per budget krone: what society gains, net, for each krone that public budgets are out of pocket.
//!
//! # Formula
//! `net benefit per budget krone = NPV of society / net public cost`, both present values. The net public cost is costs and
//! transfers paid less transfers received and the fiscal value of outcomes, over all public budgets, or over those of the one
//! holder asked about. Society's NPV has the tax-financing cost in it, as the conventions say. There is none where public
//! budgets gain: every krone is then earned, not spent.
//!
//! # References
//! "Nettonytte per budsjettkrone" (NNB) of Norwegian cost-benefit analysis: net present value over the net effect on public
//! budgets; the definition of this library, as the guide's own text was not read.

use crate::evaluation::figure::Absence;
use rust_decimal::Decimal;

/// That there is no budget krone to divide by.
pub(super) fn earned(cost: Decimal) -> Absence {
    Absence::NoBudgetKrone { cost: cost.normalize() }
}
