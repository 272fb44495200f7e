"""Places that close in whole steps, as tables."""

from typing import Any

from socialimpact._core import Appraisal
from socialimpact.wording.grid import Cell, Grid
from socialimpact.wording.tables import Tables

_SHOWN = ("freed", "steps", "released")


class Steps:
    """The capacities of one appraisal; nothing where the document has none."""

    def __init__(self, appraisal: Appraisal, tables: Tables) -> None:
        self.appraisal = appraisal
        self.tables = tables
        self.words = tables.words
        self.texts = tables.words.texts

    @property
    def are_told(self) -> bool:
        """Whether the document has capacities."""
        return bool(self.words.items("capacities"))

    def grids(self) -> list[Grid]:
        """Show the places freed and closed by year, a table for each capacity."""
        by_capacity: dict[str, list[dict[str, Any]]] = {}
        for row in self.appraisal.capacities().to_pylist():
            by_capacity.setdefault(row["capacity"], []).append(row)
        return [self._grid(capacity, rows) for capacity, rows in by_capacity.items()]

    def _grid(self, capacity: str, rows: list[dict[str, Any]]) -> Grid:
        plain = self.words.numbers.plain
        name = self.words.address_owner(f"capacities.{capacity}")
        caption = self.texts("capacities.caption", name=name, who=self.words.holder(rows[0]["holder"]))
        listed = [
            [Cell(str(row["year"])), *(Cell(plain(row[column]), row[column]) for column in _SHOWN)] for row in rows
        ]
        notes = [self.texts("capacities.per_step", number=plain(rows[0]["places_per_step"]))]
        if any(row["distribution"] for row in self.words.model.assumptions.to_pylist()):
            notes.append(self.texts("capacities.points"))
        return Grid(caption, self.tables.head("capacities", ["year", *_SHOWN], _SHOWN), listed, notes)
