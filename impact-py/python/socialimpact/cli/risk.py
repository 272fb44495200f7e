"""``socialimpact risk``: what a contract may pay, and what it would pay for nothing."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from socialimpact.cli.ending import about
from socialimpact.cli.files import Source, Target, html_option, pdf_option, write_document
from socialimpact.cli.helping import TERMS, examples
from socialimpact.cli.numbers import ExactNumber, WholeNumber
from socialimpact.cli.options import Settings
from socialimpact.cli.simulate import DRAWS, SEED
from socialimpact.cli.terms import Terms, read_terms, terms_options
from socialimpact.errors import ImpactError
from socialimpact.types import Language

if TYPE_CHECKING:
    from socialimpact.cli.output import Page
    from socialimpact.wording.evaluating import Evaluated
    from socialimpact.wording.grid import Grid
    from socialimpact.wording.returning import Returned
    from socialimpact.wording.risking import Risked
    from socialimpact.wording.saving import Saved, Untold

SETTLED = 1_000
"""Draws that are settled where nobody says how many."""


@click.command(epilog=examples("risk contract.toml --draws 5000 --html risk.html"))
@click.argument("terms", metavar="TERMS", type=Source(), help=TERMS)
@terms_options
@click.option("--draws", type=WholeNumber(), default=DRAWS, show_default=True, help="How many draws of each situation.")
@click.option("--seed", type=WholeNumber(), default=SEED, show_default=True, help="The same seed gives the same draws.")
@click.option(
    "--points",
    type=click.Choice(["random", "latin", "sobol"]),
    default="random",
    show_default=True,
    help="How draws cover what may happen.",
)
@click.option("--threads", type=WholeNumber(), help="Left out, as many as the machine has.")
@click.option(
    "--settled", type=WholeNumber(), default=SETTLED, show_default=True, help="How many draws are settled for returns."
)
@click.option(
    "--worth", type=ExactNumber(), help="What one unit of the change is worth; with --cost: the worth of evaluating."
)
@click.option("--cost", type=ExactNumber(), help="What going on with as many people again costs.")
@click.option("--metric", help="The metric it is about, where the truth has several.")
@click.option("--plot", "picture", type=Target(".svg", ".png", ".pdf"), help="Draw it too: a .svg, .png or .pdf file.")
@html_option
@pdf_option
def risk(
    terms: Path,
    settings: Settings,
    language: Language,
    as_json: bool,
    settled: int,
    worth: Decimal | None,
    cost: Decimal | None,
    metric: str | None,
    picture: Path | None,
    target: Path | None,
    paper: Path | None,
    **request: Any,
) -> None:
    """Say what TERMS may pay, a contract with a truth, or a model that has one.

    In each situation: the chance of paying, what is paid, by whom and when. As believed, at the expected effect, and
    where nothing works: with the contract's baseline right, drifting, and as the truth has it. Of a contract that is
    financed also what investors may earn and lose, and what is left to who delivers; of one in a model also what each
    payer saves beside what it pays. With --worth and --cost also what a better evaluation is worth to whoever decides
    to go on.
    """
    from socialimpact.cli.output import write_json
    from socialimpact.wording.evaluating import Deciding, Evaluated
    from socialimpact.wording.risking import Risked

    if (worth is None) != (cost is None):
        raise click.UsageError("an evaluation is valued by both: --worth of one unit, and --cost of going on")
    deciding = None if worth is None or cost is None else Deciding(worth, cost, metric)
    read = read_terms(terms, settings)
    with about(terms):
        found = read.contract.risk(progress=True, **request)
        returned = _returned(read, settled, request, language)
        told_risk = Risked(found, language)
        evaluated = Evaluated(read.contract, told_risk, deciding, request) if deciding else None
        told = Told(told_risk, returned, _saved(read, request, language), evaluated)
    if picture:
        from socialimpact.plots.saving import save

        save(found.plot(lang=language), picture)
    if target or paper:
        from socialimpact.report.risk import risk_document

        write_document(risk_document(*told), target, paper)
    if as_json:
        write_json(told.content)
    else:
        _show(told)


class Told(NamedTuple):
    """The risk of a contract, its returns where it is financed, and payment beside saving where it is in a model."""

    risk: "Risked"
    returned: "Returned | None"
    saved: "Saved | Untold | None"
    """Or why that is not told of a model; None where there is no model."""
    evaluated: "Evaluated | None" = None
    """What evaluations are worth, where somebody says what they decide on."""

    @property
    def content(self) -> dict[str, Any]:
        """All of it, for machines."""
        from socialimpact.wording.saving import Saved

        parts = {"returns": self.returned, "saving": self.saved, "evaluation": self.evaluated}
        content = {key: part.content for key, part in parts.items() if part}
        if isinstance(self.saved, Saved):
            content["saving"] = {"status": "told", **content["saving"]}
        return {**self.risk.content, **content}


def _returned(read: Terms, settled: int, request: dict[str, Any], language: Language) -> "Returned | None":
    from socialimpact.wording.returning import Returned

    if not read.contract.financed:
        return None
    return Returned(read.contract.return_risk(settled=settled, progress=True, **request), language)


def _saved(read: Terms, request: dict[str, Any], language: Language) -> "Saved | Untold | None":
    """Give payment beside saving, or the reason why a model does not tell it."""
    from socialimpact.wording.saving import Saved, Untold

    if read.model is None:
        return None
    try:
        return Saved(read.model.saving_risk(progress=True, **request), language)
    except ImpactError as error:
        if not error.is_reason:
            raise
        return Untold(error, language)


def _show(told: Told) -> None:
    from socialimpact.cli.output import Page
    from socialimpact.wording.saving import Saved

    page, risk = Page(), told.risk
    page.title(risk.title)
    for sentence in risk.lead:
        page.paragraph(sentence)
    _grids(page, risk.overview(), risk.payers(), risk.payments(), risk.years())
    if isinstance(told.saved, Saved):
        page.heading(risk.texts("saving.title"))
        for sentence in told.saved.lead:
            page.paragraph(sentence)
        unit = told.saved.by_unit
        _grids(page, told.saved.holders(), told.saved.years(), told.saved.shares())
        _grids(page, unit.prices(), unit.savings(), unit.numbers())
    elif told.saved:
        page.gap()
        page.paragraph(told.saved.sentence)
    if told.returned:
        page.heading(risk.texts("returns.title"))
        for sentence in told.returned.lead:
            page.paragraph(sentence)
        _grids(page, told.returned.investors(), told.returned.providers())
    _grids(
        page,
        risk.changes(),
        risk.measurable(),
        *([told.evaluated.grid()] if told.evaluated else []),
        risk.assumptions(weak=True),
        risk.settings(),
        risk.defaults(),
        risk.provenance(),
    )


def _grids(page: "Page", *grids: "Grid") -> None:
    for grid in grids:
        if grid.rows:
            page.grid(grid)
