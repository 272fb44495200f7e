"""The sheet of all input: every number of the model with its source."""

import re
from collections.abc import Container, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from socialimpact.report.sheets import Formula, dress, letter, write
from socialimpact.report.value_map.names import marked
from socialimpact.wording.numbers import Numbers
from socialimpact.wording.texts import Texts
from socialimpact.wording.units import unit_phrase

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from socialimpact._core import Appraisal


_MOVING = re.compile(
    r"\.(?:value|proxy|avoidable|cashable|amount|share|wage|full_time_share|optimism_bias)$|\.per_year(?:\.\d+)?$"
    r"|\.(?:conversion|destinations|income_tax|shares|optimism_bias)\."
)
"""Uses that move what is made of them, beside those of units; nothing on the sheets is cashable."""


class Input:
    """An input where it stands, with its address and its value."""

    def __init__(self, place: str, row: Mapping[str, Any]) -> None:
        self.address, self.value = str(row["address"]), Decimal(row["exact"])
        self.used_at = str(row["used_at"]).split(", ")
        self.shown_at = place
        self.is_used = self.is_fixed = False

    @property
    def said(self) -> str:
        """What stands for it in a formula: where it is, or the number where not all that rests on it would move."""
        return str(self.value) if self.is_fixed else self.shown_at

    @property
    def place(self) -> str:
        """The same, and from then on it counts as used."""
        self.use()
        return self.said

    def use(self) -> None:
        """Say that an amount moves with it."""
        self.is_used = not self.is_fixed


class Inputs:
    """The sheet of all input, and where each number of the model stands on it."""

    _KEYS = ("address", "name", "value", "unit", "source", "url", "grade", "mark", "note")

    def __init__(self, appraisal: "Appraisal", texts: Texts) -> None:
        self._texts, self.title = texts, texts("value_map.assumptions")
        self._currency = Numbers(texts.language, appraisal.model.currency, 0).currency
        self.rows = appraisal.model.assumptions.to_pylist()
        self._at: dict[str, Input] = {}
        for number, row in enumerate(self.rows, 2):
            cell = Input(f"'{self.title}'!$C${number}", row)
            for address in [row["address"], *cell.used_at]:
                self._at.setdefault(address, cell)

    def at(self, *addresses: str) -> Input | None:
        """Give the input that stands at one of some addresses."""
        return next((self._at[address] for address in addresses if address in self._at), None)

    def fix(self, moving: Container[str]) -> None:
        """Leave out of formulas what is used in several places of which one does not move with it."""
        for cell in set(self._at.values()):
            cell.is_fixed = len(cell.used_at) > 1 and not all(
                address in moving or _MOVING.search(address) for address in cell.used_at
            )

    @property
    def changed(self) -> Formula:
        """Give how many numbers are others than the library was given."""
        last = max(len(self.rows) + 1, 2)
        now, then = (f"'{self.title}'!${column}$2:${column}${last}" for column in ("C", letter(len(self._KEYS))))
        return Formula(f"=SUMPRODUCT(--({now}<>{then}))")

    def write(self, sheet: "Worksheet") -> None:
        """Write the sheet, each number with what the library was given beside it."""
        sheet.title = self.title
        heads = [self._texts(f"value_map.{key}") for key in self._KEYS]
        write(
            sheet,
            [[*heads, self._texts("value_map.given"), self._texts("value_map.moving")], *map(self._row, self.rows)],
        )
        dress(sheet, widths=[48, 40, 18, 30, 50, 40, 8, 14, 50, 18, 34])

    def _row(self, row: dict[str, Any]) -> list[Any]:
        name = row[f"name_{self._texts.language}"] or row["name_en"]
        mark = marked(row, self._texts)
        source = [row["source_title"], row["source_url"], row["grade"]]
        value = Decimal(row["exact"])
        moves = "moves" if self._at[row["address"]].is_used else "moves_not"
        return [
            row["address"],
            name,
            value,
            unit_phrase(self._texts, row["unit"], self._currency) if row["unit"] else "",
            *source,
            mark,
            row["note"],
            value,
            self._texts(f"value_map.{moves}"),
        ]
