//! Frontiers as rows: the prices of both sides as something else varies, and whether one price does for both.

use super::answer::AnswerStatus;
use super::prices::{named, status};
use super::risk::RiskProvenance;
use super::saving_risk::paid_for_marks;
use super::situation_name;
use crate::address::Address;
use crate::analysis::risk::{Frontier, FrontierPoint, RateOf, Room, Situation};
use crate::model::{Marks, Model};
use crate::units::Label;
use rust_decimal::Decimal;

/// The prices of both sides as something else varies, ready to be shown.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct FrontierReport {
    /// What the contract is called.
    pub contract: Label,
    /// The currency of its amounts.
    pub currency: String,
    /// Whether anything that moves the answer is illustrative or unverified.
    #[serde(flatten)]
    pub marks: Marks,
    /// What made it.
    pub provenance: RiskProvenance,
    /// The payer who must not lose.
    pub payer: String,
    /// What it is called.
    pub payer_name: Label,
    /// The investor who must reach a rate.
    pub investor: String,
    /// What it is called.
    pub investor_name: Label,
    /// The rate per year, as a fraction.
    pub rate: f64,
    /// Of what it is the rate.
    pub rate_of: RateOf,
    /// How many of the first draws were settled for each value.
    pub settled: u64,
    /// What is supposed.
    pub situation: Situation,
    /// What that is called.
    pub situation_name: Label,
    /// The number that is searched for.
    pub address: Address,
    /// Its unit in words.
    pub unit: String,
    /// The lowest and the highest value tried.
    pub searched: (Decimal, Decimal),
    /// What varies beside.
    pub beside: Address,
    /// What the document has there; none where it is no number of the model, its contract or its truth.
    pub current: Option<Decimal>,
    /// One for each value of what varies.
    pub points: Vec<FrontierRow>,
}

/// Whether there is a price for both sides, as a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoomWord {
    /// Every value between the two does.
    Between,
    /// The investor needs more than the payer saves.
    Apart,
    /// These draws cannot tell: the two lie nearer than twice their errors together.
    Unsure,
    /// One of the two has no single price in range.
    Unknown,
}

/// The prices of both sides at one value of what varies.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct FrontierRow {
    /// The value of what varies.
    pub value: Decimal,
    /// Whether there is a price for both.
    pub room: RoomWord,
    /// The lowest value that does for both, where there is one: of a price the investor's, of a threshold the payer's.
    pub least: Option<Decimal>,
    /// The highest one.
    pub most: Option<Decimal>,
    /// The price at which the payer is expected to pay what it saves, where there is exactly one.
    pub payer_price: Option<Decimal>,
    /// Its standard error.
    pub payer_error: Option<f64>,
    /// How many there are.
    pub payer_status: AnswerStatus,
    /// The price at which the investor reaches its rate, where there is exactly one.
    pub investor_price: Option<Decimal>,
    /// Its standard error.
    pub investor_error: Option<f64>,
    /// How many there are.
    pub investor_status: AnswerStatus,
}

impl FrontierReport {
    /// The frontier of a model as it is told; none of a model without a contract, which has none.
    pub fn of(model: &Model, found: &Frontier) -> Option<Self> {
        let (contract, asked) = (model.contract()?, &found.asked);
        let current = model.slot(&asked.beside.address).and_then(|slot| model.assumption(slot));
        let number = contract.slot(&asked.price.address).and_then(|slot| contract.assumption(slot));
        let own = || contract.slot(&asked.beside.address).and_then(|slot| contract.assumption(slot));
        Some(Self {
            contract: contract.name().clone(),
            currency: contract.currency().to_string(),
            marks: paid_for_marks(model, contract),
            provenance: RiskProvenance::of(contract, &asked.price.simulation),
            payer: asked.payer.clone(),
            payer_name: named(contract.holders(), &asked.payer),
            investor: asked.investor.clone(),
            investor_name: named(contract.holders(), &asked.investor),
            rate: asked.target.rate,
            rate_of: asked.target.of,
            settled: asked.target.settled.min(asked.price.simulation.draws()),
            situation: asked.price.situation,
            situation_name: situation_name(asked.price.situation),
            address: asked.price.address.clone(),
            unit: number.map_or_else(String::new, |number| number.unit.clone()),
            searched: asked.price.range,
            beside: asked.beside.address.clone(),
            current: current.or_else(own).map(|number| number.point),
            points: found.points.iter().map(point).collect(),
        })
    }
}

fn point(point: &FrontierPoint) -> FrontierRow {
    let (room, least, most) = match point.room {
        Room::Between { least, most } => (RoomWord::Between, Some(least), Some(most)),
        Room::Apart { .. } => (RoomWord::Apart, None, None),
        Room::Unsure { .. } => (RoomWord::Unsure, None, None),
        Room::Unknown => (RoomWord::Unknown, None, None),
    };
    FrontierRow {
        value: point.value,
        room,
        least,
        most,
        payer_price: point.break_even.value(),
        payer_error: point.break_even.standard_error,
        payer_status: status(&point.break_even),
        investor_price: point.rate.value(),
        investor_error: point.rate.standard_error,
        investor_status: status(&point.rate),
    }
}
