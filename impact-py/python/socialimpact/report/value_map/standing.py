"""Who counts: what of a posting is a gain or a loss of society, and under which sum it falls.

One rule: somebody without standing is left out, and what one gains and another loses is nothing to society, unless the
conventions count a transfer for whoever gets it; which of the two they do is asked of the library's own figure.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from socialimpact._core import Appraisal

_NEAR = Decimal("1e-6")
"""What a sum may differ from the library's by."""
_COUNTED_AS = {"displaced": "outcome"}


def counted(appraisal: "Appraisal", rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give postings with the sum each falls under and with its sign for society: 1, 0 or -1."""
    standing = _Standing(appraisal)
    net = appraisal.measure("npv").value
    for gainer_only in (False, True):
        signs = [standing.sign(row, gainer_only=gainer_only) for row in rows]
        total = sum((sign * row["present_value"] for sign, row in zip(signs, rows, strict=True)), Decimal(0))
        if net is not None and abs(total - net) <= _NEAR:
            break
    return [{**row, "counted_as": _counted_as(row), "counts": sign} for row, sign in zip(rows, signs, strict=True)]


class _Standing:
    """Who stands in a model, and which values are left out of what society gains."""

    def __init__(self, appraisal: "Appraisal") -> None:
        document = appraisal.model.to_dict()
        self._without = {holder["id"] for holder in document.get("holders", []) if holder.get("standing") is False}
        self._left_out = {
            f"outcomes.{outcome['id']}.values.{value['id']}"
            for outcome in document.get("outcomes", [])
            for value in outcome.get("values", [])
            if value.get("standing") is False
        }

    def sign(self, row: Mapping[str, Any], *, gainer_only: bool) -> int:
        """Give plus where society gains by a posting, and minus where it loses."""
        gained = self._stands(row["to"]) and not (row["class"] == "outcome" and row["cause"] in self._left_out)
        lost = self._stands(row["from"]) and not (row["class"] == "displaced" and row["cause"] in self._left_out)
        if gained and lost and gainer_only:
            return {"outcome": 1, "displaced": -1}.get(row["class"], 0)
        return int(gained) - int(lost)

    def _stands(self, holder: str | None) -> bool:
        return holder is not None and holder not in self._without


def _counted_as(row: Mapping[str, Any]) -> str:
    if row["class"] == "reimbursement":
        return "transfer" if row["outcome"] is None else "outcome"
    return _COUNTED_AS.get(row["class"], str(row["class"]))
