//! Capacities: places that release money only in whole steps, such as the wings of a prison.
//!
//! One rule: the places that all outcomes free are added up before steps are counted; one freed place closes no wing.

use super::{HolderIndex, Slot};
use crate::address::Address;
use crate::reference::Source;
use crate::units::{Label, Year};

/// Places of a holder, and the values whose freed places belong to them.
///
/// # Formula
/// ```text
/// places(t)   = Σ over its values of causal units of the year · places per unit · share of the destination
/// steps(t)    = whole steps in places(t) / places per step, towards zero; none before `cashable_from`
/// released(t) = steps(t) · places per step / places(t): the share of the year's cashable amounts that releases money
/// ```
/// A step within a billionth of a whole one counts as whole, so that a third of three places closes one in every number type.
///
/// # Examples
/// ```
/// use impact_core::Model;
/// use impact_core::model::{Measure, Perspective};
/// let model = Model::from_toml(r#"
///     impact = 1
///     name = "A wing"
///     country = "NO"
///     currency = "NOK"
///     price_year = 2024
///     start = 2024
///     conventions = "norway-r109-2021"
///     holders = [ { id = "people", kind = "people" }, { id = "state", kind = "public", level = "state" } ]
///     [[outcomes]]
///     id = "out"
///     holder = "people"
///     quantity = 25
///     measured = "net"
///     [[outcomes.values]]
///     id = "place"
///     value = 1000
///     unit = "place-year"
///     conversion = { per_unit = 1 }
///     to = "state"
///     kind = "fiscal"
///     avoidable = 1
///     cashable = 1
///     [[capacities]]
///     id = "wing"
///     holder = "state"
///     places_per_step = 20
///     values = ["outcomes.out.values.place"]
/// "#)?;
/// let appraisal = model.appraise()?;
/// let figure = |measure| appraisal.measure(measure, Perspective::named("state")).ok()?.value.ok();
/// assert_eq!(figure(Measure::Npv), Some(25_000.into()));
/// assert_eq!(figure(Measure::CashableSaving), Some(20_000.into())); // one wing of 20 closes; five places stay open
/// # Ok::<(), impact_core::error::ModelError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Capacity {
    /// The id in the document.
    pub id: String,
    /// `capacities.<id>`.
    pub address: Address,
    /// The name in reports.
    pub name: Label,
    /// Whose places they are.
    pub holder: HolderIndex,
    /// How many places close together.
    pub places_per_step: Slot,
    /// The addresses of the values that free places.
    pub values: Vec<Address>,
    /// The first year in which a step releases money; none for the first year appraised.
    pub cashable_from: Option<Year>,
    /// Where the size of a step comes from.
    pub source: Option<Source>,
    /// What to beware of.
    pub note: Option<String>,
}

impl Capacity {
    /// What to know of steps that are counted at point values.
    pub(crate) fn at_points() -> Label {
        Label::both(
            "steps counted at the point values are not the expected ones: a simulation counts them draw by draw",
            "trinn regnet ut på punktverdiene er ikke de forventede: en simulering teller dem trekning for trekning",
        )
    }
}
