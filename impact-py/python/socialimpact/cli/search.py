"""``socialimpact search``: the price at which a payer breaks even, an investor reaches its rate, or both."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from socialimpact.cli.design import write_design
from socialimpact.cli.ending import about
from socialimpact.cli.files import Source, Target, html_option, pdf_option
from socialimpact.cli.helping import TERMS, examples
from socialimpact.cli.numbers import ExactNumber, WholeNumber
from socialimpact.cli.options import Setting, Settings
from socialimpact.cli.risk import SETTLED
from socialimpact.cli.simulate import SEED
from socialimpact.cli.terms import Terms, read_terms, terms_options
from socialimpact.types import Language

if TYPE_CHECKING:
    from socialimpact import Frontier, PriceFound

DRAWS = 10_000
"""Draws of each value tried, where nobody says how many."""
MOST_DRAWS = 65_536
"""As many as the core keeps of each value tried."""


@dataclass(frozen=True, slots=True)
class _Whom:
    """Who is to break even, and who is to reach which rate."""

    payer: str | None
    investor: str | None
    rate: Decimal | None

    def check(self, beside: tuple[str, Any] | None, picture: Path | None, terms: Terms) -> None:
        """Refuse a question that says too little."""
        if self.payer is None and self.investor is None:
            raise click.UsageError("say who is to break even (--payer), or to reach a rate (--investor and --rate)")
        if (self.investor is None) != (self.rate is None):
            raise click.UsageError("--investor and --rate go together")
        if beside and (self.payer is None or self.investor is None):
            raise click.UsageError(
                "--beside goes with --payer, --investor and --rate: it sets both prices side by side"
            )
        if picture and not beside:
            raise click.UsageError("--plot goes with --beside: one price is no picture")
        if self.payer is not None and terms.model is None:
            raise click.UsageError(
                "--payer needs a model that has the contract in it: a contract alone does not say what a payer saves"
            )


@click.command(
    epilog=examples("search model.toml contract.payments.started.schedule.per_unit --payer state --low 0 --high 600000")
)
@click.argument("terms", metavar="TERMS", type=Source(), help=TERMS)
@click.argument(
    "address", metavar="ADDRESS", help="The price to search for, such as contract.payments.placed.schedule.per_unit."
)
@terms_options
@click.option("--payer", metavar="ID", help="Who is to pay what it saves.")
@click.option("--investor", metavar="ID", help="Who is to reach the rate.")
@click.option("--rate", type=ExactNumber(), help="Which one per year: 0.05 is 5 %.")
@click.option("--low", type=ExactNumber(), required=True, help="The lowest value tried.")
@click.option("--high", type=ExactNumber(), required=True, help="The highest value tried.")
@click.option(
    "--beside", type=Setting(), help="Both prices for each of several values, such as truth.metrics.x.effect=[0.1,0.2]."
)
@click.option("--situation", default="as-believed", show_default=True, help="What is supposed to be the case.")
@click.option(
    "--rate-of",
    "rate_of",
    type=click.Choice(["expected", "median"]),
    default="expected",
    show_default=True,
    help="The rate of the expected flows, or the median one.",
)
@click.option(
    "--draws",
    type=WholeNumber(most=MOST_DRAWS),
    default=DRAWS,
    show_default=True,
    help="How many draws of each value tried.",
)
@click.option(
    "--settled", type=WholeNumber(), default=SETTLED, show_default=True, help="How many of them are settled for a rate."
)
@click.option("--seed", type=WholeNumber(), default=SEED, show_default=True, help="The same seed gives the same draws.")
@click.option(
    "--points",
    type=click.Choice(["random", "latin", "sobol"]),
    default="random",
    show_default=True,
    help="How draws cover what may happen.",
)
@click.option("--threads", type=WholeNumber(), help="Left out, as many as the machine has.")
@click.option("--plot", "picture", type=Target(".svg", ".png", ".pdf"), help="Draw it too: a .svg, .png or .pdf file.")
@html_option
@pdf_option
def search(
    terms: Path,
    address: str,
    settings: Settings,
    language: Language,
    as_json: bool,
    payer: str | None,
    investor: str | None,
    rate: Decimal | None,
    beside: tuple[str, Any] | None,
    picture: Path | None,
    target: Path | None,
    paper: Path | None,
    **asked: Any,
) -> None:
    """Find the price at ADDRESS of TERMS, a contract with a truth, or a model that has one.

    At which a payer is expected to pay what it saves, at which an investor reaches a rate; and, with --beside, whether
    one price does for both as something else varies.
    """
    from socialimpact.wording.pricing import Priced

    read, whom = read_terms(terms, settings), _Whom(payer, investor, rate)
    whom.check(beside, picture, read)
    with about(terms):
        frontier = _frontier(read, address, whom, beside, asked) if beside else None
        prices = [] if beside else list(_prices(read, address, whom, asked))
    told = Priced(prices, frontier, language)
    if picture and frontier:
        from socialimpact.plots.saving import save

        save(frontier.plot(lang=language), picture)
    write_design(told, target, paper, as_json)


def _prices(read: Terms, address: str, whom: _Whom, asked: dict[str, Any]) -> "Iterable[PriceFound]":
    """Search for the price of the payer, of the investor, or both."""
    if whom.payer is not None and read.model is not None:
        yield read.model.search(address, payer=whom.payer, progress=True, **asked)
    if whom.investor is not None and whom.rate is not None:
        owner = read.model or read.contract
        yield owner.search(address, investor=whom.investor, rate=whom.rate, progress=True, **asked)


def _frontier(
    read: Terms, address: str, whom: _Whom, beside: tuple[str, Any], asked: dict[str, Any]
) -> "Frontier | None":
    """Search for both prices at each value of something else."""
    if read.model is None or whom.payer is None or whom.investor is None or whom.rate is None:
        return None  # refused before
    varied, values = beside
    along = {varied: values if isinstance(values, list) else [values]}
    return read.model.frontier(
        address, along, payer=whom.payer, investor=whom.investor, rate=whom.rate, progress=True, **asked
    )
