"""``socialimpact report``: the appraisal as one page for the case file, and as a workbook."""

from pathlib import Path

import click

from socialimpact.cli.files import excel_option, html_option
from socialimpact.cli.options import Settings, model_options, plan_option, read_model
from socialimpact.types import Language


@click.command()
@model_options
@plan_option
@html_option
@excel_option
def report(
    model: Path,
    settings: Settings,
    language: Language,
    as_json: bool,
    target: Path | None,
    workbook: Path | None,
    plan_from: int | None,
) -> None:
    """Write the appraisal of MODEL as one HTML file, as a workbook with live formulas, or both."""
    from socialimpact.cli.output import write_json
    from socialimpact.report import page, write_whole
    from socialimpact.wording import Texts, shown

    if target is None and workbook is None:
        raise click.UsageError("name a file to write: --html FILE, --excel FILE, or both")
    appraisal = read_model(model, settings).appraise()
    written: list[Path] = []
    if target is not None:
        write_whole(target, page(appraisal, language=language, plan_from=plan_from).encode())
        written.append(target)
    if workbook is not None:
        appraisal.to_excel(workbook, lang=language)
        written.append(workbook)
    if as_json:
        files = [{"written": str(path), "bytes": path.stat().st_size} for path in written]
        write_json({"files": files, "hash": appraisal.model.hash})
        return
    for path in written:
        click.echo(Texts(language)("report.written", path=shown(str(path))))
