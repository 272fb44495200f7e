"""Entries of the reference figures in words: unit costs, effects and index series."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from socialimpact.types import Language
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.numbers import Numbers
from socialimpact.wording.texts import Texts, shown
from socialimpact.wording.units import unit_phrase

_DECIMAL = re.compile(r"(?<![\w.])\d+\.\d+(?![\w.])")
Row: TypeAlias = dict[str, Any]
Lines: TypeAlias = list[tuple[str, str]]


class Telling:
    """What is needed to speak of an entry in one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self.texts = Texts(language)

    def label(self, row: Row, name: str) -> str | None:
        """Give a text of an entry in this language, or in English where there is no other."""
        text = row[f"{name}_{self.language}"] or row[f"{name}_en"]
        return shown(text) if text else None

    def words(self, written: str | None) -> str:
        """Give a word of a fixed list, or several parted by commas, in this language."""
        found = (written or "").split(", ")
        return ", ".join(self.texts(key) if self.texts.has(key := f"entry_word.{one}") else shown(one) for one in found)

    def decimals(self, written: str) -> str:
        """Give a text of ours with its decimals as this language writes them."""
        return _DECIMAL.sub(lambda found: self.numbers("").written(Decimal(found[0])), shown(written))

    def numbers(self, currency: str) -> Numbers:
        """Give numbers in this language."""
        return Numbers(self.language, currency, 0)

    def lines(self, named: Sequence[tuple[str, object]]) -> Lines:
        """Give what there is of some fields, each with what it is called."""
        told = [(key, value) for key, value in named if value not in (None, "", False)]
        return [(self.texts(f"entry.{key}"), self._text(value)) for key, value in told]

    def _text(self, value: object) -> str:
        return self.texts("entry.yes") if value is True else shown(str(value))

    def source(self, row: Row) -> Lines:
        """Give where an entry was read, its grade and its edition."""
        return self.lines(
            [
                ("source", row["source_title"]),
                ("section", row["source_section"]),
                ("url", row["source_url"]),
                ("evidence", row.get("evidence")),
                ("note", row["note"]),
                ("grade", row["grade"]),
                ("derived", row["derived"]),
                ("edition", row["edition"]),
            ]
        )


def _range(row: Row, numbers: Numbers) -> str | None:
    if row["low"] is None or row["high"] is None:
        return None
    return f"{_exact(row['low'], numbers)} – {_exact(row['high'], numbers)}"


def _exact(value: Decimal, numbers: Numbers) -> str:
    """Give all digits of a figure as it was read."""
    return numbers.written(value)


def _price(row: Row, telling: Telling) -> str:
    numbers = telling.numbers(row["currency"])
    unit = f"{row['currency']} per {row['unit']} ({row['price_year']} prices)"
    return f"{_exact(row['value'], numbers)} {unit_phrase(telling.texts, unit, numbers.currency)}"


def unit_cost_lines(row: Row, telling: Telling) -> list[str]:
    """Give a unit cost in a few lines: id, name, price."""
    more = telling.texts(
        "catalogue.line", payers=telling.words(row["payers"]), country=row["country"], grade=row["grade"]
    )
    return [row["id"], telling.label(row, "name") or "", f"{_price(row, telling)}; {more}"]


def unit_cost_page(row: Row, telling: Telling) -> Lines:
    """Give everything that is known of a unit cost."""
    numbers = telling.numbers(row["currency"])
    told = telling.lines(
        [
            ("name", telling.label(row, "name")),
            ("price", _price(row, telling)),
            ("range", _range(row, numbers)),
            ("source_unit", row["source_unit"]),
            ("in_g", row["in_g"]),
            ("payers", telling.words(row["payers"])),
            ("cashable", telling.texts(f"entry.cashable_{row['cashable']}")),
            ("domain", telling.words(row["domain"])),
            ("country", row["country"]),
            ("provisional", row["provisional"]),
            ("not_carried", not row["carried"]),
        ]
    )
    return told + telling.source(row)


def _size(row: Row, telling: Telling) -> str:
    unit = row["currency"] or telling.texts(f"effect_unit.{row['unit']}")
    size = f"{_exact(row['value'], telling.numbers(''))} {unit}".rstrip()
    interval = _range(row, telling.numbers(""))
    return f"{size} ({interval})" if interval else size


def effect_lines(row: Row, telling: Telling) -> list[str]:
    """Give an effect in a few lines: id, what was done and measured, size."""
    done = telling.label(row, "intervention")
    outcome = telling.label(row, "outcome") or ""
    where = row["country"] or telling.label(row, "countries") or ""
    measure, design = telling.words(row["measure"]), telling.words(row["design"])
    more = telling.texts("effects.line", measure=measure, where=where, design=design, grade=row["grade"])
    return [row["id"], f"{done}: {outcome}" if done else outcome, f"{_size(row, telling)}; {more}"]


def effect_page(row: Row, telling: Telling) -> Lines:
    """Give everything that is known of an effect."""
    told = telling.lines(
        [
            ("intervention", telling.label(row, "intervention")),
            ("outcome", telling.label(row, "outcome")),
            ("population", telling.label(row, "population")),
            ("country", row["country"] or telling.label(row, "countries")),
            ("measure", telling.words(row["measure"])),
            ("value", _size(row, telling)),
            ("interval_derived", row["interval_derived"]),
            ("n", row["n"]),
            ("follow_up", row["follow_up"]),
            ("design", telling.words(row["design"])),
            ("study", row["study"]),
            ("domain", telling.words(row["domain"])),
        ]
    )
    return told + telling.source(row)


def series_lines(row: Row, telling: Telling) -> list[str]:
    """Give an index series in a few lines: id, title, what its values are in and which years there are."""
    more = telling.texts(
        "indices.line",
        base=shown(row["base"]),
        first=row["first_year"],
        last=row["last_year"],
        grade=row["grade"],
        edition=shown(row["edition"]),
    )
    return [row["series"], telling.label(row, "title") or "", more]


def series_page(row: Row, values: Sequence[Row], telling: Telling) -> tuple[Lines, Grid]:
    """Give everything that is known of an index series, and its values."""
    told = telling.lines(
        [("name", telling.label(row, "title")), ("base", row["base"]), ("country", row["country"])]
    ) + telling.source(row)
    numbers, texts = telling.numbers(""), telling.texts
    changes = any(value["change"] is not None for value in values)
    columns = [Column(texts("indices.year")), Column(texts("indices.value"), number=True)]
    columns += [Column(texts("indices.change"), number=True)] if changes else []
    rows = []
    for value in values:
        cells = [Cell(str(value["year"])), Cell(_exact(value["value"], numbers), value["value"])]
        change = value["change"]
        cells += [Cell("" if change is None else _exact(change, numbers), change)] if changes else []
        rows.append(cells)
    return told, Grid(texts("indices.caption"), columns, rows)
