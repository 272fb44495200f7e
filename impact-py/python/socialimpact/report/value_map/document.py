"""The sheet of the document, so that a workbook that is sent on is read back as the model it is of."""

from typing import TYPE_CHECKING, cast

from socialimpact.report.sheets import as_text
from socialimpact.wording.texts import Texts

if TYPE_CHECKING:
    from openpyxl.cell import Cell as Box
    from openpyxl.worksheet.worksheet import Worksheet

    from socialimpact._core import Appraisal


def write_document(sheet: "Worksheet", appraisal: "Appraisal", texts: Texts) -> None:
    """Write the document line by line."""
    sheet.title = texts("value_map.document")
    lines = appraisal.model.to_toml().splitlines()
    for number, line in enumerate(lines, 1):
        as_text(cast("Box", sheet.cell(number, 1)), line)
    sheet.column_dimensions["A"].width = 120
