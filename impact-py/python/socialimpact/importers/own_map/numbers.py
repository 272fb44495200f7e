"""Numbers as practitioners write them: percent cells, decimal commas, spaces between thousands, signs of currency.

One rule: what may be read in two ways is not read: it is said with its cell. Thousands are in groups of exactly three
digits, so that a date, or two numbers in one cell, is never read as one number.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from socialimpact.importers.own_map.refusals import Unread

_SIGNS = {"kr": ("NOK", "SEK", "DKK"), "£": ("GBP",), "€": ("EUR",), "$": ("USD", "CAD", "AUD", "NZD")}
_SIGN = re.compile(r"(?<![A-Za-z])[Kk][Rr](?![A-Za-z])\.?|£|€|\$|\b(?:NOK|SEK|DKK|GBP|EUR|USD)\b")
_BLANK = re.compile(r"\s+")
_PLAIN = re.compile(r"(0|[1-9]\d*)(?:([.,])(\d+))?")
"""Digits, and perhaps a sign before the decimals."""
_GROUPED = re.compile(r"([1-9]\d{0,2}(?:([ '.,])\d{3})(?:\2\d{3})*)(?:([.,])(\d+))?")
"""Groups of three digits with one sign between them, and perhaps another before the decimals."""
_DIGITS = re.compile(r"[\d .,']+")
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


def of_text(text: str) -> Written | Unread:
    """Give the number that a text says, or why it says none."""
    found = _SIGN.search(text)
    before, after = (text, "") if found is None else (text[: found.start()], text[found.end() :])
    if re.search(r"\d", before) and re.search(r"\d", after):
        return Unread("currency_inside")
    bare = _BLANK.sub(" ", f"{before}{after}").replace("\u2212", "-").strip().removesuffix(",-").strip()
    is_percent = bare.endswith("%")
    bare = bare.removesuffix("%").strip()
    if bare.startswith("(") and bare.endswith(")"):
        bare = f"-{bare[1:-1].strip()}"
    is_negative = bare.startswith("-")
    value = _without_thousands(bare.removeprefix("-").strip(), "-" if is_negative else "")
    if isinstance(value, Unread):
        return value
    value = -value if is_negative else value
    return Written(value.scaleb(-2) if is_percent else value, is_percent, sign_of(text))


def _without_thousands(bare: str, minus: str) -> Decimal | Unread:
    """Give a number that is above zero, or why it is none; what may be a decimal or thousands is neither."""
    whole, sign, decimals = "", None, ""
    if (plain := _PLAIN.fullmatch(bare)) is not None:
        whole, sign, decimals = plain[1], plain[2], plain[3] or ""
        if len(decimals) == _GROUP and whole != "0":
            return _either(f"{minus}{whole}", decimals)
    elif (grouped := _GROUPED.fullmatch(bare)) is not None and grouped[3] != grouped[2]:
        whole, sign, decimals = re.sub(r"\D", "", grouped[1]), grouped[3], grouped[4] or ""
        if len(decimals) == _GROUP and grouped[2] in " '":
            return _either(f"{minus}{whole}", decimals)
    elif re.search(r"\d", bare) and _DIGITS.fullmatch(bare):
        return Unread("thousands")
    else:
        return Unread("no_number")
    return Decimal(f"{whole}.{decimals}" if sign else whole)


def _either(whole: str, decimals: str) -> Unread:
    return Unread("either", {"decimal": f"{whole}.{decimals}", "whole": f"{whole}{decimals}"})


def last_digit(value: Decimal) -> Decimal:
    """Give half of the last digit that a figure is written with: what it may differ by from one that is not rounded."""
    exponent = value.normalize().as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) else 0
    half = Decimal(5).scaleb(-min(max(digits, 0), 9) - 1)
    return max(half, abs(value) * Decimal("1e-9"))
