"""``socialimpact conventions``: the conventions the library knows, and what stands in one."""

import click

from socialimpact.cli.helping import examples
from socialimpact.cli.options import reading_options
from socialimpact.types import Language


@click.command(epilog=examples("conventions", "conventions norway-r109-2021"))
@click.argument("convention", metavar="[ID]", required=False, help="The id of a convention, as the list tells it.")
@reading_options
def conventions(convention: str | None, language: Language, as_json: bool) -> None:
    """List the conventions, or show the convention ID with its source, dates and what was not read of it."""
    from socialimpact import conventions as every
    from socialimpact._core import convention_marks
    from socialimpact.cli.output import Page, write_json
    from socialimpact.wording.convention_entries import convention_lines, convention_page
    from socialimpact.wording.entries import Telling

    marks = convention_marks(convention).to_pylist() if convention else []
    rows = [row for row in every().to_pylist() if convention in (None, row["id"])]
    if as_json:
        write_json({**rows[0], "marks": marks} if convention else rows)
        return
    page, telling = Page(), Telling(language)
    if not convention:
        for row in rows:
            first, *rest = convention_lines(row, telling)
            page.paragraph(first, "bold")
            for line in rest:
                page.indented(line)
        return
    page.title(convention)
    lines, grid = convention_page(rows[0], marks, telling)
    for label, text in lines:
        (page.unbroken if text.startswith("http") else page.paragraph)(f"{label}: {text}")
    if grid:
        page.grid(grid)
