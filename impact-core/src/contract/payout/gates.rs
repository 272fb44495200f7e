//! Conditions of a payment over any number type.

use super::figures::{Found, Whose, added};
use super::planner::Planner;
use super::{Arm, PayoutFault};
use crate::contract::figure::Counted;
use crate::contract::schedule::reached;
use crate::contract::significance;
use crate::contract::values::at;
use crate::model::terms::{Against, Boundary, Figure, Gate, Made, Payment, Significance};
use crate::model::{Direction, Slot};
use crate::number::{Exact, Lanes, Number};

/// A number type that tests can be made of.
pub(crate) trait Testable: Number {
    /// 1 where an effect is more than chance, else 0; also where it cannot be tested.
    fn significant(condition: &Significance, values: &[Self], direction: Direction, pair: [Counted<Self>; 2]) -> Self;
}

impl Testable for f64 {
    fn significant(condition: &Significance, values: &[f64], direction: Direction, pair: [Counted<f64>; 2]) -> f64 {
        f64::from(u8::from(significance::holds(condition, values, direction, pair)))
    }
}

impl Testable for Exact {
    fn significant(
        condition: &Significance,
        values: &[Exact],
        direction: Direction,
        pair: [Counted<Exact>; 2],
    ) -> Exact {
        let [treated, compared] = pair;
        let met = significance::tested(condition, values, direction, (treated, compared)).is_ok_and(|found| found.met);
        if met { Exact::ONE } else { Exact::ZERO }
    }
}

impl<const W: usize> Testable for Lanes<W> {
    fn significant(condition: &Significance, values: &[Self], direction: Direction, pair: [Counted<Self>; 2]) -> Self {
        let mut met = [0.0; W];
        for (lane, met) in met.iter_mut().enumerate() {
            let of = |lanes: Lanes<W>| lanes.0.get(lane).copied().unwrap_or(0.0);
            let values: Vec<f64> = values.iter().map(|value| of(*value)).collect();
            let pair = pair.map(|side| Counted { count: of(side.count), people: of(side.people) });
            *met = f64::significant(condition, &values, direction, pair);
        }
        Self(met)
    }
}

/// A condition, with where it looks.
#[derive(Debug)]
pub(super) enum GatePlan {
    /// A figure reaches a number.
    Reaches { figure: usize, at: Slot, boundary: Boundary },
    /// So many people at least are in each of these groups of cells.
    People { groups: Vec<Vec<usize>>, at_least: Slot },
    /// An effect is more than chance.
    Significant { condition: Significance, direction: Direction, treated: Vec<usize>, compared: Vec<usize> },
}

impl Planner<'_> {
    /// The conditions of a payment of a cohort, or of all, that look at figures and people.
    pub fn gates(&mut self, payment: &Payment, cohort: Option<usize>) -> Result<Vec<GatePlan>, PayoutFault> {
        let whose = Whose::of(cohort);
        let mut gates = Vec::new();
        for gate in &payment.gates {
            match gate {
                Gate::Before { .. } | Gate::UnlessPaid(_) => {}
                Gate::Reaches { figure, at, boundary } => {
                    let figure = self.figure((*figure, whose), &payment.id)?;
                    gates.push(GatePlan::Reaches { figure, at: *at, boundary: *boundary });
                }
                Gate::People { figure, at_least } => {
                    let groups = self.people_of(*figure, whose, &payment.id)?;
                    gates.push(GatePlan::People { groups, at_least: *at_least });
                }
                Gate::Significant(condition) => gates.extend(self.significant(condition, whose)?),
            }
        }
        Ok(gates)
    }

    /// The cells of the people behind a share, a rate, or an estimate that compares one: the treated, then those compared.
    fn people_of(&mut self, figure: Figure, whose: Whose, of: &str) -> Result<Vec<Vec<usize>>, PayoutFault> {
        let (metric, compares) = match figure {
            Figure::Metric(metric) => (metric, false),
            Figure::Estimate(position) => {
                match self.contract.terms().estimates.get(position).map(|estimate| &estimate.made) {
                    Some(Made::Compared { metric, against, .. }) => (*metric, !matches!(against, Against::Fixed(_))),
                    _ => return Ok(Vec::new()),
                }
            }
            Figure::Nothing => return Ok(Vec::new()),
        };
        let mut groups = vec![self.cells_of((metric, whose), Arm::Treated, of)?.0];
        if compares {
            groups.push(self.cells_of((metric, whose), Arm::Compared, of)?.0);
        }
        Ok(groups)
    }

    fn significant(&mut self, condition: &Significance, whose: Whose) -> Result<Option<GatePlan>, PayoutFault> {
        let Some(estimate) = self.contract.terms().estimates.get(condition.estimate) else { return Ok(None) };
        let Made::Compared { metric, direction, .. } = &estimate.made else { return Ok(None) };
        let (metric, direction, of) = (*metric, *direction, estimate.id.as_str());
        let treated = self.cells_of((metric, whose), Arm::Treated, of)?.0;
        let compared = self.cells_of((metric, whose), Arm::Compared, of)?.0;
        Ok(Some(GatePlan::Significant { condition: condition.clone(), direction, treated, compared }))
    }
}

impl GatePlan {
    /// 1 where the condition is met, else 0.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn met<N: Testable>(&self, values: &[N], seen: &[Counted<N>], found: &[Found<N>]) -> N {
        match self {
            Self::Reaches { figure, at: slot, boundary } => match found.get(*figure) {
                Some(found) => reached(found.ratio, *boundary, at(values, *slot), found.exists, N::zero()),
                None => N::zero(),
            },
            Self::People { groups, at_least } => {
                let least = at(values, *at_least);
                let enough = |cells: &Vec<usize>| N::select(added(seen, cells).people, least, N::zero(), N::one());
                groups.iter().map(enough).fold(N::one(), N::min)
            }
            Self::Significant { condition, direction, treated, compared } => {
                N::significant(condition, values, *direction, [added(seen, treated), added(seen, compared)])
            }
        }
    }
}
