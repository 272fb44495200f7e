"""The appraisal as one HTML page: no script, no network, every text of a user escaped.

One rule: the page only arranges; its figures are the library's and its words come from `wording`.
"""

from collections.abc import Sequence
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, TypeAlias

from socialimpact import __version__
from socialimpact._core import Appraisal, Budget, Waterfall
from socialimpact.report.chart import LONGEST_LABEL, NARROW, WIDE, Chart, Series, chart
from socialimpact.report.waterfall_chart import NARROW as NARROW_FALL
from socialimpact.report.waterfall_chart import WIDE as WIDE_FALL
from socialimpact.report.waterfall_chart import bars, step_name
from socialimpact.types import Language
from socialimpact.wording.explaining import exact_value, explained, marks_of, said_of
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.story import Story

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

SECTIONS = (
    "measures",
    "pocket",
    "kinds",
    "who_pays",
    "split",
    "groups",
    "standing",
    "non_priced",
    "goals",
    "enterprise",
    "chart",
    "budget",
    "plan",
    "capacities",
    "waterfall",
    "units",
    "destinations",
    "evidence",
    "assumptions",
    "defaults",
    "explanation",
    "findings",
    "conventions",
    "provenance",
)

FRAMES = (WIDE_FALL, NARROW_FALL)

Money: TypeAlias = dict[str, list[tuple[int, Decimal]]]
"""What the money of each holder has come to by the end of each year."""


def page(appraisal: Appraisal, *, language: Language = "en", plan_from: int | None = None) -> str:
    """Give an appraisal as one HTML document.

    Parameters
    ----------
    appraisal : Appraisal
        The appraisal to be reported.
    language : {"en", "nb"}
        The language of all fixed texts, and of the model's own where it has them.
    plan_from : int, optional
        The first year of the budget plans; the first year appraised, where none is given.

    Returns
    -------
    str
        The document, to be written as UTF-8.
    """
    story = Story(appraisal, language, plan_from=plan_from)
    words = story.words
    waterfall = story.foundations.waterfall()
    holders = ["society", *story.budget_holders]
    money = story.who_pays.cumulative()
    return (
        _environment()
        .get_template("page.html.jinja")
        .render(
            story=story,
            words=words,
            t=words.texts,
            tables=story.tables,
            sections=[name for name in SECTIONS if _is_told(name, story)],
            style=_template("page.css"),
            charts=drawn([budget_line(budget, story) for budget in story.charted], story),
            pocket_charts=drawn(pocket_lines(money, story), story),
            pocket_alt=pocket_alt(money, story),
            chart_alt=chart_alt(story),
            chart_grid=chart_grid(story),
            chart_level=chart_level(story),
            waterfall=waterfall,
            falls=[] if isinstance(waterfall, str) else [bars(waterfall, words, frame) for frame in FRAMES],
            fall_alt="" if isinstance(waterfall, str) else fall_alt(waterfall, story),
            trees=[(words.holder(holder), story.explainer.measure("npv", holder)) for holder in holders],
            explained=explained,
            exact_value=exact_value,
            said_of=said_of,
            marks_of=marks_of,
            version=__version__,
        )
    )


def _is_told(section: str, story: Story) -> bool:
    """Tell whether the document has what a section is about."""
    told = {
        "groups": story.worth.has_groups,
        "capacities": story.steps.are_told,
        "split": bool(story.who_pays.splits),
        "standing": bool(story.worth.left_out),
        "non_priced": story.beside.non_priced is not None,
        "goals": story.beside.goals is not None,
        "enterprise": bool(story.beside.accounts),
    }
    return told.get(section, True)


def drawn(series: Sequence[Series], story: Story) -> list[Chart]:
    """Draw lines for a wide and for a narrow page; nothing where there are none."""
    return [chart(series, story.words, size) for size in (WIDE, NARROW)] if series else []


def budget_line(budget: Budget, story: Story) -> Series:
    """Give a budget as a line."""
    values = [(row["year"], row["cumulative"]) for row in budget.table.to_pylist()]
    return Series(story.tables.marked(budget.holder, LONGEST_LABEL), values, budget.break_even_year)


def pocket_lines(money: Money, story: Story) -> list[Series]:
    """Give the money of everybody who pays or gains any, as lines."""
    return [Series(story.tables.marked(holder, LONGEST_LABEL), values) for holder, values in money.items()]


def pocket_alt(money: Money, story: Story) -> str:
    """Say in words what the chart of who pays and gains by year shows."""
    texts, words = story.texts, story.words
    first, last = words.years
    told = [
        texts(
            "who_pays.alt", first=first, last=last, currency=words.numbers.currency, year=story.model.present_value_year
        )
    ]
    for holder, values in money.items():
        lowest = min(values, key=lambda value: value[1])
        amount, least = words.numbers.amount(values[-1][1]), words.numbers.amount(lowest[1])
        key = "who_pays.alt_line" if lowest[1] < 0 and lowest[1] < values[-1][1] else "chart.line"
        told.append(texts(key, who=words.holder(holder), last=last, value=amount, least=least, year=lowest[0]))
    return " ".join(told)


def chart_level(story: Story) -> str:
    """Say in which krone the chart counts."""
    return story.tables.level(story.charted[0].price_level) if story.charted else ""


def chart_alt(story: Story) -> str:
    """Say in words what the chart shows."""
    texts, numbers = story.texts, story.words.numbers
    first, last = story.words.years
    told = [texts("chart.alt", first=first, last=last, currency=numbers.currency, level=chart_level(story))]
    for budget in story.charted:
        value = numbers.amount(budget.table["cumulative"][-1])
        who, year = story.words.holder(budget.holder), budget.break_even_year
        key = "chart.line" if year is None else "chart.line_even"
        told.append(texts(key, who=who, last=last, value=value, year=year))
    return " ".join(told)


def fall_alt(waterfall: Waterfall, story: Story) -> str:
    """Say in words what the waterfall chart shows."""
    texts, words = story.texts, story.words
    year, currency = words.model.present_value_year, words.numbers.currency
    steps = [
        texts("waterfall.alt_step", step=step_name(row, words), value=words.numbers.money(row["amount"]))
        for row in waterfall.table.to_pylist()
        if row["level"] or row["amount"]
    ]
    return " ".join([texts("waterfall.alt", currency=currency, year=year), *steps])


def chart_grid(story: Story) -> Grid:
    """Give the figures of the chart as a table."""
    columns = [Column(story.texts("budget.year"))]
    rows: dict[int, list[Cell]] = {}
    for budget in story.charted:
        columns.append(Column(story.tables.marked(budget.holder), number=True))
        for row in budget.table.to_pylist():
            rows.setdefault(row["year"], [Cell(str(row["year"]))]).append(story.tables.money(row["cumulative"]))
    caption = story.texts("chart.caption", currency=story.words.numbers.currency, level=chart_level(story))
    notes = [story.tables.even(budget) for budget in story.charted]
    if any(story.tables.is_illustrative(budget.holder) for budget in story.charted):
        notes.append(story.texts("mark.dagger"))
    return Grid(caption, columns, list(rows.values()), notes)


def _template(name: str) -> str:
    return files("socialimpact.report").joinpath("templates", name).read_text(encoding="utf-8")


def _environment() -> "Environment":
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["exact"] = exact
    environment.filters["after_dots"] = after_dots
    return environment


def exact(value: Decimal | int) -> str:
    """Give all digits of a number, for machines."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def after_dots(text: str) -> "Markup":
    """Give an address that a narrow column breaks after its dots, and a copy has whole."""
    from markupsafe import Markup, escape

    return Markup(".<wbr>").join(escape(part) for part in text.split("."))
