//! Words of a statement: why a line or a claim is paid nothing, and why an observation decides nothing.

use super::schedule_words::number;
use crate::address::Address;
use crate::contract::{FigureFault, WhyUnpaid, WhyUnused, Withheld};
use crate::model::Contract;
use crate::units::written::Numeral;
use crate::units::{Label, Language};
use rust_decimal::Decimal;

/// Why a line pays nothing.
pub(super) fn withheld_words(contract: &Contract, withheld: &Withheld) -> Label {
    match withheld {
        Withheld::NotReached(address) => {
            let wanted = point(contract, address);
            Label::both(format!("{wanted} is required and not reached"), format!("krever {wanted:#}, som ikke er nådd"))
        }
        Withheld::Below(address) => {
            let first = point(contract, address);
            Label::both(
                format!("payment begins at {first}, which is not reached"),
                format!("betalingen begynner ved {first:#}, som ikke er nådd"),
            )
        }
        Withheld::NothingDue => Label::both(
            "the schedule gives nothing, or nothing more, for this figure",
            "betalingsplanen gir ingenting, eller ikke mer, for denne verdien",
        ),
        Withheld::NotOwedBack(_) => Label::both(
            "the figure lies below where payment begins: nothing is paid, and nothing is owed back (the terms do not say `refunds = true`)",
            "verdien ligger under der betalingen begynner: ingenting betales, og ingenting skal tilbake (vilkårene sier ikke `refunds = true`)",
        ),
        Withheld::PaidAlready(address) => {
            let payment = contract.terms().payments.iter().find(|payment| payment.address == *address);
            let name = payment.map(|payment| payment.name.clone()).unwrap_or_else(|| Label::plain(address.as_str()));
            let nb = name.text(Language::Bokmal);
            Label::both(
                format!("void, because something was paid of: {}", name.en),
                format!("bortfaller fordi det er betalt av: {nb}"),
            )
        }
        Withheld::NotSignificant(_) => Label::both("the effect may be chance", "effekten kan være tilfeldig"),
        Withheld::TooFew(address) => {
            let wanted = point(contract, address);
            Label::both(
                format!("fewer than {wanted} people in a group"),
                format!("færre enn {wanted:#} personer i en gruppe"),
            )
        }
        Withheld::Untested(fault) => {
            Label::both(format!("not tested: {fault}"), format!("ikke testet: {}", in_norwegian(fault)))
        }
        Withheld::Awaits(fault) => Label::both(format!("waits: {fault}"), format!("venter: {}", in_norwegian(fault))),
    }
}

/// The number at an address.
fn point(contract: &Contract, address: &Address) -> Numeral {
    contract.slot(address).map_or(Numeral(Decimal::ZERO), |slot| number(contract, slot))
}

fn in_norwegian(fault: &FigureFault) -> String {
    match fault {
        FigureFault::NoComparison { group, cohort } => {
            format!("ingenting er observert i gruppen `{group}`, som kullet `{cohort}` sammenlignes med")
        }
        FigureFault::SeveralComparisons => {
            "sammenligningen er byttet underveis: effekter av kull slås sammen med vekter, ikke antallene deres"
                .to_owned()
        }
        FigureFault::NothingToReduce => {
            "sammenligningen har ingenting av det, så det finnes ingen relativ effekt".to_owned()
        }
        FigureFault::CohortMissing { cohort } => format!("kullet `{cohort}` har en vekt og ennå ingen effekt"),
        FigureFault::NoWeight => "vektene er til sammen null".to_owned(),
        FigureFault::NotWhole { events } => {
            format!("`{events}` hendelser er ikke et helt tall, og det er antall som testes")
        }
        FigureFault::NothingDiffers => {
            "ingen eller alle i begge gruppene har det, så ingen test kan skille dem".to_owned()
        }
        FigureFault::NoEvents => "ingen hendelser er sett i noen av gruppene, så ingen test kan skille dem".to_owned(),
        FigureFault::NoRatio => {
            "en gruppe har ingen hendelser, så forholdet mellom ratene har ingen logaritme, som testen trenger"
                .to_owned()
        }
        FigureFault::TooManyToCount => "mer enn 1000000 personer eller hendelser teller ingen eksakt test".to_owned(),
        FigureFault::TooLarge => "verdien har flere sifre enn det er plass til".to_owned(),
        _ => "ingenting av det er observert".to_owned(),
    }
}

/// Why a claim is not paid for.
pub(super) fn unpaid_words(why: WhyUnpaid) -> Label {
    match why {
        WhyUnpaid::Repeated => Label::both(
            "the person has been paid for as often as the terms allow",
            "det er alt betalt for personen så ofte som vilkårene tillater",
        ),
        WhyUnpaid::TooSoon => {
            Label::both("too few days since the person's last one", "for få dager siden forrige for samme person")
        }
        WhyUnpaid::NothingBefore => Label::both(
            "what must come before is missing, or came too few days before",
            "det som må komme først, mangler eller kom for få dager før",
        ),
    }
}

/// Why an observation decides nothing.
pub(super) fn unused_words(why: WhyUnused) -> Label {
    match why {
        WhyUnused::OnlyCompared => Label::both(
            "only the group that is compared with was observed, and nobody treated",
            "bare gruppen det sammenlignes med, er observert, og ingen som fikk tiltaket",
        ),
        WhyUnused::OnlyTreated => Label::both(
            "only those treated were observed, and not the group they are compared with",
            "bare de som fikk tiltaket, er observert, og ikke gruppen de sammenlignes med",
        ),
        WhyUnused::NoWeight => {
            Label::both("the pool has no weight for the cohort", "kullet har ingen vekt i den samlede verdien")
        }
    }
}
