"""``socialimpact simulate``: how sure the figures are, from many draws of the uncertain numbers."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from socialimpact.cli.ending import FINDINGS
from socialimpact.cli.files import html_option, pdf_option, write_document
from socialimpact.cli.helping import examples
from socialimpact.cli.numbers import WholeNumber
from socialimpact.cli.options import Settings, model_options, read_model
from socialimpact.types import Language

if TYPE_CHECKING:
    from socialimpact import Simulated
    from socialimpact.wording.simulation import SimulationTables

DRAWS = 100_000
SEED = 1
"""The seed where none is given; it is said in what is written."""


@click.command(
    epilog=examples(
        "simulate mine.toml --draws 20000 --seed 7 --measure npv --holder municipality",
        "simulate mine.toml --draws 20000 --lang nb --html how-sure.html",
    )
)
@model_options
@click.option("--draws", type=WholeNumber(), default=DRAWS, show_default=True, help="How many draws.")
@click.option("--seed", type=WholeNumber(), default=SEED, show_default=True, help="The same seed gives the same draws.")
@click.option("--measure", "measures", multiple=True, help="A measure; repeatable. Left out with --holder: npv.")
@click.option(
    "--holder",
    "holders",
    multiple=True,
    help="society, public, or a holder; repeatable: every measure for each of them.",
)
@click.option("--outcome", help="The outcome, for measures of one.")
@click.option(
    "--points",
    type=click.Choice(["random", "latin", "sobol"]),
    default="random",
    show_default=True,
    help="How draws cover what may happen.",
)
@click.option("--threads", type=WholeNumber(), help="Left out, as many as the machine has.")
@click.option("--histogram", is_flag=True, help="Also show how often each measure comes out where.")
@click.option(
    "--strict", is_flag=True, help="End with exit code 1 where a warning of the draws stands that is not silenced."
)
@html_option
@pdf_option
@click.pass_context
def simulate(
    ctx: click.Context,
    /,
    model: Path,
    settings: Settings,
    language: Language,
    as_json: bool,
    measures: tuple[str, ...],
    holders: tuple[str, ...],
    outcome: str | None,
    histogram: bool,
    strict: bool,
    target: Path | None,
    paper: Path | None,
    **request: Any,
) -> None:
    """Draw the uncertain numbers of MODEL many times, and say how sure its measures are."""
    from socialimpact.cli.output import write_json

    document = read_model(model, settings)
    asked = _asked(measures, holders, outcome)
    simulated = document.simulate(measures=asked, progress=True, **request)
    if target or paper:
        from socialimpact.report.simulation import simulation_document

        write_document(simulation_document(simulated, language), target, paper)
    if as_json:
        write_json(simulated.to_dict())
    else:
        _write(simulated, language, histogram)
    found = simulated.findings().to_pylist()
    if strict and any(row["severity"] == "warning" and row["silenced"] is None for row in found):
        ctx.exit(FINDINGS)


def _asked(measures: tuple[str, ...], holders: tuple[str, ...], outcome: str | None) -> list[Any] | None:
    """Give every measure for every holder; None where neither is named."""
    if not measures and not holders:
        if outcome is not None:
            raise click.UsageError("--outcome goes with a --measure")
        return None
    return [(measure, holder, outcome) for measure in measures or ("npv",) for holder in holders or ("society",)]


def _write(simulated: "Simulated", language: Language, histogram: bool) -> None:
    from socialimpact.cli.output import Page
    from socialimpact.wording import Words
    from socialimpact.wording.simulation import SimulationTables

    words = Words(simulated.model.appraise(), language)
    tables = SimulationTables(simulated, words)
    page = Page()
    page.title(words.name)
    page.paragraph(tables.opening)
    page.grid(tables.figures() if simulated.addresses else tables.exact())
    if tables.has_mvpf and simulated.addresses:
        page.grid(tables.mvpf())
    for grid in _histograms(tables) if histogram and simulated.addresses else ():
        page.grid(grid)
    if tables.notes:
        page.heading(words.texts("simulation.notes"))
    for note in tables.notes:
        page.item(note)
    if tables.findings.rows:
        page.grid(tables.findings)
    page.grid(tables.provenance())


def _histograms(tables: "SimulationTables") -> list[Any]:
    return [tables.histogram(figure) for figure in tables.asked if tables.has_numbers(figure)]
