"""``socialimpact who-pays``: who pays against who gains, and who should pay."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from socialimpact.cli.helping import examples
from socialimpact.cli.options import Settings, model_options, read_model
from socialimpact.types import CountedIn, Language
from socialimpact.who_pays import GainCounted, Split

if TYPE_CHECKING:
    from socialimpact import Appraisal
    from socialimpact.cli.output import Page
    from socialimpact.wording.story import Story


@click.command("who-pays", epilog=examples("who-pays mine.toml --for costs.cooperation"))
@model_options
@click.option(
    "--for", "flows", multiple=True, metavar="ADDRESS", help="What is to be paid: a cost or transfer; repeatable."
)
@click.option("--payer", "payers", multiple=True, metavar="HOLDER", help="A public budget that may pay; repeatable.")
@click.option(
    "--gain",
    type=click.Choice(["fiscal", "cashable"]),
    default="fiscal",
    show_default=True,
    help="What a payer can pay from: its fiscal gain, or the part that releases money.",
)
@click.option(
    "--counted-in",
    type=click.Choice(["present-value", "real", "nominal"]),
    default="present-value",
    show_default=True,
    help="What the years are counted in.",
)
def who_pays(
    model: Path,
    settings: Settings,
    language: Language,
    as_json: bool,
    flows: tuple[str, ...],
    payers: tuple[str, ...],
    gain: GainCounted,
    counted_in: CountedIn,
) -> None:
    """Show what each holder of MODEL pays and gains, by kind and by year, and the split that leaves no payer worse off.

    Without --for: who should pay for all costs, then for what public budgets pay to others.
    """
    from socialimpact.cli.output import Page, write_json
    from socialimpact.wording.story import Story

    appraisal = read_model(model, settings).appraise()
    splits = _splits(appraisal, flows, payers, gain)
    if as_json:
        write_json(
            {
                "provenance": appraisal.provenance,
                "wrong_pocket": appraisal.wrong_pocket().to_pylist(),
                "counted_in": counted_in,
                "wrong_pocket_years": appraisal.wrong_pocket_years(counted_in=counted_in).to_pylist(),
                "value_by_kind": appraisal.value_by_kind().to_pylist(),
                "splits": [split.to_dict() for split in splits],
            }
        )
        return
    _tell(Page(), Story(appraisal, language), splits, counted_in)


def _splits(appraisal: "Appraisal", flows: tuple[str, ...], payers: tuple[str, ...], gain: GainCounted) -> list[Split]:
    """Give the split that is asked for; where nothing is named, the one of each report."""
    if flows or payers or gain != "fiscal":
        return [appraisal.split(flows, payers=payers, gain=gain)]
    return appraisal.splits()


def _tell(page: "Page", story: "Story", splits: list[Split], counted_in: CountedIn) -> None:
    texts, told = story.texts, story.who_pays
    page.title(story.words.name)
    page.heading(texts("pocket.title"))
    page.grid(story.tables.pocket())
    page.heading(texts("kinds.title"))
    page.grid(told.kinds())
    page.heading(texts("who_pays.title"))
    for _, grid in told.years(counted_in):
        page.grid(grid)
    if splits:
        page.heading(texts("split.title"))
        page.paragraph(texts("split.lead"))
    for split in map(told.split, splits):
        page.heading(split.question)
        for sentence in split.sentences:
            page.paragraph(sentence)
        for grid in split.grids:
            page.grid(grid)
