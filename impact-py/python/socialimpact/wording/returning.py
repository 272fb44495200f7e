"""What investors may earn and lose, and what is left to those who deliver, in words and tables.

One rule: a rate of return is never told without the chance of a loss.
"""

from decimal import Decimal
from typing import Any

from socialimpact._core import ReturnRisk
from socialimpact.types import Language
from socialimpact.wording.drawn import Drawn
from socialimpact.wording.grid import Grid


class Returned(Drawn):
    """What a report needs to tell the returns of a contract."""

    def __init__(self, risk: ReturnRisk, language: Language) -> None:
        super().__init__(risk.to_dict(), risk.settled, language)
        self.situations: list[dict[str, Any]] = self.content["situations"]

    @property
    def lead(self) -> list[str]:
        """How the returns were worked out."""
        settled = self.numbers.fixed(Decimal(self.content["settled"]), 0)
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
        rows, notes = [], [self.texts("returns.rates_note"), self.texts("simulation.percentiles")]
        for situation in self.situations:
            for row in situation["investors"]:
                total, multiple = row["total"] or {}, row["multiple"] or {}
                rows.append(
                    [
                        self.head(self.name(row)),
                        self.head(self.name(situation)),
                        self.chance(row["chance_of_loss"]),
                        self.rate(row["rate_of_expected"]),
                        self.rate(row["median_rate"]),
                        *(self.money(total.get(key)) for key in ("mean", "p05", "p95")),
                        self.times(multiple.get("mean")),
                    ]
                )
                notes += self._without(situation, row)
        caption = self.texts("returns.investors", currency=self.numbers.currency)
        heads = [self.texts(f"returns.{key}") for key in keys]
        return self.grid(caption, heads, rows, [*notes, *self._not_funded()], words=2)

    def providers(self) -> Grid:
        """Show what is left to each holder who delivers, in each situation."""
        keys = ("provider", "situation", "chance_of_loss", "left", "p05", "p95")
        rows = [
            [
                self.head(self.name(row)),
                self.head(self.name(situation)),
                self.chance(row["chance_of_loss"]),
                *(self.money((row["total"] or {}).get(key)) for key in ("mean", "p05", "p95")),
            ]
            for situation in self.situations
            for row in situation["providers"]
        ]
        caption = self.texts("returns.providers", currency=self.numbers.currency)
        return self.grid(caption, [self.texts(f"returns.{key}") for key in keys], rows, self._not_funded(), words=2)

    def _without(self, situation: dict[str, Any], row: dict[str, Any]) -> list[str]:
        """Say in how many draws there is no one rate, and why."""
        return [
            self.texts(
                "returns.without_rate",
                name=self.name(row),
                situation=self.name(situation),
                draws=self.numbers.fixed(Decimal(without["draws"]), 0),
                reason=self.label(without["reason"]),
            )
            for without in row["without_rate"]
        ]

    def _not_funded(self) -> list[str]:
        return [
            self.texts(
                "returns.not_funded",
                situation=self.name(row),
                draws=self.numbers.fixed(Decimal(row["not_funded"]), 0),
            )
            for row in self.situations
            if row["not_funded"]
        ]
