"""Which figures of a split over public budgets rest on numbers that somebody invented.

One rule: what a payer gains and what is paid are marked each by itself; what is worked out of both, by both.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from socialimpact.who_pays import Split
from socialimpact.wording.invented import Names, Posted

_OUTCOME = "outcome"
_PROPOSED = frozenset({"pays", "share", "keeps"})


class SplitMarks:
    """The marks of one split, figure by figure."""

    def __init__(self, split: Split, posted: Iterable[Posted]) -> None:
        self._split = split
        self._flows = frozenset(split.flows)
        self._posted = list(posted)
        self._payers = split.payers.to_pylist()
        self.cost = any(self._is_split(one) for one in self._posted)
        self._gains = {row["holder"]: self._gain(row["holder"]) for row in self._payers}

    @property
    def gains(self) -> bool:
        """Whether what all payers gain together is marked."""
        return any(self._gains.values())

    @property
    def left(self) -> bool:
        """Whether what is left, or missing, is marked: it is worked out of the gains and the cost."""
        return self.cost or self.gains

    @property
    def losses(self) -> bool:
        """Whether what some payers lose is marked."""
        return any(self._gains[row["holder"]] for row in self._payers if row["gain"] < 0)

    def of_payer(self, row: Mapping[str, Any]) -> Names:
        """Give the marked figures of a payer."""
        return self._of({row["holder"]}, is_losing=row["gain"] < 0)

    def of_level(self, row: Mapping[str, Any]) -> Names:
        """Give the marked figures of a level of government."""
        own = [payer for payer in self._payers if payer["level"] == row["level"]]
        return self._of({payer["holder"] for payer in own}, is_losing=any(payer["gain"] < 0 for payer in own))

    def of_other(self, row: Mapping[str, Any]) -> Names:
        """Give the marked figures of somebody who is not asked to pay."""
        holder = row["holder"]
        seen = [one for one in self._posted if one.summed_as == _OUTCOME and one.is_seen_by({holder}) and one.amount]
        found = {one.kind for one in seen if one.kind != "fiscal"}
        found |= {"gain"} if self._gain(holder) else set()
        return frozenset(found | ({"pays_now"} if self._pays_now(holder) else set()))

    def _of(self, holders: Collection[str], *, is_losing: bool) -> Names:
        gains = any(self._gains[holder] for holder in holders)
        others = any(mark for holder, mark in self._gains.items() if holder not in holders)
        found = {"gain"} if gains else set()
        found |= {"pays_now"} if any(map(self._pays_now, holders)) else set()
        found |= {"least", "least_share"} if self.cost or others or (is_losing and gains) else set()
        return frozenset(found | (_PROPOSED if self.left else set()))

    # Postings

    def _gain(self, holder: str) -> bool:
        return any(self._is_gained(one, holder) for one in self._posted if holder in {one.payer, one.receiver})

    def _pays_now(self, holder: str) -> bool:
        return any(self._is_paid(one, holder) for one in self._posted if holder in {one.payer, one.receiver})

    def _is_gained(self, one: Posted, holder: str) -> bool:
        """Tell whether a posting moves what somebody gains in money before anybody pays for what is split."""
        if one.summed_as == _OUTCOME:
            return one.kind == "fiscal" and (one.cashable if self._split.gain == "cashable" else one.amount)
        if self._split.all_costs or not one.amount or one.summed_as == "financing":
            return False
        if self._is_split(one):
            return one.receiver == holder
        return one.pays_back not in self._flows

    def _is_paid(self, one: Posted, holder: str) -> bool:
        """Tell whether a posting moves what somebody pays now of what is split."""
        if not one.amount or one.summed_as not in {"cost", "transfer"}:
            return False
        if self._split.all_costs:
            return True
        return (self._is_split(one) and one.payer == holder) or one.pays_back in self._flows

    def _is_split(self, one: Posted) -> bool:
        return one.amount and one.cause in self._flows and not one.is_markup
