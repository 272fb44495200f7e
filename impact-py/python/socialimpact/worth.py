"""What an intervention is worth: the marginal value of public funds, and options held against each other."""

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from socialimpact._core import Table
from socialimpact.small import fields_page

MvpfSign: TypeAlias = Literal["ratio", "infinite", "minus-infinite", "harm-per-unit-saved", "undefined"]
"""Which case a marginal value of public funds is, by the signs of its two sides."""


@dataclass(frozen=True, slots=True)
class Mvpf:
    """A marginal value of public funds (MVPF): what people would pay over what it costs all public budgets, net.

    Attributes
    ----------
    willingness_to_pay, net_cost : Decimal
        Its two sides.
    sign : MvpfSign
        Which case it is: ``"ratio"`` over a net cost; ``"infinite"``, it pays for itself; ``"minus-infinite"``, harm
        for nothing; ``"harm-per-unit-saved"``, of which less is better; ``"undefined"``, nothing over nothing.
    value : Decimal or None
        The MVPF, or the harm per unit saved; None where it has no value.
    programme_cost : Decimal
        What public budgets pay out for the programme, nothing set off.
    cba_ratio : Decimal or None
        One and the net gain over that; None where nothing is paid out.

    Examples
    --------
    >>> import socialimpact as si
    >>> found = si.mvpf(willingness_to_pay=150, net_cost=100)
    >>> found.sign, found.value
    ('ratio', Decimal('1.5'))
    """

    willingness_to_pay: Decimal
    net_cost: Decimal
    sign: MvpfSign
    value: Decimal | None
    programme_cost: Decimal
    cba_ratio: Decimal | None

    @classmethod
    def _of(cls, found: dict[str, Any]) -> "Mvpf":
        value, cba_ratio = (None if part is None else Decimal(part) for part in (found["value"], found["cba_ratio"]))
        return cls(
            willingness_to_pay=Decimal(found["willingness_to_pay"]),
            net_cost=Decimal(found["net_cost"]),
            sign=found["sign"],
            value=value,
            programme_cost=Decimal(found["programme_cost"]),
            cba_ratio=cba_ratio,
        )

    def _repr_html_(self) -> str:
        return fields_page(self)

    def __float__(self) -> float:
        """Give the value; infinite where it is, not a number where it has none."""
        if self.value is not None:
            return float(self.value)
        return {"infinite": math.inf, "minus-infinite": -math.inf}.get(self.sign, math.nan)


@dataclass(frozen=True, slots=True)
class MvpfDraws:
    """A marginal value of public funds over draws of its two sides.

    Attributes
    ----------
    point : MvpfSign
        Which case the point estimate is.
    shares : dict of MvpfSign to float
        What share of all draws is which case.
    missing, missing_share : int, float
        Draws that are none of the same thing: on the other side of the point estimate, or not defined.
    level, low, high : float
        An interval, and the chance it is meant to hold. Its ends may be infinite.
    ratio_of_means : float or None
        E[willingness to pay] / E[net cost], where that is a ratio or harm per unit saved.
    mean_sign : MvpfSign
        Which case the two means are.
    mean_willingness, mean_cost : float
        The two means.

    Examples
    --------
    >>> import socialimpact as si
    >>> found = si.mvpf_draws([120, 150, 180], [100, 100, -10], point=(150, 100))
    >>> found.point, found.shares["ratio"] > found.shares["infinite"]
    ('ratio', True)
    """

    point: MvpfSign
    shares: dict[MvpfSign, float]
    missing: int
    missing_share: float
    level: float
    low: float
    high: float
    ratio_of_means: float | None
    mean_sign: MvpfSign
    mean_willingness: float
    mean_cost: float

    def _repr_html_(self) -> str:
        return fields_page(self)

    @classmethod
    def _of(cls, found: dict[str, Any]) -> "MvpfDraws":
        shares = {share["sign"]: share["share"] for share in found.pop("signs")}
        low, high = _bound(found.pop("low")), _bound(found.pop("high"))
        return cls(shares=shares, low=low, high=high, **found)


@dataclass(frozen=True, slots=True)
class CostEffectiveness:
    """Several options held against one of them.

    Attributes
    ----------
    unit : str or None
        What is counted; None where no option has an outcome.
    currency, price_year, present_value_year : str, int, int
        What amounts are counted in.
    holder, cost : str
        Whose cost, and what of it.
    comparator : int
        The position of the option the others are held against.
    unlike_conventions : bool
        Whether the options follow different conventions, so that part of a difference may be theirs.
    options : Table
        A row for each: cost and units, how much more of each than the comparator, the cost of a unit more, whether it
        is on the frontier of what is worth choosing, and by which option or which two it is dominated.

    Examples
    --------
    >>> import socialimpact as si
    >>> found = si.cost_effectiveness([si.read("fixtures/models/beginner.toml")] * 2)
    >>> found.comparator, found.options["dominated_by"]
    (0, [None, None])
    """

    unit: str | None
    currency: str
    price_year: int
    present_value_year: int
    holder: str
    cost: str
    comparator: int
    unlike_conventions: bool
    options: Table

    @classmethod
    def _of(cls, found: dict[str, Any], options: Table) -> "CostEffectiveness":
        found.pop("options")
        return cls(holder=found.pop("perspective"), options=options, **found)

    def _repr_html_(self) -> str:
        return self.options._repr_html_()


def _bound(end: str | dict[str, float]) -> float:
    if isinstance(end, dict):
        return end["at"]
    return math.inf if end == "infinite" else -math.inf
