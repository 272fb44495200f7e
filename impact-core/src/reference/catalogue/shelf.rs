//! The shelf: the embedded catalogue and, beside it, one of the caller's own.
//!
//! One rule: an id stands in one of the two only, so it does not matter which is looked in first.

use super::{Catalogue, Entry};
use crate::reference::ReferenceError;
use crate::reference::nearest::nearest;
use std::sync::Arc;

/// Where a model finds its unit costs. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shelf(Option<Arc<Catalogue>>);

impl Shelf {
    /// The embedded catalogue with one of the caller's own beside it.
    pub fn with(own: Arc<Catalogue>) -> Self {
        Self(Some(own))
    }

    /// The caller's own catalogue.
    pub fn own(&self) -> Option<&Arc<Catalogue>> {
        self.0.as_ref()
    }

    /// An entry by its id.
    ///
    /// # Errors
    /// No such entry: the error names the ids nearest to it, of both catalogues.
    pub fn get(&self, id: &str) -> Result<&Entry, ReferenceError> {
        let Some(own) = &self.0 else { return Catalogue::embedded().get(id) };
        own.find(id).or_else(|| Catalogue::embedded().find(id)).ok_or_else(|| {
            let known = own.entries().iter().chain(Catalogue::embedded().entries());
            let nearest = nearest(id, known.map(|entry| entry.id.as_str())).into_iter().map(str::to_owned).collect();
            ReferenceError::UnknownEntry { id: id.to_owned(), nearest }
        })
    }

    /// The figures that the series of an entry has for each of its years, in the catalogue it stands in.
    pub fn editions<'a>(&'a self, entry: &'a Entry) -> impl Iterator<Item = &'a Entry> {
        let own = self.0.as_deref().filter(|own| own.find(&entry.id).is_some());
        own.unwrap_or_else(|| Catalogue::embedded()).editions(entry)
    }
}
