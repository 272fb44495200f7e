//! Shares: who pays how much of an amount.
//!
//! One rule: shares add up to the amount to the smallest unit that is paid: what rounding leaves goes to the largest remainders,
//! in the order of the payers where they are equal. What a payer's own limit leaves unpaid is paid by the fund that tops up, as
//! far as that one's limit goes; the rest is not paid.

use super::line::PayerShare;
use crate::contract::values::at;
use crate::model::terms::{Payer, Payment, Rounding, RoundingRule};
use crate::model::{Contract, HolderIndex, Slot};
use crate::number::{Exact, Fault, Number};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// What every payer has paid so far.
pub(super) struct Purses<'a> {
    contract: &'a Contract,
    values: &'a [Exact],
    paid: HashMap<HolderIndex, Exact>,
}

impl<'a> Purses<'a> {
    pub fn new(contract: &'a Contract, values: &'a [Exact]) -> Self {
        Self { contract, values, paid: HashMap::new() }
    }

    /// Who pays how much of an amount, and the limits that bound.
    pub fn share(&mut self, payment: &Payment, amount: Decimal) -> Result<(Vec<PayerShare>, Vec<Slot>), Fault> {
        let payers = payment.payers.as_ref().unwrap_or(&self.contract.terms().payers);
        let mut parts = self.parts(payers, amount)?;
        let mut bound = Vec::new();
        let mut unpaid = Exact::ZERO;
        for (payer, part) in payers.iter().zip(parts.iter_mut()) {
            let within = self.within(payer, *part)?;
            if within != *part {
                bound.extend(payer.at_most);
                unpaid = unpaid + *part - within;
                *part = within;
            }
        }
        let fund = payers.iter().zip(parts.iter_mut()).find(|(payer, _)| payer.tops_up);
        if let Some((fund, part)) = fund
            && unpaid.any_above_zero()
        {
            let topped = self.within(fund, unpaid)?;
            if topped != unpaid {
                bound.extend(fund.at_most);
            }
            *part = *part + topped;
        }
        let mut shares = Vec::with_capacity(payers.len());
        for (payer, part) in payers.iter().zip(parts) {
            let paid = self.paid.entry(payer.holder).or_insert(Exact::ZERO);
            *paid = *paid + part;
            shares.push(PayerShare { holder: payer.holder, amount: part.value()? });
        }
        Ok((shares, bound))
    }

    /// An amount in shares of the smallest unit that is paid.
    fn parts(&self, payers: &[Payer], amount: Decimal) -> Result<Vec<Exact>, Fault> {
        let Rounding { to, .. } = self.contract.terms().rounding;
        let down = Rounding { to, rule: RoundingRule::Down };
        let whole: Vec<Exact> = payers
            .iter()
            .map(|payer| payer.share.map_or(Exact::ZERO, |slot| at(self.values, slot) * Exact::from(amount)))
            .collect();
        let mut parts = Vec::with_capacity(whole.len());
        for part in &whole {
            parts.push(Exact::from(down.of(part.value()?)?));
        }
        let mut left = (Exact::from(amount) - parts.iter().copied().sum::<Exact>()).value()?;
        let mut remainders: Vec<(usize, Decimal)> = Vec::new();
        for (position, (whole, part)) in whole.iter().zip(&parts).enumerate() {
            remainders.push((position, (*whole - *part).value()?.abs()));
        }
        remainders.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
        let sign = if left.is_sign_negative() { -to } else { to };
        for (position, _) in remainders {
            let step = if left.abs() < to { left } else { sign };
            if let Some(part) = parts.get_mut(position) {
                *part = *part + Exact::from(step);
            }
            left = (Exact::from(left) - Exact::from(step)).value()?;
            if left.is_zero() {
                break;
            }
        }
        Ok(parts)
    }

    /// What a payer's own limit leaves of an amount; a limit between two amounts that can be paid leaves the lower.
    fn within(&self, payer: &Payer, amount: Exact) -> Result<Exact, Fault> {
        let Some(limit) = payer.at_most else { return Ok(amount) };
        let paid = self.paid.get(&payer.holder).copied().unwrap_or(Exact::ZERO);
        let rest = (at(self.values, limit) - paid).max(Exact::ZERO);
        if (amount - rest).any_above_zero() {
            let down = Rounding { rule: RoundingRule::Down, ..self.contract.terms().rounding };
            return Ok(Exact::from(down.of(rest.value()?)?));
        }
        Ok(amount)
    }
}
