//! What the fuzz targets share.

pub mod settling;
pub mod verbs;
