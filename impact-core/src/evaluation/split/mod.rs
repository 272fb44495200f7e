//! Who should pay: the split of a cost over public budgets that leaves no payer worse off.
//!
//! One rule: a payer can pay what it gains in money before it pays, and no more; economic and social values are nobody's money.
//!
//! # Formula
//! With the cost `C`, and the own gain `g` of each payer before it pays, all in present value:
//! ```text
//! most(i)   = g(i)                                 a payer that loses before it pays must be paid its loss
//! a split exists where  Σ g ≥ C                    otherwise C − Σ g is missing
//! least(i)  = max(min(0, g(i)), C − Σ g of others) so that nobody else is worse off
//! pays(i)   = (C + L) · g(i) / W   where g(i) > 0  the proposal: in proportion to own gain
//!           = g(i)                 where g(i) ≤ 0  made whole, no more
//! keeps(i)  = g(i) − pays(i)
//! ```
//! `W` is what the payers that gain, gain together, and `L` what the others lose. The proposal leaves every payer that gains
//! the same share of its gain. It is one rule among many: whatever lies between `least` and `most` and adds up to the cost
//! leaves nobody worse off. Whoever is not to be made whole is not named as a payer; it is then shown among the others.
//!
//! # References
//! The bounds follow from what "no worse off" means; the proportional rule among them is this library's choice.

mod apportion;
mod question;

pub use question::{GainCounted, SplitProblem, SplitQuestion};

use super::appraisal::Appraisal;
use super::basis::Basis;
use super::figure::{Absence, FigureUnit};
use super::line::Line;
use super::sums::LineTotal;
use super::view::View;
use crate::address::Address;
use crate::model::{Holder, HolderKind, Marks, Measure, Perspective, PublicLevel, Question, QuestionError, ValueKind};
use crate::number::{Exact, PLACES};
use apportion::{apportioned, shares};
use question::Asked;
use rust_decimal::Decimal;

/// Why a split cannot be asked for.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SplitError {
    /// Everything that is wrong with the question.
    #[error("{}", problems.iter().map(SplitProblem::to_string).collect::<Vec<_>>().join("; "))]
    Refused {
        /// In the order asked.
        problems: Vec<SplitProblem>,
    },
    /// A holder the model does not have.
    #[error(transparent)]
    Question(#[from] QuestionError),
    /// A sum larger than 28 digits.
    #[error(transparent)]
    Absent(#[from] Absence),
}

/// Whether a split leaves no payer worse off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SplitStatus {
    /// The payers gain together at least what is to be paid.
    Exists,
    /// They gain less: whoever pays the rest is worse off, unless somebody else brings it.
    Missing,
    /// There is nothing to pay.
    NothingToPay,
}

/// Who should pay, in present values.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Split {
    /// What is paid for: the costs and transfers by their addresses.
    pub flows: Vec<Address>,
    /// Whether that is every cost of the document, as if nobody had paid yet.
    pub all_costs: bool,
    /// Which gains count.
    pub gain: GainCounted,
    /// What the amounts are counted in.
    pub unit: FigureUnit,
    /// Whether anything that moves the answer is illustrative or unverified.
    #[serde(flatten)]
    pub marks: Marks,
    /// Whether there is such a split.
    pub status: SplitStatus,
    /// What is to be paid.
    pub cost: Decimal,
    /// What all payers gain together before they pay, losses deducted: the most they can pay.
    pub gains: Decimal,
    /// What they keep together where there is a split; zero otherwise.
    pub left: Decimal,
    /// What somebody else would have to bring where there is none; zero otherwise.
    pub missing: Decimal,
    /// What the payers that lose before they pay, lose together: a split pays them as much.
    pub losses: Decimal,
    /// Those who may pay.
    pub payers: Vec<SplitPayer>,
    /// The same by level of government.
    pub levels: Vec<SplitLevel>,
    /// Everybody else: who gains without being asked, and of which kind.
    pub others: Vec<SplitOther>,
}

/// One who may pay.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SplitPayer {
    /// The id of the holder.
    pub holder: String,
    /// Its level of government.
    pub level: Option<PublicLevel>,
    /// What it gains in money before it pays; below zero where it loses.
    pub gain: Decimal,
    /// What it pays as the document has it.
    pub pays_now: Decimal,
    /// What it must pay at least for the other payers to be no worse off, each paying its whole gain; above the gain where
    /// there is no split, below zero where it must be paid.
    pub least: Decimal,
    /// The most it can pay without being worse off: its gain.
    pub most: Decimal,
    /// What it pays in proportion to its gain, below zero where it is made whole; none where there is no split.
    pub pays: Option<Decimal>,
    /// `pays` as a share of the cost. Shares add up to one.
    pub share: Option<Decimal>,
    /// `gain − pays`.
    pub keeps: Option<Decimal>,
}

/// The payers of one level of government together.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SplitLevel {
    /// The level.
    pub level: PublicLevel,
    /// What they gain in money before they pay.
    pub gain: Decimal,
    /// What they pay as the document has it.
    pub pays_now: Decimal,
    /// What they must pay at least for the payers of other levels to be no worse off, each paying its whole gain.
    pub least: Decimal,
    /// `least` as a share of the cost, to twelve decimals; none where there is nothing to pay.
    pub least_share: Option<Decimal>,
    /// The most they can pay together without being worse off: their gain.
    pub most: Decimal,
    /// What they pay in the proposal.
    pub pays: Option<Decimal>,
    /// `pays` as a share of the cost.
    pub share: Option<Decimal>,
}

/// One who is not asked to pay.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SplitOther {
    /// The id of the holder.
    pub holder: String,
    /// Public budget, people, enterprise, …
    pub kind: HolderKind,
    /// What it gains in money, counted as for payers.
    pub gain: Decimal,
    /// What it gains in production and income, which is no budget's money.
    pub economic: Decimal,
    /// What it gains in wellbeing, health, safety.
    pub social: Decimal,
    /// What it pays as the document has it, less what it is paid.
    pub pays_now: Decimal,
}

impl Appraisal {
    /// Who should pay: the split of a cost over public budgets that leaves no payer worse off, or what is missing.
    ///
    /// # Errors
    /// Payers who are no public budgets, flows the document does not have: all of them at once. A sum larger than 28 digits.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Model;
    /// use impact_core::evaluation::{SplitQuestion, SplitStatus};
    /// let larvik = Model::from_toml(include_str!("../../../../fixtures/models/larvik.toml"))?.appraise()?;
    /// let payment = SplitQuestion { flows: vec!["transfers.payment".to_owned()], ..SplitQuestion::default() };
    /// let split = larvik.split(&payment)?;
    /// assert_eq!(split.status, SplitStatus::Missing);
    /// // the payment 3 523 524.66, less what the state (883 192.23) and the municipalities (243 774.65) gain
    /// assert_eq!(split.missing.round_dp(2).to_string(), "2396557.78");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn split(&self, question: &SplitQuestion) -> Result<Split, SplitError> {
        let asked = Asked::of(self.model(), question).map_err(|problems| SplitError::Refused { problems })?;
        let mut bearers = Vec::new();
        for (at, holder) in self.model().holders().iter().enumerate() {
            if holder.kind != HolderKind::Joint {
                bearers.push(self.bearer(&asked, holder, asked.payers.get(at) == Some(&true))?);
            }
        }
        let cost = self.lines().filter(|(line, _)| asked.is_split(line)).map(|(_, total)| total.present_value);
        let cost = cost.sum::<Exact>().value().map_err(Absence::from)?;
        let marks = self.marks_of_split(&bearers)?;
        Ok(Split { marks, ..divided(asked, self.money(), cost, &bearers)? })
    }

    /// The marks of all that moves the answer: the money of public budgets together, and of each payer alone, since what one
    /// budget pays another moves the split and no total.
    fn marks_of_split(&self, bearers: &[Bearer<'_>]) -> Result<Marks, SplitError> {
        let mut questions = vec![Question::new(Measure::NetPublicCost).seen_by(Perspective::Public)];
        for bearer in bearers.iter().filter(|bearer| bearer.payer) {
            questions.push(Question::new(Measure::Npv).seen_by(Perspective::Holder(bearer.holder.id.clone())));
        }
        let mut marks = Marks::default();
        for question in &questions {
            marks = marks.or(Basis::of(self.model(), self.ledger().lines(), question)?.marks(self.model(), None));
        }
        Ok(marks)
    }

    fn lines(&self) -> impl Iterator<Item = (&Line, &LineTotal<Exact>)> {
        self.ledger().lines().iter().zip(self.totals())
    }

    /// What one holder gains and pays before the split.
    fn bearer<'a>(&self, asked: &Asked, holder: &'a Holder, payer: bool) -> Result<Bearer<'a>, SplitError> {
        let view = View::new(self.model(), &Perspective::Holder(holder.id.clone()))?;
        let of_kind = |kind: ValueKind| {
            let lines = self.lines().filter(|(line, _)| line.outcome.is_some() && line.kind == kind);
            lines.map(|(line, total)| view.signed_total(line, total.present_value)).sum::<Exact>()
        };
        let gain: Exact = self.lines().map(|(line, total)| asked.gain(&view, line, total)).sum();
        let pays_now: Exact = self.lines().map(|(line, total)| asked.pays_now(&view, line, total)).sum();
        let value = |number: Exact| number.value().map_err(Absence::from);
        let (gain, pays_now) = (value(gain)?, value(pays_now)?);
        let (economic, social) = (value(of_kind(ValueKind::Economic))?, value(of_kind(ValueKind::Social))?);
        Ok(Bearer { holder, payer, gain, pays_now, economic, social })
    }
}

/// What one holder gains and pays before the split.
struct Bearer<'a> {
    holder: &'a Holder,
    payer: bool,
    gain: Decimal,
    pays_now: Decimal,
    economic: Decimal,
    social: Decimal,
}

/// The split, its marks not yet known.
fn divided(asked: Asked, unit: FigureUnit, cost: Decimal, bearers: &[Bearer<'_>]) -> Result<Split, Absence> {
    let payers: Vec<&Bearer<'_>> = bearers.iter().filter(|bearer| bearer.payer).collect();
    let gains = sum(payers.iter().map(|payer| payer.gain))?;
    let losses = sum(payers.iter().map(|payer| payer.gain.min(Decimal::ZERO)))?;
    let status = match cost {
        cost if cost <= Decimal::ZERO => SplitStatus::NothingToPay,
        cost if cost <= gains => SplitStatus::Exists,
        _ => SplitStatus::Missing,
    };
    let proposal = match status {
        SplitStatus::Exists => proposed(cost, losses, &payers)?.into_iter().map(Some).collect(),
        SplitStatus::Missing | SplitStatus::NothingToPay => vec![None; payers.len()],
    };
    let whole = Whole { cost, gains };
    let rows = payers.iter().zip(&proposal).map(|(payer, proposed)| payer_row(payer, *proposed, &whole));
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    let levels = PublicLevel::ALL.into_iter().filter_map(|level| level_row(level, &rows, &whole));
    let levels = levels.collect::<Result<_, _>>()?;
    let over = less(gains, cost)?;
    Ok(Split {
        flows: asked.flows,
        all_costs: asked.all_costs,
        gain: asked.gain,
        unit,
        marks: Marks::default(),
        status,
        cost,
        gains,
        left: if status == SplitStatus::Exists { over } else { Decimal::ZERO },
        missing: if status == SplitStatus::Missing { -over } else { Decimal::ZERO },
        losses: losses.abs(),
        payers: rows,
        levels,
        others: bearers.iter().filter(|bearer| !bearer.payer).map(other).collect(),
    })
}

/// What is to be paid, and what all payers gain together.
struct Whole {
    cost: Decimal,
    gains: Decimal,
}

impl Whole {
    /// What some payers must pay at least, for all others to be no worse off; `losses` of theirs, below zero, are made whole.
    fn least(&self, gain: Decimal, losses: Decimal) -> Result<Decimal, Absence> {
        Ok(less(self.cost, less(self.gains, gain)?)?.max(losses))
    }
}

fn payer_row(payer: &Bearer<'_>, proposed: Proposed, whole: &Whole) -> Result<SplitPayer, Absence> {
    Ok(SplitPayer {
        holder: payer.holder.id.clone(),
        level: payer.holder.level,
        gain: payer.gain,
        pays_now: payer.pays_now,
        least: whole.least(payer.gain, payer.gain.min(Decimal::ZERO))?,
        most: payer.gain,
        pays: proposed.map(|(pays, _)| pays),
        share: proposed.map(|(_, share)| share),
        keeps: proposed.map(|(pays, _)| less(payer.gain, pays)).transpose()?,
    })
}

fn less(amount: Decimal, other: Decimal) -> Result<Decimal, Absence> {
    Ok((Exact::from(amount) - Exact::from(other)).value()?)
}

fn sum(amounts: impl Iterator<Item = Decimal>) -> Result<Decimal, Absence> {
    Ok(amounts.map(Exact::from).sum::<Exact>().value()?)
}

/// What a payer pays in the proposal and its share of the cost, where there is one.
type Proposed = Option<(Decimal, Decimal)>;

/// The proposal: those who lose are made whole, and those who gain pay for that and the cost in proportion to their gains.
fn proposed(cost: Decimal, losses: Decimal, payers: &[&Bearer<'_>]) -> Result<Vec<(Decimal, Decimal)>, Absence> {
    let gained: Vec<Decimal> = payers.iter().map(|payer| payer.gain.max(Decimal::ZERO)).collect();
    let pays = apportioned(less(cost, losses)?, &gained)?;
    let pays =
        pays.into_iter().zip(payers).map(|(pays, payer)| if payer.gain < Decimal::ZERO { payer.gain } else { pays });
    let pays: Vec<Decimal> = pays.collect();
    let shares = shares(cost, &pays)?;
    Ok(pays.into_iter().zip(shares).collect())
}

/// The payers of a level together; none where there are none.
fn level_row(level: PublicLevel, payers: &[SplitPayer], whole: &Whole) -> Option<Result<SplitLevel, Absence>> {
    let of_level: Vec<&SplitPayer> = payers.iter().filter(|payer| payer.level == Some(level)).collect();
    let together = |part: fn(&SplitPayer) -> Decimal| sum(of_level.iter().map(|payer| part(payer)));
    let proposed = |part: fn(&SplitPayer) -> Option<Decimal>| {
        let parts = of_level.iter().map(|payer| part(payer)).collect::<Option<Vec<_>>>();
        parts.map(|parts| sum(parts.into_iter())).transpose()
    };
    let row = || {
        let gain = together(|payer| payer.gain)?;
        let least = whole.least(gain, together(|payer| payer.gain.min(Decimal::ZERO))?)?;
        let share = (Exact::from(least) / Exact::from(whole.cost)).value().ok();
        Ok(SplitLevel {
            level,
            gain,
            pays_now: together(|payer| payer.pays_now)?,
            least,
            least_share: share.filter(|_| whole.cost > Decimal::ZERO).map(|share| share.round_dp(PLACES).normalize()),
            most: gain,
            pays: proposed(|payer| payer.pays)?,
            share: proposed(|payer| payer.share)?,
        })
    };
    (!of_level.is_empty()).then(row)
}

fn other(bearer: &Bearer<'_>) -> SplitOther {
    SplitOther {
        holder: bearer.holder.id.clone(),
        kind: bearer.holder.kind,
        gain: bearer.gain,
        economic: bearer.economic,
        social: bearer.social,
        pays_now: bearer.pays_now,
    }
}
