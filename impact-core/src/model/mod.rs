//! The model: an intervention as its author wrote it, checked and ready to be valued.
//!
//! One rule: the document is the model. Every number has an address; overriding an address equals editing the text.

mod answers;
mod assumption;
mod capacity;
mod capacity_fault;
mod catalogued;
mod correction;
mod correlation;
mod correlation_fault;
mod cost;
mod employment;
mod employment_fault;
mod enterprise;
mod fault;
mod goal;
mod group;
mod group_fault;
mod growth;
mod holder;
mod indicator;
mod lookup;
mod non_priced;
mod outcome;
mod overrides;
mod price_series;
mod quantity;
mod quantity_fault;
mod question;
mod reader;
mod reimbursement;
mod reimbursement_fault;
mod reported;
mod schema;
mod silence;
pub mod terms;
mod uncertain;
mod value;
mod window;
mod writer;

pub use answers::{Answers, AnswersFault};
pub use assumption::{Accepts, Assumption, Marks, Origin, Point, Slot};
pub use capacity::Capacity;
pub use capacity_fault::CapacityFault;
pub use correction::{AllowedFor, CorrectionFault, GradeCorrection};
pub use correlation::{Correlation, MOST_CORRELATED, Ranks, Sign, Tie};
pub use correlation_fault::CorrelationFault;
pub use cost::{Carried, Cost, Flow, FlowAmount, OptimismBias, PriceBasis, Transfer};
pub use employment::{Employment, Levy, Portion, WorkPart};
pub use employment_fault::EmploymentFault;
pub use enterprise::{Enterprise, EnterpriseFault, MoneyKind, OwnAmount, OwnLine, Volume};
pub use fault::ModelFault;
pub use goal::{Goal, GoalFault, SDG};
pub use group::{Group, Weighting};
pub use group_fault::GroupFault;
pub use growth::{GrowthPath, GrowthPoint};
pub use holder::{Holder, HolderIndex, HolderKind, Member, PublicLevel};
pub use indicator::{Indicator, IndicatorFault, Scheme};
pub use non_priced::{EffectSign, NonPricedEffect};
pub use outcome::{Additionality, Destination, Direction, Displacement, Evidence, Measured, Nature, Outcome, OwnShare};
pub(crate) use overrides::is_number_table;
pub use price_series::PriceSeries;
pub use quantity::{Change, ContrastChange, Path, PathPoint, PopulationEffect, Quantity};
pub use quantity_fault::QuantityFault;
pub use question::{Measure, Perspective, Question, QuestionError};
pub use reimbursement::{Reimbursed, Reimbursement};
pub use reimbursement_fault::ReimbursementFault;
pub use reported::Reported;
pub use schema::schema;
pub use silence::{ALWAYS_SAID, CHECK_IDS, Silence, SilenceFault};
pub use terms::Contract;
pub use uncertain::Uncertain;
pub use value::{Basis, Conversion, OutcomeValue, Price, PricedAt, ValueKind, Willingness};
pub use window::{Window, WindowFault};

use crate::address::Address;
use crate::document::{DocumentHash, Node};
use crate::error::ModelError;
use crate::reference::{Convention, PlusMinus, Shelf};
use crate::units::{Currency, Label, PriceYear, Year};
use std::collections::HashMap;
use std::sync::Arc;

/// The most years that are appraised, and that an effect may last.
pub const LONGEST_HORIZON: u32 = 300;

/// A model document that was read without a problem. Cheap to clone, immutable, shared between threads.
///
/// # Examples
/// ```
/// use impact_core::model::Model;
/// let problems = Model::from_toml("impact = 1\nname = 7").unwrap_err();
/// assert!(problems.problems().len() > 1);
/// ```
#[derive(Debug, Clone)]
pub struct Model(pub(crate) Arc<Contents>);

/// Everything a document says, typed.
#[derive(Debug)]
pub(crate) struct Contents {
    pub document: Node,
    pub hash: DocumentHash,
    /// Where its unit costs come from.
    pub shelf: Shelf,
    pub name: Label,
    pub description: Option<Label>,
    /// ISO 3166 code, such as `NO` or `GB-SCT`.
    pub country: String,
    pub currency: Currency,
    pub price_year: PriceYear,
    pub start: Year,
    /// Years appraised, from `start`.
    pub horizon: u32,
    pub present_value_year: Year,
    /// The year the discount schedule counts its steps from.
    pub discount_origin: Year,
    pub convention: Convention,
    /// The last year whose costs are known as spent.
    pub actuals_to: Option<Year>,
    pub growth: Vec<GrowthPath>,
    pub price_series: Vec<PriceSeries>,
    /// Addresses below `conventions` that the document overrides.
    pub overridden_switches: Vec<Address>,
    pub holders: Vec<Holder>,
    pub costs: Vec<Cost>,
    pub transfers: Vec<Transfer>,
    pub outcomes: Vec<Outcome>,
    pub reimbursements: Vec<Reimbursement>,
    pub capacities: Vec<Capacity>,
    pub questions: Vec<NamedQuestion>,
    pub reported: Vec<Reported>,
    pub silenced: Vec<Silence>,
    pub correlations: Vec<Correlation>,
    pub groups: Vec<Group>,
    pub weighting: Option<Weighting>,
    pub non_priced: Vec<NonPricedEffect>,
    /// The document's own plus-minus scale.
    pub plus_minus: Option<PlusMinus>,
    pub goals: Vec<Goal>,
    pub enterprise: Option<Enterprise>,
    pub contract: Option<Contract>,
    /// Price growth per year after the last observed price level.
    pub inflation: Option<Slot>,
    pub assumptions: Vec<Assumption>,
    pub slots: HashMap<Address, Slot>,
    pub defaults: Vec<Default>,
}

/// Models are equal where their documents say the same, however they are written: in TOML or JSON, keys in any order. The
/// catalogues they were read with must say the same too.
impl PartialEq for Model {
    fn eq(&self, other: &Self) -> bool {
        let catalogue = |model: &Self| model.own_catalogue().and_then(|own| own.hash().cloned());
        self.hash() == other.hash() && catalogue(self) == catalogue(other)
    }
}

impl Eq for Model {}

/// A break-even question that the document asks of itself: which value of an address makes a measure zero?
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct NamedQuestion {
    /// The id in the document.
    pub id: String,
    /// The address to be solved for.
    pub break_even: Address,
    /// The measure and perspective that must reach the target.
    pub question: Question,
    /// The value the measure must reach.
    pub target: rust_decimal::Decimal,
}

/// A value the document left out and the library filled in: reports list them.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Default {
    /// The address that was left out.
    pub address: Address,
    /// What was taken instead.
    pub taken: String,
    /// Why that is a fair default.
    pub because: Label,
}

impl Model {
    /// The model of a document half-way to another, under conventions half-way to the other's.
    pub(crate) fn half_way(&self, document: Node, convention: Convention) -> Result<Self, ModelError> {
        Self::under(document, self.0.shelf.clone(), convention)
    }

    /// What the intervention is called.
    pub fn name(&self) -> &Label {
        &self.0.name
    }

    /// What the document says about itself.
    pub fn description(&self) -> Option<&Label> {
        self.0.description.as_ref()
    }

    /// ISO 3166 code of the country whose prices apply.
    pub fn country(&self) -> &str {
        &self.0.country
    }

    /// The currency of all results.
    pub fn currency(&self) -> Currency {
        self.0.currency
    }

    /// The price level of all real results.
    pub fn price_year(&self) -> PriceYear {
        self.0.price_year
    }

    /// The first year appraised.
    pub fn start(&self) -> Year {
        self.0.start
    }

    /// How many years are appraised.
    pub fn horizon(&self) -> u32 {
        self.0.horizon
    }

    /// The year present values are of.
    pub fn present_value_year(&self) -> Year {
        self.0.present_value_year
    }

    /// The year the discount schedule counts its steps from.
    pub fn discount_origin(&self) -> Year {
        self.0.discount_origin
    }

    /// The conventions in force, with the document's own switches in them.
    pub fn convention(&self) -> &Convention {
        &self.0.convention
    }

    /// The switches of the conventions that the document overrides.
    pub fn overridden_switches(&self) -> &[Address] {
        &self.0.overridden_switches
    }

    /// Who gains and pays.
    pub fn holders(&self) -> &[Holder] {
        &self.0.holders
    }

    /// Resources used.
    pub fn costs(&self) -> &[Cost] {
        &self.0.costs
    }

    /// Money between holders without resource use.
    pub fn transfers(&self) -> &[Transfer] {
        &self.0.transfers
    }

    /// The slot of price growth per year after the last observed price level.
    pub fn inflation(&self) -> Option<Slot> {
        self.0.inflation
    }

    /// The last year whose costs are known as spent: no optimism bias is laid on them.
    pub fn actuals_to(&self) -> Option<Year> {
        self.0.actuals_to
    }

    /// The paths of real growth that unit values may follow, by their ids.
    pub fn growth(&self) -> &[GrowthPath] {
        &self.0.growth
    }

    /// The document's own price series, by their ids.
    pub fn price_series(&self) -> &[PriceSeries] {
        &self.0.price_series
    }

    /// What changes.
    pub fn outcomes(&self) -> &[Outcome] {
        &self.0.outcomes
    }

    /// Who pays back what.
    pub fn reimbursements(&self) -> &[Reimbursement] {
        &self.0.reimbursements
    }

    /// Places that release money in whole steps only.
    pub fn capacities(&self) -> &[Capacity] {
        &self.0.capacities
    }

    /// The break-even questions the document asks.
    pub fn questions(&self) -> &[NamedQuestion] {
        &self.0.questions
    }

    /// Figures that somebody reports for what the document describes.
    pub fn reported(&self) -> &[Reported] {
        &self.0.reported
    }

    /// The checks that the author lets stand, with the reasons.
    pub fn silenced(&self) -> &[Silence] {
        &self.0.silenced
    }

    /// What varies together among the uncertain numbers.
    pub fn correlations(&self) -> &[Correlation] {
        &self.0.correlations
    }

    /// Whether society counts all holders and all values: everybody has standing.
    pub fn is_everybody_counted(&self) -> bool {
        let values = self.outcomes().iter().flat_map(|outcome| &outcome.values);
        self.holders().iter().all(|holder| holder.standing) && values.into_iter().all(|value| value.standing)
    }

    /// The levels of government that some holder is of.
    pub fn public_levels(&self) -> impl Iterator<Item = PublicLevel> {
        let has = |level: &PublicLevel| self.holders().iter().any(|holder| holder.level == Some(*level));
        PublicLevel::ALL.into_iter().filter(has)
    }

    /// Parts of the people of a holder.
    pub fn groups(&self) -> &[Group] {
        &self.0.groups
    }

    /// How much a krone counts by the income of whoever it falls on.
    pub fn weighting(&self) -> Option<&Weighting> {
        self.0.weighting.as_ref()
    }

    /// Effects that nobody can or will price.
    pub fn non_priced(&self) -> &[NonPricedEffect] {
        &self.0.non_priced
    }

    /// The plus-minus scale that they are judged on: the document's own, else the embedded one.
    pub fn plus_minus(&self) -> &PlusMinus {
        self.0.plus_minus.as_ref().unwrap_or_else(|| PlusMinus::embedded())
    }

    /// Goals that outcomes and effects without a price may serve.
    pub fn goals(&self) -> &[Goal] {
        &self.0.goals
    }

    /// The contract that pays for its results, with the parties of the model; it posts nothing until something is settled.
    pub fn contract(&self) -> Option<&Contract> {
        self.0.contract.as_ref()
    }

    /// The enterprise's own account, beside that of society.
    pub fn enterprise(&self) -> Option<&Enterprise> {
        self.0.enterprise.as_ref()
    }

    /// Every number the model rests on: shared and catalogue numbers by their ids, then the paths of growth by
    /// theirs, then the lists in the order of the document, catalogue figures where they are first used. The slots of the plan.
    pub fn assumptions(&self) -> &[Assumption] {
        &self.0.assumptions
    }

    /// What the document left out and the library filled in.
    pub fn defaults(&self) -> &[Default] {
        &self.0.defaults
    }

    /// The document as written.
    pub fn document(&self) -> &Node {
        &self.0.document
    }

    /// SHA-256 of the document as written, with nothing filled in.
    pub fn hash(&self) -> &DocumentHash {
        &self.0.hash
    }

    /// The number at a slot of this model.
    pub fn assumption(&self, slot: Slot) -> Option<&Assumption> {
        self.0.assumptions.get(slot.0)
    }

    /// The slot of a number by its own address, or by an address that uses it.
    pub fn slot(&self, address: &Address) -> Option<Slot> {
        self.0.slots.get(address).copied()
    }
}
