//! What a document is by its keys, before anything is read of it.

use impact_core::document::{DocumentKind, Form, Node};
use impact_core::error::Problems;
use pyo3::prelude::*;

/// Tell what a document is by its keys: so many commands and programs take more than one kind.
///
/// Parameters
/// ----------
/// content : bytes
///     The document as it lies in a file.
///
/// Returns
/// -------
/// str or None
///     ``"model"``, ``"contract"`` (by itself: a model may hold one), ``"observations"`` or ``"catalogue"``; None where it
///     could be anything, or cannot be read.
///
/// Examples
/// --------
/// >>> import socialimpact as si
/// >>> from pathlib import Path
/// >>> si.document_kind(Path("fixtures/contracts/denver.toml").read_bytes())
/// 'contract'
#[pyfunction]
#[pyo3(signature = (content, /))]
pub fn document_kind(py: Python<'_>, content: &[u8]) -> Option<&'static str> {
    py.detach(|| {
        let text = Node::decoded(content).ok()?;
        let document = Node::read(text, Form::of(text), &mut Problems::new())?;
        DocumentKind::of(&document).map(DocumentKind::id)
    })
}
