//! What a model holds at an address may be asked back as a distribution, in the form of its document.

use impact_core::Model;
use impact_core::address::Address;
use impact_core::document::{Node, Table};
use impact_core::model::Uncertain;
use std::fs;
use std::path::Path;

fn models() -> impl Iterator<Item = Model> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/models");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.extension().is_some_and(|form| form == "toml"))
        .map(|path| Model::from_toml(&fs::read_to_string(path).unwrap()).unwrap())
}

#[test]
fn every_distribution_of_every_model_is_given_back_in_a_form_that_reads_to_itself() {
    let mut varied = 0;
    for model in models() {
        for assumption in model.assumptions() {
            let found = model.uncertain(assumption.address.as_str()).unwrap();
            assert_eq!(found.as_ref().map(Uncertain::distribution), assumption.distribution.as_ref());
            varied += usize::from(found.is_some());
            if let Some(found) = found {
                assert_eq!(Uncertain::read(found.form()).unwrap(), found);
            }
        }
    }
    assert!(varied > 60, "only {varied} numbers vary");
}

#[test]
fn every_interval_of_the_register_has_a_form() {
    let mut found = 0;
    for effect in impact_core::reference::Effects::embedded().entries() {
        let Ok(contrast) = effect.contrast() else { continue };
        let form = contrast.distribution_form().map(|form| Node::new(Address::root(), form));
        let read = form.map(|form| Uncertain::read(&form).unwrap().distribution().clone());
        assert_eq!(read, contrast.distribution(), "{}", effect.id);
        found += usize::from(read.is_some());
    }
    assert!(found > 5, "only {found} effects vary");
}

#[test]
fn a_form_by_itself_is_refused_as_in_a_document() {
    let told = |text: &str| Uncertain::read(&Node::from_toml(text).unwrap()).unwrap_err().to_string();
    assert!(
        told("value = 3").starts_with("document (line 1, column 1): unknown key `value`: the keys here are `uniform`")
    );
    assert!(told("best = 3").starts_with("document (line 1, column 1): unknown key `best`"));
    let both = told("pert = [1, 2, 3]\nuniform = [1, 2]");
    assert!(both.ends_with("`uniform` and `pert` are given: a number has one of them"), "{both}");
    let misspelt = told("range90 = [1, 2]\nshape = 'normall'");
    assert!(
        misspelt.starts_with("shape (line 2, column 9): unknown word `normall`: did you mean `normal`?"),
        "{misspelt}"
    );
}

#[test]
fn a_parameter_that_is_wrong_by_itself_names_its_own_place() {
    let told = |text: &str| Uncertain::read(&Node::from_toml(text).unwrap()).unwrap_err().to_string();
    assert_eq!(told("gamma = { mean = 3, sd = -2 }"), "gamma.sd (line 1, column 26): gamma: sd `-2` is not above 0");
    assert_eq!(
        told("truncated = { of = { beta = { mean = 1.4, sd = 0.1 } }, low = 0.1 }"),
        "truncated.of.beta.mean (line 1, column 38): beta: mean `1.4` is not between 0 and 1, both excluded"
    );
    assert_eq!(
        told("pert = [1, 5, 3]"),
        "pert (line 1, column 8): pert needs low <= most likely <= high with low < high, got `1`, `5`, `3`"
    );
}

#[test]
fn forms_nested_without_end_are_refused() {
    let nested = |levels: usize| {
        let form = "{\"truncated\":{\"low\":-9,\"of\":".repeat(levels);
        let text = format!("{form}{{\"normal\":{{\"mean\":0,\"sd\":1}}}}{}", "}}".repeat(levels));
        let mut form = Table::default();
        let inner = Node::from_json(&text).unwrap();
        form.insert("truncated", inner.as_table().unwrap().get("truncated").unwrap().value.clone()).unwrap();
        form
    };
    let twice = |levels: usize| {
        let mut cut = Table::default();
        cut.insert("of", nested(levels)).unwrap();
        cut.insert("high", 9).unwrap();
        let mut form = Table::default();
        form.insert("truncated", cut).unwrap();
        Uncertain::read(&Node::new(Address::root(), form))
    };
    assert!(twice(13).is_ok());
    assert!(twice(15).unwrap_err().to_string().ends_with(": nested more than 32 levels deep"));
}
