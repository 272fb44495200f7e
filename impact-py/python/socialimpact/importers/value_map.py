"""Reading back a workbook of an appraisal: the model it is of, with the numbers that were changed in it.

One rule: the document says what the model is, and the sheet of input says which of its numbers are others now.
"""

from collections.abc import Generator
from contextlib import contextmanager
from decimal import Decimal

from socialimpact._core import Catalogue, Model
from socialimpact.errors import ImpactError, Problem
from socialimpact.importers.faults import Faults, short
from socialimpact.importers.workbook import Cell, Workbook
from socialimpact.wording.texts import LANGUAGES, Texts

_KEPT = Decimal("1e-14")
"""What a spreadsheet may leave out of a number, as a share of it: it keeps fifteen digits."""


def model_of_workbook(content: bytes, name: str, *, catalogue: Catalogue | None = None) -> Model:
    """Read a workbook that was written of an appraisal.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        What it is called in messages.
    catalogue : Catalogue, optional
        Unit costs of the user's own, which the document may name.

    Returns
    -------
    Model
        The model; a number that was changed in the workbook is as it stands there, and certain.

    Raises
    ------
    ImpactError
        No workbook, or one of something else; cells that hold no number, each with its place.
    """
    book = Workbook(content, name)
    document, assumptions = (_sheet(book, name, key) for key in ("document", "assumptions"))
    faults = Faults()
    lines: list[str] = []
    for number, row in book.rows(document, "A", faults):
        lines += [""] * (number - 1 - len(lines))
        lines.append(str(row["A"].value))
    faults.stop()
    with _told_of(f"{name}, {document}"):
        model = Model.from_toml("\n".join(lines) + "\n", catalogue=catalogue)
    given = {row["address"]: Decimal(row["exact"]) for row in model.assumptions.to_pylist()}
    changes: dict[str, Decimal] = {}
    seen: set[str] = set()
    for number, row in book.rows(assumptions, "ABC", faults):
        if number == 1 or "A" not in row:
            continue
        place, address = f"{name}, {assumptions}!C{number}", row["A"].text
        if address not in given:
            faults.add(place, f"`{short(address)}` is no number of the model")
        elif address in seen:
            faults.add(place, f"`{address}` stands here a second time")
        elif (value := _number(row.get("C"))) is None:
            faults.add(
                place, f"the value of `{address}` is no number, or a formula that no spreadsheet has worked out yet"
            )
        elif abs(value - given[address]) > _KEPT * abs(given[address]):
            changes[address] = value
        seen.add(address)
    for address in (address for address in given if address not in seen):
        faults.add(f"{name}, {assumptions}", f"`{address}` is missing")
    faults.stop()
    if not changes:
        return model
    with _told_of(f"{name}, {assumptions}"):
        return model.with_(changes)


@contextmanager
def _told_of(sheet: str) -> Generator[None, None, None]:
    """Say of which sheet something is wrong."""
    try:
        yield
    except ImpactError as error:
        lines = str(error).splitlines()
        raise ImpactError("\n".join(f"{sheet}: {line}" for line in lines), error.problems, error.total) from None


def _sheet(book: Workbook, name: str, key: str) -> str:
    titles = [Texts(language)(f"value_map.{key}") for language in LANGUAGES]
    found = next((title for title in titles if title in book.sheets), None)
    if found is None:
        message = "no workbook of this library; for your own value map use `socialimpact import value-map`"
        message += " (`read_value_map` in Python)"
        raise ImpactError(f"{name}: {message}", [Problem(name, "", None, None, message)])
    return found


def _number(cell: Cell | None) -> Decimal | None:
    if cell is None or cell.kind != "n" or cell.value is None or isinstance(cell.value, bool):
        return None
    return Decimal(repr(cell.value))
