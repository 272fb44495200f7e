"""Columns on their way into a picture: numbers as floats, names as they may be shown.

One rule: what cannot be drawn is refused with its place, never left out in silence.
"""

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import SupportsFloat, TypeAlias

from socialimpact.errors import ImpactError, Problem
from socialimpact.wording.texts import shown

Number: TypeAlias = SupportsFloat | Decimal
LONGEST_LABEL = 44
"""Characters of a label in a picture; the rest is left out with an ellipsis."""

_NO_CHARACTERS = {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
"""What no XML may hold, and the mark that stands for it."""


def refused(place: str, message: str) -> ImpactError:
    """Give the error about an argument."""
    return ImpactError(f"{place}: {message}", [Problem(place, "", None, None, message)])


def number(value: Number, place: str) -> float:
    """Give a finite number as a float."""
    found = _float(value, place)
    if not math.isfinite(found):
        raise refused(place, f"`{value}` is no finite number")
    return found


def column(values: Iterable[Number | None], place: str) -> list[float]:
    """Give numbers as floats; None is a gap."""
    found = [
        math.nan if value is None else _float(value, f"{place}[{position}]") for position, value in enumerate(values)
    ]
    if not found:
        raise refused(place, "there are no values to draw")
    return found


def finite(values: Iterable[Number], place: str) -> list[float]:
    """Give numbers as floats, none of them missing or infinite."""
    found = [number(value, f"{place}[{position}]") for position, value in enumerate(values)]
    if not found:
        raise refused(place, "there are no values to draw")
    return found


def same_length(first: Sequence[object], second: Sequence[object], names: tuple[str, str]) -> None:
    """Refuse two columns of different lengths."""
    if len(first) != len(second):
        raise refused(names[1], f"{len(second)} values beside {len(first)} in `{names[0]}`")


def label(text: object, most: int = LONGEST_LABEL) -> str:
    """Give a text for a picture: without characters that hide or turn, and not too long."""
    return shown(str(text).translate(_NO_CHARACTERS), most)


def _float(value: Number, place: str) -> float:
    try:
        if isinstance(value, str | bytes):
            raise TypeError
        return float(value)
    except (TypeError, ValueError, OverflowError):
        raise refused(place, f"`{type(value).__name__}` is no number: give an int, a float or a Decimal") from None
