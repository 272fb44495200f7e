//! The catalogue of unit costs: what a year of a service, a case or an incident costs, and whom.
//!
//! One rule: a gross average cost is not a saving. The catalogue says what was read; what is avoidable is the model's claim.
//! Sources: `data/catalogue/`, each entry with its own.

mod entry;
mod read;

pub use entry::{Cashable, Domain, Entry, Payer};
pub(super) use read::{read_edition, read_entries};

use super::{Edition, ReferenceError};
use crate::units::Label;
use std::collections::{BTreeSet, HashMap};

/// The unit costs of one edition, found by id.
///
/// # Examples
/// ```
/// use impact_core::reference::Catalogue;
/// let catalogue = Catalogue::embedded();
/// let assistance = catalogue.get("der-no-sosialhjelp-year-2022")?;
/// assert_eq!(assistance.money().to_string(), "56500 NOK (2022 prices)");
/// assert_eq!(assistance.unit.to_string(), "recipient-year");
/// assert!(catalogue.search("sosialhjelp vestfold").any(|entry| entry.id == "no-sosialhjelp-case-vestfold-2008"));
/// # Ok::<(), impact_core::reference::ReferenceError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Catalogue {
    edition: Edition,
    title: Label,
    entries: Vec<Entry>,
    by_id: HashMap<String, usize>,
}

/// Ids named when one is not found.
const NEAREST: usize = 3;

impl Catalogue {
    pub(super) fn new(edition: Edition, title: Label, entries: Vec<Entry>) -> Self {
        let by_id = entries.iter().enumerate().map(|(position, entry)| (entry.id.clone(), position)).collect();
        Self { edition, title, entries, by_id }
    }

    /// The embedded catalogue, read when first asked for.
    pub fn embedded() -> &'static Self {
        super::embedded::catalogue()
    }

    /// The edition, which every result names.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// What the catalogue is called.
    pub fn title(&self) -> &Label {
        &self.title
    }

    /// All entries in the order of the files.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// An entry by its id.
    ///
    /// # Errors
    /// No such entry: the error names the ids nearest to it.
    pub fn get(&self, id: &str) -> Result<&Entry, ReferenceError> {
        self.by_id.get(id).and_then(|position| self.entries.get(*position)).ok_or_else(|| {
            let nearest = self.nearest(id).into_iter().map(str::to_owned).collect();
            ReferenceError::UnknownEntry { id: id.to_owned(), nearest }
        })
    }

    /// The figures that the series of an entry has for each of its years; none where a price index carries the entry.
    pub fn editions<'a>(&'a self, entry: &'a Entry) -> impl Iterator<Item = &'a Entry> {
        let of = |entry: &'a Entry| (entry.carried, &entry.country, entry.domain, &entry.unit, entry.currency);
        self.entries.iter().filter(move |other| !entry.carried && of(other) == of(entry))
    }

    /// Entries whose id, names, domain, country or unit contain every word of `words`, capitals being free.
    pub fn search(&self, words: &str) -> impl Iterator<Item = &Entry> {
        let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        self.entries.iter().filter(move |entry| {
            let text = entry.searched();
            words.iter().all(|word| text.contains(word))
        })
    }

    /// The ids that share most with `id`, at most three, the nearest first.
    ///
    /// # Formula
    /// Twice the shared pairs of neighbouring letters over all pairs of both (Dice); ids under one half are left out.
    pub fn nearest(&self, id: &str) -> Vec<&str> {
        let asked = pairs(id);
        let mut near: Vec<(usize, &str)> = self
            .entries
            .iter()
            .filter_map(|entry| {
                let known = pairs(&entry.id);
                let shared = asked.intersection(&known).count();
                let likeness = (2000 * shared).checked_div(asked.len() + known.len())?;
                (likeness >= 500).then_some((1000 - likeness, entry.id.as_str()))
            })
            .collect();
        near.sort_unstable();
        near.into_iter().take(NEAREST).map(|(_, id)| id).collect()
    }
}

fn pairs(id: &str) -> BTreeSet<(char, char)> {
    id.chars().zip(id.chars().skip(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::Grade;

    fn entry(id: &str) -> &'static Entry {
        Catalogue::embedded().get(id).unwrap()
    }

    #[test]
    fn known_unit_costs_stand_as_they_were_read() {
        let assistance = entry("der-no-sosialhjelp-year-2022");
        assert_eq!(assistance.money().to_string(), "56500 NOK (2022 prices)");
        assert_eq!(assistance.note.as_deref(), Some("7.4e9 / 131,000, both rounded inputs"));
        assert_eq!((assistance.cashable, assistance.grade), (Cashable::Yes, Grade::B));
        let prison = entry("ew-prison-place-2016-17");
        assert_eq!((prison.value, prison.low), (38042.into(), Some(24664.into())));
        assert_eq!(entry("gm-ho4-1").money().to_string(), "334.95 GBP (2010 prices)");
        assert_eq!(entry("gb-homeless-single-year").payers, [Payer::Municipality, Payer::State, Payer::HealthTrust]);
    }

    #[test]
    fn the_value_of_a_statistical_life_has_a_figure_for_each_year() {
        let years = |id: &str| {
            let editions = Catalogue::embedded().editions(entry(id));
            editions.map(|edition| (edition.price_year.0.number(), edition.provisional)).collect::<Vec<_>>()
        };
        let expected = [(2012, false), (2019, false), (2020, false), (2021, false), (2022, true), (2023, true)];
        assert_eq!(years("no-vsl-2012"), expected);
        assert_eq!(years("no-prison-high-place"), []);
        assert!(entry("no-isf-somatic-2024").provisional && entry("no-isf-somatic-2024").carried);
    }

    #[test]
    fn a_recipient_is_not_a_person() {
        assert_eq!(entry("no-aap-average-2018").unit.to_string(), "recipient-year");
        assert_eq!(entry("der-no-aap-fullyear-2018").unit.to_string(), "person-year");
    }

    #[test]
    fn a_mistyped_id_is_answered_with_the_nearest() {
        let catalogue = Catalogue::embedded();
        assert_eq!(catalogue.nearest("no-sosialhjelp-year-2022").first(), Some(&"der-no-sosialhjelp-year-2022"));
        let error = catalogue.get("no-sosialhjelp-year-2022").unwrap_err().to_string();
        assert!(
            error.starts_with("`no-sosialhjelp-year-2022` is not in the catalogue: near to it are `der-"),
            "{error}"
        );
        assert_eq!(catalogue.get("qqq").unwrap_err().to_string(), "`qqq` is not in the catalogue");
    }

    #[test]
    fn search_needs_every_word_in_either_language() {
        let catalogue = Catalogue::embedded();
        let ids = |words: &str| catalogue.search(words).map(|entry| entry.id.as_str()).collect::<Vec<_>>();
        assert!(ids("Fengselsplass høyt").contains(&"no-prison-high-place"));
        assert!(ids("prison high security").contains(&"no-prison-high-place"));
        assert!(ids("prison nonsense").is_empty());
        assert_eq!(ids("").len(), catalogue.entries().len());
    }

    #[test]
    fn an_entry_is_a_row_of_a_table() {
        let row = serde_json::to_value(entry("gm-ho4-1")).unwrap();
        assert_eq!(row["value"], "334.95");
        assert_eq!(row["unit"], "household-week");
        assert_eq!(row["payers"], serde_json::json!(["municipality"]));
        assert_eq!(row["name"]["nb"], "Midlertidig botilbud (B&B)");
    }
}
