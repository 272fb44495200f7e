"""Who should pay: the split of a cost over public budgets that leaves no payer worse off."""

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from socialimpact._core import Table

SplitStatus: TypeAlias = Literal["exists", "missing", "nothing-to-pay"]
"""Whether a split leaves no payer worse off: it exists, something is missing, or there is nothing to pay."""
GainCounted: TypeAlias = Literal["fiscal", "cashable"]
"""What a payer can pay from: all its fiscal gain, or only the part that releases money."""


@dataclass(frozen=True, slots=True)
class Split:
    """Who should pay, in present values.

    Attributes
    ----------
    status : SplitStatus
        Whether there is a split that leaves no payer worse off.
    flows, all_costs : tuple of str, bool
        What is paid for, and whether that is every cost, as if nobody had paid yet.
    gain : GainCounted
        Which gains count.
    cost, gains : Decimal
        What is to be paid, and what all payers gain together before they pay: the most they can pay.
    left, missing : Decimal
        What they keep together where there is a split; what somebody else would have to bring where there is none.
    losses : Decimal
        What payers lose that lose before they pay; a split pays them as much.
    payers : Table
        A row for each: what it gains before it pays, what it pays now, the least it must and the most it can pay; and
        of the proposal, which is in proportion to gain, what it pays, its share, and what it keeps.
    levels : Table
        The same by level of government, with the least as a share of the cost.
    others : Table
        Everybody else: what each gains in money, and in production and wellbeing, which is no budget's money.
    illustrative, unverified : bool
        Whether anything that moves the answer is invented, or was not read at its source.

    Examples
    --------
    >>> import socialimpact as si
    >>> split = si.read("fixtures/models/larvik.toml").appraise().split()
    >>> split.status, round(split.missing)
    ('missing', 2738079)
    >>> split.payers.column_names[:3]
    ('holder', 'level', 'gain')
    """

    status: SplitStatus
    flows: tuple[str, ...]
    all_costs: bool
    gain: GainCounted
    cost: Decimal
    gains: Decimal
    left: Decimal
    missing: Decimal
    losses: Decimal
    payers: Table
    levels: Table
    others: Table
    illustrative: bool
    unverified: bool

    @classmethod
    def _of(cls, found: dict[str, Any], payers: Table, levels: Table, others: Table) -> "Split":
        cost, gains, left, missing, losses = (
            Decimal(found[name]) for name in ("cost", "gains", "left", "missing", "losses")
        )
        return cls(
            status=found["status"],
            flows=tuple(found["flows"]),
            all_costs=found["all_costs"],
            gain=found["gain"],
            cost=cost,
            gains=gains,
            left=left,
            missing=missing,
            losses=losses,
            payers=payers,
            levels=levels,
            others=others,
            illustrative=found["illustrative"],
            unverified=found["unverified"],
        )

    def to_dict(self) -> dict[str, Any]:
        """Give everything as dictionaries and lists."""
        tables = ("payers", "levels", "others")
        found: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value.to_pylist() if name in tables else value for name, value in found.items()}

    def _repr_html_(self) -> str:
        return self.payers._repr_html_()
