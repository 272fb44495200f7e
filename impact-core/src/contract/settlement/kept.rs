//! Statements kept: lines and counts apart from their contract, to be written down and made a statement again.
//!
//! One rule: what comes back is held to its contract and added up anew; a kept statement holds no person, but lines of few.

use super::fault::SettlementFault;
use super::line::{Line, Unpaid};
use super::statement::Statement;
use super::unused::Unused;
use crate::model::Contract;
use crate::number::Exact;
use serde::{Deserialize, Serialize};

/// What a statement is kept as: everything but its contract and what can be added up again.
///
/// # Examples
/// ```
/// use impact_core::Contract;
/// use impact_core::contract::{KeptStatement, Observations, Statement};
/// # let contract = Contract::from_toml(r#"
/// #     impact = 1
/// #     name = "Denver: supportive housing"
/// #     currency = "USD"
/// #     holders = [ { id = "city", kind = "public", level = "municipality" }, { id = "lenders", kind = "investor" } ]
/// #     [contract]
/// #     payee = "lenders"
/// #     payers = [ { holder = "city" } ]
/// #     metrics = [ { id = "housing-days", kind = "count", unit = "day" } ]
/// #     payments = [ { id = "housing", of = "housing-days", schedule = { per_unit = 15.12 } } ]
/// # "#)?;
/// let observed = Observations::from_csv(&contract, "metric,date,count\nhousing-days,2020-06-30,258858\n")?;
/// let statement = contract.settle(&observed)?;
/// let written = serde_json::to_string(&statement.kept())?;
/// let read: KeptStatement = serde_json::from_str(&written)?;
/// assert_eq!(Statement::of_kept(&contract, read)?, statement);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptStatement {
    lines: Vec<Line>,
    unpaid: Vec<Unpaid>,
    unused: Vec<Unused>,
}

impl Statement {
    /// What it is kept as. It tells every line, however few people it is of: not for publication.
    pub fn kept(&self) -> KeptStatement {
        KeptStatement { lines: self.lines().to_vec(), unpaid: self.unpaid().to_vec(), unused: self.unused().to_vec() }
    }

    /// The statement that was kept.
    ///
    /// # Errors
    /// [`SettlementFault::NotOfContract`] where the contract has no such payment or payer, or shares do not add up to their line;
    /// sums that 28 digits do not hold.
    pub fn of_kept(contract: &Contract, kept: KeptStatement) -> Result<Self, SettlementFault> {
        let terms = contract.terms();
        let refuse = |what| Err(SettlementFault::NotOfContract { what });
        if kept.unpaid.iter().any(|unpaid| unpaid.payment >= terms.payments.len()) {
            return refuse("it has no such payment");
        }
        if kept.unused.iter().any(|unused| unused.estimate >= terms.estimates.len()) {
            return refuse("it has no such estimate");
        }
        for line in &kept.lines {
            let Some(payment) = terms.payments.get(line.payment) else { return refuse("it has no such payment") };
            let payers = payment.payers.as_ref().unwrap_or(&terms.payers);
            if !line.shares.iter().all(|share| payers.iter().any(|payer| payer.holder == share.holder)) {
                return refuse("it has no such payer");
            }
            let shares: Exact = line.shares.iter().map(|share| Exact::from(share.amount)).sum();
            if shares != Exact::from(line.amount) {
                return refuse("the shares of a line do not add up to it");
            }
        }
        Ok(Self::new(contract, kept.lines, kept.unpaid, kept.unused)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Observations;

    const TERMS: &str = r#"
        impact = 1
        name = "Two pay"
        currency = "NOK"
        holders = [
            { id = "state", kind = "public", level = "state" }, { id = "town", kind = "public", level = "municipality" },
            { id = "provider", kind = "enterprise" },
        ]
        [contract]
        payee = "provider"
        payers = [{ holder = "state", share = 0.7 }, { holder = "town", share = 0.3 }]
        metrics = [{ id = "days", kind = "count" }]
        payments = [
            { id = "days", of = "days", schedule = { per_unit = 10 }, at_most = 300, requires = [{ figure = "days", at = 5 }] },
        ]
    "#;

    fn kept() -> (Contract, String) {
        let contract = Contract::from_toml(TERMS).unwrap();
        let rows = "metric,date,count\ndays,2024-03-31,20\ndays,2024-06-30,20\n";
        let statement = contract.settle(&Observations::from_csv(&contract, rows).unwrap()).unwrap();
        let written = serde_json::to_string(&statement.kept()).unwrap();
        (contract, written)
    }

    fn again(contract: &Contract, written: &str) -> Result<Statement, String> {
        let kept = serde_json::from_str(written).map_err(|error| error.to_string())?;
        Statement::of_kept(contract, kept).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_kept_comes_back_whole() {
        let (contract, written) = kept();
        let statement = again(&contract, &written).unwrap();
        assert_eq!(statement.total().to_string(), "300.00");
        assert_eq!(serde_json::to_string(&statement.kept()).unwrap(), written);
    }

    #[test]
    fn what_the_contract_cannot_have_paid_is_refused() {
        let (contract, written) = kept();
        for (change, to, said) in [
            ("\"payment\":0", "\"payment\":1", "it has no such payment"),
            ("\"holder\":1", "\"holder\":2", "it has no such payer"),
            ("\"amount\":\"140", "\"amount\":\"141", "the shares of a line do not add up to it"),
        ] {
            let changed = written.replacen(change, to, 1);
            assert_ne!(changed, written, "{written}");
            let refused = again(&contract, &changed).unwrap_err();
            assert_eq!(refused, format!("the kept statement does not fit the contract: {said}"));
        }
        assert!(again(&contract, &written.replacen("unpaid", "paid", 1)).is_err());
    }
}
