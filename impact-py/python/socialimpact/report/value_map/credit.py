"""Credit due to others: some conventions count it in amounts, and some only in ratios.

One rule: whether amounts move with it is asked of the library, by moving it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from socialimpact.report.sheets import EXACT
from socialimpact.report.value_map.inputs import Input, Inputs

if TYPE_CHECKING:
    from socialimpact._core import Appraisal

_NEAR = Decimal("1e-9")
"""What a proportion may differ by."""


@dataclass(frozen=True)
class Credit:
    """The own share of the credit of an outcome: its value, and its formula."""

    share: Decimal
    formula: str


def credited(appraisal: "Appraisal", rows: Sequence[Mapping[str, Any]], inputs: Inputs) -> dict[str | None, Credit]:
    """Give the credit of each outcome whose amounts are all proportional to it."""
    found: dict[str, tuple[Input, bool]] = {}
    for outcome in appraisal.model.outcomes:
        at = f"outcomes.{outcome}.attribution"
        own, others = inputs.at(f"{at}.own"), inputs.at(f"{at}.others")
        cell = own or others
        if cell is not None and _share(cell, own is not None) > 0:
            found[outcome] = (cell, own is not None)
    if not found:
        return {}
    moved = {cell.address: (cell.value + 1) / 2 if not is_own else cell.value / 2 for cell, is_own in found.values()}
    halved = appraisal.model.with_(moved).appraise().ledger.to_pylist()
    after = {_key(row): row["amount"] for row in halved}
    shares: dict[str | None, Credit] = {}
    for outcome, (cell, is_own) in found.items():
        of = [row for row in rows if row["outcome"] == outcome and row["amount"] != 0]
        halves = (EXACT.divide(after.get(_key(row), Decimal(0)), row["amount"]) for row in of)
        if of and all(abs(half - Decimal("0.5")) < _NEAR for half in halves):
            shares[outcome] = Credit(_share(cell, is_own), cell.place if is_own else f"(1-{cell.place})")
    return shares


def _share(cell: Input, is_own: bool) -> Decimal:
    return cell.value if is_own else 1 - cell.value


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("cause", "class", "kind", "from", "to", "year"))
