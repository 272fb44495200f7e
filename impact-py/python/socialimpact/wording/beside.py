"""What stands beside the priced account, as tables."""

from functools import cached_property
from typing import Any

from socialimpact._core import Appraisal
from socialimpact.beside import NonPriced
from socialimpact.wording.grid import Cell, Grid
from socialimpact.wording.tables import Tables
from socialimpact.wording.texts import shown


class Beside:
    """Effects without a price of one appraisal; nothing where the document has none."""

    def __init__(self, appraisal: Appraisal, tables: Tables) -> None:
        self.appraisal = appraisal
        self.tables = tables
        self.words = tables.words
        self.texts = tables.words.texts

    # Effects without a price

    @cached_property
    def non_priced(self) -> Grid | None:
        """Show each effect without a price, what it comes to, and which way they pull."""
        found = self.appraisal.non_priced()
        if found is None:
            return None
        names = ["name", "whom", "change", "importance", "size", "consequence", "evidence"]
        rows = [self._effect(row) for row in found.effects.to_pylist()]
        return Grid(self.texts("non_priced.caption"), self.tables.head("non_priced", names), rows, self._said_of(found))

    def _effect(self, row: dict[str, Any]) -> list[Cell]:
        whom = self.words.holder(row["holder"])
        if row["group"]:
            whom = self.texts("non_priced.part", group=self.words.group(row["group"]), whom=whom)
        name = self._label(row, "name")
        if row["outcome"]:
            name = self.texts("non_priced.of_outcome", name=name, outcome=self.words.outcome(row["outcome"]))
        change = self._label(row, "change")
        if row["from"] is not None:
            change = self.texts("non_priced.in_years", change=change, first=row["from"], last=row["to"])
        if row["note"]:
            change = self.texts("non_priced.noted", change=change, note=shown(row["note"]))
        judged = [row["grade"] or "", shown(row["design"] or ""), shown(row["source_title"] or "")]
        return [
            Cell(name, dagger=row["illustrative"]),
            Cell(whom),
            Cell(change),
            Cell(self.texts(f"non_priced.importance_{row['importance']}")),
            Cell(self.texts(f"non_priced.size_{row['size']}")),
            Cell(row["consequence"].replace("-", "−"), marks=self._marks(row)),
            Cell(", ".join(filter(None, judged))),
        ]

    def _label(self, row: dict[str, Any], name: str) -> str:
        return shown(row[f"{name}_{self.words.language}"] or row[f"{name}_en"])

    def _marks(self, row: dict[str, Any]) -> tuple[str, ...]:
        return (self.texts("mark.unverified"),) if row["unverified"] else ()

    def _said_of(self, found: NonPriced) -> list[str]:
        value = self.texts("number.none") if found.npv is None else self.words.numbers.amount(found.npv)
        scale = shown(found.scale.in_language(self.words.language))
        told = [
            self.texts(f"non_priced.{found.bearing}", npv=value),
            self.texts("non_priced.people"),
            self.texts("non_priced.scale", scale=scale, edition=found.scale_edition),
        ]
        if found.unverified:
            told.append(self.texts("non_priced.unread"))
        if found.illustrative:
            told.append(self.texts("mark.dagger"))
        return told
