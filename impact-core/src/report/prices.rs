//! Prices that meet a target, as rows and in sentences.
//!
//! One rule: what is not found is said with what there is at both ends of the range.

use super::answer::AnswerStatus;
use super::risk::RiskProvenance;
use super::saving_risk::paid_for_marks;
use super::{contract_marks, situation_name};
use crate::address::Address;
use crate::analysis::Crossing;
use crate::analysis::risk::{PriceFound, RateOf, RateTarget, Situation};
use crate::model::{Contract, Holder, Marks, Model};
use crate::number::to_significant;
use crate::units::written::{readable, rounded};
use crate::units::{Label, Language};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

/// Digits of a standard error below ten in a sentence; from ten on it is whole.
const ERROR_DIGITS: u32 = 2;
/// Decimals at most of a price below a thousand; from there on it is whole.
const PRICE_DECIMALS: u32 = 6;

const MILLIONTH: Decimal = Decimal::from_parts(1, 0, 0, false, 6);

/// What a price must do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sought<'a> {
    /// A payer of the model, by its id, is expected to pay what it saves.
    BreakEven(&'a Model, &'a str),
    /// An investor of the contract, by its id, reaches a rate.
    Rate(&'a Contract, &'a str, RateTarget),
}

/// What a price must do, as a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SoughtWord {
    /// A payer is expected to pay what it saves.
    BreakEven,
    /// An investor reaches a rate.
    Rate,
}

/// The values of a number of the terms that meet a target, ready to be shown.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct PriceReport {
    /// What the contract is called.
    pub contract: Label,
    /// The currency of its amounts.
    pub currency: String,
    /// Whether anything that moves the answer is illustrative or unverified.
    #[serde(flatten)]
    pub marks: Marks,
    /// What made it.
    pub provenance: RiskProvenance,
    /// What the price must do.
    pub sought: SoughtWord,
    /// For whom: the id of the payer or the investor.
    pub holder: String,
    /// What it is called.
    pub name: Label,
    /// The rate to be reached per year, as a fraction; none for a payer.
    pub rate: Option<f64>,
    /// Of what it is the rate.
    pub rate_of: Option<RateOf>,
    /// How many of the first draws were settled for each value; none for a payer.
    pub settled: Option<u64>,
    /// What is supposed.
    pub situation: Situation,
    /// What that is called.
    pub situation_name: Label,
    /// The number that is searched for.
    pub address: Address,
    /// Its unit in words.
    pub unit: String,
    /// The value that the contract has now.
    pub current: Decimal,
    /// How many values meet the target.
    pub status: AnswerStatus,
    /// The one value that meets it, of a range that does the first; none where there is none, or several, or a jump over it.
    pub value: Option<Decimal>,
    /// Its standard error; zero where no draw differs from another.
    pub standard_error: Option<f64>,
    /// All of them, the lowest first.
    pub values: Vec<Decimal>,
    /// For each value, where the range that it opens ends, all of which meets the target; none for a value that stands alone.
    pub range_ends: Vec<Option<Decimal>>,
    /// For each value, whether the target is jumped over there instead of met.
    pub jumps: Vec<bool>,
    /// The lowest and the highest value tried.
    pub searched: (Decimal, Decimal),
    /// What the target is missed by there: saving less payment, or rate less target.
    pub at_ends: (Option<f64>, Option<f64>),
    /// The answer in a sentence.
    pub sentence: Label,
}

impl PriceReport {
    /// A price as it is told; none of a model without a contract.
    ///
    /// # Examples
    /// ```
    /// use impact_core::Model;
    /// use impact_core::analysis::risk::{PriceQuestion, RateOf, RateTarget, Situation};
    /// use impact_core::report::{PriceReport, Sought};
    /// use impact_core::simulation::{Seed, Simulation};
    /// use std::ops::ControlFlow;
    /// # let text = include_str!("../../../fixtures/models/larvik-contract.toml");
    /// let model = Model::from_toml(text)?;
    /// let contract = model.contract().ok_or("a contract")?;
    /// let asked = PriceQuestion {
    ///     address: "contract.payments.target.schedule.steps.0.amount".parse()?,
    ///     range: (4_000_000.into(), 8_000_000.into()),
    ///     situation: Situation::AsBelieved,
    ///     simulation: Simulation::new(20, Seed(7)),
    /// };
    /// let target = RateTarget { rate: 0.05, of: RateOf::Median, settled: 20 };
    /// let found = contract.search(&asked, ("ferd", target), &mut |_| ControlFlow::Continue(()))?;
    /// let told = PriceReport::of(Sought::Rate(contract, "ferd", target), &found).ok_or("told")?;
    /// assert!(told.sentence.en.starts_with("The median return of Ferd is 5% a year where `contract.payments.target"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(sought: Sought<'_>, found: &PriceFound) -> Option<Self> {
        let contract = sought.contract()?;
        let number = contract.slot(&found.asked.address).and_then(|slot| contract.assumption(slot));
        let target = sought.target();
        let status = status(found);
        Some(Self {
            contract: contract.name().clone(),
            currency: contract.currency().to_string(),
            marks: sought.marks(contract),
            provenance: RiskProvenance::of(contract, &found.asked.simulation),
            sought: target.map_or(SoughtWord::BreakEven, |_| SoughtWord::Rate),
            holder: sought.holder().to_owned(),
            name: sought.name(contract),
            rate: target.map(|target| target.rate),
            rate_of: target.map(|target| target.of),
            settled: target.map(|target| target.settled.min(found.asked.simulation.draws())),
            situation: found.asked.situation,
            situation_name: situation_name(found.asked.situation),
            address: found.asked.address.clone(),
            unit: number.map_or_else(String::new, |number| number.unit.clone()),
            current: found.current,
            status,
            value: found.value(),
            standard_error: found.standard_error,
            values: found.crossings.iter().map(|crossing| crossing.value).collect(),
            range_ends: found.crossings.iter().map(range_end).collect(),
            jumps: found.crossings.iter().map(|crossing| crossing.jump).collect(),
            searched: found.asked.range,
            at_ends: found.at_ends,
            sentence: Sentence { name: sought.name(contract), target, status, found }.label(),
        })
    }
}

impl<'a> Sought<'a> {
    fn contract(self) -> Option<&'a Contract> {
        match self {
            Self::BreakEven(model, _) => model.contract(),
            Self::Rate(contract, ..) => Some(contract),
        }
    }

    fn marks(self, contract: &Contract) -> Marks {
        match self {
            Self::BreakEven(model, _) => paid_for_marks(model, contract),
            Self::Rate(..) => contract_marks(contract),
        }
    }

    fn target(self) -> Option<RateTarget> {
        match self {
            Self::BreakEven(..) => None,
            Self::Rate(.., target) => Some(target),
        }
    }

    fn holder(self) -> &'a str {
        match self {
            Self::BreakEven(_, holder) | Self::Rate(_, holder, _) => holder,
        }
    }

    fn name(self, contract: &Contract) -> Label {
        named(contract.holders(), self.holder())
    }
}

/// What a holder is called.
pub(super) fn named(holders: &[Holder], id: &str) -> Label {
    let found = holders.iter().find(|holder| holder.id == id);
    found.map_or_else(|| Label::plain(id), |holder| holder.name.clone())
}

/// Where a range of values that meet the target ends. Payments are rounded, so that a price may meet it over less than a millionth of
/// itself: that is one value.
fn range_end(crossing: &Crossing) -> Option<Decimal> {
    let apart = |end: &Decimal| (*end - crossing.value).abs() > crossing.value.abs() * MILLIONTH;
    crossing.to.filter(apart)
}

/// How many values meet the target.
pub(super) fn status(found: &PriceFound) -> AnswerStatus {
    match (found.everywhere, found.crossings.as_slice()) {
        (true, _) => AnswerStatus::Everywhere,
        (false, []) => AnswerStatus::None,
        (false, [alone]) if range_end(alone).is_none() => AnswerStatus::Unique,
        (false, _) => AnswerStatus::Several,
    }
}

/// An answer to be said.
struct Sentence<'a> {
    name: Label,
    target: Option<RateTarget>,
    status: AnswerStatus,
    found: &'a PriceFound,
}

impl Sentence<'_> {
    fn label(&self) -> Label {
        Label::both(self.text(Language::English), self.text(Language::Bokmal))
    }

    fn text(&self, language: Language) -> String {
        let (subject, address) = (self.subject(language), &self.found.asked.address);
        match (language, self.status) {
            (Language::English, AnswerStatus::Unique | AnswerStatus::Several) => {
                let met = if self.jumps() { ", where it is passed and not met" } else { "" };
                let (values, now) = (self.values(language), price(self.found.current, language));
                format!("{subject} where `{address}` is {values}{met}; the contract has {now}")
            }
            (Language::Bokmal, AnswerStatus::Unique | AnswerStatus::Several) => {
                let met = if self.jumps() { ", der det passeres og ikke nås" } else { "" };
                let (values, now) = (self.values(language), price(self.found.current, language));
                format!("{subject} der `{address}` er {values}{met}; kontrakten har {now}")
            }
            (Language::English, AnswerStatus::None) => {
                let (from, to, ends) = self.range(language);
                format!("{subject} for no value of `{address}` from {from} to {to}: at these ends {ends}")
            }
            (Language::Bokmal, AnswerStatus::None) => {
                let (from, to, ends) = self.range(language);
                format!("{subject} for ingen verdi av `{address}` fra {from} til {to}: {ends}")
            }
            (Language::English, AnswerStatus::Everywhere) => format!("{subject} whatever `{address}` is"),
            (Language::Bokmal, AnswerStatus::Everywhere) => format!("{subject} uansett hva `{address}` er"),
        }
    }

    /// What is to be met.
    fn subject(&self, language: Language) -> String {
        let name = self.name.text(language);
        match (language, self.target) {
            (Language::English, None) => format!("{name} is expected to pay what it saves"),
            (Language::Bokmal, None) => format!("{name} forventes å betale det den sparer"),
            (Language::English, Some(RateTarget { rate, of: RateOf::Expected, .. })) => {
                format!("The expected flows of {name} return {} a year", percent(rate, language))
            }
            (Language::Bokmal, Some(RateTarget { rate, of: RateOf::Expected, .. })) => {
                format!("De forventede beløpene til {name} gir {} i året", percent(rate, language))
            }
            (Language::English, Some(RateTarget { rate, of: RateOf::Median, .. })) => {
                format!("The median return of {name} is {} a year", percent(rate, language))
            }
            (Language::Bokmal, Some(RateTarget { rate, of: RateOf::Median, .. })) => {
                format!("Median avkastning for {name} er {} i året", percent(rate, language))
            }
        }
    }

    fn jumps(&self) -> bool {
        self.found.crossings.iter().any(|crossing| crossing.jump)
    }

    fn values(&self, language: Language) -> String {
        let off = self.found.standard_error.and_then(Decimal::from_f64).filter(|error| !error.is_zero());
        let off = off.map_or_else(String::new, |error| format!("\u{a0}±\u{a0}{}", error_shown(error, language)));
        let value = |crossing: &Crossing| {
            let from = price(crossing.value, language);
            match (language, range_end(crossing)) {
                (_, None) => from + &off,
                (Language::English, Some(to)) => format!("anything from {from} to {}", price(to, language)),
                (Language::Bokmal, Some(to)) => format!("hva som helst fra {from} til {}", price(to, language)),
            }
        };
        self.found.crossings.iter().map(value).collect::<Vec<_>>().join("; ")
    }

    /// The range that was tried, and what there is at its ends.
    fn range(&self, language: Language) -> (String, String, String) {
        let (low, high) = self.found.asked.range;
        let end = |gap: Option<f64>| match (language, self.target, gap) {
            (Language::English, Some(_), None) => "there is no such rate".to_owned(),
            (Language::Bokmal, Some(_), None) => "finnes ikke".to_owned(),
            (Language::English, Some(target), Some(gap)) => format!("it is {}", percent(target.rate + gap, language)),
            (Language::Bokmal, Some(target), Some(gap)) => format!("er {}", percent(target.rate + gap, language)),
            (Language::English, None, gap) => format!("the saving less the payment is {}", amount(gap, language)),
            (Language::Bokmal, None, gap) => amount(gap, language),
        };
        let (first, last) = self.found.at_ends;
        let ends = match (language, self.target) {
            (Language::English, _) => format!("{} and {}", end(first), end(last)),
            (Language::Bokmal, Some(_)) => {
                format!("renten {} i den ene enden og {} i den andre", end(first), end(last))
            }
            (Language::Bokmal, None) => {
                format!("besparelse minus betaling er {} i den ene enden og {} i den andre", end(first), end(last))
            }
        };
        (price(low, language), price(high, language), ends)
    }
}

/// A price as tables show it: whole from a thousand on.
fn price(value: Decimal, language: Language) -> String {
    rounded(value, if value.abs() >= Decimal::ONE_THOUSAND { 0 } else { PRICE_DECIMALS }, language)
}

/// A standard error as tables show it beside a price: two digits, and never more than whole.
fn error_shown(error: Decimal, language: Language) -> String {
    match error >= Decimal::TEN {
        true => rounded(error, 0, language),
        false => rounded(to_significant(error, ERROR_DIGITS), Decimal::MAX_SCALE, language),
    }
}

fn percent(rate: f64, language: Language) -> String {
    let hundredths = Decimal::from_f64(rate * 1e4).unwrap_or(Decimal::MAX).round() / Decimal::ONE_HUNDRED;
    let sign = if language == Language::English { "%" } else { "\u{a0}%" };
    format!("{}{sign}", readable(hundredths, language))
}

fn amount(gap: Option<f64>, language: Language) -> String {
    let whole = Decimal::from_f64(gap.unwrap_or_default()).unwrap_or(Decimal::MAX).round();
    readable(whole, language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_and_its_error_are_rounded_as_in_tables() {
        let of = |show: fn(Decimal, Language) -> String, text: &str| show(text.parse().unwrap(), Language::English);
        for (exact, shown) in
            [("118849.3", "118,849"), ("999.25", "999.25"), ("0.123456789", "0.123457"), ("-2000.4", "−2,000")]
        {
            assert_eq!(of(price, exact), shown);
        }
        for (exact, shown) in [("3967.2", "3,967"), ("12.6", "13"), ("4.26", "4.3"), ("0.00123", "0.0012")] {
            assert_eq!(of(error_shown, exact), shown);
        }
    }
}
