"""A social return written as a text: `2.67:1`, `2,67 : 1`, `1:2.67`, `£2.67 for every £1`, `2,67 kr per krone`.

One rule: one of two sides is one. A text in which neither is, or that says more numbers than these, is not read.
"""

import re
from decimal import Decimal

from socialimpact.importers.own_map.numbers import Written, of_text

_NUMBER = r"\d+(?:[ .,']\d+)*"
_SIGN = r"(?:kr\.?|kroner|£|€|\$|NOK|SEK|DKK|GBP|EUR|USD)?"
_SIDE = rf"{_SIGN}\s*({_NUMBER})\s*(?:,-)?\s*{_SIGN}"
_SIDES = re.compile(rf"{_SIDE}\s*(?::|\bto\b|\btil\b)\s*{_SIDE}", re.IGNORECASE)
_FOR = re.compile(r"\b(?:for\s+(?:every|each|hver|hvert)|per)\b", re.IGNORECASE)
_UNIT = re.compile(r"\b(?:krone|kr|pound|euro|dollar)\b", re.IGNORECASE)
"""What a side says that counts one, and has no number."""


def of_ratio(text: str) -> Written | None:
    """Give the ratio that a text says; None where it says none."""
    bare = " ".join(text.split()).rstrip(".")
    if (both := _SIDES.fullmatch(bare)) is not None:
        return _over_one(both[1], both[2])
    parts = _FOR.split(bare)
    numbers = [re.findall(_NUMBER, part) for part in parts]
    match numbers:
        case [got, []] if _UNIT.search(parts[1]):
            given = ["1"]
        case [got, given]:
            pass
        case _:
            return None
    return _over_one(got[0], given[0]) if len(got) == len(given) == 1 and given[0] == "1" else None


def _over_one(first: str, second: str) -> Written | None:
    """Give the side that stands against one."""
    sides = [of_text(side) for side in (first, second)]
    values = [side.value for side in sides if isinstance(side, Written)]
    if len(values) < len(sides) or Decimal(1) not in values:
        return None
    return Written(values[0] if values[1] == 1 else values[1])
