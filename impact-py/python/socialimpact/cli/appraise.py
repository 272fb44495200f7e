"""``socialimpact appraise``: what it achieves, what it is worth, and which budget gains."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from socialimpact.cli.helping import examples
from socialimpact.cli.options import Settings, model_options, plan_option, read_model
from socialimpact.types import Language

if TYPE_CHECKING:
    from socialimpact.cli.output import Page
    from socialimpact.wording.grid import Grid
    from socialimpact.wording.story import Story


@click.command(
    epilog=examples("appraise mine.toml --lang nb", "appraise mine.toml --set horizon=10 --json > mine.json")
)
@model_options
@plan_option
def appraise(model: Path, settings: Settings, language: Language, as_json: bool, plan_from: int | None) -> None:
    """Value MODEL and print a summary, the answers, the measures, the budgets and what they rest on."""
    import json

    from socialimpact.cli.output import Page, write_json
    from socialimpact.wording.story import Story

    appraisal = read_model(model, settings).appraise()
    if as_json:
        write_json(json.loads(appraisal.to_json(plan_from=plan_from)))
        return
    story = Story(appraisal, language, plan_from=plan_from)
    # A year that has no plan is refused before anything is written.
    plans = [story.foundations.plan(holder, story.plan_from) for holder in story.budget_holders]
    page = Page()
    _head(page, story)
    _results(page, story, plans)
    _grounds(page, story)


def _head(page: "Page", story: "Story") -> None:
    words = story.words
    page.title(words.name)
    page.heading(words.texts("summary.title"))
    for sentence in story.summary:
        page.paragraph(sentence)
    page.notes(story.summary_notes)
    for paragraph in filter(None, [words.description, *story.opening]):
        page.paragraph(paragraph)
    page.heading(story.question)
    for answer in story.answers:
        page.gap()
        page.paragraph(f"{answer.who}: {answer.figure}" if answer.figure else answer.who, "bold")
        page.paragraph(" ".join(answer.sentences))
    for sentence in story.after_answers:
        page.gap()
        page.paragraph(sentence)
    page.heading(words.texts("mark.title"))
    for sentence in story.grounds:
        page.item(sentence)


def _results(page: "Page", story: "Story", plans: "list[Grid]") -> None:
    texts, tables = story.words.texts, story.tables
    page.heading(texts("measures.title"))
    for grid in tables.measures():
        page.grid(grid)
    page.heading(texts("pocket.title"))
    page.grid(tables.pocket())
    page.heading(texts("kinds.title"))
    page.grid(story.who_pays.kinds())
    if story.who_pays.splits:
        page.heading(texts("split.title"))
    for split in story.who_pays.splits:
        page.gap()
        page.paragraph(split.question, "bold")
        for sentence in split.sentences:
            page.paragraph(sentence)
    if story.worth.has_groups:
        page.heading(texts("groups.title"))
    for grid in story.worth.groups():
        page.grid(grid)
    if story.worth.left_out:
        page.heading(texts("standing.title"))
        page.grid(story.worth.standing())
    if (judged := story.beside.non_priced) is not None:
        page.heading(texts("non_priced.title"))
        page.grid(judged)
    if (goals := story.beside.goals) is not None:
        page.heading(texts("goals.title"))
        page.grid(goals)
    if story.beside.accounts:
        page.heading(texts("enterprise.title"))
    for grid in story.beside.accounts:
        page.grid(grid)
    page.heading(texts("budget.title"))
    for holder in story.budget_holders:
        known = not isinstance(tables.budget(holder, "nominal"), str)
        page.grid(tables.budget_grid(holder, ("nominal" if known else "real",)))
        real = tables.budget(holder, "real")
        if not isinstance(real, str):
            page.notes([tables.even(real)])
    page.notes(filter(None, [story.untouched_note]))
    page.heading(texts("plan.title"))
    for plan in plans:
        page.grid(plan)
    if story.steps.are_told:
        page.heading(texts("capacities.title"))
    for grid in story.steps.grids():
        page.grid(grid)
    waterfall = story.foundations.waterfall()
    if not isinstance(waterfall, str):
        page.heading(texts("waterfall.title"))
        page.grid(story.foundations.waterfall_grid(waterfall))
    page.heading(texts("units.title"))
    page.grid(tables.units())
    page.grid(tables.priced_units())


def _grounds(page: "Page", story: "Story") -> None:
    texts, tables = story.words.texts, story.tables
    page.heading(texts("evidence.title"))
    page.grid(story.foundations.evidence())
    weak = tables.assumptions(weak=True)
    if weak.rows:
        page.heading(texts("assumptions.title"))
        page.grid(weak)
    page.heading(texts("conventions.title"))
    page.grid(story.conventions)
    if story.unverified.rows:
        page.gap()
        page.paragraph(story.unverified.caption, "italic")
    for row in story.unverified.rows:
        page.item(": ".join(cell.text for cell in row))
    page.heading(texts("provenance.title"))
    page.grid(tables.provenance())
