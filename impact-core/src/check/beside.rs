//! What stands beside the account: effects without a price that are priced all the same, goals that nothing serves, and the
//! enterprise's own account.

use super::finding::Found;
use super::rule::{Rule, Severity, Text};
use super::seen::{point, short};
use super::{Family, Subject};
use crate::address::Address;
use crate::evaluation::{Appraisal, PriceLevel, Runway};
use crate::model::{Flow, Model, OwnAmount, OwnLine, Slot};
use crate::units::Label;

pub(super) const FAMILY: Family = Family {
    title: Text { en: "What stands beside the account", nb: "Det som står ved siden av regnskapet" },
    subject: Subject::Document,
    rules: &[PRICED_AND_NOT, GOAL_UNSERVED, OUTCOME_WITHOUT_GOAL, OUT_OF_CASH, TYPED_TWICE],
};

const PRICED_AND_NOT: Rule = Rule {
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
};

const GOAL_UNSERVED: Rule = Rule {
    id: "goal-unserved",
    severity: Severity::Warning,
    looks_for: Text {
        en: "a goal that no outcome and no effect without a price serves",
        nb: "et mål som ingen virkning og ingen ikke-prissatt virkning tjener",
    },
    why: Text {
        en: "a goal on the page reads as one that is worked for",
        nb: "et mål på siden leses som et det arbeides for",
    },
    source: "this library: what is named is shown with what stands behind it",
    example: r#"goals = [ { id = "work", name = "More people in work", scheme = "municipal-plan", source = "the plan" }, { id = "lonely", name = "Fewer people lonely", scheme = "municipal-plan", source = "the plan" } ]

[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
goals = ["work"]
"#,
    find: goal_unserved,
};

const OUTCOME_WITHOUT_GOAL: Rule = Rule {
    id: "outcome-without-goal",
    severity: Severity::Note,
    looks_for: Text {
        en: "an outcome that serves none of the goals of the document",
        nb: "en virkning som ikke tjener noen av dokumentets mål",
    },
    why: Text {
        en: "the goals then show less than the whole, or the outcome is beside what was set out to do",
        nb: "da viser målene mindre enn helheten, eller virkningen ligger utenfor det en ville",
    },
    source: "this library: what is named is shown with what stands behind it",
    example: r#"goals = [ { id = "work", name = "More people in work", scheme = "municipal-plan", source = "the plan" } ]

[[outcomes]]
id = "into-work"
holder = "participants"
quantity = 10
goals = ["work"]

[[outcomes]]
id = "less-lonely"
holder = "participants"
quantity = 5
"#,
    find: outcome_without_goal,
};

const OUT_OF_CASH: Rule = Rule {
    id: "out-of-cash",
    severity: Severity::Warning,
    looks_for: Text {
        en: "an enterprise whose cash is gone before the years appraised are",
        nb: "en virksomhet som er tom for penger før de analyserte årene er omme",
    },
    why: Text {
        en: "what is promised for the years after it has nobody to do it",
        nb: "det som loves for årene etter, har ingen til å gjøre det",
    },
    source: "this library: an enterprise that cannot pay does no work",
    example: r#"holders = [ { id = "workshop", kind = "enterprise" } ]
costs = [ { id = "wages", payer = "workshop", amount = 500_000, year = 2024, source = "budget" } ]

[enterprise]
holder = "workshop"
opening_cash = 100_000
income = [ { id = "sales", kind = "sales", amount = 300_000, year = 2024 } ]
"#,
    find: out_of_cash,
};

const TYPED_TWICE: Rule = Rule {
    id: "typed-twice",
    severity: Severity::Warning,
    looks_for: Text {
        en: "a line of the enterprise's own account with the name, or the amounts and years, of a cost or transfer of the model that it pays or receives",
        nb: "en linje i virksomhetens eget regnskap med samme navn, eller samme beløp og år, som en kostnad eller overføring i modellen som den betaler eller mottar",
    },
    why: Text {
        en: "what the model posts to the enterprise is in its account already",
        nb: "det modellen fører på virksomheten, står alt i regnskapet",
    },
    source: "this library: what the model posts is typed nowhere else",
    example: r#"holders = [ { id = "workshop", kind = "enterprise" } ]
costs = [ { id = "wages", payer = "workshop", amount = 500_000, year = 2024, source = "budget" } ]

[enterprise]
holder = "workshop"
opening_cash = 900_000
costs = [ { id = "staff", amount = 500_000, year = 2024 } ]
"#,
    find: typed_twice,
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

fn goal_unserved(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    let served = |at: usize| {
        model.outcomes().iter().any(|outcome| outcome.goals.contains(&at))
            || model.non_priced().iter().any(|effect| effect.goals.contains(&at))
    };
    let unserved = model.goals().iter().enumerate().filter(|(at, _)| !served(*at));
    let found = unserved.map(|(_, goal)| {
        Found::at(
            &goal.address,
            format!("nothing serves `{}`: name it in `goals` of an outcome or an effect, or take it out", goal.id),
            format!("ingenting tjener `{}`: nevn det i `goals` for en virkning, eller ta det ut", goal.id),
        )
    });
    found.collect()
}

fn outcome_without_goal(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    let without = model.outcomes().iter().filter(|outcome| !model.goals().is_empty() && outcome.goals.is_empty());
    let found = without.map(|outcome| {
        Found::at(
            &outcome.address,
            "it serves none of the goals: give its `goals`, or say in a silence why it stands beside them",
            "den tjener ingen av målene: oppgi `goals`, eller begrunn hvorfor den står ved siden av dem",
        )
    });
    found.collect()
}

fn out_of_cash(appraisal: &Appraisal) -> Vec<Found> {
    // What is in the bank is nominal; without a price level of every year it is told in real terms.
    let account =
        [PriceLevel::Nominal, PriceLevel::Real].into_iter().find_map(|level| appraisal.enterprise(level)?.ok());
    let gone = account.and_then(|account| match account.runway {
        Runway::Gone { months, year } => Some((short(months.round_dp(1)), year)),
        Runway::Lasts { .. } => None,
    });
    let found = gone.map(|(months, year)| {
        Found::at(
            &Address::root().child("enterprise"),
            format!(
                "the cash is gone in {year}, after {months} months: give the income or loan that carries it further"
            ),
            format!(
                "pengene er brukt opp i {year}, etter {months:#} måneder: oppgi inntekten eller lånet som bærer videre"
            ),
        )
    });
    found.into_iter().collect()
}

fn typed_twice(appraisal: &Appraisal) -> Vec<Found> {
    let model = appraisal.model();
    let Some(enterprise) = model.enterprise() else { return Vec::new() };
    let (costs, transfers) = (model.costs().iter(), model.transfers().iter());
    let mut posted: Vec<Posted<'_>> = Vec::new();
    let paid = costs.filter(|cost| cost.payer == enterprise.holder);
    posted.extend(paid.map(|cost| Posted { comes: false, address: &cost.address, name: &cost.name, flow: &cost.flow }));
    for transfer in transfers.filter(|one| one.from == enterprise.holder || one.to == enterprise.holder) {
        let comes = transfer.to == enterprise.holder;
        posted.push(Posted { comes, address: &transfer.address, name: &transfer.name, flow: &transfer.flow });
    }
    let own = enterprise.income.iter().map(|line| (true, line));
    let own = own.chain(enterprise.costs.iter().map(|line| (false, line)));
    let found = own.filter_map(|(comes, line)| {
        let twin = posted.iter().find(|one| one.comes == comes && one.is_told_by(model, line))?.address;
        Some(Found::at(
            &line.address,
            format!("the model posts `{twin}` to the enterprise already: take one of them out, or tell them apart"),
            format!("modellen fører alt `{twin}` på virksomheten: ta ut den ene, eller skill dem fra hverandre"),
        ))
    });
    found.collect()
}

/// What the model posts to the enterprise.
struct Posted<'a> {
    comes: bool,
    address: &'a Address,
    name: &'a Label,
    flow: &'a Flow,
}

impl Posted<'_> {
    /// Whether a line of the account says the same.
    fn is_told_by(&self, model: &Model, line: &OwnLine) -> bool {
        let named = self.name.en.trim().to_lowercase() == line.name.en.trim().to_lowercase();
        let points = |flow: &Flow| {
            let values: Vec<_> = flow.amount.slots().iter().map(|slot: &Slot| point(model, *slot)).collect();
            (flow.first, flow.last, values)
        };
        named || matches!(&line.amount, OwnAmount::Fixed(flow) if points(flow) == points(self.flow))
    }
}
