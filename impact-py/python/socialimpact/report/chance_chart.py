"""The chart of chances: a bar for each, from none to all.

One rule: coordinates only are made here; the figures are the library's, and all of them stand in the table beside.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from socialimpact.report.chart import Tick
from socialimpact.report.waterfall_chart import NARROW, WIDE, Frame
from socialimpact.wording.numbers import Numbers

_CHARACTER, _BESIDE, _GAP, _AXIS = 8.2, 16.0, 12.0, 26.0
"""Width of a character, and the room beside bars, above the first of them and for the axis."""
_QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)
_TEXT_ROOM = 110.0
"""What a chance beside its bar needs at least."""


@dataclass(frozen=True, slots=True)
class Chance:
    """A chance to be drawn: of what, in words and as a number, and whether something works there."""

    name: str
    value: str
    share: float
    works: bool


@dataclass(frozen=True, slots=True)
class ChanceBar:
    """One chance as a bar."""

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


def chances(drawn: Sequence[Chance], numbers: Numbers) -> list[Chances]:
    """Draw chances for a wide and for a narrow page; nothing where there are none."""
    return [_chances(drawn, numbers, frame) for frame in (WIDE, NARROW) if drawn]


def _chances(drawn: Sequence[Chance], numbers: Numbers, frame: Frame) -> Chances:
    beside = not frame.lines_above
    left = max(len(chance.name) for chance in drawn) * _CHARACTER + _BESIDE if beside else 0.0
    longest = max(len(chance.value) for chance in drawn)
    room = max(_TEXT_ROOM, longest * _CHARACTER + _BESIDE) if beside else 24.0
    span = frame.width - left - room
    bars = [
        ChanceBar(
            chance.name,
            chance.value,
            chance.works,
            round(_GAP + position * frame.row + frame.lines_above, 1),
            max(1.0, round(span * chance.share, 1)),
        )
        for position, chance in enumerate(drawn)
    ]
    ticks = [Tick(round(left + span * at, 1), numbers.part(at), at == 0) for at in _QUARTERS]
    return Chances(frame, frame.row * len(bars) + _GAP + _AXIS, left, left + span, bars, ticks)
