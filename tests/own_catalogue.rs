//! A catalogue of the caller's own: what models may name beside the embedded unit costs, and what is refused.

use impact_core::Model;
use impact_core::model::{Measure, Origin, Perspective};
use impact_core::reference::Catalogue;
use std::sync::Arc;

const OWN: &str = include_str!("../fixtures/catalogues/own.toml");

const MODEL: &str = r#"
    impact = 1
    name = "Gardening group"
    country = "NO"
    currency = "NOK"
    price_year = 2024
    start = 2024
    holders = [ { id = "neighbours", kind = "people" }, { id = "town", kind = "public", level = "municipality" } ]
    [[outcomes]]
    id = "out-of-day-centre"
    holder = "neighbours"
    quantity = 2
    deadweight = 0
    values = [ { id = "place", proxy = "our-day-centre", kind = "fiscal" } ]
"#;

fn own() -> Arc<Catalogue> {
    Arc::new(Catalogue::from_toml(OWN).unwrap())
}

fn told(text: &str) -> String {
    Model::from_toml_with(text, own()).unwrap_err().to_string()
}

fn refused(text: &str) -> String {
    Catalogue::from_toml(text).unwrap_err().to_string()
}

#[test]
fn a_model_names_entries_of_the_callers_own() {
    let model = Model::from_toml_with(MODEL, own()).unwrap();
    let npv = model.appraise().unwrap().measure(Measure::Npv, Perspective::Holder("town".to_owned())).unwrap();
    assert_eq!(npv.value.unwrap().normalize().to_string(), "168001"); // 2 × 84,000.50
    let used = model.assumptions().iter().find(|number| number.address.as_str() == "catalogue.our-day-centre").unwrap();
    assert_eq!(used.origin, Origin::Catalogue("our-day-centre".to_owned()));
    assert!(used.marks.illustrative);
    assert_eq!(used.source.as_ref().unwrap().to_string(), "accounts 2024, function 254");
}

#[test]
fn results_name_the_edition_and_the_hash_of_the_catalogue_they_used() {
    let made = Model::from_toml_with(MODEL, own()).unwrap().appraise().unwrap().provenance();
    assert_eq!(made.own_catalogue_edition.as_deref(), Some("2024"));
    assert_eq!(made.own_catalogue_hash.as_ref(), own().hash());
    assert_eq!(made.catalogue_edition, None);
    let both = MODEL.replace(
        "kind = \"fiscal\" }",
        "kind = \"fiscal\" }, { id = \"aid\", proxy = \"der-no-sosialhjelp-year-2022\", kind = \"fiscal\", \
         conversion = { months_per_recipient = 12 } }",
    );
    let made = Model::from_toml_with(&both, own());
    let made = made.unwrap_or_else(|error| panic!("{error}")).appraise().unwrap().provenance();
    assert!(made.catalogue_edition.is_some() && made.own_catalogue_edition.is_some());
    let unused = MODEL.replace("proxy = \"our-day-centre\"", "value = 1, unit = \"person-year\"");
    let made = Model::from_toml_with(&unused, own()).unwrap().appraise().unwrap().provenance();
    assert_eq!((made.own_catalogue_edition, made.own_catalogue_hash), (None, None));
}

#[test]
fn an_override_keeps_the_catalogue_and_may_replace_its_figure() {
    let model = Model::from_toml_with(MODEL, own()).unwrap();
    let npv = |model: &Model| {
        let figure = model.appraise().unwrap().measure(Measure::Npv, Perspective::Holder("town".to_owned())).unwrap();
        figure.value.unwrap().normalize().to_string()
    };
    let more = model.with("outcomes.out-of-day-centre.quantity", 4).unwrap();
    assert_eq!(npv(&more), "336002");
    let dearer = model.with("catalogue.our-day-centre", 100_000).unwrap();
    assert_eq!(npv(&dearer), "200000");
    assert!(dearer.appraise().unwrap().provenance().own_catalogue_hash.is_some());
}

#[test]
fn another_catalogue_makes_another_model() {
    let model = |text: &str| Model::from_toml_with(MODEL, Catalogue::from_toml(text).unwrap()).unwrap();
    assert_eq!(model(OWN), model(&format!("# laid out otherwise\n{OWN}")));
    assert_ne!(model(OWN), model(&OWN.replace("84_000.50", "84_001")));
}

#[test]
fn without_the_catalogue_the_id_is_unknown() {
    let error = Model::from_toml(MODEL).unwrap_err().to_string();
    assert!(error.contains("`our-day-centre` is not in the catalogue"), "{error}");
    let mistyped = told(&MODEL.replace("our-day-centre", "our-day-center"));
    assert!(mistyped.contains("near to it are `our-day-centre`"), "{mistyped}");
}

#[test]
fn several_payers_without_shares_are_not_posted_to_one() {
    let shelter = "proxy = \"our-night-shelter\", conversion = { per_unit = 1 }";
    let error = told(&MODEL.replace("proxy = \"our-day-centre\"", shelter));
    assert!(
        error.contains("`our-night-shelter` is paid by Kommunen og Kirkens Bymisjon: say who gains with `to`"),
        "{error}"
    );
    let text = OWN.replace("payers = [\"municipality\"]\n", "");
    let error = Model::from_toml_with(MODEL, Catalogue::from_toml(&text).unwrap()).unwrap_err().to_string();
    assert!(error.contains("the catalogue does not say who pays `our-day-centre`: say who gains with `to`"), "{error}");
}

#[test]
fn a_unit_that_does_not_say_what_it_counts_needs_a_conversion() {
    let error = told(&MODEL.replace("proxy = \"our-day-centre\"", "proxy = \"our-night-shelter\", to = \"town\""));
    assert!(error.contains("unstated-week") && error.contains("person-year"), "{error}");
}

#[test]
fn an_entry_says_less_where_nobody_knows_more() {
    let own = own();
    let shelter = own.get("our-night-shelter").unwrap();
    assert_eq!((shelter.grade, shelter.domain.word(), shelter.cashable.word()), (None, "other", "unknown"));
    assert_eq!((own.title().to_string().as_str(), own.entries().len()), ("What our municipality pays", 2));
    assert_eq!(Catalogue::from_toml(&own.document().unwrap().to_toml()).unwrap().hash(), own.hash());
    assert_eq!(Catalogue::from_json(&own.document().unwrap().to_json()).unwrap().hash(), own.hash());
}

#[test]
fn all_that_is_wrong_with_a_catalogue_is_said_with_its_line() {
    let said = refused(
        "catalogue = 2\nedition = \"\"\ntitle = \"Ours\"\ntitel = 1\n[[entries]]\nid = \"a\"\ncountry = \"Norge\"\nname = \" \"\n\
         unit = \"person-year\"\nvalue = 1\nlow = 2\ncurrency = \"NOK\"\nprice_year = 24\npayers = [\"kommune\"]\nsource = \"\"\n",
    );
    for part in [
        "catalogue (line 1, column 13): `catalogue = 2` is not known: this version reads `catalogue = 1`",
        "edition (line 2, column 11): the edition is empty",
        "unknown key `titel`: did you mean `title`?",
        "entries.a.country (line 7, column 11): `Norge` is not a country",
        "entries.a.name (line 8, column 8): the name is empty",
        "entries.a.value (line 10, column 9): unit cost `1` lies outside its own range, `2` to `1`",
        "entries.a.price_year (line 13, column 14): year `24` is not",
        "unknown word `kommune`",
        "entries.a.source (line 15, column 10): the source is empty",
    ] {
        assert!(said.contains(part), "{part}\n in\n{said}");
    }
}

#[test]
fn an_id_stands_for_one_figure() {
    let said = refused(&OWN.replace("our-night-shelter", "no-prison-high-place"));
    assert!(
        said.contains("`no-prison-high-place` is an entry of the embedded catalogue: give yours another id"),
        "{said}"
    );
    let said = refused(&OWN.replace("our-night-shelter", "our-day-centre"));
    assert!(said.contains("our-day-centre") && said.contains("twice"), "{said}");
}
