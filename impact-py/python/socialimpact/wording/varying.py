"""The table of a tornado, as the terminal shows it."""

from decimal import Decimal
from typing import Any

from socialimpact._core import Figure, Tornado
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.texts import sentence_case
from socialimpact.wording.units import is_money
from socialimpact.wording.words import FRACTIONS, Words

_COLUMNS = ("low_at", "high_at", "low", "high", "swing")


def tornado_grid(found: Tornado, words: Words) -> Grid:
    """Show a row for each number: its two values, the figure at each, and how far apart they are."""
    texts, measure, holder = words.texts, found.base.measure, found.base.holder
    reasons: dict[str, int] = {}
    rows = [_row(row, found.base, words, reasons) for row in found.table.to_pylist()]
    further = [row for row in found.table.to_pylist() if row["note_en"]]
    columns = [Column(texts("tornado.number")), Column(texts("tornado.unit"))]
    columns += [*(Column(texts(f"tornado.{name}"), number=True) for name in _COLUMNS)]
    caption = texts(
        "tornado.caption", measure=texts(f"measure_in.{measure}"), who=words.holder(holder), unit=_counted(found, words)
    )
    low, high = (words.numbers.share(Decimal(repr(chance))) for chance in found.chances)
    notes = [texts("tornado.note", number=number, reason=reason) for reason, number in reasons.items()]
    notes.append(texts("tornado.quantiles", low=low, high=high))
    for row in further:
        note = words.rounded(row["note_nb" if words.language == "nb" else "note_en"])
        notes.append(texts("tornado.further", name=_name(row, words), note=note))
    if any(cell.dagger for row in rows for cell in row):
        notes.append(texts("mark.dagger"))
    return Grid(caption, columns, rows, notes)


def _row(row: dict[str, Any], base: Figure, words: Words, reasons: dict[str, int]) -> list[Cell]:
    """Give a row: what the number is bears its own mark, and what the figure comes to that of the figure."""
    unverified = (words.texts("mark.unverified"),) if row["unverified"] else ()
    name = sentence_case(_name(row, words)) + (words.texts("tornado.reaches") if row["note_en"] else "")
    cells = [Cell(name, dagger=row["illustrative"], marks=unverified), Cell(_unit(row["unit"], words))]
    for key in ("low_at", "high_at"):
        value = row[key]
        cells.append(Cell("") if value is None else Cell(words.value(value, row["unit"]), value))
    for key in ("low", "high", "swing"):
        value = row[key]
        if value is not None:
            # What moves the figure by nothing at all rests on nothing.
            mark = base.illustrative and (key != "swing" or bool(value))
            cells.append(Cell(words.measure(base.measure, value), value, dagger=mark))
            continue
        reason = row["absent_nb"] if words.language == "nb" else row["absent_en"]
        nth = reasons.setdefault(words.rounded(reason or row["absent_en"]), len(reasons) + 1)
        cells.append(Cell(words.texts("tornado.none", number=nth)))
    return cells


def _name(row: dict[str, Any], words: Words) -> str:
    number = words.assumption(row["address"])
    own = number is not None and number["address"] == row["address"]
    return words.number_name(number) if number is not None and own else words.address(row["address"])


def _unit(unit: str, words: Words) -> str:
    """Give what a number is counted in; a percentage says so itself."""
    return "" if unit in FRACTIONS or unit.startswith("ratio") else words.unit(unit)


def _counted(found: Tornado, words: Words) -> str:
    """Give what the figures are counted in, where they do not say it themselves."""
    unit = str(found.base.unit)
    return f", {words.unit(unit)}" if is_money(unit) else ""
