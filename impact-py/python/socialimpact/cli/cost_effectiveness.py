"""``socialimpact cost-effectiveness``: models held against one of them, by what a unit more costs."""

from pathlib import Path
from typing import Any, Literal

import click

from socialimpact import cost_effectiveness as held_against
from socialimpact.cli.files import Source
from socialimpact.cli.helping import MODELS, examples
from socialimpact.cli.options import Settings, options, read_model
from socialimpact.types import Language
from socialimpact.worth import CostEffectiveness


@click.command("cost-effectiveness", epilog=examples("cost-effectiveness small.toml large.toml"))
@click.argument("models", metavar="MODEL MODEL...", nargs=-1, required=True, type=Source(), help=MODELS)
@options
@click.option("--comparator", default=0, show_default=True, help="Which MODEL the others are held against, from 0.")
@click.option("--outcome", help="Whose units are counted, by its id in every MODEL. [default: the only one]")
@click.option("--holder", default="society", show_default=True, help="Whose cost: society, public, or a holder.")
@click.option(
    "--cost",
    type=click.Choice(["inputs", "net-public-cost"]),
    default="inputs",
    show_default=True,
    help="Resources paid for, or what public budgets pay less what they save.",
)
@click.option("--undiscounted-units", is_flag=True, help="Units of later years count as much as those of the first.")
def cost_effectiveness(
    models: tuple[Path, ...],
    settings: Settings,
    language: Language,
    as_json: bool,
    comparator: int,
    outcome: str | None,
    holder: str,
    cost: Literal["inputs", "net-public-cost"],
    undiscounted_units: bool,
) -> None:
    """Hold each MODEL against one of them: what a unit more costs, and which are dominated."""
    from socialimpact.cli.output import Page, write_json
    from socialimpact.wording.effectiveness import Effectiveness

    if comparator < 0:
        raise click.UsageError("--comparator counts from 0")
    if len(models) < 2:
        raise click.UsageError("a model is held against another: name two MODELs or more")
    read = [read_model(model, settings) for model in models]
    found = held_against(
        read, comparator, outcome=outcome, holder=holder, cost=cost, discount_units=not undiscounted_units
    )
    if as_json:
        write_json(_plain(found))
        return
    told, page = Effectiveness(found, read, outcome, language), Page()
    page.title(told.title)
    for sentence in told.sentences():
        page.paragraph(sentence)
    page.grid(told.grid())


def _plain(found: CostEffectiveness) -> dict[str, Any]:
    """Give the result as JSON holds it, with a row for each option."""
    settled = {name: getattr(found, name) for name in found.__slots__ if name != "options"}
    return {**settled, "options": found.options.to_pylist()}
