"""``socialimpact indices``: the index series the library knows, and the values of one."""

from typing import Any

import click

from socialimpact.cli.helping import examples
from socialimpact.cli.options import reading_options
from socialimpact.types import Language


@click.command(epilog=examples("indices", "indices cpi-no"))
@click.argument("series", metavar="[ID]", required=False, help="The id of an index series, as the list tells it.")
@reading_options
def indices(series: str | None, language: Language, as_json: bool) -> None:
    """List the index series, or show the values of the series ID with its source and edition."""
    from socialimpact import index
    from socialimpact import indices as every
    from socialimpact.cli.output import Page, write_json
    from socialimpact.wording.entries import Telling, series_lines, series_page

    values = index(series).to_pylist() if series else []
    heads = _heads(every().to_pylist(), series)
    if as_json:
        write_json({**heads[0], "values": values} if series else heads)
        return
    page, telling = Page(), Telling(language)
    if not series:
        for head in heads:
            first, *rest = series_lines(head, telling)
            page.paragraph(first, "bold")
            for line in rest:
                page.indented(line)
        return
    page.title(heads[0]["series"])
    lines, grid = series_page(heads[0], values, telling)
    for label, text in lines:
        (page.unbroken if text.startswith("http") else page.paragraph)(f"{label}: {text}")
    page.grid(grid)


def _heads(rows: list[dict[str, Any]], series: str | None) -> list[dict[str, Any]]:
    """Give what is said of each series once, with its first and last year."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        if series not in (None, row["series"]):
            continue
        year = row["year"]
        head = found.setdefault(row["series"], {**row, "first_year": year})
        head["last_year"] = year
    return [{key: value for key, value in head.items() if key not in ("year", "value")} for head in found.values()]
