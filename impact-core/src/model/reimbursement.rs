//! Reimbursements: a holder's cost, or the saving of one, that another holder pays back or takes back a share of.
//!
//! One rule: money paid back changes hands between two holders of the model, so it is never a gain to the two together.

use super::{HolderIndex, Slot};
use crate::address::Address;
use crate::number::Exact;
use crate::reference::Source;
use crate::units::{Label, Year};
use chrono::NaiveDate;

/// Who pays back what, how much of it, and within which limits.
///
/// # Formula
/// ```text
/// paid back(t) = amount(t) · share(t) · part reimbursed of the year
/// part         = min( part of the year used · part of it within the years from the start · part of the year in force,
///                     days a year / days used )
/// ```
/// A day counts as 1/365 of a year where the document does not say on how many days the service is used; the part in force
/// is counted in calendar days.
///
/// # Examples
/// ```
/// use impact_core::Model;
/// use impact_core::model::{Measure, Perspective};
/// let model = Model::from_toml(r#"
///     impact = 1
///     name = "Shelter"
///     country = "DK"
///     currency = "DKK"
///     price_year = 2024
///     start = 2024
///     conventions = "sroi-practice"
///     holders = [
///       { id = "municipality", kind = "public", level = "municipality" },
///       { id = "state", kind = "public", level = "state" },
///     ]
///     costs = [ { id = "shelter", payer = "municipality", amount = 550_000, year = 2024 } ]
///     reimbursements = [ { id = "refusion", of = "costs.shelter", from = "state", share = 0.5, days_a_year = 90 } ]
/// "#)?;
/// let appraisal = model.appraise()?;
/// let npv = |holder| appraisal.measure(Measure::Npv, Perspective::named(holder)).ok()?.value.ok();
/// assert_eq!(npv("municipality").map(|value| value.round_dp(2).to_string()), Some("-482191.78".to_owned()));
/// assert_eq!(npv("public").map(|value| value.to_string()), Some("-550000".to_owned()));
/// # Ok::<(), impact_core::error::ModelError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Reimbursement {
    /// The id in the document.
    pub id: String,
    /// `reimbursements.<id>`.
    pub address: Address,
    /// The name in reports.
    pub name: Label,
    /// What is paid back, to whom.
    pub of: Vec<Reimbursed>,
    /// Who pays back.
    pub from: HolderIndex,
    /// The share that is paid back.
    pub share: Slot,
    /// The share of single years, one after the other, before `share` holds; before the first of them nothing is paid back.
    pub phase_in: Vec<(Year, Slot)>,
    /// How many days of use a year are paid back at most; none where all are.
    pub days_a_year: Option<Slot>,
    /// On how many days of a year one unit is used; none for every day of 365.
    pub days_used: Option<Slot>,
    /// How many years from the start of a person's intake (a cost or transfer: from its first year) are paid back at most.
    pub years_from_start: Option<Slot>,
    /// The first day on which the rule is in force.
    pub first_day: Option<NaiveDate>,
    /// The last day on which it is.
    pub last_day: Option<NaiveDate>,
    /// Where the rule comes from.
    pub source: Option<Source>,
    /// What to beware of.
    pub note: Option<String>,
}

/// A cost, transfer or value that is paid back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reimbursed {
    /// Its address.
    pub cause: Address,
    /// Whose cost it is, or who saves it.
    pub to: HolderIndex,
    /// Whether that holder gains by it: a value it saves, of which a share falls to whoever pays back.
    pub saves: bool,
}

impl Reimbursement {
    /// The numbers it is made of.
    pub fn slots(&self) -> impl Iterator<Item = Slot> {
        let limits = [self.days_a_year, self.days_used, self.years_from_start];
        let shares = self.phase_in.iter().map(|(_, slot)| *slot);
        std::iter::once(self.share).chain(shares).chain(limits.into_iter().flatten())
    }

    /// The number that says the share of a year; none where nothing is paid back yet.
    pub fn share_in(&self, year: Year) -> Option<Slot> {
        match (self.phase_in.first(), self.phase_in.iter().find(|(phased, _)| *phased == year)) {
            (_, Some((_, slot))) => Some(*slot),
            (Some((first, _)), None) if year < *first => None,
            _ => Some(self.share),
        }
    }

    /// The part of a year on whose days it is in force.
    pub(crate) fn in_force(&self, year: Year) -> Exact {
        let new_year = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MAX);
        let (from, after) = (new_year(year.number()), new_year(year.number().saturating_add(1)));
        let begin = self.first_day.map_or(from, |first| first.max(from));
        let end = self.last_day.and_then(|last| last.succ_opt()).map_or(after, |end| end.min(after));
        let days = |from: NaiveDate, to: NaiveDate| {
            let days = to.signed_duration_since(from).num_days().max(0);
            Exact::from(i32::try_from(days).unwrap_or(0))
        };
        days(begin, end) / days(from, after)
    }

    /// Whether it is in force on some days only.
    pub fn is_dated(&self) -> bool {
        self.first_day.is_some() || self.last_day.is_some()
    }
}
