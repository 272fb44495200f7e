//! Rows of the core as tables: one function a table, one line a column.

use crate::table::{Columns, Table, TableError};
use impact_core::address::Address;
use impact_core::analysis::OptionRow;
use impact_core::evaluation::{
    BudgetRow, CapacityRow, EnterpriseAccount, GoalCoverage, GoalEffect, GoalOutcome, GoalRow, GroupRow, NonPricedRow,
    OutcomeUnits, PocketRow,
};
use impact_core::model::{Default, Holder, Model, Outcome, Perspective};
use impact_core::reference::Source;
use impact_core::report::{
    AssumptionRow, BudgetPlanReport, BudgetPlanRow, EvidenceReportRow, FigureRow, FindingRow, LedgerRow, RuleRow,
    WaterfallRow, holder_name, priced_unit_rows, unit_rows, unit_year_rows, word,
};
use impact_core::units::{Label, Language, Year};

type Made = Result<Table, TableError>;

/// A year as a whole number.
pub fn number(year: Year) -> i64 {
    year.number().into()
}

/// The English and the Norwegian text of labels in two columns.
pub fn labels<'a>(table: Columns, name: &str, labels: impl Iterator<Item = Option<&'a Label>> + Clone) -> Columns {
    table
        .text(&format!("{name}_en"), labels.clone().map(|label| label.map(|label| label.en.as_str())))
        .text(&format!("{name}_nb"), labels.map(|label| label.and_then(|label| label.nb.as_deref())))
}

/// Title, web address and section of sources in three columns.
pub fn sources<'a>(table: Columns, sources: impl Iterator<Item = Option<&'a Source>> + Clone) -> Columns {
    table
        .text("source_title", sources.clone().map(|source| source.map(|source| source.title.as_str())))
        .text("source_url", sources.clone().map(|source| source.and_then(|source| source.url.as_deref())))
        .text("source_section", sources.map(|source| source.and_then(|source| source.section.as_deref())))
}

/// The postings.
pub fn ledger(rows: &[LedgerRow<'_>]) -> Made {
    Columns::new()
        .text("cause", rows.iter().map(|row| row.cause.as_str()))
        .words("class", rows.iter().map(|row| word(&row.class)))
        .text("from", rows.iter().map(|row| row.from))
        .text("to", rows.iter().map(|row| row.to))
        .words("kind", rows.iter().map(|row| word(&row.kind)))
        .text("outcome", rows.iter().map(|row| row.outcome))
        .whole("year", rows.iter().map(|row| number(row.year)))
        .amount("gross", rows.iter().map(|row| row.gross))
        .amount("amount", rows.iter().map(|row| row.amount))
        .amount("cashable", rows.iter().map(|row| row.cashable))
        .amount("claim", rows.iter().map(|row| row.claim))
        .amount("nominal", rows.iter().map(|row| row.nominal))
        .amount("nominal_cashable", rows.iter().map(|row| row.nominal_cashable))
        .amount("discount_factor", rows.iter().map(|row| row.discount_factor))
        .amount("present_value", rows.iter().map(|row| row.present_value))
        .amount("present_cashable", rows.iter().map(|row| row.present_cashable))
        .amount("present_claim", rows.iter().map(|row| row.present_claim))
        .text("pays_back", rows.iter().map(|row| row.pays_back.map(Address::as_str)))
        .flag("illustrative", rows.iter().map(|row| row.marks.illustrative))
        .flag("unverified", rows.iter().map(|row| row.marks.unverified))
        .flag("illustrative_cashable", rows.iter().map(|row| row.illustrative_cashable))
        .flag("illustrative_nominal", rows.iter().map(|row| row.illustrative_nominal))
        .flag("illustrative_nominal_cashable", rows.iter().map(|row| row.illustrative_nominal_cashable))
        .table()
}

/// Measures of one perspective.
pub fn measures(rows: &[FigureRow]) -> Made {
    let table = Columns::new().text("measure", rows.iter().map(|row| row.measure.name()));
    let table = labels(table, "name", rows.iter().map(|row| Some(&row.name)))
        .words("holder", rows.iter().map(|row| row.holder.to_string()))
        .text("outcome", rows.iter().map(|row| row.outcome.as_deref()))
        .amount("value", rows.iter().map(|row| row.value));
    let table = labels(table, "unit", rows.iter().map(|row| Some(&row.unit)));
    let table = labels(table, "absent", rows.iter().map(|row| row.absent.as_ref()));
    labels(table, "shown", rows.iter().map(|row| Some(&row.shown)))
        .flag("illustrative", rows.iter().map(|row| row.marks.illustrative))
        .flag("unverified", rows.iter().map(|row| row.marks.unverified))
        .table()
}

/// Measures as a notebook shows them.
pub fn measures_shown(rows: &[FigureRow], model: &Model) -> Made {
    Columns::new()
        .text("measure", rows.iter().map(|row| row.name.en.as_str()))
        .text("of", rows.iter().map(|row| row.outcome.as_deref().map(|id| outcome_name(model, id))))
        .text("value", rows.iter().map(|row| row.shown.en.as_str()))
        .text("mark", rows.iter().map(|row| row.marks.illustrative.then_some("illustrative")))
        .table()
}

/// What an outcome is called.
pub fn outcome_name<'a>(model: &'a Model, id: &'a str) -> &'a str {
    model.outcomes().iter().find(|outcome| outcome.id == id).map_or(id, |outcome| outcome.name.en.as_str())
}

/// The years of a budget.
pub fn budget(rows: &[BudgetRow]) -> Made {
    Columns::new()
        .whole("year", rows.iter().map(|row| number(row.year)))
        .amount("costs", rows.iter().map(|row| row.costs))
        .amount("transfers", rows.iter().map(|row| row.transfers))
        .amount("savings", rows.iter().map(|row| row.savings))
        .amount("cashable", rows.iter().map(|row| row.cashable))
        .amount("net", rows.iter().map(|row| row.net))
        .amount("cumulative", rows.iter().map(|row| row.cumulative))
        .table()
}

/// The lines of a budget plan, year by year.
pub fn budget_plan(rows: &[BudgetPlanRow]) -> Made {
    let table = Columns::new().words("row", rows.iter().map(|row| word(&row.row)));
    let table = labels(table, "name", rows.iter().map(|row| Some(&row.name)))
        .text("cause", rows.iter().map(|row| row.cause.as_ref().map(|cause| cause.as_str())))
        .whole("year", rows.iter().map(|row| number(row.year)))
        .amount("amount", rows.iter().map(|row| row.amount))
        .amount("thousands", rows.iter().map(|row| row.thousands));
    labels(table, "absent", rows.iter().map(|row| row.absent.as_ref())).table()
}

/// A budget plan as a notebook shows it: a line a row, a year a column.
pub fn budget_plan_shown(plan: &BudgetPlanReport) -> Made {
    let lines = plan.rows.chunks(plan.years.len().max(1));
    let name = |line: &[BudgetPlanRow]| line.first().map(|row| row.name.en.clone()).unwrap_or_default();
    let table = Columns::new().words("line", lines.clone().map(name));
    let year = |table: Columns, (position, year): (usize, &Year)| {
        let cells = lines.clone().map(|line| line.get(position).and_then(|row| row.thousands));
        table.amount(&year.to_string(), cells)
    };
    plan.years.iter().enumerate().fold(table, year).table()
}

/// The steps of a waterfall.
pub fn waterfall(rows: &[WaterfallRow]) -> Made {
    let table = Columns::new()
        .text("outcome", rows.iter().map(|row| row.outcome.as_deref()))
        .words("step", rows.iter().map(|row| word(&row.step)));
    labels(table, "name", rows.iter().map(|row| Some(&row.name)))
        .flag("level", rows.iter().map(|row| row.level))
        .amount("amount", rows.iter().map(|row| row.amount))
        .amount("from", rows.iter().map(|row| row.from))
        .amount("standing", rows.iter().map(|row| row.standing))
        .flag("illustrative", rows.iter().map(|row| row.marks.illustrative))
        .flag("unverified", rows.iter().map(|row| row.marks.unverified))
        .table()
}

/// A waterfall as a notebook shows it.
pub fn waterfall_shown(rows: &[WaterfallRow]) -> Made {
    Columns::new()
        .text("step", rows.iter().map(|row| row.name.en.as_str()))
        .amount("amount", rows.iter().map(|row| row.amount))
        .amount("standing", rows.iter().map(|row| row.standing))
        .text("mark", rows.iter().map(|row| row.marks.illustrative.then_some("illustrative")))
        .table()
}

/// The numbers on each footing.
pub fn evidence(rows: &[EvidenceReportRow]) -> Made {
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let table = Columns::new().words("footing", rows.iter().map(|row| word(&row.footing)));
    labels(table, "name", rows.iter().map(|row| Some(&row.name)))
        .whole("numbers", rows.iter().map(|row| count(row.numbers)))
        .amount("present_value", rows.iter().map(|row| row.present_value))
        .amount("share", rows.iter().map(|row| row.share))
        .table()
}

/// Who pays and who gains.
pub fn wrong_pocket(rows: &[PocketRow]) -> Made {
    Columns::new()
        .text("holder", rows.iter().map(|row| row.holder.as_str()))
        .words("kind", rows.iter().map(|row| word(&row.kind)))
        .amount("pays", rows.iter().map(|row| row.pays))
        .amount("receives", rows.iter().map(|row| row.receives))
        .amount("gains", rows.iter().map(|row| row.gains))
        .amount("cashable", rows.iter().map(|row| row.cashable))
        .amount("returns", rows.iter().map(|row| row.returns))
        .amount("net", rows.iter().map(|row| row.net))
        .table()
}

/// Who pays and who gains as a notebook shows it.
pub fn wrong_pocket_shown(rows: &[PocketRow], model: &Model) -> Made {
    let name = |row: &PocketRow| holder_name(model, &Perspective::Holder(row.holder.clone())).en;
    Columns::new()
        .words("for", rows.iter().map(name))
        .amount("pays", rows.iter().map(|row| row.pays))
        .amount("receives", rows.iter().map(|row| row.receives))
        .amount("gains", rows.iter().map(|row| row.gains))
        .amount("cashable", rows.iter().map(|row| row.cashable))
        .amount("net", rows.iter().map(|row| row.net))
        .table()
}

/// Groups of people.
pub fn groups(rows: &[GroupRow]) -> Made {
    Columns::new()
        .text("group", rows.iter().map(|row| row.group.as_deref()))
        .text("holder", rows.iter().map(|row| row.holder.as_str()))
        .text("by", rows.iter().map(|row| row.by.as_str()))
        .amount("share", rows.iter().map(|row| row.share))
        .amount("people", rows.iter().map(|row| row.people))
        .amount("income", rows.iter().map(|row| row.income))
        .amount("weight", rows.iter().map(|row| row.weight))
        .amount("outcomes", rows.iter().map(|row| row.outcomes))
        .amount("net", rows.iter().map(|row| row.net))
        .amount("net_per_person", rows.iter().map(|row| row.net_per_person))
        .amount("weighted", rows.iter().map(|row| row.weighted))
        .flag("illustrative", rows.iter().map(|row| row.marks.illustrative))
        .table()
}

/// Places freed and closed by year.
pub fn capacities(rows: &[CapacityRow]) -> Made {
    Columns::new()
        .text("capacity", rows.iter().map(|row| row.capacity.as_str()))
        .text("holder", rows.iter().map(|row| row.holder.as_str()))
        .whole("year", rows.iter().map(|row| i64::from(row.year.number())))
        .amount("places_per_step", rows.iter().map(|row| row.places_per_step))
        .amount("freed", rows.iter().map(|row| row.freed))
        .amount("released", rows.iter().map(|row| row.released))
        .amount("steps", rows.iter().map(|row| row.steps))
        .table()
}

/// Options side by side.
pub fn options(rows: &[OptionRow]) -> Made {
    let position = |at: usize| i64::try_from(at).unwrap_or(i64::MAX);
    let table = labels(Columns::new(), "name", rows.iter().map(|row| Some(&row.name)));
    table
        .text("conventions", rows.iter().map(|row| row.conventions.as_str()))
        .amount("cost", rows.iter().map(|row| row.cost))
        .amount("units", rows.iter().map(|row| row.units))
        .amount("more_cost", rows.iter().map(|row| row.more_cost))
        .amount("more_units", rows.iter().map(|row| row.more_units))
        .words("against", rows.iter().map(|row| word(&row.against)))
        .amount("per_unit", rows.iter().map(|row| row.per_unit))
        .flag("on_frontier", rows.iter().map(|row| row.place.on_frontier))
        .whole("dominated_by", rows.iter().map(|row| row.place.dominated_by.map(position)))
        .whole(
            "extendedly_dominated_by_fewer",
            rows.iter().map(|row| row.place.extendedly_dominated_by.map(|(one, _)| position(one))),
        )
        .whole(
            "extendedly_dominated_by_more",
            rows.iter().map(|row| row.place.extendedly_dominated_by.map(|(_, two)| position(two))),
        )
        .whole("after", rows.iter().map(|row| row.place.after.map(position)))
        .amount("step_per_unit", rows.iter().map(|row| row.place.step_per_unit))
        .table()
}

/// Effects without a price.
pub fn non_priced(rows: &[NonPricedRow<'_>]) -> Made {
    let table = Columns::new().text("id", rows.iter().map(|row| row.id));
    let table = labels(table, "name", rows.iter().map(|row| Some(row.name)));
    let table = labels(table, "change", rows.iter().map(|row| Some(row.change)))
        .text("holder", rows.iter().map(|row| row.holder))
        .text("group", rows.iter().map(|row| row.group))
        .text("outcome", rows.iter().map(|row| row.outcome))
        .text("importance", rows.iter().map(|row| row.importance.word()))
        .text("size", rows.iter().map(|row| row.size.word()))
        .words("direction", rows.iter().map(|row| word(&row.direction)))
        .words("consequence", rows.iter().map(|row| row.consequence.to_string()))
        .whole("from", rows.iter().map(|row| row.from.map(number)))
        .whole("to", rows.iter().map(|row| row.to.map(number)))
        .text("grade", rows.iter().map(|row| row.grade.map(|grade| grade.word())))
        .text("design", rows.iter().map(|row| row.design));
    sources(table, rows.iter().map(|row| row.source))
        .text("note", rows.iter().map(|row| row.note))
        .flag("illustrative", rows.iter().map(|row| row.marks.illustrative))
        .flag("unverified", rows.iter().map(|row| row.marks.unverified))
        .table()
}

/// A goal with one thing that serves it; with nothing where nothing does.
type Served<'r, 'a> = (&'r GoalRow<'a>, Option<&'r GoalOutcome<'a>>, Option<&'r GoalEffect<'a>>);

fn served<'r, 'a>(goal: &'r GoalRow<'a>) -> Vec<Served<'r, 'a>> {
    let outcomes = goal.outcomes.iter().map(|outcome| (goal, Some(outcome), None));
    let effects = goal.non_priced.iter().map(|effect| (goal, None, Some(effect)));
    let rows: Vec<_> = outcomes.chain(effects).collect();
    if rows.is_empty() { vec![(goal, None, None)] } else { rows }
}

/// Goals, each with what serves it.
pub fn goals(coverage: &GoalCoverage<'_>) -> Made {
    let rows: Vec<Served<'_, '_>> = coverage.goals.iter().flat_map(served).collect();
    let table = Columns::new().text("goal", rows.iter().map(|(row, ..)| row.goal.id.as_str()));
    let table = labels(table, "name", rows.iter().map(|(row, ..)| Some(&row.goal.name)))
        .text("scheme", rows.iter().map(|(row, ..)| row.goal.scheme.as_str()))
        .text("target", rows.iter().map(|(row, ..)| row.goal.target.as_deref()))
        .text("outcome", rows.iter().map(|(_, outcome, _)| outcome.map(|outcome| outcome.outcome)))
        .text("non_priced", rows.iter().map(|(_, _, effect)| effect.map(|effect| effect.id)))
        .amount("started", rows.iter().map(|(_, outcome, _)| outcome.map(|outcome| outcome.started)))
        .words("unit", rows.iter().map(|(_, outcome, _)| outcome.map(|outcome| outcome.unit.to_string())))
        .amount("accrued", rows.iter().map(|(_, outcome, _)| outcome.map(|outcome| outcome.accrued)))
        .words(
            "accrued_unit",
            rows.iter().map(|(_, outcome, _)| outcome.map(|outcome| outcome.accrued_unit.to_string())),
        )
        .amount("present_value", rows.iter().map(|(_, outcome, _)| outcome.map(|outcome| outcome.present_value)))
        .whole(
            "other_goals",
            rows.iter().map(|(_, outcome, _)| outcome.map(|one| i64::try_from(one.other_goals).unwrap_or(i64::MAX))),
        )
        .words("consequence", rows.iter().map(|(_, _, effect)| effect.map(|effect| effect.consequence.to_string())));
    let marks = rows.iter().map(|(_, outcome, effect)| {
        outcome.map(|outcome| outcome.marks).or(effect.map(|effect| effect.marks)).unwrap_or_default()
    });
    sources(table, rows.iter().map(|(row, ..)| row.goal.source.as_ref()))
        .flag("illustrative", marks.clone().map(|marks| marks.illustrative))
        .flag("unverified", marks.map(|marks| marks.unverified))
        .table()
}

/// The years of an enterprise.
pub fn enterprise_years(account: &EnterpriseAccount) -> Made {
    let rows = &account.years;
    Columns::new()
        .whole("year", rows.iter().map(|row| number(row.year)))
        .amount("sales", rows.iter().map(|row| row.sales))
        .amount("contracts", rows.iter().map(|row| row.contracts))
        .amount("grants", rows.iter().map(|row| row.grants))
        .amount("other", rows.iter().map(|row| row.other))
        .amount("income", rows.iter().map(|row| row.income))
        .amount("costs", rows.iter().map(|row| row.costs))
        .amount("result", rows.iter().map(|row| row.result))
        .amount("margin", rows.iter().map(|row| row.margin))
        .amount("earned_share", rows.iter().map(|row| row.earned_share))
        .amount("financing", rows.iter().map(|row| row.financing))
        .amount("net", rows.iter().map(|row| row.net))
        .amount("cash", rows.iter().map(|row| row.cash))
        .amount("volume", rows.iter().map(|row| row.volume))
        .text("break_even", rows.iter().map(|row| row.break_even.word()))
        .amount("break_even_units", rows.iter().map(|row| row.break_even.units()))
        .table()
}

/// The lines of an enterprise's account, year by year.
pub fn enterprise_lines(account: &EnterpriseAccount) -> Made {
    let years: Vec<i64> = account.years.iter().map(|row| number(row.year)).collect();
    let cells = account.lines.iter().flat_map(|line| line.amounts.iter().zip(&years).map(move |cell| (line, cell)));
    let rows: Vec<_> = cells.collect();
    let table = Columns::new().text("cause", rows.iter().map(|(line, _)| line.cause.as_str()));
    labels(table, "name", rows.iter().map(|(line, _)| line.name.as_ref()))
        .words("side", rows.iter().map(|(line, _)| word(&line.side)))
        .words("kind", rows.iter().map(|(line, _)| word(&line.kind)))
        .words("origin", rows.iter().map(|(line, _)| word(&line.origin)))
        .flag("per_unit", rows.iter().map(|(line, _)| line.per_unit))
        .whole("year", rows.iter().map(|(_, (_, year))| **year))
        .amount("amount", rows.iter().map(|(_, (amount, _))| **amount))
        .table()
}

/// Causal units of each outcome.
pub fn outcome_units(units: &[OutcomeUnits]) -> Made {
    let rows = unit_rows(units);
    Columns::new()
        .text("outcome", rows.clone().map(|row| row.outcome))
        .words("unit", rows.clone().map(|row| row.unit.to_string()))
        .amount("started", rows.clone().map(|row| row.started))
        .words("accrued_unit", rows.clone().map(|row| row.accrued_unit.to_string()))
        .amount("accrued", rows.clone().map(|row| row.accrued))
        .amount("cut_off", rows.map(|row| row.cut_off))
        .table()
}

/// Causal units of each outcome in each year.
pub fn outcome_units_by_year(units: &[OutcomeUnits]) -> Made {
    let rows = unit_year_rows(units);
    Columns::new()
        .text("outcome", rows.clone().map(|row| row.outcome))
        .words("unit", rows.clone().map(|row| row.unit.to_string()))
        .whole("year", rows.clone().map(|row| number(row.year)))
        .amount("units", rows.map(|row| row.units))
        .table()
}

/// Units as prices count them that are not per unit of their outcome.
pub fn priced_units(units: &[OutcomeUnits]) -> Made {
    let rows = priced_unit_rows(units);
    Columns::new()
        .text("value", rows.clone().map(|row| row.value.as_str()))
        .words("unit", rows.clone().map(|row| row.unit.to_string()))
        .amount("units", rows.map(|row| row.units))
        .table()
}

/// What a careful reader would ask.
pub fn findings(rows: &[FindingRow]) -> Made {
    let table = Columns::new()
        .text("rule", rows.iter().map(|row| row.rule.id()))
        .words("severity", rows.iter().map(|row| word(&row.severity)))
        .text("address", rows.iter().map(|row| row.address.as_str()));
    labels(table, "message", rows.iter().map(|row| Some(&row.message)))
        .text("source", rows.iter().map(|row| row.source))
        .text("silenced", rows.iter().map(|row| row.silenced.as_deref()))
        .table()
}

/// What a careful reader would ask, in one language.
pub fn check(rows: &[FindingRow], language: Language) -> Made {
    Columns::new()
        .text("rule", rows.iter().map(|row| row.rule.id()))
        .words("severity", rows.iter().map(|row| word(&row.severity)))
        .text("address", rows.iter().map(|row| row.address.as_str()))
        .text("message", rows.iter().map(|row| row.message.text(language)))
        .text("source", rows.iter().map(|row| row.source))
        .text("silenced", rows.iter().map(|row| row.silenced.as_deref()))
        .table()
}

/// The rules of the checks.
pub fn rules(rows: &[RuleRow]) -> Made {
    let table = Columns::new()
        .text("rule", rows.iter().map(|row| row.rule.id()))
        .words("severity", rows.iter().map(|row| word(&row.severity)));
    let table = labels(table, "family", rows.iter().map(|row| Some(&row.family)));
    let table = labels(table, "looks_for", rows.iter().map(|row| Some(&row.looks_for)));
    labels(table, "why", rows.iter().map(|row| Some(&row.why)))
        .text("source", rows.iter().map(|row| row.source))
        .flag("can_be_silenced", rows.iter().map(|row| row.can_be_silenced))
        .text("example", rows.iter().map(|row| row.example))
        .words("found_in", rows.iter().map(|row| word(&row.subject)))
        .words("page", rows.iter().map(|row| row.page.clone()))
        .table()
}

/// The numbers a model rests on.
pub fn assumptions(rows: &[AssumptionRow<'_>]) -> Made {
    let used_at = |row: &AssumptionRow<'_>| row.used_at.iter().map(|at| at.as_str()).collect::<Vec<_>>().join(", ");
    let table = Columns::new().text("address", rows.iter().map(|row| row.address.as_str()));
    let table = labels(table, "name", rows.iter().map(|row| row.name))
        .amount("value", rows.iter().map(|row| row.value))
        .words("exact", rows.iter().map(|row| row.value.to_string()))
        .text("unit", rows.iter().map(|row| row.unit))
        .words("point_is", rows.iter().map(|row| word(&row.point_is)))
        .text("distribution", rows.iter().map(|row| row.distribution.as_deref()))
        .words("accepts", rows.iter().map(|row| word(&row.accepts)))
        .flag("illustrative", rows.iter().map(|row| row.marks.illustrative))
        .flag("unverified", rows.iter().map(|row| row.marks.unverified))
        .text("grade", rows.iter().map(|row| row.grade.map(|grade| grade.word())));
    sources(table, rows.iter().map(|row| row.source))
        .text("origin", rows.iter().map(|row| row.origin))
        .text("catalogue_entry", rows.iter().map(|row| row.catalogue_entry))
        .text("register_entry", rows.iter().map(|row| row.register_entry))
        .words("used_at", rows.iter().map(used_at))
        .text("note", rows.iter().map(|row| row.note))
        .table()
}

/// What the library filled in.
pub fn defaults(rows: &[Default]) -> Made {
    let table = Columns::new()
        .text("address", rows.iter().map(|row| row.address.as_str()))
        .text("taken", rows.iter().map(|row| row.taken.as_str()));
    labels(table, "because", rows.iter().map(|row| Some(&row.because))).table()
}

/// Who gains and pays.
pub fn holders(rows: &[Holder]) -> Made {
    let table = Columns::new().text("id", rows.iter().map(|row| row.id.as_str()));
    labels(table, "name", rows.iter().map(|row| Some(&row.name)))
        .words("kind", rows.iter().map(|row| word(&row.kind)))
        .words("level", rows.iter().map(|row| row.level.map(|level| word(&level))))
        .amount("size", rows.iter().map(|row| row.size))
        .table()
}

/// What changes.
pub fn outcomes(model: &Model) -> Made {
    let rows = model.outcomes();
    let holder = |row: &Outcome| model.holders().get(row.holder.position()).map(|holder| holder.id.as_str());
    let table = Columns::new().text("id", rows.iter().map(|row| row.id.as_str()));
    let table = labels(table, "name", rows.iter().map(|row| Some(&row.name)));
    let table = labels(table, "change", rows.iter().map(|row| row.change.as_ref()));
    labels(table, "definition", rows.iter().map(|row| row.definition.as_ref()))
        .words("window", rows.iter().map(|row| row.window.map(|window| window.to_string())))
        .text("holder", rows.iter().map(holder))
        .words("direction", rows.iter().map(|row| word(&row.direction)))
        .words("unit", rows.iter().map(|row| row.unit.to_string()))
        .words("nature", rows.iter().map(|row| word(&row.nature)))
        .words("measured", rows.iter().map(|row| word(&row.measured)))
        .text("grade", rows.iter().map(|row| row.evidence.grade.map(|grade| grade.word())))
        .whole("asked", rows.iter().map(|row| row.evidence.answers.and_then(|found| found.asked).map(i64::from)))
        .whole("answered", rows.iter().map(|row| row.evidence.answers.map(|found| i64::from(found.answered))))
        .text("note", rows.iter().map(|row| row.note.as_deref()))
        .table()
}
