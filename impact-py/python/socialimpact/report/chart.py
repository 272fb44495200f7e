"""Charts of what adds up over the years, a line for each holder: where every line, tick and label stands.

One rule: coordinates only are made here; the figures are the library's, and all of them stand in the table beside.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from socialimpact.wording.words import Words

LONGEST_LABEL = 36
_TICKS = 6
_AXIS_GAP = 14.0
_LABEL_HEIGHT = 19.0
STROKES = ("", "7 4", "2 4", "10 3 2 3", "14 5")
"""Dash patterns, one a line: told apart without colour."""
COLOURS = ("#1a4f7a", "#9a3b12", "#3d6b35", "#6b3a7d", "#5b4a1f")
"""Line colours on white; each has a contrast above 4.5 to it."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a chart is, and what it leaves free around its plot."""

    name: str
    width: float
    height: float
    character: float
    """Width of a digit on the axis."""
    left: float
    right: float
    top: float
    bottom: float
    year_step: int
    labels_beside: bool


WIDE = Size("wide", 960, 420, 7.8, 0, 280, 24, 40, 1, labels_beside=True)
NARROW = Size("narrow", 380, 330, 7.2, 0, 20, 16, 34, 3, labels_beside=False)


@dataclass(frozen=True, slots=True)
class Series:
    """What adds up over the years for one holder."""

    name: str
    values: Sequence[tuple[int, Decimal]]
    """The year, and what the years so far come to."""
    even_year: int | None = None
    """The year from which it stays at zero or above, where that is told."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis."""

    at: float
    text: str
    is_zero: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One holder as a line."""

    name: str
    points: str
    end: tuple[float, float]
    label_at: float
    value: str
    even: tuple[float, float] | None
    even_text: str
    colour: str
    stroke: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with everything in its place."""

    size: Size
    lines: Sequence[Line]
    across: Sequence[Tick]
    up: Sequence[Tick]


def chart(series: Sequence[Series], words: Words, size: Size) -> Chart:
    """Place lines over the same years on a plane of a size."""
    years = [year for year, _ in series[0].values]
    values = [float(value) for one in series for _, value in one.values]
    ticks = round_steps(min([*values, 0.0]), max([*values, 0.0]))
    texts = [_axis_text(value, ticks, words) for value in ticks]
    size = replace(size, left=max(map(len, texts)) * size.character + _AXIS_GAP)
    plane = _Plane(size, len(years), ticks[0], ticks[-1])
    across = [
        Tick(plane.x(position), str(year)) for position, year in enumerate(years) if position % size.year_step == 0
    ]
    up = [Tick(plane.y(value), text, value == 0) for value, text in zip(ticks, texts, strict=True)]
    ends = [plane.y(float(one.values[-1][1])) for one in series]
    label_places = spread(ends, _LABEL_HEIGHT * 2, size.height - size.bottom)
    lines = [_line(one, plane, words, position, label_places[position]) for position, one in enumerate(series)]
    return Chart(size, lines, across, up)


class _Plane:
    """From years and amounts to points."""

    def __init__(self, size: Size, years: int, low: float, high: float) -> None:
        self.size, self.low, self.high = size, low, high
        self.step = (size.width - size.left - size.right) / max(1, years - 1)

    def x(self, position: int) -> float:
        return round(self.size.left + position * self.step, 1)

    def y(self, value: float) -> float:
        room = self.size.height - self.size.top - self.size.bottom
        return round(self.size.top + (self.high - value) / (self.high - self.low) * room, 1)


def _line(one: Series, plane: _Plane, words: Words, position: int, label_at: float) -> Line:
    places = [(plane.x(at), plane.y(float(value))) for at, (_, value) in enumerate(one.values)]
    years = [year for year, _ in one.values]
    even = next((place for place, year in zip(places, years, strict=True) if year == one.even_year), None)
    return Line(
        name=one.name,
        points=" ".join(f"{x},{y}" for x, y in places),
        end=places[-1],
        label_at=label_at,
        value=words.numbers.money(one.values[-1][1]),
        even=even,
        even_text=words.texts("chart.even", year=one.even_year) if even else "",
        colour=COLOURS[position % len(COLOURS)],
        stroke=STROKES[(position + position // len(COLOURS)) % len(STROKES)],
    )


def round_steps(low: float, high: float) -> list[float]:
    """Give round numbers that hold everything from low to high, zero among them."""
    spread_of = high - low or 1.0
    rough = spread_of / _TICKS
    scale = 10.0 ** math.floor(math.log10(rough))
    step = next(scale * times for times in (1, 2, 2.5, 5, 10) if scale * times >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [position * step for position in range(first, max(last, first + 1) + 1)]


def _axis_text(value: float, ticks: Sequence[float], words: Words) -> str:
    """Give a tick as text, with the decimals its step needs."""
    step = ticks[1] - ticks[0]
    digits = max(0, -math.floor(math.log10(step))) if step < 1 else 0
    return words.numbers.fixed(Decimal(repr(value)), digits)


def spread(places: Sequence[float], room: float, lowest: float) -> list[float]:
    """Move labels apart until each has room, in the order they stand, and none stands below the lowest place."""
    order = sorted(range(len(places)), key=places.__getitem__)
    moved = list(places)
    for above, below in pairwise(order):
        moved[below] = max(moved[below], moved[above] + room)
    moved[order[-1]] = min(moved[order[-1]], lowest)
    for above, below in pairwise(order):
        moved[above] = min(moved[above], lowest - room * (len(order) - 1 - order.index(above)))
        moved[below] = min(moved[below], lowest - room * (len(order) - 1 - order.index(below)))
    return moved
