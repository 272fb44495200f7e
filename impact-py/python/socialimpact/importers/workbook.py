"""Reading the cells of a workbook, within bounds: what is damaged is said with its cell, and nothing is trusted.

A workbook is a zip file of XML. Its size when unpacked is checked before it is unpacked, rows are read one after the
other, and a cell is a number, a text, an error or a formula without a value: never a guess.
"""

import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeAlias

from socialimpact.errors import ImpactError, Problem
from socialimpact.importers.faults import MOST_BYTES, Faults, short

MOST_UNPACKED = 256 * 1024 * 1024
"""How large all parts of a workbook may be when unpacked."""
MOST_TEXT = 64 * 1024 * 1024
"""How large its table of texts may be: it is the part that is held in memory whole."""
LAST_ROW = 1_048_576
"""The last row a sheet can have."""

Row: TypeAlias = Mapping[str, "Cell"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it holds, and of which kind openpyxl says it is (``n``, ``s``, ``e``, ``b``, ``d``)."""

    value: Any
    kind: str

    @property
    def text(self) -> str:
        """The text, white space made single; empty where there is none."""
        return "" if self.value is None else " ".join(str(self.value).split())


EMPTY = Cell(None, "n")


def _refused(name: str, message: str) -> ImpactError:
    return ImpactError(f"{name}: {message}", [Problem(name, "", None, None, message)])


class Workbook:
    """A workbook that was opened."""

    def __init__(self, content: bytes, name: str) -> None:
        """Check the parts of the file before any is unpacked, and open it.

        Raises
        ------
        ImpactError
            The file is no workbook, or too large; openpyxl is not installed.
        """
        self._content, self._name = content, name
        self._check()
        self._values = self._open(values=True)

    def _check(self) -> None:
        if len(self._content) > MOST_BYTES:
            raise _refused(self._name, f"is larger than {MOST_BYTES >> 20} MB")
        try:
            with zipfile.ZipFile(io.BytesIO(self._content)) as file:
                parts = file.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise _refused(self._name, "is not a workbook: an .xlsx file is wanted") from None
        if "xl/workbook.xml" not in {part.filename for part in parts}:
            raise _refused(self._name, "is a zip file, but no workbook: an .xlsx file is wanted")
        size = sum(part.file_size for part in parts)
        if size > MOST_UNPACKED:
            raise _refused(
                self._name, f"unpacks to {size >> 20} MB, more than {MOST_UNPACKED >> 20} MB: it is not read"
            )
        text = sum(part.file_size for part in parts if part.filename.lower().endswith("sharedstrings.xml"))
        if text > MOST_TEXT:
            raise _refused(self._name, f"holds {text >> 20} MB of text, more than {MOST_TEXT >> 20} MB: it is not read")

    def _open(self, *, values: bool) -> Any:
        try:
            import openpyxl
        except ImportError:
            message = "reading workbooks needs openpyxl: pip install 'socialimpact[excel]'"
            raise _refused(self._name, message) from None
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of what openpyxl does not keep, such as lists to choose from
                return openpyxl.load_workbook(io.BytesIO(self._content), read_only=True, data_only=values)
        except Exception as error:  # openpyxl meets damage with whatever its parts raise
            raise _refused(self._name, f"cannot be read as a workbook: {short(error)}") from None

    @property
    def sheets(self) -> list[str]:
        """The names of its sheets."""
        return [sheet.title for sheet in self._values.worksheets]

    def rows(self, sheet: str, columns: str, faults: Faults) -> Iterator[tuple[int, Row]]:
        """Give the rows of a sheet that hold something in these columns, each with its number, one after the other."""
        yield from self._rows(self._values, sheet, columns, faults)

    def formulas(self, sheet: str, places: set[tuple[int, str]], columns: str) -> set[tuple[int, str]]:
        """Give those of some places that hold a formula."""
        last = max((row for row, _ in places), default=0)
        found = set()
        for number, row in self._rows(self._open(values=False), sheet, columns, Faults()):
            if number > last:
                break
            found |= {(number, column) for column, cell in row.items() if cell.kind == "f"}
        return found & places

    def _rows(self, book: Any, sheet: str, columns: str, faults: Faults) -> Iterator[tuple[int, Row]]:
        number = 0
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                leaf = book[sheet]
                leaf.reset_dimensions()  # what the file says of its own size may be wrong
                for number, cells in zip(count(1), leaf.iter_rows(max_col=len(columns)), strict=False):
                    if number > LAST_ROW:
                        faults.add(f"{sheet}!A{number}", "lies below the last row a sheet can have")
                        return
                    row = {
                        column: Cell(cell.value, cell.data_type)
                        for column, cell in zip(columns, cells, strict=False)
                        if cell.value is not None
                    }
                    if row:
                        yield number, row
        except ImpactError:
            raise
        except Exception as error:  # as above
            faults.add(f"{sheet}!A{number + 1}", f"cannot be read from here on: {short(error)}")
