"""The sheet's own figures beside the library's: each that differs, with its cell and the reading that explains it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from socialimpact.importers.own_map import readings
from socialimpact.importers.own_map.lines import Line, Map
from socialimpact.importers.own_map.readings import is_as
from socialimpact.types import Measure

if TYPE_CHECKING:
    from socialimpact._core import Model


Told: TypeAlias = set[tuple[str, ...]]
"""Readings that explain a figure, each alone."""
_CALENDAR = 1900
"""Years from this number on are of the calendar."""
_WHOLE: tuple[Measure, ...] = ("present_value_outcomes", "present_value_inputs", "sroi_ratio")


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of the sheet beside the library's.

    Attributes
    ----------
    place : str
        Its cell.
    what : str
        Which figure: ``impact``, ``year``, ``present_value``, ``inputs``, ``total``, ``net`` or ``ratio``.
    row : str
        The outcome it is of; empty for a figure of the whole map.
    year : int or None
        The number of its year in the sheet.
    theirs, ours : Decimal
        The figure of the sheet, and the library's.
    readings : tuple
        Under which other readings the sheet's figure comes out; empty where none is known, or none is needed.
    """

    place: str
    what: str
    row: str
    year: int | None
    theirs: Decimal
    ours: Decimal
    readings: tuple[tuple[str, ...], ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether both are the same, the sheet's rounded as it is written."""
        return is_as(self.theirs, self.ours)


def compared(found: Map, model: "Model", lines: Mapping[str, Line], rate: Decimal) -> list[Compared]:
    """Set every figure that the sheet works out beside the library's."""
    return list(_Comparison(found, model, lines, rate).all())


class _Comparison:
    def __init__(self, found: Map, model: "Model", lines: Mapping[str, Line], rate: Decimal) -> None:
        self._found, self._lines, self._rate = found, lines, rate
        appraisal = model.appraise()
        self._start = model.start
        self._amounts: dict[str, dict[int, Decimal]] = {}
        self._present: dict[str, Decimal] = {}
        for row in appraisal.ledger.to_pylist():
            if row["outcome"] is None:
                continue
            sign = 1 if row["to"] is not None else -1  # a value below zero is given by its holder
            years = self._amounts.setdefault(row["outcome"], {})
            years[row["year"]] = years.get(row["year"], Decimal(0)) + sign * row["amount"]
            present = self._present.get(row["outcome"], Decimal(0))
            self._present[row["outcome"]] = present + sign * row["present_value"]
        self._measures: dict[str, Decimal | None] = {name: appraisal.measure(name).value for name in _WHOLE}

    def all(self) -> Iterator[Compared]:
        for outcome, line in self._lines.items():
            yield from self._row(outcome, line)
        yield from self._yearly()
        yield from self._whole()

    def _row(self, outcome: str, line: Line) -> Iterator[Compared]:
        name, years = line.texts.get("outcome", outcome), self._amounts.get(outcome, {})
        first = years.get(min(years, default=0), Decimal(0))
        base = line.numbers.get("impact", first)
        if "impact" in line.numbers:
            theirs = line.numbers["impact"]
            known = () if is_as(theirs, first) else tuple(readings.of_impact(theirs, line.numbers))
            yield Compared(line.places["impact"], "impact", name, None, theirs, first, known)
        yield from self._years(name, line, base, years)
        if "present_value" in line.numbers:
            theirs, ours = line.numbers["present_value"], self._present.get(outcome, Decimal(0))
            own = {number: amount for number, (_, amount) in line.years.items()} or years
            known = () if is_as(theirs, ours) else tuple(readings.of_total(theirs, own, self._rate))
            yield Compared(line.places["present_value"], "present_value", name, None, theirs, ours, known)

    def _years(self, name: str, line: Line, base: Decimal, years: Mapping[int, Decimal]) -> Iterator[Compared]:
        """Set the years of a row beside the library's; what explains all that differ explains each."""
        first = min(years, default=self._start)
        ours = {number: years.get(self._year(number), Decimal(0)) for number in line.years}
        known = {
            number: set(self._of_year(theirs, base, line, self._year(number) - first))
            for number, (_, theirs) in line.years.items()
            if not is_as(theirs, ours[number])
        }
        shared = set.intersection(*known.values()) if known else set()
        if not shared:
            known |= self._from_first(line, known)
        for number, (place, theirs) in line.years.items():
            told = tuple(sorted(shared or known[number])) if number in known else ()
            yield Compared(place, "year", name, number, theirs, ours[number], told)

    def _from_first(self, line: Line, known: Mapping[int, Told]) -> dict[int, Told]:
        """Explain years by how they fade from the sheet's own first, where that is another than the library's."""
        first = min((number for number, (_, amount) in line.years.items() if amount), default=None)
        if first is None or first not in known:
            return {}
        base, found = line.years[first][1], dict[int, Told]()
        for number in (number for number in known if number > first):
            read = set(readings.of_year(line.years[number][1], base, line.numbers, number - first))
            found[number] = {("from_first_year",)} if ("from_impact",) in read else read
        return {number: read for number, read in found.items() if read}

    def _of_year(self, theirs: Decimal, base: Decimal, line: Line, age: int) -> tuple[tuple[str, ...], ...]:
        """Explain a year by how it fades, or by what the row comes to in its first year."""
        whole = readings.of_impact(theirs, line.numbers) if age == 0 and "impact" not in line.numbers else []
        return (*whole, *(each for each in readings.of_year(theirs, base, line.numbers, age) if each not in whole))

    def _year(self, number: int) -> int:
        """Give the year that a number of the sheet is: the first that any outcome has is the first of the sheet."""
        numbers = [number for line in self._lines.values() for number in line.years]
        first = min([*numbers, *self._found.years.get("total", {}), *self._found.years.get("yearly", {})], default=1)
        if first >= _CALENDAR:
            return number
        lag = (
            0
            if first == 0
            else min((int(line.numbers.get("start", 1)) - 1 for line in self._lines.values()), default=0)
        )
        return self._start + lag + number - first

    def _yearly(self) -> Iterator[Compared]:
        """Set the totals of years beside the library's."""
        for number, (place, theirs) in self._found.years.get("total", {}).items():
            year = self._year(number)
            ours = sum((years.get(year, Decimal(0)) for years in self._amounts.values()), Decimal(0))
            added = sum((line.years[number][1] for line in self._lines.values() if number in line.years), Decimal(0))
            known = () if is_as(theirs, ours) else ((("rows",),) if is_as(theirs, added) else ())
            yield Compared(place, "year", "", number, theirs, ours, known)

    def _whole(self) -> Iterator[Compared]:
        worked = self._found.worked
        own_years = {number: amount for number, (_, amount) in self._found.years.get("total", {}).items()}
        if not own_years:
            for line in self._lines.values():
                for number, (_, amount) in line.years.items():
                    own_years[number] = own_years.get(number, Decimal(0)) + amount
        if not own_years:
            for years in self._amounts.values():
                for year, amount in years.items():
                    own_years[year] = own_years.get(year, Decimal(0)) + amount
        for key in ("impact", "inputs", "total", "net", "ratio"):
            ours = self._ours(key)
            if key not in worked or ours is None:
                continue
            place, theirs = worked[key]
            known: tuple[tuple[str, ...], ...] = ()
            if not is_as(theirs, ours):
                known = self._explained(key, theirs, own_years)
            yield Compared(place, key, "", None, theirs, ours, known)

    def _ours(self, key: str) -> Decimal | None:
        total, inputs = self._measures["present_value_outcomes"], self._measures["present_value_inputs"]
        match key:
            case "impact":
                firsts = [years[min(years)] for years in self._amounts.values() if years]
                return sum(firsts, Decimal(0))
            case "inputs":
                return inputs
            case "total":
                return total
            case "net":
                return None if total is None or inputs is None else total - inputs
            case _:
                return self._measures["sroi_ratio"]

    def _explained(self, key: str, theirs: Decimal, years: Mapping[int, Decimal]) -> tuple[tuple[str, ...], ...]:
        """Explain a total by discounting, or by the sheet's own other figures."""
        own = {name: value for name, (_, value) in self._found.worked.items()}
        if key == "total" and (known := readings.of_total(theirs, years, self._rate)):
            return tuple(known)
        total, inputs = own.get("total"), own.get("inputs", self._measures["present_value_inputs"])
        if total is None or inputs is None or inputs == 0:
            return ()
        if key == "net":
            return (("from_total",),) if is_as(theirs, total - inputs) else ()
        if key == "ratio":
            if is_as(theirs, total / inputs):
                return (("from_total",),)
            return (("net_ratio",),) if is_as(theirs, total / inputs - 1) else (("contradicts",),)
        return ()
