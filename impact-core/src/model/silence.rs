//! Silenced checks: what an author has looked at and lets stand, with the reason.
//!
//! One rule: a finding is silenced in the document and with a reason, never by a switch of whoever runs the check; what was
//! invented or not read at its source is always said.

use crate::address::Address;

/// A rule that an author lets stand.
///
/// In a document: `silenced = [ { rule = "no-drop-off", at = "outcomes.into-work", reason = "…" } ]`. Without `at` the rule
/// is silenced everywhere.
///
/// # Examples
/// ```
/// use impact_core::Model;
/// let text = r#"
///     impact = 1
///     name = "Gardening group"
///     country = "NO"
///     currency = "NOK"
///     price_year = 2024
///     start = 2024
///     holders = [ { id = "neighbours", kind = "people" } ]
///     silenced = [ { rule = "no-harm", reason = "asked for in interviews with all 25; nobody named any" } ]
///     outcomes = [ { id = "less-lonely", holder = "neighbours", quantity = 25 } ]
/// "#;
/// assert_eq!(Model::from_toml(text)?.silenced()[0].rule, "no-harm");
/// let slip = Model::from_toml(&text.replace("no-harm", "no-harms")).unwrap_err().to_string();
/// assert!(slip.contains("no check has the id `no-harms`: did you mean `no-harm`?"), "{slip}");
/// # Ok::<(), impact_core::error::ModelError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Silence {
    /// Where it stands in the document.
    pub address: Address,
    /// The id of the rule.
    pub rule: String,
    /// The address at which, and below which, it is silenced; none: everywhere.
    pub at: Option<Address>,
    /// Why.
    pub reason: String,
}

impl Silence {
    /// Whether it covers what a rule found at an address.
    pub fn covers(&self, rule: &str, address: &Address) -> bool {
        self.rule == rule && self.at.as_ref().is_none_or(|at| address.is_within(at))
    }
}

/// What is wrong with a silence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SilenceFault {
    /// No rule of this id.
    #[error("no check has the id `{id}`{}", nearest.as_ref().map(|near| format!(": did you mean `{near}`?")).unwrap_or_default())]
    UnknownRule {
        /// The id as written.
        id: String,
        /// The nearest id of a rule, where one is near.
        nearest: Option<String>,
    },
    /// A rule that is always said.
    #[error("`{id}` cannot be silenced: readers are always told of it")]
    AlwaysSaid {
        /// The id of the rule.
        id: String,
    },
    /// A reason without words.
    #[error("the reason is empty: say why this may stand")]
    NoReason,
}

/// The ids of the rules, in the order of the checks: the reader refuses a slip with them. The rules themselves stand on a
/// higher floor; a test there holds them to this list.
pub const CHECK_IDS: &[&str] = &[
    "blank-deadweight",
    "blank-attribution",
    "no-drop-off",
    "no-displacement",
    "no-harm",
    "quantity-above-group",
    "holder-without-part",
    "cut-off",
    "illustrative",
    "unverified",
    "unverified-convention",
    "weak-evidence",
    "outcome-without-evidence",
    "share-without-source",
    "stretched-from-answers",
    "no-source",
    "no-uncertainty",
    "tied-without-varying",
    "wrong-pocket",
    "mixed-kinds",
    "transfers-counted",
    "one-sided-benefit",
    "counted-twice",
    "counted-twice-across-outcomes",
    "earnings-with-tax",
    "wellbeing-twice",
    "full-year-wellbeing",
    "work-counted-twice",
    "value-without-source",
    "price-year-left-out",
    "price-year-of-another",
    "across-reform",
    "price-of-another-country",
    "statistical-life-indexed",
    "average-for-marginal",
    "recipient-year-as-person-year",
    "intakes-without-cost",
    "costs-without-intakes",
    "costs-without-outcomes",
    "organisation-costs",
    "drop-off-without-effect",
    "volunteer-time",
    "drop-off-once",
    "additive-filters",
    "attribution-in-every-measure",
    "costs-not-discounted",
    "own-discount-rate",
    "unusual-discount-rate",
    "unusual-growth",
    "one-payers-inputs",
    "long-duration",
    "outside-practice",
    "ratio-above-practice",
    "reported-figure-differs",
    "ratio-of-another-kind",
    "effect-with-drop-off",
    "optimistic-deadweight",
    "judgement-without-range",
    "correction-on-a-range",
    "prudence-in-the-chain",
    "reoffending-undefined",
    "optimistic-reoffending",
    "optimistic-truth",
    "priced-and-not",
    "goal-unserved",
    "outcome-without-goal",
    "out-of-cash",
    "typed-twice",
    "uplift-unlike-a-factor",
    "idle-limit",
    "overlapping-cohorts",
    "effect-above-the-whole",
    "steep-drift",
    "ratio-over-nothing",
    "point-outside-interval",
    "mean-beside-point",
    "few-draws",
    "ratios-not-comparable",
    "silenced-in-vain",
];

/// The rules that cannot be silenced: marks of what is invented or was not read at its source, and silences that find
/// nothing.
pub const ALWAYS_SAID: &[&str] = &["illustrative", "unverified", "unverified-convention", "silenced-in-vain"];
