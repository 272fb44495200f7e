"""The chart of chances: a bar for each situation, from none to all.

One rule: coordinates only are made here; the figures are the library's, and all of them stand in the table beside.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from socialimpact.report.chart import Tick
from socialimpact.report.waterfall_chart import NARROW, WIDE, Frame
from socialimpact.wording.risking import Risked

_CHARACTER, _BESIDE, _GAP, _AXIS = 8.2, 16.0, 12.0, 26.0
"""Width of a character, and the room beside bars, above the first of them and for the axis."""
_QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)
_TEXT_ROOM = 110.0
"""What a chance beside its bar needs at least."""


@dataclass(frozen=True, slots=True)
class ChanceBar:
    """One situation as a bar."""

    name: str
    value: str
    works: bool
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Chances:
    """Everything in its place."""

    frame: Frame
    height: float
    left: float
    right: float
    bars: Sequence[ChanceBar]
    ticks: Sequence[Tick]


def chances(told: Risked) -> list[Chances]:
    """Draw the chance of paying in each situation for a wide and for a narrow page."""
    return [_chances(told, frame) for frame in (WIDE, NARROW)]


def _chances(told: Risked, frame: Frame) -> Chances:
    names = [told.name(row) for row in told.situations]
    values = [told.chance(row) for row in told.situations]
    beside = not frame.lines_above
    left = max(map(len, names)) * _CHARACTER + _BESIDE if beside else 0.0
    room = max(_TEXT_ROOM, max(map(len, values)) * _CHARACTER + _BESIDE) if beside else 24.0
    span = frame.width - left - room
    bars = [
        ChanceBar(
            name,
            value,
            not row["situation"].startswith("nothing-works"),
            round(_GAP + position * frame.row + frame.lines_above, 1),
            max(1.0, round(span * told.likely(row), 1)),
        )
        for position, (row, name, value) in enumerate(zip(told.situations, names, values, strict=True))
    ]
    ticks = [Tick(round(left + span * at, 1), told.numbers.part(at), at == 0) for at in _QUARTERS]
    return Chances(frame, frame.row * len(bars) + _GAP + _AXIS, left, left + span, bars, ticks)
