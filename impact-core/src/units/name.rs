//! Names of units, as people say them of several.

use super::Label;

/// Several of a unit, as people say it; a unit this library does not know stands as it is.
///
/// # Examples
/// ```
/// let unit = impact_core::units::unit_name("recipient-year");
/// assert_eq!((unit.en.as_str(), unit.nb.as_deref()), ("recipient-years", Some("mottakerår")));
/// ```
pub fn unit_name(unit: &str) -> Label {
    let (en, nb) = match unit {
        "person" => ("people", "personer"),
        "person-year" => ("person-years", "personår"),
        "person-month" => ("person-months", "personmåneder"),
        "recipient" => ("recipients", "mottakere"),
        "recipient-year" => ("recipient-years", "mottakerår"),
        "place" => ("places", "plasser"),
        "place-year" => ("place-years", "plassår"),
        "place-day" => ("place-days", "plassdøgn"),
        "child" => ("children", "barn"),
        "child-year" => ("child-years", "barneår"),
        "family" => ("families", "familier"),
        "incident" => ("incidents", "hendelser"),
        "case" => ("cases", "saker"),
        "year" | "years" => ("years", "år"),
        "share" => ("as a share", "som andel"),
        "ratio" => ("as a ratio", "som forholdstall"),
        "events per person" => ("events per person", "hendelser per person"),
        other => return Label::plain(other),
    };
    Label::both(en, nb)
}
