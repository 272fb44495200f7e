"""An appraisal as a workbook: the value map that practitioners know, worked out by the spreadsheet itself.

One rule: a formula stands only where it gives the library's own figure; what the library alone works out (how units
spread over the years, indices, growth, exchange, splits) stands as a number beside it, under a head that says so.

All input is on one sheet. A number that is changed there moves the units, amounts and totals that rest on it.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from socialimpact.paths import check_target
from socialimpact.report.sheets import check_language, content_of, first_sheet, new_book
from socialimpact.report.value_map.document import write_document
from socialimpact.report.value_map.inputs import Inputs
from socialimpact.report.value_map.postings import Postings
from socialimpact.report.value_map.results import write_results
from socialimpact.report.value_map.steps import Steps
from socialimpact.report.value_map.units import Units
from socialimpact.report.value_map.values import ValueMap
from socialimpact.types import Language
from socialimpact.wording.texts import Texts
from socialimpact.writing import write_whole

if TYPE_CHECKING:
    from socialimpact._core import Appraisal


def value_map(appraisal: "Appraisal", language: Language) -> bytes:
    """Give an appraisal as a workbook (.xlsx) with live formulas.

    Parameters
    ----------
    appraisal : Appraisal
        What is written.
    language : {"en", "nb"}
        The language of heads and words.

    Returns
    -------
    bytes
        The file: the value map, units by year, postings, results, all input with its sources, and the document.

    Raises
    ------
    ImpactError
        openpyxl is not installed.
    """
    texts = Texts(language)
    book = new_book(appraisal.model.name.in_language(language))
    inputs = Inputs(appraisal, texts)
    units = Units(appraisal, texts, inputs)
    inputs.fix(units.moving)
    steps = Steps(appraisal, inputs, units)
    map_sheet = ValueMap(appraisal, texts, inputs, units, steps)
    postings = Postings(appraisal, texts, steps, units, inputs)
    map_sheet.write(first_sheet(book), postings)
    units.write(book.create_sheet())
    postings.write(book.create_sheet())
    write_results(book.create_sheet(), appraisal, texts, postings, inputs)
    inputs.write(book.create_sheet())
    write_document(book.create_sheet(), appraisal, texts)
    return content_of(book)


def write_value_map(appraisal: "Appraisal", path: str | os.PathLike[str], *, language: Language) -> None:
    """Write an appraisal as a workbook, whole or not at all.

    Raises
    ------
    OSError
        Where the file cannot be written.
    ImpactError
        The path is no .xlsx file; openpyxl is not installed; the language is none.
    """
    check_language(language)
    check_target(target := Path(path), ".xlsx")
    write_whole(target, value_map(appraisal, language))
