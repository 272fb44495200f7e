"""Prices and frontiers in words and tables, as the terminal and the page show them.

One rule: what is not found is said with what there is at both ends.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from socialimpact._core import Frontier, PriceFound
from socialimpact.types import Language
from socialimpact.wording.drawn import Drawn, exactly, made_by
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.numbers import WHOLE_FROM
from socialimpact.wording.texts import LONGEST_NAME
from socialimpact.wording.units import unit_phrase
from socialimpact.wording.words import FRACTIONS

_SIDES = ("payer", "investor")


class Priced(Drawn):
    """What a report needs to tell prices that were searched for."""

    def __init__(self, prices: Sequence[PriceFound], frontier: Frontier | None, language: Language) -> None:
        self._prices: list[dict[str, Any]] = [price.to_dict() for price in prices]
        self._along: dict[str, Any] | None = frontier.to_dict() if frontier else None
        first: Mapping[str, Any] = self._along or self._prices[0]
        super().__init__(first, first["provenance"]["draws"], language)
        self._dagger = any(found["illustrative"] for found in self._found())
        self.content = {"prices": self._prices, "frontier": self._along} if self._along else {"prices": self._prices}
        self._first = first

    def _found(self) -> list[dict[str, Any]]:
        return [*self._prices, *([self._along] if self._along else [])]

    @property
    def marks(self) -> list[str]:
        """The marks of the figures, in words."""
        return [self.texts(f"mark.{mark}") for mark in ("illustrative", "unverified") if self._marked(mark)]

    @property
    def kicker(self) -> str:
        """What kind of page it is."""
        return self.texts("pricing.kicker")

    @property
    def title(self) -> str:
        """The name of the contract."""
        return self.label(self._first["contract"])

    @property
    def sections(self) -> dict[str, tuple[str, Grid]]:
        """The tables of the page, each with its heading."""
        grids = {"prices": self.prices(), "frontier": self.frontier()}
        return {name: (self.texts(f"pricing.{name}_title"), grid) for name, grid in grids.items() if grid.rows}

    @property
    def lead(self) -> list[str]:
        """What was tried, what was found, and what to beware of."""
        made = self._first["provenance"]
        low, high = (self._exact(end) for end in self._first["searched"])
        unit = self.unit_of(self._first["unit"])
        told = [
            self.texts(
                "pricing.lead",
                address=self._first["address"],
                low=self._tried(low),
                high=self._tried(high),
                unit=f" {unit}" if unit else "",
                draws=self.numbers.whole(made["draws"]),
                points=self.texts(f"simulation.{made['points']}"),
                seed=made["seed"],
                situation=self.label(self._first["situation_name"]),
            )
        ]
        settled = [price["settled"] for price in self._prices if price["settled"] is not None]
        told += [self.texts("pricing.settled", settled=self.numbers.whole(most)) for most in settled[:1]]
        told += [f"{self.label(price['sentence'])}." for price in self._prices]
        told += self._room()
        return told + [self.texts(f"pricing.{mark}") for mark in ("illustrative", "unverified") if self._marked(mark)]

    def _marked(self, mark: str) -> bool:
        return any(found[mark] for found in self._found())

    def _room(self) -> list[str]:
        """Say at how many values one price does for both."""
        if self._along is None:
            return []
        points = self._along["points"]
        at = {
            room: ", ".join(self.numbers.figure(self._exact(row["value"])) for row in points if row["room"] == room)
            for room in ("between", "apart", "unsure", "unknown")
        }
        sides = {side: self.label(self._along[f"{side}_name"], LONGEST_NAME) for side in _SIDES}
        rate = self.rate(self._along["rate"]).text
        told = self.texts(f"pricing.of_{self._along['rate_of']}", rate=rate, beside=self._along["beside"], **sides)
        if at["between"]:
            keys = ["pricing.room" if at["apart"] or at["unknown"] or at["unsure"] else "pricing.room_all"]
        elif at["unknown"]:
            keys = ["pricing.room_unfound"]
        else:
            keys = [] if at["unsure"] else ["pricing.no_room"]
        keys += ["pricing.room_unsure"] if at["unsure"] else []
        return [told, *(self.texts(key, beside=self._along["beside"], **at) for key in keys)]

    def prices(self) -> Grid:
        """Show each price, and what the contract has now."""
        keys = ("for", "target", "price", "now", "at_low", "at_high")
        rows = [
            [
                self.head(self.label(price["name"], LONGEST_NAME)),
                Cell(self._target(price)),
                self._values(price),
                self._number(price["current"]),
                *(self._gap(price, end) for end in price["at_ends"]),
            ]
            for price in self._prices
        ]
        heads = [self.texts(f"pricing.{key}") for key in keys]
        unit = self.unit_of(self._prices[0]["unit"]) if self._prices else None
        for key in ("price", "now"):
            heads[keys.index(key)] += f" ({unit})" if unit else ""
        return self.grid(
            self.texts("pricing.prices", currency=self.numbers.currency),
            heads,
            rows,
            [self.texts("pricing.ends_note"), self.texts("pricing.errors_note")],
            words=2,
        )

    def frontier(self) -> Grid:
        """Show both prices at each value of what varies."""
        points = self._along["points"] if self._along else []
        rows = [
            [
                Cell(self.numbers.figure(self._exact(row["value"])), self._exact(row["value"])),
                *(self._side(row, side) for side in _SIDES),
                Cell(self._between(row)),
            ]
            for row in points
        ]
        names = [self.label(self._along[f"{side}_name"], LONGEST_NAME) if self._along else "" for side in _SIDES]
        heads = [self.texts("pricing.value"), *names, self.texts("pricing.room_head")]
        columns = [Column(head, number=position in {1, 2}) for position, head in enumerate(heads)]
        beside = self._along["beside"] if self._along else ""
        unit = self.unit_of(self._along["unit"]) if self._along else None
        caption = self.texts("pricing.frontier", beside=beside) + (f", {unit}" if unit else "")
        notes = [self.texts("mark.dagger")] if self._dagger else []
        return Grid(
            caption,
            columns,
            rows,
            [*notes, self.texts("pricing.frontier_note"), self.texts("pricing.errors_note"), *self._even(rows)],
        )

    def _between(self, row: dict[str, Any]) -> str:
        """Say whether one value does for both, and which."""
        ends = {end: self._number(row[end]).text for end in ("least", "most") if row[end] is not None}
        return self.texts(f"pricing.{row['room']}", **ends)

    def unit_of(self, unit: str) -> str | None:
        """Give the unit of a number of the terms; None where nothing is said of it, or it is a share."""
        return None if not unit or unit in FRACTIONS else unit_phrase(self.texts, unit, self.numbers.currency)

    def _tried(self, value: Decimal) -> str:
        """Give a value that was tried, without its unit; a share as a percentage."""
        return self.numbers.share(value) if self._first["unit"] in FRACTIONS else self.numbers.plain(value)

    def sides(self) -> tuple[str, str]:
        """Give the names of both sides with what each of them is to reach."""
        if self._along is None:
            return "", ""
        payer, investor = (self.label(self._along[f"{side}_name"], LONGEST_NAME) for side in _SIDES)
        rate = self.rate(self._along["rate"]).text
        return self.texts("pricing.payer_line", name=payer), self.texts(
            "pricing.investor_line", name=investor, rate=rate
        )

    def provenance(self) -> Grid:
        """Show what made these figures."""
        return made_by(self._first["provenance"], self.texts, self.numbers)

    def _target(self, price: dict[str, Any]) -> str:
        if price["sought"] == "break-even":
            return self.texts("pricing.breaks_even")
        return self.texts(f"pricing.returns_{price['rate_of']}", rate=self.rate(price["rate"]).text)

    def _values(self, price: dict[str, Any]) -> Cell:
        """Give the price, or all of them, or that there is none."""
        if price["status"] == "everywhere":
            return Cell(self.texts("pricing.any"))
        if not price["values"]:
            return Cell(self.texts("pricing.none"))
        texts = [self._number(value).text for value in price["values"]]
        alone = self._exact(price["value"]) if price["value"] else None
        return Cell(self._off("; ".join(texts), price["standard_error"]), alone, dagger=self._dagger)

    def _off(self, text: str, error: float | None) -> str:
        """Give a price with its standard error, where it has one."""
        return self.numbers.beside_error(text, exactly(error)) if error else text

    def _gap(self, price: dict[str, Any], gap: float | None) -> Cell:
        """Give the saving less the payment at an end, or the rate there."""
        if price["sought"] == "break-even":
            return self.money(gap)
        return self.rate(None if gap is None else gap + price["rate"])

    def _side(self, row: dict[str, Any], side: str) -> Cell:
        value, status = row[f"{side}_price"], row[f"{side}_status"]
        if value is None:
            return Cell(self.texts(f"pricing.{'several' if status == 'unique' else status}"))
        cell = self._number(value)
        return Cell(self._off(cell.text, row[f"{side}_error"]), cell.exact, dagger=self._dagger)

    def _number(self, written: str) -> Cell:
        value = self._exact(written)
        return Cell(self.numbers.plain(value) if abs(value) >= WHOLE_FROM else self.numbers.figure(value), value)

    @staticmethod
    def _exact(written: str) -> Decimal:
        return Decimal(written)
