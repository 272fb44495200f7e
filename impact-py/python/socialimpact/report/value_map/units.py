"""The sheet of causal units by outcome and year."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from socialimpact.report.sheets import EXACT, Formula, dress, letter, write
from socialimpact.report.value_map.inputs import Input, Inputs
from socialimpact.report.value_map.names import named
from socialimpact.wording.texts import Texts
from socialimpact.wording.units import unit_in_words

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from socialimpact._core import Appraisal

LESS = ("deadweight", "displacement", "displacement.share", "leakage", "substitution")
"""Numbers of an outcome of which what is left counts: 1 less the number."""
TIMES = ("multiplier",)
CREDIT = ("attribution.others", "attribution.own")
"""Who has a share in what changes: it makes no units fewer, and some conventions count it in amounts."""


class Units:
    """The sheet of causal units by outcome and year."""

    def __init__(self, appraisal: "Appraisal", texts: Texts, inputs: Inputs) -> None:
        self._texts, self.title = texts, texts("value_map.units")
        found: dict[str, dict[int, Decimal]] = {}
        for row in appraisal.outcome_units_by_year().to_pylist():
            found.setdefault(row["outcome"], {})[row["year"]] = row["units"]
        self._units = found
        self.years = sorted({year for units in found.values() for year in units})
        self._rows = {outcome: number for number, outcome in enumerate(found, 2)}
        self._names = {row["id"]: row for row in appraisal.model.outcome_table.to_pylist()}
        self._inputs = inputs

    def factors(self, outcome: str) -> list[tuple[str, Input]]:
        """Give the numbers that units are made of."""
        at = f"outcomes.{outcome}."
        return [
            (name, cell) for name in ("quantity", *LESS, *TIMES) if (cell := self._inputs.at(at + name)) is not None
        ]

    def product(self, outcome: str) -> tuple[str, Decimal]:
        """Give what units are a multiple of, as a formula and as a number."""
        product = Decimal(1)
        for name, cell in self.factors(outcome):
            product = EXACT.multiply(product, 1 - cell.value if name in LESS else cell.value)
        made = [f"(1-{cell.place})" if name in LESS else cell.place for name, cell in self.factors(outcome)]
        return "*".join(made) or "1", product

    def value(self, outcome: str, year: int) -> Decimal:
        """Give the units of an outcome in a year."""
        return self._units.get(outcome, {}).get(year, Decimal(0))

    def place(self, outcome: str, year: int) -> str:
        """Give the cell of the units of an outcome in a year."""
        return f"'{self.title}'!${letter(3 + 2 * self.years.index(year))}${self._rows[outcome]}"

    def total(self, outcome: str) -> Formula:
        """Give the units of an outcome over all years."""
        cells = [self.place(outcome, year) for year in self._units[outcome]]
        return Formula("=" + "+".join(cells))

    def write(self, sheet: "Worksheet") -> None:
        """Write the sheet."""
        sheet.title = self.title
        heads = [self._texts("value_map.outcome"), self._texts("value_map.unit")]
        for year in self.years:
            heads += [self._texts("value_map.spread", year=year), self._texts("value_map.units_of", year=year)]
        write(sheet, [heads, *(self._row(outcome) for outcome in self._units)])
        dress(sheet, widths=[36, 16, *[14] * (2 * len(self.years))])

    def _row(self, outcome: str) -> list[Any]:
        row = self._names[outcome]
        cells: list[Any] = [named(row, self._texts), unit_in_words(self._texts, row["unit"])]
        formula, product = self.product(outcome)
        for year in self.years:
            units = self._units[outcome].get(year)
            if units is None:
                cells += [None, None]
            elif product == 0:
                cells += [None, units]
            else:
                spread = EXACT.divide(units, product)
                place = f"{letter(len(cells))}{self._rows[outcome]}"
                cells += [spread, Formula(f"={formula}*{place}")]
        return cells
