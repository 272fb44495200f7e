"""The value map: a row for each thing of value, with what its amounts are made of."""

from typing import TYPE_CHECKING, Any

from socialimpact.report.sheets import Formula, as_money, dress, write
from socialimpact.report.value_map.inputs import Input, Inputs
from socialimpact.report.value_map.names import marked, named, who_is
from socialimpact.report.value_map.steps import BY_VALUE, Steps, head, step_cell
from socialimpact.report.value_map.units import CREDIT, LESS, TIMES, Units
from socialimpact.wording.texts import Texts
from socialimpact.wording.units import unit_in_words

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from socialimpact._core import Appraisal
    from socialimpact.report.value_map.postings import Postings


class ValueMap:
    """The value map: a row for each thing of value, with what its amounts are made of."""

    _BY_OUTCOME = ("quantity", *LESS, *TIMES, *CREDIT)

    def __init__(self, appraisal: "Appraisal", texts: Texts, inputs: Inputs, units: Units, steps: Steps) -> None:
        self._texts, self._inputs, self._units = texts, inputs, units
        self.title = texts("value_map.title")
        self._ledger = [row for row in appraisal.ledger.to_pylist() if row["outcome"] is not None]
        self.causes = list(dict.fromkeys(row["cause"] for row in self._ledger))
        self._first = {cause: next(row for row in self._ledger if row["cause"] == cause) for cause in self.causes}
        self._names = {row["id"]: row for row in appraisal.model.outcome_table.to_pylist()}
        self._holders = {row["id"]: row for row in appraisal.model.holder_table.to_pylist()}
        self._explained = {cause: appraisal.explain(cause) for cause in self.causes}
        self._written = {
            outcome["id"]: {value["id"]: value for value in outcome.get("values", [])}
            for outcome in appraisal.model.to_dict().get("outcomes", [])
        }
        used = {name for cause in self.causes for name in self._factors(self._first[cause]["outcome"])}
        self._columns = [name for name in self._BY_OUTCOME if name in used]
        self._steps = {cause: steps.of(self._first[cause]) for cause in self.causes}
        self._priced = [key for key in BY_VALUE if any(key in made for made in self._steps.values())]

    def _factors(self, outcome: str) -> dict[str, Input]:
        """Give the numbers of an outcome, the credit that is due to others with them."""
        credit = ((name, self._inputs.at(f"outcomes.{outcome}.{name}")) for name in CREDIT)
        return dict(self._units.factors(outcome)) | {name: cell for name, cell in credit if cell is not None}

    def write(self, sheet: "Worksheet", postings: "Postings") -> None:
        """Write the sheet."""
        sheet.title = self.title
        text = self._texts
        keys = ["stakeholder", "giving", "outcome", "value_of", "unit", *self._columns, "impact", *self._priced]
        heads = [text(f"value_map.{head(key)}") for key in [*keys, "gained", "given_up", "society_net", "mark"]]
        write(sheet, [heads, *(self._row(cause, postings) for cause in self.causes)])
        as_money(sheet, range(len(heads) - 4, len(heads) - 1))
        dress(sheet, widths=[24, 24, 30, 40, 16, *[16] * (len(self._columns) + len(self._priced) + 1), 20, 20, 20, 24])

    def _row(self, cause: str, postings: "Postings") -> list[Any]:
        outcome = self._first[cause]["outcome"]
        factors = self._factors(outcome)
        heads = [self._who(cause, "to"), self._who(cause, "from"), named(self._names[outcome], self._texts)]
        linked = [_linked(factors.get(name)) for name in self._columns]
        priced = [step_cell(self._steps[cause].get(name)) for name in self._priced]
        unit = unit_in_words(self._texts, self._names[outcome]["unit"])
        shown = [*heads, self._called(cause), unit, *linked, self._units.total(outcome), *priced]
        marks = self._explained[cause].to_dict()["marks"]
        return [*shown, *postings.present_values_of(cause), marked(marks, self._texts)]

    def _who(self, cause: str, end: str) -> str:
        """Give who gains of a cause (`to`), or gives (`from`)."""
        holders = [row[end] for row in self._ledger if row["cause"] == cause and row[end] is not None]
        return ", ".join(who_is(holder, self._holders, self._texts) for holder in dict.fromkeys(holders))

    def _called(self, cause: str) -> str:
        """Give the name of a value; of what the library made of wages, what it says of it."""
        written = self._written.get(self._first[cause]["outcome"], {}).get(cause.rsplit(".", 1)[-1], {}).get("name")
        if isinstance(written, dict):
            return str(written.get(self._texts.language) or written["en"])
        title = self._explained[cause].title.in_language(self._texts.language)
        return written or title.rpartition(": ")[0] or title


def _linked(cell: Input | None) -> Formula | None:
    return Formula(f"={cell.shown_at}") if cell is not None else None
