"""The sheet of postings: who gives what to whom in which year."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from socialimpact.report.sheets import EXACT, Formula, as_money, dress, letter, write
from socialimpact.report.value_map.credit import credited
from socialimpact.report.value_map.financing import FINANCING, MONEY, Financing
from socialimpact.report.value_map.inputs import Inputs
from socialimpact.report.value_map.reimbursed import Reimbursed
from socialimpact.report.value_map.standing import counted
from socialimpact.report.value_map.steps import DIGITS, STEPS, Step, Steps, head, step_cell
from socialimpact.report.value_map.sums import ANYBODY, Sum, of_society
from socialimpact.report.value_map.units import Units
from socialimpact.wording.texts import Texts

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from socialimpact._core import Appraisal

NEAR = Decimal("1e-6")
"""What a formula may differ from a figure by, of an amount of money."""
_WORDS = {"class": "class", "counted_as": "class", "kind": "kind"}
"""Columns that hold a word of ours, and the section of its wording."""


class Postings:
    """The sheet of postings: who gives what to whom in which year."""

    _HEADS = ("cause", "class", "counted_as", "kind", "from", "to", "outcome", "year", "counts")
    _TOTALS = ("amount", "factor", "present_value", "own", "present_claim")

    def __init__(self, appraisal: "Appraisal", texts: Texts, steps: Steps, units: Units, inputs: Inputs) -> None:
        self._texts, self._units, self._inputs = texts, units, inputs
        self.title = texts("value_map.postings")
        # Last, so that they can be made of the others.
        found = sorted(appraisal.ledger.to_pylist(), key=lambda row: row["class"] == FINANCING)
        self.rows = counted(appraisal, found)
        self._before = sum(row["class"] != FINANCING for row in self.rows)
        self._credited = credited(appraisal, self.rows, inputs)
        self._reimbursed = Reimbursed(appraisal, self.rows, inputs)
        holders = appraisal.model.holder_table.to_pylist()
        self.financing = Financing(self.rows, [row["id"] for row in holders if row["kind"] == "public"])
        self.claims_move = all(self._owns(row) for row in self.rows)
        """Whether every claim moves with its amount: where shares are added up, credit is no share of what is left."""
        self._made = [self._made_of(row, steps) for row in self.rows]
        used = {key for made in self._made for key in made}
        self._factors = [key for key in ("units", *STEPS, "credit", "reimbursed", "paid_back", "rest") if key in used]
        self._keys = (*self._HEADS, *self._factors, *self._TOTALS)

    def word(self, key: str, written: str) -> str:
        """Give what stands in a column for a word of the library."""
        return self._texts(f"value_map_{_WORDS[key]}.{written}") if key in _WORDS else written

    def range(self, key: str) -> str:
        """Give the cells of a column, for a formula on another sheet."""
        return f"'{self.title}'!{self._cells(key, len(self.rows))}"

    def _cells(self, key: str, rows: int) -> str:
        column = letter(self._keys.index(key))
        return f"${column}$2:${column}${max(rows + 1, 2)}"

    def formula(self, of: Sum, figure: Decimal) -> Formula | None:
        """Give the formula of a sum; None where it does not come to the library's figure."""
        return Formula(f"={of.formula(self)}") if abs(of.value(self.rows) - figure) <= NEAR else None

    def present_values_of(self, cause: str) -> list[Formula]:
        """Give what is gained of a cause, what is given for it, and what that comes to for society."""
        of_cause = ("cause", cause)
        sums = [
            Sum(((1, "present_value", (("to", ANYBODY), of_cause)),)),
            Sum(((1, "present_value", (("from", ANYBODY), of_cause)),)),
            of_society("present_value", of_cause),
        ]
        return [Formula(f"={each.formula(self)}") for each in sums]

    def write(self, sheet: "Worksheet") -> None:
        """Write the sheet."""
        sheet.title = self.title
        heads = [self._texts(f"value_map.{head(key)}") for key in self._keys]
        write(sheet, [heads, *(list(self._row(number)) for number in range(len(self.rows)))])
        as_money(sheet, [self._keys.index(key) for key in ("amount", "present_value", "present_claim")])
        dress(sheet, widths=[48, 26, 26, 26, 20, 20, 24, 8, 14, *[16] * len(self._factors), 18, 16, 18, 16, 18])

    def _row(self, number: int) -> Iterator[Any]:
        row, made = self.rows[number], self._made[number]
        place = {key: f"{letter(position)}{number + 2}" for position, key in enumerate(self._keys)}
        for key in self._HEADS:
            yield self.word(key, row[key]) if row[key] is not None else None
        for key in self._factors:
            yield self._paid(row) if key == "reimbursed" and key in made else step_cell(made.get(key))
        yield self._amount(row, made, f"{place[self._factors[0]]}:{place[self._factors[-1]]}" if made else "")
        present = row["present_value"]
        factor = row["discount_factor"] if row["amount"] == 0 else DIGITS.divide(present, row["amount"])
        yield factor
        yield Formula(f"={place['amount']}*{place['factor']}")
        yield step_cell(self._own(row))
        yield Formula(f"={place['present_value']}*{place['own']}")

    def _amount(self, row: Mapping[str, Any], made: Mapping[str, Step], factors: str) -> Any:
        if row["class"] == FINANCING:
            columns = {key: self._cells(key, self._before) for key in self._keys}
            words = {MONEY: self.word("kind", MONEY)} | {
                each: self.word("counted_as", each) for each in ("cost", "transfer", "outcome")
            }
            return self.financing.formula(row, columns, words) or row["amount"]
        return Formula(f"=PRODUCT({factors})") if made else row["amount"]

    def _own(self, row: Mapping[str, Any]) -> Step:
        """Give the share of a posting that is claimed as social return."""
        credit = self._credited.get(row["outcome"])
        if credit is not None and not credit.in_amounts:
            for cell in credit.own.cells:
                cell.use()
            return credit.own
        present, claim = row["present_value"], row["present_claim"]
        return Step(Decimal(1) if present == 0 else EXACT.divide(claim, present))

    def _owns(self, row: Mapping[str, Any]) -> bool:
        present, claim = row["present_value"], row["present_claim"]
        return row["outcome"] in self._credited or claim == 0 or abs(claim - present) <= NEAR

    def _made_of(self, row: Mapping[str, Any], steps: Steps) -> dict[str, Step]:
        """Give what an amount is a product of; nothing where the library alone works it out."""
        made = self._reimbursed.steps(row) or self._steps(row, steps)
        product = Decimal(1)
        for step in made.values():
            product = EXACT.multiply(product, step.value)
        if product == 0 or not any(step.formula for step in made.values()):
            return {}
        for cell in (cell for step in made.values() for cell in step.cells):
            cell.use()
        left = EXACT.divide(row["amount"], product)
        varying = steps.varying(row)
        if varying is not None and left != 0:
            made[varying] = Step(DIGITS.abs(left))
            left = Decimal(1).copy_sign(left)
        sign = Decimal(1).copy_sign(left)
        is_sign = abs(left - sign) * abs(product) <= NEAR
        if not is_sign or sign < 0:
            made["rest"] = Step(sign if is_sign else DIGITS.plus(left))
        return made

    def _steps(self, row: Mapping[str, Any], steps: Steps) -> dict[str, Step]:
        made = steps.of(row)
        if row["outcome"] is None or "price" not in made:
            return made
        units = self._units.value(row["outcome"], row["year"])
        made["units"] = Step(units, self._units.place(row["outcome"], row["year"]))
        if (credit := self._credited.get(row["outcome"])) is not None and credit.in_amounts:
            made["credit"] = credit.own
        return made

    def _paid(self, row: Mapping[str, Any]) -> Formula:
        amount = letter(self._keys.index("amount"))
        return Formula("=" + "+".join(f"{amount}{number + 2}" for number in self._reimbursed.lines(row)))
