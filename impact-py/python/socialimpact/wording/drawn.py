"""What the words of drawn figures share: chances with their errors, amounts, names, the dagger of what was invented.

One rule: a figure that was drawn stands with how far it may be off, or says so in a note.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from socialimpact.types import Language
from socialimpact.wording.grid import Cell, Column, Grid
from socialimpact.wording.numbers import Numbers
from socialimpact.wording.texts import LONGEST_NAME, Texts, shown


class Drawn:
    """Words for figures of many draws, from the content of a result."""

    def __init__(self, content: Mapping[str, Any], draws: int, language: Language) -> None:
        self.language: Language = language
        self.texts = Texts(language)
        self.content = content
        self.numbers = Numbers(language, content["currency"], 0)
        self._draws = draws
        self._points: str = content["provenance"]["points"]
        self._dagger: bool = content["illustrative"]

    @property
    def marks(self) -> list[str]:
        """The marks of the figures, in words."""
        return [self.texts(f"mark.{mark}") for mark in ("illustrative", "unverified") if self.content[mark]]

    def provenance(self) -> Grid:
        """Show what made these figures."""
        return made_by(self.content["provenance"], self.texts, self.numbers)

    def label(self, label: Mapping[str, Any], most: int | None = None) -> str:
        """Give a label in the language."""
        return shown(str(label.get(self.language) or label["en"]), most)

    def name(self, row: Mapping[str, Any]) -> str:
        """Give the name of a row."""
        return self.label(row["name"], LONGEST_NAME)

    def head(self, text: str) -> Cell:
        """Give the head of a row."""
        return Cell(text, dagger=self._dagger)

    def money(self, value: float | None, error: float | None = None) -> Cell:
        """Give an amount, with its standard error where it has one; nothing where there is none."""
        if value is None:
            return self.none()
        return self._beside(Cell(self.numbers.money(exactly(value)), exactly(value)), error)

    def share(self, value: float | None) -> Cell:
        """Give a part of a whole; nothing where there is none."""
        return self.none() if value is None else Cell(self.numbers.part(value), exactly(value))

    def rate(self, value: float | None, error: float | None = None) -> Cell:
        """Give a rate per year in hundredths of a percent, with its error in points; nothing where there is none."""
        if value is None:
            return self.none()
        told = Cell(self.numbers.share(round(exactly(value), 4)), exactly(value))
        return self._beside(told, None if error is None else 100 * error)

    def _beside(self, cell: Cell, error: float | None) -> Cell:
        """Give a figure with its standard error, where there is one that can be seen."""
        return Cell(self.numbers.beside_error(cell.text, exactly(error)), cell.exact) if error else cell

    def times(self, value: float | None) -> Cell:
        """Give a multiple; nothing where there is none."""
        return self.none() if value is None else Cell(self.numbers.ratio(exactly(value)), exactly(value))

    def chance(self, estimate: Mapping[str, Any] | None) -> Cell:
        """Give a chance with its standard error; nothing where there is none."""
        if estimate is None:
            return self.none()
        told = self.numbers.drawn_chance(estimate["value"], estimate["standard_error"], self._draws)
        return Cell(told, exactly(estimate["value"]))

    def none(self) -> Cell:
        """Give what stands where there is no figure."""
        return Cell(self.texts("drawn.none"))

    def grid(
        self,
        caption: str,
        heads: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        notes: Sequence[str] = (),
        words: int = 1,
    ) -> Grid:
        """Give a table whose first so many columns are words."""
        columns = [Column(head, number=position >= words) for position, head in enumerate(heads)]
        dagger = [self.texts("mark.dagger")] if self._dagger else []
        return Grid(caption, columns, rows, [*dagger, *notes, *self._even(rows)])

    def _even(self, rows: Sequence[Sequence[Cell]]) -> list[str]:
        """Say what ± is, where it stands and draws are spread evenly."""
        told = any("±" in cell.text for row in rows for cell in row)
        return self.numbers.even_note(self._points) if told else []


class OfOneContract(Drawn):
    """Words for what was found of one contract, whose name its content has."""

    @property
    def title(self) -> str:
        """The name of the contract."""
        return self.label(self.content["contract"])

    @property
    def warnings(self) -> list[str]:
        """What to beware of, in sentences."""
        return [self.texts(f"risk.{mark}") for mark in ("illustrative", "unverified") if self.content[mark]]


def made_by(made: Mapping[str, Any], texts: Texts, numbers: Numbers) -> Grid:
    """Show what made figures of a contract: its hash, the version, seed, points and draws."""
    told = {**made, "points": texts(f"simulation.{made['points']}"), "draws": numbers.whole(made["draws"])}
    rows = [[Cell(texts("risk.contract_hash")), Cell(made["contract_hash"], code=True)]]
    keys = ("version", "seed", "points", "draws")
    rows += [[Cell(texts(f"provenance.{key}")), Cell(str(told[key]), code=key in {"version", "seed"})] for key in keys]
    return Grid(texts("provenance.caption"), [Column(texts(f"provenance.{key}")) for key in ("item", "value")], rows)


def exactly(value: float) -> Decimal:
    """Give the decimal that a float is written as."""
    return Decimal(repr(value))
