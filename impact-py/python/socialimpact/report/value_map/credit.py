"""Credit due to others: some conventions count it in amounts, and some only in ratios.

One rule: whether amounts move with it is asked of the library, by moving it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from socialimpact.report.sheets import EXACT
from socialimpact.report.value_map.inputs import Inputs
from socialimpact.report.value_map.steps import Step, linked

if TYPE_CHECKING:
    from socialimpact._core import Appraisal

_NEAR = Decimal("1e-9")
"""What a proportion may differ by."""


@dataclass(frozen=True)
class Credit:
    """The own share of the credit of an outcome, and what is proportional to it."""

    own: Step
    in_amounts: bool


def credited(appraisal: "Appraisal", rows: Sequence[Mapping[str, Any]], inputs: Inputs) -> dict[str | None, Credit]:
    """Give the credit of each outcome whose amounts, or whose claims alone, are all proportional to it."""
    found: dict[str, Step] = {}
    moved: dict[str, Decimal] = {}
    for outcome in appraisal.model.outcomes:
        at = f"outcomes.{outcome}.attribution"
        own, others = inputs.at(f"{at}.own"), inputs.at(f"{at}.others")
        if own is not None and own.value > 0:
            found[outcome], moved[own.address] = linked(own), own.value / 2
        elif others is not None and others.value < 1:
            found[outcome] = Step(1 - others.value, f"1-{others.said}", (others,))
            moved[others.address] = (others.value + 1) / 2
    if not found:
        return {}
    after = {_key(row): row for row in appraisal.model.with_(moved).appraise().ledger.to_pylist()}
    made: dict[str | None, Credit] = {}
    for outcome, share in found.items():
        of = [row for row in rows if row["outcome"] == outcome and row["amount"] != 0]
        if of and all(_is_halved(row, after, "claim") for row in of):
            in_amounts = [_is_halved(row, after, "amount") for row in of]
            if all(in_amounts) or not any(in_amounts):
                made[outcome] = Credit(share, all(in_amounts))
    return made


def _is_halved(row: Mapping[str, Any], after: Mapping[tuple[Any, ...], Mapping[str, Any]], key: str) -> bool:
    halved = after.get(_key(row))
    return halved is not None and abs(EXACT.divide(halved[key], row[key]) - Decimal("0.5")) < _NEAR


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("cause", "class", "kind", "from", "to", "year"))
