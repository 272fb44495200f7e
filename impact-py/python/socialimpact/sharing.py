"""How those who pay for results may share what they pay so that none of them is worse off."""

from dataclasses import dataclass, fields
from typing import Any, Literal, TypeAlias

from socialimpact._core import Table
from socialimpact.types import Situation

FairSharesStatus: TypeAlias = Literal["exists", "missing", "losing", "nothing-to-pay"]
"""Whether payers can share so that none is worse off: yes, they save too little, some lose anyway, nothing is paid."""


@dataclass(frozen=True, slots=True)
class FairShares:
    """How those who pay may share what is expected to be paid so that none pays more than it is expected to save.

    Attributes
    ----------
    status : FairSharesStatus
        Whether they can.
    situation : Situation
        What is supposed to be the case.
    missing : float
        What they save less than they pay, all together; zero where they can.
    losing : tuple of str
        The ids of those who lose by what changes before they pay anything.
    shares : Table
        A row for each payer where they can: ``least``, what the others cannot take, and ``most``, what it saves, as
        shares of the payment. Limits of single payers are set aside.

    Examples
    --------
    >>> import socialimpact as si
    >>> shares = si.read("fixtures/models/paid-work.toml").saving_risk(draws=10, seed=1).fair_shares()
    >>> shares.status, round(shares.missing)
    ('exists', 0)
    """

    status: FairSharesStatus
    situation: Situation
    missing: float
    losing: tuple[str, ...]
    shares: Table

    @classmethod
    def _of(cls, found: dict[str, Any], situation: Situation, shares: Table) -> "FairShares":
        return cls(found["status"], situation, found["missing"], tuple(found["losing"]), shares)

    def to_dict(self) -> dict[str, Any]:
        """Give everything as dictionaries and lists."""
        found: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        return found | {"shares": self.shares.to_pylist()}

    def _repr_html_(self) -> str:
        missing = f": {self.missing:,.0f}" if self.missing else ""
        return f'<p class="socialimpact">{self.status}{missing}</p>{self.shares._repr_html_()}'
