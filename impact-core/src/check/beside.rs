//! What stands beside the account: effects without a price that are priced all the same.

use super::finding::Found;
use super::rule::{Rule, Severity, Text};
use super::{Family, Subject};
use crate::evaluation::Appraisal;

pub(super) const FAMILY: Family = Family {
    title: Text { en: "What stands beside the account", nb: "Det som står ved siden av regnskapet" },
    subject: Subject::Document,
    rules: &[Rule {
        id: "priced-and-not",
        severity: Severity::Warning,
        looks_for: Text {
            en: "an effect without a price that follows from an outcome with a value to the same holder",
            nb: "en ikke-prissatt virkning som følger av en virkning med en verdi for den samme",
        },
        why: Text {
            en: "what a value already holds would count once in kroner and once more in plus signs",
            nb: "det en verdi allerede rommer, ville telt én gang i kroner og én gang til i plusser",
        },
        source: "DFØ, veileder i samfunnsøkonomiske analyser, 3.3, on avoiding double counting",
        example: r#"[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
values = [ { id = "wellbeing", value = 30_000, unit = "person-year", kind = "social", basis = "wellby", source = "survey" } ]

[[non_priced]]
id = "content"
holder = "participants"
change = "more content with life"
outcome = "into-work"
importance = "high"
size = "medium"
direction = "positive"
source = "interviews"
"#,
        find: priced_and_not,
    }],
};

fn priced_and_not(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    let found = model.non_priced().iter().filter_map(|effect| {
        let outcome = effect.outcome.and_then(|at| model.outcomes().get(at))?;
        let value = outcome.values.iter().find(|value| value.to == effect.holder)?;
        let priced = &value.address;
        Some(Found::at(
            &effect.address,
            format!("`{priced}` puts a price on the same outcome for the same people: leave one of them out, or say in a silence what the value does not hold"),
            format!("`{priced}` setter en pris på den samme virkningen for de samme: utelat en av dem, eller begrunn hva verdien ikke rommer"),
        ))
    });
    found.collect()
}
