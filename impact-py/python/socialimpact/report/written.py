"""Results written as pages and PDF files, as `to_html`, `to_pdf`, `write_html` and `write_pdf` do it.

One rule: a file is written whole or not at all, and both forms are of one document.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from socialimpact.errors import ImpactError
from socialimpact.paths import check_target
from socialimpact.report.appraisal import appraisal_document
from socialimpact.report.comparison import comparison_document
from socialimpact.report.design import design_document
from socialimpact.report.document import Document
from socialimpact.report.html import html_page
from socialimpact.report.pdf import pdf_file
from socialimpact.report.risk import risk_document
from socialimpact.report.sheets import check_language
from socialimpact.report.simulation import simulation_document
from socialimpact.report.statement import statement_document
from socialimpact.types import Language
from socialimpact.wording.baselines import Defined
from socialimpact.wording.comparing import Compared
from socialimpact.wording.pricing import Priced
from socialimpact.wording.ranking import Ranked
from socialimpact.wording.risking import Risked
from socialimpact.wording.settling import Settled
from socialimpact.writing import write_whole

if TYPE_CHECKING:
    from socialimpact.paged import Paged

PAGED = (
    "an appraisal, simulation, comparison, statement, contract risk, ranking, table of baselines, price found, frontier"
)


def document_of(
    result: "Paged",
    *,
    language: Language = "en",
    plan_from: int | None = None,
    every_line: bool = False,
) -> Document:
    """Give the report of a result, before it has a form.

    Raises
    ------
    ImpactError
        The language is none; the result has no page.
    """
    from socialimpact._core import Appraisal, Statement

    check_language(language, "the report")
    if isinstance(result, Appraisal):
        return appraisal_document(result, language, plan_from=plan_from)
    if isinstance(result, Statement):
        return statement_document(Settled(result, language, every_line=every_line))
    return _of_analysis(result, language)


def _of_analysis(result: "Paged", language: Language) -> Document:
    """Give the report of an analysis."""
    from socialimpact._core import BaselineTable, Comparison, ContractRisk, Frontier, PriceFound, Ranking, Simulated

    match result:
        case Comparison():
            return comparison_document(Compared(result, language))
        case Simulated():
            return simulation_document(result, language)
        case ContractRisk():
            return risk_document(Risked(result, language), alone=True)
        case Ranking():
            return design_document(Ranked(result, language))
        case BaselineTable():
            return design_document(Defined(result, language))
        case PriceFound():
            return design_document(Priced([result], None, language))
        case Frontier():
            return design_document(Priced([], result, language))
        case _:
            message = f"`{type(result).__name__}` has no page: these have one: {PAGED}"
            raise ImpactError(message)


def write_html(
    result: "Paged",
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
        The path is no .html file; the language is none; the result has no page.
    """
    check_target(target := Path(path), ".html", ".htm")
    document = document_of(result, language=language, plan_from=plan_from, every_line=every_line)
    write_whole(target, html_page(document).encode())


def write_pdf(
    result: "Paged",
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
        The path is no .pdf file; typst is not installed; the language is none; the result has no page.
    """
    check_target(target := Path(path), ".pdf")
    document = document_of(result, language=language, plan_from=plan_from, every_line=every_line)
    write_whole(target, pdf_file(document))
