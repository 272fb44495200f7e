"""``socialimpact explain``: one figure taken apart, down to the sources of its numbers."""

from pathlib import Path

import click

from socialimpact.cli.helping import examples
from socialimpact.cli.options import Settings, model_options, read_model
from socialimpact.types import Language


@click.command(
    epilog=examples("explain mine.toml npv --holder municipality", "explain mine.toml outcomes.off-assistance.quantity")
)
@model_options
@click.argument(
    "what", metavar="ADDRESS|MEASURE", help="A measure such as npv, or the address of a cost, an outcome or a number."
)
@click.option("--holder", default="society", show_default=True, help="society, public, or a holder; for a measure.")
def explain(model: Path, settings: Settings, language: Language, as_json: bool, what: str, holder: str) -> None:
    """Take a figure of MODEL apart: a measure such as npv, or what stands at an address."""
    from socialimpact.cli.output import Page, write_json
    from socialimpact.wording import Words
    from socialimpact.wording.explaining import Explainer, leaves

    appraisal = read_model(model, settings).appraise()
    explanation = appraisal.explain(what, holder=holder)
    if as_json:
        write_json(explanation.to_dict())
        return
    words = Words(appraisal, language)
    explainer = Explainer(appraisal)
    is_measure = words.texts.has(f"measure.{what}")
    tree = explainer.measure(what, holder) if is_measure else explanation.to_dict()
    if is_measure:
        title = words.texts("explanation.of", measure=words.texts(f"measure.{what}"), who=words.holder(holder))
        tree = {**tree, "title": {"en": title, "nb": title}}
    page = Page()
    for leaf in leaves(tree, words):
        page.item(leaf.line, leaf.depth)
        for note in leaf.notes:
            page.item(note, leaf.depth + 1)
