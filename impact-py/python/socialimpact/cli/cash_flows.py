"""``socialimpact cash-flows``: who pays whom how much on which day, and what each party earns or loses."""

from pathlib import Path

import click

from socialimpact.cli.ending import about
from socialimpact.cli.files import Source, Target
from socialimpact.cli.helping import OBSERVATIONS, TERMS, examples
from socialimpact.cli.options import Settings
from socialimpact.cli.terms import read_terms, terms_options
from socialimpact.types import Language


@click.command("cash-flows", epilog=examples("cash-flows contract.toml seen.toml --plot flows.svg"))
@click.argument("terms", metavar="TERMS", type=Source(), help=TERMS)
@click.argument("observations", metavar="OBSERVATIONS", type=Source(), help=OBSERVATIONS)
@terms_options
@click.option("--every-line", is_flag=True, help="Tell flows of few people on their days too: not for publication.")
@click.option("--plot", "picture", type=Target(".svg", ".png", ".pdf"), help="Draw it too: a .svg, .png or .pdf file.")
def cash_flows(
    terms: Path,
    observations: Path,
    settings: Settings,
    language: Language,
    as_json: bool,
    every_line: bool,
    picture: Path | None,
) -> None:
    """Show the cash flows of TERMS, a contract or a model that has one, for OBSERVATIONS (.csv, .toml or .json).

    Drawdowns, costs, payments for results, coupons, principal, fees and guarantees by day; for each party its total,
    rate of return, multiple and day of payback; for each tranche what it lost and gained.
    """
    from socialimpact.cli.output import Page, write_json
    from socialimpact.wording.flowing import Flowing

    contract = read_terms(terms, settings).contract
    with about(terms, observations):
        statement = contract.settle(observations)
    with about(terms):
        flows = contract.cash_flows(statement)
    told = Flowing(flows, language, every_line=every_line)
    if picture:
        from socialimpact.plots.saving import save

        save(flows.plot(lang=language), picture)
    if as_json:
        write_json(told.content)
        return
    page = Page()
    page.title(told.title)
    for sentence in told.lead:
        page.paragraph(sentence)
    for grid in (told.parties(), told.tranches(), told.flows()):
        if grid.rows:
            page.grid(grid)
    page.gap()
    page.paragraph(told.terms)
