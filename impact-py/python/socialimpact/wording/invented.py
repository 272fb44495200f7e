"""Which figures of a table rest on numbers that somebody invented, told figure by figure.

One rule: a figure is marked where it adds up a posting of a cost, transfer, value or reimbursement that rests on one.
Which do, the library's own explanations say, held to the numbers that move what somebody gains: credit that only a
ratio shares out marks no amount.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from socialimpact._core import Appraisal, indices
from socialimpact.errors import ImpactError
from socialimpact.types import Measure
from socialimpact.wording.words import Words

Names = frozenset[str]
"""The columns of a table whose figures are marked."""

_FINANCING = "conventions.financing.cost"
_INFLATION = "inflation"
_OUTCOME = "outcome"
_PAID_BACK = ("costs.", "transfers.", "outcomes.")


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
    pays_back: frozenset[str] = frozenset()
    """Of a reimbursement, the costs, transfers and values it pays back."""

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

    def __init__(self, appraisal: Appraisal, words: Words) -> None:
        self._appraisal = appraisal
        self._words = words
        self._document = words.document
        self._found: dict[bool, list[Posted]] = {}
        self._leaves: dict[str, frozenset[str]] = {}
        self._of_rules: dict[str, frozenset[str]] = {}

    def postings(self, *, nominal: bool = False) -> list[Posted]:
        """Give the postings that rest on invented numbers, in the prices of the price year or in money of each year."""
        if nominal not in self._found:
            posted = (self._posted(row, nominal=nominal) for row in self._appraisal.ledger.to_pylist())
            self._found[nominal] = list(dict.fromkeys(one for one in posted if one.amount or one.cashable))
        return self._found[nominal]

    def _posted(self, row: Mapping[str, Any], *, nominal: bool) -> Posted:
        if row["cause"] == _FINANCING:
            return self._row(row, amount=self._financing, cashable=False)
        behind = set(self._of_row(row, self._behind(row["cause"])))
        released = behind | set(self._of_row(row, self._places(row["cause"])))
        grown = nominal and self._is_grown(row)
        if nominal and self._is_written_nominal(row["cause"]):
            behind, released = behind - {_INFLATION}, released - {_INFLATION}
        amount, cashable = self._moves(behind, "npv"), self._moves(released, "cashable_saving")
        return self._row(row, amount=grown or amount, cashable=grown or cashable)

    def _row(self, row: Mapping[str, Any], *, amount: bool, cashable: bool) -> Posted:
        summed_as = {"displaced": _OUTCOME}.get(row["class"], row["class"])
        if row["class"] == "reimbursement":
            summed_as = "transfer" if row["outcome"] is None else _OUTCOME
        parties = {"payer": row["from"], "receiver": row["to"]}
        known = {"cause": row["cause"], "kind": row["kind"], "year": row["year"]}
        pays_back = self._of_rules.get(row["cause"], frozenset())
        return Posted(**known, **parties, summed_as=summed_as, amount=amount, cashable=cashable, pays_back=pays_back)

    @cached_property
    def _financing(self) -> bool:
        """Whether what public budgets pay and save does: the tax-financing cost is a share of it."""
        return self._appraisal.measure("net_public_cost", holder="public").illustrative

    # Money of each year

    def _is_written_nominal(self, cause: str) -> bool:
        """Tell whether an amount stands in the document as money of each year."""
        section, _, name = cause.partition(".")
        flows = self._document.get(section, []) if section in {"costs", "transfers"} else []
        return any(flow["id"] == name and flow.get("price_basis") == "nominal" for flow in flows)

    def _is_grown(self, row: Mapping[str, Any]) -> bool:
        """Tell whether an invented growth of prices carries an amount to the money of its year."""
        return row["year"] in self._assumed_years and not self._is_written_nominal(row["cause"])

    @cached_property
    def _assumed_years(self) -> frozenset[int]:
        """The years whose price level rests on an invented growth of prices."""
        model, growth = self._appraisal.model, self._words.assumption(_INFLATION)
        if growth is None or not growth["illustrative"]:
            return frozenset()
        series = (self._words.convention.get("prices", {}).get("index"), self._document["country"])
        observed = [row["year"] for row in indices().to_pylist() if (row["kind"], row["country"]) == series]
        last = max(observed, default=model.price_year)
        assumed = {year: max(0, year - last) for year in (*model.years, model.price_year)}
        return frozenset(year for year, count in assumed.items() if count != assumed[model.price_year])

    def claims(self, outcome: str) -> bool:
        """Tell whether what is claimed of an outcome rests on an invented number, with the credit of others."""
        moving = self._npv | self._credited
        return any(at not in self._numbers or at in moving for at in self._behind(f"outcomes.{outcome}"))

    # What is behind a cause

    def _behind(self, cause: str) -> frozenset[str]:
        """Give the addresses of what is invented beneath a cause, as the library explains it."""
        if cause not in self._leaves:
            try:
                tree = self._appraisal.explain(cause).to_dict()
            except ImpactError:  # a rule of the conventions, such as the tax-financing cost, has nothing beneath it
                tree = {"marks": {"illustrative": False}}
            if cause.startswith("reimbursements."):  # what it pays back, its explanation only names
                named = [part.get("address") or "" for part in tree.get("parts") or ()]
                self._of_rules[cause] = frozenset(at for at in named if at.startswith(_PAID_BACK))
            below = map(self._behind, self._of_rules.get(cause, ()))
            self._leaves[cause] = frozenset(_leaves(tree)).union(*below)
        return self._leaves[cause]

    def _places(self, cause: str) -> frozenset[str]:
        """Give what is invented of the steps in which places close that a value frees."""
        for capacity in self._document.get("capacities", []):
            if cause in capacity.get("values", ()):
                return self._behind(f"capacities.{capacity['id']}").union(*map(self._behind, capacity["values"]))
        return frozenset()

    @staticmethod
    def _of_row(row: Mapping[str, Any], addresses: Iterable[str]) -> Iterator[str]:
        """Leave out amounts of other years, and shares of others than the two whose money it is."""
        for address in addresses:
            *_, key, last = ["", *address.split(".")]
            if key == "per_year" and last.isdigit() and int(last) != row["year"]:
                continue
            if address.startswith("holders.") and key == "shares" and last not in {row["from"], row["to"]}:
                continue
            yield address

    def _moves(self, addresses: Collection[str], measure: Measure) -> bool:
        """Tell whether any of some addresses moves an amount; what is no number of the model (an index) does."""
        return any(at not in self._numbers or at in self._moving(measure) for at in addresses)

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset(self._appraisal.model.assumptions["address"])

    def _moving(self, measure: Measure) -> frozenset[str]:
        """Give the invented numbers behind a measure of any holder."""
        return self._npv if measure == "npv" else self._cashable

    @cached_property
    def _npv(self) -> frozenset[str]:
        return self._behind_measure("npv")

    @cached_property
    def _cashable(self) -> frozenset[str]:
        return self._behind_measure("cashable_saving")

    @cached_property
    def _credited(self) -> frozenset[str]:
        return self._behind_measure("sroi_ratio")

    def _behind_measure(self, measure: Measure) -> frozenset[str]:
        asked = (self._appraisal.illustrative_numbers(measure, holder=at) for at in self._appraisal.model.holders)
        return frozenset().union(*asked)


def _leaves(tree: Mapping[str, Any]) -> Iterator[str]:
    """Give what of an explanation is invented itself, and not only in a part of it."""
    parts = tree.get("parts") or ()
    if tree["marks"]["illustrative"] and not any(part["marks"]["illustrative"] for part in parts):
        yield str(tree.get("address") or tree["title"])
    for part in parts:
        yield from _leaves(part)


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
