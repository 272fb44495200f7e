//! Writing a model: the document it was read from, in either form.
//!
//! One rule: nothing is filled in; what is written reads back to an equal model with the same hash.

use super::Model;
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

impl Model {
    /// The document as TOML, with the author's digits; comments are not kept.
    pub fn to_toml(&self) -> String {
        self.document().to_toml()
    }

    /// The document as JSON, with the author's digits.
    pub fn to_json(&self) -> String {
        self.document().to_json()
    }
}

/// A model stands in a service's own JSON as its document, digit for digit. For `serde_json` only: other formats have no
/// way to hand numbers over as they were written.
///
/// # Examples
/// ```
/// use impact_core::Model;
/// #[derive(serde::Serialize, serde::Deserialize)]
/// struct Case {
///     number: u32,
///     model: Model,
/// }
/// let text = r#"{"number":7,"model":{"impact":1,"name":"Garden","country":"NO","currency":"NOK","price_year":2024,
///     "start":2024,"holders":[]}}"#;
/// let case: Case = serde_json::from_str(text)?;
/// let again: Case = serde_json::from_str(&serde_json::to_string(&case)?)?;
/// assert_eq!(case.model, again.model);
/// # Ok::<(), serde_json::Error>(())
/// ```
impl Serialize for Model {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawValue::from_string(self.to_json()).map_err(S::Error::custom)?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Model {
    /// Reads the document; all its problems are in the message of the error.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let document = Box::<RawValue>::deserialize(deserializer)?;
        Self::from_json(document.get()).map_err(D::Error::custom)
    }
}
