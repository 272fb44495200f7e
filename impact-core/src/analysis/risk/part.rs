//! Parts of a risk: some blocks of its draws in every situation, to be merged with the others.
//!
//! One rule: what a block came to is kept by itself and added up in the order of the draws once all are there, so that parts
//! merge to the same bits as one run.

use super::fault::RiskError;
use super::found::{ContractRisk, Paid};
use super::run::Ground;
use super::situation::Situation;
use crate::model::Contract;
use crate::simulation::{
    BLOCK, Counted, Heard, Held, Packing, ParcelFault, PartsFault, Progress, Simulation, Unpacking, pack_request,
    unpack_request,
};
use std::collections::BTreeMap;
use std::ops::{ControlFlow, Range};

/// What stands in the parcel.
const KIND: &str = "risk";

type Found<T> = Result<T, ParcelFault>;

/// Some of the draws of a contract's risk, to be merged with the others.
#[derive(Debug, Clone)]
pub struct PartRisk {
    contract: Contract,
    simulation: Simulation,
    held: Held,
    /// By situation and first draw: what a block came to.
    blocks: BTreeMap<(Situation, u64), Paid>,
}

impl Contract {
    /// What the contract pays in some of the draws of a risk, in each [`Situation`]: the others may be drawn elsewhere and merged.
    ///
    /// # Errors
    /// As for [`Contract::risk`]; draws outside the simulation, or cut elsewhere than at multiples of 2,048 and at the end.
    ///
    /// # Examples
    /// Two parts, one of which comes as bytes from elsewhere, are one risk to the last bit:
    /// ```
    /// use impact_core::Contract;
    /// use impact_core::analysis::risk::PartRisk;
    /// use impact_core::simulation::{Seed, Simulation};
    /// use std::ops::ControlFlow;
    /// # let text = include_str!("../../../../fixtures/contracts/larvik-for-nothing.toml");
    /// let contract = Contract::from_toml(text)?;
    /// let all = Simulation::new(5_000, Seed(7));
    /// let first = contract.risk_part(&all, 0..2_048, &mut |_| ControlFlow::Continue(()))?;
    /// let second = contract.risk_part(&all, 2_048..5_000, &mut |_| ControlFlow::Continue(()))?;
    /// let second = PartRisk::unpacked(&contract, &second.packed())?;
    /// assert_eq!(second.draws(), [2_048..5_000]);
    /// let whole = first.merge(second)?.finish()?;
    /// assert_eq!(whole, contract.risk(&all, &mut |_| ControlFlow::Continue(()))?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn risk_part(
        &self,
        simulation: &Simulation,
        draws: Range<u64>,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<PartRisk, RiskError> {
        let ground = Ground::new(self, simulation)?;
        let held = Held::one(&draws, Counted::Draws, simulation.draws())?;
        let block = BLOCK as u64;
        let whole = |draw: u64| draw.is_multiple_of(block) || draw == simulation.draws();
        if !(whole(draws.start) && whole(draws.end)) {
            return Err(PartsFault::Cut { first: draws.start, end: draws.end, block }.into());
        }
        let situations = ground.told(&Situation::ALL);
        let many = draws.end.saturating_sub(draws.start).saturating_mul(situations.len() as u64);
        let mut heard = Heard::new(Counted::Draws, many, progress);
        let mut blocks = BTreeMap::new();
        for situation in situations {
            let scene = ground.scene(situation, simulation)?;
            let take = |first, paid| drop(blocks.insert((situation, first), paid));
            scene.run(draws.clone(), simulation.threads(), &mut heard, take)?;
        }
        Ok(PartRisk { contract: self.clone(), simulation: simulation.clone(), held, blocks })
    }
}

impl PartRisk {
    /// The contract.
    pub fn contract(&self) -> &Contract {
        &self.contract
    }

    /// Draws, seed and points, of all draws together.
    pub fn simulation(&self) -> &Simulation {
        &self.simulation
    }

    /// The draws it holds, in their order.
    pub fn draws(&self) -> Vec<Range<u64>> {
        self.held.ranges()
    }

    /// Takes over the draws of another part of the same risk.
    ///
    /// # Errors
    /// A part of another risk; a draw that both hold.
    pub fn merge(mut self, other: Self) -> Result<Self, RiskError> {
        if self.contract != other.contract || self.simulation != other.simulation {
            return Err(PartsFault::DifferentRisks.into());
        }
        self.held.absorb(&other.held)?;
        self.blocks.extend(other.blocks);
        Ok(self)
    }

    /// The risk, once all its draws are there.
    ///
    /// # Errors
    /// A draw that no part holds; as for [`Contract::risk`].
    pub fn finish(self) -> Result<ContractRisk, RiskError> {
        self.held.whole()?;
        let ground = Ground::new(&self.contract, &self.simulation)?;
        let mut paid: BTreeMap<Situation, Paid> = BTreeMap::new();
        for ((situation, _), block) in self.blocks {
            paid.entry(situation).or_insert_with(|| ground.nothing_paid()).append(block);
        }
        let mut found = Vec::with_capacity(paid.len());
        for situation in ground.told(&Situation::ALL) {
            let paid = paid.remove(&situation).unwrap_or_else(|| ground.nothing_paid());
            found.push((situation, paid, ground.scene(situation, &self.simulation)?.exact()));
        }
        Ok(ContractRisk::new(&self.contract, ground.truth, &ground.plan, &self.simulation, found))
    }

    /// The part as bytes, to be opened by [`PartRisk::unpacked`] by the same version on the same build target.
    pub fn packed(&self) -> Vec<u8> {
        let mut packing = Packing::of(KIND);
        packing.text(self.contract.hash().as_str());
        pack_request(&mut packing, &self.simulation);
        self.held.pack(&mut packing);
        packing.count(self.blocks.len());
        for ((situation, first), paid) in &self.blocks {
            packing.text(situation.name());
            packing.whole(*first);
            paid.pack(&mut packing);
        }
        packing.sealed()
    }

    /// The part of a risk of this contract that bytes hold.
    ///
    /// # Errors
    /// Bytes that are no part, that were changed on the way, made by another version or on another build target, or of another
    /// contract.
    pub fn unpacked(contract: &Contract, bytes: &[u8]) -> Result<Self, RiskError> {
        let opened = Unpacking::of(bytes, KIND).and_then(|opened| unpack(contract, opened));
        opened.map_err(|fault| PartsFault::Parcel(fault).into())
    }
}

fn unpack(contract: &Contract, mut opened: Unpacking<'_>) -> Found<PartRisk> {
    if opened.text()? != contract.hash().as_str() {
        return Err(ParcelFault::OtherDocument { of: "contract" });
    }
    let simulation = unpack_request(&mut opened)?;
    let held = Held::unpack(&mut opened, Counted::Draws, simulation.draws())?;
    let mut blocks = BTreeMap::new();
    for _ in 0..opened.count(16)? {
        let situation = opened.text()?.parse().map_err(|_| ParcelFault::Damaged)?;
        let first = opened.whole()?;
        blocks.insert((situation, first), Paid::unpack(&mut opened)?);
    }
    opened.end()?;
    Ok(PartRisk { contract: contract.clone(), simulation, held, blocks })
}

impl Paid {
    fn pack(&self, packing: &mut Packing) {
        // Named one by one, so that nothing new is left behind.
        let Self {
            total,
            by_payer,
            by_payment,
            by_payer_and_due_year,
            squares_by_year,
            for_results,
            for_results_by_payer,
            back,
            changes,
            held,
        } = self;
        packing.floats(total);
        pack_columns(packing, by_payer);
        packing.count(by_payment.len());
        by_payment.iter().for_each(|sum| pack_sum(packing, *sum));
        packing.floats(by_payer_and_due_year);
        packing.floats(squares_by_year);
        packing.whole(*for_results);
        packing.count(for_results_by_payer.len());
        for_results_by_payer.iter().for_each(|count| packing.whole(*count));
        pack_sum(packing, *back);
        pack_columns(packing, changes);
        packing.whole(*held);
    }

    fn unpack(opened: &mut Unpacking<'_>) -> Found<Self> {
        Ok(Self {
            total: opened.floats()?,
            by_payer: unpack_columns(opened)?,
            by_payment: (0..opened.count(16)?).map(|_| unpack_sum(opened)).collect::<Found<_>>()?,
            by_payer_and_due_year: opened.floats()?,
            squares_by_year: opened.floats()?,
            for_results: opened.whole()?,
            for_results_by_payer: (0..opened.count(8)?).map(|_| opened.whole()).collect::<Found<_>>()?,
            back: unpack_sum(opened)?,
            changes: unpack_columns(opened)?,
            held: opened.whole()?,
        })
    }
}

/// Draws in which there was something, and how much in all.
fn pack_sum(packing: &mut Packing, (count, sum): (u64, f64)) {
    packing.whole(count);
    packing.float(sum);
}

fn unpack_sum(opened: &mut Unpacking<'_>) -> Found<(u64, f64)> {
    Ok((opened.whole()?, opened.float()?))
}

fn pack_columns(packing: &mut Packing, columns: &[Vec<f64>]) {
    packing.count(columns.len());
    columns.iter().for_each(|column| packing.floats(column));
}

fn unpack_columns(opened: &mut Unpacking<'_>) -> Found<Vec<Vec<f64>>> {
    (0..opened.count(8)?).map(|_| opened.floats()).collect()
}
