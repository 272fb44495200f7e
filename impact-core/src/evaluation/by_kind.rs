//! Value by kind: money in budgets, production and wellbeing kept apart, for everybody and for each level of government.
//!
//! One rule: the parts of a row add up to its net present value, so that no total hides what it is made of.
//!
//! # Formula
//! `net = fiscal + economic + social + market prices + transfers − inputs − financing`, each in present value. Rows are linear: the holders of
//! a level add up to the level, the levels to all public budgets. `ratio = (fiscal + economic + social + market prices) / inputs` stands beside
//! `fiscal / inputs`: a reader sees how much of a ratio is money. Neither takes the credit of others off; `sroi_ratio` does.

use super::appraisal::Appraisal;
use super::figure::{Absence, NoTable};
use super::sums::Sums;
use super::view::View;
use crate::model::{HolderKind, Perspective, PublicLevel, ValueKind};
use crate::number::{Exact, Number};
use rust_decimal::Decimal;

/// Whose present values a row is.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "whose", content = "id", rename_all = "kebab-case")]
pub enum Whose {
    /// Everybody who has standing.
    Society,
    /// Everybody, whether they have standing or not.
    Everybody,
    /// All public budgets.
    Public,
    /// All public budgets of one level of government.
    Level(PublicLevel),
    /// One holder.
    Holder(String),
}

/// The present values of one row, by kind.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct KindRow {
    /// Whose.
    #[serde(flatten)]
    pub whose: Whose,
    /// Outcomes that are money in budgets, gained less lost.
    pub fiscal: Decimal,
    /// Outcomes that are production or income, gained less lost.
    pub economic: Decimal,
    /// Outcomes that are wellbeing, health and the like, gained less lost.
    pub social: Decimal,
    /// What carries outcomes that are resources to market prices, under conventions that do; only society has it, and it is
    /// nobody's money.
    pub market_prices: Decimal,
    /// Resources paid for.
    pub inputs: Decimal,
    /// Transfers received less transfers paid.
    pub transfers: Decimal,
    /// Tax-financing cost; only society has it.
    pub financing: Decimal,
    /// What is left: the net present value.
    pub net: Decimal,
    /// Outcomes of all kinds over inputs, to twelve decimals; none where no resources are paid for.
    pub ratio: Option<Decimal>,
    /// The fiscal ones alone over the same inputs: how much of that ratio is money in budgets.
    pub fiscal_ratio: Option<Decimal>,
}

impl Appraisal {
    /// Present values by kind: of society, of all public budgets, of each level of government and of each holder.
    ///
    /// A joint holder is its members. Society is there twice, as [`Whose::Everybody`] too, where somebody has no standing.
    ///
    /// # Errors
    /// A sum larger than 28 digits.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Model;
    /// let model = Model::from_toml(include_str!("../../../fixtures/models/beginner.toml"))?;
    /// let rows = model.appraise()?.value_by_kind()?;
    /// let society = &rows[0];
    /// let parts = [society.fiscal, society.economic, society.social, society.inputs, society.financing, society.net];
    /// assert_eq!(parts.map(|part| part.normalize().to_string()), ["0", "0", "500000", "400000", "80000", "20000"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn value_by_kind(&self) -> Result<Vec<KindRow>, NoTable> {
        let model = self.model();
        let mut rows = vec![self.by_kind_of(Whose::Society, &View::new(model, &Perspective::Society)?)?];
        if !model.is_everybody_counted() {
            rows.push(self.by_kind_of(Whose::Everybody, &View::new(model, &Perspective::Everybody)?)?);
        }
        if model.holders().iter().any(|holder| holder.kind == HolderKind::Public) {
            rows.push(self.by_kind_of(Whose::Public, &View::new(model, &Perspective::Public)?)?);
        }
        for level in model.public_levels() {
            rows.push(self.by_kind_of(Whose::Level(level), &View::of_level(model, level))?);
        }
        for holder in model.holders().iter().filter(|holder| holder.kind != HolderKind::Joint) {
            let view = View::new(model, &Perspective::Holder(holder.id.clone()))?;
            rows.push(self.by_kind_of(Whose::Holder(holder.id.clone()), &view)?);
        }
        Ok(rows)
    }

    fn by_kind_of(&self, whose: Whose, view: &View) -> Result<KindRow, Absence> {
        let lines = self.ledger().lines();
        let of_kind = |kind: ValueKind| -> Result<Decimal, Absence> {
            let counted = lines.iter().zip(self.totals());
            let counted = counted.filter(|(line, _)| line.outcome.is_some() && !line.is_markup() && line.kind == kind);
            let sum: Exact = counted.map(|(line, total)| view.signed_total(line, total.present_value)).sum();
            Ok(sum.value()?)
        };
        let markups = lines.iter().zip(self.totals()).filter(|(line, _)| line.outcome.is_some() && line.is_markup());
        let market_prices: Exact = markups.map(|(line, total)| view.signed_total(line, total.present_value)).sum();
        let sums = Sums::of(lines, self.totals(), view);
        let fiscal = of_kind(ValueKind::Fiscal)?;
        let over_inputs = |outcomes: Exact| -> Result<Option<Decimal>, Absence> {
            if !sums.inputs.any_above_zero() {
                return Ok(None);
            }
            Ok(Some((outcomes / sums.inputs).quantised().value()?.normalize()))
        };
        Ok(KindRow {
            whose,
            ratio: over_inputs(sums.outcomes)?,
            fiscal_ratio: over_inputs(Exact::from(fiscal))?,
            fiscal,
            economic: of_kind(ValueKind::Economic)?,
            social: of_kind(ValueKind::Social)?,
            market_prices: market_prices.value()?,
            inputs: sums.inputs.value()?,
            transfers: sums.transfers.value()?,
            financing: sums.financing.value()?,
            net: sums.net().value()?,
        })
    }
}
