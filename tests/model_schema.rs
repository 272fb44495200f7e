//! The schema of the document says what the reader reads: the same keys in every table, the same words for every choice.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot read its document has failed"
)]

use impact_core::Model;
use impact_core::distribution::{FORMS, Layout};
use impact_core::document::{DocumentError, Node};
use impact_core::model::{Measure, schema};
use serde_json::Value;
use std::collections::BTreeSet;

const SHAPE: &str = include_str!("../fixtures/models/shape.toml");
/// Parts of conventions that no document of the fixtures overrides.
const RULES: &str = r#"
impact = 1
name = "Own rules"
country = "NO"
currency = "NOK"
price_year = 2024
start = 2024
holders = [ { id = "people", kind = "people" } ]
[conventions]
base = "wsipp"
discount = { alternatives = { low = { bands = [ { from_step = 1, rate = 0.01 } ] } } }
growth = { social = "none" }
corrections = { by = "none" }
[plus_minus]
title = "Own scale"
edition = "1"
source = "the municipality"
low = { small = 0, medium = 1, large = 1 }
medium = { small = 1, medium = 2, large = 3 }
high = { small = 2, medium = 3, large = 4 }
"#;
const EFFECTS: &str = include_str!("../fixtures/models/effects.toml");
const PURSES: &str = include_str!("../fixtures/models/danish-housing-first.toml");
const PRISON: &str = include_str!("../fixtures/models/prison-wing.toml");
const WORKSHOP: &str = include_str!("../fixtures/models/bike-workshop.toml");
const EARLY_HELP: &str = include_str!("../fixtures/models/early-help.toml");
const PAID: &str = include_str!("../fixtures/models/paid-by-results.toml");
const WORK: &str = include_str!("../fixtures/models/work.toml");

/// Each table of the schema, and where one stands in the document of shapes, or else in that of effects, of early help of a workshop or of work.
/// A payment that asks whether an effect is more than chance, below the contract of `PAID`.
const CHANCE: &str = r#"
[[contract.metrics]]
id = "nights"
kind = "rate"
direction = "decrease"
indicators = [{ scheme = "indigo", id = "metric-1" }]
[[contract.estimates]]
id = "fewer-nights"
metric = "nights"
effect = "relative"
against = { group = "matched" }
[[contract.estimates]]
id = "other-nights"
metric = "nights"
effect = "relative"
against = { groups = [{ group = "near" }, { group = "far", from = 2025-07-01 }] }
[[contract.milestones]]
id = "mid-term"
on = 2030-06-30
[contract.terminated]
on = 2029-12-31
[[contract.payments]]
id = "surely-fewer"
of = "fewer-returned"
schedule = { fixed = 1 }
due = { on = [2030-12-31] }
indexed = { by = "cpi-no", base = 2021, year = "due" }
requires = [
    { people = "fewer-returned", at_least = 5 },
    { significant = "fewer-returned", test = "fisher", level = 0.95, side = "one" },
    { significant = "fewer-nights", test = "negative-binomial", dispersion = 1, level = 0.95, side = "two" },
]
"#;

/// What is supposed of two metrics of `PAID` with `CHANCE`.
const TRUTH: &str = r#"
[truth]
source = "illustrative"
[[truth.metrics]]
id = "nights"
counterfactual = 4
effect = 0.1
effect_in = "relative"
scatter = { dispersion = 0.6 }
[[truth.metrics]]
id = "returned"
counterfactual = 0.4
effect = 0.1
scatter = "binomial"
[[truth.cohorts]]
id = "one"
date = 2025-06-30
people = 50
compared = 500
"#;

/// A finance with every part, below the contract of `PAID`.
const FINANCE: &str = r#"
[contract.finance]
source = "invented"
day_count = "act/365"
distribution = "as-paid"
waterfall = [
    { coupon = ["loan"] }, { principal = ["loan", "bond"] }, { coupon = ["bond"] }, { fee = "arranger" },
    { surplus = [{ tranche = "loan", share = 1 }] },
]
caps = [{ rate = 0.1 }]
guarantees = [{ id = "half", holder = "state", of = "drawn", schedule = { share = 0.5 }, covers = "principal", called = [2025-12-31], recovers = true }, { id = "rest", holder = "state", of = "committed", schedule = { share = 0.1 }, called = "at-end" }]
fees = [{ id = "arranger", to = "provider", of = "payments", schedule = { share = 0.1 } }]
costs = [
    { id = "service", to = "provider", paid = [{ date = 2025-01-01, amount = 1 }] },
    { id = "later", to = "provider", paid = { from = 2025-02-01, to = 2025-03-01, every = 1, amount = 1 } },
]
delivery = [{ id = "staff", by = "provider", paid = [{ date = 2025-01-01, amount = 1 }] }]
takeover = { by = "state", on = 2025-06-30, payment = "days", reaches = 1, repays = 1 }
[[contract.finance.tranches]]
id = "loan"
holder = "provider"
commitment = 100
drawdowns = [{ date = 2025-01-01, share = 0.5 }]
repayments = [{ date = 2025-12-31, share = 1 }]
coupon = { rate = 0.05, deferral = "simple", paid_from = "proceeds", day_count = "act/365", due = { from = 2025-06-30, to = 2025-12-30, every = 6 } }
[[contract.finance.tranches]]
id = "bond"
holder = "provider"
commitment = 100
drawdowns = { from = 2025-01-01, to = 2025-02-01, every = 1, share = 0.5 }
principal = { of = "days", between = "line", below = "flat", above = "flat", shares = [{ at = 1, share = 1 }] }
coupon = { of = "days", between = "steps", rates = [{ at = 1, rate = 0.1 }], deferral = "lapses" }
[[contract.finance.tranches]]
id = "gift"
holder = "provider"
commitment = 100
repaid = "never"
"#;

const TABLES: &[(&str, &str)] = &[
    ("", ""),
    ("/$defs/languages", "name"),
    ("/$defs/citation", "assumptions.months-per-recipient.source"),
    ("/$defs/use", "outcomes.into-work.deadweight"),
    ("/$defs/leaf", "inflation"),
    ("/$defs/leaf", "outcomes.into-work.quantity"),
    ("/$defs/shared", "assumptions.months-per-recipient"),
    ("/$defs/conventions", "conventions"),
    ("/$defs/discount", "conventions.discount"),
    ("/$defs/alternative", "conventions.discount.alternatives.low"),
    ("/$defs/class-growth", "conventions.growth"),
    ("/$defs/corrections", "conventions.corrections"),
    ("/$defs/timing", "conventions.discount.timing"),
    ("/$defs/combination", "conventions.combination"),
    ("/$defs/ratios", "conventions.ratios"),
    ("/$defs/financing", "conventions.financing"),
    ("/$defs/prices", "conventions.prices"),
    ("/$defs/rounding", "conventions.rounding"),
    ("/$defs/holder", "holders.participants"),
    ("/$defs/holder", "holders.state"),
    ("/$defs/group", "groups.low-income"),
    ("/$defs/weighting", "weighting"),
    ("/$defs/non-priced", "non_priced.belonging"),
    ("/$defs/judged-on", "non_priced.belonging.evidence"),
    ("/$defs/plus-minus", "plus_minus"),
    ("/$defs/goal", "goals.work"),
    ("/$defs/enterprise", "enterprise"),
    ("/$defs/volume", "enterprise.volume"),
    ("/$defs/own-income", "enterprise.income.sales"),
    ("/$defs/own-cost", "enterprise.costs.rent"),
    ("/$defs/steps", "plus_minus.low"),
    ("/$defs/contract", "contract"),
    ("/$defs/payer", "contract.payers.0"),
    ("/$defs/truth", "truth"),
    ("/$defs/true-metric", "truth.metrics.nights"),
    ("/$defs/scatter", "truth.metrics.nights.scatter"),
    ("/$defs/true-cohort", "truth.cohorts.one"),
    ("/$defs/unit-of-payment", "contract.rounding"),
    ("/$defs/most-by-scope", "contract.at_most"),
    ("/$defs/cohort", "contract.cohorts.spring"),
    ("/$defs/metric", "contract.metrics.returned"),
    ("/$defs/indicator", "contract.metrics.nights.indicators.metric-1"),
    ("/$defs/compared", "contract.estimates.fewer-returned"),
    ("/$defs/against", "contract.estimates.fewer-returned.against"),
    ("/$defs/pooled", "contract.estimates.both-cohorts"),
    ("/$defs/mixed", "contract.estimates.mixed"),
    ("/$defs/weighed", "contract.estimates.mixed.mix.0"),
    ("/$defs/payment", "contract.payments.started"),
    ("/$defs/schedule", "contract.payments.started.schedule"),
    ("/$defs/schedule-of-steps", "contract.payments.fewer-returned.schedule"),
    ("/$defs/schedule-of-lines", "contract.payments.bonus.schedule"),
    ("/$defs/points", "contract.payments.second-chance.schedule.per_point"),
    ("/$defs/corner", "contract.payments.bonus.schedule.line.0"),
    ("/$defs/price-band", "contract.payments.days.schedule.bands.0"),
    ("/$defs/reaches", "contract.payments.bonus.requires.0"),
    ("/$defs/requires", "contract.payments.kept.requires.0"),
    ("/$defs/enough-people", "contract.payments.surely-fewer.requires.0"),
    ("/$defs/indexed", "contract.payments.surely-fewer.indexed"),
    ("/$defs/milestone", "contract.milestones.mid-term"),
    ("/$defs/termination", "contract.terminated"),
    ("/$defs/due", "contract.payments.surely-fewer.due"),
    ("/$defs/control", "contract.estimates.other-nights.against.groups.1"),
    ("/$defs/significant", "contract.payments.surely-fewer.requires.1"),
    ("/$defs/significant-of-clusters", "contract.payments.surely-fewer.requires.2"),
    ("/$defs/repeats", "contract.payments.kept.repeats"),
    ("/$defs/finance", "contract.finance"),
    ("/$defs/day-series", "contract.finance.tranches.loan.coupon.due"),
    ("/$defs/tranche", "contract.finance.tranches.loan"),
    ("/$defs/drawdown", "contract.finance.tranches.loan.drawdowns.0"),
    ("/$defs/drawdown-series", "contract.finance.tranches.bond.drawdowns"),
    ("/$defs/paid-on-day", "contract.finance.costs.service.paid.0"),
    ("/$defs/paid-series", "contract.finance.costs.later.paid"),
    ("/$defs/instalment", "contract.finance.tranches.loan.repayments.0"),
    ("/$defs/measured-principal", "contract.finance.tranches.bond.principal"),
    ("/$defs/share-at", "contract.finance.tranches.bond.principal.shares.0"),
    ("/$defs/rate-at", "contract.finance.tranches.bond.coupon.rates.0"),
    ("/$defs/coupon", "contract.finance.tranches.loan.coupon"),
    ("/$defs/service-cost", "contract.finance.costs.service"),
    ("/$defs/delivery", "contract.finance.delivery.staff"),
    ("/$defs/success-fee", "contract.finance.fees.arranger"),
    ("/$defs/guarantee", "contract.finance.guarantees.half"),
    ("/$defs/cap", "contract.finance.caps.0"),
    ("/$defs/takeover", "contract.finance.takeover"),
    ("/$defs/waterfall-step", "contract.finance.waterfall.0"),
    ("/$defs/surplus-share", "contract.finance.waterfall.4.surplus.0"),
    ("/$defs/cost", "costs.cooperation"),
    ("/$defs/cost", "costs.follow-up"),
    ("/$defs/optimism-bias", "costs.follow-up.optimism_bias"),
    ("/$defs/growth", "growth.wages"),
    ("/$defs/series", "indices.euro-wages"),
    ("/$defs/transfer", "transfers.grant"),
    ("/$defs/reimbursement", "reimbursements.shelter-after"),
    ("/$defs/capacity", "capacities.wing"),
    ("/$defs/outcome", "outcomes.into-work"),
    ("/$defs/outcome", "outcomes.fewer-sentences"),
    ("/$defs/chain", "outcomes.fewer-sentences.quantity"),
    ("/$defs/effect", "outcomes.education.quantity"),
    ("/$defs/effect/properties/effect", "outcomes.education.quantity.effect"),
    ("/$defs/effect/properties/effect", "outcomes.supported-work.quantity.effect"),
    ("/$defs/difference-point", "outcomes.supported-work.quantity.effect.path.1"),
    ("/$defs/path", "outcomes.garden.quantity"),
    ("/$defs/units-point", "outcomes.garden.quantity.path.0"),
    ("/$defs/register", "outcomes.education.quantity.effect.baseline"),
    ("/$defs/attribution", "outcomes.into-work.attribution"),
    ("/$defs/displacement", "outcomes.into-work.displacement"),
    ("/$defs/evidence", "outcomes.into-work.evidence"),
    ("/$defs/value", "outcomes.into-work.values.social-assistance"),
    ("/$defs/value", "outcomes.into-work.values.allowance"),
    ("/$defs/conversion", "outcomes.into-work.values.social-assistance.conversion"),
    ("/$defs/employment", "outcomes.in-work.employment"),
    ("/$defs/benefit", "outcomes.in-work.employment.benefits.aap"),
    ("/$defs/question", "questions.how-many"),
    ("/$defs/reported", "reported.ratio"),
    ("/$defs/silence", "silenced.0"),
    ("/$defs/correlation", "correlations.one-interview"),
    ("/$defs/correlation", "correlations.one-trial"),
    ("/$defs/forms", "outcomes.fewer-sentences.quantity.chain.success.truncated.of"),
    ("/$defs/forms/properties/truncated", "outcomes.fewer-sentences.quantity.chain.success.truncated"),
    ("/$defs/forms/properties/histogram", "outcomes.into-work.duration.histogram"),
];

/// Each choice of the schema, and where one stands in the document.
const CHOICES: &[(&str, &str)] = &[
    ("/$defs/true-metric/properties/effect_in", "truth.metrics.nights.effect_in"),
    ("/$defs/true-metric/properties/scatter/anyOf/0", "truth.metrics.returned.scatter"),
    ("/$defs/indicator/properties/scheme", "contract.metrics.nights.indicators.metric-1.scheme"),
    ("/$defs/grade", "assumptions.months-per-recipient.grade"),
    ("/$defs/grade", "outcomes.into-work.evidence.grade"),
    ("/$defs/forms/properties/shape", "catalogue.no-prison-high-place.shape"),
    ("/$defs/discount/properties/origin", "conventions.discount.origin"),
    ("/$defs/timing/properties/costs", "conventions.discount.timing.costs"),
    ("/$defs/timing/properties/outcomes", "conventions.discount.timing.outcomes"),
    ("/$defs/combination/properties/filters", "conventions.combination.filters"),
    ("/$defs/combination/properties/drop_off", "conventions.combination.drop_off"),
    ("/$defs/combination/properties/attribution", "conventions.combination.attribution"),
    ("/$defs/combination/properties/transfers", "conventions.combination.transfers"),
    ("/$defs/ratios/properties/kind", "conventions.ratios.kind"),
    ("/$defs/ratios/properties/denominator", "conventions.ratios.denominator"),
    ("/$defs/financing/properties/base", "conventions.financing.base"),
    ("/$defs/corrections/properties/by", "conventions.corrections.by"),
    ("/$defs/evidence/properties/includes", "outcomes.into-work.evidence.includes"),
    ("/$defs/ratios/properties/willingness_to_pay", "conventions.ratios.willingness_to_pay"),
    ("/$defs/ratios/properties/nothing_for_nothing", "conventions.ratios.nothing_for_nothing"),
    ("/$defs/value/properties/wtp", "outcomes.children-thrive.values.wellbeing.wtp"),
    ("/$defs/prices/properties/index", "conventions.prices.index"),
    ("/$defs/priced-at", "outcomes.in-work.employment.prices"),
    ("/$defs/prices/properties/exchange", "conventions.prices.exchange"),
    ("/$defs/holder/properties/kind", "holders.participants.kind"),
    ("/$defs/holder/properties/level", "holders.state.level"),
    ("/$defs/cost/properties/price_basis", "costs.cooperation.price_basis"),
    ("/$defs/transfer/properties/price_basis", "transfers.grant.price_basis"),
    ("/$defs/non-priced/properties/importance", "non_priced.belonging.importance"),
    ("/$defs/non-priced/properties/size", "non_priced.belonging.size"),
    ("/$defs/non-priced/properties/direction", "non_priced.belonging.direction"),
    ("/$defs/own-income/properties/kind", "enterprise.income.sales.kind"),
    ("/$defs/own-cost/properties/kind", "enterprise.costs.rent.kind"),
    ("/$defs/own-income/properties/price_basis", "enterprise.income.sales.price_basis"),
    ("/$defs/own-cost/properties/price_basis", "enterprise.costs.rent.price_basis"),
    ("/$defs/unit-of-payment/properties/rule", "contract.rounding.rule"),
    ("/$defs/metric/properties/kind", "contract.metrics.returned.kind"),
    ("/$defs/metric/properties/direction", "contract.metrics.returned.direction"),
    ("/$defs/compared/properties/effect", "contract.estimates.fewer-returned.effect"),
    ("/$defs/payment/properties/per", "contract.payments.fewer-returned.per"),
    ("/$defs/boundary", "contract.payments.bonus.requires.0.boundary"),
    ("/$defs/significant/properties/test", "contract.payments.surely-fewer.requires.1.test"),
    ("/$defs/indexed/properties/year", "contract.payments.surely-fewer.indexed.year"),
    ("/$defs/sides", "contract.payments.surely-fewer.requires.1.side"),
    ("/$defs/boundary", "contract.payments.fewer-returned.schedule.boundary"),
    ("/$defs/outside", "contract.payments.bonus.schedule.below"),
    ("/$defs/day-count", "contract.finance.day_count"),
    ("/$defs/day-count", "contract.finance.tranches.loan.coupon.day_count"),
    ("/$defs/distribution-word", "contract.finance.distribution"),
    ("/$defs/between", "contract.finance.tranches.bond.principal.between"),
    ("/$defs/tranche/properties/repaid", "contract.finance.tranches.gift.repaid"),
    ("/$defs/coupon/properties/deferral", "contract.finance.tranches.loan.coupon.deferral"),
    ("/$defs/coupon/properties/paid_from", "contract.finance.tranches.loan.coupon.paid_from"),
    ("/$defs/success-fee/properties/of", "contract.finance.fees.arranger.of"),
    ("/$defs/guarantee/properties/of", "contract.finance.guarantees.half.of"),
    ("/$defs/guarantee/properties/called/anyOf/0", "contract.finance.guarantees.rest.called"),
    ("/$defs/guarantee/properties/covers", "contract.finance.guarantees.half.covers"),
    ("/$defs/outcome/properties/direction", "outcomes.into-work.direction"),
    ("/$defs/outcome/properties/nature", "outcomes.into-work.nature"),
    ("/$defs/outcome/properties/measured", "outcomes.into-work.measured"),
    ("/$defs/outcome/properties/intakes/anyOf/0", "outcomes.into-work.intakes"),
    ("/$defs/value/properties/kind", "outcomes.into-work.values.allowance.kind"),
    ("/$defs/index/anyOf/0", "outcomes.into-work.values.allowance.index"),
    ("/$defs/index/anyOf/0", "costs.start-up.index"),
    ("/$defs/value/properties/basis", "outcomes.into-work.values.allowance.basis"),
];

fn parsed() -> Value {
    serde_json::from_str(schema()).unwrap()
}

fn strings(values: &Value) -> BTreeSet<String> {
    values.as_array().unwrap().iter().map(|value| value.as_str().unwrap().to_owned()).collect()
}

fn keys(table: &Value) -> BTreeSet<String> {
    table.as_object().unwrap().keys().cloned().collect()
}

/// What the reader says of a document with something strange put at an address.
fn faults(address: &str) -> Vec<DocumentError> {
    let table = address.strip_suffix(".zzzzzzzzzz").unwrap_or(address).parse().unwrap();
    let financed = format!("{PAID}{CHANCE}{FINANCE}{TRUTH}");
    let documents = [SHAPE, EFFECTS, EARLY_HELP, PURSES, PRISON, WORKSHOP, WORK, RULES, PAID, &financed]
        .map(|text| Node::from_toml(text).unwrap());
    let found = documents.iter().find(|node| node.at(&table).is_some());
    let node = found.unwrap_or(&documents[0]).clone();
    let node = node.with(&address.parse().unwrap(), "zzzzzzzzzz").unwrap();
    let error = Model::from_node(node).expect_err(address);
    error.problems().iter().filter_map(|problem| problem.fault.downcast_ref::<DocumentError>().cloned()).collect()
}

#[test]
fn every_table_of_the_schema_has_the_keys_of_the_reader() {
    let schema = parsed();
    for (table, address) in TABLES {
        let stray = if address.is_empty() { "zzzzzzzzzz".to_owned() } else { format!("{address}.zzzzzzzzzz") };
        let known = faults(&stray).into_iter().find_map(|fault| match fault {
            DocumentError::UnknownKey { key, known, .. } if key == "zzzzzzzzzz" => Some(known),
            _ => None,
        });
        let known: BTreeSet<String> = known.expect(address).into_iter().collect();
        let mut said = keys(schema.pointer(&format!("{table}/properties")).expect(table));
        if *table == "/$defs/forms" && !known.contains("shape") {
            said.remove("shape");
        }
        assert_eq!(known, said, "{table} at {address}");
    }
}

#[test]
fn every_choice_of_the_schema_has_the_words_of_the_reader() {
    let schema = parsed();
    for (choice, address) in CHOICES {
        let accepted = faults(address).into_iter().find_map(|fault| match fault {
            DocumentError::UnknownWord { accepted, .. } => Some(accepted),
            _ => None,
        });
        let mut accepted: BTreeSet<String> = accepted.expect(address).into_iter().collect();
        // A price series of the document's own is named like an index; the schema knows it as an id.
        accepted.remove("euro-wages");
        assert_eq!(accepted, strings(&schema.pointer(choice).expect(choice)["enum"]), "{choice}");
    }
    let measures = Measure::all().map(|measure| measure.name().to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(measures, strings(&schema["$defs"]["question"]["properties"]["measure"]["enum"]));
}

#[test]
fn every_table_and_choice_of_the_schema_is_compared() {
    fn walk(value: &Value, path: &str, found: &mut BTreeSet<String>) {
        let Some(table) = value.as_object() else { return };
        let closed = table.get("additionalProperties") == Some(&Value::Bool(false));
        if closed || table.contains_key("enum") {
            found.insert(path.to_owned());
        }
        for (key, value) in table {
            walk(value, &format!("{path}/{key}"), found);
            if let Some(list) = value.as_array() {
                for (position, value) in list.iter().enumerate() {
                    walk(value, &format!("{path}/{key}/{position}"), found);
                }
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(&parsed(), "", &mut found);
    let compared: BTreeSet<&str> = TABLES.iter().chain(CHOICES).map(|(pointer, _)| *pointer).collect();
    // Parameters of distributions are compared with the list of forms, bands with the embedded conventions.
    let elsewhere = |path: &str| {
        path.starts_with("/$defs/forms/properties/")
            || ["/$defs/mean-sd", "/$defs/quantiles", "/$defs/band", "/$defs/question/properties/measure"]
                .contains(&path)
    };
    let missed: Vec<&String> =
        found.iter().filter(|path| !compared.contains(path.as_str()) && !elsewhere(path)).collect();
    assert!(missed.is_empty(), "{missed:?}");
}

#[test]
fn the_schema_has_every_form_with_every_way_to_give_its_parameters() {
    let schema = parsed();
    let forms = &schema["$defs"]["forms"]["properties"];
    let names: BTreeSet<String> = FORMS.iter().map(|form| form.name.to_owned()).chain(["shape".to_owned()]).collect();
    assert_eq!(keys(forms), names);
    let resolved = |value: &Value| match value["$ref"].as_str() {
        Some(reference) => schema.pointer(reference.trim_start_matches('#')).unwrap().clone(),
        None => value.clone(),
    };
    for form in FORMS {
        let said = &forms[form.name];
        let ways: Vec<Value> = match said["anyOf"].as_array() {
            Some(ways) => ways.iter().map(resolved).collect(),
            None => vec![resolved(said)],
        };
        let mut tables: Vec<BTreeSet<String>> =
            ways.iter().filter(|way| way["properties"].is_object()).map(|way| keys(&way["properties"])).collect();
        let mut expected: Vec<BTreeSet<String>> = form.layouts.iter().filter_map(parameters).collect();
        tables.sort();
        expected.sort();
        assert_eq!(tables, expected, "{}", form.name);
        let rows: BTreeSet<u64> = ways.iter().filter_map(|way| way["minItems"].as_u64()).collect();
        let expected: BTreeSet<u64> = form
            .layouts
            .iter()
            .filter_map(|layout| match layout {
                Layout::Row { parameters, .. } => Some(parameters.len() as u64),
                _ => None,
            })
            .collect();
        assert_eq!(rows, expected, "{}", form.name);
    }
}

fn parameters(layout: &Layout) -> Option<BTreeSet<String>> {
    let set = |keys: &[&str]| Some(keys.iter().map(|key| (*key).to_owned()).collect());
    match layout {
        Layout::Table { parameters, .. } => set(parameters),
        Layout::Quantiles { .. } => set(&["quantiles"]),
        Layout::Bins => set(&["edges", "weights"]),
        Layout::Cut => set(&["of", "low", "high"]),
        _ => None,
    }
}

#[test]
fn every_form_is_read_as_its_example_is_written() {
    for form in FORMS {
        let text = SHAPE.replace("value = -70_000", &format!("value = {}", form.example));
        let model = Model::from_toml(&text).unwrap_or_else(|error| panic!("{}: {error}", form.name));
        let slot = model.number_at("outcomes.into-work.values.allowance.value").unwrap();
        let distribution = model.assumption(slot).unwrap().distribution.clone();
        assert_eq!(distribution.map(|distribution| distribution.name()), Some(form.name));
    }
}
