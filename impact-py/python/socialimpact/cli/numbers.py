"""Numbers on the command line: exact, whole, and lists of them."""

import re
import tomllib
from decimal import Decimal, InvalidOperation
from typing import Any

import click

_MOST_DIGITS = 19
"""The highest power of ten that the core is given: it says itself what is too large for it."""
_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}(\.\d{3})+")
"""A number whose points may part its thousands."""
_GROUPS = re.compile(r"[-+]?[1-9]\d{0,2}(([., \u00a0\u202f])\d{3})(\2\d{3})+|[-+]?[1-9]\d{0,2}([ \u00a0\u202f]\d{3})+")
"""A number whose thousands are parted beyond doubt."""
_DECIMAL_COMMA = re.compile(r"\d,\d")
_BETWEEN = re.compile(r",\s|;")


class ExactNumber(click.ParamType[Decimal]):
    """A decimal number with a point, kept digit for digit."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """Read the number."""
        if _GROUPS.fullmatch(str(value)):
            self.fail(f"`{value}` is written with parted thousands: write {_digits(value)}", param, ctx)
        try:
            number = Decimal(value)
        except InvalidOperation:
            self.fail(f"`{value}` is not a number: write it with a point, such as 0.5", param, ctx)
        if not number.is_finite():
            self.fail(f"`{value}` is not a finite number", param, ctx)
        return number


class WholeNumber(click.ParamType[int]):
    """A whole number; ``1e6`` and ``1_000_000`` are a million."""

    name = "number"

    def __init__(self, most: int | None = None) -> None:
        self.most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the number."""
        if _THOUSANDS.fullmatch(str(value)):
            self.fail(f"`{value}` {_meanings(value)}: write its digits alone", param, ctx)
        try:
            number = Decimal(value)
        except InvalidOperation:
            self.fail(f"`{value}` is not a whole number: write its digits alone, such as 10000", param, ctx)
        if not number.is_finite() or number.adjusted() > _MOST_DIGITS or number != int(number):
            self.fail(f"`{value}` is not a whole number, such as 10000", param, ctx)
        if self.most is not None and number > self.most:
            self.fail(f"`{value}` is too large: at most {self.most}", param, ctx)
        return int(number)


class Axis(click.ParamType[tuple[str, Any]]):
    """``address=[values]``: a list of numbers as TOML writes it, or one."""

    name = "address=[values]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Any]:
        """Take the address and the values apart."""
        if isinstance(value, tuple):
            return value
        address, sign, written = (part.strip() for part in value.partition("="))
        if not sign or not address:
            self.fail(f"`{value}` is not address=[values], such as contract.at_most=[3e6, 4.4e6]", param, ctx)
        if _DECIMAL_COMMA.search(written) and _BETWEEN.search(written):
            self._refuse(
                written,
                address,
                "may have commas inside its numbers: put a space after every comma between them, and",
                param,
                ctx,
            )
        values = _list_of(written)
        if values is None:
            self._refuse(written, address, "is no list of numbers:", param, ctx)
        return address, values

    def _refuse(
        self, written: str, address: str, what: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> None:
        form = "square brackets, a point for decimals, a comma between"
        self.fail(f"`{written}` {what} write {address}=[0.1, 0.2] ({form})", param, ctx)


def _digits(written: str) -> str:
    """Give a number without what parts its thousands."""
    return re.sub(r"[^-\d]", "", written)


def _meanings(written: str) -> str:
    """Say what a number with points before groups of three may be."""
    whole = _digits(written)
    return f"may be {Decimal(written).normalize():f} or {whole}" if written.count(".") == 1 else f"may be {whole}"


def _list_of(written: str) -> list[Any] | None:
    """Give the numbers that are written; None where something else is."""
    try:
        table = tomllib.loads(f"value = {written}", parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    values = table["value"] if isinstance(table["value"], list) else [table["value"]]
    sound = len(table) == 1 and all(type(value) in {int, Decimal} for value in values)
    return values if sound else None
