"""A statement as a report.

One rule: it only arranges; its figures are the library's and its words come from `wording`.
"""

from socialimpact import __version__
from socialimpact.report.document import Document, Paragraph, Table, section
from socialimpact.report.html import html_page
from socialimpact.wording.settling import Settled


def statement_page(told: Settled) -> str:
    """Give a statement as one HTML document.

    Parameters
    ----------
    told : Settled
        The statement in a language.

    Returns
    -------
    str
        The document, to be written as UTF-8.
    """
    return html_page(statement_document(told))


def statement_document(told: Settled) -> Document:
    """Give the report of a statement, before it has a form."""
    texts = told.texts
    totals = [Table(grid, f"totals-{at}") for at, grid in enumerate(told.totals(), start=1)]
    sections = [
        section("summary", "", *map(Paragraph, told.lead)),
        section("lines", "", Table(told.lines(), "lines-table", texts("settlement.nothing"))),
        section("totals", "", *totals),
        section(
            "terms",
            texts("settlement.followed"),
            Table(told.payments(), "payments-table"),
            Table(told.assumptions(), "assumptions-table"),
            Table(told.settings(), "settings-table"),
        ),
        section("unpaid", "", Table(told.unpaid(), "unpaid-table")),
        section("unused", "", Table(told.unused(), "unused-table")),
        *(
            [section("indicators", "", Table(told.indicators(), "indicators-table"))]
            if told.content["indicators"]
            else []
        ),
        section(
            "defaults", texts("defaults.title"), Table(told.defaults(), "defaults-table", texts("defaults.nothing"))
        ),
    ]
    return Document(
        language=told.language,
        title=told.title,
        kicker=texts("settlement.kicker"),
        name=told.title,
        sections=[found for found in sections if found.title or found.parts],
        footer=[told.terms, texts("report.made", version=__version__)],
    )
