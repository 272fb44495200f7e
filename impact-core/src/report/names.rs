//! Names of measures, perspectives, numbers and units, in the languages of the reports.
//!
//! One rule: what the author named is called so; an address stands only for what has no name.

use crate::address::Address;
use crate::model::{Holder, Measure, Model, Perspective};
use crate::units::Label;

/// What a measure is called.
///
/// # Examples
/// ```
/// use impact_core::model::Measure;
/// assert_eq!(impact_core::report::measure_name(Measure::Npv).en, "net present value");
/// ```
pub fn measure_name(measure: Measure) -> Label {
    let (en, nb) = match measure {
        Measure::Npv => ("net present value", "netto nåverdi"),
        Measure::PresentValueOutcomes => ("present value of outcomes", "nåverdi av virkninger"),
        Measure::PresentValueInputs => ("present value of inputs", "nåverdi av innsats"),
        Measure::SroiRatio => ("SROI ratio", "sosial avkastning (SROI)"),
        Measure::SroiNetRatio => ("net SROI ratio", "netto sosial avkastning (SROI)"),
        Measure::Bcr => ("benefit-cost ratio", "nytte-kostnadsbrøk"),
        Measure::CashableSaving => ("cashable saving", "realiserbar besparelse"),
        Measure::Payback => ("payback period", "tilbakebetalingstid"),
        Measure::DiscountedPayback => ("discounted payback period", "diskontert tilbakebetalingstid"),
        Measure::Irr => ("internal rate of return", "internrente"),
        Measure::EquivalentAnnualValue => ("equivalent annual value", "årlig ekvivalent verdi"),
        Measure::CostPerOutcome => ("cost per outcome", "kostnad per virkning"),
        Measure::GainPerUnit => ("gain per unit", "gevinst per enhet"),
        Measure::Mvpf => ("marginal value of public funds (MVPF)", "marginalverdi av offentlige midler (MVPF)"),
        Measure::WillingnessToPay => ("willingness to pay", "betalingsvilje"),
        Measure::NetPublicCost => ("net cost to public budgets", "netto kostnad for offentlige budsjetter"),
        Measure::CbaRatio => {
            ("benefit-cost ratio per unit of programme cost", "nytte-kostnadsbrøk per enhet programkostnad")
        }
        Measure::NetBenefitPerBudgetKrone => ("net benefit per budget krone", "nettonytte per budsjettkrone"),
        Measure::FiscalPayback => ("fiscal payback period", "tilbakebetalingstid for budsjettet"),
        Measure::DiscountedFiscalPayback => {
            ("discounted fiscal payback period", "diskontert tilbakebetalingstid for budsjettet")
        }
        Measure::FiscalReturn => ("fiscal rate of return", "internrente for budsjettet"),
        Measure::WeightedNpv => ("distribution-weighted net present value", "fordelingsvektet netto nåverdi"),
    };
    Label::both(en, nb)
}

/// What a perspective is called: society, all public budgets, or a holder by its name in the model.
pub fn holder_name(model: &Model, perspective: &Perspective) -> Label {
    match perspective {
        Perspective::Society => Label::both("society", "samfunnet"),
        Perspective::Everybody => Label::both("everybody, standing or not", "alle, også de som ikke regnes med"),
        Perspective::Public => Label::both("all public budgets", "alle offentlige budsjetter"),
        Perspective::Holder(id) => {
            let holder = model.holders().iter().find(|holder| holder.id == *id);
            holder.map_or_else(|| Label::plain(id.clone()), |holder| holder.name.clone())
        }
    }
}

/// What the number at an address is called: its own name, or its field and what it is a field of; else the address. Where
/// another number is called the same, what it belongs to is added; where that tells them no better apart, the address.
pub fn number_name(model: &Model, address: &Address) -> Label {
    let named = |tell: fn(&Model, &Address) -> Label| {
        let name = tell(model, address);
        let mut others = model.assumptions().iter().map(|number| &number.address).filter(|other| *other != address);
        let alone = !others.any(|other| tell(model, other).en == name.en);
        alone.then_some(name)
    };
    let bare = bare_name(model, address);
    let full = || with(&bare, &Label::plain(format!("`{address}`")));
    named(bare_name).or_else(|| named(name_with_section)).unwrap_or_else(full)
}

/// The name with the outcome, cost or transfer that it belongs to.
fn name_with_section(model: &Model, address: &Address) -> Label {
    let bare = bare_name(model, address);
    let outcomes = model.outcomes().iter().map(|outcome| (&outcome.address, &outcome.name));
    let costs = model.costs().iter().map(|cost| (&cost.address, &cost.name));
    let transfers = model.transfers().iter().map(|transfer| (&transfer.address, &transfer.name));
    let rules = model.reimbursements().iter().map(|rule| (&rule.address, &rule.name));
    let capacities = model.capacities().iter().map(|capacity| (&capacity.address, &capacity.name));
    let owner = outcomes
        .chain(costs)
        .chain(transfers)
        .chain(rules)
        .chain(capacities)
        .find(|(owner, _)| address.is_within(owner));
    owner.map_or_else(|| bare.clone(), |(_, name)| with(&bare, name))
}

fn with(name: &Label, owner: &Label) -> Label {
    let nb = (name.nb.is_some() || owner.nb.is_some())
        .then(|| format!("{} ({})", name.nb.as_ref().unwrap_or(&name.en), owner.nb.as_ref().unwrap_or(&owner.en)));
    Label { en: format!("{} ({})", name.en, owner.en), nb }
}

fn bare_name(model: &Model, address: &Address) -> Label {
    let own = model.slot(address).and_then(|slot| model.assumption(slot)).filter(|number| number.address == *address);
    if let Some(name) = own.and_then(|number| number.name.as_ref()) {
        return name.clone();
    }
    if let Some((joint, member)) = joint_member(model, address) {
        return member.share_in(joint);
    }
    match (field_name(address), owner_name(model, address)) {
        (Some((en, nb)), Some(owner)) => {
            let nb_owner = owner.nb.as_ref().unwrap_or(&owner.en);
            Label::both(format!("{en} of {}", owner.en), format!("{nb} for {nb_owner}"))
        }
        _ => Label::plain(format!("`{address}`")),
    }
}

/// The joint holder and the member whose share stands at an address.
fn joint_member<'m>(model: &'m Model, address: &Address) -> Option<(&'m Holder, &'m Holder)> {
    let mut segments = address.segments();
    let (Some("holders"), Some(joint), Some("shares"), Some(member)) =
        (segments.next(), segments.next(), segments.next(), segments.next())
    else {
        return None;
    };
    let named = |id: &str| model.holders().iter().find(|holder| holder.id == id);
    named(joint).zip(named(member))
}

/// The name of the value, outcome, cost, transfer or reimbursement that an address lies in, the nearest first.
pub(super) fn owner_name<'m>(model: &'m Model, address: &Address) -> Option<&'m Label> {
    let values = model.outcomes().iter().flat_map(|outcome| &outcome.values).map(|value| (&value.address, &value.name));
    let outcomes = model.outcomes().iter().map(|outcome| (&outcome.address, &outcome.name));
    let costs = model.costs().iter().map(|cost| (&cost.address, &cost.name));
    let transfers = model.transfers().iter().map(|transfer| (&transfer.address, &transfer.name));
    let rules = model.reimbursements().iter().map(|rule| (&rule.address, &rule.name));
    let capacities = model.capacities().iter().map(|capacity| (&capacity.address, &capacity.name));
    let mut owners = values.chain(outcomes).chain(costs).chain(transfers).chain(rules).chain(capacities);
    owners.find(|(owner, _)| address.is_within(owner)).map(|(_, name)| name)
}

fn field_name(address: &Address) -> Option<(&'static str, &'static str)> {
    let names = match address.segments().last()? {
        "quantity" => ("quantity", "antall"),
        "deadweight" => ("deadweight", "dødvekt"),
        "population" => ("population", "målgruppe"),
        "baseline" => ("rate without the intervention", "andel uten tiltaket"),
        "risk_difference" => ("risk difference", "risikodifferanse"),
        "risk_ratio" => ("risk ratio", "relativ risiko"),
        "odds_ratio" => ("odds ratio", "oddsratio"),
        "rate_ratio" => ("rate ratio", "rateratio"),
        "relative_change" => ("relative change", "relativ endring"),
        "displacement" => ("displacement", "fortrengning"),
        "drop_off" => ("drop-off", "avtakende effekt"),
        "duration" => ("duration", "varighet"),
        "others" => ("credit due to others", "andres bidrag"),
        "own" => ("credit of its own", "eget bidrag"),
        "per_year" => ("yearly amount", "årlig beløp"),
        "amount" => ("amount", "beløp"),
        "value" | "proxy" => ("unit value", "enhetsverdi"),
        "avoidable" => ("avoidable share", "unngåelig andel"),
        "cashable" => ("cashable share", "realiserbar andel"),
        "share" if address.segments().next() == Some("reimbursements") => ("share", "andel"),
        "places_per_step" => ("places per step", "plasser per trinn"),
        "days_a_year" => ("days a year", "døgn i året"),
        "days_used" => ("days used a year", "døgn i bruk i året"),
        "years_from_start" => ("years from the start", "år fra start"),
        "wage" => ("wage", "lønn"),
        "full_time_share" => ("full-time share", "stillingsandel"),
        _ => return None,
    };
    Some(names)
}
