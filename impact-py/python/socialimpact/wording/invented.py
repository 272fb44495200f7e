"""Which figures of a table rest on numbers that somebody invented, told figure by figure.

One rule: the ledger says it of each posting; a figure is marked where it adds up one that is marked.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from socialimpact._core import Appraisal

Names = frozenset[str]
"""The columns of a table whose figures are marked."""

_OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Posted:
    """What postings of one cause, year and pair of holders have in common, where they rest on an invented number."""

    cause: str
    summed_as: str
    """What they are added up with: cost, transfer, outcome or financing."""
    kind: str
    payer: str | None
    receiver: str | None
    year: int
    amount: bool
    """Whether the amount rests on one."""
    cashable: bool
    """Whether the part that releases money does."""
    pays_back: str | None = None
    """Of a reimbursement, the cost, transfer or value it pays back."""

    @property
    def is_markup(self) -> bool:
        """Whether it carries a resource to market prices, which is nobody's money."""
        return self.summed_as != "financing" and "society" in (self.payer, self.receiver)

    def is_money_of(self, budgets: Collection[str]) -> bool:
        """Tell whether it enters some budgets together: they hold money only."""
        return self.kind == "fiscal" and self.summed_as != "financing" and self.is_seen_by(budgets)

    def is_seen_by(self, holders: Collection[str]) -> bool:
        """Tell whether it is a gain or a loss of some holders together."""
        return (self.payer in holders) != (self.receiver in holders)


class Invented:
    """The postings of one appraisal that rest on invented numbers."""

    def __init__(self, appraisal: Appraisal) -> None:
        self._appraisal = appraisal
        self._found: dict[bool, list[Posted]] = {}

    @cached_property
    def _ledger(self) -> list[dict[str, Any]]:
        return self._appraisal.ledger.to_pylist()

    def postings(self, *, nominal: bool = False) -> list[Posted]:
        """Give the postings that rest on invented numbers, in the prices of the price year or in money of each year."""
        if nominal not in self._found:
            posted = (_posted(row, nominal=nominal) for row in self._ledger)
            self._found[nominal] = list(dict.fromkeys(one for one in posted if one.amount or one.cashable))
        return self._found[nominal]


def _posted(row: Mapping[str, Any], *, nominal: bool) -> Posted:
    summed_as = _OUTCOME if row["class"] == "displaced" else row["class"]
    if row["class"] == "reimbursement":
        summed_as = "transfer" if row["outcome"] is None else _OUTCOME
    level = "illustrative_nominal" if nominal else "illustrative"
    return Posted(
        cause=row["cause"],
        summed_as=summed_as,
        kind=row["kind"],
        payer=row["from"],
        receiver=row["to"],
        year=row["year"],
        amount=row[level],
        cashable=row[f"{level}_cashable"],
        pays_back=row["pays_back"],
    )


# The columns of tables


def of_pocket(posted: Iterable[Posted], holder: str) -> Names:
    """Give which of what a holder pays, receives and gains is marked."""
    names = set()
    for one in posted:
        if holder not in {one.payer, one.receiver}:
            continue
        if one.summed_as == _OUTCOME:
            names |= _named("gains", one)
        elif one.amount:
            names |= {"pays" if one.payer == holder else "receives", "net"}
    return frozenset(names)


def of_budget(posted: Iterable[Posted], holders: Collection[str]) -> Names:
    """Give which of what budgets pay and save is marked; they hold money only."""
    names = set()
    for one in posted:
        if not one.is_money_of(holders):
            continue
        if one.summed_as == _OUTCOME:
            names |= _named("savings", one)
        elif one.amount:
            names |= {f"{one.summed_as}s", "net"}
    return frozenset(names)


def of_kinds(posted: Iterable[Posted]) -> Names:
    """Give which present values by kind are marked, of postings that somebody sees."""
    names = set()
    for one in posted:
        if not one.amount:
            continue
        if one.summed_as == _OUTCOME:
            names |= {"market_prices" if one.is_markup else one.kind, "ratio"}
            names |= {"fiscal_ratio"} if one.kind == "fiscal" and not one.is_markup else set()
        elif one.summed_as == "cost":
            names |= {"inputs", "ratio", "fiscal_ratio"}
        else:
            names |= {"transfers" if one.summed_as == "transfer" else "financing"}
        names.add("net")
    return frozenset(names)


def _named(gained: str, one: Posted) -> set[str]:
    names = {gained, "net"} if one.amount else set()
    return names | ({"cashable"} if one.cashable and one.kind == "fiscal" else set())
