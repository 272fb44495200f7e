"""Cash flows in words and tables, as the terminal shows them.

One rule: every figure is the library's; here is only decided which row shows it.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from socialimpact._core import CashFlows
from socialimpact.types import Language
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.numbers import Numbers
from socialimpact.wording.texts import LONGEST_NAME, Texts, sentence_case, shown

_HUNDREDTHS = 2
_RATE = 4
"""Decimals of a rate as a fraction: hundredths of a percent."""


class Flowing:
    """What a report needs to tell cash flows."""

    def __init__(self, flows: CashFlows, language: Language, *, every_line: bool = False) -> None:
        self.language: Language = language
        self.texts = Texts(language)
        self.content: dict[str, Any] = flows.to_dict(every_line=every_line)
        self.numbers = Numbers(language, self.content["currency"], _HUNDREDTHS)
        self._names = {row["party"]: self._label(row["name"]) for row in self.content["parties"]}

    @property
    def title(self) -> str:
        """The name of the contract."""
        return self._label(self.content["name"])

    @property
    def lead(self) -> list[str]:
        """What the figures are, and what to beware of."""
        told = [self.texts("cash_flows.lead", day_count=self.content["day_count"])]
        if self.content["taken_over"] is not None:
            told.append(self.texts(f"cash_flows.{'taken_over' if self.content['taken_over'] else 'not_taken_over'}"))
        if any(row["together"] for row in self.content["flows"]):
            told.append(self.texts("cash_flows.few"))
        return told + [
            self.texts(f"settlement.{mark}") for mark in ("illustrative", "unverified") if self.content[mark]
        ]

    def party(self, party: str) -> str:
        """Give the name of a party."""
        return self._names[party]

    def parties(self) -> Grid:
        """Show what each party pays and receives, earns, and when it has it back."""
        heads = [self.texts("cash_flows.party"), *self._returns_heads()]
        rows = [[Cell(self._names[row["party"]]), *self._returns(row)] for row in self.content["parties"]]
        notes = [note for note in map(self._reasons, self.content["parties"]) if note]
        notes.append(self.texts("cash_flows.multiple_note"))
        return self._grid("parties", heads, rows, notes)

    def _reasons(self, row: dict[str, Any]) -> str:
        keys = ("why_no_xirr", "why_no_moic", "why_not_paid_back")
        reasons = list(dict.fromkeys(self._sentence(row[key]) for key in keys if row[key]))
        return f"{self._names[row['party']]}: {'; '.join(reasons)}" if reasons else ""

    def tranches(self) -> Grid:
        """Show what each tranche put in and got back, lost and gained."""
        amounts = [
            "drawn",
            "repaid",
            "coupon",
            "surplus",
            "guaranteed",
            "unpaid_coupon",
            "loss",
            "planned_loss",
            "upside",
        ]
        heads = [self.texts("cash_flows.tranche"), *(self.texts(f"cash_flows.{key}") for key in amounts)]
        rows = [
            [Cell(self._label(row["name"])), *(self._money(row[key]) for key in amounts)]
            for row in self.content["tranches"]
        ]
        why = [row["why_no_planned_loss"] for row in self.content["tranches"] if row["why_no_planned_loss"]]
        return self._grid("tranches", heads, rows, [sentence_case(self._sentence(reason)) for reason in why[:1]])

    def flows(self) -> Grid:
        """Show every flow."""
        keys = ("date", "from", "to", "amount", "kind")
        heads = [Column(self.texts(f"cash_flows.{key}"), number=key == "amount") for key in keys]
        rows = [
            [
                Cell(self._day(row)),
                Cell(self._names[row["from"]]),
                Cell(self._names[row["to"]]),
                self._money(row["amount"]),
                Cell(self._label(row["name"])),
            ]
            for row in self.content["flows"]
        ]
        return Grid(self.texts("cash_flows.flows", currency=self.numbers.currency), heads, rows)

    def _day(self, row: dict[str, Any]) -> str:
        """Give the day of a flow; of flows told together, their year."""
        if row["date"] is None:
            return str(row["year"])
        return date.fromisoformat(row["date"]).strftime(self.texts("settlement.day"))

    @property
    def terms(self) -> str:
        """Which terms the flows are of, by their hash."""
        return self.texts("cash_flows.terms", hash=self.content["contract"])

    def _grid(self, caption: str, heads: list[str], rows: list[list[Cell]], notes: list[str]) -> Grid:
        columns = [Column(head, number=position > 0) for position, head in enumerate(heads)]
        return Grid(self.texts(f"cash_flows.{caption}", currency=self.numbers.currency), columns, rows, notes=notes)

    def _returns_heads(self) -> list[str]:
        return [self.texts(f"cash_flows.{key}") for key in ("paid", "received", "total", "xirr", "moic", "paid_back")]

    def _returns(self, row: dict[str, Any]) -> list[Cell]:
        none = Cell(self.texts("cash_flows.none"))
        rate = none if row["xirr"] is None else self._rate(Decimal(str(row["xirr"])))
        multiple = none if row["moic"] is None else Cell(self.numbers.ratio(Decimal(row["moic"])), Decimal(row["moic"]))
        day = row["paid_back"]
        back = none if day is None else Cell(date.fromisoformat(day).strftime(self.texts("settlement.day")))
        return [*(self._money(row[key]) for key in ("paid", "received", "total")), rate, multiple, back]

    def _rate(self, rate: Decimal) -> Cell:
        """Give a rate per year in hundredths of a percent."""
        return Cell(self.numbers.share(round(rate, _RATE)), rate)

    def _money(self, value: str | None) -> Cell:
        if value is None:
            return Cell(self.texts("cash_flows.none"))
        return Cell(self.numbers.money(Decimal(value)), Decimal(value))

    def _label(self, label: dict[str, Any]) -> str:
        return shown(self._sentence(label), LONGEST_NAME)

    def _sentence(self, label: dict[str, Any]) -> str:
        return shown(str(label.get(self.language) or label["en"]))
