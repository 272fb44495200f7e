"""A table for people: what the terminal and the page both show.

One rule: a number travels with its exact value, so that what is shown can be held against the library.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text and, where it is a number, the exact value."""

    text: str
    exact: Decimal | int | None = None
    href: str | None = None
    marks: tuple[str, ...] = ()
    code: bool = False
    dagger: bool = False
    """Rests on an illustrative number."""


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column; columns with the same group stand under one head."""

    title: str
    number: bool = False
    group: str = ""
    code: bool = False
    """Its title is an address."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a caption; the first cell of each row is its head."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = field(default=())
    sums: frozenset[int] = frozenset()
    """Positions of the rows that other rows add up to."""

    def without_empty(self, *positions: int) -> "Grid":
        """Leave out those of some columns in which nothing stands in any row."""
        empty = {at for at in positions if not any(row[at].text or row[at].marks for row in self.rows)}
        kept = [at for at in range(len(self.columns)) if at not in empty]
        rows = [[row[at] for at in kept] for row in self.rows]
        return replace(self, columns=[self.columns[at] for at in kept], rows=rows)

    @property
    def groups(self) -> list[tuple[str, int]]:
        """The heads over several columns, each with how many; empty where there are none."""
        found: list[tuple[str, int]] = []
        for column in self.columns:
            if found and found[-1][0] == column.group:
                found[-1] = (column.group, found[-1][1] + 1)
            else:
                found.append((column.group, 1))
        return found if any(group for group, _ in found) else []
