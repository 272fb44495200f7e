"""``socialimpact check``: whether the document is in order, and what deserves a second look."""

from pathlib import Path
from typing import Any

import click

from socialimpact import Contract, Model
from socialimpact.cli.ending import FINDINGS
from socialimpact.cli.files import Source
from socialimpact.cli.helping import MODEL, examples
from socialimpact.cli.options import Settings, options, read_model_or_contract
from socialimpact.types import Language
from socialimpact.wording.texts import LONGEST_NAME, shown


class Check(click.ParamType[dict[str, Any]]):
    """The id of a check, read as its row."""

    name = "rule"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dict[str, Any]:
        """Find the check."""
        if isinstance(value, dict):
            return value
        from socialimpact import checks

        rows = {row["rule"]: row for row in checks().to_pylist()}
        if value not in rows:
            self.fail(f"no check has the id `{value}`: the checks are {', '.join(rows)}", param, ctx)
        return rows[value]


@click.command(epilog=examples("check mine.toml --strict", "check contract.toml", "check --explain illustrative"))
@click.argument("model", metavar="MODEL", required=False, type=Source(), help=MODEL)
@options
@click.option("--strict", is_flag=True, help="End with exit code 1 where a warning stands that is not silenced.")
@click.option("--all", "everything", is_flag=True, help="Also list what the document silences, with the reasons.")
@click.option(
    "--explain", "explained", type=Check(), help="Say what a check looks for and who says so; needs no MODEL."
)
@click.pass_context
def check(
    ctx: click.Context,
    model: Path | None,
    settings: Settings,
    language: Language,
    as_json: bool,
    strict: bool,
    everything: bool,
    explained: dict[str, Any] | None,
) -> None:
    """Read MODEL, or a contract by itself, and list what a reader should know.

    Of a contract by itself, what its terms and its truth can tell without observations and without a model.
    """
    if explained is not None:
        _explain(explained, language, as_json)
        return
    if model is None:
        raise click.UsageError("Missing argument 'MODEL'.", ctx)
    if _check(model, settings, language, as_json, everything) and strict:
        ctx.exit(FINDINGS)


def _check(path: Path, settings: Settings, language: Language, as_json: bool, everything: bool) -> int:
    """Write what the checks find; give how many warnings stand."""
    from socialimpact.cli.output import Page, write_json
    from socialimpact.wording.found import findings_grid
    from socialimpact.wording.numbers import Numbers
    from socialimpact.wording.texts import Texts

    document = read_model_or_contract(path, settings)
    is_contract = isinstance(document, Contract)
    found = (document if isinstance(document, Contract) else document.appraise()).findings().to_pylist()
    standing = [row["severity"] for row in found if row["silenced"] is None]
    warnings, silenced = standing.count("warning"), len(found) - len(standing)
    if as_json:
        counts = {"warnings": warnings, "notes": len(standing) - warnings, "silenced": silenced}
        checked = {"contract" if is_contract else "model": document.name, "hash": document.hash}
        write_json({"checked": _checked(document), **checked, **counts, "findings": found})
        return warnings
    texts, page = Texts(language), Page()
    page.paragraph(
        texts(f"check.fine_{_checked(document)}", name=shown(document.name.in_language(language), LONGEST_NAME))
    )
    page.paragraph(texts("findings.count", warnings=warnings, notes=len(standing) - warnings))
    if silenced and not everything:
        page.paragraph(texts("findings.silenced_count", silenced=silenced))
    rows = findings_grid(found, texts, Numbers(language, document.currency, 0)).rows
    for row in rows if everything else rows[: len(standing)]:
        weight, address, message, rule = (cell.text for cell in row)
        page.item(f"{weight}: {address}: {message} [{rule}]")
    return warnings


def _checked(document: Model | Contract) -> str:
    """Say what was checked: a model alone, one with its contract, or a contract by itself."""
    if isinstance(document, Contract):
        return "contract"
    return "model_and_contract" if document.contract else "model"


def _explain(row: dict[str, Any], language: Language, as_json: bool) -> None:
    """Write what a check looks for, why, and where it comes from."""
    from socialimpact.cli.output import Page, write_json
    from socialimpact.wording.texts import Texts

    if as_json:
        write_json(row)
        return
    texts, page = Texts(language), Page()
    page.title(f"{row['rule']} ({texts('findings.' + row['severity'])})")
    page.paragraph(texts("check.looks_for", text=row[f"looks_for_{language}"]))
    page.paragraph(texts("check.why", text=row[f"why_{language}"]))
    page.paragraph(texts("check.source", text=row["source"]))
    if row["found_in"] != "document":
        page.paragraph(texts(f"check.in_{row['found_in']}"))
    page.paragraph(texts("check.can_be_silenced" if row["can_be_silenced"] else "check.always_said"))
    page.gap()
    page.paragraph(texts("check.example"))
    for line in row["example"].splitlines():
        click.echo(line)
    page.gap()
    page.paragraph(texts("check.page", page=row["page"]))
