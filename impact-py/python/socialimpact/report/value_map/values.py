"""The value map: a row for each thing of value, with what its amounts are made of."""

from typing import TYPE_CHECKING, Any

from socialimpact.report.sheets import Formula, as_money, dress, write
from socialimpact.report.value_map.inputs import Input, Inputs
from socialimpact.report.value_map.names import named, who_is
from socialimpact.report.value_map.units import LESS, TIMES, Units
from socialimpact.wording.texts import Texts

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from socialimpact._core import Appraisal
    from socialimpact.report.value_map.postings import Postings


class ValueMap:
    """The value map: a row for each thing of value, with what its amounts are made of."""

    _BY_OUTCOME = ("quantity", *LESS, *TIMES)
    _BY_VALUE = ("price", "share", "avoidable")

    def __init__(self, appraisal: "Appraisal", texts: Texts, inputs: Inputs, units: Units) -> None:
        self._texts, self._inputs, self._units = texts, inputs, units
        self.title = texts("value_map.title")
        language = texts.language
        self._ledger = [row for row in appraisal.ledger.to_pylist() if row["outcome"] is not None]
        self.causes = list(dict.fromkeys(row["cause"] for row in self._ledger))
        self._first = {cause: next(row for row in self._ledger if row["cause"] == cause) for cause in self.causes}
        self._names = {row["id"]: row for row in appraisal.model.outcome_table.to_pylist()}
        self._holders = {row["id"]: row for row in appraisal.model.holder_table.to_pylist()}
        self._titles = {cause: appraisal.explain(cause).title.in_language(language) for cause in self.causes}
        self._written = {
            outcome["id"]: {value["id"]: value for value in outcome.get("values", [])}
            for outcome in appraisal.model.to_dict().get("outcomes", [])
        }
        used = {name for cause in self.causes for name, _, _ in units.factors(self._first[cause]["outcome"])}
        self._columns = [name for name in self._BY_OUTCOME if name in used]

    def inputs_of(self, cause: str) -> list[tuple[str, Input]]:
        """Give the numbers that the price of a unit is made of, beside what the library alone works out."""
        addresses = {
            "price": (f"{cause}.value", f"{cause}.proxy"),
            "share": self._destination(cause),
            "avoidable": (f"{cause}.avoidable",),
        }
        found = ((name, self._inputs.at(*addresses[name])) for name in self._BY_VALUE)
        return [(name, cell) for name, cell in found if cell is not None]

    def _destination(self, cause: str) -> tuple[str, ...]:
        outcome = self._first[cause]["outcome"]
        value = self._written.get(outcome, {}).get(cause.rsplit(".", 1)[-1], {})
        return (f"outcomes.{outcome}.destinations.{value['destination']}",) if "destination" in value else ()

    def write(self, sheet: "Worksheet", postings: "Postings") -> None:
        """Write the sheet."""
        sheet.title = self.title
        text = self._texts
        keys = ["stakeholder", "outcome", "value_of", "unit", *self._columns, "impact", *self._BY_VALUE]
        heads = [text(f"value_map.{key.replace('.', '_')}") for key in [*keys, "present_value"]]
        rows = [self._row(cause, postings) for cause in self.causes]
        write(sheet, [heads, *rows])
        as_money(sheet, [len(heads) - 1])
        dress(sheet, widths=[24, 30, 40, 16, *[14] * (len(self._columns) + 1), 16, 12, 12, 20])

    def _row(self, cause: str, postings: "Postings") -> list[Any]:
        outcome = self._first[cause]["outcome"]
        gaining = [row["to"] for row in self._ledger if row["cause"] == cause and row["to"] is not None]
        stakeholders = [who_is(holder, self._holders, self._texts) for holder in dict.fromkeys(gaining)]
        factors = {name: cell for name, _, cell in self._units.factors(outcome)}
        made = dict(self.inputs_of(cause))
        heads = [", ".join(stakeholders), named(self._names[outcome], self._texts), self._titles[cause]]
        linked = [_linked(factors.get(name)) for name in self._columns]
        priced = [_linked(made.get(name)) for name in self._BY_VALUE]
        unit = self._names[outcome]["unit"]
        return [*heads, unit, *linked, self._units.total(outcome), *priced, postings.present_value_of(cause)]


def _linked(cell: Input | None) -> Formula | None:
    return Formula(f"={cell.place}") if cell is not None else None
