"""``socialimpact compare``: models, or conventions, side by side, and what makes the difference."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from socialimpact import compare as set_side_by_side
from socialimpact.cli.files import Source, html_option, pdf_option, write_document
from socialimpact.cli.helping import MODELS, examples
from socialimpact.cli.numbers import WholeNumber
from socialimpact.cli.options import Settings, options, read_model
from socialimpact.errors import ImpactError
from socialimpact.types import Language, Measure

if TYPE_CHECKING:
    from socialimpact._core import Comparison
    from socialimpact.wording.comparing import Compared


@click.command(
    epilog=examples(
        "compare mine.toml --conventions sroi-practice", "compare mine.toml other.toml --html side-by-side.html"
    )
)
@click.argument("models", metavar="MODEL...", nargs=-1, required=True, type=Source(), help=MODELS)
@options
@click.option("--conventions", metavar="ID,ID", help="Conventions to set one MODEL under, beside its own.")
@click.option(
    "--measure", "measures", multiple=True, help="A measure, with its causes; repeatable. [default: all; npv]"
)
@click.option("--holder", "holders", multiple=True, help="society, public, or a holder; repeatable. [default: society]")
@click.option("--outcome", help="Of which outcome, for measures of one.")
@click.option("--currency", help="The common currency. [default: that of the first MODEL]")
@click.option("--price-year", type=WholeNumber(), help="The common price year. [default: that of the first MODEL]")
@click.option(
    "--exchange",
    type=click.Choice(["market", "purchasing-power"]),
    help="What carries amounts between currencies: what is paid, or what it buys.",
)
@html_option
@pdf_option
def compare(
    models: tuple[Path, ...],
    settings: Settings,
    language: Language,
    as_json: bool,
    conventions: str | None,
    measures: tuple[Measure, ...],
    holders: tuple[str, ...],
    outcome: str | None,
    currency: str | None,
    price_year: int | None,
    exchange: Any,
    target: Path | None,
    paper: Path | None,
) -> None:
    """Set every MODEL beside the first, or one MODEL under several conventions, and tell what makes the difference."""
    from socialimpact.cli.output import write_json
    from socialimpact.wording.comparing import Compared

    read = [read_model(model, settings) for model in models]
    named: dict[str, Any] = {"measures": measures or None, "holders": holders or None, "outcome": outcome}
    money: dict[str, Any] = {"currency": currency, "price_year": price_year, "exchange": exchange}
    found = _under(read, conventions, named, money) if conventions else set_side_by_side(read, **named, **money)
    compared = Compared(found, language)
    told = measures or ("npv",)
    if target or paper:
        from socialimpact.report.comparison import comparison_document

        write_document(comparison_document(compared, told), target, paper)
    if as_json:
        write_json(found.to_dict())
    else:
        _show(compared, told)


def _under(read: list[Any], conventions: str, named: dict[str, Any], money: dict[str, Any]) -> "Comparison":
    """Set one model under several conventions."""
    if len(read) > 1:
        message = "--conventions sets one MODEL under several conventions: give one MODEL"
        raise ImpactError(message)
    if any(value is not None for value in money.values()):
        message = "--conventions compares one MODEL in its own money: leave out --currency, --price-year and --exchange"
        raise ImpactError(message)
    ids = [one.strip() for one in conventions.split(",") if one.strip()]
    return read[0].compare(ids, **named)  # type: ignore[no-any-return]  # a list of models


def _show(compared: "Compared", told: tuple[str, ...]) -> None:
    from socialimpact.cli.output import Page

    page = Page()
    page.title(compared.title)
    for sentence in compared.lead:
        page.paragraph(sentence)
    for warning in compared.warnings:
        page.gap()
        page.paragraph(warning)
    page.grid(compared.columns())
    for holder in compared.holders():
        page.grid(compared.figures(holder))
        common = compared.common(holder)
        if common.rows:
            page.grid(common)
    for row in compared.measures:
        if row["measure"] in told:
            page.grid(compared.causes(row))
