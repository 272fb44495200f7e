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
            ("Nothing works, the baseline is right", "Ingenting virker, nullalternativet stemmer")
        }
        Situation::NothingWorksDrifting => {
            ("Nothing works, the baseline is left behind", "Ingenting virker, nullalternativet blir utdatert")
        }
        Situation::NothingWorks => {
            ("Nothing works, people are as the truth says", "Ingenting virker, folk er slik sannheten sier")
        }
    };
    Label::both(en, nb)
}

/// What is supposed in a situation, in a sentence.
pub fn situation_meaning(situation: Situation) -> Label {
    let (en, nb) = match situation {
        Situation::AsBelieved => (
            "everything is as the truth of the document has it, as uncertain as it says",
            "alt er slik sannheten i dokumentet sier, så usikkert som den sier",
        ),
        Situation::ExpectedEffect => {
            ("the same, with every effect at its expected value", "det samme, med hver effekt på sin forventede verdi")
        }
        Situation::NothingWorksBaselineRight => (
            "the programme changes nothing, and people are as the contract's baseline says: what is paid is paid for chance",
            "tiltaket endrer ingenting, og folk er slik kontraktens nullalternativ sier: det som betales, betales for tilfeldigheter",
        ),
        Situation::NothingWorksDrifting => (
            "the programme changes nothing; the baseline was right for the first cohort, and what would happen anyway has moved \
             away from it since",
            "tiltaket endrer ingenting; nullalternativet stemte for første kull, og det som ville skjedd uansett, har siden \
             beveget seg bort fra det",
        ),
        Situation::NothingWorks => (
            "the programme changes nothing, and people are as the truth has them, whatever the contract's baseline says",
            "tiltaket endrer ingenting, og folk er slik sannheten sier, uansett hva kontraktens nullalternativ sier",
        ),
    };
    Label::both(en, nb)
}
