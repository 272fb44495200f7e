"""What each holder pays for results beside what it saves by them, in words and tables.

One rule: no payment stands without the saving of the same holder.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from socialimpact._core import SavingRisk
from socialimpact.errors import ImpactError
from socialimpact.types import Language
from socialimpact.wording.drawn import Drawn, exactly
from socialimpact.wording.grid import Cell, Grid
from socialimpact.wording.texts import Texts, shown
from socialimpact.wording.unit_savings import UnitSavings

_BELIEVED, _NOTHING = "as-believed", "nothing-works"


@dataclass(frozen=True)
class Untold:
    """Why payment is not held against saving in a model that has a contract."""

    reason: ImpactError
    language: Language

    @property
    def sentence(self) -> str:
        """Give it in words."""
        return Texts(self.language)("saving.untold", reason=shown(self.reason.in_language(self.language)))

    @property
    def content(self) -> dict[str, Any]:
        """Give it for machines."""
        return {"status": "not-told", "why": {"en": str(self.reason), "nb": self.reason.in_language("nb")}}


class Saved(Drawn):
    """What a report needs to tell payments beside savings."""

    def __init__(self, risk: SavingRisk, language: Language) -> None:
        super().__init__(risk.to_dict(), risk.count, language)
        self._situations: dict[str, dict[str, Any]] = {row["situation"]: row for row in self.content["situations"]}
        units = {row["outcome"]: row["units"] for row in self._situations[_BELIEVED]["units"]}
        self.by_unit = UnitSavings(self, units)

    def situation(self, situation: str) -> dict[str, Any]:
        """Give what is told of a situation."""
        return self._situations[situation]

    @property
    def believed(self) -> list[dict[str, Any]]:
        """The holders, as believed."""
        found: list[dict[str, Any]] = self._situations[_BELIEVED]["holders"]
        return found

    @property
    def payers(self) -> list[dict[str, Any]]:
        """Those of them that pay."""
        return [row for row in self.believed if row["covers"] is not None]

    @property
    def lead(self) -> list[str]:
        """What payers pay and save together, what they pay for nothing, and whether shares can leave none worse off."""
        paid, saved = (sum(row[key]["mean"] for row in self.payers) for key in ("paid", "saved"))
        draws = self.numbers.fixed(Decimal(self._draws), 0)
        for_nothing = sum(row["paid"]["mean"] for row in self._situations[_NOTHING]["holders"])
        told = [
            self.texts("saving.lead", paid=self._amount(paid), saved=self._amount(saved), draws=draws),
            self.texts("saving.for_nothing", paid=self._amount(for_nothing)),
        ]
        shares = self._situations[_BELIEVED]["fair_shares"]
        named = [self.name(row) for row in self.believed if row["holder"] in shares["losing"]]
        key = f"saving.shares_{shares['status'].replace('-', '_')}"
        return [*told, self.texts(key, missing=self._amount(shares["missing"]), losing=", ".join(named))]

    @property
    def chart_words(self) -> str:
        """Give the chart of payments and savings in words."""
        lines = [
            self.texts(
                "saving.chart_line",
                name=self.name(row),
                paid=self._amount(row["paid"]["mean"]),
                saved=self._amount(row["saved"]["mean"]),
            )
            for row in self.payers
        ]
        return " ".join([self.texts("saving.chart_alt"), *lines])

    def holders(self) -> Grid:
        """Show what each holder is expected to pay and to save over all years, as believed."""
        keys = ("holder", "pays", "saves", "cashable", "net", "covers")
        rows = [
            [
                self.head(self.name(row)),
                *(self.money(row[key]["mean"]) for key in ("paid", "saved")),
                Cell("\u2013") if row["cashable"] is None else self.money(row["cashable"]),
                self.money(row["net"]["mean"]),
                Cell("\u2013") if row["covers"] is None else self.chance(row["covers"]),
            ]
            for row in self.believed
        ]
        notes = [self.texts("saving.cashable_note"), self._drawn_note(), self.texts("saving.covers_note")]
        if any(row["saved"]["mean"] < 0 for row in self.believed):
            notes.append(self.texts("saving.loses"))
        caption = self.texts("saving.holders", currency=self.numbers.currency)
        return self.grid(caption, self._heads(keys), rows, [*notes, *self._aside()])

    def years(self) -> Grid:
        """Show the same year by year."""
        rows = [
            [
                self.head(self.name(row)),
                Cell(str(year["year"])),
                *(self.money(year[key]) for key in ("paid", "saved", "net")),
            ]
            for row in self.believed
            for year in row["years"]
            if year["paid"] or year["saved"]
        ]
        caption = self.texts("saving.years", currency=self.numbers.currency)
        return self.grid(caption, self._heads(("holder", "year", "pays", "saves", "net")), rows)

    def shares(self) -> Grid:
        """Show the shares that leave no payer worse off, where there are such shares."""
        rows = [
            [self.head(self.name(row)), self.share(row["least"]), self.share(row["most"])]
            for row in self._situations[_BELIEVED]["fair_shares"]["shares"]
        ]
        return self.grid(self.texts("saving.shares"), self._heads(("holder", "least", "most")), rows)

    def _drawn_note(self) -> str:
        """Say how far means may be off."""
        errors = [row[key]["standard_error"] or 0.0 for row in self.believed for key in ("paid", "saved", "net")]
        return self.texts("saving.drawn_note", error=self._amount(max(errors, default=0.0)))

    def _aside(self) -> list[str]:
        """Say what is not counted, and what is not drawn."""
        left_out = ", ".join(self.name(row) for row in self.content["left_out"])
        told = [self.texts("saving.left_out", outcomes=left_out)] if left_out else []
        return told + ([self.texts("saving.expected")] if self.content["at_expected_values"] else [])

    def _heads(self, keys: tuple[str, ...]) -> list[str]:
        return [self.texts(f"saving.{key}") for key in keys]

    def _amount(self, value: float) -> str:
        return self.numbers.amount(exactly(value))
