"""The sheet of the document, so that a workbook that is sent on is read back as the model it is of."""

from typing import TYPE_CHECKING

from socialimpact.wording.texts import Texts

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from socialimpact._core import Appraisal


def write_document(sheet: "Worksheet", appraisal: "Appraisal", texts: Texts) -> None:
    """Write the document line by line."""
    sheet.title = texts("value_map.document")
    lines = appraisal.model.to_toml().splitlines()
    for number, line in enumerate(lines, 1):
        box = sheet.cell(number, 1)
        box.value, box.data_type, box.quotePrefix = line, "s", line[:1] in "=+-@"
    sheet.column_dimensions["A"].width = 120
