"""``socialimpact risk``: what a contract may pay, and what it would pay for nothing."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from socialimpact import read_contract
from socialimpact.cli.ending import about, within
from socialimpact.cli.files import Source, Target, html_option
from socialimpact.cli.options import reading_options
from socialimpact.cli.simulate import DRAWS, SEED
from socialimpact.types import Language

if TYPE_CHECKING:
    from socialimpact.wording.risking import Risked


@click.command()
@click.argument("terms", metavar="TERMS", type=Source())
@reading_options
@click.option("--draws", type=int, default=DRAWS, show_default=True, help="How many draws of each situation.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="The same seed gives the same draws.")
@click.option(
    "--points",
    type=click.Choice(["random", "latin", "sobol"]),
    default="random",
    show_default=True,
    help="How draws cover what may happen.",
)
@click.option("--threads", type=int, help="Left out, as many as the machine has.")
@click.option("--plot", "picture", type=Target(".svg", ".png", ".pdf"), help="Draw it too: a .svg, .png or .pdf file.")
@html_option
def risk(
    terms: Path, language: Language, as_json: bool, picture: Path | None, target: Path | None, **request: Any
) -> None:
    """Say what TERMS may pay, a contract with a truth, or a model that has one.

    In each situation: the chance of paying, what is paid, by whom and when. As believed, at the expected effect, and
    where nothing works: with the contract's baseline right, drifting, and as the truth has it.
    """
    from socialimpact.cli.output import write_json
    from socialimpact.wording.risking import Risked

    with within(terms):
        contract = read_contract(terms)
    with about(terms):
        found = contract.risk(progress=True, **request)
    told = Risked(found, language)
    if picture:
        from socialimpact.plots.saving import save

        save(found.plot(lang=language), picture)
    if target:
        _write(target, told)
    if as_json:
        write_json(told.content)
    else:
        _show(told)


def _show(told: "Risked") -> None:
    from socialimpact.cli.output import Page

    page = Page()
    page.title(told.title)
    for sentence in told.lead:
        page.paragraph(sentence)
    for grid in (told.overview(), told.payers(), told.payments(), told.years(), told.changes(), told.measurable()):
        if grid.rows:
            page.grid(grid)
    page.grid(told.supposed())
    page.grid(told.provenance())


def _write(target: Path, told: "Risked") -> None:
    from socialimpact.report.risk import risk_page
    from socialimpact.writing import write_whole

    write_whole(target, risk_page(told).encode())
