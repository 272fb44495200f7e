//! Settlement: what observations pay under the terms, line by line.
//!
//! One rule: a statement is a function of the terms and of everything observed so far: settling twice gives the same, and a
//! later statement less an earlier one gives what is new, corrections as reversals.
//!
//! # Formula
//! ```text
//! figure  →  schedule  →  uplift  →  rounding  →  limits (each, person, year, payment, contract)  →  shares of the payers
//! ```
//! Lines come in the order of their days, of the payments in the document, of cohorts and groups; limits bind in that order.

mod basis;
mod claims;
mod due;
mod due_day;
mod fault;
mod gates;
mod indexed;
mod kept;
mod limits;
mod line;
mod people;
mod seen;
mod shares;
mod statement;
mod unused;

pub use basis::{Basis, Compared, Part, SoMany};
pub(in crate::contract) use due_day::due_day;
pub use fault::SettlementFault;
pub use indexed::Indexed;
pub use kept::KeptStatement;
pub use line::{Line, PayerShare, Unpaid, WhyUnpaid, Withheld};
pub use statement::{Statement, Total};
pub use unused::{Unused, WhyUnused};

use super::Observations;
use crate::address::Place;
use crate::error::ModelError;
use crate::model::Contract;
use crate::number::Exact;
use limits::Ledgers;
use people::People;

impl Contract {
    /// What observations pay.
    ///
    /// # Errors
    /// [`SettlementFault`]: an amount with more than 28 digits; a day that no calendar has.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Contract;
    /// use impact_core::contract::{Observations, Row};
    /// let contract = Contract::from_toml(r#"
    ///     impact = 1
    ///     name = "Denver: supportive housing"
    ///     currency = "USD"
    ///     holders = [ { id = "city", kind = "public", level = "municipality" }, { id = "lenders", kind = "investor" } ]
    ///     [contract]
    ///     payee = "lenders"
    ///     payers = [ { holder = "city" } ]
    ///     metrics = [ { id = "housing-days", kind = "count", unit = "day" } ]
    ///     payments = [ { id = "housing", of = "housing-days", schedule = { per_unit = 15.12 }, at_most = 5_290_000 } ]
    /// "#)?;
    /// let days = |day, count: i64| Row { metric: "housing-days".into(), date: day, count: Some(count.into()), ..Row::default() };
    /// let day = |text: &str| text.parse::<chrono::NaiveDate>().ok();
    /// let observed = Observations::of(&contract, [days(day("2020-06-30"), 258_858), days(day("2021-06-30"), 41_070)])?;
    /// let statement = contract.settle(&observed)?;
    /// let amounts: Vec<String> = statement.lines().iter().map(|line| line.amount.to_string()).collect();
    /// assert_eq!(amounts, ["3913932.96", "620978.40"]);
    /// assert_eq!(statement.total().to_string(), "4534911.36");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn settle(&self, observations: &Observations) -> Result<Statement, ModelError> {
        let values: Vec<Exact> = self.assumptions().iter().map(|number| Exact::from(number.point)).collect();
        self.settle_at(&values, observations)
    }

    /// The same where the contract's numbers have these values.
    pub(crate) fn settle_at(&self, values: &[Exact], observations: &Observations) -> Result<Statement, ModelError> {
        let settled = self.settled(observations, values);
        settled.map_err(|(payment, fault)| {
            let address = self.terms().payments.get(payment).map(|payment| payment.address.clone());
            ModelError::one(address.map_or_else(Place::document, Place::at), fault)
        })
    }

    fn settled(&self, observations: &Observations, values: &[Exact]) -> Result<Statement, (usize, SettlementFault)> {
        let (dues, claims, unused) = due::of(self, observations, values);
        let mut ledgers = Ledgers::new(self, values, People::new(self, observations, values, &claims));
        let mut lines = Vec::with_capacity(dues.len());
        for due in dues {
            let payment = due.payment;
            lines.extend(ledgers.line(due, observations).map_err(|fault| (payment, fault))?);
        }
        Statement::new(self, lines, claims.unpaid(), unused).map_err(|fault| (0, fault.into()))
    }
}
