"""What investors may earn and lose, and what is left to those who deliver, in words and tables.

One rule: a rate of return is never told without the chance of a loss.
"""

from typing import Any

from socialimpact._core import ReturnRisk
from socialimpact.types import Language
from socialimpact.wording.drawn import Drawn
from socialimpact.wording.grid import Cell, Grid
from socialimpact.wording.texts import sentence_case

_ENDS = ("p05", "p95")


class Returned(Drawn):
    """What a report needs to tell the returns of a contract."""

    def __init__(self, risk: ReturnRisk, language: Language) -> None:
        super().__init__(risk.to_dict(), risk.settled, language)
        self.situations: list[dict[str, Any]] = self.content["situations"]

    @property
    def lead(self) -> list[str]:
        """How the returns were worked out."""
        settled = self.numbers.whole(self.content["settled"])
        return [self.texts("returns.lead", settled=settled, day_count=self.content["day_count"])]

    def losses(self) -> list[tuple[str, str, float, bool]]:
        """Give the chance of a loss of each investor: whose and when, in words, as a number, and whether it works."""
        found = []
        for situation in self.situations:
            works = not situation["situation"].startswith("nothing-works")
            for row in situation["investors"]:
                if row["chance_of_loss"] is not None:
                    name = f"{self.name(row)}: {self.texts('risk.short_' + situation['situation'])}"
                    chance = row["chance_of_loss"]
                    found.append((name, self.chance(chance).text, float(chance["value"]), works))
        return found

    @property
    def chart_words(self) -> str:
        """Give the chart of losses in words."""
        lines = [self.texts("risk.chart_line", situation=name, chance=chance) for name, chance, _, _ in self.losses()]
        return " ".join([self.texts("returns.chart_alt"), *lines])

    def investors(self) -> Grid:
        """Show what each investor may earn and lose in each situation."""
        keys = ("investor", "situation", "chance_of_loss", "expected", "median", "gain", "p05", "p95", "multiple")
        rows, notes = [], [self.texts(f"returns.{key}") for key in ("rates_note", "errors_note")]
        notes.append(self.texts("simulation.percentiles"))
        for situation in self.situations:
            for row in situation["investors"]:
                total, multiple = row["total"] or {}, row["multiple"] or {}
                rows.append(
                    [
                        self.head(self.name(row)),
                        self.head(sentence_case(self.texts("risk.short_" + situation["situation"]))),
                        self.chance(row["chance_of_loss"]),
                        self.rate(row["rate_of_expected"], row["rate_of_expected_error"]),
                        self.rate(row["median_rate"], row["median_rate_error"]),
                        *self._total(total),
                        self.times(multiple.get("mean")),
                        *self._left_out(row),
                    ]
                )
                notes += self._without(situation, row)
        caption = self.texts("returns.investors", currency=self.numbers.currency)
        heads = [self.texts(f"returns.{key}") for key in (*keys, *self._left_out_head())]
        return self.grid(caption, heads, rows, [*notes, *self._not_funded()], words=2)

    def providers(self) -> Grid:
        """Show what is left to each holder who delivers, in each situation."""
        keys = ("provider", "situation", "chance_of_loss", "left", "p05", "p95")
        rows = [
            [
                self.head(self.name(row)),
                self.head(self.name(situation)),
                self.chance(row["chance_of_loss"]),
                *self._total(row["total"] or {}),
                *self._left_out(row),
            ]
            for situation in self.situations
            for row in situation["providers"]
        ]
        caption = self.texts("returns.providers", currency=self.numbers.currency)
        heads = [self.texts(f"returns.{key}") for key in (*keys, *self._left_out_head())]
        notes = [self.texts("returns.errors_note"), *self._not_funded()]
        return self.grid(caption, heads, rows, notes, words=2)

    def _total(self, total: dict[str, Any]) -> list[Cell]:
        """Give the mean with its error, and what one in twenty is below and above."""
        return [self.money(total.get("mean"), total.get("standard_error")), *map(self.money, map(total.get, _ENDS))]

    def _left_out_head(self) -> list[str]:
        """Give the head of the share of draws left out, where there are any."""
        return ["left_out"] if any(row["not_funded"] for row in self.situations) else []

    def _left_out(self, row: dict[str, Any]) -> list[Cell]:
        """Give the share of draws that the figures of a row say nothing of, where any row has some."""
        return [self.share(row["not_funded"] / self.content["settled"]) for _ in self._left_out_head()]

    def _without(self, situation: dict[str, Any], row: dict[str, Any]) -> list[str]:
        """Say in how many draws nothing comes back, and in how many there is no one rate, and why."""
        name = {"name": self.name(row), "situation": self.name(situation)}
        lost = [self.numbers.whole(row["lost_all"])] if row["lost_all"] else []
        return [self.texts("returns.lost_all", draws=draws, **name) for draws in lost] + [
            self.texts(
                "returns.without_rate",
                **name,
                draws=self.numbers.whole(without["draws"]),
                reason=self.label(without["reason"]),
            )
            for without in row["without_rate"]
        ]

    def _not_funded(self) -> list[str]:
        return [
            self.texts(
                "returns.not_funded",
                situation=self.name(row),
                draws=self.numbers.whole(row["not_funded"]),
            )
            for row in self.situations
            if row["not_funded"]
        ]
