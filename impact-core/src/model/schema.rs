//! The JSON Schema of the document, for editors and services.
//!
//! One rule: the schema is written by hand beside the reader; a test holds its keys and words against the reader's.

/// JSON Schema (2020-12) of a model document. It says what may stand where; the reader alone says what goes together.
///
/// # Examples
/// ```
/// let schema: serde_json::Value = serde_json::from_str(impact_core::model::schema())?;
/// assert_eq!(schema["properties"]["impact"]["const"], 1);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn schema() -> &'static str {
    include_str!("../../data/model.schema.json")
}
