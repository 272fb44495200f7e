"""``socialimpact break-even``: the value of an assumption that brings a measure to its target."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from socialimpact.cli.helping import examples
from socialimpact.cli.numbers import ExactNumber
from socialimpact.cli.options import Settings, model_options, read_model
from socialimpact.types import Language


@click.command(
    "break-even",
    epilog=examples(
        "break-even mine.toml", "break-even mine.toml outcomes.off-assistance.quantity --holder municipality"
    ),
)
@model_options
@click.argument(
    "address", metavar="[ADDRESS]", required=False, help="The number to solve for, such as outcomes.into-work.quantity."
)
@click.option("--measure", help="The measure that must reach the target. [default: npv]")
@click.option("--holder", help="society, public, or a holder. [default: society]")
@click.option("--target", type=ExactNumber(), help="The value it must reach. [default: 0]")
@click.option("--low", type=ExactNumber(), help="The lowest value tried.")
@click.option("--high", type=ExactNumber(), help="The highest value tried.")
def break_even(
    model: Path,
    settings: Settings,
    language: Language,
    as_json: bool,
    address: str | None,
    **question: str | Decimal | None,
) -> None:
    """Solve MODEL for the number at ADDRESS; without ADDRESS, answer the questions of the document."""
    from socialimpact.cli.output import Page, write_json
    from socialimpact.wording import Words, answers
    from socialimpact.wording.answers import dagger_note, not_published

    given: dict[str, Any] = {name: value for name, value in question.items() if value is not None}
    if address is None and given:
        raise click.UsageError(f"--{next(iter(given))} goes with an ADDRESS")
    document = read_model(model, settings)
    found = document.answers() if address is None else (document.break_even(address, **given),)
    if not found:
        raise click.UsageError("the document asks no break-even question: give an ADDRESS")
    if as_json:
        write_json([answer.to_dict() for answer in found])
        return
    appraisal = document.appraise()
    words = Words(appraisal, language)
    page = Page()
    told = answers(appraisal, found, words)
    for answer in told:
        page.title(f"{answer.who}: {answer.figure}" if answer.figure else answer.who)
        page.paragraph(" ".join(answer.sentences))
        page.gap()
    for sentence in (*not_published(found, words), *dagger_note(told, words)):
        page.paragraph(sentence)
