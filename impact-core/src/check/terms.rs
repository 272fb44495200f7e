//! The terms of a contract: what can be meant and seldom is: a percentage where a factor or a share is meant, a limit that
//! another makes idle, cohorts that share days.
//!
//! One rule: these look at a contract, by itself or in a model; what no contract can mean is refused when it is read.

use super::finding::Found;
use super::idle_limits::idle_limits;
use super::rule::{Rule, Severity, Text};
use super::seen::percent;
use super::{Family, InTerms, Subject};
use crate::address::Address;
use crate::evaluation::Appraisal;
use crate::model::terms::{Cohort, EffectIn, MetricKind, TrueMetric, Truth};
use crate::model::{Contract, Slot};
use crate::number::Constant;
use crate::units::written::Numeral;
use rust_decimal::Decimal;

/// From this factor on a percentage may have been typed for one: ten times as much is paid for one group as for another.
const NO_FACTOR: Decimal = Decimal::TEN;
/// A change within one year that is worth a second look: half of what would happen anyway.
const STEEP: Decimal = Decimal::from_parts(5, 0, 0, false, 1);
/// One draw in twenty lies above what is told of a distribution.
const SELDOM: f64 = 0.05;
/// Days of a year, as the simulation counts them.
const YEAR: f64 = 365.25;

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

/// What each rule finds in a contract, in the order of the rules.
pub(super) const SEARCHES: [InTerms; 5] = [uplifts, idle_limits, overlaps, effects, drifts];

fn of_contract(appraisal: &Appraisal, search: InTerms) -> Vec<Found> {
    appraisal.model().contract().map(search).unwrap_or_default()
}

/// The value that a number is expected to have.
fn point(contract: &Contract, slot: Slot) -> Option<Decimal> {
    contract.assumption(slot).map(|number| number.point)
}

fn uplifts(contract: &Contract) -> Vec<Found> {
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

fn overlaps(contract: &Contract) -> Vec<Found> {
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

fn truths(contract: &Contract) -> impl Iterator<Item = (&Truth, &TrueMetric)> {
    contract.truth().into_iter().flat_map(|truth| truth.metrics.iter().map(move |metric| (truth, metric)))
}

fn effects(contract: &Contract) -> Vec<Found> {
    let relative = truths(contract).filter(|(_, metric)| metric.effect_in == EffectIn::Relative);
    let found = relative.filter_map(|(_, metric)| {
        let number = contract.assumption(metric.effect)?;
        let (drawn, reaches) = match number.distribution.as_ref().and_then(|drawn| drawn.upper_quantile(SELDOM).ok()) {
            Some(upper) if number.point <= Decimal::ONE => (true, Decimal::try_from(upper).ok()?),
            _ => (false, number.point),
        };
        (reaches.abs() > Decimal::ONE).then(|| too_much(&number.address, percent(reaches), drawn))
    });
    found.collect()
}

fn too_much(address: &Address, share: Numeral, drawn: bool) -> Found {
    let (en, nb) = if drawn {
        (
            format!("one draw in twenty has an effect of {share} % or more"),
            format!("én av tjue trekninger har en effekt på {share:#} % eller mer"),
        )
    } else {
        (format!("the effect is {share} %"), format!("effekten er {share:#} %"))
    };
    Found::at(
        address,
        format!(
            "{en} of what would happen anyway: a tenth is 0.1, and `effect_in = \"absolute\"` counts it in the unit of the metric"
        ),
        format!(
            "{nb} av det som ville skjedd uansett: en tidel er 0.1, og `effect_in = \"absolute\"` regner den i resultatmålets enhet"
        ),
    )
}

fn drifts(contract: &Contract) -> Vec<Found> {
    truths(contract).filter_map(|(truth, metric)| steep(contract, truth, metric)).collect()
}

fn steep(contract: &Contract, truth: &Truth, metric: &TrueMetric) -> Option<Found> {
    let number = contract.assumption(metric.drift?)?;
    let drift = number.point;
    let ends = drifted(contract, truth, metric, drift).filter(|share| *share > Decimal::ONE);
    let (share, each) = (percent(drift), drift.abs() >= STEEP);
    if !each && ends.is_none() {
        return None;
    }
    let (mut en, mut nb) = (
        format!("what would happen anyway changes by {share} % a year"),
        format!("det som ville skjedd uansett, endrer seg med {share:#} % i året"),
    );
    if let Some(ends) = ends {
        let ends = Numeral(ends.round_dp(2).normalize());
        en.push_str(&format!(", to {ends} at the last cohort, which is held at 1"));
        nb.push_str(&format!(", til {ends:#} for siste kull, som holdes på 1"));
    }
    Some(Found::at(&number.address, format!("{en}: two in a hundred is 0.02"), format!("{nb}: to av hundre er 0.02")))
}

/// What a share of people has drifted to by the last cohort; none of other figures.
fn drifted(contract: &Contract, truth: &Truth, metric: &TrueMetric, drift: Decimal) -> Option<Decimal> {
    let kind = contract.terms().metrics.get(metric.metric)?.kind;
    matches!(kind, MetricKind::Share | MetricKind::Claims).then_some(())?;
    let dates = || truth.cohorts.iter().map(|cohort| cohort.date);
    let years = (dates().max()? - dates().min()?).num_days() as f64 / YEAR;
    let growth = libm::pow(1.0 + Constant::from(drift).float(), years);
    // What is no decimal is beyond every share.
    let growth = Decimal::try_from(growth).unwrap_or(Decimal::ONE_THOUSAND);
    point(contract, metric.counterfactual)?.checked_mul(growth)
}
