"""``socialimpact report``: the appraisal as one page or a PDF file for the case file, and as a workbook."""

from pathlib import Path

import click

from socialimpact.cli.files import excel_option, html_option, pdf_option, write_document
from socialimpact.cli.helping import examples
from socialimpact.cli.options import Settings, model_options, plan_option, read_model
from socialimpact.types import Language


@click.command(epilog=examples("report mine.toml --html mine.html --pdf mine.pdf --excel mine.xlsx --lang nb"))
@model_options
@plan_option
@html_option
@pdf_option
@excel_option
def report(
    model: Path,
    settings: Settings,
    language: Language,
    as_json: bool,
    target: Path | None,
    paper: Path | None,
    workbook: Path | None,
    plan_from: int | None,
) -> None:
    """Write the appraisal of MODEL as an HTML file, a PDF file, a workbook with live formulas, or several of them."""
    from socialimpact.cli.output import write_json
    from socialimpact.report.appraisal import appraisal_document
    from socialimpact.wording import Texts, shown

    if target is None and paper is None and workbook is None:
        raise click.UsageError("name a file to write: --html FILE, --pdf FILE, --excel FILE, or several of them")
    appraisal = read_model(model, settings).appraise()
    written: list[Path] = []
    if target is not None or paper is not None:
        written += write_document(appraisal_document(appraisal, language, plan_from=plan_from), target, paper)
    if workbook is not None:
        appraisal.to_excel(workbook, lang=language)
        written.append(workbook)
    if as_json:
        files = [{"written": str(path), "bytes": path.stat().st_size} for path in written]
        write_json({"files": files, "hash": appraisal.model.hash})
        return
    for path in written:
        click.echo(Texts(language)("report.written", path=shown(str(path))))
