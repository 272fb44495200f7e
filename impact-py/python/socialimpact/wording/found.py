"""Findings of the checks as a table, of a model, of draws or of a contract by itself."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.numbers import WHOLE_FROM, Numbers
from socialimpact.wording.texts import LONGEST_NAME, Texts, shown

_DECIMAL = re.compile(r"(?<![\w./,\u00a0\u2212-])-?(?:\d+\.\d+|\d{5,})(?![\w/-]|\.\d)")
_MOST_DECIMALS = 2
"""Decimals of a number inside a sentence that are kept as they are."""
_HEADS = ("severity", "address", "message", "rule")


def findings_grid(found: Iterable[dict[str, Any]], texts: Texts, numbers: Numbers) -> Grid:
    """Show findings, those that the document silences with their reasons."""
    rows = [
        [
            Cell(texts("findings.silenced" if row["silenced"] else f"findings.{row['severity']}")),
            Cell(shown(row["address"], LONGEST_NAME), code=True),
            Cell(_said(row, texts, numbers)),
            Cell(row["rule"], code=True),
        ]
        for row in found
    ]
    columns = [Column(texts(f"findings.{head}")) for head in _HEADS]
    return Grid(texts("findings.caption"), columns, rows, [texts("findings.explained")] if rows else [])


def rounded(sentence: str, numbers: Numbers) -> str:
    """Round the exact decimals inside a sentence of the core for show, with the decimal sign of the language."""
    return _DECIMAL.sub(lambda found: _decimal(found[0], numbers), sentence)


def _said(row: dict[str, Any], texts: Texts, numbers: Numbers) -> str:
    """Say what was found, and why the document lets it stand."""
    message = rounded(shown(row[f"message_{texts.language}"] or row["message_en"]), numbers)
    reason = row["silenced"]
    return texts("findings.reason", message=message, reason=shown(reason)) if reason else message


def _decimal(written: str, numbers: Numbers) -> str:
    decimals = len(written.partition(".")[2])
    value = Decimal(written)
    as_written = decimals <= _MOST_DECIMALS and abs(value) < WHOLE_FROM
    return numbers.fixed(value, decimals) if as_written else numbers.plain(value)
