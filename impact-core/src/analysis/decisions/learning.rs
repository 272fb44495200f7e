//! Learning: what it is worth to know some of the uncertain numbers, or to make a study of one, before deciding.
//!
//! One rule: only the columns that would be learned are drawn again, one question at a time on each thread.

use super::options::Options;
use crate::address::Address;
use crate::analysis::SensitivityError;
use crate::analysis::information::{Decision, Estimate, Learned, Study};
use crate::model::Question;
use crate::simulation::{Counted, Heard, KEPT_NUMBERS, Progress, Simulated, Stage, Stream, answers};
use std::ops::ControlFlow;

/// What it is worth to learn some numbers before deciding.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Learning {
    /// The numbers that would be known.
    pub addresses: Vec<Address>,
    /// What knowing them is worth, in the unit of the measure.
    pub worth: Estimate,
}

impl Simulated {
    /// The expected value of learning uncertain numbers before deciding (EVPPI): one at a time, or two or three together; the
    /// most valuable first. Without groups, every uncertain number by itself. The options are those of [`Simulated::evpi`].
    ///
    /// Of correlated numbers each is worth what it tells of the others, too. `progress` counts each draw once for each group.
    ///
    /// # Formula
    /// See [`Decision::evppi`].
    ///
    /// # Errors
    /// As for [`Simulated::evpi`]; an address that is not uncertain, more than three together, a caller who ended it.
    ///
    /// # Examples
    /// ```
    /// # use impact_core::Model;
    /// use impact_core::model::{Measure, Question};
    /// use impact_core::simulation::{Seed, Simulation};
    /// use std::ops::ControlFlow;
    /// # let model = Model::from_toml(r#"
    /// # impact = 1
    /// # name = "Gardening group"
    /// # country = "NO"
    /// # currency = "NOK"
    /// # price_year = 2024
    /// # start = 2024
    /// # conventions = "sroi-practice"
    /// # holders = [{ id = "people", kind = "people" }]
    /// # costs = [{ id = "team", payer = "people", amount = 100, year = 2024, source = "illustrative" }]
    /// # [[outcomes]]
    /// # id = "less-lonely"
    /// # holder = "people"
    /// # nature = "event"
    /// # quantity = { uniform = [0, 12] }
    /// # values = [{ id = "wellbeing", value = 20, unit = "person", to = "people", kind = "social", source = "illustrative" }]
    /// # "#)?;
    /// // The model of `evpi`: the quantity is all that is uncertain, so knowing it is knowing everything.
    /// let simulated = model.simulate(&Simulation::new(50_000, Seed(7)), &mut |_| ControlFlow::Continue(()))?;
    /// let question = Question::new(Measure::Npv);
    /// let worth = simulated.evppi(&question, &[], &[], &mut |_| ControlFlow::Continue(()))?[0].worth;
    /// let everything = simulated.evpi(&question, &[])?.evpi;
    /// assert!((worth.value - everything.value).abs() < 2.0 * everything.standard_error);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn evppi(
        &self,
        question: &Question,
        groups: &[Vec<Address>],
        against: &[&Simulated],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Vec<Learning>, SensitivityError> {
        let options = Options::new(self, question, against)?;
        let every: Vec<Vec<Address>>;
        let groups = if groups.is_empty() {
            every = self.addresses().iter().map(|address| vec![address.clone()]).collect();
            &every
        } else {
            groups
        };
        if self.addresses().is_empty() {
            return Err(SensitivityError::NothingUncertain);
        }
        for address in groups.iter().flatten() {
            self.blocks().column(address)?;
        }
        let columns = options.columns();
        let decision = Decision::new(&columns)?;
        let learn = |group: &Vec<Address>| Ok(decision.evppi(&self.learned(group)?)?);
        let draws = self.simulation().draws();
        let threads = self.threads_that_hold_draws();
        let mut heard = Heard::new(Counted::Draws, draws.saturating_mul(groups.len() as u64), progress);
        let worth: Vec<Result<Estimate, SensitivityError>> = answers(groups, draws, threads, &mut heard, learn)?;
        let found =
            groups.iter().zip(worth).map(|(group, worth)| Ok(Learning { addresses: group.clone(), worth: worth? }));
        let mut found = found.collect::<Result<Vec<_>, SensitivityError>>()?;
        found.sort_by(|left, right| {
            right.worth.value.total_cmp(&left.worth.value).then_with(|| left.addresses.cmp(&right.addresses))
        });
        Ok(found)
    }

    /// The expected value of each of several studies of one uncertain number, made before deciding (EVSI). The options are those
    /// of [`Simulated::evpi`].
    ///
    /// What chance does in a study is drawn from a stream of its own: `u(seed, "study.<address>", draw)`, the same for every
    /// study of the number, so that a larger one is compared with a smaller one at the same luck. `progress` counts each draw
    /// when it is drawn again, and once for each study.
    ///
    /// # Formula
    /// See [`Decision::evsi`].
    ///
    /// # Errors
    /// As for [`Simulated::evpi`]; an address that is not uncertain; a study that cannot be held, such as one that counts a share of
    /// people where the number is no share; a caller who ended it.
    pub fn evsi(
        &self,
        question: &Question,
        address: &Address,
        studies: &[Study],
        against: &[&Simulated],
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Vec<Estimate>, SensitivityError> {
        let options = Options::new(self, question, against)?;
        self.blocks().column(address)?;
        let draws = self.simulation().draws();
        let passes = (studies.len() as u64).saturating_add(1);
        let mut heard = Heard::new(Counted::Draws, draws.saturating_mul(passes), progress);
        heard.ask()?;
        let values = self.inputs(std::slice::from_ref(address))?;
        let values = values.first().map_or(&[][..], Vec::as_slice);
        let own = address.segments().fold(Address::root().child("study"), |own, segment| own.child(segment));
        let mut chances = vec![0.0; values.len()];
        Stream::new(self.simulation().seed(), &own).fill(0, &mut chances);
        let columns = options.columns();
        let decision = Decision::new(&columns)?;
        heard.did(draws);
        let worth = |study: &Study| Ok(decision.evsi(*study, values, &chances)?);
        let threads = self.threads_that_hold_draws();
        answers(studies, draws, threads, &mut heard, worth)?.into_iter().collect()
    }

    /// The threads asked for, as far as each may hold every draw of what is learned on it.
    fn threads_that_hold_draws(&self) -> usize {
        let most = usize::try_from(KEPT_NUMBERS / self.simulation().draws().max(1)).unwrap_or(usize::MAX);
        self.simulation().threads().min(most.max(1))
    }

    /// What would be known: by uniforms, or by values where single values have a chance of their own.
    fn learned(&self, addresses: &[Address]) -> Result<Learned, SensitivityError> {
        let one = |address: &Address| {
            let numbers = self.model().assumptions();
            let number = numbers.iter().find(|number| number.address == *address);
            let discrete = number.and_then(|number| number.distribution.as_ref()).is_some_and(|of| of.is_discrete());
            let stage = if discrete { Stage::Values } else { Stage::Uniforms };
            let columns = self.again(std::slice::from_ref(address), stage, self.simulation().draws())?;
            let draws = columns.first().map_or(&[][..], Vec::as_slice);
            Ok(if discrete { Learned::values(draws)? } else { Learned::uniforms(draws)? })
        };
        let columns = addresses.iter().map(one).collect::<Result<Vec<Learned>, SensitivityError>>()?;
        match <[Learned; 1]>::try_from(columns) {
            Ok([alone]) => Ok(alone),
            Err(columns) => Ok(Learned::together(&columns)?),
        }
    }
}
