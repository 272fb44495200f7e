"""The sheet of postings: who gives what to whom in which year."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from socialimpact.report.sheets import EXACT, Formula, as_money, dress, letter, write
from socialimpact.report.value_map.credit import credited
from socialimpact.report.value_map.financing import FINANCING, Financing
from socialimpact.report.value_map.inputs import Inputs
from socialimpact.report.value_map.units import Units
from socialimpact.report.value_map.values import ValueMap
from socialimpact.wording.texts import Texts

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from socialimpact._core import Appraisal

NEAR = Decimal("1e-6")
"""What a formula may differ from a figure by, of an amount of money."""


class Postings:
    """The sheet of postings: who gives what to whom in which year."""

    _KEYS = ("cause", "class", "kind", "from", "to", "outcome", "year", "rest", "amount", "factor", "present_value")

    def __init__(self, appraisal: "Appraisal", texts: Texts, values: ValueMap, units: Units, inputs: Inputs) -> None:
        self._texts, self._values, self._units, self._inputs = texts, values, units, inputs
        self.title = texts("value_map.postings")
        # Last, so that they can be made of the others.
        self.rows = sorted(appraisal.ledger.to_pylist(), key=lambda row: row["class"] == FINANCING)
        self._before = sum(row["class"] != FINANCING for row in self.rows)
        self._credited = credited(appraisal, self.rows, inputs)
        holders = appraisal.model.holder_table.to_pylist()
        self._financing = Financing(self.rows, [row["id"] for row in holders if row["kind"] == "public"])

    def range(self, key: str) -> str:
        """Give the cells of a column, for a formula on another sheet."""
        return f"'{self.title}'!{self._cells(key, len(self.rows))}"

    def _cells(self, key: str, rows: int) -> str:
        column = letter(self._KEYS.index(key))
        return f"${column}$2:${column}${max(rows + 1, 2)}"

    def present_values_of(self, cause: str) -> list[Formula]:
        """Give what is gained of a cause, what is given for it, and what that comes to for society."""
        amounts, causes = self.range("present_value"), self.range("cause")
        gained, given = (f'SUMIFS({amounts},{causes},"{cause}",{self.range(end)},"?*")' for end in ("to", "from"))
        return [Formula(f"={gained}"), Formula(f"={given}"), Formula(f"={gained}-{given}")]

    def write(self, sheet: "Worksheet") -> None:
        """Write the sheet."""
        sheet.title = self.title
        heads = [self._texts(f"value_map.{key}") for key in self._KEYS]
        write(sheet, [heads, *(self._row(number, row) for number, row in enumerate(self.rows, 2))])
        as_money(sheet, [self._KEYS.index("amount"), self._KEYS.index("present_value")])
        dress(sheet, widths=[48, 14, 12, 20, 20, 24, 8, 16, 18, 14, 18])

    def _row(self, number: int, row: dict[str, Any]) -> list[Any]:
        rest, amount = self._amount(number, row)
        column = {key: f"{letter(position)}{number}" for position, key in enumerate(self._KEYS)}
        present: Any = row["present_value"]
        if abs(EXACT.multiply(row["amount"], row["discount_factor"]) - present) <= NEAR:
            present = Formula(f"={column['amount']}*{column['factor']}")
        named = [row[key] for key in ("cause", "class", "kind", "from", "to", "outcome")]
        return [*named, row["year"], rest, amount, row["discount_factor"], present]

    def _amount(self, number: int, row: dict[str, Any]) -> tuple[Decimal | None, Any]:
        """Give what an amount is a multiple of, and the rest that the library alone works out."""
        if row["class"] == FINANCING:
            columns = {key: self._cells(key, self._before) for key in ("year", "from", "to", "amount")}
            return None, self._financing.formula(row, columns) or row["amount"]
        if row["outcome"] is not None:
            units = self._units.value(row["outcome"], row["year"])
            cells = [cell for _, cell in self._values.inputs_of(row["cause"])]
            places = [self._units.place(row["outcome"], row["year"])] if units else []
        else:
            units, places = Decimal(1), []
            written = self._inputs.at(*(f"{row['cause']}.{name}" for name in ("amount", "per_year")))
            cells = [] if written is None else [written]
        product = units
        for cell in cells:
            product = EXACT.multiply(product, cell.value)
        places += [cell.place for cell in cells]
        if (credit := self._credited.get(row["outcome"])) is not None:
            product = EXACT.multiply(product, credit.share)
            places.append(credit.formula)
        if product == 0 or not places:
            return None, row["amount"]
        rest = EXACT.divide(row["amount"], product)
        return rest, Formula(f"={'*'.join(places)}*{letter(self._KEYS.index('rest'))}{number}")
