//! Evaluation: from a model to a ledger of postings, and from the ledger to figures.
//!
//! One rule: there is one formula (`formula.rs`) and it writes to sinks; the exact [`Ledger`] and the fast totals differ only
//! in what they keep. Measures are sums over postings as one perspective sees them.

mod appraisal;
mod asked;
mod basis;
mod budget;
mod budget_plan;
mod by_kind;
mod capacities;
mod enterprise;
mod evidence;
mod explanation;
mod figure;
mod filter;
mod flow;
mod formula;
mod goals;
mod groups;
mod growth;
mod kernel;
mod ledger;
mod line;
mod measure;
mod non_priced;
mod plan;
mod pocket_years;
mod posting_marks;
mod prepare;
mod provenance;
mod quantity;
mod reimbursement;
mod release;
mod saved;
mod saved_parts;
mod sides;
mod split;
mod sums;
mod totals;
mod unit_price;
mod units;
mod view;
mod waterfall;
mod weights;
mod worth;
mod wrong_pocket;
mod yearly;

pub use appraisal::{Appraisal, OutcomeUnits, PricedUnits};
pub use budget::{Budget, BudgetRow, PriceLevel};
pub use budget_plan::{BudgetPlan, PlanCell, PlanRow, PlanRowKind};
pub use by_kind::{KindRow, Whose};
pub use capacities::CapacityRow;
pub use enterprise::{BreakEvenVolume, EnterpriseAccount, EnterpriseYear, LineOrigin, MoneyLine, MoneySide, Runway};
pub use evidence::{EvidenceRow, Footing};
pub use explanation::{ExplainError, Explanation};
pub use figure::{Absence, Below, Figure, FigureUnit, NoTable};
pub use goals::{GoalCoverage, GoalEffect, GoalOutcome, GoalRow};
pub use groups::GroupRow;
pub use ledger::{Ledger, Posting};
pub use line::{Class, Clocking, Line, Party};
pub use measure::{Mvpf, MvpfSign};
pub use non_priced::{Bearing, NonPriced, NonPricedRow, Pull};
pub use pocket_years::{CountedIn, PocketYear, WrongPocketYears};
pub use posting_marks::PostingMarks;
pub use prepare::{MOST_POSTINGS, PrepareError};
pub use provenance::Provenance;
pub use split::{
    GainCounted, Split, SplitError, SplitLevel, SplitOther, SplitPayer, SplitProblem, SplitQuestion, SplitStatus,
};
pub use sums::Sums;
pub use totals::FastTotals;
pub use unit_price::{UnitFactor, UnitFactorKind, UnitPrice};
pub use waterfall::{OutcomeWaterfall, Step, Waterfall, WaterfallError, WaterfallStep};
pub use weights::distributional_weight;
pub use wrong_pocket::{PocketRow, WrongPocket};

pub(crate) use basis::{Basis, value_slots};
pub(crate) use kernel::{Added, Cause, Kernel, KernelError, Reading, Room, WIDTH};
pub(crate) use measure::Fraction;
pub(crate) use plan::Plan;
pub(crate) use saved::Saved;
pub(crate) use saved_parts::{SavedOf, SavedPart};
pub(crate) use sides::Sides;
