"""Numbers as practitioners write them: percent cells, decimal commas, spaces between thousands, signs of currency.

One rule: what may be read in two ways is not read: it is said with its cell.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

_SIGNS = {"kr": ("NOK", "SEK", "DKK"), "£": ("GBP",), "€": ("EUR",), "$": ("USD", "CAD", "AUD", "NZD")}
_SIGN = re.compile(r"(?<![A-Za-z])[Kk][Rr](?![A-Za-z])\.?|£|€|\$|\b(?:NOK|SEK|DKK|GBP|EUR|USD)\b")
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f']")
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
_GROUP = 3
"""Digits between the signs of thousands."""


@dataclass(frozen=True, slots=True)
class Written:
    """A number as it is written: its value, whether it says that it is a percentage, and the currency it names."""

    value: Decimal
    is_percent: bool = False
    sign: str | None = None


def fits(sign: str | None, currency: str) -> bool:
    """Tell whether a sign of currency may be that of a currency."""
    return sign is None or currency in _SIGNS.get(sign, (sign,))


def sign_of(text: str) -> str | None:
    """Give the sign of currency in a text, such as a head."""
    found = _SIGN.search(text)
    if found is None:
        return None
    sign = found[0].rstrip(".")
    return sign.lower() if sign.lower() in _SIGNS else sign


def of_text(text: str) -> Written | str:
    """Give the number that a text says, or why it says none."""
    sign = sign_of(text)
    bare = _SPACES.sub("", _SIGN.sub("", text, count=1)).replace("\u2212", "-").removesuffix(",-")
    is_percent = bare.endswith("%")
    bare = bare.removesuffix("%")
    if bare.startswith("(") and bare.endswith(")"):
        bare = f"-{bare[1:-1]}"
    plain = _with_point(bare)
    if plain is None:
        return f"may be {bare.replace(',', '.')} or {re.sub('[.,]', '', bare)}: make it a number of the spreadsheet"
    if not _PLAIN.fullmatch(plain):
        return "is no number"
    value = Decimal(plain)
    return Written(value.scaleb(-2) if is_percent else value, is_percent, sign)


def _with_point(bare: str) -> str | None:
    """Give a number with a point before its decimals and none between its thousands; None where both may be meant."""
    points, commas = bare.count("."), bare.count(",")
    if points and commas:
        last = "." if bare.rfind(".") > bare.rfind(",") else ","
        other = "," if last == "." else "."
        return bare.replace(other, "").replace(last, ".")
    sign = "." if points else ","
    if points + commas == 0:
        return bare
    if points + commas > 1:
        return bare.replace(sign, "")
    whole, decimals = bare.split(sign)
    if len(decimals) == _GROUP and whole.lstrip("-") not in ("", "0"):
        return None
    return f"{whole}.{decimals}"


def last_digit(value: Decimal) -> Decimal:
    """Give half of the last digit that a figure is written with: what it may differ by from one that is not rounded."""
    exponent = value.normalize().as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) else 0
    half = Decimal(5).scaleb(-min(max(digits, 0), 9) - 1)
    return max(half, abs(value) * Decimal("1e-9"))
