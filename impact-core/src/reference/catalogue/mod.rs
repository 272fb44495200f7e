//! The catalogue of unit costs: what a year of a service, a case or an incident costs, and whom.
//!
//! One rule: a gross average cost is not a saving. The catalogue says what was read; what is avoidable is the model's claim.
//! Sources: `data/catalogue/`, each entry with its own.

mod entry;
mod in_g;
mod own;
mod read;
mod search;
mod shelf;

pub use entry::{Cashable, Domain, Entry, Payer};
pub use in_g::{InG, PriceOfYear, PriceOfYearError};
pub use search::Search;

pub(super) use read::{read_edition, read_entries};
pub(crate) use shelf::Shelf;

use super::nearest::nearest;
use super::{Edition, ReferenceError};
use crate::document::{DocumentHash, Node};
use crate::units::Label;
use std::collections::HashMap;

/// The unit costs of one edition, found by id.
///
/// # Examples
/// ```
/// use impact_core::reference::{Catalogue, Search};
/// let catalogue = Catalogue::embedded();
/// let assistance = catalogue.get("der-no-sosialhjelp-year-2022")?;
/// assert_eq!(assistance.money().to_string(), "56500 NOK (2022 prices)");
/// assert_eq!(assistance.unit.to_string(), "recipient-year");
/// let found = catalogue.search(&Search::new().words("sosialhjelp vestfold"));
/// assert_eq!(found.first().map(|entry| entry.id.as_str()), Some("no-sosialhjelp-case-vestfold-2008"));
/// # Ok::<(), impact_core::reference::ReferenceError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Catalogue {
    edition: Edition,
    title: Label,
    licence: Option<String>,
    entries: Vec<Entry>,
    by_id: HashMap<String, usize>,
    /// The document of a catalogue that the caller brought.
    document: Option<(Node, DocumentHash)>,
}

impl Catalogue {
    pub(super) fn new(edition: Edition, title: Label, entries: Vec<Entry>) -> Self {
        let by_id = entries.iter().enumerate().map(|(position, entry)| (entry.id.clone(), position)).collect();
        Self { edition, title, licence: None, entries, by_id, document: None }
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

    /// Under which licence the figures may be used, and who must be named; the embedded entries name theirs one by one.
    pub fn licence(&self) -> Option<&str> {
        self.licence.as_deref()
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
        self.find(id).ok_or_else(|| {
            let nearest = self.nearest(id).into_iter().map(str::to_owned).collect();
            ReferenceError::UnknownEntry { id: id.to_owned(), nearest }
        })
    }

    pub(crate) fn find(&self, id: &str) -> Option<&Entry> {
        self.by_id.get(id).and_then(|position| self.entries.get(*position))
    }

    /// The figures that the series of an entry has for each of its years; none where a price index carries the entry.
    pub fn editions<'a>(&'a self, entry: &'a Entry) -> impl Iterator<Item = &'a Entry> {
        let of = |entry: &'a Entry| (entry.carried, &entry.country, entry.domain, &entry.unit, entry.currency);
        self.entries.iter().filter(move |other| !entry.carried && of(other) == of(entry))
    }

    /// The entries a search finds: the best match of its words first, then the better grade, then the later price year.
    /// Without words they come in the order of the files.
    pub fn search(&self, search: &Search) -> Vec<&Entry> {
        search.find(&self.entries)
    }

    /// The ids that share most with `id`, at most three, the nearest first.
    pub fn nearest(&self, id: &str) -> Vec<&str> {
        nearest(id, self.entries.iter().map(|entry| entry.id.as_str()))
    }
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
        assert_eq!((assistance.cashable, assistance.grade), (Cashable::Yes, Some(Grade::B)));
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

    /// Ids that a search finds, in order.
    fn ids(search: &Search) -> Vec<&'static str> {
        Catalogue::embedded().search(search).into_iter().map(|entry| entry.id.as_str()).collect()
    }

    fn by_words(words: &str) -> Vec<&'static str> {
        ids(&Search::new().words(words))
    }

    #[test]
    fn search_needs_every_word_in_either_language() {
        assert!(by_words("Fengselsplass høyt").contains(&"no-prison-high-place"));
        assert_eq!(by_words("fengselsplass hoyt"), by_words("FENGSELSPLASS HØYT"));
        assert!(by_words("prison high security").contains(&"no-prison-high-place"));
        assert!(by_words("prison nonsense").is_empty());
        assert_eq!(by_words("").len(), Catalogue::embedded().entries().len());
    }

    #[test]
    fn the_best_match_comes_first() {
        assert_eq!(by_words("gm-ho4-1").first(), Some(&"gm-ho4-1"));
        let found = by_words("prison");
        let place = |id: &str| found.iter().position(|other| *other == id).unwrap();
        // a prison by name before a figure that only comes from a page on prisons
        assert!(place("no-prison-high-place") < found.len() / 2, "{found:?}");
        let named =
            |id: &&str| entry(id).name.en.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|w| w == "prison");
        let count = found.iter().filter(|id| named(id)).count();
        assert!(count >= 5 && found.iter().take(count).all(named), "{found:?}");
    }

    #[test]
    fn what_is_asked_of_one_quality_widens_and_of_several_narrows() {
        let all = Catalogue::embedded().entries();
        let count = |holds: &dyn Fn(&Entry) -> bool| all.iter().filter(|entry| holds(entry)).count();
        let found = |search: Search| ids(&search).len();
        let housing = count(&|entry| entry.domain == Domain::Housing);
        let wellbeing = count(&|entry| entry.domain == Domain::Wellbeing);
        assert!(housing > 0 && wellbeing > 0);
        assert_eq!(found(Search::new().domain(Domain::Housing)), housing);
        assert_eq!(found(Search::new().domain(Domain::Housing).domain(Domain::Wellbeing)), housing + wellbeing);
        let both = count(&|entry| entry.domain == Domain::Housing && entry.grade == Some(Grade::A));
        assert!(both > 0 && both < housing);
        assert_eq!(found(Search::new().domain(Domain::Housing).at_least(Grade::A)), both);
        assert_eq!(found(Search::new().at_least(Grade::D)), all.len());
    }

    #[test]
    fn a_country_is_found_with_its_parts_and_a_part_alone() {
        let countries = |code: &str| {
            let found = Catalogue::embedded().search(&Search::new().country(code.parse().unwrap()));
            found.into_iter().map(|entry| entry.country.code()).collect::<std::collections::BTreeSet<_>>()
        };
        assert_eq!(countries("GB").into_iter().collect::<Vec<_>>(), ["GB", "GB-EAW", "GB-ENG", "GB-SCT"]);
        assert_eq!(countries("GB-SCT").into_iter().collect::<Vec<_>>(), ["GB-SCT"]);
    }

    #[test]
    fn payer_unit_currency_and_years_are_asked_for() {
        let week = || Search::new().unit("household-week".parse().unwrap());
        assert_eq!(ids(&week()), ["gm-ho4-0", "gm-ho4-1"]);
        assert_eq!(ids(&week().currency("NOK".parse().unwrap())), [""; 0]);
        assert_eq!(ids(&week().payer(Payer::Police)), [""; 0]);
        let years = |first, last| {
            let year = |number| crate::units::Year::new(number).unwrap();
            week().payer(Payer::Municipality).years(year(first)..=year(last))
        };
        assert_eq!((ids(&years(2010, 2010)).len(), ids(&years(2011, 2024)).len()), (2, 0));
    }

    #[test]
    fn a_figure_that_is_not_shipped_is_unknown() {
        // left out because of: a national total, a contested figure, a superseded one, a rate, a blog, no publisher page
        let left_out = [
            "no-childabuse-lifetime",
            "gb-exclusion-lifetime",
            "no-vsl-2005",
            "gb-discount-rate",
            "gb-neet-lifetime-public",
            "no-prison-place-ferd",
            "no-larvik-contract-max",
            "us-wsipp-mst-cost",
            "der-no-sosialhjelp-month-2019",
        ];
        for id in left_out {
            assert!(matches!(Catalogue::embedded().get(id), Err(ReferenceError::UnknownEntry { .. })), "{id}");
        }
    }

    #[test]
    fn a_doubtful_figure_says_what_is_doubtful() {
        for (id, words) in [
            ("gb-childrens-home-2023-24", "counts places"),
            ("gb-residential-week-2016", "price year, 2015"),
            ("gb-foster-week-2016", "price year, 2015"),
            ("sc-residential-child-2010", "price year, 2009"),
            ("us-vsl-dot-2024", "another agency, HHS"),
        ] {
            assert!(entry(id).note.as_deref().is_some_and(|note| note.contains(words)), "{id}");
        }
        assert_eq!((entry("us-vsl-dot-2024").low, entry("us-vsl-dot-2024").high), (None, None));
    }

    #[test]
    fn an_entry_is_a_row_of_a_table() {
        let row = serde_json::to_value(entry("gm-ho4-1")).unwrap();
        assert_eq!(row["value"], "334.95");
        assert_eq!(row["unit"], "household-week");
        assert_eq!((&row["edition"], &row["source"]["url"].is_string()), (&"2026-11".into(), &true));
        assert_eq!(row["payers"], serde_json::json!(["municipality"]));
        assert_eq!(row["name"]["nb"], "Midlertidig botilbud (B&B)");
    }
}
