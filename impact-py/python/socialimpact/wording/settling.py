"""A statement in words and tables, as the terminal and the page show it.

One rule: every figure is the library's; here is only decided which row shows it.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from socialimpact._core import Statement
from socialimpact.types import Language
from socialimpact.wording.assuming import contract_assumptions, contract_defaults
from socialimpact.wording.contract_names import ContractNames
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.numbers import Numbers
from socialimpact.wording.texts import LONGEST_NAME, Texts, sentence_case, shown

_HUNDREDTHS = 2
_LEFT_OUT_EMPTY = frozenset({"count", "figure", "by_schedule", "why"})
"""Columns of lines that are shown only where a line has something in them."""

_SCHEMES = {"iris+": "IRIS+", "cids": "Common Impact Data Standard", "indigo": "INDIGO"}


class Settled:
    """What a report needs to tell a statement."""

    def __init__(self, statement: Statement, language: Language, *, every_line: bool = False) -> None:
        self.language: Language = language
        self.texts = Texts(language)
        self.content: dict[str, Any] = statement.to_dict(every_line=every_line)
        self.numbers = Numbers(language, self.content["currency"], _HUNDREDTHS)
        self._names = ContractNames(statement.contract, language)

    @property
    def title(self) -> str:
        """The name of the contract."""
        return self._label(self.content["name"])

    @property
    def lead(self) -> list[str]:
        """What the contract is, what it pays in all, and what to beware of."""
        total = Decimal(self.content["total"])
        owed = total < 0 and not self.content["changes"]
        key = "changed" if self.content["changes"] else "owed" if owed else "paid"
        amount = self.numbers.amount(abs(total) if owed else total)
        told = [
            self.texts(f"settlement.{key}", amount=amount, payee=self._label(self.content["payee_name"], LONGEST_NAME))
        ]
        for text in (self.content["description"], self.content["note"]):
            told += [self._label(text)] if text else []
        told += [self.texts(f"settlement.{mark}") for mark in ("illustrative", "unverified") if self.content[mark]]
        if any(line["together"] for line in self.content["lines"]):
            told.append(self.texts("settlement.few"))
        return told

    def lines(self) -> Grid:
        """Show every line: what for, when, of how many, how much, and why not more."""
        keys = ["payment", "amount", "observed", "due", "count", "figure", "by_schedule", "why"]
        numbers = {"amount", "count", "figure", "by_schedule"}
        rows = [self._line(line) for line in self.content["lines"]]
        heads = [Column(self.texts(f"settlement.{key}"), key in numbers) for key in keys]
        grid = Grid(self.texts("settlement.lines", currency=self.numbers.currency), heads, rows)
        return grid.without_empty(*(at for at, key in enumerate(keys) if key in _LEFT_OUT_EMPTY))

    def _line(self, line: dict[str, Any]) -> list[Cell]:
        parts = [self.payment(line["payment"], line), self._cohort(line), line["group"]]
        return [
            Cell(" · ".join(shown(part, LONGEST_NAME) for part in parts if part)),
            self._money(line["amount"]),
            Cell(self._day(line["date"]) or str(line["year"])),
            Cell(self._day(line["due"])),
            self._number(line["count"]),
            self._figure(line),
            Cell("") if line["by_schedule"] is None else self._money(line["by_schedule"]),
            Cell(self.why(line)),
        ]

    def _cohort(self, row: dict[str, Any]) -> str:
        return self._label(row["cohort_name"]) if row["cohort_name"] else str(row["cohort"])

    def payment(self, payment: str, row: dict[str, Any]) -> str:
        """Give the name of a payment."""
        return self._names.payment(payment, self._label(row["name"], LONGEST_NAME))

    def why(self, line: dict[str, Any]) -> str:
        """Say why more, less or nothing is paid; empty where there is nothing to say."""
        told = [self.texts("settlement.reversal")] if line["reversal"] else []
        told += [self.texts(f"settlement.{'fee_' * line['is_fee']}together")] if line["together"] else []
        told += [self._beyond(line)] if Decimal(line["before"] or 0) else []
        told += [self._label(line[key]) for key in ("basis", "withheld") if line[key]]
        told += [self._label(line["indexed"]["told"])] if line["indexed"] else []
        told += [self._label(tested["told"]) for tested in line["tested"]]
        if line["bound_by"]:
            told.append(self.texts("settlement.bound", limits=", ".join(map(self._limit, line["bound_by"]))))
        return sentence_case("; ".join(told))

    def _limit(self, address: str) -> str:
        """Give a limit of the terms in words, with its address."""
        _, *of = address.split(".")
        at, whose = "contract", ""
        if of[0] == "payments":
            found = next((row for row in self.content["payments"] if row["payment"] == of[1]), None)
            at, whose = "payment", shown(of[1]) if found is None else self.payment(of[1], found)
        elif of[0] == "payers":
            at = "payer"
        return self.texts(f"settlement.limit_{at}", name=whose, address=shown(address, LONGEST_NAME))

    def _beyond(self, line: dict[str, Any]) -> str:
        """Say what the schedule gives of all that was seen so far, and what it gave before."""
        before = Decimal(line["before"])
        so_far = self.numbers.money(before + Decimal(line["by_schedule"]))
        return self.texts("settlement.beyond", so_far=so_far, before=self.numbers.money(before))

    def totals(self) -> list[Grid]:
        """Show what each payer pays, and what each payment and each year comes to."""
        return [self._totals(of) for of in ("payer", "payment", "year") if self.content[f"by_{of}"]]

    def _totals(self, of: str) -> Grid:
        found = self.content[f"by_{of}"]
        rows = [[Cell(self.total_name(of, row)), self._money(row["amount"])] for row in found]
        is_sum = len(rows) > 1  # one row is the sum
        if is_sum:
            rows.append([Cell(self.texts("settlement.total")), self._money(self.content["total"])])
        heads = [Column(self.texts(f"settlement.{of}")), Column(self.texts("settlement.amount"), number=True)]
        caption = self.texts(f"settlement.by_{of}", currency=self.numbers.currency)
        return Grid(caption, heads, rows, sums=frozenset({len(rows) - 1} if is_sum else ()))

    def total_name(self, of: str, row: dict[str, Any]) -> str:
        """Give the name of a row of totals: of a payer, a payment, a metric or a year."""
        return self.payment(row["of"], row) if of == "payment" else self._label(row["name"], LONGEST_NAME)

    def unpaid(self) -> Grid:
        """Show the claims that nothing is paid for."""
        heads = [self.texts(f"settlement.{key}") for key in ("payment", "why", "claims")]
        few = self.texts("settlement.under_five")
        rows = [
            [
                Cell(self.payment(row["payment"], row)),
                Cell(sentence_case(self._label(row["reason"]))),
                Cell(few) if row["claims"] is None else self._number(str(row["claims"])),
            ]
            for row in self.content["unpaid"]
        ]
        columns = [Column(head, number=head == heads[-1]) for head in heads]
        return Grid(self.texts("settlement.unpaid"), columns, rows)

    def unused(self) -> Grid:
        """Show what was observed and decides nothing."""
        heads = [Column(self.texts(f"settlement.{key}")) for key in ("estimate", "cohort", "why")]
        rows = [
            [
                Cell(self._label(row["name"], LONGEST_NAME)),
                Cell(shown(self._cohort(row), LONGEST_NAME)),
                Cell(sentence_case(self._label(row["reason"]))),
            ]
            for row in self.content["unused"]
        ]
        return Grid(self.texts("settlement.unused"), heads, rows)

    def indicators(self) -> Grid:
        """Show what catalogues of indicators call the metrics."""
        heads = [Column(self.texts(f"settlement.{key}")) for key in ("metric", "scheme", "id")]
        rows = [
            [
                Cell(self._label(row["name"], LONGEST_NAME)),
                Cell(_SCHEMES[row["scheme"]]),
                Cell(shown(row["id"], LONGEST_NAME), code=True),
            ]
            for row in self.content["indicators"]
        ]
        return Grid(self.texts("settlement.indicators"), heads, rows)

    def payments(self) -> Grid:
        """Show what each payment follows: from which figure to which amount, and on which conditions."""
        keys = ("payment", "of", "schedule", "conditions")
        rows = [
            [
                Cell(self.payment(row["payment"], row)),
                Cell("" if self._is_called_after(row) else self._label(row["of_name"], LONGEST_NAME)),
                Cell(sentence_case(self._label(row["schedule"]))),
                Cell(sentence_case(self._label(row["conditions"]))),
            ]
            for row in self.content["payments"]
        ]
        caption = self.texts("settlement.payments", currency=self.numbers.currency)
        heads = [Column(self.texts(f"settlement.{key}")) for key in keys]
        return Grid(caption, heads, rows).without_empty(keys.index("of"), keys.index("conditions"))

    def _is_called_after(self, row: dict[str, Any]) -> bool:
        """Tell whether a payment has the name of what it is of."""
        return self.payment(row["payment"], row) == self._label(row["of_name"], LONGEST_NAME)

    def assumptions(self) -> Grid:
        """Show the numbers of the terms that lines follow, each with its source."""
        caption = self.texts("settlement.assumptions")
        return contract_assumptions(self.content["assumptions"], self.texts, self.numbers, caption)

    def settings(self) -> Grid:
        """Show what else of the terms lines follow, as it is written: rules, days, windows, definitions, who pays."""
        rows = [[Cell(row["address"], code=True), Cell(self._label(row["value"]))] for row in self.content["settings"]]
        heads = [Column(self.texts("risk.address")), Column(self.texts("settlement.written"))]
        return Grid(self.texts("settlement.settings"), heads, rows)

    def defaults(self) -> Grid:
        """Show what the terms left out, with what was taken instead."""
        return contract_defaults(self.content["defaults"], self.texts, self.language)

    @property
    def terms(self) -> str:
        """Which terms were settled, by their hash."""
        return self.texts("settlement.terms", hash=self.content["contract"])

    def _day(self, day: str | None) -> str:
        return date.fromisoformat(day).strftime(self.texts("settlement.day")) if day else ""

    def _number(self, value: str | None) -> Cell:
        return Cell("") if value is None else Cell(self.numbers.plain(Decimal(value)), Decimal(value))

    def _figure(self, line: dict[str, Any]) -> Cell:
        if line["figure"] is None:
            return Cell("")
        figure = Decimal(line["figure"])
        return Cell(self.numbers.money(figure) if line["is_money"] else self.numbers.figure(figure), figure)

    def _money(self, value: str) -> Cell:
        return Cell(self.numbers.money(Decimal(value)), Decimal(value))

    def _label(self, label: dict[str, Any], most: int | None = None) -> str:
        return shown(str(label.get(self.language) or label["en"]), most)
