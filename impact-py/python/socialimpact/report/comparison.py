"""A comparison as a report: what is set side by side, and what makes the difference.

One rule: it only arranges; its figures are the library's and its words come from `wording`.
"""

from collections.abc import Collection, Iterator

from socialimpact import __version__
from socialimpact.report.document import Document, Items, Paragraph, Table, section
from socialimpact.report.html import html_page
from socialimpact.wording.comparing import Compared


def comparison_page(compared: Compared, told: Collection[str] = ("npv",)) -> str:
    """Give a comparison as one HTML document.

    Parameters
    ----------
    compared : Compared
        The comparison in a language.
    told : collection of str
        The measures whose differences are told by cause.

    Returns
    -------
    str
        The document, to be written as UTF-8.
    """
    return html_page(comparison_document(compared, told))


def comparison_document(compared: Compared, told: Collection[str] = ("npv",)) -> Document:
    """Give the report of a comparison, before it has a form."""
    texts = compared.texts
    causes = [compared.causes(row) for row in compared.measures if row["measure"] in told]
    return Document(
        language=compared.words.language,
        title=compared.title,
        kicker=texts("comparison.kicker"),
        name=compared.title,
        sections=[
            section(
                "summary",
                "",
                *map(Paragraph, compared.lead),
                Items(list(compared.warnings), "notes"),
                Table(compared.columns(), "columns-table"),
            ),
            section("figures", texts("comparison.side_by_side"), *_figures(compared)),
            section(
                "causes",
                texts("comparison.why"),
                *(Table(grid, f"causes-{at}") for at, grid in enumerate(causes, start=1)),
            ),
        ],
        footer=[texts("report.made", version=__version__)],
    )


def _figures(compared: Compared) -> Iterator[Table]:
    for at, holder in enumerate(compared.holders(), start=1):
        yield Table(compared.figures(holder), f"figures-{at}")
        yield Table(compared.common(holder), f"common-{at}")
