//! What the situations of a contract's risk are called, and what each of them means.
//!
//! One rule: a chance is never told without what is supposed to be the case.

use crate::analysis::risk::Situation;
use crate::units::Label;

/// What a situation is called.
///
/// # Examples
/// ```
/// use impact_core::analysis::risk::Situation;
/// use impact_core::report::situation_name;
/// assert_eq!(situation_name(Situation::AsBelieved).en, "As believed");
/// ```
pub fn situation_name(situation: Situation) -> Label {
    let (en, nb) = match situation {
        Situation::AsBelieved => ("As believed", "Som antatt"),
        Situation::ExpectedEffect => ("The effect is as expected", "Effekten er som forventet"),
        Situation::NothingWorksBaselineRight => {
            ("Nothing works, the baseline is right", "Tiltaket virker ikke, referansenivået stemmer")
        }
        Situation::NothingWorksDrifting => {
            ("Nothing works, the baseline is left behind", "Tiltaket virker ikke, referansenivået er utdatert")
        }
        Situation::NothingWorks => (
            "Nothing works, what happens anyway is as believed",
            "Tiltaket virker ikke, det som skjer uansett, er som antatt",
        ),
    };
    Label::both(en, nb)
}

/// What is supposed in a situation, in a sentence.
pub fn situation_meaning(situation: Situation) -> Label {
    let (en, nb) = match situation {
        Situation::AsBelieved => (
            "everything is as the document believes it to be, and as uncertain as it says",
            "alt er slik dokumentet antar, med den usikkerheten det oppgir",
        ),
        Situation::ExpectedEffect => (
            "as believed, but with every effect at its expected value",
            "som antatt, men hver effekt har sin forventede verdi",
        ),
        Situation::NothingWorksBaselineRight => (
            "the programme changes nothing, and what happens without it is as the contract's baseline says, so that whatever is paid is paid for chance",
            "tiltaket endrer ingenting, og deltakerne er på kontraktens referansenivå, slik at det som betales, betales for tilfeldige utslag",
        ),
        Situation::NothingWorksDrifting => (
            "the programme changes nothing; the baseline was right for the first cohort, and what would happen anyway has moved \
             away from it since",
            "tiltaket endrer ingenting; referansenivået stemte for det første kullet, men det som ville ha skjedd uansett, har \
             endret seg siden",
        ),
        Situation::NothingWorks => (
            "the programme changes nothing, and what happens without it is as the document believes, whatever the contract's baseline says",
            "tiltaket endrer ingenting, og det som ville skjedd uansett, er som antatt, uansett hva kontraktens referansenivå sier",
        ),
    };
    Label::both(en, nb)
}
