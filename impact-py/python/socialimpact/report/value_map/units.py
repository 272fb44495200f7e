"""The sheet of causal units by outcome and year."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from socialimpact.report.sheets import EXACT, Formula, dress, letter, write
from socialimpact.report.value_map.inputs import Input, Inputs
from socialimpact.report.value_map.names import named
from socialimpact.report.value_map.spread import Moved, Spread, are_near, cost_years, units_by_year
from socialimpact.report.value_map.steps import neat
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
_DROP_OFF = "drop_off"


class Units:
    """The sheet of causal units by outcome and year."""

    def __init__(self, appraisal: "Appraisal", texts: Texts, inputs: Inputs) -> None:
        self._texts, self._inputs, self.title = texts, inputs, texts("value_map.units")
        self._units = units_by_year(appraisal)
        self.years = sorted({year for units in self._units.values() for year in units})
        self._rows = {outcome: number for number, outcome in enumerate(self._units, 2)}
        self._names = {row["id"]: row for row in appraisal.model.outcome_table.to_pylist()}
        used = {name for outcome in self._units for name, _ in self.factors(outcome)}
        self._columns = [name for name in ("quantity", *LESS, *TIMES) if name in used]
        self._product_at = 2 + len(self._columns)
        document = appraisal.model.to_dict()
        costs = cost_years(document, appraisal.model.years)
        written = {outcome["id"]: outcome for outcome in document.get("outcomes", [])}
        self._spread = {outcome: self._spread_of(written[outcome], costs) for outcome in self._units}
        moved = Moved(appraisal, (pair for outcome in self._units for pair in self.factors(outcome)))
        fading = {outcome: drop for outcome in self._units if (drop := self._fading(written[outcome])) is not None}
        faded = Moved(appraisal, ((_DROP_OFF, drop) for drop in fading.values()))
        self._is_live = {outcome: self._moves_so(outcome, moved) for outcome in self._units}
        self._fades = {
            outcome
            for outcome, drop in fading.items()
            if self._is_live[outcome] and faded.are(outcome, self._faded(outcome, faded.value(drop)))
        }

        self.moving = {
            f"outcomes.{outcome}.{name}"
            for outcome in self._units
            if self._is_live[outcome]
            for name in ("quantity", *LESS, *TIMES, *CREDIT, *([_DROP_OFF] if outcome in self._fades else []))
        }
        """Addresses of numbers that units move with."""

    def moves(self, outcome: str) -> bool:
        """Tell whether the units of an outcome are a multiple of what an intake is made of."""
        return self._is_live[outcome]

    def factors(self, outcome: str) -> list[tuple[str, Input]]:
        """Give the numbers that units are made of."""
        at = f"outcomes.{outcome}."
        return [
            (name, cell) for name in ("quantity", *LESS, *TIMES) if (cell := self._inputs.at(at + name)) is not None
        ]

    def value(self, outcome: str, year: int) -> Decimal:
        """Give the units of an outcome in a year."""
        return self._units.get(outcome, {}).get(year, Decimal(0))

    def place(self, outcome: str, year: int) -> str:
        """Give the cell of the units of an outcome in a year."""
        column = self._product_at + 3 + 2 * self.years.index(year)
        return f"'{self.title}'!${letter(column)}${self._rows[outcome]}"

    def total(self, outcome: str) -> Formula:
        """Give the units of an outcome over all years."""
        return Formula("=" + "+".join(self.place(outcome, year) for year in self._units[outcome]))

    def write(self, sheet: "Worksheet") -> None:
        """Write the sheet."""
        sheet.title = self.title
        text = self._texts
        names = ["outcome", "unit", *(name.replace(".", "_") for name in self._columns), "of_intake", _DROP_OFF]
        heads = [text(f"value_map.{name}") for name in names]
        for year in self.years:
            heads += [text("value_map.spread", year=year), text("value_map.units_of", year=year)]
        write(sheet, [heads, *(self._row(outcome) for outcome in self._units)])
        dress(sheet, widths=[36, 16, *[16] * (len(heads) - 2)])

    def _row(self, outcome: str) -> list[Any]:
        row, line = self._names[outcome], self._rows[outcome]
        factors, product = dict(self.factors(outcome)), self._product(outcome)
        is_live = self._is_live[outcome]
        shown = {name: Formula(f"={cell.place if is_live else cell.shown_at}") for name, cell in factors.items()}
        at = {name: f"{letter(2 + self._columns.index(name))}{line}" for name in factors}
        made = "*".join(f"(1-{at[name]})" if name in LESS else at[name] for name in factors) or "1"
        drop = self._drop_off(outcome)
        fades = outcome in self._fades
        cells: list[Any] = [named(row, self._texts), unit_in_words(self._texts, row["unit"])]
        cells += [shown.get(name) for name in self._columns]
        cells += [Formula(f"={made}") if is_live else None]
        cells += [Formula(f"={drop.place if fades else drop.shown_at}") if drop is not None else None]
        for year in self.years:
            units = self._units[outcome].get(year)
            if units is None or not is_live:
                cells += [None, units]
                continue
            place = f"{letter(len(cells))}{line}"
            formula = self._spread[outcome].formula(year, f"${letter(self._product_at + 1)}{line}")
            spread = Formula(f"={formula}") if fades else neat(EXACT.divide(units, product))
            cells += [spread, Formula(f"=${letter(self._product_at)}{line}*{place}")]
        return cells

    def _drop_off(self, outcome: str) -> Input | None:
        return self._inputs.at(f"outcomes.{outcome}.{_DROP_OFF}")

    def _product(self, outcome: str, moved: Moved | None = None) -> Decimal:
        """Give what one intake's first year is made of."""
        product = Decimal(1)
        for name, cell in self.factors(outcome):
            value = cell.value if moved is None else moved.value(cell)
            product = EXACT.multiply(product, 1 - value if name in LESS else value)
        return product

    def _spread_of(self, written: Mapping[str, Any], costs: set[int]) -> Spread:
        duration = self._inputs.at(f"outcomes.{written['id']}.duration")
        return Spread.of(written, Decimal(1) if duration is None else duration.value, self.years, costs)

    def _moves_so(self, outcome: str, moved: Moved) -> bool:
        """Tell whether the units of every year are a multiple of what an intake is made of."""
        product = self._product(outcome)
        if product == 0:
            return False
        times = EXACT.divide(self._product(outcome, moved), product)
        return moved.are(outcome, {year: EXACT.multiply(units, times) for year, units in self._units[outcome].items()})

    def _fading(self, written: Mapping[str, Any]) -> Input | None:
        """Give the drop-off of an outcome whose units fade as the formula says."""
        outcome, drop = written["id"], self._drop_off(written["id"])
        if drop is None or drop.value == 1 or written.get("nature") == "event":  # no later years to move
            return None
        return drop if are_near(self._units[outcome], self._faded(outcome, drop.value)) else None

    def _faded(self, outcome: str, drop_off: Decimal) -> dict[int, Decimal]:
        product, spread = self._product(outcome), self._spread[outcome]
        return {year: EXACT.multiply(product, spread.value(year, drop_off)) for year in self.years}
