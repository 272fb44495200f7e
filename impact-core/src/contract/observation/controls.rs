//! Comparisons that change on a day: which group may be seen when, and which results belong together.
//!
//! One rule: a cohort is compared with one group; what would mix two is refused with its row.

use super::ObservationFault;
use super::cell::Column;
use super::csv::list;
use crate::model::Contract;
use crate::model::terms::{Against, Made};
use chrono::NaiveDate;
use std::collections::HashMap;

/// The comparisons of a contract, and the side on which each cohort was seen.
pub(super) struct Controls<'c> {
    /// By metric.
    compared: HashMap<usize, Vec<&'c Against>>,
    /// By metric, comparison and cohort: a day on which it was seen, and the row.
    seen: HashMap<(usize, usize, u32), (NaiveDate, usize)>,
}

impl<'c> Controls<'c> {
    pub fn of(contract: &'c Contract) -> Self {
        let mut compared: HashMap<usize, Vec<&Against>> = HashMap::new();
        for estimate in &contract.terms().estimates {
            if let Made::Compared { metric, against, .. } = &estimate.made {
                compared.entry(*metric).or_default().push(against);
            }
        }
        // Where nothing changes nothing can be mixed.
        compared.retain(|_, all| all.iter().any(|against| matches!(against, Against::Groups(_))));
        Self { compared, seen: HashMap::new() }
    }

    /// What is wrong with a row of a metric, a cohort and a group on a day.
    pub fn fault(
        &mut self,
        metric: usize,
        (cohort, group): (u32, &str),
        day: NaiveDate,
        row: usize,
    ) -> Option<(Column, ObservationFault)> {
        let compared = self.compared.get(&metric)?;
        let naming: Vec<&Against> =
            compared.iter().copied().filter(|against| against.groups().any(|known| known == group)).collect();
        if !naming.is_empty() {
            let now = naming.iter().any(|against| against.group_on(day) == Some(group));
            return (!now).then(|| (Column::Date, ObservationFault::NotCompared { when: when(&naming, group) }));
        }
        for (position, against) in compared.iter().enumerate() {
            let (earlier, first) = *self.seen.entry((metric, position, cohort)).or_insert((day, row));
            if let Some(on) = against.changes_after(day.min(earlier)).filter(|on| *on <= day.max(earlier)) {
                let earlier = list().child(&first.to_string());
                return Some((Column::Date, ObservationFault::ComparisonChanged { on, earlier }));
            }
        }
        None
    }
}

/// When a group is compared with, in words: `from 2014-07-01`, `before 2014-07-01`.
fn when(naming: &[&Against], group: &str) -> String {
    let mut times = Vec::new();
    for against in naming {
        let Against::Groups(controls) = against else { continue };
        for (control, next) in controls.iter().zip(controls.iter().skip(1).map(Some).chain([None])) {
            let until = next.and_then(|next| next.from);
            times.push(match (control.group == group, control.from, until) {
                (false, ..) => continue,
                (true, Some(from), Some(until)) => format!("from {from} and before {until}"),
                (true, Some(from), None) => format!("from {from}"),
                (true, None, Some(until)) => format!("before {until}"),
                (true, None, None) => "always".to_owned(),
            });
        }
    }
    times.join(", or ")
}
