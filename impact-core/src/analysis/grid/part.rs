//! Parts of grids: some of the scenarios, to be merged with the others.
//!
//! One rule: a scenario has the same bits whichever part it is in, so that parts are put side by side and nothing is added up.

use super::{Axis, Grid, GridError, GridQuestion, Scenario};
use crate::evaluation::Figure;
use crate::model::Model;
use crate::simulation::{
    Counted, Held, Packing, ParcelFault, PartsFault, Unpacking, pack_document, pack_question, pack_request,
    same_document, unpack_question, unpack_request,
};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::ops::Range;

/// What stands in the parcel.
const KIND: &str = "grid";

type Found<T> = Result<T, ParcelFault>;

/// Some scenarios of a grid, to be merged with the others.
#[derive(Debug, Clone)]
pub struct PartGrid {
    model: Model,
    asked: GridQuestion,
    held: Held,
    /// By the number of the first.
    scenarios: BTreeMap<u64, Vec<Scenario>>,
    /// The exact figure of the model as it is; none in a part that came as bytes.
    point: Option<Figure>,
}

impl PartGrid {
    pub(super) fn new(
        model: &Model,
        asked: &GridQuestion,
        held: Held,
        scenarios: (u64, Vec<Scenario>),
        point: Figure,
    ) -> Self {
        let scenarios = BTreeMap::from([scenarios]);
        Self { model: model.clone(), asked: asked.clone(), held, scenarios, point: Some(point) }
    }

    /// The model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// What is asked, of all scenarios together.
    pub fn asked(&self) -> &GridQuestion {
        &self.asked
    }

    /// The numbers of the scenarios it holds, in the order of the grid.
    pub fn scenarios(&self) -> Vec<Range<u64>> {
        self.held.ranges()
    }

    /// Takes over the scenarios of another part of the same grid.
    ///
    /// # Errors
    /// A part of another grid; a scenario that both hold.
    pub fn merge(mut self, other: Self) -> Result<Self, GridError> {
        if self.model != other.model || self.asked != other.asked {
            return Err(PartsFault::DifferentGrids.into());
        }
        self.held.absorb(&other.held)?;
        self.scenarios.extend(other.scenarios);
        self.point = self.point.or(other.point);
        Ok(self)
    }

    /// The grid, once all its scenarios are there.
    ///
    /// # Errors
    /// Scenarios that no part holds; of a part that came as bytes, a model that cannot be valued.
    pub fn finish(self) -> Result<Grid, GridError> {
        self.held.whole()?;
        let point = match self.point {
            Some(point) => point,
            None => self.model.appraise()?.answer(&self.asked.question)?,
        };
        Ok(Grid { asked: self.asked, point, scenarios: self.scenarios.into_values().flatten().collect() })
    }

    /// The part as bytes, to be opened by [`PartGrid::unpacked`] by the same version on the same build target.
    pub fn packed(&self) -> Vec<u8> {
        let mut packing = Packing::of(KIND);
        pack_document(&mut packing, &self.model);
        pack_request(&mut packing, &self.asked.simulation);
        pack_question(&mut packing, &self.asked.question);
        packing.float(self.asked.threshold);
        packing.floats(&self.asked.chances);
        packing.count(self.asked.axes.len());
        for axis in &self.asked.axes {
            packing.text(axis.address.as_str());
            packing.count(axis.values.len());
            axis.values.iter().for_each(|value| packing.text(&value.to_string()));
        }
        self.held.pack(&mut packing);
        packing.count(self.scenarios.len());
        for (first, scenarios) in &self.scenarios {
            packing.whole(*first);
            packing.count(scenarios.len());
            scenarios.iter().for_each(|scenario| scenario.pack(&mut packing));
        }
        packing.sealed()
    }

    /// The part of a grid of this model that bytes hold.
    ///
    /// # Errors
    /// Bytes that are no part, that were changed on the way, made by another version or on another build target, or of another
    /// model.
    pub fn unpacked(model: &Model, bytes: &[u8]) -> Result<Self, GridError> {
        let opened = Unpacking::of(bytes, KIND).and_then(|opened| unpack(model, opened));
        opened.map_err(|fault| PartsFault::Parcel(fault).into())
    }
}

fn unpack(model: &Model, mut opened: Unpacking<'_>) -> Found<PartGrid> {
    same_document(&mut opened, model)?;
    let simulation = unpack_request(&mut opened)?;
    let question = unpack_question(&mut opened)?;
    let (threshold, chances) = (opened.float()?, opened.floats()?);
    let axes = (0..opened.count(16)?).map(|_| unpack_axis(&mut opened)).collect::<Found<Vec<_>>>()?;
    let all = axes.iter().map(|axis: &Axis| axis.values.len() as u64).fold(1, u64::saturating_mul);
    let held = Held::unpack(&mut opened, Counted::Scenarios, all)?;
    let mut scenarios = BTreeMap::new();
    for _ in 0..opened.count(16)? {
        let first = opened.whole()?;
        let some = (0..opened.count(24)?).map(|_| Scenario::unpack(&mut opened)).collect::<Found<Vec<_>>>()?;
        scenarios.insert(first, some);
    }
    opened.end()?;
    let asked = GridQuestion { axes, question, threshold, chances, simulation };
    Ok(PartGrid { model: model.clone(), asked, held, scenarios, point: None })
}

fn unpack_axis(opened: &mut Unpacking<'_>) -> Found<Axis> {
    let address = opened.text()?.parse().map_err(|_| ParcelFault::Damaged)?;
    let value = |opened: &mut Unpacking<'_>| opened.text()?.parse::<Decimal>().map_err(|_| ParcelFault::Damaged);
    let values = (0..opened.count(8)?).map(|_| value(opened)).collect::<Found<_>>()?;
    Ok(Axis { address, values })
}

impl Scenario {
    fn pack(&self, packing: &mut Packing) {
        let (mean, error) = self.mean.unzip();
        for number in [mean, error.flatten(), self.sd, self.above] {
            packing.count(usize::from(number.is_some()));
            packing.float(number.unwrap_or(0.0));
        }
        packing.floats(&self.quantiles);
        packing.whole(self.undefined);
    }

    fn unpack(opened: &mut Unpacking<'_>) -> Found<Self> {
        let mut number = || Ok((opened.whole()? == 1).then_some(opened.float()?));
        let (mean, error, sd, above) = (number()?, number()?, number()?, number()?);
        let mean = mean.map(|mean| (mean, error));
        Ok(Self { mean, sd, above, quantiles: opened.floats()?, undefined: opened.whole()? })
    }
}
