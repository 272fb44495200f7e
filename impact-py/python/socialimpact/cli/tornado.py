"""``socialimpact tornado``: how far each number by itself moves a measure."""

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from socialimpact import Figure
from socialimpact.cli.helping import examples
from socialimpact.cli.options import Settings, model_options, read_model
from socialimpact.types import Language, Measure

if TYPE_CHECKING:
    from socialimpact.wording import Words


class Range(click.ParamType[tuple[str, tuple[Decimal, Decimal]]]):
    """``address=low..high``: a number and the two values it moves between."""

    name = "address=low..high"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, tuple[Decimal, Decimal]]:
        """Take the address and the two values apart."""
        if isinstance(value, tuple):
            return value
        address, _, written = value.partition("=")
        low, sign, high = written.partition("..")
        try:
            ends = Decimal(low.strip()), Decimal(high.strip())
        except InvalidOperation:
            ends = Decimal("nan"), Decimal("nan")
        if not sign or not address.strip() or not all(end.is_finite() for end in ends):
            self.fail(f"`{value}` is not address=low..high, such as horizon=5..15", param, ctx)
        return address.strip(), ends


@click.command(epilog=examples("tornado mine.toml --holder municipality --range horizon=5..9"))
@model_options
@click.option("--measure", default="npv", show_default=True, help="The measure that is moved; not a ratio.")
@click.option("--holder", default="society", show_default=True, help="society, public, or a holder.")
@click.option("--outcome", help="Of which outcome, for a measure of one.")
@click.option(
    "--address", "addresses", multiple=True, help="A number to move; repeatable. [default: every uncertain one]"
)
@click.option("--range", "ranges", type=Range(), multiple=True, help="Move a number between two values; repeatable.")
def tornado(
    model: Path,
    settings: Settings,
    language: Language,
    as_json: bool,
    measure: Measure,
    holder: str,
    outcome: str | None,
    addresses: tuple[str, ...],
    ranges: tuple[tuple[str, tuple[Decimal, Decimal]], ...],
) -> None:
    """Show how far each number of MODEL by itself moves a measure, all others as they are."""
    from socialimpact.cli.output import Page, write_json
    from socialimpact.wording import Words
    from socialimpact.wording.varying import tornado_grid

    document = read_model(model, settings)
    found = document.tornado(
        measure, holder=holder, outcome=outcome, addresses=addresses or None, ranges=dict(ranges) or None
    )
    if as_json:
        write_json(found.to_dict())
        return
    words, page = Words(document.appraise(), language), Page()
    page.title(words.name)
    for sentence in (_base(found.base, words), *([] if len(found.table) else [words.texts("tornado.nothing")])):
        page.paragraph(sentence)
    if len(found.table):
        page.grid(tornado_grid(found, words))


def _base(figure: Figure, words: "Words") -> str:
    return words.texts(
        "tornado.base",
        measure=words.texts(f"measure_in.{figure.measure}"),
        who=words.holder_in(figure.holder),
        value=_value(figure, words),
    )


def _value(figure: Figure, words: "Words") -> str:
    if figure.value is None or not str(figure.unit).startswith(words.model.currency):
        return figure.shown.in_language(words.language)
    return words.numbers.amount(figure.value) + "†" * figure.illustrative
