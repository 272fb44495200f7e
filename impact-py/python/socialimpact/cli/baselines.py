"""``socialimpact baselines``: one cohort under several definitions and windows of the same thing."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from socialimpact.cli.design import write_design
from socialimpact.cli.ending import about
from socialimpact.cli.files import Source, html_option, pdf_option
from socialimpact.cli.helping import TERMS, examples
from socialimpact.cli.numbers import WholeNumber
from socialimpact.cli.options import Settings
from socialimpact.cli.ranking import DRAWS
from socialimpact.cli.simulate import SEED
from socialimpact.cli.terms import read_terms, terms_options
from socialimpact.types import Language


class Baseline(click.ParamType[str | dict[str, Any]]):
    """A rate of the register by its id, or one of one's own as a table of TOML."""

    name = "baseline"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str | dict[str, Any]:
        """Take the id, or read the table."""
        if isinstance(value, dict) or not value.lstrip().startswith("{"):
            return value if isinstance(value, dict) else str(value)
        try:
            read: dict[str, Any] = tomllib.loads(f"baseline = {value}", parse_float=Decimal)["baseline"]
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            example = (
                '{ id = "ours", rate = 0.4, definition = "a new sentence", window = "2 years", source = "own count" }'
            )
            self.fail(f"`{value}` is no table of a baseline, such as {example}: {error}", param, ctx)
        return read


@click.command(epilog=examples("baselines contract.toml fewer-relapses --baseline base-no-2015"))
@click.argument("terms", metavar="TERMS", type=Source(), help=TERMS)
@click.argument(
    "estimate", metavar="ESTIMATE", help="The estimate of the contract that compares with a baseline, by its id."
)
@terms_options
@click.option(
    "--baseline",
    "baselines",
    type=Baseline(),
    multiple=True,
    required=True,
    help="The id of a rate (see effects search), or a table with id, rate, definition, window and source; repeatable.",
)
@click.option("--draws", type=WholeNumber(), default=DRAWS, show_default=True, help="How many draws of each cell.")
@click.option("--seed", type=WholeNumber(), default=SEED, show_default=True, help="The same seed gives the same draws.")
@click.option(
    "--points",
    type=click.Choice(["random", "latin", "sobol"]),
    default="random",
    show_default=True,
    help="How draws cover what may happen.",
)
@click.option("--threads", type=WholeNumber(), help="Left out, as many as the machine has.")
@html_option
@pdf_option
def baselines(
    terms: Path,
    estimate: str,
    settings: Settings,
    language: Language,
    as_json: bool,
    baselines: tuple[str | dict[str, Any], ...],
    target: Path | None,
    paper: Path | None,
    **request: Any,
) -> None:
    """Put baselines of ESTIMATE side by side: what TERMS would pay if another definition is measured than was agreed.

    Each rate as what the contract takes for usual, and each as what is the case: the chance of paying where nothing
    works, and as believed. A rate goes with its definition and source. The baseline that was agreed is shown only where
    it is named too.
    """
    from socialimpact.wording.baselines import Defined

    read = read_terms(terms, settings)
    with about(terms):
        found = read.contract.baselines(estimate, list(baselines), progress=True, **request)
    write_design(Defined(found, language), target, paper, as_json)
