//! Words of choices: the name a class, a kind or a grade has in results.

use serde::Serialize;

/// The word that a choice is written as in results: `wrong-pocket`, `fiscal`; empty for what is no single word.
///
/// # Examples
/// ```
/// use impact_core::model::HolderKind;
/// assert_eq!(impact_core::report::word(&HolderKind::Public), "public");
/// ```
pub fn word(choice: &impl Serialize) -> String {
    match serde_json::to_value(choice) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
