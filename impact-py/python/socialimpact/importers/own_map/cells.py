"""The cells of a practitioner's sheet: what each shows, merged cells with what stands in their first."""

import datetime
import io
import warnings
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from socialimpact.importers.faults import short
from socialimpact.importers.own_map.numbers import Written, of_text
from socialimpact.importers.own_map.refusals import Refusals, Unread, refused
from socialimpact.importers.workbook import Workbook

MOST_ROWS, MOST_COLUMNS = 2_000, 100
"""How much of a sheet is read: a value map has tens of rows."""
_AN_EMPTY_TEXT = "str"
"""What a cell is marked as whose formula was worked out to a text, and that is empty."""


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: where it stands, what it holds, and how that is shown."""

    place: str
    value: Any
    form: str
    first: str
    """The cell that holds it: another where several are merged."""

    @property
    def text(self) -> str:
        """The text in it, white space made single; empty where it holds none."""
        return "" if self.value is None else " ".join(str(self.value).split())

    @property
    def is_text(self) -> bool:
        """Whether it holds a text that is no number."""
        return isinstance(self.value, str) and bool(self.text) and isinstance(of_text(self.text), Unread)

    @property
    def is_first(self) -> bool:
        """Whether what it holds stands here, and not in another cell merged with it."""
        return self.place == self.first

    def number(self) -> Written | Unread | None:
        """Give the number in it, or why there is none; None where it is empty."""
        if not self.text:
            return None
        if isinstance(self.value, datetime.date | datetime.time | datetime.timedelta):
            return Unread("date")
        if isinstance(self.value, bool) or not isinstance(self.value, int | float | str):
            return Unread("no_number")
        if isinstance(self.value, str):
            return Unread("error") if self.text.startswith("#") else of_text(self.text)
        return Written(Decimal(repr(self.value)), "%" in self.form)


class Sheet:
    """A sheet that was read whole."""

    def __init__(self, leaf: Any, formulas: Any, name: str) -> None:
        self.name = name
        self._boxes: dict[tuple[int, int], Box] = {}
        self.unworked: list[str] = []
        """Cells whose formula no spreadsheet has worked out."""
        for row in leaf.iter_rows(max_row=min(leaf.max_row, MOST_ROWS), max_col=min(leaf.max_column, MOST_COLUMNS)):
            for cell in row:
                at = cell.row, cell.column
                if cell.value is not None:
                    self._boxes[at] = Box(cell.coordinate, cell.value, cell.number_format or "", cell.coordinate)
                elif formulas.cell(*at).data_type == "f" and cell.data_type != _AN_EMPTY_TEXT:
                    self.unworked.append(cell.coordinate)
        self.is_cut = leaf.max_row > MOST_ROWS or leaf.max_column > MOST_COLUMNS
        for merged in leaf.merged_cells.ranges:
            first = self._boxes.get((merged.min_row, merged.min_col))
            if first is None:
                continue
            for at in merged.cells:
                place = leaf.cell(*at).coordinate
                self._boxes[at] = Box(place, first.value, first.form, first.place)
        self.rows = max((row for row, _ in self._boxes), default=0)
        self.columns = max((column for _, column in self._boxes), default=0)

    def box(self, row: int, column: int) -> Box | None:
        """Give a cell that holds something."""
        return self._boxes.get((row, column))

    def row(self, row: int) -> list[tuple[int, Box]]:
        """Give the cells of a row that hold something, from left to right."""
        boxes = ((column, self.box(row, column)) for column in range(1, self.columns + 1))
        return [(column, box) for column, box in boxes if box is not None]


def sheets(content: bytes, name: str, wanted: str | None) -> list[Sheet]:
    """Give the sheets of a workbook, or the one that is wanted.

    Raises
    ------
    ImpactError
        No workbook, or none with such a sheet; openpyxl is not installed.
    """
    there = Workbook(content, name).sheets
    if wanted is not None and wanted not in there:
        known = ", ".join(f"`{short(each)}`" for each in there)
        raise refused(name, "no_sheet", sheet=short(wanted), known=known)
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            values, formulas = (openpyxl.load_workbook(io.BytesIO(content), data_only=only) for only in (True, False))
            chosen = [wanted] if wanted is not None else there
            return [Sheet(values[each], formulas[each], each) for each in chosen]
    except Exception as error:  # openpyxl meets damage with whatever its parts raise
        raise refused(name, "damaged", text=short(error)) from None


def tell_cut(sheet: Sheet, faults: Refusals) -> None:
    """Say that a sheet is larger than what is read of one."""
    if sheet.is_cut:
        faults.refuse(sheet.name, "cut", rows=str(MOST_ROWS), columns=str(MOST_COLUMNS))
