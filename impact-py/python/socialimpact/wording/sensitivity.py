"""What matters and what it is worth to know, in tables and in words.

One rule: a share or a worth that draws cannot tell from nothing is not told as an answer.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from socialimpact._core import Evpi, PlotTable
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.words import Words

DECIDED_BY = frozenset({"npv", "equivalent_annual_value"})
"""Measures that a decision can rest on: net gains in money."""
MOST = 20
"""Rows of a table in words; how many are left out is said."""
_CERTAIN = 2
"""Standard errors that what knowing is worth lies above nothing, where it is told."""


class SensitivityTables:
    """Puts influence and the value of knowing into tables of one language."""

    def __init__(self, words: Words, measure: str, holder: str) -> None:
        self.words = words
        self.texts = words.texts
        self.measure = measure
        self.figure = f"{self.texts(f'measure.{measure}')}: {words.holder_in(holder)}"

    def influence(self, table: PlotTable) -> Grid:
        """Show how much of the spread comes from each number."""
        rows = table.to_pylist()
        with_total = "total" in table.column_names
        names = ["first_order", *(["total"] if with_total else []), "rank"]
        columns = [Column(self.texts("sensitivity.number"))]
        columns += [Column(self.texts(f"sensitivity.{name}"), number=True) for name in names]
        shown = [
            [
                self._name(row["address"]),
                self._interval(row, "first_order", "first"),
                *([self._interval(row, "total", "total")] if with_total else []),
                self._rank(row),
            ]
            for row in rows[:MOST]
        ]
        notes = [self.texts("sensitivity.interval_note"), *self._left_out(rows)]
        tied = [row for row in rows if row.get("total_with")]
        notes += [self.texts("sensitivity.tied_note")] if tied else []
        return Grid(self.texts("sensitivity.influence_caption", figure=self.figure), columns, shown, notes)

    def learning(self, table: PlotTable) -> Grid:
        """Show what it is worth to know each number."""
        rows = table.to_pylist()
        columns = [
            Column(self.texts("sensitivity.number")),
            Column(self.texts("sensitivity.worth"), number=True),
            Column(self.texts("sensitivity.error"), number=True),
        ]
        shown = [
            [self._name(row["address"]), *map(self._amount, (row["evppi"], row["standard_error"]))] for row in rows
        ]
        currency = self.words.numbers.currency
        caption = self.texts("sensitivity.learning_caption", figure=self.figure, currency=currency)
        return Grid(caption, columns, shown[:MOST], self._left_out(rows))

    def decision(self, evpi: Evpi, learning: Sequence[Mapping[str, Any]]) -> list[str]:
        """Say how sure the decision is, what it would gain if all were known, and what most of that comes from."""
        texts, numbers = self.texts, self.words.numbers
        best = texts(f"sensitivity.best_{evpi.best}", wrong=self._share(evpi.chance_not_best))
        if evpi.value <= _CERTAIN * evpi.standard_error:
            return [best, texts("sensitivity.nothing_to_learn")]
        said = texts("sensitivity.all_known", amount=numbers.about(_exact(evpi.value)))
        worth = [row for row in learning if row["evppi"] > _CERTAIN * row["standard_error"]]
        if not learning:
            return [best, f"{said}."]
        if not worth:
            return [best, texts("sensitivity.none_alone", said=said)]
        first, *others = worth
        name, amount = self._name(first["address"]).text, numbers.about(_exact(first["evppi"]))
        return [
            best,
            texts("sensitivity.most_of_it" if others else "sensitivity.only_one", said=said, name=name, amount=amount),
        ]

    def _name(self, address: str) -> Cell:
        row = self.words.assumption(address)
        return Cell(self.words.number_name(row) if row else self.words.address(address))

    def _interval(self, row: Mapping[str, Any], value: str, ends: str) -> Cell:
        if row[value] is None:
            return Cell("–")
        return Cell(f"{self._share(row[value])} ± {self._share(row[f'{ends}_high'] - row[value])}", _exact(row[value]))

    def _rank(self, row: Mapping[str, Any]) -> Cell:
        rank = row["rank_correlation"]
        return Cell("–") if rank is None else Cell(self.words.numbers.ratio(_exact(rank)), _exact(rank))

    def _amount(self, value: float) -> Cell:
        return Cell(self.words.numbers.money(_exact(value)), _exact(value))

    def _share(self, part: float) -> str:
        return self.words.numbers.share(Decimal(repr(round(part, 3))))

    def _left_out(self, rows: Sequence[object]) -> list[str]:
        left = len(rows) - MOST
        return [self.texts("sensitivity.left_out", count=left)] if left > 0 else []


def _exact(value: float) -> Decimal:
    return Decimal(repr(value))
