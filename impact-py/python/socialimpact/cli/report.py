"""``socialimpact report``: the appraisal as one page for the case file."""

from pathlib import Path

import click

from socialimpact.cli.files import HTML, Target
from socialimpact.cli.options import Settings, model_options, plan_option, read_model
from socialimpact.types import Language


@click.command()
@model_options
@plan_option
@click.option("--html", "target", required=True, type=Target(*HTML), metavar="FILE", help="The file to write.")
def report(
    model: Path, settings: Settings, language: Language, as_json: bool, target: Path, plan_from: int | None
) -> None:
    """Write the appraisal of MODEL as one HTML file."""
    from socialimpact.cli.output import write_json
    from socialimpact.report import page, write_whole
    from socialimpact.wording import Texts, shown

    appraisal = read_model(model, settings).appraise()
    content = page(appraisal, language=language, plan_from=plan_from).encode()
    write_whole(target, content)
    if as_json:
        write_json({"written": str(target), "bytes": len(content), "hash": appraisal.model.hash})
    else:
        click.echo(Texts(language)("report.written", path=shown(str(target))))
