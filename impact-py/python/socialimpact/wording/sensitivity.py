"""What matters and what it is worth to know, in tables and in words.

One rule: a share or a worth that draws cannot tell from nothing is not told as an answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from socialimpact._core import Evpi, PlotTable
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.texts import sentence_case
from socialimpact.wording.words import Words

DECIDED_BY = frozenset({"npv", "equivalent_annual_value", "weighted_npv"})
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
        shared = not any(row["first_order"] is None for row in rows)
        with_total = shared and "total" in table.column_names
        names = [*(["first_order"] if shared else []), *(["total"] if with_total else []), "rank"]
        columns = [Column(self.texts("sensitivity.number"))]
        columns += [Column(self.texts(f"sensitivity.{name}"), number=True) for name in names]
        shown = [
            [
                self._head(row),
                *([self._interval(row, "first_order", "first")] if shared else []),
                *([self._interval(row, "total", "total")] if with_total else []),
                self._rank(row),
            ]
            for row in rows[:MOST]
        ]
        notes = [self.texts(f"sensitivity.{'interval' if shared else 'rank'}_note")]
        notes += [f"{sentence_case(note.in_language(self.words.language))}." for note in table.notes]
        notes += [self.texts("sensitivity.total_note")] if with_total else []
        notes += self._left_out(len(rows) - MOST)
        tied = [row for row in rows if row.get("total_with")]
        notes += [self.texts("sensitivity.tied_note")] if tied else []
        key = "influence_caption" if shared else "rank_title"
        caption = self.texts(f"sensitivity.{key}", figure=self._figure(table.marks))
        return Grid(caption, columns, shown, [*notes, *self._daggers(shown, table.marks)])

    def learning(self, table: PlotTable) -> Grid:
        """Show what it is worth to know each number."""
        found = table.to_pylist()
        rows = [row for row in found if self._shows(row)]
        columns = [
            Column(self.texts("sensitivity.number")),
            Column(self.texts("sensitivity.worth"), number=True),
            Column(self.texts("sensitivity.error"), number=True),
        ]
        shown = [[self._head(row), *map(self._amount, (row["evppi"], row["standard_error"]))] for row in rows[:MOST]]
        figure, currency = self._figure(table.marks), self.words.numbers.currency
        caption = self.texts("sensitivity.learning_caption", figure=figure, currency=currency)
        notes = [*self._left_out(len(rows) - MOST), *self._unseen(len(found) - len(rows), len(rows))]
        return Grid(caption, columns, shown, [*notes, *self._daggers(shown, table.marks)])

    def _unseen(self, count: int, told: int) -> list[str]:
        """Say of how many numbers no draw shows a gain."""
        if not count:
            return []
        key = "unseen_all" if not told else ("unseen_one" if count == 1 else "unseen")
        return [self.texts(f"sensitivity.{key}", count=count)]

    def _shows(self, row: Mapping[str, Any]) -> bool:
        """Tell whether there is more than zero to show of what a number is worth, or of its error."""
        return any(self.words.numbers.is_seen(_exact(row[name])) for name in ("evppi", "standard_error"))

    def _figure(self, marks: Sequence[str]) -> str:
        return self.figure + ("†" if "illustrative" in marks else "")

    def _daggers(self, rows: Sequence[Sequence[Cell]], marks: Sequence[str]) -> list[str]:
        shown = "illustrative" in marks or any(cell.dagger for row in rows for cell in row)
        return [self.texts("mark.dagger")] if shown else []

    def decision(self, evpi: Evpi, learning: Sequence[Mapping[str, Any]]) -> list[str]:
        """Say how sure the decision is, what it would gain if all were known, and what most of that comes from."""
        texts, numbers = self.texts, self.words.numbers
        mark = "†" if "illustrative" in evpi.marks else ""
        best = texts(f"sensitivity.best_{evpi.best}", wrong=self._wrong(evpi), mark=mark)
        error = numbers.about(_exact(evpi.standard_error))
        known = {"amount": numbers.about(_exact(evpi.value)) + mark, "error": error}
        if not numbers.is_seen(_exact(evpi.value)) and not numbers.is_seen(_exact(evpi.standard_error)):
            return [best, texts("sensitivity.nothing_to_learn")]
        if evpi.value <= _CERTAIN * evpi.standard_error:
            return [best, texts("sensitivity.too_little", **known)]
        said = texts("sensitivity.all_known", **known)
        worth = [row for row in learning if row["evppi"] > _CERTAIN * row["standard_error"]]
        if not learning:
            return [best, f"{said}."]
        if not worth:
            return [best, texts("sensitivity.none_alone", said=said)]
        first, *others = worth
        name, amount = self._name(first).text, numbers.about(_exact(first["evppi"])) + mark
        error = numbers.about(_exact(first["standard_error"]))
        key = "sensitivity.most_of_it" if others else "sensitivity.only_one"
        return [best, texts(key, said=said, name=name, amount=amount, error=error)]

    def _wrong(self, evpi: Evpi) -> str:
        """Say in how many draws another option turns out better."""
        hits, draws = round(evpi.chance_not_best * evpi.draws), self.words.numbers.whole(evpi.draws)
        if hits in {0, evpi.draws}:
            return self.texts("sensitivity.in_none" if hits == 0 else "sensitivity.in_all", draws=draws)
        return self.texts("sensitivity.in_some", share=self.words.numbers.part(evpi.chance_not_best))

    def _head(self, row: Mapping[str, Any]) -> Cell:
        cell = self._name(row)
        return replace(cell, text=sentence_case(cell.text))

    def _name(self, row: Mapping[str, Any]) -> Cell:
        number = self.words.assumption(row["address"])
        name = self.words.number_name(number) if number else self.words.address(row["address"])
        marks = (self.texts("mark.unverified"),) if row["unverified"] else ()
        return Cell(name, dagger=row["illustrative"], marks=marks)

    def _interval(self, row: Mapping[str, Any], value: str, ends: str) -> Cell:
        if row[value] is None:
            return Cell("–")
        found, high = row[value], row[f"{ends}_high"]
        share = self.words.numbers.part
        if round(found, 3) <= 0:
            least = share(max(round(high, 3), 0.001))
            return Cell(self.texts("chance.under", share=least), _exact(found))
        reach = high - found
        return Cell(f"{share(found)}\u00a0±\u00a0{share(max(reach, 0.001)) if reach > 0 else share(0)}", _exact(found))

    def _rank(self, row: Mapping[str, Any]) -> Cell:
        rank = row["rank_correlation"]
        return Cell("–") if rank is None else Cell(self.words.numbers.ratio(_exact(rank)), _exact(rank))

    def _amount(self, value: float) -> Cell:
        return Cell(self.words.numbers.money(_exact(value)), _exact(value))

    def _left_out(self, left: int) -> list[str]:
        return [self.texts("sensitivity.left_out", count=left)] if left > 0 else []


def _exact(value: float) -> Decimal:
    return Decimal(repr(value))
