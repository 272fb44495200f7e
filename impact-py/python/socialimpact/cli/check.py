"""``socialimpact check``: whether the document is in order, and what deserves a second look."""

import click

from socialimpact.cli.ending import FINDINGS
from socialimpact.cli.options import Settings, model_options, read_model
from socialimpact.types import Language


@click.command()
@model_options
@click.option("--strict", is_flag=True, help="End with exit code 1 where a finding is a warning.")
@click.pass_context
def check(ctx: click.Context, model: str, settings: Settings, language: Language, as_json: bool, strict: bool) -> None:
    """Read MODEL and list what a reader should know."""
    from socialimpact.cli.output import Page, write_json
    from socialimpact.wording import Words
    from socialimpact.wording.tables import Tables

    document = read_model(model, settings)
    appraisal = document.appraise()
    found = appraisal.findings().to_pylist()
    warnings = sum(row["severity"] == "warning" for row in found)
    if as_json:
        write_json({"model": document.name, "hash": document.hash, "warnings": warnings, "findings": found})
    else:
        words = Words(appraisal, language)
        page = Page()
        page.paragraph(words.texts("check.fine", name=words.name))
        page.paragraph(words.texts("findings.count", warnings=warnings, notes=len(found) - warnings))
        for row in Tables(appraisal, words).findings().rows:
            weight, address, message, rule = (cell.text for cell in row)
            page.item(f"{weight}: {address}: {message} [{rule}]")
    if strict and warnings:
        ctx.exit(FINDINGS)
