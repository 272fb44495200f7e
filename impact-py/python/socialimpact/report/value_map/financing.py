"""The cost of financing: what raising public money costs society, or saves it.

One rule: it is a share of what the public purse gains less what it gives in a year, whatever postings that is made of;
so it moves by that share of what the purse moves by.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from socialimpact.report.sheets import EXACT, Formula

FINANCING = "financing"
"""The class of its postings."""
_NEAR = Decimal("1e-9")
"""What a share may differ between years by."""


class Financing:
    """What the postings of the cost of financing are made of."""

    def __init__(self, rows: Sequence[Mapping[str, Any]], public: Sequence[str]) -> None:
        self._public = public
        self._net: dict[int, Decimal] = {}
        cost: dict[int, Decimal] = {}
        self._last: dict[int, Mapping[str, Any]] = {}
        for row in rows:
            year, amount = row["year"], row["amount"]
            if row["class"] == FINANCING:
                cost[year] = cost.get(year, Decimal(0)) + (amount if row["to"] == "society" else -amount)
                self._last[year] = row
            else:
                gained = amount * ((row["to"] in public) - (row["from"] in public))
                self._net[year] = self._net.get(year, Decimal(0)) + gained
        shares = {EXACT.divide(cost[year], self._net[year]) for year in cost if self._net.get(year)}
        self._share = max(shares, default=None) if not shares or max(shares) - min(shares) < _NEAR else None

    def formula(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> Formula | None:
        """Give the amount of a year's last posting; None of the others, and where they are no share of the purse."""
        if self._share is None or self._last.get(row["year"]) is not row or not self._net.get(row["year"]):
            return None
        amounts, year = columns["amount"], f"{columns['year']},{row['year']}"
        sums = [
            f'{sign}SUMIFS({amounts},{year},{columns[end]},"{holder}")'
            for holder in self._public
            for sign, end in (("+", "to"), ("-", "from"))
        ]
        share = self._share if row["to"] == "society" else -self._share
        moved = f"({''.join(sums).removeprefix('+')}-({self._net[row['year']]}))"
        return Formula(f"={row['amount']}+({share:.12f})*{moved}")
