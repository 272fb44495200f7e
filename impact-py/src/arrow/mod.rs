//! Arrow: what other programs hand over and take, by the PyCapsule interface.
//!
//! One rule: a column is read cell by cell as what is asked for (texts, numbers, days, bytes) or not at all; nothing is guessed.

mod bytes;
mod capsules;
mod days;
mod floats;
mod handed_over;
mod lists;
mod texts;

pub use bytes::bytes;
pub use capsules::{array_capsules, schema_capsule, stream_capsule};
pub use days::days;
pub use floats::floats;
pub use handed_over::{HandedOver, hands_over};
pub use lists::{Lists, is_list};
pub use texts::Texts;
