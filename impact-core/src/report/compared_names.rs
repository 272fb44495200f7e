//! Names in a comparison: of its columns, of what was exchanged, and of what is unlike.

use super::names::{number_name, owner_name};
use crate::address::Address;
use crate::analysis::comparison::{Changed, Column, Unlike, Unlikeness};
use crate::model::Model;
use crate::reference::Switch;
use crate::units::{Label, Language};

/// What a switch of the conventions is called.
///
/// # Examples
/// ```
/// use impact_core::reference::Switch;
/// use impact_core::report::switch_name;
/// assert_eq!(switch_name(Switch::Schedule).en, "discount rates");
/// assert_eq!(switch_name(Switch::Financing).nb.as_deref(), Some("skattefinansieringskostnad"));
/// ```
pub fn switch_name(switch: Switch) -> Label {
    let (en, nb) = match switch {
        Switch::Schedule => ("discount rates", "kalkulasjonsrenter"),
        Switch::Origin => ("where the discount clock starts", "startåret for kalkulasjonsrenten"),
        Switch::Timing => ("when in the year amounts fall", "når i året beløpene faller"),
        Switch::CostsDiscounted => ("whether costs are discounted", "om kostnader diskonteres"),
        Switch::Filters => ("how filters combine", "hvordan filtrene virker sammen"),
        Switch::DropOff => ("drop-off rule", "regel for avtakende effekt"),
        Switch::Attribution => ("what attribution applies to", "hva andres bidrag trekkes fra i"),
        Switch::Transfers => ("how transfers count", "hvordan overføringer regnes"),
        Switch::RatioKind => ("headline ratio, gross or net", "hovedbrøken, brutto eller netto"),
        Switch::Denominator => ("what stands below the line", "hva som står under brøkstreken"),
        Switch::WillingnessToPay => ("what counts as willingness to pay", "hva som regnes som betalingsvilje"),
        Switch::NothingForNothing => ("nothing over nothing", "ingenting delt på ingenting"),
        Switch::Financing => ("tax-financing cost", "skattefinansieringskostnad"),
        Switch::Growth => ("real growth of unit values", "realvekst i enhetsverdier"),
        Switch::Corrections => ("corrections for weak evidence", "korreksjoner for svak evidens"),
        Switch::PriceIndex => ("price index", "prisindeks"),
        Switch::Exchange => ("exchange of resources between countries", "omregning av ressurser mellom land"),
        Switch::MarketFactor => ("factor from factor to market prices", "faktor fra faktorpriser til markedspriser"),
    };
    Label::both(en, nb)
}

/// What tells each model from the others: its name; its conventions, where all have one name; a number, where that is the same.
pub(super) fn column_names(columns: &[Column]) -> Vec<Label> {
    let names: Vec<Label> = columns.iter().map(|column| column.model.name().clone()).collect();
    let alike = names.iter().all(|one| Some(one) == names.first());
    let told: Vec<Label> = if alike { columns.iter().map(convention_name).collect() } else { names };
    let numbered = |(at, one): (usize, &Label)| {
        let before = told.iter().take(at).filter(|other| *other == one).count();
        if before == 0 { one.clone() } else { with_number(one, before.saturating_add(1)) }
    };
    told.iter().enumerate().map(numbered).collect()
}

fn convention_name(column: &Column) -> Label {
    let (title, provenance) = (&column.model.convention().title, column.model.provenance());
    let switches = provenance.overridden_switches.iter().map(|switch| switch.trim_start_matches("conventions."));
    let switches: Vec<String> = switches.map(|switch| format!("`{switch}`")).collect();
    if switches.is_empty() {
        return title.clone();
    }
    let switches = switches.join(", ");
    Label::both(
        format!("{}, with its own {switches}", title.en),
        format!("{}, med egen {switches}", title.text(Language::Bokmal)),
    )
}

fn with_number(label: &Label, number: usize) -> Label {
    Label { en: format!("{} ({number})", label.en), nb: label.nb.as_ref().map(|nb| format!("{nb} ({number})")) }
}

/// What something exchanged is called; looked for in the base, then in the other.
pub(super) fn changed_name(models: &[&Model], changed: &Changed) -> Label {
    match changed {
        Changed::Switch { switch, .. } => switch_name(*switch),
        Changed::Part { address, .. } => part_name(models, address),
        Changed::Words { .. } => Label::both("names and sources", "navn og kilder"),
        Changed::Line { address } if address.as_str() == "conventions.financing.cost" => {
            Label::both("tax-financing cost of what differs", "skattefinansieringskostnad av det som er ulikt")
        }
        Changed::Line { address } => owner(models, address).unwrap_or_else(|| Label::plain(format!("`{address}`"))),
        Changed::Documents => Label::both("all else in the documents", "alt annet i dokumentene"),
    }
}

fn part_name(models: &[&Model], address: &Address) -> Label {
    let head = match address.as_str() {
        "country" => Some(("country", "land")),
        "start" => Some(("first year", "første år")),
        "horizon" => Some(("years appraised", "år i analysen")),
        "present_value_year" => Some(("present-value year", "nåverdiår")),
        "inflation" => Some(("price growth", "prisvekst")),
        _ => None,
    };
    let whole =
        |model: &&Model| owner_name(model, address).filter(|_| address.segments().count().is_multiple_of(2)).cloned();
    let slot = models.iter().find(|model| model.slot(address).is_some());
    let named = head.map(|(en, nb)| Label::both(en, nb));
    let named = named.or_else(|| slot.map(|model| number_name(model, address)));
    named.or_else(|| models.iter().find_map(whole)).unwrap_or_else(|| Label::plain(format!("`{address}`")))
}

fn owner(models: &[&Model], address: &Address) -> Option<Label> {
    models.iter().find_map(|model| owner_name(model, address).cloned())
}

/// What is unlike, in a sentence.
pub(super) fn unlike_message(unlike: &Unlike, labels: &[Label]) -> Label {
    let text = |language: Language| {
        let name = |at: usize| labels.get(at).map(|label| label.text(language)).unwrap_or_default();
        let parts = unlike.in_what.iter().map(|one| unlikeness(one).text(language).to_owned());
        (name(0).to_owned(), name(unlike.other).to_owned(), parts.collect::<Vec<_>>().join("; "))
    };
    let measures: Vec<String> = unlike.measures.iter().map(|measure| format!("`{measure}`")).collect();
    let measures = measures.join(", ");
    let ((en_base, en_other, en_parts), (nb_base, nb_other, nb_parts)) =
        (text(Language::English), text(Language::Bokmal));
    Label::both(
        format!("ratios ({measures}) of “{en_base}” and “{en_other}” are not of the same thing: {en_parts}"),
        format!("brøkene ({measures}) for «{nb_base}» og «{nb_other}» er ikke av det samme: {nb_parts}"),
    )
}

fn unlikeness(one: &Unlikeness) -> Label {
    match one {
        Unlikeness::Conventions(switches) => {
            let names = |language: Language| {
                let names = switches.iter().map(|switch| switch_name(*switch).text(language).to_owned());
                names.collect::<Vec<_>>().join(", ")
            };
            Label::both(
                format!("their conventions differ in {}", names(Language::English)),
                format!("konvensjonene er ulike i {}", names(Language::Bokmal)),
            )
        }
        Unlikeness::Holders(ids) => {
            Label::both(format!("only one counts {}", listed(ids)), format!("bare den ene regner med {}", listed(ids)))
        }
        Unlikeness::Outcomes(ids) => Label::both(
            format!("only one has the outcome {}", listed(ids)),
            format!("bare den ene har virkningen {}", listed(ids)),
        ),
        Unlikeness::Years(base, other) => Label::both(
            format!("the one is appraised over {base} years, the other over {other}"),
            format!("den ene vurderes over {base} år, den andre over {other}"),
        ),
    }
}

fn listed(ids: &[String]) -> String {
    ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
}
