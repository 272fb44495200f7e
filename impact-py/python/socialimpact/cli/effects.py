"""``socialimpact effects``: what studies found, by words, and shown with their sources."""

from typing import Any

import click

from socialimpact.cli.ending import NOTHING_FOUND
from socialimpact.cli.helping import examples
from socialimpact.cli.options import quality, reading_options
from socialimpact.types import Language


@click.group()
def effects() -> None:
    """Find effects, baselines and benchmarks, and show one with its source, edition and notes."""


@effects.command(epilog=examples("effects search employment --country NO"))
@click.argument("words", nargs=-1, help="Words that must stand in an entry.")
@quality("domain", "Of this domain, such as employment or baseline; repeatable.")
@quality("country", "Studied in this country, such as NO; repeatable.")
@quality("measure", "In this measure, such as risk-difference; repeatable.")
@click.option("--grade", help="Of this grade or a better one; A is the best.")
@reading_options
@click.pass_context
def search(ctx: click.Context, /, words: tuple[str, ...], language: Language, as_json: bool, **asked: Any) -> None:
    """List the effects in which every one of WORDS is found, the best match first; without WORDS all of them.

    Ends with exit code 1 where nothing is found.
    """
    from socialimpact import effects as find
    from socialimpact.cli.finding import report
    from socialimpact.wording.entries import effect_lines

    if not report(ctx, find, words, asked, "effects", effect_lines, language, as_json):
        ctx.exit(NOTHING_FOUND)


@effects.command(epilog=examples("effects show ips-no-18m-treat"))
@click.argument("entry", metavar="ID", help="The id of an effect, as a search tells it.")
@reading_options
def show(entry: str, language: Language, as_json: bool) -> None:
    """Show the effect ID with its source, edition and notes."""
    from socialimpact._core import effect_table
    from socialimpact.cli.finding import show_entry
    from socialimpact.wording.entries import effect_page

    show_entry(effect_table(entry), effect_page, language, as_json)
