"""The waterfall chart: where every bar, name and amount of it stands.

One rule: coordinates only are made here; the figures are the library's, and all of them stand in the table beside.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from socialimpact._core import Waterfall
from socialimpact.wording.tables import DAGGER
from socialimpact.wording.texts import sentence_case
from socialimpact.wording.words import Words

_GAP = 12.0


@dataclass(frozen=True, slots=True)
class Frame:
    """How large a chart is, and where names and amounts stand."""

    name: str
    width: float
    left: float
    right: float
    row: float
    bar: float
    lines_above: float
    """Room above each bar for its name and amount, where they do not stand beside it."""


WIDE = Frame("wide", 960, 0, 0, 38, 22, 0)
"""Names stand to the left of their bars and amounts to the right, in as much room as they turn out to need."""
NARROW = Frame("narrow", 380, 0, 0, 66, 18, 40)
_CHARACTER = 8.2
"""Width of a character beside a bar."""
_BESIDE = 16.0
"""Room between a bar and what stands beside it."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One step as a bar."""

    name: str
    value: str
    kind: str
    """`level`, `down` or `up`."""
    x: float
    y: float
    width: float
    end: float
    """Where the next bar starts: a thin line leads there."""


@dataclass(frozen=True, slots=True)
class Bars:
    """A waterfall with everything in its place."""

    frame: Frame
    height: float
    zero: float
    bars: Sequence[Bar]


def bars(waterfall: Waterfall, words: Words, frame: Frame) -> Bars:
    """Place the steps of a waterfall below each other; steps that change nothing are left to the table."""
    rows = [row for row in waterfall.table.to_pylist() if row["level"] or row["amount"]]
    values = [float(row[end]) for row in rows for end in ("from", "standing")]
    low, high = min([*values, 0.0]), max([*values, 0.0])
    if not frame.lines_above:
        names, amounts = ([len(told(row, words)) for row in rows] for told in (step_name, _amount))
        frame = replace(frame, left=max(names) * _CHARACTER + _BESIDE, right=max(amounts) * _CHARACTER + _BESIDE)
    plane = _Across(frame, low, high if high > low else low + 1)
    drawn = [_bar(row, position, plane, words) for position, row in enumerate(rows)]
    return Bars(frame, frame.row * len(rows) + _GAP, plane.x(0.0), drawn)


class _Across:
    """From amounts to places on the line."""

    def __init__(self, frame: Frame, low: float, high: float) -> None:
        self.frame, self.low = frame, low
        self.scale = (frame.width - frame.left - frame.right) / (high - low)

    def x(self, value: float) -> float:
        return round(self.frame.left + (value - self.low) * self.scale, 1)


def _bar(row: dict[str, Any], position: int, plane: _Across, words: Words) -> Bar:
    frame = plane.frame
    start, end = plane.x(float(row["from"])), plane.x(float(row["standing"]))
    change = "down" if row["amount"] < 0 else "up"
    return Bar(
        name=step_name(row, words),
        value=_amount(row, words),
        kind="level" if row["level"] else change,
        x=min(start, end),
        y=round(_GAP + position * frame.row + frame.lines_above, 1),
        width=max(1.0, round(abs(end - start), 1)),
        end=end,
    )


def _amount(row: dict[str, Any], words: Words) -> str:
    return words.numbers.money(row["amount"]) + (DAGGER if row["illustrative"] else "")


def step_name(row: dict[str, Any], words: Words) -> str:
    """Give the name of a step, as a heading."""
    return sentence_case(str(row[f"name_{words.language}"] or row["name_en"]))
