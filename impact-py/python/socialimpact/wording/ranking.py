"""Rankings of terms in words and tables, as the terminal and the page show them.

One rule: no place is told without how often it stays that of the best, nor a shared one as if it were held alone.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from socialimpact._core import Ranking
from socialimpact.types import Language
from socialimpact.wording.drawn import OfOneContract, exactly
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.numbers import WHOLE_FROM
from socialimpact.wording.texts import LONGEST_NAME


class Ranked(OfOneContract):
    """What a report needs to tell which terms are the best, and how surely."""

    content: Mapping[str, Any]

    def __init__(self, ranking: Ranking, language: Language) -> None:
        content = ranking.to_dict()
        super().__init__(content, content["provenance"]["draws"], language)
        self._rows: list[dict[str, Any]] = content["ranked"]
        self._axes: list[dict[str, Any]] = content["axes"]

    @property
    def kicker(self) -> str:
        """What kind of page it is."""
        return self.texts("ranking.kicker")

    @property
    def lead(self) -> list[str]:
        """What was ranked by what, how sure the best is, and what to beware of."""
        asked, made, first = self.content, self.content["provenance"], self._rows[0]
        told = [
            self.texts(
                f"ranking.lead_{asked['best']}",
                scenarios=self._whole(asked["scenarios"]),
                by=self._by,
                situation=self.label(asked["situation_name"]),
                draws=self._whole(made["draws"]),
                seed=made["seed"],
            ),
            self.texts(
                "ranking.best_shared" if first["ties"] else "ranking.best",
                count=self._whole(1 + first["ties"]),
                values=", ".join(
                    self._at(axis, value) for axis, value in zip(self._axes, first["values"], strict=True)
                ),
                share=self.numbers.part(first["stays_best"]),
            ),
        ]
        return told + self.warnings

    @property
    def sections(self) -> dict[str, tuple[str, Grid]]:
        """The tables of the page, each with its heading."""
        return {"ranking": (self.texts("ranking.title"), self.places())}

    def places(self) -> Grid:
        """Show the best scenarios, the best first."""
        heads = [
            Column(self.texts("ranking.place")),
            *(Column(axis["address"], number=True, code=True) for axis in self._axes),
        ]
        # Where all are told, each of them is always among them.
        keys = ("figure", "stays_best", "stays_among")[: 2 + (len(self._rows) < self.content["scenarios"])]
        heads += [
            Column(self._by if key == "figure" else self.texts(f"ranking.{key}", kept=len(self._rows)), number=True)
            for key in keys
        ]
        rows = [
            [
                Cell(self._place(row), dagger=self._dagger),
                *(self._value(value) for value in row["values"]),
                self._figure(row),
                *(self.share(row[key]) for key in keys[1:]),
            ]
            for row in self._rows
        ]
        note = self.texts(
            "ranking.note", blocks=self._whole(self.content["blocks"]), resamples=self._whole(self.content["resamples"])
        )
        dagger = [self.texts("mark.dagger")] if self._dagger else []
        return Grid(self._caption, heads, rows, [*dagger, note, *self._not_shown()])

    def _place(self, row: Mapping[str, Any]) -> str:
        return self.texts("ranking.shared", place=row["place"]) if row["ties"] else str(row["place"])

    def _not_shown(self) -> list[str]:
        """Say how many scenarios are as good as the last one, and not shown."""
        last = self._rows[-1]
        count = 1 + last["ties"] - sum(row["place"] == last["place"] for row in self._rows)
        return [self.texts("ranking.beside", count=self._whole(count))] if count else []

    @property
    def _caption(self) -> str:
        key = "ranking.caption" if self.content["by"] == "chance_of_paying" else "ranking.caption_money"
        scenarios = self._whole(self.content["scenarios"])
        return self.texts(key, kept=len(self._rows), scenarios=scenarios, currency=self.numbers.currency)

    @property
    def _by(self) -> str:
        """By what scenarios are ranked, in words."""
        by = self.content["by"]
        if self.content["payer"]:
            return self.texts("ranking.by_payer", name=self.label(self.content["payer"], LONGEST_NAME))
        if by in {"chance_of_paying", "mean", "sd"}:
            return self.texts(f"ranking.by_{by}")
        return self.texts("ranking.by_quantile", percent=self.numbers.plain(Decimal(by[1:])))

    def _figure(self, row: Mapping[str, Any]) -> Cell:
        figure, error = exactly(row["figure"]), row["figure_error"]
        if self.content["by"] == "chance_of_paying":
            return Cell(self.numbers.drawn_chance(row["figure"], error, self._draws), figure)
        text = self.numbers.money(figure)
        return Cell(self.numbers.beside_error(text, exactly(error)) if error else text, figure)

    def _at(self, axis: Mapping[str, Any], value: str) -> str:
        return f"`{axis['address']}` = {self._value(value).text}"

    def _value(self, written: str) -> Cell:
        value = Decimal(written)
        return Cell(self.numbers.plain(value) if abs(value) >= WHOLE_FROM else self.numbers.figure(value), value)

    def _whole(self, count: int) -> str:
        return self.numbers.whole(count)
