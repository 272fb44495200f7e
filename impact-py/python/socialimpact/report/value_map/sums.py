"""Sums over the postings: what somebody gains less what they give, as a number and as the formula that gives it.

One rule: formula and number are made of the same terms, so that a formula stands only where it comes to the figure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from socialimpact.report.value_map.postings import Postings

ANYBODY = "?*"
"""What SUMIFS takes for any text."""
Criteria = tuple[tuple[str, str | int], ...]


@dataclass(frozen=True)
class Sum:
    """Some columns of the postings added up, each under its criteria, plus or minus."""

    terms: tuple[tuple[int, str, Criteria], ...] = ()

    def __add__(self, other: "Sum") -> "Sum":
        """Give both together."""
        return Sum(self.terms + other.terms)

    def __neg__(self) -> "Sum":
        """Give the same with the other sign."""
        return Sum(tuple((-sign, column, criteria) for sign, column, criteria in self.terms))

    def value(self, rows: Sequence[Mapping[str, Any]]) -> Decimal:
        """Give what it comes to in some rows."""
        return sum(
            (sign * row[column] for sign, column, criteria in self.terms for row in rows if _is_meant(row, criteria)),
            Decimal(0),
        )

    def formula(self, postings: "Postings") -> str:
        """Give the formula, without its sign of equality."""
        text = "".join(
            f"{'+' if sign > 0 else '-'}{_sumifs(postings, column, criteria)}" for sign, column, criteria in self.terms
        )
        return text.removeprefix("+") or "0"


def balance(column: str, holder: str, *among: tuple[str, str]) -> Sum:
    """Give what a holder gains less what it gives."""
    gained, given = (Sum(((1, column, ((end, holder), *among)),)) for end in ("to", "from"))
    return gained + -given


def of_society(column: str, *among: tuple[str, str]) -> Sum:
    """Give what society gains less what it loses, as the conventions and who has standing say."""
    gained, lost = (Sum(((1, column, (("counts", sign), *among)),)) for sign in (1, -1))
    return gained + -lost


def _is_meant(row: Mapping[str, Any], criteria: Criteria) -> bool:
    return all(row[key] is not None if wanted == ANYBODY else row[key] == wanted for key, wanted in criteria)


def _sumifs(postings: "Postings", column: str, criteria: Criteria) -> str:
    asked = "".join(
        f",{postings.range(key)},{wanted}"
        if isinstance(wanted, int)
        else f',{postings.range(key)},"{postings.word(key, wanted)}"'
        for key, wanted in criteria
    )
    return f"SUMIFS({postings.range(column)}{asked})"
