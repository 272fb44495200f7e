"""A statement as a workbook: its lines, what they add up to, and the terms it rests on.

One rule: a formula stands only where it recomputes to the library's own amount, exactly; elsewhere stands the amount. A
user's text is never a formula, and what a statement of few people does not tell stands nowhere.
"""

import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from socialimpact.errors import ImpactError
from socialimpact.importers import json_text
from socialimpact.types import Language
from socialimpact.wording.settling import Settled
from socialimpact.wording.texts import LANGUAGES, shown
from socialimpact.writing import write_whole

if TYPE_CHECKING:
    from openpyxl.cell import Cell as Box
    from openpyxl.worksheet.worksheet import Worksheet

    from socialimpact._core import Contract, Statement
    from socialimpact.wording.grid import Grid

_KEYS = (
    *("name", "payment", "metric", "cohort", "group", "date", "year", "due"),
    *("count", "figure", "price", "factor", "by_schedule", "amount", "why"),
)
"""The columns of a line; those of the payers come after."""
_EXACT = Context(prec=100)
_HUNDREDTH = Decimal("0.01")
_LONGEST = 1_000
"""Characters of a text in a cell."""


@dataclass(frozen=True)
class Formula:
    """A formula of ours."""

    text: str


def statement_workbook(told: Settled, contract: "Contract") -> bytes:
    """Give a statement as a workbook (.xlsx) with live formulas.

    Parameters
    ----------
    told : Settled
        The statement in a language.
    contract : Contract
        What was settled.

    Returns
    -------
    bytes
        The file: a sheet of lines, one of totals that add the lines up, and one of what it rests on.

    Raises
    ------
    ImpactError
        openpyxl is not installed.
    """
    try:
        import openpyxl
    except ImportError:
        raise ImpactError("writing workbooks needs openpyxl: pip install 'socialimpact[excel]'") from None
    book = openpyxl.Workbook()
    book.calculation.fullCalcOnLoad = True
    book.properties.creator = "socialimpact"
    book.properties.title = shown(told.title, _LONGEST)
    lines = _Lines(told, contract)
    first = book.active
    assert first is not None  # noqa: S101 - a new workbook has a sheet
    lines.write(first)
    _totals(book.create_sheet(), told, lines)
    _foundations(book.create_sheet(), told)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def write_statement(
    statement: "Statement", path: str | os.PathLike[str], *, language: Language, every_line: bool
) -> None:
    """Write a statement as a workbook, whole or not at all.

    Raises
    ------
    OSError
        Where the file cannot be written.
    ImpactError
        openpyxl is not installed; the language is none.
    """
    if language not in LANGUAGES:
        raise ImpactError(f"`{language}` is no language: the workbook is written in `en` or `nb`")
    told = Settled(statement, language, every_line=every_line)
    write_whole(Path(path), statement_workbook(told, statement.contract))


class _Lines:
    """The sheet of lines, and where the others find its columns."""

    def __init__(self, told: Settled, contract: "Contract") -> None:
        self._told = told
        self.rows: list[dict[str, Any]] = told.content["lines"]
        self.payers: list[dict[str, Any]] = told.content["by_payer"]
        document = json_text.read(contract.to_json(), "terms")
        self._shared = document.get("assumptions", {})
        self._payments = {payment["id"]: payment for payment in document["contract"]["payments"]}
        self.title = told.texts("workbook.lines")
        self._payer_columns = {payer["of"]: len(_KEYS) + position for position, payer in enumerate(self.payers)}
        self.first, self.last = 2, max(len(self.rows) + 1, 2)

    def range(self, key: str) -> str:
        """Give the cells of a column, for a formula on another sheet."""
        return self._range(_KEYS.index(key))

    def payer_range(self, payer: str) -> str:
        """Give the cells of what a payer pays."""
        return self._range(self._payer_columns[payer])

    def _range(self, position: int) -> str:
        letter = _letter(position)
        return f"'{self.title}'!${letter}${self.first}:${letter}${self.last}"

    def metric(self, payment: str) -> str:
        """Give the id of the metric or estimate of a payment; of a fee a word that no id is."""
        return str(self._payments[payment].get("of") or self.fee)

    @property
    def fee(self) -> str:
        """The word for what is paid for no figure."""
        return f"({self._told.texts('workbook.fee')})"

    def write(self, sheet: "Worksheet") -> None:
        """Write the lines, each payer in a column of its own."""
        heads = [self._told.texts(f"workbook.{key}") for key in _KEYS]
        heads += [_label(payer["name"], self._told) for payer in self.payers]
        sheet.title = self.title
        _write(sheet, [heads, *(self._row(number, row) for number, row in enumerate(self.rows, self.first))])
        money = [_KEYS.index("by_schedule"), _KEYS.index("amount"), *self._payer_columns.values()]
        _as_money(sheet, money)
        _dress(sheet, widths=[30, *[14] * (len(_KEYS) - 2), 40, *[16] * len(self.payers)])

    def _row(self, number: int, row: dict[str, Any]) -> list[Any]:
        price, factor = self._price(row)
        column = {key: f"{_letter(position)}{number}" for position, key in enumerate(_KEYS)}
        by_schedule, amount = _decimal(row["by_schedule"]), Decimal(row["amount"])
        sign = "-" if row["reversal"] else ""
        scheduled: Any = by_schedule
        if price is not None:
            scheduled = Formula(f"={sign}{column['figure']}*{column['price']}*{column['factor']}")
        paid: Any = amount
        if _is_rounded(row, by_schedule, amount):
            paid = Formula(f"=ROUND({column['by_schedule']},2)")
        shares: dict[str, Decimal] = {}
        for share in row["shares"]:
            shares[share["payer"]] = shares.get(share["payer"], Decimal(0)) + Decimal(share["amount"])
        return [
            _label(row["name"], self._told),
            row["payment"],
            self.metric(row["payment"]),
            row["cohort"],
            row["group"],
            _day(row["date"]),
            row["year"],
            _day(row["due"]),
            _decimal(row["count"]),
            _decimal(row["figure"]),
            price,
            factor,
            scheduled,
            paid,
            self._told.why(row),
            *(shares.get(payer["of"], Decimal(0)) for payer in self.payers),
        ]

    def _price(self, row: dict[str, Any]) -> tuple[Decimal | None, Decimal | None]:
        """Give price and factor of a line that is so many times a price; None where it is something else."""
        payment = self._payments[row["payment"]]
        price = self._number(payment.get("schedule", {}).get("per_unit"))
        factors = payment.get("uplift", {})
        factor = self._number(factors[row["group"]]) if row["group"] in factors else Decimal(1)
        figure, by_schedule = _decimal(row["figure"]), _decimal(row["by_schedule"])
        if price is None or factor is None or figure is None or by_schedule is None or row["together"]:
            return None, None
        product = _EXACT.multiply(_EXACT.multiply(figure, price), factor)
        return (price, factor) if product == (-by_schedule if row["reversal"] else by_schedule) else (None, None)

    def _number(self, written: Any) -> Decimal | None:
        """Give a number of the terms, bare, with its source or shared; None where it is a distribution."""
        if isinstance(written, dict) and "use" in written:
            written = self._shared.get(written["use"])
        if isinstance(written, dict):
            written = written.get("value")
        return written if isinstance(written, Decimal) else None


def _is_rounded(row: dict[str, Any], by_schedule: Decimal | None, amount: Decimal) -> bool:
    """Say whether an amount is what the schedule gives, rounded as spreadsheets round."""
    if by_schedule is None or row["bound_by"] or row["withheld"] or row["together"]:
        return False
    return by_schedule.quantize(_HUNDREDTH, ROUND_HALF_UP, _EXACT) == amount


def _totals(sheet: "Worksheet", told: Settled, lines: _Lines) -> None:
    """Write what the lines add up to: in all, by payer, payment, metric and year."""
    sheet.title = told.texts("workbook.totals")
    currency = told.content["currency"]
    rows: list[list[Any]] = [[told.texts("settlement.total"), "", Formula(f"=SUM({lines.range('amount')})")]]
    by_payer = [
        [_label(payer["name"], told), payer["of"], Formula(f"=SUM({lines.payer_range(payer['of'])})")]
        for payer in lines.payers
    ]
    rows += [[], [told.texts("settlement.by_payer", currency=currency)], *by_payer]
    for of, key in (("payment", "payment"), ("metric", "metric"), ("year", "year")):
        rows += [[], [told.texts(f"settlement.by_{of}", currency=currency)]]
        for total in told.content[f"by_{of}"]:
            named = int(total["of"]) if of == "year" else total["of"] or lines.fee
            sought = f"B{len(rows) + 1}"
            formula = f"=SUMIF({lines.range(key)},{sought},{lines.range('amount')})"
            rows.append([_label(total["name"], told), named, Formula(formula)])
    payers = "+".join(f"C{position}" for position in range(4, 4 + len(by_payer))) or "0"
    rows += [[], [told.texts("workbook.check"), "", Formula(f"=ROUND(C1-({payers}),2)")]]
    _write(sheet, rows)
    _as_money(sheet, [2])
    _dress(sheet, widths=[50, 24, 18], heads={number for number, row in enumerate(rows, 1) if len(row) == 1} | {1})


def _foundations(sheet: "Worksheet", told: Settled) -> None:
    """Write what the statement is of, and what it rests on."""
    sheet.title = told.texts("workbook.foundations")
    rows: list[list[Any]] = [[told.title], *([sentence] for sentence in told.lead), [told.terms]]
    heads = {1}
    for grid in (told.unused(), told.unpaid(), told.indicators(), told.defaults()):
        if grid.rows:
            heads |= {len(rows) + 2, len(rows) + 3}
            rows += [[], *_grid(grid)]
    _write(sheet, rows)
    _dress(sheet, widths=[60, 40, 60], heads=heads)


def _grid(grid: "Grid") -> Iterator[list[Any]]:
    yield [grid.caption]
    yield [column.title for column in grid.columns]
    for row in grid.rows:
        yield [cell.text if cell.exact is None else Decimal(cell.exact) for cell in row]


def _write(sheet: "Worksheet", rows: Sequence[Sequence[Any]]) -> None:
    for number, row in enumerate(rows, 1):
        for position, value in enumerate(row, 1):
            _fill(cast("Box", sheet.cell(number, position)), value)


def _fill(box: "Box", value: Any) -> None:
    """Put a value into a cell: a text as a text, whatever it begins with."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        box.value = shown(value, _LONGEST)
        box.data_type = "s"
        box.quotePrefix = value[:1] in "=+-@"
        return
    box.value = value.text if isinstance(value, Formula) else value
    if isinstance(value, date):
        box.number_format = "yyyy-mm-dd"
    elif isinstance(value, Decimal):
        whole = value == value.to_integral_value(context=_EXACT)
        box.number_format = "#,##0" if whole else "General"


def _as_money(sheet: "Worksheet", columns: Sequence[int]) -> None:
    """Show a column's amounts with hundredths."""
    for position in columns:
        for box in sheet[_letter(position)]:
            if box.data_type != "s":
                box.number_format = "#,##0.00"


def _dress(sheet: "Worksheet", widths: Sequence[int], heads: set[int] | None = None) -> None:
    """Make heads bold, columns wide enough, and the sheet fit the width of a page."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.properties import PageSetupProperties

    for number in heads or {1}:
        for box in sheet[number]:
            box.font = Font(bold=True)
            box.alignment = Alignment(wrap_text=heads is None, vertical="top")
    for position, width in enumerate(widths):
        sheet.column_dimensions[_letter(position)].width = width
    if heads is None:
        sheet.freeze_panes = "B2"
        sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _letter(position: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(position + 1)


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _day(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def _label(label: dict[str, Any], told: Settled) -> str:
    return str(label.get(told.language) or label["en"])
