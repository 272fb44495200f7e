"""JSON without loss: every digit of a number, the order of keys, and nothing that stands twice.

A number is a `Digits`: an exact decimal that remembers how it was written.
"""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from socialimpact.errors import ImpactError
from socialimpact.importers.faults import MOST_BYTES, short


class Digits(Decimal):
    """A number as it was written.

    Attributes
    ----------
    text : str
        Its digits as in the document.
    """

    text: str

    def __new__(cls, text: str) -> "Digits":
        """Keep the value and the text."""
        try:
            number = super().__new__(cls, text)
        except InvalidOperation:  # an exponent beyond all bounds
            raise ImpactError(f"the number `{short(text)}` is beyond what is read") from None
        number.text = text
        return number


def read(text: str, name: str) -> Any:
    """Read a JSON document.

    Raises
    ------
    ImpactError
        For what is no JSON, with line and column; for a key that stands twice, of which one would be lost; for a
        document that is too large or too deep.
    """
    if len(text) > MOST_BYTES:
        raise ImpactError(f"{name}: is larger than {MOST_BYTES >> 20} MB")
    try:
        return json.loads(
            text, parse_float=Digits, parse_int=Digits, parse_constant=_no_number, object_pairs_hook=_without_doubles
        )
    except json.JSONDecodeError as error:
        raise ImpactError(
            f"{name}: line {error.lineno}, column {error.colno}: this is no JSON: {error.msg.lower()}"
        ) from None
    except RecursionError:
        raise ImpactError(f"{name}: lists and tables lie too deep in each other") from None
    except ImpactError as error:
        raise ImpactError(f"{name}: {error}") from None


def write(value: Any) -> str:
    """Write a document as JSON, two spaces a level, every number as it was read."""
    return f"{_written(value, '')}\n"


def _written(value: Any, margin: str) -> str:
    inner = f"{margin}  "
    if isinstance(value, dict) and value:
        entries = (f"{inner}{_text(key)}: {_written(each, inner)}" for key, each in value.items())
        return "{\n" + ",\n".join(entries) + f"\n{margin}}}"
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(inner + _written(each, inner) for each in value) + f"\n{margin}]"
    if isinstance(value, Digits):
        return value.text
    if isinstance(value, Decimal):
        return str(value)
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _text(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a pair of signs, which only an escape can write
        return json.dumps(text)
    return json.dumps(text, ensure_ascii=False)


def _no_number(text: str) -> Any:
    raise ImpactError(f"`{text}` is no number of JSON")


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ImpactError(f"the key `{short(next(key for key in keys if keys.count(key) > 1))}` is written twice")
    return table
