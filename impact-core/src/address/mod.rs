//! Addresses: the dotted name of every assumption, and places: where in the input something stands.
//!
//! One rule: the same address serves overrides, sensitivity, break-even, random streams, error places and explanations.

mod place;

pub use place::{Place, Span};

use std::fmt;
use std::sync::Arc;

/// The dotted address of something in a model document, such as `outcomes.into-work.deadweight`.
///
/// Segments are field names and ids; an element of a list that has no id is its position, counted from 0.
///
/// # Examples
/// ```
/// use impact_core::address::Address;
/// let address: Address = "outcomes.into-work.deadweight".parse()?;
/// assert_eq!(address.segments().collect::<Vec<_>>(), ["outcomes", "into-work", "deadweight"]);
/// assert!("outcomes..deadweight".parse::<Address>().is_err());
/// # Ok::<(), impact_core::address::AddressError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(Arc<str>);

/// Why a text is not an address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AddressError {
    /// A segment is empty or has a character that no address has.
    #[error("`{text}` is not an address: segments of a-z, 0-9, `-` and `_`, joined by dots")]
    Malformed {
        /// The text as given.
        text: String,
    },
}

impl Address {
    /// The address of the document itself: no segments.
    pub fn root() -> Self {
        Self(Arc::from(""))
    }

    /// This address with one more segment. A segment that no well-formed address could have (a key the author mistyped,
    /// say) is kept in quotes, so that messages can show it.
    pub fn child(&self, segment: &str) -> Self {
        let quoted;
        let segment = if is_segment(segment) {
            segment
        } else {
            quoted = format!("{segment:?}");
            &quoted
        };
        if self.0.is_empty() { Self(Arc::from(segment)) } else { Self(format!("{}.{segment}", self.0).into()) }
    }

    /// The address of the element at `position` (from 0) of this list.
    pub fn element(&self, position: usize) -> Self {
        self.child(&position.to_string())
    }

    /// The segments in order.
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        self.0.split('.').filter(|segment| !segment.is_empty())
    }

    /// The address as text; empty for the document itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the document itself.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this address is `other` or lies below it.
    pub fn is_within(&self, other: &Address) -> bool {
        other.is_root() || self.0.strip_prefix(&*other.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

fn is_segment(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
}

/// Whether `text` may be an id: a-z, 0-9 and `-`, not empty.
pub fn is_id(text: &str) -> bool {
    is_segment(text) && !text.contains('_')
}

impl std::str::FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        if text.split('.').all(is_segment) {
            Ok(Self(Arc::from(text)))
        } else {
            Err(AddressError::Malformed { text: text.to_owned() })
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({})", self.0)
    }
}

impl<'de> serde::Deserialize<'de> for Address {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl serde::Serialize for Address {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strange_key_is_shown_in_quotes() {
        assert_eq!(Address::root().child("outcomes").child("Into Work").as_str(), "outcomes.\"Into Work\"");
    }

    #[test]
    fn within_stops_at_whole_segments() {
        let work: Address = "outcomes.work".parse().unwrap();
        assert!(work.child("deadweight").is_within(&work));
        assert!(!"outcomes.workers".parse::<Address>().unwrap().is_within(&work));
        assert!(work.is_within(&Address::root()));
    }
}
