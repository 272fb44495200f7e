//! The terms of a contract: what can be meant and seldom is: a percentage where a factor or a share is meant, a limit that
//! another makes idle, cohorts that share days.
//!
//! One rule: these look at a contract, by itself or in a model; what no contract can mean is refused when it is read.

use super::drift::drifts;
use super::effect_size::effects;
use super::finding::Found;
use super::idle_limits::idle_limits;
use super::rule::{Rule, Severity, Text};
use super::{Family, InTerms, Subject};
use crate::evaluation::Appraisal;
use crate::model::terms::{Cohort, TrueMetric, Truth};
use crate::model::{Contract, Slot};
use crate::units::written::Numeral;
use rust_decimal::Decimal;

/// From this factor on a percentage may have been typed for one: ten times as much is paid for one group as for another.
const NO_FACTOR: Decimal = Decimal::TEN;

pub(super) const FAMILY: Family = Family {
    title: Text { en: "The terms of a contract", nb: "Vilkårene i en kontrakt" },
    subject: Subject::Document,
    rules: &[
        Rule {
            id: "uplift-unlike-a-factor",
            severity: Severity::Warning,
            looks_for: Text {
                en: "an uplift for a group that pays ten times as much or more, or less than without it",
                nb: "et påslag for en gruppe som gir ti ganger så mye eller mer, eller mindre enn uten påslag",
            },
            why: Text {
                en: "an uplift is a factor: 1.25 pays a quarter more, 125 a hundred and twenty-five times as much, and 0.25 a quarter",
                nb: "et påslag er en faktor: 1,25 gir en fjerdedel mer, 125 gir hundreogtjuefem ganger så mye, og 0,25 gir en fjerdedel",
            },
            source: "this library: a factor of ten or more is likelier a percentage, and one below 1 likelier the share that is added",
            example: r#"holders = [ { id = "state", kind = "public", level = "state" }, { id = "provider", kind = "enterprise" } ]
costs = []

[contract]
payee = "provider"
payers = [ { holder = "state" } ]
metrics = [ { id = "started", kind = "count" } ]
payments = [ { id = "start", of = "started", schedule = { per_unit = 10_000 }, uplift = { women = 125 } } ]
"#,
            find: |appraisal| of_contract(appraisal, uplifts),
        },
        Rule {
            id: "idle-limit",
            severity: Severity::Warning,
            looks_for: Text {
                en: "a limit that never binds, since a wider one lets less be paid",
                nb: "et tak som aldri blir nådd, fordi et videre tak slipper gjennom mindre",
            },
            why: Text {
                en: "whoever agreed on both meant each to bind: one of them is likely a slip",
                nb: "den som ble enig om begge, mente at begge skulle virke: trolig er ett av dem en skrivefeil",
            },
            source: "this library: limits bind from the narrowest to the widest: each amount, a person, a year, the payment, the contract",
            example: r#"holders = [ { id = "state", kind = "public", level = "state" }, { id = "provider", kind = "enterprise" } ]
costs = []

[contract]
payee = "provider"
payers = [ { holder = "state" } ]
metrics = [ { id = "started", kind = "count" } ]
payments = [ { id = "start", of = "started", schedule = { per_unit = 10_000 }, at_most = { year = 2_000_000, total = 1_000_000 } } ]
"#,
            find: |appraisal| of_contract(appraisal, idle_limits),
        },
        Rule {
            id: "overlapping-cohorts",
            severity: Severity::Warning,
            looks_for: Text {
                en: "cohorts of a contract that share days",
                nb: "kull i en kontrakt som har dager felles",
            },
            why: Text {
                en: "whoever comes on a day of both belongs to either, and whoever is listed in both is paid for twice",
                nb: "den som kommer på en felles dag, hører til begge, og den som står i begge, betales det for to ganger",
            },
            source: "this library: nothing in counts of people says who they are, so that only days can keep cohorts apart",
            example: r#"holders = [ { id = "state", kind = "public", level = "state" }, { id = "provider", kind = "enterprise" } ]
costs = []

[contract]
payee = "provider"
payers = [ { holder = "state" } ]
cohorts = [ { id = "spring", starts = 2026-01-01, ends = 2026-06-30 }, { id = "summer", starts = 2026-06-01, ends = 2026-08-31 } ]
metrics = [ { id = "started", kind = "count" } ]
payments = [ { id = "start", of = "started", schedule = { per_unit = 10_000 } } ]
"#,
            find: |appraisal| of_contract(appraisal, overlaps),
        },
        Rule {
            id: "effect-above-the-whole",
            severity: Severity::Warning,
            looks_for: Text {
                en: "an effect that more than doubles what would happen anyway, or takes more than all of it away",
                nb: "en effekt som mer enn dobler det som ville skjedd uansett, eller tar bort mer enn alt",
            },
            why: Text {
                en: "an effect is a share of what would happen anyway: a tenth more is 0.1, and 12 is twelve times as much on top",
                nb: "en effekt er en andel av det som ville skjedd uansett: en tidel mer er 0,1, og 12 er tolv ganger så mye i tillegg",
            },
            source: "this library: an effect above 1 is likelier one in per cent, or in the unit of the metric (`effect_in = \"absolute\"`)",
            example: r#"holders = [ { id = "state", kind = "public", level = "state" }, { id = "provider", kind = "enterprise" } ]
costs = []

[contract]
payee = "provider"
payers = [ { holder = "state" } ]
metrics = [ { id = "jobs", kind = "count", direction = "increase" } ]
payments = [ { id = "job", of = "jobs", schedule = { per_unit = 10_000 } } ]

[truth]
source = "judgement"
metrics = [ { id = "jobs", counterfactual = 1, effect = 12 } ]
cohorts = [ { id = "2027", date = 2027-12-31, people = 50 } ]
"#,
            find: |appraisal| of_contract(appraisal, effects),
        },
        Rule {
            id: "steep-drift",
            severity: Severity::Warning,
            looks_for: Text {
                en: "a drift that changes what would happen anyway by half or more in a year, or past all that a share can be",
                nb: "en drift som endrer det som ville skjedd uansett med halvparten eller mer på ett år, eller ut over det en andel kan være",
            },
            why: Text {
                en: "a drift is a share a year: two in a hundred is 0.02, and 2 is three times as much each year",
                nb: "en drift er en andel per år: to av hundre er 0,02, og 2 er tre ganger så mye hvert år",
            },
            source: "this library: what is drawn past a share's bounds is held at them, so that a drift like this one hides itself",
            example: r#"holders = [ { id = "state", kind = "public", level = "state" }, { id = "provider", kind = "enterprise" } ]
costs = []

[contract]
payee = "provider"
payers = [ { holder = "state" } ]
metrics = [ { id = "in-work", kind = "share", direction = "increase" } ]
estimates = [ { id = "more", metric = "in-work", effect = "absolute", against = { fixed = 0.4 } } ]
payments = [ { id = "result", of = "more", schedule = { steps = [ { at = 0.1, amount = 1_000_000 } ] } } ]

[truth]
source = "judgement"
metrics = [ { id = "in-work", counterfactual = 0.4, effect = 0.1, drift = 2 } ]
cohorts = [ { id = "2027", date = 2027-12-31, people = 50 }, { id = "2028", date = 2028-12-31, people = 50 } ]
"#,
            find: |appraisal| of_contract(appraisal, drifts),
        },
    ],
};

fn of_contract(appraisal: &Appraisal, search: InTerms) -> Vec<Found> {
    appraisal.model().contract().map(search).unwrap_or_default()
}

/// The value that a number is expected to have.
pub(super) fn point(contract: &Contract, slot: Slot) -> Option<Decimal> {
    contract.assumption(slot).map(|number| number.point)
}

pub(super) fn uplifts(contract: &Contract) -> Vec<Found> {
    let payments = contract.terms().payments.iter();
    let factors = payments.flat_map(|payment| payment.uplift.iter());
    let found = factors.filter_map(|(group, slot)| {
        let number = contract.assumption(*slot)?;
        let odd = number.point >= NO_FACTOR || number.point < Decimal::ONE;
        odd.then(|| {
            let factor = Numeral(number.point.normalize());
            Found::at(
                &number.address,
                format!("a claim or cohort of `{group}` is paid {factor} times as much as others: an uplift is a factor, and a quarter more is 1.25"),
                format!("det betales {factor:#} ganger så mye for `{group}` som for andre: et påslag er en faktor, og en fjerdedel mer er 1,25"),
            )
        })
    });
    found.collect()
}

pub(super) fn overlaps(contract: &Contract) -> Vec<Found> {
    let cohorts = &contract.terms().cohorts;
    let share_days = |one: &Cohort, other: &Cohort| one.starts <= other.ends && other.starts <= one.ends;
    let found = cohorts.iter().enumerate().filter_map(|(position, cohort)| {
        let earlier = cohorts.iter().take(position).find(|earlier| share_days(earlier, cohort))?;
        let (first, last) = (cohort.starts.max(earlier.starts), cohort.ends.min(earlier.ends));
        let other = &earlier.address;
        Some(Found::at(
            &cohort.address,
            format!("{first} to {last} are days of `{other}` too: let each cohort end before the next begins, or silence this with how people are kept apart"),
            format!("{first} til {last} hører også til `{other}`: la hvert kull slutte før det neste begynner, eller slå av denne med hvordan folk holdes fra hverandre"),
        ))
    });
    found.collect()
}

/// What is supposed of metrics, with the truth that they are of.
pub(super) fn truths(contract: &Contract) -> impl Iterator<Item = (&Truth, &TrueMetric)> {
    contract.truth().into_iter().flat_map(|truth| truth.metrics.iter().map(move |metric| (truth, metric)))
}
