//! Situations: what is supposed to be the case, in which the same contract is asked what it pays.

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
    /// they are compared with. What it pays, it pays for chance.
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
