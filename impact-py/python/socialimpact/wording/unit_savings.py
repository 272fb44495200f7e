"""What one unit of an outcome saves, factor by factor, for a reader with a calculator.

One rule: the product of what stands in a row is what stands at its end.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from socialimpact.wording.assuming import contract_assumptions, source_cell
from socialimpact.wording.drawn import Drawn, exactly
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.units import unit_in_words, unit_phrase

_OF_CLASS = {"displaced", "reimbursement"}
"""What is not the outcome itself, and is said to be so."""


class UnitSavings:
    """The savings of one unit of each outcome that is counted."""

    def __init__(self, told: Drawn, units: Mapping[str, float]) -> None:
        self._told = told
        self._texts, self._numbers = told.texts, told.numbers
        self._prices: Mapping[str, Any] = told.content["prices"]
        self._outcomes: list[Mapping[str, Any]] = told.content["outcomes"]
        self._units = units

    def prices(self) -> Grid:
        """Show what one unit of each outcome is worth by each of its values, from the unit value of the source."""
        keys = ("saved", "value", "unit", "price_year", "times", "worth", "source")
        heads = [Column(self._head(key), key in {"value", "price_year", "worth"}) for key in keys]
        rows = [self._price(outcome, row) for outcome in self._outcomes for row in outcome["values"]]
        return Grid(self._texts("unit_savings.prices"), heads, rows, [*self._dagger(), self._conventions()])

    def savings(self) -> Grid:
        """Show what that saves whom when, at the units that are expected."""
        keys = ("saved", "who", "year", "worth", "share", "counted", "price_level", "units", "saves")
        heads = [Column(self._head(key), position > 1) for position, key in enumerate(keys)]
        rows = [row for outcome in self._outcomes for row in self._savings(outcome)]
        notes = [*self._dagger(), *(self._texts(f"unit_savings.{key}_note") for key in ("product", "counted"))]
        caption = self._texts("unit_savings.savings", currency=self._numbers.currency)
        return Grid(caption, heads, rows, notes)

    def numbers(self) -> Grid:
        """Show the numbers of the model that the savings rest on, with their sources."""
        # What nobody says, such as that nothing pushes out others, has no source to be told.
        rows = [row for row in self._told.content["numbers"] if row["origin"] != "default"]
        return contract_assumptions(rows, self._texts, self._numbers, self._texts("unit_savings.numbers"))

    def _price(self, outcome: Mapping[str, Any], row: Mapping[str, Any]) -> list[Cell]:
        amount, worth, source = Decimal(row["amount"]), Decimal(row["per_unit"]), row["source"] or {}
        per = unit_phrase(self._texts, f"{row['currency']} per {row['unit']}", self._numbers.currency)
        return [
            self._told.head(self._name(outcome, row)),
            Cell(self._numbers.redone(amount), amount),
            Cell(per),
            Cell(str(row["price_year"])),
            Cell("; ".join(self._factor(row, factor) for factor in row["factors"])),
            Cell(self._numbers.redone(worth), worth),
            source_cell(source.get("title"), source.get("section"), source.get("url")),
        ]

    def _factor(self, row: Mapping[str, Any], factor: Mapping[str, Any]) -> str:
        """Give a factor with what it does."""
        words = self._told.label(factor["name"])
        if factor["kind"] == "conversion":
            of, per = (unit_in_words(self._texts, row[key], many=False) for key in ("unit", "per"))
            words = self._texts("unit_phrase.per", money=of, unit=per)
        return self._texts("unit_savings.factor", factor=self._numbers.redone(Decimal(factor["factor"])), what=words)

    def _savings(self, outcome: Mapping[str, Any]) -> Iterator[list[Cell]]:
        worth = {row["value"]: Decimal(row["per_unit"]) for row in outcome["values"]}
        units = exactly(self._units[outcome["outcome"]])
        for row in outcome["savings"]:
            per_unit = Decimal(row["per_unit"])
            parts = [worth[row["value"]], *(Decimal(row[key]) for key in ("share", "counted", "price_level"))]
            yield [
                self._told.head(self._name(outcome, row)),
                Cell(self._told.label(row["holder_name"])),
                Cell(str(row["year"])),
                *(Cell(self._numbers.redone(part), part) for part in (*parts, units)),
                Cell(self._numbers.money(per_unit * units), per_unit * units),
            ]

    def _name(self, outcome: Mapping[str, Any], row: Mapping[str, Any]) -> str:
        """Give the name of a value, with its outcome where there are several."""
        name = self._told.name(row)
        if len(self._outcomes) > 1:
            name = f"{self._told.name(outcome)}: {name}"
        known = row.get("class") in _OF_CLASS
        return self._texts(f"unit_savings.{row['class']}", name=name) if known else name

    def _head(self, key: str) -> str:
        units = {unit_in_words(self._texts, str(outcome["unit"]), many=False) for outcome in self._outcomes}
        unit = units.pop() if len(units) == 1 else self._texts("unit_savings.one_unit")
        return self._texts(f"unit_savings.{key}", year=self._prices["price_year"], unit=unit)

    def _conventions(self) -> str:
        """Say in whose prices amounts are, what carries them to money of the year, and that nothing is discounted."""
        prices, texts = self._prices, self._texts
        told = [texts("unit_savings.price_level_note", year=prices["price_year"])]
        if prices["index"]:
            name, last = self._told.label(prices["index_name"]), prices["observed_to"]
            told.append(texts("unit_savings.index_note", name=name, id=prices["index"], last=last))
        if prices["observed_level"] is not None:
            level = {"year": prices["price_year"], "last": prices["observed_to"]}
            factor = self._numbers.redone(Decimal(prices["observed_level"]))
            told.append(texts("unit_savings.level_note", factor=factor, **level))
        if prices["inflation"] is not None:
            told.append(texts("unit_savings.inflation_note", rate=self._numbers.share(Decimal(prices["inflation"]))))
        last = {"conventions": prices["conventions"], "year": prices["present_value_year"]}
        return " ".join([*told, texts("unit_savings.discounting_note", **last)])

    def _dagger(self) -> list[str]:
        return [self._texts("mark.dagger")] if self._told.content["illustrative"] else []
