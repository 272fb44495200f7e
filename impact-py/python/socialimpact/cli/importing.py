"""``socialimpact catalogue import``: unit costs of a file that somebody else wrote, as a catalogue of one's own."""

from pathlib import Path

import click

from socialimpact import Catalogue
from socialimpact.cli.ending import within
from socialimpact.cli.files import Source, Target
from socialimpact.cli.helping import examples
from socialimpact.cli.options import reading_options
from socialimpact.types import Language


@click.group(name="import")
def importing() -> None:
    """Make a catalogue of your own of a file: models name its unit costs beside the known ones.

    Give the catalogue to a command with --catalogue. Nothing is written where anything is wrong with FILE.
    """


_OUT = click.option(
    "-o", "--out", required=True, metavar="CATALOGUE", type=Target(".toml"), help="Write the catalogue here, as TOML."
)


@importing.command(epilog=examples("catalogue import gmca unit-costs.xlsx -o gmca.toml"))
@click.argument("file", metavar="FILE", type=Source(), help="The workbook (.xlsx).")
@_OUT
@click.option(
    "--prices",
    type=click.Choice(["original", "updated"]),
    default="original",
    show_default=True,
    help="At the price years of the sources, or as the workbook uprates them.",
)
@reading_options
def gmca(file: Path, out: Path, prices: str, language: Language, as_json: bool) -> None:
    """Import FILE, a workbook of the GMCA Unit Cost Database v1.4 (CC BY 4.0)."""
    with within(file):
        made = Catalogue.from_gmca(file, prices="updated" if prices == "updated" else "original")
    _write(made, out, language, as_json)


@importing.command(epilog=examples("catalogue import csv own.csv -o own.toml --decimal comma"), name="csv")
@click.argument("file", metavar="FILE", type=Source(), help="The table (.csv).")
@_OUT
@click.option(
    "--decimal",
    type=click.Choice(["point", "comma"]),
    default="point",
    show_default=True,
    help="The sign before the decimals of its numbers.",
)
@click.option(
    "--delimiter", type=click.Choice([",", ";", "tab"]), help="Between cells; by default the first row decides."
)
@click.option("--edition", help="By default the name of FILE.")
@click.option("--title", help="By default the name of FILE.")
@reading_options
def csv_table(
    file: Path,
    out: Path,
    decimal: str,
    delimiter: str | None,
    edition: str | None,
    title: str | None,
    language: Language,
    as_json: bool,
) -> None:
    """Import FILE, a table of your own in UTF-8 with columns named in English or Norwegian."""
    sign = "\t" if delimiter == "tab" else delimiter
    with within(file):
        made = Catalogue.from_csv(
            file,
            decimal="," if decimal == "comma" else ".",
            delimiter="tab" if sign == "\t" else ";" if sign == ";" else "," if sign == "," else None,
            edition=edition,
            title=title,
        )
    _write(made, out, language, as_json)


def _write(made: Catalogue, out: Path, language: Language, as_json: bool) -> None:
    """Write a catalogue whole or not at all, and say what it holds."""
    from socialimpact.cli.output import Page, write_json
    from socialimpact.wording.texts import Texts, shown
    from socialimpact.writing import write_whole

    write_whole(out, made.to_toml().encode())
    rows = made.table.to_pylist()
    counts = {
        "entries": len(rows),
        "unsaid_payers": sum(row["payers"] == "" or "," in row["payers"] or "other" in row["payers"] for row in rows),
    }
    if as_json:
        write_json({"catalogue": str(out), "edition": made.edition, "hash": made.hash, **counts})
        return
    texts, page = Texts(language), Page()
    page.paragraph(
        texts("catalogue.imported", out=shown(str(out)), title=shown(str(made.title)), entries=counts["entries"])
    )
    if counts["unsaid_payers"]:
        page.paragraph(texts("catalogue.imported_payers", entries=counts["unsaid_payers"]))
    if made.licence:
        page.paragraph(texts("catalogue.imported_licence", licence=shown(made.licence)))
