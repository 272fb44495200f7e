"""``socialimpact cash-flows``: who pays whom how much on which day, and what each party earns or loses."""

from pathlib import Path

import click

from socialimpact import read_contract
from socialimpact.cli.ending import about, within
from socialimpact.cli.files import Source
from socialimpact.cli.options import reading_options
from socialimpact.types import Language


@click.command("cash-flows")
@click.argument("terms", metavar="TERMS", type=Source())
@click.argument("observations", metavar="OBSERVATIONS", type=Source())
@reading_options
@click.option("--every-line", is_flag=True, help="Tell flows of few people on their days too: not for publication.")
def cash_flows(terms: Path, observations: Path, language: Language, as_json: bool, every_line: bool) -> None:
    """Show the cash flows of TERMS, a contract or a model that has one, for OBSERVATIONS (.csv, .toml or .json).

    Drawdowns, costs, payments for results, coupons, principal, fees and guarantees by day; for each party its total,
    rate of return, multiple and day of payback; for each tranche what it lost and gained.
    """
    from socialimpact.cli.output import Page, write_json
    from socialimpact.wording.flowing import Flowing

    with within(terms):
        contract = read_contract(terms)
    with about(terms, observations):
        statement = contract.settle(observations)
    with about(terms):
        flows = contract.cash_flows(statement)
    told = Flowing(flows, language, every_line=every_line)
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
