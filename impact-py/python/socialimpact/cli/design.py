"""What commands on the design of terms write: on the terminal, as JSON, and as a page or a PDF file."""

from pathlib import Path
from typing import TYPE_CHECKING

from socialimpact.cli.files import write_document

if TYPE_CHECKING:
    from socialimpact.report.design import Told


def write_design(told: "Told", target: Path | None, paper: Path | None, as_json: bool) -> None:
    """Write what was found, to files too where they are named."""
    if target or paper:
        from socialimpact.report.design import design_document

        write_document(design_document(told), target, paper)
    if as_json:
        from socialimpact.cli.output import write_json

        write_json(told.content)
    else:
        _show(told)


def _show(told: "Told") -> None:
    from socialimpact.cli.output import Page

    page = Page()
    page.title(told.title)
    for sentence in told.lead:
        page.paragraph(sentence)
    for _, grid in told.sections.values():
        page.grid(grid)
    page.grid(told.provenance())
