"""The charts of an appraisal, each with its words and its figures beside it.

One rule: the figures are the library's; coordinates are made by the charts, and sentences come from `wording`.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import TypeAlias

from socialimpact._core import Budget, Waterfall
from socialimpact.report.chart import LONGEST_LABEL, NARROW, WIDE, Chart, Series, chart
from socialimpact.report.waterfall_chart import step_name
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.story import Story

Money: TypeAlias = dict[str, list[tuple[int, Decimal]]]
"""What the money of each holder has come to by the end of each year."""


def lines_drawn(series: Sequence[Series], story: Story) -> list[Chart]:
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
        columns.append(Column(story.words.holder(budget.holder), number=True))
        for row, marked in zip(budget.table.to_pylist(), story.tables.marks_of_years(budget), strict=True):
            standing = story.tables.money(row["cumulative"], mark="cumulative" in marked)
            rows.setdefault(row["year"], [Cell(str(row["year"]))]).append(standing)
    caption = story.texts("chart.caption", money=story.words.money_in(story.charted[0].price_level))
    notes = [story.tables.even(budget) for budget in story.charted]
    if any(cell.dagger for cells in rows.values() for cell in cells):
        notes.append(story.texts("mark.dagger"))
    return Grid(caption, columns, list(rows.values()), notes)
