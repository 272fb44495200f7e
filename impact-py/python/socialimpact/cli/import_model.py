"""``socialimpact import``: a model out of a file that somebody else drew up."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from socialimpact.cli.ending import told_in, within
from socialimpact.cli.files import Source, Target
from socialimpact.cli.helping import examples
from socialimpact.cli.numbers import ExactNumber, WholeNumber
from socialimpact.cli.options import reading_options
from socialimpact.types import Language

if TYPE_CHECKING:
    from socialimpact.importers.own_map import OwnValueMap


@click.group(name="import")
def import_model() -> None:
    """Make a model of a file that is no model document: it is read, and what it does not say is asked for."""


class _Stakeholder(click.ParamType[tuple[str, str]]):
    """``name=kind``: a stakeholder as the sheet calls it, and who that is."""

    name = "name=kind"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Take the name and the kind apart."""
        if isinstance(value, tuple):
            return value
        name, sign, kind = value.rpartition("=")
        if not sign or not name.strip() or not kind.strip():
            self.fail(f"`{value}` is not name=kind, such as `Participants=people`", param, ctx)
        return " ".join(name.split()), kind.strip()


@import_model.command(
    name="value-map",
    epilog=examples(
        "import value-map their.xlsx -o model.toml --country GB --currency GBP --start 2020 "
        "--holder Participants=people --holder Funder=public:state"
    ),
)
@click.argument("file", metavar="FILE", type=Source(), help="The workbook (.xlsx).")
@click.option(
    "-o", "--out", required=True, metavar="MODEL", type=Target(".toml"), help="Write the model here, as TOML."
)
@click.option("--country", required=True, help="Where it is of, such as NO.")
@click.option("--currency", required=True, help="What its amounts are in, such as NOK.")
@click.option("--start", required=True, type=WholeNumber(), metavar="YEAR", help="The year of the activity.")
@click.option(
    "--holder",
    "holders",
    type=_Stakeholder(),
    multiple=True,
    help="Who a stakeholder is: people, public:LEVEL, enterprise, investor or unassigned; repeatable.",
)
@click.option("--sheet", help="Which sheet; needed where several have the heads of a value map.")
@click.option("--price-year", type=WholeNumber(), metavar="YEAR", help="By default the year of the activity.")
@click.option("--rate", type=ExactNumber(), help="The discount rate as a share; by default the one of the sheet.")
@click.option(
    "--timing",
    type=click.Choice(["start", "middle", "end"]),
    default="start",
    show_default=True,
    help="When in a year amounts fall.",
)
@click.option(
    "--attribution",
    type=click.Choice(["others", "own"]),
    default="others",
    show_default=True,
    help="Whose share attribution is.",
)
@click.option("--unit", default="unit", show_default=True, help="What quantities count.")
@click.option("--name", help="What the model is called; by default the name of FILE.")
@reading_options
def value_map(
    file: Path,
    out: Path,
    country: str,
    currency: str,
    start: int,
    holders: tuple[tuple[str, str], ...],
    sheet: str | None,
    price_year: int | None,
    rate: Decimal | None,
    timing: Literal["start", "middle", "end"],
    attribution: Literal["others", "own"],
    unit: str,
    name: str | None,
    language: Language,
    as_json: bool,
) -> None:
    """Read FILE, a value map (.xlsx) with the usual columns, and write it as a model.

    Tells what was taken for granted, what was left, and where and why the sheet's own figures are others.
    """
    from socialimpact.importers.own_map import read_value_map
    from socialimpact.writing import write_whole

    _refuse_repeated(holders)
    with told_in(language), within(file):
        read = read_value_map(
            file,
            country=country,
            currency=currency,
            start=start,
            holders=dict(holders),
            sheet=sheet,
            unit=unit,
            name=name,
            price_year=price_year,
            rate=rate,
            timing=timing,
            attribution=attribution,
        )
    write_whole(out, read.model.to_toml().encode())
    _tell(read, out, language, as_json=as_json)


def _refuse_repeated(holders: tuple[tuple[str, str], ...]) -> None:
    """Refuse a stakeholder who is said to be something twice: neither is the one that is meant."""
    names = [name for name, _ in holders]
    repeated = {name for name in names if names.count(name) > 1}
    if repeated:
        raise click.UsageError(f"--holder says twice who `{min(repeated)}` is: say it once")


def _tell(read: "OwnValueMap", out: Path, language: Language, *, as_json: bool) -> None:
    from socialimpact.cli.output import Page, write_json
    from socialimpact.wording.texts import Texts, shown

    if as_json:
        write_json({"model": str(out), "hash": read.model.hash, **read.to_dict()})
        return
    page = Page()
    for line in read.text(language).splitlines():
        if line.startswith("  "):
            page.item(line.strip())
        elif line:
            page.paragraph(line)
    page.paragraph(Texts(language)("report.written", path=shown(str(out))))
