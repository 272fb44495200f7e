"""The report of an appraisal: its sections from the summary to the provenance.

One rule: it only arranges; its figures are the library's and its words come from `wording`.
"""

from collections.abc import Iterator, Sequence

from socialimpact import __version__
from socialimpact._core import Appraisal
from socialimpact.report.appraisal_charts import (
    budget_line,
    chart_alt,
    chart_grid,
    chart_level,
    fall_alt,
    lines_drawn,
    pocket_alt,
    pocket_lines,
)
from socialimpact.report.document import (
    Answers,
    Branch,
    Document,
    Folded,
    Heading,
    Items,
    Paragraph,
    Part,
    Picture,
    Section,
    Table,
    section,
)
from socialimpact.report.waterfall_chart import NARROW, WIDE, bars
from socialimpact.types import Language, PriceLevel
from socialimpact.wording.explaining import Tree, exact_value, explained, marks_of, said_of
from socialimpact.wording.grid import Grid
from socialimpact.wording.story import Story
from socialimpact.wording.words import Words

PRICE_LEVELS: tuple[PriceLevel, ...] = ("nominal", "real")
FRAMES = (WIDE, NARROW)


def appraisal_document(appraisal: Appraisal, language: Language = "en", *, plan_from: int | None = None) -> Document:
    """Give the report of an appraisal, before it has a form."""
    story = Story(appraisal, language, plan_from=plan_from)
    words, texts = story.words, story.texts
    return Document(
        language=language,
        title=texts("head.title", name=words.name),
        kicker=texts("head.kicker"),
        name=words.name,
        description=words.description,
        facts=story.opening,
        skip=texts("head.skip"),
        contents=texts("head.contents"),
        sections=[*_opening(story), *_results(story), *_budgets(story), *_grounds(story)],
        footer=[texts("report.made", version=__version__)],
    )


def _opening(story: Story) -> Iterator[Section]:
    """Give what stands before the table of contents."""
    texts = story.texts
    yield section("summary", texts("summary.title"), *map(Paragraph, story.summary), _notes(story.summary_notes))
    after = [Paragraph(sentence, "after") for sentence in story.after_answers]
    yield section("answer", story.question, Answers(story.answers), *after)
    yield section("grounds", texts("mark.title"), Items(story.grounds), kind="banner")


def _results(story: Story) -> Iterator[Section]:
    """Give the measures, and who pays and who gains."""
    tables, who, worth, beside = story.tables, story.who_pays, story.worth, story.beside
    yield _listed("measures", story, *_tables("measures", tables.measures()))
    yield _led("pocket", story, Table(tables.pocket(), "pocket-table"))
    yield _led("kinds", story, Table(who.kinds(), "kinds-table"))
    yield _who_pays(story)
    if who.splits:
        yield _led("split", story, *_splits(story))
    if worth.has_groups:
        yield _listed("groups", story, *_tables("groups", worth.groups()))
    if worth.left_out:
        yield _listed("standing", story, Table(worth.standing(), "standing-table"))
    if beside.non_priced is not None:
        yield _led("non_priced", story, Table(beside.non_priced, "non-priced-table"))
    if beside.goals is not None:
        yield _led("goals", story, Table(beside.goals, "goals-table"))
    if beside.accounts:
        yield _led("enterprise", story, *_tables("enterprise", beside.accounts))


def _who_pays(story: Story) -> Section:
    words, texts = story.words, story.texts
    money = story.who_pays.cumulative()
    picture = Picture(
        name="pockets",
        kind="lines",
        title=texts("who_pays.chart"),
        words=pocket_alt(money, story),
        drawings=lines_drawn(pocket_lines(money, story), story),
        caption=texts("who_pays.chart_caption", year=words.model.present_value_year, currency=words.numbers.currency),
    )
    years = [
        Folded(words.holder(holder), [Table(grid, f"who-pays-{at}")])
        for at, (holder, grid) in enumerate(story.who_pays.years(), start=1)
    ]
    return _led("who_pays", story, picture, *years)


def _splits(story: Story) -> Iterator[Part]:
    for at, split in enumerate(story.who_pays.splits, start=1):
        yield Heading(split.question)
        yield from map(Paragraph, split.sentences)
        yield from _tables(f"split-{at}", split.grids)


def _budgets(story: Story) -> Iterator[Section]:
    """Give the budgets by year, and how gross value becomes impact."""
    texts, tables = story.texts, story.tables
    yield _listed("chart", story, *_chart(story))
    yield _led("budget", story, *_by_holder("budget", story), *_if_said(story.untouched_note))
    plans = [Paragraph(texts("plan.lead")), *_by_holder("plan", story)]
    yield _listed("plan", story, *(plans if story.budget_holders else [Paragraph(texts("plan.nothing"))]))
    if story.steps.are_told:
        yield _led("capacities", story, *_tables("capacities", story.steps.grids()))
    yield _listed("waterfall", story, *_waterfall(story))
    yield _led("units", story, Table(tables.units(), "units-table"), Table(tables.priced_units(), "priced-units"))
    yield _listed(
        "destinations", story, Table(tables.destinations(), "destinations-table", texts("destinations.nothing"))
    )


def _chart(story: Story) -> Iterator[Part]:
    texts = story.texts
    drawings = lines_drawn([budget_line(budget, story) for budget in story.charted], story)
    if not drawings:
        yield Paragraph(texts("chart.missing"))
        return
    yield Paragraph(texts("chart.lead", level=chart_level(story)))
    yield Picture("chart", "lines", texts("chart.title"), chart_alt(story), drawings)
    yield Table(chart_grid(story), "chart-table")


def _by_holder(name: str, story: Story) -> Iterator[Part]:
    for at, holder in enumerate(story.budget_holders, start=1):
        yield Heading(story.words.holder(holder))
        if name == "plan":
            yield Table(story.foundations.plan(holder, story.plan_from), f"plan-{at}")
            continue
        for level in PRICE_LEVELS:  # a table each: side by side they are wider than a page
            grid = story.tables.budget_grid(holder, (level,))
            yield from [Table(grid, f"budget-{at}-{level}")] if grid.rows else map(Paragraph, grid.notes)


def _waterfall(story: Story) -> Iterator[Part]:
    texts, foundations = story.texts, story.foundations
    waterfall = foundations.waterfall()
    if isinstance(waterfall, str):
        yield Paragraph(texts("waterfall.missing", reason=waterfall))
        return
    yield Paragraph(f"{texts('waterfall.lead')} {story.waterfall_order}")
    drawings = [bars(waterfall, story.words, frame) for frame in FRAMES]
    yield Picture("fall", "fall", texts("waterfall.title"), fall_alt(waterfall, story), drawings)
    yield Table(foundations.waterfall_grid(waterfall), "waterfall-table")
    yield Table(foundations.waterfall_outcomes(waterfall), "waterfall-outcomes")


def _grounds(story: Story) -> Iterator[Section]:
    """Give what all of it rests on."""
    texts, tables = story.texts, story.tables
    yield _led("evidence", story, Table(story.foundations.evidence(), "evidence-table"))
    yield _listed("assumptions", story, Table(tables.assumptions(), "assumptions-table"))
    yield _listed("defaults", story, Table(tables.defaults(), "defaults-table", texts("defaults.nothing")))
    yield _led("explanation", story, *_explanations(story))
    yield _listed("findings", story, Table(tables.findings(), "findings-table", texts("findings.nothing")))
    conventions = [Table(story.conventions, "conventions-table"), Table(story.unverified, "unverified-table")]
    yield _listed("conventions", story, *conventions)
    yield _listed("provenance", story, Table(tables.provenance(), "provenance-table"))


def _explanations(story: Story) -> Iterator[Part]:
    words, texts = story.words, story.texts
    for holder in ("society", *story.budget_holders):
        tree = story.explainer.measure("npv", holder)
        value = exact_value(tree)
        line = texts("measure.npv")
        if value is not None:
            line = f"{line}: {words.value_with_unit(value, tree.get('unit') or '')}"
        summary = texts("explanation.of", measure=texts("measure.npv"), who=words.holder(holder))
        yield Folded(summary, [_branch(tree, words, line)])


def _branch(tree: Tree, words: Words, line: str) -> Branch:
    return Branch(
        line=line,
        exact=exact_value(tree),
        marks=marks_of(tree, words),
        said=tuple(said_of(tree, words)),
        parts=[_branch(part, words, explained(part, words)) for part in tree.get("parts") or ()],
    )


def _listed(name: str, story: Story, *parts: Part) -> Section:
    return section(name, story.texts(f"{name}.title"), *parts, listed=True)


def _led(name: str, story: Story, *parts: Part) -> Section:
    """Give a section that opens with a sentence on what it shows."""
    return _listed(name, story, Paragraph(story.texts(f"{name}.lead")), *parts)


def _tables(name: str, grids: Sequence[Grid]) -> Iterator[Table]:
    for at, grid in enumerate(grids, start=1):
        yield Table(grid, f"{name}-{at}")


def _notes(lines: list[str]) -> Items:
    return Items(lines, "notes")


def _if_said(sentence: str) -> list[Part]:
    return [Paragraph(sentence)] if sentence else []
