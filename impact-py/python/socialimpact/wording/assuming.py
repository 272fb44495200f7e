"""What a model or a contract rests on, as cells: values, units, distributions, marks, sources, and what was filled in.

One rule: a number never stands without where it comes from, or the mark of having been invented.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from socialimpact.types import Language
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.numbers import Numbers
from socialimpact.wording.texts import Texts, sentence_case, shown
from socialimpact.wording.units import unit_phrase

_MARKS = ("illustrative", "unverified")
_WORD = re.compile(r"[a-z_]+(?:90)?")
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")


def web_address(url: str | None) -> str | None:
    """Give an address that a page may link to: http and https only."""
    return url if url and url.startswith(("https://", "http://")) else None


def is_weak(row: Mapping[str, Any]) -> bool:
    """Tell whether a number is illustrative, unverified, or rests on weak evidence."""
    return any(row[mark] for mark in _MARKS) or has_weak_grade(row)


def has_weak_grade(row: Mapping[str, Any]) -> bool:
    """Tell whether the evidence behind a number has grade C or below."""
    return bool(row["grade"]) and str(row["grade"]) >= "C"


def point_phrase(texts: Texts, row: Mapping[str, Any]) -> str:
    """Say what the value of an uncertain number is: the mean of its distribution, or the author's best."""
    key = f"assumptions.{row['point_is']}"
    known = row["distribution"] and texts.has(key)
    return texts(key, distribution=distribution_in_words(texts, shown(row["distribution"]))) if known else ""


def distribution_in_words(texts: Texts, written: str) -> str:
    """Give a distribution such as `normal(mean 0.1, sd 0.1)` in the words and numbers of the language."""
    told = _WORD.sub(lambda word: texts(key) if texts.has(key := f"distribution.{word[0]}") else word[0], written)
    if texts.language == "en":
        return told
    numbers = Numbers(texts.language, "", 0)
    told = _NUMBER.sub(lambda number: numbers.written(Decimal(number[0])), told.replace(", ", "; "))
    return told.replace("(", " (", 1)


def taken_phrase(texts: Texts, taken: str) -> str:
    """Give what was taken for something left out: a word or number of the document, or a phrase in the language."""
    return texts("defaults.all_its_own") if taken == "all its own" else shown(taken)


def source_cell(title: str | None, section: str | None, url: str | None) -> Cell:
    """Give a source with its section, linked where it has a web address."""
    return Cell(", ".join(shown(part) for part in (title, section) if part), href=web_address(url))


def contract_assumptions(rows: Sequence[Mapping[str, Any]], texts: Texts, numbers: Numbers, caption: str) -> Grid:
    """Show numbers of a contract by their addresses, as the table of a model shows its own."""
    keys = ("value", "unit", "grade", "marks", "source")
    heads = [Column(texts("risk.address")), *(Column(texts(f"assumptions.{key}"), key == "value") for key in keys)]
    grid = Grid(caption, heads, [_contract_assumption(row, texts, numbers) for row in rows])
    return grid.without_empty(*(at for at, key in enumerate(keys, start=1) if key in {"grade", "marks"}))


def _contract_assumption(row: Mapping[str, Any], texts: Texts, numbers: Numbers) -> list[Cell]:
    value, source = Decimal(row["value"]), row["source"] or {}
    unit = unit_phrase(texts, row["unit"], numbers.currency) if row["unit"] else ""
    return [
        Cell(row["address"], code=True),
        Cell(numbers.figure(value), value),
        Cell("; ".join(filter(None, [unit, point_phrase(texts, row), _used_phrase(texts, row)]))),
        Cell(row["grade"] or ""),
        Cell("", marks=tuple(texts(f"mark.{mark}") for mark in _MARKS if row[mark])),
        source_cell(source.get("title"), source.get("section"), source.get("url")),
    ]


def _used_phrase(texts: Texts, row: Mapping[str, Any]) -> str:
    """Say where a number that stands for itself is used."""
    elsewhere = [address for address in row["used_at"] if address != row["address"]]
    return texts("assumptions.used_by", addresses=", ".join(elsewhere)) if elsewhere else ""


def contract_defaults(rows: Sequence[Mapping[str, Any]], texts: Texts, language: Language) -> Grid:
    """Show what the terms of a contract left out, with what was taken instead."""
    heads = [Column(texts(f"defaults.{key}")) for key in ("address", "taken", "because")]
    told = [
        [
            Cell(row["address"], code=True),
            Cell(taken_phrase(texts, row["taken"]), code=True),
            Cell(sentence_case(shown(str(row["because"].get(language) or row["because"]["en"])))),
        ]
        for row in rows
    ]
    return Grid(texts("defaults.caption"), heads, told)
