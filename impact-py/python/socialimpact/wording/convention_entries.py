"""Embedded conventions in words: a few lines each in a list, and everything that is known of one."""

from collections.abc import Sequence

from socialimpact.wording.entries import Lines, Row, Telling
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.texts import shown


def convention_lines(row: Row, telling: Telling) -> list[str]:
    """Give a convention in a few lines: id, title, edition with its dates."""
    edition = f"{telling.texts('conventions.edition')}: {shown(row['edition'])}; {_dates(row, telling)}"
    return [row["id"], telling.label(row, "title") or "", edition]


def convention_page(row: Row, marks: Sequence[Row], telling: Telling) -> tuple[Lines, Grid | None]:
    """Give everything that is known of a convention, and what of it was not read at its source."""
    texts = telling.texts
    cost = texts(
        "conventions.financing_of",
        cost=telling.decimals(str(row["financing_cost"])),
        base=telling.words(row["financing_base"]),
    )
    told = [
        (texts("conventions.name"), telling.label(row, "title") or ""),
        (texts("conventions.edition"), shown(row["edition"])),
        (texts("conventions.in_force"), _dates(row, telling)),
        (texts("conventions.source"), shown(row["source_title"])),
        (texts("entry.url"), shown(row["source_url"])),
        (
            texts("conventions.rates"),
            telling.decimals(row["rates"]).replace("from step", texts("conventions.from_step")),
        ),
        (texts("conventions.schedules"), shown(row["schedules"])),
        (texts("conventions.financing"), cost if row["financing_cost"] else ""),
        (texts("conventions.market_factor"), telling.decimals(str(row["market_factor"] or ""))),
        (
            texts("conventions.corrections"),
            "" if row["corrections_by"] == "none" else telling.words(row["corrections_by"]),
        ),
        (texts("entry.note"), telling.label(row, "note") or ""),
    ]
    lines = [(label, text) for label, text in told if text]
    if not marks:
        return lines, None
    columns = [Column(texts("conventions.address")), Column(texts("conventions.why"))]
    cells = [[Cell(mark["address"]), Cell(telling.label(mark, "why") or "")] for mark in marks]
    return lines, Grid(texts("conventions.unverified_caption"), columns, cells)


def _dates(row: Row, telling: Telling) -> str:
    first, last = row["in_force_from"], row["in_force_to"]
    if first is None:
        return telling.texts("conventions.no_dates")
    if last is None:
        return telling.texts("conventions.open_dates", first=first.isoformat())
    return telling.texts("conventions.dates", first=first.isoformat(), last=last.isoformat())
