//! Findings: one thing worth a second look, with the rule that found it.

use crate::address::Address;
use crate::units::Label;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// A reader would be misled unless told.
    Warning,
    /// Worth knowing.
    Note,
}

/// The rules, each with the id by which documents, manuals and messages name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// Deadweight is left out of a gross quantity.
    BlankDeadweight,
    /// Attribution is left out where SROI claims are made.
    BlankAttribution,
    /// An outcome of several years without drop-off.
    NoDropOff,
    /// Displacement is never considered.
    NoDisplacement,
    /// More units than people in the group.
    QuantityAboveGroup,
    /// An effect measured once that is taken to fall off by the same share every year.
    EffectWithDropOff,
    /// Effects after the last year appraised are left out.
    CutOff,
    /// Invented numbers.
    Illustrative,
    /// Conventions not read at their source.
    UnverifiedConvention,
    /// Weak evidence behind a unit cost.
    WeakEvidence,
    /// A number without a source.
    NoSource,
    /// A payer that does not gain.
    WrongPocket,
    /// Fiscal and other values in one total.
    MixedKinds,
    /// Transfers counted as gains to society.
    TransfersCounted,
}

impl Rule {
    /// The id.
    pub fn id(self) -> &'static str {
        match self {
            Rule::BlankDeadweight => "blank-deadweight",
            Rule::BlankAttribution => "blank-attribution",
            Rule::NoDropOff => "no-drop-off",
            Rule::NoDisplacement => "no-displacement",
            Rule::QuantityAboveGroup => "quantity-above-group",
            Rule::EffectWithDropOff => "effect-with-drop-off",
            Rule::CutOff => "cut-off",
            Rule::Illustrative => "illustrative",
            Rule::UnverifiedConvention => "unverified-convention",
            Rule::WeakEvidence => "weak-evidence",
            Rule::NoSource => "no-source",
            Rule::WrongPocket => "wrong-pocket",
            Rule::MixedKinds => "mixed-kinds",
            Rule::TransfersCounted => "transfers-counted",
        }
    }

    /// How grave its findings are.
    pub fn severity(self) -> Severity {
        match self {
            Rule::NoDisplacement | Rule::UnverifiedConvention | Rule::NoSource => Severity::Note,
            _ => Severity::Warning,
        }
    }

    /// Where the rule comes from.
    pub fn source(self) -> &'static str {
        match self {
            Rule::BlankDeadweight | Rule::BlankAttribution => {
                "383 published SROI reports, read by machine: 40 % apply deadweight, 56 % attribution (github.com/jcmunozmora/sroi-meta-analysis, section 06)"
            }
            Rule::NoDropOff => {
                "383 published SROI reports, read by machine: 76 % show no drop-off (github.com/jcmunozmora/sroi-meta-analysis, section 06)"
            }
            Rule::NoDisplacement => {
                "383 published SROI reports, read by machine: 10.4 % apply displacement (github.com/jcmunozmora/sroi-meta-analysis, section 06)"
            }
            Rule::QuantityAboveGroup => {
                "this library, after a row check of the Chula SROI app: a group cannot change more people than it has"
            }
            Rule::EffectWithDropOff => {
                "this library: how long an effect lasts is measured by follow-up; a constant loss a year is an assumption"
            }
            Rule::CutOff => "this library: what the horizon leaves out is said",
            Rule::Illustrative | Rule::UnverifiedConvention | Rule::WeakEvidence => {
                "this library: no figure without a source, and no source stronger than it is"
            }
            Rule::NoSource => "this library: no figure without a source",
            Rule::WrongPocket => "this library: a payer that does not gain is shown",
            Rule::MixedKinds => "this library: fiscal, economic and social values are not added silently",
            Rule::TransfersCounted => "welfare economics: a transfer is no gain to society",
        }
    }
}

impl serde::Serialize for Rule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

/// One thing worth a second look.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// The rule that found it.
    pub rule: Rule,
    /// Where in the document.
    pub address: Address,
    /// What was found, in a sentence.
    pub message: Label,
}

impl Finding {
    pub(super) fn new(rule: Rule, address: &Address, en: impl Into<String>, nb: impl Into<String>) -> Self {
        Self { rule, address: address.clone(), message: Label::both(en, nb) }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} [{}]", self.address, self.message, self.rule.id())
    }
}
