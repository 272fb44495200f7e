"""The appraisal as one HTML page: no script, no network, every text of a user escaped."""

from socialimpact._core import Appraisal
from socialimpact.report.appraisal import appraisal_document
from socialimpact.report.html import html_page
from socialimpact.types import Language


def page(appraisal: Appraisal, *, language: Language = "en", plan_from: int | None = None) -> str:
    """Give an appraisal as one HTML document.

    Parameters
    ----------
    appraisal : Appraisal
        The appraisal to be reported.
    language : {"en", "nb"}
        The language of all fixed texts, and of the model's own where it has them.
    plan_from : int, optional
        The first year of the budget plans; the first year appraised, where none is given.

    Returns
    -------
    str
        The document, to be written as UTF-8.
    """
    return html_page(appraisal_document(appraisal, language, plan_from=plan_from))
