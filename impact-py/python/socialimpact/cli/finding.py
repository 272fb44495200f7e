"""What a search writes: the entries found, or what was asked and what else to try."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from socialimpact._core import Table
from socialimpact.cli.output import Page, write_json
from socialimpact.types import Language
from socialimpact.wording.entries import Row, Telling
from socialimpact.wording.texts import shown

Find = Callable[..., Table]


def report(
    ctx: click.Context,
    find: Find,
    words: Sequence[str],
    asked: Mapping[str, Any],
    section: str,
    lines: Callable[[Row, Telling], list[str]],
    language: Language,
    as_json: bool,
) -> bool:
    """Write the entries found; tell whether there are any."""
    wanted = {
        name: list(value) if isinstance(value, tuple) and name != "price_year" else value
        for name, value in asked.items()
        if value
    }
    rows = find(" ".join(words), **wanted).to_pylist()
    if as_json:
        write_json(rows)
        return bool(rows)
    page, telling = Page(), Telling(language)
    if not rows:
        for sentence in _nothing(find, words, wanted, telling, section):
            page.paragraph(sentence)
        return False
    for row in rows:
        head, *rest = lines(row, telling)
        page.paragraph(head, "bold")
        for line in rest:
            page.indented(line)
    page.gap()
    command = f"{ctx.parent.command_path if ctx.parent else section} show ID"
    page.paragraph(telling.texts(f"{section}.found", count=len(rows), edition=rows[0]["edition"], command=command))
    return True


def _nothing(find: Find, words: Sequence[str], wanted: Mapping[str, Any], telling: Telling, section: str) -> list[str]:
    """Say what was asked, and how many entries there are where one part of it is left out."""
    texts = telling.texts
    options = [f"--{name.replace('_', '-')} {_written(value)}" for name, value in wanted.items()]
    asked = " ".join([*(f"“{shown(word)}”" for word in words), *options])
    found = [texts("search.nothing", asked=asked)]
    for option, name in zip(options, wanted, strict=True):
        count = len(find(" ".join(words), **{other: value for other, value in wanted.items() if other != name}))
        if count:
            found.append(texts("search.without", option=option, count=count))
    if len(words) > 1:
        alone = {word: len(find(word, **wanted)) for word in words}
        counts = ", ".join(f"“{shown(word)}” {count}" for word, count in alone.items())
        found.append(texts("search.alone", counts=counts))
    found.append(texts(f"{section}.other_words"))
    return found


def _written(value: Any) -> str:
    if isinstance(value, tuple):
        return "-".join(map(str, value))
    return shown(", ".join(value) if isinstance(value, list) else str(value))


def show_entry(
    table: Table, lines: Callable[[Row, Telling], list[tuple[str, str]]], language: Language, as_json: bool
) -> None:
    """Write everything that is known of one entry."""
    (row,) = table.to_pylist()
    if as_json:
        write_json(row)
        return
    page, telling = Page(), Telling(language)
    page.title(shown(row["id"]))
    for label, text in lines(row, telling):
        (page.unbroken if text.startswith("http") else page.paragraph)(f"{label}: {text}")
