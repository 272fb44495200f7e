"""Where the GMCA Unit Cost Database v1.4 keeps what: its sheets, its columns, and the words above them."""

import re
from dataclasses import dataclass

from socialimpact.importers.faults import Faults, short
from socialimpact.importers.workbook import EMPTY, Row, Workbook

COLUMNS = "ABCDEFGHIJKLMNOPQRSTU"
CODE, DETAIL = "C", "D"
FIRST_ROW = 3
"""The first row of costs, below two rows of headings."""
TARGET = 11
"""The row of Lookups whose column K has the year that the workbook uprates to."""
INDEX_ROWS = range(10, 41)
"""The rows of Lookups with the price index: years in column M, levels in column P."""
SHEETS = {
    "Crime": "justice",
    "Education & Skills": "education",
    "Employment & Economy": "employment",
    "Fire": "other",
    "Health": "health",
    "Housing": "housing",
    "Social Services": "child-welfare",
}
"""The sheets of costs, with our field of public life."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the three kinds of values, and its columns."""

    name: str
    amount: str
    year: str
    updated: str


KINDS = (Kind("fiscal", "H", "I", "J"), Kind("economic", "K", "L", "M"), Kind("social", "N", "O", "P"))

_AMOUNTS = {"estimated cost": "HKN", "year": "ILO", "updated cost": "JMP"}
_HEADINGS: dict[int, dict[str, str]] = {
    1: {
        "A": "outcome category",
        "B": "outcome detail",
        "C": "cost code",
        "D": "cost / saving detail",
        "E": "unit",
        "F": "agency bearing the cost",
        "H": "fiscal",
        "K": "economic",
        "N": "social",
        "Q": "original source",
        "R": "rag assessment",
        "S": "comment",
    },
    2: {"F": "level 1", "G": "level 2"} | {column: word for word, columns in _AMOUNTS.items() for column in columns},
}
_LOOKUPS: dict[int, dict[str, str]] = {9: {"K": "current year", "M": "year", "P": "gdp cumulative"}}


def check_layout(workbook: Workbook, faults: Faults) -> set[str]:
    """Say which sheets are missing and which headings are not in their places; give the sheets that are sound."""
    wanted = {**dict.fromkeys(SHEETS, _HEADINGS), "Lookups": _LOOKUPS}
    there = workbook.sheets
    sound = set()
    for sheet in ("Introduction", *wanted):
        if sheet not in there:
            faults.add(
                sheet, f"the sheet is missing: the workbook has {', '.join(f'`{short(name)}`' for name in there)}"
            )
    for sheet, headings in wanted.items():
        if sheet in there:
            wrong = faults.total
            _check_sheet(workbook, sheet, headings, faults)
            if faults.total == wrong:
                sound.add(sheet)
    return sound


def _check_sheet(workbook: Workbook, sheet: str, headings: dict[int, dict[str, str]], faults: Faults) -> None:
    found: dict[int, Row] = {}
    for number, row in workbook.rows(sheet, COLUMNS, faults):
        if number > max(headings):
            break
        found[number] = row
    for number, wanted in headings.items():
        row = found.get(number, {})
        for column, heading in wanted.items():
            words = row.get(column, EMPTY).text
            if not _same(words).startswith(_same(heading)):
                said = f"`{short(words)}` stands here" if words else "nothing stands here"
                faults.add(
                    f"{sheet}!{column}{number}", f"the heading `{heading}` is wanted and {said}: {_moved(row, heading)}"
                )


def _moved(row: Row, heading: str) -> str:
    other = next((column for column, cell in row.items() if _same(cell.text).startswith(_same(heading))), None)
    return f"column {other} has it, are columns shifted?" if other else "no column of this row has it"


def _same(text: str) -> str:
    return re.sub(r"\s*/\s*", "/", text.strip().lower())
