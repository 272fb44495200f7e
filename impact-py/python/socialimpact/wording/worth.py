"""Who gains among the people, and who is counted, as tables."""

from decimal import Decimal
from typing import Any

from socialimpact._core import Appraisal
from socialimpact.types import Measure
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.tables import Tables
from socialimpact.wording.texts import shown
from socialimpact.wording.words import Words

_DIVISIONS = {"age", "education", "gender", "income", "place"}
"""What people are usually divided by; another word is the author's own."""


class Worth:
    """Groups and standing of one appraisal; nothing where the document has none."""

    def __init__(self, appraisal: Appraisal, tables: Tables) -> None:
        self.appraisal = appraisal
        self.tables = tables
        self.words: Words = tables.words
        self.texts = tables.words.texts

    # Groups

    @property
    def has_groups(self) -> bool:
        """Whether the document divides the people of a holder."""
        return bool(self.words.items("groups"))

    def groups(self) -> list[Grid]:
        """Show what each group gains, a table for each division of a holder's people."""
        divisions: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for row in self.appraisal.groups().to_pylist():
            divisions.setdefault((row["holder"], row["by"]), []).append(row)
        return [self._division(holder, by, rows) for (holder, by), rows in divisions.items()]

    def _division(self, holder: str, by: str, rows: list[dict[str, Any]]) -> Grid:
        numbers = self.words.numbers
        names = ["share", "people", "income", "outcomes", "net", "net_per_person", "weight", "weighted"]
        names = [name for name in names if any(row[name] is not None for row in rows)]
        shown = {"share": numbers.share, "people": numbers.count, "weight": numbers.ratio}

        def cell(name: str, value: Decimal | None) -> Cell:
            if value is None:
                return Cell("")
            return Cell(shown.get(name, numbers.money)(value), value)

        listed = [
            [Cell(self._group(row["group"]), dagger=row["illustrative"]), *(cell(name, row[name]) for name in names)]
            for row in rows
        ]
        caption = self.texts(
            "groups.caption",
            who=self.words.holder(holder),
            by=self._by(by),
            year=self.words.model.present_value_year,
            currency=numbers.currency,
        )
        notes = [self.texts("groups.whole", who=self.words.holder(holder))]
        if "weighted" in names:
            notes.append(self._weights())
        if any(row["illustrative"] for row in rows):
            notes.append(self.texts("mark.dagger"))
        return Grid(caption, self.tables.head("groups", ["group", *names], names), listed, notes)

    def _by(self, by: str) -> str:
        """Give what people are divided by in the reader's language; a word of the author's own stays as it is."""
        return self.texts(f"groups.by_{by}") if by in _DIVISIONS else shown(by)

    def _group(self, group: str | None) -> str:
        if group is None:
            return self.texts("groups.others")
        return next(
            self.words.label(item.get("name"), group) for item in self.words.items("groups") if item["id"] == group
        )

    def _weights(self) -> str:
        weighting = self.words.document["weighting"]
        elasticity = self.words.numbers.plain(Decimal(str(weighting["elasticity"])))
        median = self.words.numbers.money(Decimal(str(weighting["median_income"])))
        return self.texts("groups.weights", elasticity=elasticity, median=median)

    # Standing

    @property
    def left_out(self) -> list[str]:
        """Holders and values that society does not count, by name."""
        holders = [
            self.words.holder(item["id"]) for item in self.words.items("holders") if item.get("standing") is False
        ]
        values = [
            self.words.address_owner(f"outcomes.{outcome['id']}.values.{value['id']}")
            for outcome in self.words.items("outcomes")
            for value in outcome.get("values") or []
            if value.get("standing") is False
        ]
        return [*holders, *values]

    def standing(self) -> Grid:
        """Show society's result with and without those who have no standing."""
        measures: tuple[Measure, ...] = ("npv", "present_value_outcomes", "willingness_to_pay")
        rows = []
        for name in measures:
            figures = [self.appraisal.measure(name, holder=holder) for holder in ("society", "everybody")]
            cells = [
                Cell(self.words.measure(name, figure.value), figure.value, dagger=figure.illustrative)
                if figure.value is not None
                else Cell("")
                for figure in figures
            ]
            rows.append([Cell(self.texts(f"measure.{name}")), *cells])
        columns = [Column(self.texts("measures.measure"))]
        columns += [Column(self.texts(f"standing.{key}"), number=True) for key in ("without", "with")]
        notes = [self.texts("standing.who", who=", ".join(self.left_out))]
        if any(cell.dagger for row in rows for cell in row):
            notes.append(self.texts("mark.dagger"))
        year, currency = self.words.model.present_value_year, self.words.numbers.currency
        return Grid(self.texts("standing.caption", year=year, currency=currency), columns, rows, notes)
