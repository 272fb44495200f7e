"""Options held against each other, as the terminal shows them."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from socialimpact._core import Figure, Model
from socialimpact.types import Language, Measure
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.words import Words
from socialimpact.worth import CostEffectiveness

_NUMBERS = ("cost", "units", "more_cost", "more_units", "per_unit", "step_per_unit")


class Effectiveness:
    """Cost-effectiveness in words, in one of the languages of the reports."""

    def __init__(
        self, found: CostEffectiveness, models: Sequence[Model], outcome: str | None, language: Language
    ) -> None:
        self.found, self.outcome = found, outcome
        self.appraisals = [model.appraise() for model in models]
        self.options = [Words(appraisal, language) for appraisal in self.appraisals]
        self.words = self.options[found.comparator]
        self.texts = self.words.texts

    @property
    def title(self) -> str:
        """What is shown, and against which option."""
        return self.texts("effectiveness.title", name=self._name(self.found.comparator))

    @cached_property
    def unit(self) -> str:
        """What is counted, in words."""
        return self.words.unit(self.found.unit) if self.found.unit else self.texts("effectiveness.no_unit")

    def sentences(self) -> list[str]:
        """Say what no row says: that conventions differ."""
        return [self.texts("effectiveness.unlike")] if self.found.unlike_conventions else []

    def grid(self) -> Grid:
        """Show a row for each option, in the order they were given."""
        rows = self.found.options.to_pylist()
        columns = [Column(self.texts("effectiveness.option"))]
        columns += [Column(self.texts(f"effectiveness.{name}"), number=True) for name in _NUMBERS]
        columns.append(Column(self.texts("effectiveness.stands")))
        caption = self.texts(
            f"effectiveness.caption_{self.found.cost.replace('-', '_')}",
            who=self.words.holder_in(self.found.holder),
            currency=self.found.currency,
            prices=self.found.price_year,
            year=self.found.present_value_year,
            unit=self.unit,
        )
        marked = [self._illustrative(position) for position in range(len(rows))]
        notes = [self.texts("effectiveness.reading")]
        if any(marked):
            notes.append(self.texts("mark.dagger"))
        cells = [self._row(row, position, marked[position]) for position, row in enumerate(rows)]
        return Grid(caption, columns, cells, notes)

    def _row(self, row: dict[str, Any], position: int, illustrative: bool) -> list[Cell]:
        numbers = self.words.numbers
        shown = {"units": numbers.count, "more_units": numbers.count}
        cells = [Cell(self._name(position), dagger=illustrative)]
        for name in _NUMBERS:
            value: Decimal | None = row[name]
            cells.append(Cell("") if value is None else Cell(shown.get(name, numbers.money)(value), value))
        return [*cells, Cell(self._stands(row))]

    def _stands(self, row: dict[str, Any]) -> str:
        """Say where an option stands among all of them."""
        if row["dominated_by"] is not None:
            return self.texts("effectiveness.dominated", by=self._name(row["dominated_by"]))
        fewer, more = row["extendedly_dominated_by_fewer"], row["extendedly_dominated_by_more"]
        if fewer is not None:
            return self.texts("effectiveness.extendedly", one=self._name(fewer), two=self._name(more))
        if row["after"] is not None:
            return self.texts("effectiveness.after", before=self._name(row["after"]))
        key = "frontier" if row["on_frontier"] else "same"
        return self.texts(f"effectiveness.{key}")

    def _name(self, position: int) -> str:
        """Give an option its name, with its number where another has the same name."""
        names = [words.name for words in self.options]
        name = names[position]
        return name if names.count(name) == 1 else self.texts("effectiveness.numbered", name=name, number=position)

    def _illustrative(self, position: int) -> bool:
        """Whether cost or units of an option rest on an illustrative number."""
        asked: list[tuple[Measure, str | None]] = [("cost_per_outcome", self.outcome)]
        if self.found.cost == "net-public-cost":
            asked.append(("net_public_cost", None))
        return any(figure.illustrative for figure in (self._figure(position, *one) for one in asked))

    def _figure(self, position: int, measure: Measure, outcome: str | None) -> Figure:
        known = (
            outcome
            if outcome and any(item["id"] == outcome for item in self.options[position].items("outcomes"))
            else None
        )
        return self.appraisals[position].measure(measure, holder=self.found.holder, outcome=known)
