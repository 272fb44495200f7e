//! Goals: what a plan, a county, a ministry or the United Nations wants, and which outcomes serve it.
//!
//! One rule: a goal takes no value from an outcome: an outcome that serves two goals is shown under both and counted once.

use super::fault::or_known;
use crate::address::Address;
use crate::reference::Source;
use crate::units::Label;

/// The scheme of the United Nations' sustainable development goals.
pub const SDG: &str = "sdg";
const MOST_SDG: u32 = 17;

/// A goal that outcomes and effects without a price may serve.
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
///     goals = [ { id = "lonely", scheme = "municipal-plan", name = "Nobody is lonely", source = "plan 2024-2036" },
///               { id = "health", scheme = "sdg", target = "3.4" } ]
///     outcomes = [ { id = "less-lonely", holder = "neighbours", quantity = 25, goals = ["lonely"] } ]
/// "#;
/// let appraisal = Model::from_toml(text)?.appraise()?;
/// let coverage = appraisal.goals()?.ok_or("there are two")?;
/// assert_eq!(coverage.unserved, ["health"]);
/// let slip = Model::from_toml(&text.replace("3.4", "18")).unwrap_err().to_string();
/// assert!(slip.ends_with("write its number, 1 to 17, or a target such as `8.5` or `8.b`"), "{slip}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Goal {
    /// The id in the document.
    pub id: String,
    /// `goals.<id>`.
    pub address: Address,
    /// What it is called.
    pub name: Label,
    /// Whose goal it is: `sdg`, `municipal-plan`, or a word of the author's own.
    pub scheme: String,
    /// Its number in the scheme; of a sustainable development goal always, such as `8` or `8.5`.
    pub target: Option<String>,
    /// Where it is written.
    pub source: Option<Source>,
    /// What to beware of.
    pub note: Option<String>,
}

/// What is wrong with a goal or the use of one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GoalFault {
    /// No sustainable development goal.
    #[error(
        "`{written}` is no sustainable development goal: write its number, 1 to 17, or a target such as `8.5` or `8.b`"
    )]
    NotAnSdg {
        /// The target as written.
        written: String,
    },
    /// A goal that the document does not declare.
    #[error("no goal has the id `{id}`{}", or_known(nearest.as_deref(), known))]
    UnknownGoal {
        /// The id as written.
        id: String,
        /// The nearest id of a goal, where one is near.
        nearest: Option<String>,
        /// The ids of the goals.
        known: Vec<String>,
    },
    /// A goal named twice in one place.
    #[error("goal `{id}` is named twice")]
    NamedTwice {
        /// The id.
        id: String,
    },
}

/// Whether a text is the number of a sustainable development goal, or has the form of one of its targets.
pub(super) fn is_sdg(text: &str) -> bool {
    let (goal, target) = text.split_once('.').map_or((text, None), |(goal, target)| (goal, Some(target)));
    let number = |digits: &str, most: u32| {
        let plain = !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
        plain && digits.parse::<u32>().is_ok_and(|number| number <= most)
    };
    let letter = |target: &str| target.len() == 1 && target.bytes().all(|byte| byte.is_ascii_lowercase());
    number(goal, MOST_SDG) && target.is_none_or(|target| number(target, 99) || letter(target))
}

#[cfg(test)]
mod tests {
    use super::is_sdg;

    #[test]
    fn goals_go_from_1_to_17_and_targets_have_a_number_or_a_letter() {
        for good in ["1", "17", "8.5", "8.b", "16.10"] {
            assert!(is_sdg(good), "{good}");
        }
        for bad in ["0", "18", "08", "8.", "8.0", "8.B", "8.bb", "8.5.1", ".5", "", "8,5", "+8", "8.100"] {
            assert!(!is_sdg(bad), "{bad}");
        }
    }
}
