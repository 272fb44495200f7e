"""The table of a tornado, as the terminal shows it."""

from decimal import Decimal
from typing import Any

from socialimpact._core import Tornado
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.words import Words

_COLUMNS = ("low_at", "high_at", "low", "high", "swing")


def tornado_grid(found: Tornado, words: Words) -> Grid:
    """Show a row for each number: its two values, the figure at each, and how far apart they are."""
    texts, measure, holder = words.texts, found.base.measure, found.base.holder
    reasons: dict[str, int] = {}
    rows = [_row(row, measure, words, reasons) for row in found.table.to_pylist()]
    columns = [Column(texts("tornado.number")), *(Column(texts(f"tornado.{name}"), number=True) for name in _COLUMNS)]
    caption = texts("tornado.caption", measure=texts(f"measure_in.{measure}"), who=words.holder(holder))
    low, high = (words.numbers.share(Decimal(repr(chance))) for chance in found.chances)
    notes = [texts("tornado.note", number=number, reason=reason) for reason, number in reasons.items()]
    notes.append(texts("tornado.quantiles", low=low, high=high))
    if any(row[0].dagger for row in rows):
        notes.append(texts("mark.dagger"))
    return Grid(caption, columns, rows, notes)


def _row(row: dict[str, Any], measure: str, words: Words, reasons: dict[str, int]) -> list[Cell]:
    number = words.assumption(row["address"])
    own = number is not None and number["address"] == row["address"]
    name = words.number_name(number) if number is not None and own else words.address(row["address"])
    cells = [Cell(name, dagger=row["illustrative"])]
    for key in ("low_at", "high_at"):
        value = row[key]
        cells.append(Cell("") if value is None else Cell(words.value(value, row["unit"]), value))
    for key in ("low", "high", "swing"):
        value = row[key]
        if value is not None:
            cells.append(Cell(words.measure(measure, value), value))
            continue
        reason = row["absent_nb"] if words.language == "nb" else row["absent_en"]
        nth = reasons.setdefault(words.rounded(reason or row["absent_en"]), len(reasons) + 1)
        cells.append(Cell(words.texts("tornado.none", number=nth)))
    return cells
