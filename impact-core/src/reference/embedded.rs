//! The embedded files, read once when first asked for.
//!
//! One rule: the files are proven by tests, so a problem in one never reaches a user; a figure that cannot be read is left out.

use super::catalogue::{read_edition, read_entries};
use super::effects::read_effects;
use super::index::read_series;
use super::provenance::read_label;
use super::{
    Catalogue, Convention, Countries, CountryProfile, Edition, Effects, Indices, ReferenceError, Scope, Template,
};
use crate::address::Place;
use crate::document::{Fields, Form, Node};
use crate::error::Problems;
use crate::units::Label;
use std::collections::HashSet;
use std::sync::OnceLock;

const COUNTRIES: &str = include_str!("../../data/countries.toml");
const EDITION: &str = include_str!("../../data/catalogue/edition.toml");
const CATALOGUE: [&str; 8] = [
    include_str!("../../data/catalogue/norway.toml"),
    include_str!("../../data/catalogue/sweden.toml"),
    include_str!("../../data/catalogue/denmark.toml"),
    include_str!("../../data/catalogue/iceland.toml"),
    include_str!("../../data/catalogue/ireland.toml"),
    include_str!("../../data/catalogue/united-kingdom.toml"),
    include_str!("../../data/catalogue/united-states.toml"),
    include_str!("../../data/catalogue/other.toml"),
];
const EFFECTS_EDITION: &str = include_str!("../../data/effects/edition.toml");
const EFFECTS: [&str; 7] = [
    include_str!("../../data/effects/reoffending.toml"),
    include_str!("../../data/effects/employment.toml"),
    include_str!("../../data/effects/housing.toml"),
    include_str!("../../data/effects/wellbeing.toml"),
    include_str!("../../data/effects/health.toml"),
    include_str!("../../data/effects/baselines.toml"),
    include_str!("../../data/effects/benchmarks.toml"),
];
const INDICES: [&str; 5] = [
    include_str!("../../data/indices/consumer-prices.toml"),
    include_str!("../../data/indices/gdp-deflators.toml"),
    include_str!("../../data/indices/grunnbelop.toml"),
    include_str!("../../data/indices/exchange.toml"),
    include_str!("../../data/indices/purchasing-power.toml"),
];
const CONVENTIONS: [&str; 16] = [
    include_str!("../../data/conventions/norway-r109-2021.toml"),
    include_str!("../../data/conventions/uk-green-book-2022.toml"),
    include_str!("../../data/conventions/sroi-practice.toml"),
    include_str!("../../data/conventions/value-map.toml"),
    include_str!("../../data/conventions/norway-r109-fram.toml"),
    include_str!("../../data/conventions/uk-green-book-2026.toml"),
    include_str!("../../data/conventions/gmca-cba.toml"),
    include_str!("../../data/conventions/denmark-2017.toml"),
    include_str!("../../data/conventions/denmark-2021.toml"),
    include_str!("../../data/conventions/denmark-2023.toml"),
    include_str!("../../data/conventions/sweden-asek-5.toml"),
    include_str!("../../data/conventions/ireland-2019.toml"),
    include_str!("../../data/conventions/finland-transport-2000.toml"),
    include_str!("../../data/conventions/wsipp.toml"),
    include_str!("../../data/conventions/us-omb-a94-supplementary.toml"),
    include_str!("../../data/conventions/mvpf.toml"),
];
const TEMPLATES_EDITION: &str = include_str!("../../data/templates/edition.toml");
const TEMPLATES: [(&str, &str); 8] = [
    ("work-inclusion", include_str!("../../data/templates/work-inclusion.toml")),
    ("reentry", include_str!("../../data/templates/reentry.toml")),
    ("child-welfare", include_str!("../../data/templates/child-welfare.toml")),
    ("addiction", include_str!("../../data/templates/addiction.toml")),
    ("homelessness", include_str!("../../data/templates/homelessness.toml")),
    ("school-completion", include_str!("../../data/templates/school-completion.toml")),
    ("mental-health", include_str!("../../data/templates/mental-health.toml")),
    ("loneliness", include_str!("../../data/templates/loneliness.toml")),
];

/// A convention and the document it was read from.
#[derive(Debug)]
pub(super) struct EmbeddedConvention {
    pub node: Node,
    pub convention: Convention,
}

pub(super) fn countries() -> &'static Countries {
    static READ: OnceLock<Countries> = OnceLock::new();
    READ.get_or_init(|| read_countries(COUNTRIES, &mut Problems::new()))
}

pub(super) fn catalogue() -> &'static Catalogue {
    static READ: OnceLock<Catalogue> = OnceLock::new();
    READ.get_or_init(|| read_catalogue(EDITION, &CATALOGUE, &mut Problems::new()))
}

pub(super) fn effects() -> &'static Effects {
    static READ: OnceLock<Effects> = OnceLock::new();
    READ.get_or_init(|| read_register(EFFECTS_EDITION, &EFFECTS, &mut Problems::new()))
}

pub(super) fn indices() -> &'static Indices {
    static READ: OnceLock<Indices> = OnceLock::new();
    READ.get_or_init(|| read_indices(&INDICES, &mut Problems::new()))
}

pub(super) fn conventions() -> &'static [EmbeddedConvention] {
    static READ: OnceLock<Vec<EmbeddedConvention>> = OnceLock::new();
    READ.get_or_init(|| read_conventions(&CONVENTIONS, &mut Problems::new()))
}

pub(super) fn templates() -> &'static [Template] {
    static READ: OnceLock<Vec<Template>> = OnceLock::new();
    READ.get_or_init(|| read_templates(TEMPLATES_EDITION, &TEMPLATES, &mut Problems::new()))
}

fn read_countries(text: &str, problems: &mut Problems) -> Countries {
    let Some(node) = Node::read(text, Form::Toml, problems) else { return Countries::default() };
    let Some(mut fields) = Fields::of(&node, problems) else { return Countries::default() };
    let nodes = fields.required_list("countries").unwrap_or_default();
    fields.finish();
    Countries::new(nodes.iter().filter_map(|node| read_profile(node, problems)).collect())
}

fn read_profile(node: &Node, problems: &mut Problems) -> Option<CountryProfile> {
    let mut fields = Fields::of(node, problems)?;
    let country = fields.required_parsed("code");
    let name = read_label(&mut fields, "name");
    let currency = fields.required_parsed("currency");
    let conventions = fields.text("conventions").map(str::to_owned);
    fields.finish();
    Some(CountryProfile { country: country?, name: name?, currency: currency?, conventions })
}

fn read_catalogue(edition: &str, texts: &[&str], problems: &mut Problems) -> Catalogue {
    let (edition, title, entries) = read_dated(edition, texts, read_entries, problems);
    refuse_twice(entries.iter().map(|entry| entry.id.as_str()), problems);
    Catalogue::new(edition, title, entries)
}

fn read_register(edition: &str, texts: &[&str], problems: &mut Problems) -> Effects {
    let (edition, title, entries) = read_dated(edition, texts, read_effects, problems);
    refuse_twice(entries.iter().map(|effect| effect.id.as_str()), problems);
    Effects::new(edition, title, entries)
}

/// Reads the edition of a table and what its files hold.
fn read_dated<T>(
    edition: &str,
    texts: &[&str],
    read: impl Fn(&Node, &Edition, &mut Problems) -> Vec<T>,
    problems: &mut Problems,
) -> (Edition, Label, Vec<T>) {
    let edition = Node::read(edition, Form::Toml, problems).and_then(|node| read_edition(&node, problems));
    let (edition, title) = edition.unwrap_or_else(|| (Edition::new("unknown"), Label::plain("")));
    let mut held = Vec::new();
    for text in texts {
        if let Some(node) = Node::read(text, Form::Toml, problems) {
            held.extend(read(&node, &edition, problems));
        }
    }
    (edition, title, held)
}

fn read_indices(texts: &[&str], problems: &mut Problems) -> Indices {
    let mut series = Vec::new();
    for text in texts {
        if let Some(node) = Node::read(text, Form::Toml, problems) {
            series.extend(read_series(&node, problems));
        }
    }
    refuse_twice(series.iter().map(|one| one.id()), problems);
    let indices = Indices::new(series);
    refuse_other_pivots(&indices, problems);
    indices
}

fn read_conventions(texts: &[&str], problems: &mut Problems) -> Vec<EmbeddedConvention> {
    let mut conventions = Vec::new();
    for text in texts {
        let Some(node) = Node::read(text, Form::Toml, problems) else { continue };
        if let Some(convention) = Convention::read(&node, problems) {
            conventions.push(EmbeddedConvention { node, convention });
        }
    }
    refuse_twice(conventions.iter().map(|embedded| embedded.convention.id.as_str()), problems);
    conventions
}

fn read_templates(edition: &str, texts: &[(&'static str, &'static str)], problems: &mut Problems) -> Vec<Template> {
    let edition = Node::read(edition, Form::Toml, problems).and_then(|node| read_edition(&node, problems));
    let (edition, _) = edition.unwrap_or_else(|| (Edition::new("unknown"), Label::plain("")));
    refuse_twice(texts.iter().map(|(id, _)| *id), problems);
    texts.iter().filter_map(|(id, text)| Template::read(id, text, &edition, problems)).collect()
}

/// Exchange goes through one currency, so all rates must be in it.
fn refuse_other_pivots(indices: &Indices, problems: &mut Problems) {
    let Some(pivot) = indices.pivot() else { return };
    for series in indices.series() {
        if matches!(series.scope(), Scope::Pair { currency, .. } if *currency != pivot) {
            let fault = ReferenceError::OtherPivot { series: series.id().to_owned(), pivot: pivot.to_string() };
            problems.add(&Place::document(), fault);
        }
    }
}

fn refuse_twice<'a>(ids: impl Iterator<Item = &'a str>, problems: &mut Problems) {
    let mut seen = HashSet::new();
    for id in ids {
        if !seen.insert(id) {
            problems.add(&Place::document(), ReferenceError::UsedTwice { id: id.to_owned() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::is_id;
    use crate::units::Unit;

    #[test]
    fn the_conventions_of_a_country_are_among_those_embedded() {
        let named: Vec<_> =
            countries().profiles().iter().filter_map(|profile| profile.conventions.as_deref()).collect();
        assert_eq!(named, ["norway-r109-2021", "denmark-2023", "ireland-2019", "uk-green-book-2022"]);
        assert!(named.into_iter().all(|id| Convention::embedded(id).is_ok()));
    }

    /// Reads everything there is and fails with all problems.
    fn proven<T>(read: impl Fn(&mut Problems) -> T) -> T {
        let mut problems = Problems::new();
        let found = read(&mut problems);
        if let Err(error) = problems.into_result() {
            panic!("{error}");
        }
        found
    }

    #[test]
    fn every_embedded_file_reads_without_a_problem() {
        assert_eq!(proven(|problems| read_countries(COUNTRIES, problems)).profiles().len(), 9);
        assert_eq!(proven(|problems| read_catalogue(EDITION, &CATALOGUE, problems)).entries().len(), 263);
        assert_eq!(proven(|problems| read_register(EFFECTS_EDITION, &EFFECTS, problems)).entries().len(), 90);
        assert_eq!(proven(|problems| read_indices(&INDICES, problems)).series().len(), 29);
        assert_eq!(proven(|problems| read_conventions(&CONVENTIONS, problems)).len(), CONVENTIONS.len());
        let templates = proven(|problems| read_templates(TEMPLATES_EDITION, &TEMPLATES, problems));
        assert_eq!(templates.len(), TEMPLATES.len());
    }

    #[test]
    fn every_unit_cost_has_an_edition_a_source_and_two_names() {
        let catalogue = catalogue();
        assert_eq!(catalogue.edition().as_str(), "2026-11");
        for entry in catalogue.entries() {
            assert!(is_id(&entry.id), "{}", entry.id);
            assert_eq!(&entry.edition, catalogue.edition(), "{}", entry.id);
            assert!(entry.source.url.as_deref().is_some_and(|url| url.starts_with("http")), "{}", entry.id);
            assert!(entry.name.nb.as_deref().is_some_and(|name| !name.is_empty()), "{}", entry.id);
            assert_eq!(entry.derived, entry.id.starts_with("der-"), "{}", entry.id);
            assert_eq!(entry.unit.to_string().parse::<Unit>().as_ref(), Ok(&entry.unit), "{}", entry.id);
            assert!(entry.value > rust_decimal::Decimal::ZERO, "{}", entry.id);
        }
    }

    #[test]
    fn every_unit_cost_is_in_the_currency_of_its_country() {
        for entry in catalogue().entries() {
            assert_eq!(countries().currency(entry.country.code()).as_ref(), Ok(&entry.currency), "{}", entry.id);
        }
    }

    #[test]
    fn each_file_of_the_catalogue_holds_one_country() {
        for text in CATALOGUE {
            let node = Node::from_toml(text).unwrap();
            let entries = proven(|problems| read_entries(&node, catalogue().edition(), problems));
            let first = entries.first().map(|entry| entry.country.whole().to_owned());
            assert!(entries.iter().all(|entry| Some(entry.country.whole()) == first.as_deref()), "{first:?}");
        }
    }

    #[test]
    fn what_is_wrong_with_an_edited_file_is_said_with_its_line() {
        let text = "[[entries]]\nid = 'No Such Id'\ncountry = 'Norge'\ndomain = 'prison'\nvalue = 1,5\n\
            [[entries]]\nid = 'two'\nvalue = 5\nlow = 6\n";
        let mut problems = Problems::new();
        read_catalogue(EDITION, &[text], &mut problems);
        let said = problems.into_result().unwrap_err().to_string();
        assert!(said.contains("(line 2, column 6): `No Such Id` is not an id: write a-z, 0-9 and `-`"), "{said}");
        assert!(said.contains("(line 3, column 11): `Norge` is not a country"), "{said}");
        assert!(said.contains("(line 4, column 10): unknown word `prison`: accepted are `justice`"), "{said}");
        assert!(said.contains("decimal comma"), "{said}");
        assert!(said.contains("`name` is missing"), "{said}");
        assert!(said.contains("(line 8, column 9): unit cost `5` lies outside its own range, `6` to `5`"), "{said}");
    }

    #[test]
    fn an_exchange_rate_into_another_currency_is_refused() {
        let [.., exchange, _] = INDICES;
        let mut problems = Problems::new();
        read_indices(
            &[&exchange.replacen("currency = \"NOK\"\nper = \"USD\"", "currency = \"EUR\"\nper = \"USD\"", 1)],
            &mut problems,
        );
        assert!(problems.into_result().unwrap_err().to_string().contains("`exchange-usd-nok` is not in NOK"));
    }

    #[test]
    fn an_id_used_in_two_files_is_refused() {
        let mut problems = Problems::new();
        let [first, ..] = CATALOGUE;
        read_catalogue(EDITION, &[first, first], &mut problems);
        assert!(problems.into_result().unwrap_err().to_string().contains("id `no-prison-high-place` is used twice"));
    }
}
