"""What another holder pays back: a share of postings that stand on the same sheet."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from socialimpact.report.value_map.inputs import Inputs
from socialimpact.report.value_map.steps import Step, linked

if TYPE_CHECKING:
    from socialimpact._core import Appraisal


class Reimbursed:
    """Which postings are paid back, and which share of them."""

    def __init__(self, appraisal: "Appraisal", rows: Sequence[Mapping[str, Any]], inputs: Inputs) -> None:
        self._rows, self._inputs = rows, inputs
        written = appraisal.model.to_dict().get("reimbursements", [])
        self._of = {f"reimbursements.{each['id']}": each["of"] for each in written}

    def lines(self, row: Mapping[str, Any]) -> list[int]:
        """Give the places among the postings of what is paid back."""
        of, parties = self._of.get(row["cause"]), {row["from"], row["to"]} - {None, "society"}
        return [
            number
            for number, other in enumerate(self._rows)
            if of is not None
            and (other["cause"], other["year"]) == (of, row["year"])
            and parties & {other["from"], other["to"]}
        ]

    def steps(self, row: Mapping[str, Any]) -> dict[str, Step]:
        """Give what is paid back, and the share; nothing of a posting that pays nothing back."""
        lines = self.lines(row)
        share = self._inputs.at(f"{row['cause']}.share")
        if not lines or share is None:
            return {}
        whole = sum((self._rows[number]["amount"] for number in lines), Decimal(0))
        return {"reimbursed": Step(whole), "paid_back": linked(share)}
