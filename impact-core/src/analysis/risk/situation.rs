//! Situations: what is supposed to be the case, in which the same contract is asked what it pays.

use crate::document::nearest;
use std::str::FromStr;

/// A name that is no situation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is no situation{}", nearest.map_or_else(listed, |near| format!(": did you mean `{near}`?")))]
pub struct NoSituation {
    /// As given.
    pub name: String,
    /// The nearest, where one is near.
    pub nearest: Option<&'static str>,
}

/// What is supposed to be the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Situation {
    /// Everything as the truth of the document has it.
    AsBelieved,
    /// The same, with every effect at its expected value.
    ExpectedEffect,
    /// Nothing works, and people are as the contract's baseline has them: what is fixed is right, and those treated are like those
    /// they are compared with. What it pays, it pays for chance. Told where what is paid for is compared at all, and with one fixed
    /// baseline for each metric.
    NothingWorksBaselineRight,
    /// Nothing works, the contract's baseline was right for the first cohort, and what would happen anyway drifts as the truth
    /// has it.
    NothingWorksDrifting,
    /// Nothing works, and people are as the truth has them, whatever the contract's baseline says.
    NothingWorks,
}

/// In what effects a situation differs from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effects {
    Drawn,
    Expected,
    None,
}

impl Situation {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 5] = [
        Self::AsBelieved,
        Self::ExpectedEffect,
        Self::NothingWorksBaselineRight,
        Self::NothingWorksDrifting,
        Self::NothingWorks,
    ];

    /// Its name in tables: `as-believed`.
    ///
    /// # Examples
    /// ```
    /// use impact_core::analysis::risk::Situation;
    /// assert_eq!("nothing-works".parse(), Ok(Situation::NothingWorks));
    /// assert_eq!(Situation::NothingWorks.name(), "nothing-works");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Self::AsBelieved => "as-believed",
            Self::ExpectedEffect => "expected-effect",
            Self::NothingWorksBaselineRight => "nothing-works-baseline-right",
            Self::NothingWorksDrifting => "nothing-works-drifting",
            Self::NothingWorks => "nothing-works",
        }
    }

    pub(super) fn effects(self) -> Effects {
        match self {
            Self::AsBelieved => Effects::Drawn,
            Self::ExpectedEffect => Effects::Expected,
            _ => Effects::None,
        }
    }

    /// Whether what would happen anyway is what the contract's baseline says.
    pub(super) fn baseline_is_right(self) -> bool {
        matches!(self, Self::NothingWorksBaselineRight | Self::NothingWorksDrifting)
    }

    /// Whether what would happen anyway drifts.
    pub(super) fn drifts(self) -> bool {
        self != Self::NothingWorksBaselineRight
    }
}

impl FromStr for Situation {
    type Err = NoSituation;

    fn from_str(name: &str) -> Result<Self, NoSituation> {
        let names = || Self::ALL.map(Self::name).into_iter();
        let known = Self::ALL.into_iter().find(|situation| situation.name() == name);
        known.ok_or_else(|| NoSituation { name: name.to_owned(), nearest: nearest(name, names()) })
    }
}

/// All names, where none is near.
fn listed() -> String {
    format!(": choose `{}`", Situation::ALL.map(Situation::name).join("`, `"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_it_is_told() {
        for situation in Situation::ALL {
            assert_eq!(situation.name().parse(), Ok(situation));
        }
    }

    #[test]
    fn a_wrong_name_says_the_nearest_or_all() {
        let said = |name: &str| name.parse::<Situation>().unwrap_err().to_string();
        assert_eq!(said("nothing-work"), "`nothing-work` is no situation: did you mean `nothing-works`?");
        assert_eq!(
            said("x"),
            "`x` is no situation: choose `as-believed`, `expected-effect`, `nothing-works-baseline-right`, \
             `nothing-works-drifting`, `nothing-works`"
        );
    }
}
