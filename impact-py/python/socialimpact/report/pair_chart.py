"""The chart of payment beside saving: two bars for each payer, from zero.

One rule: coordinates only are made here; the figures are the library's, and all of them stand in the table beside.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from socialimpact.report.chart import Tick, round_steps
from socialimpact.report.waterfall_chart import NARROW, WIDE, Frame
from socialimpact.wording.drawn import exactly
from socialimpact.wording.numbers import Numbers

_CHARACTER, _BESIDE, _GAP, _AXIS, _BETWEEN = 8.2, 16.0, 12.0, 26.0, 3.0
"""Width of a character, and the room beside bars, above the first, for the axis and between the two of a pair."""
_NAME_ABOVE = 24.0
"""Room above a pair for its name, on a narrow page."""
_FEWEST_APART = 90.0
"""What a tick needs to the next one."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two amounts of one holder."""

    name: str
    first: float
    second: float


@dataclass(frozen=True, slots=True)
class PairBar:
    """One of the two as a bar."""

    value: str
    kind: str
    """`down` for what is paid, `up` for what is saved."""
    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class PairRow:
    """One holder with both bars."""

    name: str
    y: float
    bars: tuple[PairBar, PairBar]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Everything in its place."""

    frame: Frame
    height: float
    thick: float
    rows: Sequence[PairRow]
    ticks: Sequence[Tick]


def pairs(drawn: Sequence[Pair], numbers: Numbers) -> list[Pairs]:
    """Draw pairs for a wide and for a narrow page; nothing where there are none."""
    return [_pairs(drawn, numbers, frame) for frame in (WIDE, NARROW) if drawn]


def _pairs(drawn: Sequence[Pair], numbers: Numbers, frame: Frame) -> Pairs:
    beside = not frame.lines_above
    left = max(len(pair.name) for pair in drawn) * _CHARACTER + _BESIDE if beside else 0.0
    amounts = [amount for pair in drawn for amount in (pair.first, pair.second)]
    texts = [numbers.money(exactly(amount)) for amount in amounts]
    room = max(map(len, texts)) * _CHARACTER + _BESIDE
    steps = round_steps(min(0.0, *amounts), max(0.0, *amounts))
    low, high = steps[0], steps[-1]
    span = frame.width - left - room
    thick = frame.bar * 0.62
    row = 2 * thick + _BETWEEN + (_NAME_ABOVE + _GAP if frame.lines_above else frame.row - frame.bar)

    def across(amount: float) -> float:
        return round(left + (amount - low) / (high - low) * span, 1)

    def bar(amount: float, y: float, kind: str) -> PairBar:
        ends = sorted((across(0.0), across(amount)))
        return PairBar(numbers.money(exactly(amount)), kind, ends[0], y, max(1.0, round(ends[1] - ends[0], 1)))

    rows = []
    for position, pair in enumerate(drawn):
        y = round(_GAP + position * row + (_NAME_ABOVE if frame.lines_above else 0.0), 1)
        below = round(y + thick + _BETWEEN, 1)
        rows.append(PairRow(pair.name, y, (bar(pair.first, y, "down"), bar(pair.second, below, "up"))))
    every = max(1, round(_FEWEST_APART / max(1.0, span / max(1, len(steps) - 1))))
    ticks = [Tick(across(step), numbers.money(exactly(step)), step == 0) for step in steps[::every]]
    return Pairs(frame, row * len(drawn) + _GAP + _AXIS, round(thick, 1), rows, ticks)
