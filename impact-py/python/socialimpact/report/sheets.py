"""Cells of workbooks: texts that stay texts, amounts, days, and formulas of ours.

One rule: a user's text is never a formula, whatever it begins with.
"""

import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from typing import TYPE_CHECKING, Any, cast

from socialimpact.errors import ImpactError
from socialimpact.types import Language
from socialimpact.wording.texts import LANGUAGES, shown

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell as Box
    from openpyxl.worksheet.worksheet import Worksheet

EXACT = Context(prec=100)
LONGEST = 1_000
"""Characters of a text in a cell."""
_LINE = 15
"""The height of a line of a head, in points."""


@dataclass(frozen=True)
class Formula:
    """A formula of ours."""

    text: str


def check_language(language: Language, what: str = "the workbook") -> None:
    """Refuse a language in which nothing is written.

    Raises
    ------
    ImpactError
        The language is none.
    """
    if language not in LANGUAGES:
        raise ImpactError(f"`{language}` is no language: {what} is written in `en` or `nb`")


def new_book(title: str) -> "Workbook":
    """Give an empty workbook that is worked out when it is opened.

    Raises
    ------
    ImpactError
        openpyxl is not installed.
    """
    try:
        import openpyxl
    except ImportError:
        raise ImpactError("writing workbooks needs openpyxl: pip install 'socialimpact[excel]'") from None
    book = openpyxl.Workbook()
    book.calculation.fullCalcOnLoad = True
    book.properties.creator = "socialimpact"
    book.properties.title = shown(title, LONGEST)
    return book


def first_sheet(book: "Workbook") -> "Worksheet":
    """Give the sheet that a new workbook has."""
    first = book.active
    assert first is not None  # noqa: S101 - a new workbook has a sheet
    return cast("Worksheet", first)


def content_of(book: "Workbook") -> bytes:
    """Give a workbook as the bytes of its file."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def write(sheet: "Worksheet", rows: Sequence[Sequence[Any]]) -> None:
    """Fill a sheet, row by row."""
    for number, row in enumerate(rows, 1):
        for position, value in enumerate(row, 1):
            _fill(cast("Box", sheet.cell(number, position)), value)


def _fill(box: "Box", value: Any) -> None:
    """Put a value into a cell: a text as a text, whatever it begins with."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        as_text(box, shown(value, LONGEST))
        return
    box.value = value.text if isinstance(value, Formula) else value
    if isinstance(value, Formula):
        box.number_format = "#,##0.######"
    if isinstance(value, date):
        box.number_format = "yyyy-mm-dd"
    elif isinstance(value, Decimal):
        whole = value == value.to_integral_value(context=EXACT)
        box.number_format = "#,##0" if whole else "#,##0.######"


def as_text(box: "Box", text: str) -> None:
    """Put a text into a cell as a text, whatever it begins with."""
    box.value, box.data_type = text, "s"
    box.quotePrefix = text[:1] in "=+-@"


def as_money(sheet: "Worksheet", columns: Sequence[int]) -> None:
    """Show a column's amounts with hundredths."""
    for position in columns:
        for box in sheet[letter(position)]:
            if box.data_type != "s":
                box.number_format = "#,##0.00"


def dress(sheet: "Worksheet", widths: Sequence[int], heads: set[int] | None = None) -> None:
    """Make heads bold, columns wide enough, and the sheet fit the width of a page."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.properties import PageSetupProperties

    for number in heads or {1}:
        for box in sheet[number]:
            box.font = Font(bold=True)
            box.alignment = Alignment(wrap_text=heads is None, vertical="top")
    for position, width in enumerate(widths):
        sheet.column_dimensions[letter(position)].width = width
    if heads is None:
        sheet.row_dimensions[1].height = _LINE * max(
            (_lines(str(box.value or ""), width) for box, width in zip(sheet[1], widths, strict=False)), default=1
        )
    if heads is None:
        sheet.freeze_panes = "B2"
        sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _lines(text: str, width: int) -> int:
    """Give how many lines a head takes, its words not broken."""
    return len(textwrap.wrap(text, max(width - 2, 1))) or 1


def letter(position: int) -> str:
    """Give the letters of a column, counted from 0."""
    from openpyxl.utils import get_column_letter

    return get_column_letter(position + 1)
