"""The cost of financing: what raising public money costs society, or saves it.

One rule: it is a share of the money that public budgets gain less what they give in a year, costs and outcomes each by
themselves, since they may be discounted otherwise.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from socialimpact.report.sheets import EXACT, Formula

FINANCING = "financing"
"""The class of its postings."""
MONEY = "fiscal"
"""The kind of the postings that are money in budgets."""
_SIDES = (("cost", "transfer"), ("outcome",))
"""What is discounted as costs are, and what as outcomes."""
_NEAR = Decimal("1e-6")
"""What an amount may differ by."""


class Financing:
    """What the postings of the cost of financing are made of."""

    def __init__(self, rows: Sequence[Mapping[str, Any]], public: Sequence[str]) -> None:
        self._public = public
        self._net: dict[tuple[int, tuple[str, ...]], Decimal] = {}
        self._rows = [row for row in rows if row["class"] == FINANCING]
        for row in rows:
            if row["class"] != FINANCING and row["kind"] == MONEY:
                of = row["year"], next(side for side in _SIDES if row["counted_as"] in side)
                gained = row["amount"] * ((row["to"] in public) - (row["from"] in public))
                self._net[of] = self._net.get(of, Decimal(0)) + gained
        self._share = self._share_of_money()
        self.is_live = self._share is not None

    def formula(self, row: Mapping[str, Any], columns: Mapping[str, str], words: Mapping[str, str]) -> Formula | None:
        """Give the amount of a posting; None where it is no share of the money."""
        side = None if self._share is None else self._side(row, self._share)
        if side is None or self._share is None:
            return None
        sums = [
            f"{sign}SUMIFS({columns['amount']},{columns['year']},{row['year']},{columns['kind']},"
            f'"{words[MONEY]}",{columns["counted_as"]},"{words[part]}",{columns[end]},"{holder}")'
            for holder in self._public
            for part in side
            for sign, end in (("+", "to"), ("-", "from"))
        ]
        share = self._share if row["to"] == "society" else -self._share
        return Formula(f"={share:.12f}*({''.join(sums).removeprefix('+')})")

    def _share_of_money(self) -> Decimal | None:
        """Give the share that every posting is of the money of its side; None where there is none."""
        if not self._rows:
            return Decimal(0)
        cost, net = sum(map(_signed, self._rows), Decimal(0)), sum(self._net.values(), Decimal(0))
        share = None if net == 0 else EXACT.divide(cost, net).quantize(_NEAR)
        return share if share is not None and all(self._side(row, share) for row in self._rows) else None

    def _side(self, row: Mapping[str, Any], share: Decimal) -> tuple[str, ...] | None:
        """Tell of which side a posting is the share."""

        def is_of(side: tuple[str, ...]) -> bool:
            return abs(share * self._net.get((row["year"], side), Decimal(0)) - _signed(row)) < _NEAR

        return next((side for side in _SIDES if is_of(side)), None)


def _signed(row: Mapping[str, Any]) -> Decimal:
    amount: Decimal = row["amount"] if row["to"] == "society" else -row["amount"]
    return amount
