"""Answers about the design of terms as a report.

One rule: it only arranges; its figures are the library's and its words come from `wording`.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from socialimpact import __version__
from socialimpact.report.document import Document, Paragraph, Table, section
from socialimpact.report.html import html_page
from socialimpact.types import Language
from socialimpact.wording.grid import Grid
from socialimpact.wording.texts import Texts


class Told(Protocol):
    """What such a page shows, in a language."""

    @property
    def language(self) -> Language:
        """The language."""
        ...

    @property
    def texts(self) -> Texts:
        """The fixed texts of the language."""
        ...

    @property
    def content(self) -> Mapping[str, Any]:
        """All of it, for machines."""
        ...

    @property
    def kicker(self) -> str:
        """What kind of page it is."""
        ...

    @property
    def title(self) -> str:
        """What it is about."""
        ...

    @property
    def marks(self) -> list[str]:
        """The marks of its figures, in words."""
        ...

    @property
    def lead(self) -> list[str]:
        """What was asked and found, in sentences."""
        ...

    @property
    def sections(self) -> dict[str, tuple[str, Grid]]:
        """The tables, each with its heading."""
        ...

    def provenance(self) -> Grid:
        """Show what made the figures."""
        ...


def design_page(told: Told) -> str:
    """Give prices, frontiers, rankings or baselines as one HTML document.

    Parameters
    ----------
    told : Told
        What was found, in a language.

    Returns
    -------
    str
        The document, to be written as UTF-8.
    """
    return html_page(design_document(told))


def design_document(told: Told) -> Document:
    """Give the report of what was found, before it has a form."""
    texts = told.texts
    return Document(
        language=told.language,
        title=told.title,
        kicker=told.kicker,
        name=told.title,
        marks=told.marks,
        sections=[
            section("summary", "", *map(Paragraph, told.lead)),
            *(section(name, head, Table(grid, f"{name}-table")) for name, (head, grid) in told.sections.items()),
            section("provenance", texts("provenance.title"), Table(told.provenance(), "provenance-table")),
        ],
        footer=[texts("report.made", version=__version__)],
    )
