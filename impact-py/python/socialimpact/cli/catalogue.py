"""``socialimpact catalogue``: the unit costs the library knows, found and shown, and others made into a catalogue."""

from typing import Any

import click

from socialimpact.cli.ending import NOTHING_FOUND
from socialimpact.cli.helping import examples
from socialimpact.cli.importing import importing
from socialimpact.cli.options import PriceYears, quality, reading_options
from socialimpact.types import Language


@click.group()
def catalogue() -> None:
    """Find unit costs, show one with its source, edition and notes, or make a catalogue of your own."""


catalogue.add_command(importing)


@catalogue.command(epilog=examples("catalogue search prison --country NO"))
@click.argument("words", nargs=-1, help="Words that must stand in an entry.")
@quality("domain", "Of this domain, such as housing; repeatable.")
@quality("country", "Of this country, such as NO or GB-SCT; repeatable.")
@quality("holder", "Paid by this holder, such as municipality; repeatable.")
@quality("unit", "Per this unit, such as person-year; repeatable.")
@quality("currency", "In this currency, such as NOK; repeatable.")
@click.option("--grade", help="Of this grade or a better one; A is the best.")
@click.option("--price-year", type=PriceYears(), help="At prices of this year, or of 2015-2024.")
@reading_options
@click.pass_context
def search(ctx: click.Context, /, words: tuple[str, ...], language: Language, as_json: bool, **asked: Any) -> None:
    """List the unit costs in which every one of WORDS is found, the best match first; without WORDS all of them.

    Ends with exit code 1 where nothing is found.
    """
    from socialimpact import catalogue as find
    from socialimpact.cli.finding import report
    from socialimpact.wording.entries import unit_cost_lines

    if not report(ctx, find, words, asked, "catalogue", unit_cost_lines, language, as_json):
        ctx.exit(NOTHING_FOUND)


@catalogue.command(epilog=examples("catalogue show no-prison-high-place"))
@click.argument("entry", metavar="ID", help="The id of a unit cost, as a search tells it.")
@reading_options
def show(entry: str, language: Language, as_json: bool) -> None:
    """Show the unit cost ID with its source, edition and notes."""
    from socialimpact._core import unit_cost_table
    from socialimpact.cli.finding import show_entry
    from socialimpact.wording.entries import unit_cost_page

    show_entry(unit_cost_table(entry), unit_cost_page, language, as_json)
