"""The GMCA Unit Cost Database, version 1.4: 684 rows of unit costs for England in a workbook under CC BY 4.0.

One rule: a figure is as its source gives it. The workbook's uprating is computed again,
``updated = original x index[target year] / index[price year]``, and a difference is an error with its cell.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from socialimpact._core import Catalogue
from socialimpact.errors import ImpactError
from socialimpact.importers.faults import MOST_BYTES, MOST_ROWS, Faults, short
from socialimpact.importers.layout import (
    CODE,
    COLUMNS,
    DETAIL,
    FIRST_ROW,
    INDEX_ROWS,
    KINDS,
    SHEETS,
    TARGET,
    check_layout,
)
from socialimpact.importers.words import payers, slug, unit
from socialimpact.importers.workbook import EMPTY, Cell, Row, Workbook
from socialimpact.paths import content_at

LICENCE = "Creative Commons Attribution 4.0 International (CC BY 4.0), https://creativecommons.org/licenses/by/4.0/"
ATTRIBUTION = "GMCA Unit Cost Database v{version}, New Economy / Greater Manchester Combined Authority, CC BY 4.0"
RELATIVE = Decimal("1e-9")
"""How far the workbook's uprated figure may lie from ours: its floats carry 15 digits."""
GRADES = {"G": "B", "A": "C", "R": "D"}
"""The workbook's own assessment of its sources, green, amber or red, as a grade: never A, for it is a second hand."""
_YEAR = re.compile(r"(?P<first>(?:19|20)\d\d)/\d\d")
_VERSION = re.compile(r"v\.?\s*(?P<version>\d+(?:\.\d+)*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Book:
    """What the rows are read with."""

    name: str
    version: str
    prices: str
    target: str
    index: dict[str, Decimal]


def catalogue(path: str | os.PathLike[str], *, prices: str = "original") -> Catalogue:
    """Make a catalogue of the workbook; `Catalogue.from_gmca` says the rest."""
    if prices not in ("original", "updated"):
        raise ImpactError(f"`{prices}` is not a choice of prices: choose `original` or `updated`")
    file = Path(path)
    content = content_at(file, MOST_BYTES + 1)
    workbook, faults = Workbook(content, file.name), Faults()
    sound = check_layout(workbook, faults)
    book = _book(workbook, file.name, prices, faults)
    entries: list[dict[str, Any]] = []
    cells: dict[str, str] = {}
    for sheet, domain in SHEETS.items():
        if sheet in sound:
            for found in _sheet(workbook, book, sheet, domain, faults):
                cell = found.pop("cell")
                if (other := cells.setdefault(found["id"], cell)) != cell:
                    faults.add(cell, f"the cost code is used twice: first at {other}")
                entries.append(found)
    faults.stop()
    return _made(book, content, entries, cells, faults)


def _made(
    book: Book, content: bytes, entries: list[dict[str, Any]], cells: dict[str, str], faults: Faults
) -> Catalogue:
    document = {
        "catalogue": 1,
        "edition": f"gmca-{book.version} ({book.prices} prices, workbook sha256 {hashlib.sha256(content).hexdigest()})",
        "title": ATTRIBUTION.format(version=book.version),
        "licence": LICENCE,
        "entries": entries,
    }
    try:
        return Catalogue.from_dict(document)
    except ImpactError as error:  # what no cell alone shows
        for problem in error.problems:
            entry = problem.address.split(".")[1:2]
            faults.add(cells.get("".join(entry), book.name), problem.message)
        faults.stop()
        raise


def _book(workbook: Workbook, name: str, prices: str, faults: Faults) -> Book:
    version = ""
    if "Introduction" in workbook.sheets:
        texts = [row["C"].text for _, row in _first(workbook, "Introduction", "ABC", 4, faults) if "C" in row]
        version = next((found["version"] for text in texts if (found := _VERSION.search(text))), "")
    if version != "1.4" and "Introduction" in workbook.sheets:
        said = f"version `{version}`" if version else "no version"
        faults.add("Introduction!C2", f"{said} of the database: this importer reads version 1.4")
    index: dict[str, Decimal] = {}
    target = ""
    if "Lookups" in workbook.sheets:
        for number, row in _first(workbook, "Lookups", COLUMNS, INDEX_ROWS[-1], faults):
            if number == TARGET:
                target = row.get("K", EMPTY).text
            if number in INDEX_ROWS and "M" in row and _YEAR.fullmatch(row["M"].text):
                level = _number(row.get("P", EMPTY), f"Lookups!P{number}", "the index", faults)
                if level is not None and level > 0:
                    index[row["M"].text] = level
                elif level is not None:
                    faults.add(f"Lookups!P{number}", f"the index `{level}` is not above zero")
        if target not in index:
            faults.add(f"Lookups!K{TARGET}", f"`{short(target)}` is not a year of the index in column M")
    return Book(name, version or "1.4", prices, target, index)


def _first(workbook: Workbook, sheet: str, columns: str, last: int, faults: Faults) -> Iterator[tuple[int, Row]]:
    for number, row in workbook.rows(sheet, columns, faults):
        if number > last:
            return
        yield number, row


def _sheet(workbook: Workbook, book: Book, sheet: str, domain: str, faults: Faults) -> Iterator[dict[str, Any]]:
    """Give the entries of a sheet, and note what is wrong with it."""
    empty: dict[tuple[int, str], str] = {}
    filled = 0
    for number, row in workbook.rows(sheet, COLUMNS, faults):
        if number < FIRST_ROW:
            continue
        amounts = [kind for kind in KINDS if kind.amount in row]
        if CODE not in row and not amounts:
            continue  # the lists below the table, to choose years and marks from
        filled += 1
        if filled > MOST_ROWS:
            faults.add(f"{sheet}!A{number}", f"more than {MOST_ROWS} rows: the rest is not read")
            break
        if CODE not in row:
            empty[number, CODE] = ""
        if not amounts:
            empty |= {(number, kind.amount): "" for kind in KINDS[1:]}
            empty[number, KINDS[0].amount] = "no amount for this cost code"
        yield from _entries(book, sheet, number, row, domain, empty, faults)
    _tell_empty(workbook, sheet, empty, faults)


def _tell_empty(workbook: Workbook, sheet: str, empty: dict[tuple[int, str], str], faults: Faults) -> None:
    """Say of cells that look empty whether they hold a formula whose value was not kept."""
    formulas = workbook.formulas(sheet, set(empty), COLUMNS) if empty else set()
    with_formula = {number for number, _ in formulas}
    for (number, column), message in empty.items():
        if (number, column) in formulas:
            faults.add(
                f"{sheet}!{column}{number}",
                "a formula without a value: open the workbook in a spreadsheet program, let it calculate, and save it",
            )
        elif message and number not in with_formula:
            faults.add(f"{sheet}!{column}{number}", message)


def _entries(
    book: Book,
    sheet: str,
    number: int,
    row: Row,
    domain: str,
    empty: dict[tuple[int, str], str],
    faults: Faults,
) -> Iterator[dict[str, Any]]:
    """Give the entries of a row: one for each kind of value it has."""
    wrong = faults.total
    texts = {column: _text(row.get(column, EMPTY), f"{sheet}!{column}{number}", faults) for column in "CDEFGQRS"}
    for column, what in ((DETAIL, "cost / saving detail"), ("E", "unit")):
        if not texts[column] and row.get(column, EMPTY).kind != "e":
            empty[number, column] = f"no {what}"
    texts["code"] = texts[CODE] or f"{sheet} row {number}"  # one row of the real workbook has none
    rag = texts["R"].upper()
    if rag and rag not in GRADES:
        faults.add(f"{sheet}!R{number}", f"`{short(rag)}` is no assessment: `R`, `A` or `G` is")
    if faults.total > wrong:
        return
    for kind in KINDS:
        if kind.amount not in row and kind.year in row:
            empty[number, kind.amount] = f"a year without an amount of {kind.name} value"
        if kind.amount not in row:
            continue
        figure = _figure(book, sheet, number, row, kind.amount, kind.year, kind.updated, empty, faults)
        if figure is not None:
            yield _entry(book, f"{sheet}!{kind.amount}{number}", texts, domain, kind.name, figure)


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount at its price year, and uprated."""

    original: Decimal
    year: str
    updated: Decimal


def _figure(
    book: Book,
    sheet: str,
    number: int,
    row: Row,
    amount: str,
    year: str,
    updated: str,
    empty: dict[tuple[int, str], str],
    faults: Faults,
) -> Figure | None:
    original = _number(row[amount], f"{sheet}!{amount}{number}", "the amount", faults)
    of = row.get(year, EMPTY).text
    if of not in book.index:
        if book.index:  # else the index itself is what is wrong
            message = f"`{short(of)}` is not a year of the index, such as 2010/11" if of else "no year for this amount"
            faults.add(f"{sheet}!{year}{number}", message)
        return None
    if original is None or book.target not in book.index:
        return None
    ours = original * book.index[book.target] / book.index[of]
    if updated not in row:
        if original != 0:
            empty[number, updated] = "no updated figure for this amount"
        return Figure(original, of, ours)
    place = f"{sheet}!{updated}{number}"
    theirs = _number(row[updated], place, "the updated figure", faults)
    if theirs is not None and abs(theirs - ours) > RELATIVE * abs(ours):
        levels = f"{original} x {book.index[book.target]} / {book.index[of]}"
        faults.add(place, f"the updated figure `{theirs}` is not `{ours:.10g}`, which is {levels}")
    return Figure(original, of, ours)


def _entry(book: Book, cell: str, texts: dict[str, str], domain: str, kind: str, figure: Figure) -> dict[str, Any]:
    known = unit(texts["E"])
    updated = book.prices == "updated"
    year = book.target if updated else figure.year
    agencies = [texts["F"], texts["G"]] if kind == "fiscal" else []
    borne = "; ".join(agency for agency in agencies if agency not in ("", "-"))
    uprated = f"{figure.original} at {figure.year} prices, {figure.updated:.15g} at {book.target} prices"
    assessed = f"sources assessed {texts['R'].upper()} by the database" if texts["R"] else ""
    original = f"original source: {texts['Q']}" if texts["Q"] else ""
    nameless = "" if texts[CODE] else "the workbook gives no cost code: the id is of its row"
    unsaid = (
        f"unit kept as the workbook has it, `{texts['E']}`: state a conversion to use it" if not known.exact else ""
    )
    entry: dict[str, Any] = {
        "id": f"gmca-{slug(texts['code'])}-{kind}",
        "country": "GB-ENG",
        "domain": domain,
        "name": {"en": texts[DETAIL] + ("" if kind == "fiscal" else f" ({kind} value)")},
        "unit": known.unit,
        "source_unit": texts["E"],
        "value": Decimal(f"{figure.updated:.15g}") if updated else figure.original,
        "currency": "GBP",
        "price_year": int(year[:4]),
        "payers": payers(agencies) if agencies else ["society"],
        "cashable": "unknown",
        "source": {
            "title": ATTRIBUTION.format(version=book.version),
            "url": "https://creativecommons.org/licenses/by/4.0/",
            "section": f"{book.name}, {cell}, cost code {texts[CODE] or 'none'}",
        },
        "evidence": "; ".join(filter(None, [uprated, assessed, original])),
        "cell": cell,
    }
    optional = {
        "source_payer": borne,
        "grade": GRADES.get(texts["R"].upper(), ""),
        "note": ". ".join(filter(None, [nameless, unsaid, texts["S"]])),
    }
    return entry | {key: value for key, value in optional.items() if value}


def _number(cell: Cell, place: str, what: str, faults: Faults) -> Decimal | None:
    """Give the number of a cell; say what else it holds."""
    if cell.kind == "n" and isinstance(cell.value, (int, float)):
        number = Decimal(repr(cell.value))
        if number.is_finite() and abs(number) < Decimal("1e15"):
            return number
        faults.add(place, f"{what} `{short(cell.value)}` is too large")
    elif cell.kind == "e":
        faults.add(place, f"an error in the workbook: {short(cell.value)}")
    elif cell.value is None:
        faults.add(place, f"{what} is missing")
    else:
        kinds = {"b": "true or false", "d": "a date"}
        faults.add(place, f"{what} `{short(cell.value)}` is {kinds.get(cell.kind, 'text')}, not a number")
    return None


def _text(cell: Cell, place: str, faults: Faults) -> str:
    """Give the text of a cell, whatever sign it begins with."""
    if cell.kind == "e":
        faults.add(place, f"an error in the workbook: {short(cell.value)}")
        return ""
    return cell.text
