"""How causal units spread over the years: intakes that follow each other, each fading from its second year.

One rule: whether a formula holds is asked of the library, by moving what the units are made of.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from socialimpact.errors import ImpactError
from socialimpact.report.sheets import EXACT
from socialimpact.report.value_map.inputs import Input

if TYPE_CHECKING:
    from socialimpact._core import Appraisal

_NEAR = Decimal("1e-9")
"""What a proportion may differ by."""
_ASIDE = Decimal("0.0625")
"""What is added to half of a share, so that one of nothing moves too."""
_DIGITS = Decimal("1e-9")
"""What a moved number is rounded to."""


def units_by_year(appraisal: "Appraisal") -> dict[str, dict[int, Decimal]]:
    """Give the causal units of each outcome in each year."""
    found: dict[str, dict[int, Decimal]] = {}
    for row in appraisal.outcome_units_by_year().to_pylist():
        found.setdefault(row["outcome"], {})[row["year"]] = row["units"]
    return found


@dataclass(frozen=True)
class Spread:
    """How much of one intake's first year there is in each year, by how many years each part has faded."""

    parts: Mapping[int, Mapping[int, Decimal]]

    @classmethod
    def of(cls, outcome: Mapping[str, Any], duration: Decimal, years: Iterable[int], costs: Iterable[int]) -> "Spread":
        """Give the spread that the document of an outcome says."""
        years = sorted(years)
        intakes = outcome.get("intakes", "one")
        first = (
            years[:1]
            if intakes == "one"
            else sorted(set(costs))
            if intakes == "yearly"
            else [int(year) for year in intakes]
        )
        is_event = outcome.get("nature") == "event"
        parts: dict[int, dict[int, Decimal]] = {}
        for year in years:
            ages = Counter(year - intake - int(outcome.get("lag", 0)) for intake in first)
            lasting = {age: _lasts(age, Decimal(1) if is_event else duration) for age in ages}
            parts[year] = {age: count * lasting[age] for age, count in ages.items() if lasting[age] > 0}
        return cls(parts)

    def value(self, year: int, drop_off: Decimal) -> Decimal:
        """Give the spread in a year where so much is lost each year."""
        kept = ((part, EXACT.power(1 - drop_off, age) if age else Decimal(1)) for age, part in self._of(year))
        return sum((EXACT.multiply(part, left) for part, left in kept), Decimal(0))

    def formula(self, year: int, drop_off: str) -> str:
        """Give the formula of it, without its sign of equality."""
        return "+".join(_faded(part, age, drop_off) for age, part in self._of(year)) or "0"

    def _of(self, year: int) -> list[tuple[int, Decimal]]:
        return sorted(self.parts.get(year, {}).items())


def _lasts(age: int, duration: Decimal) -> Decimal:
    """Give how much of its year an outcome of some age lasts."""
    return Decimal(0) if age < 0 else min(Decimal(1), duration - age)


def _faded(part: Decimal, age: int, drop_off: str) -> str:
    if age == 0:
        return str(part)
    left = f"(1-{drop_off})" + (f"^{age}" if age > 1 else "")
    return left if part == 1 else f"{part}*{left}"


class Moved:
    """The units of a model whose numbers were moved, to ask which formulas hold."""

    def __init__(self, appraisal: "Appraisal", cells: Iterable[tuple[str, Input]]) -> None:
        self._values: dict[str, Decimal] = {}
        for name, cell in cells:
            halved = (cell.value / 2).quantize(_DIGITS)
            self._values.setdefault(cell.address, halved if name == "quantity" else halved + _ASIDE)
        try:
            self._units = units_by_year(appraisal.model.with_(self._values).appraise())
        except ImpactError:  # it takes no such numbers: nothing is known of how it moves
            self._units = {}

    def value(self, cell: Input) -> Decimal:
        """Give what a number was moved to."""
        return self._values.get(cell.address, cell.value)

    def are(self, outcome: str, expected: Mapping[int, Decimal]) -> bool:
        """Tell whether the units of an outcome moved as a formula says."""
        return are_near(self._units.get(outcome), expected)


def are_near(found: Mapping[int, Decimal] | None, expected: Mapping[int, Decimal]) -> bool:
    """Tell whether units are the same in every year."""
    return found is not None and all(
        abs(units - expected.get(year, Decimal(0))) <= _NEAR * max(abs(units), Decimal(1))
        for year, units in found.items()
    )


def cost_years(document: Mapping[str, Any], years: Iterable[int]) -> set[int]:
    """Give the years in which something is paid for."""
    paid: set[int] = set()
    for cost in document.get("costs", []):
        if isinstance(cost.get("per_year"), dict) and all(str(key).isdigit() for key in cost["per_year"]):
            paid |= {int(year) for year in cost["per_year"]}
        elif "year" in cost:
            paid.add(int(cost["year"]))
        else:
            first, last = cost.get("years", (min(years), max(years)))
            paid |= set(range(int(first), int(last) + 1))
    return paid
