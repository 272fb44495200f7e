"""A statement as a workbook: its lines, what they add up to, and the terms it rests on.

One rule: a formula stands only where it recomputes to the library's own amount, exactly; elsewhere stands the amount. A
user's text is never a formula, and what a statement of few people does not tell stands nowhere.
"""

import os
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from socialimpact.importers import json_text
from socialimpact.paths import check_target
from socialimpact.report.sheets import (
    EXACT,
    Formula,
    as_money,
    check_language,
    content_of,
    dress,
    first_sheet,
    letter,
    new_book,
    write,
)
from socialimpact.types import Language
from socialimpact.wording.settling import Settled
from socialimpact.writing import write_whole

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from socialimpact._core import Contract, Statement
    from socialimpact.wording.grid import Cell, Grid

_KEYS = (
    *("name", "payment", "metric", "cohort", "group", "date", "year", "due"),
    *("count", "figure", "price", "factor", "by_schedule", "amount", "why"),
)
"""The columns of a line; those of the payers come after."""
_HUNDREDTH = Decimal("0.01")


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
    book = new_book(told.title)
    lines = _Lines(told, contract)
    lines.write(first_sheet(book))
    _totals(book.create_sheet(), told, lines)
    _foundations(book.create_sheet(), told)
    return content_of(book)


def write_statement(
    statement: "Statement", path: str | os.PathLike[str], *, language: Language, every_line: bool
) -> None:
    """Write a statement as a workbook, whole or not at all.

    Raises
    ------
    OSError
        Where the file cannot be written.
    ImpactError
        The path is no .xlsx file; openpyxl is not installed; the language is none.
    """
    check_language(language)
    check_target(target := Path(path), ".xlsx")
    told = Settled(statement, language, every_line=every_line)
    write_whole(target, statement_workbook(told, statement.contract))


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
        column = letter(position)
        return f"'{self.title}'!${column}${self.first}:${column}${self.last}"

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
        write(sheet, [heads, *(self._row(number, row) for number, row in enumerate(self.rows, self.first))])
        money = [_KEYS.index("by_schedule"), _KEYS.index("amount"), *self._payer_columns.values()]
        as_money(sheet, money)
        dress(sheet, widths=[30, *[14] * (len(_KEYS) - 2), 40, *[16] * len(self.payers)])

    def _row(self, number: int, row: dict[str, Any]) -> list[Any]:
        price, factor = self._price(row)
        column = {key: f"{letter(position)}{number}" for position, key in enumerate(_KEYS)}
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
            self._told.payment(row["payment"], row),
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
        product = EXACT.multiply(EXACT.multiply(figure, price), factor)
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
    return by_schedule.quantize(_HUNDREDTH, ROUND_HALF_UP, EXACT) == amount


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
            rows.append([told.total_name(of, total), named, Formula(formula)])
    payers = "+".join(f"C{position}" for position in range(4, 4 + len(by_payer))) or "0"
    rows += [[], [told.texts("workbook.check"), "", Formula(f"=ROUND(C1-({payers}),2)")]]
    write(sheet, rows)
    as_money(sheet, [2])
    dress(sheet, widths=[50, 24, 18], heads={number for number, row in enumerate(rows, 1) if len(row) == 1} | {1})


def _foundations(sheet: "Worksheet", told: Settled) -> None:
    """Write what the statement is of, and what it rests on."""
    sheet.title = told.texts("workbook.foundations")
    rows: list[list[Any]] = [[told.title], *([sentence] for sentence in told.lead), [told.terms]]
    heads = {1}
    grids = (told.payments(), told.assumptions(), told.settings(), told.unused())
    for grid in (*grids, told.unpaid(), told.indicators(), told.defaults()):
        if grid.rows:
            heads |= {len(rows) + 2, len(rows) + 3}
            rows += [[], *_grid(grid)]
    write(sheet, rows)
    dress(sheet, widths=[60, 40, 60], heads=heads)


def _grid(grid: "Grid") -> Iterator[list[Any]]:
    yield [grid.caption]
    yield [column.title for column in grid.columns]
    for row in grid.rows:
        yield [_cell(cell) for cell in row]


def _cell(cell: "Cell") -> str | Decimal:
    """Give a cell as a sheet holds it; marks stand as words beside its text."""
    return Decimal(cell.exact) if cell.exact is not None else "; ".join(filter(None, [cell.text, *cell.marks]))


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _day(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def _label(label: dict[str, Any], told: Settled) -> str:
    return str(label.get(told.language) or label["en"])
