"""Results written as pages and PDF files, as `to_html` and `to_pdf` do it.

One rule: a file is written whole or not at all, and both forms are of one document.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from socialimpact.paths import check_target
from socialimpact.report.appraisal import appraisal_document
from socialimpact.report.document import Document
from socialimpact.report.html import html_page
from socialimpact.report.pdf import pdf_file
from socialimpact.report.sheets import check_language
from socialimpact.report.statement import statement_document
from socialimpact.types import Language
from socialimpact.wording.settling import Settled
from socialimpact.writing import write_whole

if TYPE_CHECKING:
    from socialimpact._core import Appraisal, Statement


def document_of(
    result: "Appraisal | Statement",
    *,
    language: Language = "en",
    plan_from: int | None = None,
    every_line: bool = False,
) -> Document:
    """Give the report of a result, before it has a form.

    Raises
    ------
    ImpactError
        The language is none.
    """
    from socialimpact._core import Statement

    check_language(language, "the report")
    if isinstance(result, Statement):
        return statement_document(Settled(result, language, every_line=every_line))
    return appraisal_document(result, language, plan_from=plan_from)


def write_html(
    result: "Appraisal | Statement",
    path: str | os.PathLike[str],
    *,
    language: Language = "en",
    plan_from: int | None = None,
    every_line: bool = False,
) -> None:
    """Write a result as one HTML file, whole or not at all.

    Raises
    ------
    OSError
        Where the file cannot be written.
    ImpactError
        The path is no .html file; the language is none.
    """
    check_target(target := Path(path), ".html", ".htm")
    document = document_of(result, language=language, plan_from=plan_from, every_line=every_line)
    write_whole(target, html_page(document).encode())


def write_pdf(
    result: "Appraisal | Statement",
    path: str | os.PathLike[str],
    *,
    language: Language = "en",
    plan_from: int | None = None,
    every_line: bool = False,
) -> None:
    """Write a result as a PDF file, whole or not at all.

    Raises
    ------
    OSError
        Where the file cannot be written.
    ImpactError
        The path is no .pdf file; typst is not installed; the language is none.
    """
    check_target(target := Path(path), ".pdf")
    document = document_of(result, language=language, plan_from=plan_from, every_line=every_line)
    write_whole(target, pdf_file(document))
