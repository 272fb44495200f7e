"""What stands beside the priced account."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from socialimpact._core import Table
from socialimpact.label import Label
from socialimpact.reference import Source
from socialimpact.small import fields_page

Pull: TypeAlias = Literal["up", "down", "both-ways", "nowhere"]
"""Which way effects without a price pull."""
Bearing: TypeAlias = Literal["strengthens", "opposes", "divided", "alone", "silent"]
"""What the pull means beside the net present value: the same way, against it, both ways, alone, or nothing."""


@dataclass(frozen=True, slots=True)
class NonPriced:
    """Effects that nobody can or will price, beside the net present value of society. They enter no sum.

    Attributes
    ----------
    scale : Label
        The plus-minus scale they are judged on.
    scale_edition : str
        Its edition.
    scale_source : Source
        Where it comes from.
    pull : Pull
        Which way they pull: ``"up"``, ``"down"``, ``"both-ways"``, ``"nowhere"``.
    bearing : Bearing
        What that means beside the net present value. Whether they outweigh it is for people to say.
    npv : Decimal or None
        The net present value of society.
    illustrative, unverified : bool
        Whether any of them is invented; whether the scale was not read at its source.
    effects : Table
        A row for each: whom it reaches, the effect in words, importance, size, direction and consequence, from ``----``
        to ``++++``.

    Examples
    --------
    >>> import socialimpact as si
    >>> beside = si.read("fixtures/models/bike-workshop.toml").appraise().non_priced()
    >>> beside.pull, beside.bearing
    ('both-ways', 'divided')
    >>> beside.effects["consequence"]
    ['+++', '++', '-']
    """

    scale: Label
    scale_edition: str
    scale_source: Source
    pull: Pull
    bearing: Bearing
    npv: Decimal | None
    illustrative: bool
    unverified: bool
    effects: Table

    @classmethod
    def _of(cls, found: dict[str, Any], effects: Table) -> "NonPriced":
        scale, marks = found["scale"], found["marks"]
        source = scale["source"]
        return cls(
            scale=Label(scale["title"]["en"], scale["title"].get("nb")),
            scale_edition=scale["edition"],
            scale_source=Source(source["title"], source.get("url"), source.get("section")),
            pull=found["pull"],
            bearing=found["bearing"],
            npv=None if found["npv"] is None else Decimal(found["npv"]),
            illustrative=marks["illustrative"],
            unverified=marks["unverified"],
            effects=effects,
        )

    def _repr_html_(self) -> str:
        return self.effects._repr_html_()


@dataclass(frozen=True, slots=True)
class GoalCoverage:
    """Which goals are served by what and how much.

    Attributes
    ----------
    unserved : tuple of str
        The goals that nothing serves.
    outcomes_without_goal, non_priced_without_goal : tuple of str
        The outcomes, and the effects without a price, that serve no goal.
    several : tuple of str
        The outcomes that serve several goals: for their sake the values of goals are not to be added.
    whole, served : Decimal
        What all outcomes are worth to society, in present value; what those are that serve a goal, each counted once.
    present_values : dict of str to Decimal
        What the outcomes of each goal are worth to society.
    goals : Table
        A row for each goal and what serves it, one with nothing for a goal that nothing serves.

    Examples
    --------
    >>> import socialimpact as si
    >>> coverage = si.read("fixtures/models/bike-workshop.toml").appraise().goals()
    >>> coverage.unserved, sorted(coverage.present_values)
    (('climate',), ['climate', 'sdg-8-5', 'waste', 'work'])
    """

    unserved: tuple[str, ...]
    outcomes_without_goal: tuple[str, ...]
    non_priced_without_goal: tuple[str, ...]
    several: tuple[str, ...]
    whole: Decimal
    served: Decimal
    present_values: dict[str, Decimal]
    goals: Table

    @classmethod
    def _of(cls, found: dict[str, Any], goals: Table) -> "GoalCoverage":
        return cls(
            unserved=tuple(found["unserved"]),
            outcomes_without_goal=tuple(found["outcomes_without_goal"]),
            non_priced_without_goal=tuple(found["non_priced_without_goal"]),
            several=tuple(found["several"]),
            whole=Decimal(found["whole"]),
            served=Decimal(found["served"]),
            present_values={row["id"]: Decimal(row["present_value"]) for row in found["goals"]},
            goals=goals,
        )

    def _repr_html_(self) -> str:
        return self.goals._repr_html_()


@dataclass(frozen=True, slots=True)
class Runway:
    """How long cash lasts.

    Attributes
    ----------
    status : {"gone", "lasts"}
        Whether it is gone within the years appraised.
    months : Decimal or None
        Months from the first day until it is gone.
    year : int
        The year in which it is gone; the last year appraised, where it lasts.
    lowest : Decimal or None
        The least there is at the end of a year, or on the first day, where it lasts.

    Examples
    --------
    >>> import socialimpact as si
    >>> runway = si.read("fixtures/models/bike-workshop.toml").appraise().enterprise().runway
    >>> runway.status, runway.year
    ('lasts', 2028)
    """

    status: Literal["gone", "lasts"]
    months: Decimal | None
    year: int
    lowest: Decimal | None

    def _repr_html_(self) -> str:
        return fields_page(self)

    @classmethod
    def _of(cls, found: dict[str, Any]) -> "Runway":
        if found["status"] == "gone":
            return cls("gone", Decimal(found["months"]), found["year"], None)
        return cls("lasts", None, found["last"], Decimal(found["lowest"]))


@dataclass(frozen=True, slots=True)
class BreakEvenVolume:
    """The volume at which income covers costs.

    Attributes
    ----------
    status : {"at-least", "always", "at-most", "never", "no-volume"}
        Whether it takes at least, or allows at most, so many; whether costs are covered always, or never; or no volume.
    units, whole : Decimal or None
        Exactly where the two meet, and in whole units: rounded up where it takes at least so many, else down.

    Examples
    --------
    >>> import socialimpact as si
    >>> account = si.read("fixtures/models/bike-workshop.toml").appraise().enterprise()
    >>> account.break_even.status, account.break_even.whole
    ('at-least', Decimal('705'))
    """

    status: Literal["at-least", "always", "at-most", "never", "no-volume"]
    units: Decimal | None
    whole: Decimal | None

    def _repr_html_(self) -> str:
        return fields_page(self)

    @classmethod
    def _of(cls, found: dict[str, Any]) -> "BreakEvenVolume":
        units, whole = (None if found.get(key) is None else Decimal(found[key]) for key in ("units", "whole"))
        return cls(found["status"], units, whole)


@dataclass(frozen=True, slots=True)
class EnterpriseAccount:
    """The enterprise's own account, beside that of society.

    Attributes
    ----------
    holder : str
        The enterprise.
    price_level : {"real", "nominal"}
        In krone of the price year, or of each year.
    opening_cash, closing_cash : Decimal
        Cash on the first and on the last day.
    runway : Runway
        How long the cash lasts.
    unit : str or None
        What is sold, or who is taken in.
    break_even : BreakEvenVolume
        The volume, the same in each year that has one, at which income covers costs over all years.
    earned_share : Decimal or None
        Share of all income that is earned by sales and contracts.
    illustrative, unverified : bool
        Whether any of it is invented, or was not read at its source.
    years : Table
        Income by kind, costs, result, margin and cash of each year.
    lines : Table
        What it is made of, year by year: what the model posts (``origin`` ``"ledger"``), and the enterprise's own.

    Examples
    --------
    >>> import socialimpact as si
    >>> account = si.read("fixtures/models/bike-workshop.toml").appraise().enterprise()
    >>> account.holder, account.runway.status, account.unit
    ('workshop', 'lasts', 'bicycle')
    >>> account.years.column_names[:4]
    ('year', 'sales', 'contracts', 'grants')
    """

    holder: str
    price_level: Literal["real", "nominal"]
    opening_cash: Decimal
    closing_cash: Decimal
    runway: Runway
    unit: str | None
    break_even: BreakEvenVolume
    earned_share: Decimal | None
    illustrative: bool
    unverified: bool
    years: Table
    lines: Table

    @classmethod
    def _of(cls, found: dict[str, Any], years: Table, lines: Table) -> "EnterpriseAccount":
        share, marks = found["earned_share"], found["marks"]
        return cls(
            holder=found["holder"],
            price_level=found["price_level"],
            opening_cash=Decimal(found["opening_cash"]),
            closing_cash=Decimal(found["closing_cash"]),
            runway=Runway._of(found["runway"]),
            unit=found["unit"],
            break_even=BreakEvenVolume._of(found["break_even"]),
            earned_share=None if share is None else Decimal(share),
            illustrative=marks["illustrative"],
            unverified=marks["unverified"],
            years=years,
            lines=lines,
        )

    def _repr_html_(self) -> str:
        return self.years._repr_html_()
