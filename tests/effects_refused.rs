//! Effects and paths that cannot be meant, exactly what is said of each, and that nothing makes the library panic.

mod common;
mod one_effect;

use common::model;
use impact_core::Model;
use impact_core::document::Node;
use one_effect::{decimal, refused, text};

#[test]
fn a_figure_of_the_register_that_is_no_effect_is_refused_with_what_to_write() {
    let put = |id: &str| {
        let said = refused("", &format!("{{ effect = {{ population = 10, baseline = 0.2, register = \"{id}\" }} }}"));
        said.strip_prefix("outcomes.change.quantity.effect.register: ").unwrap_or(&said).to_owned()
    };
    assert_eq!(
        put("ips-no-18m-treat"),
        "`ips-no-18m-treat` of the register is a treated rate, not an effect on a share or a rate: give the \
         `risk_difference` between it and the control rate of the same study, with both as the source"
    );
    assert_eq!(
        put("ips-no-18m-control"),
        "`ips-no-18m-control` of the register is a control rate, not an effect on a share or a rate: it can stand as \
         `baseline = { register = … }`, and the effect beside it as a number"
    );
    assert_eq!(
        put("ips-no-43m"),
        "`ips-no-43m` of the register is a mean difference, not an effect on a share or a rate: what each participant gains \
         in days, months, incidents or money is counted by a plain `quantity` in that unit, or by a `path`"
    );
    assert_eq!(
        put("ips-meta-tenure"),
        "`ips-meta-tenure` of the register is a standardised mean difference, not an effect on a share or a rate: standard \
         deviations are no share of people: give a `risk_difference` or an `odds_ratio` of the same study"
    );
    assert_eq!(
        put("bcr-ips"),
        "`bcr-ips` of the register is a benefit cost ratio, not an effect on a share or a rate: a ratio of money is a \
         result, not an input: give the effect it was calculated from"
    );
    assert_eq!(
        put("trend-sosialhjelp-spending-2024"),
        "`trend-sosialhjelp-spending-2024` of the register is a change over time without an intervention, not an effect on a \
         share or a rate: it says nothing of those treated against those who are not: give one of the contrasts as a number"
    );
    let unknown = put("rand-ced-recidivism");
    assert!(
        unknown.starts_with("`rand-ced-recidivism` is not in the register of effects: near to it are `rand-ced-recid`")
    );
    let base = |id: &str| {
        let baseline = format!("baseline = {{ register = \"{id}\" }}");
        let said = refused("", &format!("{{ effect = {{ population = 10, {baseline}, risk_ratio = 0.9 }} }}"));
        said.strip_prefix("outcomes.change.quantity.effect.baseline.register: ").unwrap_or(&said).to_owned()
    };
    assert_eq!(
        base("ips-no-18m-treat"),
        "`ips-no-18m-treat` of the register is a treated rate, not a share without the intervention: take the rate of those \
         without the intervention, or give the `baseline` as a number"
    );
    assert_eq!(
        base("base-sosialhjelp-months-2019"),
        "`base-sosialhjelp-months-2019` of the register is a mean, not a share without the intervention: give the `baseline` \
         as a number, or take a baseline rate or a control rate of the register"
    );
    let text = text("", "3").replace("holders =", "effects = { bcr-ips = 2, nothing = 1 }\nholders =");
    let said = Model::from_toml(&text).unwrap_err().to_string();
    assert!(
        said.contains("effects.bcr-ips (line 9, column 23): `bcr-ips` of the register is a benefit cost ratio"),
        "{said}"
    );
    assert!(
        said.contains("effects.nothing (line 9, column 36): `nothing` is not in the register of effects"),
        "{said}"
    );
}

/// An outcome's lines and quantity, and what is said of them.
const REFUSED: &[(&str, &str, &str)] = &[
    (
        "",
        "{ effect = { population = 100, baseline = 0.2 } }",
        "outcomes.change.quantity.effect: how much changes is missing: give one of `risk_difference`, `risk_ratio`, \
         `odds_ratio`, `rate_ratio`, `relative_change`, `register` (an id of the register of effects), or a `path`",
    ),
    (
        "",
        "{ effect = { population = 100, baseline = 0.2, risk_ratio = 2, odds_ratio = 2 } }",
        "outcomes.change.quantity.effect: `risk_ratio` and `odds_ratio` are given: an effect has one of them",
    ),
    ("", "{ effect = { baseline = 0.2, risk_ratio = 2 } }", "outcomes.change.quantity.effect: `population` is missing"),
    (
        "",
        "{ effect = { population = 100, odds_ratio = 0.57 } }",
        "outcomes.change.quantity.effect: `baseline` is missing: the odds ratio acts on what happens without the intervention",
    ),
    (
        "",
        "{ effect = { population = 100, baseline = 20, odds_ratio = 0.57 } }",
        "outcomes.change.quantity.effect.baseline: baseline `20` is not between 0 and 1: 20 % is written 0.2",
    ),
    (
        "",
        "{ effect = { population = 100, baseline = 0.5, risk_ratio = 2.5 } }",
        "outcomes.change.quantity.effect: risk ratio `2.5` on baseline `0.5` gives `1.25`, which is not between 0 and 1",
    ),
    (
        "",
        "{ effect = { population = 100, baseline = 0.27, risk_difference = -0.3 } }",
        "outcomes.change.quantity.effect: risk difference `-0.3` on baseline `0.27` gives `-0.03`, which is not between 0 and 1",
    ),
    (
        "",
        "{ effect = { population = 100, baseline = 0.8, relative_change = 0.5 } }",
        "outcomes.change.quantity.effect: relative change `0.5` on baseline `0.8` gives `1.2`, which is not between 0 and 1",
    ),
    (
        "",
        "{ effect = { population = 100, baseline = 20, relative_change = -0.1 } }",
        "outcomes.change.quantity.effect.baseline: baseline `20` is not between 0 and 1: 20 % is written 0.2",
    ),
    (
        "",
        "{ effect = { population = 100, risk_difference = 10 } }",
        "outcomes.change.quantity.effect.risk_difference: risk difference `10` is not between -1 and 1",
    ),
    (
        "",
        "{ effect = { population = 100, baseline = 0.2, odds_ratio = 0 } }",
        "outcomes.change.quantity.effect.odds_ratio: odds ratio `0` is not above zero",
    ),
    (
        "",
        "{ effect = { population = 100, baseline = 0.2, risk_difference = { normal = { mean = 0.1, sd = 0.02 } } } }",
        "outcomes.change.quantity.effect.risk_difference: risk difference must be between -1 and 1, and this distribution \
         reaches without end both ways: use another form, or `truncated`",
    ),
    (
        "",
        "{ effect = { population = 100, baseline = 1.55, rate_ratio = 0.9 } }",
        "outcomes.change.quantity.effect.rate_ratio: a rate ratio changes how often something happens, not how many people \
         it happens to: write `nature = \"event\"` and what happens as `unit`, such as `incident`; for people there is \
         `risk_ratio`",
    ),
    (
        "deadweight = 0.2",
        "{ effect = { population = 100, risk_difference = 0.1 } }",
        "outcomes.change.deadweight: the quantity is `net`, so what would have happened anyway is deducted already: leave \
         deadweight out",
    ),
    (
        "measured = \"gross\"",
        "{ effect = { population = 100, risk_difference = 0.1 } }",
        "outcomes.change.measured: an effect is measured against those without the intervention, so it is `net`: leave \
         `measured` out",
    ),
    (
        "duration = 3\ndrop_off = 0.1",
        "{ effect = { population = 100, path = [{ at = 0, difference = 0.1 }, { at = 1, difference = 0 }] } }",
        "outcomes.change.duration: `duration` has no meaning here: the path says how long it lasts, and how much of it there \
         is\noutcomes.change.drop_off: `drop_off` has no meaning here: the path says how long it lasts, and how much of it \
         there is",
    ),
    (
        "duration = 3",
        "{ effect = { population = 100, risk_difference = 0.1, hazard = [0.3] } }",
        "outcomes.change.duration: `duration` has no meaning here: the hazard says how long it lasts, and how much of it is \
         lost",
    ),
    (
        "nature = \"event\"",
        "{ path = [{ at = 0, units = 5 }, { at = 1, units = 5 }] }",
        "outcomes.change.quantity.path: `path` has no meaning here: an event happens once; what lasts is a `state`",
    ),
    (
        "nature = \"event\"",
        "{ effect = { population = 100, risk_difference = 0.1, hazard = [0.3] } }",
        "outcomes.change.quantity.effect.hazard: `hazard` has no meaning here: an event happens once; what lasts is a `state`",
    ),
    (
        "",
        "{ effect = { population = 100, risk_difference = 0.1, hazard = [] } }",
        "outcomes.change.quantity.effect.hazard: the hazard is empty: give the share lost at the start of year 2, of year 3 \
         and so on, such as `[0.3, 0.2]`",
    ),
    (
        "",
        "{ effect = { population = 100, risk_difference = 0.1, hazard = [0.3, 1.3] } }",
        "outcomes.change.quantity.effect.hazard.1: hazard `1.3` is not between 0 and 1",
    ),
    (
        "",
        "{ effect = { population = 100, baseline = 0.2, path = [{ at = 0, difference = 0.1 }, { at = 1, difference = 0 }] } }",
        "outcomes.change.quantity.effect.baseline: `baseline` has no meaning here: the path gives the difference itself",
    ),
    (
        "",
        "{ path = [{ at = 0, units = 5 }] }",
        "outcomes.change.quantity.path: a path has at least two points, the one it begins at and the one it ends at",
    ),
    (
        "",
        "{ path = [{ at = 1.5, units = 5 }, { at = 1, units = 5 }] }",
        "outcomes.change.quantity.path: the point at `1` follows the one at `1.5`: give the points in order of time, each \
         time once",
    ),
    (
        "",
        "{ path = [{ at = -1, units = 5 }, { at = 301, units = -5 }] }",
        "outcomes.change.quantity.path.0.at: at `-1` is not zero or more\n\
         outcomes.change.quantity.path.1.units: units `-5` is not zero or more",
    ),
    (
        "",
        "{ path = [{ at = 0, units = 5 }, { at = 301, units = 5 }] }",
        "outcomes.change.quantity.path: the path runs over 301 years, and at most 300 are appraised: shorten it",
    ),
    (
        "",
        "{ effect = { population = 100, baseline = { register = \"rand-ced-recid\" }, risk_ratio = 0.5 } }",
        "outcomes.change.quantity.effect.baseline.register: `rand-ced-recid` of the register is an odds ratio, not a share without the \
         intervention: give the `baseline` as a number, or take a baseline rate or a control rate of the register",
    ),
    (
        "",
        "{ effect = { population = 100, path = [{ at = 0, units = 5 }, { at = 1, difference = 0 }] } }",
        "outcomes.change.quantity.effect.path.0: `difference` is missing\noutcomes.change.quantity.effect.path.0: unknown key \
         `units`: the keys here are `at`, `difference`",
    ),
    (
        "",
        "{ chain = { population = 5 }, effect = { population = 5 } }",
        "outcomes.change.quantity: `chain` and `effect` are given: a quantity is one of them",
    ),
    ("", "{ efect = { population = 5 } }", "outcomes.change.quantity: unknown key `efect`: did you mean `effect`?"),
    (
        "",
        "{ effect = { population = 5, risk_diference = 0.1 } }",
        "outcomes.change.quantity.effect: unknown key `risk_diference`: did you mean `risk_difference`?",
    ),
];

#[test]
fn what_cannot_be_meant_is_said_where_it_stands() {
    for (lines, quantity, expected) in REFUSED {
        assert_eq!(&refused(lines, quantity), expected, "{quantity}");
    }
}

#[test]
fn any_number_put_anywhere_in_an_effect_is_read_or_refused() {
    let model = model("effects");
    let mut addresses: Vec<String> = model.assumptions().iter().map(|number| number.address.to_string()).collect();
    addresses.extend([1, 2].map(|point| format!("outcomes.supported-work.quantity.effect.path.{point}.at")));
    let mut valued = 0;
    for address in &addresses {
        for value in
            ["-7900000000000000000000000000", "-1", "0", "0.999999999999", "1", "300", "7900000000000000000000000000"]
        {
            let Ok(changed) = model.with(address, decimal(value)) else { continue };
            valued += usize::from(changed.appraise().is_ok());
            changed.fast_totals::<f64>().unwrap();
        }
    }
    assert!(valued > addresses.len(), "{valued} of {}", addresses.len());
}

#[test]
fn anything_else_put_anywhere_in_an_effect_is_refused_or_read_and_never_panics() {
    let model = model("effects");
    let mut addresses = vec!["effects".to_owned(), "effects.em-no-published".to_owned()];
    let keys = ["baseline", "register", "risk_ratio", "hazard", "hazard.0", "path", "path.1", "path.1.at"];
    for outcome in ["education", "work", "supported-work"] {
        let effect = format!("outcomes.{outcome}.quantity.effect");
        addresses.push(format!("outcomes.{outcome}.quantity"));
        addresses.extend(keys.map(|key| format!("{effect}.{key}")));
        addresses.push(effect);
    }
    let strange = "values = ['x', false, [], {}, [[]], [{}], 2024-01-01, { register = 5 }, { path = 1 }, { effect = [] }, { chain = { effect = {} } }]";
    let strange = Node::from_toml(strange).unwrap();
    let strange = strange.as_table().unwrap().get("values").and_then(Node::as_list).unwrap();
    let mut refused = 0;
    for address in &addresses {
        for value in strange {
            let Ok(document) = model.document().with(&address.parse().unwrap(), value.value.clone()) else { continue };
            match Model::from_node(document) {
                Ok(read) => assert!(read.appraise().is_ok(), "{address}"),
                Err(error) => refused += usize::from(!error.problems().is_empty()),
            }
        }
    }
    assert!(refused > 200, "{refused}");
}
