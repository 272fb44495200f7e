"""``socialimpact ranking``: which terms are the best, and how often they stay so when draws are drawn anew."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from socialimpact.cli.design import write_design
from socialimpact.cli.ending import about
from socialimpact.cli.files import Source, html_option, pdf_option
from socialimpact.cli.helping import TERMS, examples
from socialimpact.cli.numbers import Axis, WholeNumber
from socialimpact.cli.options import Settings
from socialimpact.cli.simulate import SEED
from socialimpact.cli.terms import Terms, read_terms, terms_options
from socialimpact.types import Language

if TYPE_CHECKING:
    from socialimpact import Ranking

DRAWS = 20_000
"""Draws of each scenario, where nobody says how many."""


@click.command(epilog=examples("ranking contract.toml --axis 'contract.at_most=[3e6, 4.4e6]' --by mean"))
@click.argument("terms", metavar="TERMS", type=Source(), help=TERMS)
@terms_options
@click.option(
    "--axis",
    "axes",
    type=Axis(),
    multiple=True,
    required=True,
    help="The values of a number, such as contract.at_most=[3e6, 4e6]; repeatable, for every combination.",
)
@click.option(
    "--by",
    default="chance_of_paying",
    show_default=True,
    help="chance_of_paying, mean, sd, payers.ID, or a quantile of what is paid, such as p95.",
)
@click.option(
    "--best",
    type=click.Choice(["smallest", "largest"]),
    default="smallest",
    show_default=True,
    help="Which end is best.",
)
@click.option("--kept", type=WholeNumber(), default=10, show_default=True, help="How many of the best are told.")
@click.option("--situation", default="as-believed", show_default=True, help="What is supposed to be the case.")
@click.option("--draws", type=WholeNumber(), default=DRAWS, show_default=True, help="How many draws of each scenario.")
@click.option("--blocks", type=WholeNumber(), default=20, show_default=True, help="Into how many blocks they are cut.")
@click.option(
    "--resamples", type=WholeNumber(), default=1_000, show_default=True, help="How often blocks are drawn anew."
)
@click.option("--seed", type=WholeNumber(), default=SEED, show_default=True, help="The same seed gives the same draws.")
@click.option("--threads", type=WholeNumber(), help="Left out, as many as the machine has.")
@html_option
@pdf_option
def ranking(
    terms: Path,
    settings: Settings,
    language: Language,
    as_json: bool,
    axes: Settings,
    by: str,
    best: Literal["smallest", "largest"],
    target: Path | None,
    paper: Path | None,
    **asked: Any,
) -> None:
    """Rank values of numbers of TERMS, a contract with a truth, or a model that has one, and combinations of them.

    Which target pays for nothing least often, which cap leaves a payer the least to pay: with how often each of the
    best stays the best when its draws are drawn anew. What does not stay is ranked by chance.
    """
    from socialimpact.wording.ranking import Ranked

    read = read_terms(terms, settings)
    with about(terms):
        found = _ranking(read, axes, by, best, asked)
    write_design(Ranked(found, language), target, paper, as_json)


def _ranking(
    read: Terms, axes: Settings, by: str, best: Literal["smallest", "largest"], asked: dict[str, Any]
) -> "Ranking":
    """Rank every combination of the values."""
    repeated = {address for address, _ in axes if sum(address == other for other, _ in axes) > 1}
    if repeated:
        raise click.UsageError(f"--axis gives values of `{min(repeated)}` twice: write them in one list")
    along = {address: values if isinstance(values, list) else [values] for address, values in axes}
    return read.contract.ranking(along, by=by, best=best, progress=True, **asked)
