//! Differences: how far two figures lie apart, and what moves the one to the other.
//!
//! One rule: causes are differences of figures that follow each other, so that they add up whatever they are.

use crate::address::Address;
use crate::number::{Exact, Fault};
use crate::reference::Switch;
use rust_decimal::Decimal;

/// How a figure differs from the base's, and why.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Difference {
    /// The other's figure less the base's.
    pub by: Decimal,
    /// What makes it, in the order of exchange.
    pub causes: Vec<Cause>,
    /// The difference less what every cause is worth alone: what they do only together. None where one was not tried alone.
    pub interaction: Option<Decimal>,
}

/// One thing exchanged, or several that do not hold together apart.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Cause {
    /// What was exchanged.
    pub changed: Vec<Changed>,
    /// What it moves the figure by, with all before it exchanged too.
    pub by: Decimal,
    /// What it moves the base's figure by if nothing else is exchanged; none where that has no figure.
    pub alone: Option<Decimal>,
}

/// What differs between the base and the other.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Changed {
    /// A switch of the conventions.
    Switch {
        /// Which.
        switch: Switch,
        /// What the base has.
        from: String,
        /// What the other has.
        to: String,
    },
    /// A part of the document.
    Part {
        /// Where it stands.
        address: Address,
        /// What the base says there; none where it says nothing.
        from: Option<String>,
        /// What the other says there; none where it says nothing.
        to: Option<String>,
    },
    /// Names, descriptions and sources, which move no figure.
    Words {
        /// How many of them differ.
        count: usize,
    },
    /// A cost, a transfer, a value or the tax-financing cost, as the ledger has it.
    Line {
        /// Its address.
        address: Address,
    },
    /// All that differs in the documents, of a measure that does not split over lines.
    Documents,
}

impl Changed {
    /// Where it stands: the address of a part or line, the switch below `conventions`; none for what stands in many places.
    pub fn place(&self) -> Option<String> {
        match self {
            Self::Switch { switch, .. } => Some(format!("conventions.{switch}")),
            Self::Part { address, .. } | Self::Line { address } => Some(address.to_string()),
            Self::Words { .. } | Self::Documents => None,
        }
    }

    /// What the base and what the other say there, as text; none where nothing is said, or nothing short.
    pub fn sides(&self) -> (Option<&str>, Option<&str>) {
        match self {
            Self::Switch { from, to, .. } => (Some(from), Some(to)),
            Self::Part { from, to, .. } => (from.as_deref(), to.as_deref()),
            Self::Words { .. } | Self::Line { .. } | Self::Documents => (None, None),
        }
    }
}

/// What a figure is at each stage from the base to the other.
pub(super) struct Stages {
    /// What is exchanged at each stage.
    pub changed: Vec<Changed>,
    /// The figure before the first stage and after each.
    pub after: Vec<Option<Decimal>>,
    /// The figure with only one thing exchanged.
    pub alone: Vec<Option<Decimal>>,
}

impl Stages {
    /// The difference with its causes; `base` and `other` are the ends.
    pub fn difference(self, base: Decimal, other: Decimal) -> Result<Difference, Fault> {
        let less = |a: Decimal, b: Decimal| (Exact::from(a) - Exact::from(b)).value().map(|by| by.normalize());
        let (mut causes, mut pending, mut last) = (Vec::new(), Vec::new(), base);
        let count = self.changed.len();
        for (at, changed) in self.changed.into_iter().enumerate() {
            pending.push(changed);
            let here = if at.saturating_add(1) == count { Some(other) } else { self.after.get(at).copied().flatten() };
            let Some(here) = here else { continue };
            let alone = self.alone.get(at).copied().flatten().filter(|_| pending.len() == 1);
            causes.push(Cause {
                changed: std::mem::take(&mut pending),
                by: less(here, last)?,
                alone: alone.map(|alone| less(alone, base)).transpose()?,
            });
            last = here;
        }
        let by = less(other, base)?;
        let together = causes.iter().map(|cause| cause.alone.map(Exact::from)).sum::<Option<Exact>>();
        let interaction = together.map(|sum| (Exact::from(by) - sum).value()).transpose()?;
        Ok(Difference { by, causes, interaction: interaction.map(|rest| rest.normalize()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: &str) -> Changed {
        Changed::Line { address: id.parse().unwrap() }
    }

    fn some(values: &[Option<i64>]) -> Vec<Option<Decimal>> {
        values.iter().map(|value| value.map(Decimal::from)).collect()
    }

    #[test]
    fn what_has_no_figure_by_itself_is_joined_to_what_follows() {
        let stages = Stages {
            changed: vec![line("a"), line("b"), line("c")],
            after: some(&[Some(12), None, Some(20)]),
            alone: some(&[Some(12), None, Some(13)]),
        };
        let found = stages.difference(10.into(), 20.into()).unwrap();
        let told: Vec<_> = found.causes.iter().map(|cause| (cause.changed.len(), cause.by, cause.alone)).collect();
        assert_eq!(told, [(1, 2.into(), Some(2.into())), (2, 8.into(), None)]);
        assert_eq!(found.interaction, None);
    }

    #[test]
    fn what_causes_do_only_together_is_the_interaction() {
        let stages = Stages {
            changed: vec![line("a"), line("b")],
            after: some(&[Some(20), Some(60)]),
            alone: some(&[Some(20), Some(30)]),
        };
        let found = stages.difference(10.into(), 60.into()).unwrap();
        assert_eq!(found.interaction, Some(20.into())); // 50 − 10 − 20
    }
}
