"""``socialimpact settle``: what observed results pay under the terms of a contract."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from socialimpact.cli.ending import about
from socialimpact.cli.files import Source, excel_option, html_option, pdf_option, write_document
from socialimpact.cli.helping import OBSERVATIONS, TERMS, examples
from socialimpact.cli.options import Settings
from socialimpact.cli.terms import read_terms, terms_options
from socialimpact.types import Language

if TYPE_CHECKING:
    from socialimpact.wording.settling import Settled


@click.command(
    epilog=examples(
        "settle contract.toml seen.toml --html statement.html", "settle contract.toml seen.toml --since before.toml"
    )
)
@click.argument("terms", metavar="TERMS", type=Source(), help=TERMS)
@click.argument("observations", metavar="OBSERVATIONS", type=Source(), help=OBSERVATIONS)
@terms_options
@click.option(
    "--since",
    "earlier",
    type=Source(),
    metavar="OBSERVATIONS",
    help="Tell only what is new since these observations were settled, corrections as reversals.",
)
@click.option(
    "--every-line", is_flag=True, help="Tell lines of fewer than five people by themselves: not for publication."
)
@excel_option
@html_option
@pdf_option
def settle(
    terms: Path,
    observations: Path,
    settings: Settings,
    language: Language,
    as_json: bool,
    earlier: Path | None,
    every_line: bool,
    workbook: Path | None,
    target: Path | None,
    paper: Path | None,
) -> None:
    """Settle OBSERVATIONS (.csv, .toml or .json) under TERMS: a contract, or a model that has one.

    Columns of OBSERVATIONS: metric, date, cohort, group, count, of; of claims of people, person: a pseudonym.
    Rows count from 1 below the names of the columns: row 1 stands in line 2.
    """
    from socialimpact.cli.output import write_json
    from socialimpact.wording.settling import Settled

    contract = read_terms(terms, settings).contract
    with about(terms, observations):
        statement = contract.settle(observations)
    if earlier:
        with about(terms, earlier):
            before = contract.settle(earlier)
        statement = statement.since(before)
    told = Settled(statement, language, every_line=every_line)
    if workbook:
        statement.to_excel(workbook, lang=language, every_line=every_line)
    if target or paper:
        from socialimpact.report.statement import statement_document

        write_document(statement_document(told), target, paper)
    if as_json:
        write_json(told.content)
    else:
        _show(told)


def _show(told: "Settled") -> None:
    from socialimpact.cli.output import Page

    page = Page()
    page.title(told.title)
    for sentence in told.lead:
        page.paragraph(sentence)
    if told.content["lines"]:
        page.grid(told.lines())
    else:
        page.paragraph(told.texts("settlement.nothing"))
    for grid in [*told.totals(), told.unpaid(), told.unused(), told.indicators(), told.defaults()]:
        if grid.rows:
            page.grid(grid)
    page.gap()
    page.paragraph(told.terms)
