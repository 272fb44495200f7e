//! Conventions: choices that change the result and that a reader would not guess.

use super::finding::Found;
use super::growth::unusual_growth;
use super::rule::{Rule, Severity, Text};
use super::seen::{cost_years, parties, percent, point};
use super::{Family, Subject};
use crate::address::Address;
use crate::evaluation::Appraisal;
use crate::model::{HolderIndex, Model, OwnShare};
use crate::reference::{AttributionScope, Denominator, DropOff, Filters, Practice};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

pub(super) const FAMILY: Family = Family {
    title: Text { en: "Conventions", nb: "Konvensjoner" },
    subject: Subject::Document,
    rules: &[
        Rule {
            id: "drop-off-once",
            severity: Severity::Warning,
            looks_for: Text {
                en: "drop-off taken once from the sum of all years",
                nb: "avtakende effekt trukket én gang fra summen av alle år",
            },
            why: Text {
                en: "a loss a year that is taken once is too small over several years, and too large over one",
                nb: "et årlig tap trukket én gang er for lite over flere år, og for mye over ett",
            },
            source: "two public calculators (laurenceputra/agents, ImpactFlow) take it once; the Value Map takes it in each future year",
            example: r#"conventions = { base = "sroi-practice", combination = { drop_off = "once" } }

[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
duration = 3
drop_off = 0.15
"#,
            find: |appraisal| {
                let model = appraisal.model();
                let loses = model.outcomes().iter().any(|outcome| point(model, outcome.drop_off) > Decimal::ZERO);
                let once = model.convention().combination.drop_off == DropOff::Once;
                at(
                    (once && loses).then_some("combination.drop_off"),
                    (
                        "drop-off is taken once from the sum of all years: let it count year by year, with `geometric`, unless a published figure is to be reproduced",
                        "avtakende effekt trekkes én gang fra summen av alle år: la den telle år for år, med `geometric`, med mindre et publisert tall skal gjengis",
                    ),
                )
            },
        },
        Rule {
            id: "additive-filters",
            severity: Severity::Warning,
            looks_for: Text {
                en: "deadweight, displacement and attribution added up before they are deducted",
                nb: "dødvekt, fortrengning og andres bidrag lagt sammen før de trekkes fra",
            },
            why: Text {
                en: "shares of different wholes do not add up: together they can take more than there is",
                nb: "andeler av ulike helheter kan ikke legges sammen: til sammen kan de ta mer enn det som finnes",
            },
            source: "sunksun/sroiv5, basecase.php: 1 − (A + DW + DP) / 100, which can fall below zero",
            example: r#"conventions = { base = "sroi-practice", combination = { filters = "additive" } }
"#,
            find: |appraisal| {
                let additive = appraisal.model().convention().combination.filters == Filters::Additive;
                at(
                    additive.then_some("combination.filters"),
                    (
                        "the filters are added up before they are deducted: let each take its share of what is left, with `multiplicative`",
                        "filtrene legges sammen før de trekkes fra: la hvert ta sin andel av det som er igjen, med `multiplicative`",
                    ),
                )
            },
        },
        Rule {
            id: "attribution-in-every-measure",
            severity: Severity::Note,
            looks_for: Text {
                en: "conventions that take others' share out of every measure, in a model that gives one",
                nb: "konvensjoner som trekker andres bidrag fra i alle mål, i en modell som oppgir det",
            },
            why: Text {
                en: "attribution is credit, not cause: budgets and net present values lose amounts that really move",
                nb: "attribusjon er ære, ikke årsak: budsjetter og nåverdier mister beløp som faktisk flytter seg",
            },
            source: "this library: attribution enters SROI claims only, unless the conventions say otherwise",
            example: r#"conventions = "sroi-practice"

[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
attribution = { others = 0.3 }
"#,
            find: |appraisal| {
                let model = appraisal.model();
                let given = model.outcomes().iter().any(|outcome| outcome.own_share != OwnShare::Whole);
                let every = model.convention().combination.attribution == AttributionScope::EveryMeasure;
                at(
                    (every && given).then_some("combination.attribution"),
                    (
                        "the share of others is taken out of every measure: read budgets under `sroi-claims`",
                        "andres bidrag trekkes fra i alle mål: les budsjettene med `sroi-claims`",
                    ),
                )
            },
        },
        Rule {
            id: "costs-not-discounted",
            severity: Severity::Warning,
            looks_for: Text {
                en: "costs of several years that are not discounted while outcomes are",
                nb: "kostnader over flere år som ikke diskonteres mens virkningene gjør det",
            },
            why: Text {
                en: "later costs then weigh more than later outcomes, and the present value compares unlike sums",
                nb: "senere kostnader veier da mer enn senere virkninger, og nåverdien sammenligner ulike størrelser",
            },
            source: "Varnasr/FieldStack, multi_year_sroi.R discounts one side only; the Norwegian and British conventions of this library discount both",
            example: r#"conventions = { base = "sroi-practice", discount = { costs_discounted = false } }
costs = [ { id = "team", payer = "municipality", per_year = 400_000, years = [2024, 2026], source = "budget" } ]
"#,
            find: |appraisal| {
                let model = appraisal.model();
                let discount = &model.convention().discount;
                let rate = discount.schedule.bands().iter().any(|band| band.rate.value() > Decimal::ZERO);
                let later = cost_years(model).iter().any(|year| *year > model.present_value_year());
                at(
                    (!discount.costs_discounted && rate && later).then_some("discount.costs_discounted"),
                    (
                        "costs are not discounted and outcomes are: discount both",
                        "kostnadene diskonteres ikke, og virkningene gjør det: diskonter begge",
                    ),
                )
            },
        },
        Rule {
            id: "own-discount-rate",
            severity: Severity::Note,
            looks_for: Text {
                en: "discount rates that the document sets itself, other than common practice",
                nb: "kalkulasjonsrenter som dokumentet selv setter, andre enn det vanlige",
            },
            why: Text {
                en: "a rate of one's own needs a reason: it moves everything that lasts",
                nb: "en egen rente trenger en grunn: den flytter alt som varer",
            },
            source: "383 published SROI reports, read by machine: median 3.5 % of the 246 that state a rate, from 2 to 15 % (github.com/jcmunozmora/sroi-meta-analysis)",
            example: r#"conventions = { base = "sroi-practice", discount = { bands = [ { from_step = 1, rate = 0.06 } ] } }
"#,
            find: own_rate,
        },
        Rule {
            id: "unusual-discount-rate",
            severity: Severity::Warning,
            looks_for: Text {
                en: "a discount rate of the document's own below 0.5 % or above 20 %",
                nb: "en kalkulasjonsrente fra dokumentet selv under 0,5 % eller over 20 %",
            },
            why: Text {
                en: "a rate outside what any report states is more often a slip of the decimal point than a choice",
                nb: "en rente utenfor det noen rapport oppgir, er oftere en kommafeil enn et valg",
            },
            source: "383 published SROI reports, read by machine: rates outside 0.5 to 20 % were cleaned away as errors (github.com/jcmunozmora/sroi-meta-analysis, data/factors_analysis_detailed.py)",
            example: r#"conventions = { base = "sroi-practice", discount = { bands = [ { from_step = 1, rate = 0.35 } ] } }
"#,
            find: unusual_rate,
        },
        Rule {
            id: "unusual-growth",
            severity: Severity::Warning,
            looks_for: Text {
                en: "an assumed growth, of prices or of a value, below −5 % or above 10 % a year",
                nb: "en forutsatt vekst, i priser eller en verdi, under −5 % eller over 10 % i året",
            },
            why: Text {
                en: "growth that no recent year has had is more often a slip of the decimal point than a choice",
                nb: "en vekst som ingen år i nyere tid har hatt, er oftere en kommafeil enn et valg",
            },
            source: "the consumer prices of this library (`data/indices/`): seven countries, 2000 to 2024, from −4.4 to 8.5 % a year",
            example: r#"inflation = 2.5
"#,
            find: unusual_growth,
        },
        Rule {
            id: "one-payers-inputs",
            severity: Severity::Warning,
            looks_for: Text {
                en: "ratios over the inputs of one payer where several pay",
                nb: "brøker over én betalers innsats når flere betaler",
            },
            why: Text {
                en: "all of the outcomes over a part of the inputs is no ratio of the intervention",
                nb: "alle virkningene over en del av innsatsen er ingen brøk for tiltaket",
            },
            source: "Helping Hand (niaa.gov.au): a ratio of 3 for justice alone fits only the cash of one department",
            example: r#"conventions = { base = "sroi-practice", ratios = { denominator = "payer" } }
costs = [
    { id = "team", payer = "municipality", amount = 400_000, year = 2024, source = "budget" },
    { id = "grant", payer = "state", amount = 200_000, year = 2024, source = "letter of award" },
]
"#,
            find: |appraisal| {
                let model = appraisal.model();
                let payers: BTreeSet<HolderIndex> =
                    model.costs().iter().flat_map(|cost| parties(model, cost.payer)).collect();
                let own = model.convention().ratios.denominator == Denominator::Payer && payers.len() > 1;
                at(
                    own.then_some("ratios.denominator"),
                    (
                        "each ratio stands over one payer's inputs, and several pay: name the payer with every ratio, or take `all-inputs`",
                        "hver brøk står over én betalers innsats, og flere betaler: nevn betaleren ved hver brøk, eller bruk `all-inputs`",
                    ),
                )
            },
        },
    ],
};

/// What is found at a switch of the conventions, where it is.
fn at(switch: Option<&str>, said: (&str, &str)) -> Vec<Found> {
    let found = switch.map(|switch| {
        let top = Address::root().child("conventions");
        Found::at(&switch.split('.').fold(top, |address, part| address.child(part)), said.0, said.1)
    });
    found.into_iter().collect()
}

/// Rates between which published ones lie, as fractions.
const USUAL: (Decimal, Decimal) = (Decimal::from_parts(5, 0, 0, false, 3), Decimal::from_parts(2, 0, 0, false, 1));

fn unusual_rate(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    let bands = Address::root().child("conventions").child("discount").child("bands");
    let own = model.overridden_switches().iter().any(|switch| switch.is_within(&bands));
    let rates = model.convention().discount.schedule.bands().iter().map(|band| band.rate.value());
    let unusual = rates.into_iter().find(|rate| !(USUAL.0..=USUAL.1).contains(rate)).filter(|_| own);
    let (low, high) = (percent(USUAL.0), percent(USUAL.1));
    let found = unusual.map(percent).map(|rate| {
        Found::at(
            &bands,
            format!("a discount rate of {rate} % is outside {low} to {high} %: 4 % is written 0.04"),
            format!("en kalkulasjonsrente på {rate:#} % er utenfor {low:#} til {high:#} %: 4 % skrives 0.04"),
        )
    });
    found.into_iter().collect()
}

fn own_rate(appraisal: &Appraisal) -> Vec<Found> {
    let model: &Model = appraisal.model();
    let bands = Address::root().child("conventions").child("discount").child("bands");
    let own = model.overridden_switches().iter().any(|switch| switch.is_within(&bands));
    let common = Practice::embedded().factor("discount-rate");
    let first = model.convention().discount.schedule.bands().first().map(|band| band.rate.value());
    let (Some(common), Some(rate)) = (common, first) else { return Vec::new() };
    if !own || rate == common.median {
        return Vec::new();
    }
    let (rate, median) = (percent(rate), percent(common.median));
    vec![Found::at(
        &bands,
        format!(
            "the discount rate is the document's own, {rate} %, and {median} % is common: silence this with the source of the rate, and show the result at other rates"
        ),
        format!(
            "kalkulasjonsrenten er dokumentets egen, {rate:#} %, og {median:#} % er vanlig: slå av denne med kilden til renten, og vis resultatet med andre renter"
        ),
    )]
}
