"""What stands beside the priced account."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from socialimpact._core import Table
from socialimpact.label import Label
from socialimpact.reference import Source

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
