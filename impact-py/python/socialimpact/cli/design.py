"""What commands on the design of terms write: a page of the terminal or JSON, and an HTML file where one is named."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from socialimpact.report.design import Told


def write_design(told: "Told", target: Path | None, as_json: bool) -> None:
    """Write what was found, to a file too where one is named."""
    if target:
        from socialimpact.report.design import design_page
        from socialimpact.writing import write_whole

        write_whole(target, design_page(told).encode())
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
