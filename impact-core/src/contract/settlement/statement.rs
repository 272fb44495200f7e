//! Statements: the lines of a settlement, what they add up to, and what is new since an earlier one.

use super::fault::SettlementFault;
use super::line::{Line, Unpaid};
use super::unused::Unused;
use crate::model::{Contract, HolderIndex};
use crate::number::{Exact, Fault};
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What observations pay, line by line.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    contract: Contract,
    lines: Vec<Line>,
    unpaid: Vec<Unpaid>,
    unused: Vec<Unused>,
    total: Decimal,
    by_payer: Vec<Total<HolderIndex>>,
    by_payment: Vec<Total<usize>>,
    by_year: Vec<Total<i32>>,
}

/// An amount under a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Total<K> {
    /// What it is of.
    pub of: K,
    /// How much.
    pub amount: Decimal,
}

/// What a line differs in from every other of its statement.
type Key = (usize, NaiveDate, String, String);

impl Statement {
    pub(super) fn new(
        contract: &Contract,
        lines: Vec<Line>,
        unpaid: Vec<Unpaid>,
        unused: Vec<Unused>,
    ) -> Result<Self, Fault> {
        let total = lines.iter().map(|line| Exact::from(line.amount)).sum::<Exact>().value()?;
        let shares = lines.iter().flat_map(|line| &line.shares);
        Ok(Self {
            contract: contract.clone(),
            total,
            by_payer: totals(shares.map(|share| (share.holder, share.amount)))?,
            by_payment: totals(lines.iter().map(|line| (line.payment, line.amount)))?,
            by_year: totals(lines.iter().map(|line| (line.date.year(), line.amount)))?,
            lines,
            unpaid,
            unused,
        })
    }

    /// The contract that was settled.
    pub fn contract(&self) -> &Contract {
        &self.contract
    }

    /// The lines in the order of their days.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Claims that nothing is paid for, by payment and reason.
    pub fn unpaid(&self) -> &[Unpaid] {
        &self.unpaid
    }

    /// What was observed and decides nothing, by estimate and cohort.
    pub fn unused(&self) -> &[Unused] {
        &self.unused
    }

    /// All that is paid.
    pub fn total(&self) -> Decimal {
        self.total
    }

    /// What each payer pays, in the order of the parties.
    pub fn by_payer(&self) -> &[Total<HolderIndex>] {
        &self.by_payer
    }

    /// What each payment comes to, as positions in the terms.
    pub fn by_payment(&self) -> &[Total<usize>] {
        &self.by_payment
    }

    /// What each calendar year of observation comes to.
    pub fn by_year(&self) -> &[Total<i32>] {
        &self.by_year
    }

    /// What is new since an earlier statement of the same contract: lines that stand only here, and reversals of those that
    /// stand there and no longer here. A line that was corrected is both.
    ///
    /// Everything earlier plus what is new is this statement.
    ///
    /// # Errors
    /// [`SettlementFault::OtherContract`] where the earlier one is of terms that differ in anything.
    ///
    /// # Examples
    /// Ten nights were paid for, and twelve are observed for the same day later: the first line goes back, and the new one is paid.
    /// ```
    /// # use impact_core::Contract;
    /// use impact_core::contract::Observations;
    /// # let contract = Contract::from_toml(r#"
    /// #     impact = 1
    /// #     name = "Nights in a home (illustrative)"
    /// #     currency = "NOK"
    /// #     holders = [ { id = "city", kind = "public", level = "municipality" }, { id = "provider", kind = "enterprise" } ]
    /// #     [contract]
    /// #     payee = "provider"
    /// #     payers = [ { holder = "city" } ]
    /// #     metrics = [ { id = "nights", kind = "count", unit = "night" } ]
    /// #     payments = [ { id = "home", of = "nights", schedule = { per_unit = 100 } } ]
    /// # "#)?;
    /// let settled = |nights: u32| {
    ///     let rows = format!("metric,date,count\nnights,2026-06-30,{nights}\n");
    ///     contract.settle(&Observations::from_csv(&contract, &rows)?)
    /// };
    /// let new = settled(12)?.since(&settled(10)?)?;
    /// let amounts: Vec<String> = new.iter().map(|line| line.amount.normalize().to_string()).collect();
    /// assert_eq!(amounts, ["-1000", "1200"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn since(&self, earlier: &Self) -> Result<Vec<Line>, SettlementFault> {
        let (then, now) = (earlier.contract.hash(), self.contract.hash());
        if then != now {
            return Err(SettlementFault::OtherContract { theirs: then.clone(), ours: now.clone() });
        }
        let keyed = |statement: &Self| -> BTreeMap<Key, Line> {
            statement.lines.iter().map(|line| (key(line), line.clone())).collect()
        };
        let (before, now) = (keyed(earlier), keyed(self));
        let gone = before.iter().filter(|(key, line)| now.get(*key) != Some(*line)).map(|(_, line)| reversed(line));
        let new = now.iter().filter(|(key, line)| before.get(*key) != Some(*line)).map(|(_, line)| line.clone());
        let mut changes: Vec<Line> = gone.chain(new).collect();
        changes.sort_by(|one, other| {
            let order =
                |line: &Line| (line.date, line.payment, line.cohort.clone(), line.group.clone(), !line.reversal);
            order(one).cmp(&order(other))
        });
        Ok(changes)
    }
}

fn key(line: &Line) -> Key {
    (line.payment, line.date, line.cohort.clone(), line.group.clone())
}

/// The line taken back.
fn reversed(line: &Line) -> Line {
    let mut back = line.clone();
    back.reversal = true;
    (back.amount, back.by_schedule) = (-line.amount, -line.by_schedule);
    for share in &mut back.shares {
        share.amount = -share.amount;
    }
    back
}

fn totals<K: Ord + Copy>(amounts: impl Iterator<Item = (K, Decimal)>) -> Result<Vec<Total<K>>, Fault> {
    let mut sums: BTreeMap<K, Exact> = BTreeMap::new();
    for (of, amount) in amounts {
        let sum = sums.entry(of).or_insert(Exact::ZERO);
        *sum = *sum + Exact::from(amount);
    }
    sums.into_iter().map(|(of, sum)| Ok(Total { of, amount: sum.value()? })).collect()
}
