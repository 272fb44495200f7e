"""Baselines side by side in words and tables, as the terminal and the page show them.

One rule: a rate is never told without its definition, its window and its source.
"""

import re
from decimal import Decimal
from typing import Any

from socialimpact._core import BaselineTable
from socialimpact.types import Language
from socialimpact.wording.assuming import source_cell
from socialimpact.wording.drawn import OfOneContract
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.texts import LONGEST_NAME, shown

_SITUATIONS = ("nothing-works", "as-believed")
_PAIRS = 3
"""Combinations that are named in one sentence, at most."""
_WINDOW = re.compile(r"(\d+) (year|month)s?")
"""How the register writes a window that is nothing but a time."""


class Defined(OfOneContract):
    """What a report needs to tell one cohort under several definitions and windows."""

    def __init__(self, found: BaselineTable, language: Language) -> None:
        content = found.to_dict()
        super().__init__(content, content["provenance"]["draws"], language)
        self._baselines: list[dict[str, Any]] = content["baselines"]

    @property
    def kicker(self) -> str:
        """What kind of page it is."""
        return self.texts("baselines.kicker")

    @property
    def lead(self) -> list[str]:
        """What was put side by side, the range of what is paid for nothing, and what to beware of."""
        made = self.content["provenance"]
        told = [
            self.texts(
                "baselines.lead",
                estimate=self.label(self.content["estimate_name"], LONGEST_NAME),
                draws=self.numbers.whole(made["draws"]),
                points=self.texts(f"simulation.{made['points']}"),
                seed=made["seed"],
            )
        ]
        if len(self._baselines) > 1:
            told.append(self._range())
        return told + self.warnings

    def _range(self) -> str:
        """Say how seldom and how often it is paid for nothing, and where most often: alike where it is told alike."""
        nothing = [row for row in self.content["chances"] if row["situation"] == "nothing-works"]
        chances = [row["chance_of_paying"]["value"] for row in nothing]
        least, most = self.numbers.part(min(chances)), self.numbers.part(max(chances))
        pairs = [
            self.texts("baselines.pair", agreed=shown(row["contract_baseline"]), true=shown(row["true_baseline"]))
            for row, chance in zip(nothing, chances, strict=True)
            if self.numbers.part(chance) == most
        ]
        if len(pairs) == len(nothing):
            key = "range_alike"
        elif len(pairs) > _PAIRS:
            key = "range_many"
        else:
            key = "range" if len(pairs) == 1 else "range_shared"
        return self.texts(
            f"baselines.{key}",
            least=least,
            most=most,
            pairs=self.texts("baselines.pairs_joined").join(pairs),
            count=len(pairs),
            all=len(nothing),
        )

    @property
    def sections(self) -> dict[str, tuple[str, Grid]]:
        """The tables of the page, each with its heading."""
        named = {situation: (self._name(situation), self.chances(situation)) for situation in _SITUATIONS}
        return {**named, "baselines": (self.texts("baselines.title"), self.baselines())}

    def chances(self, situation: str) -> Grid:
        """Show the chance of paying: a row for each baseline in the contract, a column for each in truth."""
        of = {
            (row["contract_baseline"], row["true_baseline"]): row["chance_of_paying"]
            for row in self.content["chances"]
            if row["situation"] == situation
        }
        ids = [row["id"] for row in self._baselines]
        rows = [[self.head(shown(agreed)), *(self.chance(of[agreed, true]) for true in ids)] for agreed in ids]
        heads = [
            self.texts("baselines.agreed"),
            *(self.texts("baselines.true", id=shown(row["id"]), rate=self._rate(row)) for row in self._baselines),
        ]
        note = self.texts("baselines.right") if situation == "nothing-works" else self.texts("baselines.believed")
        return self.grid(self.texts("baselines.chances", situation=self._name(situation)), heads, rows, [note])

    def baselines(self) -> Grid:
        """Show each rate with what it is."""
        rows = [
            [
                Cell(row["id"], code=True),
                Cell(self._rate(row), Decimal(row["rate"])),
                Cell(self.label(row["definition"])),
                Cell(self._window(row["window"])),
                source_cell(row["source"]["title"], row["source"].get("section"), row["source"].get("url")),
            ]
            for row in self._baselines
        ]
        keys = ("id", "rate", "definition", "window", "source")
        heads = [Column(self.texts(f"baselines.{key}"), number=key == "rate") for key in keys]
        return Grid(self.texts("baselines.caption"), heads, rows)

    def _rate(self, row: dict[str, Any]) -> str:
        """Give a rate: a chance as a percentage, events of a person as they are."""
        rate = Decimal(row["rate"])
        return self.numbers.share(rate) if rate <= 1 else self.numbers.plain(rate)

    def _window(self, window: str | None) -> str:
        if window is None:
            return self.texts("baselines.no_window")
        found = _WINDOW.fullmatch(window)
        if found is None:
            return shown(window)
        count, unit = found.groups()
        return self.texts(f"baselines.{unit}{'' if count == '1' else 's'}", count=count)

    def _name(self, situation: str) -> str:
        named = (row["situation_name"] for row in self.content["chances"] if row["situation"] == situation)
        return self.label(next(named))
