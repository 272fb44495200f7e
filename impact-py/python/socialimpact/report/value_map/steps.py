"""The steps from a number as it is written to the amount of a posting: index, exchange, conversion, shares, the rest.

One rule: a step is a link to the number it is made of where it is one; what is left after all of them is shown too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import TYPE_CHECKING, Any

from socialimpact.errors import ImpactError
from socialimpact.report.sheets import EXACT, Formula
from socialimpact.report.value_map.inputs import Input, Inputs

if TYPE_CHECKING:
    from socialimpact._core import Appraisal
    from socialimpact.report.value_map.units import Units

BY_VALUE = ("price", "index", "exchange", "conversion", "full_time", "tax", "share", "avoidable")
"""Steps that are the same in every year."""
STEPS = (*BY_VALUE[:4], "level", "bias", "growth", *BY_VALUE[4:], "split", "displaced", "market")
_MONTHS = Decimal(12)
DIGITS = Context(prec=17)
"""More digits than a spreadsheet keeps of a number."""
_NEAR = Decimal("1e-9")
"""What a proportion may differ by."""
_ROUNDED = Decimal("1e-12")
"""What the library rounds units to."""
_TITLES = {
    "full-time share": "full_time",
    "share that goes to": "share",
    "avoidable share": "avoidable",
}
"""What the library calls a number that an amount is multiplied by, and the step it is."""
_VARYING = {"price level of the year": "level", "real growth of the price": "growth"}
"""What the library says an amount is made of that is another in every year, and the step it is."""


@dataclass(frozen=True)
class Step:
    """What an amount is multiplied by: its value, and its formula where it rests on a number of the model."""

    value: Decimal
    formula: str | None = None
    cells: tuple[Input, ...] = ()


def head(key: str) -> str:
    """Give the name of a column among the texts."""
    return {"price": "price_written", "counts": "counts_for_society"}.get(key, key.replace(".", "_"))


def step_cell(step: Step | None) -> Decimal | Formula | None:
    """Give a step as a cell: the number it rests on, or the library's."""
    if step is None:
        return None
    return DIGITS.plus(step.value) if step.formula is None else Formula(f"={step.formula}")


def linked(cell: Input) -> Step:
    """Give a number of the model as a step."""
    return Step(cell.value, cell.said, (cell,))


class Steps:
    """The steps of every posting that has some, from what the library explains of its cause."""

    def __init__(self, appraisal: "Appraisal", inputs: Inputs, units: "Units") -> None:
        self._appraisal, self._inputs, self._units = appraisal, inputs, units
        document = appraisal.model.to_dict()
        self._spent_to = document.get("actuals_to")
        self._borne = {
            outcome["id"]
            for outcome in document.get("outcomes", [])
            if isinstance(outcome.get("displacement"), dict) and "borne_by" in outcome["displacement"]
        }
        self._explained: dict[str, dict[str, Any]] = {}

    def of(self, row: Mapping[str, Any]) -> dict[str, Step]:
        """Give the steps of a posting by their names; those that vary from year to year are left out."""
        parts = self._parts(row["cause"])
        if row["class"] in ("outcome", "displaced"):
            found = dict(self._priced(row["cause"], parts))
            found |= self._shares(parts)
            found |= self._displaced(row)
            if "society" in (row["from"], row["to"]):
                found |= _market(parts)
        elif row["class"] in ("cost", "transfer"):
            found = dict(self._written(row, parts))
        else:
            return {}
        split = [self._inputs.at(f"{part['address']}") for part in parts if _is_of(part, row)]
        cells = [cell for cell in split if cell is not None]
        return found | ({"split": _product([linked(cell) for cell in cells])} if cells else {})

    def varying(self, row: Mapping[str, Any]) -> str | None:
        """Name the step of a posting that is another in every year, and that the library alone works out."""
        formula = self._explanation(row["cause"]).get("formula", {}).get("en", "")
        return next((key for words, key in _VARYING.items() if words in formula), None)

    def _parts(self, cause: str) -> list[dict[str, Any]]:
        parts: list[dict[str, Any]] = self._explanation(cause).get("parts", [])
        return parts

    def _explanation(self, cause: str) -> dict[str, Any]:
        if cause not in self._explained:
            try:
                self._explained[cause] = self._appraisal.explain(cause).to_dict()
            except ImpactError:  # nothing is explained of the cost of financing
                self._explained[cause] = {}
        return self._explained[cause]

    def _priced(self, cause: str, parts: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Step]]:
        """Give the price as it is written, and what makes it the price of a unit of the outcome."""
        price = next((part for part in parts if _title(part).startswith("price per unit")), None)
        if price is None:
            return
        first, *others = price["parts"]
        cell = self._inputs.at(first.get("address", ""), f"{cause}.value", f"{cause}.proxy")
        product = Decimal(first["value"])
        yield "price", linked(cell) if cell is not None and cell.value == product else Step(product)
        for part in others:
            key = _carried(part)
            if key is not None:
                yield key, Step(Decimal(part["value"]))
                product = EXACT.multiply(product, Decimal(part["value"]))
        if product != 0:
            yield "conversion", self._converted(EXACT.divide(Decimal(price["value"]), product), others)

    def _converted(self, value: Decimal, parts: Sequence[Mapping[str, Any]]) -> Step:
        cells = [self._inputs.at(part["address"]) for part in parts if "address" in part]
        for cell in (cell for cell in cells if cell is not None and cell.value != 0):
            if abs(cell.value - value) < _NEAR * abs(value):
                return linked(cell)
            if abs(EXACT.divide(_MONTHS, cell.value) - value) < _NEAR * abs(value):
                return Step(value, f"{_MONTHS}/{cell.said}", (cell,))
        return Step(neat(value))

    def _shares(self, parts: Sequence[Mapping[str, Any]]) -> dict[str, Step]:
        found: dict[str, Step] = {}
        taken: list[Step] = []
        for part in parts:
            cell = self._inputs.at(part.get("address", ""))
            value = Step(Decimal(part.get("value", 0))) if cell is None else linked(cell)
            key = next((key for title, key in _TITLES.items() if _title(part).startswith(title)), None)
            if key is not None:
                found[key] = value
            elif _title(part).startswith("share of it"):
                found["tax"] = value
            elif _title(part).startswith("taken off it"):
                taken.append(value)
        if taken:
            left = "".join(f"-{step.formula or step.value}" for step in taken)
            cells = tuple(cell for step in taken for cell in step.cells)
            found["tax"] = Step(1 - sum((step.value for step in taken), Decimal(0)), f"1{left}", cells)
        return found

    def _displaced(self, row: Mapping[str, Any]) -> dict[str, Step]:
        """Give what makes causal units those of an outcome whose displaced part somebody else bears."""
        if row["outcome"] not in self._borne or not self._units.moves(str(row["outcome"])):
            return {}
        cell = self._inputs.at(f"outcomes.{row['outcome']}.displacement.share")
        if cell is None or cell.value == 1:
            return {}
        above = (cell.value, cell.said) if row["class"] == "displaced" else (Decimal(1), "1")
        return {"displaced": Step(EXACT.divide(above[0], 1 - cell.value), f"{above[1]}/(1-{cell.said})", (cell,))}

    def _written(self, row: Mapping[str, Any], parts: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Step]]:
        """Give an amount as it is written, and what makes it an amount of the year in the prices of the model."""
        names = ("amount", "per_year", f"per_year.{row['year']}")
        cell = self._inputs.at(*(f"{row['cause']}.{name}" for name in names))
        if cell is None:
            return
        yield "price", linked(cell)
        for part in parts:
            key = _carried(part)
            if key is not None:
                yield key, Step(Decimal(part["value"]))
            elif _title(part).startswith("optimism bias") and not self._is_spent(row["year"]):
                yield "bias", self._biased(part)
        if "society" in (row["from"], row["to"]):
            yield from _market(parts).items()

    def _is_spent(self, year: int) -> bool:
        return self._spent_to is not None and year <= self._spent_to

    def _biased(self, part: Mapping[str, Any]) -> Step:
        value = 1 + Decimal(part["value"])
        cell = self._inputs.at(part.get("address", ""))
        if cell is not None:
            return Step(value, f"1+{cell.said}", (cell,))
        bound, managed = (self._inputs.at(piece.get("address", "")) for piece in (part.get("parts") or [{}, {}])[:2])
        if bound is None or managed is None:
            return Step(value)
        return Step(value, f"1+{bound.said}*(1-{managed.said})", (bound, managed))


def _title(part: Mapping[str, Any]) -> str:
    return str(part["title"]["en"])


def _carried(part: Mapping[str, Any]) -> str | None:
    """Tell whether a number carries a price to another year or country."""
    return next(
        (key for word, key in (("price index", "index"), ("exchange", "exchange")) if _title(part).startswith(word)),
        None,
    )


def _is_of(part: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Tell whether a number is the share that a party of a posting has in what several holders share."""
    address = str(part.get("address", ""))
    return address.startswith("holders.") and address.rsplit(".", 1)[-1] in (row["from"], row["to"])


def _market(parts: Sequence[Mapping[str, Any]]) -> dict[str, Step]:
    """Give what carries a resource to market prices: a gain or a loss of society alone."""
    for part in parts:
        if _title(part).startswith("carried to market prices"):
            return {"market": Step(Decimal(part["parts"][0]["value"]) - 1)}
    return {}


def _product(steps: Sequence[Step]) -> Step:
    value = Decimal(1)
    for step in steps:
        value = EXACT.multiply(value, step.value)
    return Step(
        value,
        "*".join(f"{step.formula or step.value}" for step in steps),
        tuple(cell for step in steps for cell in step.cells),
    )


def neat(value: Decimal) -> Decimal:
    """Give a whole number as one, where only the last digits of a quotient say otherwise."""
    whole = value.to_integral_value(context=EXACT)
    return whole if abs(value - whole) < _ROUNDED else DIGITS.plus(value)
